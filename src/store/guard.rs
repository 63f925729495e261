//! The door to a project file, which may have been made by anybody: no row is read, and nothing in the file computes,
//! before its tables are known to be those of a project.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::fault::{Fault, wrapped};
use super::{APPLICATION, Error, VERSION, migrate};
use crate::notice::{Notice, notice};

/// Smaller than any file of `SQLite`, which has at least one page.
const SMALLEST: u64 = 512;
/// How long another program that has the file is waited for: readers do not keep it long, a window does.
const READER: Duration = Duration::from_secs(5);
const WRITER: Duration = Duration::from_secs(2);
/// Steps of the database between two looks at the clock of steps.
const STEPS: i32 = 1000;
/// How many thousand steps reading the tables' definitions may take, and all else besides those for every byte.
const DEFINITIONS: i64 = 1000;
const BASE: i64 = 10_000;
const STEPS_A_BYTE: i64 = 64;
/// The longest definition of a table, and the longest value where a file is small.
const DEFINITION: i32 = 20_000;
const VALUE: i64 = 1 << 20;
/// The longest value `SQLite` can hold.
const LONGEST: i32 = 1_000_000_000;

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Others may read it meanwhile.
    Read,
    /// Nobody else has it until it is closed.
    Write,
}

/// A file whose tables are those of a project and whose pages hold together.
#[derive(Debug)]
pub(super) struct Guarded {
    pub(super) connection: Connection,
    pub(super) version: i64,
}

/// Opens a file and looks at everything but its rows. A reader is in a transaction from here on.
pub(super) fn open(path: &Path, access: Access) -> Result<Guarded, Error> {
    let about = path.metadata().ok().filter(std::fs::Metadata::is_file);
    let about = about.ok_or_else(|| Error::Missing(path.to_owned()))?;
    // An empty file would be made a database by the first look at it.
    match about.len() {
        0 => return Err(Error::Empty(path.to_owned())),
        length if length < SMALLEST => return Err(Error::Foreign(path.to_owned())),
        _ => {}
    }
    let wrap = |problem| wrapped(path, &problem);
    let protected = about.permissions().readonly();
    let way = if protected { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let mut connection = Connection::open_with_flags(path, way | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(wrap)?;
    let left = harden(&mut connection).map_err(wrap)?;
    lock(&connection, access).map_err(wrap)?;
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(wrap);
    if pragma("application_id")? != APPLICATION {
        return Err(Error::Foreign(path.to_owned()));
    }
    let version = pragma("user_version")?;
    if version > VERSION {
        return Err(Error::Newer(path.to_owned(), version));
    }
    if version < 1 {
        return Err(Error::Damaged { path: path.to_owned(), what: notice!("there is no version {0}", version) });
    }
    check(&connection, version, about.len(), &left).map_err(|fault| fault.of(path))?;
    Ok(Guarded { connection, version })
}

/// From now on as long and as much as is needed: what is in the file is known.
pub(super) fn trust(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.progress_handler(0, None::<fn() -> bool>)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    Ok(())
}

/// Nothing that a file defines is run, and nothing takes long; gives how many thousand steps are left.
fn harden(connection: &mut Connection) -> rusqlite::Result<Arc<AtomicI64>> {
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for (limit, most) in [(Limit::SQLITE_LIMIT_LENGTH, DEFINITION), (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 0)] {
        connection.set_limit(limit, most)?;
    }
    let left = Arc::new(AtomicI64::new(DEFINITIONS));
    let counted = Arc::clone(&left);
    connection.progress_handler(STEPS, Some(move || counted.fetch_sub(1, Ordering::Relaxed) <= 0))?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;")?;
    Ok(left)
}

fn lock(connection: &Connection, access: Access) -> rusqlite::Result<()> {
    match access {
        Access::Read => {
            connection.busy_timeout(READER)?;
            connection.execute_batch("BEGIN")
        }
        Access::Write => {
            connection.busy_timeout(WRITER)?;
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            // Takes the lock, which stays until the file is closed.
            connection.execute_batch("BEGIN EXCLUSIVE; COMMIT;")
        }
    }
}

fn check(connection: &Connection, version: i64, bytes: u64, left: &AtomicI64) -> Result<(), Fault> {
    check_tables(connection, version)?;
    let encoding: String = connection.pragma_query_value(None, "encoding", |row| row.get(0))?;
    if encoding != "UTF-8" {
        return Fault::broken(notice!("its texts are kept in {0}, not in UTF-8", encoding));
    }
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX / STEPS_A_BYTE);
    left.store(BASE + bytes.saturating_mul(STEPS_A_BYTE) / i64::from(STEPS), Ordering::Relaxed);
    let value = i32::try_from(bytes.saturating_mul(4).saturating_add(VALUE)).unwrap_or(LONGEST).min(LONGEST);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, value)?;
    let found: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    match found.lines().last() {
        Some("ok") => Ok(()),
        problem => Fault::broken(notice!("its pages or values do not hold together: {0}", problem.unwrap_or_default())),
    }
}

