//! Finding the rows that a person should look at.

use super::glossary::{Glossary, glossary};
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
    let glossary = glossary(ctl, &aligned.bitext(), terms)?;
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
    Report::new(SIDES.map(|side| &**aligned.document(side)), rows)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::doubt::Kind;
    use crate::lang::Lang;
    use crate::project::paste;
    use crate::termbase::{Concept, Section, Term, TermBase};
    use crate::work::OpenAlignment;

    const PAIRS: [(&str, &str); 5] = [
        ("国际法适用于网络空间。", "International law applies to cyberspace."),
        ("主权是网络空间的基础。", "Sovereignty is the basis of cyberspace."),
        ("网络空间需要国际法。", "Cyberspace needs international law."),
        ("网络空间很大。", "It is large."),
        ("天下大雨。", "It rains."),
    ];

    /// The texts with a pair of terms of a status in their term base.
    fn open(status: Option<Status>) -> OpenAlignment {
        let texts =
            PAIRS.iter().fold((String::new(), String::new()), |(zh, en), pair| (zh + pair.0, en + " " + pair.1));
        let (source, target) = (paste("zh", &texts.0).unwrap(), paste("en", &texts.1).unwrap());
        assert_eq!((source.segments.len(), target.segments.len()), (PAIRS.len(), PAIRS.len()));
        let bead = |at| Bead { source: at..at + 1, target: at..at + 1, score: 0.9 };
        let beads = (0..PAIRS.len()).map(bead).collect();
        let section = |tag: &str, text: &str, status| Section {
            terms: vec![Term { text: text.to_owned(), status, ..Term::default() }],
            ..Section::new(Lang::parse(tag).unwrap())
        };
        let concept = status.map(|status| Concept {
            sections: vec![section("zh", "网络空间", status), section("en", "cyberspace", status)],
            ..Concept::default()
        });
        let terms = TermBase { concepts: concept.into_iter().collect(), ..TermBase::default() };
        let mut open = OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads });
        *open.work_mut() = open.work().clone().with_terms(terms, BTreeMap::new());
        open
    }

    #[test]
    fn rows_are_held_to_the_terms_of_the_texts_but_for_those_that_were_rejected() {
        for (status, missing) in [(None, true), (Some(Status::Preferred), true), (Some(Status::Rejected), false)] {
            let open = open(status);
            let doubts = doubts(&Ctl::quiet(), open.aligned()).unwrap();
            assert_eq!(doubts.kinds(3).has(Kind::Terms), missing, "{status:?}");
            let rows: Vec<usize> =
                doubts_report(open.aligned(), &doubts, true).rows.iter().map(|row| row.row).collect();
            let wanted = if missing { [4, 1, 2, 3, 5] } else { [1, 2, 3, 4, 5] };
            assert_eq!(rows, wanted, "of those as doubtful the first stands first");
        }
    }
}
