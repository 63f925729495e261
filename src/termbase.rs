//! A term base: concepts, each with the terms that name it in each language, as plain values.
//!
//! The levels are those of the terminological markup framework (ISO 16642): *concept* → *language section* → *term*, and
//! the values of part of speech and type of term those of TBX-Basic, so that a term base goes out as TBX without loss.
//! Nothing here is checked or kept in order behind the caller's back; what a well-formed term base is stands at
//! [`TermBase`]. In texts that are optional, empty means that there is none.
//!
//! ```
//! use duizhao::lang::{Lang, Language};
//! use duizhao::termbase::{Concept, Section, Status, Term, TermBase};
//!
//! let term = |text: &str| Term { text: text.to_owned(), status: Status::Preferred, ..Term::default() };
//! let concept = Concept {
//!     id: "c1".to_owned(),
//!     sections: vec![
//!         Section { terms: vec![term("主权")], ..Section::new(Lang::of(Language::Chinese)) },
//!         Section { terms: vec![term("sovereignty")], ..Section::new(Lang::of(Language::English)) },
//!     ],
//!     ..Concept::default()
//! };
//! let base = TermBase { concepts: vec![concept], ..TermBase::default() };
//! assert_eq!(base.concepts[0].terms(Language::English).next().map(|term| term.text.as_str()), Some("sovereignty"));
//! ```

mod answers;
mod decide;
mod entries;
mod extracted;
mod merge;

use std::collections::{BTreeMap, BTreeSet};

pub use answers::Answers;
pub use entries::{Entry, Pairs, entries};
pub use extracted::{Sentence, extracted};
pub use merge::{Change, Conflict, Joined, Report, Skipped, merge};

use crate::date::Date;
use crate::lang::{Lang, Language};
use crate::origin::Author;
use crate::task::work;
use crate::token::{chinese_key, english_key, fold};

/// Concepts and what is to be known of them all.
///
/// In a well-formed term base no two concepts have the same id, nor have two terms or a concept and a term; every term
/// has a text, without white space around it; a concept has one section for each language tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermBase {
    /// What it is called.
    pub title: String,
    /// Where its terms come from: names of texts.
    pub sources: Vec<String>,
    /// What readers must be told about those texts.
    pub notes: Vec<String>,
    /// The concepts, in the order they are shown in.
    pub concepts: Vec<Concept>,
}

/// What terms of any language name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concept {
    /// Its name within the term base; it stays, whatever becomes of the terms.
    pub id: String,
    /// The field of knowledge it belongs to.
    pub subject: String,
    /// What it is.
    pub definition: String,
    /// Anything else.
    pub note: String,
    /// When it was made.
    pub created: Option<Date>,
    /// When it was last changed.
    pub modified: Option<Date>,
    /// Its terms by language.
    pub sections: Vec<Section>,
}

/// The terms of a concept in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The language.
    pub lang: Lang,
    /// What the concept is, said in this language.
    pub definition: String,
    /// The terms; where several are preferred or none is, the first is the one to use.
    pub terms: Vec<Term>,
}

/// A word or words that name a concept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// Its name within the term base; it stays when the text is corrected.
    pub id: String,
    /// The term itself.
    pub text: String,
    /// What was decided about it.
    pub status: Status,
    /// Its part of speech.
    pub part_of_speech: Option<PartOfSpeech>,
    /// What form of the name it is.
    pub kind: Option<TermType>,
    /// Anything else.
    pub note: String,
    /// Texts that show it in use.
    pub contexts: Vec<Context>,
    /// When it was made.
    pub created: Option<Date>,
    /// When it was last changed.
    pub modified: Option<Date>,
}

/// A text that shows a term in use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub source: Option<Source>,
}

/// Where a text stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The name of the document.
    pub document: String,
    /// The segment within it, by the id that stays ([`crate::bitext::Segment::id`]).
    pub segment: Option<u64>,
}

/// What was decided about a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nobody has decided.
    #[default]
    Proposed,
    /// The one to use.
    Preferred,
    /// One that may be used, too.
    Admitted,
    /// One that was used and must not be used any more.
    Deprecated,
    /// Not a term, or not of this concept: kept so that nobody proposes it again, and given to no other program.
    Rejected,
}

