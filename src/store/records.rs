//! The forms in which rows and edits are kept, as JSON.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::bitext::Bead;
use crate::edit::{Action, Edit, Mark, Naming, Opening, Patch, Piece, Row, Side, Step};
use crate::exchange::terms::{concept_of_json, concept_to_json};
use crate::lang::Lang;
use crate::termbase::Concept;
use crate::text::BlockKind;

/// Source start and stop, target start and stop, score, confirmed, flagged, note, bookmarked.
#[derive(Serialize, Deserialize)]
pub(super) struct RowRecord(
    pub(super) usize,
    pub(super) usize,
    pub(super) usize,
    pub(super) usize,
    pub(super) f32,
    pub(super) bool,
    pub(super) bool,
    pub(super) String,
    // Version 1 had none.
    #[serde(default)] pub(super) bool,
);

impl From<&Row> for RowRecord {
    fn from(row: &Row) -> Self {
        let Bead { source, target, score } = &row.bead;
        let Mark { confirmed, flagged, bookmarked, note } = &row.mark;
        let (source, target) = (source.start..source.end, target.start..target.end);
        let note = note.to_string();
        Self(source.start, source.end, target.start, target.end, *score, *confirmed, *flagged, note, *bookmarked)
    }
}

impl From<RowRecord> for Row {
    fn from(record: RowRecord) -> Self {
        let RowRecord(a, b, c, d, score, confirmed, flagged, note, bookmarked) = record;
        let mark = Mark { confirmed, flagged, bookmarked, note: note.into() };
        Self { bead: Bead { source: a..b, target: c..d, score }, mark }
    }
}

/// A step as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepRecord {
    Rows { at: usize, old: Vec<RowRecord>, new: Vec<RowRecord> },
    Segments { side: u8, patches: Vec<PatchRecord> },
    Name { side: u8, old: (String, String), new: (String, String) },
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
        Self(piece.id, piece.text.clone(), opens, piece.closes)
    }
}

impl PieceRecord {
    fn read(self) -> Option<Piece> {
        let Self(id, text, opens, closes) = self;
        let opens = match opens {
            Some((kind, lead)) => Some(Opening { kind: kind_of(&kind)?, lead }),
            None => None,
        };
        Some(Piece { id, text, opens, closes })
    }
}

impl From<&Step> for StepRecord {
    fn from(step: &Step) -> Self {
        let rows = |rows: &[Row]| rows.iter().map(RowRecord::from).collect();
        let pieces = |pieces: &[Piece]| pieces.iter().map(PieceRecord::from).collect();
        let naming = |naming: &Naming| (naming.name.clone(), naming.lang.tag().to_owned());
        let concepts = |concepts: &[Concept]| concepts.iter().map(concept_to_json).collect();
        match step {
            Step::Rows { at, old, new } => Self::Rows { at: *at, old: rows(old), new: rows(new) },
            Step::Segments { side, patches } => {
                let record = |patch: &Patch| PatchRecord(patch.at, pieces(&patch.old), pieces(&patch.new));
                Self::Segments { side: *side as u8, patches: patches.iter().map(record).collect() }
            }
            Step::Name { side, old, new } => Self::Name { side: *side as u8, old: naming(old), new: naming(new) },
            Step::Concepts { at, old, new } => Self::Concepts { at: *at, old: concepts(old), new: concepts(new) },
            Step::Verdict { key, old, new } => Self::Verdict { key: key.clone(), old: old.clone(), new: new.clone() },
        }
    }
}

impl StepRecord {
    fn read(self) -> Option<Step> {
        let rows = |rows: Vec<RowRecord>| rows.into_iter().map(Row::from).collect();
        let pieces = |pieces: Vec<PieceRecord>| pieces.into_iter().map(PieceRecord::read).collect::<Option<Vec<_>>>();
        let naming = |(name, lang): (String, String)| Some(Naming { name, lang: Lang::parse(&lang).ok()? });
        let concepts =
            |values: Vec<serde_json::Value>| values.into_iter().map(concept_of_json).collect::<Option<Vec<_>>>();
        let of = |side| match side {
            0 => Some(Side::Source),
            1 => Some(Side::Target),
            _ => None,
        };
        Some(match self {
            Self::Rows { at, old, new } => Step::Rows { at, old: rows(old), new: rows(new) },
            Self::Segments { side, patches } => {
                let patch = |PatchRecord(at, old, new)| Some(Patch { at, old: pieces(old)?, new: pieces(new)? });
                Step::Segments { side: of(side)?, patches: patches.into_iter().map(patch).collect::<Option<_>>()? }
            }
            Self::Name { side, old, new } => Step::Name { side: of(side)?, old: naming(old)?, new: naming(new)? },
            Self::Concepts { at, old, new } => Step::Concepts { at, old: concepts(old)?, new: concepts(new)? },
            Self::Verdict { key, old, new } => Step::Verdict { key, old, new },
        })
    }
}

/// The steps of an edit.
pub(super) fn to_json(edit: &Edit) -> String {
    let records: Vec<StepRecord> = edit.steps.iter().map(StepRecord::from).collect();
    serde_json::to_string(&records).expect("numbers and strings have a JSON form")
}

/// An edit by the word for its action, its rows and its steps.
pub(super) fn from_json(action: &str, rows: Range<usize>, steps: &str) -> Option<Edit> {
    let records: Vec<StepRecord> = serde_json::from_str(steps).ok()?;
    let steps = records.into_iter().map(StepRecord::read).collect::<Option<_>>()?;
    Some(Edit { action: Action::of_code(action)?, rows, steps })
}

/// An entry of version 1: a name in words, the first row, the rows that were there and those in their place.
pub(super) fn from_version_1(name: &str, at: usize, old: &str, new: &str) -> Option<Edit> {
    let rows = |json: &str| -> Option<Vec<Row>> {
        let records: Vec<RowRecord> = serde_json::from_str(json).ok()?;
        Some(records.into_iter().map(Row::from).collect())
    };
    let action = Action::all().find(|action| {
        let rest = name.strip_prefix(action.phrase()).and_then(|rest| rest.strip_prefix(" row"));
        rest.is_some_and(|rest| rest.starts_with(' ') || rest.starts_with("s "))
    })?;
    let digits = |part: &str| part.trim().parse::<usize>().ok();
    let numbers = name.rsplit_once(' ').map_or(name, |(_, last)| last);
    let (first, last) = numbers.split_once('–').unwrap_or((numbers, numbers));
    let named = digits(first)?.checked_sub(1)?..digits(last)?;
    let step = Step::Rows { at, old: rows(old)?, new: rows(new)? };
    Some(Edit { action, rows: named, steps: vec![step] })
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
        _ => BlockKind::Heading(name.strip_prefix("heading-")?.parse().ok()?),
    })
}
