//! What is around a place, where the file has mistakes that hide it: the lines that lead to it by their indentation.

/// A text of those lines alone, with a mark in the place of a word. What the line of the word has open is closed behind it.
pub(super) fn with_mark(before: &str, mark: &str) -> String {
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let (above, line) = before.split_at_checked(start).unwrap_or(("", before));
    let mut lines = vec![format!("{line}{mark}{}", closing(line))];
    let mut indent = indentation(line);
    for line in above.lines().rev() {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') || indentation(line) >= indent {
            continue;
        }
        indent = indentation(line);
        // Its value is not what leads on.
        let key = line.find(": ").and_then(|colon| line.get(..=colon));
        lines.push(key.unwrap_or(line).to_owned());
    }
    lines.reverse();
    lines.join("\n")
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The brackets and the quote that close what a line has open.
fn closing(line: &str) -> String {
    let mut open = Vec::new();
    let mut quote = None;
    let mut last = ' ';
    for c in line.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if matches!(last, ' ' | '[' | '{' | ',') => quote = Some(c),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ']' | '}') => drop(open.pop()),
            (None, _) => {}
        }
        last = c;
    }
    quote.into_iter().chain(open.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_lead_to_a_place_are_kept() {
        let before = "a: [\nevents:\n  one:\n    fields: {\n  two: { x: 'y\n\n  # Three.\n  three:\n    with: [v?\n    fields:\n      b: { type: 'it";
        assert_eq!(
            with_mark(before, "HERE"),
            "events:\n  three:\n    fields:\n      b: { type: 'itHERE'}"
        );
        assert_eq!(with_mark("", "HERE"), "HERE");
        assert_eq!(with_mark("  with: [a, ", "HERE"), "  with: [a, HERE]");
    }
}
