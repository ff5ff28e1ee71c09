//! Other processes: this binary, run again.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use eventc_delivery::Files;

use crate::event::{counted, emitter_in};

/// A process that emits until it is killed. It says on its standard output what it emits as, and that it has begun.
pub(crate) fn start(role: &str, folder: &Path, thread: u32) -> Child {
    command(role, folder, thread).spawn().unwrap()
}

pub(crate) fn command(role: &str, folder: &Path, thread: u32) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child::child", "--ignored", "--nocapture"])
        .env("EVENTC_TEST_ROLE", role)
        .env("EVENTC_TEST_FOLDER", folder)
        .env("EVENTC_TEST_THREAD", thread.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

#[test]
#[ignore = "it is what the other tests run as a process"]
fn child() {
    let Ok(role) = std::env::var("EVENTC_TEST_ROLE") else {
        return;
    };
    let folder = std::env::var("EVENTC_TEST_FOLDER").unwrap();
    let folder = Path::new(&folder);
    let thread: u32 = std::env::var("EVENTC_TEST_THREAD")
        .unwrap()
        .parse()
        .unwrap();
    match role.as_str() {
        "emit" => emit(folder, thread),
        #[cfg(unix)]
        "full disk" => crate::full_disk::process(folder),
        #[cfg(unix)]
        "full files" => crate::full_disk::files(folder),
        #[cfg(all(unix, feature = "nats"))]
        "nats" => crate::nats::killing::process(folder, thread),
        #[cfg(all(unix, feature = "postgres"))]
        "postgres" => crate::postgres::process(folder, thread),
        "leave" => leave(folder, thread),
        _ => unreachable!("{role}"),
    }
}

/// Four threads emit until the process is killed; each writes down how many it has emitted, now and then.
fn emit(folder: &Path, run: u32) {
    let emitter = emitter_in(folder)
        .sink(Files::new(folder.join("events")).roll_bytes(200_000))
        .log_bytes(4 << 20)
        .start()
        .unwrap();
    println!("started");
    std::thread::scope(|scope| {
        for lane in 0..4 {
            let emitter = &emitter;
            scope.spawn(move || {
                for number in 0.. {
                    emitter.emit(counted(run * 10 + lane, number));
                    if number % 20 == 0 {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                }
            });
        }
    });
}

/// Emits a hundred events that no store takes, and ends in good order.
fn leave(folder: &Path, thread: u32) {
    use crate::sinks::{Mood, Remote};
    let emitter = emitter_in(folder)
        .sink(Remote::new(Mood::Down).sink("files"))
        .drain_for(Duration::from_millis(100))
        .start()
        .unwrap();
    for number in 0..100 {
        emitter.emit(counted(thread, number));
    }
}
