//! The command line: arguments in, one call of [`crate::project`], text out.
//!
//! Exit status: 0 fine; 1 something is not consistent, or was looked up and not found; 2 an error (its message on standard
//! error, once).

pub mod args;

mod align;
mod check;
mod eval;
mod export;
mod fit;
mod links;
mod lookup;
mod output;
mod progress;
mod read;
mod segment;
mod terms;

use std::process::ExitCode;

use args::{Args, Command};

use crate::project::Options;

/// Runs a subcommand.
pub fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::Read(args) => read::run(&args),
        Command::Segment(args) => segment::run(&args),
        Command::Align(args) => align::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Terms(args) => terms::run(&args),
        Command::Check(args) => return check::run(&args).unwrap_or_else(|error| report(&error)),
        Command::Links(args) => links::run(&args),
        Command::Lookup(args) => match lookup::run(&args) {
            Ok(false) => return ExitCode::from(1),
            found => found.map(|_| ()),
        },
        Command::Eval(args) => eval::run(&args),
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
    fn options(&self, segmented: bool) -> Options {
        Options { source_lang: self.source_lang.clone(), target_lang: self.target_lang.clone(), segmented }
    }
}

impl Args {
    /// Reads the arguments of the process; prints help or a usage error and leaves where that is asked for.
    pub fn from_process() -> Self {
        <Self as clap::Parser>::parse()
    }
}
