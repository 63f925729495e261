//! Files of earlier versions, brought to the form of this one when they are opened.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::fault::Fault;
use super::records::notes_to_json;
use crate::edit::Action;
use crate::notice::{Notice, notice};
use crate::origin::content_id;
use crate::work::{AlignmentId, DocumentId, Note};

/// Brings a file of a version to a later one; where it fails the caller takes everything back.
pub(super) fn to(transaction: &Transaction, from: i64, version: i64) -> Result<(), Fault> {
    if from < 2 && version >= 2 {
        from_1(transaction)?;
    }
    if from < 3 && version >= 3 {
        from_2(transaction)?;
    }
    if from < 4 && version >= 4 {
        from_3(transaction)?;
    }
    if from < version {
        transaction.pragma_update(None, "user_version", version)?;
    }
    Ok(())
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
        let Some((action, rows)) = named(&name) else { return unreadable(id) };
        let [Ok(old), Ok(new)] = [old, new].map(|rows| serde_json::from_str::<Value>(&rows)) else {
            return unreadable(id);
        };
        let steps = json!([{ "rows": { "at": at, "old": old, "new": new } }]).to_string();
        insert.execute(params![id, action.code(), rows.0, rows.1, steps])?;
    }
    drop(entries);
    drop((select, insert));
    transaction.execute_batch("DROP TABLE old_log;")?;
    Ok(())
}

fn unreadable<T>(id: i64) -> Result<T, Fault> {
    Fault::broken(notice!("table {0}, row {1}: {2}", "log", id, Notice::said("an entry of the history cannot be read")))
}

/// What a name of version 1 in words tells: `merge rows 2–3`.
fn named(name: &str) -> Option<(Action, (i64, i64))> {
    let action = Action::all().find(|action| {
        let rest = name.strip_prefix(action.phrase()).and_then(|rest| rest.strip_prefix(" row"));
        rest.is_some_and(|rest| rest.starts_with(' ') || rest.starts_with("s "))
    })?;
    let digits = |part: &str| part.trim().parse::<u32>().ok().map(i64::from);
    let numbers = name.rsplit_once(' ').map_or(name, |(_, last)| last);
    let (first, last) = numbers.split_once('–').unwrap_or((numbers, numbers));
    Some((action, (digits(first)?.checked_sub(1).filter(|first| *first >= 0)?, digits(last)?)))
}

/// Version 2 kept no terms.
fn from_2(transaction: &Transaction) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "CREATE TABLE concept (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
         CREATE TABLE verdict (key TEXT PRIMARY KEY, verdict TEXT NOT NULL) STRICT, WITHOUT ROWID;",
    )
}

/// Version 3 kept two documents by their sides, a row with one note without an id, and of nothing who did it and when.
fn from_3(transaction: &Transaction) -> Result<(), Fault> {
    check_3(transaction)?;
    for table in ["document", "block", "segment", "bead", "concept", "verdict", "log", "state"] {
        transaction.execute_batch(&format!("ALTER TABLE {table} RENAME TO old_{table};"))?;
    }
    transaction.execute_batch(include_str!("schema.sql"))?;
    if let Some((documents, alignment)) = documents_of_3(transaction)? {
        rows_of_3(transaction)?;
        verdicts_of_3(transaction, alignment)?;
        log_of_3(transaction, documents, alignment)?;
    }
    for table in ["block", "segment", "bead", "concept", "verdict", "log", "state", "document"] {
        transaction.execute_batch(&format!("DROP TABLE old_{table};"))?;
    }
    Ok(())
}

/// What the tables of this version would not let in, or fill with something else: rows of no document, and numbers of the
/// state that are missing. Tables without a row are those of no file.
fn check_3(transaction: &Transaction) -> Result<(), Fault> {
    for table in ["block", "segment"] {
        let select = format!("SELECT count(*) FROM {table} WHERE side NOT IN (SELECT side FROM document)");
        let strays: i64 = transaction.query_row(&select, [], |row| row.get(0))?;
        if strays > 0 {
            return Fault::in_table(table, "rows that belong to no document");
        }
    }
    let documents: i64 = transaction.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
    for name in ["snapshot", "undone", "row"].into_iter().filter(|_| documents > 0) {
        let found: i64 =
            transaction.query_row("SELECT count(*) FROM state WHERE name = ?1", [name], |row| row.get(0))?;
        if found == 0 {
            return Fault::in_table("state", notice!("there is no {0}", name));
        }
    }
    Ok(())
}

/// The documents by their sides, side by side; their ids come from what they are made of, as for any document that nobody
/// brings in. Nothing where no file is brought to this version, only its tables.
fn documents_of_3(transaction: &Transaction) -> Result<Option<([DocumentId; 2], AlignmentId)>, Fault> {
    let mut ids = [None; 2];
    let mut select = transaction.prepare("SELECT side, lang, content FROM old_document ORDER BY side")?;
    let mut rows = select.query([])?;
    let insert = "INSERT INTO document SELECT side + 1, ?2, name, lang, note, content, original FROM old_document
                  WHERE side = ?1";
    while let Some(row) = rows.next()? {
        let (side, lang, content): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let id = DocumentId(content_id("document", &[&lang, &content, &side.to_string()]));
        transaction.execute(insert, params![side, id.to_string()])?;
        if let Some(place) = usize::try_from(side).ok().and_then(|side| ids.get_mut(side)) {
            *place = Some(id);
        }
    }
    let documents = match ids {
        [Some(source), Some(target)] => [source, target],
        [None, None] => return Ok(None),
        [source, _] => {
            let side = usize::from(source.is_some());
            return Fault::in_table("document", notice!("the text of side {0} is missing", side));
        }
    };
    let id = AlignmentId::between(documents[0], documents[1]);
    transaction.execute("INSERT INTO alignment VALUES (1, ?1, 1, 2)", [id.to_string()])?;
    Ok(Some((documents, id)))
}

