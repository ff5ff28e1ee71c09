//! What stands around every page. It is little, as it stands in each: `site.js` puts the search into the bar.

use super::super::reading::first_paragraph;
use super::html::Text;
use super::site::Site;

/// A page, but for what is around it.
pub(super) struct Page<'p> {
    /// What stands in the title of the window.
    pub(super) title: &'p str,
    /// What it is about: its beginning is for those who only see a link to it.
    pub(super) about: &'p str,
    /// What stands before the paths of the site.
    pub(super) root: &'p str,
    /// The way from the first page to this one, as links; empty for the first.
    pub(super) way: &'p str,
    /// The content, as HTML.
    pub(super) content: &'p str,
}

impl Page<'_> {
    /// The whole of it.
    pub(super) fn html(&self, site: &Site<'_>, mark: &str) -> String {
        let Self {
            title,
            about,
            root,
            way,
            content,
        } = self;
        let about = first_paragraph(about);
        let (title, about) = (Text(title), Text(&about));
        let catalog = Text(&site.reading.catalog.name);
        let mark = Text(mark);
        format!(
            r##"<!doctype html><!-- {mark} -->
<html lang="en" data-root="{root}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="icon" href="{root}icon.svg">
<link rel="stylesheet" href="{root}site.css">
<script src="{root}site.js"></script>
</head>
<body>
<a class="skip" href="#the-content">Skip to the content</a>
<header class="top"><a class="home" href="{root}index.html">{catalog}</a></header>
<main id="the-content">
{way}{content}</main>
<footer>Written by eventc from the schema of <code>{catalog}</code>.</footer>
</body>
</html>
"##
        )
    }
}
