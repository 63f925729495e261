//! A text as it was brought in: immutable content and the blocks it consists of.
//!
//! Offsets are UTF-8 bytes into the decoded content as it stands; nothing is folded or trimmed.

pub mod targets;

use std::borrow::Cow;
use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use crate::lang::Language;

/// A half-open range of bytes of a [`Text`], on character boundaries.
pub type Span = Range<usize>;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 (the title) to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Code, a row of a table, mark-up, metadata: one segment as it stands.
    Verbatim,
}

/// A paragraph, heading or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The bytes of the block, mark-up of the source format included. Blocks tile the text: white space
    /// between two of them belongs to the former, white space before the first to the first.
    pub span: Span,
    /// The bytes a reader sees: without line ends around it and without a Markdown heading's marks.
    pub content: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A decoded text with its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    content: Box<str>,
    blocks: Vec<Block>,
}

impl Text {
    /// Joins content and blocks.
    ///
    /// # Panics
    /// When the blocks do not tile the content: that is an error of the importer.
    pub fn new(content: impl Into<Box<str>>, blocks: Vec<Block>) -> Self {
        let content = content.into();
        let mut at = 0;
        for block in &blocks {
            assert!(block.span.start == at && content.is_char_boundary(block.span.end), "blocks tile the text");
            assert!(
                block.span.start <= block.content.start
                    && block.content.start <= block.content.end
                    && block.content.end <= block.span.end,
                "content lies within its block"
            );
            at = block.span.end;
        }
        assert!(at == content.len(), "blocks cover the text");
        Self { content, blocks }
    }

    /// The decoded content.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The white space around each line end within a block, in a piece of the text. What stands as it is keeps its lines.
    pub fn wraps(&self, piece: Span) -> impl Iterator<Item = Span> {
        let mut reached = None;
        line_ends(&self.content, piece).filter(move |gap| {
            let is_before = |block: &Block| block.span.end <= gap.start;
            let at = reached.get_or_insert_with(|| self.blocks.partition_point(is_before));
            *at += self.blocks[*at..].iter().take_while(|block| is_before(block)).count();
            self.blocks.get(*at).is_some_and(|block| {
                let inside = block.content.start < gap.start && gap.end < block.content.end;
                inside && block.kind != BlockKind::Verbatim
            })
        })
    }

    /// A piece of the text; where a line ends within a block stands what [`joint`] says.
    ///
    /// # Panics
    /// When the piece does not begin and end between characters of the text.
    pub fn flowing(&self, piece: Span, language: Language) -> Flowing<'_> {
        let text = &*self.content;
        let mut out = Flowing { text: "".into(), start: piece.start, moved: Vec::new() };
        let (mut joined, mut done) = (String::new(), piece.start);
        for gap in self.wraps(piece.clone()) {
            joined.push_str(&text[done..gap.start.max(done)]);
            let around = text[..gap.start].chars().next_back().zip(text[gap.end..].chars().next());
            joined.push_str(around.map_or("", |(before, after)| joint(before, after, language)));
            done = gap.end.min(piece.end);
            out.moved.push((joined.len(), done));
        }
        out.text = if out.moved.is_empty() { text[piece].into() } else { (joined + &text[done..piece.end]).into() };
        out
    }
}

/// A piece of a text without the line ends inside its paragraphs, with the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flowing<'a> {
    /// The piece.
    pub text: Cow<'a, str>,
    /// Where it begins in the whole text.
    start: usize,
    /// Behind each line end that was taken out: the place here, and in the whole text.
    moved: Vec<(usize, usize)>,
}

impl Flowing<'_> {
    /// Where a stretch of it, which is not empty, stands in the whole text.
    pub fn origin(&self, span: &Span) -> Span {
        let place = |byte: usize| {
            let before = self.moved.partition_point(|&(here, _)| here <= byte).checked_sub(1);
            let (here, there) = before.map_or((0, self.start), |at| self.moved[at]);
            there + byte - here
        };
        place(span.start)..place(span.end.saturating_sub(1)) + 1
    }
}

/// What is written between two pieces of text of one language that a line end parted, by the characters it stood between:
/// nothing between wide ones, a blank between those of scripts that part words by blanks. Between the two kinds a blank
/// only where the language has blanks: Chinese writes `发展AI产业` on one line as on two.
pub fn joint(before: char, after: char, language: Language) -> &'static str {
    let needed = if language.has_blanks() {
        !(is_wide(before, language) && is_wide(after, language))
    } else {
        !is_wide(before, language) && !is_wide(after, language)
    };
    if needed { " " } else { "" }
}

/// Whether a character is written without blanks around it. Hangul is wide as well, but Korean parts its words. The quotes,
/// dashes and ellipses that scripts share are as wide as the text they stand in.
fn is_wide(c: char, language: Language) -> bool {
    let hangul = matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7ff}');
    let thai = ('\u{e00}'..='\u{e7f}').contains(&c);
    let shared = language.is_full_width() && c.width_cjk() == Some(2);
    !hangul && (thai || shared || c.width() == Some(2))
}

