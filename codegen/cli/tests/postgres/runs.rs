//! Ways to run a migration: dry, into a file, from nothing, again, and interrupted; and what texts of a schema do to it.

use postgres::{Client, NoTls};

use crate::facts::{facts, left_over};
use crate::shop::Shop;
use crate::writer::Writer;

const OLD: &str = "types: { Kind: [a, b], Share: { newtype: i32, min: 0 } }
streams: { orders: { partition: day(at), id: id, fields: { id: uuid, at: timestamp } } }
stream: orders
events:
  paid: { fields: { kind: Kind, gone: string, share: Share } }
  sent: { fields: { kind: Kind } }
";

const NEW: &str = "types: { Kind: [a, b, c], Share: { newtype: i32, min: -5 }, Code: { newtype: string, length: 1..9 } }
streams: { orders: { partition: day(at), id: id, fields: { id: uuid, at: timestamp, site?: Code } } }
stream: orders
events:
  paid: { description: Paid., fields: { kind: Kind, share: Share, coupon?: Code } }
  sent: { fields: { kind: Kind } }
  lost: { fields: { kind: Kind } }
";

const INSERT: &str = "insert into \"@\".shop_paid (version, id, at, kind, gone, share) values (1, gen_random_uuid(), now(), 'b', 'x', 1)";

/// A database of the old schema with rows, which is to get the new one.
fn shop(hint: &str) -> Option<Shop> {
    let shop = Shop::new(hint, &[("shop.yaml", OLD)])?;
    shop.sql(INSERT);
    shop.schema(&[("shop.yaml", NEW)]);
    Some(shop)
}

fn is_migrated(shop: &Shop) {
    let left = left_over(shop, &[("shop.yaml", NEW)]);
    assert!(left.iter().all(|fact| fact.contains("gone")), "{left:#?}");
    let said = shop.migrate();
    assert!(said.out.ends_with("nothing to do\n"), "{said:?}");
}

#[test]
fn a_dry_run_changes_nothing() {
    let Some(shop) = shop("dry") else { return };
    let before = facts(&shop);
    insta::assert_snapshot!("a_dry_run", shop.plan());
    assert_eq!(facts(&shop), before);
}

