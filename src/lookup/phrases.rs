//! Phrases of a language with blanks between its words, found by words in any inflection.

use std::collections::HashMap;

use super::Rank;
use super::query::{Query, QueryWord};
use crate::token::english_key;

/// Phrases by number, in the order they were added.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// All words as they stand, folded, sorted; for each the number of its key.
    words: Vec<(Box<str>, u32)>,
    /// The numbers of keys.
    keys: HashMap<String, u32>,
    /// Where each phrase begins among the words of all, given by their numbers.
    starts: Vec<u32>,
    sequence: Vec<u32>,
    /// For each key where its list begins among the numbers of phrases, in order.
    lists: Vec<u32>,
    listed: Vec<u32>,
}

/// Gathers phrases.
#[derive(Debug, Default)]
pub(super) struct Builder {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
    starts: Vec<u32>,
    sequence: Vec<u32>,
}

/// A phrase found, and how it fits.
pub(super) type Hit = (u32, Rank);

impl Builder {
    /// Adds a folded phrase.
    pub(super) fn add(&mut self, folded: &str) {
        self.starts.push(number(self.sequence.len()));
        for word in words(folded) {
            let known = self.numbers.get(word).copied();
            let word = known.unwrap_or_else(|| {
                let next = number(self.words.len());
                self.numbers.insert(word.into(), next);
                self.words.push(word.into());
                next
            });
            self.sequence.push(word);
        }
    }

    pub(super) fn finish(mut self) -> Phrases {
        let mut keys: HashMap<String, u32> = HashMap::new();
        let mut key_of = |word: &str| {
            let key = english_key(word);
            let next = number(keys.len());
            *keys.entry(key).or_insert(next)
        };
        let mut words: Vec<(Box<str>, u32)> = (0..).zip(self.words).map(|(number, word)| (word, number)).collect();
        words.sort_unstable();
        let mut sorted = vec![0; words.len()];
        for (place, (word, before)) in words.iter_mut().enumerate() {
            sorted[*before as usize] = number(place);
            *before = key_of(word);
        }
        for word in &mut self.sequence {
            *word = sorted[*word as usize];
        }
        self.starts.push(number(self.sequence.len()));
        let keys_of: Vec<u32> = self.sequence.iter().map(|word| words[*word as usize].1).collect();
        let (lists, listed) = inverted(&self.starts, &keys_of, keys.len());
        Phrases { words, keys, starts: self.starts, sequence: self.sequence, lists, listed }
    }
}

fn number(size: usize) -> u32 {
    u32::try_from(size).expect("far fewer than four thousand million words")
}

/// For each key the phrases that hold it; `sequence` are the keys of all words.
fn inverted(starts: &[u32], sequence: &[u32], keys: usize) -> (Vec<u32>, Vec<u32>) {
    let mut lists = vec![0_u32; keys + 1];
    for &key in sequence {
        lists[key as usize + 1] += 1;
    }
    for at in 1..lists.len() {
        lists[at] += lists[at - 1];
    }
    let mut next = lists.clone();
    let mut phrases = vec![0_u32; sequence.len()];
    for (phrase, bounds) in starts.windows(2).enumerate() {
        for &key in &sequence[bounds[0] as usize..bounds[1] as usize] {
            let slot = &mut next[key as usize];
            phrases[*slot as usize] = number(phrase);
            *slot += 1;
        }
    }
    (lists, phrases)
}

/// The words of a query as these phrases know them, by the numbers of their keys.
struct Asked {
    /// The numbers of the words as they stand.
    words: Vec<Option<u32>>,
    first: Vec<u32>,
    last: Option<u32>,
    /// Keys of words that the last word of the query begins, sorted.
    ends: Vec<u32>,
}

impl Phrases {
    /// The phrases that hold the words of a query one after another, in no order, some more than once: common words are in
    /// tens of thousands, and who asks sorts them anyhow.
    pub(super) fn find(&self, query: &Query) -> Vec<Hit> {
        let Some(asked) = self.asked(query) else { return Vec::new() };
        let rarest = asked.first.iter().min_by_key(|key| self.list(**key).len());
        let mut out: Vec<Hit> = Vec::new();
        let mut look = |key: u32| {
            let hits = self.list(key).iter().map(|phrase| (*phrase, self.rank(*phrase, &asked)));
            out.extend(hits.filter_map(|(phrase, rank)| Some((phrase, rank?))));
        };
        match rarest {
            Some(&key) => look(key),
            None => asked.last.iter().chain(&asked.ends).for_each(|key| look(*key)),
        }
        out
    }

    /// The phrases that are a part of a query but not the whole, each once, in order.
    pub(super) fn parts(&self, query: &Query) -> Vec<Hit> {
        let asked: Vec<Option<u32>> = query.words.iter().map(|word| self.keys.get(&word.key).copied()).collect();
        let mut keys: Vec<u32> = asked.iter().copied().flatten().collect();
        keys.sort_unstable();
        keys.dedup();
        let fits = |phrase: &u32| {
            let words = self.words_of(*phrase);
            let same = |window: &[Option<u32>]| {
                window.iter().zip(words).all(|(asked, word)| *asked == Some(self.key_of(*word)))
            };
            words.len() < asked.len() && asked.windows(words.len().max(1)).any(same)
        };
        let mut out: Vec<u32> = keys.iter().flat_map(|key| self.list(*key)).copied().filter(fits).collect();
        out.sort_unstable();
        out.dedup();
        out.into_iter().map(|phrase| (phrase, Rank::Part)).collect()
    }

