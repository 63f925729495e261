//! What a person does to the rows: edits made, kept, undone; marks; the next doubtful row.

use std::ops::Range;
use std::sync::Arc;

use super::command::Command;
use super::saver::Saver;
use super::session::{DOUBTFUL, Session};
use super::worker::Job;
use crate::align::Settled;
use crate::bitext::Bead;
use crate::edit::{Edit, Mark, Place, Refused, SIDES, Side};
use crate::store::Change;

impl Session {
    /// Runs a command that changes rows; says what was done, or why not.
    pub(super) fn change(&mut self, command: Command) -> Option<String> {
        let (row, rows) = (self.row, self.selected());
        let rows_or_next = if rows.len() > 1 { rows.clone() } else { row..row + 2 };
        let made = match command {
            Command::Merge => self.alignment.merge(rows_or_next),
            Command::Split => self.split(row),
            Command::SourceDown => self.alignment.move_down(row, Side::Source),
            Command::SourceUp => self.alignment.move_up(row, Side::Source),
            Command::TargetDown => self.alignment.move_down(row, Side::Target),
            Command::TargetUp => self.alignment.move_up(row, Side::Target),
            Command::Unlink => self.alignment.unlink(row),
            Command::Swap => self.alignment.swap(row),
            Command::Confirm => return Some(self.confirm(rows)),
            Command::ConfirmAbove => self.alignment.mark(0..row + 1, "confirm", |mark| mark.confirmed = true),
            Command::Flag => {
                let all = self.alignment.rows()[rows.clone()].iter().all(|row| row.mark.flagged);
                let name = if all { "unflag" } else { "flag" };
                self.alignment.mark(rows, name, |mark| mark.flagged = !all)
            }
            Command::Undo => return Some(self.undo()),
            Command::Redo => return Some(self.redo()),
            _ => return None,
        };
        Some(self.carry_out(made))
    }

    /// Splits a row where the parts before are the most alike in their share of either side; of a side with one segment
    /// nothing goes into the second part.
    fn split(&self, row: usize) -> Result<Edit, Refused> {
        let first = self.alignment.middle(row).ok_or(Refused::NoRow)?;
        let [source, target] = SIDES.map(|side| self.segments(row, side));
        let share = |side: Side, range: &Range<usize>, at: usize| {
            let length = |part: Range<usize>| self.document(side).raw_range(part).len() as f64;
            length(range.start..at) / length(range.clone()).max(1.0)
        };
        let difference = |place: &Place| {
            (share(Side::Source, &source, place.source) - share(Side::Target, &target, place.target)).abs()
        };
        // For each cut of the source the cuts of the target just before and behind its share.
        let cuts: Vec<usize> = (target.start + 1..target.end).collect();
        let places = (source.start + 1..source.end).flat_map(|at| {
            let wanted = share(Side::Source, &source, at);
            let behind = cuts.partition_point(|&cut| share(Side::Target, &target, cut) < wanted);
            let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
            near.filter_map(|number| cuts.get(number))
                .map(move |&cut| Place { source: at, target: cut })
                .collect::<Vec<_>>()
        });
        let best = places.min_by(|a, b| difference(a).total_cmp(&difference(b)));
        self.alignment.split(row, best.unwrap_or(first))
    }

    /// Confirms rows and goes on to the next one; rows that are confirmed already are so no more.
    fn confirm(&mut self, rows: Range<usize>) -> String {
        let all = self.alignment.rows()[rows.clone()].iter().all(|row| row.mark.confirmed);
        let name = if all { "take back the confirmation of" } else { "confirm" };
        let end = rows.end;
        let made = self.alignment.mark(rows, name, |mark| mark.confirmed = !all);
        let said = self.carry_out(made);
        if !all {
            self.go(end);
        }
        said
    }

