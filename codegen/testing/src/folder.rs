//! Folders for servers.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, process};

/// A folder for one server alone.
pub(crate) fn new_folder(server: &str) -> PathBuf {
    static CREATED: AtomicUsize = AtomicUsize::new(0);
    loop {
        let number = CREATED.fetch_add(1, Ordering::Relaxed);
        let name = format!("eventc-{server}-{}-{number}", process::id());
        let folder = env::temp_dir().join(name);
        // One that is there already is of a process of the past, or of somebody else.
        match fs::DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => return folder,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{}: {error}", folder.display()),
        }
    }
}
