//! Why a file was refused.

use std::io;

use crate::lang::Error as LangError;

/// Why an aligned text or a table was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no row with text on both sides.
    #[error("no pair of texts is in it; expected {0}")]
    Nothing(&'static str),
    /// A line that is not of the form.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// All languages it names are unknown.
    #[error(transparent)]
    Language(#[from] LangError),
    /// What it is read from fails.
    #[error("reading stopped in the middle: {0}; see that the disk is in order and try again")]
    Stopped(String),
}

impl Error {
    /// What is to be said where reading fails.
    pub(super) fn stopped(problem: &io::Error) -> Self {
        Self::Stopped(problem.to_string())
    }
}
