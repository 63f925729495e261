//! Why rows should be looked at, kept beside them: numbers, names and lengths that do not fit.

use std::ops::Range;

use super::{SIDES, Session, Side};
use crate::doubt::{Reason, Usual, reasons};
use crate::edit::{Alignment, Row};
use crate::gui::session::DOUBTFUL;
use crate::gui::words::word;
use crate::task::{Cancelled, Ctl};

const NUMBERS: u8 = 1;
const NAMES: u8 = 2;
const LENGTH: u8 = 4;
/// Not looked at yet.
const UNKNOWN: u8 = 128;

/// What there is to doubt in each row, besides the score.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct Doubts {
    usual: Option<Usual>,
    of: Vec<u8>,
    /// Grows when all rows were looked at.
    pub(in crate::gui) revision: u64,
    /// Rows that changed while all of them were being looked at.
    since: Vec<(usize, usize, usize)>,
}

/// Looks at all rows.
///
/// # Errors
/// [`Cancelled`].
pub(in crate::gui) fn found_doubts(ctl: &Ctl, alignment: &Alignment) -> Result<Doubts, Cancelled> {
    let bytes = |row: &Row| {
        let [source, target] = SIDES.map(|side| {
            let segments = side.of(&row.bead);
            alignment.document(side).raw_range(segments.clone()).len()
        });
        (source, target)
    };
    let usual = Usual::of(alignment.rows().iter().map(bytes));
    let mut of = Vec::with_capacity(alignment.rows().len());
    for (at, row) in alignment.rows().iter().enumerate() {
        if at % 256 == 0 {
            ctl.step("comparing numbers and names", at, alignment.rows().len())?;
        }
        of.push(look(&usual, alignment, row));
    }
    Ok(Doubts { usual: Some(usual), of, ..Doubts::default() })
}

fn look(usual: &Usual, alignment: &Alignment, row: &Row) -> u8 {
    if row.bead.source.is_empty() || row.bead.target.is_empty() {
        return 0;
    }
    found(usual, alignment, row).iter().fold(0, |sum, reason| {
        sum | match reason {
            Reason::Numbers { .. } => NUMBERS,
            Reason::Names { .. } => NAMES,
            Reason::Length { .. } => LENGTH,
        }
    })
}

fn found(usual: &Usual, alignment: &Alignment, row: &Row) -> Vec<Reason> {
    let [source, target] = SIDES.map(|side| {
        let document = alignment.document(side);
        (document.shown(side.of(&row.bead).clone()).text, document.lang.language())
    });
    reasons(usual, (&source.0, source.1), (&target.0, target.1))
}

/// Whether a row is to be looked at, by its score, its marks, and whether anything in it is odd.
fn is_doubtful(row: &Row, odd: bool) -> bool {
    row.mark.flagged || (!row.mark.confirmed && (row.bead.score < DOUBTFUL || odd))
}

impl Session {
    /// All rows were looked at; those that changed meanwhile are looked at now.
    pub(in crate::gui) fn take_doubts(&mut self, mut found: Doubts) {
        for (at, old, new) in std::mem::take(&mut self.doubts.since) {
            found.of.splice(at..at + old, std::iter::repeat_n(UNKNOWN, new));
        }
        if let Some(usual) = found.usual {
            for (doubt, row) in found.of.iter_mut().zip(self.alignment.rows()) {
                if *doubt == UNKNOWN {
                    *doubt = look(&usual, &self.alignment, row);
                }
            }
        }
        found.revision = self.doubts.revision + 1;
        self.doubts = found;
        self.count_rows();
    }

    /// Rows took the place of others, which are counted instead of all.
    pub(in crate::gui) fn exchange(&mut self, at: usize, old: &[Row], new: &[Row]) {
        self.doubtful -= self.count_doubtful(at, old);
        self.confirmed -= old.iter().filter(|row| row.mark.confirmed).count();
        let same = |(old, new): (&Row, &Row)| old.bead == new.bead;
        if old.len() != new.len() || !old.iter().zip(new).all(same) {
            self.splice_doubts(at, old.len(), new.len());
        }
        self.doubtful += self.count_doubtful(at, new);
        self.confirmed += new.iter().filter(|row| row.mark.confirmed).count();
    }

