//! Keeps every change in the project file, on a thread of its own so that no slow disk is felt.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use eframe::egui::Context;

use crate::notice::{Notice, Tell as _, notice};
use crate::project::{Change, Originals, Store, StoreError};

/// How long to wait before trying again what could not be kept, and how often at the end.
const PAUSE: Duration = Duration::from_secs(2);
const LAST_TRIES: usize = 2;

/// The way to the file. Dropped, it waits until everything is kept.
#[derive(Debug)]
pub(super) struct Saver {
    changes: Option<Sender<Task>>,
    thread: Option<JoinHandle<Option<Unkept>>>,
    said: Arc<Mutex<Report>>,
}

/// What the thread is asked for.
#[derive(Debug)]
enum Task {
    Keep(Change),
    /// Go on in another file.
    SaveAs(PathBuf),
    /// End without another try: everything is kept elsewhere.
    LetGo,
}

/// What could not be kept in a project file.
#[derive(Debug)]
pub(super) struct Unkept {
    pub(super) path: PathBuf,
    /// Why.
    pub(super) problem: Notice,
    /// The bytes the documents were read from, as far as the file still gives them.
    pub(super) originals: Originals,
}

/// What the thread says.
#[derive(Debug, Default)]
struct Report {
    path: PathBuf,
    problem: Option<Notice>,
    /// The file was taken away or replaced, told anew with every try.
    lost: Option<Unkept>,
    /// How going on in another file ended: why it did not, where it did not.
    saved: Option<Result<PathBuf, Notice>>,
    /// The window to be woken when there is something to be told.
    wake: Option<Context>,
}

impl Saver {
    pub(super) fn new(store: Store) -> Self {
        let report = Report { path: store.path().to_owned(), ..Report::default() };
        let said = Arc::new(Mutex::new(report));
        let (changes, todo) = mpsc::channel::<Task>();
        let saying = Arc::clone(&said);
        let thread = std::thread::Builder::new()
            .name("duizhao saver".to_owned())
            .spawn(move || keep_all(store, &todo, &saying))
            .expect("the system can start one more thread");
        Self { changes: Some(changes), thread: Some(thread), said }
    }

    /// Keeps a change, soon.
    pub(super) fn keep(&self, change: Change) {
        self.ask(Task::Keep(change));
    }

    /// Goes on in another file, soon; see [`saved`](Self::saved).
    pub(super) fn save_as(&self, path: PathBuf) {
        self.ask(Task::SaveAs(path));
    }

    fn ask(&self, task: Task) {
        if let Some(changes) = &self.changes {
            // The thread ends only after this sender.
            let _ = changes.send(task);
        }
    }

    /// From now on the window is woken when there is something to be told.
    pub(super) fn wakes(&self, ctx: &Context) {
        if let Ok(mut said) = self.said.lock() {
            said.wake = Some(ctx.clone());
        }
    }

    /// Why what was done last is not kept yet.
    pub(super) fn problem(&self) -> Option<Notice> {
        self.said.lock().ok()?.problem.clone()
    }

    /// What is to be kept elsewhere, because the file was taken away or replaced; told once for every try.
    pub(super) fn lost(&self) -> Option<Unkept> {
        self.said.lock().ok()?.lost.take()
    }

    /// Ends without another try: everything is kept elsewhere.
    pub(super) fn let_go(mut self) {
        self.ask(Task::LetGo);
        self.end();
    }

    /// Waits until everything is kept; what cannot be kept is told.
    pub(super) fn finish(mut self) -> Option<Unkept> {
        self.end()
    }

    fn end(&mut self) -> Option<Unkept> {
        self.changes = None;
        self.thread.take().and_then(|thread| thread.join().ok().flatten())
    }

    /// How going on in another file ended, once.
    pub(super) fn saved(&self) -> Option<Result<PathBuf, Notice>> {
        self.said.lock().ok()?.saved.take()
    }

    /// The project file.
    pub(super) fn path(&self) -> PathBuf {
        self.said.lock().map(|said| said.path.clone()).unwrap_or_default()
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.end();
    }
}

/// Keeps what comes until nothing comes any more. What cannot be kept is tried again, everything after it as well, so
/// that the file always holds a beginning of what was done; what is not kept in the end is given back.
fn keep_all(mut store: Store, todo: &Receiver<Task>, said: &Mutex<Report>) -> Option<Unkept> {
    let mut waiting: Vec<Change> = Vec::new();
    let mut other: Option<PathBuf> = None;
    let mut tries = 0;
    loop {
        let come = if waiting.is_empty() { todo.recv().map_err(Into::into) } else { todo.recv_timeout(PAUSE) };
        let closed = matches!(come, Err(RecvTimeoutError::Disconnected));
        if closed && waiting.is_empty() {
            return None;
        }
        // All that has come meanwhile goes in at once; of the rows seen only the last counts.
        for task in come.into_iter().chain(todo.try_iter()) {
            match task {
                Task::Keep(change) => waiting.push(change),
                Task::SaveAs(path) => other = Some(path),
                Task::LetGo => return None,
            }
        }
        let last = waiting.iter().rposition(|change| matches!(change, Change::Seen(..)));
        let mut number = 0..;
        waiting.retain(|change| number.next() == last || !matches!(change, Change::Seen(..)));
        let kept = if waiting.is_empty() { Ok(()) } else { store.keep(&waiting) };
        if kept.is_ok() {
            waiting.clear();
            tries = 0;
        }
        let saved = other.take().map(|path| save_as(&mut store, path, &mut waiting));
        let problem = kept.err().filter(|_| !waiting.is_empty());
        let is_lost = matches!(problem, Some(StoreError::Lost(_)));
        let lost = problem.as_ref().filter(|_| is_lost).map(|problem| unkept(&mut store, problem));
        if closed && (is_lost || tries == LAST_TRIES) {
            return lost.or_else(|| problem.map(|problem| unkept(&mut store, &problem)));
        }
        tell(said, &store, problem.as_ref(), lost, saved);
        if closed && !waiting.is_empty() {
            tries += 1;
            std::thread::sleep(PAUSE);
        }
    }
}

