//! What an edit touched: for whoever counts, searches or shows a work.

use super::{Patch, Piece, Step};
use crate::bitext::Document;
use crate::text::Span;
use crate::work::{AlignmentId, DocumentId, Row, Work};

/// What an edit touched, in the order of its steps; numbers of rows and segments are those after each step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    /// Rows that took the place of others.
    pub rows: Vec<Exchanged>,
    /// Texts that changed.
    pub texts: Vec<Reworded>,
    /// Whether a document has another name or language.
    pub names: bool,
    /// Whether the term base changed.
    pub concepts: bool,
    /// Whether something was decided on an inconsistency.
    pub verdicts: bool,
}

/// Rows in the place of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchanged {
    /// The alignment.
    pub alignment: AlignmentId,
    /// The number of the first row.
    pub at: usize,
    /// The rows that were there.
    pub old: Vec<Row>,
    /// The rows in their place.
    pub new: Vec<Row>,
}

/// A text that changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reworded {
    /// The document.
    pub document: DocumentId,
    /// The first segment of each place that changed, in order.
    pub segments: Vec<usize>,
    /// What became of its bytes.
    pub moves: Moves,
}

/// How the bytes of a text moved when it was changed at some places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(Vec<Move>);

/// One place that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    /// Where it began and ended before.
    start: usize,
    end: usize,
    /// How many bytes were taken out up to its end, and how many came in.
    taken: usize,
    come: usize,
}

impl Touched {
    /// Whether only terms or decisions on them changed.
    pub fn is_of_terms(&self) -> bool {
        self.rows.is_empty() && self.texts.is_empty() && !self.names
    }

    /// Takes in a step that has been carried out; `moves` are those of its text.
    pub(super) fn take(&mut self, step: &Step, moves: Moves) {
        match step {
            Step::Rows { alignment, at, old, new } => {
                let (old, new) = (old.clone(), new.clone());
                self.rows.push(Exchanged { alignment: *alignment, at: *at, old, new });
            }
            Step::Segments { document, patches } => {
                let mut shift = (0, 0);
                let segments = patches.iter().map(|patch| {
                    let at = patch.at + shift.0 - shift.1;
                    shift = (shift.0 + patch.new.len(), shift.1 + patch.old.len());
                    at
                });
                let segments = segments.collect();
                self.texts.push(Reworded { document: *document, segments, moves });
            }
            Step::Name { .. } => self.names = true,
            Step::Concepts { .. } => self.concepts = true,
            Step::Verdict { .. } => self.verdicts = true,
        }
    }
}

impl Exchanged {
    /// Whether the rows hold other segments than before, and not only other marks.
    pub fn is_aligned_anew(&self) -> bool {
        let same = |(old, new): (&Row, &Row)| old.bead == new.bead;
        self.old.len() != self.new.len() || !self.old.iter().zip(&self.new).all(same)
    }
}

impl Moves {
    /// How a step will move the bytes of a document.
    pub(super) fn of(work: &Work, step: &Step) -> Self {
        match step {
            Step::Segments { document, patches } => {
                work.document(*document).map_or_else(Self::default, |document| Self::of_patches(document, patches))
            }
            _ => Self::default(),
        }
    }

    fn of_patches(document: &Document, patches: &[Patch]) -> Self {
        let text = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        let mut out = Self::default();
        let (mut taken, mut come) = (0, 0);
        for patch in patches {
            let (old, new) = (text(&patch.old), text(&patch.new));
            let Some(segment) = document.segments.get(patch.at).filter(|_| old != new) else { continue };
            (taken, come) = (taken + old.len(), come + new.len());
            let start = segment.span.start;
            out.0.push(Move { start, end: start + old.len(), taken, come });
        }
        out
    }

    /// Where some bytes stand now; nothing where they changed themselves.
    pub fn place(&self, span: &Span) -> Option<Span> {
        let before = self.0.partition_point(|place| place.end <= span.start);
        if self.0.get(before).is_some_and(|place| place.start < span.end) {
            return None;
        }
        let (taken, come) = before.checked_sub(1).map_or((0, 0), |last| (self.0[last].taken, self.0[last].come));
        Some(span.start + come - taken..span.end + come - taken)
    }
}
