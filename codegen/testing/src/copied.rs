//! The code that people copy from the site of the target `docs`, to be held against those who have to understand it.

use std::fs;
use std::path::Path;

/// The snippets of a site in one language, by its name there (`rust`, `sql`): each page that has one, and the code.
///
/// # Panics
///
/// If the folder is not that of a site.
#[must_use]
pub fn copied(site: &Path, language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for kind in ["contexts", "events", "streams", "types"] {
        let pages = fs::read_dir(site.join(kind)).expect("a site has pages of every kind");
        for page in pages {
            let path = page.expect("a folder that can be read").path();
            let html = fs::read_to_string(&path).expect("a page is text");
            let name = path.strip_prefix(site).unwrap_or(&path);
            found.extend(snippet(&html, language).map(|code| (name.display().to_string(), code)));
        }
    }
    found.sort();
    found
}

fn snippet(html: &str, language: &str) -> Option<String> {
    let (_, panel) = html.split_once(&format!("id=\"code-{language}\""))?;
    let (_, code) = panel.split_once("<code>")?;
    let (code, _) = code.split_once("</code>")?;
    Some(
        code.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}
