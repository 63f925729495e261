//! Whether one rendering is another in a different form: an inflection, an abbreviation, a part, a pronoun. Such are no
//! inconsistency.

use crate::lexicon::Lexicon;
use crate::token::{english_key, fold, is_chinese_function_word, is_function_word};

/// Words of one stem begin alike for so many letters at least, and for this share of the shorter one.
const ROOT: usize = 3;
const ROOT_SHARE: f32 = 0.6;
/// A word within another must have so many letters to be a part of it.
const PART: usize = 4;

/// Whether two English renderings are the same one in different forms.
pub(super) fn english(one: &str, other: &str) -> bool {
    let (a, b) = (Phrase::of(one), Phrase::of(other));
    if a.content.is_empty() || b.content.is_empty() {
        return true;
    }
    if a.is_spelt_otherwise(&b) {
        return false;
    }
    a.squashed == b.squashed
        || a.is_form_of(&b)
        || a.abbreviates(&b)
        || b.abbreviates(&a)
        || a.is_part_of(&b)
        || b.is_part_of(&a)
        || of_one_country(&a.squashed, &b.squashed)
}

/// Whether two Chinese renderings are the same one in different forms: one is the other with characters left out, or
/// both are the same characters in another order.
pub(super) fn chinese(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> Vec<char> {
        let folded = Lexicon::embedded().simplify(&fold(text));
        let party = folded.strip_suffix('方').filter(|rest| !rest.is_empty()).unwrap_or(&folded);
        party.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '的' | '之')).collect()
    };
    let (a, b) = (bare(one), bare(other));
    let empty = |text: &str, chars: &[char]| chars.is_empty() || is_chinese_function_word(text);
    empty(one, &a) || empty(other, &b) || is_within(&a, &b) || is_within(&b, &a) || sorted(&a) == sorted(&b)
}

fn sorted(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    out.sort_unstable();
    out
}

/// Whether the characters of one stand in the other in this order.
fn is_within(inner: &[char], outer: &[char]) -> bool {
    let mut rest = outer.iter();
    inner.iter().all(|c| rest.any(|other| other == c))
}

/// An English rendering as it is compared.
struct Phrase {
    text: String,
    /// The words that say something, folded.
    content: Vec<String>,
    /// All letters and digits in one.
    squashed: String,
}

impl Phrase {
    fn of(text: &str) -> Self {
        let folded = fold(text).replace("'s", "");
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let content = words.filter(|word| !is_function_word(word)).map(str::to_owned).collect();
        let squashed = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        Self { text: text.to_owned(), content, squashed }
    }

    /// Every word of one is a form of some word of the other.
    fn is_form_of(&self, other: &Self) -> bool {
        let within = |a: &Self, b: &Self| {
            let akin = |word: &String| b.content.iter().any(|known| is_akin(word, known));
            a.content.iter().all(|word| akin(word) && !b.goes_on_otherwise(word))
        };
        within(self, other) || within(other, self)
    }

    /// Whether it begins a compound and goes on with another word: `cyber domain` of `cyberspace`.
    fn goes_on_otherwise(&self, compound: &str) -> bool {
        let rest = |word: &String| compound.strip_prefix(word.as_str()).filter(|rest| rest.len() >= PART);
        let begun = self.content.iter().find_map(|word| rest(word).map(|rest| (word, rest)));
        begun.is_some_and(|(word, rest)| {
            let others = || self.content.iter().filter(|other| *other != word);
            english_key(word) != english_key(compound)
                && others().next().is_some()
                && !self.content.iter().any(|other| english_key(other) == english_key(compound))
                && !others().any(|other| is_akin(other, rest))
        })
    }

    /// `attacks` of `cyberattack`.
    fn is_part_of(&self, other: &Self) -> bool {
        let [word] = self.content.as_slice() else { return other.squashed.contains(&self.squashed) };
        let stem = english_key(word);
        stem.len() >= PART && other.squashed.contains(&stem)
    }

    /// `ITU` of `International Telecommunication Union`.
    fn abbreviates(&self, other: &Self) -> bool {
        let capitals = self.text.chars().filter(|c| c.is_uppercase()).count();
        let small = self.text.chars().filter(|c| c.is_lowercase()).count();
        let (short, long): (Vec<char>, Vec<char>) = (self.squashed.chars().collect(), other.squashed.chars().collect());
        capitals >= 2 && capitals > small && short.first() == long.first() && is_within(&short, &long)
    }

