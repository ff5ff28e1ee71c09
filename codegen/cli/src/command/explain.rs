//! `eventc explain`.

use clap::Args;
use eventc_compiler::{Code, nearest};

use crate::failure::Failure;

/// Say which rule a code stands for, or list all codes.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as errors show it: `E0403`; `e0403` and `403` will do.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<String, Failure> {
        match &self.code {
            Some(given) => find(given).map(explanation),
            None => Ok(all()),
        }
    }
}

/// What there is to say about a rule.
fn explanation(code: Code) -> String {
    format!("{code}: {}", code.rule())
}

fn all() -> String {
    let line = |code: &Code| format!("{code}  {}\n", code.rule());
    Code::ALL.iter().map(line).collect()
}

/// The code that was meant: in any case, with or without what stands around it in an error.
fn find(given: &str) -> Result<Code, Failure> {
    let id = canonical(given);
    let known = |code: &&Code| code.id() == id;
    if let Some(code) = Code::ALL.iter().find(known) {
        return Ok(*code);
    }
    let ids = Code::ALL.iter().map(|code| code.id());
    let help = match nearest(&id, ids) {
        Some(meant) => format!("did you mean `{meant}`? `eventc explain` lists all codes"),
        None => "`eventc explain` lists all codes".to_owned(),
    };
    let what = format!("there is no code `{given}`");
    Err(Failure::usage(what, help))
}

/// `E0403` of `e403`, `403` and `error[E0403]`.
fn canonical(given: &str) -> String {
    let inner = given.rsplit('[').next().unwrap_or(given);
    let id = inner
        .trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_ascii_uppercase();
    let digits = id.strip_prefix('E').unwrap_or(&id);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("E{digits:0>4}")
    } else {
        id
    }
}
