//! Files that are being written: they stand beside the one they become, so that it appears whole or not at all. They are
//! gone when the program ends, and those that a kill leaves behind are gone when the next one writes in that folder.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

/// How their names begin and end; between stand random letters and digits.
const BEGINNING: &str = ".duizhao-";
const ENDING: &str = ".part";
const RANDOM: usize = 8;
/// Where no lock tells whether somebody still writes a file, it is left behind after so long.
const OLD: Duration = Duration::from_hours(24);
/// Whether a file can be locked without being in the way of the locks of `SQLite`.
const HAS_LOCKS: bool = cfg!(target_os = "linux");

/// Those that this program writes just now.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
/// The folders that were looked through for what others left behind.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Part(Option<NamedTempFile>);

impl Part {
    /// A new empty file in the folder of another, with the permissions of any new file.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sweep(folder);
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let mut builder = Builder::new();
        builder.prefix(BEGINNING).suffix(ENDING).rand_bytes(RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        loop {
            let file = builder.tempfile_in(folder)?;
            if HAS_LOCKS {
                // Without a lock it is only swept later.
                let _ = file.as_file().lock();
                // Another program may have taken it for one left behind, just before it was locked.
                if !file.path().exists() {
                    continue;
                }
            }
            unfinished.insert(file.path().to_owned());
            return Ok(Self(Some(file)));
        }
    }

    /// Its name for the time being.
    pub(crate) fn path(&self) -> &Path {
        self.inner().path()
    }

    /// The open file.
    pub(crate) fn file(&self) -> &File {
        self.inner().as_file()
    }

    fn inner(&self) -> &NamedTempFile {
        self.0.as_ref().expect("it is taken out only when it gets its name")
    }

    /// Gives it its name, in the place of a file that has it.
    pub(crate) fn replace(self, path: &Path) -> io::Result<()> {
        self.name(|file| file.persist(path))
    }

    /// Gives it its name, which no other file may have.
    pub(crate) fn appear(self, path: &Path) -> io::Result<()> {
        self.name(|file| file.persist_noclobber(path))
    }

    fn name(mut self, name: impl FnOnce(NamedTempFile) -> Result<File, tempfile::PersistError>) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        let part = file.path().to_owned();
        let named = name(file).map(drop).map_err(|error| error.error);
        forget(&part);
        named
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let path = file.path().to_owned();
            drop(file);
            forget(&path);
        }
    }
}

fn forget(path: &Path) {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
}

/// Removes what is being written, and lets nothing new be begun: for a program that ends at once.
pub fn discard_unfinished() {
    let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in &*unfinished {
        let _ = fs::remove_file(path);
        let _ = fs::remove_file(super::identity::beside(path, "-journal"));
    }
    std::mem::forget(unfinished);
}

/// Removes what killed programs left behind in a folder.
pub(crate) fn sweep(folder: &Path) {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(whole) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_part(&entry.file_name())) {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_file()) && is_left_behind(&path) {
            let _ = fs::remove_file(&path);
            let _ = fs::remove_file(super::identity::beside(&path, "-journal"));
        }
    }
}

fn is_part(name: &OsStr) -> bool {
    let random = name.to_str().and_then(|name| name.strip_prefix(BEGINNING)?.strip_suffix(ENDING));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether nobody writes a file any more.
fn is_left_behind(path: &Path) -> bool {
    if HAS_LOCKS {
        return File::open(path).is_ok_and(|file| file.try_lock().is_ok());
    }
    let changed = path.metadata().and_then(|about| about.modified());
    changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > OLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_behind_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            ".duizhao-Abcd1234.part",
            ".duizhao-Abcd1234.part-journal",
            ".duizhao-abcd12345.part",
            ".duizhao-abc-1234.part",
            ".duizhao-Abcd1234",
            "duizhao-Abcd1234.part",
        ];
        for name in names {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join(".duizhao-folder12.part")).unwrap();
        let path = folder.path().join("a");
        let part = Part::beside(&path).unwrap();
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!(names.map(there), if HAS_LOCKS { [false, false, true, true, true, true] } else { [true; 6] });
        assert!(there(".duizhao-folder12.part") && part.path().exists());
        // One that is being written is not left behind, whoever looks.
        assert!(!is_left_behind(part.path()));
        let own = part.path().to_owned();
        drop(part);
        assert!(!own.exists() && !path.exists());
    }
}