    /// The memory it takes, in bytes.
    pub(super) fn memory(&self) -> usize {
        let numbers =
            self.starts.capacity() + self.sequence.capacity() + self.lists.capacity() + self.listed.capacity();
        let words = self.words.capacity() * size_of::<(Box<str>, u32)>()
            + self.words.iter().map(|(word, _)| word.len()).sum::<usize>();
        // A key is about as long as its word.
        let keys = self.keys.capacity() * (size_of::<(String, u32)>() + 8);
        numbers * size_of::<u32>() + words + keys
    }

    fn asked(&self, query: &Query) -> Option<Asked> {
        let (last, first) = query.words.split_last()?;
        let first = first.iter().map(|word| self.keys.get(&word.key).copied()).collect::<Option<Vec<u32>>>()?;
        let exact = self.keys.get(&last.key).copied();
        // One letter by itself begins too much.
        let is_begun = query.begun && (last.folded.chars().nth(1).is_some() || !first.is_empty());
        let mut ends: Vec<u32> = Vec::new();
        if is_begun {
            let start = self.words.partition_point(|(word, _)| **word < *last.folded);
            let begun = self.words[start..].iter().take_while(|(word, _)| word.starts_with(&last.folded));
            ends.extend(begun.map(|(_, key)| *key).filter(|key| Some(*key) != exact));
            ends.sort_unstable();
            ends.dedup();
        }
        let as_typed =
            |word: &QueryWord| self.words.binary_search_by(|(other, _)| (**other).cmp(&word.folded)).ok().map(number);
        let words = query.words.iter().map(as_typed).collect();
        (exact.is_some() || !ends.is_empty()).then_some(Asked { words, first, last: exact, ends })
    }

    fn list(&self, key: u32) -> &[u32] {
        let at = key as usize;
        &self.listed[self.lists[at] as usize..self.lists[at + 1] as usize]
    }

    fn words_of(&self, phrase: u32) -> &[u32] {
        let at = phrase as usize;
        &self.sequence[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    fn key_of(&self, word: u32) -> u32 {
        self.words[word as usize].1
    }

    fn rank(&self, phrase: u32, asked: &Asked) -> Option<Rank> {
        let words = self.words_of(phrase);
        let count = asked.first.len() + 1;
        let place = |(at, window): (usize, &[u32])| {
            let (last, first) = window.split_last()?;
            if !first.iter().zip(&asked.first).all(|(word, key)| self.key_of(*word) == *key) {
                return None;
            }
            let last = self.key_of(*last);
            let exact = asked.last == Some(last);
            if !exact && asked.ends.binary_search(&last).is_err() {
                return None;
            }
            let as_typed = || window.iter().zip(&asked.words).all(|(word, typed)| Some(*word) == *typed);
            Some(match (at, exact) {
                (0, true) if words.len() == count => {
                    if as_typed() {
                        Rank::Whole
                    } else {
                        Rank::Inflects
                    }
                }
                (0, true) => Rank::Begins,
                (0, false) if words.len() == count => Rank::CompletesWhole,
                (0, false) => Rank::Completes,
                (_, true) => Rank::Holds,
                (_, false) => Rank::HoldsBegun,
            })
        };
        words.windows(count).enumerate().filter_map(place).min()
    }
}

/// The words of a folded phrase; `to`, `a` and `the` at its beginning say nothing, unless there is nothing else.
pub(super) fn words(folded: &str) -> Vec<&str> {
    let split = folded.split(|c: char| !is_of_word(c)).map(|word| word.trim_matches(['.', '\'', '’']));
    let mut out: Vec<&str> = split.filter(|word| !word.is_empty()).collect();
    if out.len() > 1 && matches!(out[0], "to" | "a" | "an" | "the") {
        out.remove(0);
    }
    out
}

/// Whether a character may stand in a word.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], query: &str) -> Vec<(usize, Rank)> {
        let mut builder = Builder::default();
        for phrase in phrases {
            builder.add(phrase);
        }
        let built = builder.finish();
        let query = Query::new(query);
        let mut hits = built.find(&query);
        hits.sort_unstable();
        hits.dedup_by_key(|hit| hit.0);
        hits.extend(built.parts(&query));
        hits.into_iter().map(|(phrase, rank)| (phrase as usize, rank)).collect()
    }

    #[test]
    fn words_fit_in_any_inflection_and_while_the_last_is_typed() {
        let phrases = ["to negotiate", "negotiation table", "a trade negotiation", "network", "net", "the net", "men"];
        assert_eq!(found(&phrases, "negotiated"), [(0, Rank::Inflects), (1, Rank::Begins), (2, Rank::Holds)]);
        assert_eq!(found(&phrases, "Negotiating Tab"), [(1, Rank::CompletesWhole), (0, Rank::Part)]);
        assert_eq!(found(&phrases, "negotiating tab "), [(0, Rank::Part)]);
        assert_eq!(found(&phrases, "negot"), [(0, Rank::CompletesWhole), (1, Rank::Completes), (2, Rank::HoldsBegun)]);
        assert_eq!(found(&phrases, "nets"), [(4, Rank::Inflects), (5, Rank::Inflects)]);
        assert_eq!(found(&phrases, "net"), [(3, Rank::CompletesWhole), (4, Rank::Whole), (5, Rank::Whole)]);
        assert_eq!(found(&phrases, "man"), [(6, Rank::Inflects)]);
        assert_eq!(found(&phrases, "the networks of men"), [(3, Rank::Part), (6, Rank::Part)]);
        for nothing in ["", "!", "x", "n"] {
            assert_eq!(found(&phrases, nothing), [], "{nothing}");
        }
    }
}
