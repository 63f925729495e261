//! Looking for a pattern: which hits there are, how many are wanted, when to stop.

use memchr::memmem::Finder;

use super::expression::Expression;
use super::index::Index;
use super::pattern::{Matcher, Pattern};
use super::words::Words;
use crate::bitext::{Document, Segment};
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::text::Span;

/// So many bytes are looked through between two questions whether to go on.
const BLOCK: usize = 64 << 10;

/// A text to look in, with what it takes to know its words.
#[derive(Clone, Copy, Debug)]
pub struct Haystack<'a> {
    /// The text as it stands.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// Its segments, tiling it, within which words are cut; none: words are cut within lines.
    pub segments: &'a [Segment],
}

impl<'a> Haystack<'a> {
    /// Joins the three.
    pub fn new(text: &'a str, language: Language, segments: &'a [Segment]) -> Self {
        Self { text, language, segments }
    }
}

impl<'a> From<&'a Document> for Haystack<'a> {
    fn from(document: &'a Document) -> Self {
        Self::new(document.text.as_str(), document.lang.language(), &document.segments)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Pieces of the text as it stands, in order, none empty, none overlapping another.
    pub hits: Vec<Span>,
    /// There are more hits than were asked for.
    pub more: bool,
}

impl Index {
    /// The first `most` hits of a pattern in the text that this index was made of.
    ///
    /// Plain text takes time in proportion to the text and the hits. So does an expression, except one that looks far
    /// ahead for each of its hits, as `(?s)a.*b|a` does.
    /// In another text than its own the index finds nothing, except exact text and expressions, which do not need it.
    ///
    /// # Errors
    /// [`Cancelled`]: asked for at every hit and after every 64 KB. A line longer than that is searched as a whole by an
    /// expression, and so is the whole text up to the next hit by one that may reach over line ends.
    pub fn find_all(
        &self,
        ctl: &Ctl,
        pattern: &Pattern,
        haystack: &Haystack<'_>,
        most: usize,
    ) -> Result<Found, Cancelled> {
        let words = pattern.whole_word.then(|| Words::new(*haystack));
        let mut gather = Gather::new(most, words);
        match &pattern.matcher {
            Matcher::Folded(finder) if haystack.text.len() == self.text_len() => {
                gather.text = Some(haystack.text);
                self.search(ctl, finder, &mut gather)?;
            }
            Matcher::Nothing | Matcher::Folded(_) => {}
            Matcher::Exact(finder) => exact(ctl, finder, haystack.text, &mut gather)?,
            Matcher::Expression(expression) => matches(ctl, expression, haystack.text, &mut gather)?,
        }
        Ok(gather.into_found())
    }
}

/// Takes hits as they come until there are enough.
pub(super) struct Gather<'a> {
    found: Found,
    most: usize,
    words: Option<Words<'a>>,
    /// To keep hits out that are no pieces of this text.
    text: Option<&'a str>,
}

impl<'a> Gather<'a> {
    /// For so many hits, of whole words only if it is told how to know them.
    pub(super) fn new(most: usize, words: Option<Words<'a>>) -> Self {
        Self { found: Found::default(), most, words, text: None }
    }

    /// Whether a hit is one: not empty, behind the last, a whole word if that is asked for.
    pub(super) fn offer(&mut self, hit: Span) -> bool {
        let behind = self.found.hits.last().is_none_or(|last| last.end <= hit.start);
        let taken = hit.start < hit.end
            && behind
            && self.text.is_none_or(|text| text.is_char_boundary(hit.start) && text.is_char_boundary(hit.end))
            && self.words.as_mut().is_none_or(|words| words.is_whole(&hit));
        if taken {
            if self.found.hits.len() < self.most {
                self.found.hits.push(hit);
            } else {
                self.found.more = true;
            }
        }
        taken
    }

    /// Whether one more than are wanted was found.
    pub(super) fn is_over(&self) -> bool {
        self.found.more
    }

    pub(super) fn into_found(self) -> Found {
        self.found
    }
}

/// The next place of plain bytes.
pub(super) fn next(
    ctl: &Ctl,
    finder: &Finder<'_>,
    haystack: &[u8],
    mut from: usize,
) -> Result<Option<usize>, Cancelled> {
    let length = finder.needle().len();
    loop {
        ctl.check()?;
        // Blocks overlap, so that a hit across their border lies within one.
        let end = haystack.len().min(from + BLOCK.max(length) + length.saturating_sub(1));
        let Some(block) = haystack.get(from..end).filter(|block| block.len() >= length) else { return Ok(None) };
        if let Some(at) = finder.find(block) {
            return Ok(Some(from + at));
        }
        if end == haystack.len() {
            return Ok(None);
        }
        from = end + 1 - length;
    }
}

fn exact(ctl: &Ctl, finder: &Finder<'_>, text: &str, gather: &mut Gather<'_>) -> Result<(), Cancelled> {
    let mut from = 0;
    while let Some(at) = next(ctl, finder, text.as_bytes(), from)? {
        let end = at + finder.needle().len();
        from = if gather.offer(at..end) { end } else { at + 1 };
        if gather.is_over() {
            break;
        }
    }
    Ok(())
}

