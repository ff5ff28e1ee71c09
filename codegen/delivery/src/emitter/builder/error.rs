//! Why an emitter does not start.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// What an emitter was given cannot work. A store that is down is no such error.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// No folder was given.
    NoSpool,
    /// No sink was given.
    NoSink,
    /// A sink has a name that cannot be that of a file.
    SinkName(String),
    /// Two sinks have the same name.
    SameName(String),
    /// A sink cannot work as it was told to.
    Sink {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A setting of bytes, called so, is less than 64 KiB.
    TooSmall(&'static str),
    /// The folder cannot be used.
    Spool {
        /// Which one.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The system gives the process no more threads.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the emitter can't start: ")?;
        match self {
            StartError::NoSpool => f.write_str(
                "it has no folder to keep events in that are on their way; say `.spool(folder)`",
            ),
            StartError::NoSink => f.write_str(
                "it has no sink, so events would go nowhere; say `.sink(Files::new(folder))`",
            ),
            StartError::SinkName(name) => write!(
                f,
                "a sink is called {name:?}, and its files in the spool would be, too; use letters, digits, `-` and `_`"
            ),
            StartError::SameName(name) => write!(
                f,
                "two sinks are called `{name}`, and would share one cursor; give one of them another name"
            ),
            StartError::Sink { name, reason } => {
                write!(f, "the sink `{name}` can't work: {reason}")
            }
            StartError::TooSmall(setting) => write!(
                f,
                "`{setting}` is less than 64 KiB, in which there is no room for events of some size"
            ),
            StartError::Spool { folder, error } => write!(
                f,
                "the spool {} can't be used, without which events would be lost in a crash: {error}; \
                 give it a folder that the process may write",
                folder.display()
            ),
            StartError::Thread(error) => write!(f, "there is no thread for it: {error}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            StartError::Spool { error, .. } | StartError::Thread(error) => Some(error),
            _ => None,
        }
    }
}
