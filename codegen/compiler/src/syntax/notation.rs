//! The small notations inside a text: types, ranges, durations, transforms.

use super::ast::{Range, Transform, Type, TypeKind};
use super::names::{is_snake_case, to_snake_case};
use super::tree::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::words::TransformKind;

/// `Money`, `billing.Money`, `list<T>`, `map<string, T>`.
pub(super) fn parse_type<'s>(text: &Text<'s>) -> Result<Type<'s>, Diagnostic> {
    let mut parser = TypeParser {
        text,
        at: 0,
        depth: 0,
    };
    let ty = parser.ty()?;
    parser.space();
    if parser.at < text.value.len() {
        Err(parser.unexpected())
    } else {
        Ok(ty)
    }
}

/// `list<…>` nests this deep; deeper is a mistake, and recursion has an end.
const MAX_TYPE_DEPTH: usize = 16;

struct TypeParser<'t, 's> {
    text: &'t Text<'s>,
    at: usize,
    depth: usize,
}

impl<'s> TypeParser<'_, 's> {
    fn rest(&self) -> &str {
        self.text.value.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, token: char) -> Result<(), Diagnostic> {
        self.space();
        if self.rest().starts_with(token) {
            self.at += token.len_utf8();
            Ok(())
        } else {
            Err(self.expected(&format!("`{token}`")))
        }
    }

    fn ty(&mut self) -> Result<Type<'s>, Diagnostic> {
        self.space();
        let start = self.at;
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let len = self.rest().find(|c| !word(c)).unwrap_or(self.rest().len());
        let name = self.text.slice(start, len);
        if name.is_empty() {
            return Err(self.expected("a type"));
        }
        self.at += len;
        self.depth += 1;
        let generic = self.rest().trim_start().starts_with('<');
        let kind = match &*name {
            _ if self.depth > MAX_TYPE_DEPTH => return Err(self.expected("fewer levels of `<`")),
            "list" if generic => {
                self.eat('<')?;
                let item = self.ty()?;
                self.eat('>')?;
                TypeKind::List(Box::new(item))
            }
            "map" if generic => {
                self.eat('<')?;
                let key = self.ty()?;
                self.eat(',')?;
                let value = self.ty()?;
                self.eat('>')?;
                TypeKind::Map(Box::new(key), Box::new(value))
            }
            _ if generic => {
                return Err(self.wrong("only `list` and `map` take a `<`".to_owned()));
            }
            _ => TypeKind::Name(name),
        };
        self.depth -= 1;
        Ok(Type {
            span: self.text.part(start, self.at - start),
            kind,
        })
    }

    fn expected(&self, what: &str) -> Diagnostic {
        let found = match self.rest().chars().next() {
            Some(found) => format!("`{found}`"),
            None => "the end".to_owned(),
        };
        self.wrong(format!("expected {what}, found {found}"))
    }

    fn unexpected(&self) -> Diagnostic {
        self.wrong(format!(
            "expected the end of the type, found `{}`",
            self.rest()
        ))
    }

    fn wrong(&self, label: String) -> Diagnostic {
        let text = &*self.text.value;
        let len = self.rest().chars().next().map_or(0, char::len_utf8);
        let diagnostic = Diagnostic::new(
            Code::TypeSyntax,
            self.text.part(self.at, len),
            format!("`{text}` is not a type"),
        )
        .label(label);
        let diagnostic = diagnostic.help(type_advice(text.trim()));
        let is_name = |item: &&str| item.chars().all(|c| c.is_alphanumeric() || c == '.');
        match list_of(text.trim()).filter(is_name) {
            Some(item) => diagnostic.edit(self.text.span, format!("list<{item}>")),
            None => diagnostic,
        }
    }
}

/// What stands between two marks, which are all else there is.
fn inside<'t>(text: &'t str, opening: &str, closing: &str) -> Option<&'t str> {
    text.strip_prefix(opening)?.strip_suffix(closing)
}

