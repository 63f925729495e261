//! A run of pairs laid out as cells, with what is known of each pair of words that stands in it.

use std::ops::Range;

use super::known::Known;
use super::vocabulary::Vocabulary;
use super::{MOST_CELLS, Words};
use crate::task::{Cancelled, Ctl};

/// What a pair linked n times in other blocks counts here is this much times the root of n. Texts differ, and of `the`
/// and 的, linked a thousand times because both are everywhere, no thousand is worth having: taken as they are, the
/// counts of 3000 pairs of other news cost a text of 150 pairs a tenth more errors.
const CARRIED: f32 = 0.5;

/// Pairs of sentences as cells, row by row: a row for each Chinese word, a column for each English one.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) units: Vec<Shape>,
    /// For each cell the number of its pair of words.
    pub(super) cells: Vec<u32>,
    /// The Chinese and the English word of each pair, by their numbers in this block. Pairs of one Chinese word stand
    /// together.
    pub(super) pairs: Vec<(u32, u32)>,
    /// What each pair is worth before anything is read, and what its links in other blocks count.
    pub(super) prior: Vec<f32>,
    pub(super) learnt: Vec<f32>,
    /// The numbers that the words have in the vocabulary.
    pub(super) chinese: Vec<u32>,
    pub(super) english: Vec<u32>,
}

/// Where the cells of one pair of sentences are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    first: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Shape {
    pub(super) fn cells(&self) -> usize {
        self.rows * self.columns
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.first + self.cells()
    }
}

/// The words of each sentence of one side by their numbers in the block, and the numbers of those in the vocabulary.
#[derive(Default)]
struct Numbered {
    sentences: Vec<Vec<u32>>,
    words: Vec<u32>,
    /// By number in the vocabulary the number in the block, where it has one.
    local: Vec<Option<u32>>,
}

impl Numbered {
    fn push(&mut self, global: impl Iterator<Item = u32>) {
        let sentence = global.map(|word| {
            let at = word as usize;
            if at >= self.local.len() {
                self.local.resize(at + 1, None);
            }
            *self.local[at].get_or_insert_with(|| {
                self.words.push(word);
                u32::try_from(self.words.len() - 1).expect("fewer than 4 G words")
            })
        });
        let sentence = sentence.collect();
        self.sentences.push(sentence);
    }

    fn local(&self, word: u32) -> Option<u32> {
        self.local.get(word as usize).copied().flatten()
    }
}

/// What one Chinese word has to do with each English one of the block.
struct Table<'a> {
    english: &'a Numbered,
    values: Vec<f32>,
}

impl Table<'_> {
    /// Takes figures over, by words of the vocabulary; of several the highest.
    fn fill(&mut self, found: &[(u32, f32)]) {
        for &(word, weight) in found {
            if let Some(local) = self.english.local(word) {
                let slot = &mut self.values[local as usize];
                *slot = slot.max(weight);
            }
        }
    }

    /// Takes them back, so that the next word finds it empty.
    fn clear(&mut self, found: &[(u32, f32)]) {
        for &(word, _) in found {
            if let Some(local) = self.english.local(word) {
                self.values[local as usize] = 0.0;
            }
        }
    }
}

impl Block {
    /// Lays pairs out and looks their words up.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn new(
        ctl: &Ctl,
        pairs: &[Words<'_>],
        vocabulary: &mut Vocabulary,
        known: &mut Known,
    ) -> Result<Self, Cancelled> {
        let mut out = Self::default();
        let (mut chinese, mut english) = (Numbered::default(), Numbered::default());
        let mut first = 0;
        for pair in pairs {
            let empty = Words::default();
            let pair = if pair.cells() > MOST_CELLS { &empty } else { pair };
            let shape = Shape { first, rows: pair.chinese.len(), columns: pair.english.len() };
            first += shape.cells();
            out.units.push(shape);
            chinese.push(pair.chinese.iter().map(|form| vocabulary.number_chinese(form)));
            english.push(pair.english.iter().map(|form| vocabulary.number_english(form)));
        }
        out.cells = vec![0; first];
        out.number_pairs(&chinese, &english);
        known.prepare(ctl, vocabulary, &chinese.words, &english.words)?;
        out.look_up(ctl, vocabulary, known, (&chinese, &english))?;
        (out.chinese, out.english) = (chinese.words, english.words);
        Ok(out)
    }

    /// Numbers the pairs of words that share a cell, Chinese word by Chinese word: without hashing, a cell costs next
    /// to nothing.
    fn number_pairs(&mut self, chinese: &Numbered, english: &Numbered) {
        let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); chinese.words.len()];
        for (unit, sentence) in (0..).zip(&chinese.sentences) {
            for (row, &word) in (0..).zip(sentence) {
                places[word as usize].push((unit, row));
            }
        }
        // The last pair that each English word got.
        let mut last: Vec<u32> = vec![u32::MAX; english.words.len()];
        for (word, places) in (0..).zip(places) {
            let begin = u32::try_from(self.pairs.len()).expect("fewer pairs of words than cells of a block");
            let mut next = begin;
            for (unit, row) in places {
                let shape = self.units[unit as usize];
                let start = shape.first + row as usize * shape.columns;
                for (cell, &other) in self.cells[start..].iter_mut().zip(&english.sentences[unit as usize]) {
                    let pair = &mut last[other as usize];
                    if *pair == u32::MAX || *pair < begin {
                        *pair = next;
                        next += 1;
                        self.pairs.push((word, other));
                    }
                    *cell = *pair;
                }
            }
        }
    }

    /// Fills in what is known of each pair.
    fn look_up(
        &mut self,
        ctl: &Ctl,
        vocabulary: &Vocabulary,
        known: &mut Known,
        (chinese, english): (&Numbered, &Numbered),
    ) -> Result<(), Cancelled> {
        let compounds = known.compounds(ctl, vocabulary, &chinese.sentences, &chinese.words)?;
        let table = || Table { english, values: vec![0.0; english.words.len()] };
        let (mut glosses, mut parts, mut learnt) = (table(), table(), table());
        self.prior.reserve(self.pairs.len());
        self.learnt.reserve(self.pairs.len());
        for (at, of_word) in self.pairs.chunk_by(|one, other| one.0 == other.0).enumerate() {
            if at % 256 == 0 {
                ctl.check()?;
            }
            let local = of_word[0].0 as usize;
            let number = chinese.words[local];
            let found = known.glosses(vocabulary, number);
            let before = vocabulary.learnt(number);
            glosses.fill(&found);
            parts.fill(&compounds[local]);
            learnt.fill(before);
            let word = known.word(vocabulary, number);
            for &(_, other) in of_word {
                let other = other as usize;
                let prior = word.prior(vocabulary, english.words[other], glosses.values[other]);
                self.prior.push(prior + parts.values[other]);
                self.learnt.push(CARRIED * learnt.values[other].sqrt());
            }
            glosses.clear(&found);
            parts.clear(&compounds[local]);
            learnt.clear(before);
        }
        Ok(())
    }
}
