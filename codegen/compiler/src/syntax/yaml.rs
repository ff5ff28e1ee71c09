//! Text in, spanned tree out. The only room that knows the YAML parser.

mod fault;

use std::collections::HashMap;
use std::ops::ControlFlow;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use fault::Surroundings;

use super::tree::{Data, Entry, Node, Scalar};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceFile, Span, Spanned};

/// Collections may nest this deep.
const MAX_DEPTH: usize = 64;

/// What was read of a file.
pub(super) struct Document<'s> {
    /// The root node; none in an empty file.
    pub(super) root: Option<Node<'s>>,
    /// Whether a part of the file was not read, so that what is missing may only be unread.
    pub(super) broken: bool,
}

/// Reads a file as far as it can be read.
///
/// After a syntax error the declarations that were complete by then are kept; the one in whose
/// middle it happened is not.
pub(super) fn parse<'s>(
    id: FileId,
    file: &'s SourceFile,
    diagnostics: &mut Diagnostics,
) -> Document<'s> {
    let mut options = Options::default();
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    options.emit_anchor_events = true;
    options.set_emit_comments(false);
    options.block_nesting_limit = MAX_DEPTH;
    options.flow_nesting_limit = MAX_DEPTH;

    let mut builder = Builder {
        file: id,
        text: &file.text,
        diagnostics,
        open: Vec::new(),
        root: None,
        documents: 0,
        read: 0,
        refused: None,
        has_tab: false,
    };
    for next in Parser::new_from_str_with_options(&file.text, options) {
        let flow = match next {
            Ok((event, span)) => {
                if let Some(tag) = span.tag_span() {
                    builder.refuse_tag(tag);
                }
                builder.event(event, span)
            }
            Err(error) => builder.syntax_error(&error),
        };
        if flow.is_break() {
            return Document {
                root: builder.complete_part(),
                broken: true,
            };
        }
    }
    Document {
        root: builder.root,
        broken: false,
    }
}

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

/// A key that waits for its value.
enum Key<'s> {
    Text(Spanned<std::borrow::Cow<'s, str>>),
    /// It was refused, and its value goes with it.
    Refused,
}

struct Builder<'s, 'd> {
    file: FileId,
    text: &'s str,
    diagnostics: &'d mut Diagnostics,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
    /// Where the last event ended.
    read: usize,
    /// Where the last anchor, alias or tag stood.
    refused: Option<u32>,
    /// Whether a tab was found in the indentation: one mistake, however many lines have it.
    has_tab: bool,
}

