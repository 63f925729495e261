//! The chosen segment of a row, and one picked to be linked with another.

use super::{SIDES, Session, Side};
use crate::edit::{Edit, Refused};
use crate::gui::words::Said;

impl Session {
    /// The segments of the row under the eye, the source first.
    fn in_row(&self) -> Vec<(Side, usize)> {
        SIDES.into_iter().flat_map(|side| self.segments(self.cursor.row, side).map(move |at| (side, at))).collect()
    }

    /// Whether the row has one segment only.
    pub(super) fn is_lonely(&self, row: usize) -> bool {
        SIDES.iter().map(|&side| self.segments(row, side).len()).sum::<usize>() == 1
    }

    /// Chooses the next or previous segment of the row, round the end.
    pub(in crate::gui) fn step_segment(&mut self, forward: bool) {
        let all = self.in_row();
        let at = self.cursor.chosen.and_then(|chosen| all.iter().position(|segment| *segment == chosen));
        let count = all.len();
        let next = match at {
            Some(at) => (if forward { at + 1 } else { at + count - 1 }) % count,
            None if forward => 0,
            None => count.saturating_sub(1),
        };
        self.cursor.chosen = all.get(next).copied();
    }

    /// The chosen segment, or the first of the side that a reader would mean: the translation, where there is one.
    pub(in crate::gui) fn meant(&self) -> Option<(Side, usize)> {
        let all = self.in_row();
        self.cursor.chosen.or_else(|| all.iter().find(|(side, _)| *side == Side::Target).or(all.first()).copied())
    }

    /// The number of the segment that was picked, wherever it stands by now; nothing where it is no more.
    pub(in crate::gui) fn picked_segment(&self) -> Option<(Side, usize)> {
        let (side, id) = self.cursor.picked?;
        let at = self.document(side).segments.iter().position(|segment| segment.id == id)?;
        Some((side, at))
    }

    /// Picks the chosen segment, or links it with the one picked on the other side. The edit to make, or what to do next.
    pub(in crate::gui) fn pick(&mut self) -> Result<Result<Edit, Refused>, Said> {
        let Some((side, segment)) = self.cursor.chosen.or_else(|| self.in_row().first().copied()) else {
            return Err(Refused::NoRow.into());
        };
        if let Some((_, other)) = self.picked_segment().filter(|(other, _)| *other != side) {
            self.cursor.picked = None;
            let [source, target] = if side == Side::Source { [segment, other] } else { [other, segment] };
            Ok(self.aligned().link(source, target))
        } else {
            let id = self.document(side).segments.get(segment).map(|segment| (side, segment.id));
            (self.cursor.chosen, self.cursor.picked) = (Some((side, segment)), id);
            Err(Said::Words("Picked; choose a segment of the other side and pick that to link the two"))
        }
    }
}
