//! Whether a path still names the file that was opened under it: programs that keep folders in step remove files, put
//! others in their place, or write over them.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells one file from another for as long as it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] Option<SystemTime>);

impl Identity {
    /// That of the file of this name; nothing where there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        path.metadata().ok().map(|about| Self::in_metadata(&about))
    }

    #[cfg(unix)]
    fn in_metadata(about: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self((about.dev(), about.ino()))
    }

    /// Where the system has no number for a file, and lets nobody remove one that is open.
    #[cfg(not(unix))]
    fn in_metadata(about: &Metadata) -> Self {
        Self(about.created().ok())
    }
}

/// What was there after the last write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) length: Option<u64>,
    changed: Option<SystemTime>,
    journal: Option<Identity>,
}

impl Left {
    pub(super) fn now(path: &Path) -> Self {
        let about = path.metadata().ok();
        let length = about.as_ref().map(Metadata::len);
        let changed = about.and_then(|about| about.modified().ok());
        Self { length, changed, journal: Identity::of(&beside(path, "-journal")) }
    }
}

/// A file that `SQLite` keeps beside another.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
