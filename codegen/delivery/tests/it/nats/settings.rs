//! What the sink was told, rightly and wrongly.

use std::time::Duration;

use eventc_delivery::Nats;
use eventc_testing::nats::Server;

use super::store::Store;
use super::{emitter, last_error, sink, sold};
use crate::event::Folder;
use crate::sinks::wait_until;

#[test]
fn what_cannot_work_does_not_start() {
    let folder = Folder::new("nats-wrong");
    let says: Vec<String> = [
        Nats::new(""),
        Nats::new("nats://one, nats://"),
        Nats::new("http://user:secret@host"),
        Nats::new("nats://user:secret@host:port"),
        Nats::new("nats://host").prefix("acme.>"),
        Nats::new("nats://host").prefix("$JS"),
        Nats::new("nats://host").stream("acme.events"),
        Nats::new("nats://host").in_flight(0),
    ]
    .into_iter()
    .map(|nats| match folder.emitter().sink(nats).start() {
        Ok(emitter) => panic!("{emitter:?} has started"),
        Err(error) => error.to_string(),
    })
    .collect();
    insta::assert_snapshot!(says.join("\n"));
}

#[test]
fn nobody_sees_credentials() {
    let shown = format!(
        "{:?}\n{:?}",
        Nats::new("nats://user:secret@host:4223, tls://secret@other").token("secret"),
        Nats::new("host").user("user", "secret").named("second"),
    );
    insta::assert_snapshot!(shown);
}

#[test]
fn a_sink_says_who_it_is() {
    let Some(server) = Server::start_with("authorization { user: shop, password: \"p@ss word\" }")
    else {
        return;
    };
    let at = &server.url()["nats://".len()..];
    for nats in [
        Nats::new(format!("nats://shop:p%40ss%20word@{at}")),
        Nats::new(server.url()).user("shop", "p@ss word"),
        // what was told goes before what stands in the address
        Nats::new(format!("nats://shop:wrong@{at}")).user("shop", "p@ss word"),
    ] {
        let folder = Folder::new("nats-user");
        let emitter = emitter(&folder, nats);
        emitter.emit(sold("a", 0));
        assert!(
            emitter.flush(Duration::from_secs(10)).is_complete(),
            "{}",
            last_error(&emitter)
        );
    }
    let mut said = Vec::new();
    for nats in [
        Nats::new(server.url()),
        Nats::new(server.url()).user("shop", "secret"),
        Nats::new(format!("nats://secret@{at}")),
    ] {
        let folder = Folder::new("nats-stranger");
        let emitter = emitter(&folder, nats);
        emitter.emit(sold("a", 0));
        wait_until("it is refused", || sink(&emitter).retries > 0);
        said.push(last_error(&emitter).replace(at, "HOST"));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_token_is_enough() {
    let Some(server) = Server::start_with("authorization { token: s3cret }") else {
        return;
    };
    let at = &server.url()["nats://".len()..];
    for nats in [
        Nats::new(format!("nats://s3cret@{at}")),
        Nats::new(server.url()).token("s3cret"),
    ] {
        let folder = Folder::new("nats-token");
        let emitter = emitter(&folder, nats);
        emitter.emit(sold("a", 0));
        assert!(
            emitter.flush(Duration::from_secs(10)).is_complete(),
            "{}",
            last_error(&emitter)
        );
    }
}

/// A user who may publish, and may ask for nothing.
#[test]
fn a_user_needs_no_more_than_to_publish() {
    let Some(server) = Server::start_with(
        r#"
        no_auth_user: admin
        authorization { users: [
            { user: admin, password: admin }
            { user: shop, password: shop, permissions: { publish: "events.>", subscribe: "_INBOX.>" } }
        ] }
        "#,
    ) else {
        return;
    };
    let shop = || Nats::new(server.url()).user("shop", "shop");
    let folder = Folder::new("nats-publisher");
    let first = emitter(&folder, shop());
    first.emit(sold("a", 0));
    wait_until("it may not ask", || sink(&first).retries > 0);
    let mut said = vec![last_error(&first)];
    drop(first);

    let owner = Folder::new("nats-owner");
    let admin = emitter(&owner, Nats::new(server.url()));
    admin.emit(sold("a", 1));
    assert!(admin.flush(Duration::from_secs(10)).is_complete());
    folder.wait_until_free();
    let second = emitter(&folder, shop().existing_stream());
    wait_until("it is delivered", || sink(&second).delivered == 1);
    assert_eq!(Store::of(&server).numbers("events", ">"), [1, 0]);

    let elsewhere = Folder::new("nats-elsewhere");
    let third = emitter(&elsewhere, shop().existing_stream().prefix("other"));
    third.emit(sold("a", 2));
    wait_until("it may not publish there", || sink(&third).retries > 0);
    said.push(last_error(&third));
    let said = said
        .join("\n")
        .replace(&server.url()["nats://".len()..], "HOST");
    insta::assert_snapshot!(said);
}
