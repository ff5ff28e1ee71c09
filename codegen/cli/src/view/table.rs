//! Rows of text that fit the terminal.

use eventc_compiler::inert;
use unicode_width::UnicodeWidthStr as _;

/// Cells of the same width for each column, and text behind them.
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    pub(crate) text: String,
}

/// What happens to the text of a row that is too long for its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Long {
    /// It ends with `…`.
    Cut,
    /// It goes on below itself.
    Wrapped,
}

/// A column is at most so wide; what is longer moves the rest of its row.
const WIDEST: usize = 36;

/// Text that has less room than this begins on a line of its own.
const LEAST: usize = 24;

/// The rows with so many spaces before them, in lines of at most `width` columns.
pub(crate) fn table(rows: &[Row], indent: usize, width: Option<usize>, long: Long) -> String {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(column));
        let widths = cells.map(|cell| inert(cell).width());
        widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(widest).collect();
    let before: usize = indent + widths.iter().map(|width| width + 2).sum::<usize>();
    let mut text = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (cell, width) in row.cells.iter().zip(&widths) {
            let cell = inert(cell);
            let gap = width.saturating_sub(cell.width()) + 2;
            line.push_str(&cell);
            line.push_str(&" ".repeat(gap));
        }
        let behind = inert(&row.text);
        match width {
            None => line.push_str(&behind),
            Some(width) if long == Long::Cut => {
                line.push_str(&cut(&behind, width.saturating_sub(line.width())));
            }
            Some(width) => append_wrapped(&mut line, &behind, before, indent, width),
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Adds a text behind the cells of a line, or below them where there is little room.
fn append_wrapped(line: &mut String, text: &str, before: usize, indent: usize, width: usize) {
    if text.is_empty() {
        return;
    }
    let (hanging, is_below) = if width < before + LEAST {
        (indent + 2, true)
    } else {
        (before, line.width() > before)
    };
    let wrapped = wrap(text, hanging, Some(width));
    if is_below {
        let ended = line.trim_end().len();
        line.truncate(ended);
        line.push('\n');
        line.push_str(&wrapped);
    } else {
        line.push_str(wrapped.trim_start());
    }
}

/// A text in lines of at most `width` columns, each with so many spaces before it.
///
/// Words are never broken: a long one has a line to itself, and can be copied from there.
pub(crate) fn wrap(text: &str, indent: usize, width: Option<usize>) -> String {
    let before = " ".repeat(indent);
    let mut lines = vec![before.clone()];
    for word in inert(text).split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let is_first = line.width() == indent;
        let fits = width.is_none_or(|width| line.width() + 1 + word.width() <= width);
        if is_first {
            line.push_str(word);
        } else if fits {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("{before}{word}"));
        }
    }
    lines.join("\n")
}

/// The beginning of a text that has at most `width` columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if short.width() >= width {
            short.pop();
            break;
        }
    }
    if width == 0 {
        short
    } else {
        short.trim_end().to_owned() + "…"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row = |name: &str, ty: &str, text: &str| Row {
            cells: vec![name.to_owned(), ty.to_owned()],
            text: text.to_owned(),
        };
        vec![
            row("id", "uuid", ""),
            row(
                "名前",
                "string",
                "The name\u{202e} of a person, as it stands in a passport.",
            ),
            row(
                "duration",
                "u32 (ms)",
                "From the first byte in to the last byte out.",
            ),
        ]
    }

    #[test]
    fn rows_fit_where_they_stand() {
        for width in 20..120 {
            for long in [Long::Cut, Long::Wrapped] {
                let text = table(&rows(), 2, Some(width), long);
                // What has no room in its cells may stand out; words are not broken.
                let most = width.max(22);
                for line in text.lines() {
                    assert!(line.width() <= most, "{width}: {line}");
                    assert!(!line.ends_with(' '));
                }
            }
        }
    }

    #[test]
    fn texts_go_on_below_themselves_or_end() {
        insta::assert_snapshot!("wrapped", table(&rows(), 2, Some(50), Long::Wrapped));
        insta::assert_snapshot!("narrow", table(&rows(), 2, Some(30), Long::Wrapped));
        insta::assert_snapshot!("cut", table(&rows(), 2, Some(50), Long::Cut));
        insta::assert_snapshot!("in_a_pipe", table(&rows(), 2, None, Long::Wrapped));
    }
}
