//! What holds of every text that is formatted. The target `fmt` of `codegen/fuzz` is made of it, too.

use eventc_cli::dialect::Value;
use eventc_cli::format::format;
use eventc_compiler::{Sources, compile};
use granit_parser::{Event, Options, Parser, StructureStyle};

/// A comment, and where it belongs.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    text: String,
    /// How many texts and numbers stand before it: none of them moves.
    after: usize,
    /// Whether it has a line for itself.
    alone: bool,
    /// Whether it stands in brackets, or behind what may go.
    may_move: bool,
}

/// The comments of a text, and how many texts and numbers it has.
fn comments(text: &str) -> (Vec<Place>, usize) {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    // Where texts begin, how deep in brackets each byte from there on is, where comments are.
    let (mut scalars, mut depths, mut found) = (Vec::new(), vec![(0, 0_usize)], Vec::new());
    let mut kinds = Vec::new();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.unwrap();
        let range = span.byte_range().unwrap();
        let depth = depths.last().unwrap().1;
        match event {
            Event::Scalar(..) if !range.is_empty() => scalars.push(range.start),
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                kinds.push(flow);
                depths.push((range.start, depth + usize::from(flow)));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let flow = kinds.pop().unwrap();
                depths.push((range.start, depth - usize::from(flow)));
            }
            Event::Comment(said, _) => found.push((range.start, said.trim().to_owned())),
            _ => {}
        }
    }
    found.sort();
    let place = |(start, said): (usize, String)| {
        let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let before = text[line..start].trim_matches(['\u{feff}', ' ', '\t']);
        let depth = depths
            .iter()
            .rev()
            .find(|(from, _)| *from <= start)
            .unwrap()
            .1;
        Place {
            text: said,
            after: scalars.iter().filter(|scalar| **scalar < start).count(),
            alone: before.is_empty(),
            may_move: depth > 0 || before == "..." || before.ends_with([']', '}', ',', '[', '{']),
        }
    };
    (found.into_iter().map(place).collect(), scalars.len())
}

/// What there is to say against the formatted text; it is given back where there is nothing.
pub(crate) fn kept(text: &str) -> Result<String, String> {
    let formatted = format(text).map_err(|error| format!("{error}\n{text}"))?;
    let fault = |what: String| {
        Err(format!(
            "{what}\n--- before\n{text}\n--- after\n{formatted}"
        ))
    };
    match format(&formatted) {
        Ok(again) if again == formatted => {}
        Ok(again) => return fault(format!("not settled; a second time it becomes\n{again}")),
        Err(error) => return fault(error.to_string()),
    }
    let ((before, values), (after, values_after)) = (comments(text), comments(&formatted));
    let is_mended = values != values_after && text.contains(MENDED);
    if before.len() != after.len() {
        return fault("comments are lost, or new".to_owned());
    }
    for (before, after) in before.iter().zip(&after) {
        let is_behind = is_mended || before.after == after.after;
        let in_place = is_behind && before.alone == after.alone;
        if before.text != after.text || !(in_place || before.may_move) {
            return fault(format!("{before:?} became {after:?}"));
        }
    }
    let is_clean = formatted.is_empty() || formatted.ends_with('\n');
    if !is_clean || formatted.contains('\r') || formatted.starts_with(['\n', '\u{feff}']) {
        return fault("not clean".to_owned());
    }
    Ok(formatted)
}

/// What serde_yaml reads in a text, if it can; it knows no byte order mark, and no last line that does not end.
pub(crate) fn read(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    let end = if text.ends_with('\n') { "" } else { "\n" };
    serde_yaml::from_str(&format!("{text}{end}")).ok()
}

/// Formats a text, whatever it is; what there is to say against what came of it.
pub(crate) fn holds(text: &str) -> Result<(), String> {
    match format(text) {
        Ok(_) => {}
        // What is YAML has a layout.
        Err(error) if error.reason.starts_with("no layout") => {
            return Err(format!("{error}\n{text}"));
        }
        Err(_) => return Ok(()),
    }
    let formatted = kept(text)?;
    let (said_before, said_after) = (said(text), said(&formatted));
    let is_unread = said_before.iter().any(|(code, _)| code.starts_with("E01"));
    let is_right = match (read(text), read(&formatted)) {
        (Some(before), Some(after)) if before != after && !has_key_like_a_mark(text) => {
            text.contains(MENDED)
                && words(&before) == words(&after)
                && said_after.len() <= said_before.len()
        }
        (Some(_), None) => false,
        // The compiler gives up parts of what is not YAML, or not its YAML; the style has no tabs, for example.
        _ => is_unread || said_before == said_after,
    };
    if !is_right {
        return Err(format!("--- before\n{text}\n--- after\n{formatted}"));
    }
    Ok(())
}

/// Whether a text has `?` right before a letter, which serde_yaml takes for the mark of a key in brackets and for text elsewhere.
fn has_key_like_a_mark(text: &str) -> bool {
    let mut words = text.split([' ', '\t', '\n', '{', '[', ',']);
    words.any(|word| word.len() > 1 && word.starts_with('?'))
}

/// Where one of them is, a text may have been taken apart at its comma, and is one once it is formatted.
const MENDED: [char; 2] = ['(', '<'];

/// The words of all texts in a value, in their order.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(items) => items.iter().flat_map(words).collect(),
        Value::Mapping(entries) => {
            let words = |(key, value)| [words(key), words(value)].concat();
            entries.iter().flat_map(words).collect()
        }
        Value::Null => Vec::new(),
        Value::String(text) => {
            let words = text.split([' ', ',']).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        }
        other => vec![format!("{other:?}")],
    }
}

/// What the compiler says of a file beside a root, without the places, and without spaces: it repeats what stands in the file.
fn said(text: &str) -> Vec<(&'static str, String)> {
    let root = (
        "catalog.yaml".to_owned(),
        b"catalog: acme\neventc: 1\n".to_vec(),
    );
    let sources = Sources::new("schema", [root, ("shop.yaml".to_owned(), text.into())]);
    let diagnostics = compile(&sources).diagnostics.into_iter();
    diagnostics
        .map(|said| (said.code.id(), said.message.replace(' ', "")))
        .collect()
}
