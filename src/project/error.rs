//! What can go wrong between the files and the core.

use std::path::PathBuf;

use crate::task::Cancelled;
use crate::{align, exchange, import, lang, store};

/// What can go wrong between the files and the core, with the path it went wrong at.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said, and what to do.
        reason: String,
    },
    /// A file could not be written; what stood there before is untouched.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said, and what to do.
        reason: String,
    },
    /// The content of a file could not be brought in.
    #[error("{path}: {problem}")]
    Import {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: import::Error,
    },
    /// The language of a file could not be settled.
    #[error("{path}: {problem}")]
    Language {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: lang::Error,
    },
    /// Both sides are in one language.
    #[error(
        "both {source_name} and {target_name} look {language}; give a text and its translation, or name the languages with --source-lang and --target-lang"
    )]
    SameLanguage {
        /// The source file.
        source_name: String,
        /// The target file.
        target_name: String,
        /// Their language.
        language: &'static str,
    },
    /// Something that needs the dictionary was asked of other languages.
    #[error("{what} only for Chinese with English, not for {source_lang} with {target_lang}; {instead}")]
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
    #[error("{path}, line {line}: {problem}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what it should be.
        problem: String,
    },
    /// A text aligned elsewhere, or links, cannot be read.
    #[error("{path}: {problem}")]
    Aligned {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: exchange::rows::Error,
    },
    /// A term base cannot be read.
    #[error("{path}: {problem}")]
    Terms {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: Box<exchange::terms::Error>,
    },
    /// A term base that says nothing of the languages of the texts.
    #[error(
        "{path}: no concept has a term in {source_lang} and one in {target_lang}; give a term base of these languages, or name those of its columns in its first line"
    )]
    TermLanguages {
        /// The file.
        path: PathBuf,
        /// The language of the source.
        source_lang: &'static str,
        /// The language of the target.
        target_lang: &'static str,
    },
    /// Files that together are no aligned text.
    #[error(
        "{} no aligned text: {problem}; give one file of pairs (TSV, CSV, JSON Lines, TMX, what Bertalign prints), a file of links with the two texts it links, one segment a line, or the XML of links of InterText with its two texts",
        if *count == 1 { "this file is".to_owned() } else { format!("these {count} files are") }
    )]
    NotAligned {
        /// How many were given.
        count: usize,
        /// What is missing.
        problem: &'static str,
    },
    /// Weights that cannot be read.
    #[error("{path}: {problem}")]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: align::ModelError,
    },
    /// What is settled cannot stand together.
    #[error(transparent)]
    Align(align::Error),
    /// A project file that cannot be used.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The person stopped the work.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl From<align::Error> for Error {
    fn from(error: align::Error) -> Self {
        match error {
            align::Error::Cancelled(cancelled) => Self::Cancelled(cancelled),
            other => Self::Align(other),
        }
    }
}
