//! What a person does to the rows: edits made, kept, undone; marks; the next doubtful row.

use std::ops::Range;
use std::sync::Arc;

use super::command::Command;
use super::saver::Saver;
use super::session::{DOUBTFUL, Session};
use super::worker::Job;
use crate::align::Settled;
use crate::bitext::Bead;
use crate::edit::{Action, Alignment, Edit, Mark, Patch, Piece, Place, Refused, Row, SIDES, Side, Step};
use crate::find::Index;
use crate::store::Change;
use crate::text::Span;

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
            Command::ConfirmAbove => self.alignment.mark(0..row + 1, Action::Confirm, |mark| mark.confirmed = true),
            Command::Flag => {
                let all = self.alignment.rows()[rows.clone()].iter().all(|row| row.mark.flagged);
                let action = if all { Action::Unflag } else { Action::Flag };
                self.alignment.mark(rows, action, |mark| mark.flagged = !all)
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
        let action = if all { Action::Unconfirm } else { Action::Confirm };
        let end = rows.end;
        let made = self.alignment.mark(rows, action, |mark| mark.confirmed = !all);
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
        Some(Job::Realign(self.bitext(), start..end, settled, self.revision))
    }

    /// Takes in what was aligned anew, as one step; says what changed.
    pub(super) fn take_realigned(&mut self, revision: u64, found: Result<Vec<Bead>, String>) -> String {
        match found {
            Err(problem) => problem,
            Ok(_) if revision != self.revision => "The rows were changed meanwhile; align again once more".to_owned(),
            Ok(beads) => match self.alignment.replaced(&beads) {
                Err(Refused::NoChange) => "Aligned again: nothing changed".to_owned(),
                made => self.carry_out(made),
            },
        }
    }

    pub(super) fn carry_out(&mut self, made: Result<Edit, Refused>) -> String {
        let edit = match made {
            Ok(edit) => edit,
            Err(refused) => return refused.to_string(),
        };
        self.move_places(&edit);
        if let Err(misfit) = self.history.do_edit(&mut self.alignment, edit.clone()) {
            return misfit.to_string();
        }
        let said = capital(&edit.name());
        self.follow(&edit);
        self.keep(Change::Done(edit));
        said
    }

    fn undo(&mut self) -> String {
        let Some(edit) = self.history.to_undo().cloned() else { return "There is nothing to undo".to_owned() };
        let back = edit.clone().inverse();
        self.move_places(&back);
        if let Err(misfit) = self.history.undo(&mut self.alignment) {
            return misfit.to_string();
        }
        self.follow(&back);
        self.keep(Change::Undone);
        format!("Undone: {}", edit.name())
    }

    fn redo(&mut self) -> String {
        let Some(edit) = self.history.to_redo().cloned() else { return "There is nothing to do again".to_owned() };
        self.move_places(&edit);
        if let Err(misfit) = self.history.redo(&mut self.alignment) {
            return misfit.to_string();
        }
        self.follow(&edit);
        self.keep(Change::Redone);
        format!("Done again: {}", edit.name())
    }

    /// Moves the places of terms with the text around them, before an edit changes it; places within what changes are
    /// dropped.
    fn move_places(&mut self, edit: &Edit) {
        let Some(glossary) = &mut self.glossary else { return };
        for (side, moves) in edit.steps.iter().filter_map(|step| moves(&self.alignment, step)) {
            for term in &mut glossary.terms {
                term.places.retain_mut(|(_, source, target)| {
                    let span = if side == Side::Source { source } else { target };
                    moved(&moves, span).map(|to| *span = to).is_some()
                });
            }
        }
    }

    /// Brings everything that shows rows up to date after an edit, and the eye to where it was made.
    fn follow(&mut self, edit: &Edit) {
        let mut touched: Option<Range<usize>> = None;
        let mut shifted = false;
        for step in &edit.steps {
            let rows = match step {
                Step::Rows { at, old, new } => {
                    self.recount(old, new);
                    if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| old.bead != new.bead) {
                        self.spliced.push((*at, old.len(), new.len()));
                        shifted = true;
                    }
                    *at..at + new.len()
                }
                Step::Segments { side, patches } => {
                    let document = Arc::clone(self.alignment.document(*side));
                    self.index[*side as usize] = Index::new(document.text.as_str());
                    let row = |at| self.alignment.row_of(*side, at).unwrap_or(0);
                    let rows = patches.first().map_or(0, |patch| row(patch.at))..edit.rows.end.max(1);
                    let rows = rows.start..rows.end.clamp(rows.start + 1, self.rows());
                    self.spliced.push((rows.start, rows.len(), rows.len()));
                    rows
                }
                Step::Name { .. } => continue,
            };
            touched = Some(touched.map_or(rows.clone(), |all| all.start.min(rows.start)..all.end.max(rows.end)));
        }
        if edit.steps.iter().any(|step| matches!(step, Step::Segments { .. })) {
            let row = self.row;
            self.find(&self.search.query.clone());
            self.go(row);
        }
        self.revision += 1;
        if let Some(rows) = touched {
            let last = rows.end.saturating_sub(1);
            if !(rows.start..=last).contains(&self.row) || shifted {
                self.go(self.row.clamp(rows.start, last));
            }
        }
        self.go(self.row);
    }

    /// Counts the rows of an edit instead of all.
    fn recount(&mut self, old: &[Row], new: &[Row]) {
        let doubtful = |rows: &[Row]| rows.iter().filter(|row| is_doubtful(row)).count();
        let confirmed = |rows: &[Row]| rows.iter().filter(|row| row.mark.confirmed).count();
        self.doubtful = self.doubtful + doubtful(new) - doubtful(old);
        self.confirmed = self.confirmed + confirmed(new) - confirmed(old);
    }

    fn mark(&self, row: usize) -> Option<&Mark> {
        self.at(row).map(|row| &row.mark)
    }

    /// Whether a row is confirmed.
    pub(super) fn is_confirmed(&self, row: usize) -> bool {
        self.mark(row).is_some_and(|mark| mark.confirmed)
    }

    /// Whether a row is flagged.
    pub(super) fn is_flagged(&self, row: usize) -> bool {
        self.mark(row).is_some_and(|mark| mark.flagged)
    }

    /// Whether a row is to be looked at.
    pub(super) fn is_doubtful(&self, row: usize) -> bool {
        self.at(row).is_some_and(is_doubtful)
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

    pub(super) fn count_rows(&mut self) {
        let rows = self.alignment.rows();
        let doubtful = rows.iter().filter(|row| is_doubtful(row)).count();
        let confirmed = rows.iter().filter(|row| row.mark.confirmed).count();
        (self.doubtful, self.confirmed) = (doubtful, confirmed);
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

    /// The project file.
    pub(super) fn project(&self) -> Option<&std::path::Path> {
        self.saver.as_ref().map(Saver::path)
    }

    /// Why what was done last is not kept yet.
    pub(super) fn kept_badly(&self) -> Option<String> {
        self.saver.as_ref()?.problem()
    }
}

/// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
fn is_doubtful(row: &Row) -> bool {
    row.mark.flagged || (!row.mark.confirmed && row.bead.score < DOUBTFUL)
}

/// A byte at which a text changes, how many bytes are taken out there, and how many come in.
type Move = (usize, usize, usize);

/// How a step will move the bytes of a document; nothing where no text changes.
fn moves(alignment: &Alignment, step: &Step) -> Option<(Side, Vec<Move>)> {
    let Step::Segments { side, patches } = step else { return None };
    let segments = &alignment.document(*side).segments;
    let text = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    let of = |patch: &Patch| {
        let (old, new) = (text(&patch.old), text(&patch.new));
        (old != new).then(|| (segments.get(patch.at).map_or(0, |segment| segment.span.start), old.len(), new.len()))
    };
    Some((*side, patches.iter().filter_map(of).collect()))
}

/// Where some bytes stand after moves; nothing where they change themselves.
fn moved(moves: &[Move], span: &Span) -> Option<Span> {
    let before = moves.partition_point(|(at, taken, _)| at + taken <= span.start);
    if moves.get(before).is_some_and(|(at, ..)| *at < span.end) {
        return None;
    }
    let (taken, come) = moves[..before].iter().fold((0, 0), |sum, (_, taken, come)| (sum.0 + taken, sum.1 + come));
    Some(span.start + come - taken..span.end + come - taken)
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
