//! A schema without its lines that are no YAML. The compiler gives up the whole declaration that such a line stands in; who is
//! just writing that line wants to know of the rest.
//!
//! In the place of those lines are spaces: every byte of the others is where it was.

use std::collections::BTreeSet;

use eventc_compiler::{Analysis, Code, Diagnostic, FileId, SourceFile, Sources, analyze};

/// So often a file is read again: what hid behind one mistake may be another.
const ROUNDS: usize = 8;

/// The mistakes for which a declaration is given up.
const SYNTAX: [Code; 4] = [
    Code::YamlSyntax,
    Code::Tab,
    Code::Unclosed,
    Code::KeyNotText,
];

/// A schema without those lines.
pub(super) struct Mended {
    pub(super) sources: Sources,
    pub(super) analysis: Analysis,
}

impl Mended {
    /// None where there are no such lines.
    pub(super) fn of(sources: &Sources, diagnostics: &[Diagnostic]) -> Option<Self> {
        let broken: BTreeSet<FileId> = mistakes(diagnostics).map(|(file, _)| file).collect();
        if broken.is_empty() {
            return None;
        }
        let sources = with_texts(sources, |id, file| match broken.contains(&id) {
            true => mend(file),
            false => file.text().to_owned(),
        });
        Some(Self {
            analysis: analyze(&sources),
            sources,
        })
    }

    /// The first line that was taken out of a file and has a word in it, counted from 1, and the path of the file.
    pub(super) fn lost<'s>(&self, original: &'s Sources, word: &str) -> Option<(&'s str, usize)> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let has_word = |line: &str| line.split(|c| !is_part(c)).any(|part| part == word);
        original.iter().find_map(|(id, file)| {
            let left = self.sources.file(id).text().lines();
            let mut lines = file.text().lines().zip(left);
            let place = lines.position(|(line, left)| line != left && has_word(line))?;
            Some((file.path.as_str(), place + 1))
        })
    }
}

/// The same files with other texts.
pub(super) fn with_texts(
    sources: &Sources,
    text: impl Fn(FileId, &SourceFile) -> String,
) -> Sources {
    let files = sources.iter().map(|(id, file)| {
        let below = file.path.strip_prefix(sources.root()).unwrap_or(&file.path);
        let path = below.trim_start_matches('/').to_owned();
        (path, text(id, file).into_bytes())
    });
    Sources::new(sources.root(), files)
}

fn mistakes(diagnostics: &[Diagnostic]) -> impl Iterator<Item = (FileId, usize)> {
    let mistakes = diagnostics.iter().filter(|it| SYNTAX.contains(&it.code));
    mistakes.filter_map(|it| it.span().map(|span| (span.file, span.start as usize)))
}

/// Takes lines out of a text until it can be read, or nothing more helps.
fn mend(file: &SourceFile) -> String {
    let mut text = file.text().to_owned();
    for _ in 0..ROUNDS {
        let alone = Sources::one(&file.path, text.clone().into_bytes());
        let before = text.clone();
        for (_, place) in mistakes(&analyze(&alone).diagnostics) {
            blank(&mut text, place);
        }
        if text == before {
            break;
        }
    }
    text
}

/// Puts spaces in the place of the line around a byte.
fn blank(text: &mut String, place: usize) {
    let ends = ['\n', '\r'];
    let (before, after) = text.split_at_checked(place).unwrap_or((text, ""));
    let start = before.rfind(ends).map_or(0, |at| at + 1);
    let end = place + after.find(ends).unwrap_or(after.len());
    if start < end {
        text.replace_range(start..end, &" ".repeat(end - start));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let sources = Sources::one("a.yaml", text.into());
        mend(&sources.files()[0])
    }

    #[test]
    fn a_line_that_is_no_yaml_is_taken_out_and_all_else_stays_where_it_is() {
        let texts = [
            "types:\n  A: {\n  B: uuid\n",
            "types:\n  A: uuid\n  half\n  B: uuid\n",
            "types:\r\n  A: uuid\r\n\tB: uuid # ä\r\n  C: uuid\r\n",
            "events:\n  a:\n    with: [b\n    fields:\n      c: Mon: ey\n      d: 'u16\n      e: u16\n",
            "types:\n<<<<<<< ours\n  A: uuid\n=======\n  B: uuid\n>>>>>>> theirs\n",
            "types: [",
        ];
        let shown: Vec<_> = texts
            .iter()
            .map(|text| {
                let mended = mended(text);
                assert_eq!(mended.len(), text.len());
                mended.replace('\r', "␍").replace('\n', "␊\n")
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n---\n"));
    }

    #[test]
    fn a_text_without_mistakes_stays() {
        let text = "types:\n  A: Nothing\n  B: { a: 1 }\n";
        assert_eq!(mended(text), text);
    }
}
