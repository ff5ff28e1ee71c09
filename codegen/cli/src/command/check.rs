//! `eventc check`.

use clap::Args;

use crate::failure::Failure;
use crate::report::{Report, Written};
use crate::schema::Schema;

/// Check the schema and say everything that is wrong with it.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    schema: Schema,
    #[command(flatten)]
    written: Written,
}

impl Check {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let format = self.written.format;
        let read = self.schema.read(format.paths())?;
        Report::of(&read).finish(format)
    }
}
