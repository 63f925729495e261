//! The command line: arguments in, one call of [`crate::project`], text out.
//!
//! Exit status: 0 fine; 1 something is not consistent, or was looked up and not found; 2 an error (its message on standard
//! error, once).

pub mod args;

mod align;
mod check;
mod doubts;
mod eval;
mod export;
#[cfg(feature = "fit")]
pub mod fit;
mod interrupt;
mod links;
mod lookup;
mod output;
mod progress;
mod read;
mod segment;
mod terms;
mod visible;

use std::path::PathBuf;
use std::process::ExitCode;

use args::{Args, Command};
pub use interrupt::tidy_at_signals;
pub use output::output_is_closed;

use crate::project::{Columns, Options, is_project};

/// Runs a subcommand.
pub fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::Read(args) => read::run(&args),
        Command::Segment(args) => segment::run(&args),
        Command::Align(args) => align::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Terms(args) => terms::run(&args),
        Command::Check(args) => return check::run(&args).unwrap_or_else(|error| report(&error)),
        Command::Doubts(args) => doubts::run(&args),
        Command::Links(args) => links::run(&args),
        Command::Lookup(args) => match lookup::run(&args) {
            Ok(false) => return ExitCode::from(1),
            found => found.map(|_| ()),
        },
        Command::Eval(args) => eval::run(&args),
        #[cfg(feature = "fit")]
        Command::Fit(args) => fit::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(&error),
    }
}

/// Prints an error as one line and gives the status that goes with it.
pub fn report(error: &anyhow::Error) -> ExitCode {
    // Whoever reads our output may stop early, as `head` does: that is no error.
    let closed = error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    });
    if closed {
        return ExitCode::SUCCESS;
    }
    output::warn(&format!("duizhao: {error:#}"));
    ExitCode::from(2)
}

impl args::LangArgs {
    fn options(&self, segmented: bool, columns: Option<&Columns>) -> Options {
        let (source_lang, target_lang) = (self.source_lang.clone(), self.target_lang.clone());
        Options { source_lang, target_lang, segmented, columns: columns.cloned() }
    }
}

impl args::TableArgs {
    /// The columns of pairs among the files, and those of glossaries, which they are of where there are no such files.
    fn of(&self, files: &[PathBuf], glossaries: &[PathBuf]) -> anyhow::Result<[Option<&Columns>; 2]> {
        let Some(columns) = &self.columns else { return Ok([None, None]) };
        let is_pairs = |group: &&[PathBuf]| matches!(group, [file] if !is_project(file));
        if terms::groups(files).iter().any(is_pairs) {
            return Ok([Some(columns), None]);
        }
        anyhow::ensure!(!glossaries.is_empty(), "--columns is for tables, and none of these files is one");
        Ok([None, Some(columns)])
    }
}

impl Args {
    /// Reads the arguments of the process.
    ///
    /// # Errors
    /// The status to leave with, after help or a usage error was printed.
    pub fn from_process() -> Result<Self, ExitCode> {
        <Self as clap::Parser>::try_parse().map_err(|answer| {
            if answer.use_stderr() {
                // It repeats what was typed, or what a file name says.
                for line in answer.render().to_string().lines() {
                    output::warn(line);
                }
                return ExitCode::from(2);
            }
            let printed = output::can_print().and_then(|()| answer.print().map_err(output::unprinted));
            printed.map_or_else(|error| report(&error), |()| ExitCode::SUCCESS)
        })
    }
}
