//! The rows that go out.

use crate::bitext::{Bead, Bitext, Document, notes};
use crate::work::{Mark, Row};

/// Rows of two texts.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The source.
    pub source: &'a Document,
    /// The target.
    pub target: &'a Document,
    /// The rows in reading order; they need not tile the texts.
    pub rows: Vec<Selected<'a>>,
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct Selected<'a> {
    /// Its number among all rows, from 0.
    pub number: usize,
    /// Its segments and its score.
    pub bead: &'a Bead,
    /// What a person has made of it, where persons work on it.
    pub mark: Option<&'a Mark>,
}

impl<'a> Selection<'a> {
    /// Rows of two texts by their numbers.
    pub fn of(source: &'a Document, target: &'a Document, rows: impl Iterator<Item = (usize, &'a Row)>) -> Self {
        let rows = rows.map(|(number, row)| Selected { number, bead: &row.bead, mark: Some(&row.mark) });
        Self { source, target, rows: rows.collect() }
    }

    /// What readers must be told about the two texts.
    pub fn notes(&self) -> Vec<&'a str> {
        notes([self.source, self.target])
    }
}

impl<'a> From<&'a Bitext> for Selection<'a> {
    /// All rows, which nobody has worked on.
    fn from(bitext: &'a Bitext) -> Self {
        let rows = bitext.beads.iter().enumerate().map(|(number, bead)| Selected { number, bead, mark: None });
        Self { source: &bitext.source, target: &bitext.target, rows: rows.collect() }
    }
}