fn unkept(store: &mut Store, problem: &StoreError) -> Unkept {
    Unkept { path: store.path().to_owned(), problem: problem.tell(), originals: store.originals() }
}

/// Says how it went, and wakes the window where it should know.
fn tell(
    said: &Mutex<Report>,
    store: &Store,
    problem: Option<&StoreError>,
    lost: Option<Unkept>,
    saved: Option<Result<PathBuf, Notice>>,
) {
    let wake = said.lock().ok().and_then(|mut said| {
        let told = problem.is_some() || said.problem.is_some() || saved.is_some();
        // What the old file refused has gone into the new one.
        said.problem = problem.map(|error| notice!("not kept yet: {0}; trying again", error.tell()));
        said.lost = lost;
        store.path().clone_into(&mut said.path);
        said.saved = saved.or(said.saved.take());
        said.wake.clone().filter(|_| told)
    });
    if let Some(ctx) = wake {
        ctx.request_repaint();
    }
}

/// Goes on in another file, with what the old one refused.
fn save_as(store: &mut Store, path: PathBuf, waiting: &mut Vec<Change>) -> Result<PathBuf, Notice> {
    store.save_as(&path).map_err(|problem| problem.tell())?;
    if !waiting.is_empty() {
        store.keep(waiting).map_err(|problem| problem.tell())?;
        waiting.clear();
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Instant;

    use super::*;
    use crate::edit::Action;
    use crate::project::{AlignOptions, Contents, align, keep, open_kept, paste};
    use crate::task::Ctl;

    fn kept(folder: &Path) -> (PathBuf, Store, Contents) {
        let path = folder.join("a.duizhao");
        let texts = (paste("a", "今天下雨。我没去。").unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let bitext = align(&Ctl::quiet(), texts.0, texts.1, &AlignOptions::default()).unwrap();
        let (store, contents) = keep(&path, &bitext.into()).unwrap();
        (path, store, contents)
    }

    #[test]
    fn what_the_disk_refuses_is_told_and_kept_as_soon_as_it_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let (path, store, mut contents) = kept(folder.path());
        // A folder where the journal should be: nothing can be written.
        let journal = folder.path().join("a.duizhao-journal");
        std::fs::create_dir(&journal).unwrap();
        let saver = Saver::new(store);
        for _ in 0..2 {
            let edit = contents.open.aligned().mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged).unwrap();
            contents.history.do_edit(contents.open.work_mut(), edit.clone()).unwrap();
            saver.keep(Change::Done(edit));
        }
        let until = |wanted: bool| {
            let start = Instant::now();
            while saver.problem().is_some() != wanted {
                assert!(start.elapsed() < Duration::from_mins(1), "wanted a problem: {wanted}");
                std::thread::yield_now();
            }
        };
        until(true);
        std::fs::remove_dir(&journal).unwrap();
        until(false);
        drop(saver);
        assert_eq!(open_kept(&path).unwrap().1, contents);
    }

    #[test]
    fn work_goes_on_in_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, store, mut contents) = kept(folder.path());
        let first = contents.clone();
        let saver = Saver::new(store);
        let other = folder.path().join("b.duizhao");
        let until = || {
            let start = Instant::now();
            loop {
                if let Some(saved) = saver.saved() {
                    break saved;
                }
                assert!(start.elapsed() < Duration::from_mins(1), "nothing is said");
                std::thread::yield_now();
            }
        };
        saver.save_as(path.clone());
        assert!(until().unwrap_err().to_string().contains("exists already"));
        saver.save_as(other.clone());
        assert_eq!((until(), saver.path()), (Ok(other.clone()), other.clone()));
        let edit = contents.open.aligned().mark(0..1, Action::Flag, |mark| mark.flagged = true).unwrap();
        contents.history.do_edit(contents.open.work_mut(), edit.clone()).unwrap();
        saver.keep(Change::Done(edit));
        drop(saver);
        assert_eq!((open_kept(&other).unwrap().1, open_kept(&path).unwrap().1), (contents, first));
    }

    #[test]
    fn everything_is_kept_when_the_saver_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, store, mut contents) = kept(folder.path());
        let saver = Saver::new(store);
        for step in 0..200 {
            saver.keep(Change::Seen(contents.open.aligned().id(), step % 2));
            let edit = contents.open.aligned().mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged).unwrap();
            contents.history.do_edit(contents.open.work_mut(), edit.clone()).unwrap();
            saver.keep(Change::Done(edit));
        }
        contents.row = 1;
        drop(saver);
        assert_eq!(open_kept(&path).unwrap().1, contents);
    }
}