#[test]
fn a_script_does_the_same_and_can_be_run_again() {
    let Some(shop) = shop("script") else { return };
    let before = facts(&shop);
    let said = shop.run(&["migrate", "--to-file", "up.sql"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(facts(&shop), before);
    let file = shop.folder.join("up.sql");
    shop.database.psql_file(&file).unwrap();
    is_migrated(&shop);
    shop.database.psql_file(&file).unwrap();
    is_migrated(&shop);
    let said = shop.run(&["migrate", "--to-file", "nowhere/up.sql"]);
    assert_eq!(said.code, Some(2), "{said:?}");
}

#[test]
fn an_empty_database_gets_all_of_it() {
    let Some(shop) = Shop::empty("empty", &[("shop.yaml", NEW)]) else {
        return;
    };
    let said = shop.migrate();
    assert_eq!(said.code, Some(0), "{said:?}");
    is_migrated(&shop);
    assert_eq!(shop.run(&["doctor"]).code, Some(0));
}

/// The whole schema of this repository, which has a bit of everything.
#[test]
fn the_schema_of_this_repository_gets_into_a_database() {
    let Some(shop) = Shop::empty("whole", &[]) else {
        return;
    };
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema");
    for _ in 0..2 {
        let said = shop.run(&["migrate", "--schema", schema]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    let said = shop.run(&["migrate", "--schema", schema]);
    assert!(said.out.ends_with("nothing to do\n"), "{said:?}");
    let said = shop.run(&["doctor", "--schema", schema]);
    assert_eq!(said.code, Some(0), "{said:?}");
    // Its roles are not named after this database.
    shop.sql("drop owned by acme_writer, acme_reader");
}

/// More tables than a server with the usual settings has locks for, were they made at once.
#[test]
fn a_schema_of_many_tables_is_compared_in_parts() {
    let mut text = "events:\n".to_owned();
    for number in 0..1_500 {
        text.push_str(&format!(
            "  seen_{number}: {{ partition: day(at), id: id, fields: {{ id: uuid, at: timestamp }} }}\n"
        ));
    }
    let Some(shop) = Shop::empty("many", &[("shop.yaml", &text)]) else {
        return;
    };
    let said = shop.run(&["migrate", "--dry-run"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("3003 steps for shop"));
}

/// Wherever it stops, the next run goes on from there.
#[test]
fn an_interrupted_migration_goes_on() {
    let Some(shop) = shop("interrupted") else {
        return;
    };
    let said = shop.run(&["migrate", "--to-file", "up.sql"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let script = std::fs::read_to_string(shop.folder.join("up.sql")).unwrap();
    let groups = script.matches("\ncommit;").count();
    assert!(groups > 8, "{script}");
    for stop in 0..groups {
        let Some(shop) = self::shop("interrupted") else {
            return;
        };
        shop.run(&["migrate", "--to-file", "up.sql"]);
        let script = std::fs::read_to_string(shop.folder.join("up.sql")).unwrap();
        let (at, _) = script.match_indices("\ncommit;").nth(stop).unwrap();
        // As far as here, and the last of it is undone.
        shop.sql(&script[..at]);
        shop.sql(INSERT);
        assert_eq!(shop.migrate().code, Some(0));
        is_migrated(&shop);
    }
}

/// Who holds a lock is not waited for in a queue behind which others wait.
#[test]
fn a_transaction_that_is_open_is_waited_for_in_turns() {
    let Some(shop) = shop("busy") else { return };
    let mut client = Client::connect(&shop.database.url(), NoTls).unwrap();
    let mut open = client.transaction().unwrap();
    let insert = INSERT.replace('@', shop.database.name());
    open.execute(&insert, &[]).unwrap();
    let writer = Writer::start(&shop.database.url(), &insert);
    let said = std::thread::scope(|scope| {
        let migration = scope.spawn(|| shop.migrate());
        std::thread::sleep(std::time::Duration::from_millis(3_500));
        open.commit().unwrap();
        migration.join().unwrap()
    });
    writer.stop().unwrap();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out
            .contains("somebody else has it; try 1 of 30 is over"),
        "{}",
        said.out
    );
    is_migrated(&shop);
}

#[test]
fn one_migrates_at_a_time() {
    let Some(shop) = shop("twice") else { return };
    let mut client = Client::connect(&shop.database.url(), NoTls).unwrap();
    let name = format!("eventc postgres migrate {}", shop.database.name());
    client
        .execute(
            "select pg_advisory_lock(hashtextextended($1::text, 0))",
            &[&name],
        )
        .unwrap();
    let said = shop.migrate();
    assert_eq!(said.code, Some(1), "{said:?}");
    insta::assert_snapshot!("somebody_else_migrates", said.err);
    assert_eq!(shop.run(&["migrate", "--dry-run"]).code, Some(0));
}

/// A line more at the top of a file moves everything in it, which nobody wants to read about.
#[test]
fn places_that_move_are_one_line() {
    let Some(shop) = Shop::new("places", &[("shop.yaml", OLD)]) else {
        return;
    };
    let moved = format!("# A line more.\n{OLD}");
    shop.schema(&[("shop.yaml", &moved)]);
    insta::assert_snapshot!("places_that_move", shop.run(&["migrate", "--dry-run"]).out);
    assert_eq!(shop.run(&["doctor"]).code, Some(0));
    assert_eq!(shop.migrate().code, Some(0));
    assert!(left_over(&shop, &[("shop.yaml", &moved)]).is_empty());
}

/// Texts that would be something else if they were not quoted: in names on the wire, values, patterns, descriptions.
const TEXTS: &str = r#"types:
  Kind: { enum: { "a'; drop table x; --": { rust: A }, "$$ \\ \" :x :'y' ": { rust: B } } }
  Code: { newtype: string, pattern: "^[a';\\\\\"$-]+$" }
streams:
  orders:
    description: "It's \\echo $$ -- /* \n\\! touch /tmp/x \n'; drop schema public; -- \u202e \e[2J"
    partition: day(at)
    id: id
    fields: { id: uuid, at: timestamp }
stream: orders
events:
  paid:
    description: "'\n\\! :x"
    fields:
      kind: { type: Kind, backfill: "a'; drop table x; --", description: "\n-- \n$$ ' \" \\" }
      note: { type: string, backfill: "it's\n\\ $$ -- \u2028", wire: "no'te\"; --" }
      code?: { type: Code, wire: "co$$de" }
"#;

#[test]
fn texts_of_a_schema_stay_texts() {
    let old =
        "streams: { orders: { partition: day(at), id: id, fields: { id: uuid, at: timestamp } } }
stream: orders
events: { paid: { fields: { } } }
";
    let Some(shop) = Shop::new("texts", &[("shop.yaml", old)]) else {
        return;
    };
    shop.schema(&[("shop.yaml", TEXTS)]);
    let plan = shop.plan();
    assert!(
        !plan.contains('\u{1b}') && !plan.contains('\u{202e}'),
        "{plan}"
    );
    insta::assert_snapshot!("texts", plan);
    shop.run(&["migrate", "--to-file", "up.sql"]);
    let other = Shop::new("texts", &[("shop.yaml", old)]).unwrap();
    let script = std::fs::read_to_string(shop.folder.join("up.sql")).unwrap();
    let script = script.replace(shop.database.name(), other.database.name());
    std::fs::write(other.folder.join("up.sql"), script).unwrap();
    other
        .database
        .psql_file(&other.folder.join("up.sql"))
        .unwrap();
    assert_eq!(
        left_over(&other, &[("shop.yaml", TEXTS)]),
        Vec::<String>::new()
    );

    assert_eq!(shop.migrate().code, Some(0));
    assert_eq!(
        left_over(&shop, &[("shop.yaml", TEXTS)]),
        Vec::<String>::new()
    );
    // And what is stored keeps a value from going.
    shop.sql("insert into \"@\".shop_paid (version, id, at) values (1, gen_random_uuid(), now())");
    let fewer = TEXTS
        .replace("types:\n", "allow: [single_value]\ntypes:\n")
        .replace("\"a'; drop table x; --\": { rust: A }, ", "")
        .replace(
            "backfill: \"a'; drop table x; --\"",
            "backfill: \"$$ \\\\ \\\" :x :'y' \"",
        );
    shop.schema(&[("shop.yaml", &fewer)]);
    let said = shop.migrate();
    assert_eq!(said.code, Some(1), "{said:?}");
    insta::assert_snapshot!("texts_refused", said.err);
}
