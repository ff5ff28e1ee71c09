//! `eventc explain`.

use clap::Args;
use eventc_compiler::Code;

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
pub(crate) fn explanation(code: Code) -> String {
    format!("{code}: {}\n\n{}", code.rule(), code.explanation())
}

fn all() -> String {
    let line = |code: &Code| format!("{code}  {}\n", code.rule());
    Code::ALL.iter().map(line).collect()
}

/// The code that was meant: in any case, with or without what stands around it in an error.
fn find(given: &str) -> Result<Code, Failure> {
    Code::find(&canonical(given)).map_err(|meant| {
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`? `eventc explain` lists all codes"),
            None => "`eventc explain` lists all codes".to_owned(),
        };
        Failure::usage(format!("there is no code `{given}`"), help)
    })
}

/// `E0403` of `e403`, `403` and `error[E0403]`.
fn canonical(given: &str) -> String {
    let inner = given.rsplit('[').next().unwrap_or(given);
    let id = inner.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let digits = id.strip_prefix(['E', 'e']).unwrap_or(id);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("E{digits:0>4}")
    } else {
        id.to_owned()
    }
}
