//! Events to whatever takes JSON by HTTP.

mod answer;
mod body;
mod client;
mod datadog;
mod json;
mod mapping;
mod mixpanel;
mod secrets;

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use answer::Answer;
pub use body::Framing;
pub use datadog::Datadog;
pub use mapping::{AsItIs, Mapping};
pub use mixpanel::Mixpanel;

use crate::batch::Batch;
use crate::requirement::Any;
use crate::sink::{Fail, Pace, Sink};
use body::Limits;
use client::Client;
use secrets::Secrets;

/// After so many records that were refused one by one, with none accepted in between, it is not the records.
const RUN: u32 = 16;

/// Sends events as JSON, many in a request: to [Datadog](Http::datadog), to [Mixpanel](Http::mixpanel), or to a service of
/// your own. Behind the feature `http`.
///
/// ```no_run
/// use eventc_delivery::{Emitter, Http, Record, Sink};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let key = || std::env::var("KEY");
/// let webhook = Http::new("https://hooks.example.com/events")
///     .header("authorization", format!("Bearer {}", key()?))
///     .mapping(|record: &Record<'_>, out: &mut Vec<u8>| {
///         out.extend_from_slice(format!(r#"{{"id":"{}","data":{}}}"#, record.uuid(), record.json()).as_bytes());
///         Ok(())
///     });
/// let events = Emitter::builder()
///     .spool("/var/lib/shop/spool")
///     .sink(Http::datadog(key()?).site("datadoghq.eu").service("shop").only(["order.*"]))
///     .sink(Http::mixpanel("2195193", "shop.8f1b.mp-service-account", key()?).eu().sample("page.viewed", 0.1))
///     .sink(webhook)
///     .start()?;
/// # Ok(())
/// # }
/// ```
///
/// # What an answer means
///
/// A request is a batch, and what does not fit into one comes in the next. [`Mapping::judge`] may see an answer differently;
/// without it
///
/// | answer | what follows |
/// |---|---|
/// | 2xx | the events are stored |
/// | none, or none that is HTTP; 408, 425, 429, 5xx | they come again, after a pause that grows and is as long as `Retry-After` says, up to an hour |
/// | 400, 413, 422 | the batch comes again in smaller parts, until the event is alone that is refused. It goes to the dead letters, with the server's text |
/// | a redirect, 401, 403, 404, any other | it is a mistake in an address or in rights and not in an event: they come again, and [`last_error`](crate::SinkHealth::last_error) says so |
///
/// When a server refuses 16 events one by one and accepts none in between, it is no event's fault either: the rest waits, and
/// `last_error` says so.
///
/// An answer that is lost on its way is as none, so events may come twice. [`Record::id`](crate::Record::id) is then the same,
/// and so is what is made of it: `$insert_id` at Mixpanel, `record_id` at Datadog.
///
/// Keys and passwords go into headers. They stand in no error and no `Debug`, and nor does the address beyond its host.
pub struct Http<M = AsItIs> {
    name: String,
    url: String,
    headers: Vec<(String, String)>,
    secrets: Secrets,
    framing: Framing,
    limits: Limits,
    gzip: bool,
    every: Duration,
    timeout: Duration,
    mapping: M,
    /// Made by the thread of the sink.
    client: Option<Client>,
    /// Records that were refused one by one since the last that was accepted.
    refused: u32,
}

impl Http {
    /// Posts to this address, `https://…` or `http://…`. The body is a JSON array of the events as they are, of at most 500
    /// events and 2 MB. The sink is called `http`.
    pub fn new(url: impl Into<String>) -> Self {
        Http {
            name: "http".to_owned(),
            url: url.into(),
            headers: Vec::new(),
            secrets: Secrets::default(),
            framing: Framing::Array,
            limits: Limits {
                records: 500,
                bytes: 2_000_000,
                record_bytes: usize::MAX,
            },
            gzip: false,
            every: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            mapping: AsItIs,
            client: None,
            refused: 0,
        }
    }
}

