//! Files being written: rows, or terms.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::gui::words::word;
use crate::lang::Lang;
use crate::notice::{Notice, Tell as _};
use crate::project::{
    self, Glossary, Losses, OutgoingTerms, RowsForm, Selection, TermsForm, Which, proposals, selected,
};
use crate::termbase::TermBase;
use crate::work::OpenAlignment;

/// Something to be written to a file.
#[derive(Debug)]
pub(in crate::gui) struct Export {
    pub(in crate::gui) what: What,
    pub(in crate::gui) path: PathBuf,
    /// Whether a file that is there is written over.
    pub(in crate::gui) over: bool,
    /// Whether it is written although its form cannot take everything over.
    pub(in crate::gui) regardless: bool,
}

/// A term base to be written: what was decided, and what was found, of which only that goes out which is not decided on.
#[derive(Debug)]
pub(in crate::gui) struct Outgoing {
    pub(in crate::gui) base: TermBase,
    pub(in crate::gui) found: Option<Arc<Glossary>>,
    pub(in crate::gui) open: OpenAlignment,
}

impl Outgoing {
    /// The whole of it.
    fn whole(&self) -> TermBase {
        let mut base = self.base.clone();
        if let Some(found) = &self.found {
            base.propose(proposals(self.open.aligned(), &found.terms));
        }
        base
    }
}

/// What is written, in what form.
#[derive(Debug)]
pub(in crate::gui) enum What {
    Rows { open: OpenAlignment, which: Which, form: &'static RowsForm },
    Terms { outgoing: Box<Outgoing>, form: &'static TermsForm, langs: [Lang; 2] },
}

/// How the writing of a file ended.
#[derive(Debug)]
pub(in crate::gui) enum Written {
    /// With what is to be said besides.
    Done(PathBuf, Vec<Notice>),
    /// A file of this name has come into being meanwhile.
    Taken,
    /// Nothing is written yet: the form cannot take everything over.
    Asks(Box<Lossy>),
    Failed(Notice),
}

/// What is to be written to a file, with what that would lack.
#[derive(Debug)]
pub(in crate::gui) struct Lossy {
    pub(in crate::gui) problems: Vec<Notice>,
    pub(in crate::gui) export: Export,
}

/// Writes a file, or asks first where its form cannot take everything over; nothing is said of it where that was
/// cancelled, and then the file is as it was.
pub(super) fn write(export: Export, cancel: &AtomicBool) -> Option<Written> {
    let base = export.what.base();
    let ready = match export.what.ready(&base) {
        Ok(ready) => ready,
        Err(problem) => return Some(Written::Failed(problem)),
    };
    if !export.regardless {
        // Written twice, and never held as a whole. What goes nowhere fails only where it is cancelled.
        let lost = ready.write(&mut Cancellable { to: &mut io::sink(), cancel }).ok()?;
        let problems = lost.problems();
        if !problems.is_empty() {
            drop(ready);
            return Some(Written::Asks(Box::new(Lossy { problems, export })));
        }
    }
    let Export { path, over, .. } = &export;
    if cancel.load(Ordering::Relaxed) {
        return None;
    }
    if path.exists() && !over {
        return Some(Written::Taken);
    }
    match project::write_with(path, |to| ready.write(&mut Cancellable { to, cancel })) {
        Ok(lost) => Some(Written::Done(path.clone(), lost.remarks)),
        Err(_) if cancel.load(Ordering::Relaxed) => None,
        Err(problem) => Some(Written::Failed(problem.tell())),
    }
}

/// What is written, in its form.
enum Ready<'a> {
    Rows(Selection<'a>, &'static RowsForm),
    Terms(OutgoingTerms<'a>),
}

impl What {
    /// The terms that are written; none where rows are.
    fn base(&self) -> TermBase {
        match self {
            Self::Rows { .. } => TermBase::default(),
            Self::Terms { outgoing, .. } => outgoing.whole(),
        }
    }

    fn ready<'a>(&'a self, base: &'a TermBase) -> Result<Ready<'a>, Notice> {
        match self {
            Self::Terms { form, langs, .. } => {
                let outgoing = OutgoingTerms::new(base, form, langs.each_ref().map(Some));
                outgoing.map(Ready::Terms).map_err(|problem| problem.tell())
            }
            Self::Rows { open, which, form } => Ok(Ready::Rows(selected(open.aligned(), which), form)),
        }
    }
}

impl Ready<'_> {
    fn write(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        match self {
            Self::Rows(rows, form) => form.write(rows, to),
            Self::Terms(outgoing) => outgoing.write(to),
        }
    }
}

/// Takes what is written until that is cancelled.
struct Cancellable<'a> {
    to: &'a mut dyn io::Write,
    cancel: &'a AtomicBool,
}

impl Cancellable<'_> {
    fn check(&self) -> io::Result<()> {
        if self.cancel.load(Ordering::Relaxed) { Err(io::Error::other("cancelled")) } else { Ok(()) }
    }
}

impl io::Write for Cancellable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check()?;
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.check()?;
        self.to.flush()
    }
}

/// A path as it was typed, or why it may not be written; a file that is there must be asked for.
pub(in crate::gui) fn checked(typed: &str, over: bool) -> (Option<PathBuf>, Option<&'static str>) {
    let path = project::typed_path(typed);
    let problem = if path.as_os_str().is_empty() {
        word("Type where to write")
    } else if project::is_project(&path) {
        word("That would be a project; choose another ending")
    } else if path.exists() && !over {
        word("There is a file of this name already")
    } else {
        return (Some(path), None);
    };
    (None, Some(problem))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_is_cancelled_in_the_middle_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        std::fs::write(&path, "old").unwrap();
        let cancel = AtomicBool::new(false);
        let written = project::write_with(&path, |to| {
            let mut to = Cancellable { to, cancel: &cancel };
            to.write_all(b"new")?;
            cancel.store(true, Ordering::Relaxed);
            to.write_all(b"and more")
        });
        assert!(written.unwrap_err().to_string().contains("cancelled"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
