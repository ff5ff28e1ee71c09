//! Mistakes in YAML, each planted at many places: what is said is little, and near.

use eventc_compiler::{Code, render_short};

use super::schema;
use crate::invariants::compiled;

/// A way to make a file wrong at an offset; none where it cannot be made there.
type Plant = fn(&str, usize) -> Option<String>;

/// The mistakes that people make in YAML.
const PLANTS: &[(&str, Plant)] = &[
    ("a character is missing", |text, at| {
        let c = text.get(at..)?.chars().next()?;
        Some(replaced(text, at, c.len_utf8(), ""))
    }),
    ("a double quote", |text, at| inserted(text, at, "\"")),
    ("a single quote", |text, at| inserted(text, at, "'")),
    ("an opening bracket", |text, at| inserted(text, at, "[")),
    ("an opening brace", |text, at| inserted(text, at, "{")),
    ("a closing bracket", |text, at| inserted(text, at, "]")),
    ("a closing brace", |text, at| inserted(text, at, "}")),
    ("a colon", |text, at| inserted(text, at, ":")),
    ("a colon and a space", |text, at| inserted(text, at, ": ")),
    ("a comma", |text, at| inserted(text, at, ",")),
    ("a space", |text, at| inserted(text, at, " ")),
    ("a tab", |text, at| inserted(text, at, "\t")),
    ("an at sign", |text, at| inserted(text, at, "@")),
    ("a backtick", |text, at| inserted(text, at, "`")),
    ("a percent sign", |text, at| inserted(text, at, "%")),
    ("an ampersand", |text, at| inserted(text, at, "&")),
    ("an asterisk", |text, at| inserted(text, at, "*")),
    ("an exclamation mark", |text, at| inserted(text, at, "!")),
    ("a pipe", |text, at| inserted(text, at, "|")),
    ("a greater-than sign", |text, at| inserted(text, at, ">")),
    ("a number sign", |text, at| inserted(text, at, "#")),
    ("a dash and a space", |text, at| inserted(text, at, "- ")),
    ("a question mark and a space", |text, at| {
        inserted(text, at, "? ")
    }),
    ("a line break", |text, at| inserted(text, at, "\n")),
    ("a no-break space", |text, at| inserted(text, at, "\u{a0}")),
    ("a curly quote", |text, at| inserted(text, at, "\u{201c}")),
    ("a byte order mark", |text, at| {
        inserted(text, at, "\u{feff}")
    }),
    ("a control character", |text, at| {
        inserted(text, at, "\u{7}")
    }),
    ("a zero byte", |text, at| inserted(text, at, "\0")),
    ("the file ends here", |text, at| {
        text.get(..at).map(str::to_owned)
    }),
    ("the next colon is missing", |text, at| {
        without_next(text, at, ":")
    }),
    ("no space after the next colon", |text, at| {
        let colon = at + text.get(at..)?.find(": ")?;
        Some(replaced(text, colon, 2, ":"))
    }),
    ("the next opening bracket is missing", |text, at| {
        without_next(text, at, "[")
    }),
    ("the next closing bracket is missing", |text, at| {
        without_next(text, at, "]")
    }),
    ("the next opening brace is missing", |text, at| {
        without_next(text, at, "{")
    }),
    ("the next closing brace is missing", |text, at| {
        without_next(text, at, "}")
    }),
    ("the next comma is missing", |text, at| {
        without_next(text, at, ",")
    }),
    ("the next quote is missing", |text, at| {
        without_next(text, at, "'")
    }),
    ("a line one space too far", |text, at| {
        inserted(text, line(text, at)?, " ")
    }),
    ("a line three spaces too far", |text, at| {
        inserted(text, line(text, at)?, "   ")
    }),
    ("a line one space too little", |text, at| {
        let line = line(text, at)?;
        text.get(line..)?
            .starts_with(' ')
            .then(|| replaced(text, line, 1, ""))
    }),
    ("a line with a tab before it", |text, at| {
        let line = line(text, at)?;
        let rest = text.get(line..)?;
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        (spaces > 0).then(|| replaced(text, line, spaces, "\t"))
    }),
    ("a line of another document", |text, at| {
        inserted(text, line(text, at)?, "---\n")
    }),
    ("a merge conflict", |text, at| {
        let start = line(text, at)?;
        let end = line(text, start + text.get(start..)?.find('\n')? + 1)?;
        let ours = text.get(start..end)?;
        let both = format!("<<<<<<< HEAD\n{ours}=======\n{ours}>>>>>>> branch\n");
        Some(replaced(text, start, ours.len(), &both))
    }),
];

