//! The program: arguments to the command line or to the window.

use std::process::ExitCode;

use duizhao::cli::{self, args::Args};

fn main() -> ExitCode {
    let args = Args::from_process();
    match args.command {
        Some(command) => cli::run(command),
        None => window(&args),
    }
}

#[cfg(feature = "gui")]
fn window(args: &Args) -> ExitCode {
    duizhao::gui::run(&args.files)
}

#[cfg(not(feature = "gui"))]
fn window(_: &Args) -> ExitCode {
    cli::report(&anyhow::anyhow!("this build has no window; `duizhao read` shows the texts in the terminal"))
}