/// What a database defines: kind, name, table, and the words of its definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Definition {
    name: String,
    kind: String,
    table: String,
    words: String,
}

/// The tables must be exactly those that this version has, made as it or brought there from an earlier one.
fn check_tables(connection: &Connection, version: i64) -> Result<(), Fault> {
    let found = definitions(connection)?;
    let wanted = made(version, version)?;
    if wanted == found {
        return Ok(());
    }
    for from in 1..version {
        if made(from, version)? == found {
            return Ok(());
        }
    }
    let named = |list: &[Definition], name: &str| list.iter().any(|one| one.name == name);
    if let Some(foreign) = found.iter().find(|one| !named(&wanted, &one.name) || one.kind != kind(&wanted, &one.name)) {
        let Definition { kind, name, .. } = foreign;
        return Fault::broken(notice!("the {0} `{1}` does not belong into a project", of_kind(kind), name));
    }
    if let Some(missing) = wanted.iter().find(|one| !named(&found, &one.name)) {
        return Fault::broken(notice!("the table `{0}` is missing", &missing.name));
    }
    let other = found.iter().find(|one| !wanted.contains(one)).map_or("?", |one| one.name.as_str());
    Fault::broken(notice!("the table `{0}` is not as a project of version {1} has it", other, version))
}

/// What a definition makes, as people call it.
fn of_kind(kind: &str) -> Notice {
    match ["table", "view", "index", "trigger"].into_iter().find(|known| *known == kind) {
        Some(known) => Notice::said(known),
        None => Notice::plain(kind),
    }
}

fn kind<'a>(list: &'a [Definition], name: &str) -> &'a str {
    list.iter().find(|one| one.name == name).map_or("", |one| one.kind.as_str())
}

fn definitions(connection: &Connection) -> rusqlite::Result<Vec<Definition>> {
    // More than any project has is enough to know that it is none.
    let mut select = connection.prepare("SELECT name, type, tbl_name, sql FROM sqlite_schema LIMIT 100")?;
    let definitions = select.query_map([], |row| {
        let sql: Option<String> = row.get(3)?;
        let words = words(sql.as_deref().unwrap_or_default());
        Ok(Definition { name: row.get(0)?, kind: row.get(1)?, table: row.get(2)?, words })
    })?;
    let mut out = definitions.collect::<rusqlite::Result<Vec<_>>>()?;
    out.sort();
    Ok(out)
}

/// The statements that make the tables of a version.
fn schema(version: i64) -> &'static str {
    match version {
        1 => include_str!("schema-1.sql"),
        2 => include_str!("schema-2.sql"),
        3 => include_str!("schema-3.sql"),
        _ => include_str!("schema.sql"),
    }
}

/// The tables of a version, made as an earlier one and brought there.
fn made(from: i64, version: i64) -> Result<Vec<Definition>, Fault> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(schema(from))?;
    migrate::to(&transaction, from, version)?;
    Ok(definitions(&transaction)?)
}

/// A definition without comments, blanks only where they part words. Ours quote nothing, so that a quoted comment shows by
/// its quote.
fn words(sql: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut parted = false;
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else {
            usize::from(first.is_ascii_whitespace())
        };
        if skipped > 0 {
            parted = true;
            rest = &rest[skipped..];
            continue;
        }
        if parted && is_word(first) && out.ends_with(is_word) {
            out.push(' ');
        }
        parted = false;
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_differ_by_their_words_alone() {
        let plain = "CREATE TABLE a(x INTEGER CHECK(x IN(0,1)),y TEXT)STRICT";
        for sql in [
            "CREATE TABLE a (\n  x INTEGER CHECK (x IN (0, 1)), -- what\n y TEXT\n) STRICT",
            "CREATE/**/TABLE a(x INTEGER CHECK(x IN(0,1)),y TEXT /* */)STRICT--",
        ] {
            assert_eq!(words(sql), plain);
        }
        for sql in ["CREATE TABLE a(x INTEGER CHECK(x IN('--\n0',1)),y TEXT)STRICT", "CREATE TABLE ax/*/INTEGER*/(y)"] {
            assert!(words(sql).contains('\'') || words(sql) == "CREATE TABLE ax(y)", "{}", words(sql));
        }
    }

    #[test]
    fn tables_of_every_version_are_known_as_they_were_made_and_as_they_were_brought_there() {
        for version in 1..=VERSION {
            for from in 1..=version {
                let mut connection = Connection::open_in_memory().unwrap();
                let transaction = connection.transaction().unwrap();
                transaction.execute_batch(schema(from)).unwrap();
                migrate::to(&transaction, from, version).unwrap();
                assert!(check_tables(&transaction, version).is_ok(), "{from} to {version}");
                assert!((1..=VERSION).all(|other| other == version || check_tables(&transaction, other).is_err()));
            }
        }
    }
}
