//! Segments, beads and the bitext they make.

mod joined;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::lang::Lang;
use crate::text::{BlockKind, Flowing, Span, Text, joint, lines, unwrapped};

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

    /// Segment `index` as one line.
    pub fn sentence(&self, index: usize) -> Cow<'_, str> {
        unwrapped(self.display(index), self.lang.language())
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
        &self.text.as_str()[self.span_of(range)]
    }

    /// The raw text of consecutive segments without the line ends inside paragraphs.
    pub fn flowing(&self, range: Range<usize>) -> Flowing<'_> {
        let raw = self.span_of(range);
        self.text.flowing(raw, self.lang.language())
    }

    fn span_of(&self, range: Range<usize>) -> Span {
        match (self.segments.get(range.start), range.end.checked_sub(1).and_then(|last| self.segments.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// Consecutive segments as one piece of the text, without the marks of its format before it, without the white space
    /// that parts the last from what follows, and without the line ends inside paragraphs.
    pub fn extent(&self, range: Range<usize>) -> Cow<'_, str> {
        let whole = self.span_of(range.clone());
        let block = |index: usize| self.text.blocks().get(self.segments.get(index)?.block);
        let ends = (block(range.start), range.end.checked_sub(1).and_then(block));
        let (Some(first), Some(last)) = ends else { return "".into() };
        let mut piece = whole.start.max(first.content.start)..whole.end.min(last.content.end);
        if whole.end < last.content.end {
            let text = self.text.as_str().get(piece.clone()).unwrap_or_default();
            piece.end = piece.start + text.trim_end().len();
        }
        self.text.flowing(piece, self.lang.language()).text
    }

    /// Consecutive segments as a reader sees them: each without the marks of its format, blocks joined by line breaks,
    /// sentences and hard-wrapped lines by what [`joint`] says.
    pub fn shown(&self, range: Range<usize>) -> Shown {
        let language = self.lang.language();
        let base = self.text.as_str().as_ptr() as usize;
        let mut out = Shown::default();
        for index in range {
            let mut lines = lines(self.display(index)).peekable();
            let joined = |text: &str, line: &str| {
                let around = text.chars().next_back().zip(line.chars().next());
                around.map_or("", |(before, after)| joint(before, after, language))
            };
            if !out.text.is_empty() {
                let between = lines.peek().map_or("", |line| joined(&out.text, line));
                out.text.push_str(if self.starts_block(index) { "\n" } else { between });
            }
            out.starts.push(out.text.len());
            // Two paragraphs that were joined have a blank line between them.
            for (number, line) in lines.enumerate() {
                if number > 0 {
                    out.text.push_str(joined(&out.text, line));
                }
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

/// One side of a bitext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What was translated.
    Source,
    /// Its translation.
    Target,
}

/// Both, source first.
pub const SIDES: [Side; 2] = [Side::Source, Side::Target];

impl Side {
    /// The segments of a bead on this side.
    pub fn of(self, bead: &Bead) -> &Range<usize> {
        match self {
            Self::Source => &bead.source,
            Self::Target => &bead.target,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Source => Self::Target,
            Self::Target => Self::Source,
        }
    }

    pub(crate) fn of_mut(self, bead: &mut Bead) -> &mut Range<usize> {
        match self {
            Self::Source => &mut bead.source,
            Self::Target => &mut bead.target,
        }
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

    /// What readers must be told about the two texts.
    pub fn notes(&self) -> Vec<&str> {
        notes([&self.source, &self.target])
    }
}

/// What readers must be told about two texts.
pub fn notes(documents: [&Document; 2]) -> Vec<&str> {
    documents.into_iter().filter_map(|document| document.note.as_deref()).collect()
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
