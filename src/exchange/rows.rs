//! Aligned texts in and out: the rows of an alignment as tables, JSON Lines, translation memories, pages and links, and
//! what other aligners have made.
//!
//! In, [`Aligned`] comes of it: the segments of both sides and rows that tile them in order. Nothing of the texts is lost:
//! what no link names becomes a row of its own, links that cross become one row. What cannot be a row (a line without any
//! text, a unit that lacks a language) is listed by its line. Out goes a [`Selection`] of rows.

mod bertalign;
mod html;
pub mod intertext;
mod jsonl;
pub mod links;
mod selection;
mod table;
#[cfg(test)]
mod tests;
mod tmx;

use std::io::{self, BufRead, Write};
use std::ops::Range;

use super::Losses;
pub use super::error::Error;
use super::form::About;
use super::left_out::LeftOut;
pub use super::left_out::listed;
use super::output::Output;
use super::table::Columns;
use crate::bitext::Document;
use crate::lang::Lang;
use crate::notice::{Notice, notice};
use crate::segment;
use crate::text::{Block, BlockKind, Text};
pub use selection::{Selected, Selection};

/// The forms, as they are offered and looked through.
pub static FORMS: [&RowsForm; 7] =
    [&tmx::FORM, &table::FORM, &jsonl::FORM, &html::FORM, &links::FORM, &intertext::FORM, &bertalign::FORM];

/// A form of aligned texts.
#[derive(Debug)]
pub struct RowsForm {
    /// What it says of itself.
    pub about: About,
    /// What it has a place for besides the texts.
    pub holds: &'static [Detail],
    /// How it is written, where it is.
    write: Option<fn(&Selection<'_>, &mut Output<'_>)>,
    /// How it is read, where it is.
    read: Option<Reading>,
}

/// What a row or a text has besides its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The score of a row.
    Score,
    /// The type of a row.
    Kind,
    /// Whether a row is confirmed or flagged.
    Status,
    /// The notes on a row.
    RowNote,
    /// The note on a text.
    TextNote,
}

/// How a form is read.
#[derive(Debug)]
enum Reading {
    /// One file holds the texts.
    Texts {
        /// Whether a content looks like this form.
        looks: fn(&str) -> bool,
        read: fn(&mut dyn BufRead, &Wishes<'_>) -> Result<Aligned, Error>,
    },
    /// The texts are files of their own.
    BesideTexts,
}

impl Reading {
    fn holds_texts(&self) -> bool {
        matches!(self, Self::Texts { .. })
    }

    fn looks(&self, content: &str) -> bool {
        matches!(self, Self::Texts { looks, .. } if looks(content))
    }
}

/// What a person says of a file that is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// The languages of source and target: of more that a file has, these are read.
    pub langs: [Option<&'a Lang>; 2],
    /// The columns of a table.
    pub columns: Option<&'a Columns>,
}

impl PartialEq for RowsForm {
    fn eq(&self, other: &Self) -> bool {
        self.about.code == other.about.code
    }
}

impl Eq for RowsForm {}

impl RowsForm {
    /// The form that `--format` calls so.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        FORMS.into_iter().find(|form| form.about.code == code)
    }

    /// The form of a file that holds texts, by its ending.
    pub fn of_ending(ending: &str) -> Option<&'static Self> {
        FORMS
            .into_iter()
            .find(|form| form.read.as_ref().is_some_and(Reading::holds_texts) && form.about.endings.contains(&ending))
    }

    /// The form of a file that holds texts: told by its ending, otherwise by its content. A person who names columns says
    /// that it is a table, if it could be one.
    pub fn told(ending: &str, content: &str, columns: Option<&Columns>) -> &'static Self {
        let fits = |form: &&'static Self| {
            let looks = form.read.as_ref().is_some_and(|reading| reading.looks(content));
            looks || columns.is_some() && **form == table::FORM && !jsonl::looks(content)
        };
        let found = Self::of_ending(ending).or_else(|| FORMS.into_iter().find(fits));
        // Plain lines may be what Bertalign prints; that form refuses what is not.
        found.unwrap_or(&bertalign::FORM)
    }

    /// The forms that are written.
    pub fn written() -> impl Iterator<Item = &'static Self> {
        FORMS.into_iter().filter(|form| form.is_written())
    }

    /// Whether it is written.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// Whether it is read.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Writes rows. The text goes to `to` in pieces of bounded size.
    ///
    /// # Errors
    /// The first failure of `to`; a form that is not written writes nothing.
    pub fn write(&self, selection: &Selection<'_>, to: &mut dyn Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        if let Some(write) = self.write {
            write(selection, &mut out);
        }
        if !self.holds.contains(&Detail::RowNote) {
            let notes = selection.rows.iter().filter_map(|row| row.mark).map(|mark| mark.notes.len()).sum();
            out.lost.losses.extend(Notice::of_any("notes-on-rows", notes));
        }
        out.finish()
    }

    /// Reads an aligned text from one file of UTF-8.
    ///
    /// # Errors
    /// [`Error::Line`] where it is not of this form, [`Error::Language`] where languages it names are not known,
    /// [`Error::Stopped`], and [`Error::Nothing`], also where the form is not read from one file.
    pub fn read(&self, input: &mut dyn BufRead, wishes: &Wishes<'_>) -> Result<Aligned, Error> {
        match self.read {
            Some(Reading::Texts { read, .. }) => read(input, wishes),
            _ => Err(Error::Nothing("a form that holds the texts")),
        }
    }
}

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
    pub fn problems(&self) -> Vec<Notice> {
        let mut out = self.left_out.problems();
        if let Some(lines) = listed(&self.joined) {
            out.push(notice!("links that cross, overlap or leap over segments became larger rows: {0}", lines));
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

/// A score of ours: 0 to 1.
fn score(value: f64) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "scores are kept to two places")]
    (0.0..=1.0).contains(&value).then_some(value as f32)
}

/// A score as it is written, with two places.
pub(super) fn two_places(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}
