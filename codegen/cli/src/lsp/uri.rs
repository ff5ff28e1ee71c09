//! The addresses of files, as editors write them, and their paths.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is written as `%20` and the like.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The path of a file; none of what is not one, such as a buffer that was never saved.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    // `/C:/schema` is `C:/schema`.
    let path = match path.strip_prefix('/') {
        Some(drive) if cfg!(windows) => drive,
        _ => &path,
    };
    Some(PathBuf::from(path)).filter(|path| path.is_absolute())
}

/// The address of a file.
pub(super) fn of(path: &Path) -> Option<Uri> {
    let mut path = path.to_string_lossy().into_owned();
    if cfg!(windows) {
        path = format!("/{}", path.replace('\\', "/"));
    }
    let path = utf8_percent_encode(&path, ESCAPED);
    Uri::from_str(&format!("file://{path}")).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_an_address_and_comes_back() {
        let given = Path::new("/home/jö/my schema/100%/a#b.yaml");
        let uri = of(given).unwrap();
        assert_eq!(
            uri.as_str(),
            "file:///home/j%C3%B6/my%20schema/100%25/a%23b.yaml"
        );
        assert_eq!(path(&uri).as_deref(), Some(given));
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in ["untitled:Untitled-1", "git:/schema/a.yaml", "file:///%ff"] {
            assert_eq!(path(&Uri::from_str(uri).unwrap()), None, "{uri}");
        }
    }
}
