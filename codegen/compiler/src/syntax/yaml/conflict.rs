//! What a merge left behind: `<<<<<<<`, `=======`, `>>>>>>>`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// The rule: a merge is finished before its result is compiled.
///
/// Says so once for each conflict, and gives a text of the same length in which one side of it stands and the other does
/// not; none if there is no conflict.
pub(super) fn settle(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    // Most texts have none, and are looked through no further.
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    let mut settled = String::with_capacity(text.len());
    let mut conflict: Option<Conflict> = None;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = settled.len();
        let marker = Marker::of(line);
        match (marker, &mut conflict) {
            (Some(Marker::Begin), None) => {
                conflict = Some(Conflict {
                    begin: start,
                    is_theirs: false,
                    end: None,
                })
            }
            (Some(Marker::Other), Some(open)) => open.is_theirs = true,
            (Some(Marker::End), Some(open)) => open.end = Some(start),
            (Some(Marker::End), None) => found.push(Conflict {
                begin: start,
                is_theirs: true,
                end: None,
            }),
            _ => {}
        }
        let is_dropped = conflict.as_ref().is_some_and(|open| open.is_theirs);
        let is_marker = match marker {
            Some(Marker::Other) => is_dropped,
            Some(_) => true,
            None => false,
        };
        if is_marker || is_dropped {
            settled.extend(line.bytes().map(|byte| {
                if matches!(byte, b'\n' | b'\r') {
                    byte.into()
                } else {
                    ' '
                }
            }));
        } else {
            settled.push_str(line);
        }
        if conflict.as_ref().is_some_and(|open| open.end.is_some()) {
            found.extend(conflict.take());
        }
    }
    found.extend(conflict);
    if found.is_empty() {
        return None;
    }
    diagnostics.extend(found.iter().map(|conflict| conflict.explain(file)));
    Some(settled)
}

/// Both versions of some lines, by the offsets of the markers around them.
struct Conflict {
    begin: usize,
    /// Whether the second version has begun.
    is_theirs: bool,
    end: Option<usize>,
}

#[derive(Clone, Copy)]
enum Marker {
    Begin,
    /// What follows is another version than the first: the other one, or what both began with.
    Other,
    End,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_end();
        let is = |marker: &str| {
            line.strip_prefix(marker)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if is("<<<<<<<") {
            Some(Self::Begin)
        } else if is("|||||||") || line == "=======" {
            Some(Self::Other)
        } else {
            is(">>>>>>>").then_some(Self::End)
        }
    }
}

impl Conflict {
    fn explain(&self, file: FileId) -> Diagnostic {
        let marker = |start: usize| Span {
            file,
            start: start as u32,
            end: (start + MARKER) as u32,
        };
        let diagnostic = Diagnostic::new(
            Code::YamlSyntax,
            marker(self.begin),
            "a merge conflict stands in this file",
        );
        let diagnostic = match self.end {
            Some(end) => diagnostic
                .label("begins here")
                .also(marker(end), "ends here"),
            None => diagnostic.label("the mark of a merge"),
        };
        diagnostic.help(
            "keep what is right of the two versions, and remove the lines that the merge put in",
        )
    }
}

/// The length of a marker.
const MARKER: usize = 7;
