//! The glossary under decision: what was found and what was decided on it, in lines; the chosen line and its places.

use std::ops::Range;

use super::{SIDES, Session, Side};
use crate::edit::{Action, Edit, Refused};
use crate::find::Index;
use crate::gui::command::Command;
use crate::gui::words::{Said, word};
use crate::lang::{Lang, Language};
use crate::project::{Glossary, GlossaryTerm, today};
use crate::termbase::{Concept, Entry, Section, Status, Term, TermBase, entries, merge};
use crate::text::Span;

/// In texts of more bytes only the places that the extraction found are shown: nobody waits for the others.
const SHORT: usize = 16_000_000;

/// What stays of a line when the lines are made anew: the id of its concept, its first pair, what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gui) struct Identity {
    concept: Option<String>,
    pair: Option<[String; 2]>,
    texts: [String; 2],
}

impl Session {
    /// The side whose terms come first in a line, Chinese where there is one, and the other.
    pub(in crate::gui) fn term_sides(&self) -> [Side; 2] {
        let chinese = |side: &Side| self.document(*side).lang.language() == Language::Chinese;
        if !chinese(&Side::Source) && chinese(&Side::Target) { [Side::Target, Side::Source] } else { SIDES }
    }

    fn languages(&self) -> [Language; 2] {
        self.term_sides().map(|side| self.document(side).lang.language())
    }

    /// Another glossary takes the place of the one before. The chosen line stays chosen where it is in both.
    pub(in crate::gui) fn take_glossary(&mut self, glossary: Glossary) {
        let (chosen, picked) = (self.term.and_then(|at| self.identity(at)), self.picked_term.take());
        self.glossary = Some(glossary);
        self.make_lines(chosen.as_ref());
        self.picked_term = picked.filter(|picked| self.line_of(picked).is_some());
    }

    /// Makes the lines anew from what was found and what was decided.
    pub(in crate::gui) fn refresh_terms(&mut self) {
        let (chosen, picked) = (self.term.and_then(|at| self.identity(at)), self.picked_term.take());
        self.make_lines(chosen.as_ref());
        self.picked_term = picked.filter(|picked| self.line_of(picked).is_some());
    }

    fn make_lines(&mut self, chosen: Option<&Identity>) {
        let found = self.glossary.iter().flat_map(|glossary| &glossary.terms);
        let pairs = found.map(|term| ([term.pair.chinese.as_str(), term.pair.english.as_str()], term.pair.score));
        self.entries = entries(self.alignment.terms(), self.languages(), pairs);
        self.glossaries += 1;
        self.term = chosen.and_then(|chosen| self.line_of(chosen));
        self.find_places();
    }

    fn identity(&self, at: usize) -> Option<Identity> {
        let entry = self.entries.get(at)?;
        let concept = entry.concept.and_then(|at| self.alignment.terms().concepts.get(at)).map(|one| one.id.clone());
        let pair = entry.pairs.first().and_then(|at| self.pair(*at)).map(|term| pair_texts(term).map(str::to_owned));
        Some(Identity { concept, pair, texts: entry.texts.clone() })
    }

    /// The line that was another before the lines were made anew.
    fn line_of(&self, wanted: &Identity) -> Option<usize> {
        let concepts = &self.alignment.terms().concepts;
        let same = |entry: &Entry| {
            let concept = entry.concept.and_then(|at| concepts.get(at)).map(|concept| concept.id.as_str());
            let pairs = || entry.pairs.iter().filter_map(|at| self.pair(*at)).map(pair_texts);
            (concept.is_some() && concept == wanted.concept.as_deref())
                || wanted.pair.as_ref().is_some_and(|pair| pairs().any(|texts| texts == [&*pair[0], &*pair[1]]))
        };
        self.entries.iter().position(same).or_else(|| {
            let shown = |entry: &Entry| wanted.concept.is_some() && entry.texts == wanted.texts;
            self.entries.iter().position(shown)
        })
    }

