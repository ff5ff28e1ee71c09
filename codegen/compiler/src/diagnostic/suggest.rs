//! "Did you mean": the known name that a wrong one most likely stood for.

/// The nearest of `candidates` to `found`, if one is near enough.
///
/// First the name that differs only in case, `_` and `-` (`retentionDays`), then the one the fewest
/// typing mistakes away (at most a third of its length, and one in four letters), then one that `found` begins or that begins
/// with it (`req`). Distance alone misses prefixes; similarity scores misrank short words.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = Folded::new(found);
    let ranked = candidates
        .into_iter()
        .filter_map(|candidate| Some((found.rank(&Folded::new(candidate))?, candidate)));
    ranked.min().map(|(_, candidate)| candidate)
}

/// Whether two names are one but for their case, `_` and `-`.
pub(crate) fn differs_in_case(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// A name without what people get wrong most: ready to be compared with many others.
pub(crate) struct Folded {
    text: String,
    /// In characters.
    length: usize,
}

/// How near two names are; the least is the nearest.
pub(crate) type Rank = (u8, usize);

impl Folded {
    pub(crate) fn new(name: &str) -> Self {
        let text = fold(name);
        let length = length(&text);
        Self { text, length }
    }

    /// How near a known name is to this one, if it is near enough.
    pub(crate) fn rank(&self, candidate: &Self) -> Option<Rank> {
        let (one, other) = (self.length, candidate.length);
        // What is that long was not misspelt, and distances cost the product of two lengths.
        if one > LONGEST || other > LONGEST {
            return None;
        }
        let close = if one.min(other) <= 4 {
            1
        } else {
            one.max(other) / 3
        };
        let (found, candidate) = (self.text.as_str(), candidate.text.as_str());
        let prefix =
            found.len() >= 3 && (candidate.starts_with(found) || found.starts_with(candidate));
        // Two names are at least as far apart as their lengths: most of a large schema need no closer look.
        if one.abs_diff(other) > close && !prefix {
            return None;
        }
        let distance = strsim::osa_distance(found, candidate);
        if candidate == found {
            Some((0, 0))
        } else if distance <= close && distance < other {
            Some((1, distance))
        } else if prefix && !candidate.is_empty() {
            Some((2, distance))
        } else {
            None
        }
    }
}

/// Names that are compared have at most so many characters.
const LONGEST: usize = 64;

fn length(name: &str) -> usize {
    if name.is_ascii() {
        name.len()
    } else {
        name.chars().count()
    }
}

/// A name without its case, `_` and `-`.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() {
        let mut folded = name.replace(['_', '-'], "");
        folded.make_ascii_lowercase();
        return folded;
    }
    name.chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        let keys = [
            "description",
            "required",
            "retain",
            "fields",
            "partition",
            "pii",
            "key",
        ];
        assert_eq!(nearest("descripton", keys), Some("description"));
        assert_eq!(nearest("Pii", keys), Some("pii"));
        assert_eq!(nearest("feilds", keys), Some("fields"));
        assert_eq!(nearest("req", keys), Some("required"));
        assert_eq!(nearest("partitioned_by", keys), Some("partition"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("x", keys), None);
        assert_eq!(nearest("team", ["stream", "events"]), None);
        assert_eq!(nearest("uiid", ["uuid"]), Some("uuid"));
    }
}
