//! What is not done, what is said about it, and that then nothing is done at all.

use crate::facts::facts;
use crate::shop::Shop;

const HEAD: &str = "partition: day(at), id: id";

/// A name, the old schema, the new one, and what is done to the database between them.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "required_without_backfill",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp } } }",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, total: i32, kind: [a, b] } } }",
        "",
    ),
    (
        "other_type",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, total: i32 } } }",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, total: i64, new?: string } } }",
        "",
    ),
    (
        "optional_becomes_required",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, total?: i32, site?: string } } }",
        "events: { paid: { HEAD, version: 2, fields: { id: uuid, at: timestamp, total: i32, site: { type: string, since: 2, backfill: main } } } }",
        "",
    ),
    (
        "other_partitions",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, 'on': timestamp, region: Region } }, a: { HEAD, fields: { id: uuid, at: timestamp } }, b: { partition: none, fields: { id: uuid } } }\ntypes: { Region: [eu, us] }",
        "events: { paid: { partition: [day(on), region], id: id, fields: { id: uuid, at: timestamp, 'on': timestamp, region: Region } }, a: { partition: month(at), id: id, fields: { id: uuid, at: timestamp } }, b: { partition: 'bucket(2, id)', fields: { id: uuid } } }\ntypes: { Region: [eu, us] }",
        "",
    ),
    (
        "other_key",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, other: uuid } } }",
        "events: { paid: { partition: day(at), id: other, fields: { id: uuid, at: timestamp, other: uuid } } }",
        "",
    ),
    (
        "values_that_are_stored",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, kind: [a, b, c, d] } } }",
        "events: { paid: { HEAD, fields: { id: uuid, at: timestamp, kind: [a, e] } } }",
        "insert into \"@\".shop_paid (version, id, at, kind) select 1, gen_random_uuid(), now(), k from unnest(array['a', 'b', 'd']) k",
    ),
    (
        "rows_that_break_a_rule",
        "types: { Share: { newtype: i32, min: 0, max: 100 } }\nevents: { paid: { HEAD, fields: { id: uuid, at: timestamp, share: Share, code: string } } }",
        "types: { Share: { newtype: i32, min: 0, max: 10 }, Code: { newtype: string, length: 1..2 } }\nevents: { paid: { HEAD, fields: { id: uuid, at: timestamp, share: Share, code: Code } } }",
        "insert into \"@\".shop_paid (version, id, at, share, code) values (1, gen_random_uuid(), now(), 50, 'abc')",
    ),
    (
        "context_with_another_required_member",
        "contexts: { viewer: { fields: { user: string } } }\nevents: { paid: { HEAD, with: ['viewer?'], fields: { id: uuid, at: timestamp } } }",
        "contexts: { viewer: { fields: { user: string, plan: string } } }\nevents: { paid: { HEAD, with: ['viewer?'], fields: { id: uuid, at: timestamp } } }",
        "insert into \"@\".shop_paid (version, id, at, \"user\") values (1, gen_random_uuid(), now(), 'me')",
    ),
    (
        "name_that_is_taken",
        "events: { a: { HEAD, fields: { id: uuid, at: timestamp } } }",
        "events: { a: { HEAD, fields: { id: uuid, at: timestamp } }, paid: { HEAD, fields: { id: uuid, at: timestamp } } }",
        "create view \"@\".shop_paid as select 1 as one",
    ),
    (
        "view_of_somebody",
        "streams: { orders: { HEAD, fields: { id: uuid, at: timestamp } } }\nstream: orders\nevents: { paid: { fields: { total?: i32 } } }",
        "streams: { orders: { HEAD, fields: { id: uuid, at: timestamp, site?: string } } }\nstream: orders\nevents: { paid: { fields: { total?: i32 } } }",
        "create view public.theirs as select id from \"@\".shop_orders",
    ),
];

#[test]
fn everything_that_is_refused_is_said_at_once_and_then_nothing_is_done() {
    for (name, old, new, between) in REFUSED {
        let (old, new) = (old.replace("HEAD", HEAD), new.replace("HEAD", HEAD));
        let Some(shop) = Shop::new("refused", &[("shop.yaml", &old)]) else {
            return;
        };
        shop.sql(between);
        shop.schema(&[("shop.yaml", &new)]);
        let before = facts(&shop);
        let said = shop.migrate();
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(1), ""),
            "{name}: {said:?}"
        );
        insta::assert_snapshot!(format!("refused_{name}"), said.err);
        assert_eq!(facts(&shop), before, "{name}");
    }
}

