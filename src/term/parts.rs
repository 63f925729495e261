//! Units that are too long to be linked as a whole, as a chapter in one row is, in parts.
//!
//! Both sides are cut into as many parts of about the same number of words, at the ends of sentences where there are some
//! near; what is found in a part is found in its unit. A translation keeps the order of its text roughly, so that most
//! terms meet in the same part.

use std::ops::Range;

use super::{MOST_CELLS, TermPair, Unit};
use crate::lang::Language;
use crate::token::{Tokenizer, Word};

/// Parts have about so many pairs of words: a few sentences, which are linked far better than many.
const CELLS: usize = 10_000;

/// Units, the long ones in parts.
pub(crate) struct Parts<'a> {
    pub(crate) units: Vec<Unit<'a>>,
    /// The unit that each is of, and where in its texts it begins; nothing where none was cut.
    origins: Vec<(usize, usize, usize)>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(units: &[Unit<'a>], tokenizer: &Tokenizer) -> Self {
        let mut out = Self { units: Vec::new(), origins: Vec::new() };
        if !units.iter().any(may_be_long) {
            out.units.extend_from_slice(units);
            return out;
        }
        for (number, unit) in units.iter().enumerate() {
            for (chinese, english) in cut(unit, tokenizer) {
                out.origins.push((number, chinese.start, english.start));
                out.units.push(Unit { chinese: &unit.chinese[chinese], english: &unit.english[english] });
            }
        }
        out
    }

    /// The unit that a part is of, and where in its Chinese and its English text the part begins.
    pub(crate) fn origin(&self, part: usize) -> (usize, usize, usize) {
        self.origins.get(part).copied().unwrap_or((part, 0, 0))
    }

    /// What was found in parts as found in their units.
    pub(super) fn whole(&self, mut pairs: Vec<TermPair>) -> Vec<TermPair> {
        if !self.origins.is_empty() {
            for place in pairs.iter_mut().flat_map(|pair| &mut pair.places) {
                let (unit, chinese, english) = self.origin(place.unit);
                place.unit = unit;
                place.chinese = place.chinese.start + chinese..place.chinese.end + chinese;
                place.english = place.english.start + english..place.english.end + english;
            }
        }
        pairs
    }
}

/// Whether a unit may have too many pairs of words: a Chinese word takes three bytes, an English one two and more, marks
/// less.
fn may_be_long(unit: &Unit<'_>) -> bool {
    unit.chinese.len().saturating_mul(unit.english.len()) > 3 * MOST_CELLS
}

/// The parts of a unit, in bytes of its two texts.
fn cut(unit: &Unit<'_>, tokenizer: &Tokenizer) -> Vec<(Range<usize>, Range<usize>)> {
    let whole = vec![(0..unit.chinese.len(), 0..unit.english.len())];
    if !may_be_long(unit) {
        return whole;
    }
    let chinese = tokenizer.words(unit.chinese, Language::Chinese);
    let english = tokenizer.words(unit.english, Language::English);
    let cells = chinese.len().saturating_mul(english.len());
    if cells <= MOST_CELLS {
        return whole;
    }
    let count = cells.div_ceil(CELLS).isqrt() + 1;
    let count = count.min(chinese.len()).min(english.len());
    pieces(unit.chinese, &chinese, count).into_iter().zip(pieces(unit.english, &english, count)).collect()
}

/// So many pieces of a text, as bytes, that tile it.
fn pieces(text: &str, words: &[Word], count: usize) -> Vec<Range<usize>> {
    let near = words.len() / count / 4;
    let mut out = Vec::with_capacity(count);
    let mut from = 0;
    for number in 1..=count {
        let to = match number * words.len() / count {
            _ if number == count => text.len(),
            even => {
                let stop =
                    |at: &usize| text[words[*at].span.clone()].contains(['。', '！', '？', '；', '.', '!', '?', ';']);
                let around = even.saturating_sub(near).max(1)..(even + near).min(words.len());
                let at = around.filter(stop).min_by_key(|at| at.abs_diff(even)).unwrap_or(even - 1);
                words[at].span.end.max(from)
            }
        };
        out.push(from..to);
        from = to;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gloss::Accepted;
    use crate::task::Ctl;
    use crate::term::extract;

    #[test]
    fn a_chapter_in_one_row_gives_its_terms_where_they_stand() {
        let subjects = [("网络空间", "Cyberspace"), ("国际法", "International law"), ("主权", "Sovereignty")];
        let objects = [("贸易", "trade"), ("难民", "refugees"), ("证据", "evidence"), ("农业", "agriculture")];
        let (mut chinese, mut english) = (String::new(), String::new());
        for at in 0..200 {
            let ((subject, subject_en), (object, object_en)) = (subjects[at % 3], objects[at % 4]);
            chinese.extend([subject, "影响", object, "。"]);
            english.extend([subject_en, " affects ", object_en, ". "]);
        }
        let unit = Unit { chinese: &chinese, english: &english };
        let parts = Parts::of(&[unit], Tokenizer::shared());
        assert!(parts.units.len() > 1 && parts.units.iter().all(|part| cut(part, Tokenizer::shared()).len() == 1));
        assert_eq!(parts.units.iter().map(|part| part.chinese).collect::<String>(), chinese);
        assert_eq!(parts.units.iter().map(|part| part.english).collect::<String>(), english);
        let pairs =
            extract(&Ctl::quiet(), &[Unit { chinese: "主权。", english: "Sovereignty." }, unit], &Accepted::default())
                .unwrap();
        let is_wanted =
            |pair: &&TermPair| pair.chinese == "网络空间" && pair.english.eq_ignore_ascii_case("cyberspace");
        let found = pairs.iter().find(is_wanted).unwrap_or_else(|| panic!("{pairs:?}"));
        assert!(found.count > 50);
        for place in &found.places {
            assert_eq!((place.unit, &chinese[place.chinese.clone()]), (1, "网络空间"));
            assert_eq!(&english[place.english.clone()], "Cyberspace");
        }
    }

    #[test]
    fn words_without_an_end_of_a_sentence_are_cut_all_the_same() {
        let (chinese, english) = ("网络主权合作".repeat(400), "network sovereignty cooperation ".repeat(300));
        let parts = Parts::of(&[Unit { chinese: &chinese, english: &english }], Tokenizer::shared());
        assert!(parts.units.len() > 2);
        assert!(parts.units.iter().all(|unit| !unit.chinese.is_empty() && !unit.english.is_empty()));
    }
}
