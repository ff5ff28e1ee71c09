//! A real NATS server with JetStream, for tests that nothing else convinces.
//!
//! It is started for the test, in a folder of its own, and is gone when the test is, however that ends. Its program is the one
//! that `EVENTC_TEST_NATS` names, or `nats-server` in `PATH` or `/usr/sbin`. Where there is none, [`Server::start`] says so once, on standard
//! error, and gives nothing; in CI (`CI` is set, and not `false`) it panics, so that tests are not left out where nobody sees it.
//!
//! ```no_run
//! use eventc_testing::nats::Server;
//!
//! let Some(server) = Server::start() else { return };
//! assert!(server.url().starts_with("nats://127.0.0.1:"));
//! server.kill();
//! server.start_again();
//! ```

use std::io::{self, Read};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crate::folder::new_folder;
use crate::port::free_port;
use crate::programs::{in_path, left_out};

/// The variable that names the program.
const PROGRAM: &str = "EVENTC_TEST_NATS";

/// Where Debian keeps it, which is not in everybody's `PATH`.
const DEBIAN: &str = "/usr/sbin/nats-server";

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Kills the server and removes its folder, `$1`, once the one who started it is gone.
const WATCH: &str = r#"
    cd /
    read -r _
    kill -9 "$(cat "$1/pid")"
    rm -rf "$1"
"#;

/// A server of one's own. When it is dropped, or the process is gone, so are the server and its folder.
pub struct Server {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
    /// What runs now; none after it was stopped or killed.
    running: Mutex<Option<Child>>,
    watch: Child,
}

impl Server {
    /// Starts a server, with JetStream on disk; none if there is no program for it.
    ///
    /// # Panics
    ///
    /// If there is none in CI, or it does not start though there is one.
    #[must_use]
    pub fn start() -> Option<Server> {
        Server::start_with("")
    }

    /// Starts a server with lines of configuration of its own: `max_payload: 1024`.
    ///
    /// # Panics
    ///
    /// The same as [`Server::start`].
    #[must_use]
    pub fn start_with(configuration: &str) -> Option<Server> {
        let Some(program) = program() else {
            static SAID: Once = Once::new();
            let how = format!(
                "install `nats-server` (`apt-get install nats-server`, `brew install nats-server`), or name its program in `{PROGRAM}`"
            );
            left_out(&SAID, "NATS", &how);
            return None;
        };
        let folder = new_folder("nats");
        let mut server = Server {
            watch: watch(&folder),
            program,
            folder,
            port: 0,
            running: Mutex::new(None),
        };
        let mut log = String::new();
        // Somebody else may take the port before the server does.
        for _ in 0..3 {
            server.port = free_port();
            server.configure(configuration);
            match server.run() {
                Ok(()) => return Some(server),
                Err(failed) => log = failed,
            }
        }
        panic!("NATS does not start:\n{log}");
    }

    /// Where it listens, also while it is stopped.
    #[must_use]
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Stops in order.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn stop(&self) {
        self.signal("TERM");
        self.wait();
    }

    /// Ends as if it had crashed.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn kill(&self) {
        self.signal("KILL");
        self.wait();
    }

    /// Does nothing any more, with all its connections open, until [`go_on`](Server::go_on).
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn hang(&self) {
        self.signal("STOP");
    }

    /// Goes on after it hung.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn go_on(&self) {
        self.signal("CONT");
    }

    /// Starts what was stopped or killed, on the same port, with the same data.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start_again(&self) {
        if let Err(log) = self.run() {
            panic!("NATS does not start again:\n{log}");
        }
    }

    fn configure(&self, configuration: &str) {
        let folder = self.folder.display();
        let text = format!(
            "host: 127.0.0.1\nport: {}\npid_file: \"{folder}/pid\"\nlog_file: \"{folder}/log\"\n\
             jetstream {{ store_dir: \"{folder}/data\" }}\n{configuration}\n",
            self.port
        );
        fs::write(self.folder.join("server.conf"), text).expect("the configuration is written");
    }

    /// Starts the server, and waits until it answers; its log if it does not.
    fn run(&self) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.arg("--config").arg(self.folder.join("server.conf"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // A group of its own: an interrupt from the terminal is for the test.
        let mut child = command
            .process_group(0)
            .spawn()
            .expect("`nats-server` runs");
        let started = Instant::now();
        while !self.answers() {
            if child.try_wait().is_ok_and(|ended| ended.is_some()) || started.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                return Err(fs::read_to_string(self.folder.join("log")).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(5));
        }
        *self.running() = Some(child);
        Ok(())
    }

    /// A server greets with `INFO`, once all of it runs.
    fn answers(&self) -> bool {
        let greeting = || -> io::Result<[u8; 4]> {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(1)))?;
            let mut greeting = [0; 4];
            stream.read_exact(&mut greeting)?;
            Ok(greeting)
        };
        greeting().is_ok_and(|greeting| greeting == *b"INFO")
    }

    fn signal(&self, signal: &str) {
        let running = self.running();
        let child = running.as_ref().expect("the server runs");
        let mut kill = Command::new("kill");
        let killed = kill
            .arg(format!("-{signal}"))
            .arg(child.id().to_string())
            .status();
        assert!(killed.is_ok_and(|status| status.success()), "`kill` works");
    }

    fn wait(&self) {
        let mut child = self.running().take().expect("the server runs");
        child.wait().expect("it is a child of ours");
        // The number may soon be that of another process.
        let _ = fs::remove_file(self.folder.join("pid"));
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.running().is_some() {
            self.kill();
        }
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
    }
}

fn program() -> Option<PathBuf> {
    match env::var_os(PROGRAM) {
        Some(program) if !program.is_empty() => Some(PathBuf::from(program)),
        _ => in_path("nats-server")
            .or_else(|| Some(DEBIAN.into()).filter(|path: &PathBuf| path.is_file())),
    }
}

/// Waits for the end of this process, which closes the pipe, whatever it ends by.
fn watch(folder: &Path) -> Child {
    let mut watch = Command::new("sh");
    watch.args(["-c", WATCH, "sh"]).arg(folder);
    watch
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    watch.process_group(0).spawn().expect("`sh` runs")
}
