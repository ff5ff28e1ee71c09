//! The sink for NATS, with a real server that is stopped, killed, full and deaf.

mod arriving;
mod faults;
pub(crate) mod killing;
mod refusals;
mod settings;
mod store;

use std::time::Duration;

use eventc::{Event, Key, Newtype, Text, Uuid, event};
use eventc_delivery::{Emitter, Nats, SinkHealth};

use crate::event::Folder;

/// A customer, as another system names them.
#[derive(Clone, PartialEq, Newtype)]
#[event(length(1, _))]
struct Customer(Text);

/// A shop sold something.
#[derive(Event)]
#[event(name = "shop.order.sold", version = 2, partition = none, key = customer, id = order)]
struct Sold {
    customer: Customer,
    #[event(fill)]
    order: Key<Uuid>,
    number: u64,
    note: String,
}

fn sold(customer: &str, number: u64) -> Sold {
    sold_with(customer, number, "of some length, as events have it")
}

fn sold_with(customer: &str, number: u64, note: &str) -> Sold {
    event!(Sold {
        customer: Customer::try_from(customer.to_owned()).unwrap(),
        number,
        note: note.to_owned(),
    })
}

/// An emitter whose only sink does not wait long after a failure.
fn emitter(folder: &Folder, nats: Nats) -> Emitter {
    folder
        .emitter()
        .sink(nats)
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .start()
        .unwrap()
}

fn sink(emitter: &Emitter) -> SinkHealth {
    emitter.health().sinks.remove(0)
}

fn last_error(emitter: &Emitter) -> String {
    sink(emitter).last_error.unwrap_or_default()
}
