use eventc::{Day, Hour};
use eventc_delivery::{Batch, By, Emitter, Fail, Sink};

struct Daily;

impl Sink for Daily {
    type Requires = By<Day>;
    fn name(&self) -> &str {
        "daily"
    }
    fn write(&mut self, _: &Batch<'_>) -> Result<(), Fail> {
        Ok(())
    }
}

struct Hourly;

impl Sink for Hourly {
    type Requires = By<Hour>;
    fn name(&self) -> &str {
        "hourly"
    }
    fn write(&mut self, _: &Batch<'_>) -> Result<(), Fail> {
        Ok(())
    }
}

fn main() {
    let _ = Emitter::builder().sink(Daily).sink(Hourly);
}
