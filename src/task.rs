//! Progress and cancelling for work that may take long. No threads here: the caller owns them.

pub(crate) mod work;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::notice::{Notice, Tell, notice};

/// The work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub struct Cancelled;

impl Tell for Cancelled {
    fn tell(&self) -> Notice {
        notice!("cancelled")
    }
}

/// The stages of the work of this program, for those who say them in other words.
pub const STAGES: [&str; 10] = [
    "reading the first text",
    "reading the second text",
    "looking words up",
    "finding the way",
    "aligning",
    "cutting words",
    "linking words",
    "pairing terms",
    "fitting",
    "comparing numbers and names",
];

/// How far a stage of the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, a short verb phrase: one of [`STAGES`] where it comes from the core.
    pub stage: &'static str,
    /// Steps done.
    pub done: usize,
    /// Steps in all, at least 1.
    pub total: usize,
}

/// Passed down into long work: asked whether to go on, told how far it is.
#[derive(Clone)]
pub struct Ctl {
    cancel: Arc<AtomicBool>,
    sink: Arc<dyn Fn(Progress) + Send + Sync>,
}

impl Ctl {
    /// Neither reports nor can be cancelled.
    pub fn quiet() -> Self {
        Self::new(Arc::default(), |_| {})
    }

    /// Stops when `cancel` is set and reports to `sink`.
    pub fn new(cancel: Arc<AtomicBool>, sink: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { cancel, sink: Arc::new(sink) }
    }

    /// For one part of longer work: its steps are reported as those between `part.start` and `part.end` of `total`.
    #[must_use]
    pub fn part(&self, part: Range<usize>, total: usize) -> Self {
        let sink = Arc::clone(&self.sink);
        let within = move |Progress { stage, done, total: own }: Progress| {
            let done = part.start + part.len().saturating_mul(done.min(own)) / own.max(1);
            sink(Progress { stage, done, total: total.max(1) });
        };
        Self { cancel: Arc::clone(&self.cancel), sink: Arc::new(within) }
    }

    /// Asks whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] when the work is to stop.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.cancel.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Reports and asks whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] when the work is to stop.
    pub fn step(&self, stage: &'static str, done: usize, total: usize) -> Result<(), Cancelled> {
        self.check()?;
        (self.sink)(Progress { stage, done, total: total.max(1) });
        Ok(())
    }
}

impl fmt::Debug for Ctl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ctl").field("cancel", &self.cancel).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_set_flag_stops_the_work() {
        let flag = Arc::new(AtomicBool::new(false));
        let ctl = Ctl::new(Arc::clone(&flag), |_| {});
        assert_eq!(ctl.step("aligning", 1, 2), Ok(()));
        flag.store(true, Ordering::Relaxed);
        assert_eq!(ctl.step("aligning", 2, 2), Err(Cancelled));
    }

    #[test]
    fn a_part_reports_its_steps_within_the_whole_and_stops_with_it() {
        let (flag, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let sink = Arc::clone(&seen);
        let whole =
            Ctl::new(Arc::clone(&flag), move |progress| sink.lock().unwrap().push((progress.done, progress.total)));
        let part = whole.part(20..60, 100);
        for done in [0, 1, 4] {
            part.step("aligning", done, 4).unwrap();
        }
        assert_eq!(*seen.lock().unwrap(), [(20, 100), (30, 100), (60, 100)]);
        flag.store(true, Ordering::Relaxed);
        assert_eq!(part.check(), Err(Cancelled));
    }
}
