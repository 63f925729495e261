//! What there is to doubt in each row of an alignment, kept as its rows change.

use std::ops::Range;

use super::{Reason, Terms, Usual, reasons};
use crate::bitext::{SIDES, Side};
use crate::lang::{Lang, Language};
use crate::task::{Cancelled, Ctl};
use crate::text::Span;
use crate::work::{Aligned, Row};

/// Below this score a bead is doubtful.
const DOUBTFUL: f32 = 0.7;

/// A kind of reason why a person should look at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers differ.
    Numbers,
    /// A name is missing.
    Names,
    /// The lengths do not fit.
    Length,
    /// A term is missing.
    Terms,
}

impl Kind {
    /// All of them, the most telling first.
    pub const ALL: [Self; 4] = [Self::Numbers, Self::Names, Self::Length, Self::Terms];

    /// The word it goes out by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Names => "names",
            Self::Length => "length",
            Self::Terms => "terms",
        }
    }

    /// What a reader is told.
    pub fn text(self) -> &'static str {
        match self {
            Self::Numbers => "numbers differ",
            Self::Names => "a name is missing",
            Self::Length => "the lengths do not fit",
            Self::Terms => "a term is missing",
        }
    }
}

/// The kinds of reasons to doubt one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// The kinds of a row that nobody has looked at.
    const UNKNOWN: Self = Self(128);

    /// Whether there is no reason.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a kind is among them.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// All of them, the most telling first.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |&kind| self.has(kind))
    }

    fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }
}

/// What there is to doubt in each row, besides its score.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    by: Option<By>,
    of: Vec<Kinds>,
}

/// What rows are looked at by: how long they usually are, and the terms of the texts.
#[derive(Clone, Debug)]
struct By {
    usual: Usual,
    terms: Terms,
}

/// A side of a row.
type Text<'a> = (String, &'a Lang);

impl Doubts {
    /// Looks at all rows.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn find(ctl: &Ctl, aligned: Aligned, terms: Terms) -> Result<Self, Cancelled> {
        let bytes = |row: &Row| {
            let [source, target] = SIDES.map(|side| aligned.document(side).raw_range(side.of(&row.bead).clone()).len());
            (source, target)
        };
        let rows = aligned.rows();
        let by = By { usual: Usual::of(rows.iter().map(bytes)), terms };
        let mut of = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            if at % 256 == 0 {
                ctl.step("comparing numbers and names", at, rows.len())?;
            }
            of.push(by.look(aligned, row));
        }
        Ok(Self { by: Some(by), of })
    }

    /// The reasons to doubt a row besides its score.
    pub fn kinds(&self, row: usize) -> Kinds {
        self.of.get(row).copied().unwrap_or_default()
    }

    /// Rows took the place of others, which are looked at as they are now. Of an edit of several steps the rows are those
    /// of the end: what lies behind them is looked at with the last.
    pub fn replace(&mut self, aligned: Aligned, at: usize, old: usize, new: usize) {
        let Some(by) = &self.by else { return };
        let look = |at: usize| aligned.rows().get(at).map_or(Kinds::UNKNOWN, |row| by.look(aligned, row));
        let found: Vec<Kinds> = (at..at + new).map(look).collect();
        self.splice(at, old, found);
    }

    /// The same for rows that changed while all of them were being looked at; [`look_at_rest`](Self::look_at_rest) ends
    /// it.
    pub fn replace_unseen(&mut self, at: usize, old: usize, new: usize) {
        self.splice(at, old, vec![Kinds::UNKNOWN; new]);
    }

    fn splice(&mut self, at: usize, old: usize, new: Vec<Kinds>) {
        let end = (at + old).min(self.of.len());
        self.of.splice(at.min(end)..end, new);
    }

    /// Looks at the rows that were not looked at yet.
    pub fn look_at_rest(&mut self, aligned: Aligned) {
        let Some(by) = &self.by else { return };
        for (kinds, row) in self.of.iter_mut().zip(aligned.rows()) {
            if *kinds == Kinds::UNKNOWN {
                *kinds = by.look(aligned, row);
            }
        }
    }

    /// The numbers, names and terms of a side of a row that the other side lacks, in bytes of the text as it is shown.
    pub fn lacking(&self, aligned: Aligned, row: usize, side: Side) -> Vec<Span> {
        let (Some(by), Some(at)) = (&self.by, aligned.rows().get(row)) else { return Vec::new() };
        let kinds = self.kinds(row);
        if ![Kind::Numbers, Kind::Names, Kind::Terms].into_iter().any(|kind| kinds.has(kind)) {
            return Vec::new();
        }
        let spans = |reason: Reason| match (reason, side) {
            (Reason::Numbers { source, .. }, Side::Source) => source.into_iter().map(|figure| figure.span).collect(),
            (Reason::Numbers { target, .. }, Side::Target) => target.into_iter().map(|figure| figure.span).collect(),
            (Reason::Names { source, .. }, Side::Source) => source,
            (Reason::Names { target, .. }, Side::Target) => target,
            (Reason::Length { .. }, _) => Vec::new(),
        };
        let [source, target] = texts(aligned, at);
        let terms = by.missing_terms(&source, &target).filter(|(of, _)| *of == side).map(|(_, spans)| spans);
        let found = reasons(&by.usual, (&source.0, source.1), (&target.0, target.1));
        found.into_iter().flat_map(spans).chain(terms.into_iter().flatten()).collect()
    }

    /// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
    pub fn is_doubtful(&self, number: usize, row: &Row) -> bool {
        is_doubtful(row, self.kinds(number))
    }

    /// All rows, each with whether it is to be looked at.
    pub fn of_all<'a>(&self, rows: &'a [Row]) -> impl Iterator<Item = (&'a Row, bool)> {
        let kinds = self.of.iter().copied().chain(std::iter::repeat(Kinds::default()));
        rows.iter().zip(kinds).map(|(row, kinds)| (row, is_doubtful(row, kinds)))
    }

    /// How much a row is to be doubted: the probability that it is wrong, more where there are reasons to doubt it, one
    /// more where somebody flagged it.
    pub fn doubt(&self, number: usize, row: &Row) -> f32 {
        let trust = row.bead.score * [1.0, 0.6, 0.4, 0.3][self.kinds(number).0.count_ones().min(3) as usize];
        1.0 - trust + if row.mark.flagged { 1.0 } else { 0.0 }
    }
}