    /// The job of aligning anew what lies between confirmed rows around the row under the eye, or after it where it is
    /// confirmed itself. A row that a person has just made is held to be right.
    pub(super) fn realign(&self) -> Option<Job> {
        let rows = self.alignment.rows();
        let confirmed = |at: &usize| rows[*at].mark.confirmed;
        let here = if confirmed(&self.row) { self.row + 1 } else { self.row };
        let start = (0..here).rev().find(confirmed).map_or(0, |at| at + 1);
        let end = (here..rows.len()).find(confirmed).unwrap_or(rows.len());
        if start >= end {
            return None;
        }
        let made = (start..end).contains(&self.row) && rows[self.row].bead.score >= 1.0;
        let settled = |at: &usize| confirmed(at) || (made && *at == self.row);
        let bead = |at: usize| (rows[at].bead.source.clone(), rows[at].bead.target.clone());
        let beads = (0..rows.len()).filter(settled).map(bead).collect();
        let settled = Settled { beads, ..Settled::default() };
        Some(Job::Realign(Arc::clone(&self.bitext), start..end, settled, self.revision))
    }

    /// Takes in what was aligned anew, as one step; says what changed.
    pub(super) fn take_realigned(&mut self, revision: u64, found: Result<Vec<Bead>, String>) -> String {
        match found {
            Err(problem) => problem,
            Ok(_) if revision != self.revision => "The rows were changed meanwhile; align again once more".to_owned(),
            Ok(beads) => match self.alignment.replaced(&beads, "align again") {
                Err(Refused::NoChange) => "Aligned again: nothing changed".to_owned(),
                made => self.carry_out(made),
            },
        }
    }

    fn carry_out(&mut self, made: Result<Edit, Refused>) -> String {
        let edit = match made {
            Ok(edit) => edit,
            Err(refused) => return refused.to_string(),
        };
        if let Err(misfit) = self.history.do_edit(&mut self.alignment, edit.clone()) {
            return misfit.to_string();
        }
        let said = capital(&edit.name);
        self.follow(&edit);
        self.keep(Change::Done(edit));
        said
    }

    fn undo(&mut self) -> String {
        match self.history.undo(&mut self.alignment) {
            Ok(Some(edit)) => {
                let said = format!("Undone: {}", edit.name);
                self.follow(&edit.inverse());
                self.keep(Change::Undone);
                said
            }
            Ok(None) => "There is nothing to undo".to_owned(),
            Err(misfit) => misfit.to_string(),
        }
    }

    fn redo(&mut self) -> String {
        match self.history.redo(&mut self.alignment) {
            Ok(Some(edit)) => {
                let said = format!("Done again: {}", edit.name);
                self.follow(&edit);
                self.keep(Change::Redone);
                said
            }
            Ok(None) => "There is nothing to do again".to_owned(),
            Err(misfit) => misfit.to_string(),
        }
    }

    /// Brings everything that shows rows up to date after an edit, and the eye to where it was made.
    fn follow(&mut self, edit: &Edit) {
        let shifted =
            edit.old.len() != edit.new.len() || edit.old.iter().zip(&edit.new).any(|(old, new)| old.bead != new.bead);
        if shifted {
            let beads: Vec<Bead> = self.alignment.rows().iter().map(|row| row.bead.clone()).collect();
            Arc::make_mut(&mut self.bitext).beads = beads;
            self.number_rows();
            self.locate_hits();
            self.locate_terms();
        }
        self.count_doubtful();
        self.revision += 1;
        let last = edit.at + edit.new.len().saturating_sub(1);
        if !(edit.at..=last).contains(&self.row) || shifted {
            self.go(self.row.clamp(edit.at, last));
        }
    }

    fn mark(&self, row: usize) -> Option<&Mark> {
        self.alignment.rows().get(row).map(|row| &row.mark)
    }

    /// Whether a row is confirmed.
    pub(super) fn is_confirmed(&self, row: usize) -> bool {
        self.mark(row).is_some_and(|mark| mark.confirmed)
    }

