//! A server that answers as a test wants, well or not at all.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use flate2::read::GzDecoder;
use serde_json::Value;

/// What a server does with a request.
pub(crate) enum Reply {
    /// Sends this, and waits for the next request.
    Bytes(String),
    /// Sends this, and closes the connection.
    Last(String),
    /// Sends a byte every 20 ms, and starts over at the end.
    Trickle(String),
    /// Sends nothing, and keeps the connection.
    Silence,
}

/// A request as it came, but for the body, which is not compressed any more.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

/// An answer that is whole.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

pub(crate) fn accepted() -> Reply {
    answer("202 Accepted", "", "{}")
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(header, _)| header == name)?;
        Some(value)
    }

    /// The elements of the body.
    pub(crate) fn events(&self) -> Vec<Value> {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The `number` of each event.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        let number = |event: &Value| event["number"].as_u64().unwrap();
        self.events().iter().map(number).collect()
    }

    fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut lines = lines.into_iter();
        let line = lines.next().unwrap();
        let header = |line: String| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        let mut request = Request {
            line,
            headers: lines.map(header).collect(),
            body: String::new(),
        };
        let length = request.header("content-length").unwrap().parse().unwrap();
        let mut bytes = vec![0; length];
        stream.read_exact(&mut bytes)?;
        match request.header("content-encoding") {
            Some("gzip") => GzDecoder::new(&bytes[..]).read_to_string(&mut request.body)?,
            _ => bytes.as_slice().read_to_string(&mut request.body)?,
        };
        Ok(Some(request))
    }
}

impl Server {
    /// Answers each request as it is told, which is given how many there were before.
    pub(crate) fn start(
        answers: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Server::listen(listener, answers)
    }

    pub(crate) fn listen(
        listener: TcpListener,
        answers: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Server {
        let server = Server {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            connections: Arc::default(),
            is_over: Arc::default(),
        };
        let requests = Arc::clone(&server.requests);
        let connections = Arc::clone(&server.connections);
        let is_over = Arc::clone(&server.is_over);
        let answers = Arc::new(answers);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                connections.fetch_add(1, Ordering::SeqCst);
                let (requests, answers) = (Arc::clone(&requests), Arc::clone(&answers));
                let is_over = Arc::clone(&is_over);
                thread::spawn(move || serve(stream?, &requests, &*answers, &is_over));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/events", self.address)
    }

    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // so that it looks
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    stream: TcpStream,
    requests: &Mutex<Vec<Request>>,
    answers: &(dyn Fn(usize, &Request) -> Reply + Send + Sync),
    is_over: &AtomicBool,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = Request::read(&mut stream)? {
        let count = {
            let mut requests = requests.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        let out = stream.get_mut();
        match answers(count, &request) {
            Reply::Bytes(bytes) => out.write_all(bytes.as_bytes())?,
            Reply::Last(bytes) => return out.write_all(bytes.as_bytes()),
            Reply::Trickle(bytes) => {
                for byte in bytes.bytes().cycle() {
                    out.write_all(&[byte])?;
                    thread::sleep(Duration::from_millis(20));
                }
            }
            Reply::Silence => {
                while !is_over.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
                return Ok(());
            }
        }
    }
    Ok(())
}
