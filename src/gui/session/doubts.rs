//! Why rows should be looked at, kept beside them: numbers, names and lengths that do not fit.

use std::ops::Range;
use std::sync::Arc;

use super::{SIDES, Session, Side};
use crate::doubt::{Reason, Terms, Usual, reasons};
use crate::gui::session::DOUBTFUL;
use crate::gui::words::word;
use crate::gui::worker::Job;
use crate::lang::{Lang, Language};
use crate::task::{Cancelled, Ctl};
use crate::termbase::Status;
use crate::work::{OpenAlignment, Row};

const NUMBERS: u8 = 1;
const NAMES: u8 = 2;
const LENGTH: u8 = 4;
const TERMS: u8 = 8;
/// Not looked at yet.
const UNKNOWN: u8 = 128;

/// What there is to doubt in each row, besides the score.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct Doubts {
    by: Option<By>,
    of: Vec<u8>,
    /// Grows when all rows were looked at.
    pub(in crate::gui) revision: u64,
    /// Rows that changed while all of them are being looked at; nothing where nobody looks.
    since: Option<Vec<(usize, usize, usize)>>,
    /// Whether looking at all rows was stopped before its end.
    stopped: bool,
}

/// What rows are looked at by: how long they usually are, and the terms of the glossary, once there is one.
#[derive(Clone, Debug)]
struct By {
    usual: Usual,
    terms: Arc<Terms>,
}

/// Looks at all rows.
///
/// # Errors
/// [`Cancelled`].
pub(in crate::gui) fn found_doubts(ctl: &Ctl, alignment: &OpenAlignment, terms: Terms) -> Result<Doubts, Cancelled> {
    let bytes = |row: &Row| {
        let [source, target] = SIDES.map(|side| {
            let segments = side.of(&row.bead);
            alignment.aligned().document(side).raw_range(segments.clone()).len()
        });
        (source, target)
    };
    let by = By { usual: Usual::of(alignment.aligned().rows().iter().map(bytes)), terms: Arc::new(terms) };
    let mut of = Vec::with_capacity(alignment.aligned().rows().len());
    for (at, row) in alignment.aligned().rows().iter().enumerate() {
        if at % 256 == 0 {
            ctl.step("comparing numbers and names", at, alignment.aligned().rows().len())?;
        }
        of.push(look(&by, alignment, row));
    }
    Ok(Doubts { by: Some(by), of, ..Doubts::default() })
}

fn look(by: &By, alignment: &OpenAlignment, row: &Row) -> u8 {
    if row.bead.source.is_empty() || row.bead.target.is_empty() {
        return 0;
    }
    let [source, target] = texts(alignment, row);
    let terms = if missing_terms(by, &source, &target).is_some_and(|(_, spans)| !spans.is_empty()) { TERMS } else { 0 };
    let found = reasons(&by.usual, (&source.0, source.1), (&target.0, target.1));
    found.iter().fold(terms, |sum, reason| {
        sum | match reason {
            Reason::Numbers { .. } => NUMBERS,
            Reason::Names { .. } => NAMES,
            Reason::Length { .. } => LENGTH,
        }
    })
}

/// A side of a row.
type Text<'a> = (String, &'a Lang);

fn texts<'a>(alignment: &'a OpenAlignment, row: &Row) -> [Text<'a>; 2] {
    SIDES.map(|side| {
        let document = alignment.aligned().document(side);
        (document.shown(side.of(&row.bead).clone()).text, &document.lang)
    })
}

/// The Chinese side, and the terms on it whose translation is missing; nothing for other languages.
fn missing_terms(by: &By, source: &Text<'_>, target: &Text<'_>) -> Option<(Side, Vec<Range<usize>>)> {
    match (source.1.language(), target.1.language()) {
        (Language::Chinese, Language::English) => Some((Side::Source, by.terms.missing(&source.0, &target.0))),
        (Language::English, Language::Chinese) => Some((Side::Target, by.terms.missing(&target.0, &source.0))),
        _ => None,
    }
}

/// Whether a row is to be looked at, by its score, its marks, and whether anything in it is odd.
fn is_doubtful(row: &Row, odd: bool) -> bool {
    row.mark.flagged || (!row.mark.confirmed && (row.bead.score < DOUBTFUL || odd))
}