impl<'s> Builder<'s, '_> {
    fn event(&mut self, event: Event<'s>, place: granit_parser::Span) -> ControlFlow<()> {
        let span = self.span(place);
        self.read = self.read.max(span.end as usize);
        match event {
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text, style, span);
                self.add(node);
            }
            Event::SequenceStart(style, ..) => {
                self.begin(style, span, Content::List(Vec::new()))?
            }
            Event::MappingStart(style, ..) => {
                self.begin(
                    style,
                    span,
                    Content::Map {
                        entries: Vec::new(),
                        key: None,
                    },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Anchor(..) => {
                self.refused = Some(span.start);
                let text = "anchors are not part of the schema language";
                self.diagnostics.push(
                    Diagnostic::new(Code::Anchor, span, text)
                        .label("not read")
                        .help("give what is shared a name: a type, or a context that events carry with `with`")
                        .help("if it is text, quote it"),
                );
            }
            // The anchor it refers to was reported already.
            Event::Alias(_) => self.add(Node {
                span,
                data: Data::Refused,
            }),
            Event::UnresolvedAlias(name) => {
                self.refused = Some(span.start);
                let diagnostic = Diagnostic::new(
                    Code::Anchor,
                    span,
                    "aliases are not part of the schema language",
                );
                self.diagnostics.push(
                    diagnostic
                        .label("not read")
                        .help("give what is shared a name: a type, or a context that events carry with `with`")
                        .help(format!("if it is text, quote it: `'*{name}'`")),
                );
                self.add(Node {
                    span,
                    data: Data::Refused,
                });
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second YAML document begins here";
                    self.diagnostics.push(
                        Diagnostic::new(Code::SeveralDocuments, span, message)
                            .label("nothing from here on is read")
                            .help("move what follows into a file of its own, or remove this line"),
                    );
                    return ControlFlow::Break(());
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or(0..0);
        Span {
            file: self.file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    fn scalar(&self, text: std::borrow::Cow<'s, str>, style: ScalarStyle, span: Span) -> Node<'s> {
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
        let inset = match style {
            ScalarStyle::Plain => (source == text).then_some(0),
            _ => (source.get(1..source.len().saturating_sub(1)) == Some(&*text)).then_some(1),
        };
        Node {
            span,
            data: Data::Scalar(Scalar { text, plain, inset }),
        }
    }

    fn begin(
        &mut self,
        style: StructureStyle,
        span: Span,
        content: Content<'s>,
    ) -> ControlFlow<()> {
        if self.open.len() >= MAX_DEPTH {
            self.diagnostics.push(too_deep(span));
            return ControlFlow::Break(());
        }
        self.open.push(Open {
            span,
            flow: style == StructureStyle::Flow,
            content,
        });
        ControlFlow::Continue(())
    }

    fn end(&mut self, last: Span) {
        let Some(open) = self.open.pop() else { return };
        let node = self.close(open, Some(last));
        self.add(node);
    }

    /// Makes a node of a collection. `last` is the place of its closing bracket, where it was closed by one.
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
                Data::Map(self.without_duplicates(entries))
            }
        };
        if let (true, Some(last)) = (open.flow, last) {
            span.end = last.end.max(span.end);
        }
        Node { span, data }
    }

    /// Puts a finished node where it belongs: at the root, into a list, or as the key or the value of a map.
    fn add(&mut self, node: Node<'s>) {
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
                Some(Key::Refused) => {}
                None => {
                    let tab = tab_before(self.text, node.span).filter(|_| !self.has_tab);
                    if let Some(tab) = tab {
                        self.has_tab = true;
                        self.diagnostics.push(fault::tab(tab));
                    }
                    *waiting = Some(read_key(node, self.diagnostics));
                }
            },
        }
    }

    /// The rule: a type with a comma in it stands in quotes inside `{ … }`, where YAML ends a value at a comma.
    fn without_split_types(&mut self, entries: Vec<Entry<'s>>) -> Vec<Entry<'s>> {
        let mut kept: Vec<Entry<'s>> = Vec::with_capacity(entries.len());
        for entry in entries {
            let first = kept.last_mut().filter(|last| match &last.value.data {
                Data::Scalar(scalar) => {
                    scalar.plain
                        && scalar.text.matches('<').count() > scalar.text.matches('>').count()
                }
                _ => false,
            });
            match first {
                Some(first)
                    if entry.key.value.ends_with('>')
                        && matches!(entry.value.data, Data::Empty) =>
                {
                    let span = Span {
                        end: entry.key.span.end,
                        ..first.value.span
                    };
                    let whole = self
                        .text
                        .get(span.start as usize..span.end as usize)
                        .unwrap_or("");
                    let message = "a comma inside `{ … }` ends a value, and this type has one";
                    self.diagnostics.push(
                        Diagnostic::new(Code::TypeSyntax, span, message)
                            .label("two entries to YAML")
                            .help(format!("put it in quotes, `'{whole}'`, or write the field on a line of its own")),
                    );
                    first.value.data = Data::Refused;
                }
                _ => kept.push(entry),
            }
        }
        kept
    }

    /// The rule: a key stands once in its map.
    ///
    /// The first one is kept. Of a section that stands twice both parts are read, so that nothing in the second is called unknown.
    fn without_duplicates(&mut self, entries: Vec<Entry<'s>>) -> Vec<Entry<'s>> {
        let is_root = self.open.is_empty();
        let mut places = HashMap::with_capacity(entries.len());
        let mut kept: Vec<Entry<'s>> = Vec::with_capacity(entries.len());
        for entry in entries {
            let first = places
                .get(&entry.key.value)
                .and_then(|&place: &usize| kept.get_mut(place));
            let Some(first) = first else {
                places.insert(entry.key.value.clone(), kept.len());
                kept.push(entry);
                continue;
            };
            let message = format!("`{}` stands twice in this map", entry.key.value);
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateKey, entry.key.span, message)
                    .label("a second time")
                    .also(first.key.span, "first here")
                    .note("other tools would keep one of them without a word")
                    .help("remove one, or rename it"),
            );
            if let (true, Data::Map(one), Data::Map(other)) =
                (is_root, &mut first.value.data, entry.value.data)
            {
                one.extend(other);
            }
        }
        kept
    }

    fn refuse_tag(&mut self, place: granit_parser::Span) {
        let span = self.span(place);
        self.refused = Some(span.start);
        self.diagnostics.push(
            Diagnostic::new(Code::Tag, span, "tags are not part of the schema language")
                .label("not read")
                .help("remove it: the place of a value says what it is")
                .help("if it is text, quote it"),
        );
    }

    /// What was complete when reading stopped: the root, and of the section that was being read the finished entries.
    fn complete_part(&mut self) -> Option<Node<'s>> {
        let was_inside = self.open.len() > 2;
        self.open.truncate(2);
        // The parser stops behind a mistake: the last value it told of is part of it.
        if let (false, Some(open)) = (was_inside, self.open.last_mut()) {
            match &mut open.content {
                Content::List(items) => drop(items.pop()),
                Content::Map { entries, .. } => {
                    if let Some(last) = entries.last_mut() {
                        last.value.data = Data::Refused;
                    }
                }
            }
        }
        if self.open.len() == 2 {
            let section = self.open.pop()?;
            let node = self.close(section, None);
            self.add(node);
        }
        match self.open.pop() {
            Some(root) => Some(self.close(root, None)),
            None => self.root.take(),
        }
    }

    /// Says what the parser did not understand, and ends the reading.
    fn syntax_error(&mut self, error: &ScanError) -> ControlFlow<()> {
        let innermost = self.open.iter().rev().find(|open| open.flow);
        let surroundings = Surroundings {
            file: self.file,
            text: self.text,
            read: self.read,
            bracket: innermost.map(|open| open.span),
        };
        let (span, diagnostic) = surroundings.explain(error);
        // An alias, an anchor or a tag that was meant as text has said all there is to say.
        if !self.refused_on_line_of(span) {
            self.diagnostics.push(diagnostic);
        }
        ControlFlow::Break(())
    }

    /// Whether the last thing that was refused stands on the same line.
    fn refused_on_line_of(&self, span: Span) -> bool {
        let between = self
            .refused
            .and_then(|refused| self.text.get(refused as usize..span.start as usize));
        between.is_some_and(|between| !between.contains('\n'))
    }
}

