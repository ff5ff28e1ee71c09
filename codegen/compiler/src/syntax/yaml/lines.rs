//! Lines and their indentation: where to go on after a mistake. Nothing here knows more of YAML than that.

/// Where the line of an offset begins.
pub(super) fn start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// Where the line below that of an offset begins; the end of the text where there is none.
pub(super) fn after(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    rest.find(['\n', '\r'])
        .map_or(text.len(), |end| offset + end + 1)
}

/// How many spaces stand before a line that begins at an offset.
pub(super) fn indentation(text: &str, start: usize) -> usize {
    let line = text.get(start..).unwrap_or("");
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line stands below what is indented so far. What a tab is in front of, is.
pub(super) fn is_deeper(text: &str, start: usize, column: usize) -> bool {
    let spaces = indentation(text, start);
    let rest = text.get(start + spaces..).unwrap_or("");
    spaces > column || rest.starts_with('\t')
}

/// The lines from the start of one on, each with where it begins.
fn from(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.get(start..).unwrap_or("").split(['\n', '\r']);
    lines.scan(start, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    })
}

/// The next line that says something.
pub(super) fn next(text: &str, start: usize) -> Option<usize> {
    let mut says_something = from(text, start).filter(|(_, line)| !is_blank(line));
    says_something.next().map(|(start, _)| start)
}

/// Whether a line among some says something and is indented by at most so many spaces.
pub(super) fn has_line_within(text: &str, lines: std::ops::Range<usize>, most: usize) -> bool {
    from(text, lines.start)
        .take_while(|&(start, _)| start < lines.end)
        .any(|(start, line)| !is_blank(line) && indentation(text, start) <= most)
}

/// The next line that begins an entry and is indented by at most so many spaces.
pub(super) fn next_entry(text: &str, start: usize, most: usize) -> Option<usize> {
    let mut lines = from(text, start);
    let is_entry = |&(start, line): &(usize, &str)| {
        is_entry(line.trim_start_matches(' ')) && indentation(text, start) <= most
    };
    lines.find(is_entry).map(|(start, _)| start)
}

/// Where the lines end that are indented at least as far as the one that begins at an offset.
pub(super) fn end_of_block(text: &str, start: usize) -> usize {
    let least = indentation(text, start);
    // Without indentation nothing is less.
    let outer = from(text, start)
        .skip(1)
        .take_while(|_| least > 0)
        .find(|&(start, line)| !is_blank(line) && indentation(text, start) < least);
    outer.map_or(text.len(), |(start, _)| start)
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    line.is_empty() || line.starts_with('#')
}

/// Whether a line begins with a key and its `:`.
fn is_entry(line: &str) -> bool {
    let is_part =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '?' | '-' | '.' | '/' | '\'' | '"');
    let rest = line.trim_start_matches(is_part);
    let is_key = rest.len() < line.len() && !line.starts_with("---");
    is_key
        && rest
            .strip_prefix(':')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}
