//! Checking how consistent two texts are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::Error;
use super::files::{import_error, read};
use super::glossary::texts;
use crate::align::has_dictionary;
use crate::bitext::{Bitext, SIDES, Side};
use crate::consistency::{self, Decision, Decisions, Finding, Kind, Rows};
use crate::exchange::consistency::{Place, Report, read_decisions as decisions_of};
use crate::import;
use crate::lang::Language;
use crate::notice::{Notice, notice};
use crate::task::{Cancelled, Ctl};
use crate::termbase::{Concept, Status, TermBase};
use crate::work::Aligned;

/// What a reader of the findings must know where terms cannot be compared.
pub fn check_warning(bitext: &Bitext) -> Option<Notice> {
    let [source, target] = languages(bitext).map(Language::name);
    (!has_dictionary(&bitext.source, &bitext.target)).then(|| {
        notice!(
            "for {0} with {1} only the term base, numbers and names are checked; terms are compared for Chinese with English",
            Notice::said(source),
            Notice::said(target)
        )
    })
}

/// Checks that a term base says something of texts in two languages.
///
/// # Errors
/// [`Error::TermLanguages`].
pub fn check_term_base(path: &Path, base: &TermBase, bitext: &Bitext) -> Result<(), Error> {
    let [source, target] = languages(bitext);
    let says = |concept: &Concept| {
        let ruled_out = concept.terms(target).any(|term| term.status == Status::Deprecated);
        concept.terms(target).next().is_some() && (ruled_out || concept.terms(source).next().is_some())
    };
    if base.concepts.iter().any(says) {
        return Ok(());
    }
    Err(Error::TermLanguages { path: path.to_owned(), source_lang: source.name(), target_lang: target.name() })
}

fn languages(bitext: &Bitext) -> [Language; 2] {
    [bitext.source.lang.language(), bitext.target.lang.language()]
}

/// Finds what is not consistent in a bitext and was not accepted.
///
/// # Errors
/// [`Cancelled`].
pub fn check(ctl: &Ctl, bitext: &Bitext, base: &TermBase, decisions: &Decisions) -> Result<Vec<Finding>, Cancelled> {
    consistency::check(ctl, &Beads(bitext), [&bitext.source.lang, &bitext.target.lang], base, decisions)
}

/// The beads of a bitext as rows.
struct Beads<'a>(&'a Bitext);

impl Rows for Beads<'_> {
    fn count(&self) -> usize {
        self.0.beads.len()
    }

    fn texts(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
        let (source, target) = texts(self.0, &self.0.beads[at]);
        (source.into(), target.into())
    }
}

/// Finds what is not consistent in an alignment by its own term base, but for what was decided on.
///
/// # Errors
/// [`Cancelled`].
pub fn check_alignment(ctl: &Ctl, aligned: Aligned) -> Result<Vec<Finding>, Cancelled> {
    check(ctl, &aligned.bitext(), aligned.work().terms(), &verdicts(aligned))
}

/// What to remember where a person says that a finding is right as it is: the key for [`Work::decide`](crate::work::Work::decide), and what is
/// decided. A key names rows by their alignment and segments, whose names stay whatever becomes of the rows.
pub fn verdict_of(aligned: Aligned, finding: &Finding) -> (String, &'static str) {
    // A `|` parts variants; a decision compares letters and digits only, so that `/` does as well within one.
    let variants: Vec<String> = finding.variants.iter().map(|variant| variant.text.replace('|', "/")).collect();
    let everywhere = finding.kind.is_everywhere();
    let rows = if everywhere { &[][..] } else { finding.rows.as_slice() };
    let places: Vec<String> = rows.iter().filter_map(|&row| place_of(aligned, row)).collect();
    let verdict = if everywhere { "both are right" } else { "right in this context" };
    let cells = [finding.kind.name(), &finding.term, &variants.join("|"), &places.join(",")];
    (cells.map(|cell| cell.replace('\t', " ")).join("\t"), verdict)
}

/// What was decided on the inconsistencies of an alignment.
pub fn verdicts(aligned: Aligned) -> Decisions {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..aligned.rows().len() {
        if let Some(place) = place_of(aligned, row) {
            places.insert(place, row);
        }
    }
    let decision = |key: &String| {
        let [kind, term, variants, rows] = key.split('\t').collect::<Vec<_>>()[..] else { return None };
        let kind = Kind::of_name(kind)?;
        let decision = Decision::both_right(kind, term, variants.split('|'));
        if kind.is_everywhere() {
            return Some(decision);
        }
        // Where a row has been merged with those before, what was decided on it holds no more.
        Some(decision.in_context(rows.split(',').filter_map(|place| places.get(place)).copied()))
    };
    aligned.work().verdicts().keys().filter_map(decision).collect()
}

