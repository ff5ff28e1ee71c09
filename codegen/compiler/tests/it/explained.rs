//! Explanations of codes: what they call wrong is refused by that code alone, and about what they call right nothing is said.

use eventc_compiler::{Code, Diagnostic, compile};

use crate::files::ROOT;
use crate::fixture::{rendered, sources};

/// Codes of which a text cannot hold an example; their explanations say why.
const NOT_SHOWN: &[Code] = &[
    Code::NoCatalog,
    Code::NotUtf8,
    Code::FileTooLarge,
    Code::PostgresColumns,
];

#[test]
fn what_is_called_wrong_is_refused_by_that_code_alone() {
    let found = shown().filter_map(|code| {
        let (diagnostics, said) = said_about(&example(code, "Wrong:"));
        let is_lone = matches!(&diagnostics[..], [only] if only.code == code);
        (!is_lone).then(|| format!("{code} is not all there is to say:\n{said}"))
    });
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn nothing_is_said_about_what_is_called_right() {
    let found = shown().filter_map(|code| {
        let (_, said) = said_about(&example(code, "Right:"));
        (!said.is_empty()).then(|| format!("{code} is not all that is wrong:\n{said}"))
    });
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

fn shown() -> impl Iterator<Item = Code> {
    let all = Code::ALL.iter().copied();
    all.filter(|code| !NOT_SHOWN.contains(code))
}

fn said_about(files: &[(String, String)]) -> (Vec<Diagnostic>, String) {
    let sources = sources(files);
    let diagnostics = compile(&sources).diagnostics;
    let said = rendered(&diagnostics, &sources);
    (diagnostics, said)
}

#[test]
fn what_cannot_be_shown_says_so() {
    for code in NOT_SHOWN {
        let text = code.explanation();
        assert!(!text.contains("Wrong:"), "{code} is shown");
        let says_so = ["No example can show it", "No file shows it"];
        assert!(says_so.iter().any(|words| text.contains(words)), "{code}");
    }
}

/// A terminal of 80 columns breaks no line of what people wrote.
#[test]
fn prose_fits_a_terminal() {
    for code in Code::ALL {
        let mut is_code = false;
        for line in code.explanation().lines() {
            is_code ^= line.starts_with("```");
            let fits = line.chars().count() < 80;
            assert!(is_code || fits, "{code}: {line}");
        }
    }
}

#[test]
fn no_sentence_stands_twice() {
    let mut sentences = Vec::new();
    for code in Code::ALL {
        let (prose, _) = code
            .explanation()
            .split_once("Wrong:")
            .unwrap_or((code.explanation(), ""));
        let prose = prose.replace('\n', " ");
        sentences.extend(
            prose
                .split(['.', ':', ';'])
                .map(|sentence| sentence.trim().to_owned()),
        );
        sentences.push(code.rule().to_owned());
    }
    // A few words are no sentence: "No example can show it, for its size".
    sentences.retain(|sentence| sentence.split(' ').count() > 8);
    sentences.sort();
    let pairs = sentences.windows(2).filter(|pair| pair[0] == pair[1]);
    let twice: Vec<_> = pairs.map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// The files below a heading, each from its fence to the next one; with a root, if none is among them.
fn example(code: Code, heading: &str) -> Vec<(String, String)> {
    let text = code.explanation();
    let (_, text) = text
        .split_once(heading)
        .unwrap_or_else(|| panic!("{code} has no `{heading}`"));
    let (text, _) = text.split_once("Right:").unwrap_or((text, ""));
    let blocks = text.split("```yaml\n# ").skip(1);
    let mut files: Vec<_> = blocks.map(|block| file(code, block)).collect();
    if !files.iter().any(|(path, _)| path == "catalog.yaml") {
        files.push(("catalog.yaml".to_owned(), ROOT.to_owned()));
    }
    files
}

/// A block after the `# ` of its first line, which is the file's name.
fn file(code: Code, block: &str) -> (String, String) {
    let (name, rest) = block.split_once('\n').unwrap();
    let (text, _) = rest
        .split_once("```")
        .unwrap_or_else(|| panic!("{code} leaves a block open"));
    (name.to_owned(), text.to_owned())
}
