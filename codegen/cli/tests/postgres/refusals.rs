//! What would lose rows or stop writers is refused, all of it at once, and then nothing is done.

use crate::shop::Shop;

const OLD: &str = "
types:
  Channel: [web, ios, tv]
events:
  ping:
    partition: day(at)
    id: id
    fields: { at: timestamp, id: uuid, channel: Channel, size: i32, note?: string, tags: list<string> }
";

const ROWS: &str = "insert into acme.ping (version, at, id, channel, size, tags) values
  (1, now(), gen_random_uuid(), 'tv', 1, '{}'), (1, now(), gen_random_uuid(), 'web', 70000, '{a}');";

/// Everything at once: each of these changes has a reason of its own to be refused.
const NEW: &str = "
types:
  Channel: [web, ios]
  Size: { newtype: i32, max: 60000 }
events:
  ping:
    partition: day(at)
    id: id
    fields: { at: timestamp, id: uuid, channel: Channel, size: Size, note: string, tags: list<i32>, more: string }
";

#[test]
fn all_refusals_come_at_once_and_nothing_is_done() {
    let Some(shop) = Shop::with("refusals", OLD) else {
        return;
    };
    shop.sql(ROWS);
    let before = shop.dump();
    let said = shop.migrate(NEW);
    assert_eq!(said.code, 1, "{}", said.text);
    insta::assert_snapshot!("all_at_once", without_place(&said.text));
    assert_eq!(shop.dump(), before);
}

#[test]
fn another_partition_is_another_table() {
    let Some(shop) = Shop::with("repartitioned", OLD) else {
        return;
    };
    let before = shop.dump();
    let said = shop.migrate(&OLD.replace("day(at)", "[day(at), bucket(4, id)]"));
    assert_eq!(said.code, 1, "{}", said.text);
    insta::assert_snapshot!("another_partition", without_place(&said.text));
    assert_eq!(shop.dump(), before);
}

#[test]
fn trouble_with_the_connection_is_said_without_the_password() {
    let Some(shop) = Shop::new("trouble") else {
        return;
    };
    shop.write(OLD);
    for (url, expected) in [
        ("postgres://somebody:secret@127.0.0.1:1/shop", "127.0.0.1"),
        (
            "postgres://somebody:secret@127.0.0.1:1/shop?sslmode=require",
            "sslmode",
        ),
        ("not a url: secret", "database"),
    ] {
        let said = shop.run(&["doctor", "--database", url]);
        assert_eq!(said.code, 2, "{}", said.text);
        assert!(said.text.contains(expected), "{}", said.text);
        assert!(!said.text.contains("secret"), "{}", said.text);
    }
}

/// Where the server is differs from run to run, and is the last that is said.
fn without_place(text: &str) -> &str {
    text.rsplit_once(" in <database>").unwrap().0
}
