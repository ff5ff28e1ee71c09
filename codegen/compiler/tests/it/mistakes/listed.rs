//! Single mistakes that people make, from a list: each is found once, where it was made, and what is suggested mends it.

use eventc_compiler::{Diagnostic, Sources, compile, render_short};

use super::schema;
use crate::fixture::{edited, sources};

/// A title, a file, and lines of it that became others.
struct Mistake<'t> {
    title: &'t str,
    path: &'t str,
    before: String,
    after: String,
}

/// Mistakes that are found at the other end: where a name is used that is no longer there.
const ELSEWHERE: &[&str] = &[
    "removed type",
    "renamed type, and one of its users forgotten",
    "renamed field of a partition",
    "partition of an optional field",
    "bare text for an identity",
    "field in camel case",
    "member of an example that is forgotten",
    "event without a description",
    "type that nothing has any more",
    "partition forgotten",
];

#[test]
fn a_mistake_is_found_once_where_it_was_made() {
    let schema = schema();
    let mut said = String::new();
    let mut wrong = Vec::new();
    let table = include_str!("../../mistakes.txt").replace("\r\n", "\n");
    for mistake in table.split("\n== ").skip(1).map(parsed) {
        let files = mistake.made_in(&schema);
        let sources = sources(&files);
        let diagnostics = compile(&sources).diagnostics;
        said.push_str(&format!("== {}\n", mistake.title));
        for diagnostic in &diagnostics {
            said.push_str(&summary(diagnostic, &sources));
        }
        said.push('\n');
        let [only] = diagnostics.as_slice() else {
            wrong.push(format!("{}: {} messages", mistake.title, diagnostics.len()));
            continue;
        };
        if !mistake.is_at(only, &sources) && !ELSEWHERE.contains(&mistake.title) {
            wrong.push(format!("{}: found elsewhere", mistake.title));
        }
        if let Some(mended) = edited(only, &files, &sources)
            && !compile(&crate::fixture::sources(&mended))
                .diagnostics
                .is_empty()
        {
            wrong.push(format!("{}: not mended by its edit", mistake.title));
        }
    }
    insta::with_settings!({ snapshot_path => "../..", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("mistakes", said);
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn parsed(text: &str) -> Mistake<'_> {
    let mut lines = text.lines();
    let (title, path) = (lines.next().unwrap(), lines.next().unwrap());
    let (mut before, mut after) = (String::new(), String::new());
    for line in lines.filter(|line| !line.is_empty()) {
        let (side, line) = match (line.strip_prefix('-'), line.strip_prefix('+')) {
            (Some(line), _) => (&mut before, line),
            (_, Some(line)) => (&mut after, line),
            _ => panic!("{title}: {line}"),
        };
        side.push_str(line);
        side.push('\n');
    }
    Mistake {
        title,
        path,
        before,
        after,
    }
}

impl Mistake<'_> {
    fn made_in(&self, schema: &[(String, String)]) -> Vec<(String, String)> {
        let mut files = schema.to_vec();
        let (_, text) = files
            .iter_mut()
            .find(|(path, _)| path == self.path)
            .unwrap_or_else(|| panic!("{}: no such file", self.title));
        let places = text.matches(&self.before).count();
        assert_eq!(places, 1, "{}: its lines stand {places} times", self.title);
        *text = text.replace(&self.before, &self.after);
        files
    }

    /// Whether a diagnostic points into the lines that were made.
    fn is_at(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let Some(span) = diagnostic.span() else {
            return false;
        };
        let file = sources.file(span.file);
        let files = self.made_in(&schema());
        let (_, text) = files.iter().find(|(path, _)| path == self.path).unwrap();
        let start = text.find(&self.after).unwrap();
        let lines = start..start + self.after.len();
        file.path == format!("schema/{}", self.path) && lines.contains(&(span.start as usize))
    }
}

/// The place and the message, what to do, and what the edit would put there.
fn summary(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut summary = render_short(diagnostic, sources) + "\n";
    for help in &diagnostic.help {
        summary.push_str(&format!("  help: {help}\n"));
    }
    if let Some(edit) = &diagnostic.edit {
        summary.push_str(&format!("  edit: {}\n", edit.replacement));
    }
    summary
}
