//! The glossary under decision: what was found and what was decided on it, in lines; the chosen line and its places.

use std::sync::Arc;

use super::{SIDES, Session, Side};
use crate::edit::{Action, Edit, Refused};
use crate::find::Index;
use crate::gui::command::Command;
use crate::gui::words::{Said, word};
use crate::gui::worker::Outgoing;
use crate::lang::{Lang, Language};
use crate::notice::Notice;
use crate::project::{Glossary, GlossaryTerm, proposals};
use crate::termbase::{Concept, Entry, Pairs, Section, Status, Term, TermBase, entries};
use crate::text::Span;

/// What stays of a line when the lines are made anew: the id of its concept, its first pair, what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gui) struct Identity {
    concept: Option<String>,
    pair: Option<[String; 2]>,
    texts: Arc<[String; 2]>,
}

/// Terms that were found and decided on.
#[derive(Debug, Default)]
pub(in crate::gui) struct TermList {
    pub(in crate::gui) glossary: Option<Arc<Glossary>>,
    /// Its pairs, to be met with what was decided.
    found: Pairs,
    /// How many glossaries there have been.
    pub(in crate::gui) glossaries: u64,
    /// What was found and decided on, in lines.
    pub(in crate::gui) entries: Vec<Entry>,
    /// The chosen line, its places in the source and the target by the source, and a line that waits to be joined.
    pub(in crate::gui) chosen: Option<usize>,
    pub(in crate::gui) places: Vec<[Span; 2]>,
    /// How the chosen term is rendered, and how often.
    pub(in crate::gui) renderings: Vec<(String, usize)>,
    pub(in crate::gui) picked: Option<Identity>,
    /// Grows with every edit of the term base or a decision.
    pub(in crate::gui) decided: u64,
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
        let (chosen, picked) = self.kept_lines();
        self.terms.found = glossary.pairs(self.languages());
        self.terms.glossary = Some(Arc::new(glossary));
        self.make_lines(chosen.as_ref(), picked);
    }

    /// Makes the lines anew from what was found and what was decided.
    pub(in crate::gui) fn refresh_terms(&mut self) {
        let (chosen, picked) = self.kept_lines();
        self.make_lines(chosen.as_ref(), picked);
    }

    /// The chosen line and the picked one, as they are known when the lines are made anew.
    fn kept_lines(&mut self) -> (Option<Identity>, Option<Identity>) {
        (self.terms.chosen.and_then(|at| self.identity(at)), self.terms.picked.take())
    }

    fn make_lines(&mut self, chosen: Option<&Identity>, picked: Option<Identity>) {
        self.terms.entries = entries(self.open.work().terms(), self.languages(), &self.terms.found);
        self.terms.glossaries += 1;
        self.terms.chosen = chosen.and_then(|chosen| self.line_of(chosen));
        self.terms.picked = picked.filter(|picked| self.line_of(picked).is_some());
        self.find_places();
    }

    fn identity(&self, at: usize) -> Option<Identity> {
        let entry = self.terms.entries.get(at)?;
        let concept = entry.concept.and_then(|at| self.open.work().terms().concepts.get(at)).map(|one| one.id.clone());
        let pair =
            entry.pairs.first().and_then(|at| self.terms.pair(*at)).map(|term| pair_texts(term).map(str::to_owned));
        Some(Identity { concept, pair, texts: Arc::clone(&entry.texts) })
    }

    /// The line that was another before the lines were made anew.
    fn line_of(&self, wanted: &Identity) -> Option<usize> {
        let concepts = &self.open.work().terms().concepts;
        let same = |entry: &Entry| {
            let concept = entry.concept.and_then(|at| concepts.get(at)).map(|concept| concept.id.as_str());
            let pairs = || entry.pairs.iter().filter_map(|at| self.terms.pair(*at)).map(pair_texts);
            (concept.is_some() && concept == wanted.concept.as_deref())
                || wanted.pair.as_ref().is_some_and(|pair| pairs().any(|texts| texts == [&*pair[0], &*pair[1]]))
        };
        self.terms.entries.iter().position(same).or_else(|| {
            let shown = |entry: &Entry| wanted.concept.is_some() && entry.texts == wanted.texts;
            self.terms.entries.iter().position(shown)
        })
    }

    /// The line that was picked to be joined with another.
    pub(in crate::gui) fn picked_line(&self) -> Option<usize> {
        self.terms.picked.as_ref().and_then(|picked| self.line_of(picked))
    }

    /// Runs a command that decides on the chosen line; says what was done, or why not.
    pub(in crate::gui) fn decide(&mut self, command: Command) -> Option<Said> {
        let no_term = || Some(Said::Words("Choose a term first"));
        let Some(at) = self.terms.chosen else { return no_term() };
        let Some(entry) = self.terms.entries.get(at).cloned() else { return no_term() };
        let made = match command {
            Command::AcceptTerm => self.accept(&[at]),
            Command::RejectTerm => self.reject(Action::Reject, &[at]),
            Command::RejectShorter => {
                let shorter = self.terms.shorter_inside(&entry);
                if shorter.is_empty() {
                    return Some(Said::Words("No shorter term inside this one is waiting"));
                }
                self.reject(Action::RejectShorter, &shorter)
            }
            Command::AdmitTerm => self.give(Action::Admit, &entry, Status::Admitted),
            Command::DeprecateTerm => self.give(Action::Deprecate, &entry, Status::Deprecated),
            Command::ForgetTerm => {
                let Some(concept) = entry.concept else { return Some(Said::Words("Nothing was decided on this term")) };
                self.open.work().forget_concept(concept)
            }
            Command::PickTerm => {
                let identity = self.identity(at);
                self.terms.picked = if self.terms.picked == identity { None } else { identity };
                let words = if self.terms.picked.is_some() {
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
        let lines = self.terms.lines(lines);
        self.open.work().accept_terms(&lines, self.proposals(&lines), self.author.today())
    }

    fn reject(&self, action: Action, lines: &[usize]) -> Result<Edit, Refused> {
        let lines = self.terms.lines(lines);
        self.open.work().reject_terms(action, &lines, self.proposals(&lines), self.author.today())
    }

    fn give(&self, action: Action, entry: &Entry, status: Status) -> Result<Edit, Refused> {
        let wanted = (self.languages()[1], status);
        self.open.work().rule_terms(action, entry, self.proposals(&[entry]), wanted, self.author.today())
    }

    /// The edit that joins a line with the picked one: the picked one keeps its preferred terms.
    fn joined(&self, into: usize, from: usize) -> Result<Edit, Refused> {
        let lines = [&self.terms.entries[into], &self.terms.entries[from]];
        self.open.work().join_terms(lines, self.proposals(&lines), self.author.today())
    }

    /// The edit that puts a concept as it was typed in the place of a line's, or behind all others.
    pub(in crate::gui) fn written(
        &self,
        concept: Option<usize>,
        replaced: &[Concept],
        typed: Concept,
    ) -> Result<Edit, Refused> {
        let typed = Concept { id: Concept::id_by(&self.author), ..typed };
        self.open.work().write_concept(concept, replaced.to_vec(), typed, self.author.today())
    }

    /// The edit that puts a concept as it was typed in the place of another, and one of its terms in a concept of its own.
    pub(in crate::gui) fn parted(&self, at: usize, typed: Concept, term: &str) -> Result<Edit, Refused> {
        self.open.work().part_concept(at, typed, (term, Concept::id_by(&self.author)), self.author.today())
    }

    /// How many translations the concept of the chosen line has.
    pub(in crate::gui) fn translations(&self) -> usize {
        let concept = self.terms.chosen_term().and_then(|entry| self.open.work().terms().concepts.get(entry.concept?));
        concept.map_or(1, |concept| concept.terms(self.languages()[1]).count())
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
        if let Some(concept) = entry.concept.and_then(|at| self.open.work().terms().concepts.get(at)) {
            return concept.clone();
        }
        let mut base = TermBase::default();
        base.accept(self.proposals(&[entry]), None);
        base.concepts.into_iter().next().unwrap_or_default()
    }

    /// The languages of the source and the target.
    pub(in crate::gui) fn langs(&self) -> [Lang; 2] {
        SIDES.map(|side| self.document(side).lang.clone())
    }

    /// What the worker makes the term base of that goes out, with what is proposed and nobody has decided on where that is
    /// wanted.
    pub(in crate::gui) fn terms_to_write(&self, proposals: bool) -> Outgoing {
        let [source, target] = SIDES.map(|side| self.document(side).name.clone());
        let base = TermBase {
            title: self.title(Language::English),
            sources: vec![source, target],
            notes: self.notes().into_iter().map(str::to_owned).collect(),
            ..self.open.work().terms().clone()
        };
        let found = self.terms.glossary.clone().filter(|_| proposals);
        Outgoing { base, found, open: self.open.clone() }
    }

    /// A term base that was read, as an edit, and what became of its concepts in words.
    pub(in crate::gui) fn taken(&self, incoming: &TermBase) -> (Result<Edit, Refused>, Vec<Notice>) {
        let (made, report) = self.open.work().import_terms(incoming);
        (made, report.tell())
    }

    /// The languages of a line.
    pub(in crate::gui) fn term_langs(&self) -> [Lang; 2] {
        self.term_sides().map(|side| self.document(side).lang.clone())
    }

    /// What the extraction proposes of those of some lines that nobody has decided on, with the first places as contexts.
    pub(in crate::gui) fn proposals(&self, lines: &[&Entry]) -> Vec<Concept> {
        let undecided = lines.iter().filter(|entry| entry.concept.is_none());
        let pairs = undecided.filter_map(|entry| self.terms.pair(*entry.pairs.first()?));
        proposals(self.aligned(), pairs)
    }
}

/// At how many places a pair stands. Of very many in a long text not all are kept; those are counted as they were found.
pub(super) fn count_of(term: &GlossaryTerm) -> usize {
    term.places.len() + term.pair.count.saturating_sub(term.pair.places.len())
}

pub(super) fn pair_texts(term: &GlossaryTerm) -> [&str; 2] {
    [&term.pair.chinese, &term.pair.english]
}

impl TermList {
    /// The line of a pair of the extraction, or the one that shows a term.
    pub(in crate::gui) fn line_with(&self, pair: Option<usize>, text: &str) -> Option<usize> {
        let of_pair = |entry: &Entry| pair.is_some_and(|pair| entry.pairs.contains(&pair));
        let shows = |entry: &Entry| entry.texts.iter().any(|shown| shown == text);
        self.entries.iter().position(of_pair).or_else(|| self.entries.iter().position(shows))
    }

    pub(super) fn pair(&self, at: usize) -> Option<&GlossaryTerm> {
        self.glossary.as_ref()?.terms.get(at)
    }

    /// The chosen line.
    pub(in crate::gui) fn chosen_term(&self) -> Option<&Entry> {
        self.chosen.and_then(|at| self.entries.get(at))
    }

    /// The lines nobody has decided on whose terms on both sides lie within those of another.
    pub(in crate::gui) fn shorter_inside(&self, entry: &Entry) -> Vec<usize> {
        let whole = entry.texts.each_ref().map(|text| Index::new(text));
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

    fn lines(&self, lines: &[usize]) -> Vec<&Entry> {
        lines.iter().map(|at| &self.entries[*at]).collect()
    }

    /// At how many places the extraction found a line.
    pub(in crate::gui) fn count_of(&self, entry: &Entry) -> usize {
        entry.pairs.iter().filter_map(|at| self.pair(*at)).map(count_of).sum()
    }
}
