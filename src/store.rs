//! The project file: two documents, their alignment, the term base and everything done to them, in one file of `SQLite`.
//!
//! Every change is one transaction, so that a kill loses at most the change under way. The log only grows: what was
//! undone and then overtaken by something else is taken back by an entry of its own. `store/schema.sql` says what each
//! column holds; `PRAGMA user_version` is the version, `PRAGMA application_id` tells the file from others. While a file
//! is open nobody else can open it.

mod migrate;
mod records;
mod tables;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, params};

use crate::edit::{Alignment, Edit, History, SIDES, Side, Step};
use records::{from_json, to_json};

/// The version of the file's form.
const VERSION: i64 = 3;
/// `Dzao`: tells a project file from other files of `SQLite`.
const APPLICATION: i64 = 0x447a_616f;
/// After so many changes the table of beads is written anew when the file is opened.
const SNAPSHOT: usize = 1000;

/// Why a project file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another window or program has it.
    #[error("{0} is open in another window; close it there")]
    Held(PathBuf),
    /// Written by a later version of the program.
    #[error(
        "{0} was written by a newer version of Duizhao (file version {1}, this program reads {VERSION}); update the program"
    )]
    Newer(PathBuf, i64),
    /// No project file.
    #[error("{0} is not a Duizhao project")]
    Foreign(PathBuf),
    /// Something in it does not hold together.
    #[error("{path} is damaged ({what}); nothing was changed in it")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// There is no such file.
    #[error("there is no file {0}; check the name and the folder")]
    Missing(PathBuf),
    /// The file cannot be written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// There is a file already.
    #[error("{0} exists already; choose another name")]
    Exists(PathBuf),
    /// Anything else the database or the disk says.
    #[error("{path}: {problem}")]
    Database {
        /// The file.
        path: PathBuf,
        /// What was said.
        problem: rusqlite::Error,
    },
}

/// What a project file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// Both documents, the rows and the term base as they are now.
    pub alignment: Alignment,
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
    /// The eye went to another row.
    Seen(usize),
}

/// An open project file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Writes a new project file and opens it; it appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::Exists`], or what the disk says.
    pub fn create(path: &Path, alignment: &Alignment) -> Result<(Self, Contents), Error> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let wrap = |problem| wrapped(path, problem);
        let cannot = |error: &std::io::Error| Error::Write { path: path.to_owned(), reason: error.to_string() };
        let part = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(|error| cannot(&error))?;
        let mut connection = Connection::open(part.path()).map_err(wrap)?;
        tables::fill(&mut connection, alignment).map_err(wrap)?;
        connection.close().map_err(|(_, problem)| wrap(problem))?;
        Self::appear(part, path)?;
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
        let cannot = |error: &std::io::Error| Error::Write { path: path.to_owned(), reason: error.to_string() };
        let part = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(|error| cannot(&error))?;
        let name = part.path().display().to_string();
        // It writes into an empty file that is there.
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|problem| wrapped(path, problem))?;
        Self::appear(part, path)?;
        *self = Self::open(path)?.0;
        Ok(())
    }

    /// Gives a file that is written whole its name.
    fn appear(part: tempfile::NamedTempFile, path: &Path) -> Result<(), Error> {
        let cannot = |error: &std::io::Error| Error::Write { path: path.to_owned(), reason: error.to_string() };
        // What a deleted project left behind would be taken for a journal of the new one.
        let mut journal = path.as_os_str().to_owned();
        journal.push("-journal");
        match std::fs::remove_file(journal) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot(&error)),
            _ => {}
        }
        part.persist_noclobber(path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
            _ => cannot(&error.error),
        })?;
        Ok(())
    }

    /// Opens a project file.
    ///
    /// # Errors
    /// See [`Error`]; the file is then as it was.
    pub fn open(path: &Path) -> Result<(Self, Contents), Error> {
        let wrap = |problem| wrapped(path, problem);
        if !path.is_file() {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(wrap)?;
        connection.busy_timeout(Duration::from_millis(200)).map_err(wrap)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(wrap)?;
        // Takes the lock, which stays until the file is closed.
        connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;").map_err(wrap)?;
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(wrap);
        if pragma("application_id")? != APPLICATION {
            return Err(Error::Foreign(path.to_owned()));
        }
        let version = pragma("user_version")?;
        if version > VERSION {
            return Err(Error::Newer(path.to_owned(), version));
        }
        let damaged = |what: &str| Error::Damaged { path: path.to_owned(), what: what.to_owned() };
        let check: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0)).map_err(wrap)?;
        if check != "ok" {
            return Err(damaged(&check));
        }
        let transaction = connection.transaction().map_err(wrap)?;
        migrate::to_newest(&transaction, version).map_err(wrap)?.map_err(damaged)?;
        let (contents, behind) = read(&transaction).map_err(wrap)?.map_err(damaged)?;
        transaction.commit().map_err(wrap)?;
        let mut store = Self { connection, path: path.to_owned() };
        if behind.entries > SNAPSHOT {
            // Without one the file is as good, only slower to open.
            let _ = store.snapshot(&contents, behind.texts);
        }
        Ok((store, contents))
    }

    /// The bytes that a document was read from, whatever was done to it; nothing where the project began before they were
    /// kept.
    ///
    /// # Errors
    /// What the disk says.
    pub fn original(&self, side: Side) -> Result<Option<Vec<u8>>, Error> {
        tables::read_original(&self.connection, side).map_err(|problem| wrapped(&self.path, problem))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps changes in order, all of them or none.
    ///
    /// # Errors
    /// [`Error::Database`], such as a full disk; the file is then as it was before.
    pub fn keep(&mut self, changes: &[Change]) -> Result<(), Error> {
        let kept = self.try_keep(changes);
        kept.map_err(|problem| wrapped(&self.path, problem))
    }

    fn try_keep(&mut self, changes: &[Change]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        for change in changes {
            write(&transaction, change)?;
        }
        transaction.commit()
    }

    /// Writes the rows, and the texts where they have changed, as they are after the whole log.
    fn snapshot(&mut self, contents: &Contents, texts: bool) -> rusqlite::Result<()> {
        let (mut alignment, mut history) = (contents.alignment.clone(), contents.history.clone());
        while let Ok(Some(_)) = history.redo(&mut alignment) {}
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM bead", [])?;
        tables::insert_beads(&transaction, alignment.rows())?;
        transaction.execute_batch("DELETE FROM concept; DELETE FROM verdict;")?;
        tables::insert_terms(&transaction, &alignment)?;
        if texts {
            for side in SIDES {
                tables::update_document(&transaction, side, alignment.document(side))?;
            }
        }
        let all: i64 = transaction.query_row("SELECT count(*) FROM log", [], |row| row.get(0))?;
        set_state(&transaction, "snapshot", all)?;
        transaction.commit()
    }
}

