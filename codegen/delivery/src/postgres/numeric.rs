//! Decimal numbers as PostgreSQL sends and receives them: digits to the base of 10,000 on both sides of the point.

/// The sign of what is less than zero.
const NEGATIVE: u16 = 0x4000;

/// Digits of the base 10 in one of the base 10,000.
const GROUP: usize = 4;

/// Writes a number like `-12.50`, without its length. None, and nothing of use written, if it is none.
pub(super) fn write(text: &str, out: &mut Vec<u8>) -> Option<()> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (NEGATIVE, digits),
        None => (0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let mut groups: Vec<u16> = Vec::with_capacity((whole.len() + fraction.len()) / GROUP + 2);
    let (head, rest) = whole.split_at_checked(whole.len() % GROUP)?;
    if !head.is_empty() {
        groups.push(value(head.as_bytes()));
    }
    groups.extend(rest.as_bytes().chunks(GROUP).map(value));
    let mut weight = i16::try_from(groups.len()).ok()? - 1;
    groups.extend(fraction.as_bytes().chunks(GROUP).map(|group| {
        let missing = u32::try_from(GROUP - group.len()).unwrap_or(0);
        value(group) * 10_u16.pow(missing)
    }));
    let zeros = groups.iter().take_while(|group| **group == 0).count();
    groups.drain(..zeros);
    weight -= i16::try_from(zeros).ok()?;
    while groups.last() == Some(&0) {
        groups.pop();
    }
    let is_zero = groups.is_empty();
    out.extend(i16::try_from(groups.len()).ok()?.to_be_bytes());
    out.extend(if is_zero { 0 } else { weight }.to_be_bytes());
    out.extend(if is_zero { 0 } else { sign }.to_be_bytes());
    out.extend(u16::try_from(fraction.len()).ok()?.to_be_bytes());
    out.extend(groups.iter().flat_map(|group| group.to_be_bytes()));
    Some(())
}

fn value(digits: &[u8]) -> u16 {
    let fold = |value, digit: &u8| value * 10 + u16::from(digit - b'0');
    digits.iter().fold(0, fold)
}

#[cfg(test)]
mod tests {
    use super::write;

    /// `digits, weight, sign, scale | groups`
    fn written(text: &str) -> Option<(Vec<u16>, i16, u16, u16)> {
        let mut out = Vec::new();
        write(text, &mut out)?;
        let words: Vec<u16> = out
            .chunks(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        assert_eq!(usize::from(words[0]), words.len() - 4);
        Some((words[4..].to_vec(), words[1] as i16, words[2], words[3]))
    }

    #[test]
    fn groups_stand_on_both_sides_of_the_point() {
        for (text, groups, weight, sign, scale) in [
            ("0", vec![], 0, 0, 0),
            ("-0.00", vec![], 0, 0, 2),
            ("1", vec![1], 0, 0, 0),
            ("-12.50", vec![12, 5000], 0, 0x4000, 2),
            ("12345.00001", vec![1, 2345, 0, 1000], 1, 0, 5),
            ("10000", vec![1], 1, 0, 0),
            ("0.00001234", vec![1234], -2, 0, 8),
            ("0.5", vec![5000], -1, 0, 1),
            (
                "18446744073709551615",
                vec![1844, 6744, 737, 955, 1615],
                4,
                0,
                0,
            ),
        ] {
            assert_eq!(written(text), Some((groups, weight, sign, scale)), "{text}");
        }
        for text in ["", "-", "1e5", "1,5", ".5", "--1", "1.2.3", " 1", "٣"] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
