//! Words of Chinese and English, and the match keys under which they are compared.
//!
//! Chinese words come from jieba without its hidden Markov model (measured better on both SIGHAN sets); traditional
//! text is cut by its simplified form, character for character, so that offsets stay those of the text.
//! English words come from UAX 29. Folding of case, width and script happens only in keys, never in the text.

pub(crate) mod english;
pub(crate) mod numerals;
mod own;

use std::sync::OnceLock;

use jieba_rs::Jieba;
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::lang::{Language, is_han};
use crate::lexicon::{Lexicon, Simplified};
use crate::text::Span;
pub use english::english_key;
use own::OwnWords;

/// A word and where it stands in the string that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: WordKind,
}

/// What a word consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// Chinese characters.
    Han,
    /// Letters of another script.
    Letters,
    /// Digits, perhaps with marks between.
    Number,
    /// Punctuation and symbols.
    Mark,
}

/// Cuts text into words. Loading the Chinese word list takes a fifth of a second, so one is shared.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    jieba: Jieba,
    own: OwnWords,
}

impl Tokenizer {
    /// The tokenizer with the word list that comes with jieba, loaded when first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Tokenizer> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut jieba = Jieba::new();
            for word in COUNTRIES {
                jieba.add_word(word, Some(10_000), Some("nz"));
            }
            Self { jieba, own: OwnWords::default() }
        })
    }

    /// The same, that cuts some Chinese terms as one word each: jieba knows them from now on, and what jieba cuts into
    /// parts even so, as it does at spaces, hyphens and Latin letters, is put together where it begins and ends with a
    /// term.
    #[must_use]
    pub fn with_words<'a>(&self, terms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut out = self.clone();
        for term in terms {
            let key = own::key(&chinese_key(term));
            if key.chars().count() > 1 && key.chars().any(is_han) {
                out.jieba.add_word(&key, None, Some("nz"));
                out.own.add(key);
            }
        }
        out
    }

    /// The words of `text` in order, white space left out, punctuation kept as words of its own.
    pub fn words(&self, text: &str, language: Language) -> Vec<Word> {
        match language {
            Language::Chinese => self.cut(text, &ChineseKeys::new(text)),
            _ => english(text),
        }
    }

    /// How common a Chinese word is: its count in jieba's word list, about 60 million words in all; 0 for none.
    pub fn frequency(&self, simplified: &str) -> usize {
        if self.jieba.has_word(simplified) { self.jieba.suggest_freq(simplified) } else { 0 }
    }

    /// The words of a Chinese text with jieba's part of speech for each; the tags are often wrong, so only a hint.
    pub fn tagged(&self, text: &str) -> Vec<(Word, &'static str)> {
        let keys = ChineseKeys::new(text);
        let words = self.cut(text, &keys);
        let mut tags: Vec<(usize, &'static str)> = Vec::new();
        let mut at = 0;
        for tagged in self.jieba.tag(keys.0.as_str(), false) {
            tags.push((at, known_tag(tagged.tag)));
            at += tagged.word.chars().count();
        }
        let mut count = 0;
        let mut byte = 0;
        words
            .into_iter()
            .map(|word| {
                count += text[byte..word.span.start].chars().count();
                byte = word.span.start;
                let tag = tags.binary_search_by_key(&count, |&(at, _)| at).map_or("", |place| tags[place].1);
                let tag = if self.own.has(&keys.of(&word.span)) { "nz" } else { tag };
                (word, tag)
            })
            .collect()
    }

    fn cut(&self, text: &str, keys: &ChineseKeys) -> Vec<Word> {
        // Characters outside the basic plane may change length when folded: count characters, not bytes.
        let mut at = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let mut start = at.next().unwrap_or(0);
        let mut out: Vec<Word> = Vec::new();
        for token in self.jieba.cut(keys.0.as_str(), false) {
            let count = token.word.chars().count();
            let end = at.nth(count.saturating_sub(1)).unwrap_or(text.len());
            let span = start..end;
            start = end;
            if let Some(kind) = kind_of(&text[span.clone()]) {
                push_joining_numbers(text, &mut out, Word { span, kind });
            }
        }
        self.own.put_together(keys, out)
    }
}

/// Pairs of countries, which jieba's list lacks and would cut apart.
const COUNTRIES: &[&str] = &[
    "中美", "美中", "中俄", "俄中", "中日", "日中", "中韩", "韩中", "中英", "中法", "中德", "中欧", "中印", "印中",
    "中朝", "美俄", "俄美", "美日", "日美", "美韩", "韩美", "美欧", "美英", "美朝", "朝美", "日韩", "俄乌", "中非",
    "中澳", "中加",
];

/// The tags that matter to us, so that they need no owner.
fn known_tag(tag: &str) -> &'static str {
    const TAGS: &[&str] = &[
        "n", "nr", "ns", "nt", "nz", "ng", "v", "vn", "vd", "vg", "a", "an", "ad", "ag", "d", "m", "q", "r", "c", "p",
        "u", "uj", "ul", "f", "s", "t", "b", "j", "l", "i", "y", "z", "eng", "x", "h", "k", "nrt", "df", "o", "e", "g",
        "zg",
    ];
    TAGS.iter().find(|&&known| known == tag).copied().unwrap_or("")
}

