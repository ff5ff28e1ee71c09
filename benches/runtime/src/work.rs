//! What is measured: one line for each thing that somebody does.

pub(crate) mod by_name;
mod decoding;
mod encoding;
mod making;
mod placing;

use std::error::Error;
use std::hint::black_box;

/// Does something so many times.
pub(crate) type Run = Box<dyn FnMut(usize)>;

/// Something that somebody does.
pub(crate) struct Work {
    /// Who does it, and how.
    pub(crate) name: &'static str,
    /// Makes all that it needs beforehand.
    pub(crate) prepare: fn() -> Result<Run, Box<dyn Error>>,
}

/// Things that are compared.
pub(crate) struct Group {
    /// The marker on the page.
    pub(crate) slug: &'static str,
    /// The first of them is what the others are compared with.
    pub(crate) works: &'static [Work],
}

/// All of it.
pub(crate) static GROUPS: [Group; 9] = [
    making::EVENT,
    making::HEADER,
    encoding::FRESH,
    encoding::REUSED,
    decoding::IN_ORDER,
    decoding::SHUFFLED,
    by_name::KINDS,
    placing::PLACE,
    placing::PATH,
];

/// The name of what we do, where there is more than one way.
pub(crate) const OURS: &str = "**eventc**";
/// What ratios are to.
pub(crate) const FLAT: &str = "serde_json over derive, flat";
/// With the header as ours.
pub(crate) const FLATTEN: &str = "serde_json over derive, `flatten`";
/// Ours by the impls of serde.
pub(crate) const THROUGH_SERDE: &str = "eventc's types through serde_json";
/// Another parser and writer under the same derives.
pub(crate) const SONIC: &str = "sonic-rs over derive, flat";
/// Another format.
pub(crate) const PROST: &str = "prost, binary";
/// Made by the macro.
pub(crate) const MACRO: &str = "**eventc**, `event!`";
/// Made without it.
pub(crate) const LITERAL: &str = "**eventc**, the literal";

const fn work(name: &'static str, prepare: fn() -> Result<Run, Box<dyn Error>>) -> Work {
    Work { name, prepare }
}

/// Repeats it; what it makes is made in full, and dropped.
fn each<T>(mut once: impl FnMut() -> T + 'static) -> Result<Run, Box<dyn Error>> {
    Ok(Box::new(move |times| {
        for _ in 0..times {
            black_box(&once());
        }
    }))
}

/// The work at `SLUG/PLACE`, where the places of a group are counted from 1.
pub(crate) fn find(path: &str) -> Option<&'static Work> {
    let (slug, place) = path.split_once('/')?;
    let group = GROUPS.iter().find(|group| group.slug == slug)?;
    let place: usize = place.parse().ok()?;
    group.works.get(place.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_done_and_found() {
        for group in &GROUPS {
            for (work, place) in group.works.iter().zip(1..) {
                let found = find(&format!("{}/{place}", group.slug)).unwrap();
                assert_eq!(found.name, work.name);
                (work.prepare)().unwrap()(3);
            }
        }
        assert!(find("encode/0").is_none() && find("encode/99").is_none());
    }
}
