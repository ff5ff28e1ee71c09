//! Where lines begin and end: with the empty lines and the comments that the author put there.

use super::Printer;
use crate::format::SPACE;
use crate::format::tree::{Comment, slice};

impl<'t> Printer<'t> {
    /// Begins the line of what stands at `start`, with the empty line that was above it.
    pub(super) fn begin_line(&mut self, start: usize, indent: usize) {
        if self.has_empty_line_above(start) && !self.at_start && !self.in_block {
            self.out.push('\n');
        }
        self.at_start = false;
        self.in_block = false;
        self.indent(indent);
    }

    /// Ends a line that something begins under.
    pub(super) fn end_head(&mut self, end: usize, limit: usize) {
        self.at_start = true;
        self.end_line(end, limit);
    }

    /// Ends the line of what ended at `end`, with the comment that stood behind it, and the lines of
    /// comment that go on under that one.
    pub(super) fn end_line(&mut self, end: usize, limit: usize) {
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
            let column_of = |comment: Comment<'_>| {
                let line = self.lines.start(comment.start);
                slice(self.text, line..comment.start).chars().count()
            };
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
    pub(super) fn comments_before(&mut self, limit: usize, indent: usize) {
        while let Some(comment) = self.comment_before(limit) {
            self.comment(comment, indent);
        }
    }

    pub(super) fn comment_before(&self, limit: usize) -> Option<Comment<'t>> {
        let next = self.comments.first().copied();
        next.filter(|comment| comment.start < limit)
    }

    /// The next comment, on a line of its own.
    pub(super) fn comment(&mut self, comment: Comment<'_>, indent: usize) {
        self.begin_line(comment.start, indent);
        self.write_comment(comment);
    }

    pub(super) fn write_comment(&mut self, comment: Comment<'_>) {
        self.comments = self.comments.get(1..).unwrap_or(&[]);
        self.out.push('#');
        // Lines such as `#!/bin/sh`, `##` and `#---` are drawn by hand.
        if comment.text.starts_with(char::is_alphanumeric) {
            self.out.push(' ');
        }
        self.out.push_str(comment.text.trim_end_matches(SPACE));
        self.out.push('\n');
    }

    pub(super) fn indent(&mut self, spaces: usize) {
        self.out.extend(std::iter::repeat_n(' ', spaces));
    }

    /// How many characters stand in the line that was begun.
    pub(super) fn width(&self) -> usize {
        let line = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        slice(&self.out, line..self.out.len()).chars().count()
    }

    pub(super) fn is_on_line_of(&self, at: usize, comment: Comment<'_>) -> bool {
        let rest = slice(self.text, at..self.text.len());
        let line_end = rest.find('\n').map_or(self.text.len(), |end| at + end);
        comment.start < line_end
    }

    /// Whether nothing but space stands before it in its line.
    pub(super) fn is_alone(&self, start: usize) -> bool {
        let line = self.lines.start(start);
        slice(self.text, line..start).trim_matches(SPACE).is_empty()
    }

    pub(super) fn has_empty_line_above(&self, start: usize) -> bool {
        let line = self.lines.start(start);
        let above = slice(self.text, 0..line.saturating_sub(1));
        let above = above.rsplit('\n').next().unwrap_or("");
        line > 0 && self.is_alone(start) && above.trim_matches(SPACE).is_empty()
    }
}
