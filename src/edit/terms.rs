//! Edits of the term base and of what was decided on inconsistencies, in the same history as those of the rows.

use super::{Action, Edit, Misfit, Refused, Step};
use crate::termbase::{Concept, TermBase};
use crate::work::Work;

impl Work {
    /// Puts other concepts in the place of those there are; only what differs goes into the edit.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn change_terms(&self, action: Action, new: &TermBase) -> Result<Edit, Refused> {
        let (old, new) = (&self.terms().concepts, &new.concepts);
        // Where concepts stay in their places only those go into the edit that differ, behind that what lies before the
        // common end.
        let stay = |(old, new): &(&Concept, &Concept)| old.id == new.id;
        let same = if old.len() == new.len() { old.len() } else { old.iter().zip(new).take_while(stay).count() };
        let mut steps = runs(&old[..same], &new[..same]);
        steps.extend(splice(same, &old[same..], &new[same..]));
        if steps.is_empty() {
            return Err(Refused::NoChange);
        }
        Ok(of_terms(action, steps))
    }

    /// Forgets everything that was decided on inconsistencies.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn forget_verdicts(&self) -> Result<Edit, Refused> {
        let forget =
            |(key, old): (&String, &String)| Step::Verdict { key: key.clone(), old: Some(old.clone()), new: None };
        let steps: Vec<Step> = self.verdicts().iter().map(forget).collect();
        if steps.is_empty() { Err(Refused::NoChange) } else { Ok(of_terms(Action::Decide, steps)) }
    }

    /// Remembers what was decided on an inconsistency, by the key of the finding; nothing takes a decision back.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn decide(&self, key: &str, verdict: Option<&str>) -> Result<Edit, Refused> {
        let (old, new) = (self.verdicts().get(key).cloned(), verdict.map(str::to_owned));
        if old == new {
            return Err(Refused::NoChange);
        }
        let step = Step::Verdict { key: key.to_owned(), old, new };
        Ok(of_terms(Action::Decide, vec![step]))
    }

    /// Carries out a step that changes concepts.
    pub(super) fn take_concepts(&mut self, at: usize, old: &[Concept], new: &[Concept]) -> Result<(), Misfit> {
        let range = at..at + old.len();
        if self.terms().concepts.get(range.clone()) != Some(old) {
            return Err(Misfit);
        }
        self.terms_mut().concepts.splice(range, new.iter().cloned());
        Ok(())
    }

    /// Carries out a step that changes a decision.
    pub(super) fn take_verdict(&mut self, key: &str, old: Option<&String>, new: Option<&String>) -> Result<(), Misfit> {
        if self.verdicts().get(key) != old {
            return Err(Misfit);
        }
        let verdicts = self.verdicts_mut();
        match new {
            Some(verdict) => verdicts.insert(key.to_owned(), verdict.clone()),
            None => verdicts.remove(key),
        };
        Ok(())
    }
}

/// An edit that is about no rows, and that nobody has made yet.
fn of_terms(action: Action, steps: Vec<Step>) -> Edit {
    Edit { action, alignment: None, rows: 0..0, steps, origin: None }
}

/// The stretches in which two lists of one length differ.
fn runs(old: &[Concept], new: &[Concept]) -> Vec<Step> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < old.len() {
        let length = old[at..].iter().zip(&new[at..]).take_while(|(old, new)| old != new).count();
        if length > 0 {
            let range = at..at + length;
            out.push(Step::Concepts { at, old: old[range.clone()].to_vec(), new: new[range].to_vec() });
        }
        at += length.max(1);
    }
    out
}

/// What lies before the common end of two lists, which begin at a place; nothing where they are the same.
fn splice(at: usize, old: &[Concept], new: &[Concept]) -> Option<Step> {
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    (!old.is_empty() || !new.is_empty()).then(|| Step::Concepts { at, old: old.to_vec(), new: new.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::super::History;
    use super::super::tests::rows;
    use super::*;
    use proptest::prelude::*;

    fn base(ids: &[u8]) -> TermBase {
        let concept = |id: &u8| Concept { id: id.to_string(), ..Concept::default() };
        TermBase { concepts: ids.iter().map(concept).collect(), ..TermBase::default() }
    }

    proptest! {
        #[test]
        fn any_change_is_made_and_taken_back(
            lists in prop::collection::vec(prop::collection::vec(0_u8..5, 0..6), 1..8),
        ) {
            let mut work = rows(&[(1, 1)]);
            let mut history = History::default();
            for ids in &lists {
                let wanted = base(ids);
                match work.change_terms(Action::EditTerm, &wanted) {
                    Ok(edit) => drop(history.do_edit(&mut work, edit).unwrap()),
                    Err(refused) => prop_assert_eq!(refused, Refused::NoChange),
                }
                prop_assert_eq!(work.terms(), &wanted);
            }
            while history.undo(&mut work).unwrap().is_some() {}
            prop_assert_eq!(work.terms(), &TermBase::default());
        }
    }

    #[test]
    fn a_change_holds_no_more_than_what_differs() {
        let mut work = rows(&[(1, 1)]);
        let edit = work.change_terms(Action::Accept, &base(&[1, 2, 3, 4])).unwrap();
        work.apply(&edit).unwrap();
        let sizes = |ids: &[u8]| {
            let edit = work.change_terms(Action::EditTerm, &base(ids)).unwrap();
            let size = |step: &Step| match step {
                Step::Concepts { at, old, new } => (*at, old.len(), new.len()),
                _ => panic!("only concepts change"),
            };
            edit.steps.iter().map(size).collect::<Vec<_>>()
        };
        assert_eq!(sizes(&[9, 2, 3, 8]), [(0, 1, 1), (3, 1, 1)]);
        assert_eq!(sizes(&[1, 2, 3, 4, 5]), [(4, 0, 1)]);
        assert_eq!(sizes(&[1, 3, 4]), [(1, 1, 0)]);
        // One changed and another taken out, as where two are joined.
        let mut joined = base(&[1, 2, 3]);
        joined.concepts[0].note = "joined".to_owned();
        let edit = work.change_terms(Action::JoinTerms, &joined).unwrap();
        let size = |step: &Step| matches!(step, Step::Concepts { old, new, .. } if old.len() + new.len() <= 2);
        assert!(edit.steps.len() == 2 && edit.steps.iter().all(size), "{edit:?}");
    }

    #[test]
    fn decisions_are_remembered_and_taken_back() {
        let mut work = rows(&[(1, 1)]);
        let edit = work.decide("renderings 网络", Some("both")).unwrap();
        work.apply(&edit).unwrap();
        assert_eq!(work.verdicts().get("renderings 网络").map(String::as_str), Some("both"));
        assert_eq!(work.decide("renderings 网络", Some("both")), Err(Refused::NoChange));
        assert_eq!(work.apply(&edit), Err(Misfit));
        let forget = work.forget_verdicts().unwrap();
        work.apply(&forget).unwrap();
        assert!(work.verdicts().is_empty() && work.forget_verdicts().is_err());
        work.apply(&forget.inverse()).unwrap();
        work.apply(&edit.inverse()).unwrap();
        assert!(work.verdicts().is_empty());
    }
}