    /// The line of a pair of the extraction, or the one that shows a term.
    pub(in crate::gui) fn line_with(&self, pair: Option<usize>, text: &str) -> Option<usize> {
        let of_pair = |entry: &Entry| pair.is_some_and(|pair| entry.pairs.contains(&pair));
        let shows = |entry: &Entry| entry.texts.iter().any(|shown| shown == text);
        self.entries.iter().position(of_pair).or_else(|| self.entries.iter().position(shows))
    }

    fn pair(&self, at: usize) -> Option<&GlossaryTerm> {
        self.glossary.as_ref()?.terms.get(at)
    }

    /// The chosen line.
    pub(in crate::gui) fn chosen_term(&self) -> Option<&Entry> {
        self.term.and_then(|at| self.entries.get(at))
    }

    /// The line that was picked to be joined with another.
    pub(in crate::gui) fn picked_line(&self) -> Option<usize> {
        self.picked_term.as_ref().and_then(|picked| self.line_of(picked))
    }

    /// At how many places the extraction found a line.
    pub(in crate::gui) fn count_of(&self, entry: &Entry) -> usize {
        entry.pairs.iter().filter_map(|at| self.pair(*at)).map(|term| term.places.len()).sum()
    }

    /// Finds the places of the chosen line: those of its pairs, and of a concept those where both sides of a row have one
    /// of its terms.
    pub(in crate::gui) fn find_places(&mut self) {
        let Some(entry) = self.chosen_term() else { return self.places.clear() };
        let pairs = entry.pairs.iter().filter_map(|at| self.pair(*at));
        let mut places: Vec<[Span; 2]> =
            pairs.flat_map(|term| &term.places).map(|(_, source, target)| [source.clone(), target.clone()]).collect();
        if let Some(concept) = entry.concept.and_then(|at| self.alignment.terms().concepts.get(at)) {
            places.extend(self.written_places(concept));
        }
        places.sort_by_key(|[source, target]| (source.start, target.start, source.end, target.end));
        places.dedup_by(|next, before| next.iter().zip(before.iter()).all(|(next, before)| meet(next, before)));
        self.places = places;
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
        self.places.iter().map(|[source, _]| self.row_at(Side::Source, source.start)).collect()
    }

    /// Chooses a line and goes to its first place.
    pub(in crate::gui) fn choose(&mut self, term: Option<usize>) {
        self.term = term.filter(|at| *at < self.entries.len());
        self.find_places();
        if let Some(&row) = self.term_rows().first() {
            self.go(row);
        }
    }

    /// Goes to the next or previous place of the chosen line, round the end.
    pub(in crate::gui) fn walk_term(&mut self, forward: bool) {
        let rows = self.term_rows();
        let next = if forward {
            rows.iter().find(|&&row| row > self.row).or(rows.first())
        } else {
            rows.iter().rev().find(|&&row| row < self.row).or(rows.last())
        };
        if let Some(&row) = next {
            self.go(row);
        }
    }

    /// How the first term of the chosen line is rendered: each rendering that was found, and at how many places, the
    /// commonest first.
    pub(in crate::gui) fn renderings(&self) -> Vec<(String, usize)> {
        let Some(entry) = self.chosen_term() else { return Vec::new() };
        let own: Vec<&str> =
            entry.pairs.iter().filter_map(|at| self.pair(*at)).map(|term| pair_texts(term)[0]).collect();
        let mut out: Vec<(String, usize)> = Vec::new();
        for term in self.glossary.iter().flat_map(|glossary| &glossary.terms) {
            let [first, second] = pair_texts(term);
            if own.contains(&first) || (own.is_empty() && entry.texts[0] == first) {
                match out.iter_mut().find(|(text, _)| text == second) {
                    Some((_, count)) => *count += term.places.len(),
                    None => out.push((second.to_owned(), term.places.len())),
                }
            }
        }
        out.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        out
    }

