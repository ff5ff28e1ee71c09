//! Texts that must not be shown, though a server may repeat them.

use std::fmt;

use crate::sink::Fail;

/// What is shorter is no key, and is found in texts that have nothing to do with it.
const SHORTEST: usize = 8;

/// Values of headers, and passwords.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// A value, and each word of it: `Bearer` is not what is secret of `Bearer 4711…`.
    pub(super) fn add(&mut self, value: &str) {
        let is_long = |text: &&str| text.len() >= SHORTEST;
        let words = value.split_whitespace();
        let new = std::iter::once(value).chain(words).filter(is_long);
        self.0.extend(new.map(str::to_owned));
    }

    pub(super) fn hide(&self, text: &str) -> String {
        let hide = |text: String, secret: &String| text.replace(secret.as_str(), "…");
        self.0.iter().fold(text.to_owned(), hide)
    }

    pub(super) fn hide_in(&self, fail: Fail) -> Fail {
        match fail {
            Fail::Retry(reason) => Fail::Retry(self.hide(&reason)),
            Fail::RetryAfter(pause, reason) => Fail::RetryAfter(pause, self.hide(&reason)),
            Fail::Reject { index, reason } => Fail::Reject {
                index,
                reason: self.hide(&reason),
            },
            Fail::RejectWhole(reason) => Fail::RejectWhole(self.hide(&reason)),
            Fail::AllBut(rejected) => {
                let hide = |(index, reason): (usize, String)| (index, self.hide(&reason));
                Fail::AllBut(rejected.into_iter().map(hide).collect())
            }
            Fail::Fewer(most) => Fail::Fewer(most),
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
