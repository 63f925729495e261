//! One term base taken into another, concept by concept, with a report of what became of each.
//!
//! Two concepts are the same where they share a term in every language that both have, or share their id and a term. What
//! the base says stays: texts that it lacks are filled in, terms and contexts that it lacks are added, and what
//! contradicts it is listed and not taken over. A concept that shares a term in one language but not in another (one
//! source term, two translations) may be a synonym, a homonym or a mistake: it is added beside the other and listed.
//! Terms are compared without regard to case, width and white space, never to script.

use std::collections::{BTreeMap, BTreeSet};

use super::{Concept, Ids, PartOfSpeech, Status, Term, TermBase, TermType, key, settle_ids};
use crate::date::Date;
use crate::lang::{Lang, Language};
use crate::notice::{Notice, notice};

/// The outcome of [`merge`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The base with what was taken into it.
    pub base: TermBase,
    /// Ids of concepts that were added.
    pub added: Vec<String>,
    /// Concepts that got something new.
    pub joined: Vec<Joined>,
    /// What contradicts the base and a person must settle.
    pub conflicts: Vec<Conflict>,
    /// How many incoming concepts were there already, with all they hold.
    pub known: usize,
    /// Incoming concepts that cannot be taken.
    pub skipped: Vec<Skipped>,
}

/// A concept of the base that got something new.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The concept of the base.
    pub id: String,
    /// Terms that were added.
    pub terms: Vec<String>,
    /// Fields of the concept or its terms that were filled in, and contexts that were added.
    pub filled: usize,
}

/// A contradiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The concept of the base.
    pub id: String,
    /// The term it is about, or one by which people know the concept.
    pub term: String,
    /// What is contradicted.
    pub change: Change,
}

/// What an incoming concept wants otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another text or date in a field: the base's stays.
    Field {
        /// The field, in words.
        name: &'static str,
        /// What the base has.
        kept: Notice,
        /// What came in.
        refused: Notice,
    },
    /// Another translation of the same term: it was added as a concept of its own.
    Translation {
        /// The term that both have.
        term: String,
        /// The concept that was added.
        added: String,
    },
}

/// An incoming concept that cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Its number among the incoming, from 0.
    pub at: usize,
    /// Its id.
    pub id: String,
    /// Why.
    pub why: &'static str,
}

/// How many of a kind are told one by one.
const MOST: usize = 10;

/// Takes `incoming` into `base`. Nothing of the base is lost or changed, ids least of all.
pub fn merge(base: &TermBase, incoming: &TermBase) -> Report {
    let mut work = Work::new(base);
    for (at, concept) in incoming.concepts.iter().enumerate() {
        work.take(at, concept);
    }
    let mut out = work.out;
    for (all, more) in [(&mut out.base.sources, &incoming.sources), (&mut out.base.notes, &incoming.notes)] {
        for text in more {
            if !all.contains(text) {
                all.push(text.clone());
            }
        }
    }
    if out.base.title.is_empty() {
        out.base.title.clone_from(&incoming.title);
    }
    out
}

/// A term as it is compared.
type Key = (Language, String);

struct Work {
    out: Report,
    /// The concepts that have a term.
    places: BTreeMap<Key, Vec<usize>>,
    by_id: BTreeMap<String, usize>,
    taken: Ids,
}

fn keys(concept: &Concept) -> BTreeSet<Key> {
    concept.all_terms().map(|(lang, term)| (lang.language(), key(&term.text))).filter(|key| !key.1.is_empty()).collect()
}

/// How two concepts stand to each other.
enum Match {
    Same,
    /// They share this term, and in some other language they have different ones.
    Partly(String),
}

impl Work {
    fn new(base: &TermBase) -> Self {
        let mut out = Self {
            out: Report { base: base.clone(), ..Report::default() },
            places: BTreeMap::new(),
            by_id: BTreeMap::new(),
            taken: base.taken(),
        };
        for (at, concept) in base.concepts.iter().enumerate() {
            out.note(at, concept);
        }
        out
    }

