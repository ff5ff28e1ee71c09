//! What the last run found out, kept in `OUT_DIR`, so that a run over the same schema has nothing to compile.
//!
//! What is generated is a function of the schema's bytes and of the compiler. The stamp holds all of them, and what came
//! of them. All is compared byte for byte, so a stamp cannot be mistaken about a change; and what it says is
//! believed only where the generated files say the same, so one that was damaged costs a compilation and no more.

use std::fs;
use std::io::{self, BufWriter, Write};
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
        let bytes = fs::read(&self.path).ok()?;
        let mut head = Vec::new();
        self.put_head(&mut head, self.script?, sources).ok()?;
        let mut rest = bytes.strip_prefix(head.as_slice())?;
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
    /// Where that is impossible, the next run compiles again: no reason to fail. Two builds at once, or
    /// one that is stopped, leave a whole stamp.
    pub(crate) fn write(&self, sources: &Sources, outcome: &Outcome) {
        let Some(script) = self.script else { return };
        let temporary = self
            .path
            .with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::File::create(&temporary)
            .and_then(|file| self.put(BufWriter::new(file), script, sources, outcome))
            .and_then(|()| fs::rename(&temporary, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
    }

    fn put(
        &self,
        mut to: impl Write,
        script: &str,
        sources: &Sources,
        outcome: &Outcome,
    ) -> io::Result<()> {
        let Outcome { warnings, outputs } = outcome;
        self.put_head(&mut to, script, sources)?;
        put_length(&mut to, warnings.len())?;
        for warning in warnings {
            put_text(&mut to, warning)?;
        }
        put_length(&mut to, outputs.len())?;
        for Output { path, text } in outputs {
            put_text(&mut to, path)?;
            put_text(&mut to, text)?;
        }
        to.write_all(END)?;
        to.flush()
    }

    /// All that the outcome depends on.
    fn put_head(&self, to: &mut impl Write, script: &str, sources: &Sources) -> io::Result<()> {
        put_text(to, FORMAT)?;
        put_text(to, script)?;
        put_length(to, usize::from(self.inline))?;
        sources.write_identity(to)
    }
}

/// The name of the stamp in `OUT_DIR`.
pub(crate) const FILE: &str = "eventc-stamp";

/// What a stamp begins with; another one for another layout.
const FORMAT: &str = "eventc-stamp 1";

/// What a whole stamp ends with.
const END: &[u8] = b"end of the stamp";

fn put_length(to: &mut impl Write, length: usize) -> io::Result<()> {
    to.write_all(&(length as u64).to_le_bytes())
}

fn put_text(to: &mut impl Write, text: &str) -> io::Result<()> {
    put_length(to, text.len())?;
    to.write_all(text.as_bytes())
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
