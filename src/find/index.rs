//! A text folded once, with the way back to the text as it stands.

use memchr::memmem::Finder;

use super::fold::{Folds, fold_char, fold_query};
use super::search::{Gather, next};
use super::sieve::Sieve;
use crate::bitext::Document;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::text::{Span, joint, line_ends};

/// A folded text with the way back to the text as it stands.
///
/// It takes about the bytes of the text again, and three more for each character whose fold has another length.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Whole characters of UTF-8.
    folded: Vec<u8>,
    way: Way,
    length: usize,
}

/// How bytes of the folded text lead back: stretches where byte stands against byte, and between them pieces that the
/// fold made longer or shorter, whose inside has no place in the text.
#[derive(Clone, Debug, Default)]
struct Way {
    /// Three numbers for each piece: bytes that stand against each other before it, its length folded, its length in
    /// the text. In base 128, the lowest digits first: nearly all take a byte, where three words took 24.
    steps: Vec<u8>,
    /// Every so many pieces, where to begin reading.
    marks: Vec<Place>,
    /// The end of the last piece.
    end: Place,
    pieces: usize,
}

/// A place between two pieces.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    folded: usize,
    text: usize,
    /// Where the next piece is written in the steps.
    step: usize,
}

/// So many pieces are read at most to find one place.
const MARK_EVERY: usize = 128;

impl Index {
    /// Folds a text that is one paragraph, in any language: a line end stands for nothing between wide characters only.
    pub fn new(text: &str) -> Self {
        let trimmed = text.len() - text.trim_start().len()..text.trim_end().len();
        Self::closing(text, line_ends(text, trimmed), Language::English)
    }

    /// Folds the text of a document; where a line ends within a paragraph stands what [`joint`] says.
    pub fn of(document: &Document) -> Self {
        let text = &document.text;
        Self::closing(text.as_str(), text.wraps(0..text.as_str().len()), document.lang.language())
    }

    /// The same of two documents, at the same time where there are two cores.
    pub fn of_both([one, other]: [&Document; 2]) -> [Self; 2] {
        rayon::join(|| Self::of(one), || Self::of(other)).into()
    }

    /// Folds a text in which white space around a line end may stand for nothing.
    fn closing(text: &str, gaps: impl Iterator<Item = Span>, language: Language) -> Self {
        let closed = |gap: &Span| {
            let around = text[..gap.start].chars().next_back().zip(text[gap.end..].chars().next());
            around.is_some_and(|(before, after)| joint(before, after, language).is_empty())
        };
        Self::folded_at(text, gaps.filter(closed))
    }

    /// Folds a text in which some white space stands for nothing.
    fn folded_at(text: &str, closed: impl Iterator<Item = Span>) -> Self {
        let folds = Folds::shared();
        let bytes = text.as_bytes();
        let mut out = Self { folded: Vec::with_capacity(text.len()), way: Way::default(), length: text.len() };
        let mut at = 0;
        let mut closed = closed.peekable();
        while let Some(&byte) = bytes.get(at) {
            if let Some(gap) = closed.next_if(|gap| gap.start == at) {
                out.way.push(out.folded.len(), 0, at, gap.len());
                at = gap.end;
            } else if is_ascii_blank(byte) {
                at += out.blank(&text[at..]);
            } else if byte.is_ascii() {
                out.folded.push(byte.to_ascii_lowercase());
                at += 1;
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                at += match folds.single(c) {
                    Some(' ') => out.blank(&text[at..]),
                    Some(fold) => out.single(at, c, fold),
                    None => out.several(at, c),
                };
            }
        }
        out.folded.shrink_to_fit();
        out.way.steps.shrink_to_fit();
        out.way.marks.shrink_to_fit();
        out
    }

    /// Folds the white space that `rest` begins with to one blank, so that line ends do not matter. Gives its length.
    fn blank(&mut self, rest: &str) -> usize {
        let single = matches!(rest.as_bytes(), [_, second, ..] if second.is_ascii() && !is_ascii_blank(*second));
        let length = if single { 1 } else { rest.len() - rest.trim_start().len() };
        self.folded.push(b' ');
        if length != 1 {
            self.way.push(self.folded.len() - 1, 1, self.length - rest.len(), length);
        }
        length
    }

    fn single(&mut self, at: usize, c: char, fold: char) -> usize {
        let (length, folded) = (c.len_utf8(), fold.len_utf8());
        self.folded.extend_from_slice(fold.encode_utf8(&mut [0; 4]).as_bytes());
        if length != folded {
            self.way.push(self.folded.len() - folded, folded, at, length);
        }
        length
    }

    fn several(&mut self, at: usize, c: char) -> usize {
        let mut fold = String::new();
        fold_char(c, &mut fold);
        self.folded.extend_from_slice(fold.as_bytes());
        // Even a fold of the same length is a piece when it is several characters, as the three points of `…`.
        if fold.len() != c.len_utf8() || fold.chars().count() != 1 {
            self.way.push(self.folded.len() - fold.len(), fold.len(), at, c.len_utf8());
        }
        c.len_utf8()
    }

