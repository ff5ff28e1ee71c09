//! A short name for what a table is.

use std::fmt::Write as _;

use super::model::{Method, Table};

/// Names what decides which rows a table takes, and where: the same for tables that differ in the order of their columns,
/// in their descriptions, or in how long they keep rows.
pub(super) fn fingerprint(table: &Table) -> String {
    let mut facts: Vec<String> = Vec::new();
    for column in &table.columns {
        let required = if column.required { " not null" } else { "" };
        let default = column.default.as_deref().unwrap_or("");
        facts.push(format!(
            "column {:?} {}{required} {default}",
            column.name, column.ty
        ));
    }
    for check in &table.checks {
        facts.push(format!("check {:?} {}", check.name, check.condition));
    }
    facts.sort();
    let mut text = facts.join("\n");
    for level in &table.levels {
        // Values that are known are partitions, and not part of the table.
        let count = match level.method {
            Method::Hash(buckets) => buckets,
            Method::Range(_) | Method::List(_) => 0,
        };
        let unit = match level.method {
            Method::Range(unit) => unit.name(),
            Method::Hash(_) | Method::List(_) => "",
        };
        let keyword = level.method.keyword();
        let _ = write!(text, "\nby {keyword} {:?} {count} {unit}", level.column);
    }
    let _ = write!(text, "\nkey {:?}", table.primary_key);
    of_text(&text)
}

/// Names a text.
pub(in crate::targets) fn of_text(text: &str) -> String {
    format!("{:032x}", fnv1a(text.as_bytes()))
}

/// FNV-1a of 128 bits: it tells apart what differs by mistake, which is all that is asked of it.
fn fnv1a(bytes: &[u8]) -> u128 {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for byte in bytes {
        hash ^= u128::from(*byte);
        hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    hash
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(super::fnv1a(b""), 0x6c62272e07bb014262b821756295c58d);
        assert_eq!(super::fnv1a(b"foobar"), 0x343e1662793c64bf6f0d3597ba446f18);
    }
}
