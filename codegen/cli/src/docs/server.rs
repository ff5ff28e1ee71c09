//! A server of HTTP for one person: to this machine alone, a thread for each request, and nothing kept open but for news.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::live::Live;
use super::request::Request;

/// A browser that sends nothing for so long is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// So often somebody who waits for news hears that there are none, which also finds out who is gone.
const SILENCE: Duration = Duration::from_secs(15);

/// The script that a page is given beside its own. No file of the site begins with `_`.
const SCRIPT_PATH: &str = "_live.js";
const SCRIPT: &str = include_str!("live.js");

/// A server that has its port, and serves nobody yet.
pub(crate) struct Server(TcpListener);

impl Server {
    /// Takes a port; 0 is any that is free.
    pub(crate) fn bind(port: u16) -> io::Result<Self> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(Self)
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Serves until the process ends.
    pub(crate) fn start(self, live: Arc<Live>) {
        thread::spawn(move || {
            for stream in self.0.incoming() {
                let live = Arc::clone(&live);
                // What is wrong with one connection is its own matter: the browser asks again.
                let _ = stream.map(|stream| thread::spawn(move || serve(stream, &live)));
            }
        });
    }
}

fn serve(mut stream: TcpStream, live: &Live) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    match Request::read(&stream)? {
        Request::Refused(status) => answer(&mut stream, status, "text/plain", status),
        Request::Changes => tell(&mut stream, live),
        Request::File(path) if path == SCRIPT_PATH => {
            answer(&mut stream, OK, "text/javascript", SCRIPT)
        }
        Request::File(path) => {
            let (file, edition) = live.file(&path);
            let script =
                || format!("<script src=\"/{SCRIPT_PATH}\" data-edition=\"{edition}\"></script>\n");
            match file {
                Some(text) if path.ends_with(".html") => {
                    answer(&mut stream, OK, HTML, &(text + &script()))
                }
                Some(text) => answer(&mut stream, OK, content_type(&path), &text),
                None => answer(
                    &mut stream,
                    "404 Not Found",
                    HTML,
                    &(MISSING.to_owned() + &script()),
                ),
            }
        }
    }
}

const OK: &str = "200 OK";
const HTML: &str = "text/html";

/// What stands where there is no page, as something was renamed or the schema had errors from the start.
const MISSING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
<meta name=\"color-scheme\" content=\"light dark\"><title>Not here</title><body style=\"font-family:system-ui;margin:3rem auto;max-width:40rem;padding:0 1.5rem\">\
<h1>Nothing is here</h1><p>The schema declares nothing of this name, or cannot be read. <a href=\"/\">The catalog</a></p></body></html>\n";

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "text/plain",
    }
}

fn answer(stream: &mut TcpStream, status: &str, kind: &str, body: &str) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}

/// Tells of every change until nobody listens, as server-sent events.
fn tell(stream: &mut TcpStream, live: &Live) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes())?;
    let mut known = 0;
    loop {
        let line = match live.news(known, SILENCE) {
            Some(news) => {
                known = news.change;
                format!("data: {}\n\n", news.message)
            }
            None => ": nothing\n\n".to_owned(),
        };
        stream.write_all(line.as_bytes())?;
    }
}
