//! What rings is said in words and by the exit code.

use crate::shop::Shop;

const FILES: &[(&str, &str)] = &[(
    "shop.yaml",
    "events: { paid: { partition: day(at), fields: { at: timestamp }, expect: { at_least: 5, per: minute } } }",
)];

/// Time goes on, and nobody pays.
const LATER: &str = "update \"@\"._expected set since = now() - interval '1 hour'";

const REFUSED: &str = "insert into \"@\"._dead_letter (producer, position, event, sqlstate, reason, record)
  values ('019445f2-b0d3-7234-bc36-867756c93a81', 1, 'shop.paid', '22021', E'invalid byte sequence\\nand \\x1b[31mmore', '{}')";

#[test]
fn what_rings_is_said_and_ends_with_one() {
    let Some(shop) = Shop::new("alarms", FILES) else {
        return;
    };
    let said = shop.run(&["alarms"]);
    let (out, err) = (said.out.trim_end(), said.err.as_str());
    assert_eq!(
        (said.code, out, err),
        (Some(0), "shop on host:5432: no alarm rings", "")
    );

    shop.sql(&format!("{LATER}; {REFUSED}"));
    let said = shop.run(&["alarms"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    // Without what is another in each run.
    let words = said
        .out
        .split_inclusive(|c: char| !matches!(c, '0'..='9' | '-' | ':'));
    let timeless =
        words.map(
            |word| match word.len() > 4 && word.starts_with(|c: char| c.is_ascii_digit()) {
                true => "… ",
                false => word,
            },
        );
    insta::assert_snapshot!("alarms", timeless.collect::<String>());

    let reader = shop.user("analyst");
    let as_reader = || shop.run_at(&shop.url_of(&reader), &["alarms"]);
    let stranger = as_reader();
    assert_eq!(stranger.code, Some(2), "{stranger:?}");
    assert!(
        stranger.err.contains("member of the reader's role"),
        "{stranger:?}"
    );
    shop.sql(&format!("grant @_reader to {reader}"));
    assert_eq!(as_reader().code, Some(1));
}

#[test]
fn what_cannot_be_told_ends_with_two() {
    let Some(shop) = Shop::empty("no_alarms", FILES) else {
        return;
    };
    let said = shop.run(&["alarms"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("eventc postgres migrate"), "{said:?}");
    assert_eq!(shop.migrate().code, Some(0));
    assert_eq!(shop.run(&["alarms"]).code, Some(0));

    shop.schema(&[("shop.yaml", "events: { paid: { partition: day(on) } }")]);
    let said = shop.run(&["alarms"]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
    assert!(said.err.contains("E0402"), "{said:?}");
    shop.schema(FILES);
    let said = shop.run_at("postgres://nobody@127.0.0.1:1/shop", &["alarms"]);
    assert_eq!(said.code, Some(2), "{said:?}");
}

/// What is expected changes without a table being touched.
#[test]
fn what_is_expected_is_migrated() {
    let Some(shop) = Shop::new("expected", FILES) else {
        return;
    };
    let known = "select event, at_least, per, since < now() - interval '30 minutes' from \"@\"._expected order by 1";
    shop.sql(LATER);
    shop.schema(&[(
        "shop.yaml",
        "events:
  paid: { partition: day(at), fields: { at: timestamp }, expect: { at_least: 9, per: day } }
  sent: { partition: day(at), fields: { at: timestamp }, expect: { at_least: 1, per: hour } }",
    )]);
    assert_eq!(shop.migrate().code, Some(0));
    assert_eq!(shop.sql(known), "shop.paid|9|day|t\nshop.sent|1|hour|f\n");
    shop.schema(&[(
        "shop.yaml",
        "events:
  paid: { partition: day(at), fields: { at: timestamp } }
  sent: { partition: day(at), fields: { at: timestamp } }",
    )]);
    assert_eq!(
        shop.run(&["doctor"]).code,
        Some(1),
        "it is not yet what the schema says"
    );
    assert_eq!(shop.migrate().code, Some(0));
    assert_eq!(shop.sql(known), "");
    assert_eq!(shop.run(&["doctor"]).code, Some(0));
}
