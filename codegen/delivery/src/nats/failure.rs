//! What went wrong, in words for who reads `health()`.

use std::error::Error;

use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::{self, ErrorCode};
use async_nats::{ConnectError, ConnectErrorKind, ServerError};

use super::settings::Settings;
use super::stream::command;

/// Whether it is worth to try again.
pub(super) enum Failing {
    ForNow(String),
    /// This message alone is refused, whenever it comes.
    ForGood(String),
}

pub(super) fn connect_failed(error: &ConnectError, settings: &Settings) -> String {
    let says = error.to_string();
    let (says, advice) = match error.kind() {
        ConnectErrorKind::AuthorizationViolation => (
            "it refuses who the sink is",
            "; see to what stands in `.user(…)`, `.token(…)`, the address or the file of credentials",
        ),
        _ if says.contains("invalid peer certificate") => (
            says.as_str(),
            "; a server with a certificate of your own needs `.root_certificates(file)`",
        ),
        _ if says.contains("received fatal alert") => (
            says.as_str(),
            "; a server that knows its clients by certificates needs `.client_certificate(file, key)`",
        ),
        _ => (says.as_str(), ""),
    };
    let at = settings.shown();
    format!("can't connect to NATS at {at}: {says}{advice}")
}

/// What a server says of the connection, not of a message.
pub(super) fn complaint(error: &ServerError, shown: &str) -> String {
    let ServerError::Other(says) = error else {
        return format!("NATS at {shown} says: {error}");
    };
    let advice = match says.contains("$JS.API") {
        true => "; a user who may only publish needs `.existing_stream()`",
        false => "",
    };
    format!("NATS at {shown} says: {says}{advice}")
}

/// A server that says nothing at all.
pub(super) fn silent(settings: &Settings) -> String {
    format!(
        "NATS at {} has not answered for {:?}",
        settings.shown(),
        settings.timeout
    )
}

/// Why a message of this event is not stored.
pub(super) fn publish_failed(error: &PublishError, event: &str, settings: &Settings) -> Failing {
    if let Some(refusal) = error
        .source()
        .and_then(|source| source.downcast_ref::<jetstream::Error>())
    {
        return refused(refusal, event, settings);
    }
    Failing::ForNow(match error.kind() {
        PublishErrorKind::MaxPayloadExceeded => {
            let reason = error.source().map_or_else(String::new, ToString::to_string);
            return Failing::ForGood(format!(
                "it is larger than the server takes: {reason}; `max_payload` in its configuration says how much"
            ));
        }
        PublishErrorKind::StreamNotFound => no_stream(event, settings),
        PublishErrorKind::TimedOut => silent(settings),
        _ => format!("can't publish to NATS at {}: {error}", settings.shown()),
    })
}

fn no_stream(event: &str, settings: &Settings) -> String {
    let (name, prefix, at) = (&settings.stream.name, &settings.prefix, settings.shown());
    let advice = match settings.stream.is_made {
        true => format!(
            "either `{name}` was deleted, and the next try creates it, or it has other subjects: \
             then add `{prefix}.>` to them, or give the sink another `.stream(…)`"
        ),
        false => format!(
            "`{}` creates one, and so does the sink without `.existing_stream()`",
            command(settings)
        ),
    };
    format!("no JetStream stream takes the subject of `{event}` at {at}; {advice}")
}

/// What JetStream answered.
fn refused(refusal: &jetstream::Error, event: &str, settings: &Settings) -> Failing {
    match refusal.error_code() {
        ErrorCode::STREAM_HEADER_EXCEEDS_MAXIMUM => {
            Failing::ForGood(format!("its id is longer than a header may be: {refusal}"))
        }
        ErrorCode::STREAM_MESSAGE_EXCEEDS_MAXIMUM => Failing::ForGood(format!(
            "it is larger than the JetStream stream takes: {refusal}; `max_msg_size` of the stream says how much"
        )),
        ErrorCode::STREAM_STORE_FAILED
        | ErrorCode::STORAGE_RESOURCES_EXCEEDED
        | ErrorCode::INSUFFICIENT_RESOURCES
        | ErrorCode::ACCOUNT_RESOURCES_EXCEEDED => Failing::ForNow(format!(
            "JetStream has no room for `{event}`: {refusal}; give the stream `{}` higher limits \
             (`nats stream edit`), or purge it; until then events wait in the log",
            settings.stream.name
        )),
        _ => Failing::ForNow(format!(
            "JetStream at {} refuses `{event}`: {refusal}",
            settings.shown()
        )),
    }
}
