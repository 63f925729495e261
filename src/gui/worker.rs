//! Work beyond a frame, each kind in a lane of its own: a newer job of a lane cancels the older one, nothing waits for
//! another lane. Answers come back as events.

mod opening;
mod writing;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::Instant;

use super::lookup_sources::{Line, LookupSources};
use super::words::word;
use crate::bitext::{Bead, Document, Side};
use crate::consistency::Finding;
use crate::doubt::{Doubts, Terms};
use crate::find::{Found, Haystack, Index, Pattern};
use crate::lang::Lang;
use crate::notice::{Notice, Tell as _, notice};
use crate::project::{self, Glossary, Settled};
use crate::task::{Ctl, Progress};
use crate::termbase::TermBase;
use crate::work::OpenAlignment;
use opening::open_job;
pub use opening::{Input, Source};
pub(super) use opening::{Kept, Opened};
use writing::write;
pub(super) use writing::{Export, Lossy, Outgoing, What, Written, checked};

/// What is to be done.
#[derive(Debug)]
pub(super) enum Job {
    /// Open and align two texts; the project file that the window holds already is not opened again.
    Open(Source, Option<PathBuf>),
    /// Align rows anew between settled ones.
    Realign(OpenAlignment, Range<usize>, Settled, Stamp),
    /// Build the glossary of texts that are open already.
    Glossary(OpenAlignment, Stamp),
    /// Look at all rows for what there is to doubt besides their scores.
    Doubts(OpenAlignment, Terms, Stamp),
    /// Make texts ready to be searched.
    Index(Vec<(Side, Arc<Document>)>, Stamp),
    /// Search long texts; the number is that of the search.
    Find(Box<Wanted>, Stamp, u64),
    /// Find what is not consistent; the number is that of the decisions.
    Check(OpenAlignment, Stamp, u64),
    /// Read a term base; the languages are those of a table that does not name its own.
    Terms(PathBuf, [Lang; 2], Stamp),
    /// Look up what was typed.
    LookUp(Asked),
}

/// What is looked up, and in what; the number is that of the question.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) sources: Arc<LookupSources>,
    pub(super) typed: String,
    pub(super) number: u64,
}

/// What is searched for, in what.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) pattern: Pattern,
    pub(super) documents: [Arc<Document>; 2],
    pub(super) indexes: [Arc<Index>; 2],
}

/// For what a job is done: its answer is worth nothing to another text, nor to one that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The number of the session.
    pub(super) session: u64,
    /// How many edits there were.
    pub(super) revision: u64,
    /// How many of them changed a text.
    pub(super) texts: u64,
}

/// Kinds of work that go on beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Open,
    Realign,
    Glossary,
    Doubts,
    Index,
    Find,
    Terms,
    Check,
    /// Files being written: none is ended by another.
    Write,
    LookUp,
}

/// How many hits of a side are held.
pub(super) const MOST_HITS: usize = 100_000;
/// Said where work ended by a panic.
const DEFECT: &str = "the program failed on these texts; please report them as a defect";

/// All of them, by their numbers.
const LANES: [Lane; 10] = [
    Lane::Open,
    Lane::Realign,
    Lane::Glossary,
    Lane::Doubts,
    Lane::Index,
    Lane::Find,
    Lane::Terms,
    Lane::Check,
    Lane::Write,
    Lane::LookUp,
];

impl Job {
    fn lane(&self) -> Lane {
        match self {
            Self::Open(..) => Lane::Open,
            Self::Realign(..) => Lane::Realign,
            Self::Glossary(..) => Lane::Glossary,
            Self::Doubts(..) => Lane::Doubts,
            Self::Index(..) => Lane::Index,
            Self::Find(..) => Lane::Find,
            Self::Terms(..) => Lane::Terms,
            Self::Check(..) => Lane::Check,
            Self::LookUp(..) => Lane::LookUp,
        }
    }
}

/// What the worker says.
#[derive(Debug)]
pub(super) enum Event {
    Progress(Progress),
    Opened(Box<Opened>),
    Glossary(Glossary, Stamp),
    Doubts(Doubts, Stamp),
    Indexed(Vec<(Side, Index)>, Stamp),
    /// The hits of either side, by the number of the search.
    Found([Found; 2], Stamp, u64),
    /// What was looked up, by the number of the question.
    LookedUp(Vec<Line>, u64),
    Failed(Notice),
    /// What is not consistent.
    Checked(Vec<Finding>, Stamp, u64),
    /// A term base that was read, and what of it was not; or why it was not.
    Terms(Result<(TermBase, Vec<Notice>), Notice>, Stamp),
    /// Something was written, or why not, or whether it should be.
    Exported(Written),
    /// Other beads for all rows, or why there are none.
    Realigned(Result<Vec<Bead>, Notice>, Stamp),
    /// What was asked for is what the window shows.
    Already,
    /// The last word on a job, however it ended.
    Ended,
}

/// The newest job of a lane.
#[derive(Debug, Default)]
struct Running {
    revision: u64,
    cancel: Arc<AtomicBool>,
    /// How far it is and since when that stage has been going on; nothing where no job is under way.
    progress: Option<(Progress, Instant)>,
}

