//! What can't stand between the quotes of a text in JSON: control characters, quotes and backslashes, looked for in eight bytes at a time.

/// Whether any is among the bytes.
///
/// The last eight are looked at once more rather than what is left one by one: most texts are short.
#[inline]
pub(crate) fn needs_escape(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<8>();
    if words.iter().any(|word| escapes(*word) != 0) {
        return true;
    }
    match (rest, text.last_chunk::<8>()) {
        ([], _) => false,
        (_, Some(last)) => escapes(*last) != 0,
        (_, None) => {
            let mut word = [b' '; 8];
            word.iter_mut()
                .zip(rest)
                .for_each(|(place, byte)| *place = *byte);
            escapes(word) != 0
        }
    }
}

/// How many bytes stand before the first.
// Not inlined: where it is, there are no registers left for its constants.
#[inline(never)]
pub(crate) fn until_escape(text: &[u8]) -> usize {
    let mut rest = text;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let escapes = escapes(*word);
        if escapes != 0 {
            return text.len() - rest.len() + escapes.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let is_escape = |byte: &u8| matches!(byte, ..b' ' | b'"' | b'\\');
    let few = rest.iter().position(is_escape).unwrap_or(rest.len());
    text.len() - rest.len() + few
}

/// Of each byte the highest bit if it is one, from the lowest byte to the first that is; what is above says nothing.
#[inline]
fn escapes(word: [u8; 8]) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = EACH << 7;
    let word = u64::from_le_bytes(word);
    // A byte borrows from the next only if it is itself below what is taken from it, so the first found is one. No byte above 127 is.
    let below = |word: u64, least: u8| word.wrapping_sub(EACH * u64::from(least));
    // With the second bit turned over, the quote comes right after the control characters, and nothing else comes to be before it.
    let controls_and_quotes = below(word ^ (EACH * 2), b' ' + 1);
    let backslashes = below(word ^ (EACH * u64::from(b'\\')), 1);
    (controls_and_quotes | backslashes) & !word & HIGHEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_needs_an_escape_wherever_it_stands() {
        for length in 0..40 {
            for place in 0..length {
                for byte in 0..=255 {
                    let mut text = vec![b'~'; length];
                    text[place] = byte;
                    let escape = byte < b' ' || byte == b'"' || byte == b'\\';
                    let what = format!("{byte} at {place} of {length}");
                    assert_eq!(needs_escape(&text), escape, "{what}");
                    let until = if escape { place } else { length };
                    assert_eq!(until_escape(&text), until, "{what}");
                    text.fill(byte);
                    assert_eq!(needs_escape(&text), escape, "{length} times {byte}");
                    let until = if escape { 0 } else { length };
                    assert_eq!(until_escape(&text), until, "{length} times {byte}");
                }
            }
            assert!(!needs_escape(&vec![b' '; length]));
        }
    }
}
