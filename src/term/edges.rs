//! What the links say of the words at the edges of a pair: whether it stops short of a word that belongs to it.
//!
//! 淨息差 and `net interest` leave out a `margin` that nothing else is linked to; of the Chinese, 差 has no link inside.

use super::candidates::{Stretch, is_hyphen};
use super::sums::Sums;
use super::{Cut, Token};
use crate::token::WordKind;

/// How many function words and hyphens may stand between a pair and the word beside it: `law of the`.
const BETWEEN: usize = 2;

/// Hundredths, so that a place takes little room: there are millions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edges([u8; 6]);

impl Edges {
    /// How much the English words beside the pair are linked into the Chinese.
    pub(super) fn english_beside(self) -> f32 {
        self.at(0)
    }

    /// How much of the English words beside the pair is linked to nothing.
    pub(super) fn english_free(self) -> f32 {
        self.at(1)
    }

    /// How much the Chinese words beside the pair are linked into the English.
    pub(super) fn chinese_beside(self) -> f32 {
        self.at(2)
    }

    /// How much of the Chinese words beside the pair is linked to nothing.
    pub(super) fn chinese_free(self) -> f32 {
        self.at(3)
    }

    /// How much of the Chinese word with the fewest links into the English has one.
    pub(super) fn weakest_chinese(self) -> f32 {
        self.at(4)
    }

    /// How much of the English word with the fewest links into the Chinese has one.
    pub(super) fn weakest_english(self) -> f32 {
        self.at(5)
    }

    fn at(self, at: usize) -> f32 {
        f32::from(self.0[at]) * 0.01
    }
}

/// The edges of a pair of stretches.
pub(super) fn of(cut: &Cut<'_>, sums: &Sums, zh: Stretch, en: Stretch) -> Edges {
    let mut out = [0.0_f32; 6];
    for beside in [before(&cut.english, en), after(&cut.english, en)].into_iter().flatten() {
        out[0] += sums.inside(zh, beside);
        out[1] += sums.english(beside).1;
    }
    for beside in [before(&cut.chinese, zh), after(&cut.chinese, zh)].into_iter().flatten() {
        out[2] += sums.inside(beside, en);
        out[3] += sums.chinese(beside).1;
    }
    let least = |shares: &mut dyn Iterator<Item = f32>| shares.fold(1.0, f32::min);
    out[4] = least(&mut content(&cut.chinese, zh).map(|word| sums.inside(word, en) / sums.chinese(word).0));
    out[5] = least(&mut content(&cut.english, en).map(|word| sums.inside(zh, word)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hundredths between 0 and 255")]
    Edges(out.map(|share| (share * 100.0).round().clamp(0.0, 255.0) as u8))
}

fn one(at: usize) -> Stretch {
    Stretch { from: at, to: at + 1 }
}

fn is_content(token: &Token) -> bool {
    !token.function && token.word.kind != WordKind::Mark
}

fn content(tokens: &[Token], stretch: Stretch) -> impl Iterator<Item = Stretch> {
    (stretch.from..stretch.to).filter(|&at| is_content(&tokens[at])).map(one)
}

/// The content word before a stretch.
fn before(tokens: &[Token], stretch: Stretch) -> Option<Stretch> {
    beside(tokens, (0..stretch.from).rev())
}

/// The content word after it.
fn after(tokens: &[Token], stretch: Stretch) -> Option<Stretch> {
    beside(tokens, stretch.to..tokens.len())
}

fn beside(tokens: &[Token], mut places: impl Iterator<Item = usize>) -> Option<Stretch> {
    let passes = |token: &Token| is_hyphen(token) || token.function && token.word.kind != WordKind::Mark;
    let near = places.by_ref().take(BETWEEN + 1).find(|&at| !passes(&tokens[at]))?;
    is_content(&tokens[near]).then(|| one(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{Unit, cut};
    use crate::token::Tokenizer;

    #[test]
    fn a_pair_that_stops_short_is_seen_by_its_links() {
        let unit = Unit { chinese: "安全合作机制", english: "the mechanism of security cooperation" };
        let cut = cut(unit, Tokenizer::shared());
        let zh: Vec<&str> = cut.chinese.iter().map(|token| token.key.as_str()).collect();
        assert_eq!(zh, ["安全", "合作", "机制"]);
        let mut values = vec![0.0; 3 * 5];
        for (z, e, mass) in [(0, 3, 0.9), (1, 4, 0.9), (2, 1, 0.8)] {
            values[z * 5 + e] = mass;
        }
        let sums = Sums::new(&cut, &values);
        let edges = |zh: (usize, usize), en: (usize, usize)| {
            of(&cut, &sums, Stretch { from: zh.0, to: zh.1 }, Stretch { from: en.0, to: en.1 })
        };
        let (whole, short) = (edges((0, 3), (1, 5)), edges((0, 3), (3, 5)));
        assert!(whole.english_beside() < 0.01 && whole.weakest_chinese() > 0.7, "{whole:?}");
        // `mechanism`, beyond an `of`, is linked to the 机制 inside, which has nothing else.
        assert!(short.english_beside() > 0.7 && short.weakest_chinese() < 0.01, "{short:?}");
        // 机制 is left out on the one side and linked to `mechanism` in the other.
        let short = edges((0, 2), (1, 5));
        assert!(short.chinese_beside() > 0.7 && short.weakest_english() < 0.01, "{short:?}");
        // Words beside that are linked to each other say nothing.
        let part = edges((0, 2), (3, 5));
        assert!(part.english_beside() < 0.01 && part.english_free() < 0.3 && part.chinese_free() < 0.3, "{part:?}");
    }
}
