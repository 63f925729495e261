//! Stretches of words that may be a term.

use super::{Cut, Token};
use crate::token::WordKind;

/// Most words of a Chinese candidate, and of an English one.
const MOST_ZH: usize = 8;
const MOST_EN: usize = 7;
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
    for from in 0..tokens.len() {
        if !may_begin_zh(&tokens[from]) {
            continue;
        }
        if tokens[from].tag == "m" && tokens.get(from + 1).is_none_or(|next| next.tag == "q") {
            continue;
        }
        for to in from + 1..=tokens.len().min(from + MOST_ZH) {
            let last = &tokens[to - 1];
            if !may_be_inside_zh(last, from + 1 == to) {
                break;
            }
            let text = &cut.unit.chinese[tokens[from].word.span.start..last.word.span.end];
            if may_end_zh(last) && (text.chars().count() >= 2) && !out.contains(&Stretch { from, to }) {
                out.push(Stretch { from, to });
            }
        }
    }
    out
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

fn may_begin_zh(token: &Token) -> bool {
    !token.function
        && token.word.kind != WordKind::Number
        && !BAD_EDGE.contains(&token.key.as_str())
        && !matches!(token.tag, "r" | "c" | "p" | "u" | "uj" | "y" | "q")
        || matches!(token.key.as_str(), "不" | "非" | "无" | "反")
}

fn may_end_zh(token: &Token) -> bool {
    !token.function
        && token.word.kind != WordKind::Number
        && !BAD_EDGE.contains(&token.key.as_str())
        && !matches!(token.tag, "m" | "r" | "c" | "p" | "u" | "uj" | "f" | "y" | "d")
}

fn may_be_inside_zh(token: &Token, first: bool) -> bool {
    // A number or measure word within is a phrase: 提出三项建议.
    if !first && matches!(token.tag, "m" | "q") && token.word.kind == WordKind::Han {
        return false;
    }
    if token.word.kind == WordKind::Mark {
        return !first && matches!(token.key.as_str(), "·" | "-" | "/");
    }
    !token.function
        || (!first && matches!(token.key.as_str(), "的" | "不" | "中" | "对" | "于" | "与" | "和"))
        || matches!(token.key.as_str(), "不" | "非" | "无" | "反")
}

/// Words that stand at the edge of no term.
const BAD_EDGE: &[&str] = &[
    "双方", "此外", "因此", "其中", "目前", "今后", "问题", "方面", "包括", "认为", "指出", "表示", "强调", "进行",
    "开展", "通过", "应该", "应当", "必须", "需要", "能够", "可能", "可以", "已经", "正在", "关于", "有关", "相关",
    "之间", "以来", "由于", "因而", "同时", "其他", "一些", "若干", "几个", "多次", "一项", "一个", "这种", "该", "本",
    "有", "是", "为",
];

/// The English candidates of a unit.
pub(super) fn english(cut: &Cut<'_>) -> Vec<Stretch> {
    let tokens = &cut.english;
    let mut out = Vec::new();
    for from in 0..tokens.len() {
        if !may_begin_en(tokens, from) {
            continue;
        }
        let mut words = 0;
        for to in from + 1..=tokens.len() {
            let at = to - 1;
            if !may_be_inside_en(cut, from, at) {
                break;
            }
            words += usize::from(tokens[at].word.kind != WordKind::Mark);
            if words > MOST_EN {
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

fn is_hyphen(token: &Token) -> bool {
    matches!(token.key.as_str(), "-" | "‐" | "‑")
}

fn may_begin_en(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let prefix =
        matches!(token.key.as_str(), "no" | "non") && glued(tokens, at) && tokens.get(at + 1).is_some_and(is_hyphen);
    let after_hyphen = at > 0 && is_hyphen(&tokens[at - 1]) && glued(tokens, at - 1);
    if after_hyphen {
        return false;
    }
    // New Delhi, First Committee: part of a name.
    let name = token.capital && at > 0 && tokens.get(at + 1).is_some_and(|next| next.capital);
    let edge = EDGE_EN.contains(&token.key.as_str()) && !name;
    prefix
        || (token.word.kind == WordKind::Letters && !token.function && !edge)
        || (token.word.kind == WordKind::Number && glued(tokens, at))
}

fn may_end_en(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    // What a hyphen ties to the word before it is part of that word: no-first-use.
    let tied = at > 0 && is_hyphen(&tokens[at - 1]) && glued(tokens, at - 1);
    let edge = token.function || EDGE_EN.contains(&token.key.as_str());
    (token.word.kind == WordKind::Letters && (tied || !edge)) || token.word.kind == WordKind::Number
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
        WordKind::Letters
            if !token.capital && [COUNTING, CLAUSAL].iter().any(|list| list.contains(&token.key.as_str())) =>
        {
            false
        }
        WordKind::Letters if token.function => {
            at == from
                || matches!(
                    token.key.as_str(),
                    "of" | "the" | "for" | "on" | "in" | "to" | "no" | "by" | "from" | "at" | "with"
                )
                || (matches!(token.key.as_str(), "and") && between_capitals())
                || (glued(tokens, at) || at > 0 && glued(tokens, at - 1))
        }
        _ => true,
    }
}

/// Prepositions that stand in clauses rather than in terms.
const CLAUSAL: &[&str] =
    &["against", "between", "among", "through", "under", "within", "dure", "toward", "via", "upon", "without"];

/// Stems of number words: a phrase with a count is no term, unless it is a name.
const COUNTING: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "sever", "mani"];

/// Stems of words that stand at the edge of no term.
const EDGE_EN: &[&str] = &[
    "mani",
    "sever",
    "other",
    "new",
    "last",
    "next",
    "first",
    "second",
    "same",
    "each",
    "everi",
    "certain",
    "various",
    "includ",
    "base",
    "due",
    "per",
    "today",
    "yesterday",
    "year",
    "month",
    "day",
    "week",
    "howev",
    "accord",
    "within",
    "dure",
    "between",
    "among",
    "through",
    "under",
    "sinc",
    "becaus",
    "while",
    "still",
    "yet",
    "even",
    "further",
    "much",
    "less",
    "least",
    "continu",
    "remain",
    "said",
    "say",
    "make",
    "take",
    "also",
    "therefor",
    "thus",
    "addit",
    "believ",
    "two",
    "three",
    "four",
    "five",
    "six",
    "number",
    "rang",
    "such",
    "way",
    "thing",
    "seek",
    "suggest",
    "note",
    "discuss",
    "propos",
    "agre",
    "point",
    "should",
    "would",
    "toward",
    "without",
    "whether",
    "both",
    "upon",
    "across",
    "against",
    "not",
    "like",
    "use",
    "give",
    "need",
    "requir",
    "provid",
    "becom",
    "come",
    "go",
    "get",
    "look",
    "see",
    "know",
    "think",
    "want",
    "increas",
    "reduc",
    "relat",
    "exist",
    "respect",
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

    fn shown(chinese_text: &str, english_text: &str) -> (Vec<String>, Vec<String>) {
        let cut = cut(Unit { chinese: chinese_text, english: english_text });
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
