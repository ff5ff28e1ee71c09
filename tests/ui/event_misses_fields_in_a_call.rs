use eventc::event;

mod request {
    use eventc::{Event, Key, Timestamp};

    #[derive(Event)]
    #[event(name = "checkout.order_placed", partition = day(placed_at), id = order)]
    pub struct OrderPlaced {
        /// When the customer paid.
        ///
        /// `schema/checkout.yaml:9`
        pub placed_at: Key<Timestamp>,
        pub order: Key<u64>,
        pub total: i64,
    }
}

fn emit<T>(_: T) {}

fn main() {
    emit(event!(crate::request::OrderPlaced { total: 3 }));
}