impl<M: Mapping> Http<M> {
    /// Another name for the sink, where an emitter has two of them.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Another address: that of a proxy, an agent or a test.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// A header of every request. Its value is taken for a secret.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        self.secrets.add(&value);
        self.headers.push((name.into(), value));
        self
    }

    /// The header `authorization: Basic …`.
    #[must_use]
    pub fn basic_auth(mut self, user: &str, password: &str) -> Self {
        self.secrets.add(password);
        let credentials = STANDARD.encode(format!("{user}:{password}"));
        self.header("authorization", format!("Basic {credentials}"))
    }

    /// What becomes of a record, and how an answer is judged: a [`Mapping`], or a closure that writes a record as JSON.
    #[must_use]
    pub fn mapping<N: Mapping>(self, mapping: N) -> Http<N> {
        Http {
            name: self.name,
            url: self.url,
            headers: self.headers,
            secrets: self.secrets,
            framing: self.framing,
            limits: self.limits,
            gzip: self.gzip,
            every: self.every,
            timeout: self.timeout,
            mapping,
            client: None,
            refused: 0,
        }
    }

    /// How events become one body: [`Framing::Array`].
    #[must_use]
    pub fn framing(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    /// The most events of a request.
    #[must_use]
    pub fn batch_records(mut self, most: usize) -> Self {
        self.limits.records = most;
        self
    }

    /// The most bytes of a body, before it is compressed.
    #[must_use]
    pub fn batch_bytes(mut self, most: usize) -> Self {
        self.limits.bytes = most;
        self
    }

    /// The most bytes of an event, as the mapping writes it. A larger one is a dead letter, and is not sent.
    #[must_use]
    pub fn record_bytes(mut self, most: usize) -> Self {
        self.limits.record_bytes = most;
        self
    }

    /// Whether bodies are compressed. The server has to know `content-encoding: gzip`.
    #[must_use]
    pub fn gzip(mut self, is_on: bool) -> Self {
        self.gzip = is_on;
        self
    }

    /// How long events are gathered for the next request when they are few: a second.
    #[must_use]
    pub fn every(mut self, pause: Duration) -> Self {
        self.every = pause;
        self
    }

    /// How long a request may take, from the name of the host to the last byte of the answer: 30 s. A third of it is for the
    /// connection.
    #[must_use]
    pub fn timeout(mut self, longest: Duration) -> Self {
        self.timeout = longest;
        self
    }

    fn send(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let records = batch.records();
        let body = body::compose(&self.mapping, &self.framing, &self.limits, records)?;
        let client = match &self.client {
            Some(client) => client,
            None => self.client.insert(Client::new(&self.url, self.timeout)),
        };
        let headers = self.headers.iter().map(|(name, value)| (&**name, &**value));
        let response = client
            .post(headers, self.framing.content_type(), body, self.gzip)
            .map_err(Fail::Retry)?;
        self.mapping.judge(&Answer {
            host: &client.host,
            response,
            records: records.len(),
            secrets: &self.secrets,
        })
    }

    /// Does not believe a server that refuses whatever it is given.
    fn doubt(&mut self, records: usize, sent: Result<(), Fail>) -> Result<(), Fail> {
        match sent {
            Err(Fail::RejectWhole(reason)) if records == 1 => {
                if self.refused >= RUN {
                    return Err(Fail::Retry(format!(
                        "it refused {RUN} events one by one, and accepted none in between, so it is hardly the events: {reason}; \
                         look at the address, the mapping and what the server expects. The others wait, and are not lost"
                    )));
                }
                self.refused += 1;
                Err(Fail::RejectWhole(reason))
            }
            Ok(()) | Err(Fail::AllBut(_)) => {
                self.refused = 0;
                sent
            }
            Err(_) => sent,
        }
    }
}

impl<M: Mapping> Sink for Http<M> {
    type Requires = Any;

    fn name(&self) -> &str {
        &self.name
    }

    fn check(&self) -> Result<(), String> {
        self.mapping.check()?;
        client::check(&self.url, &self.headers)?;
        self.limits.check()
    }

    fn pace(&self) -> Pace {
        let most = match self.framing {
            Framing::Single => 1,
            _ => self.limits.records,
        };
        Pace {
            most,
            rest: self.every,
            ..Pace::default()
        }
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let sent = self.send(batch);
        let sent = self.doubt(batch.records().len(), sent);
        sent.map_err(|fail| self.secrets.hide_in(fail))
    }
}

impl<M> fmt::Debug for Http<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("Http")
            .field("name", &self.name)
            .field("host", &client::host(&self.url))
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}
