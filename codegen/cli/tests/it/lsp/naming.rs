//! Changes that the server makes: new names, quick fixes, the style.

use serde_json::{Value as Json, json};

use super::client::{Client, apply, at, range};
use super::{BILLING, CATALOG, ORDERS, shop};
use crate::run::Folder;

fn opened(folder: &Folder) -> Client<'_> {
    let mut client = Client::new(folder);
    client.open("schema/catalog.yaml", CATALOG);
    client.open("schema/orders.yaml", ORDERS);
    client
}

fn rename(client: &mut Client<'_>, path: &str, position: Json, name: &str) -> Result<Json, Json> {
    client.ask_at("rename", path, position, json!({ "newName": name }))
}

/// The texts of the catalog with an edit of the workspace in them, and what it says of versions.
fn renamed(edit: &Json) -> String {
    let mut lines = Vec::new();
    for document in edit["documentChanges"].as_array().unwrap() {
        let uri = document["textDocument"]["uri"].as_str().unwrap();
        let name = uri.rsplit('/').next().unwrap();
        let before = match name {
            "catalog.yaml" => CATALOG,
            "orders.yaml" => ORDERS,
            _ => BILLING,
        };
        let after = apply(before, &document["edits"]);
        lines.push(format!(
            "# {name}, version {}",
            document["textDocument"]["version"]
        ));
        let changed = before
            .lines()
            .zip(after.lines())
            .filter(|(before, after)| before != after);
        lines.extend(changed.map(|(_, after)| after.to_owned()));
    }
    lines.join("\n")
}

