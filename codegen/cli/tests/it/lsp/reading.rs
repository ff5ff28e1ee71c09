//! What is asked of a place: what it is, where it is declared, where it is used.

use serde_json::{Value as Json, json};

use super::client::{Client, at, position, range};
use super::{BILLING, CATALOG, ORDERS, shop};
use crate::run::Folder;

fn opened(folder: &Folder) -> Client<'_> {
    let mut client = Client::new(folder);
    client.open("schema/catalog.yaml", CATALOG);
    client.open("schema/orders.yaml", ORDERS);
    client.open("schema/billing.yaml", BILLING);
    client
}

/// `orders.yaml 9:13-9:18`
fn place(location: &Json) -> String {
    let file = location["uri"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    format!("{file} {}", range(&location["range"]))
}

fn definition(client: &mut Client<'_>, path: &str, position: Json) -> String {
    let answer = client
        .ask_at("definition", path, position, json!({}))
        .unwrap();
    if answer.is_null() {
        "nothing".to_owned()
    } else {
        place(&answer)
    }
}

fn references(
    client: &mut Client<'_>,
    path: &str,
    position: Json,
    declaration: bool,
) -> Vec<String> {
    let context = json!({ "context": { "includeDeclaration": declaration } });
    let answer = client
        .ask_at("references", path, position, context)
        .unwrap();
    answer.as_array().into_iter().flatten().map(place).collect()
}

#[test]
fn a_name_leads_to_its_declaration() {
    let folder = shop("definition");
    let mut client = opened(&folder);
    let orders = "schema/orders.yaml";
    let mut lines = Vec::new();
    for (needle, behind) in [
        ("stream: telemetry", 10),
        ("total: Money", 9),
        ("type: Money", 11),
        ("viewer?]", 0),
        ("use: placed", 6),
        ("billing.Refund", 10),
        // In an example: a member of the header, one of the event, one of a record, a value of an enum.
        ("tenant_id: 019", 0),
        ("total: { amount", 3),
        ("amount: '1.00'", 0),
        ("EUR", 1),
        // A declaration is its own.
        ("placed:\n", 1),
        // What names nothing.
        ("description:", 1),
        ("customer", 1),
    ] {
        lines.push(format!(
            "{needle:?}: {}",
            definition(&mut client, orders, at(ORDERS, needle, behind))
        ));
    }
    let catalog = "schema/catalog.yaml";
    for needle in ["occurred_at)", "tenant_id\n", "event_id\n", "Currency\n"] {
        lines.push(format!(
            "{needle:?}: {}",
            definition(&mut client, catalog, at(CATALOG, needle, 2))
        ));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_declaration_leads_to_its_uses_in_every_file() {
    let folder = shop("references");
    let mut client = opened(&folder);
    let catalog = "schema/catalog.yaml";
    let mut lines = Vec::new();
    for (needle, behind) in [
        ("Money:", 0),
        ("telemetry:", 3),
        ("tenant_id: Ten", 0),
        ("occurred_at:", 0),
        ("amount:", 1),
        ("EUR", 0),
    ] {
        let found = references(&mut client, catalog, at(CATALOG, needle, behind), true);
        lines.push(format!("{needle:?}: {}", found.join(", ")));
    }
    insta::assert_snapshot!(lines.join("\n"));
    // From a use as from the declaration, and without it.
    let from_use = references(
        &mut client,
        "schema/orders.yaml",
        at(ORDERS, "Money", 1),
        false,
    );
    assert_eq!(from_use.len(), 3);
    assert!(
        !from_use
            .iter()
            .any(|place| place.starts_with("catalog.yaml"))
    );
    let marked = client
        .ask_at(
            "documentHighlight",
            "schema/orders.yaml",
            at(ORDERS, "Money", 1),
            json!({}),
        )
        .unwrap();
    assert_eq!(marked.as_array().unwrap().len(), 2);
}

#[test]
fn a_place_says_what_it_is() {
    let folder = shop("hover");
    let mut client = opened(&folder);
    let mut pages = Vec::new();
    for (path, text, needle) in [
        ("schema/orders.yaml", ORDERS, "Money"),
        ("schema/orders.yaml", ORDERS, "telemetry"),
        ("schema/orders.yaml", ORDERS, "placed:"),
        ("schema/orders.yaml", ORDERS, "viewer?"),
        ("schema/orders.yaml", ORDERS, "old:"),
        ("schema/orders.yaml", ORDERS, "USD"),
        ("schema/orders.yaml", ORDERS, "with:"),
        ("schema/catalog.yaml", CATALOG, "partition:"),
        ("schema/catalog.yaml", CATALOG, "timestamp"),
        ("schema/catalog.yaml", CATALOG, "tenant_id\n"),
    ] {
        let answer = client
            .ask_at("hover", path, at(text, needle, 1), json!({}))
            .unwrap();
        let value = answer["contents"]["value"].as_str().unwrap();
        pages.push(format!(
            "## {needle:?} {}\n{value}",
            range(&answer["range"])
        ));
    }
    insta::assert_snapshot!(pages.join("\n\n"));
    let nothing = client.ask_at(
        "hover",
        "schema/orders.yaml",
        at(ORDERS, "customer", 1),
        json!({}),
    );
    assert_eq!(nothing, Ok(Json::Null));
}

#[test]
fn positions_count_units_of_utf_16_behind_any_text() {
    let folder = shop("utf16");
    let mut client = Client::new(&folder);
    let line = "  größe: { fields: { ä: { type: string, description: '𝄞𝄞' }, b: Money } }\n";
    let text = format!("{BILLING}{line}");
    client.open("schema/billing.yaml", &text);
    let offset = text.rfind("Money").unwrap();
    let found = definition(
        &mut client,
        "schema/billing.yaml",
        position(&text, offset, 2),
    );
    assert_eq!(found, "catalog.yaml 4:2-4:7");
    let found = references(
        &mut client,
        "schema/billing.yaml",
        position(&text, offset, 5),
        false,
    );
    assert!(
        found.contains(&"billing.yaml 2:66-2:71".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_file_has_an_outline() {
    let folder = shop("symbols");
    let mut client = opened(&folder);
    let mut lines = Vec::new();
    for path in ["schema/catalog.yaml", "schema/orders.yaml"] {
        let document = json!({ "textDocument": { "uri": client.uri(path) } });
        let answer = client.ask("textDocument/documentSymbol", document).unwrap();
        lines.push(format!("# {path}"));
        outline(&answer, 0, &mut lines);
    }
    insta::assert_snapshot!(lines.join("\n"));
    // The same without a tree.
    let mut plain = Client::able(&folder, json!({}));
    plain.open("schema/billing.yaml", BILLING);
    let document = json!({ "textDocument": { "uri": plain.uri("schema/billing.yaml") } });
    let answer = plain.ask("textDocument/documentSymbol", document).unwrap();
    let names: Vec<_> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].clone(), it["containerName"].clone()))
        .collect();
    assert_eq!(
        names,
        [
            (json!("Refund"), Json::Null),
            (json!("back"), json!("Refund")),
            (json!("reason?"), json!("Refund"))
        ]
    );
}

/// The symbols of a file, those in others indented.
pub(super) fn outline(symbols: &Json, depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"]
            .as_str()
            .map_or(String::new(), |detail| format!(" = {detail}"));
        lines.push(format!(
            "{}{}{detail} ({}) {} at {}",
            "  ".repeat(depth),
            symbol["name"].as_str().unwrap(),
            symbol["kind"],
            range(&symbol["range"]),
            range(&symbol["selectionRange"]),
        ));
        outline(&symbol["children"], depth + 1, lines);
    }
}

#[test]
fn a_file_outside_of_any_schema_is_left_alone() {
    let folder = Folder::new("lsp-outside");
    let mut client = Client::new(&folder);
    client.open("compose.yaml", "services: [web\n");
    let uri = client.uri("compose.yaml");
    for method in [
        "hover",
        "definition",
        "completion",
        "prepareRename",
        "documentHighlight",
    ] {
        let answer = client.ask_at(
            method,
            "compose.yaml",
            json!({ "line": 0, "character": 3 }),
            json!({}),
        );
        assert_eq!(answer, Ok(Json::Null), "{method}");
    }
    let options = json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 4, "insertSpaces": true } });
    assert_eq!(
        client.ask("textDocument/formatting", options),
        Ok(Json::Null)
    );
    let unsaved =
        json!({ "uri": "untitled:Untitled-1", "languageId": "yaml", "version": 1, "text": "a: [" });
    client.tell("textDocument/didOpen", json!({ "textDocument": unsaved }));
    client.listen();
    assert_eq!(client.published("compose.yaml"), None);
    client.close("compose.yaml");
    assert!(client.ask("shutdown", Json::Null).is_ok());
}

/// What is found, in a line each.
fn search(client: &mut Client<'_>, query: &str) -> String {
    let params = json!({ "query": query });
    let answer = client.ask("workspace/symbol", params).unwrap();
    let found = answer.as_array().unwrap().iter();
    let line = |it: &Json| {
        let name = it["name"].as_str().unwrap();
        format!("{name} ({}) {}", it["kind"], place(&it["location"]))
    };
    found.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_declared_is_found_by_a_part_of_its_name() {
    let folder = shop("search");
    let mut client = Client::new(&folder);
    // As long as nothing is open there is no schema.
    assert_eq!(search(&mut client, ""), "");
    client.open("schema/orders.yaml", ORDERS);
    insta::assert_snapshot!(search(&mut client, ""));
    assert_eq!(
        search(&mut client, "orDPL"),
        "orders.placed (24) orders.yaml 6:2-6:8"
    );
    assert_eq!(search(&mut client, "nothing"), "");
}
