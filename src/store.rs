//! The project file: two documents, their alignment and everything done to it, in one file of `SQLite`.
//!
//! Every change is one transaction, so that a kill loses at most the change under way. The log only grows: what was
//! undone and then overtaken by something else is taken back by an entry of its own. `store/schema.sql` says what each
//! column holds; `PRAGMA user_version` is the version, `PRAGMA application_id` tells the file from others. While a file
//! is open nobody else can open it.

mod records;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, params};

use crate::bitext::{Document, Segment};
use crate::edit::{Alignment, Edit, History, Row};
use crate::lang::Lang;
use crate::text::{Block, Span, Text};
use records::{RowRecord, from_json, kind_name, kind_of, to_json};

/// The version of the file's form.
const VERSION: i64 = 1;
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
    /// What was translated.
    pub source: Document,
    /// Its translation.
    pub target: Document,
    /// The rows as they are now.
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
    pub fn create(
        path: &Path,
        source: &Document,
        target: &Document,
        alignment: &Alignment,
    ) -> Result<(Self, Contents), Error> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let wrap = |problem| wrapped(path, problem);
        let cannot = |error: &std::io::Error| Error::Write { path: path.to_owned(), reason: error.to_string() };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let part = tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot(&error))?;
        let mut connection = Connection::open(part.path()).map_err(wrap)?;
        fill(&mut connection, [source, target], alignment.rows()).map_err(wrap)?;
        connection.close().map_err(|(_, problem)| wrap(problem))?;
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
        Self::open(path)
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
        let connection = Connection::open_with_flags(path, flags).map_err(wrap)?;
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
        let (contents, behind) = read(&connection).map_err(wrap)?.map_err(damaged)?;
        let mut store = Self { connection, path: path.to_owned() };
        if behind > SNAPSHOT {
            // Without one the file is as good, only slower to open.
            let _ = store.snapshot(&contents);
        }
        Ok((store, contents))
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

    /// Writes the rows as they are after the whole log.
    fn snapshot(&mut self, contents: &Contents) -> rusqlite::Result<()> {
        let (mut alignment, mut history) = (contents.alignment.clone(), contents.history.clone());
        while let Ok(Some(_)) = history.redo(&mut alignment) {}
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM bead", [])?;
        insert_beads(&transaction, alignment.rows())?;
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
            let (old, new) = (to_json(&edit.old), to_json(&edit.new));
            let insert = "INSERT INTO log (name, at, old, new) VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(insert, params![edit.name, int(edit.at), old, new]).map(drop)
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

fn int(number: usize) -> i64 {
    i64::try_from(number).expect("positions in memory fit")
}

fn state(transaction: &Connection, name: &str) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT value FROM state WHERE name = ?1", [name], |row| row.get(0))
}

fn set_state(transaction: &Transaction, name: &str, value: i64) -> rusqlite::Result<()> {
    transaction.execute("UPDATE state SET value = ?2 WHERE name = ?1", params![name, value]).map(drop)
}

fn fill(connection: &mut Connection, documents: [&Document; 2], rows: &[Row]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("store/schema.sql"))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    for (side, document) in (0_i64..).zip(documents) {
        let Document { name, lang, note, text, segments } = document;
        let insert = "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5)";
        transaction.execute(insert, params![side, name, lang.tag(), note, text.as_str()])?;
        let mut insert = transaction.prepare("INSERT INTO block VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (number, block) in (0_i64..).zip(text.blocks()) {
            let (span, content) = (&block.span, &block.content);
            let places = [span.start, span.end, content.start, content.end].map(int);
            let kind = kind_name(block.kind);
            insert.execute(params![side, number, places[0], places[1], places[2], places[3], kind])?;
        }
        let into = "INSERT INTO segment (side, number, start, stop, block) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = transaction.prepare(into)?;
        for (number, Segment { span, block }) in (0_i64..).zip(segments) {
            insert.execute(params![side, number, int(span.start), int(span.end), int(*block)])?;
        }
    }
    insert_beads(&transaction, rows)?;
    transaction.commit()
}

fn insert_beads(transaction: &Transaction, rows: &[Row]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO bead VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for (number, row) in (0_i64..).zip(rows) {
        let RowRecord(a, b, c, d, score, confirmed, flagged, note) = RowRecord::from(row);
        insert.execute(params![number, int(a), int(b), int(c), int(d), score, confirmed, flagged, note])?;
    }
    Ok(())
}

