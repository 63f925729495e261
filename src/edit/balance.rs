//! Where a row is split when nobody says where, and what is aligned again between what was confirmed.

use std::ops::Range;

use super::{Edit, Place, Refused, Step};
use crate::align::Settled;
use crate::bitext::{SIDES, Side};
use crate::work::Aligned;

impl Aligned<'_> {
    /// Splits a row where the parts before are the most alike in their share of either side, before a chosen segment
    /// where there is one; of a side with one segment nothing goes into the second part.
    ///
    /// # Errors
    /// As [`split`](Self::split).
    pub fn split_evenly(self, row: usize, chosen: Option<(Side, usize)>) -> Result<Edit, Refused> {
        let first = self.middle(row).ok_or(Refused::NoRow)?;
        let bead = &self.rows()[row].bead;
        let places = match chosen {
            Some((side, segment)) => places_before(side, segment, SIDES.map(|side| side.of(bead)))?,
            None => self.even_places(row),
        };
        let difference = |place: &Place| {
            (self.share(row, Side::Source, place.source) - self.share(row, Side::Target, place.target)).abs()
        };
        let best = places.into_iter().min_by(|a, b| difference(a).total_cmp(&difference(b)));
        self.split(row, best.unwrap_or(first))
    }

    /// How much of a side of a row stands before a segment, 0 to 1.
    fn share(self, row: usize, side: Side, segment: usize) -> f64 {
        let range = side.of(&self.rows()[row].bead);
        let length = |part: Range<usize>| self.document(side).raw_range(part).len() as f64;
        length(range.start..segment) / length(range.clone()).max(1.0)
    }

    /// For each cut of the source the cuts of the target just before and behind its share.
    fn even_places(self, row: usize) -> Vec<Place> {
        let bead = &self.rows()[row].bead;
        let (source, target) = (&bead.source, &bead.target);
        let cuts: Vec<usize> = (target.start + 1..target.end).collect();
        let near = |at: usize| {
            let wanted = self.share(row, Side::Source, at);
            let behind = cuts.partition_point(|&cut| self.share(row, Side::Target, cut) < wanted);
            let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
            near.filter_map(|number| cuts.get(number)).map(|&cut| Place { source: at, target: cut }).collect::<Vec<_>>()
        };
        (source.start + 1..source.end).flat_map(near).collect()
    }

    /// The rows between confirmed ones around a row, or after it where it is confirmed itself, with what is settled all
    /// over; nothing where there are none. A row that the last edit has just made is held to be right.
    pub fn unsettled_around(self, row: usize, last: Option<&Edit>) -> Option<(Range<usize>, Settled)> {
        let rows = self.rows();
        let confirmed = |at: &usize| rows[*at].mark.confirmed;
        let here = if confirmed(&row) { row + 1 } else { row };
        let start = (0..here).rev().find(confirmed).map_or(0, |at| at + 1);
        let end = (here..rows.len()).find(confirmed).unwrap_or(rows.len());
        if start >= end {
            return None;
        }
        let now_made = last.is_some_and(|edit| {
            edit.steps.iter().any(|step| match step {
                Step::Rows { alignment, at, new, .. } => {
                    *alignment == self.id() && (*at..at + new.len()).contains(&row)
                }
                _ => false,
            })
        });
        let made = (start..end).contains(&row) && now_made && rows[row].bead.score >= 1.0;
        let settled = |at: &usize| confirmed(at) || (made && *at == row);
        let bead = |at: usize| (rows[at].bead.source.clone(), rows[at].bead.target.clone());
        let beads = (0..rows.len()).filter(settled).map(bead).collect();
        Some((start..end, Settled { beads, ..Settled::default() }))
    }
}

/// Before a chosen segment, wherever the other side may be cut.
fn places_before(side: Side, segment: usize, ranges: [&Range<usize>; 2]) -> Result<Vec<Place>, Refused> {
    let (own, other) = (ranges[side as usize], ranges[side.other() as usize]);
    if segment == own.start {
        return Err(Refused::EmptyPart);
    }
    let place = |other| match side {
        Side::Source => Place { source: segment, target: other },
        Side::Target => Place { source: other, target: segment },
    };
    let cuts: Vec<Place> = (other.start + 1..other.end.max(other.start + 1)).map(place).collect();
    Ok(if cuts.is_empty() { vec![place(other.end)] } else { cuts })
}
