//! One object of a message, being taken apart.

use std::slice::Iter;

use crate::fields::Fields;
use crate::node::{Message, Node, Object};
use crate::reason::Reason;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::table::{Field, Role, Table};
use crate::value::Value;

/// The members of one object, from which a record takes its fields.
pub struct Members<'de> {
    object: Object<'de>,
    /// Where the next member probably is: producers write fields in order.
    next: usize,
    /// How many were taken, each of which has a name that no other has.
    taken: usize,
}

/// The members of an object, and the fields that are still to be taken from them.
pub struct Taking<'a, 'de> {
    members: &'a mut Members<'de>,
    fields: Iter<'static, Field>,
}

impl<'de> Members<'de> {
    /// Takes a whole object apart: refuses one in which a member stands twice, be it one that nobody takes.
    pub(crate) fn read<T>(
        object: Object<'de>,
        read: fn(&mut Self) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut members = Members {
            object,
            next: 0,
            taken: 0,
        };
        let value = read(&mut members)?;
        members.finish()?;
        Ok(value)
    }

    /// Looks into what nobody took.
    fn finish(self) -> Result<(), Refusal> {
        // Names that fields have differ, so what was taken to the last one had no name twice.
        if self.taken == self.object.members.len() {
            return Ok(());
        }
        self.object.refuse_duplicate_members()?;
        self.object.members.iter().try_for_each(|(name, ignored)| {
            ignored
                .refuse_duplicates()
                .map_err(|refusal| refusal.hidden().within(name.clone().into_owned()))
        })
    }

    /// Takes the fields of a record.
    pub(crate) fn record<T: Record>(&mut self) -> Result<T, Refusal> {
        let mut taking = Taking {
            members: self,
            fields: T::TABLE.fields.iter(),
        };
        T::Fields::take(&mut taking).map(T::from_fields)
    }

    /// Whether any member of a context is there and not null.
    pub(crate) fn has_any(&self, table: &Table) -> bool {
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

    /// Takes the member that stands next, if it is the one and not null: producers write fields in order.
    #[inline]
    fn expected(&mut self, wire: &str) -> Option<Node<'de>> {
        let (name, node) = self.object.members.get_mut(self.next)?;
        if name != wire || matches!(node, Node::Null) {
            return None;
        }
        self.next += 1;
        self.taken += 1;
        Some(std::mem::replace(node, Node::Null))
    }

    /// Takes a member out wherever it stands, null or not.
    pub(crate) fn remove(&mut self, wire: &str) -> Option<Node<'de>> {
        self.expected(wire).or_else(|| self.find(wire))
    }

    /// The same where it is not the one that stands next, or is null.
    fn find(&mut self, wire: &str) -> Option<Node<'de>> {
        let mut members = self.object.members.iter_mut().enumerate();
        let (index, (_, node)) = members.find(|(_, (name, _))| name == wire)?;
        self.next = index + 1;
        self.taken += 1;
        Some(std::mem::replace(node, Node::Null))
    }

    /// Notes on every object, so that the backfills of nested records know it, which version wrote the message.
    pub(crate) fn written(&mut self, message: Message) {
        self.object.message = message;
        // the objects in it have to know the version only where it is not the present one
        if message.version < message.current {
            for (_, member) in &mut self.object.members {
                member.written(message);
            }
        }
    }
}

impl Taking<'_, '_> {
    /// Takes the next field.
    ///
    /// # Errors
    ///
    /// If it is required and neither there nor backfilled, or not of its type.
    pub fn take<T: Value>(&mut self) -> Result<T, Refusal> {
        let Some(field) = self.fields.next() else {
            return Err(Refusal::new("a table has fewer fields than its record"));
        };
        if field.role == Role::Member
            && let Some(node) = self.members.expected(field.wire)
        {
            return T::read(node).map_err(|refusal| field.refused(refusal));
        }
        self.take_elsewhere(field)
    }

    /// Takes a field that does not stand where it was expected.
    #[inline(never)]
    fn take_elsewhere<T: Value>(&mut self, field: &'static Field) -> Result<T, Refusal> {
        let message = self.members.object.message;
        if field.role == Role::Flat {
            return match T::flat(self.members, !field.required)? {
                Some(value) => Ok(value),
                None => absent(field, message, false),
            };
        }
        match self.members.find(field.wire) {
            Some(node) if !matches!(node, Node::Null) => T::read(node),
            found => absent(field, message, found.is_some()),
        }
        .map_err(|refusal| field.refused(refusal))
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
