//! Names of files that every disk takes, whatever things are called.

use std::collections::BTreeMap;

use super::super::postgres::fingerprint::of_text;
use crate::catalog::{Catalog, Thing};

/// The most bytes of a name that are kept. Disks take 255, with the ending.
const LONGEST: usize = 150;

/// So much of the end of a fingerprint tells names apart.
const HASH: usize = 12;

/// Names that Windows keeps for devices, whatever follows a dot behind them; with `com1` and `lpt1` and so on.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The names of files, by things.
pub(super) struct Names(BTreeMap<Thing, String>);

impl Names {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let mut alike: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let things: Vec<_> = Thing::all(catalog)
            .into_iter()
            .map(|thing| (thing, thing.name(catalog)))
            .collect();
        for (thing, name) in &things {
            *alike.entry(key(*thing, name)).or_default() += 1;
        }
        let names = things.into_iter().map(|(thing, name)| {
            let is_alone = alike.get(&key(thing, &name)) == Some(&1);
            (thing, file_name(&name, is_alone))
        });
        Self(names.collect())
    }

    /// The path of the page of a thing, from the folder of the site.
    pub(super) fn path(&self, thing: Thing) -> String {
        let name = self.0.get(&thing).map_or("", String::as_str);
        format!("{}s/{name}.html", thing.kind())
    }
}

/// What is the same for two names that are one where disks do not tell `Sku` from `SKU`.
fn key(thing: Thing, name: &str) -> (&'static str, String) {
    (thing.kind(), name.to_ascii_lowercase())
}

/// The name itself where that will do. No name of the schema has a `-` or begins with `_`, so what is added is added to no other.
pub(in crate::targets) fn file_name(name: &str, is_alone: bool) -> String {
    let mut file = String::new();
    if is_device(name) {
        file.push('_');
    }
    // Names are ASCII.
    file.push_str(name.get(..LONGEST).unwrap_or(name));
    if !is_alone || name.len() > LONGEST {
        file.push('-');
        let hash = of_text(name);
        file.push_str(hash.get(hash.len().saturating_sub(HASH)..).unwrap_or(&hash));
    }
    file
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_port =
        port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    is_port || DEVICES.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_disk_takes_the_names() {
        assert_eq!(file_name("billing.Money", true), "billing.Money");
        assert_eq!(file_name("aux.page", true), "_aux.page");
        assert_eq!(file_name("lpt1", true), "_lpt1");
        assert_eq!(file_name("common", true), "common");
        assert_ne!(
            file_name("Sku", false).to_lowercase(),
            file_name("SKU", false).to_lowercase()
        );
        let long = "a".repeat(400);
        assert_eq!(file_name(&long, true).len(), LONGEST + 1 + HASH);
    }
}
