//! Segments in the place of others: a document made anew around them, rows that follow.

use std::sync::Arc;

use super::{Misfit, Opening, Patch, Piece};
use crate::bitext::{Document, Segment, Side};
use crate::text::{Block, Text};
use crate::work::{DocumentId, Row, Work};

/// What takes patches back. The place of each moves by what the patches before it add and remove.
pub(super) fn inverse(patches: Vec<Patch>) -> Vec<Patch> {
    let (mut added, mut removed) = (0, 0);
    let turned = patches.into_iter().map(|Patch { at, old, new }| {
        // Patches out of order fit nowhere, wherever they say they stand.
        let place = (at + added).saturating_sub(removed);
        added += new.len();
        removed += old.len();
        Patch { at: place, old: new, new: old }
    });
    turned.collect()
}

/// Segment `at` of a document by itself.
pub(super) fn piece(document: &Document, at: usize) -> Option<Piece> {
    let segment = document.segments.get(at)?;
    let block = document.text.blocks().get(segment.block)?;
    let opening = Opening { kind: block.kind, lead: block.content.start - block.span.start };
    Some(Piece {
        id: segment.id,
        text: document.raw(at).to_owned(),
        opens: document.starts_block(at).then_some(opening),
        closes: document.ends_block(at).then(|| block.span.end - block.content.end),
    })
}

impl Work {
    pub(super) fn patch(&mut self, id: DocumentId, patches: &[Patch]) -> Result<(), Misfit> {
        let document = self.document(id).ok_or(Misfit)?;
        let fits = |patch: &Patch| {
            let here = (patch.at..patch.at + patch.old.len()).map(|at| piece(document, at));
            !patch.old.is_empty() && here.eq(patch.old.iter().cloned().map(Some))
        };
        if !patches.iter().all(fits) {
            return Err(Misfit);
        }
        let of_it = self.alignments().filter_map(|aligned| Some((aligned.side_of(id)?, aligned)));
        for (side, aligned) in of_it {
            let in_one_row = |patch: &Patch| {
                let row = aligned.row_of(side, patch.at);
                row.is_some() && row == aligned.row_of(side, patch.at + patch.old.len() - 1)
            };
            if !patches.iter().all(in_one_row) {
                return Err(Misfit);
            }
        }
        let patched = patched(document, patches).ok_or(Misfit)?;
        for (side, rows) in self.rows_of_mut(id) {
            follow(rows, side, patches);
        }
        *self.document_mut(id).ok_or(Misfit)? = Arc::new(patched);
        Ok(())
    }
}

/// Numbers the segments of rows anew where patches change how many there are.
fn follow(rows: &mut Arc<Vec<Row>>, side: Side, patches: &[Patch]) {
    let same = |patch: &Patch| patch.old.len() == patch.new.len();
    let mut rest = patches.iter().skip_while(|patch| same(patch)).peekable();
    let Some(first) = rest.peek() else { return };
    let start = rows.partition_point(|row| side.of(&row.bead).end <= first.at);
    let (mut added, mut removed) = (0, 0);
    for row in &mut Arc::make_mut(rows)[start..] {
        let range = side.of_mut(&mut row.bead);
        let (from, end) = (range.start + added - removed, range.end);
        while let Some(patch) = rest.next_if(|patch| patch.at < end) {
            added += patch.new.len();
            removed += patch.old.len();
        }
        *range = from..end + added - removed;
    }
}

/// A document with patches; `None` where they overlap, hold no text, or open a paragraph before one is closed.
fn patched(document: &Document, patches: &[Patch]) -> Option<Document> {
    let mut out = Builder::default();
    out.content.reserve(document.text.as_str().len());
    let mut at = 0;
    for patch in patches {
        out.copy(document, at, patch.at)?;
        if patch.new.is_empty() {
            return None;
        }
        for Piece { id, text, opens, closes } in &patch.new {
            out.push(*id, text, *opens, *closes)?;
        }
        at = patch.at + patch.old.len();
    }
    out.copy(document, at, document.segments.len())?;
    out.finish(document)
}

/// A text put together segment by segment.
#[derive(Default)]
struct Builder {
    content: String,
    blocks: Vec<Block>,
    segments: Vec<Segment>,
    /// Whether the last block goes on.
    open: bool,
}

impl Builder {
    /// Segments as they are.
    fn copy(&mut self, document: &Document, from: usize, to: usize) -> Option<()> {
        if from > to {
            return None;
        }
        for at in from..to {
            let segment = document.segments.get(at)?;
            let block = document.text.blocks().get(segment.block)?;
            let opening = Opening { kind: block.kind, lead: block.content.start - block.span.start };
            let opens = document.starts_block(at).then_some(opening);
            let closes = document.ends_block(at).then(|| block.span.end - block.content.end);
            self.push(segment.id, document.raw(at), opens, closes)?;
        }
        Some(())
    }

    fn push(&mut self, id: u64, text: &str, opens: Option<Opening>, closes: Option<usize>) -> Option<()> {
        if text.is_empty() || opens.is_some() == self.open {
            return None;
        }
        let start = self.content.len();
        if let Some(Opening { kind, lead }) = opens {
            let content = start + lead;
            self.blocks.push(Block { span: start..start, content: content..content, kind });
        }
        self.content.push_str(text);
        let end = self.content.len();
        let block = self.blocks.last_mut()?;
        block.span.end = end;
        if let Some(tail) = closes {
            block.content.end = end.checked_sub(tail)?;
            let cut = |at: usize| self.content.is_char_boundary(at);
            if block.content.start > block.content.end || !cut(block.content.start) || !cut(block.content.end) {
                return None;
            }
        }
        self.open = closes.is_none();
        self.segments.push(Segment { id, span: start..end, block: self.blocks.len() - 1 });
        Some(())
    }

    fn finish(self, old: &Document) -> Option<Document> {
        if self.open {
            return None;
        }
        let (name, lang) = (old.name.clone(), old.lang.clone());
        let text = Text::new(self.content, self.blocks);
        Some(Document {
            name,
            lang,
            note: old.note.clone(),
            text,
            segments: self.segments,
            original: old.original.clone(),
        })
    }
}
