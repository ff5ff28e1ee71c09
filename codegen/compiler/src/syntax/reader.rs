//! Taking a map apart by a table of its known keys.

use std::borrow::Cow;

use super::names::is_pascal_case;
use super::tree::{Data, Entry, Node, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest, quoted};
use crate::source::{Span, Spanned};
use crate::words;

/// A map of which each known key can be taken once.
pub(super) struct Reader<'s> {
    entries: Vec<Option<Entry<'s>>>,
    known: &'static [&'static str],
}

impl<'s> Reader<'s> {
    /// Reports every key that is not in `known`. One that is a misspelling of a known key takes its
    /// place, so that the mistake brings no others with it.
    ///
    /// `what` is what the map describes: "an event".
    pub(super) fn new(
        what: &str,
        entries: Vec<Entry<'s>>,
        known: &'static [&'static str],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut reader = Self {
            entries: known.iter().map(|_| None).collect(),
            known,
        };
        let mut unknown = Vec::new();
        // Keys that stand beside an empty section belong below it.
        let mut section: Option<&'static str> = None;
        for entry in entries {
            let known = known.iter().find(|key| **key == entry.key.value);
            if let (Some(&key), Some(slot)) = (known, reader.slot(&entry.key.value)) {
                let is_empty = matches!(entry.value.data, Data::Empty);
                section = Some(key).filter(|key| is_empty && is_section(key));
                *slot = Some(entry);
            } else if let Some(slot) = section.and_then(|key| reader.slot(key)) {
                diagnostics.extend(not_indented(slot, &entry));
            } else {
                unknown.push(entry);
            }
        }
        // Where the value was refused, the key may be no more than a part of that mistake.
        unknown.retain(|entry| !matches!(entry.value.data, Data::Refused));
        for entry in unknown {
            let free = known
                .iter()
                .zip(&reader.entries)
                .filter(|(_, entry)| entry.is_none())
                .map(|(&key, _)| key);
            let meant =
                nearest(&entry.key.value, free).or_else(|| synonym(&entry.key.value, known));
            diagnostics.push(unknown_key(what, &entry, meant, known));
            if let Some(slot @ None) = meant.and_then(|key| reader.slot(key)) {
                *slot = Some(entry);
            }
        }
        reader
    }

    /// The entry of a known key, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'s>> {
        self.slot(key)?.take()
    }

    /// The byte after the last of what is left to take.
    pub(super) fn end(&self) -> Option<u32> {
        let left = self.entries.iter().flatten();
        left.map(|entry| entry.value.end().max(entry.key.span.end))
            .max()
    }

    /// Whether nothing is left to take.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.iter().all(Option::is_none)
    }

    /// The key's place, if it is there.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        let index = self.known.iter().position(|known| *known == key)?;
        self.entries
            .get(index)?
            .as_ref()
            .map(|entry| entry.key.span)
    }

    fn slot(&mut self, key: &str) -> Option<&mut Option<Entry<'s>>> {
        let index = self.known.iter().position(|known| *known == key)?;
        self.entries.get_mut(index)
    }
}

/// Whether a key is followed by a map of names.
fn is_section(key: &str) -> bool {
    matches!(
        key,
        "types" | "streams" | "contexts" | "events" | "fields" | "examples" | "lints" | "one_of"
    )
}

/// The rule: what belongs to a key is indented below it. Said once: the key is read as refused from then on.
fn not_indented(section: &mut Option<Entry<'_>>, beside: &Entry<'_>) -> Option<Diagnostic> {
    let section = section.as_mut()?;
    match std::mem::replace(&mut section.value.data, Data::Refused) {
        Data::Empty => {
            let (key, name) = (&section.key, &beside.key);
            let message = format!("`{}` has no value", key.value);
            let diagnostic = Diagnostic::new(Code::EmptyValue, key.span, message)
                .label("nothing is indented below it")
                .also(name.span, "stands beside it");
            Some(diagnostic.help(format!("indent `{}` below it", name.value)))
        }
        _ => None,
    }
}

/// Whether a key is known, a misspelling of a known one, or a word that other languages have for one.
pub(super) fn is_meant(found: &str, known: &'static [&'static str]) -> bool {
    // A known key is the rule; distances are for the exception.
    known.contains(&found)
        || nearest(found, known.iter().copied()).is_some()
        || synonym(found, known).is_some()
        || advice(found).is_some()
}