    /// All places of `query`, from the start to the end, none overlapping. An empty query is found nowhere.
    pub fn find(&self, query: &str) -> Vec<Span> {
        let folded = fold_query(query);
        let mut gather = Gather::new(usize::MAX, None);
        if !folded.is_empty() {
            // A quiet control cancels nothing.
            let _ = self.search(&Ctl::quiet(), &Finder::new(&folded), &mut gather);
        }
        gather.into_found().hits
    }

    /// Hands every place of a folded query to `gather`.
    pub(super) fn search(&self, ctl: &Ctl, finder: &Finder<'_>, gather: &mut Gather<'_>) -> Result<(), Cancelled> {
        let mut way = Reader::new(&self.way);
        let mut from = 0;
        while let Some(at) = next(ctl, finder, &self.folded, from)? {
            let end = at + finder.needle().len();
            let start = way.back(at, false);
            let taken = gather.offer(start..way.clone().back(end, true));
            if gather.is_over() {
                break;
            }
            // One that was refused may hide one that begins within it.
            from = if taken { end } else { at + 1 };
        }
        Ok(())
    }

    /// Hands places of the first query to `take`, in order, until that has enough, which it says by `false`. Only those
    /// parts are looked through that may hold the other queries as well; places may overlap. The sieve is that of this
    /// index.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn visit(
        &self,
        ctl: &Ctl,
        sieve: &Sieve,
        queries: &[&str],
        mut take: impl FnMut(Span) -> bool,
    ) -> Result<(), Cancelled> {
        let needle = queries.first().map(|query| fold_query(query)).unwrap_or_default();
        if needle.is_empty() {
            return Ok(());
        }
        let finder = Finder::new(&needle);
        let mut way = Reader::new(&self.way);
        for stretch in sieve.stretches(queries) {
            let end = self.folded.len().min(stretch.end + needle.len() - 1);
            let mut from = stretch.start;
            while let Some(at) = next(ctl, &finder, self.folded.get(..end).unwrap_or_default(), from)? {
                let start = way.back(at, false);
                let span = start..way.clone().back(at + needle.len(), true);
                if !span.is_empty() && !take(span) {
                    return Ok(());
                }
                from = at + 1;
            }
        }
        Ok(())
    }

    /// The folded text.
    pub(super) fn folded(&self) -> &[u8] {
        &self.folded
    }

    /// Whether it may have been made of a text: whether that is as long as the one it was made of.
    pub fn fits(&self, text: &str) -> bool {
        self.length == text.len()
    }

    /// The length in bytes of the text that was folded.
    pub(super) fn text_len(&self) -> usize {
        self.length
    }

    /// The memory it takes, in bytes.
    pub fn memory(&self) -> usize {
        self.folded.capacity() + self.way.steps.capacity() + self.way.marks.capacity() * size_of::<Place>()
    }
}

fn is_ascii_blank(byte: u8) -> bool {
    byte == b' ' || (b'\t'..=b'\r').contains(&byte)
}

impl Way {
    /// A piece of the folded text and the piece of the text it comes from, behind all that were pushed before.
    fn push(&mut self, folded: usize, folded_length: usize, text: usize, length: usize) {
        if self.pieces.is_multiple_of(MARK_EVERY) {
            self.marks.push(self.end);
        }
        self.pieces += 1;
        for mut number in [folded - self.end.folded, folded_length, length] {
            while number >= 0x80 {
                self.steps.push(low(number) | 0x80);
                number >>= 7;
            }
            self.steps.push(low(number));
        }
        self.end = Place { folded: folded + folded_length, text: text + length, step: self.steps.len() };
    }
}

fn low(number: usize) -> u8 {
    u8::try_from(number & 0x7F).expect("seven bits")
}

/// Reads a way from the front to the back.
#[derive(Clone)]
struct Reader<'a> {
    way: &'a Way,
    at: Place,
    /// The piece behind `at`: where it begins, folded and in the text, and where it ends.
    piece: Option<(usize, usize, Place)>,
}

impl<'a> Reader<'a> {
    fn new(way: &'a Way) -> Self {
        let mut out = Self { way, at: Place::default(), piece: None };
        out.read();
        out
    }

    fn read(&mut self) {
        let mut step = self.at.step;
        let mut number = || {
            let mut out = 0;
            let mut shift = 0;
            while let Some(&byte) = self.way.steps.get(step) {
                step += 1;
                out |= usize::from(byte & 0x7F) << shift;
                shift += 7;
                if byte < 0x80 {
                    return Some(out);
                }
            }
            None
        };
        self.piece = (|| Some((number()?, number()?, number()?)))().map(|(same, folded, text)| {
            let (start, text_start) = (self.at.folded + same, self.at.text + same);
            (start, text_start, Place { folded: start + folded, text: text_start + text, step })
        });
    }

