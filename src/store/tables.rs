//! Documents, rows and terms in the tables of a project file, and back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};

use rusqlite::{Connection, Transaction, params};

use super::fault::Fault;
use super::line::each;
use super::records::{NO_KIND, RowRecord, id_of, kept, kind_name, kind_of, notes_of_json, notes_to_json};
use super::{APPLICATION, Originals, VERSION, int};
use crate::bitext::{Document, SIDES, Segment};
use crate::exchange::terms::{concept_of_json, concept_to_json};
use crate::lang::Lang;
use crate::notice::{Notice, notice};
use crate::termbase::TermBase;
use crate::text::{Block, Span, Text};
use crate::work::{AlignmentId, DocumentId, OpenAlignment, Row, Work};

/// The longest text that a document is read from, so that few packed bytes do not become many.
const LONGEST: u64 = 1 << 30;

/// Writes everything into an empty file; the bytes the documents were read from where they are known.
pub(super) fn fill(connection: &mut Connection, open: &OpenAlignment, originals: &Originals) -> rusqlite::Result<()> {
    let work = open.work();
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    for (number, (id, document)) in (1_i64..).zip(work.documents()) {
        let Document { name, lang, note, text, original, .. } = &**document;
        let known = originals.get(&id).map(Vec::as_slice).or(original.as_deref());
        let original = packed(known.unwrap_or(text.as_str().as_bytes()));
        let insert = "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (name, note, content) = (kept(name), note.as_deref().map(kept), kept(text.as_str()));
        transaction.execute(insert, params![number, id.to_string(), name, lang.tag(), note, content, original])?;
        insert_parts(&transaction, number, document)?;
    }
    let number_of = |id: DocumentId| work.number_of(id).map(|number| int(number + 1));
    for (number, aligned) in (1_i64..).zip(work.alignments()) {
        let sides = SIDES.map(|side| number_of(aligned.document_id(side)));
        let insert = "INSERT INTO alignment VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(insert, params![number, aligned.id().to_string(), sides[0], sides[1]])?;
        if aligned.id() == open.aligned().id() {
            super::set_state(&transaction, "alignment", number)?;
        }
    }
    insert_beads(&transaction, work)?;
    insert_terms(&transaction, work)?;
    transaction.commit()
}

/// Writes the term base and the decisions, where there are none.
pub(super) fn insert_terms(transaction: &Transaction, work: &Work) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO concept VALUES (?1, ?2)")?;
    for (number, concept) in (0_i64..).zip(&work.terms().concepts) {
        insert.execute(params![number, concept_to_json(concept).to_string()])?;
    }
    let mut insert = transaction.prepare("INSERT INTO verdict VALUES (?1, ?2)")?;
    for (key, verdict) in work.verdicts() {
        insert.execute(params![key, verdict])?;
    }
    Ok(())
}

/// The term base and the decisions.
pub(super) fn read_terms(connection: &Connection) -> Result<(TermBase, BTreeMap<String, String>), Fault> {
    let mut concepts = Vec::new();
    each(connection, "concept", "SELECT record, number FROM concept ORDER BY number", [], |line| {
        line.numbered(1, 0)?;
        let Some(concept) = serde_json::from_str(line.text(0)?).ok().and_then(concept_of_json) else {
            return line.broken("a concept cannot be read");
        };
        concepts.push(concept);
        Ok(())
    })?;
    let mut verdicts = BTreeMap::new();
    each(connection, "verdict", "SELECT key, verdict FROM verdict", [], |line| {
        verdicts.insert(line.text(0)?.to_owned(), line.text(1)?.to_owned());
        Ok(())
    })?;
    Ok((TermBase { concepts, ..TermBase::default() }, verdicts))
}

/// Writes a document that has changed, by its number; the bytes it was read from stay.
pub(super) fn update_document(transaction: &Transaction, number: i64, document: &Document) -> rusqlite::Result<()> {
    let Document { name, lang, text, .. } = document;
    let update = "UPDATE document SET name = ?2, lang = ?3, content = ?4 WHERE number = ?1";
    transaction.execute(update, params![number, kept(name), lang.tag(), kept(text.as_str())])?;
    for table in ["block", "segment"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [number])?;
    }
    insert_parts(transaction, number, document)
}

fn insert_parts(transaction: &Transaction, of: i64, document: &Document) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO block VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (number, block) in (0_i64..).zip(document.text.blocks()) {
        let (span, content) = (&block.span, &block.content);
        let places = [span.start, span.end, content.start, content.end].map(int);
        let kind = kind_name(block.kind);
        insert.execute(params![of, number, places[0], places[1], places[2], places[3], kind])?;
    }
    let mut insert = transaction.prepare("INSERT INTO segment VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (number, Segment { id, span, block }) in (0_i64..).zip(&document.segments) {
        let id = i64::try_from(*id).expect("there are never so many segments");
        insert.execute(params![of, number, id, int(span.start), int(span.end), int(*block)])?;
    }
    Ok(())
}