    /// Runs a command that decides on the chosen line; says what was done, or why not.
    pub(in crate::gui) fn decide(&mut self, command: Command) -> Option<Said> {
        let no_term = || Some(Said::Words("Choose a term first"));
        let Some(at) = self.term else { return no_term() };
        let Some(entry) = self.entries.get(at).cloned() else { return no_term() };
        let made = match command {
            Command::AcceptTerm => self.accept(&[at]),
            Command::RejectTerm => self.reject(Action::Reject, &[at]),
            Command::RejectShorter => {
                let shorter = self.shorter_inside(&entry);
                if shorter.is_empty() {
                    return Some(Said::Words("No shorter term inside this one is waiting"));
                }
                self.reject(Action::RejectShorter, &shorter)
            }
            Command::AdmitTerm => self.give(Action::Admit, &entry, Status::Admitted),
            Command::DeprecateTerm => self.give(Action::Deprecate, &entry, Status::Deprecated),
            Command::ForgetTerm => {
                let Some(concept) = entry.concept else { return Some(Said::Words("Nothing was decided on this term")) };
                self.changed(Action::RemoveTerm, |base| drop(base.concepts.remove(concept)))
            }
            Command::PickTerm => {
                let identity = self.identity(at);
                self.picked_term = if self.picked_term == identity { None } else { identity };
                let words = if self.picked_term.is_some() {
                    word("Now choose another term and join them")
                } else {
                    word("Not picked any more")
                };
                return Some(Said::Words(words));
            }
            Command::JoinTerms => match self.picked_line().filter(|picked| *picked != at) {
                Some(picked) => self.joined(picked, at),
                None => return Some(Said::Words("Pick another term first")),
            },
            _ => return None,
        };
        Some(self.carry_out(made))
    }

    /// The edit that accepts some lines.
    pub(in crate::gui) fn accept(&self, lines: &[usize]) -> Result<Edit, Refused> {
        let proposals = self.proposals(&self.lines(lines));
        let decided: Vec<usize> = lines.iter().filter_map(|at| self.entries[*at].concept).collect();
        self.changed(Action::Accept, |base| {
            for at in decided {
                base.accept_concept(at, today());
            }
            base.accept(proposals, today());
        })
    }

    fn reject(&self, action: Action, lines: &[usize]) -> Result<Edit, Refused> {
        let proposals = self.proposals(&self.lines(lines));
        let decided: Vec<usize> = lines.iter().filter_map(|at| self.entries[*at].concept).collect();
        self.changed(action, |base| {
            for at in decided {
                base.set_status(at, Status::Rejected, today());
            }
            base.reject(proposals, today());
        })
    }

    fn give(&self, action: Action, entry: &Entry, status: Status) -> Result<Edit, Refused> {
        let second = self.languages()[1];
        self.changed(action, |base| match entry.concept {
            Some(concept) => base.set_translations(concept, second, status, today()),
            None => base.rule(self.proposals(&[entry]), second, status, today()),
        })
    }

    /// The edit that joins a line with the picked one: the picked one keeps its preferred terms.
    fn joined(&self, into: usize, from: usize) -> Result<Edit, Refused> {
        let mut next = self.alignment.terms().concepts.len();
        let lines = [&self.entries[into], &self.entries[from]];
        let [into, from] = lines.map(|entry| {
            entry.concept.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        });
        let proposals = self.proposals(&lines);
        self.changed(Action::JoinTerms, |base| {
            base.add(proposals, today());
            // The first to be in use keeps its preferred terms.
            base.accept_concept(into, today());
            base.join(into, from, today());
        })
    }

    /// The lines nobody has decided on whose terms on both sides lie within those of another.
    pub(in crate::gui) fn shorter_inside(&self, entry: &Entry) -> Vec<usize> {
        let whole = entry.texts.clone().map(|text| Index::new(&text));
        let inside = |other: &Entry| {
            let within = |at: usize| other.texts[at] == entry.texts[at] || !whole[at].find(&other.texts[at]).is_empty();
            other.concept.is_none() && other.texts != entry.texts && within(0) && within(1)
        };
        (0..self.entries.len()).filter(|&at| inside(&self.entries[at])).collect()
    }

    /// The lines nobody has decided on with at least a score.
    pub(in crate::gui) fn undecided_above(&self, score: f32) -> Vec<usize> {
        let wanted = |entry: &Entry| entry.concept.is_none() && entry.score.is_some_and(|own| own >= score);
        (0..self.entries.len()).filter(|&at| wanted(&self.entries[at])).collect()
    }

