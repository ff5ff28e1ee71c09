//! `eventc postgres partitions`.

use crate::shop::Shop;

const SCHEMA: &str = "
streams:
  telemetry:
    fields: { at: timestamp, id: uuid }
    partition: [hour(at), bucket(4, id)]
    retain: 2d
events:
  ping: { stream: telemetry }
  pong: { partition: month(at), fields: { at: timestamp } }
";

#[test]
fn they_are_made_ahead_and_dropped_when_they_are_expired() {
    let Some(shop) = Shop::with("partitions", SCHEMA) else {
        return;
    };
    let said = shop.run(&["partitions", "ensure", "--ahead", "8d"]);
    assert_eq!(said.code, 0, "{}", said.text);
    // A day of hours, each with its buckets; the script made seven days.
    assert!(
        said.text.contains("ping: 120 partitions made"),
        "{}",
        said.text
    );
    let again = shop.run(&["partitions", "ensure", "--ahead", "8d"]);
    assert!(again.text.contains("0 partitions made"), "{}", again.text);
    assert_eq!(
        shop.run(&["partitions", "ensure", "--ahead", "soon"]).code,
        2
    );

    let nothing = shop.run(&["partitions", "drop"]);
    assert!(
        nothing.text.contains("0 partitions dropped"),
        "{}",
        nothing.text
    );
    shop.sql(
        "select acme.ensure_partitions(now() - interval '51 hours', now() - interval '47 hours', 'ping');
         insert into acme.ping (version, at, id) values (1, now() - interval '51 hours', gen_random_uuid()), (1, now(), gen_random_uuid())",
    );
    let said = shop.run(&["partitions", "drop"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.text.contains("dropped"), "{}", said.text);
    assert_eq!(shop.sql("select count(*) from acme.ping"), "1");
    assert_eq!(shop.sql("select count(*) from acme.expired()"), "0");
}
