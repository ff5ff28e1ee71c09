//! Fields that are called like personal data.

use super::written::Written;
use crate::catalog::{Catalog, Field, Scalar, TypeRef};
use crate::diagnostic::{Code, Diagnostic};

/// What names are or end in, and the class that such data is of.
const NAMES: &[(&str, &str)] = &[
    ("birth_date", "birth_date"),
    ("birthday", "birth_date"),
    ("card_number", "payment"),
    ("client_ip", "ip"),
    ("date_of_birth", "birth_date"),
    ("email", "email"),
    ("email_address", "email"),
    ("first_name", "name"),
    ("full_name", "name"),
    ("home_address", "address"),
    ("iban", "payment"),
    ("ip_address", "ip"),
    ("last_name", "name"),
    ("passport_number", "identifier"),
    ("password", "secret"),
    ("phone", "phone"),
    ("phone_number", "phone"),
    ("remote_ip", "ip"),
    ("ssn", "identifier"),
    ("street_address", "address"),
    ("surname", "name"),
    ("user_ip", "ip"),
];

/// The rule: personal data is marked, so that it is redacted in logs and found in every store.
pub(super) fn unmarked_pii(catalog: &Catalog, written: &Written<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in super::super::field_groups(catalog).flatten() {
        let Some(class) = class_of(catalog, field) else {
            continue;
        };
        let message = format!(
            "`{}` looks like personal data, and has no `pii`",
            field.name
        );
        let diagnostic = Diagnostic::new(Code::UnmarkedPii, field.span, message)
            .label("logs show it as it is")
            .help(format!("say of what class it is: `pii: {class}`"));
        found.push(match written.lone_type(field.span) {
            Some((ty, at)) => diagnostic.edit(at, format!("{{ type: {ty}, pii: {class} }}")),
            None => diagnostic,
        });
    }
    found
}

/// The class of data that a field holds by its name and its type, if it is not marked.
fn class_of(catalog: &Catalog, field: &Field) -> Option<&'static str> {
    if field.pii.is_some() || field.unresolved {
        return None;
    }
    let item = match catalog.base(&field.ty) {
        TypeRef::List(item) => catalog.base(item),
        other => other,
    };
    if !matches!(
        item,
        TypeRef::Scalar(Scalar::String | Scalar::Ip | Scalar::Date)
    ) {
        return None;
    }
    let is_called = |known: &str| {
        let before = field.name.strip_suffix(known);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    };
    let by_name = NAMES.iter().find(|(known, _)| is_called(known));
    // An address alone is somebody's; of a server it is said whose it is.
    let by_type = (field.name == "ip").then_some("ip");
    by_name.map(|(_, class)| *class).or(by_type)
}
