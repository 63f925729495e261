//! What is open: the bitext as rows to show, the search, the glossary, where the reader is. Plain data, no drawing.

mod check;
mod cursor;
mod doubts;
mod keeping;
mod places;
mod search;
mod segments;
mod terms;

use std::fmt::Write as _;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::lookup_sources::{LookupSources, LookupState};
use super::saver::Saver;
use super::worker::{Kept, Opened, Stamp};
use crate::bitext::{BeadKind, Document, Shown, notes};
pub(super) use crate::bitext::{SIDES, Side};
use crate::edit::History;
use crate::find::Index;
use crate::lang::Language;
use crate::origin::Author;
use crate::project::{self, Contents, check_glossary};
use crate::text::{BlockKind, Span};
use crate::work::{Aligned, OpenAlignment, Row};
pub(super) use search::Search;

/// How many sessions there have been.
static OPENED: AtomicU64 = AtomicU64::new(0);

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
    /// A segment that was chosen.
    Chosen,
    /// A segment that waits for its counterpart.
    Picked,
    /// A number or name that the other side has not.
    Lacking,
}

/// An open bitext and all that is shown of it.
#[derive(Debug)]
pub(super) struct Session {
    /// What it is called; nothing for the statement that comes with the program.
    pub(super) title: Option<String>,
    /// The files it was opened from, where it can be opened from them again.
    pub(super) paths: Vec<PathBuf>,
    /// The work, and the alignment of it that is shown.
    pub(super) open: OpenAlignment,
    /// What was done.
    pub(super) history: History,
    /// Who works here.
    pub(super) author: Author,
    pub(super) search: Search,
    pub(super) terms: terms::TermList,
    pub(super) checked: check::Checked,
    pub(super) cursor: cursor::Cursor,
    pub(super) doubts: doubts::Followed,
    /// What each side is searched by; of another length than the text while it is made anew.
    pub(super) index: [Arc<Index>; 2],
    /// Sides with a text that is too long to be made ready at once.
    pub(super) to_index: [bool; 2],
    /// How many rows are doubtful, and how many confirmed.
    pub(super) doubtful: usize,
    pub(super) confirmed: usize,
    /// What a job that begins now is done for: which of all sessions this is, and what grows with every edit, and with
    /// every edit of a text.
    pub(super) stamp: Stamp,
    /// Rows that took the place of others since the list was told: where, how many there were, how many there are.
    pub(super) spliced: Vec<(usize, usize, usize)>,
    pub(super) kept: keeping::Keeping,
}

impl Session {
    /// What was opened, for a person to work on.
    pub(super) fn of_opened(opened: Opened, author: Author) -> Self {
        let Opened { title, paths, kept, index, .. } = opened;
        let (mut contents, saver, read_only) = match kept {
            Kept::In(kept) => (kept.1, Some(Saver::new(kept.0)), false),
            Kept::ReadOnly(contents) => (*contents, None, true),
            Kept::Nowhere(open) => (Contents { open: *open, history: History::default(), row: 0 }, None, false),
        };
        let history = std::mem::take(&mut contents.history);
        let mut out = Self::with(title, contents.open, index, author);
        (out.paths, out.history, out.kept.saver, out.kept.read_only) = (paths, history, saver, read_only);
        out.go(contents.row);
        out.kept.row = out.cursor.row;
        out
    }

    fn with(title: Option<String>, open: OpenAlignment, index: [Arc<Index>; 2], author: Author) -> Self {
        let stamp = Stamp { session: OPENED.fetch_add(1, Ordering::Relaxed), revision: 0, texts: 0 };
        let mut out = Self {
            title,
            paths: Vec::new(),
            open,
            history: History::default(),
            author,
            search: Search::default(),
            terms: terms::TermList::default(),
            checked: check::Checked::default(),
            cursor: cursor::Cursor::default(),
            doubts: doubts::Followed::default(),
            index,
            to_index: [false; 2],
            doubtful: 0,
            confirmed: 0,
            stamp,
            spliced: Vec::new(),
            kept: keeping::Keeping::default(),
        };
        out.count_rows();
        out
    }

    /// Texts that nobody has worked on and that are kept nowhere.
    #[cfg(test)]
    pub(super) fn of(title: &str, bitext: crate::bitext::Bitext) -> Self {
        let kept = Kept::Nowhere(Box::new(bitext.into()));
        Self::of_opened(Opened::new(Some(title.to_owned()), Vec::new(), kept, Vec::new()), crate::project::author(None))
    }

