//! Writing to standard output, standard error and files.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{anyhow, bail};

use super::visible;
use crate::notice::Notice;
use crate::project::{Losses, write_atomically, write_with};

/// Whether standard output was closed when the program began: what is open in its place by now takes everything.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Says that standard output was closed by whoever started the program.
pub fn output_is_closed() {
    CLOSED.store(true, Ordering::Relaxed);
}

/// A line on standard error; where even that is closed there is nobody to tell.
pub(super) fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{}", visible::line(line));
}

/// Prints warnings, one a line.
pub(super) fn warn_all(warnings: &[Notice]) {
    for warning in warnings {
        warn(&format!("duizhao: warning: {warning}"));
    }
}

/// The file that is asked for; nothing for standard output, which is also called `-`.
pub(super) fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| path.as_os_str() != "-")
}

/// Writes to a file, whole or not at all, or to standard output.
pub(super) fn emit(output: Option<&Path>, content: &str) -> anyhow::Result<()> {
    match file(output) {
        Some(path) => Ok(write_atomically(path, content.as_bytes())?),
        None => print(content),
    }
}

/// Writes to standard output: byte for byte into a file or another program, without a word to the terminal itself.
fn print(content: &str) -> anyhow::Result<()> {
    can_print()?;
    let mut out = io::stdout().lock();
    let shown = if out.is_terminal() { visible::content(content) } else { Cow::Borrowed(content) };
    out.write_all(shown.as_bytes()).and_then(|()| out.flush()).map_err(unprinted)
}

/// Refuses to print where nobody could read it.
pub(super) fn can_print() -> anyhow::Result<()> {
    if CLOSED.load(Ordering::Relaxed) {
        bail!("cannot write to standard output: it is closed; open it, or name a file with -o");
    }
    Ok(())
}

/// Why standard output does not take what is written.
pub(super) fn unprinted(error: io::Error) -> anyhow::Error {
    match error.kind() {
        // Whoever reads it has had enough, which is no error.
        io::ErrorKind::BrokenPipe => error.into(),
        io::ErrorKind::StorageFull => {
            anyhow!("cannot write to standard output: the disk is full; free some space and try again")
        }
        _ => anyhow!("cannot write to standard output: {error}"),
    }
}

/// As [`emit`], of what something writes as it goes, and says what its form could not take over.
pub(super) fn emit_as_written(
    output: Option<&Path>,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<Losses>,
) -> anyhow::Result<()> {
    let lost = match file(output) {
        Some(path) => write_with(path, write)?,
        None => print_as_written(write)?,
    };
    for problem in lost.problems().iter().chain(&lost.remarks) {
        warn(&format!("duizhao: {problem}"));
    }
    Ok(())
}

/// As [`print`], of what something writes as it goes; a terminal gets it when it is whole.
fn print_as_written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<Losses>) -> anyhow::Result<Losses> {
    can_print()?;
    let mut out = io::stdout().lock();
    if !out.is_terminal() {
        let written = write(&mut out).and_then(|lost| out.flush().map(|()| lost));
        return written.map_err(unprinted);
    }
    let mut content = Vec::new();
    let lost = write(&mut content).map_err(unprinted)?;
    drop(out);
    print(&String::from_utf8_lossy(&content))?;
    Ok(lost)
}

/// Refuses to write over a file that is being read, before any work is done.
pub(super) fn keep_inputs(output: Option<&Path>, inputs: &[PathBuf]) -> anyhow::Result<()> {
    let Some(output) = file(output).and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    for input in inputs {
        if input.canonicalize().is_ok_and(|input| input == output) {
            bail!("the output {} is also an input; choose another name with -o", input.display());
        }
    }
    Ok(())
}