/// The contents, and how many changes the table of beads is behind; or what does not hold together.
fn read(connection: &Connection) -> rusqlite::Result<Result<(Contents, usize), &'static str>> {
    let (source, target) = (read_document(connection, 0)?, read_document(connection, 1)?);
    let (Some(source), Some(target)) = (source, target) else { return Ok(Err("a text and its segments do not fit")) };
    let rows = read_beads(connection)?;
    let Some(mut alignment) = Alignment::from_rows(rows, source.segments.len(), target.segments.len()) else {
        return Ok(Err("rows are missing"));
    };
    let number = |name| state(connection, name).map(|value| usize::try_from(value).unwrap_or(0));
    let (snapshot, undone, row) = (number("snapshot")?, number("undone")?, number("row")?);
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    let mut select = connection.prepare("SELECT name, at, old, new FROM log ORDER BY id")?;
    let mut entries = select.query([])?;
    while let Some(entry) = entries.next()? {
        count += 1;
        let name: Option<String> = entry.get(0)?;
        let step = if let Some(name) = name {
            let (at, old, new): (i64, String, String) = (entry.get(1)?, entry.get(2)?, entry.get(3)?);
            let (Ok(at), Some(old), Some(new)) = (usize::try_from(at), from_json(&old), from_json(&new)) else {
                return Ok(Err("an entry of the history cannot be read"));
            };
            edits.push(Edit { name, at, old, new });
            edits.last().cloned()
        } else {
            edits.pop().map(Edit::inverse)
        };
        let Some(step) = step else { return Ok(Err("the history takes back what was not done")) };
        if count > snapshot && alignment.apply(&step).is_err() {
            return Ok(Err("the history does not fit the rows"));
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
    if alignment.rows().is_empty() || !alignment.tiles(source.segments.len(), target.segments.len()) {
        return Ok(Err("the history does not fit the texts"));
    }
    Ok(Ok((Contents { source, target, alignment, history, row }, count - snapshot.min(count))))
}

fn read_beads(connection: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut select = connection.prepare("SELECT * FROM bead ORDER BY number")?;
    let rows = select.query_map([], |row| {
        let place = |at| row.get::<_, i64>(at).map(|value| usize::try_from(value).unwrap_or(usize::MAX));
        let record =
            RowRecord(place(1)?, place(2)?, place(3)?, place(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?);
        Ok(Row::from(record))
    })?;
    rows.collect()
}

/// A document; `None` where its parts do not tile its content.
fn read_document(connection: &Connection, side: i64) -> rusqlite::Result<Option<Document>> {
    let select = "SELECT name, lang, note, content FROM document WHERE side = ?1";
    let (name, lang, note, content): (String, String, Option<String>, String) =
        connection.query_row(select, [side], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let place =
        |row: &rusqlite::Row, at| row.get::<_, i64>(at).map(|value| usize::try_from(value).unwrap_or(usize::MAX));
    let select = "SELECT start, stop, content_start, content_stop, kind FROM block WHERE side = ?1 ORDER BY number";
    let mut select = connection.prepare(select)?;
    let blocks = select.query_map([side], |row| {
        let span = place(row, 0)?..place(row, 1)?;
        let content = place(row, 2)?..place(row, 3)?;
        Ok(kind_of(&row.get::<_, String>(4)?).map(|kind| Block { span, content, kind }))
    })?;
    let blocks: Option<Vec<Block>> = blocks.collect::<rusqlite::Result<_>>()?;
    let mut select = connection.prepare("SELECT start, stop, block FROM segment WHERE side = ?1 ORDER BY number")?;
    let segments =
        select.query_map([side], |row| Ok(Segment { span: place(row, 0)?..place(row, 1)?, block: place(row, 2)? }))?;
    let segments: Vec<Segment> = segments.collect::<rusqlite::Result<_>>()?;
    let (Some(blocks), Ok(lang)) = (blocks, Lang::parse(&lang)) else { return Ok(None) };
    let tiles = |spans: Vec<Span>| {
        let end = spans.into_iter().try_fold(0, |at, span| {
            let fits = span.start == at && span.start <= span.end && content.is_char_boundary(span.end);
            fits.then_some(span.end)
        });
        end == Some(content.len())
    };
    let inside = |block: &Block| {
        let (span, content) = (&block.span, &block.content);
        span.start <= content.start && content.start <= content.end && content.end <= span.end
    };
    let sound = tiles(blocks.iter().map(|block| block.span.clone()).collect())
        && blocks.iter().all(inside)
        && tiles(segments.iter().map(|segment| segment.span.clone()).collect())
        && segments.iter().all(|segment| segment.block < blocks.len());
    Ok(sound.then(|| Document { name, lang, note, text: Text::new(content, blocks), segments }))
}

#[cfg(test)]
mod tests;
