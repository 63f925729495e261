//! Why a project file cannot be used.

use std::path::PathBuf;

use super::VERSION;
use crate::notice::{Notice, Tell, notice};

/// Why a project file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// Another window or program has it.
    Held(PathBuf),
    /// Written by a later version of the program.
    Newer(PathBuf, i64),
    /// No project file.
    Foreign(PathBuf),
    /// A file without a byte.
    Empty(PathBuf),
    /// Something in it does not hold together.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: Notice,
    },
    /// There is no such file.
    Missing(PathBuf),
    /// The file may be read and not written.
    ReadOnly(PathBuf),
    /// Its path names another file than the one that was opened, or none.
    Lost(PathBuf),
    /// The file cannot be written.
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: Notice,
    },
    /// There is a file already.
    Exists(PathBuf),
    /// Anything else the database or the disk says.
    Database {
        /// The file.
        path: PathBuf,
        /// What it is, and what to do.
        problem: Notice,
    },
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Held(path) => notice!("{0} is open in another window; close it there", path),
            Self::Newer(path, version) => notice!(
                "{0} was written by a newer version of Duizhao (file version {1}, this program reads {2}); update the program",
                path,
                *version,
                VERSION
            ),
            Self::Foreign(path) => notice!("{0} is not a Duizhao project", path),
            Self::Empty(path) => {
                notice!("{0} is empty, and no Duizhao project; take a copy of it from elsewhere, or remove it", path)
            }
            Self::Damaged { path, what } => {
                notice!("{0} is damaged ({1}); nothing was changed in it", path, what.clone())
            }
            Self::Missing(path) => notice!("there is no file {0}; check the name and the folder", path),
            Self::ReadOnly(path) => {
                notice!("{0} is read-only; change the permissions of the file and its folder, or work on a copy", path)
            }
            Self::Lost(path) => notice!("{0} was removed, renamed or replaced while it was open", path),
            Self::Write { path, reason } => notice!("cannot write {0}: {1}", path, reason.clone()),
            Self::Exists(path) => notice!("{0} exists already; choose another name", path),
            Self::Database { path, problem } => notice!("{0}: {1}", path, problem.clone()),
        }
    }
}
