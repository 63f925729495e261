//! What there is to doubt in the rows, kept beside them while all of them are looked at by the worker.

use super::{Session, Side};
use crate::doubt::{Doubts, Kind, has_low_score};
use crate::edit::Exchanged;
use crate::gui::words::word;
use crate::gui::worker::Job;
use crate::project::asked_terms;
use crate::text::Span;
use crate::work::Row;

/// What there is to doubt, and what changed while that is being found.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct Followed {
    found: Doubts,
    /// Grows when all rows were looked at.
    pub(in crate::gui) revision: u64,
    /// Rows that changed while all of them are being looked at: where, how many there were, how many there are; nothing
    /// where nobody looks.
    since: Option<Vec<(usize, usize, usize)>>,
    /// Whether looking at all rows was stopped before its end.
    stopped: bool,
}

impl Session {
    /// The job of looking at all rows begins: from now on it is told what changes.
    pub(in crate::gui) fn doubts_job(&mut self) -> Job {
        (self.doubts.since, self.doubts.stopped) = (Some(Vec::new()), false);
        let terms = self.terms.glossary.as_ref().map(|glossary| asked_terms(glossary, &self.terms.entries));
        Job::Doubts(self.open.clone(), terms.unwrap_or_default(), self.stamp)
    }

    /// The job of looking at all rows where that was stopped: for who asks for the doubtful ones nevertheless.
    pub(in crate::gui) fn stopped_doubts_job(&mut self) -> Option<Job> {
        self.doubts.stopped.then(|| self.doubts_job())
    }

    /// All rows were looked at; those that changed meanwhile are looked at now.
    pub(in crate::gui) fn take_doubts(&mut self, mut found: Doubts) {
        for (at, old, new) in self.doubts.since.take().into_iter().flatten() {
            found.replace_unseen(at, old, new);
        }
        found.look_at_rest(self.open.aligned());
        self.doubts = Followed { found, revision: self.doubts.revision + 1, ..Followed::default() };
        self.count_rows();
    }

    /// Rows took the place of others, which are counted instead of all.
    pub(in crate::gui) fn exchange(&mut self, Exchanged { at, old, new, .. }: &Exchanged, aligned_anew: bool) {
        self.doubtful -= self.doubts.count_doubtful(*at, old);
        self.confirmed -= old.iter().filter(|row| row.mark.confirmed).count();
        if aligned_anew {
            self.look_at(*at, old.len(), new.len());
        }
        self.doubtful += self.doubts.count_doubtful(*at, new);
        self.confirmed += new.iter().filter(|row| row.mark.confirmed).count();
    }

    /// The text of a row changed.
    pub(in crate::gui) fn look_again(&mut self, row: usize) {
        let was = self.is_doubtful(row);
        self.look_at(row, 1, 1);
        self.doubtful = self.doubtful + usize::from(self.is_doubtful(row)) - usize::from(was);
    }

    fn look_at(&mut self, at: usize, old: usize, new: usize) {
        if let Some(since) = &mut self.doubts.since {
            since.push((at, old, new));
        }
        self.doubts.found.replace(self.open.aligned(), at, old, new);
    }

    /// The numbers, names and terms that the other side lacks, in bytes of the text of a cell.
    pub(in crate::gui) fn lacking(&self, row: usize, side: Side) -> Vec<Span> {
        self.doubts.found.lacking(self.aligned(), row, side)
    }

    /// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
    pub(in crate::gui) fn is_doubtful(&self, row: usize) -> bool {
        self.at(row).is_some_and(|at| self.doubts.found.is_doubtful(row, at))
    }

    /// All rows, each with whether it is to be looked at.
    pub(in crate::gui) fn with_doubts(&self) -> impl Iterator<Item = (&Row, bool)> {
        self.doubts.found.of_all(self.aligned().rows())
    }

    /// How much a row is to be doubted.
    pub(in crate::gui) fn doubt(&self, row: usize) -> f32 {
        self.at(row).map_or(0.0, |at| self.doubts.found.doubt(row, at))
    }

    /// Why a row is doubted, in words.
    pub(in crate::gui) fn why_doubtful(&self, row: usize) -> Vec<&'static str> {
        let mut reasons = self.doubts.reasons(row);
        if reasons.is_empty() && self.at(row).is_some_and(has_low_score) {
            reasons.push(word("the score is low"));
        }
        reasons
    }
}

impl Followed {
    /// Nobody looks at all rows by now: what changes need not be told.
    pub(in crate::gui) fn doubts_at_rest(&mut self) {
        self.stopped |= self.since.take().is_some();
    }

    /// How many of some rows are doubtful, the first of which has this number.
    fn count_doubtful(&self, at: usize, rows: &[Row]) -> usize {
        let found = &self.found;
        rows.iter().enumerate().filter(|(number, row)| found.is_doubtful(at + number, row)).count()
    }

    /// What there is to doubt in a row besides its score, in words.
    fn reasons(&self, row: usize) -> Vec<&'static str> {
        self.found.kinds(row).iter().map(Kind::text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::doubt::Terms;
    use crate::gui::command::Command;
    use crate::project::paste;
    use crate::task::Ctl;

    fn session() -> Session {
        let (source, target) = (paste("zh", "雨。我没去。").unwrap(), paste("en", "Rain. I stayed.").unwrap());
        let bead = Bead { source: 0..2, target: 0..2, score: 0.9 };
        Session::of("test", Bitext { source: source.into(), target: target.into(), beads: vec![bead] })
    }

    fn found(session: &Session) -> Doubts {
        Doubts::find(&Ctl::quiet(), session.aligned(), Terms::default()).unwrap()
    }

    #[test]
    fn what_changes_is_remembered_only_while_all_rows_are_looked_at() {
        let mut session = session();
        session.change(Command::Split);
        assert_eq!(session.doubts.since, None);
        session.doubts_job();
        let found = found(&session);
        session.change(Command::Merge);
        assert_eq!(session.doubts.since, Some(vec![(0, 2, 1)]));
        session.take_doubts(found);
        assert_eq!(session.doubts.since, None);
        session.change(Command::Split);
        assert_eq!(session.doubts.since, None);
    }

    #[test]
    fn what_was_stopped_is_begun_again_on_request_and_what_was_done_is_not() {
        let mut session = session();
        session.doubts_job();
        session.doubts.doubts_at_rest();
        assert_eq!(session.doubts.since, None);
        assert!(matches!(session.stopped_doubts_job(), Some(Job::Doubts(..))));
        assert!(session.stopped_doubts_job().is_none(), "it is under way");
        let found = found(&session);
        session.take_doubts(found);
        session.doubts.doubts_at_rest();
        assert!(session.stopped_doubts_job().is_none());
    }

    #[test]
    fn a_row_is_doubted_for_its_score_where_that_is_so() {
        let mut session = session();
        session.change(Command::Flag);
        assert!(session.is_doubtful(0) && session.why_doubtful(0).is_empty());
        let (source, target) = (paste("zh", "雨。").unwrap(), paste("en", "Rain.").unwrap());
        let bead = Bead { source: 0..1, target: 0..1, score: 0.1 };
        let low = Session::of("test", Bitext { source: source.into(), target: target.into(), beads: vec![bead] });
        assert_eq!(low.why_doubtful(0), ["the score is low"]);
    }
}
