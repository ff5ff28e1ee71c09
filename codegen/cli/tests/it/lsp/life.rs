//! From the first message to the last.

use serde_json::{Value as Json, json};

use super::client::{Client, at};
use super::{ORDERS, shop};

fn code(answer: Result<Json, Json>) -> i64 {
    answer.unwrap_err()["code"].as_i64().unwrap()
}

#[test]
fn a_session_ends_with_0_if_it_was_shut_down_and_with_1_if_not() {
    let folder = shop("ends");
    let mut client = Client::new(&folder);
    assert_eq!(client.ask("shutdown", Json::Null), Ok(Json::Null));
    client.tell("exit", Json::Null);
    assert_eq!(client.end(), Some(0));

    let mut client = Client::new(&folder);
    client.tell("exit", Json::Null);
    assert_eq!(client.end(), Some(1));

    let client = Client::new(&folder);
    assert_eq!(client.end(), Some(1));
}

#[test]
fn what_is_in_no_frame_ends_it_with_2() {
    let folder = shop("garbage");
    for bytes in ["hello\r\n", "Content-Length: 99\r\n\r\n{}"] {
        let mut client = Client::new(&folder);
        client.write(bytes);
        assert_eq!(client.end(), Some(2), "{bytes:?}");
    }
}

#[test]
fn a_frame_without_a_message_is_answered_and_the_next_one_is_read() {
    let folder = shop("malformed");
    let mut client = Client::new(&folder);
    client.open("schema/orders.yaml", ORDERS);
    client.write("Content-Length: 5\r\n\r\n{bad}");
    assert_eq!(code(client.answer(Json::Null)), -32700);
    client.send(&json!({ "jsonrpc": "2.0", "id": 7, "method": 9 }));
    assert_eq!(code(client.answer(7)), -32600);
    // That the client could not read an answer is no question.
    client.send(&json!({ "jsonrpc": "2.0", "id": null, "error": { "code": 1, "message": "" } }));
    assert_eq!(client.diagnostics("schema/orders.yaml", json!(1)), "");
    assert_eq!(client.ask("shutdown", Json::Null), Ok(Json::Null));
}

#[test]
fn an_id_comes_back_as_it_was() {
    let folder = shop("ids");
    let mut client = Client::new(&folder);
    for id in [
        json!("a b"),
        json!(""),
        json!(-1),
        json!(9_007_199_254_740_993_u64),
    ] {
        client.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "nothing" }));
        assert_eq!(code(client.answer(id)), -32601);
    }
}

#[test]
fn initialize_comes_first_and_once_and_exit_last() {
    let folder = shop("order");
    let mut client = Client::silent(&folder);
    client.tell("textDocument/didOpen", json!({}));
    assert_eq!(code(client.ask("textDocument/hover", json!({}))), -32002);
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    let said = client.ask("initialize", params.clone()).unwrap();
    assert_eq!(said["serverInfo"]["name"], "eventc");
    assert_eq!(code(client.ask("initialize", params)), -32600);
    assert_eq!(client.ask("shutdown", Json::Null), Ok(Json::Null));
    assert_eq!(code(client.ask("textDocument/hover", json!({}))), -32600);
    client.tell("textDocument/didOpen", json!({}));
    client.tell("exit", Json::Null);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_the_server_can_do_is_as_it_was() {
    let folder = shop("capabilities");
    let mut client = Client::silent(&folder);
    let params = json!({
        "processId": null,
        "rootUri": null,
        "capabilities": { "general": { "positionEncodings": ["utf-8", "utf-16"] } },
    });
    let said = client.ask("initialize", params).unwrap();
    insta::assert_snapshot!(format!("{:#}", said["capabilities"]));
}

#[test]
fn what_nobody_knows_is_refused_or_ignored_and_hurts_nothing() {
    let folder = shop("unknown");
    let mut client = Client::new(&folder);
    client.tell("$/somethingNew", json!({ "a": 1 }));
    client.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": {} }),
    );
    assert_eq!(
        code(client.ask("textDocument/somethingNew", json!({}))),
        -32601
    );
    assert_eq!(code(client.ask("$/somethingNew", Json::Null)), -32601);
    // Parameters that are none.
    assert_eq!(
        code(client.ask("textDocument/hover", json!({ "position": 1 }))),
        -32602
    );
    client.tell("textDocument/didOpen", json!({ "textDocument": 1 }));
    client.change("schema/orders.yaml", 2, json!([{ "text": "never opened" }]));
    client.close("schema/orders.yaml");
    client.open("schema/orders.yaml", ORDERS);
    assert_eq!(client.diagnostics("schema/orders.yaml", json!(1)), "");
}

#[test]
fn a_request_is_answered_once_even_if_it_is_cancelled() {
    let folder = shop("cancel");
    let mut client = Client::new(&folder);
    client.open("schema/orders.yaml", ORDERS);
    let position = at(ORDERS, "Money", 1);
    let uri = client.uri("schema/orders.yaml");
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    let mut ids = Vec::new();
    for _ in 0..50 {
        let id = client.request("textDocument/hover", params.clone());
        client.tell("$/cancelRequest", json!({ "id": id }));
        ids.push(id);
    }
    let mut cancelled = 0;
    for id in ids {
        match client.answer(id) {
            Ok(answer) => assert!(answer["contents"].is_object()),
            Err(error) => {
                assert_eq!(error["code"], -32800);
                cancelled += 1;
            }
        }
    }
    assert!(cancelled > 0);
    // One that nobody asked, and one that has its answer.
    client.tell("$/cancelRequest", json!({ "id": "nobody" }));
    client.tell("$/cancelRequest", json!({ "id": 1 }));
    assert!(client.ask("textDocument/hover", params).is_ok());
}

#[test]
fn an_editor_that_can_tell_of_the_disk_is_asked_to() {
    let folder = shop("watch");
    let mut client = Client::new(&folder);
    client.listen();
    let asked = &client.heard[0];
    assert_eq!(asked["method"], "client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let answer = json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null });
    client.send(&answer);
    assert_eq!(client.ask("shutdown", Json::Null), Ok(Json::Null));

    let mut unable = Client::able(&folder, json!({}));
    unable.listen();
    assert_eq!(unable.heard, Vec::<Json>::new());
}
