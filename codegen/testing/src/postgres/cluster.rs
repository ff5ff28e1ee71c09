//! A server in a folder of its own.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::programs::Programs;
use crate::folder::new_folder;
use crate::port::free_port;

/// Stops the server and removes its folder, once the one who started it is gone: `$1` is `pg_ctl`, `$2` the folder.
const WATCH: &str = r#"
    cd /
    read -r _
    "$1" stop --pgdata="$2/data" --mode=immediate --silent
    rm -rf "$2"
"#;

/// What holds beside what the test asks for, whose settings come last.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
timezone = UTC
";

/// A server that was started here. When it is dropped, or the process is gone, so are the server and its folder.
pub(super) struct Cluster {
    folder: PathBuf,
    pg_ctl: PathBuf,
    user: Option<User>,
    port: u16,
    watch: Child,
}

/// The user and group that run the server, where that is not who runs the test.
#[derive(Clone, Copy)]
struct User {
    uid: u32,
    gid: u32,
}

impl Cluster {
    pub(super) fn start_new(programs: &Programs, settings: &[(String, String)]) -> Self {
        let folder = new_folder("postgres");
        let user = server_user(&folder);
        if let Some(user) = user {
            chown(&folder, Some(user.uid), Some(user.gid)).expect("a folder for the server");
        }
        let pg_ctl = programs.path("pg_ctl");
        let mut cluster = Cluster {
            watch: watch(&pg_ctl, &folder, user),
            folder,
            pg_ctl,
            user,
            port: 0,
        };
        cluster.init(&programs.path("initdb"));
        let mut log = String::new();
        // Somebody else may take the port before the server does.
        for _ in 0..3 {
            cluster.port = free_port();
            cluster.configure(settings);
            match cluster.start() {
                Ok(()) => return cluster,
                Err(failed) => log = failed,
            }
        }
        panic!("PostgreSQL does not start:\n{log}");
    }

    pub(super) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Starts the server; the end of its log if it does not.
    pub(super) fn start(&self) -> Result<(), String> {
        let log = self.folder.join("log");
        let mut start = self.command(&self.pg_ctl);
        start.args(["start", "--silent", "--wait", "--pgdata"]);
        start.arg(self.data()).arg("--log").arg(&log);
        // The server keeps what it is given: a pipe would stay open as long as it runs.
        start.stdout(Stdio::null()).stderr(Stdio::null());
        if start.status().expect("`pg_ctl` runs").success() {
            return Ok(());
        }
        Err(fs::read_to_string(log).unwrap_or_default())
    }

    pub(super) fn stop(&self, mode: &str) {
        let mut stop = self.command(&self.pg_ctl);
        stop.args(["stop", "--silent", "--wait", "--mode", mode, "--pgdata"]);
        run(stop.arg(self.data()));
    }

    fn init(&self, initdb: &Path) {
        let mut init = self.command(initdb);
        init.args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--username=postgres",
        ]);
        init.args(["--no-sync", "--no-instructions", "--pgdata"]);
        run(init.arg(self.data()));
    }

    fn configure(&self, settings: &[(String, String)]) {
        let mut text = format!("{SETTINGS}port = {}\n", self.port);
        let sockets = self.folder.display().to_string();
        let sockets = ("unix_socket_directories".to_owned(), sockets);
        for (name, value) in std::iter::once(&sockets).chain(settings) {
            text.push_str(&format!("{name} = '{}'\n", value.replace('\'', "''")));
        }
        fs::write(self.data().join("postgresql.auto.conf"), text).expect("settings are written");
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A program of the server, which runs as the server does.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // A group of its own: an interrupt from the terminal is for the test.
        command
            .current_dir(&self.folder)
            .env("LC_ALL", "C")
            .process_group(0);
        run_as(&mut command, self.user);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
    }
}

/// Waits for the end of this process, which closes the pipe, whatever it ends by.
fn watch(pg_ctl: &Path, folder: &Path, user: Option<User>) -> Child {
    let mut watch = Command::new("sh");
    watch.args(["-c", WATCH, "sh"]).arg(pg_ctl).arg(folder);
    watch
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    watch.process_group(0);
    run_as(&mut watch, user);
    watch.spawn().expect("`sh` runs")
}

fn run_as(command: &mut Command, user: Option<User>) {
    if let Some(User { uid, gid }) = user {
        command.uid(uid).gid(gid);
    }
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}:\n{says}");
}

/// Who runs the server: PostgreSQL refuses to be run by root, to whom the folder then belongs.
fn server_user(folder: &Path) -> Option<User> {
    let owner = fs::metadata(folder).expect("a folder that was made").uid();
    if owner != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("root has a list of users");
    let named = |name: &str| {
        let user = users
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let mut parts = user.split(':').skip(1);
        Some(User {
            uid: parts.next()?.parse().ok()?,
            gid: parts.next()?.parse().ok()?,
        })
    };
    let user = named("postgres").or_else(|| named("nobody"));
    Some(user.expect("PostgreSQL is not run by root: a user `postgres` or `nobody` is needed"))
}
