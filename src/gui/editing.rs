//! What a person does to the rows: edits made, kept, undone; marks; the next doubtful row.

use std::ops::Range;
use std::sync::Arc;

use super::command::Command;
use super::session::Session;
use super::words::Said;
use super::worker::{Job, Stamp};
use crate::align::Settled;
use crate::bitext::{Bead, SIDES, Side};
use crate::edit::{Action, Edit, Patch, Piece, Place, Refused, Step};
use crate::find::Index;
use crate::store::Change;
use crate::text::Span;
use crate::work::{Aligned, Mark};

/// A text of fewer bytes is made ready to be searched within a frame.
const SHORT: usize = 2_000_000;

impl Session {
    /// Runs a command that changes rows; says what was done, or why not.
    pub(super) fn change(&mut self, command: Command) -> Option<Said> {
        let (row, rows) = (self.row, self.selected());
        let rows_or_next = if rows.len() > 1 { rows.clone() } else { row..row + 2 };
        let made = match command {
            Command::Merge => self.aligned().merge(rows_or_next),
            Command::Split => self.split(row),
            Command::SourceDown => self.move_down(Side::Source),
            Command::SourceUp => self.move_up(Side::Source),
            Command::TargetDown => self.move_down(Side::Target),
            Command::TargetUp => self.move_up(Side::Target),
            Command::Unlink => self.aligned().unlink(row),
            Command::Swap => self.aligned().swap(row),
            Command::Link => match self.pick() {
                Ok(made) => made,
                Err(said) => return Some(said),
            },
            Command::JoinSegments => match self.meant() {
                Some((side, segment)) => self.aligned().join(side, segment),
                None => Err(Refused::NoRow),
            },
            Command::Confirm => return Some(self.confirm(rows)),
            Command::ConfirmAbove => self.aligned().mark(0..row + 1, Action::Confirm, |mark| mark.confirmed = true),
            Command::Flag => {
                let all = self.aligned().rows()[rows.clone()].iter().all(|row| row.mark.flagged);
                let action = if all { Action::Unflag } else { Action::Flag };
                self.aligned().mark(rows, action, |mark| mark.flagged = !all)
            }
            Command::Bookmark => {
                let all = self.aligned().rows()[rows.clone()].iter().all(|row| row.mark.bookmarked);
                let action = if all { Action::Unbookmark } else { Action::Bookmark };
                self.aligned().mark(rows, action, |mark| mark.bookmarked = !all)
            }
            Command::Undo => return Some(self.undo()),
            Command::Redo => return Some(self.redo()),
            _ => return None,
        };
        Some(self.carry_out(made))
    }

    /// Moves segments of a side into the row below, from the chosen one, or only the last.
    fn move_down(&self, side: Side) -> Result<Edit, Refused> {
        match self.chosen_of(side) {
            Some(segment) if self.row + 1 < self.rows() => self.aligned().carry(side, segment, self.row + 1),
            _ => self.aligned().move_down(self.row, side),
        }
    }

    /// Moves segments of a side into the row above, up to the chosen one, or only the first.
    fn move_up(&self, side: Side) -> Result<Edit, Refused> {
        match self.chosen_of(side) {
            Some(segment) if self.row > 0 => self.aligned().carry(side, segment, self.row - 1),
            _ => self.aligned().move_up(self.row, side),
        }
    }

    /// Splits a row where the parts before are the most alike in their share of either side; of a side with one segment
    /// nothing goes into the second part.
    fn split(&self, row: usize) -> Result<Edit, Refused> {
        let first = self.aligned().middle(row).ok_or(Refused::NoRow)?;
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
        // Before the chosen segment, wherever the other side fits best; else wherever both do.
        let mut places: Vec<Place> = places.collect();
        if let Some((side, segment)) = self.chosen {
            let [own, other] = if side == Side::Source { [&source, &target] } else { [&target, &source] };
            if segment == own.start {
                return Err(Refused::EmptyPart);
            }
            let place = |other| match side {
                Side::Source => Place { source: segment, target: other },
                Side::Target => Place { source: other, target: segment },
            };
            places = (other.start + 1..other.end.max(other.start + 1)).map(place).collect();
            if places.is_empty() {
                places.push(place(other.end));
            }
        }
        let best = places.into_iter().min_by(|a, b| difference(a).total_cmp(&difference(b)));
        self.aligned().split(row, best.unwrap_or(first))
    }