impl Session {
    /// The job of looking at all rows begins: from now on it is told what changes.
    pub(in crate::gui) fn doubts_job(&mut self) -> Job {
        (self.doubts.since, self.doubts.stopped) = (Some(Vec::new()), false);
        let terms = self.glossary.as_ref().map_or(&[][..], |glossary| &glossary.terms);
        // What was rejected is missed nowhere.
        let lines = self.entries.iter().filter(|entry| entry.status != Status::Rejected);
        let mut wanted: Vec<usize> = lines.flat_map(|entry| entry.pairs.iter().copied()).collect();
        wanted.sort_unstable();
        let pairs = wanted.iter().filter_map(|at| terms.get(*at)).map(|term| {
            let pair = &term.pair;
            (pair.chinese.as_str(), pair.english.as_str(), term.places.len(), pair.score)
        });
        Job::Doubts(self.open.clone(), Terms::of(pairs), self.stamp())
    }

    /// Nobody looks at all rows by now: what changes need not be told.
    pub(in crate::gui) fn doubts_at_rest(&mut self) {
        self.doubts.stopped |= self.doubts.since.take().is_some();
    }

    /// The job of looking at all rows where that was stopped: for who asks for the doubtful ones nevertheless.
    pub(in crate::gui) fn stopped_doubts_job(&mut self) -> Option<Job> {
        self.doubts.stopped.then(|| self.doubts_job())
    }

    /// All rows were looked at; those that changed meanwhile are looked at now.
    pub(in crate::gui) fn take_doubts(&mut self, mut found: Doubts) {
        for (at, old, new) in self.doubts.since.take().into_iter().flatten() {
            found.of.splice(at..at + old, std::iter::repeat_n(UNKNOWN, new));
        }
        if let Some(by) = &found.by {
            for (doubt, row) in found.of.iter_mut().zip(self.aligned().rows()) {
                if *doubt == UNKNOWN {
                    *doubt = look(by, &self.open, row);
                }
            }
        }
        found.revision = self.doubts.revision + 1;
        self.doubts = found;
        self.count_rows();
    }

    /// Rows took the place of others, which are counted instead of all.
    pub(in crate::gui) fn exchange(&mut self, at: usize, old: &[Row], new: &[Row]) {
        self.doubtful -= self.count_doubtful(at, old);
        self.confirmed -= old.iter().filter(|row| row.mark.confirmed).count();
        let same = |(old, new): (&Row, &Row)| old.bead == new.bead;
        if old.len() != new.len() || !old.iter().zip(new).all(same) {
            self.splice_doubts(at, old.len(), new.len());
        }
        self.doubtful += self.count_doubtful(at, new);
        self.confirmed += new.iter().filter(|row| row.mark.confirmed).count();
    }

    /// How many of some rows are doubtful, the first of which has this number.
    fn count_doubtful(&self, at: usize, rows: &[Row]) -> usize {
        let odd = |row: usize| self.doubts.of.get(row).is_some_and(|doubt| *doubt != 0);
        rows.iter().enumerate().filter(|(number, row)| is_doubtful(row, odd(at + number))).count()
    }

    /// The text of a row changed.
    pub(in crate::gui) fn look_again(&mut self, row: usize) {
        let was = self.is_doubtful(row);
        self.splice_doubts(row, 1, 1);
        self.doubtful = self.doubtful + usize::from(self.is_doubtful(row)) - usize::from(was);
    }

    fn splice_doubts(&mut self, at: usize, old: usize, new: usize) {
        if let Some(since) = &mut self.doubts.since {
            since.push((at, old, new));
        }
        let Some(by) = self.doubts.by.clone() else { return };
        let rows = self.aligned().rows();
        // Of an edit of several steps the rows are those of the end: what is behind them is looked at with the last.
        let look = |at: usize| rows.get(at).map_or(UNKNOWN, |row| look(&by, &self.open, row));
        let found: Vec<u8> = (at..at + new).map(look).collect();
        let end = (at + old).min(self.doubts.of.len());
        self.doubts.of.splice(at.min(end)..end, found);
    }

