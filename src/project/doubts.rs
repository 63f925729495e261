//! Finding the rows that a person should look at.

use super::glossary::{Glossary, glossary_knowing};
use crate::bitext::{SIDES, Side};
use crate::doubt::{Doubts, Terms};
use crate::exchange::doubts::{Report, Row};
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::termbase::{Entry, Pairs, Status, entries};
use crate::work::Aligned;

/// Looks at all rows of an alignment: at numbers, names, lengths, and the terms of a glossary made of its texts.
///
/// # Errors
/// [`Cancelled`].
pub fn doubts(ctl: &Ctl, aligned: Aligned) -> Result<Doubts, Cancelled> {
    let terms = aligned.work().terms();
    let glossary = glossary_knowing(ctl, &aligned.bitext(), terms)?;
    let languages = [Language::Chinese, Language::English];
    let lines = entries(terms, languages, &glossary.pairs(languages));
    Doubts::find(ctl, aligned, asked_terms(&glossary, &lines))
}

/// The terms of a glossary that rows are held to: all but those that a person rejected.
pub fn asked_terms(glossary: &Glossary, lines: &[Entry]) -> Terms {
    let lines = lines.iter().filter(|line| line.status != Status::Rejected);
    let mut wanted: Vec<usize> = lines.flat_map(|line| line.pairs.iter().copied()).collect();
    wanted.sort_unstable();
    Terms::of(wanted.iter().filter_map(|at| glossary.terms.get(*at)).map(|term| {
        let pair = &term.pair;
        (pair.chinese.as_str(), pair.english.as_str(), term.places.len(), pair.score)
    }))
}

/// The form in which doubtful rows go out, those first that are most likely wrong; with `all`, every row.
pub fn doubts_report(aligned: Aligned, doubts: &Doubts, all: bool) -> Report {
    let wanted = doubts.of_all(aligned.rows()).enumerate().filter(|(_, (_, doubtful))| all || *doubtful);
    let mut rows: Vec<Row> = wanted.map(|(at, (row, _))| reported(aligned, doubts, at, row)).collect();
    rows.sort_by(|a, b| b.doubt.total_cmp(&a.doubt).then(a.row.cmp(&b.row)));
    let texts = SIDES.map(|side| {
        let document = aligned.document(side);
        (document.name.as_str(), &document.lang, document.note.as_deref())
    });
    Report::new(texts, rows)
}

fn reported(aligned: Aligned, doubts: &Doubts, at: usize, row: &crate::work::Row) -> Row {
    let text = |side: Side| aligned.document(side).shown(side.of(&row.bead).clone()).text;
    let lacking = |side: Side| {
        let text = text(side);
        doubts.lacking(aligned, at, side).into_iter().filter_map(|span| Some(text.get(span)?.to_owned())).collect()
    };
    Row {
        row: at + 1,
        doubt: doubts.doubt(at, row),
        score: row.bead.score,
        bead: row.bead.kind().to_string(),
        flagged: row.mark.flagged,
        confirmed: row.mark.confirmed,
        reasons: doubts.kinds(at).iter().collect(),
        source_lacking: lacking(Side::Source),
        target_lacking: lacking(Side::Target),
        source: text(Side::Source),
        target: text(Side::Target),
    }
}

impl Glossary {
    /// Its pairs in the order of two languages, Chinese first or last, to be met with what was decided.
    pub fn pairs(&self, languages: [Language; 2]) -> Pairs {
        let pairs = self.terms.iter().map(|term| ([term.pair.chinese.as_str(), &term.pair.english], term.pair.score));
        Pairs::new(languages, pairs)
    }
}