    /// Confirms rows and goes on to the next one; rows that are confirmed already are so no more.
    fn confirm(&mut self, rows: Range<usize>) -> Said {
        let all = self.aligned().rows()[rows.clone()].iter().all(|row| row.mark.confirmed);
        let action = if all { Action::Unconfirm } else { Action::Confirm };
        let end = rows.end;
        let made = self.aligned().mark(rows, action, |mark| mark.confirmed = !all);
        let said = self.carry_out(made);
        if !all {
            self.go(end);
        }
        said
    }

    /// The job of aligning anew what lies between confirmed rows around the row under the eye, or after it where it is
    /// confirmed itself. A row that a person has just made is held to be right.
    pub(super) fn realign(&self) -> Option<Job> {
        let rows = self.aligned().rows();
        let confirmed = |at: &usize| rows[*at].mark.confirmed;
        let here = if confirmed(&self.row) { self.row + 1 } else { self.row };
        let start = (0..here).rev().find(confirmed).map_or(0, |at| at + 1);
        let end = (here..rows.len()).find(confirmed).unwrap_or(rows.len());
        if start >= end {
            return None;
        }
        let last = self.history.to_undo().map_or(&[][..], |edit| &edit.steps);
        let now_made = last.iter().any(|step| match step {
            Step::Rows { at, new, .. } => (*at..at + new.len()).contains(&self.row),
            _ => false,
        });
        let made = (start..end).contains(&self.row) && now_made && rows[self.row].bead.score >= 1.0;
        let settled = |at: &usize| confirmed(at) || (made && *at == self.row);
        let bead = |at: usize| (rows[at].bead.source.clone(), rows[at].bead.target.clone());
        let beads = (0..rows.len()).filter(settled).map(bead).collect();
        let settled = Settled { beads, ..Settled::default() };
        Some(Job::Realign(self.open.clone(), start..end, settled, self.stamp()))
    }

    /// What was aligned anew, as an edit to be looked at; or why there is none.
    pub(super) fn take_realigned(&self, stamp: Stamp, found: Result<Vec<Bead>, String>) -> Result<Edit, Said> {
        match found {
            Err(problem) => Err(Said::Plain(problem)),
            Ok(_) if stamp != self.stamp() => {
                Err(Said::Words("The rows were changed meanwhile; align again once more"))
            }
            Ok(beads) => match self.aligned().replaced(&beads) {
                Err(Refused::NoChange) => Err(Said::Words("Aligned again: nothing changed")),
                made => made.map_err(Said::from),
            },
        }
    }

    pub(super) fn carry_out(&mut self, made: Result<Edit, Refused>) -> Said {
        let edit = match made {
            Ok(edit) => edit,
            Err(refused) => return refused.into(),
        };
        let edit = edit.by(self.author.origin());
        self.move_places(&edit);
        if let Err(misfit) = self.history.do_edit(self.open.work_mut(), edit.clone()) {
            return Said::Plain(misfit.to_string());
        }
        let said = Said::Edit("", edit.action, edit.rows.clone());
        self.follow(&edit);
        self.keep(Change::Done(edit));
        said
    }

    /// Gives a segment another text, and cuts it at a byte of that text, as two steps of undoing.
    pub(super) fn retype(&mut self, side: Side, segment: usize, text: &str, cut: Option<usize>) -> Said {
        let made = self.aligned().rewrite(side, segment, text);
        let Some(cut) = cut else { return self.carry_out(made) };
        if !matches!(made, Err(Refused::NoChange)) {
            let refused = made.is_err();
            let said = self.carry_out(made);
            if refused {
                return said;
            }
        }
        let lead = text.len() - text.trim_start().len();
        let byte = self.document(side).display_span(segment).start + cut.saturating_sub(lead);
        let made = self.aligned().cut(side, segment, byte);
        self.carry_out(made)
    }

