//! The page that programs write their results to, between markers.

use std::fs;
use std::io;
use std::path::PathBuf;

/// A Markdown file of which people write the text and programs the figures.
#[derive(Debug, Clone)]
pub struct Page(PathBuf);

impl Page {
    /// The page at a path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Puts `text` between `<!-- begin NAME -->` and `<!-- end NAME -->`.
    ///
    /// # Errors
    /// If the page cannot be read or written, or has not both markers.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let page = fs::read_to_string(&self.0)?;
        let written = replaced(&page, name, text)
            .ok_or_else(|| io::Error::other(format!("the page has no markers for `{name}`")))?;
        if written == page {
            Ok(())
        } else {
            fs::write(&self.0, written)
        }
    }
}

fn replaced(page: &str, name: &str, text: &str) -> Option<String> {
    let begin = format!("<!-- begin {name} -->\n");
    let end = format!("<!-- end {name} -->");
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    // A table needs an empty line before it, or it is taken for the comment's own text.
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_between_its_own_markers_alone() {
        let page =
            "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n<!-- begin y -->\n<!-- end y -->\n";
        let once = replaced(page, "x", "new\n").unwrap();
        assert_eq!(
            once,
            "a\n<!-- begin x -->\n\nnew\n\n<!-- end x -->\nb\n<!-- begin y -->\n<!-- end y -->\n"
        );
        assert_eq!(replaced(&once, "x", "new").unwrap(), once);
        assert_eq!(replaced(page, "z", "new"), None);
    }
}