/// jieba cuts `2.1` and `24/7` apart; numbers and letters that touch are one word, as in UAX 29.
fn push_joining_numbers(text: &str, out: &mut Vec<Word>, word: Word) {
    if let [.., number, point] = out.as_slice()
        && number.kind == WordKind::Number
        && word.kind == WordKind::Number
        && number.span.end == point.span.start
        && point.span.end == word.span.start
        && [".", ","].contains(&&text[point.span.clone()])
    {
        let start = number.span.start;
        out.truncate(out.len() - 2);
        out.push(Word { span: start..word.span.end, kind: WordKind::Number });
        return;
    }
    out.push(word);
}

fn english(text: &str) -> Vec<Word> {
    text.split_word_bound_indices()
        .filter_map(|(at, word)| kind_of(word).map(|kind| Word { span: at..at + word.len(), kind }))
        .collect()
}

fn kind_of(word: &str) -> Option<WordKind> {
    let first = word.chars().find(|c| !c.is_whitespace())?;
    Some(if word.chars().any(is_han) {
        WordKind::Han
    } else if word.chars().any(char::is_numeric) && !word.chars().any(char::is_alphabetic) {
        WordKind::Number
    } else if first.is_alphanumeric() || word.chars().any(char::is_alphanumeric) {
        WordKind::Letters
    } else {
        WordKind::Mark
    })
}

/// NFKC and lower case, `’` as `'`: full-width letters become plain ones.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The match key of a Chinese word by itself: NFKC, lower case, simplified.
pub fn chinese_key(word: &str) -> String {
    fold(Lexicon::embedded().simplified(word).as_str())
}

/// The match keys of the words of a Chinese text. What a traditional character is simplified to depends on what it stands
/// in, so that the text is folded as a whole.
#[derive(Clone, Debug)]
pub struct ChineseKeys(Simplified);

impl ChineseKeys {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        Self(Lexicon::embedded().simplified(text))
    }

    /// The match key of what stands at some bytes of the text.
    pub fn of(&self, span: &Span) -> String {
        fold(self.0.of(span))
    }
}

/// Words that say little about what a sentence is about.
pub fn is_function_word(folded: &str) -> bool {
    FUNCTION.binary_search(&folded).is_ok()
}

/// Chinese words that say little about what a sentence is about.
pub fn is_chinese_function_word(simplified: &str) -> bool {
    const WORDS: &[&str] = &[
        "的", "了", "在", "和", "与", "及", "是", "也", "就", "都", "而", "着", "或", "等", "之", "其", "对", "将",
        "把", "被", "以", "于", "为", "由", "从", "向", "到", "中", "上", "下", "这", "那", "他", "她", "它", "我",
        "你", "们", "有", "并", "还", "又", "但", "地", "得", "所", "个", "很", "更", "最", "则", "如", "且", "即",
        "该", "此", "各", "每", "某", "均", "已", "曾", "会", "要", "可", "能", "应", "须", "需", "我们", "他们",
        "她们", "你们", "它们", "自己", "这个", "那个", "一个", "这些", "那些", "以及", "因为", "所以", "但是", "可以",
        "没有", "什么", "怎么", "就是", "不是", "如果",
    ];
    WORDS.contains(&simplified)
}

/// Sorted, for binary search.
const FUNCTION: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "but", "by", "can", "could", "did", "do", "does", "down", "for", "from", "had", "has", "have", "he",
    "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "may", "me", "might",
    "more", "most", "must", "my", "no", "not", "of", "on", "one", "only", "or", "other", "our", "out", "over", "own",
    "s", "same", "shall", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "to", "too", "up", "us", "very", "was", "we", "were", "what", "when",
    "where", "which", "who", "whom", "why", "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, language: Language) -> String {
        let words = Tokenizer::shared().words(text, language);
        words.iter().map(|word| &text[word.span.clone()]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn chinese_words() {
        assert_eq!(cut("网络空间的主权，占2.1%。", Language::Chinese), "网络空间 的 主权 ， 占 2.1 % 。");
    }

    #[test]
    fn traditional_text_is_cut_like_simplified_with_its_own_offsets() {
        let simplified = cut("国际电信联盟的规则𠮷", Language::Chinese);
        let traditional = cut("國際電信聯盟的規則𠮷", Language::Chinese);
        assert_eq!(Lexicon::embedded().simplify(&traditional), simplified);
        assert_eq!(cut("雙方舉行會晤", Language::Chinese), "雙方 舉行 會晤");
    }

    #[test]
    fn english_words() {
        assert_eq!(cut("It’s the U.S. law (1,000).", Language::English), "It’s the U.S . law ( 1,000 ) .");
    }

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION.is_sorted());
        assert!(is_function_word("which") && !is_function_word("war"));
    }
}