/// All that needs no ids but those of its notes.
fn rows_of_3(transaction: &Transaction) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "INSERT INTO block SELECT side + 1, number, start, stop, content_start, content_stop, kind FROM old_block;
         INSERT INTO segment SELECT side + 1, number, id, start, stop, block FROM old_segment;
         INSERT INTO concept SELECT number, record FROM old_concept;
         UPDATE state SET value = old.value FROM old_state AS old WHERE old.name = state.name;
         INSERT INTO bead SELECT 1, number, source_start, source_stop, target_start, target_stop, score, confirmed,
             flagged, bookmarked, note FROM old_bead;",
    )?;
    let mut select = transaction.prepare("SELECT number, note FROM old_bead WHERE note <> ''")?;
    let mut update = transaction.prepare("UPDATE bead SET notes = ?2 WHERE alignment = 1 AND number = ?1")?;
    let mut noted = select.query([])?;
    while let Some(row) = noted.next()? {
        let (number, note): (i64, String) = (row.get(0)?, row.get(1)?);
        update.execute(params![number, notes_to_json(&[(&Note::of_content(note)).into()])])?;
    }
    Ok(())
}

fn verdicts_of_3(transaction: &Transaction, alignment: AlignmentId) -> rusqlite::Result<()> {
    let mut select = transaction.prepare("SELECT key, verdict FROM old_verdict")?;
    let mut insert = transaction.prepare("INSERT INTO verdict VALUES (?1, ?2)")?;
    let mut verdicts = select.query([])?;
    while let Some(row) = verdicts.next()? {
        let (key, verdict): (String, String) = (row.get(0)?, row.get(1)?);
        insert.execute([key_of_3(&key, alignment), verdict])?;
    }
    Ok(())
}

/// The key of a finding, which names rows by their first segments, `s12` of the source, `t7` of the target: now with the
/// alignment before that.
fn key_of_3(key: &str, alignment: AlignmentId) -> String {
    let Some((before, rows)) = key.rsplit_once('\t').filter(|_| key.matches('\t').count() == 3) else {
        return key.to_owned();
    };
    let named = |row: &str| if row.is_empty() { String::new() } else { format!("{alignment}#{row}") };
    format!("{before}\t{}", rows.split(',').map(named).collect::<Vec<_>>().join(","))
}

/// The log with ids in the place of sides.
fn log_of_3(transaction: &Transaction, documents: [DocumentId; 2], alignment: AlignmentId) -> Result<(), Fault> {
    let mut select = transaction.prepare("SELECT id, action, first, last, steps FROM old_log ORDER BY id")?;
    let mut insert = transaction
        .prepare("INSERT INTO log (id, action, alignment, first, last, steps) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut entries = select.query([])?;
    while let Some(entry) = entries.next()? {
        let (id, action): (i64, Option<String>) = (entry.get(0)?, entry.get(1)?);
        let (first, last): (Option<i64>, Option<i64>) = (entry.get(2)?, entry.get(3)?);
        let steps = match entry.get::<_, Option<String>>(4)? {
            None => None,
            Some(steps) => match steps_of_3(&steps, documents, alignment) {
                Some(steps) => Some(steps),
                None => return unreadable(id),
            },
        };
        let of_work = action.as_deref().and_then(Action::of_code).is_none_or(Action::is_of_terms);
        let of = (!of_work).then(|| alignment.to_string());
        insert.execute(params![id, action, of, first, last, steps])?;
    }
    Ok(())
}

/// The steps of an entry with ids in the place of sides, and with notes in the place of their texts.
fn steps_of_3(steps: &str, documents: [DocumentId; 2], alignment: AlignmentId) -> Option<String> {
    let mut steps: Value = serde_json::from_str(steps).ok()?;
    for step in steps.as_array_mut()? {
        for (kind, value) in step.as_object_mut()? {
            let fields = value.as_object_mut()?;
            match kind.as_str() {
                "rows" => {
                    fields.insert("alignment".to_owned(), alignment.to_string().into());
                    for rows in ["old", "new"] {
                        fields.get_mut(rows)?.as_array_mut()?.iter_mut().try_for_each(row_of_3)?;
                    }
                }
                "segments" | "name" => {
                    let side = usize::try_from(fields.remove("side")?.as_u64()?).ok()?;
                    fields.insert("document".to_owned(), documents.get(side)?.to_string().into());
                }
                "verdict" => {
                    let key = fields.get_mut("key")?;
                    *key = key_of_3(key.as_str()?, alignment).into();
                }
                _ => {}
            }
        }
    }
    Some(steps.to_string())
}

/// A row whose last values are a note, which becomes one with an id, and whether it is bookmarked, which version 1 left
/// out.
fn row_of_3(row: &mut Value) -> Option<()> {
    let cells = row.as_array_mut()?;
    let bookmarked = match cells.len() {
        9 => cells.pop()?,
        8 => false.into(),
        _ => return None,
    };
    let note = cells.pop()?;
    let notes = match note.as_str()? {
        "" => json!([]),
        text => json!([[Note::of_content(text).id.to_string(), text]]),
    };
    cells.extend([bookmarked, notes]);
    Some(())
}
