//! What becomes of open collections where the parser stopped, and where it goes on.

use granit_parser::{ErrorKind, ScanError};

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
        // A pair in a list has no brackets of its own.
        let has_bracket = |open: &&Open<'_>| {
            let begins = self.text.get(open.span.start as usize..);
            open.flow && begins.is_some_and(|text| text.starts_with(['[', '{']))
        };
        let innermost = of_part.iter().rev().find(has_bracket);
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
        let lines = usize::from(*error.kind() == ErrorKind::MappingValueNotAllowed);
        if !is_known && !self.has_refused(stopped, lines) {
            self.diagnostics.push(diagnostic);
        }
        if words::is_no_text(error.kind()) {
            return Stop::File;
        }
        Stop::Mistake(place)
    }

    /// Whether the last thing that was refused stands at most so many lines above. A colon that it took is missed on the next line.
    fn has_refused(&self, span: Span, lines: usize) -> bool {
        let between = self
            .refused
            .and_then(|refused| self.text.get(refused as usize..span.start as usize));
        between.is_some_and(|between| between.matches('\n').nth(lines).is_none())
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
    ///
    /// The names of what stands above are known then, or it is noted that they are not.
    pub(in super::super) fn give_up(&mut self, place: Option<Span>) -> Option<usize> {
        self.goes_on = false;
        self.spoilt = false;
        let of_part = self.open.get(self.floor..).unwrap_or(&[]);
        let line = place.map(|place| lines::start(self.text, place.start as usize));
        let indentation = line.map_or(0, |line| lines::indentation(self.text, line));
        // A tab says nothing about how far a line is indented.
        let is_tabbed = line.is_some_and(|line| lines::is_deeper(self.text, line, indentation));
        let mut maps = of_part.iter().rev().filter(|open| open.is_block_map());
        let inner = match maps.find(|open| is_tabbed || self.column(open) <= indentation) {
            Some(open) => Some(self.column(open)),
            // Nothing has been told yet that the line could be beside.
            None if of_part.iter().all(|open| !open.flow) => Some(indentation),
            None => None,
        };
        if self.leave() {
            return inner;
        }
        // What stands in a line with its key is given up with it.
        let is_section = self.open.get(1).is_some_and(|open| !open.flow);
        self.open.truncate(if is_section { 2 } else { 1 });
        if self.begin_section(line, indentation) {
            self.has_lost_keys = true;
        } else {
            self.refuse_last(line);
        }
        // The line is beside the section, or what was meant to be the next one.
        if is_section
            && !is_tabbed
            && self
                .open
                .last()
                .is_some_and(|open| self.column(open) > indentation)
        {
            self.end(None);
            self.has_lost_keys = true;
        }
        inner
    }

    /// Notes whether lines that are not read may declare something.
    pub(in super::super) fn pass_over(&mut self, text: &str, lines: std::ops::Range<usize>) {
        let column = self
            .open
            .get(1)
            .map_or(usize::MAX, |section| self.column(section));
        self.has_lost_keys |= lines::has_line_within(text, lines, column);
    }

    /// Opens the section whose first line has the mistake, so that those below it are entries of it.
    fn begin_section(&mut self, line: Option<usize>, indentation: usize) -> bool {
        let (Some(line), [root]) = (line, self.open.as_slice()) else {
            return false;
        };
        let Content::Map {
            key: Some(Key::Text(key)),
            ..
        } = &root.content
        else {
            return false;
        };
        let is_below =
            !root.flow && (key.span.end as usize) < line && self.column(root) < indentation;
        if is_below {
            let start = (line + indentation) as u32;
            let span = Span {
                file: self.file,
                start,
                end: start,
            };
            let content = Content::map();
            self.open.push(Open {
                span,
                flow: false,
                content,
            });
        }
        is_below
    }

    /// Marks the last declaration as one whose end is missing: a second document begins in the middle of it.
    pub(super) fn cut_off(&mut self, span: Span) {
        let below = lines::next(self.text, lines::after(self.text, span.start as usize));
        let is_inside = below.is_some_and(|line| lines::is_deeper(self.text, line, 0));
        if let (true, Some(Data::Map(sections))) =
            (is_inside, self.root.as_mut().map(|root| &mut root.data))
        {
            refuse_last_declaration(sections);
        }
    }

    /// Marks the last entry of the innermost map, unless the line with the mistake stands beside it.
    fn refuse_last(&mut self, line: Option<usize>) {
        let is_root = self.open.len() == 1;
        let Some(column) = self.open.last().map(|open| self.column(open)) else {
            return;
        };
        let text = self.text;
        let below = line.and_then(|line| lines::next(text, lines::after(text, line)));
        let is_inside = below.is_some_and(|line| lines::is_deeper(text, line, column));
        let Some(Content::Map { entries, key }) =
            self.open.last_mut().map(|open| &mut open.content)
        else {
            return;
        };
        if let Some(key) = key.take() {
            if let Key::Text(key) | Key::Known(key) = key {
                let value = Node::refused(key.span);
                entries.push(Entry { key, value });
            }
            // Of a declaration that is given up the name is kept.
            self.has_lost_keys |= is_root;
            return;
        }
        self.has_lost_keys = true;
        let (Some(line), Some(last)) = (line, entries.last_mut()) else {
            return;
        };
        let is_beside = lines::indentation(text, line) == column
            && !lines::is_deeper(text, line, column)
            && (last.key.span.end as usize) < line;
        if is_beside && !(is_root && is_inside) {
            return;
        }
        // A section is kept: what was read of it is well formed, but for what is cut off at its end.
        let is_section = is_root && matches!(last.value.data, Data::Map(_));
        if !is_beside && !is_section {
            last.value.data = Data::Refused;
        }
        if is_root {
            refuse_last_declaration(entries);
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
        self.spoilt = false;
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

/// Marks the last declaration of the last section.
fn refuse_last_declaration(sections: &mut [Entry<'_>]) {
    let maps = sections
        .iter_mut()
        .rev()
        .map(|section| &mut section.value.data);
    let last = maps.filter_map(|data| match data {
        Data::Map(entries) => entries.last_mut(),
        _ => None,
    });
    for declaration in last.take(1) {
        declaration.value.data = Data::Refused;
    }
}

impl<'s> Open<'s> {
    fn is_block_map(&self) -> bool {
        !self.flow && matches!(self.content, Content::Map { .. })
    }

    pub(super) fn waiting_key(&mut self) -> Option<&mut Key<'s>> {
        match &mut self.content {
            Content::Map { key, .. } => key.as_mut(),
            Content::List(_) => None,
        }
    }
}
