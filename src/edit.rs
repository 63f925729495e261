//! Edits of an alignment as values: made from what is there, applied, taken back, put in words.
//!
//! Beads tile both documents in order, before and after every edit. An [`Edit`] replaces some beads by others over the
//! same segments and holds both, so its inverse is itself turned round; what an alignment was is never guessed. Edits
//! are made by the functions of [`Alignment`] (merge, split, move …), which refuse what would break the tiling and say
//! why. [`History`] keeps them in order.

mod history;
mod make;

pub use history::History;
pub use make::{Place, Refused};

use std::ops::Range;

use crate::bitext::{Bead, is_tiling};

/// One side of a bitext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// What there is to say about it; empty for nothing.
    pub note: String,
}

/// A bead and what a person has made of it: a row of the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The bead. One that a person made has the score 1.
    pub bead: Bead,
    /// What a person has made of it.
    pub mark: Mark,
}

/// The rows of a bitext, tiling both sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    rows: Vec<Row>,
}

/// Some rows, and others over the same segments in their place.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What was done, as an infinitive with its rows: `merge rows 12–13`.
    pub name: String,
    /// The number of the first row.
    pub at: usize,
    /// The rows that were there.
    pub old: Vec<Row>,
    /// The rows in their place.
    pub new: Vec<Row>,
}

impl Edit {
    /// What takes it back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { old: self.new, new: self.old, ..self }
    }
}

/// An edit that was made for other rows than those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the edit does not fit the alignment at row {0}")]
pub struct Misfit(pub usize);

impl Alignment {
    /// The alignment that an aligner found, nothing confirmed.
    pub fn new(beads: Vec<Bead>) -> Self {
        Self { rows: beads.into_iter().map(|bead| Row { bead, mark: Mark::default() }).collect() }
    }

    /// Rows as they were kept; `None` where they do not tile `source` and `target` segments.
    pub fn from_rows(rows: Vec<Row>, source: usize, target: usize) -> Option<Self> {
        let out = Self { rows };
        out.tiles(source, target).then_some(out)
    }

    /// Whether the rows tile `source` and `target` segments.
    pub fn tiles(&self, source: usize, target: usize) -> bool {
        is_tiling(self.rows.iter().map(|row| &row.bead), source, target)
    }

    /// The rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Puts the new rows of an edit in the place of the old.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Misfit> {
        let range = edit.at..edit.at + edit.old.len();
        if self.rows.get(range.clone()) != Some(edit.old.as_slice()) {
            return Err(Misfit(edit.at));
        }
        self.rows.splice(range, edit.new.iter().cloned());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