/// The items of what other languages call a list.
fn list_of(text: &str) -> Option<&str> {
    of_word(text, &["list", "array", "set", "vec"])
        .or_else(|| inside(text, "list[", "]"))
        .or_else(|| text.strip_suffix("[]"))
}

/// What stands between `<` and `>` behind one of these words, if this language does not write it so.
fn of_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let (word, rest) = text.split_once('<')?;
    let is_ours = matches!(word, "list" | "map");
    let is_meant = !is_ours && words.contains(&word.to_ascii_lowercase().as_str());
    rest.strip_suffix('>').filter(|_| is_meant)
}

/// How to write what other languages write otherwise.
fn type_advice(text: &str) -> String {
    let optional = inside(text, "Option<", ">").or_else(|| text.strip_suffix('?'));
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | ',' | ' ');
    if let Some(item) = list_of(text) {
        format!("a list is written `list<{item}>`")
    } else if let Some(entry) = of_word(text, &["map", "dict", "hashmap"]) {
        format!("a map is written `map<{entry}>`")
    } else if let Some(name) = optional {
        format!("the `?` belongs to the name of the field: `name?: {name}`")
    } else if text.starts_with("decimal(") {
        "write `decimal`: it has as many digits as it needs".to_owned()
    } else if text.contains('|') {
        "write a union under `types:`: `{ one_of: { text: string, number: i64 } }`".to_owned()
    } else if text.contains('#') {
        "write a space before `#`, which then begins a comment".to_owned()
    } else if text.contains(',') && text.chars().all(is_plain) {
        format!("write an enum as a list: `[{text}]`")
    } else if text.contains('/') {
        format!("write the path with dots: `{}`", text.replace('/', "."))
    } else {
        "a type is a name, `list<T>` or `map<string, T>`".to_owned()
    }
}

/// A whole number without a sign or zeros in front, which other readers take for something else.
///
/// It ends at `u32::MAX`: what is longer than 4 GiB is in no message.
pub(super) fn count(text: &str) -> Option<u32> {
    let is_plain = text == "0" || !text.starts_with(['0', '+']);
    is_plain.then(|| text.parse().ok())?
}

/// `1..64`, `1..`, `..64`, or `8` for exactly eight.
pub(super) fn parse_range(text: &Text<'_>) -> Result<Spanned<Range>, Diagnostic> {
    let number = |part: &str| match part.trim() {
        "" => Ok(None),
        part => count(part).map(|number| Some(number.into())).ok_or(()),
    };
    let range = match text.value.split_once("..") {
        Some((min, max)) => number(min).and_then(|min| {
            Ok(Range {
                min,
                max: number(max)?,
            })
        }),
        None => number(&text.value).map(|exactly| Range {
            min: exactly,
            max: exactly,
        }),
    };
    let is_number = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b' ')
    };
    match range {
        Ok(range) if range.min.is_some() || range.max.is_some() => {
            Ok(Spanned::new(range, text.span))
        }
        Err(()) if text.value.splitn(2, "..").all(is_number) => Err(Diagnostic::new(
            Code::Syntax,
            text.span,
            format!("nothing is as long as `{}` says", text.value),
        )
        .label(format!("the greatest length is {}", u32::MAX))
        .help("write a smaller number, or leave the end out: `1..`")),
        _ => Err(not_a_range(text)),
    }
}

fn not_a_range(text: &Text<'_>) -> Diagnostic {
    let message = format!("`{}` is not a range", text.value);
    let diagnostic = Diagnostic::new(Code::Syntax, text.span, message)
        .label("expected a range such as `1..64`")
        .help("both ends belong to it, and either may be left out: `1..`, `..64`");
    // Other notations have another mark between the same two ends.
    let ends = ["-", "..=", "...", ",", ":", " to "]
        .iter()
        .find_map(|mark| text.value.split_once(mark));
    match ends.map(|(min, max)| (count(min.trim()), count(max.trim()))) {
        Some((Some(min), Some(max))) => diagnostic.edit(text.span, format!("{min}..{max}")),
        _ => diagnostic,
    }
}

