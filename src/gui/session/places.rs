//! The places of the chosen term, the way through them, and how it is rendered.

use std::ops::Range;

use super::terms::{count_of, pair_texts};
use super::{SIDES, Session, Side};
use crate::termbase::{Concept, Term};
use crate::text::Span;

/// In texts of more bytes only the places that the extraction found are shown: nobody waits for the others.
const SHORT: usize = 16_000_000;

impl Session {
    /// Finds the places of the chosen line: those of its pairs, and of a concept those where both sides of a row have one
    /// of its terms.
    pub(in crate::gui) fn find_places(&mut self) {
        self.terms.renderings = self.found_renderings();
        let Some(entry) = self.terms.chosen_term() else { return self.terms.places.clear() };
        let pairs = entry.pairs.iter().filter_map(|at| self.terms.pair(*at));
        let mut places: Vec<[Span; 2]> =
            pairs.flat_map(|term| &term.places).map(|(_, source, target)| [source.clone(), target.clone()]).collect();
        if let Some(concept) = entry.concept.and_then(|at| self.open.work().terms().concepts.get(at)) {
            places.extend(self.written_places(concept));
        }
        places.sort_by_key(|[source, target]| (source.start, target.start, source.end, target.end));
        places.dedup_by(|next, before| next.iter().zip(before.iter()).all(|(next, before)| meet(next, before)));
        self.terms.places = places;
    }

    /// Where both sides of a row have a term of a concept, the first with the first, the second with the second.
    fn written_places(&self, concept: &Concept) -> Vec<[Span; 2]> {
        if SIDES.iter().any(|side| self.document(*side).text.as_str().len() > SHORT) {
            return Vec::new();
        }
        let [source, target] = SIDES.map(|side| {
            let of = |term: &Term| self.index[side as usize].find(&term.text);
            let mut hits: Vec<Span> = concept.terms(self.document(side).lang.language()).flat_map(of).collect();
            hits.retain(|hit| is_whole(self.document(side).text.as_str(), hit));
            // The longest of those that begin together.
            hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
            hits.dedup_by(|next, before| meet(next, before));
            hits.into_iter().map(|hit| (self.row_at(side, hit.start), hit)).collect::<Vec<_>>()
        });
        let mut out = Vec::new();
        let mut rest = &target[..];
        for (row, hit) in source {
            rest = &rest[rest.partition_point(|(other, _)| *other < row)..];
            if let Some(((_, other), after)) = rest.split_first().filter(|((other, _), _)| *other == row) {
                out.push([hit, other.clone()]);
                rest = after;
            }
        }
        out
    }

    /// The rows of the chosen line's places, in order.
    pub(in crate::gui) fn term_rows(&self) -> Vec<usize> {
        self.terms.places.iter().map(|[source, _]| self.row_at(Side::Source, source.start)).collect()
    }

    /// Chooses a line and goes to its first place.
    pub(in crate::gui) fn choose(&mut self, term: Option<usize>) {
        self.terms.chosen = term.filter(|at| *at < self.terms.entries.len());
        self.find_places();
        if let Some(&row) = self.term_rows().first() {
            self.go(row);
        }
    }

    /// Goes to the next or previous place of the chosen line, round the end.
    pub(in crate::gui) fn walk_term(&mut self, forward: bool) {
        let rows = self.term_rows();
        let next = if forward {
            rows.iter().find(|&&row| row > self.cursor.row).or(rows.first())
        } else {
            rows.iter().rev().find(|&&row| row < self.cursor.row).or(rows.last())
        };
        if let Some(&row) = next {
            self.go(row);
        }
    }

    /// How the first term of the chosen line is rendered: each rendering that was found, and at how many places, the
    /// commonest first.
    fn found_renderings(&self) -> Vec<(String, usize)> {
        let Some(entry) = self.terms.chosen_term() else { return Vec::new() };
        let own: Vec<&str> =
            entry.pairs.iter().filter_map(|at| self.terms.pair(*at)).map(|term| pair_texts(term)[0]).collect();
        let mut out: Vec<(String, usize)> = Vec::new();
        for term in self.terms.glossary.iter().flat_map(|glossary| &glossary.terms) {
            let [first, second] = pair_texts(term);
            if own.contains(&first) || (own.is_empty() && entry.texts[0] == first) {
                match out.iter_mut().find(|(text, _)| text == second) {
                    Some((_, count)) => *count += count_of(term),
                    None => out.push((second.to_owned(), count_of(term))),
                }
            }
        }
        out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        out
    }
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether what was found is no part of a longer word of a script that has spaces.
fn is_whole(text: &str, hit: &Span) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !crate::lang::is_han(c));
    let inner = &text[hit.clone()];
    let before = letter(text[..hit.start].chars().next_back()) && letter(inner.chars().next());
    let rest = &text[hit.end..];
    // The ending of a plural is none.
    let rest = rest.strip_prefix("es").or_else(|| rest.strip_prefix('s')).filter(|rest| !letter(rest.chars().next()));
    let behind = rest.is_none() && letter(text[hit.end..].chars().next()) && letter(inner.chars().next_back());
    !before && !behind
}