    /// How many of some rows are doubtful, the first of which has this number.
    fn count_doubtful(&self, at: usize, rows: &[Row]) -> usize {
        let odd = |row: usize| self.doubts.of.get(row).is_some_and(|doubt| *doubt != 0);
        rows.iter().enumerate().filter(|(number, row)| is_doubtful(row, odd(at + number))).count()
    }

    /// The text of a row changed.
    pub(in crate::gui) fn look_again(&mut self, row: usize) {
        let was = self.is_doubtful(row);
        self.splice_doubts(row, 1, 1);
        self.doubtful = self.doubtful + usize::from(self.is_doubtful(row)) - usize::from(was);
    }

    fn splice_doubts(&mut self, at: usize, old: usize, new: usize) {
        let Some(usual) = self.doubts.usual else {
            self.doubts.since.push((at, old, new));
            return;
        };
        let rows = self.alignment.rows();
        // Of an edit of several steps the rows are those of the end: what is behind them is looked at with the last.
        let look = |at: usize| rows.get(at).map_or(UNKNOWN, |row| look(&usual, &self.alignment, row));
        let found: Vec<u8> = (at..at + new).map(look).collect();
        let end = (at + old).min(self.doubts.of.len());
        self.doubts.of.splice(at.min(end)..end, found);
    }

    /// What there is to doubt in a row besides its score, in words.
    pub(in crate::gui) fn reasons(&self, row: usize) -> Vec<&'static str> {
        let doubt = self.doubts.of.get(row).copied().unwrap_or(0);
        [
            (NUMBERS, word("numbers differ")),
            (NAMES, word("a name is missing")),
            (LENGTH, word("the lengths do not fit")),
        ]
        .into_iter()
        .filter(|(flag, _)| doubt & flag != 0)
        .map(|(_, word)| word)
        .collect()
    }

    /// The numbers and names that the other side lacks, in bytes of the text of a cell.
    pub(in crate::gui) fn lacking(&self, row: usize, side: Side) -> Vec<Range<usize>> {
        let (Some(usual), Some(at)) = (self.doubts.usual, self.at(row)) else { return Vec::new() };
        if self.doubts.of.get(row).is_none_or(|doubt| doubt & (NUMBERS | NAMES) == 0) {
            return Vec::new();
        }
        let spans = |reason: Reason| match (reason, side) {
            (Reason::Numbers { source, .. }, Side::Source) => source.into_iter().map(|figure| figure.span).collect(),
            (Reason::Numbers { target, .. }, Side::Target) => target.into_iter().map(|figure| figure.span).collect(),
            (Reason::Names { source, .. }, Side::Source) => source,
            (Reason::Names { target, .. }, Side::Target) => target,
            (Reason::Length { .. }, _) => Vec::new(),
        };
        found(&usual, &self.alignment, at).into_iter().flat_map(spans).collect()
    }

    /// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
    pub(in crate::gui) fn is_doubtful(&self, row: usize) -> bool {
        self.at(row).is_some_and(|at| is_doubtful(at, self.doubts.of.get(row).is_some_and(|doubt| *doubt != 0)))
    }

    /// All rows, each with whether it is to be looked at.
    pub(in crate::gui) fn with_doubts(&self) -> impl Iterator<Item = (&Row, bool)> {
        let odd = self.doubts.of.iter().map(|doubt| *doubt != 0).chain(std::iter::repeat(false));
        self.alignment.rows().iter().zip(odd).map(|(row, odd)| (row, is_doubtful(row, odd)))
    }

    /// How much a row is to be doubted: the probability that it is wrong, more where there are reasons to doubt it.
    pub(in crate::gui) fn doubt(&self, row: usize) -> f32 {
        let reasons = self.doubts.of.get(row).map_or(0, |doubt| doubt.count_ones());
        let trust = self.score(row) * [1.0, 0.6, 0.4, 0.3][reasons.min(3) as usize];
        let flagged = if self.is_flagged(row) { 1.0 } else { 0.0 };
        1.0 - trust + flagged
    }
}
