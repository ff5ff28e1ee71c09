//! What becomes of open collections where the parser stopped, and where it goes on.

use granit_parser::ScanError;

use super::super::super::tree::{Data, Entry, Node};
use super::super::fault::Surroundings;
use super::super::{Stop, lines, words};
use super::{Builder, Content, Key, Open};
use crate::source::Span;

impl<'s> Builder<'s, '_> {
    /// What the parser tells from now on is counted from this offset.
    pub(in super::super) fn begin_part(&mut self, start: usize) {
        self.part = start;
        self.read = start;
        self.documents = 0;
    }

    /// Says what the parser did not understand.
    pub(in super::super) fn syntax_error(&mut self, error: &ScanError) -> Stop {
        let of_part = self.open.get(self.floor..).unwrap_or(&[]);
        let innermost = of_part.iter().rev().find(|open| open.flow);
        let surroundings = Surroundings {
            file: self.file,
            text: self.text,
            part: self.part,
            read: self.read,
            bracket: innermost.map(|open| open.span),
        };
        let (stopped, diagnostic) = surroundings.explain(error);
        let place = diagnostic.span().unwrap_or(stopped);
        let is_tab = words::is_about_a_tab(error.kind());
        let is_known = is_tab && std::mem::replace(&mut self.has_tab, true);
        // An alias, an anchor or a tag that was meant as text has said all there is to say.
        if !is_known && !self.refused_on_line_of(stopped) {
            self.diagnostics.push(diagnostic);
        }
        if words::is_no_text(error.kind()) {
            return Stop::File;
        }
        Stop::Mistake(place)
    }

    /// Whether the last thing that was refused stands on the same line.
    fn refused_on_line_of(&self, span: Span) -> bool {
        let between = self
            .refused
            .and_then(|refused| self.text.get(refused as usize..span.start as usize));
        between.is_some_and(|between| !between.contains('\n'))
    }

    /// The rule: beside entries stand entries.
    pub(super) fn not_an_entry(&mut self, span: Span) -> Stop {
        self.diagnostics.push(words::not_an_entry(span.at_start()));
        Stop::Mistake(span)
    }

    /// Says that nothing below the last mistake was looked at.
    pub(in super::super) fn note_the_end(&mut self) {
        self.diagnostics.amend_last(|diagnostic| {
            diagnostic.note("there are many mistakes above: nothing below this one was read")
        });
    }

    /// Gives up what cannot be finished because of a mistake: the declaration that it is in, of which only the name is
    /// kept, or the setting of the file.
    ///
    /// What of this part can still go on is indented by at most as many spaces as it gives. None if nothing can.
    pub(in super::super) fn give_up(&mut self, place: Option<Span>) -> Option<usize> {
        self.goes_on = false;
        let of_part = self.open.get(self.floor..).unwrap_or(&[]);
        let innermost = of_part.iter().rev().find(|open| open.is_block_map());
        let inner = match innermost {
            Some(open) => Some(self.column(open)),
            // Nothing of the file has been told yet, or only what a map is beside.
            None if of_part.is_empty() => Some(place.map_or(0, |place| {
                lines::indentation(self.text, lines::start(self.text, place.start as usize))
            })),
            None => None,
        };
        if self.leave() {
            return inner;
        }
        // What stands in a line with its key is given up with it.
        let is_section = self.open.get(1).is_some_and(|open| !open.flow);
        self.open.truncate(if is_section { 2 } else { 1 });
        self.refuse_last(place);
        inner
    }

    /// Marks the last entry of the innermost map, if the mistake is in it.
    fn refuse_last(&mut self, place: Option<Span>) {
        let is_root = self.open.len() == 1;
        let Some(column) = self.open.last().map(|open| self.column(open)) else {
            return;
        };
        let line = place.map(|place| lines::start(self.text, place.start as usize));
        let text = self.text;
        let Some(Content::Map { entries, key }) =
            self.open.last_mut().map(|open| &mut open.content)
        else {
            return;
        };
        if let Some(key) = key.take() {
            if let Key::Text(key) = key {
                let value = Node::refused(key.span);
                entries.push(Entry { key, value });
            }
            return;
        }
        let (Some(line), Some(last)) = (line, entries.last_mut()) else {
            return;
        };
        // A section is kept: what was read of it is well formed.
        let is_section = is_root && matches!(last.value.data, Data::Map(_));
        let is_below = lines::is_deeper(text, line, column) || last.key.span.start as usize >= line;
        if !is_section && is_below {
            last.value.data = Data::Refused;
        }
    }

    /// Goes on with a line that is indented so far: as an entry of the section or of the root, or as something that is
    /// only looked through.
    pub(in super::super) fn go_on(&mut self, indentation: usize) {
        self.leave();
        let is_at = |open: &Open<'_>| open.is_block_map() && indentation <= self.column(open);
        match self.open.as_slice() {
            // Nothing but mistakes stands above.
            [] if self.root.is_none() => {}
            [root, ..] if is_at(root) => {
                while self.open.len() > 1 {
                    self.end(None);
                }
                self.goes_on = true;
            }
            [_, section] if is_at(section) => self.goes_on = true,
            _ => {
                self.floor = self.open.len() + 1;
                self.open.push(Open {
                    span: Span {
                        file: self.file,
                        start: 0,
                        end: 0,
                    },
                    flow: true,
                    content: Content::List(Vec::new()),
                });
            }
        }
    }

    /// Drops what was only looked through. Whether there was such a thing.
    fn leave(&mut self) -> bool {
        let Some(outside) = self.floor.checked_sub(1) else {
            return false;
        };
        self.open.truncate(outside);
        self.floor = 0;
        true
    }

    /// How far a collection is indented.
    fn column(&self, open: &Open<'_>) -> usize {
        let start = open.span.start as usize;
        start - lines::start(self.text, start)
    }

    /// The root, as far as it was read.
    pub(in super::super) fn finish(mut self) -> Option<Node<'s>> {
        self.leave();
        while !self.open.is_empty() {
            self.end(None);
        }
        self.root
    }
}

impl Open<'_> {
    fn is_block_map(&self) -> bool {
        !self.flow && matches!(self.content, Content::Map { .. })
    }
}
