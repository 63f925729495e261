//! What the dictionary says a Chinese word means, as English match keys with weights.

use std::collections::BTreeMap;

use crate::lang::is_han;
use crate::lexicon::Lexicon;
use crate::token::{english_key, fold, is_function_word};

/// English match keys by weight: 1 for a gloss of one word, less for a word of a longer gloss or a part of a compound.
pub type Glosses = BTreeMap<String, f32>;

/// A part of a compound that is not in the dictionary counts this much.
const PART: f32 = 0.6;

/// The keys that may translate a Chinese word, given in simplified script.
/// A word without an entry is split into the longest parts that have one.
pub fn glosses(lexicon: &Lexicon, simplified: &str) -> Glosses {
    let mut out = Glosses::new();
    add(lexicon, simplified, 1.0, &mut out);
    if out.is_empty() {
        for part in parts(lexicon, simplified) {
            let lone = part.chars().count() == 1;
            add(lexicon, part, if lone { PART * PART } else { PART }, &mut out);
        }
    }
    out
}

fn add(lexicon: &Lexicon, word: &str, factor: f32, out: &mut Glosses) {
    for entry in lexicon.entries(word) {
        for gloss in entry.glosses.split('/').filter(|gloss| !is_note(gloss)) {
            let words = words_of(gloss);
            let weight = factor / (words.len().max(1) as f32).sqrt();
            for word in words {
                let slot = out.entry(word).or_insert(0.0);
                *slot = slot.max(weight);
            }
        }
    }
}

/// Glosses that speak about the entry rather than translate it.
fn is_note(gloss: &str) -> bool {
    [
        "CL:",
        "see ",
        "see also ",
        "variant of ",
        "old variant of ",
        "also written ",
        "Taiwan pr.",
        "abbr. for ",
        "erhua variant",
    ]
    .iter()
    .any(|note| gloss.starts_with(note))
}

/// The content words of a gloss without its brackets, as keys.
fn words_of(gloss: &str) -> Vec<String> {
    let mut bare = String::with_capacity(gloss.len());
    let mut depth = 0_u32;
    for c in gloss.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_han(c) => bare.push(c),
            _ => {}
        }
    }
    let folded = fold(&bare);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.').filter(|word| !word.is_empty()).collect();
    let content: Vec<&str> = words.iter().copied().filter(|word| !is_function_word(word)).collect();
    let kept = if content.is_empty() { words } else { content };
    kept.into_iter().map(|word| english_key(word.trim_matches(['.', '\'']))).filter(|key| !key.is_empty()).collect()
}

/// Splits a word greedily into the longest parts of the dictionary, up to four characters each.
pub fn parts<'a>(lexicon: &Lexicon, word: &'a str) -> Vec<&'a str> {
    let offsets: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = offsets.len() - 1;
    let mut out = Vec::new();
    let mut at = 0;
    while at < count {
        let longest = (1..=4.min(count - at))
            .rev()
            .find(|&length| length < count && lexicon.contains(&word[offsets[at]..offsets[at + length]]));
        let length = longest.unwrap_or(1);
        if longest.is_some() {
            out.push(&word[offsets[at]..offsets[at + length]]);
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_a_compound() {
        let lexicon = Lexicon::embedded();
        let sovereignty = glosses(lexicon, "主权");
        assert_eq!(sovereignty.get(&english_key("sovereignty")), Some(&1.0));
        let compound = glosses(lexicon, "主权控制");
        assert_eq!(compound.get(&english_key("sovereignty")), Some(&PART));
        assert!(compound.contains_key(&english_key("control")));
        assert!(glosses(lexicon, "xyzzy").is_empty());
    }
}
