//! What the evidence needs to know of one side: lengths, words, marks, structure.

use std::borrow::Cow;
use std::collections::HashMap;

use super::marks;
use crate::bitext::Document;
use crate::lang::Language;
use crate::lexicon::Lexicon;
use crate::task::{Cancelled, Ctl};
use crate::text::BlockKind;
use crate::token::numerals::{NUMBER_WORDS, han_number};
use crate::token::{Tokenizer, WordKind, chinese_key, english_key, fold, is_chinese_function_word, is_function_word};

/// A distinct word of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordType {
    /// Its match key: simplified Chinese, an English stem, or `#` and a number.
    pub(super) key: String,
    /// How many segments hold it.
    pub(super) segments: u32,
    /// In English: how often it stands with a capital, less how often without.
    pub(super) capitals: i32,
    /// Further keys under which an English word may be meant: parts of a compound, the value of a number word.
    pub(super) parts: Vec<String>,
}

/// As much of a segment as is read for its words and its meaning: no sentence is as long, but a file may be one line.
pub(super) fn head(text: &str) -> &str {
    const LONGEST: usize = 1 << 16;
    &text[..text.floor_char_boundary(LONGEST)]
}

/// One side of the pair.
#[derive(Debug)]
pub(super) struct Profile {
    /// Bytes of all segments before each, white space left out; one more than there are segments.
    pub(super) bytes: Vec<f64>,
    /// The distinct words of each segment, as numbers into `types`, sorted.
    pub(super) words: Vec<Vec<u32>>,
    /// All distinct words.
    pub(super) types: Vec<WordType>,
    /// How much each distinct word tells.
    weights: Vec<f32>,
    /// Punctuation counts of all segments before each.
    pub(super) marks: Vec<marks::Counts>,
    /// Whether each segment ends inside a quotation.
    pub(super) quoted: Vec<bool>,
    /// Whether any does, so that there are quotations.
    pub(super) quotes: bool,
    /// What each segment ends with.
    pub(super) last: Vec<marks::Last>,
    /// Chinese: the characters of each segment, simplified, for names spelt in pinyin.
    pub(super) han: Vec<Vec<char>>,
    /// Whether each segment begins a block; all true where every line is a segment.
    pub(super) starts: Vec<bool>,
    /// Whether each segment is a heading.
    pub(super) headings: Vec<bool>,
    /// Whether blocks hold several segments, so that their bounds say something.
    pub(super) structured: bool,
}

impl Profile {
    pub(super) fn of(
        ctl: &Ctl,
        document: &Document,
        tokenizer: &Tokenizer,
        stage: &'static str,
    ) -> Result<Self, Cancelled> {
        let count = document.segments.len();
        let language = document.lang.language();
        // Chinese is simplified sentence by sentence: what a character stands for depends on what it stands in.
        let sentence = |at| match language {
            Language::Chinese => Lexicon::embedded().simplify(head(&document.sentence(at))).into(),
            _ => document.sentence(at),
        };
        let sentences: Vec<Cow<'_, str>> = (0..count).map(sentence).collect();
        let mut vocabulary = Vocabulary::default();
        let mut out = Self {
            bytes: vec![0.0],
            words: Vec::with_capacity(count),
            types: Vec::new(),
            weights: Vec::new(),
            marks: vec![marks::Counts::default()],
            quoted: Vec::with_capacity(count),
            quotes: false,
            last: Vec::with_capacity(count),
            han: Vec::new(),
            starts: (0..count).map(|at| document.starts_block(at)).collect(),
            headings: (0..count).map(|at| matches!(document.kind(at), BlockKind::Heading(_))).collect(),
            structured: document.has_blocks(),
        };
        for (at, sentence) in sentences.iter().enumerate() {
            if at % 64 == 0 {
                ctl.step(stage, at, count)?;
            }
            let text = document.display(at);
            let before = out.bytes.last().copied().unwrap_or(0.0);
            let length = text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>();
            out.bytes.push(before + length as f64);
            let counted = marks::Counts::of(text).plus(out.marks.last().copied().unwrap_or_default());
            out.marks.push(counted);
            out.quoted.push(marks::Counts::quoted_after(text, out.quoted.last().copied().unwrap_or(false)));
            out.last.push(marks::Last::of(text));
            match language {
                Language::Chinese => {
                    out.han.push(fold(sentence).chars().collect());
                    add_chinese(&mut vocabulary, tokenizer, sentence);
                }
                Language::English => add_english(&mut vocabulary, tokenizer, head(sentence)),
                _ => {}
            }
            out.words.push(vocabulary.end_segment());
        }
        out.quotes = out.quoted.contains(&true);
        out.types = vocabulary.types;
        let weight = |word: &WordType| libm::log1p(count as f64 / f64::from(word.segments.max(1)));
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count")]
        out.weights.extend(out.types.iter().map(|word| weight(word) as f32));
        Ok(out)
    }

