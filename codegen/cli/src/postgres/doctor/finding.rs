//! Findings, and how they are written.

use eventc_compiler::{Json, inert};

use super::super::Format;
use crate::github;
use crate::json::{self, object};

/// Something that a person should know.
#[derive(Debug)]
pub(super) struct Finding {
    /// It stays the same from version to version: `partitions_missing`.
    pub(super) name: &'static str,
    pub(super) severity: Severity,
    /// The table, view, role or schema.
    pub(super) place: String,
    pub(super) what: String,
    pub(super) why: &'static str,
    /// What to do, as far as possible by what to type.
    pub(super) run: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// Something is lost, refused or slow, or will be.
    Problem,
    /// As it may well be meant.
    Note,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Note => "note",
        }
    }
}

pub(super) fn written(findings: &[Finding], format: Format) -> String {
    match format {
        Format::Text => findings.iter().map(text).collect(),
        Format::Json => json::line(&json::array(findings.iter().map(json))),
        Format::Github => findings.iter().map(annotation).collect(),
    }
}

fn text(finding: &Finding) -> String {
    let lines = |text: &str| inert(text).replace('\n', "\n    ");
    format!(
        "{}[{}]: {}: {}\n  why it matters: {}\n  what to do: {}\n\n",
        finding.severity.word(),
        finding.name,
        inert(&finding.place),
        lines(&finding.what),
        finding.why,
        lines(&finding.run)
    )
}

fn json(finding: &Finding) -> Json {
    object([
        ("name", json::text(finding.name)),
        ("severity", json::text(finding.severity.word())),
        ("where", json::text(&finding.place)),
        ("what", json::text(&finding.what)),
        ("why", json::text(finding.why)),
        ("run", json::text(&finding.run)),
    ])
}

fn annotation(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Problem => "error",
        Severity::Note => "notice",
    };
    let title = format!("{} {}", finding.name, finding.place);
    let message = format!(
        "{}\nwhy it matters: {}\nwhat to do: {}",
        finding.what, finding.why, finding.run
    );
    github::annotation(command, &[("title", title)], &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_stays_inside_its_line_and_its_quotes() {
        let finding = Finding {
            name: "table_missing",
            severity: Severity::Problem,
            place: "a:b,c\n::error::x".to_owned(),
            what: "50%\n::warning::\u{1b}[2J".to_owned(),
            why: "it \"is\"",
            run: "this".to_owned(),
        };
        assert_eq!(
            written(std::slice::from_ref(&finding), Format::Github),
            "::error title=table_missing a%3Ab%2Cc%0A%3A%3Aerror%3A%3Ax::50%25%0A::warning::\\u{1b}[2J%0Awhy it matters: it \"is\"%0Awhat to do: this\n"
        );
        let text = written(std::slice::from_ref(&finding), Format::Text);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(
            written(&[finding], Format::Json),
            r#"[{"name":"table_missing","severity":"problem","where":"a:b,c\n::error::x","what":"50%\n::warning::\u001b[2J","why":"it \"is\"","run":"this"}]"#
        );
    }
}
