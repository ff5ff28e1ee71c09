//! Catalogs of 10, 100 and 1,000 events, and a message of each of the ten that all of them have.
//!
//! It is a crate of its own because rustc takes long for it, and it never changes.

use std::hint::black_box;

use catalogs::{Catalog, message};

/// A module of a catalog, and a function that decodes a message, drops what it has made, and says whether it went well. All that
/// is generic in them is compiled here.
macro_rules! catalogs {
    ($($module:ident $decode:ident $file:literal $read:expr;)*) => {$(
        #[allow(clippy::all, missing_docs, unreachable_pub)]
        pub mod $module {
            include!(concat!(env!("OUT_DIR"), $file));
        }

        /// Decodes a message by its name.
        #[inline(never)]
        pub fn $decode(message: &[u8]) -> bool {
            let decode = $read;
            black_box(&decode(message)).is_ok()
        }
    )*};
}

catalogs! {
    ours_10 decode_ours_10 "/ours_10.rs" ours_10::Events::decode;
    ours_100 decode_ours_100 "/ours_100.rs" ours_100::Events::decode;
    ours_1000 decode_ours_1000 "/ours_1000.rs" ours_1000::Events::decode;
    serde_10 decode_serde_10 "/serde_10.rs" serde_json::from_slice::<serde_10::Event>;
    serde_100 decode_serde_100 "/serde_100.rs" serde_json::from_slice::<serde_100::Event>;
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
            let decoded = ours_1000::Events::decode(&message).unwrap();
            assert!(text.contains(decoded.name()), "{text}");
            assert!(decode_ours_10(&message), "{text}");
            assert!(decode_ours_100(&message), "{text}");
            assert!(decode_ours_1000(&message), "{text}");
            assert!(decode_serde_10(&message), "{text}");
            assert!(decode_serde_100(&message), "{text}");
        }
        assert!(!decode_ours_10(b"{}") && !decode_serde_10(b"{}"));
    }
}