/// Whether a row is to be looked at, by its score, its marks, and what is odd in it.
fn is_doubtful(row: &Row, kinds: Kinds) -> bool {
    row.mark.flagged || has_low_score(row) || (!row.mark.confirmed && !kinds.is_empty())
}

/// Whether a row is to be looked at for its score alone.
pub fn has_low_score(row: &Row) -> bool {
    !row.mark.confirmed && row.bead.score < DOUBTFUL
}

impl By {
    fn look(&self, aligned: Aligned, row: &Row) -> Kinds {
        if row.bead.source.is_empty() || row.bead.target.is_empty() {
            return Kinds::default();
        }
        let [source, target] = texts(aligned, row);
        let lacks_terms = self.missing_terms(&source, &target).is_some_and(|(_, spans)| !spans.is_empty());
        let terms = if lacks_terms { Kinds::default().with(Kind::Terms) } else { Kinds::default() };
        let found = reasons(&self.usual, (&source.0, source.1), (&target.0, target.1));
        found.iter().fold(terms, |kinds, reason| {
            kinds.with(match reason {
                Reason::Numbers { .. } => Kind::Numbers,
                Reason::Names { .. } => Kind::Names,
                Reason::Length { .. } => Kind::Length,
            })
        })
    }

    /// The Chinese side, and the terms on it whose translation is missing; nothing for other languages.
    fn missing_terms(&self, source: &Text<'_>, target: &Text<'_>) -> Option<(Side, Vec<Range<usize>>)> {
        match (source.1.language(), target.1.language()) {
            (Language::Chinese, Language::English) => Some((Side::Source, self.terms.missing(&source.0, &target.0))),
            (Language::English, Language::Chinese) => Some((Side::Target, self.terms.missing(&target.0, &source.0))),
            _ => None,
        }
    }
}

