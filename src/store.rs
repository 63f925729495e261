//! The project file: the documents of a work, the alignments between them, the term base and everything done to them, by
//! whom and when, in one file of `SQLite`.
//!
//! Every change is one transaction, so that a kill loses at most the change under way. The log only grows: what was
//! undone and then overtaken by something else is taken back by an entry of its own. `store/schema.sql` says what each
//! column holds; `PRAGMA user_version` is the version, `PRAGMA application_id` tells the file from others. While a file
//! is open for writing nobody else can open it; those who only read it do not stand in each other's way.
//!
//! A file may come from anybody: its tables must be exactly ours before a row is read, every value must be one that the
//! program could have written, and time and memory are bounded by the length of the file. A file may also be taken away
//! or replaced while it is open; it is looked at before and after every write, so that nothing is written where nobody
//! finds it.

mod error;
mod fault;
mod guard;
mod identity;
mod line;
mod migrate;
mod part;
mod read;
mod records;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, Transaction, params};

use crate::edit::{Edit, History};
use crate::notice::{Notice, notice};
use crate::origin::Origin;
use crate::work::{AlignmentId, DocumentId, OpenAlignment};
pub use error::Error;
use fault::{Fault, wrapped};
use guard::Access;
use identity::{Identity, Left, beside};
pub use part::discard_unfinished;
pub(crate) use part::{Part, sweep};
use read::read;
use records::{kept, to_json};

/// The version of the file's form.
const VERSION: i64 = 4;
/// `Dzao`: tells a project file from other files of `SQLite`.
const APPLICATION: i64 = 0x447a_616f;
/// After so many changes the table of beads is written anew when the file is opened.
const SNAPSHOT: usize = 1000;
/// Files that `SQLite` keeps beside its own.
const SIDE_FILES: [&str; 3] = ["-journal", "-wal", "-shm"];

/// The bytes that documents were read from, where they are known.
pub type Originals = BTreeMap<DocumentId, Vec<u8>>;

/// What a project file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// The work as it is now, with the alignment under the eye.
    pub open: OpenAlignment,
    /// What was done to them.
    pub history: History,
    /// The row under the eye.
    pub row: usize,
}

/// One thing to keep.
#[derive(Clone, Debug)]
pub enum Change {
    /// An edit was made.
    Done(Edit),
    /// The last edit in force was taken back.
    Undone,
    /// The last edit taken back was done again.
    Redone,
    /// The eye went to another row of an alignment.
    Seen(AlignmentId, usize),
}

/// An open project file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// What the path named when the file was opened.
    identity: Identity,
    /// What stood there after the last write.
    left: Left,
    /// What would not be the same had somebody else written into the file.
    mark: Mark,
}

/// The version of the data as the database sees it, and the last entry of the log.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    data: i64,
    last: Option<i64>,
    steps: u64,
}

impl Mark {
    fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let data = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let select = "SELECT max(id), steps FROM log";
        let (last, steps): (_, Option<String>) =
            connection.query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut hasher = DefaultHasher::new();
        steps.hash(&mut hasher);
        Ok(Self { data, last, steps: hasher.finish() })
    }
}

/// What a project file holds, read without writing into it: it may be read-only, of an earlier version, and open for
/// reading elsewhere.
///
/// # Errors
/// See [`Error`].
pub fn contents(path: &Path) -> Result<Contents, Error> {
    let guard::Guarded { connection, version } = guard::open(path, Access::Read)?;
    if version == VERSION {
        return read(&connection).map(|(contents, _)| contents).map_err(|fault| fault.of(path));
    }
    let wrap = |problem| wrapped(path, &problem);
    let mut copy = Connection::open_in_memory().map_err(wrap)?;
    Backup::new(&connection, &mut copy).and_then(|backup| backup.step(-1)).map_err(wrap)?;
    let transaction = copy.transaction().map_err(wrap)?;
    let brought = migrate::to(&transaction, version, VERSION).and_then(|()| read(&transaction));
    brought.map(|(contents, _)| contents).map_err(|fault| fault.of(path))
}

impl Store {
    /// Writes a new project file and opens it; it appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::Exists`], or what the disk says.
    pub fn create(path: &Path, open: &OpenAlignment) -> Result<(Self, Contents), Error> {
        Self::create_with(path, open, &Originals::default())
    }