    fn undo(&mut self) -> Said {
        let Some(edit) = self.history.to_undo().cloned() else { return Said::Words("There is nothing to undo") };
        let back = edit.clone().inverse();
        self.move_places(&back);
        if let Err(misfit) = self.history.undo(self.open.work_mut()) {
            return Said::Plain(misfit.to_string());
        }
        self.follow(&back);
        self.keep(Change::Undone);
        Said::Edit("Undone: {0}", edit.action, edit.rows)
    }

    fn redo(&mut self) -> Said {
        let Some(edit) = self.history.to_redo().cloned() else { return Said::Words("There is nothing to do again") };
        self.move_places(&edit);
        if let Err(misfit) = self.history.redo(self.open.work_mut()) {
            return Said::Plain(misfit.to_string());
        }
        self.follow(&edit);
        self.keep(Change::Redone);
        Said::Edit("Done again: {0}", edit.action, edit.rows)
    }

    /// Moves the places of terms with the text around them, before an edit changes it; places within what changes are
    /// dropped.
    fn move_places(&mut self, edit: &Edit) {
        if !edit.steps.iter().any(|step| matches!(step, Step::Segments { .. })) {
            return;
        }
        let Some(glossary) = self.glossary.as_mut().map(Arc::make_mut) else { return };
        for (side, moves) in edit.steps.iter().filter_map(|step| moves(self.open.aligned(), step)) {
            for term in &mut glossary.terms {
                term.places.retain_mut(|(_, source, target)| {
                    let span = if side == Side::Source { source } else { target };
                    moved(&moves, span).map(|to| *span = to).is_some()
                });
            }
        }
    }

    /// Brings everything that shows terms up to date after an edit; whether nothing else has changed.
    fn follow_terms(&mut self, edit: &Edit) -> bool {
        let of_terms = |step: &Step| matches!(step, Step::Concepts { .. } | Step::Verdict { .. });
        if edit.steps.iter().any(|step| matches!(step, Step::Concepts { .. } | Step::Name { .. })) {
            self.refresh_terms();
        }
        self.decided += u64::from(edit.steps.iter().any(of_terms));
        edit.steps.iter().all(of_terms)
    }

