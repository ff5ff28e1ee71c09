//! Each kind of change, while a writer of the old schema goes on.

use crate::facts::left_over;
use crate::shop::Shop;
use crate::writer::Writer;

/// A change of `shop.yaml`.
struct Change {
    name: &'static str,
    old: &'static str,
    new: &'static str,
    /// The columns and values that old writers send beside those that place the row.
    columns: &'static str,
    values: &'static str,
    /// What the facts that only the migrated database has are about.
    retired: &'static [&'static str],
}

const CHANGES: &[Change] = &[
    Change {
        name: "optional column with a rule",
        old: "types: { Code: { newtype: string, length: 2..8, pattern: '^[A-Z]+$' } }\nevents: { placed: { HEAD, fields: { FIELDS } } }",
        new: "types: { Code: { newtype: string, length: 2..8, pattern: '^[A-Z]+$' } }\nevents: { placed: { HEAD, fields: { FIELDS, coupon?: Code, tags?: list<Code> } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "required column with a backfill",
        old: "events: { placed: { HEAD, fields: { FIELDS } } }",
        new: "events: { placed: { HEAD, version: 2, fields: { FIELDS, channel: { type: [web, ios], since: 2, backfill: web }, weights: { type: list<i32>, since: 2, backfill: [1, 2] } } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "columns retired",
        old: "types: { Code: { newtype: string, length: 2..8 } }\nevents: { placed: { HEAD, fields: { FIELDS, kind: Code, total: i32, note?: string } } }",
        new: "events: { placed: { HEAD, fields: { FIELDS } } }",
        columns: ", kind, total",
        values: ", 'ab', 5",
        retired: &["kind", "total", "note"],
    },
    Change {
        name: "required becomes optional",
        old: "events: { placed: { HEAD, fields: { FIELDS, total: i32 } } }",
        new: "events: { placed: { HEAD, fields: { FIELDS, total?: i32 } } }",
        columns: ", total",
        values: ", 5",
        retired: &[],
    },
    Change {
        name: "enum with more values",
        old: "events: { placed: { HEAD, fields: { FIELDS, channel: [web, ios], all: { type: 'list<Tag>' } } } }\ntypes: { Tag: [a, b] }",
        new: "events: { placed: { HEAD, fields: { FIELDS, channel: [ios, web, tv], all: { type: 'list<Tag>' } } } }\ntypes: { Tag: [a, b, c] }",
        columns: ", channel, \"all\"",
        values: ", 'ios', array['b']",
        retired: &[],
    },
    Change {
        name: "enum with other values, of which none are stored",
        old: "events: { placed: { HEAD, fields: { FIELDS, channel: [web, ios, fax] } } }",
        new: "events: { placed: { HEAD, fields: { FIELDS, channel: [web, ios, tv] } } }",
        columns: ", channel",
        values: ", 'ios'",
        retired: &[],
    },
    Change {
        name: "enum that opens",
        old: "events: { placed: { HEAD, fields: { FIELDS, channel: [web, ios] } } }",
        new: "events: { placed: { HEAD, fields: { FIELDS, channel: { type: { enum: [web, ios], open: true } } } } }",
        columns: ", channel",
        values: ", 'ios'",
        retired: &[],
    },
    Change {
        name: "ranges, patterns and lengths",
        old: "types: { Share: { newtype: i32, min: 0, max: 10 }, Code: { newtype: string, length: 1..4, pattern: '^[a-z]+$' } }\nevents: { placed: { HEAD, fields: { FIELDS, share: Share, code: Code } } }",
        new: "types: { Share: { newtype: i32, min: 0, max: 100 }, Code: { newtype: string, length: 1..8 } }\nevents: { placed: { HEAD, fields: { FIELDS, share: Share, code: Code } } }",
        columns: ", share, code",
        values: ", 7, 'ab'",
        retired: &[],
    },
    Change {
        name: "accept",
        old: "events: { placed: { HEAD, fields: { order_id: uuid, placed_at: { type: timestamp, accept: -7d..+1h } } } }",
        new: "events: { placed: { HEAD, fields: { order_id: uuid, placed_at: { type: timestamp, accept: -30d..+1d } } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "context that becomes optional",
        old: "contexts: { viewer: { fields: { user: string, plan?: string } } }\nevents: { placed: { HEAD, with: [viewer], fields: { FIELDS } } }",
        new: "contexts: { viewer: { fields: { user: string, plan?: string, role?: string } } }\nevents: { placed: { HEAD, with: ['viewer?'], fields: { FIELDS } } }",
        columns: ", \"user\"",
        values: ", 'me'",
        retired: &[],
    },
    Change {
        name: "how long rows are kept, and what is said about them",
        old: "events: { placed: { HEAD, fields: { FIELDS } } }",
        new: "\nevents: { placed: { HEAD, retain: 90d, description: It is paid., fields: { FIELDS } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "values that have partitions",
        old: "types: { Region: [eu, us] }\nevents: { placed: { partition: [day(placed_at), region], id: order_id, fields: { FIELDS, region: Region } } }",
        new: "types: { Region: [eu, us, asia] }\nevents: { placed: { partition: [day(placed_at), region], id: order_id, fields: { FIELDS, region: Region } } }",
        columns: ", region",
        values: ", 'us'",
        retired: &[],
    },
    Change {
        name: "new event",
        old: "events: { placed: { HEAD, fields: { FIELDS } } }",
        new: "events: { placed: { HEAD, fields: { FIELDS } }, refunded: { HEAD, fields: { FIELDS, why?: string } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "header of a stream",
        old: "streams: { orders: { HEAD, fields: { FIELDS } } }\nstream: orders\nevents: { placed: { fields: { total?: i32 } } }",
        new: "streams: { orders: { HEAD, fields: { FIELDS, site: { type: string, backfill: main } } } }\nstream: orders\nevents: { placed: { fields: { total?: i32 } }, paid: { fields: { total?: i32 } } }",
        columns: "",
        values: "",
        retired: &[],
    },
    Change {
        name: "store that is shared",
        old: "streams: { orders: { HEAD, store: shared, fields: { FIELDS } } }\nstream: orders\nevents: { placed: { fields: { total?: i32 } } }",
        new: "streams: { orders: { HEAD, store: shared, fields: { FIELDS } } }\nstream: orders\nevents: { placed: { fields: { total?: i32 } }, paid: { fields: { total: i32 } } }",
        columns: ", event, payload",
        values: ", 'shop.placed', '{}'",
        retired: &[],
    },
];

