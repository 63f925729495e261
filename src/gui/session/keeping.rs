//! Keeping what is done in the project file, and elsewhere where that is taken away or takes nothing.

use std::path::{Path, PathBuf};

use super::Session;
use crate::gui::saver::{Saver, Unkept};
use crate::notice::{Notice, Tell as _, notice};
use crate::project::{self, Change, Rescued, Store};

/// How the project is kept.
#[derive(Debug, Default)]
pub(in crate::gui) struct Keeping {
    pub(in crate::gui) saver: Option<Saver>,
    /// Whether it is a project that can only be read.
    pub(in crate::gui) read_only: bool,
    /// The row under the eye that the project file knows.
    pub(in crate::gui) row: usize,
}

impl Session {
    /// Keeps the row under the eye where it has changed.
    pub(in crate::gui) fn keep_place(&mut self) {
        if self.kept.row != self.cursor.row {
            self.kept.row = self.cursor.row;
            self.kept.keep(Change::Seen(self.aligned().id(), self.cursor.row));
        }
    }

    /// Keeps everything in another file from now on, where that of the project was taken away or replaced; what is to be
    /// said of that.
    pub(in crate::gui) fn rescue(&mut self) -> Option<Notice> {
        let lost = self.kept.saver.as_ref()?.lost()?;
        match self.kept_elsewhere(&lost) {
            Ok(store) => {
                let told = told_rescued(&lost, store.path());
                self.paths = vec![store.path().to_owned()];
                if let Some(saver) = self.kept.saver.replace(Saver::new(store)) {
                    saver.let_go();
                }
                Some(told)
            }
            // The line below says that nothing is kept, and there will be another try.
            Err(problem) => Some(problem.tell()),
        }
    }

    fn kept_elsewhere(&self, unkept: &Unkept) -> Result<Store, project::Error> {
        let Unkept { path, originals, .. } = unkept;
        let (open, history) = (&self.open, &self.history);
        let rescued = Rescued { open, history, row: self.cursor.row, originals: originals.clone() };
        project::rescue(path, project::data_folder().as_deref(), &rescued)
    }
}

impl Drop for Session {
    /// Nothing is lost without a word: what the project file does not take is kept elsewhere, as long as it is there.
    fn drop(&mut self) {
        let Some(unkept) = self.kept.saver.take().and_then(Saver::finish) else { return };
        let told = match self.kept_elsewhere(&unkept) {
            Ok(store) => told_rescued(&unkept, store.path()),
            Err(problem) => notice!("{0}; nor elsewhere: {1}", unkept.problem.clone(), problem.tell()),
        };
        // The window is gone, or shows something else already.
        crate::cli::report(&anyhow::anyhow!(told));
    }
}

fn told_rescued(unkept: &Unkept, path: &Path) -> Notice {
    notice!("{0}; your work is kept in {1} from now on", unkept.problem.clone(), path)
}

impl Keeping {
    pub(in crate::gui) fn keep(&self, change: Change) {
        if let Some(saver) = &self.saver {
            saver.keep(change);
        }
    }

    /// The project file.
    pub(in crate::gui) fn project(&self) -> Option<PathBuf> {
        self.saver.as_ref().map(Saver::path)
    }

    /// Why what was done last is not kept yet.
    pub(in crate::gui) fn kept_badly(&self) -> Option<Notice> {
        self.saver.as_ref()?.problem()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::gui::command::Command;
    use crate::gui::worker::{Kept, Opened};
    use crate::project::paste;

    /// A project in a folder, opened again after an edit.
    fn opened(folder: &Path) -> Session {
        let (source, target) =
            (paste("zh", "今天下雨。我没去。").unwrap(), paste("en", "It rained. I stayed.").unwrap());
        let bead = |at: usize| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 };
        let bitext = Bitext { source: source.into(), target: target.into(), beads: vec![bead(0), bead(1)] };
        let path = folder.join("p.duizhao");
        let session = |kept| {
            let kept = Kept::In(Box::new(kept));
            Session::of_opened(
                Opened::new(Some("p".to_owned()), vec![path.clone()], kept, Vec::new()),
                project::author(None),
            )
        };
        session(project::keep(&path, &bitext.into()).unwrap()).change(Command::Flag);
        session(project::open_kept(&path).unwrap())
    }

    /// Waits for what is said of a lost file.
    fn rescued(session: &mut Session) -> String {
        let start = Instant::now();
        loop {
            if let Some(told) = session.rescue() {
                return told.to_string();
            }
            assert!(start.elapsed() < Duration::from_mins(1), "nothing is said");
            std::thread::yield_now();
        }
    }

    #[test]
    fn edits_of_a_project_that_was_taken_away_go_on_in_another_file_and_that_is_said() {
        type Harm = fn(&Path);
        let harms: [Harm; 4] = [
            |path| std::fs::remove_file(path).unwrap(),
            |path| std::fs::rename(path, path.with_extension("old")).unwrap(),
            |path| {
                drop(opened(&path.with_file_name("sub")));
                std::fs::rename(path.with_file_name("sub/p.duizhao"), path).unwrap();
            },
            |path| std::fs::write(path, "something else, in the same file").unwrap(),
        ];
        for harm in harms {
            let folder = tempfile::tempdir().unwrap();
            let (path, other) = (folder.path().join("p.duizhao"), folder.path().join("p-rescued.duizhao"));
            let mut session = opened(folder.path());
            harm(&path);
            let left = std::fs::read(&path).ok();
            session.change(Command::Confirm);
            let told = rescued(&mut session);
            let (old, new) = (path.display(), other.display());
            let wanted = format!(
                "{old} was removed, renamed or replaced while it was open; your work is kept in {new} from now on"
            );
            assert_eq!((told, session.kept.project(), session.kept.kept_badly()), (wanted, Some(other.clone()), None));
            session.change(Command::Bookmark);
            let (open, history) = (session.open.clone(), session.history.clone());
            drop(session);
            let kept = project::kept(&other).unwrap();
            assert_eq!((kept.open, kept.history), (open, history));
            assert!(std::fs::read(&path).ok() == left, "what stands there now is left as it is");
        }
    }

    #[test]
    fn what_is_lost_is_kept_elsewhere_though_the_window_closes_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut session = opened(folder.path());
        std::fs::remove_file(folder.path().join("p.duizhao")).unwrap();
        session.change(Command::Confirm);
        let (open, history) = (session.open.clone(), session.history.clone());
        drop(session);
        let kept = project::kept(&folder.path().join("p-rescued.duizhao")).unwrap();
        assert_eq!((kept.open, kept.history), (open, history));
        assert!(!folder.path().join("p.duizhao").exists());
    }
}
