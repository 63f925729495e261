//! Stretches of words that may be a term.

use super::{Cut, Token};
use crate::token::WordKind;

/// Most words of a Chinese candidate, and of an English one.
const MOST_ZH: usize = 9;
const MOST_EN: usize = 7;
/// A name in capitals may have more.
const MOST_NAME: usize = 13;
/// Titles in 《》 may be longer.
const MOST_TITLE: usize = 14;

/// Consecutive words `from..to` of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stretch {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The Chinese candidates of a unit.
pub(super) fn chinese(cut: &Cut<'_>) -> Vec<Stretch> {
    let tokens = &cut.chinese;
    let mut out = titles(cut);
    let named = out.len();
    for from in 0..tokens.len() {
        if !may_begin_zh(tokens, from) {
            continue;
        }
        // A count with its measure word; an ordinal may begin a name.
        let counted = tokens[from].tag == "m" && tokens.get(from + 1).is_none_or(|next| next.tag == "q");
        if counted && !tokens[from].key.starts_with('第') {
            continue;
        }
        for to in from + 1..=tokens.len().min(from + MOST_ZH) {
            let last = &tokens[to - 1];
            if to > from + 1 && apart(cut, to - 1) || !may_be_inside_zh(tokens, to - 1, from + 1 == to) {
                break;
            }
            let text = &cut.unit.chinese[tokens[from].word.span.start..last.word.span.end];
            // One character is a term only as a noun: 肺.
            let enough = text.chars().nth(1).is_some() || last.tag == "n";
            if enough && may_end_zh(tokens, from, to - 1) && !out[..named].contains(&Stretch { from, to }) {
                out.push(Stretch { from, to });
            }
        }
    }
    out
}

/// Whether what stands between two words keeps them apart; a blank beside Latin letters or a number is only typography:
/// `COVID-19 疫情`.
fn apart(cut: &Cut<'_>, at: usize) -> bool {
    let (before, word) = (&cut.chinese[at - 1].word, &cut.chinese[at].word);
    let han = before.kind == WordKind::Han && word.kind == WordKind::Han;
    let gap = &cut.unit.chinese[before.span.end..word.span.start];
    !gap.is_empty() && (han || !matches!(gap, " " | "\u{a0}" | "\u{2009}"))
}

/// What stands between 《 and 》.
fn titles(cut: &Cut<'_>) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, token) in cut.chinese.iter().enumerate() {
        match token.key.as_str() {
            "《" => open = Some(at + 1),
            "》" => {
                if let Some(from) = open.take().filter(|&from| from < at && at - from <= MOST_TITLE) {
                    out.push(Stretch { from, to: at });
                }
            }
            _ => {}
        }
    }
    out
}

/// Prefixes that make terms although they are function words by themselves: 不扩散, 非国家行为体.
const PREFIXES: &[&str] = &["不", "非", "无", "反", "未"];
/// Function words that end terms when something stands before them: 吹风会, 事务所.
pub(super) const SUFFIXES: &[&str] = &["会", "所", "者"];

/// Whether a word counts with the number or pronoun before it: 三项, but not 条款.
fn is_measure(tokens: &[Token], at: usize) -> bool {
    let counts = |token: &Token| token.word.kind == WordKind::Number || matches!(token.tag, "m" | "r");
    tokens[at].tag == "q" && at > 0 && counts(&tokens[at - 1])
}

/// A modal word that begins terms although it is a function word by itself: 可再生能源.
const POSSIBLE: &str = "可";

fn may_begin_zh(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let content = !token.function && token.word.kind != WordKind::Number;
    let tagged = match token.tag {
        "c" | "p" | "u" | "uj" | "y" => false,
        // 多边, 本地
        "r" => long_key(&token.key),
        // 美元, 套息
        "q" => !is_measure(tokens, at),
        _ => true,
    };
    content && tagged || PREFIXES.contains(&token.key.as_str()) || token.key == POSSIBLE
}

fn may_end_zh(tokens: &[Token], from: usize, at: usize) -> bool {
    let token = &tokens[at];
    let long = token.key.chars().nth(1).is_some();
    match token.word.kind {
        // COVID-19
        WordKind::Number => at > from && is_hyphen(&tokens[at - 1]),
        _ if token.function => at > from && SUFFIXES.contains(&token.key.as_str()),
        // jieba takes 中方 and 单边 for a place and an adverb.
        _ if matches!(token.tag, "f" | "d") => long,
        _ => !matches!(token.tag, "m" | "r" | "c" | "p" | "u" | "uj" | "y"),
    }
}