/// Writes the rows of all alignments, where there are none.
pub(super) fn insert_beads(transaction: &Transaction, work: &Work) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare("INSERT INTO bead VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    for (of, aligned) in (1_i64..).zip(work.alignments()) {
        for (number, row) in (0_i64..).zip(aligned.rows()) {
            let RowRecord(a, b, c, d, score, confirmed, flagged, bookmarked, notes) = RowRecord::from(row);
            let [a, b, c, d] = [a, b, c, d].map(int);
            let notes = notes_to_json(&notes);
            insert.execute(params![of, number, a, b, c, d, score, confirmed, flagged, bookmarked, notes])?;
        }
    }
    Ok(())
}

/// Takes all alignments with their rows into a work; gives their ids in order.
pub(super) fn read_alignments(
    connection: &Connection,
    work: &mut Work,
    documents: &[DocumentId],
) -> Result<Vec<AlignmentId>, Fault> {
    let mut ids = Vec::new();
    each(connection, "alignment", "SELECT number, id, source, target FROM alignment ORDER BY number", [], |line| {
        line.numbered(0, 1)?;
        let sides = (line.place(2)?, line.place(3)?);
        let document = |number: usize| documents.get(number.checked_sub(1)?).copied();
        let (Some(source), Some(target)) = (document(sides.0), document(sides.1)) else {
            return line.broken("there is no such document");
        };
        let id = AlignmentId::between(source, target);
        if line.text(1)? != id.to_string() {
            return line.broken("the id is not that of its documents");
        }
        let rows = read_beads(connection, line.number + 1)?;
        if work.add_alignment([source, target], rows).is_err() {
            return Fault::in_table("bead", "rows are missing, or do not fit the segments");
        }
        ids.push(id);
        Ok(())
    })?;
    Ok(ids)
}

fn read_beads(connection: &Connection, alignment: usize) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    let select = "SELECT number, source_start, source_stop, target_start, target_stop, score, confirmed, flagged,
                  bookmarked, notes FROM bead WHERE alignment = ?1 ORDER BY number";
    each(connection, "bead", select, [int(alignment)], |line| {
        line.numbered(0, 0)?;
        let (source, target) = ((line.place(1)?, line.place(2)?), (line.place(3)?, line.place(4)?));
        let (score, confirmed, flagged) = (line.score(5)?, line.flag(6)?, line.flag(7)?);
        let (bookmarked, notes) = (line.flag(8)?, notes_of_json(line.text(9)?));
        let record = notes.and_then(|notes| {
            RowRecord(source.0, source.1, target.0, target.1, score, confirmed, flagged, bookmarked, notes).read()
        });
        match record {
            Ok(row) => rows.push(row),
            Err(problem) => return line.broken(problem),
        }
        Ok(())
    })?;
    Ok(rows)
}

/// Takes all documents into a work, whose parts must tile their contents; gives their ids in order.
pub(super) fn read_documents(connection: &Connection, work: &mut Work) -> Result<Vec<DocumentId>, Fault> {
    let mut ids = Vec::new();
    let select = "SELECT number, id, name, lang, note, content FROM document ORDER BY number";
    each(connection, "document", select, [], |line| {
        line.numbered(0, 1)?;
        let id = match id_of(line.text(1)?) {
            Ok(id) => DocumentId(id),
            Err(problem) => return line.broken(problem),
        };
        let Ok(lang) = Lang::parse(line.text(3)?) else { return line.broken("a language is none that is known") };
        let (name, note, content) = (line.text(2)?, line.optional_text(4)?, line.text(5)?);
        let number = line.number + 1;
        let blocks = read_blocks(connection, number, content)?;
        let segments = read_segments(connection, number, content, &blocks)?;
        let note = note.map(str::to_owned);
        let document = Document { note, ..Document::new(name, lang, Text::new(content, blocks), segments) };
        if work.add_document(id, document).is_err() {
            return line.broken("another document has this id");
        }
        ids.push(id);
        Ok(())
    })?;
    Ok(ids)
}

/// Nothing may belong to a document or an alignment that is not there.
pub(super) fn check_owners(connection: &Connection, documents: usize, alignments: usize) -> Result<(), Fault> {
    for (table, owner, count) in
        [("block", "document", documents), ("segment", "document", documents), ("bead", "alignment", alignments)]
    {
        let select = format!("SELECT count(*) FROM {table} WHERE {owner} < 1 OR {owner} > ?1");
        let strays: i64 = connection.query_row(&select, [int(count)], |row| row.get(0))?;
        if strays > 0 {
            return Fault::in_table(
                table,
                match owner {
                    "document" => "rows that belong to no document",
                    _ => "rows that belong to no alignment",
                },
            );
        }
    }
    Ok(())
}

