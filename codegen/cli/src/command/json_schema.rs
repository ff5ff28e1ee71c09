//! `eventc json-schema`.

use clap::Args;

use crate::dialect::json_schema;
use crate::failure::Failure;

/// Print the JSON Schema of schema files, for editors.
///
/// The first line of a schema file names it: `# yaml-language-server:
/// $schema=../eventc.schema.json`.
#[derive(Debug, Args)]
pub(super) struct JsonSchema {}

impl JsonSchema {
    pub(super) fn run(&self) -> Result<String, Failure> {
        Ok(format!("{:#}", json_schema()))
    }
}