fn may_be_inside_zh(tokens: &[Token], at: usize, first: bool) -> bool {
    let token = &tokens[at];
    let key = token.key.as_str();
    // A number or measure word within is a phrase: 提出三项建议.
    if !first && token.word.kind == WordKind::Han && (token.tag == "m" || (is_measure(tokens, at) && !long_key(key))) {
        return ORDINAL.contains(&key);
    }
    if token.word.kind == WordKind::Mark {
        return !first && matches!(key, "·" | "-" | "/" | "•" | "・" | "‧" | "&");
    }
    !token.function
        || (!first && matches!(key, "的" | "中" | "对" | "于" | "与" | "和" | "及"))
        || (!first && SUFFIXES.contains(&key))
        || PREFIXES.contains(&key)
        || (first && key == POSSIBLE)
}

fn long_key(key: &str) -> bool {
    key.chars().nth(1).is_some()
}

/// Measure words that stand within names: 第三届全球峰会.
const ORDINAL: &[&str] = &["届", "次", "轮", "期", "级", "类", "号"];

/// The English candidates of a unit.
pub(super) fn english(cut: &Cut<'_>) -> Vec<Stretch> {
    let tokens = &cut.english;
    let mut out = Vec::new();
    for from in 0..tokens.len() {
        if !may_begin_en(tokens, from) {
            continue;
        }
        let (mut words, mut name) = (0, true);
        for to in from + 1..=tokens.len() {
            let at = to - 1;
            if !may_be_inside_en(cut, from, at) {
                break;
            }
            words += usize::from(tokens[at].word.kind != WordKind::Mark);
            name &= tokens[at].capital || tokens[at].function || tokens[at].word.kind != WordKind::Letters;
            if words > if name { MOST_NAME } else { MOST_EN } {
                break;
            }
            let length = tokens[at].word.span.end - tokens[from].word.span.start;
            if may_end_en(tokens, at) && length >= 2 {
                out.push(Stretch { from, to });
            }
        }
    }
    out
}

fn glued(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).zip(tokens.get(at + 1)).is_some_and(|(a, b)| a.word.span.end == b.word.span.start)
}

pub(super) fn is_hyphen(token: &Token) -> bool {
    matches!(token.key.as_str(), "-" | "‐" | "‑")
}

/// Whether the word hangs on the one before it by a hyphen: `based` in `rule-based`.
fn tied(tokens: &[Token], at: usize) -> bool {
    at > 0 && is_hyphen(&tokens[at - 1]) && glued(tokens, at - 1)
}

fn may_begin_en(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let prefix =
        matches!(token.key.as_str(), "no" | "non") && glued(tokens, at) && tokens.get(at + 1).is_some_and(is_hyphen);
    !tied(tokens, at)
        && (prefix
            || (token.word.kind == WordKind::Letters && !token.function && !is_clausal(token))
            || (token.word.kind == WordKind::Number && glued(tokens, at)))
}

fn may_end_en(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    // What a hyphen ties to the word before it is part of that word: no-first-use.
    (token.word.kind == WordKind::Letters && (tied(tokens, at) || !token.function && !is_clausal(token)))
        || token.word.kind == WordKind::Number
}

fn may_be_inside_en(cut: &Cut<'_>, from: usize, at: usize) -> bool {
    let tokens = &cut.english;
    let token = &tokens[at];
    let between_capitals = || {
        at > from && tokens[at - 1].capital && tokens.get(at + 1).is_some_and(|next| next.capital || next.key == "the")
    };
    match token.word.kind {
        WordKind::Mark => match token.key.as_str() {
            "-" | "‐" | "‑" | "/" => at > from && glued(tokens, at) && glued(tokens, at - 1),
            "." => {
                at > from && glued(tokens, at - 1) && cut.unit.english[tokens[at - 1].word.span.clone()].contains('.')
            }
            "&" => between_capitals(),
            _ => false,
        },
        WordKind::Letters if is_clausal(token) => between_capitals(),
        WordKind::Letters if token.function => {
            at == from
                || matches!(
                    token.key.as_str(),
                    "of" | "the" | "for" | "on" | "in" | "to" | "no" | "by" | "from" | "at" | "with"
                )
                || (matches!(token.key.as_str(), "and" | "s") && between_capitals())
                || (glued(tokens, at) || at > 0 && glued(tokens, at - 1))
        }
        _ => true,
    }
}

