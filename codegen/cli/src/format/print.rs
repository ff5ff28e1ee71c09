//! The tree as text in the one style.
//!
//! Comments are not part of the tree: whatever is printed first prints those that stood before it.

mod lines;

use super::WIDTH;
use super::scalar::{Block, Scalar};
use super::tree::{Collection, Comment, Data, Document, Entry, Lines, Node, slice};

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
    /// The whole file; brackets around it go, unless nothing is in them.
    fn root(&mut self, root: &Node<'_>) {
        match &root.data {
            Data::Collection(collection) if !collection.entries.is_empty() => {
                self.entries(root, collection, 0, self.text.len());
            }
            _ => {
                self.comments_before(root.start, 0);
                self.begin_line(root.start, 0);
                self.leaf(root, 0, self.text.len());
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
