//! What the sink is given, and what an older log holds.

use std::time::Duration;

use eventc::Timestamp;
use eventc_delivery::{Emitter, Postgres};

use super::stage::{LeftLog, Stage, fails_with, shop, sink};
use crate::event::Folder;

/// Why an emitter does not start with this sink.
fn refused(sink: Postgres) -> String {
    let folder = Folder::new("refused");
    let builder = folder.emitter().sink(sink);
    match builder.start() {
        Ok(_) => "it starts".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_cannot_work_is_said_at_the_start() {
    let url = "postgres://me:secret@localhost/shop";
    let newer = shop::POSTGRES.replace("\"format\": 1", "\"format\": 2");
    let strange = shop::POSTGRES.replace("\"bigint\"", "\"money\"");
    let said = [
        Postgres::new("postgres://me:cret@localhost:port/shop", shop::POSTGRES),
        Postgres::new("postgres:///shop", shop::POSTGRES),
        Postgres::new(url, ""),
        Postgres::new(url, &newer),
        Postgres::new(url, &strange),
        Postgres::new(url, shop::POSTGRES).named("my tables"),
    ]
    .map(refused);
    assert!(!said.concat().contains("cret"), "{said:?}");
    insta::assert_snapshot!("said_at_the_start", said.join("\n"));
}

#[test]
fn a_start_asks_nothing_of_the_server() {
    let folder = Folder::new("nobody");
    // Nobody listens there, and nothing answers.
    let url = "postgres://me:secret@127.0.0.1:1/shop";
    let emitter = folder
        .emitter()
        .sink(Postgres::new(url, shop::POSTGRES))
        .start()
        .unwrap();
    let said = fails_with(&emitter, "cannot connect");
    assert!(
        said.starts_with("shop on 127.0.0.1:1: cannot connect: "),
        "{said}"
    );
    assert_eq!(
        format!("{:?}", Postgres::new(url, shop::POSTGRES)),
        "Postgres { name: \"postgres\", .. }"
    );
}

#[test]
fn a_server_that_is_asked_for_tls_needs_a_connector() {
    let Some(stage) = Stage::shop("tls") else {
        return;
    };
    let url = format!("{}?sslmode=require", stage.url());
    let emitter = Emitter::builder()
        .without_heartbeat()
        .spool(stage.folder.join("spool"))
        // Any connector of the crate `postgres` has a place here; this one speaks no TLS.
        .sink(Postgres::new(url, shop::POSTGRES).with_tls(postgres::NoTls))
        .start()
        .unwrap();
    emitter.emit(super::stage::counted(1, 1));
    let said = fails_with(&emitter, "TLS");
    insta::assert_snapshot!(said.split_once(": ").unwrap().1, @"cannot connect: error performing TLS handshake: server does not support TLS; the URL asks for TLS: the server must speak it, and the sink needs a connector (`with_tls`)");
}

#[test]
fn an_older_message_has_what_the_schema_says_of_it() {
    let Some(stage) = Stage::shop("older") else {
        return;
    };
    let now = Timestamp::now().to_string();
    let mut log = LeftLog::new();
    let message =
        |more: &str| format!(r#"{{"event":"weighed","version":1,"at":"{now}","grams":5{more}}}"#);
    log.add("weighed", 1, &now, &message(""));
    log.add("weighed", 1, &now, &message(r#","unit":null"#));
    log.add(
        "weighed",
        2,
        &now,
        &message(r#","unit":"kg","and":{"more":1}"#),
    );
    log.leave(&stage);
    let emitter = stage.emitter();
    emitter.shutdown(Duration::from_secs(10));
    assert_eq!(sink(&emitter).delivered, 3);
    assert_eq!(
        stage.rows("select unit, _received_at = at from shop.weighed order by unit"),
        ["g|t", "g|t", "kg|t"]
    );
}
