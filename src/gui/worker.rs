//! Work beyond a frame, each kind in a lane of its own: a newer job of a lane cancels the older one, nothing waits for
//! another lane. Answers come back as events.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread::JoinHandle;
use std::time::Instant;

use super::session::{Doubts, Session, found_doubts};
use crate::align::{self, Settled};
use crate::bitext::{Bead, Bitext, Document};
use crate::edit::{Alignment, Side};
use crate::exchange::beads::Format;
use crate::find::Index;
use crate::import::Warned;
use crate::lang::Language;
use crate::project::{self, Glossary, Options, Which};
use crate::store;
use crate::task::{Cancelled, Ctl, Progress};

/// Where texts come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The statement that comes with the program.
    Bundled,
    /// A text and its translation, by path.
    Files(PathBuf, PathBuf),
    /// A text and its translation, each a path or pasted.
    Mixed(Input, Input),
    /// A project file.
    Project(PathBuf),
    /// Texts that were aligned elsewhere: one file of pairs, or links and the two texts they link.
    Aligned(Vec<PathBuf>),
}

impl Source {
    /// The files it is read from; nothing where they cannot be opened again.
    fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Files(source, target) | Self::Mixed(Input::File(source), Input::File(target)) => {
                let whole = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
                vec![whole(source), whole(target)]
            }
            Self::Project(path) => vec![path.clone()],
            Self::Aligned(paths) => paths.clone(),
            Self::Bundled | Self::Mixed(..) => Vec::new(),
        }
    }
}

/// One side to be opened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Text from the clipboard, with a word that names it.
    Pasted(String, String),
}

/// What is to be done.
#[derive(Debug)]
pub(super) enum Job {
    /// Open and align two texts; the project file that the window holds already is not opened again.
    Open(Source, Option<PathBuf>),
    /// Align rows anew between settled ones; the number is the revision of the rows they were.
    Realign(Arc<Bitext>, Range<usize>, Settled, u64),
    /// Build the glossary of texts that are open already.
    Glossary(Arc<Bitext>),
    /// Look at all rows for what there is to doubt besides their scores.
    Doubts(Alignment),
    /// Make a side of so many edits ready to be searched.
    Index(Side, Arc<Document>, u64),
}

/// Kinds of work that go on beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Open,
    Realign,
    Glossary,
    Doubts,
    Index,
}

/// All of them, by their numbers.
const LANES: [Lane; 5] = [Lane::Open, Lane::Realign, Lane::Glossary, Lane::Doubts, Lane::Index];

impl Job {
    fn lane(&self) -> Lane {
        match self {
            Self::Open(..) => Lane::Open,
            Self::Realign(..) => Lane::Realign,
            Self::Glossary(..) => Lane::Glossary,
            Self::Doubts(..) => Lane::Doubts,
            Self::Index(..) => Lane::Index,
        }
    }
}

/// Rows to be written to a file: of what, which of them, in what form, where to.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) alignment: Alignment,
    pub(super) which: Which,
    pub(super) format: Format,
    pub(super) path: PathBuf,
}

/// What the worker says.
#[derive(Debug)]
pub(super) enum Event {
    Progress(Progress),
    Opened(Box<Session>, Vec<String>),
    Glossary(Glossary),
    Doubts(Doubts),
    Indexed(Side, Index, u64),
    Failed(String),
    /// Rows were written, and what the format could not take over; or why not.
    Exported(Result<(PathBuf, Vec<String>), String>),
    /// Other beads for all rows of this revision, or why there are none.
    Realigned(u64, Result<Vec<Bead>, String>),
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

    /// Writes rows to a file, whatever else is done.
    pub(super) fn export(&mut self, export: Export) {
        let say = Arc::clone(&self.say);
        let write = move || {
            let Export { alignment, which, format, path } = export;
            let exported = project::export_rows(&alignment, &which, format);
            let written = project::write_atomically(&path, exported.content.as_bytes());
            let said = written.map(|()| (path, exported.problems())).map_err(|problem| problem.to_string());
            say((None, Event::Exported(said)));
        };
        let thread = std::thread::Builder::new().name("duizhao export".to_owned()).spawn(write);
        self.writing.retain(|thread| !thread.is_finished());
        self.writing.push(thread.expect("the system can start one more thread"));
    }

