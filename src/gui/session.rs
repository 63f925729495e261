//! What is open: the bitext as rows to show, the search, the glossary, where the reader is. Plain data, no drawing.

use std::fmt::Write as _;
use std::sync::Arc;

use super::saver::Saver;
use crate::bitext::{BeadKind, Bitext, Document, Shown};
use crate::edit::{Alignment, History};
pub(super) use crate::edit::{SIDES, Side};
use crate::find::Index;
use crate::project::{self, Glossary, GlossaryTerm, check_glossary};
use crate::store::{Contents, Store};
use crate::text::{BlockKind, Span};

/// Below this score a bead is marked as doubtful.
pub(super) const DOUBTFUL: f32 = 0.7;

/// A stretch to light up in a cell, in bytes of the cell's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) kind: MarkKind,
}

/// Why a stretch is lit up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    Term,
    Hit,
    CurrentHit,
}

/// A search under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub(super) query: String,
    /// Hits in reading order: row, side, bytes of the document.
    pub(super) hits: Vec<(usize, Side, Span)>,
    /// The hit the reader is at.
    pub(super) current: Option<usize>,
}

/// An open bitext and all that is shown of it.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) title: String,
    pub(super) bitext: Arc<Bitext>,
    pub(super) glossary: Option<Glossary>,
    pub(super) search: Search,
    /// The chosen term, a number into the glossary.
    pub(super) term: Option<usize>,
    /// The row under the eye.
    pub(super) row: usize,
    /// Where a selection of several rows began.
    pub(super) anchor: usize,
    index: [Index; 2],
    /// The row of each segment of either side.
    row_of: [Vec<usize>; 2],
    /// How many rows are doubtful, and how many confirmed.
    pub(super) doubtful: usize,
    pub(super) confirmed: usize,
    /// The rows with what a person has made of them, and what was done.
    pub(super) alignment: Alignment,
    pub(super) history: History,
    /// Grows with every edit.
    pub(super) revision: u64,
    pub(super) saver: Option<Saver>,
    /// The row under the eye that the project file knows.
    pub(super) kept_row: usize,
}

impl Session {
    pub(super) fn new(title: String, bitext: Bitext) -> Self {
        let mut out = Self {
            title,
            index: [Index::new(bitext.source.text.as_str()), Index::new(bitext.target.text.as_str())],
            row_of: [Vec::new(), Vec::new()],
            doubtful: bitext.beads.iter().filter(|bead| bead.score < DOUBTFUL).count(),
            confirmed: 0,
            alignment: Alignment::new(bitext.beads.clone()),
            history: History::default(),
            revision: 0,
            saver: None,
            kept_row: 0,
            bitext: Arc::new(bitext),
            glossary: None,
            search: Search::default(),
            term: None,
            row: 0,
            anchor: 0,
        };
        out.number_rows();
        out
    }

    /// A project that was opened, kept from now on.
    pub(super) fn of_project(title: String, store: Store, contents: Contents) -> Self {
        let mut out = Self::new(title, project::bitext_of(&contents));
        (out.alignment, out.history) = (contents.alignment, contents.history);
        out.go(contents.row);
        out.kept_row = out.row;
        out.keep_in(Saver::new(store));
        out
    }

    /// Finds the row of each segment.
    pub(super) fn number_rows(&mut self) {
        let rows = |side: Side| {
            let beads = self.bitext.beads.iter().enumerate();
            beads.flat_map(|(row, bead)| side.of(bead).clone().map(move |_| row)).collect()
        };
        self.row_of = SIDES.map(rows);
    }

    /// The row in which a place of a document stands.
    fn row_at(&self, side: Side, byte: usize) -> usize {
        let segment = self.document(side).segments.partition_point(|segment| segment.span.end <= byte);
        self.row_of[side as usize].get(segment).copied().unwrap_or(0)
    }

    /// Finds the rows of the hits again.
    pub(super) fn locate_hits(&mut self) {
        let mut hits = std::mem::take(&mut self.search.hits);
        let current = self.search.current.and_then(|at| hits.get(at)).map(|hit| (hit.1, hit.2.clone()));
        for (row, side, span) in &mut hits {
            *row = self.row_at(*side, span.start);
        }
        hits.sort_by_key(|(row, side, span)| (*row, *side as usize, span.start));
        self.search.current =
            current.and_then(|(side, span)| hits.iter().position(|hit| hit.1 == side && hit.2 == span));
        self.search.hits = hits;
    }

    /// Finds the rows of the terms again.
    pub(super) fn locate_terms(&mut self) {
        let Some(mut glossary) = self.glossary.take() else { return };
        for (row, source, _) in glossary.terms.iter_mut().flat_map(|term| &mut term.places) {
            *row = self.row_at(Side::Source, source.start);
        }
        self.glossary = Some(glossary);
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.bitext.beads.len()
    }