type Answer = (Option<(Lane, u64)>, Event);

/// The threads and the way to them.
pub(super) struct Worker {
    lanes: [Running; LANES.len()],
    events: Receiver<Answer>,
    say: Arc<dyn Fn(Answer) + Send + Sync>,
    folder: Option<PathBuf>,
    /// Files being written, each by a thread of its own: no other work waits for them or ends them.
    writing: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Nothing to do yet; `wake` is called whenever there is an answer.
    pub(super) fn start(folder: Option<PathBuf>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (answers, events) = mpsc::channel();
        let say: Arc<dyn Fn(Answer) + Send + Sync> = Arc::new(move |answer| {
            // A window that is gone needs no answer.
            let _ = answers.send(answer);
            wake();
        });
        Self { lanes: Default::default(), events, say, folder, writing: Vec::new() }
    }

    /// Writes a file, whatever else is done.
    pub(super) fn export(&mut self, export: Export) {
        let say = Arc::clone(&self.say);
        let running = &mut self.lanes[Lane::Write as usize];
        running.revision += 1;
        running.cancel = Arc::default();
        running.progress = Some((Progress { stage: word("writing"), done: 0, total: 1 }, Instant::now()));
        let (cancel, revision) = (Arc::clone(&running.cancel), running.revision);
        let write = move || {
            let write = AssertUnwindSafe(|| write(export, &cancel));
            // A defect in the work must not leave the window waiting for ever.
            let said = catch_unwind(write).unwrap_or_else(|_| Some(Written::Failed(notice!(DEFECT))));
            if let Some(said) = said {
                say((None, Event::Exported(said)));
            }
            say((Some((Lane::Write, revision)), Event::Ended));
        };
        let thread = std::thread::Builder::new().name("duizhao export".to_owned()).spawn(write);
        self.writing.retain(|thread| !thread.is_finished());
        self.writing.push(thread.expect("the system can start one more thread"));
    }

    /// Starts a job; an older one of its lane is cancelled and its answers are dropped.
    pub(super) fn start_job(&mut self, job: Job, stage: &'static str) {
        let lane = job.lane();
        self.cancel(lane);
        let running = &mut self.lanes[lane as usize];
        running.cancel = Arc::default();
        running.progress = Some((Progress { stage, done: 0, total: 1 }, Instant::now()));
        let (cancel, revision) = (Arc::clone(&running.cancel), running.revision);
        let (folder, say_to) = (self.folder.clone(), Arc::clone(&self.say));
        let say: Say = Arc::new(move |event| say_to((Some((lane, revision)), event)));
        let run = move || {
            let telling = Arc::clone(&say);
            // A defect in the work must not leave the window waiting for ever.
            let done = catch_unwind(AssertUnwindSafe(move || work(cancel, job, folder.as_deref(), &telling)));
            if done.is_err() {
                say(Event::Failed(notice!(DEFECT)));
            }
            say(Event::Ended);
        };
        let thread = std::thread::Builder::new().name("duizhao worker".to_owned()).spawn(run);
        thread.expect("the system can start one more thread");
    }

    /// Asks the job of a lane to stop; nothing more is heard of it.
    pub(super) fn cancel(&mut self, lane: Lane) {
        let running = &mut self.lanes[lane as usize];
        running.cancel.store(true, Ordering::Relaxed);
        running.revision += 1;
        running.progress = None;
    }

    /// What is being done, the first of the lanes, with the time its stage has taken so far.
    pub(super) fn progress(&self) -> Option<(Lane, Progress, Instant)> {
        let lanes = LANES.into_iter().zip(&self.lanes);
        // Making ready to search is never long, and nobody asked for it.
        let mut seen = lanes.filter(|(lane, _)| *lane != Lane::Index);
        seen.find_map(|(lane, running)| running.progress.map(|(at, since)| (lane, at, since)))
    }

    /// Whether a lane has something to do.
    pub(super) fn is_busy(&self, lane: Lane) -> bool {
        self.lanes[lane as usize].progress.is_some()
    }

    /// The answers to the newest jobs since the last call.
    pub(super) fn drain(&mut self) -> Vec<Event> {
        let mut out = Vec::new();
        for (from, event) in self.events.try_iter() {
            if let Some((lane, revision)) = from {
                let running = &mut self.lanes[lane as usize];
                if running.revision != revision {
                    continue;
                }
                match event {
                    Event::Progress(progress) => {
                        let same = running.progress.filter(|(before, _)| before.stage == progress.stage);
                        running.progress = Some((progress, same.map_or_else(Instant::now, |(_, since)| since)));
                    }
                    Event::Ended => running.progress = None,
                    _ => {}
                }
            }
            out.push(event);
        }
        out
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        for lane in LANES.into_iter().filter(|lane| *lane != Lane::Write) {
            self.cancel(lane);
        }
        // What is being written is written.
        for thread in self.writing.drain(..) {
            let _ = thread.join();
        }
    }
}

