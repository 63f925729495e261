use serde::{Deserialize, Serialize};

use crate::bitext::Bead;
use crate::edit::{Mark, Row};
use crate::text::BlockKind;

/// Source start and stop, target start and stop, score, confirmed, flagged, note.
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
);

impl From<&Row> for RowRecord {
    fn from(row: &Row) -> Self {
        let Bead { source, target, score } = &row.bead;
        let Mark { confirmed, flagged, note } = &row.mark;
        Self(source.start, source.end, target.start, target.end, *score, *confirmed, *flagged, note.clone())
    }
}

impl From<RowRecord> for Row {
    fn from(record: RowRecord) -> Self {
        let RowRecord(a, b, c, d, score, confirmed, flagged, note) = record;
        Self { bead: Bead { source: a..b, target: c..d, score }, mark: Mark { confirmed, flagged, note } }
    }
}

pub(super) fn to_json(rows: &[Row]) -> String {
    let records: Vec<RowRecord> = rows.iter().map(RowRecord::from).collect();
    serde_json::to_string(&records).expect("numbers and strings have a JSON form")
}

pub(super) fn from_json(json: &str) -> Option<Vec<Row>> {
    let records: Vec<RowRecord> = serde_json::from_str(json).ok()?;
    Some(records.into_iter().map(Row::from).collect())
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
