//! What the search looks through: a script with a line for each page, and in it the members that have anchors on the page.

use super::super::reading::first_paragraph;
use super::html::Literal;
use super::site::Site;
use super::ty;
use crate::catalog::{Body, Field, Thing};

/// The script. A page asks for it when somebody is about to search, so that no other pays for it.
pub(super) fn script(site: &Site<'_>, mark: &str) -> String {
    let lines: Vec<_> = Thing::all(site.reading.catalog)
        .into_iter()
        .map(|thing| line(site, thing))
        .collect();
    format!(
        "// {mark}\n// Each: kind, name, page, description, and the members: anchor, type, description.\nwindow.eventcSearch = [\n{}];\n",
        lines.concat()
    )
}

fn line(site: &Site<'_>, thing: Thing) -> String {
    let catalog = site.reading.catalog;
    let about = thing.docs(catalog).description.as_deref();
    let about = match (about, thing) {
        (Some(about), _) => first_paragraph(about),
        // Few newtypes and enums need a description.
        (None, Thing::Type(id)) => ty::kind(&catalog[id].body).to_owned(),
        (None, _) => String::new(),
    };
    let name = thing.name(catalog);
    let members: Vec<_> = match thing {
        Thing::Event(id) => fields(site, &catalog[id].fields),
        Thing::Stream(id) => fields(site, &catalog[id].fields),
        Thing::Context(id) => fields(site, &catalog[id].fields),
        Thing::Type(id) => match &catalog[id].body {
            Body::Record(of) => fields(site, of),
            Body::Enum(of) => {
                let values = of.values.iter();
                values
                    .map(|value| member(&value.wire, "value", value.docs.description.as_deref()))
                    .collect()
            }
            Body::Union(of) => {
                let variants = of.variants.iter();
                variants
                    .map(|variant| member(&variant.name, &catalog.type_name(&variant.ty), None))
                    .collect()
            }
            Body::Newtype(_) => Vec::new(),
        },
    };
    format!(
        "[{}, {}, {}, {}, [{}]],\n",
        Literal(thing.kind()),
        Literal(&name),
        Literal(&site.path(thing)),
        Literal(&about),
        members.join(", ")
    )
}

fn fields(site: &Site<'_>, fields: &[Field]) -> Vec<String> {
    let field = |field: &Field| {
        let ty = site.reading.catalog.type_name(&field.ty);
        let class = field.pii.as_ref().map(|class| format!("pii {class}"));
        let about = [field.docs.description.as_deref(), class.as_deref()];
        let about: Vec<_> = about.into_iter().flatten().collect();
        member(&field.name, &ty, Some(&about.join(" · ")))
    };
    fields.iter().map(field).collect()
}

fn member(name: &str, ty: &str, about: Option<&str>) -> String {
    let about = about.map(first_paragraph).unwrap_or_default();
    format!("[{}, {}, {}]", Literal(name), Literal(ty), Literal(&about))
}
