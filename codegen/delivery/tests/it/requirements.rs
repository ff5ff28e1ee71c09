//! What sinks ask of events, and the emitters that come of it.

use eventc::Day;
use eventc_delivery::{Any, Batch, By, Emitter, Fail, Sink, Stdout};

use crate::event::{Folder, counted};

struct Daily;

impl Sink for Daily {
    type Requires = By<Day>;

    fn name(&self) -> &str {
        "daily"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let is_placed = |partition: &str| partition.starts_with("day=");
        assert!(batch.records().iter().all(|r| is_placed(r.partition())));
        Ok(())
    }
}

#[test]
fn an_emitter_asks_for_what_its_sinks_ask_for() {
    let folder = Folder::new("requirements");
    let daily: Emitter<By<Day>> = Emitter::builder()
        .spool(folder.join("spool"))
        .sink(Stdout::new())
        .sink(Daily)
        .sink(crate::sinks::Remote::new(crate::sinks::Mood::Well).sink("third"))
        .start()
        .unwrap();
    daily.emit(counted(0, 1));
    assert!(daily.flush(std::time::Duration::from_secs(5)).is_complete());
    let (any, _): (Emitter<Any>, _) = Emitter::capture();
    any.emit(counted(0, 1));
}
