//! The search under way: hits on either side, in the order in which rows are read.

use std::sync::Arc;

use super::{SIDES, Session, Side};
use crate::find::{Found, Haystack, Options, Pattern};
use crate::gui::worker::{Job, MOST_HITS, Wanted};
use crate::notice::{Notice, Tell as _};
use crate::task::Ctl;
use crate::text::Span;

/// Texts of fewer bytes in all are searched within a frame, longer ones by the worker.
const SHORT: usize = 16_000_000;

/// What is searched for, and where it stands.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct Search {
    pub(in crate::gui) query: String,
    pub(in crate::gui) options: Options,
    /// What is wrong with the query.
    pub(in crate::gui) problem: Option<Notice>,
    /// What the worker is to search for.
    waiting: Option<Pattern>,
    /// Whether the reader stays where he is when the worker has found something.
    stays: bool,
    /// Grows with every search.
    pub(in crate::gui) revision: u64,
    /// Whether there are more hits than are held.
    pub(in crate::gui) more: bool,
    /// The bytes of each document where it stands, in order. Rows are asked for when they are needed: every edit may
    /// change them.
    pub(in crate::gui) hits: [Vec<Span>; 2],
    /// The hit the reader is at: its side, and its number there.
    pub(in crate::gui) current: Option<(Side, usize)>,
}

impl Search {
    /// How many hits there are.
    pub(in crate::gui) fn count(&self) -> usize {
        self.hits.iter().map(Vec::len).sum()
    }
}

/// Where a hit stands in reading order: row, side, number on its side.
type Order = (usize, usize, usize);

impl Session {
    /// Searches both sides and goes to the first hit at or after the row under the eye.
    pub(in crate::gui) fn find(&mut self, query: &str) {
        self.find_here(query);
        self.search.stays = false;
        self.show_current();
    }

    /// Searches both sides, staying where the reader is.
    pub(in crate::gui) fn find_here(&mut self, query: &str) {
        query.clone_into(&mut self.search.query);
        self.search.hits = Default::default();
        (self.search.problem, self.search.more) = (None, false);
        self.search.revision += 1;
        if !query.is_empty() {
            match Pattern::new(query, self.search.options) {
                Ok(pattern) if self.is_long() => self.search.waiting = Some(pattern),
                Ok(pattern) => self.find_all(&pattern),
                Err(problem) => self.search.problem = Some(problem.tell()),
            }
        }
        self.search.stays = true;
        self.search.current = self.first_from((self.cursor.row, 0, 0)).or_else(|| self.first_from((0, 0, 0)));
    }

    fn is_long(&self) -> bool {
        SIDES.into_iter().map(|side| self.document(side).text.as_str().len()).sum::<usize>() > SHORT
    }

    /// The job of searching long texts, where one is asked for.
    pub(in crate::gui) fn search_job(&mut self) -> Option<Job> {
        let pattern = self.search.waiting.take()?;
        let documents = SIDES.map(|side| Arc::clone(self.aligned().document(side)));
        let wanted = Wanted { pattern, documents, indexes: self.index.clone() };
        Some(Job::Find(Box::new(wanted), self.stamp, self.search.revision))
    }

    /// Takes in what was found in long texts; goes to the first hit from the row under the eye on, unless the reader
    /// stays. Whether it went.
    pub(in crate::gui) fn take_hits(&mut self, found: [Found; 2], number: u64) -> bool {
        if number != self.search.revision {
            return false;
        }
        self.search.more = found.iter().any(|found| found.more);
        self.search.hits = found.map(|found| found.hits);
        self.search.revision += 1;
        self.search.current = self.first_from((self.cursor.row, 0, 0)).or_else(|| self.first_from((0, 0, 0)));
        if !self.search.stays {
            self.show_current();
        }
        !self.search.stays
    }

    /// Searches once more for the same, staying where the reader is.
    pub(in crate::gui) fn find_again(&mut self) {
        if !self.search.query.is_empty() {
            self.find_here(&self.search.query.clone());
        }
    }

    fn find_all(&mut self, pattern: &Pattern) {
        for side in SIDES {
            let document = Arc::clone(self.aligned().document(side));
            let haystack = Haystack::from(&*document);
            // Nobody can cancel: what is held is bounded, and a gigabyte is searched in a fraction of a second.
            let found = self.index[side as usize].find_all(&Ctl::quiet(), pattern, &haystack, MOST_HITS);
            if let Ok(found) = found {
                self.search.more |= found.more;
                self.search.hits[side as usize] = found.hits;
            }
        }
    }

