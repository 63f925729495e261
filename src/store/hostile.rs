//! Files made by others: whatever is in them, they are refused with what and where, and left as they are.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::tests::{alignment, created};
use super::*;
use crate::bitext::Side;

/// What is said of a project after some statements of somebody else, to writers and to readers.
fn said(sql: &str) -> String {
    let (_folder, path) = created();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let bytes = std::fs::read(&path).unwrap();
    let refused = Store::open(&path).expect_err(sql).to_string();
    assert_eq!(contents(&path).expect_err(sql).to_string(), refused, "{sql}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "{sql}");
    let what =
        refused.split_once(" is damaged (").and_then(|(_, rest)| rest.strip_suffix("); nothing was changed in it"));
    what.unwrap_or_else(|| panic!("{sql}: {refused}")).to_owned()
}

/// Statements that write another definition of a table.
fn redefined(table: &str, old: &str, new: &str) -> String {
    format!(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}';"
    )
}

#[test]
fn what_computes_is_refused_before_a_row_is_read() {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)";
    for (sql, what) in [
        (
            format!("DROP TABLE state; CREATE VIEW state AS {endless} SELECT 'row' AS name, x AS value FROM c;"),
            "the view `state` does not belong into a project",
        ),
        (
            format!(
                "DROP TABLE verdict; CREATE VIEW verdict AS {endless} SELECT x AS key, hex(zeroblob(x)) AS verdict FROM c;"
            ),
            "the view `verdict` does not belong into a project",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM bead; END;".to_owned(),
            "the trigger `t` does not belong into a project",
        ),
        ("CREATE INDEX i ON bead (abs(score));".to_owned(), "the index `i` does not belong into a project"),
        ("CREATE INDEX i ON bead (number) WHERE score > 0;".to_owned(), "the index `i` does not belong into a project"),
        (
            "ALTER TABLE bead ADD COLUMN g REAL AS (score * 2);".to_owned(),
            "the table `bead` is not as a project of version 4 has it",
        ),
        (
            redefined("bead", "score REAL NOT NULL", "score REAL NOT NULL CHECK (length(zeroblob(900000000)) > 0)"),
            "the table `bead` is not as a project of version 4 has it",
        ),
        (
            redefined("log", "action TEXT", "action TEXT DEFAULT (hex(randomblob(900000000)))"),
            "the table `log` is not as a project of version 4 has it",
        ),
        (
            redefined("document", "id TEXT NOT NULL UNIQUE", "id TEXT NOT NULL UNIQUE ON CONFLICT IGNORE"),
            "the table `document` is not as a project of version 4 has it",
        ),
        (redefined("segment", "STRICT, ", ""), "the table `segment` is not as a project of version 4 has it"),
        ("ANALYZE;".to_owned(), "the table `sqlite_stat1` does not belong into a project"),
        ("CREATE VIRTUAL TABLE f USING fts5(x);".to_owned(), "the table `f` does not belong into a project"),
        ("DROP TABLE log;".to_owned(), "the table `log` is missing"),
        ("PRAGMA user_version = 3;".to_owned(), "the table `alignment` does not belong into a project"),
        ("PRAGMA user_version = 0;".to_owned(), "there is no version 0"),
        ("PRAGMA user_version = -7;".to_owned(), "there is no version -7"),
    ] {
        assert_eq!(said(&sql), what, "{sql}");
    }
    let many = (0..5000).fold(String::new(), |mut out, number| {
        let _ = write!(out, "CREATE TABLE t{number} (x);");
        out
    });
    assert!(said(&format!("BEGIN; {many} COMMIT;")).contains("does not belong into a project"));
    let long = format!("CREATE TABLE t (x CHECK (x <> '{}'));", "x".repeat(1_000_000));
    assert_eq!(said(&long), "a value in it is larger than a project of this size holds");
}

