//! Files being written: rows, or terms.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::gui::words::word;
use crate::lang::Lang;
use crate::notice::Notice;
use crate::project::{self, Exported, Glossary, RowsFormat, TermsFormat, Which, proposals, write_terms};
use crate::termbase::TermBase;
use crate::work::OpenAlignment;

/// Something to be written to a file.
#[derive(Debug)]
pub(in crate::gui) struct Export {
    pub(in crate::gui) what: What,
    pub(in crate::gui) path: PathBuf,
    /// Whether a file that is there is written over.
    pub(in crate::gui) over: bool,
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
    fn whole(self) -> TermBase {
        let mut base = self.base;
        if let Some(found) = self.found {
            base.propose(proposals(self.open.aligned(), &found.terms));
        }
        base
    }
}

/// What is written, in what form.
#[derive(Debug)]
pub(in crate::gui) enum What {
    Rows {
        open: OpenAlignment,
        which: Which,
        format: RowsFormat,
    },
    Terms {
        outgoing: Box<Outgoing>,
        format: TermsFormat,
        langs: [Lang; 2],
    },
    /// What a person wants written although its form cannot take everything over.
    Regardless(Box<Exported>),
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
    Failed(String),
}

/// What is ready to be written to a file, with what it lacks.
#[derive(Debug)]
pub(in crate::gui) struct Lossy {
    pub(in crate::gui) problems: Vec<Notice>,
    pub(in crate::gui) exported: Exported,
    pub(in crate::gui) path: PathBuf,
    pub(in crate::gui) over: bool,
}

/// Writes a file, or asks first where its form cannot take everything over; nothing is said of it where that was
/// cancelled before the file was touched.
pub(super) fn write(export: Export, cancel: &AtomicBool) -> Option<Written> {
    let Export { what, path, over } = export;
    let regardless = matches!(what, What::Regardless(_));
    let exported = match what {
        What::Rows { open, which, format } => project::export_rows(open.aligned(), &which, format),
        What::Terms { outgoing, format, langs } => {
            match write_terms(&outgoing.whole(), format, langs.each_ref().map(Some)) {
                Ok(exported) => exported,
                Err(problem) => return Some(Written::Failed(problem.to_string())),
            }
        }
        What::Regardless(exported) => *exported,
    };
    if cancel.load(Ordering::Relaxed) {
        return None;
    }
    let problems = exported.problems();
    if !regardless && !problems.is_empty() {
        return Some(Written::Asks(Box::new(Lossy { problems, exported, path, over })));
    }
    if path.exists() && !over {
        return Some(Written::Taken);
    }
    Some(match project::write_atomically(&path, exported.content.as_bytes()) {
        Ok(()) => Written::Done(path, exported.remarks),
        Err(problem) => Written::Failed(problem.to_string()),
    })
}

/// A path as it was typed, or why it may not be written; a file that is there must be asked for.
pub(in crate::gui) fn checked(typed: &str, over: bool) -> (Option<PathBuf>, Option<&'static str>) {
    let path = PathBuf::from(typed.trim());
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
