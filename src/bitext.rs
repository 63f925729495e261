//! Segments, beads and the bitext they make.

mod joined;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::lang::Lang;
use crate::text::{BlockKind, Span, Text};

/// A stretch of text that is aligned as a whole, usually a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its name within its document, which stays when the text around it is cut otherwise.
    pub id: u64,
    /// Its bytes. The segments of a text tile it, so white space after a sentence belongs to it.
    pub span: Span,
    /// The block of the text it lies in.
    pub block: usize,
}

/// One side of a bitext: a text in one language, cut into segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it came from: a file name, or a word for pasted or bundled text.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// What readers must be told about this text wherever it is shown or exported.
    pub note: Option<String>,
    /// The text.
    pub text: Text,
    /// Its segments, tiling the text.
    pub segments: Vec<Segment>,
    /// The bytes it was read from just now, where they are not those of the text: another encoding, a byte order mark.
    pub original: Option<Arc<[u8]>>,
}

impl Document {
    /// A text that came as it stands, with nothing to be told about it.
    pub fn new(name: impl Into<String>, lang: Lang, text: Text, segments: Vec<Segment>) -> Self {
        Self { name: name.into(), lang, note: None, text, segments, original: None }
    }

    /// The bytes of segment `index` as they stand, trailing white space included.
    pub fn raw(&self, index: usize) -> &str {
        self.segments.get(index).map_or("", |segment| &self.text.as_str()[segment.span.clone()])
    }

    /// Segment `index` as a reader sees it: without white space around it or heading marks.
    pub fn display(&self, index: usize) -> &str {
        &self.text.as_str()[self.display_span(index)]
    }

    /// Where [`display`](Self::display) stands in the text.
    pub fn display_span(&self, index: usize) -> Span {
        let Some(segment) = self.segments.get(index) else { return 0..0 };
        let whole = segment.span.clone();
        let content = self.text.blocks().get(segment.block).map_or(whole.clone(), |block| block.content.clone());
        let (start, end) = (whole.start.max(content.start), whole.end.min(content.end));
        let Some(inner) = self.text.as_str().get(start..end) else { return whole.start..whole.start };
        let start = start + inner.len() - inner.trim_start().len();
        start..start + inner.trim().len()
    }

    /// The raw text of consecutive segments.
    pub fn raw_range(&self, range: Range<usize>) -> &str {
        match (self.segments.get(range.start), range.end.checked_sub(1).and_then(|last| self.segments.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => {
                &self.text.as_str()[first.span.start..last.span.end]
            }
            _ => "",
        }
    }

    /// Consecutive segments as one piece of the text as it stands, without the marks of its format before it, and without
    /// the white space that parts the last from what follows.
    pub fn extent(&self, range: Range<usize>) -> &str {
        let at = |index: usize| {
            let segment = self.segments.get(index)?;
            Some((segment, self.text.blocks().get(segment.block)?))
        };
        let ends = (at(range.start), range.end.checked_sub(1).and_then(at));
        let (Some((first, first_block)), Some((last, last_block))) = ends else { return "" };
        let start = first.span.start.max(first_block.content.start);
        let end = last.span.end.min(last_block.content.end);
        let piece = self.text.as_str().get(start..end).unwrap_or_default();
        if last.span.end < last_block.content.end { piece.trim_end() } else { piece }
    }

    /// Consecutive segments as a reader sees them: each without the marks of its format, joined as the language joins
    /// sentences, blocks by line breaks, hard-wrapped lines by a blank or, as in Chinese, by nothing.
    pub fn shown(&self, range: Range<usize>) -> Shown {
        let joiner = if self.lang.language().has_blanks() { " " } else { "" };
        let base = self.text.as_str().as_ptr() as usize;
        let mut out = Shown::default();
        for index in range {
            if !out.text.is_empty() {
                out.text.push_str(if self.starts_block(index) { "\n" } else { joiner });
            }
            out.starts.push(out.text.len());
            // Two paragraphs that were joined have a blank line between them.
            let lines = self.display(index).lines().filter(|line| !line.trim().is_empty());
            for (number, line) in lines.enumerate() {
                if number > 0 {
                    out.text.push_str(joiner);
                }
                let line = line.trim();
                let start = line.as_ptr() as usize - base;
                out.pieces.push((start..start + line.len(), out.text.len()));
                out.text.push_str(line);
            }
        }
        out
    }

    /// What segment `index` belongs to.
    pub fn kind(&self, index: usize) -> BlockKind {
        self.segments
            .get(index)
            .and_then(|segment| self.text.blocks().get(segment.block))
            .map_or(BlockKind::Paragraph, |block| block.kind)
    }

    /// Whether some block holds several segments, so that the bounds of blocks say something.
    pub fn has_blocks(&self) -> bool {
        (0..self.segments.len()).any(|at| !self.starts_block(at))
    }

    /// Whether segment `index` is the last of its block.
    pub fn ends_block(&self, index: usize) -> bool {
        self.starts_block(index + 1)
    }

    /// Whether segment `index` is the first of its block.
    pub fn starts_block(&self, index: usize) -> bool {
        match (index.checked_sub(1).and_then(|before| self.segments.get(before)), self.segments.get(index)) {
            (Some(before), Some(segment)) => before.block != segment.block,
            _ => true,
        }
    }
}

/// The text of segments as a reader sees it, and where its pieces come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// Pieces: bytes of the document, and where they begin in `text`.
    pieces: Vec<(Span, usize)>,
    /// Where in `text` each segment begins.
    pub starts: Vec<usize>,
}

