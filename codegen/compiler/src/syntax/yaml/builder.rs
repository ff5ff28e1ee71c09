//! The parser's events become the tree.

mod recovery;
mod rules;

use std::borrow::Cow;

use granit_parser::{Event, ScalarStyle, StructureStyle};

use super::super::tree::{Data, Entry, Node, Scalar};
use super::{MAX_DEPTH, MAX_VALUES, Stop, words};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span, Spanned};

/// A collection whose end has not been seen.
struct Open<'s> {
    /// Where it begins: its bracket, or its first key or item.
    span: Span,
    flow: bool,
    content: Content<'s>,
}

enum Content<'s> {
    List(Vec<Node<'s>>),
    Map {
        entries: Vec<Entry<'s>>,
        key: Option<Key<'s>>,
    },
}

impl Content<'_> {
    fn map() -> Self {
        Self::Map {
            entries: Vec::new(),
            key: None,
        }
    }
}

/// A key that waits for its value.
enum Key<'s> {
    Text(Spanned<Cow<'s, str>>),
    /// Its value was refused.
    Known(Spanned<Cow<'s, str>>),
    /// It was refused, and its value goes with it.
    Refused,
}

/// A type, an event, a stream or a context stands in the root and in a section.
const DECLARATION: usize = 2;

pub(super) struct Builder<'s, 'd> {
    file: FileId,
    text: &'s str,
    diagnostics: &'d mut Diagnostics,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    /// How many values there are so far, in the whole file.
    values: usize,
    /// Where the part that is being read begins; the parser counts from there.
    part: usize,
    /// Whether the first map of the part goes on with the innermost open one.
    goes_on: bool,
    /// How many of the open collections are not of this part, if it is only looked through: the last of them takes what it tells.
    floor: usize,
    /// The documents that began in this part.
    documents: usize,
    /// Where the last event ended.
    read: usize,
    /// Where the last anchor, alias or tag stood.
    refused: Option<u32>,
    /// Whether a key inside of the declaration at hand was refused, so that nothing can be said about what it lacks.
    spoilt: bool,
    /// Whether the file may have names that were not read.
    pub(super) has_lost_keys: bool,
    /// Whether a tab was found in the indentation: one mistake, however many lines have it.
    has_tab: bool,
}

impl<'s, 'd> Builder<'s, 'd> {
    pub(super) fn new(file: FileId, text: &'s str, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            file,
            text,
            diagnostics,
            open: Vec::new(),
            root: None,
            values: 0,
            part: 0,
            goes_on: false,
            floor: 0,
            documents: 0,
            read: 0,
            refused: None,
            spoilt: false,
            has_lost_keys: false,
            has_tab: false,
        }
    }

    pub(super) fn event(
        &mut self,
        event: Event<'_>,
        place: granit_parser::Span,
    ) -> Result<(), Stop> {
        let tag = place.tag_span().map(|tag| self.span(tag));
        if let Some(tag) = tag {
            self.refuse_tag(tag);
        }
        let span = self.span(place);
        self.read = self.read.max(span.end as usize);
        match event {
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text, style, span);
                self.leaf(node)?;
            }
            Event::SequenceStart(style, ..) => {
                self.begin(style, span, Content::List(Vec::new()))?
            }
            Event::MappingStart(style, ..) => self.begin(style, span, Content::map())?,
            Event::SequenceEnd | Event::MappingEnd => self.end(Some(span)),
            Event::Anchor(..) => {
                self.refuse_anchor(span);
                self.read_key_in(span);
            }
            // The anchor it refers to was reported already.
            Event::Alias(_) => self.leaf(Node::refused(span))?,
            Event::UnresolvedAlias(name) => {
                self.refuse_alias(span, &name);
                self.leaf(Node::refused(span))?;
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.diagnostics.push(rules::second_document(span));
                    self.cut_off(span);
                    return Err(Stop::File);
                }
            }
            _ => {}
        }
        if let Some(tag) = tag {
            self.read_key_in(tag);
        }
        Ok(())
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or(0..0);
        Span {
            file: self.file,
            start: (self.part + range.start) as u32,
            end: (self.part + range.end) as u32,
        }
    }

    /// A scalar, which borrows its text from the file where it stands there letter by letter.
    fn scalar(&self, text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Node<'s> {
        let plain = style == ScalarStyle::Plain;
        // The parser writes `~` for a value that is not there.
        if plain && span.start == span.end {
            return Node {
                span,
                data: Data::Empty,
            };
        }
        let source = self
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("");
        let (written, inset) = if plain {
            (Some(source), 0)
        } else {
            (source.get(1..source.len().saturating_sub(1)), 1)
        };
        let (text, inset) = match written.filter(|written| *written == text) {
            Some(written) => (Cow::Borrowed(written), Some(inset)),
            None => (Cow::Owned(text.into_owned()), None),
        };
        Node {
            span,
            data: Data::Scalar(Scalar { text, plain, inset }),
        }
    }

    /// Takes in a value without values of its own.
    fn leaf(&mut self, node: Node<'s>) -> Result<(), Stop> {
        self.count(node.span)?;
        if std::mem::take(&mut self.goes_on) {
            return Err(self.not_an_entry(node.span));
        }
        self.add(node);
        Ok(())
    }

    /// The rule: a file has at most a million values.
    fn count(&mut self, span: Span) -> Result<(), Stop> {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.diagnostics.push(words::too_many_values(span));
            return Err(Stop::File);
        }
        Ok(())
    }

    fn begin(
        &mut self,
        style: StructureStyle,
        span: Span,
        content: Content<'s>,
    ) -> Result<(), Stop> {
        self.count(span)?;
        let flow = style == StructureStyle::Flow;
        if std::mem::take(&mut self.goes_on) {
            return match content {
                Content::Map { .. } if !flow => Ok(()),
                _ => Err(self.not_an_entry(span)),
            };
        }
        if self.open.len() >= MAX_DEPTH {
            self.diagnostics.push(words::too_deep(span));
            return Err(Stop::Mistake(span));
        }
        self.open.push(Open {
            span,
            flow,
            content,
        });
        Ok(())
    }

    /// Ends the innermost collection. `last` is the place of its closing bracket, where it was closed by one.
    fn end(&mut self, last: Option<Span>) {
        let Some(open) = self.open.pop() else { return };
        let node = self.close(open, last);
        self.add(node);
    }

    fn close(&mut self, open: Open<'s>, last: Option<Span>) -> Node<'s> {
        let mut span = open.span;
        let data = match open.content {
            Content::List(items) => {
                if let (false, Some(first)) = (open.flow, items.first()) {
                    span = first.span;
                }
                Data::List(items)
            }
            Content::Map { entries, .. } => {
                if let (false, Some(first)) = (open.flow, entries.first()) {
                    span = first.key.span;
                }
                let entries = if open.flow {
                    self.without_split_types(entries)
                } else {
                    entries
                };
                // Without a key there is nothing but what was refused.
                if entries.is_empty() && !open.flow {
                    Data::Refused
                } else {
                    Data::Map(self.without_duplicates(entries))
                }
            }
        };
        let is_declaration = self.open.len() == DECLARATION;
        let data = if is_declaration && std::mem::take(&mut self.spoilt) {
            Data::Refused
        } else {
            data
        };
        if let (true, Some(last)) = (open.flow, last) {
            span.end = last.end.max(span.end);
        }
        Node { span, data }
    }

    /// Puts a finished node where it belongs: at the root, into a list, or as the key or the value of a map.
    fn add(&mut self, node: Node<'s>) {
        let depth = self.open.len();
        match self.open.last_mut().map(|open| &mut open.content) {
            None => {
                self.root.get_or_insert(node);
            }
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map {
                entries,
                key: waiting,
            }) => match waiting.take() {
                Some(Key::Text(key)) => entries.push(Entry { key, value: node }),
                Some(Key::Known(key)) => {
                    let value = Node::refused(node.span);
                    entries.push(Entry { key, value });
                }
                Some(Key::Refused) => {}
                None => {
                    let tab = rules::tab_before(self.text, node.span).filter(|_| !self.has_tab);
                    if let Some(tab) = tab {
                        self.has_tab = true;
                        self.diagnostics.push(words::tab(tab));
                    }
                    let key = rules::read_key(node, self.diagnostics);
                    self.has_lost_keys |= matches!(key, Key::Refused);
                    self.spoilt |= matches!(key, Key::Refused) && depth > DECLARATION;
                    *waiting = Some(key);
                }
            },
        }
    }
}
