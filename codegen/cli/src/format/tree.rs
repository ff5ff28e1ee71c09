//! Text in, tree with comments out. The only room of the formatter that knows the YAML parser.
//!
//! The compiler's tree is for judging a schema, and drops what it has refused. This one keeps everything that is
//! written, and how; it judges nothing that can be printed again.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use super::scalar::Scalar;
use super::{SPACE, Unformatted};

/// Collections may nest this deep, as in the compiler.
const MAX_DEPTH: usize = 64;

/// One file.
#[derive(Debug)]
pub(super) struct Document<'s> {
    /// Where its `---` stands, if it has one.
    pub(super) marker: Option<usize>,
    /// None if there is nothing but comments.
    pub(super) root: Option<Node<'s>>,
    /// All of them, in the order of the text.
    pub(super) comments: Vec<Comment<'s>>,
    pub(super) lines: Lines,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self(std::iter::once(0).chain(ends).collect())
    }

    /// The first byte of the line that this one stands in.
    pub(super) fn start(&self, at: usize) -> usize {
        let after = self.0.partition_point(|&start| start <= at);
        self.0.get(after.saturating_sub(1)).copied().unwrap_or(0)
    }

    /// How many bytes stand before this one in its line.
    pub(super) fn column(&self, at: usize) -> usize {
        at - self.start(at)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Comment<'s> {
    pub(super) start: usize,
    /// What follows the `#`.
    pub(super) text: &'s str,
}

/// A value, and the bytes from its first to behind its last.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) data: Data<'s>,
}

#[derive(Debug)]
pub(super) enum Data<'s> {
    /// Nothing stands where a value may: behind the colon, or behind the key itself where there is no colon.
    Empty,
    Scalar(Scalar<'s>),
    Collection(Collection<'s>),
}

/// A map, or a list: its entries have no keys.
#[derive(Debug)]
pub(super) struct Collection<'s> {
    pub(super) is_map: bool,
    /// Whether it stands in brackets.
    pub(super) flow: bool,
    /// Comments behind its last entry are its own if they begin in this column or further right.
    pub(super) inside: usize,
    pub(super) entries: Vec<Entry<'s>>,
}

#[derive(Debug)]
pub(super) struct Entry<'s> {
    /// Where its key or its dash begins.
    pub(super) start: usize,
    /// Where its key or its dash ends; in a list in brackets, where the value begins.
    pub(super) head_end: usize,
    pub(super) key: Option<Scalar<'s>>,
    pub(super) value: Node<'s>,
}

impl<'s> Document<'s> {
    /// Reads a text whose lines end in `\n`.
    pub(super) fn read(text: &'s str) -> Result<Self, Unformatted> {
        let mut options = Options::default();
        options.disallow_directives = true;
        options.emit_unresolved_aliases = true;
        options.set_emit_comments(true);
        // Comments are kept anyway, so there is nothing to save.
        options.max_buffered_comment_events = usize::MAX;
        options.block_nesting_limit = MAX_DEPTH;
        options.flow_nesting_limit = MAX_DEPTH;

        let mut comments = Vec::new();
        let mut events = Vec::new();
        for next in Parser::new_from_str_with_options(text, options) {
            let (event, span) = next.map_err(|error| not_yaml(text, &error))?;
            let range = span.byte_range().unwrap_or(0..0);
            if span.tag_span().is_some() {
                return refuse(range.start, "tags are not part of the schema language");
            }
            match event {
                Event::Comment(..) => comments.push(Comment {
                    start: range.start,
                    text: slice(text, range.start + 1..range.end),
                }),
                event => events.push((event, range)),
            }
        }
        comments.sort_by_key(|comment| comment.start);
        let lines = Lines::of(text);
        let reader = Reader {
            text,
            lines: &lines,
            events: events.into_iter(),
            read: 0,
        };
        let (marker, root) = reader.document()?;
        Ok(Self {
            marker,
            root,
            comments,
            lines,
        })
    }

