//! What of a unit nothing but a term accounts for: where the usual rendering is missing, that is what stands for it.

use std::ops::Range;

use crate::term::links::Link;
use crate::term::survey::{CHINESE, Survey, Word};

/// A word so much of which is linked with other words than the term's is accounted for.
const TAKEN: f32 = 0.35;
/// Most words that are taken together.
const MOST: usize = 4;

/// The other side of a unit, seen from a place of a term.
pub(super) struct Remainder<'a> {
    words: &'a [Word],
    /// How much links each word with the term, and with other words.
    masses: Vec<(f32, f32)>,
}

impl<'a> Remainder<'a> {
    pub(super) fn of(survey: &'a Survey, unit: usize, side: usize, place: &Range<usize>) -> Self {
        let words = survey.units[unit][1 - side].as_slice();
        let mut masses = vec![(0.0, 0.0); words.len()];
        for link in &survey.links[unit] {
            let (here, there) = ends(link, side);
            let mass = if place.contains(&here) { &mut masses[there].0 } else { &mut masses[there].1 };
            *mass += link.posterior;
        }
        Self { words, masses }
    }

    /// The words that stand for the term, when it is plain which: those linked with it most, however weakly, or the
    /// only ones there are.
    pub(super) fn best(&self) -> Option<Range<usize>> {
        let mut runs = self.runs();
        if runs.len() > 1 {
            let mass = |run: &Range<usize>| run.clone().map(|at| self.masses[at].0).sum::<f32>();
            runs.retain(|run| mass(run) > 0.0);
            runs.sort_by(|a, b| mass(b).total_cmp(&mass(a)).then(a.start.cmp(&b.start)));
        }
        runs.into_iter().next()
    }

    /// A stretch with the words on both sides of it that nothing else accounts for.
    pub(super) fn widened(&self, words: &Range<usize>) -> Range<usize> {
        let (mut from, mut to) = (words.start, words.end);
        while from > 0 && to - from < MOST && self.is_free(from - 1) {
            from -= 1;
        }
        while to < self.words.len() && to - from < MOST && self.is_free(to) {
            to += 1;
        }
        from..to
    }

    fn is_free(&self, at: usize) -> bool {
        self.words[at].content && self.masses[at].1 < TAKEN
    }

    /// All stretches of free words.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for at in (0..self.words.len()).filter(|&at| self.is_free(at)) {
            match out.last_mut().filter(|run| self.joins(run.end, at)) {
                Some(run) => run.end = at + 1,
                None => out.push(at..at + 1),
            }
        }
        out.retain(|run| run.len() <= MOST + 1);
        out
    }

    /// Whether a word goes on where a stretch ends: at once, or after a hyphen.
    fn joins(&self, end: usize, at: usize) -> bool {
        end == at || end + 1 == at && matches!(self.words[end].stem.as_str(), "-" | "‐" | "‑")
    }
}

/// The word of a side that a link has, and the one of the other side.
fn ends(link: &Link, side: usize) -> (usize, usize) {
    if side == CHINESE { (link.chinese, link.english) } else { (link.english, link.chinese) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(english: &str, links: &[(usize, usize, f32)]) -> Survey {
        let mut start = 0;
        let words = english.split(' ').map(|word| {
            let span = start..start + word.len();
            start = span.end + 1;
            Word { stem: word.to_owned(), mark: false, content: word.len() > 3, span }
        });
        let link = |&(chinese, english, posterior): &(usize, usize, f32)| Link { chinese, english, posterior };
        Survey {
            units: vec![[Vec::new(), words.collect()]],
            links: vec![links.iter().map(link).collect()],
            ..Survey::default()
        }
    }

    #[test]
    fn what_no_other_word_accounts_for_stands_for_the_term() {
        let linked = survey("states discuss the supreme power in law", &[(0, 0, 0.9), (1, 1, 0.8), (2, 1, 0.1)]);
        let remainder = Remainder::of(&linked, 0, CHINESE, &(2..3));
        assert_eq!(remainder.best(), Some(3..5));
        assert_eq!(remainder.widened(&(4..5)), 3..5);
    }

    #[test]
    fn of_several_the_one_most_linked_with_the_term_stands_for_it_and_none_where_all_is_accounted_for() {
        let text = "open rules help secure networks";
        let linked = survey(text, &[(0, 0, 0.9), (1, 2, 0.9), (2, 1, 0.05), (2, 3, 0.1)]);
        assert_eq!(Remainder::of(&linked, 0, CHINESE, &(2..3)).best(), Some(3..5));
        let all: Vec<(usize, usize, f32)> = (0..5).map(|at| (at, at, 0.9)).collect();
        assert_eq!(Remainder::of(&survey(text, &all), 0, CHINESE, &(5..6)).best(), None);
    }
}