    /// What there is to doubt in a row besides its score, in words.
    pub(in crate::gui) fn reasons(&self, row: usize) -> Vec<&'static str> {
        let doubt = self.doubts.of.get(row).copied().unwrap_or(0);
        [
            (NUMBERS, word("numbers differ")),
            (NAMES, word("a name is missing")),
            (LENGTH, word("the lengths do not fit")),
            (TERMS, word("a term is missing")),
        ]
        .into_iter()
        .filter(|(flag, _)| doubt & flag != 0)
        .map(|(_, word)| word)
        .collect()
    }

    /// The numbers and names that the other side lacks, in bytes of the text of a cell.
    pub(in crate::gui) fn lacking(&self, row: usize, side: Side) -> Vec<Range<usize>> {
        let (Some(by), Some(at)) = (&self.doubts.by, self.at(row)) else { return Vec::new() };
        if self.doubts.of.get(row).is_none_or(|doubt| doubt & (NUMBERS | NAMES | TERMS) == 0) {
            return Vec::new();
        }
        let spans = |reason: Reason| match (reason, side) {
            (Reason::Numbers { source, .. }, Side::Source) => source.into_iter().map(|figure| figure.span).collect(),
            (Reason::Numbers { target, .. }, Side::Target) => target.into_iter().map(|figure| figure.span).collect(),
            (Reason::Names { source, .. }, Side::Source) => source,
            (Reason::Names { target, .. }, Side::Target) => target,
            (Reason::Length { .. }, _) => Vec::new(),
        };
        let [source, target] = texts(&self.open, at);
        let terms = missing_terms(by, &source, &target).filter(|(of, _)| *of == side).map(|(_, spans)| spans);
        let found = reasons(&by.usual, (&source.0, source.1), (&target.0, target.1));
        found.into_iter().flat_map(spans).chain(terms.into_iter().flatten()).collect()
    }

    /// Whether a row is to be looked at: it may be wrong and nobody has confirmed it, or somebody flagged it.
    pub(in crate::gui) fn is_doubtful(&self, row: usize) -> bool {
        self.at(row).is_some_and(|at| is_doubtful(at, self.doubts.of.get(row).is_some_and(|doubt| *doubt != 0)))
    }

    /// All rows, each with whether it is to be looked at.
    pub(in crate::gui) fn with_doubts(&self) -> impl Iterator<Item = (&Row, bool)> {
        let odd = self.doubts.of.iter().map(|doubt| *doubt != 0).chain(std::iter::repeat(false));
        self.aligned().rows().iter().zip(odd).map(|(row, odd)| (row, is_doubtful(row, odd)))
    }

    /// How much a row is to be doubted: the probability that it is wrong, more where there are reasons to doubt it.
    pub(in crate::gui) fn doubt(&self, row: usize) -> f32 {
        let reasons = self.doubts.of.get(row).map_or(0, |doubt| doubt.count_ones());
        let trust = self.score(row) * [1.0, 0.6, 0.4, 0.3][reasons.min(3) as usize];
        let flagged = if self.is_flagged(row) { 1.0 } else { 0.0 };
        1.0 - trust + flagged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::gui::command::Command;
    use crate::project::paste;

    fn session() -> Session {
        let (source, target) = (paste("zh", "雨。我没去。").unwrap(), paste("en", "Rain. I stayed.").unwrap());
        let bead = Bead { source: 0..2, target: 0..2, score: 0.9 };
        Session::of(
            "test".to_owned(),
            Bitext { source: source.into(), target: target.into(), beads: vec![bead] }.into(),
        )
    }

    fn found(session: &Session) -> Doubts {
        found_doubts(&Ctl::quiet(), &session.open, Terms::default()).unwrap()
    }

    #[test]
    fn what_changes_is_remembered_only_while_all_rows_are_looked_at() {
        let mut session = session();
        session.change(Command::Split);
        assert_eq!(session.doubts.since, None);
        session.doubts_job();
        let found = found(&session);
        session.change(Command::Merge);
        assert_eq!(session.doubts.since, Some(vec![(0, 2, 1)]));
        session.take_doubts(found);
        assert_eq!((&session.doubts.since, session.doubts.of.len()), (&None, 1));
        session.change(Command::Split);
        assert_eq!((&session.doubts.since, session.doubts.of.len()), (&None, 2));
    }

    #[test]
    fn what_was_stopped_is_begun_again_on_request_and_what_was_done_is_not() {
        let mut session = session();
        session.doubts_job();
        session.doubts_at_rest();
        assert_eq!(session.doubts.since, None);
        assert!(matches!(session.stopped_doubts_job(), Some(Job::Doubts(..))));
        assert!(session.stopped_doubts_job().is_none(), "it is under way");
        let found = found(&session);
        session.take_doubts(found);
        session.doubts_at_rest();
        assert!(session.stopped_doubts_job().is_none());
    }
}