/// The parts of speech of TBX-Basic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PartOfSpeech {
    Noun,
    Verb,
    Adjective,
    Adverb,
    Other,
}

/// The types of terms of TBX-Basic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TermType {
    FullForm,
    Acronym,
    Abbreviation,
    ShortForm,
    Variant,
    Phrase,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Preferred, Self::Admitted, Self::Deprecated, Self::Rejected];

    /// The word for it in our own forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Deprecated => "deprecated",
            Self::Rejected => "rejected",
        }
    }

    /// How far such a term is from being the one to use: 0 for that.
    pub fn rank(self) -> u8 {
        match self {
            Self::Preferred => 0,
            Self::Admitted => 1,
            Self::Proposed => 2,
            Self::Deprecated => 3,
            Self::Rejected => 4,
        }
    }

    /// Whether a translation may use such a term.
    pub fn is_usable(self) -> bool {
        !matches!(self, Self::Deprecated | Self::Rejected)
    }
}

impl PartOfSpeech {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Noun, Self::Verb, Self::Adjective, Self::Adverb, Self::Other];

    /// The word for it in TBX-Basic.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
            Self::Other => "other",
        }
    }
}

impl TermType {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::FullForm, Self::Acronym, Self::Abbreviation, Self::ShortForm, Self::Variant, Self::Phrase];

    /// The word for it in TBX-Basic.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullForm => "fullForm",
            Self::Acronym => "acronym",
            Self::Abbreviation => "abbreviation",
            Self::ShortForm => "shortForm",
            Self::Variant => "variant",
            Self::Phrase => "phrase",
        }
    }
}

impl Section {
    /// A language without terms as yet.
    pub fn new(lang: Lang) -> Self {
        Self { lang, definition: String::new(), terms: Vec::new() }
    }
}

impl Concept {
    /// The terms in a language, whatever its script or country.
    pub fn terms(&self, language: Language) -> impl Iterator<Item = &Term> {
        self.sections
            .iter()
            .filter(move |section| section.lang.language() == language)
            .flat_map(|section| &section.terms)
    }

    /// All terms with their languages.
    pub fn all_terms(&self) -> impl Iterator<Item = (&Lang, &Term)> {
        self.sections.iter().flat_map(|section| section.terms.iter().map(|term| (&section.lang, term)))
    }

    /// Whether it only says what is no term.
    pub fn is_rejected(&self) -> bool {
        let mut terms = self.all_terms().peekable();
        terms.peek().is_some() && terms.all(|(_, term)| term.status == Status::Rejected)
    }

    /// The section of a language tag, made at the end where there is none.
    pub fn section_mut(&mut self, lang: &Lang) -> &mut Section {
        let at = self.sections.iter().position(|section| section.lang == *lang).unwrap_or_else(|| {
            self.sections.push(Section::new(lang.clone()));
            self.sections.len() - 1
        });
        &mut self.sections[at]
    }
}

impl TermBase {
    /// The ids of its concepts and terms.
    pub fn ids(&self) -> BTreeSet<String> {
        let terms = self.concepts.iter().flat_map(Concept::all_terms).map(|(_, term)| &term.id);
        self.concepts.iter().map(|concept| &concept.id).chain(terms).filter(|id| !id.is_empty()).cloned().collect()
    }

    /// The same, to give further ids.
    fn taken(&self) -> Ids {
        Ids { taken: self.ids(), next: BTreeMap::new() }
    }

    /// The terms to use: each Chinese one with each English one of the same concept, in order. Proposals are none yet.
    pub fn accepted(&self) -> impl Iterator<Item = (&str, &str)> {
        let usable = |term: &&Term| matches!(term.status, Status::Preferred | Status::Admitted);
        self.concepts.iter().flat_map(move |concept| {
            let english = move || concept.terms(Language::English).filter(usable).map(|term| term.text.as_str());
            let chinese = concept.terms(Language::Chinese).filter(usable).map(|term| term.text.as_str());
            chinese.flat_map(move |chinese| english().map(move |english| (chinese, english)))
        })
    }

