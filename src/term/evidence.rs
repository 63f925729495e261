//! What general language says of words: how common they are, and how they are used.
//!
//! A term is a word that a document uses more than the language does (the *weirdness* of Ahmad, Gillam and Tostevin
//! 1999). General language is known here by jieba's counts for Chinese, by the encoder's table of pieces for English,
//! and by the dictionary for both: how many senses a Chinese word has, how glosses use an English one.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::pairing::Found;
use super::{Cut, Token};
use crate::encode::commonness;
use crate::lexicon::{GlossUse, Lexicon};
use crate::token::{Tokenizer, WordKind, fold};

/// An English word without the ending of a plural; of the ways to undo it the one that gives the commonest word.
pub(super) fn singular(folded: &str) -> String {
    let bare = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded);
    if bare.len() < 4 || !bare.ends_with('s') || ["ss", "us", "is"].iter().any(|ending| bare.ends_with(ending)) {
        return bare.to_owned();
    }
    let stem = &bare[..bare.len() - 1];
    let mut best = stem.to_owned();
    let y = stem.strip_suffix("ie").map(|base| format!("{base}y"));
    let e = stem.strip_suffix('e').filter(|base| base.ends_with(['s', 'x', 'z', 'h', 'o'])).map(str::to_owned);
    for other in [y, e].into_iter().flatten() {
        // Of words that nobody knows the regular one: taxonomies.
        if general(&other) >= general(&best) {
            best = other;
        }
    }
    best
}

/// The logarithm of how common a word is, however it is written.
pub(super) fn general(folded: &str) -> f32 {
    let (small, capital) = commonness(folded);
    small.max(capital)
}

/// What is known of one English word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EnglishWord {
    /// The logarithm of its probability; of its base forms' if one is commoner.
    pub(super) common: f32,
    /// How glosses use it.
    pub(super) uses: GlossUse,
}

impl EnglishWord {
    /// The share of glosses that use it as a verb; the halves and quarters added stand for what is not known.
    pub(super) fn verb(self) -> f32 {
        self.uses.verbs as f32 / (self.uses.glosses as f32 + 2.0)
    }

    /// The share of its uses in noun phrases that end the phrase.
    pub(super) fn head(self) -> f32 {
        (self.uses.heads as f32 + 1.0) / ((self.uses.heads + self.uses.modifiers) as f32 + 2.0)
    }
}

/// What is known of a Chinese word as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ChineseWord {
    /// The logarithm of one more than its count in general Chinese.
    pub(super) common: f32,
    /// Entries and senses in the dictionary.
    pub(super) senses: f32,
    /// The share of senses that are verbs.
    pub(super) verb: f32,
    /// A name: its pinyin has a capital.
    pub(super) proper: bool,
    /// A sense with the label of a field, such as (law).
    pub(super) labelled: bool,
}

impl ChineseWord {
    /// Looks a word in simplified script up.
    pub(super) fn of(simplified: &str) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count")]
        let common = libm::log1p(Tokenizer::shared().frequency(simplified) as f64) as f32;
        let mut out = Self { common, ..Self::default() };
        let mut verbs = 0.0;
        for entry in Lexicon::embedded().entries(simplified) {
            out.proper |= entry.pinyin.starts_with(|c: char| c.is_ascii_uppercase());
            for gloss in entry.glosses.split('/').filter(|gloss| !gloss.starts_with("CL:")) {
                out.senses += 1.0;
                verbs += f32::from(u8::from(gloss.starts_with("to ")));
                out.labelled |= gloss.strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(is_label);
            }
        }
        out.verb = verbs / out.senses.max(1.0);
        out
    }
}

/// One word in brackets at the head of a gloss that is followed by the gloss names a field, other than these.
fn is_label((label, rest): (&str, &str)) -> bool {
    const NO_FIELD: &[&str] =
        &["idiom", "coll", "fig", "lit", "dialect", "bound", "literary", "slang", "archaic", "old"];
    !rest.trim().is_empty() && !label.contains(' ') && !NO_FIELD.iter().any(|other| label.starts_with(other))
}

/// What general language says of the words of the candidates that were paired.
pub(super) struct Evidence {
    english: HashMap<String, EnglishWord>,
    chinese: HashMap<String, ChineseWord>,
}

