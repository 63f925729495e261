//! Edits that decide on terms: each takes what is shown of a glossary, lines that were found or decided on already, and
//! what is proposed for those that nobody has decided on.

use super::{Action, Edit, Refused};
use crate::date::Date;
use crate::lang::Language;
use crate::termbase::{Concept, Entry, Report, Status, TermBase, merge};
use crate::work::Work;

impl Work {
    /// Accepts lines: the concepts of those decided on, and the proposals for the others.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn accept_terms(
        &self,
        lines: &[&Entry],
        proposals: Vec<Concept>,
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        self.changed_terms(Action::Accept, |base| {
            for at in lines.iter().filter_map(|line| line.concept) {
                base.accept_concept(at, today);
            }
            base.accept(proposals, today);
        })
    }

    /// Rejects lines, so that they are not proposed again.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn reject_terms(
        &self,
        action: Action,
        lines: &[&Entry],
        proposals: Vec<Concept>,
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        self.changed_terms(action, |base| {
            for at in lines.iter().filter_map(|line| line.concept) {
                base.set_status(at, Status::Rejected, today);
            }
            base.reject(proposals, today);
        })
    }

    /// Gives the translations of a line, its terms in one language, a status.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn rule_terms(
        &self,
        action: Action,
        line: &Entry,
        proposals: Vec<Concept>,
        (language, status): (Language, Status),
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        self.changed_terms(action, |base| match line.concept {
            Some(concept) => base.set_translations(concept, language, status, today),
            None => base.rule(proposals, language, status, today),
        })
    }

    /// Joins two lines into one concept; the first keeps its preferred terms. The proposals are those of the lines that
    /// nobody has decided on, in their order.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn join_terms(
        &self,
        lines: [&Entry; 2],
        proposals: Vec<Concept>,
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        let decided = self.terms().concepts.len();
        let mut next = decided;
        let [into, from] = lines.map(|line| {
            line.concept.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        });
        self.changed_terms(Action::JoinTerms, |base| {
            base.add(proposals, today);
            if into >= decided {
                // The first to be in use keeps its preferred terms.
                base.accept_concept(into, today);
            }
            base.join(into, from, today);
        })
    }

    /// Forgets what was decided on a concept.
    ///
    /// # Errors
    /// [`Refused::NoChange`] where there is no such concept.
    pub fn forget_concept(&self, concept: usize) -> Result<Edit, Refused> {
        self.changed_terms(Action::RemoveTerm, |base| {
            if concept < base.concepts.len() {
                base.concepts.remove(concept);
            }
        })
    }

    /// Puts a concept as it was typed in the place of another, whose id stays, or behind all others. Proposals that were
    /// typed over are not proposed again.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn write_concept(
        &self,
        concept: Option<usize>,
        replaced: Vec<Concept>,
        typed: Concept,
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        self.changed_terms(Action::EditTerm, |base| {
            if let Some(at) = concept {
                return base.put(at, typed, today);
            }
            base.add(vec![typed], today);
            base.reject_others(replaced, today);
        })
    }

    /// Puts a concept as it was typed in the place of another, and one of its terms in a concept of its own; given are the
    /// id of the term and that of the new concept.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn part_concept(
        &self,
        at: usize,
        typed: Concept,
        (term, id): (&str, String),
        today: Option<Date>,
    ) -> Result<Edit, Refused> {
        self.changed_terms(Action::EditTerm, |base| {
            base.put(at, typed, today);
            base.part(at, term, id, today);
        })
    }

    /// Merges a term base into that of the work; what became of its concepts is told besides.
    pub fn import_terms(&self, incoming: &TermBase) -> (Result<Edit, Refused>, Report) {
        let report = merge(self.terms(), incoming);
        (self.change_terms(Action::ImportTerms, &report.base), report)
    }

    fn changed_terms(&self, action: Action, change: impl FnOnce(&mut TermBase)) -> Result<Edit, Refused> {
        let mut base = self.terms().clone();
        change(&mut base);
        self.change_terms(action, &base)
    }
}

#[cfg(test)]
mod tests {
    use super::super::History;
    use super::*;
    use crate::lang::Lang;
    use crate::termbase::{Pairs, Section, Term, entries};

    const PAIRS: [[&str; 2]; 3] = [["主权", "sovereignty"], ["国家主权", "state sovereignty"], ["网络", "network"]];

    fn proposal(pair: [&str; 2]) -> Concept {
        let section = |(tag, text): (&str, &str)| Section {
            terms: vec![Term { text: text.to_owned(), ..Term::default() }],
            ..Section::new(Lang::parse(tag).unwrap())
        };
        Concept { sections: ["zh", "en"].into_iter().zip(pair).map(section).collect(), ..Concept::default() }
    }

