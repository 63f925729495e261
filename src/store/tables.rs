//! Documents, rows and terms in the tables of a project file, and back.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use rusqlite::{Connection, Transaction, params};

use super::records::{RowRecord, kind_name, kind_of};
use super::{APPLICATION, VERSION, int};
use crate::bitext::{Document, Segment};
use crate::edit::{Alignment, Row, SIDES, Side};
use crate::exchange::terms::{concept_of_json, concept_to_json};
use crate::lang::Lang;
use crate::termbase::TermBase;
use crate::text::{Block, Span, Text};

/// Writes everything into an empty file.
pub(super) fn fill(connection: &mut Connection, alignment: &Alignment) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    for side in SIDES {
        let document = alignment.document(side);
        let Document { name, lang, note, text, original, .. } = &**document;
        let original = packed(original.as_deref().unwrap_or(text.as_str().as_bytes()));
        let insert = "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        transaction.execute(insert, params![side as i64, name, lang.tag(), note, text.as_str(), original])?;
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

/// The term base and the decisions; `None` where a concept cannot be read.
pub(super) fn read_terms(connection: &Connection) -> rusqlite::Result<Option<(TermBase, BTreeMap<String, String>)>> {
    let mut select = connection.prepare("SELECT record FROM concept ORDER BY number")?;
    let records = select.query_map([], |row| row.get::<_, String>(0))?;
    let mut concepts = Vec::new();
    for record in records {
        let Some(concept) = serde_json::from_str(&record?).ok().and_then(concept_of_json) else { return Ok(None) };
        concepts.push(concept);
    }
    let mut select = connection.prepare("SELECT key, verdict FROM verdict")?;
    let verdicts = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some((TermBase { concepts, ..TermBase::default() }, verdicts)))
}

/// Writes a document that has changed; the bytes it was read from stay.
pub(super) fn update_document(transaction: &Transaction, side: Side, document: &Document) -> rusqlite::Result<()> {
    let Document { name, lang, text, .. } = document;
    let update = "UPDATE document SET name = ?2, lang = ?3, content = ?4 WHERE side = ?1";
    transaction.execute(update, params![side as i64, name, lang.tag(), text.as_str()])?;
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

pub(super) fn read_beads(connection: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut select = connection.prepare("SELECT * FROM bead ORDER BY number")?;
    let rows = select.query_map([], |row| {
        let place = |at| place(row, at);
        let (source, target) = ((place(1)?, place(2)?), (place(3)?, place(4)?));
        let (score, confirmed, flagged) = (row.get(5)?, row.get(6)?, row.get(7)?);
        let (note, bookmarked) = (row.get(8)?, row.get(9)?);
        let record = RowRecord(source.0, source.1, target.0, target.1, score, confirmed, flagged, note, bookmarked);
        Ok(Row::from(record))
    })?;
    rows.collect()
}

/// A document; `None` where its parts do not tile its content.
pub(super) fn read_document(connection: &Connection, side: Side) -> rusqlite::Result<Option<Document>> {
    let side = side as i64;
    let select = "SELECT name, lang, note, content FROM document WHERE side = ?1";
    let (name, lang, note, content): (String, String, Option<String>, String) =
        connection.query_row(select, [side], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let select = "SELECT start, stop, content_start, content_stop, kind FROM block WHERE side = ?1 ORDER BY number";
    let mut select = connection.prepare(select)?;
    let blocks = select.query_map([side], |row| {
        let span = place(row, 0)?..place(row, 1)?;
        let content = place(row, 2)?..place(row, 3)?;
        Ok(kind_of(&row.get::<_, String>(4)?).map(|kind| Block { span, content, kind }))
    })?;
    let blocks: Option<Vec<Block>> = blocks.collect::<rusqlite::Result<_>>()?;
    let mut select =
        connection.prepare("SELECT id, start, stop, block FROM segment WHERE side = ?1 ORDER BY number")?;
    let segments = select.query_map([side], |row| {
        let id = u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX - 1);
        Ok(Segment { id, span: place(row, 1)?..place(row, 2)?, block: place(row, 3)? })
    })?;
    let segments: Vec<Segment> = segments.collect::<rusqlite::Result<_>>()?;
    let (Some(blocks), Ok(lang)) = (blocks, Lang::parse(&lang)) else { return Ok(None) };
    if !is_sound(&content, &blocks, &segments) {
        return Ok(None);
    }
    Ok(Some(Document { note, ..Document::new(name, lang, Text::new(content, blocks), segments) }))
}

fn place(row: &rusqlite::Row, at: usize) -> rusqlite::Result<usize> {
    row.get::<_, i64>(at).map(|value| usize::try_from(value).unwrap_or(usize::MAX))
}

/// Whether blocks and segments tile the content.
fn is_sound(content: &str, blocks: &[Block], segments: &[Segment]) -> bool {
    let tiles = |mut spans: Box<dyn Iterator<Item = &Span> + '_>| {
        let end = spans.try_fold(0, |at, span| {
            let fits = span.start == at && span.start <= span.end && content.is_char_boundary(span.end);
            fits.then_some(span.end)
        });
        end == Some(content.len())
    };
    let inside = |block: &Block| {
        let (span, shown) = (&block.span, &block.content);
        let whole = content.is_char_boundary(shown.start) && content.is_char_boundary(shown.end);
        whole && span.start <= shown.start && shown.start <= shown.end && shown.end <= span.end
    };
    tiles(Box::new(blocks.iter().map(|block| &block.span)))
        && blocks.iter().all(inside)
        && tiles(Box::new(segments.iter().map(|segment| &segment.span)))
        && segments.iter().all(|segment| segment.block < blocks.len())
}

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
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut out).ok().map(|_| out)
    }))
}