/// A word other languages have for a key of ours.
fn synonym(found: &str, known: &[&'static str]) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("type", "newtype"),
        ("newtype", "type"),
        ("values", "enum"),
        ("brief", "description"),
        ("desc", "description"),
        ("doc", "description"),
        ("comment", "description"),
        ("properties", "fields"),
        ("attributes", "fields"),
        ("contexts", "with"),
        ("include", "with"),
        ("oneof", "one_of"),
        ("union", "one_of"),
        ("regex", "pattern"),
        ("minimum", "min"),
        ("maximum", "max"),
        ("rename", "wire"),
        ("sensitive", "pii"),
        ("retention", "retain"),
        ("team", "owner"),
    ];
    let meant = WORDS.iter().find(|(word, _)| *word == found)?.1;
    known.iter().copied().find(|key| *key == meant)
}

/// What to do about a word that other languages have and this one has not.
fn advice(found: &str) -> Option<&'static str> {
    match found {
        "required" | "optional" | "nullable" => {
            Some("a field is required unless its name ends in `?`: `coupon?: CouponCode`")
        }
        "default" => Some(
            "there are no defaults on write; `backfill` is what a reader takes for older messages",
        ),
        "extends" | "inherits" | "mixin" => {
            Some("there is no inheritance: share fields through a context and `with`")
        }
        "format" => Some(
            "formats are types: `uuid`, `timestamp`, `date`, `ip`, or a newtype with a `pattern`",
        ),
        _ => None,
    }
}

/// The rule: only known keys have a meaning.
fn unknown_key(what: &str, entry: &Entry<'_>, meant: Option<&str>, known: &[&str]) -> Diagnostic {
    let found = &entry.key.value;
    let diagnostic = Diagnostic::new(
        Code::UnknownKey,
        entry.key.span,
        format!("unknown key `{found}` in {what}"),
    )
    .label("not a known key");
    match (advice(found), meant) {
        (Some(advice), None) => diagnostic.help(advice),
        (_, Some(meant)) => diagnostic.suggest_exactly(meant),
        (None, None)
            if known.contains(&"fields") && !known.contains(&"type") && is_field(entry) =>
        {
            diagnostic.help(format!("put the field `{found}` under `fields:`"))
        }
        (None, None) => {
            diagnostic.help(format!("{what} may have {}", quoted(known.iter().copied())))
        }
    }
}

/// Whether a value looks like the type of a field.
fn is_field(entry: &Entry<'_>) -> bool {
    let Data::Scalar(scalar) = &entry.value.data else {
        return false;
    };
    let text = &*scalar.text;
    let is_scalar = words::Scalar::ALL.iter().any(|known| known.name() == text);
    is_scalar || is_pascal_case(text) || text.starts_with("list<") || text.starts_with("map<")
}

