//! Documents, rows and terms in the tables of a project file, and back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};

use rusqlite::{Connection, Transaction, params};

use super::fault::Fault;
use super::line::each;
use super::records::{NO_KIND, RowRecord, kept, kind_name, kind_of};
use super::{APPLICATION, Originals, VERSION, int};
use crate::bitext::{Document, Segment};
use crate::edit::{Alignment, Row, SIDES, Side};
use crate::exchange::terms::{concept_of_json, concept_to_json};
use crate::lang::Lang;
use crate::termbase::TermBase;
use crate::text::{Block, Span, Text};

/// The longest text that a document is read from, so that few packed bytes do not become many.
const LONGEST: u64 = 1 << 30;

/// Writes everything into an empty file; the bytes the documents were read from where they are known.
pub(super) fn fill(connection: &mut Connection, alignment: &Alignment, originals: &Originals) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    for side in SIDES {
        let document = alignment.document(side);
        let Document { name, lang, note, text, original, .. } = &**document;
        let known = originals[side as usize].as_deref().or(original.as_deref());
        let original = packed(known.unwrap_or(text.as_str().as_bytes()));
        let insert = "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (name, note, content) = (kept(name), note.as_deref().map(kept), kept(text.as_str()));
        transaction.execute(insert, params![side as i64, name, lang.tag(), note, content, original])?;
        insert_parts(&transaction, side, document)?;
    }
    insert_beads(&transaction, alignment.rows())?;
    insert_terms(&transaction, alignment)?;
    transaction.commit()
}

/// Writes the term base and the decisions, where there are none.
pub(super) fn insert_terms(transaction: &Transaction, alignment: &Alignment) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO concept VALUES (?1, ?2)")?;
    for (number, concept) in (0_i64..).zip(&alignment.terms().concepts) {
        insert.execute(params![number, concept_to_json(concept).to_string()])?;
    }
    let mut insert = transaction.prepare("INSERT INTO verdict VALUES (?1, ?2)")?;
    for (key, verdict) in alignment.verdicts() {
        insert.execute(params![key, verdict])?;
    }
    Ok(())
}

/// The term base and the decisions.
pub(super) fn read_terms(connection: &Connection) -> Result<(TermBase, BTreeMap<String, String>), Fault> {
    let mut concepts = Vec::new();
    each(connection, "concept", "SELECT record, number FROM concept ORDER BY number", [], |line| {
        line.numbered(1, 0)?;
        let Some(concept) = serde_json::from_str(&line.text(0)?).ok().and_then(concept_of_json) else {
            return line.broken("a concept cannot be read");
        };
        concepts.push(concept);
        Ok(())
    })?;
    let mut verdicts = BTreeMap::new();
    each(connection, "verdict", "SELECT key, verdict FROM verdict", [], |line| {
        verdicts.insert(line.text(0)?, line.text(1)?);
        Ok(())
    })?;
    Ok((TermBase { concepts, ..TermBase::default() }, verdicts))
}

/// Writes a document that has changed; the bytes it was read from stay.
pub(super) fn update_document(transaction: &Transaction, side: Side, document: &Document) -> rusqlite::Result<()> {
    let Document { name, lang, text, .. } = document;
    let update = "UPDATE document SET name = ?2, lang = ?3, content = ?4 WHERE side = ?1";
    transaction.execute(update, params![side as i64, kept(name), lang.tag(), kept(text.as_str())])?;
    for table in ["block", "segment"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE side = ?1"), [side as i64])?;
    }
    insert_parts(transaction, side, document)
}

fn insert_parts(transaction: &Transaction, side: Side, document: &Document) -> rusqlite::Result<()> {
    let side = side as i64;
    let mut insert = transaction.prepare("INSERT INTO block VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (number, block) in (0_i64..).zip(document.text.blocks()) {
        let (span, content) = (&block.span, &block.content);
        let places = [span.start, span.end, content.start, content.end].map(int);
        let kind = kind_name(block.kind);
        insert.execute(params![side, number, places[0], places[1], places[2], places[3], kind])?;
    }
    let mut insert = transaction.prepare("INSERT INTO segment VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (number, Segment { id, span, block }) in (0_i64..).zip(&document.segments) {
        let id = i64::try_from(*id).expect("there are never so many segments");
        insert.execute(params![side, number, id, int(span.start), int(span.end), int(*block)])?;
    }
    Ok(())
}

pub(super) fn insert_beads(transaction: &Transaction, rows: &[Row]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO bead VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (number, row) in (0_i64..).zip(rows) {
        let RowRecord(a, b, c, d, score, confirmed, flagged, note, bookmarked) = RowRecord::from(row);
        let places = [a, b, c, d].map(int);
        let [a, b, c, d] = places;
        insert.execute(params![number, a, b, c, d, score, confirmed, flagged, note, bookmarked])?;
    }
    Ok(())
}

