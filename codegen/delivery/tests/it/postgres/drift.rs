//! Tables that are not what they were: an alarm, and never a dead letter.

use super::stage::{Stage, counted, fails_with, flushed, sink};

/// What happens while a table is not as it should be, and that all of it arrives when it is again.
fn waits(stage: &Stage, name: &str, breaks: &str, words: &str, mends: &str) {
    let emitter = stage.emitter();
    (0..100).for_each(|number| emitter.emit(counted(1, number)));
    flushed(&emitter);
    stage.sql(breaks);
    (100..200).for_each(|number| emitter.emit(counted(1, number)));
    let said = fails_with(&emitter, words);
    insta::assert_snapshot!(name, said.split_once(": ").unwrap().1);
    assert_eq!((sink(&emitter).delivered, sink(&emitter).dead), (100, 0));
    stage.sql(mends);
    let health = flushed(&emitter);
    assert_eq!((health.delivered, health.dead), (200, 0), "{health:?}");
    assert_eq!(stage.counted(), (200, 200));
}

#[test]
fn events_wait_for_a_column_that_is_missing() {
    let Some(stage) = Stage::shop("column") else {
        return;
    };
    let breaks = "alter table shop.counted drop column note";
    let mends = "alter table shop.counted add column note text not null default ''";
    waits(
        &stage,
        "column_missing",
        breaks,
        "has no column `note`",
        mends,
    );
}

#[test]
fn events_wait_for_a_column_of_another_type() {
    let Some(stage) = Stage::shop("type") else {
        return;
    };
    // On a connection that is there, the server says of this that the first row is bad.
    let breaks = "alter table shop.counted alter column thread type integer";
    let mends = "alter table shop.counted alter column thread type bigint";
    waits(
        &stage,
        "column_of_another_type",
        breaks,
        "is `integer`, and not `bigint`",
        mends,
    );
}

#[test]
fn events_wait_for_a_column_that_they_do_not_know_but_must() {
    let Some(stage) = Stage::shop("needed") else {
        return;
    };
    let breaks = "alter table shop.counted add column more text not null default '';
                  alter table shop.counted alter column more drop default";
    let mends = "alter table shop.counted alter column more set default ''";
    waits(
        &stage,
        "column_unknown",
        breaks,
        "must have a `more`",
        mends,
    );
}

#[test]
fn events_wait_for_a_table_and_for_rights() {
    let Some(stage) = Stage::shop("rights") else {
        return;
    };
    let breaks = "alter table shop.counted rename to moved";
    let mends = "alter table shop.moved rename to counted";
    waits(
        &stage,
        "table_missing",
        breaks,
        "the table `counted` is missing",
        mends,
    );
    let emitter = stage.emitter();
    for (breaks, words, help, mends) in [
        (
            format!("revoke shop_writer from {}", stage.user),
            "the rights to write are missing",
            format!("`grant shop_writer to \"{}\"`", stage.user),
            format!("grant shop_writer to {}", stage.user),
        ),
        (
            "alter table shop._dead_letter rename to elsewhere".to_owned(),
            "the table `_dead_letter` is missing",
            "run `eventc postgres migrate`, or load `_shared.sql` again".to_owned(),
            "alter table shop.elsewhere rename to _dead_letter".to_owned(),
        ),
    ] {
        stage.sql(&breaks);
        stage.database.terminate_backends();
        emitter.emit(counted(2, 0));
        let said = fails_with(&emitter, words);
        assert!(said.contains(&help), "{said}");
        stage.sql(&mends);
        assert_eq!(flushed(&emitter).dead, 0);
    }
}

#[test]
fn a_newer_table_is_written_to_with_a_warning() {
    let Some(stage) = Stage::shop("newer") else {
        return;
    };
    stage.sql(
        "alter table shop.counted add column more text;
         comment on table shop.counted is 'newer\neventc:00000000000000000000000000000000'",
    );
    let emitter = stage.emitter();
    emitter.emit(counted(1, 0));
    let health = flushed(&emitter);
    assert_eq!(health.delivered, 1);
    insta::assert_snapshot!(health.warning.unwrap(), @"the table `counted` is of another version of the schema than this service: all of its columns are there, so it is written to; `eventc postgres doctor` says what is different");
    assert_eq!(health.last_error, None);
}
