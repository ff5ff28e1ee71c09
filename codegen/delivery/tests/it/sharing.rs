//! Several processes with one spool.

use std::time::Duration;

use eventc_delivery::{Emitter, Files};

use crate::child;
use crate::event::{Folder, numbers, read};
use crate::sinks::wait_until;

fn start(folder: &Folder) -> Emitter {
    folder
        .emitter()
        .sink(Files::new(folder.join("events")))
        .start()
        .unwrap()
}

#[test]
fn each_process_has_a_log_and_leaves_it_to_the_next() {
    let folder = Folder::new("sharing");
    let first = start(&folder);
    // two more at the same time, which no store takes anything from
    for thread in [1, 2] {
        let mut process = child::start("leave", folder.path(), thread);
        assert!(process.wait().unwrap().success());
    }
    first.emit(crate::event::counted(0, 0));
    assert!(first.flush(Duration::from_secs(5)).is_complete());
    assert!(folder.join("spool/1/producer").exists());
    // a further one adopts what they left, while the first one goes on
    let second = start(&folder);
    wait_until("what they left is delivered", || {
        second.health().sinks[0].delivered == 200
    });
    second.emit(crate::event::counted(3, 0));
    assert!(second.flush(Duration::from_secs(5)).is_complete());
    first.emit(crate::event::counted(0, 1));
    drop(second);
    drop(first);
    let events = read(&folder.join("events"));
    let mut numbers = numbers(&events);
    numbers
        .values_mut()
        .for_each(|numbers| numbers.sort_unstable());
    assert_eq!(numbers[&0], [0, 1]);
    assert_eq!(numbers[&1], (0..100).collect::<Vec<_>>());
    assert_eq!(numbers[&2], (0..100).collect::<Vec<_>>());
    assert_eq!(numbers[&3], [0]);
}
