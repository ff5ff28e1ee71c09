//! Workflow commands: the lines by which the runner of GitHub Actions is told of a problem.

use eventc_compiler::inert;

/// A line `::error file=…,line=…::message`, in which nothing can end it or begin another.
pub(crate) fn annotation(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<_> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    format!(
        "::{command} {}::{}\n",
        properties.join(","),
        escaped(message)
    )
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

/// What would end the line is escaped as the runner reads it; what is not seen, as everywhere.
fn escaped(text: &str) -> String {
    inert(&text.replace('%', "%25").replace('\r', "%0D")).replace('\n', "%0A")
}
