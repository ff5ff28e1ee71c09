//! One object of a message, being taken apart.

use crate::node::{Message, Node, Object};
use crate::reason::Reason;
use crate::record::{Field, Record, Role, Table};
use crate::refusal::Refusal;
use crate::value::Value;

/// The members of one object, from which a [`Record`] takes its fields.
pub struct Members<'de> {
    object: Object<'de>,
    /// Where the next member probably is: producers write fields in order.
    next: usize,
}

impl<'de> Members<'de> {
    /// Takes a whole object apart: refuses one in which a member stands twice, be it one that nobody takes.
    pub(crate) fn read<T>(
        object: Object<'de>,
        read: fn(&mut Self) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut members = Members::new(object)?;
        let value = read(&mut members)?;
        members.finish()?;
        Ok(value)
    }

    fn new(object: Object<'de>) -> Result<Self, Refusal> {
        object.refuse_duplicate_members()?;
        Ok(Members { object, next: 0 })
    }

    /// Looks into what nobody took.
    fn finish(&self) -> Result<(), Refusal> {
        self.object.members.iter().try_for_each(|(name, ignored)| {
            ignored
                .refuse_duplicates()
                .map_err(|refusal| refusal.hidden().within(name.clone().into_owned()))
        })
    }

    /// Takes the value of a field.
    ///
    /// # Errors
    ///
    /// If it is required and neither there nor backfilled, or not of its type.
    pub fn take<T: Value>(&mut self, field: &'static Field) -> Result<T, Refusal> {
        let result = match self.remove(field.wire) {
            Some(node) if !matches!(node, Node::Null) => T::read(node),
            found => absent(field, self.object.message, found.is_some()),
        };
        result.map_err(|refusal| {
            let refusal = if field.pii.is_some() {
                refusal.hidden()
            } else {
                refusal
            };
            refusal.within(field.wire)
        })
    }

    /// Takes the members of a header or of a context.
    ///
    /// # Errors
    ///
    /// If one of them is refused.
    pub fn flat<T: Record>(&mut self) -> Result<T, Refusal> {
        T::read(self)
    }

    /// Takes the members of an optional context: it is there if any member of it is there and not null.
    ///
    /// # Errors
    ///
    /// If the context is there and one of its members is refused.
    pub fn flat_optional<T: Record>(&mut self) -> Result<Option<T>, Refusal> {
        if self.has_any(T::TABLE) {
            T::read(self).map(Some)
        } else {
            Ok(None)
        }
    }

    fn has_any(&self, table: &Table) -> bool {
        table.fields.iter().any(|field| match field.role {
            Role::Member => self
                .object
                .members
                .iter()
                .any(|(name, node)| name == field.wire && !matches!(node, Node::Null)),
            // A table does not say what a context in a context consists of, and contexts hold no contexts.
            Role::Flat => false,
        })
    }

    /// Takes a member out, null or not.
    pub(crate) fn remove(&mut self, wire: &str) -> Option<Node<'de>> {
        let members = &mut self.object.members;
        let expected = members.get(self.next).is_some_and(|(name, _)| name == wire);
        let index = if expected {
            self.next
        } else {
            members.iter().position(|(name, _)| name == wire)?
        };
        self.next = index + 1;
        members
            .get_mut(index)
            .map(|(_, node)| std::mem::replace(node, Node::Null))
    }
}

/// The value of a field that is missing or null.
fn absent<T: Value>(field: &'static Field, message: Message, null: bool) -> Result<T, Refusal> {
    // a backfill is for messages that were written before the field was
    if let Some(backfill) = field.backfill
        && message.version < backfill.since.min(message.current)
    {
        let mut node = Node::json(backfill.json.as_bytes())
            .map_err(|refusal| Refusal::new(format!("its backfill is no value: {refusal}")))?;
        node.written(message);
        return T::read(node);
    }
    // an optional field may be missing, and null is missing
    T::absent().ok_or_else(|| {
        if null {
            Refusal::expected(T::EXPECTED, &Node::Null)
        } else {
            Reason::nothing(T::EXPECTED).into()
        }
    })
}