fn texts<'a>(aligned: Aligned<'a>, row: &Row) -> [Text<'a>; 2] {
    SIDES.map(|side| {
        let document = aligned.document(side);
        (document.shown(side.of(&row.bead).clone()).text, &document.lang)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bitext::{Bead, Bitext, Document};
    use crate::edit::{Edit, Place, Refused};
    use crate::import::{Format, read_str};
    use crate::segment::segment;
    use crate::work::OpenAlignment;

    fn document(tag: &str, content: &str) -> Document {
        let text = read_str(content, Format::Plain).unwrap();
        let lang = Lang::parse(tag).unwrap();
        let segments = segment(&text, lang.language());
        Document::new(tag, lang, text, segments)
    }

    fn open() -> OpenAlignment {
        let source = document("zh", "有30人。主权很重要。NATO开会。他来了。2012年。");
        let target = document("en", "There were 40. It matters much. They met. He came. In 2012.");
        assert_eq!((source.segments.len(), target.segments.len()), (5, 5));
        let scores = [0.9, 0.95, 0.9, 0.2, 1.0];
        let bead = |(at, score): (usize, &f32)| Bead { source: at..at + 1, target: at..at + 1, score: *score };
        let beads = scores.iter().enumerate().map(bead).collect();
        Bitext { source: source.into(), target: target.into(), beads }.into()
    }

    fn terms() -> Terms {
        Terms::of([("主权", "sovereignty", 5, 0.9)])
    }

    #[test]
    fn each_row_has_its_reasons() {
        let open = open();
        let aligned = open.aligned();
        let doubts = Doubts::find(&Ctl::quiet(), aligned, terms()).unwrap();
        let kinds: Vec<Vec<Kind>> = (0..6).map(|row| doubts.kinds(row).iter().collect()).collect();
        let wanted = [vec![Kind::Numbers], vec![Kind::Terms], vec![Kind::Names], vec![], vec![], vec![]];
        assert_eq!((doubts.of.len(), &kinds[..]), (5, &wanted[..]));
        let lacking = |row: usize, side: Side| {
            let text = aligned.document(side).shown(row..row + 1).text;
            doubts.lacking(aligned, row, side).into_iter().map(|span| text[span].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((lacking(0, Side::Source), lacking(0, Side::Target)), (vec!["30".into()], vec!["40".into()]));
        assert_eq!((lacking(1, Side::Source), lacking(2, Side::Source)), (vec!["主权".into()], vec!["NATO".into()]));
        assert!(lacking(3, Side::Source).is_empty() && doubts.lacking(aligned, 9, Side::Source).is_empty());
        let doubtful: Vec<bool> = doubts.of_all(aligned.rows()).map(|(_, doubtful)| doubtful).collect();
        assert_eq!(doubtful, [true, true, true, true, false]);
        let doubt = |row: usize| doubts.doubt(row, &aligned.rows()[row]);
        assert!((doubt(0) - (1.0 - 0.9 * 0.6)).abs() < 1e-6 && doubt(3) > doubt(0) && doubt(4) < 1e-6);
    }

    fn edit(aligned: Aligned, what: u8, row: usize) -> Result<Edit, Refused> {
        let row = row % aligned.rows().len();
        match what {
            0 => aligned.merge(row..row + 2),
            1 => aligned.split(row, aligned.middle(row).unwrap_or(Place { source: 0, target: 0 })),
            2 => aligned.move_down(row, Side::Source),
            3 => aligned.rewrite(Side::Target, row, "There were 30 of NATO."),
            4 => aligned.join(Side::Source, row),
            _ => aligned.unlink(row),
        }
    }

    proptest! {
        /// Doubts that follow the edits are those that would be found anew, also where edits came meanwhile.
        #[test]
        fn doubts_follow_the_rows(steps in prop::collection::vec((0_u8..6, 0_usize..5), 0..12), late in 0_usize..12) {
            let mut open = open();
            let mut doubts = Doubts::find(&Ctl::quiet(), open.aligned(), terms()).unwrap();
            for (number, (what, row)) in steps.into_iter().enumerate() {
                let Ok(edit) = edit(open.aligned(), what, row) else { continue };
                let touched = open.work_mut().apply(&edit).unwrap();
                let aligned = open.aligned();
                for exchanged in &touched.rows {
                    let (at, old, new) = (exchanged.at, exchanged.old.len(), exchanged.new.len());
                    if number < late { doubts.replace(aligned, at, old, new) } else { doubts.replace_unseen(at, old, new) }
                }
                for text in &touched.texts {
                    let side = aligned.side_of(text.document).unwrap();
                    for row in text.segments.iter().filter_map(|&segment| aligned.row_of(side, segment)) {
                        if number < late { doubts.replace(aligned, row, 1, 1) } else { doubts.replace_unseen(row, 1, 1) }
                    }
                }
            }
            doubts.look_at_rest(open.aligned());
            let anew = Doubts::find(&Ctl::quiet(), open.aligned(), terms()).unwrap();
            prop_assert_eq!(doubts.of, anew.of);
        }
    }
}
