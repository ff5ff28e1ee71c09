//! What is offered where somebody writes.

use serde_json::{Value as Json, json};

use super::client::{Client, apply, position};
use super::{CATALOG, ORDERS, shop};

/// What is offered at `‸` in a text.
fn offered(client: &mut Client<'_>, path: &str, version: i32, marked: &str) -> Vec<Json> {
    let offset = marked.find('‸').unwrap();
    let text = marked.replacen('‸', "", 1);
    client.change(path, version, json!([{ "text": text }]));
    let position = position(&text, offset, 0);
    let answer = client
        .ask_at("completion", path, position, json!({}))
        .unwrap();
    answer.as_array().unwrap().clone()
}

fn labels(items: &[Json]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap())
        .collect()
}

#[test]
fn keys_names_and_values_are_offered_where_they_may_stand() {
    let folder = shop("completion");
    let mut client = Client::new(&folder);
    let path = "schema/orders.yaml";
    client.open(path, ORDERS);
    let places = [
        // Keys: of a file, an event, a field in braces; those that are there are not offered again.
        "‸\nstream: telemetry\n",
        "events:\n  paid:\n    description: Ä.\n    ‸\n    with: []\n",
        "events:\n  paid:\n    fields:\n      at: { type: uuid, ‸ }\n",
        "events:\n  paid:\n    expect: { ‸ }\n",
        // Names.
        "stream: ‸\n",
        "events:\n  paid:\n    stream: tele‸\n",
        "contexts:\n  a: { fields: { b: uuid } }\nevents:\n  paid:\n    with: [‸]\n",
        "contexts:\n  a: { fields: { b: uuid } }\nevents:\n  paid:\n    with:\n      - ‸\n",
        "types:\n  Own: uuid\nevents:\n  paid:\n    fields:\n      total: ‸\n",
        "events:\n  paid:\n    fields:\n      lines: list<Mo‸\n",
        "events:\n  paid:\n    deprecated: { use: ‸ }\n  done: {}\n",
        // Fields that place events.
        "events:\n  paid:\n    partition: ‸\n    fields:\n      at: timestamp\n      id: uuid\n      name?: string\n",
        "events:\n  paid:\n    partition: day(‸)\n    fields:\n      at: timestamp\n      id: uuid\n",
        "events:\n  paid:\n    partition:\n      - ‸\n    fields:\n      on: date\n",
        "events:\n  paid:\n    key: ‸\n    fields:\n      at: timestamp\n      id: uuid\n      name?: string\n",
        "events:\n  paid:\n    partition: [day(at), bucket(16, ‸)]\n    fields:\n      at: timestamp\n      id: uuid\n",
        // What is said elsewhere under a key that takes any text.
        "types:\n  A: { newtype: u32, unit: ms }\nevents:\n  paid:\n    fields:\n      size: { type: u32, unit: bytes }\n      time: { type: u32, unit: ‸ }\n",
        "events:\n  paid:\n    fields:\n      name: { type: string, pii: name }\n      other: { type: string, pii: ‸ }\n",
        // Words of the language.
        "streams:\n  s:\n    store: ‸\n",
        "events:\n  paid:\n    expect: { at_least: 1, per: ‸ }\n",
        "events:\n  paid:\n    allow: [unused‸]\n",
        "types:\n  Level: { enum: [low], open: ‸ }\n",
        // Examples and backfills: members that are not there yet, and values of enums.
        "stream: telemetry\nevents:\n  paid:\n    fields: { total: Money, kind: [card, cash] }\n    examples:\n      one:\n        total: { amount: '1' }\n        ‸\n",
        "stream: telemetry\nevents:\n  paid:\n    fields: { total: Money }\n    examples:\n      one:\n        total: { amount: '1', ‸ }\n",
        "stream: telemetry\nevents:\n  paid:\n    fields: { total: Money }\n    examples:\n      one:\n        total: { amount: '1', currency: ‸ }\n",
        "events:\n  paid:\n    fields:\n      kind: { enum: [card, cash], backfill: ‸ }\n",
        // Prose, names that people give, and comments are theirs.
        "description: ‸\n",
        "events:\n  paid:\n    description: |\n      A ‸\n",
        "events:\n  ‸\n",
        "events:\n  paid:\n    fields:\n      ‸\n",
    ];
    let mut pages = Vec::new();
    for (version, place) in (2..).zip(places) {
        let items = offered(&mut client, path, version, place);
        pages.push(format!("{place}→ {}", labels(&items).join(", ")));
    }
    let root = "schema/catalog.yaml";
    client.open(root, CATALOG);
    for (version, place) in (2..).zip([
        "catalog: acme\n‸\n",
        "catalog: acme\nlints: { ‸ }\n",
        "catalog: acme\nlints: { missing_id: ‸ }\n",
        "catalog: acme\ntargets: [‸]\n",
    ]) {
        let items = offered(&mut client, root, version, place);
        pages.push(format!(
            "# catalog.yaml\n{place}→ {}",
            labels(&items).join(", ")
        ));
    }
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn an_offer_says_what_it_is_and_takes_the_place_of_the_word() {
    let folder = shop("offer");
    let mut client = Client::new(&folder);
    let path = "schema/orders.yaml";
    client.open(path, ORDERS);
    let text = "events:\n  paid:\n    fields:\n      total: { description: 'Ä𝄞', type: Mon }\n";
    let marked = text.replace("Mon ", "Mo‸n ");
    let items = offered(&mut client, path, 2, &marked);
    let money = items.iter().find(|item| item["label"] == "Money").unwrap();
    assert_eq!(money["detail"], "{ amount: decimal, currency: Currency }");
    assert_eq!(money["documentation"]["value"], "Ein Betrag in €.");
    assert_eq!(
        apply(text, &json!([money["textEdit"]])),
        text.replace("Mon ", "Money ")
    );

    let text = "events:\n  paid:\n    desc\n    fie\n";
    let items = offered(&mut client, path, 3, &text.replace("desc", "desc‸"));
    let key = items
        .iter()
        .find(|item| item["label"] == "description")
        .unwrap();
    assert_eq!(key["documentation"]["value"], "What happened; Markdown.");
    assert_eq!(
        apply(text, &json!([key["textEdit"]])),
        text.replace("desc", "description: ")
    );
    let items = offered(&mut client, path, 4, &text.replace("fie", "fie‸"));
    let key = items.iter().find(|item| item["label"] == "fields").unwrap();
    assert_eq!(
        apply(text, &json!([key["textEdit"]])),
        text.replace("fie", "fields:\n      ")
    );
    // A key that has its colon keeps it.
    let items = offered(
        &mut client,
        path,
        5,
        "events:\n  paid:\n    des‸cription: Ä\n",
    );
    let key = items
        .iter()
        .find(|item| item["label"] == "description")
        .unwrap();
    assert_eq!(key["textEdit"]["newText"], "description");
}

#[test]
fn behind_a_colon_a_value_is_offered_with_the_space_that_is_missing() {
    let folder = shop("colon");
    let mut client = Client::new(&folder);
    let path = "schema/orders.yaml";
    client.open(path, ORDERS);
    for (version, (old, wanted)) in (2..).zip([
        ("stream: telemetry", "telemetry"),
        ("total: Money", "Money"),
        ("type: Money", "Money"),
        ("use: placed", "placed"),
        ("currency: EUR", "EUR"),
    ]) {
        let (key, _) = old.split_once(' ').unwrap();
        let marked = ORDERS.replace(old, &format!("{key}‸"));
        let items = offered(&mut client, path, version, &marked);
        let item = items.iter().find(|item| item["label"] == wanted);
        let edit = &item.unwrap_or_else(|| panic!("{old}: {items:?}"))["textEdit"];
        let text = marked.replacen('‸', "", 1);
        assert_eq!(apply(&text, &json!([edit])), ORDERS);
        let keys = ["allow", "description", "accept"];
        assert!(!labels(&items).iter().any(|label| keys.contains(label)));
    }
}
