//! What is said where something is not YAML, or not YAML of ours.

use granit_parser::ErrorKind;

use super::{MAX_DEPTH, MAX_VALUES};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The rule: nothing nests deeper than 64 levels.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Nesting,
        span,
        format!("this nests deeper than {MAX_DEPTH} levels"),
    )
    .label("what is inside is not read")
    .help("give the inner parts names of their own under `types:`")
}

/// The rule: a file has at most a million values.
pub(super) fn too_many_values(span: Span) -> Diagnostic {
    let message = format!("the file has more than {MAX_VALUES} values");
    Diagnostic::new(Code::FileTooLarge, span, message)
        .label("nothing from here on is read")
        .help("split it: each file is a module of its own")
}

/// The rule: beside entries stand entries.
pub(super) fn not_an_entry(span: Span) -> Diagnostic {
    by_kind(&ErrorKind::SimpleKeyExpected, span)
}

/// Whether what is read is no text at all.
pub(super) fn is_no_text(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::UnexpectedCharacter { character: '\0' })
}

/// The rule: every quote is closed.
pub(super) fn unclosed_quote(span: Span) -> Diagnostic {
    let quote = Span {
        end: span.start + 1,
        ..span
    };
    Diagnostic::new(Code::Unclosed, quote, "this quote is never closed")
        .label("opens here")
        .help("close it; a quote inside single quotes is written twice: `'it''s'`")
}

/// The rule: YAML is indented with spaces.
pub(super) fn tab(span: Span) -> Diagnostic {
    Diagnostic::new(Code::Tab, span, "a tab stands where YAML wants spaces")
        .label("a tab")
        .note("a tab has no width in YAML, so nothing says what is inside what")
        .help("indent with spaces; most editors have a command that converts tabs")
}

pub(super) fn is_about_a_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}

/// Whether the parser stopped because a `[` or `{` was still open.
pub(super) fn leaves_bracket_open(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEof
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidIndentation
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::MappingValueNotAllowed
            | ErrorKind::MismatchedFlowCollectionEnd { .. }
            | ErrorKind::BlockEntryInFlowCollection
    )
}

/// What is to be said about a mistake of which nothing but its kind matters.
pub(super) fn by_kind(kind: &ErrorKind, span: Span) -> Diagnostic {
    let (code, message, help) = match kind {
        ErrorKind::DirectiveDisallowed => (
            Code::Directive,
            "YAML directives are not part of the schema language".to_owned(),
            "remove this line; if it is text, quote it",
        ),
        ErrorKind::SimpleKeyExpected
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidSimpleKey => (
            Code::YamlSyntax,
            "expected `key: value`".to_owned(),
            "look at this line and the one above: a `:` with a space after it is missing, or the indentation is off",
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::MappingKeyNotAllowed => (
            Code::YamlSyntax,
            "the indentation of this line fits nothing above it".to_owned(),
            "line it up with the keys that it stands beside",
        ),
        ErrorKind::BomInsideDocument => (
            Code::YamlSyntax,
            "a byte order mark (U+FEFF) stands in the middle of the file".to_owned(),
            "remove it: it is invisible, and two files were put together here",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => (
            Code::YamlSyntax,
            "a backtick cannot begin a value".to_owned(),
            "put the value in quotes",
        ),
        ErrorKind::UnexpectedCharacter { character } => (
            Code::YamlSyntax,
            format!("`{}` cannot begin a value", character.escape_default()),
            "put the value in quotes",
        ),
        ErrorKind::InvalidBlockScalarHeader => (
            Code::YamlSyntax,
            "`|` and `>` begin a block of text, which stands on the lines below".to_owned(),
            "begin the text on the next line, or put it in quotes",
        ),
        ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::UndeclaredTagHandle => (
            Code::Tag,
            "`!` begins a tag, and tags are not part of the schema language".to_owned(),
            "if it is text, put it in quotes",
        ),
        ErrorKind::MissingAnchorOrAliasName => (
            Code::Anchor,
            "`&` and `*` begin anchors and aliases, which are not part of the schema language"
                .to_owned(),
            "if it is text, put it in quotes",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            Code::YamlSyntax,
            "there is no such escape in double quotes".to_owned(),
            "use single quotes, in which a backslash is a backslash",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => (
            Code::YamlSyntax,
            "this bracket closes nothing".to_owned(),
            "remove it",
        ),
        kind => (
            Code::YamlSyntax,
            format!("this is not YAML: {kind}"),
            "look at this line and the one above",
        ),
    };
    Diagnostic::new(code, span, message)
        .label("here")
        .help(help)
}
