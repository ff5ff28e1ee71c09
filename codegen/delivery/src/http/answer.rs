//! What a server said.

use std::fmt;
use std::time::{Duration, SystemTime};

use ureq::http::Response;

use super::secrets::Secrets;
use crate::sink::Fail;

/// The most characters of a server's text that stand in an error.
const EXCERPT: usize = 300;

/// A server that wants to be left alone for longer is asked again after an hour.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// The answer to a request.
pub struct Answer<'a> {
    pub(super) host: &'a str,
    pub(super) response: Response<Vec<u8>>,
    pub(super) records: usize,
    pub(super) secrets: &'a Secrets,
}

impl Answer<'_> {
    /// The status: 202.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The header of this name, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The body: its first MiB, or less if the connection broke.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response.body()
    }

    /// How many records the request had.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// What the server says, on one line and without control characters, for the reason of a [`Fail`]: `shop.example.com
    /// answered 400 Bad Request: no field "at"`.
    #[must_use]
    pub fn text(&self) -> String {
        let body = self.secrets.hide(&String::from_utf8_lossy(self.body()));
        let words: Vec<_> = body.split_whitespace().collect();
        let is_shown = |c: &char| !c.is_control();
        let words = words.join(" ");
        let excerpt: String = words.chars().filter(is_shown).take(EXCERPT).collect();
        let mut text = format!("{} answered {}", self.host, self.response.status());
        if !excerpt.is_empty() {
            text.push_str(": ");
            text.push_str(&excerpt);
        }
        text
    }

    /// How long the server wants to be left alone: `Retry-After`, in seconds or as a date, up to an hour.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        let pause = match value.parse() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => (httpdate::parse_http_date(value).ok()?)
                .duration_since(SystemTime::now())
                .ok()?,
        };
        Some(pause.min(LONGEST))
    }

    /// What it means by its status alone; the table is at [`Http`](super::Http).
    ///
    /// # Errors
    ///
    /// [`Fail`], unless the status is 2xx.
    pub fn by_status(&self) -> Result<(), Fail> {
        let text = self.text();
        Err(match self.status() {
            200..=299 => return Ok(()),
            400 | 413 | 422 => Fail::RejectWhole(text),
            408 | 425 | 429 | 500..=599 => match self.retry_after() {
                Some(pause) => Fail::RetryAfter(pause, text),
                None => Fail::Retry(text),
            },
            300..=399 => Fail::Retry(format!(
                "{text}; it redirects to {}, and events go only where they are told to: if that is right, make it the address",
                self.redirect()
            )),
            401 | 403 | 407 => Fail::Retry(format!(
                "{text}; the key or the password is wrong, or has not the right: events wait until it has"
            )),
            404 | 405 | 410 => Fail::Retry(format!(
                "{text}; there is nothing at this address that takes events: correct it"
            )),
            _ => Fail::Retry(format!(
                "{text}; that says nothing of an event, so they wait: look at the address and the headers"
            )),
        })
    }

    /// Where it redirects to, without what may be secret in it.
    fn redirect(&self) -> &str {
        let to = self.header("location").unwrap_or("nowhere");
        to.split(['?', '#']).next().unwrap_or(to)
    }
}

impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Answer").field(&self.text()).finish()
    }
}
