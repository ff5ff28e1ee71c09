//! The tree as text in the one style.
//!
//! Comments are not part of the tree: whatever is printed first prints those that stood before it.

use super::scalar::{Block, Scalar};
use super::tree::{Collection, Comment, Data, Document, Entry, Lines, Node, slice};
use super::{SPACE, WIDTH};

/// Each level is indented by this many spaces.
const STEP: usize = 2;

/// `text` is what the document was read from.
pub(super) fn print(text: &str, document: &Document<'_>) -> String {
    let mut printer = Printer {
        text,
        lines: &document.lines,
        comments: &document.comments,
        out: String::with_capacity(text.len()),
        at_start: true,
        in_block: false,
    };
    if let Some(marker) = document.marker {
        printer.comments_before(marker, 0);
        printer.begin_line(marker, 0);
        printer.out.push_str("---");
        printer.end_line(marker, text.len());
        printer.at_start = true;
    }
    if let Some(root) = &document.root {
        printer.root(root);
    }
    printer.comments_before(text.len(), 0);
    printer.out
}

struct Printer<'t> {
    text: &'t str,
    lines: &'t Lines,
    /// Those that are not printed yet.
    comments: &'t [Comment<'t>],
    out: String,
    /// Whether this is where something begins, and empty lines are dropped.
    at_start: bool,
    /// Whether an empty line would become part of the text above.
    in_block: bool,
}

impl<'t> Printer<'t> {
    fn root(&mut self, root: &Node<'_>) {
        let end = self.text.len();
        match &root.data {
            Data::Collection(collection) if !collection.entries.is_empty() => {
                self.entries(root, collection, 0, end);
            }
            _ => {
                self.comments_before(root.start, 0);
                self.begin_line(root.start, 0);
                self.leaf(root, 0, end);
            }
        }
    }

    /// The entries, one a line. `limit` is where the next thing begins that is not in here.
    fn entries(
        &mut self,
        node: &Node<'_>,
        collection: &Collection<'_>,
        indent: usize,
        limit: usize,
    ) {
        for (index, entry) in collection.entries.iter().enumerate() {
            // The first may go on in the line of the dash that it belongs to.
            if self.out.is_empty() || self.out.ends_with('\n') {
                self.comments_before(entry.start, indent);
                self.begin_line(entry.start, indent);
            }
            let next = collection.entries.get(index + 1);
            let limit = next.map_or(limit, |next| next.start);
            let inside = if collection.flow {
                usize::MAX
            } else {
                collection.inside
            };
            self.entry(entry, indent, inside, limit);
        }
        while let Some(comment) = self.comment_before(limit) {
            let is_inside = if collection.flow {
                comment.start < node.end || self.is_on_line_of(node.end, comment)
            } else {
                self.lines.column(comment.start) >= collection.inside
            };
            if !is_inside {
                break;
            }
            self.comment(comment, indent);
        }
    }

    fn entry(&mut self, entry: &Entry<'_>, indent: usize, inside: usize, limit: usize) {
        match &entry.key {
            Some(key) => {
                self.out.extend(key.lines());
                self.out.push(':');
            }
            None => self.out.push('-'),
        }
        let value = &entry.value;
        match &value.data {
            Data::Empty => {
                self.end_head(entry.head_end, limit);
                while let Some(comment) = self.comment_before(limit)
                    && self.lines.column(comment.start) > inside
                {
                    self.comment(comment, indent + STEP);
                }
                self.at_start = false;
            }
            Data::Collection(collection) if !self.stays_in_brackets(value, collection) => {
                self.block(entry, collection, indent, limit);
            }
            Data::Scalar(_) | Data::Collection(_) => {
                if self.begins_own_line(entry) {
                    self.end_head(entry.head_end, value.start);
                    self.comments_before(value.start, indent + STEP);
                    self.begin_line(value.start, indent + STEP);
                } else {
                    self.out.push(' ');
                }
                self.leaf(value, indent, limit);
            }
        }
    }