    /// How many segments.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether a number stands in a segment, in digits or in words.
    pub(super) fn has_number(&self, segment: usize, value: u64) -> bool {
        let key = format!("#{value}");
        self.words[segment]
            .iter()
            .map(|&word| &self.types[word as usize])
            .any(|word| word.key == key || word.parts.contains(&key))
    }

    /// The weight of a word: rare words tell more.
    pub(super) fn weight(&self, word: u32) -> f32 {
        self.weights[word as usize]
    }
}

struct Item {
    key: String,
    capital: i32,
    parts: Vec<String>,
}

impl Item {
    fn plain(key: String) -> Self {
        Self { key, capital: 0, parts: Vec::new() }
    }
}

#[derive(Default)]
struct Vocabulary<'a> {
    numbers: HashMap<String, u32>,
    /// What became of a word met before, as it stands in the text: most words of a text are.
    met: HashMap<&'a str, Option<(i32, u32)>>,
    types: Vec<WordType>,
    /// The words of the segment being read.
    segment: Vec<u32>,
}

impl<'a> Vocabulary<'a> {
    /// Adds a word that stands for itself wherever it stands, if `make` finds it worth keeping.
    fn add_word(&mut self, surface: &'a str, make: impl FnOnce(&str) -> Option<Item>) {
        let known = self.met.get(surface).copied().unwrap_or_else(|| {
            let known = make(surface).map(|item| (item.capital, self.number_of(item)));
            self.met.insert(surface, known);
            known
        });
        if let Some((capital, number)) = known {
            self.types[number as usize].capitals += capital;
            self.segment.push(number);
        }
    }

    fn add(&mut self, item: Item) {
        let number = self.number_of(item);
        self.segment.push(number);
    }

    fn number_of(&mut self, item: Item) -> u32 {
        let next = u32::try_from(self.types.len()).expect("fewer than 4 G words");
        let number = *self.numbers.entry(item.key.clone()).or_insert(next);
        if number == next {
            self.types.push(WordType { key: item.key, segments: 0, capitals: 0, parts: item.parts });
        }
        number
    }

    /// The distinct words added since the last call.
    fn end_segment(&mut self) -> Vec<u32> {
        let mut words = std::mem::take(&mut self.segment);
        words.sort_unstable();
        words.dedup();
        for &word in &words {
            self.types[word as usize].segments += 1;
        }
        words
    }
}

fn add_chinese<'a>(vocabulary: &mut Vocabulary<'a>, tokenizer: &Tokenizer, text: &'a str) {
    let words = tokenizer.words(text, Language::Chinese);
    for (at, word) in words.iter().enumerate() {
        let surface = &text[word.span.clone()];
        match word.kind {
            WordKind::Mark => {}
            WordKind::Number => {
                if let Some(key) = number_key(surface) {
                    vocabulary.add(Item::plain(key));
                }
                let next = words.get(at + 1).map(|next| &text[next.span.clone()]);
                let month = month_key(surface).filter(|_| next.is_some_and(|next| next.starts_with('月')));
                if let Some(month) = month {
                    vocabulary.add(Item::plain(month.to_owned()));
                }
            }
            WordKind::Letters => vocabulary.add_word(surface, |surface| Some(Item::plain(english_key(surface)))),
            WordKind::Han => vocabulary.add_word(surface, |surface| {
                let key = chinese_key(surface);
                (!is_chinese_function_word(&key)).then(|| Item::plain(key))
            }),
        }
    }
    for item in han_number_items(text) {
        vocabulary.add(item);
    }
}

