//! What the last run found out, kept in `OUT_DIR`, so that a run over the same schema has nothing to compile.
//!
//! What is generated is a function of the schema's bytes and of the compiler. The stamp holds all of them, and what came
//! of them. All is compared byte for byte, so a stamp cannot be mistaken about a change; and what it says is
//! believed only where the generated files say the same, so one that was damaged costs a compilation and no more.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use eventc_compiler::{Output, Sources};

/// The place of the stamp, and what it must say about who made it.
pub(crate) struct Stamp<'e> {
    path: PathBuf,
    /// Which build script this is; none if that cannot be known, and then there is no stamp.
    script: Option<&'e str>,
    /// Whether all goes into one file of `OUT_DIR`.
    inline: bool,
}

/// What a compilation without errors came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// In the words that cargo is told.
    pub(crate) warnings: Vec<String>,
    pub(crate) outputs: Vec<Output>,
}

impl<'e> Stamp<'e> {
    pub(crate) fn new(out_dir: &Path, script: Option<&'e str>, inline: bool) -> Self {
        Self {
            path: out_dir.join(FILE),
            script,
            inline,
        }
    }

    /// What came of this very schema, if the last compilation without errors was of it.
    pub(crate) fn read(&self, sources: &Sources) -> Option<Outcome> {
        let script = self.script?;
        let bytes = fs::read(&self.path).ok()?;
        let mut rest = bytes.strip_prefix(self.head(script, sources).as_slice())?;
        let warnings = (0..take_length(&mut rest)?)
            .map(|_| take_text(&mut rest))
            .collect::<Option<_>>()?;
        let outputs = (0..take_length(&mut rest)?)
            .map(|_| {
                Some(Output {
                    path: take_text(&mut rest)?,
                    text: take_text(&mut rest)?,
                })
            })
            .collect::<Option<_>>()?;
        (rest == END).then_some(Outcome { warnings, outputs })
    }

    /// Keeps what came of a schema.
    ///
    /// Where that is impossible, the next run compiles again: no reason to fail.
    pub(crate) fn write(&self, sources: &Sources, outcome: &Outcome) {
        if let Some(script) = self.script {
            let _ = self.replace(&self.bytes(script, sources, outcome));
        }
    }

    fn bytes(&self, script: &str, sources: &Sources, outcome: &Outcome) -> Vec<u8> {
        let Outcome { warnings, outputs } = outcome;
        let mut bytes = self.head(script, sources);
        put_length(&mut bytes, warnings.len());
        for warning in warnings {
            put_text(&mut bytes, warning);
        }
        put_length(&mut bytes, outputs.len());
        for Output { path, text } in outputs {
            put_text(&mut bytes, path);
            put_text(&mut bytes, text);
        }
        bytes.extend_from_slice(END);
        bytes
    }

    /// All that the outcome depends on.
    fn head(&self, script: &str, sources: &Sources) -> Vec<u8> {
        let mut bytes = Vec::new();
        put_text(&mut bytes, FORMAT);
        put_text(&mut bytes, script);
        put_length(&mut bytes, usize::from(self.inline));
        sources.write_identity(&mut bytes);
        bytes
    }

    /// Two builds at once, or one that is stopped, leave a whole stamp.
    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let temporary = self
            .path
            .with_extension(format!("{}.tmp", std::process::id()));
        let placed = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, &self.path));
        if placed.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        placed
    }
}

/// The name of the stamp in `OUT_DIR`.
pub(crate) const FILE: &str = "eventc-stamp";

/// What a stamp begins with; another one for another layout.
const FORMAT: &str = "eventc-stamp 1";

/// What a whole stamp ends with.
const END: &[u8] = b"end of the stamp";

fn put_length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend_from_slice(&(length as u64).to_le_bytes());
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_length(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    let (length, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    usize::try_from(u64::from_le_bytes(*length)).ok()
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take_length(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}