    /// Where in the text a hit begins or ends that begins or ends at a byte of the folded text, not before the last
    /// one asked for.
    fn back(&mut self, folded: usize, is_end: bool) -> usize {
        let mark = self.way.marks.partition_point(|mark| mark.folded <= folded);
        if let Some(&mark) = mark.checked_sub(1).and_then(|last| self.way.marks.get(last))
            && mark.step > self.at.step
        {
            self.at = mark;
            self.read();
        }
        while let Some((start, text, end)) = self.piece {
            if folded < start || (is_end && folded == start) {
                break;
            }
            if folded < end.folded || (is_end && folded == end.folded) {
                return if is_end { end.text } else { text };
            }
            self.at = end;
            self.read();
        }
        self.at.text + folded - self.at.folded
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::{Format, read_str};
    use crate::lang::Lang;
    use crate::text::{Text, unwrapped};

    fn chinese(text: &Text) -> Document {
        Document::new("zh", Lang::of(Language::Chinese), text.clone(), Vec::new())
    }

    fn found<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        Index::new(text).find(query).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn case_width_and_script_are_forgiven() {
        assert_eq!(found("The CSIS and ＣＳＩＳ, csis.", "csis"), ["CSIS", "ＣＳＩＳ", "csis"]);
        assert_eq!(found("網絡空間與网络空间", "网络空间"), ["網絡空間", "网络空间"]);
        assert_eq!(found("“no-first-use”\n agreement", "use\" agree"), ["use”\n agree"]);
        assert_eq!(found("ﬁnal ½ İstanbul", "final"), ["ﬁnal"]);
        assert!(found("text", "  ").is_empty());
    }

    #[test]
    fn a_piece_of_one_character_is_the_character_once() {
        assert_eq!(found("他说……好。", "."), ["…", "…"]);
        assert_eq!(found("oﬀ", "f"), ["ﬀ"]);
        assert_eq!(found("a \u{3000}\r\n b  ", "A b"), ["a \u{3000}\r\n b"]);
    }

    #[test]
    fn places_far_behind_many_pieces_are_right() {
        let text = format!("{}end", "甲，乙。".repeat(10_000));
        assert_eq!(found(&text, "END"), ["end"]);
        let spans = Index::new(&text).find("，乙");
        assert_eq!(spans.len(), 10_000);
        assert!(spans.iter().all(|span| &text[span.clone()] == "，乙"));
        assert!(Index::new(&text).memory() < text.len() * 3 / 2);
    }

    #[test]
    fn a_line_end_within_chinese_stands_for_nothing_and_elsewhere_for_a_blank() {
        let content = "　　发展人工\r\n智能和AI\n产业，deep\nlearning。\n\n　　人工\n\n　　智能";
        let text = read_str(content, Format::Markdown).unwrap();
        let index = Index::of(&chinese(&text));
        for (query, hits) in [
            ("人工智能", &["人工\r\n智能"][..]),
            ("智能", &["智能", "智能"]),
            ("人工", &["人工", "人工"]),
            ("AI产业，deep learning", &["AI\n产业，deep\nlearning"]),
            ("人工\n智能", &["人工\r\n智能"]),
        ] {
            let found: Vec<&str> = index.find(query).into_iter().map(|span| &content[span]).collect();
            assert_eq!(found, hits, "{query}");
        }
    }

    proptest! {
        #[test]
        fn every_piece_of_a_wrapped_text_is_found(content in "[网a。“ \n]{1,30}", from in 0_usize..30, length in 1_usize..6) {
            if let Ok(text) = read_str(&content, Format::Markdown) {
                let index = Index::of(&chinese(&text));
                let piece: String = content.chars().skip(from).take(length).collect();
                let lines = unwrapped(&piece, Language::Chinese);
                // What stands across paragraphs is not found as one.
                let one = text.blocks().len() == 1;
                if one && !lines.is_empty() && !piece.contains("\n ") && !piece.contains(" \n") {
                    prop_assert!(!index.find(&lines).is_empty(), "{lines:?}");
                }
                for span in index.find(&lines) {
                    prop_assert!(content.get(span).is_some_and(|hit| hit.starts_with(|c: char| !c.is_whitespace())));
                }
            }
        }

        #[test]
        fn hits_are_pieces_of_the_text(text in "[a-cA-C ﬁＡ網网İ\n½…\u{300}]{0,30}", query in "[a-cﬁa网. ]{1,3}") {
            let mut last = 0;
            for span in Index::new(&text).find(&query) {
                prop_assert!(span.start >= last);
                last = span.end;
                prop_assert!(text.get(span).is_some_and(|piece| !piece.is_empty()));
            }
        }

        #[test]
        fn every_piece_is_found(text in "[a-cA-C ＡＢ網网\n]{1,30}", from in 0_usize..30, length in 1_usize..5) {
            let piece: String = text.chars().skip(from).take(length).collect();
            if !piece.trim().is_empty() {
                prop_assert!(!Index::new(&text).find(piece.trim()).is_empty());
            }
        }

        #[test]
        fn any_piece_of_any_text_is_found(text in "\\PC{1,40}", from in 0_usize..40, length in 1_usize..5) {
            let piece: String = text.chars().skip(from).take(length).collect();
            if !fold_query(&piece).is_empty() {
                prop_assert!(!Index::new(&text).find(&piece).is_empty());
            }
        }
    }
}