    /// Brings everything that shows rows up to date after an edit, and the eye to where it was made.
    fn follow(&mut self, edit: &Edit) {
        if self.follow_terms(edit) {
            return;
        }
        let mut touched: Option<Range<usize>> = None;
        let mut shifted = false;
        let mut touch = |rows: Range<usize>| {
            touched =
                Some(touched.clone().map_or(rows.clone(), |all| all.start.min(rows.start)..all.end.max(rows.end)));
        };
        // Rows first, as they are in the end; then what changed within them.
        for step in &edit.steps {
            if let Step::Rows { alignment, at, old, new } = step
                && *alignment == self.aligned().id()
            {
                self.exchange(*at, old, new);
                if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| old.bead != new.bead) {
                    self.spliced.push((*at, old.len(), new.len()));
                    shifted = true;
                }
                touch(*at..at + new.len());
            }
        }
        for step in &edit.steps {
            match step {
                Step::Rows { .. } | Step::Concepts { .. } | Step::Verdict { .. } => {}
                Step::Segments { document, patches } => {
                    let Some(side) = self.aligned().side_of(*document) else { continue };
                    self.texts += 1;
                    self.read_again(side);
                    let row = |patch: &Patch| self.aligned().row_of(side, patch.at).unwrap_or(0);
                    let mut rows: Vec<usize> = patches.iter().map(row).collect();
                    rows.dedup();
                    let hull = rows.first().map_or(0..0, |first| *first..rows.last().map_or(0, |last| last + 1));
                    self.spliced.push((hull.start, hull.len(), hull.len()));
                    for row in rows {
                        self.look_again(row);
                    }
                    touch(hull);
                }
                Step::Name { .. } => {
                    let [source, target] = SIDES.map(|side| &self.document(side).name);
                    self.title = format!("{source} ⇄ {target}");
                }
            }
        }
        self.revision += 1;
        if edit.steps.iter().any(|step| matches!(step, Step::Segments { .. })) {
            self.find_again();
            self.find_places();
        }
        let counts = |(side, segment): &(Side, usize)| *segment < self.document(*side).segments.len();
        self.chosen = self.chosen.filter(counts);
        if let Some(rows) = touched {
            let last = rows.end.saturating_sub(1);
            if !(rows.start..=last).contains(&self.row) || shifted {
                self.go(self.row.clamp(rows.start, last));
            }
        }
        self.extend(self.row);
        self.anchor = self.anchor.min(self.rows().saturating_sub(1));
    }

    /// Makes a text that has changed ready to be searched, at once where that is a matter of milliseconds.
    fn read_again(&mut self, side: Side) {
        let document = Arc::clone(self.aligned().document(side));
        if document.text.as_str().len() < SHORT {
            self.index[side as usize] = Arc::new(Index::of(&document));
        } else {
            // In a text of another length it finds nothing, rather than what stood there before.
            self.index[side as usize] = Arc::new(Index::new(""));
            self.to_index[side as usize] = true;
        }
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

    /// Goes to the next or previous row that is of some kind, round the end; whether there is one.
    fn walk(&mut self, forward: bool, wanted: impl Fn(&Self, usize) -> bool) -> bool {
        let (row, count) = (self.row, self.rows());
        let place = |step: usize| if forward { (row + step) % count } else { (row + count - step) % count };
        let next = (1..=count).map(place).find(|&row| wanted(self, row));
        if let Some(next) = next {
            self.go(next);
        }
        next.is_some()
    }

    /// Goes to the next or previous row to be looked at.
    pub(super) fn walk_doubtful(&mut self, forward: bool) -> Option<Said> {
        (!self.walk(forward, Self::is_doubtful)).then_some(Said::Words("No row is doubtful"))
    }

    /// Goes to the next or previous bookmark.
    pub(super) fn walk_bookmarks(&mut self, forward: bool) -> Option<Said> {
        let found = self.walk(forward, |session, row| session.at(row).is_some_and(|row| row.mark.bookmarked));
        (!found).then_some(Said::Words("There is no bookmark"))
    }

    /// Goes to the row that is to be doubted most; from there, where it was left as it is, to the next of the others.
    pub(super) fn walk_most_doubtful(&mut self) -> Option<Said> {
        let order = |row: usize| (self.doubt(row), std::cmp::Reverse(row));
        let above = |a: usize, b: usize| {
            let (a, b) = (order(a), order(b));
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
        };
        let here = self.row;
        let doubtful = || (0..self.rows()).filter(|&row| self.is_doubtful(row));
        let next = if self.most_doubtful == Some(here) && self.is_doubtful(here) {
            doubtful().filter(|&row| above(row, here).is_lt()).max_by(|&a, &b| above(a, b))
        } else {
            None
        };
        match next.or_else(|| doubtful().max_by(|&a, &b| above(a, b))) {
            Some(row) => {
                self.go(row);
                self.most_doubtful = Some(row);
                None
            }
            None => Some(Said::Words("No row is doubtful")),
        }
    }

    pub(super) fn count_rows(&mut self) {
        let counts = self.with_doubts().fold((0, 0), |(doubtful, confirmed), (row, doubt)| {
            (doubtful + usize::from(doubt), confirmed + usize::from(row.mark.confirmed))
        });
        (self.doubtful, self.confirmed) = counts;
    }

    /// The selected rows.
    pub(super) fn selected(&self) -> Range<usize> {
        let rows = self.selection();
        *rows.start()..rows.end() + 1
    }
}

/// A byte at which a text changes, how many bytes are taken out there, and how many come in.
type Move = (usize, usize, usize);

