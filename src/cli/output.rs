//! Writing to standard output, standard error and files.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::exchange::Exported;
use crate::project::write_atomically;

/// A line on standard error; where even that is closed there is nobody to tell.
pub(super) fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints warnings, one a line.
pub(super) fn warn_all(warnings: &[String]) {
    for warning in warnings {
        warn(&format!("duizhao: warning: {warning}"));
    }
}

/// Writes to a file, whole or not at all, or to standard output.
pub(super) fn emit(output: Option<&Path>, content: &str) -> anyhow::Result<()> {
    if let Some(path) = output {
        Ok(write_atomically(path, content.as_bytes())?)
    } else {
        let mut out = io::stdout().lock();
        out.write_all(content.as_bytes()).and_then(|()| out.flush()).context("cannot write to standard output")
    }
}

/// As [`emit`], and says what the format could not take over.
pub(super) fn emit_exported(output: Option<&Path>, exported: &Exported) -> anyhow::Result<()> {
    for problem in exported.problems().iter().chain(&exported.remarks) {
        warn(&format!("duizhao: {problem}"));
    }
    emit(output, &exported.content)
}

/// Refuses to write over a file that is being read, before any work is done.
pub(super) fn keep_inputs(output: Option<&Path>, inputs: &[PathBuf]) -> anyhow::Result<()> {
    let Some(output) = output.and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    for input in inputs {
        if input.canonicalize().is_ok_and(|input| input == output) {
            bail!("the output {} is also an input; choose another name with -o", input.display());
        }
    }
    Ok(())
}
