//! Making edits: each function looks at the rows there are and says what would change.

use std::cmp::Ordering;
use std::ops::Range;

use super::{Action, Edit, Step};
use crate::bitext::{Bead, SIDES, Side, is_tiling};
use crate::work::{Aligned, Mark, Row};

/// Why an edit cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub enum Refused {
    /// There is no such row, or no row after or before it.
    NoRow,
    /// The side has no segment to move.
    NothingThere,
    /// Both parts of a row must hold something.
    EmptyPart,
    /// A row with one side, or with one segment on each, holds nothing to part.
    Alone,
    /// Only rows with one side each can change places: segments keep their order.
    Crossing,
    /// A segment without text is none.
    NoText,
    /// Nothing would change.
    NoChange,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::NoRow, Self::NothingThere, Self::EmptyPart, Self::Alone, Self::Crossing, Self::NoText, Self::NoChange];

    /// What a reader is told.
    pub fn text(self) -> &'static str {
        match self {
            Self::NoRow => "there is no row to do this with",
            Self::NothingThere => "there is nothing on this side to move",
            Self::EmptyPart => "one part would be empty; move a segment instead",
            Self::Alone => "there is nothing to part in this row",
            Self::Crossing => "only a row without a source and one without a target can change places",
            Self::NoText => "a segment needs some text",
            Self::NoChange => "it is so already",
        }
    }
}

/// Where a row is split: before which segment of either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first source segment of the second part.
    pub source: usize,
    /// The first target segment of the second part.
    pub target: usize,
}

