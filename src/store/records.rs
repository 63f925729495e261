//! The forms in which rows and edits are kept, as JSON, and what a value of them may be.

use serde::{Deserialize, Serialize};

use crate::bitext::Bead;
use crate::edit::{Edit, Naming, Opening, Patch, Piece, Step};
use crate::exchange::terms::{concept_of_json, concept_to_json};
use crate::lang::Lang;
use crate::origin::Uuid;
use crate::termbase::Concept;
use crate::text::BlockKind;
use crate::work::{AlignmentId, DocumentId, Mark, Note, Row};

/// No place in a text or a list lies further, and no name of a segment is greater.
pub(super) const FURTHEST: usize = 1 << 31;

/// A number or a text in a record is none that the program writes.
const OUT_OF_RANGE: &str = "the number is out of range";

/// A probability.
pub(super) fn check_score(score: f64) -> Result<f32, &'static str> {
    #[expect(clippy::cast_possible_truncation, reason = "scores are kept as they are computed, in 32 bits")]
    if (0.0..=1.0).contains(&score) { Ok(score as f32) } else { Err("the score is not between 0 and 1") }
}

/// No text that comes in holds a NUL, and other programs end a text at one.
pub(super) fn check_text(text: &str) -> Result<(), &'static str> {
    if text.contains('\0') { Err("the text holds a NUL character") } else { Ok(()) }
}

/// A text as it is kept; a blank takes no other room than the NUL it stands for.
pub(super) fn kept(text: &str) -> String {
    text.replace('\0', " ")
}

fn check_places(places: &[usize]) -> Result<(), &'static str> {
    if places.iter().all(|&place| place <= FURTHEST) { Ok(()) } else { Err(OUT_OF_RANGE) }
}

/// Id and text of a note.
#[derive(Serialize, Deserialize)]
pub(super) struct NoteRecord(String, String);

impl From<&Note> for NoteRecord {
    fn from(note: &Note) -> Self {
        Self(note.id.to_string(), kept(&note.text))
    }
}

/// Notes as a column holds them; nothing for none.
pub(super) fn notes_to_json(notes: &[NoteRecord]) -> String {
    let json = || serde_json::to_string(notes).expect("strings have a JSON form");
    if notes.is_empty() { String::new() } else { json() }
}

/// The same read again.
pub(super) fn notes_of_json(json: &str) -> Result<Vec<NoteRecord>, &'static str> {
    if json.is_empty() { Ok(Vec::new()) } else { serde_json::from_str(json).ok().ok_or("the notes cannot be read") }
}

/// An id in the only form in which it is kept.
pub(super) fn id_of(text: &str) -> Result<Uuid, &'static str> {
    let id = Uuid::try_parse(text).ok().filter(|id| id.to_string() == text);
    id.ok_or("this is not an id, which is a UUID in lower case")
}

/// Source start and stop, target start and stop, score, confirmed, flagged, bookmarked, notes.
#[derive(Serialize, Deserialize)]
pub(super) struct RowRecord(
    pub(super) usize,
    pub(super) usize,
    pub(super) usize,
    pub(super) usize,
    pub(super) f32,
    pub(super) bool,
    pub(super) bool,
    pub(super) bool,
    pub(super) Vec<NoteRecord>,
);

impl From<&Row> for RowRecord {
    fn from(row: &Row) -> Self {
        let Bead { source, target, score } = &row.bead;
        let Mark { confirmed, flagged, bookmarked, notes } = &row.mark;
        let (source, target) = (source.start..source.end, target.start..target.end);
        let notes = notes.iter().map(NoteRecord::from).collect();
        // What is no probability could not be read again.
        let score = if score.is_nan() { 0.0 } else { score.clamp(0.0, 1.0) };
        Self(source.start, source.end, target.start, target.end, score, *confirmed, *flagged, *bookmarked, notes)
    }
}

impl RowRecord {
    pub(super) fn read(self) -> Result<Row, &'static str> {
        let Self(a, b, c, d, score, confirmed, flagged, bookmarked, notes) = self;
        check_places(&[a, b, c, d])?;
        if a > b || c > d {
            return Err("a row ends before it begins");
        }
        let note = |NoteRecord(id, text): NoteRecord| {
            check_text(&text)?;
            Ok::<_, &'static str>(Note { id: id_of(&id)?, text: text.into() })
        };
        let score = check_score(score.into())?;
        let notes = notes.into_iter().map(note).collect::<Result<_, _>>()?;
        let mark = Mark { confirmed, flagged, bookmarked, notes };
        Ok(Row { bead: Bead { source: a..b, target: c..d, score }, mark })
    }
}

fn rows(records: Vec<RowRecord>) -> Result<Vec<Row>, &'static str> {
    records.into_iter().map(RowRecord::read).collect()
}

/// A step as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepRecord {
    Rows { alignment: String, at: usize, old: Vec<RowRecord>, new: Vec<RowRecord> },
    Segments { document: String, patches: Vec<PatchRecord> },
    Name { document: String, old: (String, String), new: (String, String) },
    Concepts { at: usize, old: Vec<serde_json::Value>, new: Vec<serde_json::Value> },
    Verdict { key: String, old: Option<String>, new: Option<String> },
}

/// Where, the segments that were there, those in their place.
#[derive(Serialize, Deserialize)]
struct PatchRecord(usize, Vec<PieceRecord>, Vec<PieceRecord>);