fn inserted(text: &str, at: usize, what: &str) -> Option<String> {
    Some(replaced(text, at, 0, what))
}

fn replaced(text: &str, at: usize, len: usize, what: &str) -> String {
    [&text[..at], what, &text[at + len..]].concat()
}

fn without_next(text: &str, at: usize, what: &str) -> Option<String> {
    let found = at + text.get(at..)?.find(what)?;
    Some(replaced(text, found, what.len(), ""))
}

/// Where the line of an offset begins.
fn line(text: &str, at: usize) -> Option<usize> {
    Some(text.get(..at)?.rfind('\n').map_or(0, |end| end + 1))
}

/// So many bytes are between two places of one mistake. It divides no length of a line, so all kinds of places come.
const STEP: usize = 7919;

/// What is said about one mistake in YAML: itself, and at most two things that it seems to make wrong.
const MOST: usize = 3;

/// A mistake is told at its line, or where the next line does not fit what stands above it.
const LINES_BELOW: usize = 2;

#[test]
fn a_planted_mistake_is_told_once_and_near() {
    let files = schema();
    let mut found = Vec::new();
    for (kind, (name, plant)) in PLANTS.iter().enumerate() {
        let mut start = kind * 1009 % STEP;
        for (index, (path, text)) in files.iter().enumerate() {
            let places = (start..text.len()).step_by(STEP);
            let wrong = places.clone().filter(|at| text.is_char_boundary(*at));
            for at in wrong {
                if let Some(wrong) = plant(text, at) {
                    let trouble = trouble(&files, index, &wrong);
                    found
                        .extend(trouble.map(|trouble| format!("{name} at {path}:{at}: {trouble}")));
                }
            }
            start = start + places.count() * STEP - text.len();
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

/// What is not as it should be in what is said about a file that is another one now.
fn trouble(files: &[(String, String)], changed: usize, wrong: &str) -> Option<String> {
    let (path, right) = &files[changed];
    let bytes = |(index, (path, text)): (usize, &(String, String))| {
        let text = if index == changed { wrong } else { text };
        (path.clone(), text.as_bytes().to_vec())
    };
    let all: Vec<_> = files.iter().enumerate().map(bytes).collect();
    let (sources, compilation) = compiled(&all);
    let errors: Vec<_> = compilation.errors().collect();
    let said: Vec<_> = errors
        .iter()
        .map(|error| render_short(error, &sources))
        .collect();
    let is_yaml = serde_yaml::from_str::<serde_yaml::Value>(wrong).is_ok();
    if errors.is_empty() {
        return (!is_yaml && !is_yaml_1_2(wrong)).then(|| "it is accepted".to_owned());
    }
    // Whatever else is well-formed YAML may have become another schema.
    let mut of_yaml = errors
        .iter()
        .filter(|error| error.code.id().starts_with("E01"));
    let first = of_yaml.find(|error| error.code != Code::DuplicateKey)?;
    if errors.len() > MOST {
        return Some(said.join("\n"));
    }
    let span = first.span()?;
    let same = right.lines().zip(wrong.lines());
    let planted = same.take_while(|(one, other)| one == other).count() + 1;
    let told = sources.file(span.file).position(span.start).line;
    let is_below = told > planted + LINES_BELOW && !first.message.contains("indentation");
    let is_elsewhere = sources.file(span.file).path != format!("schema/{path}");
    (is_below || is_elsewhere).then(|| format!("planted in line {planted}\n{}", said.join("\n")))
}

/// What libyaml refuses and YAML 1.2 has: tabs before a comment, and text that begins with a colon.
fn is_yaml_1_2(text: &str) -> bool {
    let is_tabbed =
        |line: &str| line.trim_start_matches(' ').starts_with('\t') && line.trim().starts_with('#');
    text.lines().any(is_tabbed) || text.contains(" :")
}
