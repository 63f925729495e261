//! Edits of an alignment as values: made from what is there, applied, taken back, put in words.
//!
//! Beads tile both documents in order, before and after every edit. An [`Edit`] is a row of [`Step`]s, each of which
//! holds what was there and what comes in its place, so its inverse is itself turned round; what an alignment was is
//! never guessed. Edits are made by the functions of [`Alignment`] (merge, split, move, rewrite, change terms …), which
//! refuse what would break the tiling and say why. [`History`] keeps them in order.

mod action;
mod cuts;
mod history;
mod make;
mod terms;
mod texts;

pub use action::Action;
pub use history::History;
pub use make::{Place, Refused};

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::bitext::{Bead, Bitext, Document, is_tiling};
use crate::lang::Lang;
use crate::termbase::{Concept, TermBase};
use crate::text::BlockKind;

/// One side of a bitext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What was translated.
    Source,
    /// Its translation.
    Target,
}

/// Both, source first.
pub const SIDES: [Side; 2] = [Side::Source, Side::Target];

impl Side {
    /// The segments of a bead on this side.
    pub fn of(self, bead: &Bead) -> &Range<usize> {
        match self {
            Self::Source => &bead.source,
            Self::Target => &bead.target,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Source => Self::Target,
            Self::Target => Self::Source,
        }
    }

    fn of_mut(self, bead: &mut Bead) -> &mut Range<usize> {
        match self {
            Self::Source => &mut bead.source,
            Self::Target => &mut bead.target,
        }
    }
}

/// What a person has made of a bead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// It is right as it is.
    pub confirmed: bool,
    /// It is to be looked at again.
    pub flagged: bool,
    /// It is to be found again.
    pub bookmarked: bool,
    /// What there is to say about it; empty for nothing.
    pub note: Box<str>,
}

/// A bead and what a person has made of it: a row of the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The bead. One that a person made has the score 1.
    pub bead: Bead,
    /// What a person has made of it.
    pub mark: Mark,
}

/// Two documents and the rows between them, which tile both sides, with what was decided on terms. A copy costs nothing
/// until one of the two changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    documents: [Arc<Document>; 2],
    rows: Arc<Vec<Row>>,
    terms: Arc<TermBase>,
    /// What was decided on inconsistencies, by the keys of the findings.
    verdicts: Arc<BTreeMap<String, String>>,
    /// The next name for a new segment of either side; a name is never given twice.
    next: [u64; 2],
}

/// What a person did, in one step of undoing.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What it does.
    pub action: Action,
    /// The rows it was asked for, as they were before; empty where it is about a whole document.
    pub rows: Range<usize>,
    /// What changes, in order.
    pub steps: Vec<Step>,
}

/// A change with all that is needed to take it back.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Other rows over the same segments.
    Rows {
        /// The number of the first row.
        at: usize,
        /// The rows that were there.
        old: Vec<Row>,
        /// The rows in their place.
        new: Vec<Row>,
    },
    /// Other segments in the place of some, in text or in number. Each row keeps what it holds.
    Segments {
        /// The side.
        side: Side,
        /// Where, in order, none overlapping.
        patches: Vec<Patch>,
    },
    /// Another name or language of a document.
    Name {
        /// The side.
        side: Side,
        /// What it was.
        old: Naming,
        /// What it is from now on.
        new: Naming,
    },
    /// Other concepts in the term base.
    Concepts {
        /// The number of the first concept.
        at: usize,
        /// The concepts that were there.
        old: Vec<Concept>,
        /// The concepts in their place.
        new: Vec<Concept>,
    },
    /// Another decision on an inconsistency.
    Verdict {
        /// The key of the finding.
        key: String,
        /// What was decided before.
        old: Option<String>,
        /// What is decided from now on.
        new: Option<String>,
    },
}

/// Segments of one row and others in their place; neither is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The number of the first segment, before the whole step.
    pub at: usize,
    /// The segments that were there.
    pub old: Vec<Piece>,
    /// The segments in their place.
    pub new: Vec<Piece>,
}

/// A segment by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name in its document.
    pub id: u64,
    /// Its text as it stands, white space and marks of the format included.
    pub text: String,
    /// The paragraph, heading or item that begins with it.
    pub opens: Option<Opening>,
    /// How many bytes at its end no reader sees, where a paragraph ends with it.
    pub closes: Option<usize>,
}

/// The beginning of a paragraph, heading or item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What it is.
    pub kind: BlockKind,
    /// How many bytes at its beginning no reader sees.
    pub lead: usize,
}

/// How a document is called, and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The name.
    pub name: String,
    /// The language.
    pub lang: Lang,
}

impl Edit {
    /// What takes it back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { steps: self.steps.into_iter().rev().map(Step::inverse).collect(), ..self }
    }

    /// What was done, as an infinitive with its rows: `merge rows 12–13`.
    pub fn name(&self) -> String {
        self.action.of_rows(&self.rows)
    }
}

impl Step {
    /// What takes it back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Rows { at, old, new } => Self::Rows { at, old: new, new: old },
            Self::Segments { side, patches } => Self::Segments { side, patches: cuts::inverse(patches) },
            Self::Name { side, old, new } => Self::Name { side, old: new, new: old },
            Self::Concepts { at, old, new } => Self::Concepts { at, old: new, new: old },
            Self::Verdict { key, old, new } => Self::Verdict { key, old: new, new: old },
        }
    }
}

/// An edit that was made for something else than what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the edit does not fit the alignment")]
pub struct Misfit;

