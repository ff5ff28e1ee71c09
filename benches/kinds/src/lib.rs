//! Catalogs of 10, 100 and 1,000 events, and a message of each of the ten that all of them have.
//!
//! It is a crate of its own because rustc takes long for it, and it never changes.

use catalogs::{Catalog, message};

macro_rules! catalogs {
    ($($module:ident $file:literal)*) => {$(
        #[allow(clippy::all, missing_docs)]
        pub mod $module {
            include!(concat!(env!("OUT_DIR"), $file));
        }
    )*};
}

catalogs! {
    ours_10 "/ours_10.rs"
    ours_100 "/ours_100.rs"
    ours_1000 "/ours_1000.rs"
    serde_10 "/serde_10.rs"
    serde_100 "/serde_100.rs"
}

/// A message of each event that all catalogs have.
pub fn messages() -> Vec<Vec<u8>> {
    let catalog = Catalog::new(10);
    catalog
        .events()
        .map(|(area, event)| message::render(&catalog, area, event).into_bytes())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalog_reads_every_message() {
        for message in messages() {
            let text = String::from_utf8_lossy(&message);
            let names = [
                ours_10::Events::decode(&message).unwrap().name(),
                ours_100::Events::decode(&message).unwrap().name(),
                ours_1000::Events::decode(&message).unwrap().name(),
            ];
            assert!(names.iter().all(|name| text.contains(name)), "{names:?}");
            serde_json::from_slice::<serde_10::Event>(&message).unwrap();
            serde_json::from_slice::<serde_100::Event>(&message).unwrap();
        }
    }
}
