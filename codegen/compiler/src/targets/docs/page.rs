//! What stands around every page: its head, the search, and the way back.

use super::html::Text;
use super::site::Site;

/// A page, but for what is around it.
pub(super) struct Page<'p> {
    /// What stands in the title of the window.
    pub(super) title: &'p str,
    /// What it is about, for those who only see a link to it.
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
        let (title, about) = (Text(title), Text(about));
        let catalog = Text(&site.reading.catalog.name);
        let (mark, icon) = (Text(mark), ICON);
        format!(
            r##"<!doctype html><!-- {mark} -->
<html lang="en" data-root="{root}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{root}site.css">
<script src="{root}site.js"></script>
</head>
<body>
<a class="skip" href="#the-content">Skip to the content</a>
<header class="top">
<a class="home" href="{root}index.html"><svg width="20" height="20" aria-hidden="true"><path d="M2 3h16v4H2zM2 9h11v4H2zM2 15h6v3H2z"/></svg>{catalog}</a>
<div class="search" role="search">
<input id="search-box" type="search" placeholder="Search events, fields, types" aria-label="Search events, fields and types" autocomplete="off" autocapitalize="none" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="search-list" aria-autocomplete="list">
<kbd aria-hidden="true">/</kbd>
<div class="found" hidden><div id="search-list" role="listbox" aria-label="What was found"></div><p class="count" role="status"></p></div>
</div>
<button class="theme" type="button"><span class="hint">Change between light and dark</span></button>
</header>
<main id="the-content">
{way}{content}</main>
<footer>Written by eventc from the schema of <code>{catalog}</code>.</footer>
</body>
</html>
"##
        )
    }
}

/// The three bars of the mark, without a file of its own.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath fill='%230b6b75' d='M2 3h16v4H2zM2 9h11v4H2zM2 15h6v3H2z'/%3E%3C/svg%3E";
