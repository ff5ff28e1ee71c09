//! What people say on the command line of what is to be declared.

/// `name:type`, as it was given.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    name: String,
    value: String,
}

/// Reads `name:type`. What a type is, is for the compiler to say, which sees it in its place.
pub(super) fn entry(text: &str) -> Result<Entry, String> {
    let text = one_line(text)?;
    let parts = text.split_once(':');
    let parts = parts.map(|(name, value)| (name.trim(), value.trim()));
    match parts {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(Entry {
            name: name.to_owned(),
            value: value.to_owned(),
        }),
        _ => Err("expected a name and a type, like `status:u16`".to_owned()),
    }
}

/// Reads what stands on one line of a schema.
pub(super) fn one_line(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("there is nothing in it".to_owned());
    }
    if text.contains(char::is_control) {
        return Err(
            "it goes on one line of the schema, and has a line break or another control character"
                .to_owned(),
        );
    }
    Ok(text.trim().to_owned())
}

/// Names and types.
pub(super) fn pairs(entries: &[Entry]) -> Vec<(String, String)> {
    let pair = |entry: &Entry| (entry.name.clone(), entry.value.clone());
    entries.iter().map(pair).collect()
}
