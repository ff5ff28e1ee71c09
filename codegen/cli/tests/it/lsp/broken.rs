//! Files that are no YAML yet.

use serde_json::json;

use super::client::{Client, at, position};
use super::reading::outline;
use super::{ORDERS, shop};

const FILE: &str = "schema/orders.yaml";

/// A file with a mistake at its middle, and another at its end.
fn broken() -> String {
    let open = "    with: [viewer?\n";
    ORDERS.replace("    with: [viewer?]\n", open) + "unfinished\n"
}

#[test]
fn what_can_be_read_has_its_outline_and_its_definitions() {
    let folder = shop("broken");
    let mut client = Client::new(&folder);
    let text = broken();
    client.open(FILE, &text);
    insta::assert_snapshot!(client.diagnostics(FILE, json!(1)));
    let document = json!({ "textDocument": { "uri": client.uri(FILE) } });
    let answer = client.ask("textDocument/documentSymbol", document).unwrap();
    let mut lines = Vec::new();
    outline(&answer, 0, &mut lines);
    insta::assert_snapshot!(lines.join("\n"));
    let found = client
        .ask_at("definition", FILE, at(&text, "Refund", 1), json!({}))
        .unwrap();
    assert_eq!(found["range"]["start"]["line"], 1);
    // And back, once it is mended.
    client.change(FILE, 2, json!([{ "text": ORDERS }]));
    assert_eq!(client.diagnostics(FILE, json!(2)), "");
}

#[test]
fn names_are_offered_beside_a_mistake() {
    let folder = shop("beside");
    let mut client = Client::new(&folder);
    client.open(FILE, ORDERS);
    for (version, (marked, wanted)) in (2..).zip([
        (
            broken().replace("refund: billing.Refund", "refund: ‸"),
            "Money",
        ),
        (
            broken().replace("total: Money", "total: ‸"),
            "billing.Refund",
        ),
        (ORDERS.replace("use: placed }", "use: ‸"), "placed"),
        (
            broken().replace("    deprecated:", "    ‸\n    deprecated:"),
            "description",
        ),
        (
            ORDERS
                .replace("fields:\n      refund", "fields: {\n      refund")
                .replace("billing.Refund", "‸"),
            "Money",
        ),
        (
            ORDERS.replace("stream: telemetry", "stream: '‸"),
            "telemetry",
        ),
    ]) {
        let offset = marked.find('‸').unwrap();
        let text = marked.replacen('‸', "", 1);
        client.change(FILE, version, json!([{ "text": text }]));
        let answer = client
            .ask_at("completion", FILE, position(&text, offset, 0), json!({}))
            .unwrap();
        let mut items = answer.as_array().unwrap().iter();
        assert!(
            items.any(|item| item["label"] == wanted),
            "{wanted} in\n{marked}\n{answer}"
        );
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_survived() {
    let folder = shop("cut");
    let mut client = Client::new(&folder);
    client.open(FILE, ORDERS);
    let ends: Vec<_> = ORDERS.char_indices().map(|(at, _)| at).step_by(7).collect();
    for (version, end) in (2..).zip(ends) {
        let text = &ORDERS[..end];
        client.change(FILE, version, json!([{ "text": text }]));
        let here = position(text, end, 0);
        for method in ["completion", "hover", "definition"] {
            assert!(client.ask_at(method, FILE, here.clone(), json!({})).is_ok());
        }
        let document = json!({ "textDocument": { "uri": client.uri(FILE) } });
        assert!(client.ask("textDocument/documentSymbol", document).is_ok());
    }
}

#[test]
fn a_line_that_is_no_yaml_hides_nothing_of_what_it_stands_in() {
    let folder = shop("rest");
    let mut client = Client::new(&folder);
    for (version, (old, new)) in (1..).zip([
        ("    with: [viewer?]", "    with: [viewer?"),
        ("    with: [viewer?]", "    with: [viewer?]\n\tversion: 2"),
        ("    with: [viewer?]", "    with: [viewer?]\n    vers"),
        (
            "    with: [viewer?]",
            "    with: [viewer?]\n    since: a: b",
        ),
    ]) {
        let text = ORDERS.replace(old, new);
        client.open(FILE, ORDERS);
        client.change(FILE, version, json!([{ "text": text }]));
        let total = at(&text, "total: Money", 8);
        let answer = client.ask_at("hover", FILE, total, json!({})).unwrap();
        let said = answer["contents"]["value"].as_str().unwrap();
        assert!(said.contains("`orders.placed.total`"), "{said}");
        let placed = at(&text, "placed }", 1);
        let found = client
            .ask_at("definition", FILE, placed, json!({}))
            .unwrap();
        assert_eq!(found["range"], {
            let (start, end) = (at(&text, "placed:", 0), at(&text, "placed:", 6));
            json!({ "start": start, "end": end })
        });
    }
}

#[test]
fn fields_are_offered_where_their_own_event_is_not_closed_yet() {
    let folder = shop("own");
    let mut client = Client::new(&folder);
    let marked = ORDERS.replace(
        "  cancelled:",
        "  own:\n    partition: [‸\n    fields:\n      at: timestamp\n  cancelled:",
    );
    let offset = marked.find('‸').unwrap();
    let text = marked.replacen('‸', "", 1);
    client.open(FILE, &text);
    let here = position(&text, offset, 0);
    let answer = client.ask_at("completion", FILE, here, json!({})).unwrap();
    let labels: Vec<_> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["label"])
        .collect();
    assert_eq!(labels, ["day(at)", "hour(at)", "month(at)", "year(at)"]);
}

#[test]
fn a_name_that_stands_in_what_cannot_be_read_keeps_until_it_can() {
    let folder = shop("lost");
    let mut client = Client::new(&folder);
    let text = ORDERS.replace("total: Money", "total: { type: Money");
    client.open(FILE, &text);
    let rename = |client: &mut Client<'_>, needle, name| {
        let at = at(&text, needle, 1);
        client.ask_at("rename", FILE, at, json!({ "newName": name }))
    };
    let refused = rename(&mut client, "Money, description", "Amount").unwrap_err();
    assert_eq!(
        refused["message"],
        "`Money` stands at schema/orders.yaml:11 as well, where the file cannot be read; mend that line first"
    );
    assert!(rename(&mut client, "viewer:", "watcher").is_ok());
}
