//! Aligned units in, ranked pairs of terms out, each with the places it was found at.
//!
//! Words are linked by two IBM models 1 in agreement, with the dictionary and the encoder as prior ([`links`]); what
//! those miss is added from sound, compounds and place (`complete`). Candidates of several words in both languages are
//! paired over the link posteriors (`pairing`), the best two of each, and ranked (`rank`) by how likely a terminologist
//! would list them: figures of the pair (`feature`; `edges`: what it leaves out), general language (`general`;
//! `evidence`: weirdness, Ahmad, Gillam and Tostevin 1999), and the pairs around it (`around`: C-value and NC-value,
//! Frantzi, Ananiadou and Mima 2000), under weights (`model`) and small trees (`boost`) fitted to other texts (`fit`).
//! Texts of more than 20 000 units are worked on block by block, in bounded memory (`blocks`). Extracting cannot fail;
//! it can be cancelled.

mod around;
mod blocks;
mod boost;
#[cfg(feature = "fit")]
mod boosting;
mod candidates;
mod complete;
mod edges;
mod evidence;
mod feature;
#[cfg(feature = "fit")]
pub(crate) mod fit;
mod general;
pub mod links;
mod model;
mod names;
mod pairing;
pub(crate) mod parts;
mod rank;
mod sums;
pub(crate) mod survey;

use links::{Linker, Matrix};
use pairing::{Found, Pairer};
use parts::Parts;
use rayon::prelude::*;

use crate::gloss::Accepted;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::text::Span;
use crate::text::targets::without_targets;
use crate::token::{
    ChineseKeys, Tokenizer, Word, WordKind, english_key, fold, is_chinese_function_word, is_function_word,
};

/// A Chinese text and its English translation, one aligned unit.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// The Chinese text.
    pub chinese: &'a str,
    /// The English text.
    pub english: &'a str,
}

/// Where a pair was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the unit.
    pub unit: usize,
    /// The bytes of the Chinese term in the unit's Chinese text.
    pub chinese: Span,
    /// The bytes of the English term in the unit's English text.
    pub english: Span,
}

/// A Chinese term and an English one that translate each other.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPair {
    /// The Chinese term as it stands in the text.
    pub chinese: String,
    /// The English term, in its commonest form, without a leading article; lower case unless it is a name.
    pub english: String,
    /// 0 to 1, for ranking: how sure the pairing is and how much like a term it looks.
    pub score: f32,
    /// Where it was found, in order; at least one place. Of a pair in very many units, only the first places.
    pub places: Vec<Place>,
    /// At how many places it was found: as many as are listed, or more.
    pub count: usize,
}

/// A word of a unit with what the extraction needs to know of it.
#[derive(Clone, Debug)]
struct Token {
    word: Word,
    key: String,
    /// English without the ending of a plural, in lower case; empty for Chinese, whose key is its form.
    form: String,
    function: bool,
    /// jieba's part of speech for Chinese, empty for English.
    tag: &'static str,
    capital: bool,
}

/// A unit cut into words.
struct Cut<'a> {
    unit: Unit<'a>,
    chinese: Vec<Token>,
    english: Vec<Token>,
}

/// Units with more pairs of words than this are too long to be linked.
const MOST_CELLS: usize = 250_000;
/// Between two looks whether to go on so many units are cut.
const CUT_AT_ONCE: usize = 512;