    /// Whether both have the same data, with the same comments in the same order.
    pub(super) fn says_the_same(&self, other: &Document<'_>) -> bool {
        let comments = |document: &Document<'_>| -> Vec<String> {
            let texts = document.comments.iter();
            texts
                .map(|comment| comment.text.trim_matches(SPACE).to_owned())
                .collect()
        };
        let same_root = match (&self.root, &other.root) {
            (Some(one), Some(other)) => one.says_the_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_root && comments(self) == comments(other)
    }
}

impl Node<'_> {
    fn says_the_same(&self, other: &Node<'_>) -> bool {
        match (&self.data, &other.data) {
            (Data::Empty, Data::Empty) => true,
            (Data::Scalar(one), Data::Scalar(other)) => one.says_the_same(other),
            (Data::Collection(one), Data::Collection(other)) => {
                one.is_map == other.is_map
                    && one.entries.len() == other.entries.len()
                    && one.entries.iter().zip(&other.entries).all(|(one, other)| {
                        let same_key = match (&one.key, &other.key) {
                            (Some(one), Some(other)) => one.says_the_same(other),
                            (one, other) => one.is_none() && other.is_none(),
                        };
                        same_key && one.value.says_the_same(&other.value)
                    })
            }
            _ => false,
        }
    }
}

type Root<'s> = (Option<usize>, Option<Node<'s>>);

