//! Keeps every change in the project file, on a thread of its own so that no slow disk is felt.

use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::store::{Change, Store};

/// The way to the file. Dropped, it waits until everything is kept.
#[derive(Debug)]
pub(super) struct Saver {
    changes: Option<Sender<Change>>,
    thread: Option<JoinHandle<()>>,
    problem: Arc<Mutex<Option<String>>>,
    path: PathBuf,
}

impl Saver {
    pub(super) fn new(mut store: Store) -> Self {
        let path = store.path().to_owned();
        let problem: Arc<Mutex<Option<String>>> = Arc::default();
        let (changes, todo) = mpsc::channel::<Change>();
        let said = Arc::clone(&problem);
        let thread = std::thread::Builder::new().name("duizhao saver".to_owned()).spawn(move || {
            for change in todo {
                if let Err(error) = store.keep(&change) {
                    // What comes after would not fit what was lost.
                    if let Ok(mut problem) = said.lock() {
                        *problem = Some(format!("{error}; what you do from now on is not kept"));
                    }
                    return;
                }
            }
        });
        Self { changes: Some(changes), thread: thread.ok(), problem, path }
    }

    /// Keeps a change, soon.
    pub(super) fn keep(&self, change: Change) {
        if let Some(changes) = &self.changes {
            // A thread that has ended has said why.
            let _ = changes.send(change);
        }
    }

    /// What went wrong, once.
    pub(super) fn problem(&self) -> Option<String> {
        self.problem.lock().ok()?.take()
    }

    /// The project file.
    pub(super) fn path(&self) -> &std::path::Path {
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
