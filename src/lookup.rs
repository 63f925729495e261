//! Quick look-up: a few letters or characters → terms, dictionary words and places in texts, best first.
//!
//! Comes in: what was typed so far, in Chinese of either script, in pinyin with or without tones (`wangluo kongjian`,
//! `wǎng luò`, `wang3luo4`), or in English words of any inflection, of which the last may be only begun. It is asked of any of
//! three: a term base with what an extraction proposes ([`Terms`]), CC-CEDICT ([`Dictionary`]), and aligned texts
//! ([`Places`]). Each is made ready once and then answers within the time between two keys.
//!
//! ```
//! use duizhao::lookup::{Dictionary, Query, read_pinyin};
//!
//! let dictionary = Dictionary::shared();
//! for typed in ["網絡空間", "wangluo kongj", "cyberspace"] {
//!     let first = dictionary.find(&Query::new(typed), 5)[0];
//!     assert_eq!((first.entry.simplified, &*read_pinyin(first.entry.pinyin)), ("网络空间", "wǎng luò kōng jiān"));
//! }
//! ```

mod dictionary;
mod phrases;
mod pinyin;
mod places;
mod query;
mod terms;

pub use dictionary::{Dictionary, WordAnswer};
pub use pinyin::{read_glosses, read_pinyin};
pub use places::{Place, Places};
pub use query::Query;
pub use terms::{LineTerm, TermAnswer, TermLine, Terms, term_lines};

use crate::task::{Cancelled, Ctl};

/// How an answer fits what was asked for; better ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It is that.
    Whole,
    /// It is another form of that, as words change in English.
    Inflects,
    /// It begins with that.
    Begins,
    /// It begins with that, of which the last word or syllable is only begun.
    Completes,
    /// It is a part of that, which as a whole is nothing.
    Part,
    /// It holds that somewhere else.
    Holds,
}

impl Fit {
    /// All of them, best first.
    pub const ALL: [Self; 6] = [Self::Whole, Self::Inflects, Self::Begins, Self::Completes, Self::Part, Self::Holds];

    /// The word for it in our own forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Inflects => "inflects",
            Self::Begins => "begins",
            Self::Completes => "completes",
            Self::Part => "part",
            Self::Holds => "holds",
        }
    }
}

/// By what an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// By what stands there.
    Text,
    /// By how it is read.
    Pinyin,
    /// By what it means in English.
    Gloss,
}

/// Where answers are looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// A dictionary.
    pub dictionary: Option<&'a Dictionary>,
    /// Terms.
    pub terms: Option<&'a Terms>,
    /// Aligned texts.
    pub places: Option<&'a Places>,
}

/// What was found, each kind best first.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Lines of terms.
    pub terms: Vec<TermAnswer>,
    /// Entries of the dictionary.
    pub words: Vec<WordAnswer>,
    /// Places in the texts.
    pub places: Vec<Place>,
}

impl Answers {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.terms.len() + self.words.len() + self.places.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Looks a query up, at most `limit` answers of each kind; the words that a longer Chinese text consists of are all given.
///
/// # Errors
/// [`Cancelled`].
pub fn look_up(ctl: &Ctl, query: &Query, sources: Sources<'_>, limit: usize) -> Result<Answers, Cancelled> {
    let mut out = Answers::default();
    if let Some(terms) = sources.terms {
        out.terms = terms.find(query, limit);
    }
    ctl.check()?;
    if let Some(dictionary) = sources.dictionary {
        out.words = dictionary.find(query, limit);
    }
    if let Some(places) = sources.places {
        out.places = places.find(ctl, query, limit)?;
    }
    Ok(out)
}

/// An order finer than [`Fit`]: of what was only begun, whole phrases come before longer ones, and both before what holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Whole,
    Inflects,
    Begins,
    CompletesWhole,
    Completes,
    Part,
    Holds,
    HoldsBegun,
}

impl From<Rank> for Fit {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Whole => Self::Whole,
            Rank::Inflects => Self::Inflects,
            Rank::Begins => Self::Begins,
            Rank::CompletesWhole | Rank::Completes => Self::Completes,
            Rank::Part => Self::Part,
            Rank::Holds | Rank::HoldsBegun => Self::Holds,
        }
    }
}
