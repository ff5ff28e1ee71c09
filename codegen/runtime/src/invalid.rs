//! What is said when a value does not fit the type that it should become.

use std::borrow::Cow;
use std::fmt;

use crate::node::Node;
use crate::reason::Reason;

/// A value that a type refused to hold: names the rule and what was given instead.
///
/// ```
/// let invalid = "2026-02-30".parse::<eventc::Date>().unwrap_err();
/// assert_eq!(invalid.to_string(), "expected a date like 2026-11-23, found \"2026-02-30\"");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Invalid {
    reason: Reason,
}

impl Invalid {
    /// Refuses for the reason given: lower-case, short, without a full stop.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Reason::Said(reason.into()).into()
    }

    /// Refuses a text: `expected a uuid, found "x"`. The words say what was expected.
    pub fn expected(expected: impl Into<Cow<'static, str>>, found: &str) -> Self {
        Reason::expected(expected, &Node::Str(Cow::Borrowed(found))).into()
    }

    /// The same refusal without the value that was given.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.reason.hide();
        self
    }

    pub(crate) fn into_reason(self) -> Reason {
        self.reason
    }
}

impl From<Reason> for Invalid {
    fn from(reason: Reason) -> Self {
        Invalid { reason }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl fmt::Debug for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invalid({:?})", self.to_string())
    }
}

impl std::error::Error for Invalid {}