#[test]
fn every_value_is_in_its_range() {
    for (sql, what) in [
        (
            "UPDATE bead SET score = 9e999 WHERE number = 1",
            "table bead, row 2, column score: the score is not between 0 and 1",
        ),
        ("UPDATE bead SET score = -0.001", "table bead, row 1, column score: the score is not between 0 and 1"),
        ("UPDATE bead SET score = 1.001", "table bead, row 1, column score: the score is not between 0 and 1"),
        ("UPDATE bead SET flagged = 2", "table bead, row 1, column flagged: this is neither 0 nor 1"),
        ("UPDATE bead SET notes = 'a' || char(0)", "table bead, row 1, column notes: the text holds a NUL character"),
        ("UPDATE bead SET notes = 'a'", "table bead, row 1: the notes cannot be read"),
        (
            "UPDATE bead SET notes = '[[\"1\", \"a\"]]'",
            "table bead, row 1: this is not an id, which is a UUID in lower case",
        ),
        ("UPDATE bead SET alignment = 2 WHERE number = 4", "table bead: rows are missing, or do not fit the segments"),
        ("INSERT INTO bead SELECT 2, 0, 0, 1, 0, 1, 0.5, 0, 0, 0, ''", "table bead: rows that belong to no alignment"),
        ("INSERT INTO segment SELECT 0, 0, 0, 0, 1, 0", "table segment: rows that belong to no document"),
        ("INSERT INTO bead SELECT -2, 0, 0, 1, 0, 1, 0.5, 0, 0, 0, ''", "table bead: rows that belong to no alignment"),
        ("UPDATE bead SET target_stop = -1", "table bead, row 1, column target_stop: the number is out of range"),
        ("UPDATE bead SET source_stop = 1 << 62", "table bead, row 1, column source_stop: the number is out of range"),
        ("UPDATE bead SET source_stop = 0 WHERE number = 1", "table bead, row 2: a row ends before it begins"),
        (
            "UPDATE bead SET source_stop = 9 WHERE number = 4",
            "table bead: rows are missing, or do not fit the segments",
        ),
        ("DELETE FROM bead WHERE number = 1", "table bead, row 2, column number: a row before this one is missing"),
        ("DELETE FROM bead", "table bead: rows are missing, or do not fit the segments"),
    ] {
        assert_eq!(said(sql), what, "{sql}");
    }
}

#[test]
fn every_place_lies_within_its_text() {
    for (sql, what) in [
        (
            "UPDATE document SET content = replace(content, '天', char(0, 0, 0))",
            "table document, row 1, column content: the text holds a NUL character",
        ),
        (
            "UPDATE document SET content = content || 'x'",
            "table block, document 1: the text goes on behind the last row",
        ),
        ("UPDATE document SET content = ''", "table block, row 1: the place does not fit the text"),
        ("UPDATE document SET name = char(0)", "table document, row 1, column name: the text holds a NUL character"),
        ("UPDATE document SET lang = 'no language'", "table document, row 1: a language is none that is known"),
        ("DELETE FROM document WHERE number = 2", "table alignment, row 1: there is no such document"),
        (
            "DELETE FROM document WHERE number = 1",
            "table document, row 1, column number: a row before this one is missing",
        ),
        (
            "UPDATE document SET id = upper(id)",
            "table document, row 1: this is not an id, which is a UUID in lower case",
        ),
        ("UPDATE alignment SET id = 'x'", "table alignment, row 1: the id is not that of its documents"),
        ("UPDATE alignment SET target = 1", "table alignment, row 1: the id is not that of its documents"),
        ("UPDATE alignment SET source = 0", "table alignment, row 1: there is no such document"),
        ("INSERT INTO block SELECT 3, 0, 0, 1, 0, 1, 'item'", "table block: rows that belong to no document"),
        ("UPDATE state SET value = 2 WHERE name = 'alignment'", "table state: there is no such alignment"),
        ("UPDATE block SET stop = 1000000 WHERE number = 2", "table block, row 3: the place does not fit the text"),
        (
            "UPDATE block SET content_start = content_start + 1 WHERE number = 1",
            "table block, row 2: the place does not fit the text",
        ),
        ("UPDATE block SET content_stop = -5", "table block, row 1, column content_stop: the number is out of range"),
        ("UPDATE block SET kind = 'heading-77'", "table block, row 1: a paragraph is of no kind that is known"),
        (
            "UPDATE segment SET stop = stop + 1, start = start + 1 WHERE number = 1",
            "table segment, row 2: the place does not fit the text",
        ),
        (
            "UPDATE segment SET stop = stop - 1 WHERE number = 1",
            "table segment, row 2: the place does not fit the text",
        ),
        ("UPDATE segment SET block = 99 WHERE number = 0", "table segment, row 1: the place does not fit the text"),
        ("UPDATE segment SET block = 0", "table segment, row 2: the place does not fit the text"),
        ("UPDATE segment SET id = 0", "table segment, row 2: another segment has this id"),
        (
            "UPDATE segment SET id = 9223372036854775807 WHERE number = 0",
            "table segment, row 1, column id: the number is out of range",
        ),
    ] {
        assert_eq!(said(sql), what, "{sql}");
    }
}

