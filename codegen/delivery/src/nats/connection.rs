//! A connection, with the runtime that drives it. Both are gone after the first failure, and with them whatever the client
//! still had in its queues: so a message is sent only by the write that waits for it, and never behind a later one.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_nats::jetstream::context::{PublishAckFuture, PublishError};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{Context, ContextBuilder};
use async_nats::{Client, ConnectOptions, Event};
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::failure::{Failing, complaint, connect_failed, publish_failed, silent};
use super::settings::{Login, Settings};
use super::stream::ensure;
use super::subject::{subject, token};
use crate::batch::{Batch, Record};
use crate::sink::Fail;

/// How long a connection that has nothing to do is driven, once a second, so that it answers the pings of the server.
const BREATH: Duration = Duration::from_millis(1);

/// Longer than a connection is kept that is lost.
const NEVER: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) struct Connection {
    context: Context,
    trouble: Trouble,
    driver: Driver,
}

/// A runtime that waits for nothing when it is dropped: a name that is being looked up must not hold up an end.
struct Driver(Option<Runtime>);

/// What was first wrong with a connection, in words.
#[derive(Clone)]
struct Trouble(Arc<watch::Sender<Option<String>>>);

impl Connection {
    pub(super) fn open(settings: &Settings) -> Result<Self, String> {
        let driver = Driver::new()?;
        let trouble = Trouble(Arc::new(watch::Sender::new(None)));
        let context = driver.run(async {
            let client = connect(settings, &trouble).await?;
            let context = ContextBuilder::new()
                .timeout(settings.timeout)
                .ack_timeout(settings.timeout)
                .max_ack_inflight(settings.in_flight)
                .build(client);
            tokio::select! {
                biased;
                ensured = ensure(&context, settings) => ensured.map(|()| context),
                said = trouble.said() => Err(said),
            }
        })?;
        Ok(Connection {
            context,
            trouble,
            driver,
        })
    }

    /// Publishes all records, and waits until all are acknowledged.
    pub(super) fn write(&self, batch: &Batch<'_>, settings: &Settings) -> Result<(), Fail> {
        self.driver.run(async {
            tokio::select! {
                biased;
                written = publish_all(&self.context, batch, settings) => written,
                said = self.trouble.said() => Err(Fail::Retry(said)),
            }
        })
    }

    /// Answers the server, and says what is wrong with the connection, if anything is.
    pub(super) fn breathe(&self) -> Result<(), String> {
        self.driver.run(async {
            tokio::select! {
                biased;
                said = self.trouble.said() => Err(said),
                () = sleep(BREATH) => Ok(()),
            }
        })
    }
}

