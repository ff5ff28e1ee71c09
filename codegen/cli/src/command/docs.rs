//! `eventc docs`.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use clap::Args;
use eventc_compiler::{Style, emit_docs};

use crate::changes::{self, outcome};
use crate::docs::{Live, Server};
use crate::failure::Failure;
use crate::schema::{Read, Schema};
use crate::terminal::{remark, say};

/// Show the catalog in a browser, and follow the schema as it is saved.
///
/// It is the site of the target `docs`, whether `targets` names it or not. It is served to this machine alone, and nothing is written. While there are problems in the
/// schema, the last site without some stays.
#[derive(Debug, Args)]
pub(super) struct Docs {
    #[command(flatten)]
    schema: Schema,
    /// Open it in the browser.
    #[arg(long)]
    open: bool,
    /// The port to serve it at; 4400 if left out, or any where that is taken.
    #[arg(long)]
    port: Option<u16>,
}

/// The port that people remember.
const PORT: u16 = 4400;

impl Docs {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let live = Arc::new(Live::default());
        let server = self.bind()?;
        let url = format!("http://{}/", server.address()?);
        let mut server = Some(server);
        changes::each(&self.schema, |read| {
            let text = show(&live, read);
            if let Some(server) = server.take() {
                // Not before there is something to be seen.
                server.start(Arc::clone(&live));
                if self.open {
                    open(&url);
                }
            }
            say(&format!(
                "{text}{url} follows the schema; Ctrl-C ends it\n\n"
            ))
        })?;
        Ok(String::new())
    }

    fn bind(&self) -> Result<Server, Failure> {
        let in_use = |error: &io::Error| error.kind() == ErrorKind::AddrInUse;
        match (self.port, Server::bind(self.port.unwrap_or(PORT))) {
            (_, Ok(server)) => Ok(server),
            (None, Err(error)) if in_use(&error) => Ok(Server::bind(0)?),
            (Some(port), Err(error)) => Err(Failure::usage(
                format!("port {port} cannot be served at: {error}"),
                "name another with `--port`, or leave it out",
            )),
            (None, Err(error)) => Err(error.into()),
        }
    }
}

/// Shows what the files are now, and says what is to be said of them.
fn show(live: &Live, read: Result<Read, Failure>) -> String {
    match read {
        Ok(read) => {
            match &read.compilation.catalog {
                Some(catalog) => live.show(emit_docs(catalog, &read.sources)),
                None => live.complain(outcome(&read, Style::Plain)),
            }
            outcome(&read, Style::Colored)
        }
        Err(Failure::Trouble(trouble) | Failure::Problems(trouble)) => {
            live.complain(trouble.clone());
            format!("error: {trouble}\n")
        }
    }
}

/// Who has no browser here still has the address.
fn open(url: &str) {
    if let Err(error) = open::that_detached(url) {
        remark(&format!("no browser could be opened: {error}"));
    }
}