fn matches(ctl: &Ctl, expression: &Expression, text: &str, gather: &mut Gather<'_>) -> Result<(), Cancelled> {
    let mut from = 0;
    let mut end = block_end(expression, text, 0);
    while !gather.is_over() {
        ctl.check()?;
        // What stands before a block is still seen by `\b` and `^`. What comes behind does not matter: a block ends
        // behind a line end, and no hit reaches over that.
        match expression.regex().find_at(&text[..end], from) {
            Some(hit) if !hit.is_empty() => {
                gather.offer(hit.range());
                from = hit.end();
            }
            Some(empty) if empty.end() < end => {
                from = empty.end() + text[empty.end()..].chars().next().map_or(1, char::len_utf8);
            }
            _ if end == text.len() => break,
            _ => {
                from = end;
                end = block_end(expression, text, end);
            }
        }
    }
    Ok(())
}

/// Where to stop and ask whether to go on: behind a line end, if the expression stops there too.
fn block_end(expression: &Expression, text: &str, from: usize) -> usize {
    if expression.crosses_lines() {
        return text.len();
    }
    let bytes = text.as_bytes();
    let rest = bytes.get(from + BLOCK..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |at| from + BLOCK + at + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use proptest::prelude::*;

    use super::*;
    use crate::find::Options;

    const PLAIN: Options = Options { regex: false, whole_word: false, exact: false };
    const EXACT: Options = Options { exact: true, ..PLAIN };
    const WORD: Options = Options { whole_word: true, ..PLAIN };
    const REGEX: Options = Options { regex: true, ..PLAIN };
    const REGEX_EXACT: Options = Options { exact: true, ..REGEX };
    const REGEX_WORD: Options = Options { whole_word: true, ..REGEX };

    fn found(text: &str, language: Language, query: &str, options: Options) -> Vec<String> {
        let pattern = Pattern::new(query, options).expect("a good pattern");
        let haystack = Haystack::new(text, language, &[]);
        let found = Index::new(text).find_all(&Ctl::quiet(), &pattern, &haystack, 1000).expect("not cancelled");
        assert!(!found.more);
        found.hits.into_iter().map(|hit| text[hit].to_owned()).collect()
    }

    #[test]
    fn english_by_every_option() {
        let find = |text, query, options| found(text, Language::English, query, options);
        assert_eq!(find("Law, ＬＡＷ, lawful", "law", PLAIN), ["Law", "ＬＡＷ", "law"]);
        assert_eq!(find("Law, ＬＡＷ, lawful", "law", EXACT), ["law"]);
        assert_eq!(find("Law, ＬＡＷ, lawful", "law", WORD), ["Law", "ＬＡＷ"]);
        assert_eq!(find("the “rule” it’s", "\"rule\" it's", PLAIN), ["“rule” it’s"]);
        assert!(find("the “rule”", "\"rule\"", EXACT).is_empty());
        assert!(find("it’s", "it", WORD).is_empty());
        assert_eq!(find("a.b a+b", "a.b", PLAIN), ["a.b"]);
        assert_eq!(find("Law, ＬＡＷ, lawful", "l.w", REGEX), ["Law", "ＬＡＷ", "law"]);
        assert_eq!(find("Law, ＬＡＷ, lawful", "l.w", REGEX_EXACT), ["law"]);
        assert_eq!(find("Law, ＬＡＷ, lawful", "l.w", REGEX_WORD), ["Law", "ＬＡＷ"]);
        assert_eq!(find("Law law", "(?-i)law", REGEX), ["law"]);
        assert_eq!(find("“a” (b）", r#""\w" \(\w\)"#, REGEX), ["“a” (b）"]);
        assert_eq!(find("x-x x–x xax", "x[a-]x", REGEX), ["x-x", "x–x", "xax"]);
        assert!(find("abc", "x*", REGEX).is_empty());
        assert_eq!(find("baac", "a*", REGEX), ["aa"]);
        assert_eq!(find("aaaa", "aa", PLAIN), ["aa", "aa"]);
        for options in [PLAIN, EXACT, WORD, REGEX] {
            assert!(find("text", "", options).is_empty());
        }
    }

    #[test]
    fn chinese_by_every_option() {
        let find = |text, query, options| found(text, Language::Chinese, query, options);
        assert_eq!(find("網絡與网络", "网络", PLAIN), ["網絡", "网络"]);
        assert_eq!(find("網絡與网络", "網絡", PLAIN), ["網絡", "网络"]);
        assert_eq!(find("網絡與网络", "网络", EXACT), ["网络"]);
        assert_eq!(find("網[絡]與网络", "网.?(络|[絡])", REGEX), ["網[絡", "网络"]);
        assert_eq!(find("網絡與网络", "网[络]", REGEX), ["網絡", "网络"]);
        assert_eq!(find("網絡與网络", "网[络]", REGEX_EXACT), ["网络"]);
        assert_eq!(find("第12条，第１３条", "第[0-9]+条", REGEX), ["第12条", "第１３条"]);
        assert_eq!(find("国家,国家，", "国家，", PLAIN), ["国家,", "国家，"]);
        // A word is what the tokenizer cuts, in either script.
        assert!(find("国家的主权", "国", WORD).is_empty());
        assert_eq!(find("国家的主权，國家", "国家", WORD), ["国家", "國家"]);
        assert_eq!(find("国家的主权", "的", WORD), ["的"]);
        assert_eq!(find("目的的确定", "的", PLAIN).len(), 2);
        assert!(find("目的，的确", "的", WORD).is_empty());
        assert_eq!(find("国家的主权", "家的|国家的", REGEX_WORD), ["国家的"]);
    }

    #[test]
    fn an_expression_stays_within_a_line_unless_it_says_otherwise() {
        let find = |query| found("ab\r\ncd", Language::English, query, REGEX);
        assert_eq!(find(r"b\s*c"), [""; 0]);
        assert_eq!(find(r"[^x]+"), ["ab", "cd"]);
        assert_eq!(find(r"\p{Any}+"), ["ab", "cd"]);
        assert_eq!(find(r".+"), ["ab", "cd"]);
        assert_eq!(find(r"^.|.$"), ["a", "b", "c", "d"]);
        assert_eq!(find(r"\A.|.\z"), ["a", "d"]);
        assert_eq!(find(r"b\r\nc"), ["b\r\nc"]);
        assert_eq!(find(r"b[\s\n]*c"), ["b\r\nc"]);
        assert_eq!(find(r"(?s)b.*c"), ["b\r\nc"]);
    }

    #[test]
    fn hits_beyond_the_wanted_are_only_told_of() {
        let text = "的".repeat(100_000);
        for options in [PLAIN, EXACT, REGEX] {
            let pattern = Pattern::new("的", options).expect("a good pattern");
            let haystack = Haystack::new(&text, Language::Chinese, &[]);
            let found = |most| Index::new(&text).find_all(&Ctl::quiet(), &pattern, &haystack, most).expect("quiet");
            assert_eq!(found(2), Found { hits: vec![0..3, 3..6], more: true });
            assert_eq!((found(100_000).hits.len(), found(100_000).more), (100_000, false));
        }
    }

    #[test]
    fn hits_across_blocks_are_found() {
        for shift in 0..5 {
            let filling = "x".repeat(BLOCK - shift);
            let text = format!("{filling}网络\n{filling}网络\n");
            for options in [PLAIN, EXACT, REGEX] {
                assert_eq!(found(&text, Language::Chinese, "网络", options).len(), 2, "{shift}");
            }
        }
    }

    #[test]
    fn searching_stops_when_cancelled() {
        let flag = Arc::new(AtomicBool::new(true));
        let ctl = Ctl::new(flag, |_| {});
        let text = "line\n".repeat(30_000);
        for options in [PLAIN, EXACT, REGEX, WORD] {
            let pattern = Pattern::new("absent", options).expect("a good pattern");
            let haystack = Haystack::new(&text, Language::English, &[]);
            assert_eq!(Index::new(&text).find_all(&ctl, &pattern, &haystack, 9), Err(Cancelled));
        }
    }

    fn options() -> impl Strategy<Value = Options> {
        (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(regex, whole_word, exact)| Options {
            regex,
            whole_word,
            exact,
        })
    }

    proptest! {
        #[test]
        fn hits_are_pieces_in_order(
            text in "[abcＡB 網网\n½…，.\u{300}]{0,40}", query in r"[ab网.*+?|()\[\]\\ws^$n-]{0,8}", options in options(),
        ) {
            if let Ok(pattern) = Pattern::new(&query, options) {
                let haystack = Haystack::new(&text, Language::Chinese, &[]);
                let found = Index::new(&text).find_all(&Ctl::quiet(), &pattern, &haystack, 20).expect("quiet");
                let mut last = 0;
                for hit in found.hits {
                    prop_assert!(hit.start >= last && hit.start < hit.end);
                    last = hit.end;
                    prop_assert!(text.get(hit).is_some());
                }
            }
        }

        #[test]
        fn no_query_and_text_panic(text in "\\PC{0,40}", query in "\\PC{0,20}", options in options()) {
            if let Ok(pattern) = Pattern::new(&query, options) {
                let haystack = Haystack::new(&text, Language::English, &[]);
                let _ = Index::new(&text).find_all(&Ctl::quiet(), &pattern, &haystack, 20);
            }
        }

        #[test]
        fn what_an_escaped_expression_finds_exact_text_finds(text in "[ab网網.]{0,30}", query in "[ab网.]{1,3}") {
            let plain = found(&text, Language::Chinese, &query, EXACT);
            prop_assert_eq!(plain, found(&text, Language::Chinese, &regex::escape(&query), REGEX_EXACT));
        }
    }
}