impl Alignment {
    /// The alignment that an aligner found, nothing confirmed.
    pub fn new(bitext: Bitext) -> Self {
        let rows = bitext.beads.into_iter().map(|bead| Row { bead, mark: Mark::default() }).collect();
        Self::of([bitext.source, bitext.target], rows)
    }

    /// Rows as they were kept; `None` where they do not tile the segments of both documents.
    pub fn from_rows(source: Arc<Document>, target: Arc<Document>, rows: Vec<Row>) -> Option<Self> {
        let out = Self::of([source, target], rows);
        out.is_tiled().then_some(out)
    }

    fn of(documents: [Arc<Document>; 2], rows: Vec<Row>) -> Self {
        let next = |document: &Arc<Document>| document.segments.iter().map(|one| one.id + 1).max().unwrap_or(0);
        let (terms, verdicts) = (Arc::default(), Arc::default());
        Self { next: [next(&documents[0]), next(&documents[1])], documents, rows: Arc::new(rows), terms, verdicts }
    }

    /// The same with a term base and what was decided on inconsistencies.
    #[must_use]
    pub fn with_terms(self, terms: TermBase, verdicts: BTreeMap<String, String>) -> Self {
        Self { terms: Arc::new(terms), verdicts: Arc::new(verdicts), ..self }
    }

    /// Whether the rows tile the segments of both documents: what always holds, checked in tests.
    pub fn is_tiled(&self) -> bool {
        let [source, target] = SIDES.map(|side| self.document(side).segments.len());
        is_tiling(self.rows.iter().map(|row| &row.bead), source, target)
    }

    /// The rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The document of one side.
    pub fn document(&self, side: Side) -> &Arc<Document> {
        &self.documents[side as usize]
    }

    /// What was decided on terms.
    pub fn terms(&self) -> &TermBase {
        &self.terms
    }

    /// What was decided on inconsistencies, by the keys of the findings.
    pub fn verdicts(&self) -> &BTreeMap<String, String> {
        &self.verdicts
    }

    /// Both documents and the beads without what a person has made of them.
    pub fn bitext(&self) -> Bitext {
        let [source, target] = self.documents.clone();
        Bitext { source, target, beads: self.rows.iter().map(|row| row.bead.clone()).collect() }
    }

    /// The number of the row that holds a segment.
    pub fn row_of(&self, side: Side, segment: usize) -> Option<usize> {
        let row = self.rows.partition_point(|row| side.of(&row.bead).end <= segment);
        self.rows.get(row).filter(|row| side.of(&row.bead).contains(&segment)).map(|_| row)
    }

    /// The number of the row in which a byte of a document stands; 0 where there is none.
    pub fn row_at(&self, side: Side, byte: usize) -> usize {
        let segment = self.document(side).segments.partition_point(|segment| segment.span.end <= byte);
        self.row_of(side, segment).unwrap_or(0)
    }

    /// Never gives a name again that an edit gave to a segment, even where it is not in force.
    pub fn remember_names(&mut self, edit: &Edit) {
        for step in &edit.steps {
            if let Step::Segments { side, patches } = step {
                let pieces = patches.iter().flat_map(|patch| patch.old.iter().chain(&patch.new));
                let next = &mut self.next[*side as usize];
                *next = pieces.map(|piece| piece.id + 1).fold(*next, u64::max);
            }
        }
    }

    /// Carries out the steps of an edit.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Misfit> {
        for (number, step) in edit.steps.iter().enumerate() {
            if self.take(step).is_err() {
                // A copy to go back to would cost as much as the whole alignment.
                for done in edit.steps[..number].iter().rev() {
                    self.take(&done.clone().inverse())?;
                }
                return Err(Misfit);
            }
        }
        self.remember_names(edit);
        Ok(())
    }

    /// Carries out one step, or changes nothing.
    fn take(&mut self, step: &Step) -> Result<(), Misfit> {
        match step {
            Step::Rows { at, old, new } => {
                let range = *at..at + old.len();
                if self.rows.get(range.clone()) != Some(old.as_slice()) || !cover_the_same(old, new) {
                    return Err(Misfit);
                }
                Arc::make_mut(&mut self.rows).splice(range, new.iter().cloned());
            }
            Step::Segments { side, patches } => self.patch(*side, patches)?,
            Step::Name { side, old, new } => {
                let document = &mut self.documents[*side as usize];
                if document.name != old.name || document.lang != old.lang {
                    return Err(Misfit);
                }
                let document = Arc::make_mut(document);
                document.name.clone_from(&new.name);
                document.lang = new.lang.clone();
            }
            Step::Concepts { at, old, new } => self.take_concepts(*at, old, new)?,
            Step::Verdict { key, old, new } => self.take_verdict(key, old.as_ref(), new.as_ref())?,
        }
        Ok(())
    }
}

/// Whether rows hold, in order, the segments that others hold, so that they may stand in their place.
fn cover_the_same(old: &[Row], new: &[Row]) -> bool {
    let (Some(first), Some(last)) = (old.first(), old.last()) else { return new.is_empty() };
    let mut at = (first.bead.source.start, first.bead.target.start);
    let follows = |Row { bead, .. }: &Row| {
        let fits = (bead.source.start, bead.target.start) == at;
        at = (bead.source.end, bead.target.end);
        fits && bead.source.start <= bead.source.end && bead.target.start <= bead.target.end
    };
    new.iter().all(follows) && at == (last.bead.source.end, last.bead.target.end)
}

#[cfg(test)]
mod tests;
