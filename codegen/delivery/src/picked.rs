//! A sink that is not given every event.

use uuid::Uuid;

use crate::batch::{Batch, Record};
use crate::sink::{Fail, Pace, Sink};

/// A sink that is given only some of the events: [`Sink::only`], [`Sink::sample`].
#[derive(Clone, Debug)]
pub struct Picked<S> {
    sink: S,
    names: Vec<Pattern>,
    /// The share of what has such a name that is wanted; of other names, everything or nothing.
    share: f64,
    others: bool,
}

/// A name, or what names begin with.
#[derive(Clone, Debug)]
struct Pattern(String);

impl Pattern {
    fn fits(&self, name: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == self.0,
        }
    }

    fn check(&self) -> Result<(), String> {
        let name = self.0.strip_suffix('*').unwrap_or(&self.0);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_' || c == '-';
        match self.0.is_empty() || !name.chars().all(is_plain) {
            true => Err(format!(
                "{:?} can't be the name of an event, so none would be picked by it; write a name, or how names begin and a `*` \
                 at the end: `backend.request.*`",
                self.0
            )),
            false => Ok(()),
        }
    }
}

impl<S: Sink> Picked<S> {
    pub(crate) fn only<P: Into<String>>(sink: S, names: impl IntoIterator<Item = P>) -> Self {
        let names = names.into_iter().map(|name| Pattern(name.into()));
        Picked {
            sink,
            names: names.collect(),
            share: 1.0,
            others: false,
        }
    }

    pub(crate) fn sample(sink: S, name: impl Into<String>, share: f64) -> Self {
        Picked {
            sink,
            names: vec![Pattern(name.into())],
            share,
            others: true,
        }
    }

    fn picks(&self, record: &Record<'_>) -> bool {
        if !self.names.iter().any(|name| name.fits(record.event())) {
            return self.others;
        }
        self.share >= 1.0 || place(record.uuid()) < self.share
    }
}

/// Where an id is among all ids, from 0 to 1.
fn place(id: Uuid) -> f64 {
    // the upper 32 bits are those of a hash, whatever the version of the id takes below them
    f64::from((id.as_u128() >> 96) as u32) / f64::from(u32::MAX)
}

impl<S: Sink> Sink for Picked<S> {
    type Requires = S::Requires;

    fn name(&self) -> &str {
        self.sink.name()
    }

    fn check(&self) -> Result<(), String> {
        if self.names.is_empty() {
            return Err("`only` names no event, so it would get none; name some".to_owned());
        }
        if !(0.0..=1.0).contains(&self.share) {
            return Err(format!(
                "`sample` asks for a share of {}; a share is from 0 to 1",
                self.share
            ));
        }
        self.names.iter().try_for_each(Pattern::check)?;
        self.sink.check()
    }

    fn pace(&self) -> Pace {
        self.sink.pace()
    }

    fn wants(&self, record: &Record<'_>) -> bool {
        self.picks(record) && self.sink.wants(record)
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        self.sink.write(batch)
    }

    fn position(&mut self, producer: Uuid) -> Result<Option<u64>, String> {
        self.sink.position(producer)
    }

    fn warning(&self) -> Option<String> {
        self.sink.warning()
    }

    fn idle(&mut self) -> Result<(), String> {
        self.sink.idle()
    }

    fn close(&mut self) -> Result<(), String> {
        self.sink.close()
    }
}
