//! Rust by hand: the bare structs, which are the floor, and the derives that people put on them.

use heck::ToUpperCamelCase;

use crate::{Area, Catalog, Field, Files, Scalar, Type};

mod named;

pub use named::named;

/// What stands above types, and above events.
struct Derives {
    all: &'static str,
    events: &'static str,
    /// Above optional fields of events.
    optional: &'static str,
    /// Above enums, for their names on the wire.
    enums: &'static str,
    /// The first fields of events.
    first: &'static str,
}

const SERDE: &str = "#[derive(serde::Serialize, serde::Deserialize)]\n";
const SERDE_STD: &str =
    "#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]\n";
const HEADER: &str = "    /// What every event carries.\n    pub telemetry: crate::Telemetry,\n";
const SNAKE_CASE: &str = "#[serde(rename_all = \"snake_case\")]\n";

/// The floor: structs and enums that can do nothing.
pub fn bare(catalog: &Catalog) -> Files {
    render(
        catalog,
        &Derives {
            all: "",
            events: "",
            optional: "",
            enums: "",
            first: HEADER,
        },
    )
}

/// `Serialize` and `Deserialize`.
pub fn serde(catalog: &Catalog) -> Files {
    render(
        catalog,
        &Derives {
            all: SERDE,
            events: "",
            optional: "",
            enums: SNAKE_CASE,
            first: HEADER,
        },
    )
}

/// `Serialize`, `Deserialize`, `Debug`, `Clone` and `PartialEq`.
pub fn serde_std(catalog: &Catalog) -> Files {
    render(
        catalog,
        &Derives {
            all: SERDE_STD,
            events: "",
            optional: "",
            enums: SNAKE_CASE,
            first: HEADER,
        },
    )
}

/// The same, and builders of the crate `bon` for events.
pub fn bon(catalog: &Catalog) -> Files {
    render(
        catalog,
        &Derives {
            all: SERDE_STD,
            events: "#[derive(bon::Builder)]\n",
            optional: "",
            enums: SNAKE_CASE,
            first: HEADER,
        },
    )
}

/// The same, and builders of the crate `typed-builder` for events.
pub fn typed_builder(catalog: &Catalog) -> Files {
    let events = "#[derive(typed_builder::TypedBuilder)]\n";
    render(
        catalog,
        &Derives {
            all: SERDE_STD,
            events,
            optional: "    #[builder(default)]\n",
            enums: SNAKE_CASE,
            first: HEADER,
        },
    )
}

/// The files of a folder `src/`.
fn render(catalog: &Catalog, derives: &Derives) -> Files {
    let root = ("lib.rs".to_owned(), root(catalog, derives));
    let areas = catalog
        .areas
        .iter()
        .map(|area| (format!("{}.rs", area.name), render_area(area, derives)));
    std::iter::once(root).chain(areas).collect()
}

fn root(catalog: &Catalog, derives: &Derives) -> String {
    let mut text = String::from("//! Everything that Acme reports.\n\n");
    for area in &catalog.areas {
        text.push_str(&format!("pub mod {};\n", area.name));
    }
    for newtype in &catalog.newtypes {
        let of = match newtype.of {
            Scalar::Uuid => "uuid::Uuid",
            Scalar::String => "String",
        };
        let (all, name, description) = (derives.all, newtype.name, newtype.description);
        text.push_str(&format!(
            "\n/// {description}\n{all}pub struct {name}(pub {of});\n"
        ));
    }
    text.push_str(&format!(
        "\n/// Everything our services and apps report.\n{}pub struct Telemetry {{\n",
        derives.all
    ));
    catalog
        .header
        .iter()
        .for_each(|field| push_field(&mut text, field, ""));
    text.push_str("}\n");
    text
}

fn render_area(area: &Area, derives: &Derives) -> String {
    let all = derives.all;
    let mut text = format!("//! {}\n", area.description);
    for item in &area.enums {
        let (name, description, enums) = (&item.name, &item.description, derives.enums);
        text.push_str(&format!(
            "\n/// {description}\n{all}{enums}pub enum {name} {{\n"
        ));
        for value in item.values {
            text.push_str(&format!("    {},\n", value.to_upper_camel_case()));
        }
        text.push_str("}\n");
    }
    for record in &area.records {
        text.push_str(&format!(
            "\n/// {}\n{all}pub struct {} {{\n",
            record.description, record.name
        ));
        record
            .fields
            .iter()
            .for_each(|field| push_field(&mut text, field, ""));
        text.push_str("}\n");
    }
    for event in &area.events {
        let (name, description, events) = (
            event.name.to_upper_camel_case(),
            &event.description,
            derives.events,
        );
        text.push_str(&format!(
            "\n/// {description}\n{all}{events}pub struct {name} {{\n"
        ));
        text.push_str(derives.first);
        event
            .fields
            .iter()
            .for_each(|field| push_field(&mut text, field, derives.optional));
        text.push_str("}\n");
    }
    text
}

fn push_field(text: &mut String, field: &Field, above_optional: &str) {
    if let Some(description) = &field.description {
        text.push_str(&format!("    /// {description}\n"));
    }
    let ty = match &field.ty {
        Type::Bool => "bool".to_owned(),
        Type::U16 => "u16".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Uuid => "uuid::Uuid".to_owned(),
        Type::Timestamp => "jiff::Timestamp".to_owned(),
        Type::ListOfStrings => "Vec<String>".to_owned(),
        Type::MapOfStrings => "std::collections::BTreeMap<String, String>".to_owned(),
        Type::Shared(name) => format!("crate::{name}"),
        Type::Local(name) => name.clone(),
    };
    if field.optional {
        text.push_str(&format!(
            "{above_optional}    pub {}: Option<{ty}>,\n",
            field.name
        ));
    } else {
        text.push_str(&format!("    pub {}: {ty},\n", field.name));
    }
}