type Say = Arc<dyn Fn(Event) + Send + Sync>;

fn work(cancel: Arc<AtomicBool>, job: Job, folder: Option<&Path>, say: &Say) {
    let reporter = Arc::clone(say);
    let last = std::sync::Mutex::new(None::<(&'static str, usize)>);
    let ctl = Ctl::new(cancel, move |progress: Progress| {
        // One report for each hundredth is enough.
        let step = (progress.stage, progress.done * 100 / progress.total);
        if let Ok(mut last) = last.lock()
            && *last != Some(step)
        {
            *last = Some(step);
            reporter(Event::Progress(progress));
        }
    });
    match job {
        Job::Glossary(open, stamp) => {
            if let Ok(glossary) = project::glossary(&ctl, &open.aligned().bitext(), open.work().terms()) {
                say(Event::Glossary(glossary, stamp));
            }
        }
        Job::Realign(open, rows, settled, stamp) => match project::realign(&ctl, open.aligned(), &rows, &settled) {
            Err(project::Error::Cancelled(_)) => {}
            found => say(Event::Realigned(found.map_err(|problem| problem.tell()), stamp)),
        },
        Job::Doubts(open, terms, stamp) => {
            if let Ok(doubts) = Doubts::find(&ctl, open.aligned(), terms) {
                say(Event::Doubts(doubts, stamp));
            }
        }
        Job::Index(texts, stamp) => {
            let of = |(side, document): (Side, Arc<Document>)| (side, Index::of(&document));
            say(Event::Indexed(texts.into_iter().map(of).collect(), stamp));
        }
        Job::Find(wanted, stamp, number) => {
            let Wanted { pattern, documents, indexes } = *wanted;
            let of = |side: Side| {
                let document = &documents[side as usize];
                indexes[side as usize].find_all(&ctl, &pattern, &Haystack::from(&**document), MOST_HITS)
            };
            if let (Ok(source), Ok(target)) = (of(Side::Source), of(Side::Target)) {
                say(Event::Found([source, target], stamp, number));
            }
        }
        Job::Check(open, stamp, decided) => {
            if let Ok(findings) = project::check_alignment(&ctl, open.aligned()) {
                say(Event::Checked(findings, stamp, decided));
            }
        }
        Job::Terms(path, langs, stamp) => {
            let read = project::read_term_base(&path, langs.each_ref().map(Some), None);
            let read = read.map(|read| (read.output, read.warnings)).map_err(|problem| problem.tell());
            say(Event::Terms(read, stamp));
        }
        Job::LookUp(Asked { sources, typed, number }) => {
            if let Ok(lines) = sources.look_up(&ctl, &typed) {
                say(Event::LookedUp(lines, number));
            }
        }
        Job::Open(source, held) => open_job(&ctl, source, held.as_deref(), folder, say),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bitext;
    use crate::project::{RowsForm, Which};

    fn worker() -> Worker {
        Worker::start(None, || ())
    }

    fn export(path: PathBuf) -> Export {
        let (source, target) = (project::paste("zh", "雨。").unwrap(), project::paste("en", "Rain.").unwrap());
        let bead = Bead { source: 0..1, target: 0..1, score: 0.9 };
        let open = OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads: vec![bead] });
        let form = RowsForm::of_code("tsv").unwrap();
        let what = What::Rows { open, which: Which::All, form };
        Export { what, path, over: false, regardless: false }
    }

    #[test]
    fn what_a_lane_does_is_told_and_cancelled_under_its_own_name() {
        let mut worker = worker();
        for lane in LANES {
            let at = Progress { stage: "test", done: 0, total: 1 };
            worker.lanes[lane as usize].progress = Some((at, Instant::now()));
            let told = worker.progress().map(|(lane, ..)| lane);
            // Nobody asked for the index of a text.
            assert_eq!(told, (lane != Lane::Index).then_some(lane));
            assert!(worker.is_busy(lane));
            worker.cancel(lane);
            assert!(worker.progress().is_none() && !worker.is_busy(lane), "{lane:?}");
        }
    }

    #[test]
    fn a_file_being_written_is_under_way_until_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.tsv");
        let mut worker = worker();
        worker.export(export(path.clone()));
        assert_eq!(worker.progress().map(|(lane, ..)| lane), Some(Lane::Write));
        let mut said = Vec::new();
        let begun = Instant::now();
        while worker.progress().is_some() {
            assert!(begun.elapsed().as_secs() < 60, "the file is never written");
            std::thread::yield_now();
            said.extend(worker.drain());
        }
        assert!(
            said.iter().any(|event| matches!(event, Event::Exported(Written::Done(at, _)) if *at == path)),
            "{said:?}"
        );
        assert!(std::fs::read_to_string(path).unwrap().contains("雨。"));
    }

    #[test]
    fn a_file_whose_writing_was_cancelled_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.tsv");
        assert!(write(export(path.clone()), &AtomicBool::new(true)).is_none() && !path.exists());
        assert!(write(export(path.clone()), &AtomicBool::new(false)).is_some() && path.exists());
    }
}
