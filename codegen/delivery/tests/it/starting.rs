//! What does not start, and what is said about it.

use eventc_delivery::{Emitter, Files, Stdout};

use crate::event::Folder;

#[test]
fn wrong_configuration_is_said_at_the_start() {
    let folder = Folder::new("starting");
    let says =
        |started: Result<Emitter, eventc_delivery::StartError>| started.unwrap_err().to_string();
    let with = || Emitter::builder().spool(folder.join("spool"));
    assert_eq!(
        says(Emitter::builder().sink(Stdout::new()).start()),
        "the emitter can't start: it has no folder to keep events in that are on their way; say `.spool(folder)`"
    );
    assert_eq!(
        says(with().start()),
        "the emitter can't start: it has no sink, so events would go nowhere; say `.sink(Files::new(folder))`"
    );
    assert_eq!(
        says(with().sink(Stdout::new()).sink(Stdout::new()).start()),
        "the emitter can't start: two sinks are called `stdout`, and would share one cursor; give one of them another name"
    );
    assert_eq!(
        says(with().sink(Files::new("x").named("a/b")).start()),
        "the emitter can't start: a sink is called \"a/b\", and its files in the spool would be, too; use letters, digits, `-` and `_`"
    );
    assert_eq!(
        says(with().sink(Stdout::new()).memory_bytes(10).start()),
        "the emitter can't start: `memory_bytes` is less than 64 KiB, in which there is no room for events of some size"
    );
    std::fs::write(folder.join("file"), "").unwrap();
    let said = says(
        Emitter::builder()
            .spool(folder.join("file"))
            .sink(Stdout::new())
            .start(),
    );
    assert!(
        said.contains("can't be used, without which events would be lost in a crash"),
        "{said}"
    );
}

#[test]
fn a_store_that_is_down_is_no_reason_not_to_start() {
    let folder = Folder::new("down");
    // a folder that cannot be made, as a file stands there
    std::fs::write(folder.join("events"), "").unwrap();
    let emitter = folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .backoff(
            std::time::Duration::from_millis(5),
            std::time::Duration::from_millis(20),
        )
        .start()
        .unwrap();
    emitter.emit(crate::event::counted(0, 0));
    crate::sinks::wait_until("it is tried again", || {
        emitter.health().sinks[0].retries > 1
    });
    std::fs::remove_file(folder.join("events")).unwrap();
    assert!(
        emitter
            .flush(std::time::Duration::from_secs(5))
            .is_complete()
    );
    drop(emitter);
    assert_eq!(crate::event::read(&folder.join("events")).len(), 1);
}
