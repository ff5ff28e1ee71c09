//! Text in, tree out. With `scalar` the only room of the formatter that knows the YAML parser.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use super::{Collection, Comment, Data, Document, Entry, Lines, Node, slice};
use crate::format::scalar::Scalar;
use crate::format::{SPACE, Unformatted};

/// Collections may nest this deep, as in the compiler.
const MAX_DEPTH: usize = 64;

impl<'s> Document<'s> {
    /// Reads a text whose lines end in `\n`.
    pub(in crate::format) fn read(text: &'s str) -> Result<Self, Unformatted> {
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
        let start = match flow {
            true => range.start,
            false => self.skip(self.read),
        };
        self.read = if flow { range.end } else { start };
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
