//! What a browser asks for.

use std::io::{self, BufRead, BufReader, Read};

/// A request has so many bytes before its body, which none has.
const LONGEST: u64 = 16 * 1024;

/// A request that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// For a file, by its path below the site.
    File(String),
    /// To be told of changes.
    Changes,
    /// For something that nobody here answers, with the status that says so.
    Refused(&'static str),
}

impl Request {
    /// Reads one.
    pub(super) fn read(stream: impl Read) -> io::Result<Self> {
        let mut lines = BufReader::new(stream.take(LONGEST)).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let mut host = None;
        for line in lines {
            let line = line?;
            if line.is_empty() {
                return Ok(Self::of(&first, host.as_deref()));
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                host = Some(value.trim().to_owned());
            }
        }
        Ok(Self::Refused("400 Bad Request"))
    }

    fn of(first: &str, host: Option<&str>) -> Self {
        // A page of somebody else whose name was made to lead here could read the catalog.
        if !host.is_some_and(is_here) {
            return Self::Refused("403 Forbidden");
        }
        let mut words = first.split(' ');
        let (method, target) = (words.next(), words.next());
        if method != Some("GET") {
            return Self::Refused("405 Method Not Allowed");
        }
        let target = target.unwrap_or("/");
        let path = target.split(['?', '#']).next().unwrap_or("/");
        match path.trim_start_matches('/') {
            "" => Self::File("index.html".to_owned()),
            CHANGES => Self::Changes,
            path => Self::File(path.to_owned()),
        }
    }
}

/// The path to be told of changes at. No file of the site begins with `_`.
const CHANGES: &str = "_changes";

/// Whether a name of a server means this machine, whatever the port.
fn is_here(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Request {
        Request::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn requests_are_read_by_their_path_and_host() {
        let file = |path: &str| Request::File(path.to_owned());
        let get = |target: &str| {
            read(&format!(
                "GET {target} HTTP/1.1\r\nHost: localhost:80\r\n\r\n"
            ))
        };
        assert_eq!(get("/"), file("index.html"));
        assert_eq!(get("/events/a.html?x#y"), file("events/a.html"));
        assert_eq!(get("/../../etc/passwd"), file("../../etc/passwd"));
        assert_eq!(get("/_changes"), Request::Changes);
        let other = read("GET / HTTP/1.1\r\nhost: evil.example:80\r\n\r\n");
        assert_eq!(other, Request::Refused("403 Forbidden"));
        assert_eq!(
            read("GET / HTTP/1.1\r\n\r\n"),
            Request::Refused("403 Forbidden")
        );
        let post = read("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assert_eq!(post, Request::Refused("405 Method Not Allowed"));
        assert_eq!(
            read("GET / HTTP/1.1\r\n"),
            Request::Refused("400 Bad Request")
        );
        assert_eq!(read(""), Request::Refused("400 Bad Request"));
    }
}