    pub(super) fn document(&self, side: Side) -> &Document {
        match side {
            Side::Source => &self.bitext.source,
            Side::Target => &self.bitext.target,
        }
    }

    /// Whether terms can be found in these languages.
    pub(super) fn has_terms(&self) -> bool {
        check_glossary(&self.bitext.source, &self.bitext.target).is_ok()
    }

    /// The segments of a row on one side.
    pub(super) fn segments(&self, row: usize, side: Side) -> std::ops::Range<usize> {
        self.bitext.beads.get(row).map_or(0..0, |bead| match side {
            Side::Source => bead.source.clone(),
            Side::Target => bead.target.clone(),
        })
    }

    pub(super) fn kind(&self, row: usize) -> BeadKind {
        self.bitext.beads.get(row).map_or(BeadKind(0, 0), crate::bitext::Bead::kind)
    }

    pub(super) fn score(&self, row: usize) -> f32 {
        self.bitext.beads.get(row).map_or(0.0, |bead| bead.score)
    }

    /// Whether either side of a row begins a paragraph.
    pub(super) fn starts_block(&self, row: usize) -> bool {
        SIDES.iter().any(|&side| {
            let segments = self.segments(row, side);
            !segments.is_empty() && self.document(side).starts_block(segments.start)
        })
    }

    /// The level of the heading that a side of a row is.
    pub(super) fn heading(&self, row: usize, side: Side) -> Option<u8> {
        let segments = self.segments(row, side);
        match self.document(side).kind(segments.start) {
            BlockKind::Heading(level) if !segments.is_empty() => Some(level),
            _ => None,
        }
    }

    /// The text of a cell.
    pub(super) fn cell(&self, row: usize, side: Side) -> Shown {
        self.document(side).shown(self.segments(row, side))
    }

    /// What is to be lit up in a cell: the chosen term, the hits of the search; later marks lie over earlier ones.
    pub(super) fn marks(&self, row: usize, side: Side, cell: &Shown) -> Vec<Mark> {
        let mut out = Vec::new();
        if let Some(term) = self.chosen() {
            for (_, source, target) in term.places.iter().filter(|place| place.0 == row) {
                let span = if side == Side::Source { source } else { target };
                out.extend(cell.place(span).into_iter().map(|span| Mark { span, kind: MarkKind::Term }));
            }
        }
        let first = self.search.hits.partition_point(|hit| hit.0 < row);
        for (number, hit) in self.search.hits.iter().enumerate().skip(first).take_while(|(_, hit)| hit.0 == row) {
            if hit.1 == side {
                let current = self.search.current == Some(number);
                let kind = if current { MarkKind::CurrentHit } else { MarkKind::Hit };
                out.extend(cell.place(&hit.2).into_iter().map(|span| Mark { span, kind }));
            }
        }
        out
    }

    /// The chosen term.
    pub(super) fn chosen(&self) -> Option<&GlossaryTerm> {
        self.term.and_then(|at| self.glossary.as_ref()?.terms.get(at))
    }

    /// Chooses a term and goes to its first place.
    pub(super) fn choose(&mut self, term: Option<usize>) {
        self.term = term;
        if let Some(row) = self.chosen().and_then(|term| term.places.first()).map(|place| place.0) {
            self.go(row);
        }
    }

    /// Goes to the next or previous place of the chosen term, round the end.
    pub(super) fn walk_term(&mut self, forward: bool) {
        let Some(term) = self.chosen() else { return };
        let rows: Vec<usize> = term.places.iter().map(|place| place.0).collect();
        let next = if forward {
            rows.iter().find(|&&row| row > self.row).or(rows.first())
        } else {
            rows.iter().rev().find(|&&row| row < self.row).or(rows.last())
        };
        if let Some(&row) = next {
            self.go(row);
        }
    }

    /// Searches both sides and goes to the first hit at or after the row under the eye.
    pub(super) fn find(&mut self, query: &str) {
        query.clone_into(&mut self.search.query);
        let mut hits = Vec::new();
        for (index, side) in self.index.iter().zip(SIDES) {
            for span in index.find(query) {
                hits.push((self.row_at(side, span.start), side, span));
            }
        }
        hits.sort_by_key(|(row, side, span)| (*row, *side as usize, span.start));
        self.search.current = hits.iter().position(|hit| hit.0 >= self.row).or((!hits.is_empty()).then_some(0));
        self.search.hits = hits;
        self.show_current();
    }

