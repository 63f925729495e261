//! Where the terms of a term base stand in a text.
//!
//! Languages with blanks are compared word by word, by stems in English; Chinese and its like by characters, at the
//! bounds of words, so that 国会 is not found in 中国会议. No term reaches over punctuation that is not its own, so that
//! 网络空间 is not found in 网络、空间和数据. Of terms within each other the longest counts.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lang::Language;
use crate::text::Span;
use crate::token::{ChineseKeys, Tokenizer, WordKind, english_key, fold};

/// So many characters without blanks do not meet by chance: the bounds of words need not agree.
const SURE: usize = 4;
/// Words of one root begin alike for so many letters, and for three quarters; names for three fifths.
const ROOT: usize = 4;
/// So many letters do not meet by chance in other words.
const SQUEEZED: usize = 6;
/// What an abbreviation may end with besides itself: a plural, a possessive.
const ENDINGS: [&str; 5] = ["s", "'s", "’s", "'", "’"];
/// The words of a term may stand apart by so many others: norms of state behaviour.
const APART: usize = 4;
/// What joins the words on both sides of it, as blanks do; any other mark parts them.
const JOINING: [char; 21] = [
    '-', '‐', '‑', '–', '－', '·', '・', '‧', '•', '\'', '’', '‘', 'ʼ', '＇', '/', '／', '\u{ad}', '\u{200b}',
    '\u{200c}', '\u{200d}', '\u{feff}',
];

/// A text as terms are looked for in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Words with blanks between them; without blanks, single characters.
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    key: String,
    span: Span,
    /// Whether a word begins here, and whether one ends here.
    begins: bool,
    ends: bool,
    /// Whether a mark parts it from what stands before it.
    parted: bool,
}

impl Line {
    /// Reads a text.
    pub(super) fn of(text: &str, language: Language) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let (mut before, mut parted) = ("", false);
        let keys = (language == Language::Chinese).then(|| ChineseKeys::new(text));
        let key = |span: &Span| match &keys {
            Some(keys) => keys.of(span),
            None => key(&text[span.clone()], language),
        };
        for word in Tokenizer::shared().words(text, language) {
            let written = &text[word.span.clone()];
            if word.kind == WordKind::Mark {
                parted |= is_parting(written, before);
            } else if language.has_blanks() {
                parts.push(Part { key: key(&word.span), span: word.span, begins: true, ends: true, parted });
                parted = false;
            } else {
                for (at, c) in written.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                    let start = word.span.start + at;
                    let span = start..start + c.len_utf8();
                    let (begins, ends) = (span.start == word.span.start, span.end == word.span.end);
                    parts.push(Part { key: key(&span), span, begins, ends, parted });
                    parted = false;
                }
            }
            before = written;
        }
        Self { parts }
    }

    /// Whether one of these words stands in it.
    pub(super) fn has_any(&self, keys: &[&str]) -> bool {
        self.parts.iter().any(|part| keys.contains(&part.key.as_str()))
    }

    /// The first letters of its words in capitals.
    fn initials(&self, text: &str) -> String {
        let firsts = self.parts.iter().filter_map(|part| text[part.span.clone()].chars().next());
        firsts.filter(|c| c.is_uppercase()).collect()
    }

    /// The bytes of some parts.
    pub(super) fn span(&self, parts: &Range<usize>) -> Span {
        let ends = self.parts.get(parts.start).zip(parts.end.checked_sub(1).and_then(|last| self.parts.get(last)));
        ends.map_or(0..0, |(first, last)| first.span.start..last.span.end)
    }
}

/// Whether marks part what stands before and behind them. The full stop of an abbreviation, as in U.S. law, does not.
fn is_parting(marks: &str, before: &str) -> bool {
    let joins = |c: char| c.is_whitespace() || JOINING.contains(&c);
    !(marks.chars().all(joins) || marks == "." && before.contains('.'))
}

/// A word as it is compared.
fn key(word: &str, language: Language) -> String {
    match language {
        // Of NGOs the stem would keep the s.
        Language::English => english_key(word.strip_suffix('s').filter(|bare| is_capitals(bare)).unwrap_or(word)),
        _ => fold(word),
    }
}

fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// A term as it is compared with others.
pub(super) fn folded(text: &str, language: Language) -> String {
    let keys: Vec<String> = Line::of(text, language).parts.into_iter().map(|part| part.key).collect();
    keys.join(" ")
}

/// By what two terms are the same: their words as they are compared, and where case matters the text itself.
pub(super) type Key = (Vec<String>, Option<String>);

/// A term as it is looked for.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    text: String,
    language: Language,
    keys: Vec<String>,
    /// Which of its words have a capital.
    capitals: Vec<bool>,
    /// Which of its words a mark of its own parts from those before.
    parted: Vec<bool>,
    /// Whether case matters: an abbreviation is no common word.
    exact: bool,
}

impl Pattern {
    /// A term; nothing where it has no letter.
    pub(super) fn of(text: &str, language: Language) -> Option<Self> {
        let parts = Line::of(text, language).parts;
        let capitals = parts.iter().map(|part| text[part.span.clone()].starts_with(char::is_uppercase)).collect();
        let parted = parts.iter().map(|part| part.parted).collect();
        let keys: Vec<String> = parts.into_iter().map(|part| part.key).collect();
        let large = text.chars().filter(|c| c.is_uppercase()).count();
        let exact = language.has_blanks() && large >= 2 && !text.chars().any(char::is_lowercase);
        (!keys.is_empty()).then_some(Self { text: text.to_owned(), language, keys, capitals, parted, exact })
    }

    /// The same with case and ending as they are: for terms that differ in nothing else.
    pub(super) fn exactly(self) -> Self {
        Self { exact: true, ..self }
    }

    /// By what it is the same as others: what is found at the same places.
    pub(super) fn key(&self) -> Key {
        (self.keys.clone(), self.exact.then(|| self.text.clone()))
    }

    /// Whether the two look the same but for case and ending.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.keys == other.keys
    }

    /// Whether these are its words one after another, with no mark between them that is not its own.
    fn is_made_of(&self, parts: &[Part]) -> bool {
        let whole = |(at, part): (usize, &Part)| at == 0 || self.parted[at] || !part.parted;
        parts.iter().zip(&self.keys).all(|(part, key)| part.key == *key) && parts.iter().enumerate().all(whole)
    }

    /// Whether it stands at these parts of a line.
    fn stands(&self, line: &Line, text: &str, from: usize) -> bool {
        let Some(parts) = line.parts.get(from..from + self.keys.len()) else { return false };
        if !self.is_made_of(parts) {
            return false;
        }
        // The end of a compound, too, names what the compound is one of: 国会 in 美国国会.
        let whole = || {
            let ends = parts.last().is_some_and(|part| part.ends);
            ends && (parts[0].begins || !parts[1..].iter().any(|part| part.begins))
        };
        let there = || text.get(line.span(&(from..from + self.keys.len()))).unwrap_or_default();
        (self.language.has_blanks() || self.keys.len() >= SURE || whole())
            && (!self.exact
                || there() == self.text
                || ENDINGS.iter().any(|ending| there().strip_suffix(ending) == Some(&self.text)))
    }

    /// Whether it is said in a text somehow: its words near each other in any order and form, written in one or apart,
    /// an abbreviation of them or what it is short for, or the noun of a name.
    pub(super) fn is_said(&self, line: &Line, text: &str) -> bool {
        if !self.language.has_blanks() {
            // 主权 is said in 主权国家, whatever the words are there.
            return line.parts.windows(self.keys.len()).any(|run| self.is_made_of(run));
        }
        if self.exact {
            let stands = (0..line.parts.len()).any(|from| self.stands(line, text, from));
            return stands || line.initials(text).contains(&self.text);
        }
        self.stands_near(line, text) || self.is_squeezed(line, text) || self.is_shortened(line, text)
    }

    fn stands_near(&self, line: &Line, text: &str) -> bool {
        let reach = if self.keys.len() == 1 { 1 } else { self.keys.len() + APART };
        let wanted: Vec<(&String, &bool)> = self.keys.iter().zip(&self.capitals).collect();
        // Most rows have no word of the term at all.
        let hits: Vec<usize> = (0..line.parts.len())
            .filter(|&at| wanted.iter().any(|(key, capital)| is_akin(key, **capital, &line.parts[at], text)))
            .collect();
        hits.iter().any(|&from| {
            let run = &line.parts[from..(from + reach).min(line.parts.len())];
            wanted.iter().all(|(key, capital)| run.iter().any(|part| is_akin(key, **capital, part, text)))
        })
    }

    /// `cyber space` for `cyberspace`, `cooperation` for `co-operation`.
    fn is_squeezed(&self, line: &Line, text: &str) -> bool {
        let squeeze = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
        let wanted = squeeze(&self.text);
        wanted.len() >= SQUEEZED
            && (0..line.parts.len()).any(|from| {
                (from + 1..=(from + self.keys.len() + 1).min(line.parts.len()))
                    .any(|to| squeeze(&text[line.span(&(from..to))]) == wanted)
            })
    }

    /// `ITU` for `International Telecommunication Union`; `the Union`, too.
    fn is_shortened(&self, line: &Line, text: &str) -> bool {
        let words: Vec<&str> =
            self.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let initials: String =
            words.iter().filter(|word| capital(word)).filter_map(|word| word.chars().next()).collect();
        let name = initials.chars().count() > 1 && words.last().is_some_and(|word| capital(word));
        let link = words.iter().position(|word| matches!(*word, "of" | "for" | "on"));
        let noun = link.map_or(words.last(), |link| link.checked_sub(1).and_then(|before| words.get(before)));
        name && line.parts.iter().any(|part| {
            let there = &text[part.span.clone()];
            let letters: String = there.chars().filter(|c| c.is_alphanumeric()).collect();
            letters == initials || noun.is_some_and(|noun| there == *noun)
        })
    }
}

