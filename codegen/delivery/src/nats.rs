//! Events as messages of NATS JetStream.

mod connection;
mod failure;
mod settings;
mod stream;
mod subject;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::batch::Batch;
use crate::requirement::Any;
use crate::sink::{Fail, Sink};
use connection::Connection;
use settings::{Login, Settings, Stream, Tls};

/// Publishes each event to NATS JetStream, under the subject `<prefix>.<key>.<event>`:
/// `events.f79c3e09-677c-4bbd-a479-3f349cb785e7.backend.request.success`. It needs the feature `nats`.
///
/// ```no_run
/// use std::time::Duration;
///
/// use eventc_delivery::{Emitter, Nats};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let events = Emitter::builder()
///     .spool("/var/lib/shop/spool")
///     .sink(
///         Nats::new("nats://nats-1:4222, nats://nats-2:4222")
///             .user("shop", std::env::var("NATS_PASSWORD")?)
///             .prefix("acme")
///             .stream("acme")
///             .max_age(Duration::from_secs(30 * 24 * 60 * 60)),
///     )
///     .start()?; // connects to nothing: a server that is down is no error
/// # Ok(())
/// # }
/// ```
///
/// # Subjects
///
/// The key is the value of the stream's `key`, so that `events.<key>.>` is all of one tenant, in order, and
/// `events.*.backend.request.>` one family of events of all tenants. It always is the token behind the prefix, by which a
/// server can be told to partition. What is not an ASCII letter, a digit, `-` or `_` in it is percent-encoded, so
/// it is one token, whatever it holds, and can be read again: `a.b` becomes `a%2Eb`. An event without a key has `~` there.
/// Server and monitoring show subjects; where keys must not be seen, or are millions, say
/// [`without_keys`](Nats::without_keys).
///
/// # Messages
///
/// The payload is the event as JSON, as [`eventc::encode`] gives it. Headers are `Eventc-Event` and `Eventc-Version`, the name
/// of the event and the version of its fields, `Eventc-Id`, its id if it has one, encoded as a key is, and `Nats-Msg-Id`.
///
/// # Once, and in order
///
/// `Nats-Msg-Id` is [`Record::uuid`](crate::Record::uuid), the same however often the record is published. JetStream drops
/// what it was given before within its *duplicate window*: of two minutes, or [`duplicate_window`](Nats::duplicate_window).
/// So an event is there once, if what was published right before a crash or the loss of a connection is published again
/// within the window. After a longer outage some may be there twice, at most as many as are in flight: consumers that mind
/// look at `Eventc-Id`.
///
/// Events are published in the order of the log, and a connection that is lost loses the last of them. A stream that refuses
/// one for now, as it is full, may have taken some behind it.
///
/// # When something is wrong
///
/// A server that is away, hangs or refuses is tried again, and [`SinkHealth::last_error`](crate::SinkHealth::last_error) has
/// its words. A message that is larger than the server or the stream takes, or whose key makes its subject longer than NATS
/// takes, is a dead letter. No text has a credential in it.
pub struct Nats {
    name: String,
    settings: Settings,
    connection: Option<Connection>,
}

impl Nats {
    /// Publishes to the server at this address, `nats://host:4222`, or `tls://host:4222`; or to the first that answers of
    /// several, with commas between them. The sink is called `nats`.
    ///
    /// A user and a password may stand in it, `nats://user:password@host`, or a token, `nats://token@host`.
    pub fn new(servers: impl Into<String>) -> Self {
        Nats {
            name: "nats".to_owned(),
            settings: Settings {
                servers: servers.into(),
                login: None,
                tls: Tls::default(),
                prefix: "events".to_owned(),
                has_keys: true,
                stream: Stream {
                    name: "events".to_owned(),
                    is_made: true,
                    max_bytes: None,
                    max_age: None,
                    duplicate_window: None,
                    replicas: 1,
                },
                in_flight: 4000,
                timeout: Duration::from_secs(5),
            },
            connection: None,
        }
    }