    /// A work without texts, and how its lines are decided on.
    #[derive(Default)]
    struct Desk {
        work: Work,
        history: History,
    }

    impl Desk {
        fn lines(&self) -> Vec<Entry> {
            let languages = [Language::Chinese, Language::English];
            entries(self.work.terms(), languages, &Pairs::new(languages, PAIRS.map(|pair| (pair, 0.5))))
        }

        fn act(&mut self, make: impl FnOnce(&Work, &[Entry]) -> Result<Edit, Refused>) -> String {
            let edit = make(&self.work, &self.lines());
            match edit {
                Err(refused) => return refused.text().to_owned(),
                Ok(edit) => drop(self.history.do_edit(&mut self.work, edit).unwrap()),
            }
            let shown = |concept: &Concept| {
                let terms = concept.all_terms().map(|(_, term)| format!("{} {}", term.text, term.status.name()));
                terms.collect::<Vec<_>>().join(", ")
            };
            self.work.terms().concepts.iter().map(shown).collect::<Vec<_>>().join(" | ")
        }
    }

    #[test]
    fn lines_are_decided_on_and_all_is_taken_back() {
        let today = Date::new(2026, 12, 1);
        let mut desk = Desk::default();
        let accepted = desk.act(|work, lines| work.accept_terms(&[&lines[0]], vec![proposal(PAIRS[0])], today));
        assert_eq!(accepted, "主权 preferred, sovereignty preferred");
        assert_eq!(desk.work.terms().concepts[0].created, today);
        let again = desk.act(|work, lines| work.accept_terms(&[&lines[0]], Vec::new(), today));
        assert_eq!(again, "it is so already");
        let rejected =
            desk.act(|work, lines| work.reject_terms(Action::Reject, &[&lines[1]], vec![proposal(PAIRS[1])], today));
        assert!(rejected.ends_with("| 国家主权 rejected, state sovereignty rejected"), "{rejected}");
        let ruled = desk.act(|work, lines| {
            let wanted = (Language::English, Status::Deprecated);
            work.rule_terms(Action::Deprecate, &lines[2], vec![proposal(PAIRS[2])], wanted, today)
        });
        assert!(ruled.ends_with("| 网络 preferred, network deprecated"), "{ruled}");
        let joined = desk.act(|work, lines| work.join_terms([&lines[0], &lines[2]], Vec::new(), today));
        let wanted = "主权 preferred, 网络 admitted, sovereignty preferred, network deprecated \
                      | 国家主权 rejected, state sovereignty rejected";
        assert_eq!(joined, wanted);
        let typed = Concept { id: "cnew".to_owned(), ..proposal(["法", "law"]) };
        let written = desk.act(|work, _| work.write_concept(None, vec![proposal(PAIRS[1])], typed, today));
        assert!(written.ends_with("| 法 proposed, law proposed"), "{written}");
        assert_eq!(desk.work.terms().concepts[2].id, "cnew");
        let term = desk.work.terms().concepts[0].sections[1].terms[1].id.clone();
        let parted = desk
            .act(|work, _| work.part_concept(0, work.terms().concepts[0].clone(), (&term, "cown".to_owned()), today));
        assert!(parted.contains("| 主权 preferred, 网络 admitted, network deprecated |"), "{parted}");
        assert_eq!(desk.work.terms().concepts[1].id, "cown");
        let forgotten = desk.act(|work, _| work.forget_concept(0));
        assert!(
            !forgotten.contains("sovereignty preferred") && forgotten.contains("network deprecated"),
            "{forgotten}"
        );
        assert_eq!(desk.act(|work, _| work.forget_concept(9)), "it is so already");
        let other = TermBase { concepts: vec![proposal(["海", "sea"])], ..TermBase::default() };
        let (edit, report) = desk.work.import_terms(&other);
        assert!(edit.is_ok() && report.added.len() == 1);
        while desk.history.undo(&mut desk.work).unwrap().is_some() {}
        assert!(desk.work.terms().concepts.is_empty());
    }

    #[test]
    fn two_lines_that_nobody_has_decided_on_become_one_concept() {
        let mut desk = Desk::default();
        let joined = desk.act(|work, lines| {
            work.join_terms([&lines[0], &lines[1]], vec![proposal(PAIRS[0]), proposal(PAIRS[1])], None)
        });
        assert_eq!(joined, "主权 preferred, 国家主权 admitted, sovereignty preferred, state sovereignty admitted");
    }
}
