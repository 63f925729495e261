//! Word links: which words of a Chinese text and of its English translation translate each other, with posteriors.
//!
//! Comes in: aligned pairs cut into words ([`Words`]), or as texts ([`Unit`]). Goes out: for each pair its [`Link`]s.
//! Nothing but the pairs themselves is learnt from, and what a [`Linker`] was given before.
//!
//! - Two IBM models 1, Chinese to English and back, are trained to agree: what is counted is the geometric mean of
//!   their posteriors (Liang, Taskar and Klein, "Alignment by agreement", 2006). Links keep near the diagonal (Dyer,
//!   Chahuneau and Smith 2013).
//! - A prior says what may translate what before anything is read (`known`): CC-CEDICT, equal strings and numbers, and
//!   the sentence encoder's likeness of single words. It counts as much as seeing the words linked a few times.
//! - Links support each other: from the second round on a cell weighs more the more its neighbours were linked in the
//!   round before, most of all along the diagonal (`model`). That does what the jumps of a hidden Markov model do
//!   (Vogel, Ney and Tillmann 1996) for both sides alike, and does not need a long text to learn them from: it is
//!   relaxation labelling (Rosenfeld, Hummel and Zucker 1976).
//! - Links are the cells whose posterior is high, and those less sure that are the best of both their words.
//!
//! A long text is read in blocks, so that memory stays bounded; what one block links, the next ones know.
//! The same pairs give the same links, bit for bit.
//!
//! ```
//! use duizhao::gloss::Accepted;
//! use duizhao::task::Ctl;
//! use duizhao::term::links::{Evidence, Linker, Words};
//!
//! let pair = Words::split("国际法 适用 于 网络空间 。", "International law applies to cyberspace .");
//! let links = Linker::new(Evidence::Fast, &Accepted::default()).link(&Ctl::quiet(), &[pair])?;
//! assert!(links[0].iter().any(|link| (link.chinese, link.english) == (3, 4) && link.posterior > 0.5));
//! # Ok::<(), duizhao::task::Cancelled>(())
//! ```

mod block;
mod known;
mod model;
mod vocabulary;

use super::{Cut, Unit};
use crate::gloss::Accepted;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::text::Span;
use crate::token::Tokenizer;
use block::{Block, Shape};
use known::Known;
use vocabulary::Vocabulary;

/// A cell is a link when its posterior is at least this,
const LINKED: f32 = 0.35;
/// or at least this when no other cell of its two words has a higher one.
const LINKED_BEST: f32 = 0.2;
/// Pairs with more cells (a Chinese word and an English one make a cell) are no sentences and get no links.
const MOST_CELLS: usize = 250_000;
/// How many cells are worked on at a time.
const BLOCK: usize = 2_000_000;

/// An aligned pair cut into words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// The Chinese words in order.
    pub chinese: Vec<&'a str>,
    /// The English words in order.
    pub english: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// Two texts whose words are separated by blanks.
    pub fn split(chinese: &'a str, english: &'a str) -> Self {
        // Only plain blanks separate: the space within `10 000` may be one that does not break.
        Self {
            chinese: chinese.split_ascii_whitespace().collect(),
            english: english.split_ascii_whitespace().collect(),
        }
    }

    fn cells(&self) -> usize {
        self.chinese.len().saturating_mul(self.english.len())
    }
}

/// A Chinese word and an English one that translate each other; either may have several links.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The number of the Chinese word, from 0.
    pub chinese: usize,
    /// The number of the English word, from 0.
    pub english: usize,
    /// 0 to 1: the geometric mean of the probabilities that the Chinese word gave rise to the English one and the
    /// English word to the Chinese one.
    pub posterior: f32,
}

/// The words of a unit and their links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The bytes of each Chinese word in the unit's Chinese text.
    pub chinese: Vec<Span>,
    /// The bytes of each English word in the unit's English text.
    pub english: Vec<Span>,
    /// The links, by Chinese word and then by English word.
    pub links: Vec<Link>,
}

/// What links are found by besides the pairs themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Dictionary and sentence encoder.
    #[default]
    Full,
    /// Dictionary alone: several times as fast, and a third more errors.
    Fast,
}

/// Finds links, and remembers what it has learnt from pair to pair.
#[derive(Debug)]
pub struct Linker {
    known: Known,
    vocabulary: Vocabulary,
}

impl Linker {
    /// One that has read nothing yet; it knows what was decided on terms besides the dictionary.
    pub fn new(evidence: Evidence, accepted: &Accepted) -> Self {
        Self { known: Known::new(evidence, accepted), vocabulary: Vocabulary::default() }
    }