    fn order(&self, side: Side, number: usize) -> Order {
        let row = self.search.hits[side as usize].get(number).map_or(0, |hit| self.row_at(side, hit.start));
        (row, side as usize, number)
    }

    /// How many hits of a side come before a place in reading order.
    fn before(&self, side: Side, place: Order) -> usize {
        let hits = &self.search.hits[side as usize];
        let (mut low, mut high) = (0, hits.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.order(side, middle) < place { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn first_from(&self, place: Order) -> Option<(Side, usize)> {
        let next = |side: Side| {
            let number = self.before(side, place);
            (number < self.search.hits[side as usize].len()).then(|| (self.order(side, number), (side, number)))
        };
        SIDES.into_iter().filter_map(next).min_by_key(|(order, _)| *order).map(|(_, hit)| hit)
    }

    fn last_before(&self, place: Order) -> Option<(Side, usize)> {
        let next = |side: Side| {
            let number = self.before(side, place).checked_sub(1)?;
            Some((self.order(side, number), (side, number)))
        };
        SIDES.into_iter().filter_map(next).max_by_key(|(order, _)| *order).map(|(_, hit)| hit)
    }

    /// The number of the current hit in reading order, from 0.
    pub(in crate::gui) fn place_of_hit(&self) -> Option<usize> {
        let (side, number) = self.search.current?;
        let place = self.order(side, number);
        Some(SIDES.into_iter().map(|side| self.before(side, place)).sum())
    }

    /// Goes to the next or previous hit, round the end.
    pub(in crate::gui) fn walk_hits(&mut self, forward: bool) {
        // From the current hit, or from the row under the eye where the reader has gone elsewhere.
        let here =
            self.search.current.map(|(side, number)| self.order(side, number)).filter(|at| at.0 == self.cursor.row);
        let end = (usize::MAX, 0, 0);
        self.search.current = if forward {
            let from = here.map_or((self.cursor.row, 0, 0), |(row, side, number)| (row, side, number + 1));
            self.first_from(from).or_else(|| self.first_from((0, 0, 0)))
        } else {
            let from = here.unwrap_or((self.cursor.row + 1, 0, 0));
            self.last_before(from).or_else(|| self.last_before(end))
        };
        self.show_current();
    }

    fn show_current(&mut self) {
        if let Some((side, number)) = self.search.current {
            self.go(self.order(side, number).0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::find::Index;
    use crate::project::paste;

    /// Two rows with so much blank space between them that the worker has to search.
    fn long() -> Session {
        let gap = " ".repeat(SHORT);
        let source = paste("zh", "雨。\n雨停了。\n").unwrap();
        let target = paste("en", &format!("Rain.\n{gap}\nThe rain is over.\n")).unwrap();
        let bead = |at| Bead { source: at..at + 1, target: at..at + 1, score: 0.9 };
        let bitext = Bitext { source: source.into(), target: target.into(), beads: vec![bead(0), bead(1)] };
        Session::of("test", bitext)
    }

    /// What the worker does with a search.
    fn answer(session: &mut Session) -> bool {
        let Some(Job::Find(wanted, _, number)) = session.search_job() else { panic!("nothing is to be searched") };
        let found = SIDES.map(|side| {
            let haystack = Haystack::from(&*wanted.documents[side as usize]);
            let index = &wanted.indexes[side as usize];
            index.find_all(&Ctl::quiet(), &wanted.pattern, &haystack, MOST_HITS).unwrap()
        });
        session.take_hits(found, number)
    }

    #[test]
    fn a_search_of_long_texts_goes_to_its_first_hit_and_stays_after_an_edit() {
        let mut session = long();
        session.find("rain");
        assert_eq!((session.cursor.row, session.search.count()), (0, 0));
        assert!(answer(&mut session));
        assert_eq!((session.cursor.row, session.search.count()), (0, 2));
        session.cursor.anchor = 1;
        session.retype(Side::Target, 0, "Snow.", None);
        // What stood there before is not found, and nothing else until the text is made ready.
        assert!(!answer(&mut session) && session.to_index[1]);
        assert_eq!((session.cursor.row, session.cursor.selection(), session.search.count()), (0, 0..=1, 0));
        session.index[1] = Arc::new(Index::of(session.document(Side::Target)));
        session.find_again();
        assert!(!answer(&mut session), "the reader stays");
        assert_eq!((session.cursor.row, session.cursor.selection(), session.search.count()), (0, 0..=1, 1));
        assert_eq!(session.search.current, Some((Side::Target, 0)));
        // What is searched for next is gone to again.
        session.find("over");
        assert!(answer(&mut session));
        assert_eq!((session.cursor.row, session.cursor.selection(), session.search.count()), (1, 1..=1, 1));
    }
}