    /// A collection whose entries have lines of their own.
    fn block(
        &mut self,
        entry: &Entry<'_>,
        collection: &Collection<'_>,
        indent: usize,
        limit: usize,
    ) {
        let value = &entry.value;
        let first = collection
            .entries
            .first()
            .map_or(value.start, |first| first.start);
        if self.has_comment_behind(value, collection, limit) {
            // It was about all that stood in the brackets.
            self.end_head(value.end, limit);
        } else if entry.key.is_some() || self.comment_before(first).is_some() {
            self.end_head(entry.head_end, first);
        } else {
            self.out.push(' ');
        }
        self.entries(value, collection, indent + STEP, limit);
    }

    /// Whether the next comment stands behind the closing bracket.
    fn has_comment_behind(
        &self,
        node: &Node<'_>,
        collection: &Collection<'_>,
        limit: usize,
    ) -> bool {
        collection.flow
            && self
                .comment_before(limit)
                .is_some_and(|next| next.start >= node.end && self.is_on_line_of(node.end, next))
    }

    /// Whether a collection is printed in brackets: it stands in some, has no comment in it, and fits.
    fn stays_in_brackets(&self, node: &Node<'_>, collection: &Collection<'_>) -> bool {
        if collection.entries.is_empty() {
            return true;
        }
        let has_comment = || {
            let before = self
                .comments
                .partition_point(|comment| comment.start < node.start);
            let next = self.comments.get(before);
            next.is_some_and(|comment| comment.start < node.end)
        };
        collection.flow && !has_comment() && self.fits(node)
    }

    /// Whether a value fits into the line that was begun.
    fn fits(&self, node: &Node<'_>) -> bool {
        let mut text = String::new();
        in_brackets(node, &mut text).is_some() && self.width() + 1 + text.chars().count() <= WIDTH
    }

    /// Whether a value stays in a line below its key, or its dash.
    fn begins_own_line(&self, entry: &Entry<'_>) -> bool {
        let value = &entry.value;
        if self.comment_before(value.start).is_some() {
            return true;
        }
        let is_below = slice(self.text, entry.head_end..value.start).contains('\n');
        match &value.data {
            Data::Scalar(scalar) if is_below && scalar.as_block().is_none() => {
                let length = scalar
                    .lines()
                    .map(|line| line.chars().count())
                    .sum::<usize>();
                !scalar.is_one_line() || self.width() + 1 + length > WIDTH
            }
            _ => false,
        }
    }

    /// What is one piece: a text, or something in brackets. `indent` is that of its key.
    fn leaf(&mut self, node: &Node<'_>, indent: usize, limit: usize) {
        match &node.data {
            Data::Empty => {}
            Data::Scalar(scalar) => match scalar.as_block() {
                Some(block) => return self.text_block(node, block, indent, limit),
                None => self.lines(scalar, indent + STEP),
            },
            Data::Collection(_) => {
                let _ = in_brackets(node, &mut self.out);
            }
        }
        self.end_line(node.end, limit);
    }

