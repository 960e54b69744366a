//! The `dateline` program: parse, run, exit code.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match cli::run(cli) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => cli::messages::failed(&error),
    }
}