/// Finds pairs of terms, best first. Units of more than a few hundred words a side are worked on in parts. Targets of links
/// hold no terms. What was accepted before is cut whole, and its words are linked as the dictionary's are.
///
/// # Errors
/// [`Cancelled`].
pub fn extract(ctl: &Ctl, units: &[Unit<'_>], accepted: &Accepted) -> Result<Vec<TermPair>, Cancelled> {
    let bare: Vec<_> =
        units.iter().map(|unit| (without_targets(unit.chinese), without_targets(unit.english))).collect();
    let units: Vec<_> = bare.iter().map(|(chinese, english)| Unit { chinese, english }).collect();
    let parts = Parts::of(&units, accepted.tokenizer());
    Ok(parts.whole(blocks::extract(ctl, &parts.units, accepted, blocks::Limits::default())?))
}

/// The units cut into words, and every pair of candidates in them; what links their words is shown to `each` in order.
/// What `linker` learnt of other units, it knows here.
fn paired<'a>(
    ctl: &Ctl,
    units: &[Unit<'a>],
    accepted: &Accepted,
    linker: &mut Linker,
    mut each: impl FnMut(&[Matrix]),
) -> Result<(Vec<Cut<'a>>, Vec<Found>), Cancelled> {
    let mut cuts = Vec::with_capacity(units.len());
    for some in units.chunks(CUT_AT_ONCE) {
        ctl.step("cutting words", cuts.len(), units.len())?;
        cuts.par_extend(some.par_iter().map(|&unit| {
            let cut = cut(unit, accepted.tokenizer());
            // A unit as long as a chapter is no sentence: it would say nothing of its words, at great cost.
            let short = cut.chinese.len().saturating_mul(cut.english.len()) <= MOST_CELLS;
            if short { cut } else { Cut { chinese: Vec::new(), english: Vec::new(), ..cut } }
        }));
    }
    names::join(&mut cuts);
    let mut found = Vec::new();
    let mut pairer = Pairer::new();
    linker.read_cuts(ctl, &cuts, |first, matrices| {
        ctl.step("pairing terms", first, cuts.len())?;
        let some = &cuts[first..first + matrices.len()];
        each(matrices);
        found.extend(pairer.pair(ctl, first, some, matrices)?);
        Ok(())
    })?;
    Ok((cuts, found))
}

fn cut<'a>(unit: Unit<'a>, tokenizer: &Tokenizer) -> Cut<'a> {
    let keys = ChineseKeys::new(unit.chinese);
    let chinese = tokenizer
        .tagged(unit.chinese)
        .into_iter()
        .map(|(word, tag)| {
            let key = keys.of(&word.span);
            let function = word.kind == WordKind::Mark || is_chinese_function_word(&key);
            let tag = if tag == "m" { counting_tag(&key) } else { tag };
            Token { word, form: String::new(), key, function, tag, capital: false }
        })
        .collect();
    let english = tokenizer
        .words(unit.english, Language::English)
        .into_iter()
        .map(|word| {
            let surface = &unit.english[word.span.clone()];
            let folded = fold(surface);
            // `can't` is no part of a term, though it helps to align.
            let function = word.kind == WordKind::Mark || is_function_word(&folded) || folded.ends_with("n't");
            let key = if word.kind == WordKind::Letters { english_key(surface) } else { folded.clone() };
            let form = evidence::singular(&folded);
            let capital = surface.chars().next().is_some_and(char::is_uppercase);
            Token { word, key, form, function, tag: "", capital }
        })
        .collect();
    Cut { unit, chinese, english }
}

