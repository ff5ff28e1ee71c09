//! The files that events are in.

use std::fs;
use std::time::Duration;

use eventc::event;
use eventc_delivery::Files;

use crate::event::{Folder, Noted, counted, files, read};
use crate::sinks::wait_until;

#[test]
fn files_get_their_names_by_size_and_by_age() {
    let folder = Folder::new("rolling");
    let emitter = folder
        .emitter()
        .sink(
            Files::new(folder.join("events"))
                .roll_bytes(20_000)
                .roll_after(Duration::from_millis(700)),
        )
        .append_every(Duration::from_millis(2))
        .start()
        .unwrap();
    for number in 0..1_500 {
        emitter.emit(counted(0, number));
        if number % 100 == 0 {
            assert!(emitter.flush(Duration::from_secs(5)).is_complete());
        }
    }
    emitter.emit(event!(Noted { weight: 1.5 }));
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    // by size
    assert!(files(&folder.join("events"), ".jsonl").len() > 6);
    // by age, without a further event
    wait_until("all files have their names", || {
        files(&folder.join("events"), ".open").is_empty()
    });
    let noted = files(&folder.join("events/event=test.noted"), ".jsonl");
    assert_eq!(
        fs::read_to_string(&noted[0]).unwrap(),
        "{\"event\":\"test.noted\",\"version\":2,\"weight\":1.5}\n"
    );
    drop(emitter);
    fs::remove_dir_all(folder.join("events/event=test.noted")).unwrap();
    assert_eq!(read(&folder.join("events")).len(), 1_500);
}

/// What a crash may leave between any two steps: the next start makes of it what it would have been without one.
#[test]
fn leftovers_of_a_crash_are_repaired() {
    let folder = Folder::new("leftovers");
    let start = || {
        folder
            .emitter()
            .sink(Files::new(folder.join("events")))
            .start()
            .unwrap()
    };
    let emitter = start();
    for number in 0..30 {
        emitter.emit(counted(0, number));
    }
    assert!(emitter.flush(Duration::from_secs(5)).is_complete());
    // the folder as a kill would leave it: a checkpoint with three open files, which are longer by now
    let copy = folder.join("copy");
    copy_all(&folder.join("events"), &copy);
    drop(emitter);
    folder.wait_until_free();
    fs::remove_dir_all(folder.join("events")).unwrap();
    let open = files(&copy, ".open");
    assert_eq!(open.len(), 3);
    for (path, more) in open.iter().zip(["{\"half\":", "{\"whole\":1}\n", ""]) {
        let mut text = fs::read_to_string(path).unwrap();
        text.push_str(more);
        fs::write(path, text).unwrap();
    }
    // one had its name already
    fs::rename(&open[2], open[2].with_extension("")).unwrap();
    copy_all(&copy, &folder.join("events"));

    let emitter = start();
    for number in 30..40 {
        emitter.emit(counted(0, number));
    }
    drop(emitter);
    assert!(files(&folder.join("events"), ".open").is_empty());
    let mut numbers: Vec<u64> = read(&folder.join("events"))
        .iter()
        .map(|e| e.number)
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..40).collect::<Vec<_>>());
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    for path in files(from, "") {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(path, target).unwrap();
    }
}
