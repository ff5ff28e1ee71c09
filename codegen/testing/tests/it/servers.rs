//! What is looked at from outside of a server.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) fn is_listening(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap();
    let address = rest.rsplit('@').next().unwrap();
    TcpStream::connect(address.split('/').next().unwrap()).is_ok()
}

/// Waits for what another process does.
pub(crate) fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let from = Instant::now();
    while !is_so() {
        assert!(from.elapsed() < Duration::from_secs(20), "{what}");
        sleep(Duration::from_millis(20));
    }
}

/// Runs a test in a process of its own, which says `started <url> <folder>`, kills it, and sees that server and folder go.
/// False if it started no server.
pub(crate) fn is_gone_with_its_process(test: &str) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).find_map(|line| {
        let (_, told) = line.split_once("started ")?;
        let (url, folder) = told.split_once(' ')?;
        Some((url.to_owned(), folder.to_owned()))
    });
    let Some((url, folder)) = told else {
        child.wait().unwrap();
        return false;
    };
    assert!(is_listening(&url));
    assert!(Path::new(&folder).exists());
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("the folder is there", || !Path::new(&folder).exists());
    eventually("the server listens", || !is_listening(&url));
    true
}