fn write(transaction: &Transaction, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Done(edit) => {
            for _ in 0..state(transaction, "undone")? {
                transaction.execute("INSERT INTO log DEFAULT VALUES", [])?;
            }
            set_state(transaction, "undone", 0)?;
            let insert = "INSERT INTO log (action, first, last, steps) VALUES (?1, ?2, ?3, ?4)";
            let (first, last) = (int(edit.rows.start), int(edit.rows.end));
            transaction.execute(insert, params![edit.action.code(), first, last, to_json(edit)]).map(drop)
        }
        Change::Undone => set_state(transaction, "undone", state(transaction, "undone")? + 1),
        Change::Redone => set_state(transaction, "undone", state(transaction, "undone")? - 1),
        Change::Seen(row) => set_state(transaction, "row", int(*row)),
    }
}

fn wrapped(path: &Path, problem: rusqlite::Error) -> Error {
    match problem.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Held(path.to_owned()),
        Some(ErrorCode::NotADatabase) => Error::Foreign(path.to_owned()),
        Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path: path.to_owned(), what: problem.to_string() },
        _ => Error::Database { path: path.to_owned(), problem },
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn int(number: usize) -> i64 {
    i64::try_from(number).expect("positions in memory fit")
}

fn state(transaction: &Connection, name: &str) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT value FROM state WHERE name = ?1", [name], |row| row.get(0))
}

fn set_state(transaction: &Transaction, name: &str, value: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE state SET value = ?2 WHERE name = ?1", params![name, value]).map(drop)
}

/// What the log holds that the other tables do not.
#[derive(Default)]
struct Behind {
    entries: usize,
    /// Whether a text or its name has changed.
    texts: bool,
}

/// The contents, and what the tables are behind; or what does not hold together.
fn read(connection: &Connection) -> rusqlite::Result<Result<(Contents, Behind), &'static str>> {
    let [source, target] = SIDES.map(|side| tables::read_document(connection, side));
    let (Some(source), Some(target)) = (source?, target?) else { return Ok(Err("a text and its segments do not fit")) };
    let rows = tables::read_beads(connection)?;
    let Some((terms, verdicts)) = tables::read_terms(connection)? else { return Ok(Err("a concept cannot be read")) };
    let Some(alignment) = Alignment::from_rows(source.into(), target.into(), rows) else {
        return Ok(Err("rows are missing"));
    };
    let mut alignment = alignment.with_terms(terms, verdicts);
    let mut behind = Behind::default();
    let number = |name| state(connection, name).map(|value| usize::try_from(value).unwrap_or(0));
    let (snapshot, undone, row) = (number("snapshot")?, number("undone")?, number("row")?);
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    let mut select = connection.prepare("SELECT action, first, last, steps FROM log ORDER BY id")?;
    let mut entries = select.query([])?;
    while let Some(entry) = entries.next()? {
        count += 1;
        let action: Option<String> = entry.get(0)?;
        let edit = if let Some(action) = action {
            let (first, last, steps): (i64, i64, String) = (entry.get(1)?, entry.get(2)?, entry.get(3)?);
            let rows = usize::try_from(first).ok().zip(usize::try_from(last).ok());
            let Some(edit) = rows.and_then(|(first, last)| from_json(&action, first..last, &steps)) else {
                return Ok(Err("an entry of the history cannot be read"));
            };
            alignment.remember_names(&edit);
            edits.push(edit.clone());
            Some(edit)
        } else {
            edits.pop().map(Edit::inverse)
        };
        let Some(edit) = edit else { return Ok(Err("the history takes back what was not done")) };
        if count > snapshot {
            behind.entries += 1;
            behind.texts |= edit.steps.iter().any(|step| matches!(step, Step::Segments { .. } | Step::Name { .. }));
            if alignment.apply(&edit).is_err() {
                return Ok(Err("the history does not fit the rows"));
            }
        }
    }
    let done = edits.len();
    if undone > done {
        return Ok(Err("more is undone than was done"));
    }
    let mut history = History::from_edits(edits, done);
    for _ in 0..undone {
        if history.undo(&mut alignment).is_err() {
            return Ok(Err("the history does not fit the rows"));
        }
    }
    if alignment.rows().is_empty() || !alignment.is_tiled() {
        return Ok(Err("the history does not fit the texts"));
    }
    Ok(Ok((Contents { alignment, history, row }, behind)))
}

#[cfg(test)]
mod tests;