    /// Gives every concept and term without an id, or with one that is taken, an id of its own; ids that are in order stay.
    /// That of a concept is made of its terms, so that the same terms have the same id wherever they come from.
    pub fn settle_ids(&mut self) {
        let mut taken = Ids::default();
        for concept in &mut self.concepts {
            settle_ids(concept, &mut taken);
        }
    }
}

impl Concept {
    /// The id of a concept that a person makes: one that may stand in XML as it is.
    pub fn id_by(author: &Author) -> String {
        format!("c{}", author.id())
    }
}

/// What a term is compared by: without regard to case, width and white space, never to script.
fn key(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What tells whether a term is the same in another form: English by the stems of its words, Chinese without regard to
/// script, both without regard to case, width and white space.
fn form(language: Language, text: &str) -> String {
    match language {
        Language::English => key(text).split(' ').map(english_key).collect::<Vec<_>>().join(" "),
        Language::Chinese => chinese_key(text).split_whitespace().collect(),
        _ => key(text),
    }
}

/// Settles the ids of one concept among those taken, which its own join.
fn settle_ids(concept: &mut Concept, taken: &mut Ids) {
    if concept.id.is_empty() || !taken.insert(concept.id.clone()) {
        let made = || made_id(concept.all_terms().map(|(_, term)| term.text.as_str()));
        let wish = if concept.id.is_empty() { made() } else { concept.id.clone() };
        concept.id = taken.free(wish);
    }
    let mut number = 0_usize;
    for term in concept.sections.iter_mut().flat_map(|section| &mut section.terms) {
        number += 1;
        if term.id.is_empty() || !taken.insert(term.id.clone()) {
            term.id = taken.free(format!("{}-{number}", concept.id));
        }
    }
}

/// An id made of texts: FNV-1a with 64 bits, the same on every machine, for ever.
fn made_id<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    // No text holds the byte 0xff, so it parts them.
    for byte in texts.into_iter().flat_map(|text| text.bytes().chain(std::iter::once(0xff))) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("c{hash:016x}")
}

/// Ids that are taken.
#[derive(Clone, Debug, Default)]
struct Ids {
    taken: BTreeSet<String>,
    /// Where the search for a free number behind an id goes on: those below are taken.
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Takes an id, unless it is taken.
    fn insert(&mut self, id: String) -> bool {
        self.taken.insert(id)
    }

    /// Gives an id back.
    fn remove(&mut self, id: &str) {
        self.taken.remove(id);
        self.next.clear();
    }

    /// The id that is wished for, or with a number behind it where it is taken; it is taken then.
    fn free(&mut self, wish: String) -> String {
        work::step(1);
        if self.taken.insert(wish.clone()) {
            return wish;
        }
        let mut number = self.next.get(&wish).copied().unwrap_or(2);
        let id = loop {
            work::step(1);
            let id = format!("{wish}.{number}");
            number += 1;
            if self.taken.insert(id.clone()) {
                break id;
            }
        };
        self.next.insert(wish, number);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_in_order_stay_and_others_become_free_ones() {
        let zh = Lang::of(Language::Chinese);
        let term = |id: &str| Term { id: id.to_owned(), text: "甲".to_owned(), ..Term::default() };
        let concept = |id: &str, terms: &[&str]| Concept {
            id: id.to_owned(),
            sections: vec![Section { terms: terms.iter().map(|id| term(id)).collect(), ..Section::new(zh.clone()) }],
            ..Concept::default()
        };
        let concepts = vec![concept("x", &["", "t"]), concept("x", &["t"]), concept("", &["c3"]), concept("c3", &[""])];
        let mut base = TermBase { concepts, ..TermBase::default() };
        base.settle_ids();
        let ids: Vec<Vec<&str>> = base
            .concepts
            .iter()
            .map(|concept| {
                std::iter::once(concept.id.as_str())
                    .chain(concept.all_terms().map(|(_, term)| term.id.as_str()))
                    .collect()
            })
            .collect();
        assert_eq!(
            ids,
            [vec!["x", "x-1", "t"], vec!["x.2", "x.2-1"], vec!["c7ab8369a41a13669", "c3"], vec!["c3.2", "c3.2-1"]]
        );
        assert_eq!(base.ids().len(), 9);
    }
}