/// What a key's value must look like, with the message if it does not.
pub(super) struct Expect<'d> {
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl Expect<'_> {
    /// Text, and where it stands.
    pub(super) fn text<'s>(&mut self, entry: &Entry<'s>) -> Option<Text<'s>> {
        match &entry.value.data {
            Data::Scalar(scalar) => Some(Text::new(scalar, entry.value.span)),
            data => {
                // A list of one is read as the item that was meant, so that nothing is missing because of it.
                let item = match data {
                    Data::List(items) => match items.as_slice() {
                        [item] => Some(item),
                        _ => None,
                    },
                    _ => None,
                };
                let nothing = self.wrong(entry, text_after(&entry.key.value));
                match item.map(|item| (&item.data, item.span)) {
                    Some((Data::Scalar(scalar), span)) => Some(Text::new(scalar, span)),
                    _ => nothing,
                }
            }
        }
    }

    /// Text without its spelling.
    pub(super) fn string<'s>(&mut self, entry: &Entry<'s>) -> Option<Spanned<Cow<'s, str>>> {
        Some(self.text(entry)?.to_spanned())
    }

    /// A map. `expected` is what stands in it, and `example` one entry.
    pub(super) fn map<'s>(
        &mut self,
        entry: Entry<'s>,
        expected: &str,
        example: &str,
    ) -> Option<Vec<Entry<'s>>> {
        if let Data::Map(entries) = entry.value.data {
            return Some(entries);
        }
        if let Data::Scalar(scalar) = &entry.value.data
            && let Some(diagnostic) = colon_without_space(&Text::new(scalar, entry.value.span))
        {
            self.diagnostics.push(diagnostic);
            return None;
        }
        let help = format!("write `{}: {{ {example} }}`", entry.key.value);
        self.wrong_shape(&entry, expected, &help)
    }

    /// A list. `expected` is what stands in it, and `example` one item. A word alone is read as the item that it
    /// was meant to be, so that nothing is missing because of it.
    fn list<'s>(
        &mut self,
        entry: Entry<'s>,
        expected: &str,
        example: &str,
    ) -> Option<Vec<Node<'s>>> {
        let scalar = match entry.value.data {
            Data::List(items) => return Some(items),
            Data::Scalar(ref scalar) => scalar,
            _ => {
                let help = format!("write `{}: [{example}]`", entry.key.value);
                return self.wrong_shape(&entry, expected, &help);
            }
        };
        let list = format!("[{}]", scalar.text.trim());
        let help = format!("write `{}: {list}`", entry.key.value);
        let diagnostic = not_of_shape(&entry, expected).help(help);
        let is_word = scalar.plain && !scalar.text.contains([' ', ',']);
        self.diagnostics.push(if scalar.plain {
            diagnostic.edit(entry.value.span, list)
        } else {
            diagnostic
        });
        is_word.then(|| vec![entry.value])
    }

    /// A list of texts.
    pub(super) fn texts<'s>(
        &mut self,
        entry: Entry<'s>,
        expected: &str,
        example: &str,
    ) -> Option<Vec<Text<'s>>> {
        let key = entry.key.clone();
        let mut texts = Vec::new();
        for item in self.list(entry, expected, example)? {
            match &item.data {
                Data::Scalar(scalar) => texts.push(Text::new(scalar, item.span)),
                _ => {
                    let item = Entry {
                        key: key.clone(),
                        value: item,
                    };
                    let help = format!("write `{}: [{example}]`", key.value);
                    let _: Option<()> = self.wrong_shape(&item, expected, &help);
                }
            }
        }
        Some(texts)
    }

    /// `true` or `false`; nothing else is guessed at.
    pub(super) fn boolean(&mut self, entry: &Entry<'_>) -> Option<bool> {
        let text = self.text(entry)?;
        match &*text.value {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("expected `true` or `false`, found `{other}`");
                let diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                    .label(format!("the value of `{}`", entry.key.value));
                self.diagnostics.push(match words::meant_boolean(other) {
                    Some(meant) => diagnostic.suggest_exactly(meant),
                    None => diagnostic,
                });
                None
            }
        }
    }

    /// The rule: a key is followed by its value, of the shape it takes.
    pub(super) fn wrong<T>(&mut self, entry: &Entry<'_>, expected: &str) -> Option<T> {
        self.wrong_shape(entry, expected, "")
    }

    /// The same, with what to do about a value of another shape.
    fn wrong_shape<T>(&mut self, entry: &Entry<'_>, expected: &str, help: &str) -> Option<T> {
        let key = &entry.key;
        match entry.value.data {
            Data::Refused => {}
            Data::Empty => self.diagnostics.push(
                Diagnostic::new(
                    Code::EmptyValue,
                    key.span,
                    format!("`{}` has no value", key.value),
                )
                .label(format!("expected {expected} after it"))
                .help(
                    "write the value, or remove the key; what belongs to it is indented below it",
                ),
            ),
            _ => {
                let diagnostic = not_of_shape(entry, expected);
                self.diagnostics.push(if help.is_empty() {
                    diagnostic
                } else {
                    diagnostic.help(help)
                });
            }
        }
        None
    }
}

/// The rule: a value has the shape that its key takes.
fn not_of_shape(entry: &Entry<'_>, expected: &str) -> Diagnostic {
    let key = &entry.key;
    let message = format!(
        "`{}` takes {expected}, found {}",
        key.value,
        entry.value.kind()
    );
    Diagnostic::new(Code::WrongShape, entry.value.span, message)
        .label(format!("expected {expected}"))
        .also(key.span, "the value of this key")
}

/// What the text after a key is.
fn text_after(key: &str) -> &'static str {
    match key {
        "key" | "id" => "the name of one field",
        "stream" => "the name of one stream",
        "catalog" => "a name such as `my_company`",
        "owner" => "the name of one team",
        "length" => "a range such as `1..64`",
        "newtype" => "a type such as `string`",
        "retain" => "a duration such as `400d`",
        "at_least" => "a number such as `500`",
        "per" => "`minute`, `hour` or `day`",
        "accept" => "a window such as `-7d..+1h`",
        "fill" => "`uuid_v7` or `now`",
        "store" => "`typed` or `shared`",
        "version" => "a whole number",
        _ => "text",
    }
}

/// The rule: a space follows the `:` of a key. Without one, `status:u16` is text.
fn colon_without_space(text: &Text<'_>) -> Option<Diagnostic> {
    let (name, rest) = text.value.split_once(':')?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '?');
    let is_key = !name.is_empty() && name.chars().all(is_part) && !rest.starts_with([' ', '/']);
    is_key.then(|| {
        let place = text.part(name.len(), 1);
        Diagnostic::new(Code::WrongShape, place, "a space belongs after this `:`")
            .label("read as text, not as the end of a key")
            .help(format!("write `{name}: {rest}`"))
    })
}