impl Aligned<'_> {
    /// Puts rows together.
    ///
    /// # Errors
    /// [`Refused::NoRow`] for fewer than two.
    pub fn merge(self, rows: Range<usize>) -> Result<Edit, Refused> {
        let old = self.rows().get(rows.clone()).filter(|old| old.len() > 1).ok_or(Refused::NoRow)?;
        let (first, last) = (&old[0].bead, &old[old.len() - 1].bead);
        let bead = by_hand(first.source.start..last.source.end, first.target.start..last.target.end);
        let row = Row { bead, mark: joined(old) };
        Ok(self.edit(Action::Merge, rows, vec![row]))
    }

    /// Cuts a row in two.
    ///
    /// # Errors
    /// [`Refused::NoRow`], or [`Refused::EmptyPart`] where one part would hold nothing.
    pub fn split(self, row: usize, at: Place) -> Result<Edit, Refused> {
        let old = self.rows().get(row).ok_or(Refused::NoRow)?;
        let Bead { source, target, .. } = &old.bead;
        let within = |range: &Range<usize>, at: usize| range.start <= at && at <= range.end;
        if !within(source, at.source) || !within(target, at.target) {
            return Err(Refused::NoRow);
        }
        let parts = [
            by_hand(source.start..at.source, target.start..at.target),
            by_hand(at.source..source.end, at.target..target.end),
        ];
        if parts.iter().any(is_empty) {
            return Err(Refused::EmptyPart);
        }
        let rows = Self::parted(old, parts);
        Ok(self.edit(Action::Split, row..row + 1, rows))
    }

    /// Where a row is split when nobody says where: the first segment of each side from the rest; for a side of one
    /// segment, from nothing.
    pub fn middle(self, row: usize) -> Option<Place> {
        let Bead { source, target, .. } = &self.rows().get(row)?.bead;
        let after_first = |range: &Range<usize>| (range.start + 1).min(range.end);
        Some(Place { source: after_first(source), target: after_first(target) })
    }

    /// Moves the last segment of a side into the row below, which is made where the row is the last.
    ///
    /// # Errors
    /// [`Refused::NoRow`], [`Refused::NothingThere`], or [`Refused::Alone`] where the row would only move on.
    pub fn move_down(self, row: usize, side: Side) -> Result<Edit, Refused> {
        let old = self.rows().get(row).ok_or(Refused::NoRow)?;
        let border = side.of(&old.bead).clone().next_back().ok_or(Refused::NothingThere)?;
        let none = Row { bead: by_hand(ends(&old.bead.source), ends(&old.bead.target)), mark: Mark::default() };
        let below = self.rows().get(row + 1).unwrap_or(&none);
        let action = if side == Side::Source { Action::SourceDown } else { Action::TargetDown };
        self.border((action, row), row..(row + 2).min(self.rows().len()), [old, below], side, border)
    }

    /// Moves the first segment of a side into the row above, which is made where the row is the first.
    ///
    /// # Errors
    /// As [`move_down`](Self::move_down).
    pub fn move_up(self, row: usize, side: Side) -> Result<Edit, Refused> {
        let old = self.rows().get(row).ok_or(Refused::NoRow)?;
        let first = side.of(&old.bead).clone().next().ok_or(Refused::NothingThere)?;
        let none = Row { bead: by_hand(starts(&old.bead.source), starts(&old.bead.target)), mark: Mark::default() };
        let above = row.checked_sub(1).and_then(|above| self.rows().get(above)).unwrap_or(&none);
        let action = if side == Side::Source { Action::SourceUp } else { Action::TargetUp };
        self.border((action, row), row.saturating_sub(1)..row + 1, [above, old], side, first + 1)
    }

    /// Moves the border of a side between two rows, one of which may be made for it.
    fn border(
        self,
        (action, row): (Action, usize),
        rows: Range<usize>,
        pair: [&Row; 2],
        side: Side,
        border: usize,
    ) -> Result<Edit, Refused> {
        let [mut upper, mut lower] = pair.map(changed);
        side.of_mut(&mut upper.bead).end = border;
        side.of_mut(&mut lower.bead).start = border;
        let (old, new) = (&self.rows()[rows.clone()], with_no_empty(vec![upper, lower]));
        if alike(&new, old) {
            return Err(Refused::Alone);
        }
        let step = Step::Rows { alignment: self.id(), at: rows.start, old: old.to_vec(), new };
        Ok(self.whole(action, row..row + 1, vec![step]))
    }

    /// Takes a segment into another row, with those of its side that lie between, since segments keep their order: down
    /// with all that follow it in its row, up with all that come before it.
    ///
    /// # Errors
    /// [`Refused::NoRow`], [`Refused::NoChange`] where it is there already.
    pub fn carry(self, side: Side, segment: usize, to: usize) -> Result<Edit, Refused> {
        let row = self.row_of(side, segment).ok_or(Refused::NoRow)?;
        let rows = row.min(to)..row.max(to) + 1;
        let old = self.rows().get(rows.clone()).ok_or(Refused::NoRow)?;
        if to == row {
            return Err(Refused::NoChange);
        }
        let down = to > row;
        // Where the side goes from the upper row to the lower.
        let border = if down { segment } else { segment + 1 };
        let mut new: Vec<Row> = old.iter().map(changed).collect();
        let last = new.len() - 1;
        for (at, row) in new.iter_mut().enumerate() {
            let range = side.of_mut(&mut row.bead);
            let (start, end) = (range.start, range.end);
            *range = match at {
                0 => start..border,
                at if at == last => border..end,
                _ => border..border,
            };
        }
        let new = with_no_empty(new);
        if alike(&new, old) {
            return Err(Refused::NoChange);
        }
        let action = match (side, down) {
            (Side::Source, true) => Action::SourceDown,
            (Side::Source, false) => Action::SourceUp,
            (Side::Target, true) => Action::TargetDown,
            (Side::Target, false) => Action::TargetUp,
        };
        let step = Step::Rows { alignment: self.id(), at: rows.start, old: old.to_vec(), new };
        Ok(self.whole(action, row..row + 1, vec![step]))
    }

    /// Takes a row apart into rows of one segment each, the source first.
    ///
    /// # Errors
    /// [`Refused::NoRow`], or [`Refused::Alone`] where there is nothing to part.
    pub fn unlink(self, row: usize) -> Result<Edit, Refused> {
        let old = self.rows().get(row).ok_or(Refused::NoRow)?;
        let Bead { source, target, .. } = &old.bead;
        if source.len() + target.len() < 2 {
            return Err(Refused::Alone);
        }
        let left = source.clone().map(|at| by_hand(at..at + 1, starts(target)));
        let right = target.clone().map(|at| by_hand(ends(source), at..at + 1));
        let rows = Self::parted(old, left.chain(right));
        Ok(self.edit(Action::Unlink, row..row + 1, rows))
    }

    /// Makes a row of one source and one target segment; what lies between them comes into it as well, what else was
    /// in their rows goes into rows before and after it.
    ///
    /// # Errors
    /// [`Refused::NoRow`] where there are no such segments, [`Refused::NoChange`].
    pub fn link(self, source: usize, target: usize) -> Result<Edit, Refused> {
        let a = self.row_of(Side::Source, source).ok_or(Refused::NoRow)?;
        let b = self.row_of(Side::Target, target).ok_or(Refused::NoRow)?;
        let rows = a.min(b)..a.max(b) + 1;
        let (first, last) = (&self.rows()[rows.start].bead, &self.rows()[rows.end - 1].bead);
        let middle = match a.cmp(&b) {
            Ordering::Equal => by_hand(source..source + 1, target..target + 1),
            Ordering::Less => by_hand(source..last.source.end, first.target.start..target + 1),
            Ordering::Greater => by_hand(first.source.start..source + 1, target..last.target.end),
        };
        let before = by_hand(first.source.start..middle.source.start, first.target.start..middle.target.start);
        let after = by_hand(middle.source.end..last.source.end, middle.target.end..last.target.end);
        let beads = [before, middle, after].into_iter().filter(|bead| !is_empty(bead));
        let old = &self.rows()[rows.clone()];
        let merged = Row { bead: first.clone(), mark: joined(old) };
        let new = Self::parted(&merged, beads);
        if alike(&new, old) {
            return Err(Refused::NoChange);
        }
        Ok(self.edit(Action::Link, rows, new))
    }

    /// Lets a row and the next change places.
    ///
    /// # Errors
    /// [`Refused::NoRow`], or [`Refused::Crossing`] unless one has no source and the other no target.
    pub fn swap(self, row: usize) -> Result<Edit, Refused> {
        let [one, other] = self.rows().get(row..row + 2).ok_or(Refused::NoRow)? else { return Err(Refused::NoRow) };
        let (a, b) = (&one.bead, &other.bead);
        let apart = (a.source.is_empty() && b.target.is_empty()) || (a.target.is_empty() && b.source.is_empty());
        if !apart {
            return Err(Refused::Crossing);
        }
        // One of the two starts where the other ends, on the side that it has not.
        let moved = |row: &Row, source: usize, target: usize| {
            let mut out = row.clone();
            if out.bead.source.is_empty() {
                out.bead.source = source..source;
            } else {
                out.bead.target = target..target;
            }
            out
        };
        let first = moved(other, a.source.start, a.target.start);
        let second = moved(one, b.source.end, b.target.end);
        Ok(self.edit(Action::Swap, row..row + 2, vec![first, second]))
    }

    /// Marks rows, by changing the mark of each.
    ///
    /// # Errors
    /// [`Refused::NoRow`], or [`Refused::NoChange`].
    pub fn mark(self, rows: Range<usize>, action: Action, change: impl Fn(&mut Mark)) -> Result<Edit, Refused> {
        let old = self.rows().get(rows.clone()).filter(|old| !old.is_empty()).ok_or(Refused::NoRow)?;
        let mut new = old.to_vec();
        for row in &mut new {
            change(&mut row.mark);
        }
        if new == old {
            return Err(Refused::NoChange);
        }
        // Only what changes is kept.
        let differs = |(new, old): (&Row, &Row)| new != old;
        let head = new.iter().zip(old).position(differs).unwrap_or(0);
        let end = new.iter().zip(old).rposition(differs).map_or(head, |at| at + 1);
        let new = new[head..end].to_vec();
        let rows = rows.start + head..rows.start + end;
        Ok(self.edit(action, rows, new))
    }

    /// Puts other beads over the same segments in the place of all rows. Rows whose bead stays keep what was made of them;
    /// flags and notes of others go to the row that holds their first source segment, or else their first target segment.
    ///
    /// # Errors
    /// [`Refused::NoRow`] for beads that do not tile both sides, [`Refused::NoChange`].
    pub fn replaced(self, beads: &[Bead]) -> Result<Edit, Refused> {
        let [source, target] = SIDES.map(|side| self.document(side).segments.len());
        if !is_tiling(beads, source, target) {
            return Err(Refused::NoRow);
        }
        let stays = |pair: &(&Row, &Bead)| same(&pair.0.bead, pair.1);
        let head = self.rows().iter().zip(beads).take_while(stays).count();
        let most = self.rows().len().min(beads.len()) - head;
        let tail = self.rows().iter().rev().zip(beads.iter().rev()).take(most).take_while(stays).count();
        let rows = head..self.rows().len() - tail;
        let middle = head..beads.len() - tail;
        let mut new: Vec<Row> =
            beads[middle].iter().map(|bead| Row { bead: bead.clone(), mark: Mark::default() }).collect();
        for old in &self.rows()[rows.clone()] {
            // The row over the same beginning, or the one that holds the first segment of a side.
            let start = |bead: &Bead| (bead.source.start, bead.target.start);
            let place = new.partition_point(|row| start(&row.bead) < start(&old.bead));
            if let Some(row) = new.get_mut(place).filter(|row| same(&row.bead, &old.bead)) {
                *row = old.clone();
                continue;
            }
            let heir = SIDES.into_iter().find_map(|side| {
                let first = side.of(&old.bead).clone().next()?;
                let place = new.partition_point(|row| side.of(&row.bead).end <= first);
                (place < new.len()).then_some(place)
            });
            if let Some(heir) = heir.and_then(|place| new.get_mut(place)) {
                let lost = Row { bead: old.bead.clone(), mark: Mark { confirmed: false, ..old.mark.clone() } };
                heir.mark = joined(&[heir.clone(), lost]);
            }
        }
        if new.is_empty() && rows.is_empty() {
            return Err(Refused::NoChange);
        }
        let step = Step::Rows { alignment: self.id(), at: rows.start, old: self.rows()[rows.clone()].to_vec(), new };
        Ok(self.whole(Action::Realign, rows, vec![step]))
    }

    /// Parts of a row, the first of them with its flag and note; what is made anew is not confirmed.
    fn parted(old: &Row, beads: impl IntoIterator<Item = Bead>) -> Vec<Row> {
        let mut mark = Mark { confirmed: false, ..old.mark.clone() };
        beads.into_iter().map(|bead| Row { bead, mark: std::mem::take(&mut mark) }).collect()
    }

    /// The edit that puts `new` in the place of some rows; rows that are empty on both sides vanish, their flags and
    /// notes going to a neighbour.
    fn edit(self, action: Action, rows: Range<usize>, new: Vec<Row>) -> Edit {
        let (alignment, old, new) = (self.id(), self.rows()[rows.clone()].to_vec(), with_no_empty(new));
        let step = Step::Rows { alignment, at: rows.start, old, new };
        self.whole(action, rows, vec![step])
    }

    /// An edit of this alignment that nobody has made yet.
    pub(super) fn whole(self, action: Action, rows: Range<usize>, steps: Vec<Step>) -> Edit {
        Edit { action, alignment: Some(self.id()), rows, steps, origin: None }
    }
}