/// Whether a word of a text is one of a term in some form: `sovereign` of `sovereignty`, `Chinese` of `China`.
fn is_akin(key: &str, capital: bool, part: &Part, text: &str) -> bool {
    if part.key == key {
        return true;
    }
    let same = key.chars().zip(part.key.chars()).take_while(|(a, b)| a == b).count();
    let longer = key.chars().count().max(part.key.chars().count());
    let name = || capital && text[part.span.clone()].starts_with(char::is_uppercase);
    same >= ROOT && (same * 4 >= longer * 3 || name() && same * 5 >= longer * 3)
}

/// Finds many terms at once.
#[derive(Debug, Default)]
pub(super) struct Finder {
    patterns: Vec<Pattern>,
    by_first: BTreeMap<String, Vec<usize>>,
}

impl Finder {
    /// Adds a term and gives it its number.
    pub(super) fn add(&mut self, pattern: Pattern) -> usize {
        let number = self.patterns.len();
        self.by_first.entry(pattern.keys[0].clone()).or_default().push(number);
        self.patterns.push(pattern);
        number
    }

    /// The terms that stand in a text and in no longer one, with the parts of the line they take.
    pub(super) fn scan(&self, line: &Line, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (from, part) in line.parts.iter().enumerate() {
            for &number in self.by_first.get(&part.key).into_iter().flatten() {
                let pattern = &self.patterns[number];
                if pattern.stands(line, text, from) {
                    found.push((number, from..from + pattern.keys.len()));
                }
            }
        }
        // Those that begin first, the longer before the shorter: what hides a term comes before it.
        found.sort_by_key(|(number, place)| (place.start, std::cmp::Reverse(place.end), *number));
        let mut reach = 0..0;
        found.retain(|(_, place)| {
            let hidden = place.end <= reach.end && *place != reach;
            if place.end > reach.end {
                reach = place.clone();
            }
            !hidden
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(terms: &[&str], text: &'a str, language: Language) -> Vec<&'a str> {
        let mut finder = Finder::default();
        for term in terms {
            finder.add(Pattern::of(term, language).unwrap());
        }
        let line = Line::of(text, language);
        finder.scan(&line, text).into_iter().map(|(_, place)| &text[line.span(&place)]).collect()
    }

    #[test]
    fn chinese_terms_stand_at_the_bounds_of_words_and_the_longest_counts() {
        let found = |terms: &[&str], text| found(terms, text, Language::Chinese);
        assert!(found(&["国会"], "中国会议很重要。").is_empty());
        assert_eq!(found(&["国会"], "美国国会通过了法案。"), ["国会"]);
        assert_eq!(found(&["网络", "网络空间"], "网络空间和网络。"), ["网络空间", "网络"]);
        assert_eq!(found(&["网络空间"], "網絡空間的主權"), ["網絡空間"]);
    }

    #[test]
    fn english_terms_are_found_in_any_form_and_abbreviations_as_they_are() {
        let found = |terms: &[&str], text| found(terms, text, Language::English);
        assert_eq!(found(&["cyber attack"], "Cyber attacks, and a cyber-attack."), ["Cyber attacks", "cyber-attack"]);
        assert_eq!(found(&["WHO", "IT"], "Those who see it ask the WHO."), ["WHO"]);
        assert_eq!(
            found(&["network", "network space"], "the network space of a network"),
            ["network space", "network"]
        );
    }

    #[test]
    fn a_term_does_not_reach_over_punctuation_that_is_not_its_own() {
        let chinese = |terms: &[&str], text| found(terms, text, Language::Chinese);
        assert!(chinese(&["网络空间"], "网络、空间和数据。").is_empty());
        assert!(chinese(&["网络空间"], "各国重视网络。空间很大。").is_empty());
        assert_eq!(chinese(&["约翰史密斯"], "約翰·史密斯先生"), ["約翰·史密斯"]);
        assert_eq!(chinese(&["《塔林手册》, 第二版"], "《塔林手册》,第二版"), ["塔林手册》,第二版"]);
        let said = |text| {
            let pattern = Pattern::of("网络空间", Language::Chinese).unwrap();
            pattern.is_said(&Line::of(text, Language::Chinese), text)
        };
        assert!(said("在网络空间里") && !said("网络、空间和数据"));
        let english = |terms: &[&str], text| found(terms, text, Language::English);
        assert!(english(&["law enforcement"], "It is done by law. Enforcement of it is hard.").is_empty());
        assert!(english(&["US law"], "They left the US. Law is silent.").is_empty());
        assert_eq!(english(&["US law"], "They keep to U.S. law."), ["U.S. law"]);
        assert_eq!(english(&["state actors"], "state/actors, state-actors"), ["state/actors", "state-actors"]);
        let own = "command, control and intelligence";
        assert_eq!(english(&[own], "command, control and intelligence, too"), [own]);
        assert_eq!(english(&[own], "command control and intelligence"), ["command control and intelligence"]);
    }

    #[test]
    fn a_translation_may_be_said_in_other_forms() {
        let said = |term: &str, text: &str| {
            Pattern::of(term, Language::English).unwrap().is_said(&Line::of(text, Language::English), text)
        };
        assert!(said("state behavior norm", "norms of state behavior"));
        assert!(said("International Telecommunication Union", "a report of the ITU"));
        assert!(said("European Commission", "the Commission agreed"));
        assert!(said("Institute of Contemporary Relations", "the Institute agreed"));
        assert!(!said("European Commission", "the commission of a crime"));
        assert!(said("sovereignty", "a sovereign state") && said("China", "the Chinese side"));
        assert!(said("cyberspace", "in cyber space") && said("co-operation", "their cooperation"));
        assert!(said("ITU", "the International Telecommunication Union") && said("NGO", "all NGOs"));
        assert!(said("CICIR", "CICIR’s suggestions") && said("ITU", "the ITU's rules"));
        assert!(!said("state", "a statement") && !said("cyberspace", "cybersecurity") && !said("WHO", "who came"));
        assert!(!said("cyberspace", "the network space"));
        assert!(!said("international law", "Law is one thing; what we call by that name of international is another."));
    }
}