/// `400d`: seconds.
pub(super) fn parse_duration(text: &Text<'_>) -> Result<Spanned<u64>, Diagnostic> {
    match seconds(&text.value) {
        Some(seconds) if seconds > 0 => Ok(Spanned::new(seconds, text.span)),
        None if is_count(&text.value) => Err(Diagnostic::new(
            Code::Syntax,
            text.span,
            format!("`{}` is too long", text.value),
        )
        .label("a duration is at most a hundred years")
        .help("write at most `36600d`")),
        _ => Err(Diagnostic::new(
            Code::Syntax,
            text.span,
            format!("`{}` is not a duration", text.value),
        )
        .label("expected a duration such as `400d`")
        .help("write a whole number and one of `s`, `m`, `h`, `d`, `w`")),
    }
}

/// `-7d..+1h`: seconds before and after the current time.
pub(super) fn parse_window(text: &Text<'_>) -> Result<Spanned<(i64, i64)>, Diagnostic> {
    let offset = |part: &str| {
        let part = part.trim();
        let (sign, rest) = match part.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, part.strip_prefix('+').unwrap_or(part)),
        };
        if rest == "0" {
            Some(0)
        } else {
            Some(sign * i64::try_from(seconds(rest)?).ok()?)
        }
    };
    let window = text
        .value
        .split_once("..")
        .and_then(|(from, to)| Some((offset(from)?, offset(to)?)));
    match window {
        Some((from, to)) if from < to => Ok(Spanned::new((from, to), text.span)),
        Some(_) => Err(Diagnostic::new(
            Code::EmptyRange,
            text.span,
            format!("nothing is in the window `{}`", text.value),
        )
        .label("it ends before it begins")
        .help("the past is negative: `-7d..+1h`")),
        None => Err(Diagnostic::new(
            Code::Syntax,
            text.span,
            format!("`{}` is not a window of time", text.value),
        )
        .label("expected a window such as `-7d..+1h`")
        .help("it is counted from now, with `s`, `m`, `h`, `d` or `w`")),
    }
}

/// Whether a text is a number and a unit, however great.
fn is_count(text: &str) -> bool {
    let digits = text.strip_suffix(['s', 'm', 'h', 'd', 'w']).unwrap_or("");
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn seconds(text: &str) -> Option<u64> {
    let unit = text.chars().next_back()?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        'w' => 7 * 24 * 60 * 60,
        _ => return None,
    };
    let digits = text.strip_suffix(unit)?;
    // A century is more than anybody keeps, and leaves every sum far from overflow.
    let count: u64 = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    count
        .checked_mul(factor)
        .filter(|&seconds| seconds <= 100 * 366 * 24 * 60 * 60)
}

/// `day(occurred_at)`, `bucket(16, tenant_id)`, `region`.
pub(super) fn parse_transform<'s>(text: &Text<'s>) -> Result<Transform<'s>, Diagnostic> {
    let source = &*text.value;
    let Some((word, arguments)) = source.split_once('(') else {
        let kind = TransformKind::Identity;
        if !super::is_snake_case(source) {
            return Err(not_a_transform(text));
        }
        return Ok(Transform {
            span: text.span,
            kind,
            field: Spanned::new(text.value.clone(), text.span),
        });
    };
    let Some(arguments) = arguments.strip_suffix(')') else {
        return Err(not_a_transform(text));
    };
    let (buckets, field) = match arguments.rsplit_once(',') {
        Some((count, field)) => (Some(count.trim()), field),
        None => (None, arguments),
    };
    let kind = match (word.trim(), buckets) {
        ("hour", None) => TransformKind::Hour,
        ("day", None) => TransformKind::Day,
        ("month", None) => TransformKind::Month,
        ("year", None) => TransformKind::Year,
        ("bucket", Some(buckets)) => match count(buckets) {
            Some(count @ 1..=65536) => TransformKind::Bucket(count),
            _ => {
                let at = source.find(buckets).unwrap_or(0);
                let message = format!("`{buckets}` is not a number of buckets");
                return Err(
                    Diagnostic::new(Code::Syntax, text.part(at, buckets.len()), message)
                        .label("expected a whole number from 1 to 65536")
                        .help("write `bucket(16, tenant_id)`"),
                );
            }
        },
        _ => return Err(not_a_transform(text)),
    };
    let name = field.trim();
    if !super::is_snake_case(name) {
        return Err(not_a_transform(text));
    }
    let at = source.rfind(name).unwrap_or(0);
    Ok(Transform {
        span: text.span,
        kind,
        field: Spanned::new(text.slice(at, name.len()), text.part(at, name.len())),
    })
}

