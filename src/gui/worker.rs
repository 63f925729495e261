//! Work beyond a frame: opening, aligning, the glossary. One thread, newest job wins, answers come back as events.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use super::session::Session;
use crate::bitext::Document;
use crate::import::Warned;
use crate::lang::Language;
use crate::project::{self, Glossary, Options};
use crate::task::{Ctl, Progress};

/// Where texts come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The statement that comes with the program.
    Bundled,
    /// A text and its translation, by path.
    Files(PathBuf, PathBuf),
    /// A text and its translation, each a path or pasted.
    Mixed(Side, Side),
}

/// One side to be opened.
#[derive(Clone, Debug)]
pub enum Side {
    /// A file.
    File(PathBuf),
    /// Text from the clipboard, with a word that names it.
    Pasted(String, String),
}

/// What the worker says.
#[derive(Debug)]
pub(super) enum Event {
    Progress(Progress),
    Opened(Box<Session>, Vec<String>),
    Glossary(Glossary),
    Failed(String),
}

/// The one thread and the way to it.
pub(super) struct Worker {
    jobs: Sender<(u64, Arc<AtomicBool>, Source)>,
    events: Receiver<(u64, Event)>,
    revision: u64,
    cancel: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread; `wake` is called whenever there is an answer.
    pub(super) fn start(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (jobs, todo) = mpsc::channel::<(u64, Arc<AtomicBool>, Source)>();
        let (answers, events) = mpsc::channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        std::thread::Builder::new()
            .name("duizhao worker".to_owned())
            .spawn(move || {
                while let Ok((revision, cancel, source)) = todo.recv() {
                    let (answers, wake) = (answers.clone(), Arc::clone(&wake));
                    let say = Arc::new(move |event| {
                        // A window that is gone needs no answer.
                        let _ = answers.send((revision, event));
                        wake();
                    });
                    work(cancel, source, &say);
                }
            })
            .expect("the system can start one more thread");
        Self { jobs, events, revision: 0, cancel: Arc::default() }
    }

    /// Starts a job; an older one is cancelled and its answers are dropped.
    pub(super) fn open(&mut self, source: Source) {
        self.cancel();
        self.cancel = Arc::default();
        self.revision += 1;
        // The thread ends only with this sender.
        let _ = self.jobs.send((self.revision, Arc::clone(&self.cancel), source));
    }

    /// Asks the job under way to stop.
    pub(super) fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// The answers to the newest job since the last call.
    pub(super) fn drain(&self) -> Vec<Event> {
        let newest = self.revision;
        self.events.try_iter().filter(|(revision, _)| *revision == newest).map(|(_, event)| event).collect()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.cancel();
    }
}

type Say = Arc<dyn Fn(Event) + Send + Sync>;

fn work(cancel: Arc<AtomicBool>, source: Source, say: &Arc<impl Fn(Event) + Send + Sync + 'static>) {
    let say: Say = Arc::clone(say) as Say;
    let reporter = Arc::clone(&say);
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
    match open(source) {
        Err(message) => say(Event::Failed(message)),
        Ok(Warned { output: (title, source, target), warnings }) => {
            let Ok(bitext) = project::align(&ctl, source, target) else { return };
            let session = Session::new(title, bitext);
            let bitext = Arc::clone(&session.bitext);
            say(Event::Opened(Box::new(session), warnings));
            if let Ok(glossary) = project::glossary(&ctl, &bitext) {
                say(Event::Glossary(glossary));
            }
        }
    }
}

type Opened = Warned<(String, Document, Document)>;

fn open(source: Source) -> Result<Opened, String> {
    match source {
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
            let warnings = source.warnings.into_iter().chain(target.warnings).collect();
            let (source, target) = (source.output, target.output);
            if source.lang.language() == target.lang.language() {
                return Err(format!(
                    "{} and {} look like one language; give a text and its translation",
                    source.name, target.name
                ));
            }
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
