//! Where the browser is, and what drives it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;
use std::{env, fs};

use eventc_testing::{in_path, left_out, npm};

/// The variable that names a browser which is not found by itself.
const VARIABLE: &str = "EVENTC_TEST_CHROMIUM";

/// The names that the browser has.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What they run.
const SCRIPTS: [&str; 3] = ["chromium.mjs", "site.mjs", "served.mjs"];

/// What the tests need.
pub(crate) struct Programs {
    chromium: PathBuf,
    /// The scripts, beside the packages that they need.
    scripts: PathBuf,
}

impl Programs {
    /// Finds them, or says once what is missing.
    ///
    /// # Panics
    ///
    /// If something is missing in CI.
    pub(crate) fn find() -> Option<Self> {
        static SAID: Once = Once::new();
        let found = chromium().and_then(|chromium| {
            let scripts = install()?;
            Ok(Self { chromium, scripts })
        });
        match found {
            Ok(programs) => Some(programs),
            Err(why) => {
                let how = format!(
                    "{why}: install Chromium and Node.js 20 or newer with npm (`apt-get install chromium nodejs npm`, \
                     `brew install chromium node`), or name a browser in `{VARIABLE}`"
                );
                left_out(&SAID, "a browser", &how);
                None
            }
        }
    }

    /// A script of tests, to be run.
    pub(crate) fn node(&self, script: &str) -> Command {
        let mut node = Command::new("node");
        node.args(["--test", "--test-reporter=spec"])
            .arg(self.scripts.join(script))
            .env("CHROMIUM", &self.chromium);
        node
    }
}

/// Runs a script, and hands out what it says if a test of it fails.
pub(crate) fn run(node: &mut Command) -> Result<(), String> {
    let output = node.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if !output.status.success() {
        return Err(said);
    }
    println!("{said}");
    Ok(())
}

fn chromium() -> Result<PathBuf, String> {
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        return Ok(named.into());
    }
    let found = NAMES.iter().find_map(|name| in_path(name));
    found.ok_or_else(|| "there is no Chromium".to_owned())
}

/// Puts the scripts beside their packages.
fn install() -> Result<PathBuf, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let home = npm::install(&source, Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    for name in SCRIPTS {
        let copied = fs::copy(source.join(name), home.join(name));
        copied.map_err(|error| error.to_string())?;
    }
    Ok(home)
}