    /// The alignment with its documents.
    pub(super) fn aligned(&self) -> Aligned<'_> {
        self.open.aligned()
    }

    /// What words are looked up in.
    pub(super) fn lookup_sources(&self) -> LookupSources {
        LookupSources::new(self.open.clone(), self.index.clone(), self.terms.glossary.as_deref(), self.lookup_state())
    }

    /// The state for which those are made.
    pub(super) fn lookup_state(&self) -> LookupState {
        (self.stamp, self.terms.glossaries)
    }

    /// The row in which a place of a document stands.
    pub(super) fn row_at(&self, side: Side, byte: usize) -> usize {
        self.aligned().row_at(side, byte)
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.aligned().rows().len()
    }

    pub(super) fn at(&self, row: usize) -> Option<&Row> {
        self.aligned().rows().get(row)
    }

    pub(super) fn document(&self, side: Side) -> &Document {
        self.aligned().document(side)
    }

    /// Whether terms can be found in these languages.
    pub(super) fn has_terms(&self) -> bool {
        check_glossary(self.document(Side::Source), self.document(Side::Target)).is_ok()
    }

    /// The segments of a row on one side.
    pub(super) fn segments(&self, row: usize, side: Side) -> Range<usize> {
        self.at(row).map_or(0..0, |row| side.of(&row.bead).clone())
    }

    /// The bytes of a row on one side.
    pub(super) fn bytes(&self, row: usize, side: Side) -> Span {
        let segments = &self.document(side).segments;
        let range = self.segments(row, side);
        match (segments.get(range.start), range.end.checked_sub(1).and_then(|last| segments.get(last))) {
            (Some(first), Some(last)) if !range.is_empty() => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    pub(super) fn kind(&self, row: usize) -> BeadKind {
        self.at(row).map_or(BeadKind(0, 0), |row| row.bead.kind())
    }

    pub(super) fn score(&self, row: usize) -> f32 {
        self.at(row).map_or(0.0, |row| row.bead.score)
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
        let bytes = self.bytes(row, side);
        for (place, kind) in [(self.cursor.chosen, MarkKind::Chosen), (self.picked_segment(), MarkKind::Picked)] {
            if let Some((_, segment)) = place.filter(|(of, at)| *of == side && self.segments(row, side).contains(at)) {
                // A chosen row of one segment need not say so.
                let alone = kind == MarkKind::Chosen && self.segments(row, side).len() == 1 && self.is_lonely(row);
                if !alone {
                    let span = self.document(side).display_span(segment);
                    out.extend(cell.place(&span).into_iter().map(|span| Mark { span, kind }));
                }
            }
        }
        for place in &self.terms.places {
            let span = &place[side as usize];
            if bytes.contains(&span.start) {
                out.extend(cell.place(span).into_iter().map(|span| Mark { span, kind: MarkKind::Term }));
            }
        }
        out.extend(self.checked.finding_marks(row, side, &cell.text));
        if row == self.cursor.row {
            out.extend(self.lacking(row, side).into_iter().map(|span| Mark { span, kind: MarkKind::Lacking }));
        }
        let hits = &self.search.hits[side as usize];
        let first = hits.partition_point(|hit| hit.end <= bytes.start);
        for (number, hit) in hits.iter().enumerate().skip(first).take_while(|(_, hit)| hit.start < bytes.end) {
            let current = self.search.current == Some((side, number));
            let kind = if current { MarkKind::CurrentHit } else { MarkKind::Hit };
            out.extend(cell.place(hit).into_iter().map(|span| Mark { span, kind }));
        }
        out
    }

    /// Makes a row the one under the eye.
    pub(super) fn go(&mut self, row: usize) {
        self.extend(row);
        self.cursor.anchor = self.cursor.row;
    }

    /// Selects from where the selection began to a row.
    pub(super) fn extend(&mut self, row: usize) {
        self.cursor.row = row.min(self.rows().saturating_sub(1));
        let row = self.cursor.row;
        self.cursor.chosen = self.cursor.chosen.filter(|(side, segment)| self.segments(row, *side).contains(segment));
    }

    /// What readers must be told about the documents.
    pub(super) fn notes(&self) -> Vec<&str> {
        notes(SIDES.map(|side| self.document(side)))
    }

    /// What it is called, in the language of the interface.
    pub(super) fn title(&self, language: Language) -> String {
        self.title.clone().unwrap_or_else(|| project::bundled_title(language))
    }

    /// The selected rows as text in both languages, each with its place.
    pub(super) fn copied(&self) -> String {
        let mut out = String::new();
        for row in self.cursor.selection() {
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
        for note in self.notes() {
            let _ = writeln!(out, "\n({note})");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Ctl;
    use crate::termbase::TermBase;

    fn session(chinese: &str, english: &str) -> Session {
        let (source, target) = (project::paste("zh.txt", chinese).unwrap(), project::paste("en.txt", english).unwrap());
        let bitext = project::align(&Ctl::quiet(), source, target, &project::AlignOptions::default()).unwrap();
        let mut session = Session::of("sample", bitext);
        session.take_glossary(
            project::glossary(&Ctl::quiet(), &session.aligned().bitext(), &TermBase::default()).unwrap(),
        );
        session
    }

    const ZH: &str = "主权\n国际法适用于网络空间。主权是基本原则。\n";
    const EN: &str = "Sovereignty\nInternational law applies to cyberspace. Sovereignty is the basic principle.\n";

    #[test]
    fn searching_walks_through_both_languages_in_reading_order() {
        let mut session = session(ZH, EN);
        session.find("SOVEREIGNTY");
        assert_eq!(session.search.count(), 2);
        assert_eq!((session.cursor.row, session.place_of_hit()), (0, Some(0)));
        session.walk_hits(true);
        assert_eq!((session.cursor.row, session.place_of_hit()), (2, Some(1)));
        session.walk_hits(true);
        assert_eq!(session.cursor.row, 0);
        session.find("主權");
        assert_eq!(session.search.count(), 2);
        let cell = session.cell(2, Side::Source);
        let marks = session.marks(2, Side::Source, &cell);
        assert_eq!(marks.iter().map(|mark| &cell.text[mark.span.clone()]).collect::<Vec<_>>(), ["主权"]);
    }

    #[test]
    fn a_chosen_term_is_lit_up_on_both_sides() {
        let mut session = session(ZH, EN);
        let at = session
            .terms
            .glossary
            .as_ref()
            .unwrap()
            .terms
            .iter()
            .position(|term| term.pair.chinese == "网络空间")
            .unwrap();
        session.choose(Some(at));
        assert_eq!(session.cursor.row, 1);
        for (side, text) in [(Side::Source, "网络空间"), (Side::Target, "cyberspace")] {
            let cell = session.cell(1, side);
            let marks = session.marks(1, side, &cell);
            assert_eq!(marks.len(), 1);
            assert_eq!(&cell.text[marks[0].span.clone()], text);
        }
    }

    #[test]
    fn places_of_terms_move_with_the_text_and_go_where_it_changes() {
        let mut session = session(ZH, EN);
        let places = |session: &Session, chinese: &str| {
            let terms = &session.terms.glossary.as_ref().unwrap().terms;
            let term = terms.iter().find(|term| term.pair.chinese == chinese).unwrap();
            let text = session.document(Side::Source).text.as_str();
            term.places.iter().map(|(_, source, _)| text[source.clone()].to_owned()).collect::<Vec<_>>()
        };
        let before = (places(&session, "网络空间"), places(&session, "主权"));
        let longer = session.aligned().rewrite(Side::Source, 0, "关于主权的若干问题").unwrap();
        session.carry_out(Ok(longer));
        assert_eq!(places(&session, "网络空间"), before.0);
        assert_eq!(places(&session, "主权").len() + 1, before.1.len(), "that of the changed heading is gone");
    }

    #[test]
    fn the_chosen_pair_stays_chosen_in_another_glossary() {
        let mut session = session(ZH, EN);
        let first = project::Glossary::clone(session.terms.glossary.as_ref().unwrap());
        let chosen = first.terms.len() - 1;
        session.choose(Some(chosen));
        let mut turned = first.clone();
        turned.terms.reverse();
        session.take_glossary(turned);
        assert_eq!(session.terms.chosen, Some(0));
        let pair = &first.terms[chosen].pair;
        assert_eq!(session.terms.chosen_term().unwrap().texts[..], [pair.chinese.clone(), pair.english.clone()]);
        let mut without = first.clone();
        without.terms.pop();
        session.take_glossary(without);
        assert_eq!(session.terms.chosen, None);
        // Nothing was chosen, so nothing is.
        session.take_glossary(first);
        assert_eq!((session.terms.chosen, session.terms.glossaries), (None, 4));
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
