//! The program: arguments to the command line or to the window.

use std::process::ExitCode;

use duizhao::cli::{self, args::Args};

fn main() -> ExitCode {
    if closed::is_standard_output_closed() {
        cli::output_is_closed();
    }
    cli::tidy_at_signals();
    let args = match Args::from_process() {
        Ok(args) => args,
        Err(status) => return status,
    };
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

/// Whether standard output was closed, as by `>&-`. The runtime opens the null device in its place before `main` begins,
/// and what is written would vanish without a word: so it is asked before the runtime begins.
#[cfg(target_os = "linux")]
mod closed {
    use std::os::fd::AsFd as _;
    use std::sync::atomic::{AtomicBool, Ordering};

    static CLOSED: AtomicBool = AtomicBool::new(false);

    extern "C" fn look() {
        // What is not open cannot be duplicated.
        let closed = std::io::stdout().as_fd().try_clone_to_owned().is_err();
        CLOSED.store(closed, Ordering::Relaxed);
    }

    #[used]
    #[expect(unsafe_code, reason = "the only place that is run before the runtime; what is run there needs none of it")]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;

    pub(crate) fn is_standard_output_closed() -> bool {
        CLOSED.load(Ordering::Relaxed)
    }
}

#[cfg(not(target_os = "linux"))]
mod closed {
    pub(crate) fn is_standard_output_closed() -> bool {
        false
    }
}