/// Prepositions, conjunctions and number words, in lower case: they stand in clauses rather than in terms.
fn is_clausal(token: &Token) -> bool {
    !token.capital && CLAUSAL.contains(&token.key.as_str())
}

/// Their stems.
const CLAUSAL: &[&str] = &[
    "against", "between", "among", "through", "under", "within", "dure", "toward", "via", "upon", "without", "across",
    "sinc", "becaus", "while", "whether", "howev", "although", "though", "both", "either", "neither", "each", "everi",
    "other", "sever", "mani", "much", "per", "yet", "even", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "thus", "therefor", "accord", "includ", "said", "say",
];

/// The bytes of a stretch of words.
pub(super) fn span(tokens: &[Token], stretch: Stretch) -> std::ops::Range<usize> {
    tokens[stretch.from].word.span.start..tokens[stretch.to - 1].word.span.end
}

/// Without a possessive ending, with the full stop of a dotted abbreviation.
pub(super) fn english_span(cut: &Cut<'_>, stretch: Stretch) -> std::ops::Range<usize> {
    let mut span = span(&cut.english, stretch);
    let text = &cut.unit.english[span.clone()];
    for ending in ["’s", "'s", "’", "'"] {
        if let Some(bare) = text.strip_suffix(ending) {
            span.end = span.start + bare.len();
            return span;
        }
    }
    let last = &cut.unit.english[cut.english[stretch.to - 1].word.span.clone()];
    if last.contains('.')
        && last.chars().all(|c| c.is_uppercase() || c == '.')
        && cut.unit.english[span.end..].starts_with('.')
    {
        span.end += 1;
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{Unit, cut};
    use crate::token::Tokenizer;

    fn shown(chinese_text: &str, english_text: &str) -> (Vec<String>, Vec<String>) {
        let cut = cut(Unit { chinese: chinese_text, english: english_text }, Tokenizer::shared());
        let zh = chinese(&cut)
            .into_iter()
            .map(|s| chinese_text[cut.chinese[s.from].word.span.start..cut.chinese[s.to - 1].word.span.end].to_owned());
        let en = english(&cut)
            .into_iter()
            .map(|s| english_text[cut.english[s.from].word.span.start..cut.english[s.to - 1].word.span.end].to_owned());
        (zh.collect(), en.collect())
    }

    #[test]
    fn prefixes_and_titles_pass() {
        let (zh, en) = shown(
            "“不首先使用”协议和《布达佩斯网络犯罪公约》",
            "a “no-first-use” agreement and the Budapest Convention on Cybercrime",
        );
        assert!(zh.contains(&"不首先使用".to_owned()) && zh.contains(&"布达佩斯网络犯罪公约".to_owned()), "{zh:?}");
        assert!(en.contains(&"no-first-use".to_owned()), "{en:?}");
        assert!(en.contains(&"Budapest Convention on Cybercrime".to_owned()));
    }

    #[test]
    fn suffixes_ordinals_and_long_names_pass_in_both_scripts() {
        for (text, wanted) in [
            ("出席新闻吹风会。", "新闻吹风会"),
            ("出席新聞吹風會。", "新聞吹風會"),
            ("第三届全球网络安全峰会", "第三届全球网络安全峰会"),
            ("约翰·克里", "约翰·克里"),
            ("戴 N95 口罩。", "N95 口罩"),
        ] {
            assert!(shown(text, "").0.contains(&wanted.to_owned()), "{text}");
        }
        let name = "House Foreign Affairs Asia and the Pacific Subcommittee";
        assert!(shown("", name).1.contains(&name.to_owned()));
    }

    #[test]
    fn a_space_keeps_chinese_words_apart_and_a_wide_one_or_a_line_break_any() {
        for text in ["网络 安全", "N95\u{3000}口罩", "COVID\n疫情", "COVID\t疫情"] {
            let (zh, _) = shown(text, "");
            assert_eq!(zh.len(), 2, "{zh:?}");
        }
    }

    #[test]
    fn coordinations_are_cut_but_names_are_not() {
        let (zh, en) = shown(
            "误解和误判",
            "misperceptions and miscalculations at the Center for Strategic and International Studies",
        );
        // Coordinations in Chinese are candidates, for names; ranking lets only names through.
        assert!(zh.contains(&"误解".to_owned()));
        assert!(!en.iter().any(|term| term.starts_with("misperceptions and")));
        assert!(en.contains(&"Center for Strategic and International Studies".to_owned()));
    }
}