/// jieba takes 港元 and 款 for numbers: what has no numeral in it is a noun or a measure word.
fn counting_tag(key: &str) -> &'static str {
    const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿半几数多第余双";
    let counts = key.chars().any(|c| c.is_numeric() || NUMERALS.contains(c));
    match key.chars().nth(1) {
        _ if counts => "m",
        Some(_) => "n",
        None => "q",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(units: &[(&str, &str)]) -> Vec<TermPair> {
        let units: Vec<Unit<'_>> = units.iter().map(|&(chinese, english)| Unit { chinese, english }).collect();
        extract(&Ctl::quiet(), &units, &Accepted::default()).unwrap()
    }

    #[test]
    fn terms_of_several_words_are_paired_and_placed() {
        let units = [
            ("两国讨论了知识产权问题。", "The two countries discussed intellectual property issues."),
            ("知识产权很重要。", "Intellectual property is important."),
            ("国际法适用于网络空间。", "International law applies to cyberspace."),
        ];
        let pairs = extracted(&units);
        let found = pairs.iter().find(|pair| pair.chinese == "知识产权").expect("the term is found");
        assert_eq!(found.english, "intellectual property");
        assert_eq!(found.places.len(), 2);
        let place = &found.places[1];
        assert_eq!((place.unit, &units[1].1[place.english.clone()]), (1, "Intellectual property"));
        assert!(pairs.iter().any(|pair| pair.chinese == "国际法" && pair.english == "international law"));
        assert!(pairs.windows(2).all(|two| two[0].score >= two[1].score));
    }

    fn has(pairs: &[TermPair], chinese: &str, english: &str) -> bool {
        pairs.iter().any(|pair| pair.chinese == chinese && pair.english == english)
    }

    #[test]
    fn what_no_dictionary_knows_is_found_by_sound_by_place_and_in_brackets() {
        let pairs = extracted(&[
            ("专家刘易斯参加了会议。", "The expert Lewis attended the meeting."),
            ("扩散问题和不扩散机制。", "Proliferation and the nonproliferation regime."),
            ("国际电信联盟发表了报告。", "The International Telecommunication Union (ITU) published a report."),
        ]);
        assert!(has(&pairs, "刘易斯", "Lewis"));
        assert!(has(&pairs, "不扩散", "nonproliferation"));
        assert!(has(&pairs, "国际电信联盟", "International Telecommunication Union"));
        assert!(has(&pairs, "国际电信联盟", "ITU"));
    }

    #[test]
    fn general_words_come_far_below_terms_in_both_scripts() {
        for units in [
            [
                ("双方讨论了知识产权的重要性。", "The two sides discussed the importance of intellectual property."),
                ("网络空间的主权是问题。", "Sovereignty in cyberspace is a question."),
            ],
            [
                ("雙方討論了知識產權的重要性。", "The two sides discussed the importance of intellectual property."),
                ("網絡空間的主權是問題。", "Sovereignty in cyberspace is a question."),
            ],
        ] {
            let pairs = extracted(&units);
            let place = |english: &str| pairs.iter().position(|pair| pair.english == english).unwrap_or(pairs.len());
            for term in ["intellectual property", "cyberspace", "sovereignty"] {
                for word in ["question", "sides"] {
                    assert!(place(term) < place(word), "{term} {word} {pairs:#?}");
                }
            }
        }
    }

    #[test]
    fn an_accepted_term_is_found_where_nothing_else_says_so() {
        let units = [
            ("小熊跳糖是新的标准。", "The new standard is called Jumpbear."),
            ("专家讨论了标准和小熊跳糖。", "Experts discussed Jumpbear and the standard."),
        ];
        let units: Vec<Unit<'_>> = units.iter().map(|&(chinese, english)| Unit { chinese, english }).collect();
        let accepted = Accepted::new([("小熊跳糖", "Jumpbear")]);
        let found = |accepted: &Accepted| {
            let pairs = extract(&Ctl::quiet(), &units, accepted).unwrap();
            let is_it = |pair: &&TermPair| pair.chinese == "小熊跳糖" && pair.english == "Jumpbear";
            pairs.iter().find(is_it).map_or(0, |pair| pair.places.len())
        };
        assert_eq!(found(&accepted), 2);
    }

    #[test]
    fn pairs_of_the_same_letters_come_behind_terms_and_are_not_dropped() {
        let pairs = extracted(&[
            ("DNS很重要。", "The DNS is important."),
            ("DNS服务器遭到攻击。", "DNS servers were attacked."),
            ("专家说，主权是DNS的问题。", "The expert said that sovereignty is a question of the DNS."),
        ]);
        let place = |chinese: &str, english: &str| {
            let found = pairs.iter().position(|pair| (&*pair.chinese, &*pair.english) == (chinese, english));
            found.unwrap_or_else(|| panic!("{chinese} {english} {pairs:#?}"))
        };
        // By its three places it would be the first of all.
        let same = place("DNS", "DNS");
        assert_eq!(pairs[same].places.len(), 3);
        assert!(place("主权", "sovereignty") < same && place("DNS服务器", "DNS servers") < same, "{pairs:#?}");
    }

    #[test]
    fn a_short_text_lists_adjectives_and_names_keep_their_capital() {
        let pairs = extracted(&[("列宁的著作影响显著。", "Lenin's works had a notable influence.")]);
        for (chinese, english) in [("显著", "notable"), ("列宁", "Lenin"), ("著作", "works")] {
            assert!(pairs.iter().any(|pair| (&*pair.chinese, &*pair.english) == (chinese, english)), "{pairs:#?}");
        }
        assert!(pairs.iter().all(|pair| pair.chinese != "影响显"));
    }

    #[test]
    fn targets_of_links_hold_no_terms() {
        let units =
            [("见[主权](https://example.org/harbour/map)。", "See [sovereignty](harbour/map.html \"Harbour map\").");
                4];
        let pairs = extracted(&units);
        assert!(pairs.iter().any(|pair| (&*pair.chinese, &*pair.english) == ("主权", "sovereignty")));
        assert!(pairs.iter().all(|pair| !pair.english.to_lowercase().contains("harbour")), "{pairs:#?}");
        let place = &pairs[0].places[0];
        assert_eq!((&units[0].0[place.chinese.clone()], &units[0].1[place.english.clone()]), ("主权", "sovereignty"));
    }

    #[test]
    fn two_runs_give_the_same() {
        let units = [("国际法适用于网络空间。", "International law applies to cyberspace."); 3];
        assert_eq!(extracted(&units), extracted(&units));
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(extracted(&[]).is_empty());
        assert!(extracted(&[("。", "...")]).is_empty());
    }
}
