//! What a sink for NATS was told.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::ServerAddr;
use percent_encoding::percent_decode_str;

use super::subject::check_prefix;

pub(super) struct Settings {
    /// Where servers listen, with commas between them. Nobody prints it: a password may stand in it.
    pub(super) servers: String,
    pub(super) login: Option<Login>,
    pub(super) tls: Tls,
    pub(super) prefix: String,
    /// Whether keys stand in subjects.
    pub(super) has_keys: bool,
    pub(super) stream: Stream,
    /// The most messages that are not acknowledged.
    pub(super) in_flight: usize,
    pub(super) timeout: Duration,
}

#[derive(Clone)]
pub(super) enum Login {
    User {
        user: String,
        password: String,
    },
    Token(String),
    #[cfg(feature = "nats-credentials")]
    File(PathBuf),
}

#[derive(Default)]
pub(super) struct Tls {
    pub(super) is_required: bool,
    pub(super) roots: Option<PathBuf>,
    pub(super) client: Option<(PathBuf, PathBuf)>,
}

/// The JetStream stream.
pub(super) struct Stream {
    pub(super) name: String,
    /// Whether it is made where there is none.
    pub(super) is_made: bool,
    pub(super) max_bytes: Option<u64>,
    pub(super) max_age: Option<Duration>,
    pub(super) duplicate_window: Option<Duration>,
    pub(super) replicas: usize,
}

impl Settings {
    pub(super) fn servers(&self) -> Result<Vec<ServerAddr>, String> {
        let parse = |server: &str| {
            let address: ServerAddr = server
                .trim()
                .parse()
                .map_err(|error: std::io::Error| wrong_address(&error))?;
            match address.scheme() {
                _ if address.host().is_empty() => Err(wrong_address(&"it has no host")),
                "nats" | "tls" => Ok(address),
                scheme => Err(wrong_address(&format!("`{scheme}` is another protocol"))),
            }
        };
        self.servers.split(',').map(parse).collect()
    }

    /// Who the sink is. What it was told goes before what stands in an address: `nats://user:password@host`, or
    /// `nats://token@host`.
    pub(super) fn login(&self) -> Result<Option<Login>, String> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let in_address = |server: &ServerAddr| {
            let user = decoded(server.username()?);
            Some(match server.password() {
                Some(password) => Login::User {
                    user,
                    password: decoded(password),
                },
                None => Login::Token(user),
            })
        };
        Ok(match &self.login {
            Some(login) => Some(login.clone()),
            None => self.servers()?.iter().find_map(in_address),
        })
    }

    /// The servers, as people may see them.
    pub(super) fn shown(&self) -> String {
        let servers = self.servers().unwrap_or_default();
        let shown: Vec<String> = servers
            .iter()
            .map(|server| format!("{}:{}", server.host(), server.port()))
            .collect();
        shown.join(", ")
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.servers()?;
        check_prefix(&self.prefix)?;
        let name = &self.stream.name;
        let is_plain = |c: char| c.is_ascii_graphic() && !".*>/\\".contains(c);
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(format!(
                "{name:?} is no name for a JetStream stream; use letters, digits, `-` and `_`, as in `.stream(\"events\")`"
            ));
        }
        if self.in_flight == 0 {
            return Err("with `.in_flight(0)` nothing is ever sent; say how many messages may wait for their \
                        acknowledgement"
                .to_owned());
        }
        Ok(())
    }
}

fn wrong_address(error: &impl std::fmt::Display) -> String {
    // not the address itself, in which a password may stand
    format!(
        "what it was given is no address of NATS: {error}; one is `nats://host:4222`, several have commas between them"
    )
}
