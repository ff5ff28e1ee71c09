//! Text in, spanned tree out. The only room that knows the YAML parser.
//!
//! A parser stops at its first mistake. What stands in the way is then given up, and reading goes on with the next line
//! that begins an entry beside it or around it; so one run finds them all, and what is well formed is kept.

mod builder;
mod conflict;
mod fault;
mod lines;
mod words;

use granit_parser::{Options, Parser};

use super::tree::Node;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceFile, Span};
use builder::Builder;

/// Collections may nest this deep.
const MAX_DEPTH: usize = 64;

/// A file may have this many values: lists and maps, their items and their keys. So it is read in a bounded time and memory.
const MAX_VALUES: usize = 1_000_000;

/// After this many places that are not YAML, reading ends: this is no schema, or one in which something is wrong from the start.
const MAX_MISTAKES: usize = 20;

/// What was read of a file.
pub(super) struct Document<'s> {
    /// The root node; none in an empty file.
    pub(super) root: Option<Node<'s>>,
    /// Whether there may be names in the file that were not read, so that what is missing may only be unread.
    pub(super) broken: bool,
}

/// Why the parser came no further.
enum Stop {
    /// There is a mistake, and the place where it is to be mended.
    Mistake(Span),
    /// Nothing below is read.
    File,
}

/// Reads a file as far as it can be read.
///
/// The types, events, streams and contexts that are well formed are kept. One with a mistake in it is `Refused`, but the
/// rest of it is looked through for other mistakes.
pub(super) fn parse<'s>(
    id: FileId,
    file: &'s SourceFile,
    diagnostics: &mut Diagnostics,
) -> Document<'s> {
    let settled = conflict::settle(id, &file.text, diagnostics);
    let text = settled.as_deref().unwrap_or(&file.text);
    let mut builder = Builder::new(id, &file.text, diagnostics);
    // What stands in the other version may be what is missed.
    builder.has_lost_keys = settled.is_some();
    let mut mistakes = 0;
    let mut part = 0..text.len();
    loop {
        let next = match read(&mut builder, text, part.clone()) {
            Ok(()) => lines::next(text, part.end),
            Err(Stop::File) => {
                builder.give_up(None);
                builder.has_lost_keys = true;
                break;
            }
            Err(Stop::Mistake(place)) => {
                mistakes += 1;
                let inner = builder.give_up(Some(place));
                if mistakes == MAX_MISTAKES {
                    builder.note_the_end();
                    builder.has_lost_keys = true;
                    break;
                }
                let below = lines::after(text, part.start.max(place.start as usize));
                let next = inner.and_then(|column| lines::next_entry(text, below, column));
                builder.pass_over(text, below..next.unwrap_or(text.len()));
                next
            }
        };
        let Some(start) = next else { break };
        builder.go_on(lines::indentation(text, start));
        part = start..lines::end_of_block(text, start);
    }
    Document {
        broken: builder.has_lost_keys,
        root: builder.finish(),
    }
}

/// Reads a part of a text: whole lines that are YAML by themselves.
fn read(
    builder: &mut Builder<'_, '_>,
    text: &str,
    part: std::ops::Range<usize>,
) -> Result<(), Stop> {
    let mut options = Options::default();
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    options.emit_anchor_events = true;
    options.set_emit_comments(false);
    options.block_nesting_limit = MAX_DEPTH;
    options.flow_nesting_limit = MAX_DEPTH;

    builder.begin_part(part.start);
    let lines = text.get(part).unwrap_or("");
    for next in Parser::new_from_str_with_options(lines, options) {
        match next {
            Ok((event, place)) => builder.event(event, place)?,
            Err(error) => return Err(builder.syntax_error(&error)),
        }
    }
    Ok(())
}
