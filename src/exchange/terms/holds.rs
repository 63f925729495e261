//! What a term base says besides its terms, and what of it a form has no place for.

use super::TermsForm;
use crate::notice::Notice;
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

    /// What is said where it has no place; nothing of rejected and deprecated terms, which are told as left out.
    fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::Rejected | Self::Deprecated => return None,
            Self::Subject => "subject-fields",
            Self::Definition => "definitions",
            Self::DefinitionInLanguage => "definitions-in-language",
            Self::ConceptNote => "notes-on-concepts",
            Self::TermNote => "notes-on-terms",
            Self::Status => "statuses",
            Self::PartOfSpeech => "parts-of-speech",
            Self::TermType => "types-of-terms",
            Self::Context => "contexts",
            Self::ConceptDates => "dates-of-concepts",
            Self::TermDates => "dates-of-terms",
            Self::TextNote => "notes-on-texts",
        })
    }

    /// How many there are of it.
    fn count(self, base: &TermBase) -> usize {
        let concepts = |count: fn(&Concept) -> usize| base.concepts.iter().map(count).sum::<usize>();
        let terms = |count: fn(&Term) -> usize| {
            base.concepts.iter().flat_map(Concept::all_terms).map(|(_, term)| count(term)).sum::<usize>()
        };
        match self {
            Self::Rejected | Self::Deprecated => 0,
            Self::Subject => concepts(|concept| usize::from(!concept.subject.is_empty())),
            Self::Definition => concepts(|concept| usize::from(!concept.definition.is_empty())),
            Self::DefinitionInLanguage => {
                concepts(|concept| concept.sections.iter().filter(|section| !section.definition.is_empty()).count())
            }
            Self::ConceptNote => concepts(|concept| usize::from(!concept.note.is_empty())),
            Self::TermNote => terms(|term| usize::from(!term.note.is_empty())),
            Self::Status => terms(|term| usize::from(term.status != Status::Proposed)),
            Self::PartOfSpeech => terms(|term| usize::from(term.part_of_speech.is_some())),
            Self::TermType => terms(|term| usize::from(term.kind.is_some())),
            Self::Context => terms(|term| term.contexts.len()),
            Self::ConceptDates => {
                concepts(|concept| usize::from(concept.created.is_some()) + usize::from(concept.modified.is_some()))
            }
            Self::TermDates => terms(|term| usize::from(term.created.is_some()) + usize::from(term.modified.is_some())),
            Self::TextNote => base.notes.len(),
        }
    }
}

/// What of a term base a form has no place for.
pub(super) fn without_place(base: &TermBase, form: &TermsForm) -> Option<Notice> {
    let missing = Detail::ALL.into_iter().filter(|detail| !form.has(*detail));
    let missing: Vec<Notice> = missing.filter_map(|detail| Notice::of_any(detail.key()?, detail.count(base))).collect();
    (!missing.is_empty()).then(|| Notice::new("no-place").list(missing))
}
