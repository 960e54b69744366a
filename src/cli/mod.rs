//! The command line: what the user typed ([`args`]), one file a command, messages, exit codes.

mod args;
mod evaluate;
mod explain;
mod gazetteer;
pub(crate) mod messages;
mod progress;
mod run_info;
mod schema;
mod source_prior;
mod tag;
#[cfg(feature = "train")]
mod train;

pub(crate) use args::Cli;
use args::Command;
use dateline::Result;
use std::path::Path;
use std::process::ExitCode;

/// How a command that did not fail came out.
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// It was done, but some input was skipped.
    Skipped,
}

impl Outcome {
    /// Returns 0, or 1 where input was skipped (2 is for failures).
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Skipped => ExitCode::from(1),
        }
    }
}

/// Tells whether two paths lead to one existing file.
fn same_file(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<Outcome> {
    match cli.command {
        Command::Tag(args) => tag::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Schema(args) => schema::run(args),
        #[cfg(feature = "train")]
        Command::Train(args) => train::run(&args),
        Command::Gazetteer(args) => gazetteer::run(*args),
    }
}