/// Rows without those that are empty on both sides, whose flags and notes go to a neighbour.
fn with_no_empty(new: Vec<Row>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::with_capacity(new.len());
    let mut lost: Vec<Row> = Vec::new();
    for row in new {
        if is_empty(&row.bead) { lost.push(row) } else { kept.push(row) }
    }
    if let Some(first) = kept.first_mut() {
        lost.insert(0, first.clone());
        let confirmed = first.mark.confirmed;
        first.mark = Mark { confirmed, ..joined(&lost) };
    }
    kept
}

/// A bead that a person made is right.
fn by_hand(source: Range<usize>, target: Range<usize>) -> Bead {
    Bead { source, target, score: 1.0 }
}

fn is_empty(bead: &Bead) -> bool {
    SIDES.iter().all(|side| side.of(bead).is_empty())
}

fn same(a: &Bead, b: &Bead) -> bool {
    (&a.source, &a.target) == (&b.source, &b.target)
}

/// Whether two stretches of rows have the same beads.
fn alike(one: &[Row], other: &[Row]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(&one.bead, &other.bead))
}

fn starts(range: &Range<usize>) -> Range<usize> {
    range.start..range.start
}

fn ends(range: &Range<usize>) -> Range<usize> {
    range.end..range.end
}

/// The row with a bead that is no longer what was confirmed.
fn changed(row: &Row) -> Row {
    Row {
        bead: by_hand(row.bead.source.clone(), row.bead.target.clone()),
        mark: Mark { confirmed: false, ..row.mark.clone() },
    }
}

/// What remains of the marks of rows that become one.
fn joined(rows: &[Row]) -> Mark {
    Mark {
        confirmed: false,
        flagged: rows.iter().any(|row| row.mark.flagged),
        bookmarked: rows.iter().any(|row| row.mark.bookmarked),
        notes: rows.iter().flat_map(|row| row.mark.notes.iter().cloned()).collect(),
    }
}
