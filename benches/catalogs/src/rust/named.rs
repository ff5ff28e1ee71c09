//! An enum of all events that serde tells apart by their names.

use heck::ToUpperCamelCase;

use super::{Derives, SNAKE_CASE, render};
use crate::{Catalog, Files, message};

/// `Deserialize` alone, with our wire: the header's fields stand in each event, and an enum `Event` is tagged by the name.
pub fn named(catalog: &Catalog) -> Files {
    let mut inlined = catalog.clone();
    let events = inlined.areas.iter_mut().flat_map(|area| &mut area.events);
    for event in events {
        event.fields.splice(0..0, catalog.header.iter().cloned());
    }
    let derives = Derives {
        all: "#[derive(serde::Deserialize)]\n",
        events: "",
        optional: "",
        enums: SNAKE_CASE,
        first: "    /// Of the fields of the event.\n    pub version: u32,\n",
    };
    let mut files = render(&inlined, &derives);
    if let Some((_, root)) = files.first_mut() {
        root.push_str(&enumeration(catalog));
    }
    files
}

fn enumeration(catalog: &Catalog) -> String {
    let mut text = String::from(
        "\n/// Any event.\n#[derive(serde::Deserialize)]\n#[serde(tag = \"event\")]\npub enum Event {\n",
    );
    for (area, event) in catalog.events() {
        let (wire, ty) = (message::name(area, event), event.name.to_upper_camel_case());
        let (variant, module) = (wire.to_upper_camel_case(), &area.name);
        text.push_str(&format!(
            "    /// {}\n    #[serde(rename = \"{wire}\")]\n    {variant}({module}::{ty}),\n",
            event.description
        ));
    }
    text.push_str("}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_a_variant_for_each_event_and_no_nested_header() {
        let files = named(&Catalog::new(20));
        let (_, root) = &files[0];
        assert_eq!(root.matches("serde(rename = ").count(), 20);
        let (_, area) = &files[1];
        assert!(!area.contains("telemetry:"));
        assert_eq!(area.matches("pub occurred_at:").count(), 10);
    }
}