/// What is more than one transform, with a comma between them.
fn several(source: &str) -> Option<&str> {
    let behind = |(at, _)| source.get(..at).unwrap_or("");
    let is_between = |before: &str| {
        let opened = before.matches(['(', '[']).count();
        !before.is_empty() && opened == before.matches([')', ']']).count()
    };
    let mut commas = source.match_indices(',').map(behind);
    (!source.starts_with('[') && commas.any(is_between)).then_some(source)
}

fn not_a_transform(text: &Text<'_>) -> Diagnostic {
    let source = text.value.trim();
    let diagnostic = Diagnostic::new(
        Code::Syntax,
        text.span,
        format!("`{source}` is not a partition transform"),
    )
    .label("not a transform of a field");
    if source.eq_ignore_ascii_case("none") {
        return diagnostic.suggest_exactly("none");
    }
    if let Some(several) = several(source) {
        return diagnostic
            .label("more than one transform")
            .help(format!("several are a list: `[{several}]`"));
    }
    let (word, rest) = source.split_once(['(', '[', ' ']).unwrap_or((source, ""));
    let inside = rest.trim_matches(['(', ')', '[', ']', ' ']);
    let (count, field) = inside.rsplit_once(',').unwrap_or(("", inside));
    // Of a path only the last part can name a field of the header.
    let last = to_snake_case(field.rsplit('.').next().unwrap_or(""));
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_misnamed = !field.is_empty() && field.trim().chars().all(is_name);
    let is_time = matches!(word, "hour" | "day" | "month" | "year") && count.is_empty();
    let snake_case = "a field is named in snake_case, without a path";
    if source.contains('(') && !source.ends_with(')') {
        return diagnostic
            .label("the `)` is missing")
            .help(format!("close it: `{source})`"));
    } else if word == "bucket" && is_misnamed && !count.is_empty() {
        return diagnostic
            .label(snake_case)
            .suggest_exactly(&format!("bucket({count}, {last})"));
    } else if word == "bucket" {
        return diagnostic
            .label("takes a number of buckets and a field")
            .help("say how many buckets, and of which field: `bucket(16, tenant_id)`");
    } else if is_time && inside.is_empty() {
        return diagnostic
            .label("the field is missing")
            .help(format!("name a field: `{word}(occurred_at)`"));
    } else if is_time && !source.contains('(') {
        let label = if source.contains('[') {
            "the brackets are round"
        } else {
            "the brackets are missing"
        };
        return diagnostic
            .label(label)
            .help(format!("put the field in brackets: `{word}({inside})`"));
    } else if is_time && is_misnamed {
        return diagnostic
            .label(snake_case)
            .suggest_exactly(&format!("{word}({last})"));
    } else if rest.is_empty() && is_snake_case(&to_snake_case(word)) && word.chars().all(is_name) {
        return diagnostic
            .label(snake_case)
            .suggest_exactly(&to_snake_case(word));
    }
    let transforms = "the transforms are `hour(f)`, `day(f)`, `month(f)`, `year(f)`, `bucket(n, f)`, and `f` alone for the value itself";
    match crate::diagnostic::nearest(word, ["hour", "day", "month", "year", "bucket"]) {
        Some(name) if name != word => diagnostic
            .help(transforms)
            .help(format!("did you mean `{name}(…)`?"))
            .edit(
                text.part(text.value.len() - text.value.trim_start().len(), word.len()),
                name,
            ),
        _ => diagnostic.help(transforms),
    }
}