/// Where a part ends that begins where the one before it ended; nothing where it does not, or cuts a character.
fn goes_on(content: &str, at: usize, span: &Span) -> Option<usize> {
    let fits = span.start == at && span.start <= span.end && content.is_char_boundary(span.end);
    fits.then_some(span.end)
}

fn read_blocks(connection: &Connection, document: usize, content: &str) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    let mut at = 0;
    let select =
        "SELECT start, stop, content_start, content_stop, kind, number FROM block WHERE document = ?1 ORDER BY number";
    each(connection, "block", select, [int(document)], |line| {
        line.numbered(5, 0)?;
        let (span, shown) = (line.place(0)?..line.place(1)?, line.place(2)?..line.place(3)?);
        let Some(kind) = kind_of(line.text(4)?) else { return line.broken(NO_KIND) };
        let whole = content.is_char_boundary(shown.start) && content.is_char_boundary(shown.end);
        let inside = span.start <= shown.start && shown.start <= shown.end && shown.end <= span.end;
        match goes_on(content, at, &span) {
            Some(end) if whole && inside => at = end,
            _ => return line.broken(MISFIT),
        }
        blocks.push(Block { span, content: shown, kind });
        Ok(())
    })?;
    if at == content.len() {
        Ok(blocks)
    } else {
        Fault::broken(notice!("table {0}, document {1}: {2}", "block", document, Notice::said(SHORT)))
    }
}

fn read_segments(
    connection: &Connection,
    document: usize,
    content: &str,
    blocks: &[Block],
) -> Result<Vec<Segment>, Fault> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut at = 0;
    let select = "SELECT id, start, stop, block, number FROM segment WHERE document = ?1 ORDER BY number";
    each(connection, "segment", select, [int(document)], |line| {
        line.numbered(4, 0)?;
        let (id, span, block) = (line.place(0)?, line.place(1)?..line.place(2)?, line.place(3)?);
        let after = segments.last().is_none_or(|last| last.block <= block);
        let inside =
            blocks.get(block).is_some_and(|block| block.span.start <= span.start && span.end <= block.span.end);
        match goes_on(content, at, &span) {
            Some(end) if after && inside => at = end,
            _ => return line.broken(MISFIT),
        }
        segments.push(Segment { id: id as u64, span, block });
        Ok(())
    })?;
    if let Some(row) = repeated(segments.iter().map(|segment| segment.id)) {
        return Fault::in_row("segment", row, "another segment has this id");
    }
    if at == content.len() {
        Ok(segments)
    } else {
        Fault::broken(notice!("table {0}, document {1}: {2}", "segment", document, Notice::said(SHORT)))
    }
}

/// The place of the first id that was there before.
fn repeated(ids: impl Iterator<Item = u64> + Clone) -> Option<usize> {
    // As they are until somebody splits or joins segments.
    if ids.clone().is_sorted_by(|one, next| one < next) {
        return None;
    }
    let mut seen = BTreeSet::new();
    ids.enumerate().find(|&(_, id)| !seen.insert(id)).map(|(row, _)| row)
}

const MISFIT: &str = "the place does not fit the text";
const SHORT: &str = "the text goes on behind the last row";

fn packed(bytes: &[u8]) -> Vec<u8> {
    // The usual level takes three times as long for a seventh less.
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).and_then(|()| out.finish()).expect("memory takes everything")
}

/// The bytes a document was read from; nothing in a file that did not keep them.
pub(super) fn read_original(connection: &Connection, id: DocumentId) -> rusqlite::Result<Option<Vec<u8>>> {
    let select = "SELECT original FROM document WHERE id = ?1";
    let packed: Option<Vec<u8>> = connection.query_row(select, [id.to_string()], |row| row.get(0))?;
    Ok(packed.and_then(|packed| {
        let mut out = Vec::new();
        let unpacked = flate2::read::ZlibDecoder::new(packed.as_slice()).take(LONGEST + 1).read_to_end(&mut out);
        (unpacked.is_ok() && out.len() as u64 <= LONGEST).then_some(out)
    }))
}

/// The ids of the documents in order.
pub(super) fn document_ids(connection: &Connection) -> rusqlite::Result<Vec<DocumentId>> {
    let mut select = connection.prepare("SELECT id FROM document ORDER BY number")?;
    let ids = select.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(ids.iter().filter_map(|id| id_of(id).ok()).map(DocumentId).collect())
}
