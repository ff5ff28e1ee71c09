//! Two stores side by side: folders, and a database.

use std::fs;
use std::process::Command;

use crate::shop::{Said, Shop};

const FILES: &[(&str, &str)] = &[(
    "shop.yaml",
    "streams: { orders: { partition: day(at), id: id, fields: { id: uuid, at: { type: timestamp, accept: -40d..+1h } } } }
stream: orders
events:
  paid: { fields: { total: i32 } }
  sent: { fields: { total: i32 } }
",
), (
    "apps.yaml",
    "streams: { clicks: { partition: 'date', id: number, store: shared, fields: { number: i64, date: date } } }
stream: clicks
events:
  opened: { fields: { page: string } }
  closed: { fields: { page: string } }
",
), (
    "log.yaml",
    "events: { noted: { partition: 'bucket(2, who)', fields: { who: uuid } } }\n",
)];

/// Runs it over what is in the folder; `left` and `right` are stores.
fn compare(shop: &Shop, left: &str, right: &str, more: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
    command.args([
        "compare",
        left,
        right,
        "--from",
        "2026-11-20",
        "--to",
        "2026-11-23",
    ]);
    let said = command.args(more).current_dir(&shop.folder).output();
    shop.said(said.unwrap())
}

fn put(shop: &Shop, path: &str, lines: &[String]) {
    let path = shop.folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, lines.concat()).unwrap();
}

fn paid(id: u32, day: u32) -> String {
    format!(
        "{{\"event\":\"shop.paid\",\"version\":1,\"id\":\"019445f2-b0d3-7234-bc36-{id:012}\",\"at\":\"2026-11-{day:02}T23:59:59.5Z\",\"total\":3}}\n"
    )
}

fn opened(number: u32, day: u32) -> String {
    format!(
        "{{\"event\":\"apps.opened\",\"version\":1,\"number\":{number},\"date\":\"2026-11-{day:02}\",\"page\":\"/\"}}\n"
    )
}

fn noted(who: u32) -> String {
    format!(
        "{{\"event\":\"log.noted\",\"version\":1,\"who\":\"019445f2-b0d3-7234-bc36-{who:012}\"}}\n"
    )
}

/// What `left/` has: eight payments over three days, an hour of clicks and three notes.
fn left(shop: &Shop) {
    let days = [19, 20, 20, 21, 21, 21, 22, 24];
    for (id, day) in (1..).zip(days) {
        let path = format!("left/event=shop.paid/day=2026-11-{day}/a-{id}.jsonl");
        put(shop, &path, &[paid(id, day)]);
    }
    put(
        shop,
        "left/event=apps.opened/date=2026-11-21/a-1.jsonl",
        &[opened(1, 21), opened(2, 21)],
    );
    put(
        shop,
        "left/event=log.noted/bucket_who=1/a-1.jsonl",
        &[noted(1), noted(1), noted(2)],
    );
}

/// The same in the database.
fn store(shop: &Shop) {
    shop.sql(
        "select \"@\".ensure_partitions('2026-11-19', '2026-11-24');
         insert into \"@\".shop_paid (version, id, at, total)
           select 1, ('019445f2-b0d3-7234-bc36-' || lpad(n::text, 12, '0'))::uuid,
                  ('2026-11-' || (array[19,20,20,21,21,21,22,24])[n] || 'T23:59:59.5Z')::timestamptz, 3
             from generate_series(1, 8) as n;
         insert into \"@\".apps_clicks_store (event, version, number, date, payload)
           values ('apps.opened', 1, 1, '2026-11-21', '{}'), ('apps.opened', 1, 2, '2026-11-21', '{}');
         insert into \"@\".log_noted (version, who)
           select 1, ('019445f2-b0d3-7234-bc36-' || lpad(n::text, 12, '0'))::uuid from unnest(array[1, 1, 2]) as n;",
    );
}

#[test]
fn a_folder_and_a_database_with_the_same_events_are_the_same() {
    let Some(shop) = Shop::new("compare", FILES) else {
        return;
    };
    left(&shop);
    store(&shop);
    let url = shop.database.url();
    let said = compare(&shop, "left", &url, &[]);
    insta::assert_snapshot!("compare_same", said.out);
    assert_eq!(said.code, Some(0), "{said:?}");
    let said = compare(&shop, &url, &url, &["--all"]);
    insta::assert_snapshot!("compare_same_all", said.out);
    assert_eq!(said.code, Some(0), "{said:?}");

    shop.sql(
        "delete from \"@\".shop_paid where id = '019445f2-b0d3-7234-bc36-000000000005';
         delete from \"@\".apps_clicks_store where number = 1;
         delete from \"@\".log_noted where who = '019445f2-b0d3-7234-bc36-000000000002';
         insert into \"@\".apps_clicks_store (event, version, number, date, payload) values ('apps.closed', 1, 9, '2026-11-22', '{}')",
    );
    let said = compare(&shop, "left", &url, &[]);
    insta::assert_snapshot!("compare_different", said.out);
    assert_eq!(said.code, Some(1), "{said:?}");
    let said = compare(&shop, "left", &url, &["--event", "shop.paid"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(!said.out.contains("log.noted"), "{}", said.out);
}

#[test]
fn two_folders_are_compared_by_ids_and_not_by_numbers() {
    let Some(shop) = Shop::new("compare_folders", FILES) else {
        return;
    };
    left(&shop);
    // as many on the 21st, but others; one of them twice, and one of them still being written
    let lines = [
        paid(4, 21),
        paid(4, 21),
        paid(5, 21),
        paid(70, 21),
        paid(71, 21),
    ];
    put(
        &shop,
        "right/event=shop.paid/day=2026-11-21/b-1.jsonl",
        &lines,
    );
    put(
        &shop,
        "right/event=shop.paid/day=2026-11-20/b-2.jsonl.open",
        &[paid(2, 20)],
    );
    let more = ["--event", "shop.paid"];
    let said = compare(&shop, "left", "right", &more);
    insta::assert_snapshot!("compare_folders", said.out);
    assert!(
        said.err.starts_with("note: a file is still being written"),
        "{}",
        said.err
    );
    assert_eq!(said.code, Some(1));
    let said = compare(
        &shop,
        "left",
        "right",
        &["--event", "shop.paid", "--format", "json"],
    );
    insta::assert_snapshot!("compare_json", said.out);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let Some(shop) = Shop::new("compare_wrong", FILES) else {
        return;
    };
    put(
        &shop,
        "torn/event=shop.paid/a.jsonl",
        &[paid(1, 21), "{\"event\":".to_owned()],
    );
    fs::create_dir(shop.folder.join("left")).unwrap();
    let nowhere = "postgres://nobody:secret@127.0.0.1:1/shop";
    let cases: &[&[&str]] = &[
        &["left", "right"],
        &["left", "torn"],
        &["left", nowhere],
        &["left", "left", "--event", "shop.pai"],
        &["left", "left", "--from", "2026-11-24"],
        &["left", "left", "--from", "tomorrow"],
    ];
    let mut told = String::new();
    for case in cases {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eventc"));
        command
            .arg("compare")
            .args(*case)
            .args(["--to", "2026-11-23"]);
        if !case.contains(&"--from") {
            command.args(["--from", "2026-11-20"]);
        }
        let said = shop.said(command.current_dir(&shop.folder).output().unwrap());
        assert_eq!(said.code, Some(2), "{said:?}");
        told.push_str(&format!(
            "{}\n{}\n",
            case.join(" ").replace("secret", "…"),
            said.err
        ));
        assert!(!said.err.contains("secret"));
    }
    insta::assert_snapshot!("compare_wrong", told);
}