    fn note(&mut self, at: usize, concept: &Concept) {
        self.by_id.entry(concept.id.clone()).or_insert(at);
        for key in keys(concept) {
            let places = self.places.entry(key).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        }
    }

    fn take(&mut self, at: usize, concept: &Concept) {
        let wanted = keys(concept);
        if wanted.is_empty() {
            self.out.skipped.push(Skipped { at, id: concept.id.clone(), why: "it has no term" });
            return;
        }
        // What was rejected here says nothing against what somebody has decided to use there; it says no to proposals.
        let in_use = concept.all_terms().any(|(_, term)| matches!(term.status, Status::Preferred | Status::Admitted));
        let of_this = |at: &usize| !(in_use && self.out.base.concepts[*at].is_rejected());
        let candidates: BTreeSet<usize> =
            wanted.iter().filter_map(|key| self.places.get(key)).flatten().copied().filter(of_this).collect();
        let mut partly = Vec::new();
        let mut same = self.by_id.get(&concept.id).copied().filter(|at| candidates.contains(at));
        for candidate in candidates {
            match self.compare(&wanted, candidate) {
                Match::Same if same.is_none() => same = Some(candidate),
                Match::Same => {}
                Match::Partly(term) => partly.push((candidate, term)),
            }
        }
        match same {
            Some(into) if self.join(into, concept) => {}
            Some(_) => self.out.known += 1,
            None => self.add(concept, partly),
        }
    }

    fn compare(&self, wanted: &BTreeSet<Key>, candidate: usize) -> Match {
        let own = keys(&self.out.base.concepts[candidate]);
        let shared: BTreeSet<&Key> = wanted.intersection(&own).collect();
        let speaks = |keys: &BTreeSet<Key>, language| keys.iter().any(|key| key.0 == language);
        let apart =
            wanted.iter().filter(|key| speaks(&own, key.0)).any(|key| !shared.iter().any(|common| common.0 == key.0));
        match shared.first() {
            Some(term) if apart => Match::Partly(term.1.clone()),
            _ => Match::Same,
        }
    }

    fn add(&mut self, concept: &Concept, partly: Vec<(usize, String)>) {
        let mut concept = concept.clone();
        let at = self.out.base.concepts.len();
        settle_ids(&mut concept, &mut self.taken);
        for (other, term) in partly {
            let id = self.out.base.concepts[other].id.clone();
            let change = Change::Translation { term: term.clone(), added: concept.id.clone() };
            self.out.conflicts.push(Conflict { id, term, change });
        }
        self.out.added.push(concept.id.clone());
        self.note(at, &concept);
        self.out.base.concepts.push(concept);
    }

    /// Takes what the concept at `into` lacks; whether there was anything new or contrary.
    fn join(&mut self, into: usize, incoming: &Concept) -> bool {
        let Some(place) = self.out.base.concepts.get_mut(into) else { return false };
        let mut concept = std::mem::take(place);
        let name = concept.all_terms().next().map_or_else(String::new, |(_, term)| term.text.clone());
        let mut changes = Changes::default();
        changes.text("subject field", &mut concept.subject, &incoming.subject);
        changes.text("definition", &mut concept.definition, &incoming.definition);
        changes.text("note", &mut concept.note, &incoming.note);
        changes.date(&mut concept.created, incoming.created);
        for section in &incoming.sections {
            if !section.definition.is_empty() {
                let own = &mut concept.section_mut(&section.lang).definition;
                changes.text("definition", own, &section.definition);
            }
            for term in &section.terms {
                if let Some(own) = same_term(&mut concept, &section.lang, term) {
                    changes.term(own, term);
                } else if !term.text.trim().is_empty() {
                    let mut term = term.clone();
                    if term.id.is_empty() || !self.taken.insert(term.id.clone()) {
                        let number = concept.all_terms().count() + 1;
                        term.id = self.taken.free(format!("{}-{number}", concept.id));
                    }
                    changes.terms.push(term.text.clone());
                    concept.section_mut(&section.lang).terms.push(term);
                }
            }
        }
        if !changes.terms.is_empty() || changes.filled > 0 {
            concept.modified = concept.modified.max(incoming.modified);
        }
        self.note(into, &concept);
        let id = concept.id.clone();
        self.out.base.concepts[into] = concept;
        let anything = !changes.terms.is_empty() || changes.filled > 0 || !changes.refused.is_empty();
        if !changes.terms.is_empty() || changes.filled > 0 {
            self.out.joined.push(Joined { id: id.clone(), terms: changes.terms, filled: changes.filled });
        }
        let conflict = |(term, change): (Option<String>, _)| Conflict {
            id: id.clone(),
            term: term.unwrap_or_else(|| name.clone()),
            change,
        };
        self.out.conflicts.extend(changes.refused.into_iter().map(conflict));
        anything
    }
}