#[test]
fn the_state_and_the_concepts_are_looked_at() {
    for (sql, what) in [
        ("UPDATE state SET value = 1 WHERE name = 'undone'", "table state: more is undone than was done"),
        (
            "UPDATE state SET value = -1 WHERE name = 'row'",
            "table state, row 1, column value: the number is out of range",
        ),
        ("UPDATE state SET value = 7 WHERE name = 'snapshot'", "table log: rows are missing at its end"),
        ("DELETE FROM state WHERE name = 'undone'", "table state: there is no undone"),
        ("INSERT INTO concept VALUES (0, '{}')", "table concept, row 1: a concept cannot be read"),
        (
            "INSERT INTO concept VALUES (0, replace(hex(zeroblob(500000)), '0', '['))",
            "table concept, row 1: a concept cannot be read",
        ),
    ] {
        assert_eq!(said(sql), what, "{sql}");
    }
}

#[test]
fn every_value_of_the_history_is_in_its_range() {
    let open = alignment();
    let (of, source) = (open.aligned().id(), open.aligned().document_id(Side::Source));
    let row = |score: &str, stop: &str| format!("[0, {stop}, 0, 1, {score}, false, false, false, []]");
    let entry =
        |action: &str, steps: &str| format!("INSERT INTO log VALUES (1, '{action}', '{of}', 0, 1, '{steps}', 'a', 0)");
    let rows = |at: &str, new: &str| {
        format!(
            "[{{\"rows\": {{\"alignment\": \"{of}\", \"at\": {at}, \"old\": [{}], \"new\": [{new}]}}}}]",
            row("0.25", "1")
        )
    };
    let piece = |id: &str, text: &str| format!("[{id}, \"{text}\", [\"paragraph\", 0], 0]");
    let patch = |new: &str| {
        let old = piece("0", "x");
        format!("[{{\"segments\": {{\"document\": \"{source}\", \"patches\": [[0, [{old}], [{new}]]]}}}}]")
    };
    let other = |column: &str| format!("{}; UPDATE log SET {column}", entry("flag", &rows("0", &row("0.25", "1"))));
    for (sql, what) in [
        (entry("flag", &rows("0", &row("null", "1"))), "an entry of the history cannot be read"),
        (entry("flag", &rows("0", &row("1e999", "1"))), "an entry of the history cannot be read"),
        (entry("flag", &rows("0", &row("2", "1"))), "the score is not between 0 and 1"),
        (entry("flag", &rows("0", &row("1", "9000000000"))), "the number is out of range"),
        (entry("flag", &rows("18446744073709551615", &row("1", "1"))), "the number is out of range"),
        (entry("flag", &rows("99", &row("1", "1"))), "the history does not fit the rows"),
        (entry("flag", &rows("0", &row("1", "2"))), "the history does not fit the rows"),
        (entry("flag", &rows("0", "")), "the history does not fit the rows"),
        (entry("explode", "[]"), "the action is none that is known"),
        (entry("flag", &"[".repeat(100_000)), "an entry of the history cannot be read"),
        (entry("rewrite", &patch(&piece("18446744073709551615", "y"))), "the number is out of range"),
        (entry("rewrite", &patch(&piece("0", "\\u0000"))), "the text holds a NUL character"),
        (entry("rewrite", &patch(&piece("0", "y"))), "the history does not fit the rows"),
        ("INSERT INTO log DEFAULT VALUES".to_owned(), "the history takes back what was not done"),
        (format!("INSERT INTO log VALUES (1, 'flag', '{of}', 2, 1, '[]', NULL, NULL)"), "it ends before it begins"),
        (other("alignment = 'x'"), "this is not an id, which is a UUID in lower case"),
        (other(&format!("alignment = '{source}'")), "there is no such alignment"),
        (other("alignment = NULL"), "an edit of rows names no alignment, or an edit of terms names one"),
        (other("action = 'accept'"), "an edit of rows names no alignment, or an edit of terms names one"),
        (other("author = NULL"), "an author without a time, or a time without an author"),
        (other("at = NULL"), "an author without a time, or a time without an author"),
        (other("at = 9223372036854775807"), "the time is none of the calendar"),
        (other(&format!("steps = replace(steps, '{of}', '{source}')")), "the history does not fit the rows"),
    ] {
        assert_eq!(said(&sql), format!("table log, row 1: {what}"), "{sql}");
    }
    assert_eq!(
        said("INSERT INTO log VALUES (9223372036854775807, 'flag', NULL, 0, 1, '[]', NULL, NULL)"),
        "table log, row 1, column id: the number is out of range"
    );
    assert_eq!(
        said("INSERT INTO log VALUES (5, 'flag', NULL, 0, 1, '[]', NULL, NULL)"),
        "table log, row 1, column id: a row before this one is missing"
    );
}

