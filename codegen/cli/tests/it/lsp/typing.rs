//! Diagnostics of what is being typed and was not saved.

use serde_json::json;

use super::client::{Client, at};
use super::{CATALOG, ORDERS, shop};
use crate::run::Folder;

/// The change that puts a text in the place of another.
fn replace(text: &str, old: &str, new: &str) -> serde_json::Value {
    let start = at(text, old, 0);
    let end = at(text, old, old.encode_utf16().count());
    json!({ "range": { "start": start, "end": end }, "text": new })
}

const FILE: &str = "schema/orders.yaml";

#[test]
fn a_mistake_is_said_while_it_is_there() {
    let folder = shop("mistake");
    let mut client = Client::new(&folder);
    client.open(FILE, ORDERS);
    assert_eq!(client.diagnostics(FILE, json!(1)), "");
    // Behind characters that take two bytes, and two units of UTF-16, on the same line.
    let line = "description: 'Ägypten 𝄞 kam dazu.' }";
    let wrong = "description: 'Ägypten 𝄞 kam dazu.', uint: ms }";
    client.change(FILE, 2, json!([replace(ORDERS, line, wrong)]));
    insta::assert_snapshot!(client.diagnostics(FILE, json!(2)));
    let now = ORDERS.replace(line, wrong);
    client.change(FILE, 3, json!([replace(&now, "uint: ms", "unit: ms")]));
    assert_eq!(client.diagnostics(FILE, json!(3)), "");
}

#[test]
fn other_places_are_shown_in_their_files() {
    let folder = shop("related");
    let mut client = Client::new(&folder);
    client.open(FILE, ORDERS);
    let moved = CATALOG.replace("      occurred_at: { type: timestamp, fill: now }\n", "");
    client.open("schema/catalog.yaml", &moved);
    let context = "contexts:\n  clock:\n    fields:\n      occurred_at: timestamp\n";
    client.change(FILE, 2, json!([replace(ORDERS, "contexts:\n", context)]));
    insta::assert_snapshot!(client.diagnostics("schema/catalog.yaml", json!(1)));
    // And in the message, for an editor that has no place for them.
    let mut plain = Client::able(&folder, json!({}));
    plain.open("schema/catalog.yaml", &moved);
    plain.open(FILE, &ORDERS.replace("contexts:\n", context));
    plain.listen();
    insta::assert_snapshot!(plain.diagnostics("schema/catalog.yaml", json!(1)));
}

#[test]
fn a_code_leads_to_its_explanation() {
    let folder = shop("explained");
    let mut client = Client::new(&folder);
    client.open(FILE, &ORDERS.replace("total: Money", "total: Mony"));
    client.diagnostics(FILE, json!(1));
    let said = client.published(FILE).unwrap();
    let address = said["diagnostics"][0]["codeDescription"]["href"]
        .as_str()
        .unwrap();
    let path = address.strip_prefix("file://").unwrap().to_owned();
    let explained = std::fs::read_to_string(&path).unwrap();
    assert!(
        explained.starts_with("# E0301: a type is built in or defined"),
        "{explained}"
    );
    client.ask("shutdown", json!(null)).unwrap();
    client.tell("exit", json!(null));
    assert_eq!(client.end(), Some(0));
    assert!(!std::path::Path::new(&path).exists());
}

#[test]
fn two_files_that_change_at_once_are_judged_together() {
    let folder = shop("together");
    let mut client = Client::new(&folder);
    client.open("schema/catalog.yaml", CATALOG);
    client.open(FILE, ORDERS);
    client.listen();
    // The type gets another name in the one file, and then in the other.
    let change = replace(CATALOG, "  Money:", "  Amount:");
    client.change("schema/catalog.yaml", 2, json!([change]));
    client.change(
        FILE,
        2,
        json!([{ "text": ORDERS.replace("Money", "Amount") }]),
    );
    client.listen();
    assert_eq!(client.diagnostics("schema/catalog.yaml", json!(2)), "");
    assert_eq!(client.diagnostics(FILE, json!(2)), "");
    // The third file is not open, and has the old name still.
    insta::assert_snapshot!(client.diagnostics("schema/billing.yaml", json!(null)));
    let change = replace(&CATALOG.replace("Money", "Amount"), "  Amount:", "  Money:");
    client.change("schema/catalog.yaml", 3, json!([change]));
    client.change(FILE, 3, json!([{ "text": ORDERS }]));
    client.listen();
    assert_eq!(client.diagnostics("schema/billing.yaml", json!(null)), "");
}

