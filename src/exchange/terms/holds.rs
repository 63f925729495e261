//! What a term base says besides its terms, and what of it a form has no place for.

use super::TermsForm;
use crate::date::Date;
use crate::notice::{Notice, notice};
use crate::termbase::{Concept, Status, Term, TermBase};

/// Something that a term base says besides its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Terms that were rejected.
    Rejected,
    /// Deprecated terms with a mark for it, without which a program would offer them.
    Deprecated,
    /// The subject field of a concept.
    Subject,
    /// The definition of a concept.
    Definition,
    /// Its definition in one language.
    DefinitionInLanguage,
    /// A note on a concept.
    ConceptNote,
    /// A note on a term.
    TermNote,
    /// What was decided on a term.
    Status,
    /// A part of speech.
    PartOfSpeech,
    /// The type of a term.
    TermType,
    /// A sentence with a term.
    Context,
    /// When a concept was made and changed.
    ConceptDates,
    /// When a term was.
    TermDates,
    /// Notes on the texts.
    TextNote,
}

impl Detail {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Rejected,
        Self::Deprecated,
        Self::Subject,
        Self::Definition,
        Self::DefinitionInLanguage,
        Self::ConceptNote,
        Self::TermNote,
        Self::Status,
        Self::PartOfSpeech,
        Self::TermType,
        Self::Context,
        Self::ConceptDates,
        Self::TermDates,
        Self::TextNote,
    ];

    /// Everything but rejected terms, which nobody but us is to see.
    pub(super) const SHOWN: &'static [Self] = Self::ALL.split_at(1).1;

    /// How many there are of it in a term base, as it is said where there is no place for it. Nothing is said here of
    /// rejected and deprecated terms, which are left out and told before.
    fn counted(self, base: &TermBase) -> Option<Notice> {
        let concepts = |count: fn(&Concept) -> usize| base.concepts.iter().map(count).sum::<usize>();
        let terms = |count: fn(&Term) -> usize| {
            base.concepts.iter().flat_map(Concept::all_terms).map(|(_, term)| count(term)).sum::<usize>()
        };
        let dates = |dates: [Option<Date>; 2]| dates.into_iter().flatten().count();
        let (key, count) = match self {
            Self::Rejected | Self::Deprecated => return None,
            Self::Subject => ("subject-fields", concepts(|concept| usize::from(!concept.subject.is_empty()))),
            Self::Definition => ("definitions", concepts(|concept| usize::from(!concept.definition.is_empty()))),
            Self::DefinitionInLanguage => {
                let defined = |concept: &Concept| {
                    concept.sections.iter().filter(|section| !section.definition.is_empty()).count()
                };
                ("definitions-in-language", concepts(defined))
            }
            Self::ConceptNote => ("notes-on-concepts", concepts(|concept| usize::from(!concept.note.is_empty()))),
            Self::TermNote => ("notes-on-terms", terms(|term| usize::from(!term.note.is_empty()))),
            Self::Status => ("statuses", terms(|term| usize::from(term.status != Status::Proposed))),
            Self::PartOfSpeech => ("parts-of-speech", terms(|term| usize::from(term.part_of_speech.is_some()))),
            Self::TermType => ("types-of-terms", terms(|term| usize::from(term.kind.is_some()))),
            Self::Context => ("contexts", terms(|term| term.contexts.len())),
            Self::ConceptDates => {
                let all = base.concepts.iter().map(|concept| dates([concept.created, concept.modified]));
                ("dates-of-concepts", all.sum())
            }
            Self::TermDates => {
                let all = base.concepts.iter().flat_map(Concept::all_terms);
                ("dates-of-terms", all.map(|(_, term)| dates([term.created, term.modified])).sum())
            }
            Self::TextNote => ("notes-on-texts", base.notes.len()),
        };
        Notice::of_any(key, count)
    }
}

/// What of a term base a form has no place for.
pub(super) fn without_place(base: &TermBase, form: &TermsForm) -> Option<Notice> {
    let missing = Detail::ALL.into_iter().filter(|detail| !form.has(*detail));
    let missing: Vec<Notice> = missing.filter_map(|detail| detail.counted(base)).collect();
    (!missing.is_empty()).then(|| notice!("this form has no place for {0}", missing))
}
