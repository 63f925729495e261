//! What a person decides on terms: proposals accepted and rejected, concepts joined and parted, a status given.
//!
//! Nothing that was decided is lost: what is rejected stays in the base, so that the next extraction does not bring it
//! back, and a proposal that the base knows already changes that entry in place of making another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Concept, Ids, Status, Term, TermBase, form, key, settle_ids};
use crate::date::Date;
use crate::lang::{Lang, Language};

/// A term in whatever form.
type Key = (Language, String);

/// Where the terms of a base stand, by their forms.
struct Index {
    places: BTreeMap<Key, BTreeSet<usize>>,
    /// Concepts that only say what is no term.
    rejected: BTreeSet<usize>,
}

impl Index {
    fn new(base: &TermBase) -> Self {
        let mut out = Self { places: BTreeMap::new(), rejected: BTreeSet::new() };
        for (at, concept) in base.concepts.iter().enumerate() {
            out.note(at, concept);
        }
        out
    }

    fn note(&mut self, at: usize, concept: &Concept) {
        for (lang, term) in concept.all_terms() {
            let language = lang.language();
            self.places.entry((language, form(language, &term.text))).or_default().insert(at);
        }
        if concept.is_rejected() {
            self.rejected.insert(at);
        } else {
            self.rejected.remove(&at);
        }
    }

    /// The concepts that have a term.
    fn of(&self, language: Language, text: &str) -> impl Iterator<Item = usize> {
        self.places.get(&(language, form(language, text))).into_iter().flatten().copied()
    }

    /// The first concept that has all of some terms; one that only says what is no term where no other has them.
    fn of_all<'a>(&self, terms: impl IntoIterator<Item = (Language, &'a str)>) -> Option<usize> {
        let mut shared: Option<BTreeSet<usize>> = None;
        for (language, text) in terms {
            let of: BTreeSet<usize> = self.of(language, text).collect();
            shared = Some(shared.map_or_else(|| of.clone(), |shared| shared.intersection(&of).copied().collect()));
        }
        let shared = shared?;
        shared.iter().find(|at| !self.rejected.contains(at)).or(shared.first()).copied()
    }
}

impl TermBase {
    /// Takes proposals as terms to use: in a concept that has all their terms already those become usable; where the base
    /// has the first term of a proposal in one concept only, the other joins that as one more translation that may be used;
    /// else the proposal is a concept of its own, its terms preferred.
    pub fn accept(&mut self, proposals: Vec<Concept>, today: Option<Date>) {
        let mut index = Index::new(self);
        let mut taken = self.taken();
        for proposal in proposals {
            if let Some(at) = index.of_all(texts(&proposal)) {
                self.concepts[at].accept_terms(&proposal, today);
            } else if let Some(at) = self.partner(&index, &proposal) {
                self.concepts[at].take_terms(proposal, Status::Admitted, &mut taken, today);
                index.note(at, &self.concepts[at]);
            } else {
                self.push(proposal, Status::Preferred, &mut taken, today);
                let at = self.concepts.len() - 1;
                index.note(at, &self.concepts[at]);
            }
        }
    }

    /// Makes those terms of a concept usable that nobody has decided on; where a language has none to use, all of them.
    pub fn accept_concept(&mut self, at: usize, today: Option<Date>) {
        let Some(concept) = self.concepts.get_mut(at) else { return };
        for section in &mut concept.sections {
            let usable = |term: &Term| matches!(term.status, Status::Preferred | Status::Admitted);
            let none = !section.terms.iter().any(usable);
            for at in 0..section.terms.len() {
                if section.terms[at].status == Status::Proposed || (none && !usable(&section.terms[at])) {
                    let taken = section.terms.iter().any(|term| term.status == Status::Preferred);
                    let term = &mut section.terms[at];
                    term.status = if taken { Status::Admitted } else { Status::Preferred };
                    term.modified = today.or(term.modified);
                }
            }
        }
    }

