//! Keeps every change in the project file, on a thread of its own so that no slow disk is felt.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::store::{Change, Store};

/// How long to wait before trying again what could not be kept, and how often at the end.
const PAUSE: Duration = Duration::from_secs(2);
const LAST_TRIES: usize = 3;

/// The way to the file. Dropped, it waits until everything is kept.
#[derive(Debug)]
pub(super) struct Saver {
    changes: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
    problem: Arc<Mutex<Option<String>>>,
    path: PathBuf,
}

impl Saver {
    pub(super) fn new(store: Store) -> Self {
        let path = store.path().to_owned();
        let problem: Arc<Mutex<Option<String>>> = Arc::default();
        let (changes, todo) = mpsc::channel::<Change>();
        let said = Arc::clone(&problem);
        let thread = std::thread::Builder::new()
            .name("duizhao saver".to_owned())
            .spawn(move || keep_all(store, &todo, &said))
            .expect("the system can start one more thread");
        Self { changes: Some(changes), thread: Some(thread), problem, path }
    }

    /// Keeps a change, soon.
    pub(super) fn keep(&self, change: Change) {
        if let Some(changes) = &self.changes {
            // The thread ends only after this sender.
            let _ = changes.send(change);
        }
    }

    /// Why what was done last is not kept yet.
    pub(super) fn problem(&self) -> Option<String> {
        self.problem.lock().ok()?.clone()
    }

    /// The project file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.changes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Keeps what comes until nothing comes any more. What cannot be kept is tried again, everything after it as well, so
/// that the file always holds a beginning of what was done.
fn keep_all(mut store: Store, todo: &Receiver<Change>, said: &Mutex<Option<String>>) {
    let mut waiting: Vec<Change> = Vec::new();
    let mut tries = 0;
    loop {
        let come = if waiting.is_empty() { todo.recv().map_err(Into::into) } else { todo.recv_timeout(PAUSE) };
        let closed = matches!(come, Err(RecvTimeoutError::Disconnected));
        if closed && waiting.is_empty() {
            return;
        }
        // All that has come meanwhile goes in at once; of the rows seen only the last counts.
        waiting.extend(come.into_iter().chain(todo.try_iter()));
        let last = waiting.iter().rposition(|change| matches!(change, Change::Seen(_)));
        let mut number = 0..;
        waiting.retain(|change| number.next() == last || !matches!(change, Change::Seen(_)));
        let kept = store.keep(&waiting);
        let problem = kept.as_ref().err().map(|error| format!("not kept yet: {error}; trying again"));
        if let Ok(mut said) = said.lock() {
            *said = problem;
        }
        if kept.is_ok() {
            waiting.clear();
            tries = 0;
        } else if closed {
            tries += 1;
            if tries == LAST_TRIES {
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::edit::Action;
    use crate::project::{align, keep, open_kept, paste};
    use crate::store::Contents;
    use crate::task::Ctl;

    fn kept(folder: &Path) -> (PathBuf, Store, Contents) {
        let path = folder.join("a.duizhao");
        let texts = (paste("a", "今天下雨。我没去。").unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let bitext = align(&Ctl::quiet(), texts.0, texts.1).unwrap();
        let (store, contents) = keep(&path, &bitext).unwrap();
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
            let edit = contents.alignment.mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged).unwrap();
            contents.history.do_edit(&mut contents.alignment, edit.clone()).unwrap();
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
    fn everything_is_kept_when_the_saver_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, store, mut contents) = kept(folder.path());
        let saver = Saver::new(store);
        for step in 0..200 {
            saver.keep(Change::Seen(step % 2));
            let edit = contents.alignment.mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged).unwrap();
            contents.history.do_edit(&mut contents.alignment, edit.clone()).unwrap();
            saver.keep(Change::Done(edit));
        }
        contents.row = 1;
        drop(saver);
        assert_eq!(open_kept(&path).unwrap().1, contents);
    }
}