/// Numbers written in Chinese characters, of two characters or more or before 月, however the words are cut.
fn han_number_items(text: &str) -> Vec<Item> {
    let mut out = Vec::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if "〇零一二三四五六七八九十百千万亿两".contains(c) {
            run.push(c);
            continue;
        }
        if let Some(value) = han_number(&run)
            && (c == '月' || run.chars().count() > 1)
        {
            out.extend(month_key(&value.to_string()).filter(|_| c == '月').map(|month| Item::plain(month.to_owned())));
            out.push(Item::plain(format!("#{value}")));
        }
        run.clear();
    }
    out
}

fn add_english<'a>(vocabulary: &mut Vocabulary<'a>, tokenizer: &Tokenizer, text: &'a str) {
    for word in tokenizer.words(text, Language::English) {
        let surface = &text[word.span.clone()];
        match word.kind {
            WordKind::Number => vocabulary.add_word(surface, |surface| number_key(surface).map(Item::plain)),
            WordKind::Letters => vocabulary.add_word(surface, english_item),
            WordKind::Han | WordKind::Mark => {}
        }
    }
}

fn english_item(surface: &str) -> Option<Item> {
    let folded = fold(surface);
    if let Some(value) = NUMBER_WORDS.iter().position(|&known| known == folded) {
        return Some(Item { key: folded, capital: 0, parts: vec![format!("#{value}")] });
    }
    if is_function_word(folded.strip_suffix("'s").unwrap_or(&folded)) {
        return None;
    }
    let capital = if surface.chars().next().is_some_and(char::is_uppercase) { 1 } else { -1 };
    Some(Item { key: english_key(surface), capital, parts: compound_parts(&folded) })
}

/// `#` and the digits, without marks between: the key of a number.
fn number_key(surface: &str) -> Option<String> {
    let digits: String = fold(surface).chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| format!("#{digits}"))
}

fn month_key(number: &str) -> Option<&'static str> {
    // Stems, as `english_key` gives them.
    const MONTHS: [&str; 12] = [
        "januari", "februari", "march", "april", "may", "june", "juli", "august", "septemb", "octob", "novemb",
        "decemb",
    ];
    let number: usize = fold(number).parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// Closed compounds such as `cybersecurity` and `counterterrorism`: the prefix and the rest as keys.
fn compound_parts(folded: &str) -> Vec<String> {
    const PREFIXES: &[&str] = &[
        "cyber", "counter", "anti", "multi", "inter", "under", "over", "non", "super", "tele", "micro", "electro",
        "mis", "self", "mid", "sub", "co", "pre", "post", "un", "re", "dis", "in", "im",
    ];
    for prefix in PREFIXES {
        if let Some(rest) = folded.strip_prefix(prefix)
            && rest.len() >= 4
            && rest.chars().all(char::is_alphabetic)
        {
            let mut parts = vec![english_key(rest)];
            if prefix.len() >= 5 {
                parts.push(english_key(prefix));
            }
            return parts;
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_meet_in_their_keys() {
        let keys = |text, add: for<'a> fn(&mut Vocabulary<'a>, &Tokenizer, &'a str)| {
            let mut vocabulary = Vocabulary::default();
            add(&mut vocabulary, Tokenizer::shared(), text);
            vocabulary.types.into_iter().map(|word| word.key).collect::<Vec<_>>()
        };
        assert_eq!(keys("2012年6月", add_chinese), ["#2012", "年", "#6", "june", "月"]);
        assert_eq!(keys("in June 2012", add_english), ["june", "#2012"]);
        let written_out = keys("二〇一二年六月", add_chinese);
        assert!(["#2012", "june"].iter().all(|&key| written_out.iter().any(|found| found == key)), "{written_out:?}");
    }

    #[test]
    fn months_are_stems() {
        for (number, name) in [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
        .iter()
        .enumerate()
        {
            assert_eq!(month_key(&(number + 1).to_string()), Some(english_key(name).as_str()));
        }
    }
}