    /// The same words in another spelling, as that of another country: both at once is an inconsistency.
    fn is_spelt_otherwise(&self, other: &Self) -> bool {
        self.content.len() == other.content.len()
            && self.content != other.content
            && self.content.iter().zip(&other.content).all(|(a, b)| a == b || american(a) == american(b))
            && self.content.iter().zip(&other.content).any(|(a, b)| english_key(a) != english_key(b))
    }
}

/// Whether two words are forms of one: the same stem, or the same beginning for the better part.
fn is_akin(one: &str, other: &str) -> bool {
    let (a, b) = (english_key(one), english_key(other));
    if a == b {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    if PREFIXES.contains(&&one[..one.char_indices().nth(same).map_or(one.len(), |(at, _)| at)]) && same < short.len() {
        return false;
    }
    let whole = long.starts_with(short) && short.len() >= ROOT;
    whole || same >= ROOT && same as f32 >= ROOT_SHARE * short.chars().count() as f32
}

/// What words of different meaning begin with.
const PREFIXES: [&str; 8] = ["counter", "cyber", "inter", "micro", "multi", "super", "trans", "under"];

/// A word as it is spelt in America, near enough to compare.
fn american(word: &str) -> String {
    let mut out = word.to_owned();
    for (british, american) in SPELLINGS {
        out = out.replace(british, american);
    }
    out
}

const SPELLINGS: [(&str, &str); 9] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("our", "or"),
    ("ence", "ense"),
    ("tre", "ter"),
    ("mme", "m"),
    ("ll", "l"),
];

/// Whether one is a country and the other its people or language, where they do not begin alike.
fn of_one_country(one: &str, other: &str) -> bool {
    COUNTRIES.iter().any(|names| names.contains(&one) && names.contains(&other))
}

const COUNTRIES: &[&[&str]] = &[
    &["unitedstates", "unitedstatesofamerica", "america", "american", "americans", "us", "usa"],
    &["unitedkingdom", "britain", "greatbritain", "british", "uk"],
    &["netherlands", "holland", "dutch"],
    &["france", "french"],
    &["spain", "spanish"],
    &["switzerland", "swiss"],
    &["greece", "greek"],
    &["denmark", "danish", "dane", "danes"],
    &["poland", "polish", "pole", "poles"],
    &["ireland", "irish"],
    &["wales", "welsh"],
    &["philippines", "philippine", "filipino"],
    &["prc", "peoplesrepublicofchina", "china", "chinese"],
    &["rok", "republicofkorea", "southkorea", "korea", "korean", "southkorean"],
    &["dprk", "northkorea", "northkorean"],
    &["europeanunion", "eu", "europe", "european"],
    &["unitednations", "un"],
    &["russianfederation", "russia", "russian"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_english_rendering() {
        for (one, other) in [
            ("norm", "norms"),
            ("sovereignty", "sovereign"),
            ("co-operation", "Cooperation"),
            ("cyber space", "cyberspace"),
            ("ITU", "International Telecommunication Union"),
            ("Commission", "European Commission"),
            ("cyberattack", "attacks"),
            ("COVID-19", "coronavirus disease 2019"),
            ("United States", "American"),
            ("it", "cyberspace"),
            ("cyberattack", "cyber attacks"),
            ("development", "developing countries"),
        ] {
            assert!(english(one, other) && english(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("cyberspace", "network space"),
            ("international law", "international legislation"),
            ("organisation", "organization"),
            ("defence policy", "defense policy"),
            ("vaccine", "inoculation"),
            ("network attack", "cyber attack"),
            ("cyberspace", "cyber domain"),
            ("transshipment", "cargo transfer"),
        ] {
            assert!(!english(one, other) && !english(other, one), "{one} {other}");
        }
    }

    #[test]
    fn forms_of_one_chinese_rendering() {
        for (one, other) in [
            ("国际电联", "国际电信联盟"),
            ("美方", "美国"),
            ("網絡", "网络空间"),
            ("人的安全", "人类安全"),
            ("其", "中国"),
        ] {
            assert!(chinese(one, other) && chinese(other, one), "{one} {other}");
        }
        for (one, other) in [("网络空间", "赛博空间"), ("合作", "协作")] {
            assert!(!chinese(one, other) && !chinese(other, one), "{one} {other}");
        }
    }
}