/// The name of a row: that of its alignment and its first segment, on the source side where it has one.
fn place_of(aligned: Aligned, row: usize) -> Option<String> {
    let bead = &aligned.rows().get(row)?.bead;
    SIDES.into_iter().find_map(|side| {
        let first = side.of(bead).clone().next()?;
        let letter = if side == Side::Source { 's' } else { 't' };
        Some(format!("{}#{letter}{}", aligned.id(), aligned.document(side).segments[first].id))
    })
}

/// The form in which findings go out.
pub fn report(bitext: &Bitext, findings: &[Finding]) -> Report {
    Report::new([&bitext.source, &bitext.target], findings, |row| place(bitext, row))
}

fn place(bitext: &Bitext, row: usize) -> Place {
    let bead = &bitext.beads[row];
    let ids = |document: &crate::bitext::Document, range: std::ops::Range<usize>| -> Vec<u64> {
        document.segments.get(range).unwrap_or_default().iter().map(|segment| segment.id).collect()
    };
    let (source, target) = texts(bitext, bead);
    Place {
        row: row + 1,
        source_segments: ids(&bitext.source, bead.source.clone()),
        target_segments: ids(&bitext.target, bead.target.clone()),
        source,
        target,
    }
}

/// Reads decisions: rows of the table that a check prints, which are right.
///
/// # Errors
/// When the file cannot be read or decoded, or a line is not of this form.
pub fn read_decisions(path: &Path) -> Result<Decisions, Error> {
    let decoded = import::decode(&read(path)?).map_err(|problem| import_error(path, problem))?;
    decisions_of(&decoded.content).map_err(|line| Error::Line {
        path: path.to_owned(),
        line,
        problem: notice!(
            "expected kind, term, variants and places, separated by tabs, as `duizhao check --format tsv` prints them"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bead;
    use crate::exchange::written;
    use crate::lang::Lang;
    use crate::project::paste;
    use crate::termbase::{Section, Term};
    use crate::work::OpenAlignment;

    #[test]
    fn what_was_decided_on_a_word_with_a_bar_holds() {
        let (source, target) = (paste("zh", "网络空间很大。").unwrap(), paste("en", "It is large.").unwrap());
        let beads = vec![Bead { source: 0..1, target: 0..1, score: 1.0 }];
        let mut open = OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads });
        let section = |lang: &str, text: &str| Section {
            terms: vec![Term { text: text.to_owned(), ..Term::default() }],
            ..Section::new(Lang::parse(lang).unwrap())
        };
        let sections = vec![section("zh", "网络空间"), section("en", "cyber|space")];
        let base = TermBase { concepts: vec![Concept { sections, ..Concept::default() }], ..TermBase::default() };
        let found = |decisions: &Decisions, open: &OpenAlignment| {
            check(&Ctl::quiet(), &open.aligned().bitext(), &base, decisions).unwrap()
        };
        let first = found(&Decisions::default(), &open);
        assert_eq!((first.len(), first[0].variants[0].text.as_str()), (1, "cyber|space"));
        let (key, verdict) = verdict_of(open.aligned(), &first[0]);
        let edit = open.work().decide(&key, Some(verdict)).unwrap();
        open.work_mut().apply(&edit).unwrap();
        assert!(found(&verdicts(open.aligned()), &open).is_empty());
        // As do the rows of the table that goes out.
        let rows = crate::exchange::consistency::read_decisions(
            &written(|to| report(&open.aligned().bitext(), &first).write_tsv(to)).content,
        );
        assert!(found(&rows.unwrap(), &open).is_empty());
    }

    #[test]
    fn where_terms_cannot_be_compared_that_is_said() {
        let text = |lang: &str| {
            let lang = crate::lang::Lang::parse(lang).unwrap();
            crate::bitext::Document::new("a", lang, crate::text::Text::default(), Vec::new()).into()
        };
        let of = |source, target| Bitext { source: text(source), target: text(target), beads: Vec::new() };
        assert_eq!(check_warning(&of("zh", "en")), None);
        assert!(check_warning(&of("de", "fr")).unwrap().to_string().starts_with("for German with French"));
    }
}
