//! [`Text`] in, segments out: sentences, headings and list items.
//!
//! Blocks are always cut apart; within a block Chinese goes through a scanner of its own, every other language through
//! the sentence boundaries of UAX 29 with a layer for brackets, initials and list markers, English with abbreviations
//! and ellipses besides. Thai marks no ends of sentences and is cut into blocks only.
//! A note mark belongs to the sentence before it, and no sentence ends within the target of a link.
//! Segments tile the text: joined again they give it back byte for byte. Segmenting cannot fail.

mod boundaries;
mod chinese;
mod dots;
mod english;
mod markers;
mod notes;
mod other;
mod quotes;
mod saying;

use crate::bitext::Segment;
use crate::lang::Language;
use crate::text::targets::targets;
use crate::text::{Block, BlockKind, Text};

/// LINE SEPARATOR and PARAGRAPH SEPARATOR.
const PARTING: [char; 2] = ['\u{2028}', '\u{2029}'];

/// Cuts `text` into segments.
pub fn segment(text: &Text, language: Language) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |span, block| segments.push(Segment { id: segments.len() as u64, span, block });
    for (index, block) in text.blocks().iter().enumerate() {
        // Marks of the format around the content belong to the first and the last segment.
        let inner = &text.as_str()[block.content.clone()];
        let ends = if block.kind == BlockKind::Verbatim { Vec::new() } else { ends(inner, language) };
        let mut start = block.span.start;
        for end in ends {
            let (piece, rest) = (&inner[..end], &inner[end..]);
            let from = start.saturating_sub(block.content.start);
            // A piece without a visible character is no segment: it joins its neighbour.
            if !piece[from..].trim().is_empty() && !rest.trim().is_empty() {
                push(start..block.content.start + end, index);
                start = block.content.start + end;
            }
        }
        push(start..block.span.end, index);
    }
    segments
}

/// Where sentences end within the content of a block: not within the target of a link, and always at the signs that part
/// lines and paragraphs.
fn ends(block: &str, language: Language) -> Vec<usize> {
    let mut out = Vec::new();
    let mut start = 0;
    for part in block.split_inclusive(PARTING) {
        let targets = targets(part);
        let inside = |end: usize| {
            let target = targets.partition_point(|target| target.start < end).checked_sub(1);
            target.is_some_and(|at| end < targets[at].end)
        };
        let ends = match language {
            Language::Chinese => chinese::ends(part),
            Language::English => english::ends(part),
            _ => other::ends(part),
        };
        out.extend(ends.into_iter().filter(|&end| end < part.len() && !inside(end)).map(|end| start + end));
        start += part.len();
        out.push(start);
    }
    out
}

/// One segment a block, for input that is cut already.
pub fn one_per_block(text: &Text) -> Vec<Segment> {
    let whole = |(block, b): (usize, &Block)| Segment { id: block as u64, span: b.span.clone(), block };
    text.blocks().iter().enumerate().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::{Format, read_str};

    /// `‖` marks the cuts; the text without them must be cut just there.
    pub(super) fn check(language: Language, cases: &[&str]) {
        let mut wrong = Vec::new();
        for case in cases {
            let got = cut(language, &case.replace('‖', ""));
            if got != *case {
                wrong.push(format!("want {case}\n got {got}"));
            }
        }
        assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    }

    fn cut(language: Language, text: &str) -> String {
        let mut out = String::new();
        let mut start = 0;
        for end in ends(text, language).into_iter().filter(|&end| end < text.len()) {
            out += &text[start..end];
            out.push('‖');
            start = end;
        }
        out + &text[start..]
    }

    #[test]
    fn signs_that_part_lines_and_paragraphs_part_sentences_in_every_language() {
        for language in Language::KNOWN {
            check(language, &["one two\u{2028}‖three (four\u{2029}‖five) six.\u{2029}‖seven"]);
        }
        check(Language::Chinese, &["一，二\u{2028}‖“三\u{2029}‖四。”‖五"]);
    }

    #[test]
    fn no_sentence_ends_within_a_target() {
        check(
            Language::Chinese,
            &[
                "它有[港口](http://a.b/c。d！e \"一。二。\")。‖完了。",
                "见<http://a.b/c?d>。‖好。",
                "[城市重建了。](http://a.b)‖它有港口。",
            ],
        );
        let latin = &[
            "It has [a port](http://a.b/c.D?E!F \"Map. Of it.\"). ‖That is all.",
            "See http://a.b/c?D=e!F for it. ‖That is all.",
            "[It was rebuilt.](http://a.b/c) ‖It has a port.",
        ];
        check(Language::English, latin);
        check(Language::French, latin);
    }

    proptest! {
        #[test]
        fn segments_tile_any_text(
            content in "[ \n\ta-zA-Z0-9.,!?;:()\\[\\]^*_<>/\\\\\"'“”‘’…—•†⁴①\\-\u{2028}\u{2029}．【】〔〕\u{3000}-\u{3011}你好中国的说道一二（）《》。！？；：，、「」\u{fffd}é😀]{0,120}",
            language in prop::sample::select(&[Language::Chinese, Language::English, Language::French]),
            markdown in any::<bool>(),
        ) {
            let format = if markdown { Format::Markdown } else { Format::Plain };
            if let Ok(text) = read_str(&content, format) {
                let mut at = 0;
                for segment in segment(&text, language) {
                    prop_assert_eq!(segment.span.start, at);
                    at = segment.span.end;
                    let block = &text.blocks()[segment.block];
                    prop_assert!(block.span.start <= segment.span.start && segment.span.end <= block.span.end);
                }
                prop_assert_eq!(at, content.len());
            }
        }
    }
}