pub(super) fn read_beads(connection: &Connection) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    each(connection, "bead", "SELECT * FROM bead ORDER BY number", [], |line| {
        line.numbered(0, 0)?;
        let (source, target) = ((line.place(1)?, line.place(2)?), (line.place(3)?, line.place(4)?));
        let (score, confirmed, flagged) = (line.score(5)?, line.flag(6)?, line.flag(7)?);
        let (note, bookmarked) = (line.text(8)?, line.flag(9)?);
        let record = RowRecord(source.0, source.1, target.0, target.1, score, confirmed, flagged, note, bookmarked);
        match record.read() {
            Ok(row) => rows.push(row),
            Err(problem) => return line.broken(problem),
        }
        Ok(())
    })?;
    Ok(rows)
}

/// A document, whose parts must tile its content.
pub(super) fn read_document(connection: &Connection, side: Side) -> Result<Document, Fault> {
    let side = side as i64;
    let mut found = None;
    let select = "SELECT name, lang, note, content FROM document WHERE side = ?1";
    each(connection, "document", select, [side], |line| {
        let Ok(lang) = Lang::parse(&line.text(1)?) else { return line.broken("a language is none that is known") };
        found = Some((line.text(0)?, lang, line.optional_text(2)?, line.text(3)?));
        Ok(())
    })?;
    let Some((name, lang, note, content)) = found else {
        return Fault::broken(format!("table document: the text of side {side} is missing"));
    };
    let blocks = read_blocks(connection, side, &content)?;
    let segments = read_segments(connection, side, &content, &blocks)?;
    Ok(Document { note, ..Document::new(name, lang, Text::new(content, blocks), segments) })
}

/// Where a part ends that begins where the one before it ended; nothing where it does not, or cuts a character.
fn goes_on(content: &str, at: usize, span: &Span) -> Option<usize> {
    let fits = span.start == at && span.start <= span.end && content.is_char_boundary(span.end);
    fits.then_some(span.end)
}

fn read_blocks(connection: &Connection, side: i64, content: &str) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    let mut at = 0;
    let select =
        "SELECT start, stop, content_start, content_stop, kind, number FROM block WHERE side = ?1 ORDER BY number";
    each(connection, "block", select, [side], |line| {
        line.numbered(5, 0)?;
        let (span, shown) = (line.place(0)?..line.place(1)?, line.place(2)?..line.place(3)?);
        let Some(kind) = kind_of(&line.text(4)?) else { return line.broken(NO_KIND) };
        let whole = content.is_char_boundary(shown.start) && content.is_char_boundary(shown.end);
        let inside = span.start <= shown.start && shown.start <= shown.end && shown.end <= span.end;
        match goes_on(content, at, &span) {
            Some(end) if whole && inside => at = end,
            _ => return line.broken(MISFIT),
        }
        blocks.push(Block { span, content: shown, kind });
        Ok(())
    })?;
    if at == content.len() { Ok(blocks) } else { Fault::broken(format!("table block, side {side}: {SHORT}")) }
}

fn read_segments(connection: &Connection, side: i64, content: &str, blocks: &[Block]) -> Result<Vec<Segment>, Fault> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut names = BTreeSet::new();
    let mut at = 0;
    let select = "SELECT id, start, stop, block, number FROM segment WHERE side = ?1 ORDER BY number";
    each(connection, "segment", select, [side], |line| {
        line.numbered(4, 0)?;
        let (id, span, block) = (line.place(0)?, line.place(1)?..line.place(2)?, line.place(3)?);
        let after = segments.last().is_none_or(|last| last.block <= block);
        let inside =
            blocks.get(block).is_some_and(|block| block.span.start <= span.start && span.end <= block.span.end);
        match goes_on(content, at, &span) {
            Some(end) if after && inside => at = end,
            _ => return line.broken(MISFIT),
        }
        if !names.insert(id) {
            return line.broken("another segment has this id");
        }
        segments.push(Segment { id: id as u64, span, block });
        Ok(())
    })?;
    if at == content.len() { Ok(segments) } else { Fault::broken(format!("table segment, side {side}: {SHORT}")) }
}

const MISFIT: &str = "the place does not fit the text";
const SHORT: &str = "the text goes on behind the last row";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).and_then(|()| out.finish()).expect("memory takes everything")
}

/// The bytes a document was read from; nothing in a file that did not keep them.
pub(super) fn read_original(connection: &Connection, side: Side) -> rusqlite::Result<Option<Vec<u8>>> {
    let select = "SELECT original FROM document WHERE side = ?1";
    let packed: Option<Vec<u8>> = connection.query_row(select, [side as i64], |row| row.get(0))?;
    Ok(packed.and_then(|packed| {
        let mut out = Vec::new();
        let unpacked = flate2::read::ZlibDecoder::new(packed.as_slice()).take(LONGEST + 1).read_to_end(&mut out);
        (unpacked.is_ok() && out.len() as u64 <= LONGEST).then_some(out)
    }))
}
