//! Work beyond a frame: opening, aligning, the glossary. One thread, newest job wins, answers come back as events.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use super::session::Session;
use crate::align::{self, Settled};
use crate::bitext::{Bead, Bitext, Document};
use crate::edit::Alignment;
use crate::exchange::beads::Format;
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
    Mixed(Side, Side),
    /// A project file.
    Project(PathBuf),
}

/// One side to be opened.
#[derive(Clone, Debug)]
pub enum Side {
    /// A file.
    File(PathBuf),
    /// Text from the clipboard, with a word that names it.
    Pasted(String, String),
}

/// What is to be done.
#[derive(Debug)]
pub(super) enum Job {
    /// Open and align two texts, then build their glossary; the project file that the window holds already is not
    /// opened again.
    Open(Source, Option<PathBuf>),
    /// Align rows anew between settled ones; the number is the revision of the rows they were.
    Realign(Arc<Bitext>, Range<usize>, Settled, u64),
    /// Build the glossary of texts that are open already.
    Glossary(Arc<Bitext>),
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

/// The one thread and the way to it.
pub(super) struct Worker {
    jobs: Sender<(u64, Arc<AtomicBool>, Job)>,
    events: Receiver<(u64, Event)>,
    revision: u64,
    cancel: Arc<AtomicBool>,
    say: Arc<dyn Fn(u64, Event) + Send + Sync>,
    /// Files being written, each by a thread of its own: no other work waits for them or ends them.
    writing: Vec<JoinHandle<()>>,
}

/// The revision of answers that are always heard.
const ALWAYS: u64 = u64::MAX;

impl Worker {
    /// Starts the thread; `wake` is called whenever there is an answer.
    pub(super) fn start(folder: Option<PathBuf>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (jobs, todo) = mpsc::channel::<(u64, Arc<AtomicBool>, Job)>();
        let (answers, events) = mpsc::channel();
        let say_always: Arc<dyn Fn(u64, Event) + Send + Sync> = Arc::new(move |revision, event| {
            // A window that is gone needs no answer.
            let _ = answers.send((revision, event));
            wake();
        });
        let say_to = Arc::clone(&say_always);
        std::thread::Builder::new()
            .name("duizhao worker".to_owned())
            .spawn(move || {
                while let Ok((revision, cancel, job)) = todo.recv() {
                    let say_to = Arc::clone(&say_to);
                    let say: Say = Arc::new(move |event| say_to(revision, event));
                    let telling = Arc::clone(&say);
                    // A defect in the work must not leave the window waiting for ever.
                    let folder = folder.clone();
                    let done = catch_unwind(AssertUnwindSafe(move || work(cancel, job, folder.as_deref(), &telling)));
                    if done.is_err() {
                        say(Event::Failed(
                            "the program failed on these texts; please report them as a defect".to_owned(),
                        ));
                    }
                    say(Event::Ended);
                }
            })
            .expect("the system can start one more thread");
        Self { jobs, events, revision: 0, cancel: Arc::default(), say: say_always, writing: Vec::new() }
    }

    /// Writes rows to a file, whatever else is done.
    pub(super) fn export(&mut self, export: Export) {
        let say = Arc::clone(&self.say);
        let write = move || {
            let Export { alignment, which, format, path } = export;
            let exported = project::export_rows(&alignment, &which, format);
            let written = project::write_atomically(&path, exported.content.as_bytes());
            let said = written.map(|()| (path, exported.problems())).map_err(|problem| problem.to_string());
            say(ALWAYS, Event::Exported(said));
        };
        let thread = std::thread::Builder::new().name("duizhao export".to_owned()).spawn(write);
        self.writing.retain(|thread| !thread.is_finished());
        self.writing.push(thread.expect("the system can start one more thread"));
    }

    /// Starts a job; an older one is cancelled and its answers are dropped.
    pub(super) fn start_job(&mut self, job: Job) {
        self.cancel();
        self.cancel = Arc::default();
        // The thread ends only with this sender.
        let _ = self.jobs.send((self.revision, Arc::clone(&self.cancel), job));
    }

    /// Asks the job under way to stop; nothing more is heard of it.
    pub(super) fn cancel(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.revision += 1;
    }

    /// The answers to the newest job since the last call.
    pub(super) fn drain(&self) -> Vec<Event> {
        let newest = self.revision;
        self.events
            .try_iter()
            .filter(|(revision, _)| [newest, ALWAYS].contains(revision))
            .map(|(_, event)| event)
            .collect()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.cancel();
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
    let bitext = match job {
        Job::Glossary(bitext) => bitext,
        Job::Realign(bitext, rows, settled, revision) => {
            return match project::realign(&ctl, &bitext, &rows, &settled) {
                Err(align::Error::Cancelled(_)) => (),
                found => say(Event::Realigned(revision, found.map_err(|problem| problem.to_string()))),
            };
        }
        Job::Open(Source::Project(path), held) if held.as_ref() == Some(&path) => return say(Event::Already),
        Job::Open(Source::Project(path), _) => match project::open_kept(&path) {
            Err(problem) => return say(Event::Failed(problem.to_string())),
            Ok((store, contents)) => {
                let title = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                shown(say, Session::of_project(title, store, contents), Vec::new())
            }
        },
        Job::Open(source, held) => match open(source) {
            Err(message) => return say(Event::Failed(message)),
            Ok(Warned { output: (title, source, target), mut warnings }) => {
                let path = folder.map(|folder| project::kept_path(folder, &source, &target));
                if path.is_some() && path == held {
                    return say(Event::Already);
                }
                match session(&ctl, title, source, target, path.as_deref(), &mut warnings) {
                    Ok(session) => shown(say, session, warnings),
                    Err(Cancelled) => return,
                }
            }
        },
    };
    if let Ok(glossary) = project::glossary(&ctl, &bitext) {
        say(Event::Glossary(glossary));
    }
}

/// Shows a session, and gives its bitext for the glossary.
fn shown(say: &Say, session: Session, warnings: Vec<String>) -> Arc<Bitext> {
    let bitext = session.bitext();
    say(Event::Opened(Box::new(session), warnings));
    bitext
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

type Opened = Warned<(String, Document, Document)>;

fn open(source: Source) -> Result<Opened, String> {
    match source {
        Source::Project(path) => Err(format!("{} is a project, not a text", path.display())),
        Source::Bundled => {
            let (source, target) = project::bundled();
            let title = project::bundled_title(Language::English);
            Ok(Warned { output: (title, source, target), warnings: Vec::new() })
        }
        Source::Files(source, target) | Source::Mixed(Side::File(source), Side::File(target)) => {
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

fn open_side(side: Side) -> Result<Warned<Document>, String> {
    match side {
        Side::File(path) => project::load(&path, None).map_err(|error| format!("{error:#}")),
        Side::Pasted(name, content) => project::paste(&name, &content)
            .map(|output| Warned { output, warnings: Vec::new() })
            .map_err(|error| format!("{error:#}")),
    }
}
