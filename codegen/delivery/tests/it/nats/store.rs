//! What is in JetStream, read by another client.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{Config, Info};
use async_nats::jetstream::{self, Context};
use eventc_testing::nats::Server;
use futures_util::StreamExt;
use tokio::runtime::{Builder, Runtime};

use super::Sold;

/// A client of a server.
pub(crate) struct Store {
    runtime: Runtime,
    context: Context,
}

/// A message that is stored.
pub(crate) struct Stored {
    pub(crate) subject: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) json: String,
}

impl Stored {
    pub(crate) fn number(&self) -> u64 {
        let sold: Sold = eventc::decode(self.json.as_bytes()).unwrap();
        sold.number
    }
}

impl Store {
    pub(crate) fn of(server: &Server) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async_nats::connect(server.url())).unwrap();
        let context = runtime.block_on(async { jetstream::new(client) });
        Store { runtime, context }
    }

    /// All messages of a stream whose subjects match, in its order.
    pub(crate) fn read(&self, stream: &str, filter: &str) -> Vec<Stored> {
        self.runtime.block_on(async {
            let stream = self.context.get_stream(stream).await.unwrap();
            let consumer = stream.create_consumer(pull::Config {
                filter_subject: filter.to_owned(),
                ack_policy: AckPolicy::None,
                ..pull::Config::default()
            });
            let consumer = consumer.await.unwrap();
            let mut all = Vec::new();
            loop {
                let before = all.len();
                let fetch = consumer.fetch().max_messages(1_000).messages();
                let mut messages = fetch.await.unwrap();
                while let Some(message) = messages.next().await {
                    all.push(stored(&message.unwrap()));
                }
                if all.len() == before {
                    return all;
                }
            }
        })
    }

    /// The `number` of each message.
    pub(crate) fn numbers(&self, stream: &str, filter: &str) -> Vec<u64> {
        let all = self.read(stream, filter);
        all.iter().map(Stored::number).collect()
    }

    pub(crate) fn info(&self, stream: &str) -> Info {
        self.runtime.block_on(async {
            let stream = self.context.get_stream(stream).await.unwrap();
            stream.get_info().await.unwrap()
        })
    }

    pub(crate) fn create(&self, config: Config) {
        let created = self.context.create_stream(config);
        self.runtime.block_on(created).unwrap();
    }

    /// Gives a stream other settings.
    pub(crate) fn edit(&self, stream: &str, edit: impl FnOnce(&mut Config)) {
        let mut config = self.info(stream).config;
        edit(&mut config);
        let edited = self.context.update_stream(config);
        self.runtime.block_on(edited).unwrap();
    }

    pub(crate) fn delete(&self, stream: &str) {
        let deleted = self.context.delete_stream(stream);
        self.runtime.block_on(deleted).unwrap();
    }

    /// Has nothing to do for a while, and answers the server.
    pub(crate) fn wait(&self, pause: Duration) {
        self.runtime
            .block_on(async { tokio::time::sleep(pause).await });
    }
}

fn stored(message: &jetstream::Message) -> Stored {
    let headers = message.headers.as_ref().unwrap();
    let mut headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, values)| (name.to_string(), values[0].to_string()))
        .collect();
    headers.sort();
    Stored {
        subject: message.subject.to_string(),
        headers,
        json: String::from_utf8(message.payload.to_vec()).unwrap(),
    }
}
