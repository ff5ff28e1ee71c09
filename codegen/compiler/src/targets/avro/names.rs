//! Names of the schema as Avro takes them: letters of ASCII, digits and `_`.

use crate::catalog::{Catalog, Field, ModuleId};

/// Whether Avro takes a text for a name, or for a symbol of an enum.
pub(super) fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// A field is called as it is on the wire, or as in the schema where Avro does not take that.
pub(super) fn field(field: &Field) -> &str {
    if is_name(field.wire()) {
        field.wire()
    } else {
        &field.name
    }
}

/// `acme.checkout`: the names of a module are told apart from those of others by it.
pub(super) fn namespace(catalog: &Catalog, module: ModuleId) -> String {
    let path = &catalog[module].path;
    let parts: Vec<_> = [&catalog.name].into_iter().chain(path).collect();
    let parts: Vec<_> = parts.into_iter().map(String::as_str).collect();
    parts.join(".")
}
