//! Sections and terms that come in piece by piece, each found without a search through the others.

use std::collections::{HashMap, HashSet};

use crate::exchange::left_out::LeftOut;
use crate::lang::Lang;
use crate::task::work;
use crate::termbase::{Concept, Section, Term};

/// Where the sections and terms of concepts stand, which have come in so far.
#[derive(Default)]
pub(super) struct Sections {
    places: HashMap<(usize, String), usize>,
    terms: HashSet<(usize, usize, String)>,
}

impl Sections {
    /// The place of the section of a language in concept number `at`, made at the end where there is none.
    pub(super) fn place(&mut self, at: usize, concept: &mut Concept, lang: &Lang) -> usize {
        work::step(1);
        *self.places.entry((at, lang.tag().to_owned())).or_insert_with(|| {
            concept.sections.push(Section::new(lang.clone()));
            concept.sections.len() - 1
        })
    }

    /// Adds what a section has that concept number `at` lacks; of terms that stand there already, what is said of them
    /// here and has no place is told.
    pub(super) fn take(&mut self, at: usize, concept: &mut Concept, section: Section, left_out: &mut LeftOut) {
        let place = self.place(at, concept, &section.lang);
        let Some(own) = concept.sections.get_mut(place) else { return };
        add(&mut own.definition, &section.definition);
        work::step(section.terms.len());
        // One term twice in one place stays so.
        let key = |term: &Term| (at, place, term.text.clone());
        let (known, fresh): (Vec<Term>, Vec<Term>) =
            section.terms.into_iter().partition(|term| self.terms.contains(&key(term)));
        // Usual where one term stands on several rows, each with another translation.
        let said = known.iter().filter(|term| !term.note.is_empty() || !term.contexts.is_empty()).count();
        left_out.details("note or context of a term that stands above already", said);
        self.terms.extend(fresh.iter().map(key));
        own.terms.extend(fresh);
    }
}

/// Adds a text to another, where that does not hold it already.
pub(super) fn add(into: &mut String, text: &str) {
    if text.is_empty() || into == text {
        return;
    }
    if !into.is_empty() {
        into.push('\n');
    }
    into.push_str(text);
}