impl Driver {
    fn new() -> Result<Self, String> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime =
            runtime.map_err(|error| format!("can't start what drives a connection: {error}"))?;
        Ok(Driver(Some(runtime)))
    }

    fn run<F: Future>(&self, work: F) -> F::Output {
        match &self.0 {
            Some(runtime) => runtime.block_on(work),
            None => unreachable!("it is there until it is dropped"),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Trouble {
    fn set(&self, says: String) {
        self.0.send_modify(|first| {
            first.get_or_insert(says);
        });
    }

    /// Waits until there is any.
    async fn said(&self) -> String {
        let mut receiver = self.0.subscribe();
        let said = receiver.wait_for(Option::is_some).await;
        // the sender is ours, so it is there
        said.ok().and_then(|said| said.clone()).unwrap_or_default()
    }
}

async fn connect(settings: &Settings, trouble: &Trouble) -> Result<Client, String> {
    let servers = settings.servers()?;
    let is_connected = Arc::new(AtomicBool::new(false));
    let options = options(settings, trouble, &is_connected).await?;
    // each server has its time, one after the other
    let count = u32::try_from(servers.len()).unwrap_or(u32::MAX);
    let connecting = options.connect(servers);
    let client = timeout(settings.timeout.saturating_mul(count), connecting)
        .await
        .map_err(|_| silent(settings))?
        .map_err(|error| connect_failed(&error, settings))?;
    is_connected.store(true, Ordering::Relaxed);
    Ok(client)
}

async fn options(
    settings: &Settings,
    trouble: &Trouble,
    is_connected: &Arc<AtomicBool>,
) -> Result<ConnectOptions, String> {
    let (trouble, is_connected) = (trouble.clone(), Arc::clone(is_connected));
    let at = settings.shown();
    let mut options = ConnectOptions::new()
        .name("eventc")
        .connection_timeout(settings.timeout)
        .request_timeout(Some(settings.timeout))
        .require_tls(settings.tls.is_required)
        // the client would go on with what is in its queue, behind which what comes before it may be missing
        .reconnect_delay_callback(move |_| match is_connected.load(Ordering::Relaxed) {
            true => NEVER,
            false => Duration::ZERO,
        })
        .event_callback(move |event| {
            match event {
                Event::ServerError(error) => trouble.set(complaint(&error, &at)),
                Event::Disconnected | Event::Closed => {
                    trouble.set(format!("the connection to NATS at {at} is lost"));
                }
                _ => {}
            }
            async {}
        });
    if let Some(file) = &settings.tls.roots {
        options = options.add_root_certificates(file.clone());
    }
    if let Some((certificate, key)) = &settings.tls.client {
        options = options.add_client_certificate(certificate.clone(), key.clone());
    }
    Ok(match settings.login()? {
        None => options,
        Some(Login::User { user, password }) => options.user_and_password(user, password),
        Some(Login::Token(token)) => options.token(token),
        #[cfg(feature = "nats-credentials")]
        Some(Login::File(file)) => options
            .credentials_file(file)
            .await
            .map_err(|error| format!("can't use the credentials of NATS: {error}"))?,
    })
}

/// Publishes all records, and goes on behind one that is refused for good.
async fn publish_all(
    context: &Context,
    batch: &Batch<'_>,
    settings: &Settings,
) -> Result<(), Fail> {
    let mut unacknowledged: VecDeque<(usize, &Record<'_>, PublishAckFuture)> = VecDeque::new();
    let mut refused: Vec<(usize, String)> = Vec::new();
    for (index, record) in batch.records().iter().enumerate() {
        if unacknowledged.len() >= settings.in_flight
            && let Some((index, record, acknowledged)) = unacknowledged.pop_front()
            && let Err(error) = acknowledged.await
        {
            refused.push((index, refusal(&error, record, settings)?));
        }
        let subject = match subject(&settings.prefix, settings.has_keys, record) {
            Ok(subject) => subject,
            Err(reason) => {
                refused.push((index, reason));
                continue;
            }
        };
        match context.send_publish(subject, message(record)).await {
            Ok(acknowledged) => unacknowledged.push_back((index, record, acknowledged)),
            Err(error) => refused.push((index, refusal(&error, record, settings)?)),
        }
    }
    for (index, record, acknowledged) in unacknowledged {
        if let Err(error) = acknowledged.await {
            refused.push((index, refusal(&error, record, settings)?));
        }
    }
    match refused.is_empty() {
        true => Ok(()),
        false => Err(Fail::AllBut(refused)),
    }
}

/// Why this message is refused whenever it comes. All else that goes wrong is for now, and ends the write.
fn refusal(error: &PublishError, record: &Record<'_>, settings: &Settings) -> Result<String, Fail> {
    match publish_failed(error, record.event(), settings) {
        Failing::ForNow(says) => Err(Fail::Retry(says)),
        Failing::ForGood(reason) => Ok(reason),
    }
}

fn message(record: &Record<'_>) -> PublishMessage {
    let message = PublishMessage::build()
        .message_id(record.uuid().to_string())
        .header("Eventc-Event", record.event())
        .header("Eventc-Version", record.version().to_string())
        .payload(record.json().as_bytes().to_vec().into());
    match record.id() {
        // a header is one line, as a token is
        Some(id) => message.header("Eventc-Id", token(&id)),
        None => message,
    }
}
