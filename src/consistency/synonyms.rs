use std::collections::{BTreeSet, HashMap};

use super::matching::folded;
use crate::lang::Language;
use crate::termbase::{Status, Term, TermBase};

/// Which terms of a term base name the same thing and may all be used.
pub(super) struct Synonyms {
    /// By language and term, as it is compared, the concepts it names.
    concepts: HashMap<(Language, String), BTreeSet<usize>>,
}

impl Synonyms {
    /// The usable terms of a term base in the languages of a source and its translation. What must not be used is the
    /// author's in the source: it names the same concept all the same.
    pub(super) fn of(base: &TermBase, [source, target]: [Language; 2]) -> Self {
        let mut concepts: HashMap<(Language, String), BTreeSet<usize>> = HashMap::new();
        for (number, concept) in base.concepts.iter().enumerate() {
            for language in [source, target] {
                let names =
                    |term: &&Term| term.status.is_usable() || (language == source && term.status == Status::Deprecated);
                for term in concept.terms(language).filter(names) {
                    concepts.entry((language, folded(&term.text, language))).or_default().insert(number);
                }
            }
        }
        Self { concepts }
    }

    /// Whether a concept has a term in the first language and both texts in the second.
    pub(super) fn are(&self, [language, other]: [Language; 2], term: &str, texts: [&str; 2]) -> bool {
        let named = |language: Language, text: &str| self.concepts.get(&(language, folded(text, language)));
        let (Some(all), [Some(one), Some(another)]) = (named(language, term), texts.map(|text| named(other, text)))
        else {
            return false;
        };
        all.iter().any(|concept| one.contains(concept) && another.contains(concept))
    }
}