    /// Takes proposals whose terms in one language have a status, such as a translation that must not be used: where the
    /// base knows the other side in one concept only, they join that.
    pub fn rule(&mut self, proposals: Vec<Concept>, language: Language, status: Status, today: Option<Date>) {
        let mut taken = self.taken();
        for mut proposal in proposals {
            let index = Index::new(self);
            let at = if let Some(at) = index.of_all(texts(&proposal)) {
                at
            } else if let Some(at) = self.partner(&index, &proposal) {
                for section in &mut proposal.sections {
                    let lang = section.lang.language();
                    section
                        .terms
                        .iter_mut()
                        .for_each(|term| term.status = if lang == language { status } else { term.status });
                }
                self.concepts[at].take_terms(proposal, Status::Admitted, &mut taken, today);
                continue;
            } else {
                self.push(proposal, Status::Preferred, &mut taken, today);
                self.concepts.len() - 1
            };
            self.set_translations(at, language, status, today);
        }
    }

    /// Gives the terms of a concept in one language a status; those of the others that nobody has decided on are preferred.
    pub fn set_translations(&mut self, at: usize, language: Language, status: Status, today: Option<Date>) {
        let Some(concept) = self.concepts.get_mut(at) else { return };
        for section in &mut concept.sections {
            let own = section.lang.language() == language;
            for term in &mut section.terms {
                let wanted = match term.status {
                    _ if own => status,
                    Status::Proposed | Status::Rejected => Status::Preferred,
                    other => other,
                };
                if term.status != wanted {
                    (term.status, term.modified) = (wanted, today.or(term.modified));
                }
            }
        }
    }