/// The way that is described for a field that becomes required is one.
#[test]
fn a_field_becomes_required_once_that_is_proven() {
    let (old, new) = (
        "events: { paid: { partition: none, fields: { id: uuid, order?: i32 } } }",
        "events: { paid: { partition: none, fields: { id: uuid, order: i32 } } }",
    );
    let Some(shop) = Shop::new("proven", &[("shop.yaml", old)]) else {
        return;
    };
    shop.sql("insert into \"@\".shop_paid (version, id) values (1, gen_random_uuid())");
    shop.schema(&[("shop.yaml", new)]);
    assert_eq!(shop.migrate().code, Some(1));
    let add = "alter table \"@\".shop_paid add constraint \"order_present\" check (\"order\" is not null) not valid";
    shop.sql(add);
    // It has to be proven.
    assert_eq!(shop.migrate().code, Some(1));
    shop.sql("update \"@\".shop_paid set \"order\" = 0; alter table \"@\".shop_paid validate constraint \"order_present\"");
    let said = shop.migrate();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(crate::facts::left_over(&shop, &[("shop.yaml", new)]).is_empty());
}

/// Rights are looked at before anything is done.
#[test]
fn who_may_not_is_told_what_is_missing() {
    let schema = |total: &str| {
        format!("events: {{ paid: {{ {HEAD}, fields: {{ id: uuid, at: timestamp{total} }} }} }}")
    };
    let Some(shop) = Shop::empty("rights", &[("shop.yaml", &schema(""))]) else {
        return;
    };
    let owner = shop.user("owner");
    let stranger = shop.user("stranger");
    let says = |user: &str| {
        let said = shop.run_at(&shop.url_of(user), &["migrate"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        said.err
    };
    insta::assert_snapshot!("rights_of_a_stranger_to_nothing", says(&stranger));

    let administrator = "create role @_writer nologin; create role @_reader nologin; create schema \"@\" authorization";
    shop.sql(&format!("{administrator} {owner}"));
    let url = shop.url_of(&owner);
    let said = shop.run_at(&url, &["migrate"]);
    assert_eq!(said.code, Some(0), "{said:?}");

    shop.schema(&[("shop.yaml", &schema(", total?: i32"))]);
    insta::assert_snapshot!("rights_of_a_stranger_to_a_table", says(&stranger));
    shop.sql("revoke temporary on database \"@\" from public");
    insta::assert_snapshot!("rights_without_temporary_tables", says(&owner));
    shop.sql(&format!("grant temporary on database \"@\" to {owner}"));
    assert_eq!(shop.run_at(&url, &["migrate"]).code, Some(0));
}

/// Nothing is reached, and the password is not said.
#[test]
fn where_there_is_no_database_that_is_said_and_the_password_is_not() {
    let Some(shop) = Shop::empty("nowhere", &[("shop.yaml", "description: Nothing.\n")]) else {
        return;
    };
    let url = shop.database.url();
    let (server, _) = url.rsplit_once('/').unwrap();
    let host = server.rsplit_once('@').unwrap().1;
    let nobody = format!("{}nobody", shop.database.role_prefix());
    for (name, url) in [
        (
            "closed_port",
            "postgres://me:geheim@127.0.0.1:1/orders".to_owned(),
        ),
        (
            "no_such_database",
            format!("{server}/{}_gone", shop.database.name()),
        ),
        (
            "no_such_user",
            format!("postgres://{nobody}:geheim@{host}/postgres"),
        ),
        ("url_that_cannot_be_read", "postgres://me:geheim".to_owned()),
        (
            "tls",
            format!("postgres://me:geheim@{host}/postgres?sslmode=require"),
        ),
        (
            "tls_of_libpq",
            format!("postgres://me:geheim@{host}/postgres?sslmode=verify-full"),
        ),
    ] {
        let said = shop.run_at(&url, &["doctor"]);
        assert_eq!(said.code, Some(2), "{name}: {said:?}");
        let text = said.out + &said.err;
        assert!(!text.contains("geheim"), "{text}");
        insta::assert_snapshot!(format!("connection_{name}"), text);
    }
    let help = shop.run(&["doctor", "--help"]);
    assert!(!help.out.contains("postgres@"), "{}", help.out);
}
