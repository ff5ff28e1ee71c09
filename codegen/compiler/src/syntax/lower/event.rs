//! Events.

use super::super::ast::{Event, Name, With};
use super::super::notation;
use super::super::reader::Reader;
use super::super::tree::{Data, Entry, Node, Text};
use super::field::optional_name;
use super::{Lowering, check_snake_case};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::words::{Expect, Period};

const EVENT_KEYS: &[&str] = &[
    "description",
    "owner",
    "version",
    "since",
    "deprecated",
    "allow",
    "stream",
    "with",
    "fields",
    "partition",
    "key",
    "id",
    "retain",
    "expect",
    "examples",
    "reserved",
];

impl Lowering<'_> {
    pub(super) fn event<'s>(&mut self, entry: Entry<'s>) -> Option<Event<'s>> {
        let name = entry.key.clone();
        check_snake_case("an event", &name, self.expect.diagnostics);
        let entries =
            self.expect
                .map(entry, "the keys of an event", "fields: { order_id: uuid }")?;
        let mut reader = Reader::new("an event", entries, EVENT_KEYS, self.expect.diagnostics);
        self.allow(&mut reader, name.span);
        let docs = self.docs(&mut reader);
        let version = self
            .text(&mut reader, "version")
            .and_then(|text| self.version(&text));
        let stream = self.string(&mut reader, "stream");
        let with = reader
            .take("with")
            .and_then(|entry| self.expect.texts(entry, "the names of contexts", "request"))
            .unwrap_or_default();
        let with = with.into_iter().map(|text| {
            let (context, optional) = optional_name(text.to_spanned());
            With { context, optional }
        });
        let with = with.collect();
        let fields = self.fields(&mut reader);
        let storage = self.storage(&mut reader);
        let expect = reader.take("expect").and_then(|entry| self.expect(entry));
        let examples = self.examples(&mut reader);
        let reserved = reader
            .take("reserved")
            .and_then(|entry| {
                self.expect
                    .texts(entry, "the names of fields", "promo_code")
            })
            .unwrap_or_default();
        let reserved = reserved.iter().map(Text::to_spanned).collect();
        Some(Event {
            name,
            docs,
            version,
            stream,
            with,
            fields: fields?,
            storage,
            expect,
            examples,
            reserved,
        })
    }

    /// The rule: a version is a whole number from 1.
    fn version(&mut self, text: &Text<'_>) -> Option<Spanned<u32>> {
        match notation::count(&text.value) {
            Some(version @ 1..) => Some(Spanned::new(version, text.span)),
            _ => {
                let message = format!("`{}` is not the version of an event", text.value);
                let diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                    .label("expected a whole number from 1");
                self.report(
                    diagnostic.help("count it up by one when the meaning of the event changes"),
                );
                None
            }
        }
    }

    /// The rule: an event is expected so often in a minute, an hour or a day.
    fn expect(&mut self, entry: Entry<'_>) -> Option<Spanned<Expect>> {
        let key = entry.key.span;
        let entries = self
            .expect
            .map(entry, "`at_least` and `per`", "at_least: 500, per: hour")?;
        let known = &["at_least", "per"];
        let mut reader = Reader::new("`expect`", entries, known, self.expect.diagnostics);
        let missing = known.iter().find(|key| reader.place(key).is_none());
        let at_least = self.text(&mut reader, "at_least");
        let at_least = at_least.map(|text| self.at_least(&text));
        let per = self.text(&mut reader, "per");
        let per = per.map(|text| self.period(&text));
        if let Some(missing) = missing {
            let message = format!("`expect` says no `{missing}`");
            let diagnostic = Diagnostic::new(Code::MissingKey, key, message)
                .label("a number in a stretch of time")
                .help("write `expect: { at_least: 500, per: hour }`");
            self.report(diagnostic);
        }
        let expect = Expect {
            at_least: at_least??,
            per: per??,
        };
        Some(Spanned::new(expect, key))
    }

    /// The rule: what is expected is at least one.
    fn at_least(&mut self, text: &Text<'_>) -> Option<u32> {
        let count = notation::count(&text.value).filter(|count| *count > 0);
        if count.is_none() {
            let message = format!("`{}` is no number of events to expect", text.value);
            let mut diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                .label("expected a whole number from 1");
            diagnostic = match &*text.value {
                "0" => diagnostic.help("remove `expect`, if there may be none"),
                value => match value.replace(['_', ',', '\''], "").parse::<u32>() {
                    Ok(plain) if plain > 0 => diagnostic.help(format!("write `{plain}`")),
                    _ => diagnostic
                        .help("write a number that a bad day still reaches: fewer are an alarm"),
                },
            };
            self.report(diagnostic);
        }
        count
    }

    /// The rule: events are expected in each minute, hour or day.
    fn period(&mut self, text: &Text<'_>) -> Option<Period> {
        let found = &*text.value;
        let period = Period::ALL.iter().find(|period| period.name() == found);
        if period.is_none() {
            let names = Period::ALL.iter().map(|period| period.name());
            let message = format!("events are not counted per `{found}`");
            let diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                .label("expected `minute`, `hour` or `day`");
            self.report(match found {
                "week" | "month" | "year" => {
                    diagnostic.help("write a number `per: day`: an alarm that takes longer is none")
                }
                "second" => diagnostic.help("write sixty times as many, `per: minute`"),
                _ => diagnostic.suggest(found, names),
            });
        }
        period.copied()
    }

    /// Named examples: maps of members.
    fn examples<'s>(&mut self, reader: &mut Reader<'s>) -> Vec<(Name<'s>, Node<'s>)> {
        let mut examples = Vec::new();
        for entry in self.section(reader, "examples").unwrap_or_default() {
            match entry.value.data {
                Data::Map(_) => examples.push((entry.key.clone(), entry.value)),
                _ => {
                    let _: Option<()> = self.expect.wrong(&entry, "the members of an event");
                }
            }
        }
        examples
    }
}