#[test]
fn a_new_name_is_written_everywhere() {
    let folder = shop("rename");
    let mut client = opened(&folder);
    let catalog = "schema/catalog.yaml";
    let orders = "schema/orders.yaml";
    let mut pages = Vec::new();
    for (path, position, name) in [
        (catalog, at(CATALOG, "Money:", 2), "Amount"),
        (orders, at(ORDERS, "Money", 2), "Amount"),
        (catalog, at(CATALOG, "telemetry:", 2), "reports"),
        (catalog, at(CATALOG, "tenant_id\n", 2), "shop_id"),
        (orders, at(ORDERS, "viewer?", 2), "reader"),
        (orders, at(ORDERS, "placed:", 2), "paid"),
        (orders, at(ORDERS, "billing.Refund", 10), "Repayment"),
    ] {
        let edit = rename(&mut client, path, position, name).unwrap();
        pages.push(format!("## {name}\n{}", renamed(&edit)));
    }
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn a_name_that_will_not_do_is_refused_with_the_reason() {
    let folder = shop("refused");
    folder.write("schema/billing.yaml", &format!("{BILLING}  Fee: Money\n"));
    let mut client = opened(&folder);
    let (catalog, orders) = ("schema/catalog.yaml", "schema/orders.yaml");
    let mut lines = Vec::new();
    for (path, position, name) in [
        (catalog, at(CATALOG, "Money:", 2), "money"),
        (catalog, at(CATALOG, "Money:", 2), "TenantId"),
        (catalog, at(CATALOG, "Money:", 2), "A b"),
        (catalog, at(CATALOG, "Money:", 2), ""),
        // The type of this name that is nearer to its use would be meant.
        (catalog, at(CATALOG, "Money:", 2), "Refund"),
        (catalog, at(CATALOG, "tenant_id:", 2), "event_id"),
        (catalog, at(CATALOG, "tenant_id:", 2), "total"),
        (catalog, at(CATALOG, "tenant_id:", 2), "version"),
        (orders, at(ORDERS, "placed:", 2), "cancelled"),
        (orders, at(ORDERS, "placed:", 2), "paid # by card"),
        (catalog, at(CATALOG, "EUR", 1), "CHF"),
        (catalog, at(CATALOG, "uuid", 1), "guid"),
    ] {
        let error = rename(&mut client, path, position, name).unwrap_err();
        lines.push(format!("{name:?}: {}", error["message"].as_str().unwrap()));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn it_is_said_beforehand_what_would_get_a_new_name() {
    let folder = shop("prepare");
    let mut client = opened(&folder);
    let orders = "schema/orders.yaml";
    let mut lines = Vec::new();
    for (needle, behind) in [
        ("billing.Refund", 2),
        ("viewer?", 1),
        ("country?", 1),
        ("total: {", 0),
    ] {
        let answer = client
            .ask_at(
                "prepareRename",
                orders,
                at(ORDERS, needle, behind),
                json!({}),
            )
            .unwrap();
        lines.push(format!(
            "{} {}",
            answer["placeholder"].as_str().unwrap(),
            range(&answer["range"])
        ));
    }
    assert_eq!(
        lines,
        [
            "Refund 20:22-20:28",
            "viewer 8:11-8:17",
            "country 4:6-4:13",
            "total 15:8-15:13"
        ]
    );
    let nothing = client.ask_at(
        "prepareRename",
        orders,
        at(ORDERS, "customer", 1),
        json!({}),
    );
    assert_eq!(nothing, Ok(Json::Null));
    let value = client.ask_at("prepareRename", orders, at(ORDERS, "EUR", 1), json!({}));
    assert_eq!(value.unwrap_err()["code"], -32803);
}

#[test]
fn a_schema_with_mistakes_can_still_get_new_names() {
    let folder = shop("mistakes");
    let mut client = Client::able(&folder, json!({}));
    // Somebody has written the new name here already.
    let text = ORDERS.replace("total: Money", "total: Amount");
    client.open("schema/orders.yaml", &text);
    let edit = rename(
        &mut client,
        "schema/orders.yaml",
        at(&text, "type: Money", 7),
        "Amount",
    )
    .unwrap();
    let files: Vec<_> = edit["changes"]
        .as_object()
        .unwrap()
        .keys()
        .map(|uri| uri.rsplit('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(files, ["billing.yaml", "catalog.yaml", "orders.yaml"]);
}

#[test]
fn what_is_written_otherwise_is_found_or_said() {
    let folder = shop("otherwise");
    let mut client = Client::able(&folder, json!({}));
    let path = "schema/orders.yaml";
    // A name of its own on the wire, quotes, and a path.
    let text = "types:\n  'Fee': uuid\nevents:\n  paid:\n    partition: \"day(at)\"\n    fields:\n      at: { type: timestamp, wire: When }\n      fee: \"Fee\"\n      all: orders.Fee\n    examples:\n      one: { When: 2026-01-01T00:00:00Z, fee: 019445f2-b0d3-7234-bc36-867756c93a81, all: 019445f2-b0d3-7234-bc36-867756c93a81 }\n";
    client.open(path, text);
    assert_eq!(client.diagnostics(path, json!(1)), "");
    let mut apply_rename = |needle: &str, name: &str| {
        let edit = rename(&mut client, path, at(text, needle, 1), name).unwrap();
        apply(
            text,
            edit["changes"]
                .as_object()
                .unwrap()
                .values()
                .next()
                .unwrap(),
        )
    };
    let renamed = apply_rename("at: {", "paid_at");
    assert_eq!(
        renamed,
        text.replace("day(at)", "day(paid_at)")
            .replace("at: { type", "paid_at: { type")
    );
    assert_eq!(
        apply_rename("Fee\"", "Charge"),
        text.replace("Fee", "Charge")
    );
    // What is hidden by escapes is not guessed at.
    let hidden = text.replace("\"Fee\"", "\"F\\x65e\"");
    client.change(path, 2, json!([{ "text": hidden }]));
    let error = rename(&mut client, path, at(&hidden, "'Fee'", 1), "Charge").unwrap_err();
    assert_eq!(
        error["message"],
        "`Fee` is written with escapes at schema/orders.yaml:8; write it plainly there first"
    );
}

#[test]
fn what_the_compiler_would_write_is_a_quick_fix() {
    let folder = shop("fix");
    let mut client = opened(&folder);
    let text = ORDERS
        .replace("total: Money", "total: Mony")
        .replace("description: A", "descripton: A");
    client.change("schema/orders.yaml", 2, json!([{ "text": text }]));
    let uri = client.uri("schema/orders.yaml");
    let mut ask = |range: Json, only: Json| {
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [], "only": only } });
        client.ask("textDocument/codeAction", params).unwrap()
    };
    let cursor = at(&text, "Mony", 2);
    let actions = ask(json!({ "start": cursor, "end": cursor }), Json::Null);
    let [action, all] = actions.as_array().unwrap().as_slice() else {
        panic!("{actions}")
    };
    assert_eq!(all["title"], "apply all 2 fixes in this file");
    assert_eq!(action["title"], "replace `Mony` with `Money`");
    assert_eq!(
        (&action["kind"], &action["isPreferred"]),
        (&json!("quickfix"), &json!(true))
    );
    assert_eq!(action["diagnostics"][0]["code"], "E0301");
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 2);
    let mended = apply(&text, &change["edits"]);
    assert!(mended.contains("total: Money"));
    // All of a file, and what somebody wants of another kind.
    let all =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    assert_eq!(
        ask(all.clone(), json!(["quickfix"]))
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(ask(all, json!(["refactor"])), json!([]));
    let nowhere = at(&text, "refund", 0);
    assert_eq!(
        ask(json!({ "start": nowhere, "end": nowhere }), Json::Null),
        json!([])
    );
}

#[test]
fn all_fixes_of_a_file_are_one_action_after_which_nothing_is_left() {
    let folder = shop("fix-all");
    let mut client = opened(&folder);
    let path = "schema/orders.yaml";
    let text = ORDERS
        .replace("total: Money", "total: Mony")
        .replace("type: Money", "type: Monney")
        .replace("description: A", "descripton: A");
    client.change(path, 2, json!([{ "text": text }]));
    let uri = client.uri(path);
    let top = json!({ "line": 0, "character": 0 });
    for kind in ["source.fixAll", "source"] {
        let params = json!({
            "textDocument": { "uri": uri },
            "range": { "start": top, "end": top },
            "context": { "diagnostics": [], "only": [kind] },
        });
        let actions = client.ask("textDocument/codeAction", params).unwrap();
        let [action] = actions.as_array().unwrap().as_slice() else {
            panic!("{actions}")
        };
        assert_eq!(action["kind"], "source.fixAll");
        assert_eq!(action["title"], "apply all 3 fixes in this file");
        let edits = &action["edit"]["documentChanges"][0]["edits"];
        assert_eq!(apply(&text, edits), ORDERS);
    }
}

#[test]
fn a_file_gets_the_one_style() {
    let folder = shop("style");
    let mut client = opened(&folder);
    let options = |client: &Client<'_>| {
        json!({
            "textDocument": { "uri": client.uri("schema/orders.yaml") },
            "options": { "tabSize": 4, "insertSpaces": true },
        })
    };
    let params = options(&client);
    assert_eq!(
        client.ask("textDocument/formatting", params.clone()),
        Ok(json!([]))
    );
    let untidy = ORDERS
        .replace("with: [viewer?]", "with:   [ viewer? ] # Ä")
        .replace("stream: ", "stream:   ");
    client.change("schema/orders.yaml", 2, json!([{ "text": untidy }]));
    let edits = client
        .ask("textDocument/formatting", params.clone())
        .unwrap();
    assert_eq!(edits.as_array().unwrap().len(), 2);
    assert_eq!(
        apply(&untidy, &edits),
        ORDERS.replace("with: [viewer?]", "with: [viewer?] # Ä")
    );
    // What cannot be read has its diagnostics, and stays.
    client.change(
        "schema/orders.yaml",
        3,
        json!([{ "text": format!("{untidy}  x: [\n") }]),
    );
    assert_eq!(
        client.ask("textDocument/formatting", params),
        Ok(Json::Null)
    );
}
