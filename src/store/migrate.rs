//! Files of earlier versions, brought to the form of this one when they are opened.

use rusqlite::{Transaction, params};

use super::fault::Fault;
use super::records::{from_version_1, to_json};

/// Brings a file of a version to a later one; where it fails the caller takes everything back.
pub(super) fn to(transaction: &Transaction, from: i64, version: i64) -> Result<(), Fault> {
    if from < 2 && version >= 2 {
        from_1(transaction)?;
    }
    if from < 3 && version >= 3 {
        from_2(transaction)?;
    }
    if from < version {
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(())
}

/// Version 2 kept no terms.
fn from_2(transaction: &Transaction) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "CREATE TABLE concept (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
         CREATE TABLE verdict (key TEXT PRIMARY KEY, verdict TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    )
}

/// Version 1 kept no original bytes and no bookmarks; an entry of its log was one replacement of rows with a name in
/// words.
fn from_1(transaction: &Transaction) -> Result<(), Fault> {
    transaction.execute_batch(
        "ALTER TABLE document ADD COLUMN original BLOB;
         ALTER TABLE bead ADD COLUMN bookmarked INTEGER NOT NULL DEFAULT 0;
         ALTER TABLE segment RENAME TO old_segment;
         CREATE TABLE segment (
             side INTEGER NOT NULL REFERENCES document, number INTEGER NOT NULL, id INTEGER NOT NULL,
             start INTEGER NOT NULL, stop INTEGER NOT NULL, block INTEGER NOT NULL,
             PRIMARY KEY (side, number)
         ) STRICT, WITHOUT ROWID;
         INSERT INTO segment SELECT side, number, id, start, stop, block FROM old_segment;
         DROP TABLE old_segment;
         ALTER TABLE log RENAME TO old_log;
         CREATE TABLE log (id INTEGER PRIMARY KEY, action TEXT, first INTEGER, last INTEGER, steps TEXT) STRICT;",
    )?;
    let mut select = transaction.prepare("SELECT id, name, at, old, new FROM old_log ORDER BY id")?;
    let mut insert = transaction.prepare("INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut entries = select.query([])?;
    while let Some(entry) = entries.next()? {
        let (id, name): (i64, Option<String>) = (entry.get(0)?, entry.get(1)?);
        let Some(name) = name else {
            insert.execute(params![id, None::<String>, None::<i64>, None::<i64>, None::<String>])?;
            continue;
        };
        let (at, old, new): (i64, String, String) = (entry.get(2)?, entry.get(3)?, entry.get(4)?);
        let Some(edit) = usize::try_from(at).ok().and_then(|at| from_version_1(&name, at, &old, &new)) else {
            return Fault::broken(format!("table log, row {id}: an entry of the history cannot be read"));
        };
        let rows = (super::int(edit.rows.start), super::int(edit.rows.end));
        insert.execute(params![id, edit.action.code(), rows.0, rows.1, to_json(&edit)])?;
    }
    drop(entries);
    drop((select, insert));
    transaction.execute_batch("DROP TABLE old_log;")?;
    Ok(())
}
