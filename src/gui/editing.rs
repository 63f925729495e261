//! What a person does to the rows: edits made, kept, undone; marks; the next doubtful row.

use std::ops::Range;
use std::sync::Arc;

use super::command::Command;
use super::session::Session;
use super::words::Said;
use super::worker::{Job, Stamp};
use crate::bitext::{Bead, SIDES, Side};
use crate::edit::{Action, Edit, Refused, Reworded, Touched};
use crate::find::Index;
use crate::notice::{Notice, Tell as _};
use crate::project::Change;
use crate::work::Mark;

/// A text of fewer bytes is made ready to be searched within a frame.
const SHORT: usize = 2_000_000;

impl Session {
    /// Runs a command that changes rows; says what was done, or why not.
    pub(super) fn change(&mut self, command: Command) -> Option<Said> {
        let (row, rows) = (self.cursor.row, self.cursor.selected());
        let rows_or_next = if rows.len() > 1 { rows.clone() } else { row..row + 2 };
        let made = match command {
            Command::Merge => self.aligned().merge(rows_or_next),
            Command::Split => self.aligned().split_evenly(row, self.cursor.chosen),
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
        match self.cursor.chosen_of(side) {
            Some(segment) if self.cursor.row + 1 < self.rows() => {
                self.aligned().carry(side, segment, self.cursor.row + 1)
            }
            _ => self.aligned().move_down(self.cursor.row, side),
        }
    }

    /// Moves segments of a side into the row above, up to the chosen one, or only the first.
    fn move_up(&self, side: Side) -> Result<Edit, Refused> {
        match self.cursor.chosen_of(side) {
            Some(segment) if self.cursor.row > 0 => self.aligned().carry(side, segment, self.cursor.row - 1),
            _ => self.aligned().move_up(self.cursor.row, side),
        }
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
        let (rows, settled) = self.aligned().unsettled_around(self.cursor.row, self.history.to_undo())?;
        Some(Job::Realign(self.open.clone(), rows, settled, self.stamp))
    }

    /// What was aligned anew, as an edit to be looked at; or why there is none.
    pub(super) fn take_realigned(&self, stamp: Stamp, found: Result<Vec<Bead>, Notice>) -> Result<Edit, Said> {
        match found {
            Err(problem) => Err(Said::Notice(problem)),
            Ok(_) if stamp != self.stamp => Err(Said::Words("The rows were changed meanwhile; align again once more")),
            Ok(beads) => match self.aligned().replaced(&beads) {
                Err(Refused::NoChange) => Err(Said::Words("Aligned again: nothing changed")),
                made => made.map_err(Said::from),
            },
        }
    }

    pub(super) fn carry_out(&mut self, made: Result<Edit, Refused>) -> Said {
        let edit = match made {
            Ok(edit) => edit.by(self.author.origin()),
            Err(refused) => return refused.into(),
        };
        let said = Said::Edit("", edit.action, edit.rows.clone());
        match self.history.do_edit(self.open.work_mut(), edit.clone()) {
            Err(misfit) => return Said::Notice(misfit.tell()),
            Ok(touched) => self.follow(&touched),
        }
        self.kept.keep(Change::Done(edit));
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
        let (edit, touched) = match self.history.undo(self.open.work_mut()) {
            Err(misfit) => return Said::Notice(misfit.tell()),
            Ok(None) => return Said::Words("There is nothing to undo"),
            Ok(Some(undone)) => undone,
        };
        self.follow(&touched);
        self.kept.keep(Change::Undone);
        if self.is_elsewhere(&edit) {
            return Said::Words("Undone in another alignment of this project");
        }
        Said::Edit("Undone: {0}", edit.action, edit.rows)
    }

    fn redo(&mut self) -> Said {
        let (edit, touched) = match self.history.redo(self.open.work_mut()) {
            Err(misfit) => return Said::Notice(misfit.tell()),
            Ok(None) => return Said::Words("There is nothing to do again"),
            Ok(Some(done)) => done,
        };
        self.follow(&touched);
        self.kept.keep(Change::Redone);
        if self.is_elsewhere(&edit) {
            return Said::Words("Done again in another alignment of this project");
        }
        Said::Edit("Done again: {0}", edit.action, edit.rows)
    }

    /// Whether an edit was made in an alignment that is not shown, so that its rows are others.
    fn is_elsewhere(&self, edit: &Edit) -> bool {
        edit.alignment.is_some_and(|alignment| alignment != self.aligned().id())
    }

    /// Moves the places of terms with the text around them; places within what changed are dropped.
    fn move_places(&mut self, Reworded { document, moves, .. }: &Reworded) {
        let Some(side) = self.open.aligned().side_of(*document) else { return };
        let Some(glossary) = self.terms.glossary.as_mut().map(Arc::make_mut) else { return };
        for term in &mut glossary.terms {
            term.places.retain_mut(|(_, source, target)| {
                let span = if side == Side::Source { source } else { target };
                moves.place(span).map(|to| *span = to).is_some()
            });
        }
    }

    /// Brings everything that is shown up to date after an edit, and the eye to where it was made.
    fn follow(&mut self, touched: &Touched) {
        for text in &touched.texts {
            self.move_places(text);
        }
        if touched.concepts || touched.names {
            self.refresh_terms();
        }
        self.terms.decided += u64::from(touched.concepts || touched.verdicts);
        if touched.is_of_terms() {
            return;
        }
        if touched.names {
            let [source, target] = SIDES.map(|side| &self.document(side).name);
            self.title = Some(format!("{source} ⇄ {target}"));
        }
        let (rows, shifted) = self.follow_rows(touched);
        self.stamp.revision += 1;
        if !touched.texts.is_empty() {
            self.find_again();
            self.find_places();
        }
        let counts = |(side, segment): &(Side, usize)| *segment < self.document(*side).segments.len();
        self.cursor.chosen = self.cursor.chosen.filter(counts);
        if let Some(rows) = rows {
            let last = rows.end.saturating_sub(1);
            if !(rows.start..=last).contains(&self.cursor.row) || shifted {
                self.go(self.cursor.row.clamp(rows.start, last));
            }
        }
        self.extend(self.cursor.row);
        self.cursor.anchor = self.cursor.anchor.min(self.rows().saturating_sub(1));
    }

    /// Brings what is known of rows up to date; gives those that were touched, and whether they hold other segments.
    fn follow_rows(&mut self, touched: &Touched) -> (Option<Range<usize>>, bool) {
        let mut hull: Option<Range<usize>> = None;
        let mut touch = |rows: Range<usize>| {
            let all = hull.clone().unwrap_or_else(|| rows.clone());
            hull = Some(all.start.min(rows.start)..all.end.max(rows.end));
        };
        let mut shifted = false;
        // Rows first, as they are in the end; then what changed within them.
        let own = self.open.aligned().id();
        for exchanged in touched.rows.iter().filter(|exchanged| exchanged.alignment == own) {
            let anew = exchanged.is_aligned_anew();
            self.exchange(exchanged, anew);
            if anew {
                self.spliced.push((exchanged.at, exchanged.old.len(), exchanged.new.len()));
            }
            shifted |= anew;
            touch(exchanged.at..exchanged.at + exchanged.new.len());
        }
        for Reworded { document, segments, .. } in &touched.texts {
            let Some(side) = self.aligned().side_of(*document) else { continue };
            self.stamp.texts += 1;
            self.read_again(side);
            let mut rows: Vec<usize> =
                segments.iter().map(|&segment| self.aligned().row_of(side, segment).unwrap_or(0)).collect();
            rows.dedup();
            let changed = rows.first().map_or(0..0, |first| *first..rows.last().map_or(0, |last| last + 1));
            self.spliced.push((changed.start, changed.len(), changed.len()));
            for row in rows {
                self.look_again(row);
            }
            touch(changed);
        }
        (hull, shifted)
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

    /// Goes to the next or previous row that is of some kind, round the end; whether there is one.
    fn walk(&mut self, forward: bool, wanted: impl Fn(&Self, usize) -> bool) -> bool {
        let (row, count) = (self.cursor.row, self.rows());
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
        let here = self.cursor.row;
        let doubtful = || (0..self.rows()).filter(|&row| self.is_doubtful(row));
        let next = if self.cursor.most_doubtful == Some(here) && self.is_doubtful(here) {
            doubtful().filter(|&row| above(row, here).is_lt()).max_by(|&a, &b| above(a, b))
        } else {
            None
        };
        match next.or_else(|| doubtful().max_by(|&a, &b| above(a, b))) {
            Some(row) => {
                self.go(row);
                self.cursor.most_doubtful = Some(row);
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bitext;
    use crate::doubt::{Doubts, Terms};
    use crate::gui::worker::{Kept, Opened};
    use crate::project::{author, paste};
    use crate::work::{Aligned, OpenAlignment};

    fn session(chinese: &str, english: &str) -> Session {
        let (source, target) = (paste("zh", chinese).unwrap(), paste("en", english).unwrap());
        let bead = Bead { source: 0..source.segments.len(), target: 0..target.segments.len(), score: 0.5 };
        Session::of("test", Bitext { source: source.into(), target: target.into(), beads: vec![bead] })
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
    fn what_is_done_in_another_alignment_changes_only_the_texts_they_share() {
        let (work, ids, [german, french]) = crate::work::tests::versions();
        let open = OpenAlignment::new(work, french).unwrap();
        let kept = Kept::Nowhere(Box::new(open));
        let mut session =
            Session::of_opened(Opened::new(Some("test".to_owned()), Vec::new(), kept, Vec::new()), author(None));
        session.find("rained");
        assert_eq!(session.search.count(), 1);
        session.go(2);
        let act = |session: &mut Session, make: &dyn Fn(Aligned) -> Result<Edit, Refused>| {
            let made = make(session.open.work().aligned(german).unwrap());
            session.carry_out(made);
        };
        let kinds = |session: &Session| {
            (0..session.rows()).map(|row| session.kind(row).to_string()).collect::<Vec<_>>().join(" ")
        };
        act(&mut session, &|aligned| aligned.merge(0..2));
        assert_eq!((kinds(&session).as_str(), session.cursor.row, session.spliced.len()), ("1-1 1-1 1-1", 2, 0));
        act(&mut session, &|aligned| aligned.rewrite(Side::Source, 0, "It poured and rained."));
        act(&mut session, &|aligned| aligned.rewrite(Side::Target, 0, "Es goss."));
        assert_eq!(session.document(Side::Target).display(0), "It poured and rained.");
        let [source, target] = session.search.hits.each_ref().map(Vec::len);
        assert_eq!((source, target), (0, 1));
        let hit = session.search.hits[1][0].clone();
        assert_eq!(&session.document(Side::Target).text.as_str()[hit], "rained");
        let counted = session.doubtful;
        session.count_rows();
        assert_eq!(session.doubtful, counted);
        // Of rows that are not shown no numbers are told.
        let elsewhere = Said::Words("Undone in another alignment of this project");
        for _ in 0..3 {
            assert_eq!(session.change(Command::Undo), Some(elsewhere.clone()));
        }
        assert_eq!(session.document(Side::Target).display(0), "It rained.");
        let again = Said::Words("Done again in another alignment of this project");
        assert_eq!(session.change(Command::Redo), Some(again));
        session.go(1);
        assert_eq!(session.change(Command::Merge), Some(Said::Edit("", Action::Merge, 1..3)));
        assert!(session.open.work().document(ids[0]).is_some() && kinds(&session) == "1-1 2-2");
    }

    #[test]
    fn joining_rows_and_taking_that_back_counts_right() {
        let mut session = session("2009年下雨。我没去。", "It rained in 2010. In 2009 I stayed.");
        session.change(Command::Split);
        session.take_doubts(Doubts::find(&crate::task::Ctl::quiet(), session.aligned(), Terms::default()).unwrap());
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
        let mut session = Session::of("test", bitext);
        session.count_rows();
        let mut seen = Vec::new();
        for confirmed in [true, false, false, true, false] {
            session.walk_most_doubtful();
            seen.push(session.cursor.row);
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
        assert_eq!((session.cursor.selected(), session.search.count()), (0..1, 1));
    }

    #[test]
    fn the_next_doubtful_row_is_found_round_the_end() {
        let mut session = session("今天下雨。我没去。你呢？", "It rained. I did not go. And you?");
        session.change(Command::Unlink);
        assert_eq!(session.walk_doubtful(true), Some(Said::Words("No row is doubtful")));
        session.go(4);
        session.change(Command::Flag);
        session.go(5);
        assert_eq!((session.walk_doubtful(true), session.cursor.row), (None, 4));
        assert_eq!(session.doubtful, 1);
        session.change(Command::ConfirmAbove);
        assert_eq!(session.confirmed, 5);
    }
}