/// The term of a concept that is the same as another, first of all one with its id, then one under its language tag.
fn same_term<'a>(concept: &'a mut Concept, lang: &Lang, other: &Term) -> Option<&'a mut Term> {
    let wanted = key(&other.text);
    let sections = concept.sections.iter_mut().filter(|own| own.lang.language() == lang.language());
    let terms = sections.flat_map(|own| {
        let elsewhere = own.lang != *lang;
        own.terms.iter_mut().map(move |term| (elsewhere, term))
    });
    let same = terms.filter(|(_, term)| key(&term.text) == wanted);
    same.min_by_key(|(elsewhere, term)| (term.id != other.id, *elsewhere)).map(|(_, term)| term)
}

/// What a join has brought.
#[derive(Default)]
struct Changes {
    terms: Vec<String>,
    filled: usize,
    /// Each with the term it is about; none where it is about the whole concept.
    refused: Vec<(Option<String>, Change)>,
    /// The term that is being looked at.
    about: Option<String>,
}

impl Changes {
    fn text(&mut self, name: &'static str, own: &mut String, other: &str) {
        if own.is_empty() && !other.is_empty() {
            other.clone_into(own);
            self.filled += 1;
        } else if !other.is_empty() && own != other {
            self.refuse(name, Notice::plain(&*own), Notice::plain(other));
        }
    }

    fn option<T: Copy + PartialEq>(
        &mut self,
        name: &'static str,
        own: &mut Option<T>,
        other: Option<T>,
        word: fn(T) -> &'static str,
    ) {
        match (*own, other) {
            (None, Some(_)) => {
                *own = other;
                self.filled += 1;
            }
            (Some(kept), Some(refused)) if kept != refused => {
                self.refuse(name, Notice::said(word(kept)), Notice::said(word(refused)));
            }
            _ => {}
        }
    }

    /// The earlier date of making holds: whoever copied an entry made it later.
    fn date(&mut self, own: &mut Option<Date>, other: Option<Date>) {
        if own.is_none() && other.is_some() {
            *own = other;
            self.filled += 1;
        }
    }

    fn term(&mut self, own: &mut Term, other: &Term) {
        self.about = Some(own.text.clone());
        if own.status == Status::Proposed && other.status != Status::Proposed {
            own.status = other.status;
            self.filled += 1;
        } else if other.status != Status::Proposed && own.status != other.status {
            self.refuse("status", Notice::said(own.status.name()), Notice::said(other.status.name()));
        }
        self.option("part of speech", &mut own.part_of_speech, other.part_of_speech, PartOfSpeech::name);
        self.option("type of term", &mut own.kind, other.kind, TermType::name);
        self.text("note", &mut own.note, &other.note);
        self.date(&mut own.created, other.created);
        for context in &other.contexts {
            if !own.contexts.contains(context) {
                own.contexts.push(context.clone());
                self.filled += 1;
            }
        }
        self.about = None;
    }

    fn refuse(&mut self, name: &'static str, kept: Notice, refused: Notice) {
        self.refused.push((self.about.clone(), Change::Field { name, kept, refused }));
    }
}