    /// Another name for the sink, where an emitter has two of them.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// What all subjects begin with: `events`. It may be several tokens: `acme.events`.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.settings.prefix = prefix.into();
        self
    }

    /// Subjects of prefix and event alone: `events.backend.request.success`.
    #[must_use]
    pub fn without_keys(mut self) -> Self {
        self.settings.has_keys = false;
        self
    }

    /// The name of the JetStream stream: `events`. Where there is none it is created, for all subjects of the prefix, on
    /// disk, and so that it refuses what it has no room for. One that is there is left as it is.
    #[must_use]
    pub fn stream(mut self, name: impl Into<String>) -> Self {
        self.settings.stream.name = name.into();
        self
    }

    /// Never creates the stream, and never asks for it: it is somebody else's, and the user may do nothing but publish.
    #[must_use]
    pub fn existing_stream(mut self) -> Self {
        self.settings.stream.is_made = false;
        self
    }

    /// The most bytes that the stream may have, if the sink creates it: as many as there are. When it is full, events wait in
    /// the log. A server older than November 2023 (nats-server#4771) counts without subjects, and at the edge drops the oldest.
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.settings.stream.max_bytes = Some(bytes);
        self
    }

    /// How long the stream keeps messages, if the sink creates it: for ever.
    #[must_use]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.settings.stream.max_age = Some(age);
        self
    }

    /// How long the stream knows messages again, if the sink creates it: two minutes. The server keeps an id in memory for
    /// each message of the window.
    #[must_use]
    pub fn duplicate_window(mut self, window: Duration) -> Self {
        self.settings.stream.duplicate_window = Some(window);
        self
    }

    /// On how many servers of a cluster the stream is, if the sink creates it: 1.
    #[must_use]
    pub fn replicas(mut self, servers: usize) -> Self {
        self.settings.stream.replicas = servers;
        self
    }

    /// Who the sink is, by name and password.
    #[must_use]
    pub fn user(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.settings.login = Some(Login::User {
            user: user.into(),
            password: password.into(),
        });
        self
    }

    /// Who the sink is, by a token.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.login = Some(Login::Token(token.into()));
        self
    }

    /// Who the sink is, by a file of credentials (`.creds`), which is read at every connection. It needs the feature
    /// `nats-credentials`.
    #[cfg(feature = "nats-credentials")]
    #[must_use]
    pub fn credentials_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.login = Some(Login::File(file.into()));
        self
    }

    /// Never talks to a server without TLS. Without it, the server decides.
    #[must_use]
    pub fn require_tls(mut self) -> Self {
        self.settings.tls.is_required = true;
        self
    }

    /// A file of certificates (PEM) that are trusted beside those of the system.
    #[must_use]
    pub fn root_certificates(mut self, file: impl Into<PathBuf>) -> Self {
        self.settings.tls.roots = Some(file.into());
        self
    }

    /// Files (PEM) with the certificate and the key by which the server knows the sink.
    #[must_use]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<PathBuf>,
        key: impl Into<PathBuf>,
    ) -> Self {
        self.settings.tls.client = Some((certificate.into(), key.into()));
        self
    }

    /// How many messages may wait for their acknowledgement: 4000. They are of one batch, which has at most 1 MiB, or one
    /// event.
    #[must_use]
    pub fn in_flight(mut self, messages: usize) -> Self {
        self.settings.in_flight = messages;
        self
    }

    /// How long the server may say nothing, before it is tried anew: 5 s.
    #[must_use]
    pub fn timeout(mut self, longest: Duration) -> Self {
        self.settings.timeout = longest;
        self
    }
}

impl Sink for Nats {
    type Requires = Any;

    fn name(&self) -> &str {
        &self.name
    }

    fn check(&self) -> Result<(), String> {
        self.settings.check()
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(&self.settings).map_err(Fail::Retry)?,
        };
        let written = connection.write(batch, &self.settings);
        if !matches!(written, Err(Fail::Retry(_))) {
            self.connection = Some(connection);
        }
        written
    }

    fn idle(&mut self) -> Result<(), String> {
        let alive = self.connection.as_ref().map_or(Ok(()), Connection::breathe);
        if alive.is_err() {
            self.connection = None;
        }
        alive
    }

    fn close(&mut self) -> Result<(), String> {
        self.connection = None;
        Ok(())
    }
}

impl fmt::Debug for Nats {
    /// Without credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nats")
            .field("name", &self.name)
            .field("servers", &self.settings.shown())
            .field("prefix", &self.settings.prefix)
            .field("stream", &self.settings.stream.name)
            .finish_non_exhaustive()
    }
}
