//! Making edits of the texts: another wording, segments cut and joined, things found and replaced, names.

use std::collections::BTreeMap;

use super::cuts::piece;
use super::{Action, Edit, Naming, Opening, Patch, Piece, Refused, Step};
use crate::bitext::{SIDES, Side};
use crate::lang::Lang;
use crate::text::Span;
use crate::work::Aligned;

/// Texts in the place of bytes of a document, by segment.
type Changes = BTreeMap<usize, Vec<(Span, String)>>;

impl Aligned<'_> {
    /// Gives a segment another text. White space around it and marks of the format stay.
    ///
    /// # Errors
    /// [`Refused::NoRow`], [`Refused::NoText`] for a blank text, [`Refused::NoChange`].
    pub fn rewrite(self, side: Side, segment: usize, text: &str) -> Result<Edit, Refused> {
        let shown = self.document(side).display_span(segment);
        let change = BTreeMap::from([(segment, vec![(shown, text.trim().to_owned())])]);
        self.reworded(Action::Rewrite, &[(side, change)])
    }

    /// Puts other texts in the place of some bytes of either side, in order. What reaches over the end of a segment, into what
    /// no reader sees or into the one before is left as it is, and so is a segment that would be blank.
    ///
    /// # Errors
    /// [`Refused::NoChange`] where nothing is left to do.
    pub fn replace(self, changes: &[(Side, Vec<(Span, String)>)]) -> Result<Edit, Refused> {
        let mut out = Vec::new();
        for (side, changes) in changes {
            let document = self.document(*side);
            let mut of = Changes::new();
            for (span, text) in changes {
                let segment = document.segments.partition_point(|segment| segment.span.end <= span.start);
                let shown = document.display_span(segment);
                let of = of.entry(segment).or_default();
                let free = of.last().map_or(shown.start, |(last, _)| last.end);
                if free <= span.start && span.end <= shown.end {
                    of.push((span.clone(), text.clone()));
                }
            }
            of.retain(|&segment, changes| !self.changed(*side, segment, changes).is_none_or(|piece| piece.is_blank()));
            out.push((*side, of));
        }
        self.reworded(Action::Replace, &out)
    }

    /// The edit that changes what stands at some places of some segments.
    fn reworded(self, action: Action, changes: &[(Side, Changes)]) -> Result<Edit, Refused> {
        let mut rows: Option<(usize, usize)> = None;
        let mut steps = Vec::new();
        for (side, changes) in changes {
            let mut patches = Vec::new();
            for (&at, changes) in changes {
                let row = self.row_of(*side, at).ok_or(Refused::NoRow)?;
                let old = piece(self.document(*side), at).ok_or(Refused::NoRow)?;
                let new = self.changed(*side, at, changes).ok_or(Refused::NoRow)?;
                if new.is_blank() {
                    return Err(Refused::NoText);
                }
                if new != old {
                    patches.push(Patch { at, old: vec![old], new: vec![new] });
                    rows = Some(rows.map_or((row, row), |(first, last)| (first.min(row), last.max(row))));
                }
            }
            if !patches.is_empty() {
                steps.push(Step::Segments { document: self.document_id(*side), patches });
            }
        }
        let (first, last) = rows.ok_or(Refused::NoChange)?;
        Ok(self.whole(action, first..last + 1, steps))
    }

    /// A segment with other texts at some of its bytes.
    fn changed(self, side: Side, segment: usize, changes: &[(Span, String)]) -> Option<Piece> {
        let document = self.document(side);
        let mut out = piece(document, segment)?;
        let start = document.segments.get(segment)?.span.start;
        for (span, text) in changes.iter().rev() {
            out.text.replace_range(span.start - start..span.end - start, text);
        }
        Some(out)
    }

    /// Cuts a segment in two at a byte of its document; white space there goes with the first part.
    ///
    /// # Errors
    /// [`Refused::NoRow`], or [`Refused::NoText`] where one part would be blank.
    pub fn cut(self, side: Side, segment: usize, byte: usize) -> Result<Edit, Refused> {
        let document = self.document(side);
        let row = self.row_of(side, segment).ok_or(Refused::NoRow)?;
        let old = piece(document, segment).ok_or(Refused::NoRow)?;
        let shown = document.display_span(segment);
        let text = document.text.as_str();
        let rest = text.get(byte.clamp(shown.start, shown.end)..shown.end).ok_or(Refused::NoText)?;
        let byte = shown.end - rest.trim_start().len();
        if rest.trim().is_empty() || text[shown.start..byte].trim().is_empty() {
            return Err(Refused::NoText);
        }
        let at = byte - document.segments[segment].span.start;
        let (first, second) = old.text.split_at(at);
        let new = vec![
            Piece { text: first.to_owned(), closes: None, ..old.clone() },
            Piece {
                id: self.work().next_segment(self.document_id(side)),
                text: second.to_owned(),
                opens: None,
                closes: old.closes,
            },
        ];
        let patches = vec![Patch { at: segment, old: vec![old], new }];
        let step = Step::Segments { document: self.document_id(side), patches };
        Ok(self.whole(Action::Cut, row..row + 1, vec![step]))
    }

    /// Joins a segment and the next; their rows become one, in every alignment of the document.
    ///
    /// # Errors
    /// [`Refused::NoRow`] where there is no next one.
    pub fn join(self, side: Side, segment: usize) -> Result<Edit, Refused> {
        let row = |at| self.row_of(side, at).ok_or(Refused::NoRow);
        let rows = row(segment)?..row(segment + 1)? + 1;
        let document = self.document(side);
        let [Some(first), Some(second)] = [segment, segment + 1].map(|at| piece(document, at)) else {
            return Err(Refused::NoRow);
        };
        let id = self.document_id(side);
        let mut steps = Vec::new();
        for aligned in self.work().alignments() {
            // Both segments must lie in one row wherever the document is aligned.
            let Some(side) = aligned.side_of(id) else { continue };
            let [Some(first), Some(last)] = [segment, segment + 1].map(|at| aligned.row_of(side, at)) else { continue };
            if first < last {
                steps.extend(aligned.merge(first..last + 1)?.steps);
            }
        }
        // Marks of the format that no reader saw are not shown for being in the middle.
        let lead = second.opens.map_or(0, |opening| opening.lead);
        let text = first.text.clone() + second.text.get(lead..).unwrap_or(&second.text);
        // Where the second paragraph goes on, the whole is of its kind.
        let opens = match (first.opens, second.opens) {
            (Some(opening), Some(other)) if second.closes.is_none() => Some(Opening { kind: other.kind, ..opening }),
            (opens, _) => opens,
        };
        let new = vec![Piece { id: first.id, text, opens, closes: second.closes }];
        let patches = vec![Patch { at: segment, old: vec![first, second], new }];
        steps.push(Step::Segments { document: id, patches });
        Ok(self.whole(Action::Join, rows, steps))
    }

    /// Gives documents other names and languages, source first.
    ///
    /// # Errors
    /// [`Refused::NoChange`].
    pub fn rename(self, names: [(&str, Lang); 2]) -> Result<Edit, Refused> {
        let step = |(side, (name, lang)): (Side, (&str, Lang))| {
            let document = self.document(side);
            let old = Naming { name: document.name.clone(), lang: document.lang.clone() };
            let new = Naming { name: name.trim().to_owned(), lang };
            let document = self.document_id(side);
            (old != new).then_some(Step::Name { document, old, new })
        };
        let steps: Vec<Step> = SIDES.into_iter().zip(names).filter_map(step).collect();
        if steps.is_empty() {
            return Err(Refused::NoChange);
        }
        Ok(self.whole(Action::Rename, 0..0, steps))
    }
}

impl Piece {
    /// Whether a reader would see nothing of it.
    fn is_blank(&self) -> bool {
        let lead = self.opens.map_or(0, |opening| opening.lead);
        let end = self.text.len().saturating_sub(self.closes.unwrap_or(0));
        self.text.get(lead..end).is_none_or(|shown| shown.trim().is_empty())
    }
}