impl Report {
    /// What became of the incoming concepts: counts, then the first conflicts and concepts that could not be taken.
    pub fn tell(&self) -> Vec<Notice> {
        let terms: usize = self.joined.iter().map(|joined| joined.terms.len()).sum();
        let counts = Notice::counted("merged", self.added.len())
            .with(Notice::counted("concepts-joined", self.joined.len()).with(Notice::counted("terms-added", terms)))
            .with(Notice::counted("conflicts", self.conflicts.len()))
            .with(Notice::counted("there-already", self.known))
            .with(Notice::counted("skipped", self.skipped.len()));
        let mut out = vec![counts];
        out.extend(self.conflicts.iter().take(MOST).map(Conflict::tell));
        out.extend(Notice::of_any("more-conflicts", self.conflicts.len().saturating_sub(MOST)));
        out.extend(self.skipped.iter().take(MOST).map(Skipped::tell));
        out.extend(Notice::of_any("more-skipped", self.skipped.len().saturating_sub(MOST)));
        out
    }
}

impl Conflict {
    fn tell(&self) -> Notice {
        match &self.change {
            Change::Field { name, kept, refused } => {
                notice!(
                    "`{0}`: the {1} stays `{2}`, not `{3}`",
                    &self.term,
                    Notice::said(name),
                    kept.clone(),
                    refused.clone()
                )
            }
            Change::Translation { term, added } => {
                notice!("`{0}` came with another translation, added as concept {1}", term, added)
            }
        }
    }
}

