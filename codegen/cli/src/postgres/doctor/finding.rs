//! Findings, and how they are written.

use std::fmt::Write as _;

use eventc_compiler::Json;

use super::super::{Format, show};

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
        Format::Json => Json::Array(findings.iter().map(json).collect()).to_string(),
        Format::Github => findings.iter().map(annotation).collect(),
    }
}

fn text(finding: &Finding) -> String {
    let lines = |text: &str| show::inert(text).replace('\n', "\n    ");
    format!(
        "{}[{}]: {}: {}\n  why it matters: {}\n  what to do: {}\n\n",
        finding.severity.word(),
        finding.name,
        show::inert(&finding.place),
        lines(&finding.what),
        finding.why,
        lines(&finding.run)
    )
}

fn json(finding: &Finding) -> Json {
    let member = |name: &str, value: &str| (name.to_owned(), Json::String(value.to_owned()));
    Json::Object(vec![
        member("name", finding.name),
        member("severity", finding.severity.word()),
        member("where", &finding.place),
        member("what", &finding.what),
        member("why", finding.why),
        member("run", &finding.run),
    ])
}

/// A command to the runner of a workflow: one line, in which what would end it is escaped.
fn annotation(finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Problem => "error",
        Severity::Note => "notice",
    };
    let mut line = format!("::{command} title=");
    let title = format!("{} {}", finding.name, finding.place);
    line.push_str(&escaped(&title).replace(':', "%3A").replace(',', "%2C"));
    let message = format!(
        "{}\nwhy it matters: {}\nwhat to do: {}",
        finding.what, finding.why, finding.run
    );
    let _ = writeln!(line, "::{}", escaped(&message));
    line
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
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
            "::error title=table_missing a%3Ab%2Cc%0A%3A%3Aerror%3A%3Ax::50%25%0A::warning::\u{1b}[2J%0Awhy it matters: it \"is\"%0Awhat to do: this\n"
        );
        let text = written(std::slice::from_ref(&finding), Format::Text);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert_eq!(
            written(&[finding], Format::Json),
            r#"[{"name":"table_missing","severity":"problem","where":"a:b,c\n::error::x","what":"50%\n::warning::\u001b[2J","why":"it \"is\"","run":"this"}]"#
        );
    }
}
