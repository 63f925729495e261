//! Whether a hit is made of whole words.

use unicode_segmentation::UnicodeSegmentation as _;

use super::search::Haystack;
use crate::lang::Language;
use crate::text::Span;
use crate::token::Tokenizer;

/// The longest segment that is cut as a whole, in bytes, and the steps by which longer ones are cut, each step with its
/// neighbours: words are told by what stands near.
const STEP: usize = 2048;

/// Knows the bounds of words around the places it is asked for, which come in order.
pub(super) struct Words<'a> {
    haystack: Haystack<'a>,
    /// The piece that was cut last.
    piece: Span,
    /// The starts of its words in order and of what lies between, as bytes of the text.
    bounds: Vec<usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(haystack: Haystack<'a>) -> Self {
        Self { haystack, piece: 0..0, bounds: Vec::new() }
    }

    /// Whether both ends of a hit are bounds of words.
    pub(super) fn is_whole(&mut self, hit: &Span) -> bool {
        self.is_bound(hit.start) && self.is_bound(hit.end)
    }

    fn is_bound(&mut self, at: usize) -> bool {
        let segment = self.segment(at);
        if at <= segment.start || at >= segment.end {
            return true;
        }
        let piece = self.piece_of(&segment, at);
        if piece != self.piece {
            self.cut(piece);
        }
        self.bounds.binary_search(&at).is_ok()
    }

    /// The segment, or where there are none the line, that holds a byte.
    fn segment(&self, at: usize) -> Span {
        let Haystack { text, segments, .. } = self.haystack;
        let next = segments.partition_point(|segment| segment.span.start <= at);
        if let Some(segment) = next.checked_sub(1).and_then(|last| segments.get(last)) {
            return segment.span.start..segment.span.end.min(text.len());
        }
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        start..memchr::memchr(b'\n', &bytes[at..]).map_or(text.len(), |length| at + length)
    }

    /// What to cut so as to know a byte of a segment: the segment, or a part of one that is long.
    fn piece_of(&self, segment: &Span, at: usize) -> Span {
        if segment.len() <= 2 * STEP {
            return segment.clone();
        }
        let step = segment.start + (at - segment.start) / STEP * STEP;
        let start = segment.start.max(step.saturating_sub(STEP));
        let end = segment.end.min(step + 2 * STEP);
        self.haystack.text.floor_char_boundary(start)..self.haystack.text.floor_char_boundary(end)
    }

    fn cut(&mut self, piece: Span) {
        let text = self.haystack.text.get(piece.clone()).unwrap_or_default();
        self.bounds.clear();
        if self.haystack.language == Language::Chinese {
            // White space is no word, so that words may end where none begins.
            let words = Tokenizer::shared().words(text, Language::Chinese);
            self.bounds.extend(words.iter().flat_map(|word| [word.span.start, word.span.end]));
            let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace());
            self.bounds.extend(blanks.flat_map(|(at, c)| [at, at + c.len_utf8()]));
            self.bounds.sort_unstable();
            self.bounds.dedup();
        } else {
            self.bounds.extend(text.split_word_bound_indices().map(|(at, _)| at));
        }
        for bound in &mut self.bounds {
            *bound += piece.start;
        }
        self.bounds.push(piece.end);
        self.piece = piece;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Segment;

    fn whole(text: &str, language: Language, segments: &[Segment], piece: &str) -> Vec<bool> {
        let mut words = Words::new(Haystack::new(text, language, segments));
        text.match_indices(piece).map(|(at, found)| words.is_whole(&(at..at + found.len()))).collect()
    }

    #[test]
    fn english_words_are_those_of_unicode() {
        assert_eq!(whole("can't can cannot\ncan", Language::English, &[], "can"), [false, true, false, true]);
        assert_eq!(whole("no-first-use", Language::English, &[], "first"), [true]);
    }

    #[test]
    fn chinese_words_are_cut_within_their_segment() {
        let text = "国际法适用。国家 的主权";
        assert_eq!(whole(text, Language::Chinese, &[], "国际法"), [true]);
        assert_eq!(whole(text, Language::Chinese, &[], "法"), [false]);
        assert_eq!(whole(text, Language::Chinese, &[], "国家 的"), [true]);
        // A segment that ends within a word ends the word.
        let segments = [Segment { id: 0, span: 0..6, block: 0 }, Segment { id: 1, span: 6..text.len(), block: 0 }];
        assert_eq!(whole(text, Language::Chinese, &segments, "法"), [true]);
    }

    #[test]
    fn a_long_line_is_cut_piece_by_piece() {
        let text = "国家的主权，".repeat(5000);
        assert!(whole(&text, Language::Chinese, &[], "主权").into_iter().all(|whole| whole));
        assert!(whole(&text, Language::Chinese, &[], "权").into_iter().all(|whole| !whole));
    }
}
