//! What can go wrong between the files and the core.

use std::path::PathBuf;

use crate::notice::{Notice, Tell, notice};
use crate::task::Cancelled;
use crate::{align, exchange, import, lang, store};

/// What can go wrong between the files and the core, with the path it went wrong at.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// A file could not be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said, and what to do.
        reason: Notice,
    },
    /// A file could not be written; what stood there before is untouched.
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said, and what to do.
        reason: Notice,
    },
    /// The content of a file could not be brought in.
    Import {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: import::Error,
    },
    /// The language of a file could not be settled.
    Language {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: lang::Error,
    },
    /// Both sides are in one language.
    SameLanguage {
        /// The source file.
        source_name: String,
        /// The target file.
        target_name: String,
        /// Their language.
        language: &'static str,
    },
    /// Something that needs the dictionary was asked of other languages.
    NoDictionary {
        /// What was asked, as the beginning of a sentence.
        what: &'static str,
        /// The language of the source.
        source_lang: &'static str,
        /// The language of the target.
        target_lang: &'static str,
        /// What can be done instead.
        instead: &'static str,
    },
    /// A line of a file of pairs, gold beads or the like is not of its form.
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what it should be.
        problem: Notice,
    },
    /// A text aligned elsewhere, or links, cannot be read.
    Aligned {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: exchange::rows::Error,
    },
    /// A term base cannot be read.
    Terms {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: Box<exchange::terms::Error>,
    },
    /// A term base that says nothing of the languages of the texts.
    TermLanguages {
        /// The file.
        path: PathBuf,
        /// The language of the source.
        source_lang: &'static str,
        /// The language of the target.
        target_lang: &'static str,
    },
    /// Files that together are no aligned text.
    NotAligned {
        /// How many were given.
        count: usize,
        /// What is missing.
        problem: &'static str,
    },
    /// Weights that cannot be read.
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: align::ModelError,
    },
    /// What is settled cannot stand together.
    Align(align::Error),
    /// A project file that cannot be used.
    Store(store::Error),
    /// The person stopped the work.
    Cancelled(Cancelled),
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        let at = |path: &PathBuf, problem: Notice| notice!("{0}: {1}", path, problem);
        match self {
            Self::Read { path, reason } => notice!("cannot read {0}: {1}", path, reason.clone()),
            Self::Write { path, reason } => notice!("cannot write {0}: {1}", path, reason.clone()),
            Self::Import { path, problem } => at(path, problem.tell()),
            Self::Language { path, problem } => at(path, problem.tell()),
            Self::SameLanguage { source_name, target_name, language } => notice!(
                "both {0} and {1} look {2}; give a text and its translation, or name the languages with --source-lang and --target-lang",
                source_name,
                target_name,
                Notice::said(language)
            ),
            Self::NoDictionary { what, source_lang, target_lang, instead } => notice!(
                "{0} only for Chinese with English, not for {1} with {2}; {3}",
                Notice::said(what),
                Notice::said(source_lang),
                Notice::said(target_lang),
                Notice::said(instead)
            ),
            Self::Line { path, line, problem } => notice!("{0}, line {1}: {2}", path, *line, problem.clone()),
            Self::Aligned { path, problem } => at(path, problem.tell()),
            Self::Terms { path, problem } => at(path, problem.tell()),
            Self::TermLanguages { path, source_lang, target_lang } => notice!(
                "{0}: no concept has a term in {1} and one in {2}; give a term base of these languages, or name those of its columns in its first line",
                path,
                Notice::said(source_lang),
                Notice::said(target_lang)
            ),
            Self::NotAligned { count, problem } => Notice::counted("not-aligned", *count).with(Notice::said(problem)),
            Self::Model { path, problem } => at(path, problem.tell()),
            Self::Align(problem) => problem.tell(),
            Self::Store(problem) => problem.tell(),
            Self::Cancelled(cancelled) => cancelled.tell(),
        }
    }
}

impl From<store::Error> for Error {
    fn from(problem: store::Error) -> Self {
        Self::Store(problem)
    }
}

impl From<Cancelled> for Error {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

impl From<align::Error> for Error {
    fn from(error: align::Error) -> Self {
        match error {
            align::Error::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Align(other),
        }
    }
}
