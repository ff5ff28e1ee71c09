//! Files that come, go and change behind the editor's back.

use std::fs;

use serde_json::json;

use super::client::Client;
use super::{CATALOG, ORDERS, shop};
use crate::run::Folder;

fn changed(client: &mut Client<'_>, path: &str, kind: i32) {
    let change = json!({ "uri": client.uri(path), "type": kind });
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
}

#[test]
fn a_file_that_is_deleted_made_or_changed_counts_at_once() {
    let folder = shop("disk");
    let mut client = Client::new(&folder);
    client.open("schema/orders.yaml", ORDERS);
    assert_eq!(client.diagnostics("schema/orders.yaml", json!(1)), "");
    fs::remove_file(folder.0.join("schema/billing.yaml")).unwrap();
    changed(&mut client, "schema/billing.yaml", 3);
    client.listen();
    let said = client.diagnostics("schema/orders.yaml", json!(1));
    assert!(
        said.contains("there is no type `billing.Refund` here"),
        "{said}"
    );
    folder.write("schema/billing.yaml", "types:\n  Refund: Mony\n");
    changed(&mut client, "schema/billing.yaml", 1);
    client.listen();
    assert_eq!(client.diagnostics("schema/orders.yaml", json!(1)), "");
    assert!(
        client
            .diagnostics("schema/billing.yaml", json!(null))
            .contains("`Mony`")
    );
    fs::remove_file(folder.0.join("schema/billing.yaml")).unwrap();
    changed(&mut client, "schema/billing.yaml", 3);
    client.listen();
    assert_eq!(client.diagnostics("schema/billing.yaml", json!(null)), "");
}

#[test]
fn an_open_file_counts_as_it_is_in_the_editor() {
    let folder = shop("open");
    let mut client = Client::new(&folder);
    client.open("schema/orders.yaml", ORDERS);
    client.listen();
    folder.write("schema/orders.yaml", "events: [\n");
    changed(&mut client, "schema/orders.yaml", 2);
    fs::remove_file(folder.0.join("schema/orders.yaml")).unwrap();
    changed(&mut client, "schema/orders.yaml", 3);
    client.listen();
    assert_eq!(client.diagnostics("schema/orders.yaml", json!(1)), "");
    // Closed, it is not there.
    client.open("schema/catalog.yaml", CATALOG);
    client.close("schema/orders.yaml");
    client.listen();
    assert!(
        client
            .diagnostics("schema/catalog.yaml", json!(1))
            .contains("telemetry")
    );
}

#[test]
fn a_file_that_was_never_saved_is_a_file_of_the_schema() {
    let folder = shop("unsaved");
    let mut client = Client::new(&folder);
    client.open("schema/new/returns.yaml", "types:\n  Return: Mony\n");
    let said = client.diagnostics("schema/new/returns.yaml", json!(1));
    assert!(said.contains("did you mean `Money`?"), "{said}");
    // What the compiler does not read is nothing to it.
    client.open("schema/.hidden.yaml", "a: [");
    client.open("schema/notes.txt", "a: [");
    client.listen();
    assert_eq!(client.published("schema/.hidden.yaml"), None);
    assert_eq!(client.published("schema/notes.txt"), None);
}

#[test]
fn a_root_that_goes_is_missed_and_one_that_comes_is_found() {
    let folder = Folder::new("lsp-root");
    folder.write("schema/orders.yaml", ORDERS);
    let mut client = Client::new(&folder);
    client.open("schema/orders.yaml", ORDERS);
    client.listen();
    assert_eq!(client.published("schema/orders.yaml"), None);
    // Not even saved yet.
    client.open("schema/catalog.yaml", CATALOG);
    let said = client.diagnostics("schema/orders.yaml", json!(1));
    assert!(said.contains("billing.Refund"), "{said}");
    client.close("schema/catalog.yaml");
    let said = client.diagnostics("schema/catalog.yaml", json!(null));
    assert!(
        said.contains("error[E0001]: there is no `schema/catalog.yaml`"),
        "{said}"
    );
    folder.write("schema/catalog.yaml", CATALOG);
    changed(&mut client, "schema/catalog.yaml", 1);
    client.listen();
    assert_eq!(client.diagnostics("schema/catalog.yaml", json!(null)), "");
}

#[test]
fn a_schema_may_have_another_name_and_its_folder_any_characters() {
    let folder = Folder::new("lsp-näme with space");
    folder.write("events & more/catalog.yaml", CATALOG);
    let mut client = Client::new(&folder);
    let path = "events & more/orders.yaml";
    // As editors write addresses.
    let uri = client.uri(path).replace(' ', "%20").replace('ä', "%C3%A4");
    let document =
        json!({ "uri": uri, "languageId": "yaml", "version": 7, "text": "types: { A: Mony }\n" });
    client.tell("textDocument/didOpen", json!({ "textDocument": document }));
    client.listen();
    let said = client.published_at(&uri).unwrap();
    assert_eq!(said["version"], 7);
    assert_eq!(said["diagnostics"][0]["code"], "E0301");
}

#[test]
fn addresses_that_are_not_escaped_are_understood_and_given_back() {
    let folder = Folder::new("lsp-[plain] ü");
    folder.write("schema/catalog.yaml", CATALOG);
    let mut client = Client::new(&folder);
    let path = "schema/orders.yaml";
    client.open(path, "types: { A: Mony }\n");
    let said = client.diagnostics(path, json!(1));
    assert!(said.contains("did you mean `Money`?"), "{said}");
    // The same file by another address.
    let uri = client.uri(path).replace(' ', "%20").replace('[', "%5b");
    let changes = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": ORDERS }] });
    client.tell("textDocument/didChange", changes);
    let said = client.diagnostics(path, json!(2));
    assert!(said.contains("billing.Refund"), "{said}");
    let at = json!({ "line": 0, "character": 9 });
    let found = client.ask_at("definition", path, at, json!({})).unwrap();
    assert!(
        found["uri"]
            .as_str()
            .unwrap()
            .ends_with("/schema/catalog.yaml")
    );
}
