//! Texts that were aligned elsewhere, in: pairs as tab- or comma-separated values, JSON Lines or a translation memory,
//! what Bertalign prints, links between two files of segments, the XML of `InterText`.
//!
//! Strings come in, [`Aligned`] goes out: the segments of both sides and rows that tile them in order. Nothing of the
//! texts is lost: what no link names becomes a row of its own, links that cross become one row. What cannot be a row
//! (a line without any text, a unit that lacks a language) is listed by its line.

mod bertalign;
pub mod intertext;
mod jsonl;
pub mod links;
mod table;
#[cfg(test)]
mod tests;
mod tmx;
pub(super) mod xml;

use std::ops::Range;

pub use bertalign::sents;
pub use jsonl::json_lines;
pub use table::{is_table, table};
pub use tmx::tmx;

use super::left_out::LeftOut;
pub use super::left_out::listed;
use crate::bitext::Document;
use crate::lang::{Error as LangError, Lang};
use crate::segment;
use crate::text::{Block, BlockKind, Text};

/// Two texts and how they were aligned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aligned {
    /// The source side.
    pub source: Side,
    /// The target side.
    pub target: Side,
    /// The rows in reading order; they tile both sides.
    pub rows: Vec<Row>,
    /// What makes no row, and what rows have besides that has no place here; of a translation memory the lines are those
    /// at which units begin.
    pub left_out: LeftOut,
    /// Lines of links that cross or overlap others, or leap over segments: they became part of a larger row.
    pub joined: Vec<usize>,
}

/// Segments that translate each other, by their numbers from 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Source segments; empty where the target was added.
    pub source: Range<usize>,
    /// Target segments; empty where the source was left out.
    pub target: Range<usize>,
    /// The score our own forms carry, 0 to 1; other programs' figures mean other things and are not taken.
    pub score: Option<f32>,
    /// Whether a person has confirmed it.
    pub confirmed: bool,
}

/// One side: a text in segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The language, where the format names it.
    pub lang: Option<Lang>,
    /// What readers must be told about this text, where the format says it.
    pub note: Option<String>,
    /// The segments, none empty. Joined they are the text, and where one ends with a line feed a paragraph ends.
    pub pieces: Vec<String>,
}

/// Why an aligned text was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no row with text on both sides.
    #[error("no pair of texts is in it; expected {0}")]
    Nothing(&'static str),
    /// A line that is not of the form.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// All languages it names are unknown.
    #[error(transparent)]
    Language(#[from] LangError),
}

impl Side {
    /// Adds a segment as it stands; an empty one is none. Gives the numbers of the added segments.
    fn push(&mut self, piece: String) -> Range<usize> {
        let at = self.pieces.len();
        if !piece.is_empty() {
            self.pieces.push(piece);
        }
        at..self.pieces.len()
    }

    /// Adds a segment that is a paragraph of its own; white space alone is none.
    fn push_line(&mut self, text: &str) -> Range<usize> {
        self.push(if text.trim().is_empty() { String::new() } else { format!("{text}\n") })
    }

    /// The side as a document, its segments as they were given.
    pub fn document(&self, name: String, lang: Lang) -> Document {
        let mut content = String::with_capacity(self.pieces.iter().map(String::len).sum());
        let mut fine: Vec<Block> = Vec::with_capacity(self.pieces.len());
        let mut blocks: Vec<Block> = Vec::new();
        let mut block_of = Vec::with_capacity(self.pieces.len());
        let mut ended = true;
        for piece in &self.pieces {
            let span = content.len()..content.len() + piece.len();
            content.push_str(piece);
            match blocks.last_mut().filter(|_| !ended) {
                Some(open) => open.span.end = span.end,
                None => blocks.push(Block { span: span.clone(), content: span.clone(), kind: BlockKind::Paragraph }),
            }
            fine.push(Block { content: span.clone(), span, kind: BlockKind::Paragraph });
            block_of.push(blocks.len() - 1);
            ended = piece.ends_with('\n');
        }
        for block in &mut blocks {
            let inner = content[block.span.clone()].trim_end_matches(['\n', '\r']);
            let bare = inner.trim_start_matches(['\n', '\r']);
            let start = block.span.start + inner.len() - bare.len();
            block.content = start..start + bare.len();
        }
        // Segments first as if each were a block, then put into the paragraphs they lie in.
        let mut segments = segment::one_per_block(&Text::new(content.as_str(), fine));
        for (segment, block) in segments.iter_mut().zip(block_of) {
            segment.block = block;
        }
        Document { note: self.note.clone(), ..Document::new(name, lang, Text::new(content, blocks), segments) }
    }
}

impl Aligned {
    /// What was not taken over as it stands, in words.
    pub fn problems(&self) -> Vec<String> {
        let mut out = self.left_out.problems();
        if let Some(lines) = listed(&self.joined) {
            out.push(format!("links that cross, overlap or leap over segments became larger rows: {lines}"));
        }
        out
    }

    /// The same with source and target changed over.
    #[must_use]
    pub fn swapped(self) -> Self {
        let rows = self.rows.into_iter().map(|row| Row { source: row.target, target: row.source, ..row }).collect();
        Self { source: self.target, target: self.source, rows, ..self }
    }

    /// Adds a pair of texts as a row, or notes its line where there is no text.
    fn push_pair(&mut self, line: usize, source: &str, target: &str, score: Option<f32>, confirmed: bool) {
        let source = self.source.push_line(source);
        let target = self.target.push_line(target);
        self.push_row(line, Row { source, target, score, confirmed });
    }

    fn push_row(&mut self, line: usize, row: Row) {
        if row.source.is_empty() && row.target.is_empty() {
            self.skip(line);
        } else {
            self.rows.push(row);
        }
    }

    /// Notes a line that makes no row.
    fn skip(&mut self, line: usize) {
        self.left_out.line(line, "without any text or without a second side");
    }

    /// The whole, if it has a row with text on both sides.
    fn checked(self, expected: &'static str) -> Result<Self, Error> {
        let has_text = |side: &Side, segments: &Range<usize>| {
            side.pieces.get(segments.clone()).unwrap_or_default().iter().any(|piece| !piece.trim().is_empty())
        };
        let paired =
            self.rows.iter().any(|row| has_text(&self.source, &row.source) && has_text(&self.target, &row.target));
        if paired { Ok(self) } else { Err(Error::Nothing(expected)) }
    }
}

/// Lines with their numbers from 1; a line feed ends them, with or without a carriage return before it, and where there is
/// none in the whole content, a carriage return does.
pub(super) fn numbered(content: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = if content.contains('\n') { '\n' } else { '\r' };
    (1..).zip(content.split(end).map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// A score of ours: 0 to 1.
fn score(value: f64) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "scores are kept to two places")]
    (0.0..=1.0).contains(&value).then_some(value as f32)
}