    /// As [`create`](Self::create), with the bytes that the documents were read from.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_with(path: &Path, open: &OpenAlignment, originals: &Originals) -> Result<(Self, Contents), Error> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let wrap = |problem| wrapped(path, &problem);
        let part = Part::beside(path).map_err(|error| cannot(path, &error))?;
        let mut connection = Connection::open(part.path()).map_err(wrap)?;
        // Nobody sees the file before it is whole, so that nothing need be taken back.
        connection.pragma_update(None, "journal_mode", "MEMORY").map_err(wrap)?;
        tables::fill(&mut connection, open, originals).map_err(wrap)?;
        connection.close().map_err(|(_, problem)| wrap(problem))?;
        appear(part, path)?;
        Self::open(path)
    }

    /// Keeps everything in a new file from now on; the old one stays as it is.
    ///
    /// # Errors
    /// [`Error::Exists`], or what the disk says; then nothing is changed.
    pub fn save_as(&mut self, path: &Path) -> Result<(), Error> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        if self.check_there().is_ok() {
            self.check_untouched()?;
        }
        let part = Part::beside(path).map_err(|error| cannot(path, &error))?;
        let name = part.path().display().to_string();
        // It writes into an empty file that is there.
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|problem| wrapped(path, &problem))?;
        appear(part, path)?;
        *self = Self::open(path)?.0;
        Ok(())
    }

    /// Opens a project file.
    ///
    /// # Errors
    /// See [`Error`]; the file is then as it was. [`Error::ReadOnly`] where it can only be read, with [`contents`].
    pub fn open(path: &Path) -> Result<(Self, Contents), Error> {
        let wrap = |problem| wrapped(path, &problem);
        let before = Identity::of(path);
        let guard::Guarded { mut connection, version } = guard::open(path, Access::Write)?;
        let identity = Identity::of(path).filter(|now| Some(*now) == before).ok_or(Error::Lost(path.to_owned()))?;
        if connection.is_readonly("main").map_err(wrap)? || is_protected(folder_of(path)) {
            return Err(Error::ReadOnly(path.to_owned()));
        }
        sweep(folder_of(path));
        let transaction = connection.transaction().map_err(wrap)?;
        // A file of an earlier version is written at once, which needs a journal beside it.
        let migrated = migrate::to(&transaction, version, VERSION).map_err(|fault| match fault {
            Fault::Database(problem) if problem.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
                Error::ReadOnly(path.to_owned())
            }
            fault => fault.of(path),
        });
        let (contents, behind) = migrated.and_then(|()| read(&transaction).map_err(|fault| fault.of(path)))?;
        transaction.commit().map_err(wrap)?;
        // Another program may have made the file keep a journal of another kind.
        connection.pragma_update(None, "journal_mode", "DELETE").map_err(wrap)?;
        guard::trust(&mut connection).map_err(wrap)?;
        let mark = Mark::of(&connection).map_err(wrap)?;
        let mut store = Self { connection, path: path.to_owned(), identity, left: Left::now(path), mark };
        if behind.entries > SNAPSHOT {
            // Without one the file is as good, only slower to open.
            let _ = store.snapshot(&contents, &behind.documents);
            store.left = Left::now(path);
        }
        Ok((store, contents))
    }

    /// The bytes that a document was read from, whatever was done to it; nothing where the project began before they were
    /// kept.
    ///
    /// # Errors
    /// What the disk says.
    pub fn original(&self, id: DocumentId) -> Result<Option<Vec<u8>>, Error> {
        tables::read_original(&self.connection, id).map_err(|problem| wrapped(&self.path, &problem))
    }

    /// The same of all documents as far as it can still be read, for a file that is lost: as long as it is open it is
    /// there, unless it was written over.
    pub fn originals(&mut self) -> Originals {
        if self.check_there().is_ok() && self.check_untouched().is_err() {
            return Originals::default();
        }
        let documents = tables::document_ids(&self.connection).unwrap_or_default();
        let original = |id: DocumentId| Some((id, self.original(id).ok().flatten()?));
        documents.into_iter().filter_map(original).collect()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps changes in order, all of them or none.
    ///
    /// # Errors
    /// [`Error::Lost`] where what is kept would not be found again, [`Error::Database`], such as a full disk; the file is
    /// then as it was before.
    pub fn keep(&mut self, changes: &[Change]) -> Result<(), Error> {
        self.check_there()?;
        self.check_untouched()?;
        let kept = self.try_keep(changes).and_then(|()| Mark::of(&self.connection));
        self.left = Left::now(&self.path);
        self.mark = kept.map_err(|problem| wrapped(&self.path, &problem))?;
        // It may have been taken away meanwhile.
        self.check_there()
    }

    /// Whether the path still names the file.
    fn check_there(&self) -> Result<(), Error> {
        if Identity::of(&self.path) == Some(self.identity) { Ok(()) } else { Err(Error::Lost(self.path.clone())) }
    }

    /// Whether nobody has written into the file, or taken away the journal that makes writing safe; a missing journal is
    /// made anew with the next write.
    fn check_untouched(&mut self) -> Result<(), Error> {
        let now = Left::now(&self.path);
        if now == self.left {
            return Ok(());
        }
        if now.length != self.left.length {
            // Nor would the database leave a file alone that is empty.
            return Err(Error::Lost(self.path.clone()));
        }
        // Letting the lock go and taking it again makes the database look at the file once more, not at its memory.
        let look = "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM state; PRAGMA locking_mode = EXCLUSIVE;
                    BEGIN EXCLUSIVE; COMMIT; PRAGMA shrink_memory;";
        let looked = run(&self.connection, look).and_then(|()| Mark::of(&self.connection));
        match looked.map_err(|problem| wrapped(&self.path, &problem)) {
            Ok(mark) if mark == self.mark => Ok(()),
            Err(Error::Held(path)) => Err(Error::Held(path)),
            _ => Err(Error::Lost(self.path.clone())),
        }
    }

    fn try_keep(&mut self, changes: &[Change]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        for change in changes {
            write(&transaction, change)?;
        }
        transaction.commit()
    }

    /// Writes the rows, and the documents that have changed, by their numbers from 0, as they are after the whole log.
    fn snapshot(&mut self, contents: &Contents, documents: &BTreeSet<usize>) -> rusqlite::Result<()> {
        let (mut work, mut history) = (contents.open.work().clone(), contents.history.clone());
        while let Ok(Some(_)) = history.redo(&mut work) {}
        let transaction = self.connection.transaction()?;
        transaction.execute_batch("DELETE FROM bead; DELETE FROM concept; DELETE FROM verdict;")?;
        tables::insert_beads(&transaction, &work)?;
        tables::insert_terms(&transaction, &work)?;
        for (number, (_, document)) in work.documents().enumerate().filter(|(number, _)| documents.contains(number)) {
            tables::update_document(&transaction, int(number + 1), document)?;
        }
        let all: i64 = transaction.query_row("SELECT count(*) FROM log", [], |row| row.get(0))?;
        set_state(&transaction, "snapshot", all)?;
        transaction.commit()
    }
}

