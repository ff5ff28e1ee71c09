//! The list of commands. Each is a room of its own.

mod build;
mod check;
mod compare;
mod completions;
mod docs;
pub(crate) mod explain;
mod fmt;
mod init;
mod json_schema;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
mod show;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::failure::Failure;
use crate::terminal;

/// Event definitions in YAML, compiled into types that cannot forget their
/// partition fields.
#[derive(Debug, Parser)]
#[command(
    name = "eventc",
    version,
    arg_required_else_help = true,
    max_term_width = 80,
    after_help = "It ends with 0 if all is well, with 1 if there are problems in the schema, in \
                  what is generated or in the database, and with 2 if it was used wrongly or \
                  could not read, write or connect.\n\n\
                  Begin with `eventc init`, or see `eventc help COMMAND`."
)]
struct Cli {
    /// Whether to print in colours; `auto` follows the terminal, NO_COLOR and CLICOLOR_FORCE.
    #[arg(long, global = true, display_order = 902, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    #[command(subcommand)]
    New(new::New),
    Check(check::Check),
    Build(build::Build),
    Fmt(fmt::Fmt),
    Watch(watch::Watch),
    Docs(docs::Docs),
    List(list::List),
    Show(show::Show),
    Explain(explain::Explain),
    Compare(compare::Compare),
    JsonSchema(json_schema::JsonSchema),
    #[cfg(feature = "lsp")]
    Lsp(lsp::Lsp),
    #[cfg(feature = "postgres")]
    #[command(subcommand)]
    Postgres(crate::postgres::Command),
    Completions(completions::Completions),
}

impl Command {
    /// Does it. The text is what is left to say.
    fn run(&self) -> Result<String, Failure> {
        match self {
            Self::Init(init) => init.run(),
            Self::New(new) => new.run(),
            Self::Check(check) => check.run(),
            Self::Build(build) => build.run(),
            Self::Fmt(fmt) => fmt.run(),
            Self::Watch(watch) => watch.run(),
            Self::Docs(docs) => docs.run(),
            Self::List(list) => list.run(),
            Self::Show(show) => show.run(),
            Self::Explain(explain) => explain.run(),
            Self::Compare(compare) => compare.run(),
            Self::JsonSchema(json_schema) => json_schema.run(),
            #[cfg(feature = "lsp")]
            Self::Lsp(lsp) => lsp.run(),
            #[cfg(feature = "postgres")]
            Self::Postgres(command) => crate::postgres::run(command),
            Self::Completions(completions) => completions.run(),
        }
    }
}

/// Runs the command line. `name` is how people call it, and the first argument is the program.
pub fn run(name: &'static str, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = Cli::command()
        .bin_name(name)
        .try_get_matches_from(arguments);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and the version are printed this way, too; a pipe that is closed wants neither.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    terminal::set_color(cli.color);
    let said = cli.command.run().and_then(|text| terminal::say(&text));
    said.map_or_else(Failure::end, |_| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declarations_of_all_commands_fit_together() {
        Cli::command().debug_assert();
    }
}