impl Evidence {
    /// Looks up every word of the candidates.
    pub(super) fn of(found: &[Found], cuts: &[Cut<'_>]) -> Self {
        let (mut chinese, mut english): (Met<'_>, Met<'_>) = (Met::default(), Met::default());
        for of_unit in found.chunk_by(|one, other| one.unit == other.unit) {
            let Some(cut) = of_unit.first().and_then(|pair| cuts.get(pair.unit)) else { continue };
            let (mut zh, mut en) = (vec![false; cut.chinese.len()], vec![false; cut.english.len()]);
            for pair in of_unit {
                zh[pair.chinese.from..pair.chinese.to].fill(true);
                // The neighbours count too: they tell whether a phrase is whole.
                let last = (pair.english.to + 1).min(en.len());
                en[pair.english.from.saturating_sub(1)..last].fill(true);
            }
            let letters = |token: &&Token| token.word.kind == WordKind::Letters;
            chinese.extend(marked(&cut.chinese, zh).map(|token| token.key.as_str()));
            english.extend(marked(&cut.english, en).filter(letters).map(|token| token.form.as_str()));
        }
        let bases: Vec<Vec<String>> = english.words.iter().map(|form| base_forms(form)).collect();
        let mut uses: HashMap<String, GlossUse> =
            bases.iter().flatten().map(|form| (form.clone(), GlossUse::default())).collect();
        Lexicon::embedded().count_gloss_words(&mut uses);
        let word = |bases: &Vec<String>| {
            let used = bases.iter().filter_map(|form| uses.get(form).copied());
            let common = bases.iter().map(|form| general(form)).fold(f32::MIN, f32::max);
            let uses = used.max_by_key(|usage| usage.glosses).unwrap_or_default();
            EnglishWord { common, uses }
        };
        Self {
            english: english
                .words
                .par_iter()
                .zip(&bases)
                .map(|(&form, bases)| (form.to_owned(), word(bases)))
                .collect(),
            chinese: chinese.words.par_iter().map(|&key| (key.to_owned(), ChineseWord::of(key))).collect(),
        }
    }

    /// What is known of an English word.
    pub(super) fn english(&self, token: &Token) -> EnglishWord {
        self.english.get(&token.form).copied().unwrap_or(EnglishWord { common: general(""), ..EnglishWord::default() })
    }

    /// What is known of a Chinese word.
    pub(super) fn chinese(&self, token: &Token) -> ChineseWord {
        self.chinese.get(&token.key).copied().unwrap_or_default()
    }
}

/// Words in the order in which they were met, each once.
#[derive(Default)]
struct Met<'a> {
    words: Vec<&'a str>,
    known: HashSet<&'a str>,
}

impl<'a> Extend<&'a str> for Met<'a> {
    fn extend<T: IntoIterator<Item = &'a str>>(&mut self, words: T) {
        let (known, all) = (&mut self.known, &mut self.words);
        all.extend(words.into_iter().filter(|word| known.insert(*word)));
    }
}

/// The words that are marked.
fn marked(tokens: &[Token], marks: Vec<bool>) -> impl Iterator<Item = &Token> {
    tokens.iter().zip(marks).filter(|(_, marked)| *marked).map(|(token, _)| token)
}

/// A word without the endings of verb forms, in the spellings it may have had.
fn base_forms(folded: &str) -> Vec<String> {
    let mut out = vec![folded.to_owned()];
    for ending in ["ed", "d", "ing"] {
        let Some(base) = folded.strip_suffix(ending).filter(|base| base.len() >= 3) else { continue };
        out.push(base.to_owned());
        if ending != "d" {
            out.push(format!("{base}e"));
            let mut chars = base.chars().rev();
            if let (Some(last), Some(before)) = (chars.next(), chars.next())
                && last == before
            {
                out.push(base[..base.len() - last.len_utf8()].to_owned());
            }
        }
    }
    out
}

/// Two capitals or more, and hardly anything else.
pub(super) fn is_acronym(surface: &str) -> bool {
    let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
    let small = surface.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && small <= 1
}

/// A word as it stands, in lower case, without a possessive.
pub(super) fn folded(cut: &Cut<'_>, token: &Token) -> String {
    let folded = fold(&cut.unit.english[token.word.span.clone()]);
    folded.strip_suffix("'s").map(str::to_owned).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_undone_to_words_that_exist() {
        for (plural, one) in [
            ("viruses", "virus"),
            ("causes", "cause"),
            ("policies", "policy"),
            ("movies", "movie"),
            ("taxonomies", "taxonomy"),
            ("sandboxes", "sandbox"),
            ("norms", "norm"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("state's", "state"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn the_dictionary_tells_names_verbs_and_fields() {
        assert!(ChineseWord::of("伦敦").proper && !ChineseWord::of("合作").proper);
        assert!(ChineseWord::of("进行").verb > 0.6 && ChineseWord::of("主权").verb < 0.1);
        assert!(ChineseWord::of("合作").common > ChineseWord::of("管辖权").common + 3.0);
        assert!(ChineseWord::of("线程").labelled && !ChineseWord::of("主权").labelled);
    }
}