/// Gives a file that is written whole its name.
fn appear(part: Part, path: &Path) -> Result<(), Error> {
    // What a deleted project left behind would be taken for a journal of the new one.
    for ending in SIDE_FILES {
        match std::fs::remove_file(beside(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot(path, &error)),
            _ => {}
        }
    }
    part.appear(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => cannot(path, &error),
    })
}

fn cannot(path: &Path, error: &std::io::Error) -> Error {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => notice!("its folder does not exist; make it first or write elsewhere"),
        std::io::ErrorKind::PermissionDenied => notice!("no permission to write there; choose another place"),
        std::io::ErrorKind::ReadOnlyFilesystem => notice!("the disk is read-only; choose another place"),
        std::io::ErrorKind::StorageFull => notice!("the disk is full; free some space and try again"),
        _ => Notice::plain(error),
    };
    Error::Write { path: path.to_owned(), reason }
}

fn write(transaction: &Transaction, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Done(edit) => {
            let Edit { action, alignment, rows, origin, .. } = edit;
            let (author, at) = origin.as_ref().map(|Origin { author, at }| (kept(author), at.as_millisecond())).unzip();
            for _ in 0..state(transaction, "undone")? {
                transaction.execute("INSERT INTO log (author, at) VALUES (?1, ?2)", params![author, at])?;
            }
            set_state(transaction, "undone", 0)?;
            let insert = "INSERT INTO log (action, alignment, first, last, steps, author, at)
                          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let (first, last, steps) = (int(rows.start), int(rows.end), to_json(edit));
            let alignment = alignment.map(|id| id.to_string());
            transaction.execute(insert, params![action.code(), alignment, first, last, steps, author, at]).map(drop)
        }
        Change::Undone => set_state(transaction, "undone", state(transaction, "undone")? + 1),
        Change::Redone => set_state(transaction, "undone", state(transaction, "undone")? - 1),
        Change::Seen(alignment, row) => {
            let select = "SELECT number FROM alignment WHERE id = ?1";
            let number = transaction.query_row(select, [alignment.to_string()], |row| row.get(0))?;
            set_state(transaction, "alignment", number)?;
            set_state(transaction, "row", int(*row))
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn is_protected(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.permissions().readonly())
}

fn int(number: usize) -> i64 {
    i64::try_from(number).expect("positions in memory fit")
}

/// Runs statements of which some give rows.
fn run(connection: &Connection, statements: &str) -> rusqlite::Result<()> {
    for statement in statements.split(';').filter(|statement| !statement.trim().is_empty()) {
        let mut prepared = connection.prepare(statement)?;
        let mut rows = prepared.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}

fn state(transaction: &Connection, name: &str) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT value FROM state WHERE name = ?1", [name], |row| row.get(0))
}

fn set_state(transaction: &Transaction, name: &str, value: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE state SET value = ?2 WHERE name = ?1", params![name, value]).map(drop)
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