fn written(schema: &str) -> String {
    schema
        .replace("HEAD", "partition: day(placed_at), id: order_id")
        .replace("FIELDS", "order_id: uuid, placed_at: timestamp")
}

impl Change {
    fn table(&self) -> &'static str {
        match self.name {
            "store that is shared" => "shop_orders_store",
            _ => "shop_placed",
        }
    }

    /// One row, of this moment.
    fn insert(&self, schema: &str) -> String {
        format!(
            "insert into \"{schema}\".{} (version, order_id, placed_at{}) values (1, gen_random_uuid(), now(){})",
            self.table(),
            self.columns,
            self.values
        )
    }
}

#[test]
fn what_is_migrated_is_what_is_made_anew_and_old_writers_do_not_notice() {
    for change in CHANGES {
        let (old, new) = (written(change.old), written(change.new));
        let Some(shop) = Shop::new("changes", &[("shop.yaml", &old)]) else {
            return;
        };
        let insert = change.insert(shop.database.name());
        shop.sql(&format!(
            "do $$ begin for i in 1..500 loop {insert}; end loop; end $$"
        ));
        let writer = Writer::start(&shop.database.url(), &insert);
        let files = [("shop.yaml", new.as_str())];
        shop.schema(&files);
        insta::assert_snapshot!(change.name.replace([' ', ','], "_"), shop.plan());
        let said = shop.migrate();
        let written = writer.stop();
        let name = change.name;
        assert_eq!(said.code, Some(0), "{name}: {said:?}");
        let written = written.unwrap_or_else(|error| panic!("{name}: {error}"));
        let count = format!("select count(*) from \"@\".{}", change.table());
        assert_eq!(shop.sql(&count), format!("{}\n", 500 + written), "{name}");

        let again = shop.migrate();
        assert!(again.out.ends_with("nothing to do\n"), "{name}: {again:?}");
        let left = left_over(&shop, &files);
        let is_retired = |fact: &String| change.retired.iter().any(|it| fact.contains(it));
        let left: Vec<_> = left.iter().filter(|fact| !is_retired(fact)).collect();
        assert!(left.is_empty(), "{name}: {left:#?}");
        let doctor = shop.run(&["doctor"]);
        assert_eq!(doctor.code, Some(0), "{name}: {doctor:?}");
    }
}

/// The columns that nobody sends any more stay, and new writers need not know them.
#[test]
fn new_writers_leave_out_what_is_retired() {
    let change = CHANGES
        .iter()
        .find(|change| change.name == "columns retired")
        .unwrap();
    let (old, new) = (written(change.old), written(change.new));
    let Some(shop) = Shop::new("retired", &[("shop.yaml", &old)]) else {
        return;
    };
    shop.sql(&change.insert("@"));
    shop.schema(&[("shop.yaml", &new)]);
    assert_eq!(shop.migrate().code, Some(0));
    shop.sql("insert into \"@\".shop_placed (version, order_id, placed_at) values (2, gen_random_uuid(), now())");
    assert_eq!(
        shop.sql("select kind, total from \"@\".shop_placed order by version"),
        "ab|5\n|\n"
    );
    // Who brings it back finds the old values.
    shop.schema(&[(
        "shop.yaml",
        &written(change.old)
            .replace("total: i32", "total?: i32")
            .replace("kind: Code", "kind?: Code"),
    )]);
    assert_eq!(shop.migrate().code, Some(0));
    let said = shop.migrate();
    assert_eq!(said.out.lines().count(), 1, "{said:?}");
}

/// What is narrower holds for rows that come, and those that were taken by the rule of their time stay.
#[test]
fn a_narrower_window_holds_for_new_rows_alone() {
    let schema = |accept: &str| {
        format!(
            "events: {{ placed: {{ partition: day(placed_at), fields: {{ placed_at: {{ type: timestamp, accept: {accept} }} }} }} }}"
        )
    };
    let Some(shop) = Shop::new("accept", &[("shop.yaml", &schema("-7d..+1h"))]) else {
        return;
    };
    shop.sql("select \"@\".ensure_partitions(now() - interval '5 days')");
    let insert =
        "insert into \"@\".shop_placed (version, placed_at) values (1, now() - interval '3 days')";
    shop.sql(insert);
    shop.schema(&[("shop.yaml", &schema("-1d..+1h"))]);
    insta::assert_snapshot!("a_narrower_window", shop.plan());
    assert_eq!(shop.migrate().code, Some(0));
    let insert = insert.replace('@', shop.database.name());
    assert!(
        shop.database
            .psql(&insert)
            .unwrap_err()
            .contains("placed_at_accept")
    );
    assert!(shop.migrate().out.ends_with("nothing to do\n"));
    // Once they are gone, it can be said of all.
    shop.sql("delete from \"@\".shop_placed");
    assert!(shop.migrate().out.contains("1 step done"));
}