    /// Puts concepts behind all others, as they are, with ids of their own.
    pub fn add(&mut self, concepts: Vec<Concept>, today: Option<Date>) {
        let mut taken = self.taken();
        for mut concept in concepts {
            settle_ids(&mut concept, &mut taken);
            concept.created = concept.created.or(today);
            for term in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
                term.created = term.created.or(today);
            }
            self.concepts.push(concept);
        }
    }

    /// Keeps proposals as what must not be proposed again.
    pub fn reject(&mut self, proposals: Vec<Concept>, today: Option<Date>) {
        let index = Index::new(self);
        let mut taken = self.taken();
        for proposal in proposals {
            match index.of_all(texts(&proposal)) {
                Some(at) => self.set_status(at, Status::Rejected, today),
                None => self.push(proposal, Status::Rejected, &mut taken, today),
            }
        }
    }

    /// Puts those proposals behind all others whose terms do not all stand in one concept.
    pub fn propose(&mut self, proposals: Vec<Concept>) {
        let index = Index::new(self);
        let new = proposals.into_iter().filter(|proposal| index.of_all(texts(proposal)).is_none());
        self.add(new.collect(), None);
    }

    /// Rejects those proposals whose terms do not all stand in one concept.
    pub fn reject_others(&mut self, proposals: Vec<Concept>, today: Option<Date>) {
        let index = Index::new(self);
        let others = proposals.into_iter().filter(|proposal| index.of_all(texts(proposal)).is_none());
        self.reject(others.collect(), today);
    }

    /// Gives all terms of a concept a status.
    pub fn set_status(&mut self, at: usize, status: Status, today: Option<Date>) {
        let Some(concept) = self.concepts.get_mut(at) else { return };
        for term in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
            if term.status != status {
                term.status = status;
                term.modified = today.or(term.modified);
            }
        }
    }

    /// Puts a concept in the place of another, its new terms with ids of their own; dates follow what changed.
    pub fn put(&mut self, at: usize, mut concept: Concept, today: Option<Date>) {
        let Some(old) = self.concepts.get_mut(at).map(std::mem::take) else { return };
        concept.id.clone_from(&old.id);
        let mut taken = self.taken();
        taken.insert(old.id.clone());
        let before: BTreeMap<&str, &Term> = old.all_terms().map(|(_, term)| (term.id.as_str(), term)).collect();
        let mut number = old.all_terms().count();
        for term in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
            match before.get(term.id.as_str()) {
                Some(&same) if !term.id.is_empty() => {
                    taken.insert(term.id.clone());
                    if *same != *term {
                        term.modified = today.or(term.modified);
                    }
                }
                _ => {
                    number += 1;
                    term.id = taken.free(format!("{}-{number}", concept.id));
                    term.created = today;
                }
            }
        }
        if concept != old {
            concept.modified = today.or(concept.modified);
        }
        self.concepts[at] = concept;
    }

    /// Makes one concept of two: all terms of the second that the first lacks join it, preferred ones as admitted; its
    /// texts are filled in where the first has none. Its place in the base is free.
    pub fn join(&mut self, into: usize, from: usize, today: Option<Date>) {
        if into == from || into.max(from) >= self.concepts.len() {
            return;
        }
        let other = self.concepts.remove(from);
        let into = if from < into { into - 1 } else { into };
        let mut taken = self.taken();
        let concept = &mut self.concepts[into];
        for (own, text) in [
            (&mut concept.subject, &other.subject),
            (&mut concept.definition, &other.definition),
            (&mut concept.note, &other.note),
        ] {
            if own.is_empty() {
                own.clone_from(text);
            }
        }
        concept.take_terms(other, Status::Admitted, &mut taken, today);
    }

    /// Makes a concept of its own of one term, with a new id, right behind the old one; the terms of the other languages
    /// stand in both.
    pub fn part(&mut self, at: usize, term: &str, id: String, today: Option<Date>) {
        let mut taken = self.taken();
        let Some(concept) = self.concepts.get_mut(at) else { return };
        let Some(home) = concept.sections.iter().position(|section| section.terms.iter().any(|own| own.id == term))
        else {
            return;
        };
        if concept.sections[home].terms.len() < 2 {
            return;
        }
        let mut other = Concept { id, created: today, ..concept.clone() };
        concept.sections[home].terms.retain(|own| own.id != term);
        concept.modified = today.or(concept.modified);
        other.sections[home].terms.retain(|own| own.id == term);
        // The copies are other terms than those they were made of.
        for section in other.sections.iter_mut().enumerate().filter(|(number, _)| *number != home).map(|(_, one)| one) {
            section.terms.iter_mut().for_each(|term| term.id.clear());
        }
        taken.remove(term);
        settle_ids(&mut other, &mut taken);
        self.concepts.insert(at + 1, other);
    }

    /// The only concept in use that has the first term of a proposal. Never by way of a translation: two terms that are
    /// rendered the same mostly are two concepts.
    fn partner(&self, index: &Index, proposal: &Concept) -> Option<usize> {
        let (lang, term) = proposal.all_terms().next()?;
        let language = lang.language();
        let same = |own: &Term| own.status.is_usable() && form(language, &own.text) == form(language, &term.text);
        let usable = |&at: &usize| self.concepts[at].terms(language).any(same);
        let mut found = index.of(language, &term.text).filter(usable);
        found.next().filter(|_| found.next().is_none())
    }

    fn push(&mut self, mut concept: Concept, status: Status, taken: &mut Ids, today: Option<Date>) {
        settle_ids(&mut concept, taken);
        concept.created = today;
        for term in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
            (term.status, term.created) = (status, today);
        }
        self.concepts.push(concept);
    }
}

impl Concept {
    /// Makes the terms of a proposal usable, which it has all.
    fn accept_terms(&mut self, proposal: &Concept, today: Option<Date>) {
        for (lang, term) in proposal.all_terms() {
            let language = lang.language();
            let taken = self.terms(language).any(|own| own.status == Status::Preferred);
            let same = |own: &&mut Term| form(language, &own.text) == form(language, &term.text);
            let mut sections = self.sections.iter_mut().filter(|section| section.lang.language() == language);
            let Some(own) = sections.find_map(|section| section.terms.iter_mut().find(same)) else { continue };
            if !matches!(own.status, Status::Preferred | Status::Admitted) {
                own.status = if taken { Status::Admitted } else { Status::Preferred };
                own.modified = today.or(own.modified);
            }
        }
    }

    /// Takes the terms of another concept that it lacks, preferred ones with another status.
    fn take_terms(&mut self, other: Concept, preferred: Status, taken: &mut Ids, today: Option<Date>) {
        for section in other.sections {
            for mut term in section.terms {
                if self.has(&section.lang, &term.text) {
                    continue;
                }
                if matches!(term.status, Status::Preferred | Status::Proposed) {
                    let first = !self.terms(section.lang.language()).any(|own| own.status == Status::Preferred);
                    term.status = if first { Status::Preferred } else { preferred };
                }
                if term.id.is_empty() || !taken.insert(term.id.clone()) {
                    let number = self.all_terms().count() + 1;
                    term.id = taken.free(format!("{}-{number}", self.id));
                }
                term.created = term.created.or(today);
                self.modified = today.or(self.modified);
                self.section_mut(&section.lang).terms.push(term);
            }
        }
    }

