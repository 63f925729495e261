//! Which stretches of a folded text can hold a query, told without reading them.

use super::fold::fold_query;
use super::index::Index;
use crate::text::Span;

/// So many bytes of folded text are told of together.
const STRETCH: usize = 16 << 10;
/// What stands so many bytes before and behind a stretch is known of it, too: what lies across its border is not missed.
const AROUND: usize = 512;
/// How many slots the trigrams of a stretch share: a power of two.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 15;
const WORDS: usize = SLOTS / 64;

/// For each stretch of a text which trigrams of bytes occur in it (a Bloom filter with one hash): a quarter of the bytes of
/// the folded text, made in one pass. A query is looked for only where all its trigrams occur.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    bits: Vec<u64>,
    length: usize,
}

impl Sieve {
    /// For the text that an index was made of.
    pub fn new(index: &Index) -> Self {
        let folded = index.folded();
        let count = folded.len().div_ceil(STRETCH);
        let mut bits = vec![0_u64; count * WORDS];
        for (number, signature) in bits.chunks_exact_mut(WORDS).enumerate() {
            let start = (number * STRETCH).saturating_sub(AROUND);
            let end = folded.len().min((number + 1) * STRETCH + AROUND);
            for trigram in folded[start..end].windows(3) {
                let slot = slot(trigram);
                signature[slot / 64] |= 1 << (slot % 64);
            }
        }
        Self { bits, length: folded.len() }
    }

    /// Stretches of the folded text, in order, in which places of the first query may begin that have all the others no
    /// more than half a kilobyte away. Queries are given as they were typed.
    pub(super) fn stretches<'a>(&'a self, queries: &[&str]) -> impl Iterator<Item = Span> + use<'a> {
        let mut slots: Vec<usize> = Vec::new();
        for query in queries {
            let folded = fold_query(query);
            let known = &folded.as_bytes()[..folded.len().min(AROUND)];
            slots.extend(known.windows(3).map(slot));
        }
        slots.sort_unstable();
        slots.dedup();
        let may = move |signature: &[u64]| slots.iter().all(|&slot| signature[slot / 64] >> (slot % 64) & 1 == 1);
        let found = self.bits.chunks_exact(WORDS).enumerate().filter(move |(_, signature)| may(signature));
        found.map(|(number, _)| number * STRETCH..self.length.min((number + 1) * STRETCH))
    }

    /// In how much of the text a query may stand, in stretches.
    pub fn count(&self, query: &str) -> usize {
        self.stretches(&[query]).count()
    }

    /// The memory it takes, in bytes.
    pub fn memory(&self) -> usize {
        self.bits.capacity() * size_of::<u64>()
    }
}

fn slot(trigram: &[u8]) -> usize {
    let number = trigram.iter().fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
    // Multiplicative hashing (Knuth): the upper bits depend on all of the number.
    (number.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::task::Ctl;

    fn visited(text: &str, query: &str) -> Vec<Span> {
        let index = Index::new(text);
        let mut out = Vec::new();
        let take = |span| {
            out.push(span);
            true
        };
        index.visit(&Ctl::quiet(), &Sieve::new(&index), &[query], take).expect("nobody cancels");
        out
    }

    #[test]
    fn a_long_text_is_not_read_for_what_it_does_not_hold() {
        let text = format!("{}網絡{}", "国际法适用。".repeat(20_000), "Law applies. ".repeat(20_000));
        let index = Index::new(&text);
        let sieve = Sieve::new(&index);
        let count = sieve.bits.len() / WORDS;
        assert!(count > 30);
        assert_eq!(sieve.count("sovereignty"), 0);
        assert!((1..=2).contains(&sieve.count("网络")));
        assert!((count / 3..count).contains(&sieve.count("law app")));
        assert_eq!(sieve.count("a"), count);
        assert!(sieve.memory() < text.len() / 3);
        assert_eq!(visited(&text, "网络"), std::slice::from_ref(&(360_000..360_006)));
    }

    #[test]
    fn what_lies_across_the_border_of_two_stretches_is_found() {
        for shift in 0..8 {
            let text = format!("{}网络空间{}", "x".repeat(STRETCH - shift), "y".repeat(STRETCH));
            assert_eq!(visited(&text, "網絡空間").len(), 1, "{shift}");
        }
    }

    #[test]
    fn whoever_has_enough_stops_it() {
        let text = "law ".repeat(9000);
        let index = Index::new(&text);
        let mut count = 0;
        let take = |_| {
            count += 1;
            count < 7
        };
        index.visit(&Ctl::quiet(), &Sieve::new(&index), &["law"], take).expect("nobody cancels");
        assert_eq!(count, 7);
    }

    proptest! {
        #[test]
        fn no_place_is_lost(text in "[abAB網网 \n]{0,60}", query in "[ab网 ]{1,4}", filling in 16_300_usize..16_400) {
            let text = format!("{}{text}", "c".repeat(filling));
            let mut plain = Index::new(&text).find(&query);
            let found = visited(&text, &query);
            // `find` leaves out places that overlap.
            plain.retain(|span| !found.contains(span));
            prop_assert!(plain.is_empty(), "{plain:?}");
        }
    }
}