/// Id, text, kind and unseen bytes of the paragraph it opens, unseen bytes of the one it closes.
#[derive(Serialize, Deserialize)]
struct PieceRecord(u64, String, Option<(String, usize)>, Option<usize>);

impl From<&Piece> for PieceRecord {
    fn from(piece: &Piece) -> Self {
        let opens = piece.opens.map(|Opening { kind, lead }| (kind_name(kind), lead));
        Self(piece.id, kept(&piece.text), opens, piece.closes)
    }
}

impl PieceRecord {
    fn read(self) -> Result<Piece, &'static str> {
        let Self(id, text, opens, closes) = self;
        let name = usize::try_from(id).ok().ok_or(OUT_OF_RANGE)?;
        check_places(&[name, closes.unwrap_or(0)])?;
        check_text(&text)?;
        let opens = match opens {
            Some((kind, lead)) => {
                check_places(&[lead])?;
                Some(Opening { kind: kind_of(&kind).ok_or(NO_KIND)?, lead })
            }
            None => None,
        };
        Ok(Piece { id, text, opens, closes })
    }
}

impl From<&Step> for StepRecord {
    fn from(step: &Step) -> Self {
        let rows = |rows: &[Row]| rows.iter().map(RowRecord::from).collect();
        let pieces = |pieces: &[Piece]| pieces.iter().map(PieceRecord::from).collect();
        let naming = |naming: &Naming| (kept(&naming.name), naming.lang.tag().to_owned());
        let concepts = |concepts: &[Concept]| concepts.iter().map(concept_to_json).collect();
        match step {
            Step::Rows { alignment, at, old, new } => {
                Self::Rows { alignment: alignment.to_string(), at: *at, old: rows(old), new: rows(new) }
            }
            Step::Segments { document, patches } => {
                let record = |patch: &Patch| PatchRecord(patch.at, pieces(&patch.old), pieces(&patch.new));
                Self::Segments { document: document.to_string(), patches: patches.iter().map(record).collect() }
            }
            Step::Name { document, old, new } => {
                Self::Name { document: document.to_string(), old: naming(old), new: naming(new) }
            }
            Step::Concepts { at, old, new } => Self::Concepts { at: *at, old: concepts(old), new: concepts(new) },
            Step::Verdict { key, old, new } => Self::Verdict { key: key.clone(), old: old.clone(), new: new.clone() },
        }
    }
}

impl StepRecord {
    fn read(self) -> Result<Step, &'static str> {
        let pieces =
            |pieces: Vec<PieceRecord>| pieces.into_iter().map(PieceRecord::read).collect::<Result<Vec<_>, _>>();
        let naming = |(name, lang): (String, String)| {
            check_text(&name)?;
            let lang = Lang::parse(&lang).ok().ok_or("a language is none that is known")?;
            Ok::<_, &'static str>(Naming { name, lang })
        };
        let concepts = |values: Vec<serde_json::Value>| {
            values.into_iter().map(concept_of_json).collect::<Option<Vec<_>>>().ok_or("a concept cannot be read")
        };
        let document = |id: String| id_of(&id).map(DocumentId);
        let at = |at| check_places(&[at]).map(|()| at);
        Ok(match self {
            Self::Rows { alignment, at: first, old, new } => {
                let alignment = AlignmentId(id_of(&alignment)?);
                Step::Rows { alignment, at: at(first)?, old: rows(old)?, new: rows(new)? }
            }
            Self::Segments { document: id, patches } => {
                let patch = |PatchRecord(first, old, new)| {
                    Ok::<_, &'static str>(Patch { at: at(first)?, old: pieces(old)?, new: pieces(new)? })
                };
                let patches = patches.into_iter().map(patch).collect::<Result<_, _>>()?;
                Step::Segments { document: document(id)?, patches }
            }
            Self::Name { document: id, old, new } => {
                Step::Name { document: document(id)?, old: naming(old)?, new: naming(new)? }
            }
            Self::Concepts { at: first, old, new } => {
                Step::Concepts { at: at(first)?, old: concepts(old)?, new: concepts(new)? }
            }
            Self::Verdict { key, old, new } => Step::Verdict { key, old, new },
        })
    }
}

/// The steps of an edit.
pub(super) fn to_json(edit: &Edit) -> String {
    let records: Vec<StepRecord> = edit.steps.iter().map(StepRecord::from).collect();
    serde_json::to_string(&records).expect("numbers and strings have a JSON form")
}

/// The steps of an edit as they were kept, or why they are none.
pub(super) fn steps_of_json(steps: &str) -> Result<Vec<Step>, &'static str> {
    let unread = |_| "an entry of the history cannot be read";
    let records: Vec<StepRecord> = serde_json::from_str(steps).map_err(unread)?;
    records.into_iter().map(StepRecord::read).collect()
}

pub(super) fn kind_name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Heading(level) => format!("heading-{level}"),
        BlockKind::Item => "item".to_owned(),
        BlockKind::Verbatim => "verbatim".to_owned(),
    }
}

pub(super) fn kind_of(name: &str) -> Option<BlockKind> {
    Some(match name {
        "paragraph" => BlockKind::Paragraph,
        "item" => BlockKind::Item,
        "verbatim" => BlockKind::Verbatim,
        _ => BlockKind::Heading(name.strip_prefix("heading-")?.parse().ok().filter(|level| (1..=6).contains(level))?),
    })
}

/// Said of a kind that [`kind_of`] does not know.
pub(super) const NO_KIND: &str = "a paragraph is of no kind that is known";