    /// Goes to the next or previous hit, round the end.
    pub(super) fn walk_hits(&mut self, forward: bool) {
        let hits = &self.search.hits;
        let count = hits.len();
        if count == 0 {
            return;
        }
        // From the current hit, or from the row under the eye where the reader has gone elsewhere.
        let here = self.search.current.filter(|&at| hits.get(at).is_some_and(|hit| hit.0 == self.row));
        let next = match (here, forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at + count - 1,
            (None, true) => hits.partition_point(|hit| hit.0 < self.row),
            (None, false) => hits.partition_point(|hit| hit.0 <= self.row) + count - 1,
        };
        self.search.current = Some(next % count);
        self.show_current();
    }

    fn show_current(&mut self) {
        if let Some(row) = self.search.current.and_then(|at| self.search.hits.get(at)).map(|hit| hit.0) {
            self.go(row);
        }
    }

    /// Makes a row the one under the eye.
    pub(super) fn go(&mut self, row: usize) {
        self.extend(row);
        self.anchor = self.row;
    }

    /// Selects from where the selection began to a row.
    pub(super) fn extend(&mut self, row: usize) {
        self.row = row.min(self.rows().saturating_sub(1));
    }

    /// The selected rows; the row under the eye at least.
    pub(super) fn selection(&self) -> std::ops::RangeInclusive<usize> {
        self.row.min(self.anchor)..=self.row.max(self.anchor)
    }

    /// The selected rows as text in both languages, each with its place.
    pub(super) fn copied(&self) -> String {
        let mut out = String::new();
        for row in self.selection() {
            let place = |side: Side| {
                let segments = self.segments(row, side);
                let name = &self.document(side).name;
                match segments.len() {
                    0 => format!("{name} –"),
                    1 => format!("{name} {}", segments.start + 1),
                    _ => format!("{name} {}–{}", segments.start + 1, segments.end),
                }
            };
            if !out.is_empty() {
                out.push('\n');
            }
            let _ = writeln!(out, "[row {}: {} ⇄ {}]", row + 1, place(Side::Source), place(Side::Target));
            for side in SIDES {
                let text = self.cell(row, side).text;
                out += if text.is_empty() { "—" } else { &text };
                out.push('\n');
            }
        }
        for note in crate::exchange::beads::notes(&self.bitext) {
            let _ = writeln!(out, "\n({note})");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;
    use crate::task::Ctl;

    fn session(chinese: &str, english: &str) -> Session {
        let (source, target) = (project::paste("zh.txt", chinese).unwrap(), project::paste("en.txt", english).unwrap());
        let bitext = project::align(&Ctl::quiet(), source, target).unwrap();
        let mut session = Session::new("sample".to_owned(), bitext);
        session.glossary = Some(project::glossary(&Ctl::quiet(), &session.bitext).unwrap());
        session
    }

    const ZH: &str = "主权\n国际法适用于网络空间。主权是基本原则。\n";
    const EN: &str = "Sovereignty\nInternational law applies to cyberspace. Sovereignty is the basic principle.\n";

    #[test]
    fn searching_walks_through_both_languages_in_reading_order() {
        let mut session = session(ZH, EN);
        session.find("SOVEREIGNTY");
        assert_eq!(session.search.hits.iter().map(|hit| hit.0).collect::<Vec<_>>(), [0, 2]);
        session.walk_hits(true);
        assert_eq!((session.row, session.search.current), (2, Some(1)));
        session.walk_hits(true);
        assert_eq!(session.row, 0);
        session.find("主權");
        assert_eq!(session.search.hits.len(), 2);
        let cell = session.cell(2, Side::Source);
        let marks = session.marks(2, Side::Source, &cell);
        assert_eq!(marks.iter().map(|mark| &cell.text[mark.span.clone()]).collect::<Vec<_>>(), ["主权"]);
    }

    #[test]
    fn a_chosen_term_is_lit_up_on_both_sides() {
        let mut session = session(ZH, EN);
        let at =
            session.glossary.as_ref().unwrap().terms.iter().position(|term| term.pair.chinese == "网络空间").unwrap();
        session.choose(Some(at));
        assert_eq!(session.row, 1);
        for (side, text) in [(Side::Source, "网络空间"), (Side::Target, "cyberspace")] {
            let cell = session.cell(1, side);
            let marks = session.marks(1, side, &cell);
            assert_eq!(marks.len(), 1);
            assert_eq!(&cell.text[marks[0].span.clone()], text);
        }
    }

    #[test]
    fn rows_are_copied_in_both_languages_with_their_place() {
        let mut session = session(ZH, EN);
        session.go(1);
        session.extend(2);
        assert_eq!(
            session.copied(),
            "[row 2: zh.txt 2 ⇄ en.txt 2]\n国际法适用于网络空间。\nInternational law applies to cyberspace.\n\n\
             [row 3: zh.txt 3 ⇄ en.txt 3]\n主权是基本原则。\nSovereignty is the basic principle.\n"
        );
    }
}