    fn has(&self, lang: &Lang, text: &str) -> bool {
        self.terms(lang.language()).any(|own| key(&own.text) == key(text))
    }
}

fn texts(concept: &Concept) -> impl Iterator<Item = (Language, &str)> {
    concept.all_terms().map(|(lang, term)| (lang.language(), term.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;

    fn pair(zh: &str, en: &str) -> Concept {
        let section = |tag: &str, text: &str| Section {
            terms: vec![Term { text: text.to_owned(), ..Term::default() }],
            ..Section::new(Lang::parse(tag).unwrap())
        };
        Concept { sections: vec![section("zh", zh), section("en", en)], ..Concept::default() }
    }

    /// Each concept in a line: its terms with the first letter of their status.
    fn shown(base: &TermBase) -> Vec<String> {
        let term = |(_, term): (&Lang, &Term)| format!("{}:{}", term.text, &term.status.name()[..2]);
        base.concepts.iter().map(|concept| concept.all_terms().map(term).collect::<Vec<_>>().join(" ")).collect()
    }

    fn is_well_formed(base: &TermBase) -> bool {
        let count: usize = base.concepts.iter().map(|concept| 1 + concept.all_terms().count()).sum();
        base.ids().len() == count
    }

    #[test]
    fn what_is_accepted_joins_what_is_known_of_it() {
        let mut base = TermBase::default();
        let today = Date::new(2026, 11, 22);
        base.accept(vec![pair("网络空间", "cyberspace"), pair("主权", "sovereignty")], today);
        base.accept(vec![pair("网络空间", "Cyberspace"), pair("网络空间", "network space")], today);
        assert_eq!(shown(&base), ["网络空间:pr cyberspace:pr network space:ad", "主权:pr sovereignty:pr"]);
        assert_eq!(base.concepts[0].created, today);
        assert!(is_well_formed(&base));
    }

    #[test]
    fn a_term_of_two_concepts_takes_a_further_translation_into_neither() {
        let mut base = TermBase::default();
        base.accept(vec![pair("信息", "information")], None);
        base.add(vec![pair("信息", "message")], None);
        base.accept(vec![pair("信息", "news")], None);
        assert_eq!(shown(&base), ["信息:pr information:pr", "信息:pr message:pr", "信息:pr news:pr"]);
        assert!(is_well_formed(&base));
    }

    #[test]
    fn what_is_rejected_is_kept_and_can_be_accepted_after_all() {
        let mut base = TermBase::default();
        base.reject(vec![pair("合作", "cooperation")], None);
        assert_eq!(shown(&base), ["合作:re cooperation:re"]);
        // Another translation of it is none of the rejected concept.
        base.accept(vec![pair("合作", "partnership")], None);
        base.accept(vec![pair("合作", "cooperation")], None);
        assert_eq!(shown(&base), ["合作:pr cooperation:pr", "合作:pr partnership:pr"]);
        base.reject(vec![pair("合作", "partnership")], None);
        assert_eq!(shown(&base), ["合作:pr cooperation:pr", "合作:re partnership:re"]);
        assert!(is_well_formed(&base));
    }

    #[test]
    fn other_forms_are_the_same_and_other_words_no_bridge() {
        let mut base = TermBase::default();
        base.reject(vec![pair("网络", "networks")], None);
        base.propose(vec![pair("網絡", "network"), pair("网络", "net")]);
        assert_eq!(shown(&base), ["网络:re networks:re", "网络:pr net:pr"]);
        let mut base = TermBase::default();
        base.accept(vec![pair("国家", "country"), pair("国家", "state"), pair("状态", "state")], None);
        assert_eq!(shown(&base), ["国家:pr country:pr state:ad", "状态:pr state:pr"]);
        // What is rejected does not hide what is accepted.
        let mut base = TermBase::default();
        base.reject(vec![pair("合作", "cooperation")], None);
        base.add(vec![pair("合作", "cooperation")], None);
        base.accept(vec![pair("合作", "cooperation")], None);
        assert_eq!(shown(&base), ["合作:re cooperation:re", "合作:pr cooperation:pr"]);
    }

    #[test]
    fn accepting_a_concept_does_not_bring_back_what_must_not_be_used() {
        let mut base = TermBase::default();
        base.accept(vec![pair("网络空间", "cyberspace")], None);
        base.rule(vec![pair("网络空间", "network space")], Language::English, Status::Deprecated, None);
        base.accept_concept(0, None);
        assert_eq!(shown(&base), ["网络空间:pr cyberspace:pr network space:de"]);
        base.set_status(0, Status::Rejected, None);
        base.accept_concept(0, None);
        assert_eq!(shown(&base), ["网络空间:pr cyberspace:pr network space:ad"]);
    }

    #[test]
    fn a_translation_that_must_not_be_used_joins_the_concept_it_is_one_of() {
        let mut base = TermBase::default();
        base.accept(vec![pair("网络空间", "cyberspace")], None);
        base.rule(vec![pair("网络空间", "network space")], Language::English, Status::Deprecated, None);
        base.rule(vec![pair("主权", "lordship")], Language::English, Status::Deprecated, None);
        assert_eq!(shown(&base), ["网络空间:pr cyberspace:pr network space:de", "主权:pr lordship:de"]);
        base.accept_concept(1, None);
        base.set_translations(0, Language::English, Status::Admitted, None);
        assert_eq!(shown(&base), ["网络空间:pr cyberspace:ad network space:ad", "主权:pr lordship:pr"]);
        base.add(vec![pair("主权", "sovereignty")], None);
        assert_eq!(shown(&base)[2], "主权:pr sovereignty:pr");
        assert!(is_well_formed(&base));
    }

    #[test]
    fn concepts_are_joined_and_parted() {
        let mut base = TermBase::default();
        base.accept(vec![pair("国际电信联盟", "International Telecommunication Union"), pair("国际电联", "ITU")], None);
        base.concepts[1].definition = "a body of the United Nations".to_owned();
        base.join(0, 1, None);
        assert_eq!(shown(&base), ["国际电信联盟:pr 国际电联:ad International Telecommunication Union:pr ITU:ad"]);
        assert_eq!(base.concepts[0].definition, "a body of the United Nations");
        let itu = base.concepts[0].sections[1].terms[1].id.clone();
        base.part(0, &itu, "cnew".to_owned(), None);
        assert_eq!(
            shown(&base),
            [
                "国际电信联盟:pr 国际电联:ad International Telecommunication Union:pr",
                "国际电信联盟:pr 国际电联:ad ITU:ad"
            ]
        );
        assert_eq!((base.concepts[1].sections[1].terms[0].id.as_str(), base.concepts[1].id.as_str()), (&*itu, "cnew"));
        assert!(is_well_formed(&base));
        // The last term of a language stays where it is.
        base.part(1, &itu, "cnew".to_owned(), None);
        assert_eq!(base.concepts.len(), 2);
    }

    #[test]
    fn an_edited_concept_keeps_its_id_and_those_of_its_terms() {
        let mut base = TermBase::default();
        base.accept(vec![pair("主权", "sovereignty")], None);
        let old = base.concepts[0].clone();
        let mut edited = old.clone();
        edited.id = "other".to_owned();
        edited.sections[1].terms[0].text = "national sovereignty".to_owned();
        edited.sections[1].terms.push(Term { text: "sovereign right".to_owned(), ..Term::default() });
        let today = Date::new(2026, 11, 22);
        base.put(0, edited, today);
        let concept = &base.concepts[0];
        assert_eq!((&concept.id, concept.modified), (&old.id, today));
        let [first, second] = &concept.sections[1].terms[..] else { panic!("two terms") };
        assert_eq!((&first.id, first.modified), (&old.sections[1].terms[0].id, today));
        assert_eq!((second.created, concept.sections[0].terms[0].modified), (today, None));
        assert!(is_well_formed(&base));
    }
}