struct Reader<'s, 'l> {
    text: &'s str,
    lines: &'l Lines,
    events: std::vec::IntoIter<(Event<'s>, Range<usize>)>,
    /// Where the last thing that was read ends.
    read: usize,
}

impl<'s> Reader<'s, '_> {
    /// The one document of the file: where its marker is, and its root.
    fn document(mut self) -> Result<Root<'s>, Unformatted> {
        let (mut documents, mut marker, mut root) = (0, None, None);
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                Event::DocumentStart(explicit, _) => {
                    documents += 1;
                    if documents > 1 {
                        return refuse(range.start, "a second YAML document begins here");
                    }
                    if explicit {
                        marker = Some(range.start);
                        self.read = range.end;
                    }
                }
                event => root = Some(self.node(event, range, 0)?),
            }
        }
        match root {
            Some(Node {
                start,
                data: Data::Scalar(_),
                ..
            }) => refuse(start, "a schema file has keys, and this is text alone"),
            root => Ok((
                marker,
                root.filter(|root| !matches!(root.data, Data::Empty)),
            )),
        }
    }

    /// The node that begins with this event. `column` is that of the block around it.
    fn node(
        &mut self,
        event: Event<'s>,
        range: Range<usize>,
        column: usize,
    ) -> Result<Node<'s>, Unformatted> {
        match event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
                if anchor > 0 =>
            {
                refuse(range.start, "anchors are not part of the schema language")
            }
            Event::Scalar(_, ScalarStyle::Plain, ..) if range.is_empty() => Ok(Node {
                start: self.read,
                end: self.read,
                data: Data::Empty,
            }),
            Event::Scalar(value, style, ..) => Ok(self.scalar(value, style, range, column)),
            Event::SequenceStart(style, ..) => self.collection(false, style, range, column),
            Event::MappingStart(style, ..) => self.collection(true, style, range, column),
            _ => refuse(range.start, "aliases are not part of the schema language"),
        }
    }

    fn scalar(
        &mut self,
        value: Cow<'s, str>,
        style: ScalarStyle,
        range: Range<usize>,
        column: usize,
    ) -> Node<'s> {
        let (start, header, source) = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The text is in the lines below its header, `|2-`.
                let start = self.skip(self.read);
                let rest = slice(self.text, start..range.end);
                let (header, below) = rest.split_once('\n').unwrap_or((rest, ""));
                (start, header, below)
            }
            _ => (range.start, "", slice(self.text, range.clone())),
        };
        let end = range.end.min(self.text.len());
        let end = start + slice(self.text, start..end).trim_end_matches(SPACE).len();
        self.read = end;
        Node {
            start,
            end: self.read,
            data: Data::Scalar(Scalar::new(value, style, source, header, column)),
        }
    }

    fn collection(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        range: Range<usize>,
        around: usize,
    ) -> Result<Node<'s>, Unformatted> {
        let flow = style == StructureStyle::Flow;
        let start = if flow {
            range.start
        } else {
            self.skip(self.read)
        };
        self.read = self.read.max(range.end);
        if !flow {
            self.read = start;
        }
        let column = if flow {
            around
        } else {
            self.lines.column(start)
        };
        let mut entries = Vec::new();
        let mut end = range.end;
        while let Some((event, range)) = self.events.next() {
            if matches!(event, Event::SequenceEnd | Event::MappingEnd) {
                if flow {
                    end = end.max(range.end);
                    self.read = self.read.max(range.end);
                }
                break;
            }
            let entry = if is_map {
                self.entry(event, range, column)?
            } else {
                self.item(event, range, flow, column)?
            };
            end = entry.value.end.max(entry.head_end);
            entries.push(entry);
        }
        // A list may stand in the column of its key, and then what stands there is not its own.
        let inside = column + usize::from(!is_map && !flow && column == around);
        Ok(Node {
            start,
            end,
            data: Data::Collection(Collection {
                is_map,
                flow,
                inside,
                entries,
            }),
        })
    }

    fn entry(
        &mut self,
        key: Event<'s>,
        range: Range<usize>,
        column: usize,
    ) -> Result<Entry<'s>, Unformatted> {
        // `? key` begins with its mark.
        let mark = self.skip(self.read);
        let start = if slice(self.text, mark..mark + 1) == "?" && mark < range.start {
            mark
        } else {
            range.start
        };
        let key = self.node(key, range, column)?;
        let head_end = key.end;
        let key = match key.data {
            Data::Scalar(scalar) if scalar.is_one_line() => scalar,
            Data::Scalar(_) => return refuse(start, "a key stands on one line"),
            Data::Empty | Data::Collection(_) => return refuse(start, "a key is text"),
        };
        self.read = head_end;
        let behind = slice(self.text, head_end..self.text.len());
        if let Some(rest) = behind.trim_start_matches(SPACE).strip_prefix(':') {
            self.read += behind.len() - rest.len();
        }
        let Some((event, range)) = self.events.next() else {
            return refuse(start, "this key has no value");
        };
        let value = self.node(event, range, column)?;
        Ok(Entry {
            start,
            head_end,
            key: Some(key),
            value,
        })
    }

    fn item(
        &mut self,
        event: Event<'s>,
        range: Range<usize>,
        flow: bool,
        column: usize,
    ) -> Result<Entry<'s>, Unformatted> {
        let (start, head_end) = if flow {
            (range.start, range.start)
        } else {
            let dash = self.skip(self.read);
            (dash, dash + 1)
        };
        self.read = head_end;
        Ok(Entry {
            start,
            head_end,
            key: None,
            value: self.node(event, range, column)?,
        })
    }

    /// The next byte from here that is neither space nor comment nor the colon of a key.
    fn skip(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = slice(self.text, at..self.text.len());
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', ':', ',']);
            at += rest.len() - trimmed.len();
            match trimmed.starts_with('#') {
                true => at += trimmed.find('\n').unwrap_or(trimmed.len()),
                false => return at,
            }
        }
    }
}

/// A part of a text; nothing where it has no such part.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}

fn not_yaml(text: &str, error: &ScanError) -> Unformatted {
    let offset = error.marker().byte_offset().unwrap_or(text.len());
    Unformatted {
        offset: offset.min(text.len()),
        reason: format!("this is not YAML: {}", error.info()),
    }
}

fn refuse<T>(offset: usize, reason: &str) -> Result<T, Unformatted> {
    Err(Unformatted {
        offset,
        reason: reason.to_owned(),
    })
}