    /// The edit that puts a concept as it was typed in the place of a line's, or behind all others. A proposal that was
    /// typed over is not proposed again.
    pub(in crate::gui) fn written(
        &self,
        concept: Option<usize>,
        proposal: Option<&Entry>,
        typed: Concept,
    ) -> Result<Edit, Refused> {
        self.changed(Action::EditTerm, |base| {
            if let Some(at) = concept {
                return base.put(at, typed, today());
            }
            base.add(vec![typed], today());
            let replaced = proposal.map(|entry| self.proposals(&[entry])).unwrap_or_default();
            base.reject_others(replaced, today());
        })
    }

    /// The concept of a line, or what it would be if it were accepted; without a line a concept without terms.
    pub(in crate::gui) fn concept_of(&self, entry: Option<&Entry>) -> Concept {
        let Some(entry) = entry else {
            let sections = self.term_langs().into_iter().map(|lang| Section {
                terms: vec![Term { status: Status::Preferred, ..Term::default() }],
                ..Section::new(lang)
            });
            return Concept { sections: sections.collect(), ..Concept::default() };
        };
        if let Some(concept) = entry.concept.and_then(|at| self.alignment.terms().concepts.get(at)) {
            return concept.clone();
        }
        let mut base = TermBase::default();
        base.accept(self.proposals(&[entry]), None);
        base.concepts.into_iter().next().unwrap_or_default()
    }

    /// The languages of the source and the target.
    pub(in crate::gui) fn langs(&self) -> [Language; 2] {
        SIDES.map(|side| self.document(side).lang.language())
    }

    /// The term base to go out, with what is proposed and nobody has decided on where that is wanted.
    pub(in crate::gui) fn all_terms(&self, proposals: bool) -> TermBase {
        let mut base = self.alignment.terms().clone();
        if proposals {
            base.add(self.proposals(&self.entries.iter().collect::<Vec<_>>()), None);
        }
        let [source, target] = SIDES.map(|side| self.document(side).name.clone());
        TermBase { title: self.title.clone(), sources: vec![source, target], notes: self.notes(), ..base }
    }

    /// A term base that was read, as an edit, and what became of its concepts in words.
    pub(in crate::gui) fn taken(&self, incoming: &TermBase) -> (Result<Edit, Refused>, Vec<String>) {
        let report = merge(self.alignment.terms(), incoming);
        (self.alignment.change_terms(Action::ImportTerms, &report.base), report.lines())
    }

    /// The languages of a line.
    pub(in crate::gui) fn term_langs(&self) -> [Lang; 2] {
        self.term_sides().map(|side| self.document(side).lang.clone())
    }

    /// What the extraction proposes of those of some lines that nobody has decided on, with the first places as contexts.
    fn proposals(&self, lines: &[&Entry]) -> Vec<Concept> {
        let undecided = lines.iter().filter(|entry| entry.concept.is_none());
        let pairs = undecided.filter_map(|entry| self.pair(*entry.pairs.first()?));
        let terms: Vec<GlossaryTerm> = pairs
            .map(|term| {
                // Rows may have changed since they were found.
                let places = term.places.iter().map(|(_, source, target)| {
                    (self.row_at(Side::Source, source.start), source.clone(), target.clone())
                });
                GlossaryTerm { pair: term.pair.clone(), places: places.collect() }
            })
            .collect();
        if terms.is_empty() {
            return Vec::new();
        }
        Glossary { terms }.term_base(&self.alignment.bitext()).concepts
    }

    fn lines(&self, lines: &[usize]) -> Vec<&Entry> {
        lines.iter().map(|at| &self.entries[*at]).collect()
    }

    fn changed(&self, action: Action, change: impl FnOnce(&mut TermBase)) -> Result<Edit, Refused> {
        let mut base = self.alignment.terms().clone();
        change(&mut base);
        self.alignment.change_terms(action, &base)
    }
}

fn pair_texts(term: &GlossaryTerm) -> [&str; 2] {
    [&term.pair.chinese, &term.pair.english]
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