impl Skipped {
    fn tell(&self) -> Notice {
        let why = Notice::said(self.why);
        match self.id.as_str() {
            "" => notice!("concept number {0} skipped: {1}", self.at + 1, why),
            id => notice!("concept {0} skipped: {1}", id, why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Section};
    use super::*;

    fn term(text: &str) -> Term {
        Term { text: text.to_owned(), ..Term::default() }
    }

    fn concept(id: &str, zh: &[&str], en: &[&str]) -> Concept {
        let section = |tag: &str, texts: &[&str]| Section {
            terms: texts.iter().map(|text| term(text)).collect(),
            ..Section::new(Lang::parse(tag).unwrap())
        };
        let sections = [("zh", zh), ("en", en)];
        let sections =
            sections.into_iter().filter(|(_, texts)| !texts.is_empty()).map(|(tag, texts)| section(tag, texts));
        Concept { id: id.to_owned(), sections: sections.collect(), ..Concept::default() }
    }

    fn base(concepts: Vec<Concept>) -> TermBase {
        let mut out = TermBase { concepts, ..TermBase::default() };
        out.settle_ids();
        out
    }

    #[test]
    fn what_was_rejected_swallows_nothing_that_is_in_use_elsewhere() {
        let mut own = base(vec![concept("a", &["合作"], &["cooperation"])]);
        own.set_status(0, Status::Rejected, None);
        let mut incoming = base(vec![concept("x", &["合作"], &["cooperation", "collaboration"])]);
        let proposed = merge(&own, &base(vec![concept("y", &["合作"], &["cooperation"])]));
        assert_eq!((proposed.base.concepts.len(), proposed.known), (1, 1));
        incoming.set_status(0, Status::Preferred, None);
        let report = merge(&own, &incoming);
        assert_eq!(report.base.concepts.len(), 2);
        assert!(report.base.concepts[0].is_rejected());
        assert_eq!(report.base.concepts[1].terms(Language::English).count(), 2);
    }

    #[test]
    fn dates_that_are_missing_are_filled_and_others_stay() {
        let (early, late) = (Date::parse("2025-01-02"), Date::parse("2026-03-04"));
        let dated = |concept_date, term_date| {
            let mut concept = concept("a", &["主权"], &["sovereignty"]);
            concept.created = concept_date;
            concept.sections[1].terms[0].created = term_date;
            base(vec![concept])
        };
        let created = |report: &Report| {
            let concept = &report.base.concepts[0];
            (concept.created, concept.sections[1].terms[0].created)
        };
        let report = merge(&dated(None, None), &dated(early, late));
        assert_eq!((created(&report), report.joined[0].filled), ((early, late), 2));
        assert_eq!(created(&merge(&dated(early, late), &dated(late, early))), (early, late));
    }

    #[test]
    fn the_same_concept_is_joined_and_another_added() {
        let mut own = base(vec![concept("a", &["主权"], &["sovereignty"])]);
        own.concepts[0].sections[0].terms[0].status = Status::Preferred;
        let mut same = concept("x", &["主权"], &["Sovereignty", "supreme power"]);
        same.definition = "what a state has".to_owned();
        same.sections[0].terms[0].status = Status::Deprecated;
        same.sections[0].terms[0].contexts.push(Context { text: "主权平等。".to_owned(), source: None });
        let other = concept("a", &["网络空间"], &["cyberspace"]);
        let again = concept("y", &["网络空间"], &["Cyberspace "]);
        let incoming = TermBase {
            sources: vec!["b.txt".to_owned()],
            concepts: vec![same, other, again, concept("z", &[], &[])],
            ..TermBase::default()
        };
        let report = merge(&own, &incoming);
        assert_eq!(report.joined, [Joined { id: "a".to_owned(), terms: vec!["supreme power".to_owned()], filled: 2 }]);
        assert_eq!(report.added, ["a.2"]);
        assert_eq!(
            report.tell().iter().map(Notice::to_string).collect::<Vec<_>>(),
            [
                "1 concept added, 1 joined with a concept that was there (1 term added), 1 conflict, 1 there already, 1 skipped",
                "`主权`: the status stays `preferred`, not `deprecated`",
                "concept z skipped: it has no term",
            ]
        );
        let first = &report.base.concepts[0];
        assert_eq!(first.all_terms().map(|(_, term)| term.id.as_str()).collect::<Vec<_>>(), ["a-1", "a-2", "a-3"]);
        assert_eq!(report.base.sources, ["b.txt"]);
        // A second time there is nothing left to take.
        let twice = merge(&report.base, &incoming);
        assert_eq!((&twice.base, twice.added.len(), twice.joined.len()), (&report.base, 0, 0));
    }

    #[test]
    fn another_translation_is_a_conflict_and_another_language_is_none() {
        let own = base(vec![concept("a", &["自治"], &["autonomy"])]);
        let mut french = concept("f", &["自治"], &[]);
        french.sections.push(Section { terms: vec![term("autonomie")], ..Section::new(Lang::parse("fr").unwrap()) });
        let incoming = base(vec![concept("b", &["自治"], &["self-government"]), french]);
        let report = merge(&own, &incoming);
        let change = Change::Translation { term: "自治".to_owned(), added: "b".to_owned() };
        assert_eq!(report.conflicts, [Conflict { id: "a".to_owned(), term: "自治".to_owned(), change }]);
        assert_eq!(report.joined, [Joined { id: "a".to_owned(), terms: vec!["autonomie".to_owned()], filled: 0 }]);
        // With the id of the concept it is a synonym.
        let report = merge(&own, &base(vec![concept("a", &["自治"], &["self-government"])]));
        assert_eq!((report.conflicts.len(), report.joined.len(), report.base.concepts.len()), (0, 1, 1));
    }

    #[test]
    fn a_contradiction_is_told_of_the_term_it_is_about() {
        let mut own = base(vec![concept("a", &["主权"], &["sovereignty", "power"])]);
        let mut incoming = own.clone();
        own.concepts[0].sections[1].terms[1].status = Status::Admitted;
        own.concepts[0].definition = "of states".to_owned();
        incoming.concepts[0].sections[1].terms[1].status = Status::Deprecated;
        incoming.concepts[0].definition = "of parliaments".to_owned();
        let told: Vec<String> = merge(&own, &incoming).tell().iter().skip(1).map(Notice::to_string).collect();
        let definition = "`主权`: the definition stays `of states`, not `of parliaments`";
        assert_eq!(told, [definition, "`power`: the status stays `admitted`, not `deprecated`"]);
    }

    #[test]
    fn into_nothing_everything_is_added_as_it_is() {
        let own = base(vec![concept("a", &["主权"], &["sovereignty"]), concept("b", &["网络"], &["network", "net"])]);
        let report = merge(&TermBase::default(), &own);
        assert_eq!(report.base, own);
        let report = merge(&own, &own);
        assert_eq!((&report.base, report.known), (&own, 2));
    }
}
