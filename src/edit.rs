//! Edits of a work as values: made from what is there, applied, taken back, put in words.
//!
//! Beads tile both documents of every alignment in order, before and after every edit. An [`Edit`] is a list of
//! [`Step`]s, each of which holds what was there and what comes in its place, so its inverse is itself turned round; what
//! a work was is never guessed. Edits are made by the functions of [`Aligned`](crate::work::Aligned) (merge, split, move, rewrite …) and
//! [`Work`] (change terms …), which refuse what would break the tiling and say why. [`History`] keeps them in order.

mod action;
mod balance;
mod cuts;
mod decisions;
mod history;
mod make;
mod terms;
mod texts;
mod touched;

pub use action::Action;
pub use history::History;
pub use make::{Place, Refused};
pub use touched::{Exchanged, Moves, Reworded, Touched};

use std::ops::Range;
use std::sync::Arc;

use crate::lang::Lang;
use crate::notice::{Notice, Tell, notice};
use crate::origin::Origin;
use crate::termbase::Concept;
use crate::text::BlockKind;
use crate::work::{AlignmentId, DocumentId, Row, Work};

/// What a person did, in one step of undoing.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What it does.
    pub action: Action,
    /// The alignment it was asked for; none where it is about terms.
    pub alignment: Option<AlignmentId>,
    /// The rows of that alignment it was asked for, as they were before; empty where it is about a whole document.
    pub rows: Range<usize>,
    /// What changes, in order.
    pub steps: Vec<Step>,
    /// Who made it and when; none where that was not kept yet.
    pub origin: Option<Origin>,
}

/// A change with all that is needed to take it back.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Other rows over the same segments.
    Rows {
        /// The alignment.
        alignment: AlignmentId,
        /// The number of the first row.
        at: usize,
        /// The rows that were there.
        old: Vec<Row>,
        /// The rows in their place.
        new: Vec<Row>,
    },
    /// Other segments in the place of some, in text or in number. Each row of every alignment keeps what it holds.
    Segments {
        /// The document.
        document: DocumentId,
        /// Where, in order, none overlapping.
        patches: Vec<Patch>,
    },
    /// Another name or language of a document.
    Name {
        /// The document.
        document: DocumentId,
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
    /// The same, made by somebody at some time.
    #[must_use]
    pub fn by(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

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
            Self::Rows { alignment, at, old, new } => Self::Rows { alignment, at, old: new, new: old },
            Self::Segments { document, patches } => Self::Segments { document, patches: cuts::inverse(patches) },
            Self::Name { document, old, new } => Self::Name { document, old: new, new: old },
            Self::Concepts { at, old, new } => Self::Concepts { at, old: new, new: old },
            Self::Verdict { key, old, new } => Self::Verdict { key, old: new, new: old },
        }
    }
}

/// An edit that was made for something else than what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub struct Misfit;

impl Tell for Misfit {
    fn tell(&self) -> Notice {
        notice!("the edit does not fit the work")
    }
}

impl Work {
    /// Never gives a number again that an edit gave to a segment, even where it is not in force.
    pub fn remember_segments(&mut self, edit: &Edit) {
        for step in &edit.steps {
            if let Step::Segments { document, patches } = step {
                for piece in patches.iter().flat_map(|patch| patch.old.iter().chain(&patch.new)) {
                    self.remember_segment(*document, piece.id);
                }
            }
        }
    }

    /// Carries out the steps of an edit; gives what it touched.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<Touched, Misfit> {
        let mut touched = Touched::default();
        for (number, step) in edit.steps.iter().enumerate() {
            let moves = Moves::of(self, step);
            if self.take(step).is_err() {
                // A copy to go back to would cost as much as the whole work.
                for done in edit.steps[..number].iter().rev() {
                    self.take(&done.clone().inverse())?;
                }
                return Err(Misfit);
            }
            touched.take(step, moves);
        }
        self.remember_segments(edit);
        Ok(touched)
    }

    /// Carries out one step, or changes nothing.
    fn take(&mut self, step: &Step) -> Result<(), Misfit> {
        match step {
            Step::Rows { alignment, at, old, new } => {
                let range = *at..at + old.len();
                let rows = self.rows_mut(*alignment).ok_or(Misfit)?;
                if rows.get(range.clone()) != Some(old.as_slice()) || !cover_the_same(old, new) {
                    return Err(Misfit);
                }
                Arc::make_mut(rows).splice(range, new.iter().cloned());
            }
            Step::Segments { document, patches } => self.patch(*document, patches)?,
            Step::Name { document, old, new } => {
                let document = self.document_mut(*document).ok_or(Misfit)?;
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