    /// Learns from pairs whose links are not asked for, such as a translation memory.
    ///
    /// # Errors
    /// [`Cancelled`]; what was learnt till then stays.
    pub fn learn(&mut self, ctl: &Ctl, pairs: &[Words<'_>]) -> Result<(), Cancelled> {
        self.read(ctl, pairs, |_, _, _| Ok(()))
    }

    /// The links of each pair, by Chinese word and then by English word.
    /// A pair of more than some hundred words a side has none.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn link(&mut self, ctl: &Ctl, pairs: &[Words<'_>]) -> Result<Vec<Vec<Link>>, Cancelled> {
        let mut out = vec![Vec::new(); pairs.len()];
        self.read(ctl, pairs, |from, units, posteriors| {
            for (links, unit) in out[from..].iter_mut().zip(units).filter(|(_, unit)| unit.cells() > 0) {
                *links = decode(unit.columns, &posteriors[unit.range()]);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// The words of each unit and their links.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn link_units(&mut self, ctl: &Ctl, units: &[Unit<'_>]) -> Result<Vec<Linked>, Cancelled> {
        let tokenizer = Tokenizer::shared();
        let mut out = Vec::with_capacity(units.len());
        for (at, unit) in units.iter().enumerate() {
            if at % 64 == 0 {
                ctl.step("cutting words", at, units.len())?;
            }
            let spans = |text, language| tokenizer.words(text, language).into_iter().map(|word| word.span).collect();
            let (chinese, english) = (spans(unit.chinese, Language::Chinese), spans(unit.english, Language::English));
            out.push(Linked { chinese, english, links: Vec::new() });
        }
        let words: Vec<Words<'_>> = units
            .iter()
            .zip(&out)
            .map(|(unit, linked)| Words {
                chinese: linked.chinese.iter().map(|span| &unit.chinese[span.clone()]).collect(),
                english: linked.english.iter().map(|span| &unit.english[span.clone()]).collect(),
            })
            .collect();
        for (linked, links) in out.iter_mut().zip(self.link(ctl, &words)?) {
            linked.links = links;
        }
        Ok(out)
    }

    /// Reads units block by block and hands on the posteriors of each block: the number of its first unit, and all cells
    /// of every unit. Units that are too long have been emptied.
    pub(super) fn read_cuts(
        &mut self,
        ctl: &Ctl,
        cuts: &[Cut<'_>],
        mut each: impl FnMut(usize, &[Matrix<'_>]) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        let pairs: Vec<Words<'_>> = cuts
            .iter()
            .map(|cut| Words {
                chinese: cut.chinese.iter().map(|token| &cut.unit.chinese[token.word.span.clone()]).collect(),
                english: cut.english.iter().map(|token| &cut.unit.english[token.word.span.clone()]).collect(),
            })
            .collect();
        self.read(ctl, &pairs, |from, units, posteriors| {
            let matrix = |unit: &Shape| Matrix { columns: unit.columns, values: &posteriors[unit.range()] };
            each(from, &units.iter().map(matrix).collect::<Vec<_>>())
        })
    }

    /// Reads the pairs block by block and hands on the posteriors of each block: the number of its first pair, where
    /// the cells of each are, and the posteriors of the cells.
    fn read(
        &mut self,
        ctl: &Ctl,
        pairs: &[Words<'_>],
        mut each: impl FnMut(usize, &[Shape], &[f32]) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        let mut from = 0;
        while from < pairs.len() {
            ctl.step("linking words", from, pairs.len())?;
            let to = end_of_block(pairs, from);
            let block = Block::new(ctl, &pairs[from..to], &mut self.vocabulary, &mut self.known)?;
            let fit = model::fit(ctl, &block)?;
            self.vocabulary.learn(&block, &fit.counts);
            each(from, &block.units, &fit.posteriors)?;
            from = to;
        }
        Ok(())
    }
}

/// Where a block that begins at `from` ends: as many pairs as fit, at least one.
fn end_of_block(pairs: &[Words<'_>], from: usize) -> usize {
    let mut cells = 0;
    let more = pairs[from..].iter().take_while(|pair| {
        let own = if pair.cells() > MOST_CELLS { 0 } else { pair.cells() };
        // Empty pairs count, too, so that a block of them ends.
        cells += own + 1;
        cells <= BLOCK
    });
    from + more.count().max(1)
}

/// The cells that are links.
fn decode(columns: usize, posteriors: &[f32]) -> Vec<Link> {
    let mut best_of_column = vec![0.0_f32; columns];
    for row in posteriors.chunks_exact(columns) {
        for (best, &value) in best_of_column.iter_mut().zip(row) {
            *best = best.max(value);
        }
    }
    let mut out = Vec::new();
    for (chinese, row) in posteriors.chunks_exact(columns).enumerate() {
        let best_of_row = row.iter().fold(0.0_f32, |best, &value| best.max(value));
        for (english, (&posterior, &best)) in row.iter().zip(&best_of_column).enumerate() {
            let best_of_both = posterior >= best && posterior >= best_of_row;
            if posterior >= LINKED || (posterior >= LINKED_BEST && best_of_both) {
                out.push(Link { chinese, english, posterior });
            }
        }
    }
    out
}

/// The posteriors of all cells of a unit.
pub(super) struct Matrix<'a> {
    columns: usize,
    values: &'a [f32],
}

impl Matrix<'_> {
    /// The posterior of Chinese word `z` and English word `e`.
    pub(super) fn at(&self, z: usize, e: usize) -> f32 {
        self.values[z * self.columns + e]
    }

    /// All cells whose posterior is at least so high, as links.
    pub(super) fn links(&self, least: f32) -> Vec<Link> {
        let cells = self.values.iter().enumerate().filter(|(_, posterior)| **posterior >= least);
        let link = |(cell, &posterior): (usize, &f32)| Link {
            chinese: cell / self.columns,
            english: cell % self.columns,
            posterior,
        };
        cells.map(link).collect()
    }
}

#[cfg(test)]
mod tests;
