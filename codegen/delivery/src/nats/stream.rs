//! The JetStream stream that takes the subjects.

use async_nats::jetstream::context::{
    CreateStreamErrorKind, GetStreamError, GetStreamErrorKind, RequestError, RequestErrorKind,
};
use async_nats::jetstream::stream::{Config, DiscardPolicy, StorageType};
use async_nats::jetstream::{Context, ErrorCode};

use super::settings::Settings;

/// Makes the stream where there is none, if the sink may.
pub(super) async fn ensure(context: &Context, settings: &Settings) -> Result<(), String> {
    let stream = &settings.stream;
    if !stream.is_made {
        return Ok(());
    }
    match context.get_stream(&stream.name).await {
        Ok(_) => return Ok(()),
        Err(error) if is_missing(&error) => {}
        Err(error) => {
            return Err(format!(
                "can't look for the JetStream stream `{}` at {}: {}",
                stream.name,
                settings.shown(),
                request_failed(&error)
            ));
        }
    }
    let created = context.create_stream(config(settings)).await;
    created.map(|_| ()).map_err(|error| {
        let advice = match error.kind() {
            CreateStreamErrorKind::JetStream(error)
                if error.error_code() == ErrorCode::STREAM_SUBJECT_OVERLAP =>
            {
                format!(
                    "; another stream takes some of `{0}.>`: give the sink another `.prefix(…)`, or that stream all of \
                     `{0}.>` and the sink `.existing_stream()`",
                    settings.prefix
                )
            }
            _ => String::new(),
        };
        format!("can't create the JetStream stream `{}` at {}: {error}{advice}", stream.name, settings.shown())
    })
}

/// The command by which a person creates the stream.
pub(super) fn command(settings: &Settings) -> String {
    format!(
        "nats stream add {} --subjects '{}.>' --storage file --discard new --defaults",
        settings.stream.name, settings.prefix
    )
}

fn config(settings: &Settings) -> Config {
    let stream = &settings.stream;
    let bytes = stream
        .max_bytes
        .map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX));
    Config {
        name: stream.name.clone(),
        subjects: vec![format!("{}.>", settings.prefix)],
        storage: StorageType::File,
        // what is full refuses: events wait in the log, and none is lost in silence
        discard: DiscardPolicy::New,
        max_bytes: bytes.unwrap_or(-1),
        max_age: stream.max_age.unwrap_or_default(),
        duplicate_window: stream.duplicate_window.unwrap_or_default(),
        num_replicas: stream.replicas,
        ..Config::default()
    }
}

fn is_missing(error: &GetStreamError) -> bool {
    match error.kind() {
        GetStreamErrorKind::JetStream(error) => error.error_code() == ErrorCode::STREAM_NOT_FOUND,
        _ => false,
    }
}

fn request_failed(error: &GetStreamError) -> String {
    let source = std::error::Error::source(error);
    let kind = source.and_then(|source| Some(source.downcast_ref::<RequestError>()?.kind()));
    match kind {
        Some(RequestErrorKind::NoResponders) => {
            "the server has no JetStream; enable it with `jetstream {}` in its configuration, or `-js`".to_owned()
        }
        _ => error.to_string(),
    }
}
