//! What is said when a message is not read or written.

use std::borrow::Cow;
use std::fmt;

use crate::invalid::Invalid;
use crate::node::Node;
use crate::reason::Reason;

/// A message, or a part of it, was refused: where, what was expected there and what was found.
///
/// ```
/// let refusal = eventc::Refusal::new("expected a uuid, found 5").within("tenant_id");
/// assert_eq!(refusal.to_string(), "tenant_id: expected a uuid, found 5");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Refusal(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    /// Known where the message was one of several events.
    event: Option<&'static str>,
    /// From the inside out: a place is added on the way back to the root.
    path: Vec<Segment>,
    reason: Reason,
}

#[derive(Clone, PartialEq, Eq)]
enum Segment {
    Member(Cow<'static, str>),
    /// The key of a map: a value rather than a name.
    Key(String),
    HiddenKey,
    Index(usize),
}

impl Refusal {
    /// Refuses for the reason given: lower-case, short, without a full stop.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Reason::Said(reason.into()).into()
    }

    /// Refuses a value: `expected a uuid, found 5`. The words say what was expected.
    pub fn expected(expected: impl Into<Cow<'static, str>>, found: &Node<'_>) -> Self {
        Reason::expected(expected, found).into()
    }

    /// The same refusal seen from the object whose member `name` was refused.
    #[must_use]
    pub fn within(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.path.push(Segment::Member(name.into()));
        self
    }

    /// The same refusal seen from the list whose item was refused, counted from 0.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// The same refusal seen from the map whose value under `key` was refused.
    #[must_use]
    pub(crate) fn under(mut self, key: &str, sensitive: bool) -> Self {
        self.0.path.push(if sensitive {
            Segment::HiddenKey
        } else {
            Segment::Key(key.to_owned())
        });
        self
    }

    /// The same refusal without the value that was found, and without the keys of maps.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.0.reason.hide();
        for segment in &mut self.0.path {
            if let Segment::Key(_) = segment {
                *segment = Segment::HiddenKey;
            }
        }
        self
    }

    /// The same refusal of a message that said itself which event it is.
    #[must_use]
    pub(crate) fn of_event(mut self, name: &'static str) -> Self {
        self.0.event = Some(name);
        self
    }

    /// The event that was refused, where one of several was read and the message named it.
    #[must_use]
    pub fn event(&self) -> Option<&'static str> {
        self.0.event
    }

    /// Where it was, from the root: `lines[2].sku`; empty if it is the message itself.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Member(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Segment::Key(key) => path.push_str(&format!("[{key:?}]")),
                Segment::HiddenKey => path.push_str("[…]"),
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// What was expected and what was found, without the path.
    #[must_use]
    pub fn reason(&self) -> String {
        self.0.reason.to_string()
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Refusal(Box::new(Inner {
            event: None,
            path: Vec::new(),
            reason,
        }))
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        invalid.into_reason().into()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(event) = self.0.event {
            write!(f, "event `{event}`: ")?;
        }
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        write!(f, "{}", self.0.reason)
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({:?})", self.to_string())
    }
}

impl std::error::Error for Refusal {}
