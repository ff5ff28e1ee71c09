//! Files that are called like events, for the targets that write one for each.

use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The most bytes of a file's name on the disks of Linux, macOS and Windows.
const NAME: usize = 255;

/// What the name of a file has behind it while it is written: see `output`.
const WRITTEN: usize = ".4294967295-4294967295.tmp".len();

/// The rule: the name of an event can be that of a file.
pub(super) fn check(catalog: &Catalog, ending: &str, diagnostics: &mut Diagnostics) {
    let most = NAME - WRITTEN - ending.len();
    for event in &catalog.events {
        // Several targets have the same rule, and it is said once.
        let is_long = event.name.len() > most;
        if !is_long || diagnostics.has(Code::LongFileName, event.span) {
            continue;
        }
        let message = format!(
            "`{}` is too long for the name of a file: {} bytes, and there is room for {most}",
            event.name,
            event.name.len()
        );
        diagnostics.push(
            Diagnostic::new(Code::LongFileName, event.span, message)
                .label(format!(
                    "would be written to a file that ends in `{ending}`"
                ))
                .help("give the event, or the files that it stands in, a shorter name"),
        );
    }
}