/// How a step will move the bytes of a document; nothing where no text changes.
fn moves(aligned: Aligned, step: &Step) -> Option<(Side, Vec<Move>)> {
    let Step::Segments { document, patches } = step else { return None };
    let side = aligned.side_of(*document)?;
    let segments = &aligned.document(side).segments;
    let text = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    let of = |patch: &Patch| {
        let (old, new) = (text(&patch.old), text(&patch.new));
        (old != new).then(|| (segments.get(patch.at).map_or(0, |segment| segment.span.start), old.len(), new.len()))
    };
    Some((side, patches.iter().filter_map(of).collect()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bitext;
    use crate::doubt::Terms;
    use crate::project::paste;

    fn session(chinese: &str, english: &str) -> Session {
        let (source, target) = (paste("zh", chinese).unwrap(), paste("en", english).unwrap());
        let bead = Bead { source: 0..source.segments.len(), target: 0..target.segments.len(), score: 0.5 };
        Session::of(
            "test".to_owned(),
            Bitext { source: source.into(), target: target.into(), beads: vec![bead] }.into(),
        )
    }

    #[test]
    fn a_row_is_split_where_both_sides_have_gone_as_far() {
        let mut session = session(
            "今天下雨。我没去。国际法的一切原则都适用于网络空间里的国家行为。",
            "It rained today, so I did not go. All the principles of international law apply to the conduct of states.",
        );
        assert_eq!(session.change(Command::Split), Some(Said::Edit("", Action::Split, 0..1)));
        let kinds: Vec<String> = (0..session.rows()).map(|row| session.kind(row).to_string()).collect();
        assert_eq!(kinds, ["2-1", "1-1"]);
        assert_eq!(session.change(Command::Undo), Some(Said::Edit("Undone: {0}", Action::Split, 0..1)));
        assert_eq!(session.rows(), 1);
    }

    #[test]
    fn joining_rows_and_taking_that_back_counts_right() {
        let mut session = session("2009年下雨。我没去。", "It rained in 2010. In 2009 I stayed.");
        session.change(Command::Split);
        session.take_doubts(
            crate::gui::session::found_doubts(&crate::task::Ctl::quiet(), &session.open, Terms::default()).unwrap(),
        );
        let counted = |session: &Session| (0..session.rows()).filter(|&row| session.is_doubtful(row)).count();
        session.go(0);
        for command in [
            Command::Confirm,
            Command::PreviousRow,
            Command::JoinSegments,
            Command::Undo,
            Command::Redo,
            Command::Undo,
            Command::Undo,
        ] {
            session.go(0);
            session.change(command);
            assert_eq!(session.doubtful, counted(&session), "{command:?}");
        }
    }

    #[test]
    fn after_a_row_is_confirmed_the_most_doubtful_of_all_comes_next() {
        let (source, target) =
            (paste("zh", "一。二。三。四。").unwrap(), paste("en", "One. Two. Three. Four.").unwrap());
        let bead = |(at, score): (usize, f32)| Bead { source: at..at + 1, target: at..at + 1, score };
        let beads = [0.5, 0.2, 0.6, 0.3].into_iter().enumerate().map(bead).collect();
        let bitext = Bitext { source: source.into(), target: target.into(), beads };
        let mut session = Session::of("test".to_owned(), bitext.into());
        session.count_rows();
        let mut seen = Vec::new();
        for confirmed in [true, false, false, true, false] {
            session.walk_most_doubtful();
            seen.push(session.row);
            if confirmed {
                session.change(Command::Confirm);
            }
        }
        // The third is left as it is twice, then the round begins anew.
        assert_eq!(seen, [1, 3, 0, 2, 3]);
    }

    #[test]
    fn a_text_edited_during_a_search_selects_no_rows() {
        let mut session = session("雨。我没去。雨停了。", "Rain. I stayed. The rain is over.");
        for row in 0..2 {
            session.go(row);
            session.change(Command::Split);
        }
        session.go(0);
        session.find("rain");
        session.retype(Side::Target, 0, "Snow.", None);
        assert_eq!((session.selected(), session.search.count()), (0..1, 1));
    }

    #[test]
    fn the_next_doubtful_row_is_found_round_the_end() {
        let mut session = session("今天下雨。我没去。你呢？", "It rained. I did not go. And you?");
        session.change(Command::Unlink);
        assert_eq!(session.walk_doubtful(true), Some(Said::Words("No row is doubtful")));
        session.go(4);
        session.change(Command::Flag);
        session.go(5);
        assert_eq!((session.walk_doubtful(true), session.row), (None, 4));
        assert_eq!(session.doubtful, 1);
        session.change(Command::ConfirmAbove);
        assert_eq!(session.confirmed, 5);
    }
}
