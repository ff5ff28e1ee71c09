//! The values that hold others.

use std::collections::BTreeMap;

use crate::members::Members;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::value::{Each, List, Map, MapKey, Value, ValueRef};

impl<T: Value> Value for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn get(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Absent, Value::get)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match node {
            Node::Null => Ok(None),
            other => T::read(other).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn flat(members: &mut Members<'_>, optional: bool) -> Result<Option<Self>, Refusal> {
        T::flat(members, optional).map(Some)
    }
}

impl<T: Value> Value for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn get(&self) -> ValueRef<'_> {
        T::get(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        T::read(node).map(Box::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Box::new)
    }
}

impl<T: Value> Value for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::List(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match node {
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    list.push(T::read(item).map_err(|refusal| refusal.at(index))?);
                }
                Ok(list)
            }
            other => Err(Refusal::expected(Self::EXPECTED, &other)),
        }
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn item(&self, index: usize) -> ValueRef<'_> {
        self.as_slice()
            .get(index)
            .map_or(ValueRef::Absent, Value::get)
    }
}

impl<K: MapKey + Ord, V: Value> Value for BTreeMap<K, V> {
    const EXPECTED: &'static str = "an object";

    fn get(&self) -> ValueRef<'_> {
        ValueRef::Map(self)
    }

    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        match node {
            Node::Map(object) => {
                let members = object.into_members().map_err(|refusal| {
                    if K::SENSITIVE {
                        refusal.hidden()
                    } else {
                        refusal
                    }
                })?;
                // Not collected: that sorts them in a list of their own first, and mostly they are few.
                let mut map = BTreeMap::new();
                for (name, value) in members {
                    let read = || Ok((K::from_map_key(&name)?, V::read(value)?));
                    let (key, value) =
                        read().map_err(|refusal: Refusal| refusal.under(&name, K::SENSITIVE))?;
                    map.insert(key, value);
                }
                Ok(map)
            }
            other => Err(Refusal::expected(Self::EXPECTED, &other)),
        }
    }
}

impl<K: MapKey + Ord, V: Value> Map for BTreeMap<K, V> {
    fn len(&self) -> usize {
        BTreeMap::len(self)
    }

    fn sensitive_keys(&self) -> bool {
        K::SENSITIVE
    }

    fn each<'a>(&'a self, each: &mut Each<'a, '_>) -> Result<(), Refusal> {
        self.iter()
            .try_for_each(|(key, value)| each(key.map_key(), value.get()))
    }
}