impl Shown {
    /// The byte of the document at which a byte of the text stands; nothing in an empty text.
    pub fn origin(&self, byte: usize) -> Option<usize> {
        let piece = self.pieces.partition_point(|(_, at)| *at <= byte).checked_sub(1)?;
        let (span, at) = &self.pieces[piece];
        Some((span.start + byte - at).min(span.end))
    }

    /// Where bytes of the document stand in the text, piece by piece.
    pub fn place(&self, span: &Span) -> Vec<Span> {
        self.pieces
            .iter()
            .filter_map(|(piece, at)| {
                let start = span.start.max(piece.start);
                let end = span.end.min(piece.end);
                (start < end).then(|| at + start - piece.start..at + end - piece.start)
            })
            .collect()
    }
}

/// Consecutive source segments and consecutive target segments that translate each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// Source segments; empty where the target was added.
    pub source: Range<usize>,
    /// Target segments; empty where the source was left out.
    pub target: Range<usize>,
    /// The probability, by the aligner's model, that exactly this bead is right; 0 to 1.
    pub score: f32,
}

impl Bead {
    /// The type, such as `2-1`.
    pub fn kind(&self) -> BeadKind {
        BeadKind(self.source.len(), self.target.len())
    }
}

/// How many segments a bead has on each side; shown as `2-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BeadKind(pub usize, pub usize);

impl fmt::Display for BeadKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}

/// A source, a target and the beads between them, which tile both sides in order.
#[derive(Clone, Debug)]
pub struct Bitext {
    /// The source side.
    pub source: Arc<Document>,
    /// The target side.
    pub target: Arc<Document>,
    /// The beads in reading order.
    pub beads: Vec<Bead>,
}

impl Bitext {
    /// Whether the beads tile both sides in order: every aligner's promise, checked in tests.
    pub fn is_tiled(&self) -> bool {
        is_tiling(&self.beads, self.source.segments.len(), self.target.segments.len())
    }
}

/// Whether `beads` tile `0..source` and `0..target` in order, none of them empty on both sides.
pub fn is_tiling<'a>(beads: impl IntoIterator<Item = &'a Bead>, source: usize, target: usize) -> bool {
    let mut at = (0, 0);
    for bead in beads {
        let reversed = bead.source.start > bead.source.end || bead.target.start > bead.target.end;
        if reversed
            || (bead.source.start, bead.target.start) != at
            || (bead.source.is_empty() && bead.target.is_empty())
        {
            return false;
        }
        at = (bead.source.end, bead.target.end);
    }
    at == (source, target)
}
