//! Terms that one side has while the other has none of their translations.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Span;
use crate::token::english_key;

/// A pair is asked for where it was found so often, and is so sure.
const OFTEN: usize = 3;
const SURE: f32 = 0.5;
/// So many terms are asked for, the best first: each is looked for in every row.
const MOST: usize = 200;

/// The terms of a document that its rows are held to.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    asked: Vec<Asked>,
}

/// A Chinese term.
#[derive(Clone, Debug)]
struct Asked {
    chinese: String,
    /// Each translation as the keys of its words.
    english: Vec<Vec<String>>,
    /// Longer terms that hold it: where they stand it is no term of its own.
    longer: Vec<String>,
}

impl Terms {
    /// Of the pairs of a glossary, best first: Chinese, English, in how many places, how sure. Every translation that the
    /// glossary has for a term will do.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str, usize, f32)>) -> Self {
        let mut english: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
        let mut asked: Vec<&str> = Vec::new();
        for (chinese, translation, places, sure) in pairs {
            english.entry(chinese).or_default().push(keys(translation).into_iter().collect());
            let often = places >= OFTEN && sure >= SURE && chinese.chars().count() > 1;
            if often && asked.len() < MOST && !asked.contains(&chinese) {
                asked.push(chinese);
            }
        }
        let all: Vec<&str> = english.keys().copied().collect();
        let of = |chinese: &str| Asked {
            chinese: chinese.to_owned(),
            english: english.get(chinese).cloned().unwrap_or_default(),
            longer: all
                .iter()
                .filter(|other| other.len() > chinese.len() && other.contains(chinese))
                .map(|&other| other.to_owned())
                .collect(),
        };
        Self { asked: asked.into_iter().map(of).collect() }
    }

    /// The terms of a Chinese text that its English translation has in none of their forms, in bytes of the Chinese text.
    pub fn missing(&self, chinese: &str, english: &str) -> Vec<Span> {
        let mut there: Option<BTreeSet<String>> = None;
        let mut out = Vec::new();
        for term in &self.asked {
            let Some(at) = chinese.find(&term.chinese) else { continue };
            let there = there.get_or_insert_with(|| keys(english));
            let said = term.english.iter().any(|words| words.iter().all(|word| there.contains(word)));
            if !said && !term.longer.iter().any(|longer| chinese.contains(longer.as_str())) {
                out.push(at..at + term.chinese.len());
            }
        }
        out.sort_by_key(|span| (span.start, span.end));
        out
    }
}

/// The keys by which the words of an English text are compared.
fn keys(english: &str) -> BTreeSet<String> {
    let words = english.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(english_key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_missing_where_none_of_its_translations_stands() {
        let terms = Terms::of([
            ("主权", "sovereignty", 5, 0.9),
            ("主权", "sovereign rights", 1, 0.2),
            ("网络", "network", 4, 0.8),
            ("网络空间", "cyberspace", 9, 0.9),
            ("合作", "cooperation", 2, 0.9),
        ]);
        let missing = |chinese: &str, english: &str| -> Vec<String> {
            terms.missing(chinese, english).into_iter().map(|span| chinese[span].to_owned()).collect()
        };
        assert_eq!(missing("国家主权与网络", "The state and its Networks"), ["主权"]);
        assert!(missing("国家主权", "its sovereign right").is_empty());
        // A part of a longer term is not asked for, nor what was found too seldom.
        assert!(missing("网络空间的合作", "In cyberspace").is_empty());
        assert_eq!(missing("网络空间", "the internet"), ["网络空间"]);
        assert!(missing("", "").is_empty());
    }
}