    fn lines(&mut self, scalar: &Scalar<'_>, indent: usize) {
        for (index, line) in scalar.lines().enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.indent(if line.is_empty() { 0 } else { indent });
            }
            self.out.push_str(line);
        }
    }

    fn text_block(&mut self, node: &Node<'_>, block: &Block<'_>, indent: usize, limit: usize) {
        self.out.push_str(&block.header());
        self.end_line(node.start, limit.min(node.end));
        for line in &block.lines {
            self.indent(if line.is_empty() { 0 } else { indent + STEP });
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.in_block = block.keeps_line_ends();
    }

    /// Begins the line of what stands at `start`, with the empty line that was above it.
    fn begin_line(&mut self, start: usize, indent: usize) {
        if self.has_empty_line_above(start) && !self.at_start && !self.in_block {
            self.out.push('\n');
        }
        self.at_start = false;
        self.in_block = false;
        self.indent(indent);
    }

    /// Ends a line that something begins under.
    fn end_head(&mut self, end: usize, limit: usize) {
        self.at_start = true;
        self.end_line(end, limit);
    }

    /// Ends the line of what ended at `end`, with the comment that stood behind it, and the lines of
    /// comment that go on under that one.
    fn end_line(&mut self, end: usize, limit: usize) {
        let comment = self.comment_before(limit);
        let Some(comment) = comment.filter(|&comment| self.is_on_line_of(end, comment)) else {
            self.out.push('\n');
            return;
        };
        let before = slice(self.text, 0..comment.start);
        let gap = match self.is_alone(comment.start) {
            true => 1,
            false => before.len() - before.trim_end_matches(SPACE).len(),
        };
        self.indent(gap.max(1));
        let indent = self.width();
        self.write_comment(comment);
        let mut above = comment;
        while let Some(next) = self.comment_before(limit) {
            let column_of = |comment: Comment<'_>| self.lines.column(comment.start);
            let between = slice(self.text, above.start..next.start);
            let goes_on = column_of(next) == column_of(comment)
                && between.matches('\n').count() == 1
                && self.is_alone(next.start);
            if !goes_on {
                break;
            }
            self.indent(indent);
            self.write_comment(next);
            self.at_start = false;
            above = next;
        }
    }

    /// Prints every comment that stands before `limit`, on lines of their own.
    fn comments_before(&mut self, limit: usize, indent: usize) {
        while let Some(comment) = self.comment_before(limit) {
            self.comment(comment, indent);
        }
    }

    fn comment_before(&self, limit: usize) -> Option<Comment<'t>> {
        let next = self.comments.first().copied();
        next.filter(|comment| comment.start < limit)
    }

    /// The next comment, on a line of its own.
    fn comment(&mut self, comment: Comment<'_>, indent: usize) {
        self.begin_line(comment.start, indent);
        self.write_comment(comment);
    }

    fn write_comment(&mut self, comment: Comment<'_>) {
        self.comments = self.comments.get(1..).unwrap_or(&[]);
        self.out.push('#');
        // Lines such as `#!/bin/sh`, `##` and `#---` are drawn by hand.
        if comment.text.starts_with(char::is_alphanumeric) {
            self.out.push(' ');
        }
        self.out.push_str(comment.text.trim_end_matches(SPACE));
        self.out.push('\n');
    }

    fn indent(&mut self, spaces: usize) {
        self.out.extend(std::iter::repeat_n(' ', spaces));
    }

    /// How many characters stand in the line that was begun.
    fn width(&self) -> usize {
        let line = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        slice(&self.out, line..self.out.len()).chars().count()
    }

    fn is_on_line_of(&self, at: usize, comment: Comment<'_>) -> bool {
        let rest = slice(self.text, at..self.text.len());
        let line_end = rest.find('\n').map_or(self.text.len(), |end| at + end);
        comment.start < line_end
    }

    /// Whether nothing but space stands before it in its line.
    fn is_alone(&self, start: usize) -> bool {
        let line = self.lines.start(start);
        slice(self.text, line..start).trim_matches(SPACE).is_empty()
    }

    fn has_empty_line_above(&self, start: usize) -> bool {
        let line = self.lines.start(start);
        let above = slice(self.text, 0..line.saturating_sub(1));
        let above = above.rsplit('\n').next().unwrap_or("");
        line > 0 && self.is_alone(start) && above.trim_matches(SPACE).is_empty()
    }
}

/// Appends a value as it stands in brackets, on one line; none if it cannot.
fn in_brackets(node: &Node<'_>, out: &mut String) -> Option<()> {
    let collection = match &node.data {
        Data::Empty => return Some(()),
        Data::Scalar(scalar) => {
            out.push_str(scalar.in_brackets()?);
            return Some(());
        }
        Data::Collection(collection) => collection,
    };
    let (open, close) = match (collection.is_map, collection.entries.is_empty()) {
        (true, false) => ("{ ", " }"),
        (true, true) => ("{", "}"),
        (false, _) => ("[", "]"),
    };
    out.push_str(open);
    for (index, entry) in collection.entries.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        if let Some(key) = &entry.key {
            out.push_str(key.in_brackets()?);
            match entry.value.data {
                // `{ a, b }` is a form of its own; `{ a: , b: }` is better read on lines.
                Data::Empty if entry.value.start > entry.head_end => return None,
                Data::Empty => {}
                Data::Scalar(_) | Data::Collection(_) => out.push_str(": "),
            }
        }
        in_brackets(&entry.value, out)?;
    }
    out.push_str(close);
    Some(())
}