#[test]
fn who_types_fast_is_told_of_the_outcome() {
    let folder = shop("fast");
    let mut client = Client::new(&folder);
    client.open(FILE, ORDERS);
    client.listen();
    // Each message puts a name away and back again, so that every change speaks of what the one before it left.
    let away = replace(ORDERS, "total: Money", "t: M");
    let back = replace(
        &ORDERS.replace("total: Money", "t: M"),
        "t: M",
        "total: Money",
    );
    for version in 2..202 {
        client.change(FILE, version, json!([away, back]));
    }
    client.change(FILE, 202, json!([away]));
    assert!(
        client
            .diagnostics(FILE, json!(202))
            .contains("there is no type `M` here")
    );
    assert!(client.listen() < 20);
}

#[test]
fn positions_past_an_end_are_the_end() {
    let folder = shop("past");
    let mut client = Client::new(&folder);
    client.open(FILE, "stream: telemetry\r\nowner: me\r\n");
    let far = json!({ "line": 0, "character": 999 });
    let beyond = json!({ "line": 99, "character": 7 });
    client.change(
        FILE,
        2,
        json!([
            { "range": { "start": far, "end": far }, "text": "_of_a_name" },
            { "range": { "start": beyond, "end": beyond }, "text": "description: The end.\r\n" },
        ]),
    );
    // The lines are whole: `stream: telemetry_of_a_name`, `owner: me`, `description: The end.`
    insta::assert_snapshot!(client.diagnostics(FILE, json!(2)));
    for method in [
        "hover",
        "definition",
        "completion",
        "prepareRename",
        "documentHighlight",
    ] {
        for position in [&far, &beyond] {
            let answer = client.ask_at(method, FILE, position.clone(), json!({}));
            assert!(answer.is_ok(), "{method}: {answer:?}");
        }
    }
}

#[test]
fn lines_may_end_as_in_windows() {
    let folder = shop("crlf");
    let mut client = Client::new(&folder);
    let text = ORDERS
        .replace('\n', "\r\n")
        .replace("total: Money", "total: Mony");
    client.open(FILE, &text);
    let said = client.diagnostics(FILE, json!(1));
    assert!(said.starts_with("10:13-10:17 error[E0301]"), "{said}");
    let unix = ORDERS.replace("total: Money", "total: Mony");
    client.change(FILE, 2, json!([replace(&unix, "Mony", "Money")]));
    assert_eq!(client.diagnostics(FILE, json!(2)), "");
}

#[test]
fn a_client_may_count_bytes() {
    let folder = shop("bytes");
    let can = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let mut client = Client::able(&folder, can);
    let line = "description: 'Ägypten 𝄞 kam dazu.' }";
    client.open(
        FILE,
        &ORDERS.replace(line, "description: 'Ägypten 𝄞 kam dazu.', uint: ms }"),
    );
    let said = client.diagnostics(FILE, json!(1));
    let column = "      old: { type: Money, description: 'Ägypten 𝄞 kam dazu.', ".len();
    let place = format!("11:{column}-11:{}", column + 4);
    assert!(said.starts_with(&place), "{said}");
}

#[test]
fn a_file_that_is_closed_is_as_it_is_on_the_disk() {
    let folder = shop("closed");
    let mut client = Client::new(&folder);
    client.open("schema/catalog.yaml", CATALOG);
    client.open(FILE, &ORDERS.replace("total: Money", "total: Mony"));
    assert_ne!(client.diagnostics(FILE, json!(1)), "");
    client.close(FILE);
    assert_eq!(client.diagnostics(FILE, json!(null)), "");
    // With the last file the schema is closed, and what was wrong in it is no more said.
    let broken = CATALOG.replace("TenantId: uuid", "TenantId: uuidd");
    client.change("schema/catalog.yaml", 2, json!([{ "text": broken }]));
    assert_ne!(client.diagnostics("schema/catalog.yaml", json!(2)), "");
    client.close("schema/catalog.yaml");
    assert_eq!(client.diagnostics("schema/catalog.yaml", json!(null)), "");
}

#[test]
fn each_schema_is_judged_by_itself() {
    let folder = Folder::new("lsp-several");
    for shop in ["one", "two"] {
        folder.write(&format!("{shop}/schema/catalog.yaml"), CATALOG);
        folder.write(&format!("{shop}/schema/orders.yaml"), ORDERS);
    }
    folder.write("two/schema/billing.yaml", super::BILLING);
    let mut client = Client::new(&folder);
    client.open("one/schema/orders.yaml", ORDERS);
    client.open("two/schema/orders.yaml", ORDERS);
    assert!(
        client
            .diagnostics("one/schema/orders.yaml", json!(1))
            .contains("billing.Refund")
    );
    assert_eq!(client.diagnostics("two/schema/orders.yaml", json!(1)), "");
}
