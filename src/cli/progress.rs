//! A progress line on standard error, for work of more than half a second, only where a person sees it.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::task::{Ctl, Progress};

const PATIENCE: Duration = Duration::from_millis(500);
const PACE: Duration = Duration::from_millis(100);

/// Clears the line when the work is done.
pub(super) struct ProgressLine {
    shown: Arc<Mutex<Option<Instant>>>,
}

/// A control that shows progress, and the line it shows it on.
pub(super) fn line() -> (Ctl, ProgressLine) {
    let shown: Arc<Mutex<Option<Instant>>> = Arc::default();
    if !io::stderr().is_terminal() {
        return (Ctl::quiet(), ProgressLine { shown });
    }
    let started = Instant::now();
    let last = Arc::clone(&shown);
    let ctl = Ctl::new(Arc::default(), move |Progress { stage, done, total }| {
        let Ok(mut last) = last.lock() else { return };
        if started.elapsed() > PATIENCE && last.is_none_or(|at| at.elapsed() > PACE) {
            *last = Some(Instant::now());
            let _ = write!(io::stderr(), "\r\x1b[K{stage} {} %", done * 100 / total);
        }
    });
    (ctl, ProgressLine { shown })
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shown.lock().is_ok_and(|shown| shown.is_some()) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
