//! The program: arguments to the command line or to the window.

use std::process::ExitCode;

use duizhao::cli::{self, args::Args};

fn main() -> ExitCode {
    let args = Args::from_process();
    match args.command {
        Some(command) => cli::run(command),
        None => ExitCode::SUCCESS,
    }
}
