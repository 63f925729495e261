//! What goes wrong with a project file, in words for people and with its place.

use std::path::Path;

use rusqlite::ErrorCode;

use super::Error;

/// What goes wrong inside a file, whose name the caller knows.
#[derive(Debug)]
pub(super) enum Fault {
    /// The database or the disk says something.
    Database(rusqlite::Error),
    /// Something does not hold together.
    Broken(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(problem: rusqlite::Error) -> Self {
        Self::Database(problem)
    }
}

impl Fault {
    pub(super) fn broken<T>(what: impl Into<String>) -> Result<T, Self> {
        Err(Self::Broken(what.into()))
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
    let damaged = |what: &str| Error::Damaged { path: path.clone(), what: what.to_owned() };
    let cannot = |problem: &str| Error::Database { path: path.clone(), problem: problem.to_owned() };
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
        ErrorCode::DiskFull => cannot("the disk is full; free some space and try again"),
        ErrorCode::SystemIoFailure => {
            cannot("the disk cannot be read or written; check it, or copy the file to another")
        }
        ErrorCode::CannotOpen => {
            cannot("it cannot be opened, or its folder not be written; check the permissions of both")
        }
        ErrorCode::PermissionDenied => cannot("no permission; change the file's permissions or copy it elsewhere"),
        ErrorCode::OutOfMemory => cannot("there is not enough memory for it; close other programs and try again"),
        ErrorCode::FileLockingProtocolFailed => cannot("its disk cannot lock files; copy it to another disk"),
        _ => cannot(&format!("unexpected answer of the database: {problem}")),
    }
}
