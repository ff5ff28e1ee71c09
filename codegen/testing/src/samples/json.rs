//! JSON of any shape.

use serde_json::{Map, Value};

use super::Samples;

/// Objects and lists stand in each other this deep.
const DEPTH: usize = 4;

impl Samples<'_> {
    /// A value that is not `null` where it stands alone: a member that is `null` is not there.
    pub(super) fn json(&mut self, depth: usize) -> Value {
        let kinds = if depth < DEPTH { 8 } else { 6 };
        match self.random.u8(..kinds) {
            0 if depth > 0 => Value::Null,
            0 | 1 => self.random.bool().into(),
            2 => self.random.i64(..).into(),
            3 => [0, u64::MAX, 1 << 53, (1 << 53) + 1][self.random.usize(..4)].into(),
            4 => self.double(&Default::default()),
            5 => self.text((None, None)).into(),
            6 => {
                let count = self.random.usize(..4);
                (0..count).map(|_| self.json(depth + 1)).collect()
            }
            _ => {
                let count = self.random.usize(..4);
                let mut members = Map::new();
                for _ in 0..count {
                    let name = self.text((None, Some(12)));
                    members.insert(name, self.json(depth + 1));
                }
                Value::Object(members)
            }
        }
    }
}
