//! Why a file was refused.

use std::io;

use crate::lang::Error as LangError;
use crate::notice::{Notice, Tell, notice};

/// Why an aligned text or a table was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// There is no row with text on both sides.
    Nothing(&'static str),
    /// A line that is not of the form.
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what to do.
        problem: Notice,
    },
    /// All languages it names are unknown.
    Language(LangError),
    /// What it is read from fails.
    Stopped(String),
}

impl Error {
    /// What is to be said where reading fails.
    pub(super) fn stopped(problem: &io::Error) -> Self {
        Self::Stopped(problem.to_string())
    }
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Nothing(expected) => notice!("no pair of texts is in it; expected {0}", Notice::said(expected)),
            Self::Line { line, problem } => notice!("line {0}: {1}", *line, problem.clone()),
            Self::Language(problem) => problem.tell(),
            Self::Stopped(problem) => {
                notice!("reading stopped in the middle: {0}; see that the disk is in order and try again", problem)
            }
        }
    }
}

impl From<LangError> for Error {
    fn from(problem: LangError) -> Self {
        Self::Language(problem)
    }
}
