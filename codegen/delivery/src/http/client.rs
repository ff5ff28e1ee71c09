//! One request, and its answer or the reason why there is none.

use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use ureq::http::{HeaderName, HeaderValue, Response, Uri};
use ureq::{Agent, Error, Timeout};

/// The most bytes of an answer that are read.
const LONGEST_ANSWER: u64 = 1 << 20;

pub(super) struct Client {
    agent: Agent,
    url: String,
    /// The host and the port, for errors.
    pub(super) host: String,
    timeout: Duration,
}

impl Client {
    pub(super) fn new(url: &str, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .timeout_connect(Some(timeout / 3))
            .user_agent(concat!("eventc-delivery/", env!("CARGO_PKG_VERSION")))
            .build();
        Client {
            agent: config.new_agent(),
            url: url.to_owned(),
            host: host(url),
            timeout,
        }
    }

    /// Sends it, and reads the answer.
    pub(super) fn post<'h>(
        &self,
        headers: impl Iterator<Item = (&'h str, &'h str)>,
        content_type: &str,
        body: Vec<u8>,
        is_gzip: bool,
    ) -> Result<Response<Vec<u8>>, String> {
        let mut request = self.agent.post(&self.url);
        let mut has_type = false;
        for (name, value) in headers {
            has_type |= name.eq_ignore_ascii_case("content-type");
            request = request.header(name, value);
        }
        if !has_type {
            request = request.header("content-type", content_type);
        }
        let body = match is_gzip {
            true => {
                request = request.header("content-encoding", "gzip");
                compress(&body).map_err(|error| format!("the body can't be compressed: {error}"))?
            }
            false => body,
        };
        let response = request.send(&body).map_err(|error| self.reason(&error))?;
        let (head, body) = response.into_parts();
        let mut bytes = Vec::new();
        let read = (body.into_reader().take(LONGEST_ANSWER)).read_to_end(&mut bytes);
        match read {
            // what it says in its first line is enough to know that it has the events
            Err(error) if !head.status.is_success() && bytes.is_empty() => {
                Err(self.reason(&Error::from(error)))
            }
            _ => Ok(Response::from_parts(head, bytes)),
        }
    }

    /// Why there is no answer, for whoever has to see to it.
    fn reason(&self, error: &Error) -> String {
        let Client { host, timeout, .. } = self;
        match error {
            Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                format!("there is no connection to {host} within {:?}", *timeout / 3)
            }
            Error::Timeout(_) => format!("{host} has not answered within {timeout:?}"),
            Error::HostNotFound => format!("no host is known as {host}"),
            Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
                format!("nothing listens at {host}: {error}")
            }
            Error::Io(error) => format!("the connection to {host} broke: {error}"),
            Error::Protocol(error) => format!("{host} answered what is no HTTP: {error}"),
            // it has the whole address in it
            Error::BadUri(_) => format!("the address at {host} can't be used"),
            error => format!("the request to {host} failed: {error}"),
        }
    }
}

/// The host and the port of an address, for errors: what is secret stands before or after them.
pub(super) fn host(url: &str) -> String {
    let uri = url.parse::<Uri>().ok();
    let authority = uri.as_ref().and_then(Uri::authority);
    authority.map_or_else(
        || "an address that is none".to_owned(),
        |authority| {
            let authority = authority.as_str();
            let host = authority.rsplit('@').next().unwrap_or(authority);
            host.to_owned()
        },
    )
}

/// Whether requests can be made of it. Nothing of it is repeated that may be secret.
pub(super) fn check(url: &str, headers: &[(String, String)]) -> Result<(), String> {
    let like = "write it like `https://hooks.example.com/events`";
    let uri = (url.parse::<Uri>())
        .map_err(|error| format!("its address can't be read ({error}); {like}"))?;
    if !matches!(uri.scheme_str(), Some("https" | "http")) {
        return Err(format!(
            "its address does not begin with `https://` or `http://`; {like}"
        ));
    }
    if (uri.authority()).is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(
            "its address has a user or a password in it, which would stand in logs of others; say `.basic_auth(user, password)`"
                .to_owned(),
        );
    }
    for (name, value) in headers {
        if HeaderName::try_from(name).is_err() {
            return Err(format!(
                "{name:?} can't be the name of a header; use letters, digits and `-`"
            ));
        }
        if value.trim().is_empty() || HeaderValue::try_from(value).is_err() {
            return Err(format!(
                "the value of its header `{name}` is empty, or has characters that no header may have, like the line feed at the \
                 end of a file"
            ));
        }
    }
    Ok(())
}

fn compress(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}
