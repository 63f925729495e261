//! What goes wrong with a project file, in words for people and with its place.

use std::path::Path;

use rusqlite::ErrorCode;

use super::Error;
use crate::notice::{Notice, notice};

/// What goes wrong inside a file, whose name the caller knows.
#[derive(Debug)]
pub(super) enum Fault {
    /// The database or the disk says something.
    Database(rusqlite::Error),
    /// Something does not hold together.
    Broken(Notice),
}

impl From<rusqlite::Error> for Fault {
    fn from(problem: rusqlite::Error) -> Self {
        Self::Database(problem)
    }
}

impl Fault {
    pub(super) fn broken<T>(what: impl Into<Notice>) -> Result<T, Self> {
        Err(Self::Broken(what.into()))
    }

    /// The same of a table.
    pub(super) fn in_table<T>(table: &str, what: impl Into<Notice>) -> Result<T, Self> {
        Self::broken(notice!("table {0}: {1}", table, what.into()))
    }

    /// The same of a row, by its number from 0.
    pub(super) fn in_row<T>(table: &str, row: usize, what: &'static str) -> Result<T, Self> {
        Self::broken(notice!("table {0}, row {1}: {2}", table, row + 1, Notice::said(what)))
    }

    /// The error, now that the file is known.
    pub(super) fn of(self, path: &Path) -> Error {
        match self {
            Self::Database(problem) => wrapped(path, &problem),
            Self::Broken(what) => Error::Damaged { path: path.to_owned(), what },
        }
    }
}

/// What the database says, in our words.
pub(super) fn wrapped(path: &Path, problem: &rusqlite::Error) -> Error {
    let path = path.to_owned();
    let damaged = |what: &'static str| Error::Damaged { path: path.clone(), what: what.into() };
    let cannot = |problem: Notice| Error::Database { path: path.clone(), problem };
    let Some(failure) = problem.sqlite_error() else { return damaged("a value is not of the kind its column holds") };
    if failure.extended_code == rusqlite::ffi::SQLITE_READONLY_DBMOVED {
        return Error::Lost(path);
    }
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Held(path),
        ErrorCode::NotADatabase => Error::Foreign(path),
        ErrorCode::ReadOnly => Error::ReadOnly(path),
        ErrorCode::DatabaseCorrupt => damaged("its pages do not hold together"),
        ErrorCode::TooBig => damaged("a value in it is larger than a project of this size holds"),
        ErrorCode::OperationInterrupted => damaged("reading it takes longer than any project of this size does"),
        ErrorCode::DiskFull => cannot(notice!("the disk is full; free some space and try again")),
        ErrorCode::SystemIoFailure => {
            cannot(notice!("the disk cannot be read or written; check it, or copy the file to another"))
        }
        ErrorCode::CannotOpen => {
            cannot(notice!("it cannot be opened, or its folder not be written; check the permissions of both"))
        }
        ErrorCode::PermissionDenied => {
            cannot(notice!("no permission; change the file's permissions or copy it elsewhere"))
        }
        ErrorCode::OutOfMemory => {
            cannot(notice!("there is not enough memory for it; close other programs and try again"))
        }
        ErrorCode::FileLockingProtocolFailed => cannot(notice!("its disk cannot lock files; copy it to another disk")),
        _ => cannot(notice!("unexpected answer of the database: {0}", problem.to_string())),
    }
}