    /// Whether a row is flagged.
    pub(super) fn is_flagged(&self, row: usize) -> bool {
        self.mark(row).is_some_and(|mark| mark.flagged)
    }

    /// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
    pub(super) fn is_doubtful(&self, row: usize) -> bool {
        self.is_flagged(row) || (!self.is_confirmed(row) && self.score(row) < DOUBTFUL)
    }

    /// Goes to the next or previous row to be looked at, round the end.
    pub(super) fn walk_doubtful(&mut self, forward: bool) -> Option<String> {
        let (row, count) = (self.row, self.rows());
        let place = |step: usize| if forward { (row + step) % count } else { (row + count - step) % count };
        let next = (1..=count).map(place).find(|&row| self.is_doubtful(row));
        match next {
            Some(next) => {
                self.go(next);
                None
            }
            None => Some("No row is doubtful".to_owned()),
        }
    }

    fn count_doubtful(&mut self) {
        self.doubtful = (0..self.rows()).filter(|&row| self.is_doubtful(row)).count();
        self.confirmed = (0..self.rows()).filter(|&row| self.is_confirmed(row)).count();
    }

    /// The selected rows.
    pub(super) fn selected(&self) -> Range<usize> {
        let rows = self.selection();
        *rows.start()..rows.end() + 1
    }

    fn keep(&self, change: Change) {
        if let Some(saver) = &self.saver {
            saver.keep(change);
        }
    }

    /// Keeps the row under the eye where it has changed.
    pub(super) fn keep_place(&mut self) {
        if self.kept_row != self.row {
            self.kept_row = self.row;
            self.keep(Change::Seen(self.row));
        }
    }

    /// From now on everything is kept by `saver`.
    pub(super) fn keep_in(&mut self, saver: Saver) {
        self.saver = Some(saver);
        self.count_doubtful();
    }

    /// The project file.
    pub(super) fn project(&self) -> Option<&std::path::Path> {
        self.saver.as_ref().map(Saver::path)
    }

    /// Why what was done last is not kept yet.
    pub(super) fn kept_badly(&self) -> Option<String> {
        self.saver.as_ref()?.problem()
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bitext;
    use crate::project::paste;

    fn session(chinese: &str, english: &str) -> Session {
        let (source, target) = (paste("zh", chinese).unwrap(), paste("en", english).unwrap());
        let bead = Bead { source: 0..source.segments.len(), target: 0..target.segments.len(), score: 0.5 };
        Session::new("test".to_owned(), Bitext { source: source.into(), target: target.into(), beads: vec![bead] })
    }

    #[test]
    fn a_row_is_split_where_both_sides_have_gone_as_far() {
        let mut session = session(
            "今天下雨。我没去。国际法的一切原则都适用于网络空间里的国家行为。",
            "It rained today, so I did not go. All the principles of international law apply to the conduct of states.",
        );
        assert_eq!(session.change(Command::Split), Some("Split row 1".to_owned()));
        let kinds: Vec<String> = (0..session.rows()).map(|row| session.kind(row).to_string()).collect();
        assert_eq!(kinds, ["2-1", "1-1"]);
        assert_eq!(session.change(Command::Undo), Some("Undone: split row 1".to_owned()));
        assert_eq!(session.rows(), 1);
    }

    #[test]
    fn the_next_doubtful_row_is_found_round_the_end() {
        let mut session = session("今天下雨。我没去。你呢？", "It rained. I did not go. And you?");
        session.change(Command::Unlink);
        assert_eq!(session.walk_doubtful(true), Some("No row is doubtful".to_owned()));
        session.go(4);
        session.change(Command::Flag);
        session.go(5);
        assert_eq!((session.walk_doubtful(true), session.row), (None, 4));
        assert_eq!(session.doubtful, 1);
        session.change(Command::ConfirmAbove);
        assert_eq!(session.confirmed, 5);
    }
}