/// The white space around each line end in a piece of a text, between visible characters of the text.
pub fn line_ends(text: &str, piece: Span) -> impl Iterator<Item = Span> {
    let mut from = piece.start;
    std::iter::from_fn(move || {
        let at = from + find_line_end(text.get(from..piece.end)?)?;
        let gap = text[..at].trim_end().len()..text.len() - text[at..].trim_start().len();
        from = gap.end.min(piece.end);
        Some(gap)
    })
}

/// A piece of a text as it reads without its line ends: the lines, each without white space around it, joined by what
/// [`joint`] says. Borrowed where there is nothing to join.
pub fn unwrapped(piece: &str, language: Language) -> Cow<'_, str> {
    if !piece.trim().contains(is_line_end) {
        return piece.trim().into();
    }
    let mut out = String::with_capacity(piece.len());
    for line in lines(piece) {
        if let (Some(before), Some(after)) = (out.chars().next_back(), line.chars().next()) {
            out.push_str(joint(before, after, language));
        }
        out.push_str(line);
    }
    out.into()
}

/// The lines of a piece of text without white space around them; empty ones are left out.
pub fn lines(piece: &str) -> impl Iterator<Item = &str> {
    piece.split(is_line_end).map(str::trim).filter(|line| !line.is_empty())
}

/// Where the first line end of a text stands.
fn find_line_end(text: &str) -> Option<usize> {
    let begins_like_one = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0xc2 | 0xe2);
    let mut from = 0;
    loop {
        let at = from + text.as_bytes()[from..].iter().position(begins_like_one)?;
        if text[at..].starts_with(is_line_end) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// What ends a line: besides the usual ones the separators of lines and of paragraphs.
pub fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_end_is_found_where_it_stands(text in "[a甲“é\u{80}\u{84}\u{86}\u{a0}\u{2027}\u{202a}]{0,8}[a“\n\r\u{85}\u{2028}\u{2029}]{0,2}[a甲\n]{0,3}") {
            prop_assert_eq!(find_line_end(&text), text.find(is_line_end));
        }
    }

    #[test]
    fn lines_are_joined_by_what_stands_around_their_ends() {
        for (language, wrapped, whole) in [
            (Language::Chinese, "发展人工\n智能", "发展人工智能"),
            (Language::Chinese, "他说：\r\n“好。”", "他说：“好。”"),
            (Language::Chinese, "好……\n——他说", "好……——他说"),
            (Language::Chinese, "采用Open\nSource软件", "采用Open Source软件"),
            (Language::Chinese, "发展AI\n产业", "发展AI产业"),
            (Language::Chinese, "  一\u{3000}\n\n\u{3000}二 ", "一二"),
            (Language::Chinese, "甲\u{2028}乙", "甲乙"),
            (Language::Japanese, "人工\nチノウ", "人工チノウ"),
            (Language::Thai, "ภาษา\nไทย", "ภาษาไทย"),
            (Language::Korean, "비가\n왔다", "비가 왔다"),
            (Language::English, "arms\n  control", "arms control"),
            (Language::English, "the term 主\n权 and “it”\n“is”", "the term 主权 and “it” “is”"),
            (Language::English, "one line ", "one line"),
            (Language::English, "the 主权\nprinciple", "the 主权 principle"),
        ] {
            assert_eq!(unwrapped(wrapped, language), whole);
        }
        assert!(matches!(unwrapped(" a b\n", Language::English), Cow::Borrowed("a b")));
    }

    #[test]
    fn lines_are_joined_within_blocks_only_and_lead_back() {
        let content = "标题\n\n发展人工\r\n  智能和 deep\nlearning。\n下一段。\n";
        let bounds = [0, content.find("发").unwrap(), content.find("下").unwrap(), content.len()];
        let block = |at: usize| {
            let span = bounds[at]..bounds[at + 1];
            let end = span.start + content[span.clone()].trim_end().len();
            Block { content: span.start..end, span, kind: BlockKind::Paragraph }
        };
        let text = Text::new(content, (0..3).map(block).collect());
        let whole = text.flowing(0..content.len(), Language::Chinese);
        assert_eq!(whole.text, "标题\n\n发展人工智能和 deep learning。\n下一段。\n");
        for word in ["标题", "人工智能", "deep learning", "段。\n"] {
            let at = whole.text.find(word).unwrap();
            let origin = whole.origin(&(at..at + word.len()));
            assert_eq!(unwrapped(&content[origin], Language::Chinese), word.trim());
        }
        let part = text.flowing(content.find("工").unwrap()..content.find("和").unwrap(), Language::Chinese);
        assert_eq!(
            (&*part.text, part.origin(&(3..9))),
            ("工智能", content.find("智").unwrap()..content.find("和").unwrap())
        );
        assert!(matches!(text.flowing(0..6, Language::Chinese).text, Cow::Borrowed("标题")));
        // Code keeps its lines.
        let code = Block { span: 0..7, content: 0..7, kind: BlockKind::Verbatim };
        assert_eq!(Text::new("甲\n乙", vec![code]).flowing(0..7, Language::Chinese).text, "甲\n乙");
    }
}
