//! Ports that nobody listens on.

use std::net::{Ipv4Addr, TcpListener};

/// A free port of this machine alone. Somebody else may take it before it is used: whoever starts a server tries again.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a port has a number").port()
}