#[test]
fn values_of_another_type_are_refused_though_the_tables_look_right() {
    for (table, column, value, what) in [
        ("bead", "score", "NULL", "NULL value in bead.score"),
        ("segment", "start", "'x'", "value in segment.start"),
        ("document", "content", "zeroblob(50)", "value in document.content"),
    ] {
        let sql = format!(
            "CREATE TEMP TABLE ours AS SELECT sql FROM sqlite_schema WHERE name = '{table}';
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, ', ''), 'STRICT', ''), ' NOT NULL', '')
                 WHERE name = '{table}';
             PRAGMA writable_schema = RESET;
             UPDATE {table} SET {column} = {value};
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = (SELECT sql FROM ours) WHERE name = '{table}';"
        );
        let said = said(&sql);
        assert!(said.starts_with("its pages or values do not hold together: ") && said.contains(what), "{said}");
    }
}

#[test]
fn texts_in_another_encoding_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    let mut connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA encoding = 'UTF-16';").unwrap();
    tables::fill(&mut connection, &alignment(), &Originals::default()).unwrap();
    drop(connection);
    let refused = Store::open(&path).unwrap_err().to_string();
    assert!(refused.contains("its texts are kept in UTF-16le, not in UTF-8"), "{refused}");
}

#[test]
fn what_a_text_was_read_from_does_not_grow_without_end() {
    let (_folder, path) = created();
    let (store, contents) = Store::open(&path).unwrap();
    let source = contents.open.aligned().document_id(Side::Source);
    // A stream that is cut short, and one that is none.
    for bytes in [&b"\x78\x9c\xed\xc1"[..], b"none"] {
        store.connection.execute("UPDATE document SET original = ?1", [bytes]).unwrap();
        assert_eq!(store.original(source).unwrap(), None);
    }
}

#[test]
fn an_empty_file_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    std::fs::write(&path, "").unwrap();
    let before = path.metadata().unwrap().modified().unwrap();
    for error in [Store::open(&path).unwrap_err(), contents(&path).unwrap_err()] {
        assert!(matches!(&error, Error::Empty(_)), "{error}");
    }
    let after = path.metadata().unwrap();
    assert_eq!((after.len(), after.modified().unwrap()), (0, before));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Bytes changed anywhere: the file is refused, or it is a project that can be written.
    #[test]
    fn no_byte_brings_it_down(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let (_folder, path) = created();
        let mut bytes = std::fs::read(&path).unwrap();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        std::fs::write(&path, &bytes).unwrap();
        let read = contents(&path);
        match Store::open(&path) {
            Ok((mut store, opened)) => {
                prop_assert_eq!(&read.unwrap(), &opened);
                let edit = opened.open.aligned().unlink(0);
                if let Ok(edit) = edit {
                    store.keep(&[Change::Done(edit)]).unwrap();
                    drop(store);
                    prop_assert!(Store::open(&path).is_ok());
                }
            }
            // A byte of the header says that others may only read it.
            Err(error) => prop_assert!(read.is_err() || matches!(error, Error::ReadOnly(_)), "{}", error),
        }
    }
}