    /// Starts a job; an older one of its lane is cancelled and its answers are dropped. What is opened ends all that was
    /// done for the texts before.
    pub(super) fn start_job(&mut self, job: Job, stage: &'static str) {
        let lane = job.lane();
        if lane == Lane::Open {
            self.cancel_all();
        }
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
                let problem = "the program failed on these texts; please report them as a defect";
                say(Event::Failed(problem.to_owned()));
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

    fn cancel_all(&mut self) {
        for lane in LANES {
            self.cancel(lane);
        }
    }

    /// What is being done, the first of the lanes, with the time its stage has taken so far.
    pub(super) fn progress(&self) -> Option<(Lane, Progress, Instant)> {
        // Making ready to search is never long, and nobody asked for it.
        let seen = LANES.into_iter().filter(|lane| *lane != Lane::Index);
        seen.zip(&self.lanes).find_map(|(lane, running)| running.progress.map(|(at, since)| (lane, at, since)))
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
        self.cancel_all();
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
        Job::Glossary(bitext) => {
            if let Ok(glossary) = project::glossary(&ctl, &bitext) {
                say(Event::Glossary(glossary));
            }
        }
        Job::Realign(bitext, rows, settled, revision) => match project::realign(&ctl, &bitext, &rows, &settled) {
            Err(align::Error::Cancelled(_)) => {}
            found => say(Event::Realigned(revision, found.map_err(|problem| problem.to_string()))),
        },
        Job::Doubts(alignment) => {
            if let Ok(doubts) = found_doubts(&ctl, &alignment) {
                say(Event::Doubts(doubts));
            }
        }
        Job::Index(side, document, revision) => {
            say(Event::Indexed(side, Index::new(document.text.as_str()), revision));
        }
        Job::Open(source, held) => open_job(&ctl, source, held.as_deref(), folder, say),
    }
}

fn open_job(ctl: &Ctl, source: Source, held: Option<&Path>, folder: Option<&Path>, say: &Say) {
    if let Source::Project(path) = source {
        if held == Some(&path) {
            return say(Event::Already);
        }
        return match project::open_kept(&path) {
            Err(problem) => say(Event::Failed(problem.to_string())),
            Ok((store, contents)) => {
                let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let mut session = Session::of_project(title, store, contents);
                session.paths = vec![path];
                say(Event::Opened(Box::new(session), Vec::new()));
            }
        };
    }
    let paths = source.paths();
    if let Source::Aligned(files) = source {
        return match project::open_aligned(&files, None, None) {
            Err(problem) => say(Event::Failed(format!("{problem:#}"))),
            Ok(Warned { output, mut warnings }) => {
                let mut session = kept_session(output, folder, &mut warnings);
                session.paths = paths;
                say(Event::Opened(Box::new(session), warnings));
            }
        };
    }
    match open(source) {
        Err(message) => say(Event::Failed(message)),
        Ok(Warned { output: (title, source, target), mut warnings }) => {
            let path = folder.map(|folder| project::kept_path(folder, &source, &target));
            if path.is_some() && path.as_deref() == held {
                return say(Event::Already);
            }
            if let Ok(mut session) = session(ctl, title, source, target, path.as_deref(), &mut warnings) {
                session.paths = paths;
                say(Event::Opened(Box::new(session), warnings));
            }
        }
    }
}

/// The work begun on these texts before, or a new alignment; without a file that can be used nothing is kept, and a
/// warning says so.
fn session(
    ctl: &Ctl,
    title: String,
    source: Document,
    target: Document,
    path: Option<&Path>,
    warnings: &mut Vec<String>,
) -> Result<Session, Cancelled> {
    let kept = path.filter(|path| path.exists()).map(project::open_kept);
    // The file is free again for whoever cancelled this.
    ctl.check()?;
    match kept {
        Some(Ok((store, contents))) => return Ok(Session::of_project(title, store, contents)),
        Some(Err(problem)) => {
            warnings.push(format!("{problem}; the texts were aligned anew, and what you do is not kept"));
            return Ok(Session::new(title, project::align(ctl, source, target)?));
        }
        None => {}
    }
    let bitext = project::align(ctl, source, target)?;
    ctl.check()?;
    Ok(match path.map(|path| project::keep(path, &bitext)) {
        Some(Ok((store, contents))) => Session::of_project(title, store, contents),
        // Another window was quicker.
        Some(Err(project::Error::Store(store::Error::Exists(path)))) => match project::open_kept(&path) {
            Ok((store, contents)) => Session::of_project(title, store, contents),
            Err(problem) => {
                warnings.push(format!("{problem}; what you do is not kept"));
                Session::new(title, bitext)
            }
        },
        Some(Err(problem)) => {
            warnings.push(format!("{problem}; what you do is not kept"));
            Session::new(title, bitext)
        }
        // No folder was given: nobody expects anything to be kept.
        None => Session::new(title, bitext),
    })
}

/// Texts that were aligned elsewhere, with the work begun on them before; another alignment of the same texts is not
/// overwritten, but its rows are those that are shown.
fn kept_session(texts: project::AlignedTexts, folder: Option<&Path>, warnings: &mut Vec<String>) -> Session {
    let title = format!("{} ⇄ {}", texts.bitext.source.name, texts.bitext.target.name);
    let alignment = texts.alignment();
    let (source, target) = (alignment.document(Side::Source), alignment.document(Side::Target));
    let kept = folder.map(|folder| {
        let path = project::kept_path(folder, source, target);
        if path.exists() { project::open_kept(&path) } else { project::keep_alignment(&path, &alignment) }
    });
    match kept {
        Some(Ok((store, contents))) => Session::of_project(title, store, contents),
        Some(Err(problem)) => {
            warnings.push(format!("{problem}; what you do is not kept"));
            Session::of(title, alignment)
        }
        None => Session::of(title, alignment),
    }
}

type Opened = Warned<(String, Document, Document)>;

fn open(source: Source) -> Result<Opened, String> {
    match source {
        Source::Project(_) | Source::Aligned(_) => Err("there are no two texts to align".to_owned()),
        Source::Bundled => {
            let (source, target) = project::bundled();
            let title = project::bundled_title(Language::English);
            Ok(Warned { output: (title, source, target), warnings: Vec::new() })
        }
        Source::Files(source, target) | Source::Mixed(Input::File(source), Input::File(target)) => {
            open_files(&source, &target)
        }
        Source::Mixed(source, target) => {
            let (source, target) = (open_side(source)?, open_side(target)?);
            project::check_pair(&source.output, &target.output).map_err(|error| error.to_string())?;
            let warnings = source.warnings.into_iter().chain(target.warnings).collect();
            let (source, target) = (source.output, target.output);
            let title = format!("{} ⇄ {}", source.name, target.name);
            Ok(Warned { output: (title, source, target), warnings })
        }
    }
}

fn open_files(source: &std::path::Path, target: &std::path::Path) -> Result<Opened, String> {
    let opened = project::open_pair(source, target, &Options::default()).map_err(|error| format!("{error:#}"))?;
    let (source, target) = opened.output;
    let title = format!("{} ⇄ {}", source.name, target.name);
    Ok(Warned { output: (title, source, target), warnings: opened.warnings })
}

fn open_side(side: Input) -> Result<Warned<Document>, String> {
    match side {
        Input::File(path) => project::load(&path, None).map_err(|error| format!("{error:#}")),
        Input::Pasted(name, content) => project::paste(&name, &content)
            .map(|output| Warned { output, warnings: Vec::new() })
            .map_err(|error| format!("{error:#}")),
    }
}
