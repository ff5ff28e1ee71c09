//! What YAML reads at commas where the language does not: `{ a: map<string, i64> }` and `[bucket(16, id)]`.
//!
//! Other tools read two things there. Written so that everybody reads one, it is what was meant.

use super::scalar::Scalar;
use super::tree::{Collection, Data, Document, Entry, Node};

/// No type and no transform has this many commas.
const MAX_PARTS: usize = 16;

/// Puts together what was taken apart.
pub(super) fn mend(document: &mut Document<'_>) {
    let Some(root) = &mut document.root else {
        return;
    };
    mend_types(root);
    for section in entries(root) {
        if matches!(key(section), "events" | "streams") {
            for noun in entries(&mut section.value) {
                let partition = entries(&mut noun.value)
                    .iter_mut()
                    .find(|entry| key(entry) == "partition");
                if let Some(entry) = partition {
                    mend_transforms(&mut entry.value);
                }
            }
        }
    }
}

fn entries<'n, 's>(node: &'n mut Node<'s>) -> &'n mut [Entry<'s>] {
    match &mut node.data {
        Data::Collection(collection) => &mut collection.entries,
        Data::Empty | Data::Scalar(_) => &mut [],
    }
}

fn key<'n>(entry: &'n Entry<'_>) -> &'n str {
    entry.key.as_ref().map_or("", Scalar::value)
}

/// The rule: inside `{ … }` a type with a comma stands in quotes.
fn mend_types(node: &mut Node<'_>) {
    let Data::Collection(collection) = &mut node.data else {
        return;
    };
    for entry in &mut collection.entries {
        mend_types(&mut entry.value);
    }
    if !collection.flow || !collection.is_map {
        return;
    }
    join(
        collection,
        |entry| {
            let text = plain(&entry.value)?;
            let is_type = text.starts_with("map<") || text.starts_with("list<");
            is_type.then(|| text.to_owned())
        },
        |entry| {
            let is_part = matches!(entry.value.data, Data::Empty);
            entry.key.as_ref().filter(|_| is_part)?.as_plain()
        },
        ['<', '>'],
        Scalar::quoted,
    );
}

/// The rule: a transform with a comma stands on a line of its own.
fn mend_transforms(node: &mut Node<'_>) {
    let Data::Collection(collection) = &mut node.data else {
        return;
    };
    if !collection.flow || collection.is_map {
        return;
    }
    join(
        collection,
        |entry| plain(&entry.value).map(str::to_owned),
        |entry| plain(&entry.value),
        ['(', ')'],
        Scalar::plain,
    );
}

fn plain<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.data {
        Data::Scalar(scalar) => scalar.as_plain(),
        Data::Empty | Data::Collection(_) => None,
    }
}

/// Makes one entry of a `first` with an open bracket and the `part`s behind it that close it.
fn join<'s>(
    collection: &mut Collection<'s>,
    first: impl Fn(&Entry<'s>) -> Option<String>,
    part: impl for<'e> Fn(&'e Entry<'s>) -> Option<&'e str>,
    brackets: [char; 2],
    scalar: impl Fn(String) -> Scalar<'s>,
) {
    let [open, close] = brackets;
    let is_open = |text: &str| text.matches(open).count() > text.matches(close).count();
    let mut joined: Vec<Entry<'s>> = Vec::with_capacity(collection.entries.len());
    let mut rest = std::mem::take(&mut collection.entries).into_iter();
    while let Some(mut entry) = rest.next() {
        if let Some(mut text) = first(&entry).filter(|text| is_open(text)) {
            let parts = rest.as_slice().iter().take(MAX_PARTS);
            let mut taken = 0;
            for (next, more) in parts.map_while(|next| Some((next, part(next)?))) {
                text = format!("{text}, {more}");
                taken += 1;
                if !is_open(&text) {
                    entry.value.end = next.value.end.max(next.head_end);
                    entry.value.data = Data::Scalar(scalar(text));
                    rest.by_ref().take(taken).for_each(drop);
                    break;
                }
            }
        }
        joined.push(entry);
    }
    collection.entries = joined;
}