/// The tab in front of the first thing on a line. The parser lets some of them pass.
fn tab_before(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let indentation = before.get(line..)?;
    let tab = indentation.find('\t')?;
    let start = (line + tab) as u32;
    indentation.trim().is_empty().then_some(Span {
        start,
        end: start + 1,
        ..span
    })
}

/// The rule: a key is plain text.
fn read_key<'s>(node: Node<'s>, diagnostics: &mut Diagnostics) -> Key<'s> {
    match node.data {
        Data::Scalar(scalar) if scalar.plain && scalar.text == "<<" => {
            let message = "merge keys are not part of the schema language";
            diagnostics.push(
                Diagnostic::new(Code::Anchor, node.span, message)
                    .label("not read")
                    .help("give what is shared a name: a type, or a context that events carry with `with`"),
            );
            Key::Refused
        }
        Data::Scalar(scalar) => Key::Text(Spanned::new(scalar.text, node.span)),
        Data::Refused => Key::Refused,
        Data::Empty | Data::List(_) | Data::Map(_) => {
            let message = format!("expected a key, found {}", node.kind());
            diagnostics.push(
                Diagnostic::new(Code::KeyNotText, node.span, message)
                    .label("a key is plain text")
                    .help("write `name: value`"),
            );
            Key::Refused
        }
    }
}

/// The rule: nothing nests deeper than 64 levels.
fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Nesting,
        span,
        format!("this nests deeper than {MAX_DEPTH} levels"),
    )
    .label("nothing from here on is read")
    .help("give the inner parts names of their own under `types:`")
}
