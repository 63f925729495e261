//! Where the two sides of a text do not keep to one word.
//!
//! Comes in: rows, in which a source text and a target text translate each other; a term base, which may be empty; what
//! a person has decided before. Goes out: [`Finding`]s, those against the term base first, then by how sure they are.
//!
//! - A term is rendered in several ways, or several are rendered the same ([`Kind::Renderings`], [`Kind::Sources`]; only
//!   Chinese with English). An inflection, an abbreviation, a part and a pronoun are no other rendering.
//! - A term that the term base requires is missing, or one it rules out is used ([`Kind::Missing`], [`Kind::Deprecated`]).
//! - Numbers and names differ ([`Kind::Numbers`], [`Kind::Names`]).
//!
//! Few false alarms matter more than finding everything, as in [`crate::doubt`].
//!
//! ```
//! use duizhao::consistency::{Decisions, Kind, Row, check};
//! use duizhao::lang::Lang;
//! use duizhao::task::Ctl;
//! use duizhao::termbase::TermBase;
//!
//! let rows = [Row { source: "共有五十二个国家。", target: "There are 25 countries." }];
//! let (zh, en, base) = (Lang::parse("zh")?, Lang::parse("en")?, TermBase::default());
//! let found = check(&Ctl::quiet(), &rows[..], [&zh, &en], &base, &Decisions::default())?;
//! assert_eq!((found[0].kind, found[0].term.as_str(), &found[0].rows), (Kind::Numbers, "五十二", &vec![0]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocks;
mod decision;
mod figures;
mod matching;
mod related;
mod remainder;
mod required;
mod synonyms;
mod variation;
mod weight;
mod wording;

pub use decision::{Decision, Decisions};

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::bitext::Side;
use crate::gloss::Accepted;
use crate::lang::{Lang, Language};
use crate::task::{Cancelled, Ctl};
use crate::term::Unit;
use crate::term::links::Linker;
use crate::term::parts::Parts;
use crate::term::survey::{CHINESE, ENGLISH, Sight, Survey, survey};
use crate::termbase::TermBase;
use crate::text::Span;
use required::Required;
use synonyms::Synonyms;
use variation::{Variation, variations};

/// A source text and its translation.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The source text; empty where the target was added.
    pub source: &'a str,
    /// The target text; empty where the source was left out.
    pub target: &'a str,
}

/// Rows that are made one by one as they are needed, so that a long text does not stand in memory twice.
pub trait Rows {
    /// How many there are.
    fn count(&self) -> usize;

    /// The source text and the target text of row `at`, from 0.
    fn texts(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>);
}

impl Rows for [Row<'_>] {
    fn count(&self) -> usize {
        self.len()
    }

    fn texts(&self, at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
        let Row { source, target } = self[at];
        (source.into(), target.into())
    }
}

/// What is not consistent, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A term is used that the term base rules out.
    Deprecated,
    /// The term base has a translation of a source term, and it is missing.
    Missing,
    /// One term is rendered in several ways.
    Renderings,
    /// Several terms are rendered the same.
    Sources,
    /// Numbers that the other side lacks.
    Numbers,
    /// Names that the other side lacks.
    Names,
}

/// One of several words where there should be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The word or words.
    pub text: String,
    /// The side it stands on.
    pub side: Side,
    /// Whether it is the one that most rows have, or that the term base wants.
    pub usual: bool,
    /// The rows that have it, from 0; none where only the term base has it.
    pub rows: Vec<usize>,
}

/// Something that is not consistent.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The term it is about: for [`Kind::Sources`] the rendering that several terms have.
    pub term: String,
    /// The side the term is of.
    pub side: Side,
    /// The words there are for it, those that are usual first.
    pub variants: Vec<Variant>,
    /// The rows to look at, from 0: where something else stands than usual.
    pub rows: Vec<usize>,
    /// For the order within a kind; higher is surer.
    weight: f32,
}

impl Kind {
    /// All of them, in the order they are shown in.
    pub const ALL: [Self; 6] =
        [Self::Deprecated, Self::Missing, Self::Renderings, Self::Sources, Self::Numbers, Self::Names];

    /// The word for it in our forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deprecated => "deprecated",
            Self::Missing => "missing",
            Self::Renderings => "renderings",
            Self::Sources => "sources",
            Self::Numbers => "numbers",
            Self::Names => "names",
        }
    }

    /// The kind of a word that [`name`](Self::name) gives.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Kind {
    /// Whether what is right of such a finding is right wherever it stands, and not only in its rows.
    pub fn is_everywhere(self) -> bool {
        matches!(self, Self::Renderings | Self::Sources)
    }
}

impl Finding {
    fn new(kind: Kind, term: &str, side: Side, variants: Vec<Variant>, rows: Vec<usize>) -> Self {
        let weight = rows.len() as f32;
        Self { kind, term: term.to_owned(), side, variants, rows, weight }
    }

    /// Its term as it is compared: in either script and any inflection the same.
    fn folded_term(&self, languages: [Language; 2]) -> String {
        matching::folded(&self.term, languages[self.side as usize])
    }
}

/// Finds what is not consistent and was not accepted. Other languages than Chinese and English have no links of words,
/// so that only the term base, numbers and names are checked. Rows by the ten thousand are checked block by block, in bounded
/// memory: a term rendered one way in one block and another way in the next is not told. Targets of links are no text.
///
/// # Errors
/// [`Cancelled`].
pub fn check(
    ctl: &Ctl,
    rows: &(impl Rows + ?Sized),
    langs: [&Lang; 2],
    base: &TermBase,
    decisions: &Decisions,
) -> Result<Vec<Finding>, Cancelled> {
    let base = base.narrowed(langs);
    let mut out = blocks::check(ctl, rows, langs.map(Lang::language), &base, blocks::ROWS)?;
    out.extend(figures::differing(rows, langs));
    let mut out = decisions.apply(out);
    out.sort_by(|a, b| {
        let order = (a.kind, a.rows.first()).cmp(&(b.kind, b.rows.first()));
        a.kind.cmp(&b.kind).then(b.weight.total_cmp(&a.weight)).then(order).then_with(|| a.term.cmp(&b.term))
    });
    Ok(out)
}

/// What is not consistent with the term base, or in how terms are rendered, in rows that are surveyed together. What
/// `linker` learnt of other rows, it knows here.
fn check_terms(
    ctl: &Ctl,
    rows: &[Row<'_>],
    languages: [Language; 2],
    base: &TermBase,
    linker: &mut Linker,
) -> Result<Vec<Finding>, Cancelled> {
    let surveyed = Surveyed::of(ctl, rows, languages, base, linker)?;
    let linked = |row: usize, span: &Span| surveyed.as_ref().is_none_or(|surveyed| surveyed.is_linked(row, span));
    let mut out = Required::of(base, languages).check(ctl, rows, languages, linked)?;
    if let Some(surveyed) = &surveyed {
        let synonyms = Synonyms::of(base, languages);
        for side in [CHINESE, ENGLISH] {
            let found = variations(ctl, &surveyed.survey, &surveyed.parts.units, side)?;
            let found: Vec<Finding> =
                found.iter().filter_map(|found| surveyed.finding(found, side, &synonyms)).collect();
            let told: BTreeSet<(String, usize)> = told(&out, languages);
            out.extend(found.into_iter().filter(|finding| !is_told(finding, languages, &told)));
        }
    }
    Ok(out)
}

/// The terms, as they are compared, and rows that the term base has something against.
fn told(findings: &[Finding], languages: [Language; 2]) -> BTreeSet<(String, usize)> {
    let of_base = findings.iter().filter(|finding| matches!(finding.kind, Kind::Deprecated | Kind::Missing));
    let places = |finding: &Finding| {
        let term = finding.folded_term(languages);
        finding.rows.iter().map(|&row| (term.clone(), row)).collect::<Vec<_>>()
    };
    of_base.flat_map(places).collect()
}

/// Whether all odd rows of a term were told already.
fn is_told(finding: &Finding, languages: [Language; 2], told: &BTreeSet<(String, usize)>) -> bool {
    let term = finding.folded_term(languages);
    finding.kind == Kind::Renderings && finding.rows.iter().all(|&row| told.contains(&(term.clone(), row)))
}

/// Rows of Chinese and English with what links their words.
struct Surveyed<'a> {
    survey: Survey,
    /// Rows, the long ones in parts.
    parts: Parts<'a>,
    /// The row of each unit.
    rows: Vec<usize>,
    chinese_first: bool,
}

impl<'a> Surveyed<'a> {
    fn of(
        ctl: &Ctl,
        rows: &[Row<'a>],
        languages: [Language; 2],
        base: &TermBase,
        linker: &mut Linker,
    ) -> Result<Option<Self>, Cancelled> {
        let chinese_first = match languages {
            [Language::Chinese, Language::English] => true,
            [Language::English, Language::Chinese] => false,
            _ => return Ok(None),
        };
        let full = |row: &Row<'_>| !row.source.trim().is_empty() && !row.target.trim().is_empty();
        let numbers: Vec<usize> = (0..rows.len()).filter(|&at| full(&rows[at])).collect();
        let unit = |&at: &usize| {
            let Row { source, target } = rows[at];
            let (chinese, english) = if chinese_first { (source, target) } else { (target, source) };
            Unit { chinese, english }
        };
        let units: Vec<Unit<'_>> = numbers.iter().map(unit).collect();
        let accepted = Accepted::new(base.accepted());
        let parts = Parts::of(&units, accepted.tokenizer());
        let survey = survey(ctl, &parts.units, &accepted, linker)?;
        let rows = (0..parts.units.len()).map(|part| numbers[parts.origin(part).0]).collect();
        Ok(Some(Self { survey, parts, rows, chinese_first }))
    }

    /// Whether anything is linked with some bytes of the source of a row.
    fn is_linked(&self, row: usize, span: &Span) -> bool {
        let side = if self.chinese_first { CHINESE } else { ENGLISH };
        let first = self.rows.partition_point(|&before| before < row);
        let parts = (first..self.rows.len()).take_while(|&part| self.rows[part] == row);
        parts.into_iter().any(|part| {
            let (_, chinese, english) = self.parts.origin(part);
            let start = [chinese, english][side];
            let here = |sight: &&Sight| (sight.spans[side].start + start..sight.spans[side].end + start) == *span;
            self.survey.sights[part].iter().filter(here).any(|sight| variation::is_likely(&self.survey, sight))
        })
    }

    /// A variation as a finding, without what the term base has as synonyms.
    fn finding(&self, found: &Variation, side: usize, synonyms: &Synonyms) -> Option<Finding> {
        let of_source = (side == CHINESE) == self.chinese_first;
        let (kind, term_side, other) = if of_source {
            (Kind::Renderings, Side::Source, Side::Target)
        } else {
            (Kind::Sources, Side::Target, Side::Source)
        };
        let rows = |units: &[usize]| -> Vec<usize> {
            let mut rows: Vec<usize> = units.iter().map(|&unit| self.rows[unit]).collect();
            rows.dedup();
            rows
        };
        let variant = |(text, units): &(String, Vec<usize>), usual: bool| Variant {
            text: text.clone(),
            side: other,
            usual,
            rows: rows(units),
        };
        let languages = if side == CHINESE {
            [Language::Chinese, Language::English]
        } else {
            [Language::English, Language::Chinese]
        };
        let odd = found.odd.iter().filter(|(text, _)| !synonyms.are(languages, &found.term, [&found.usual.0, text]));
        let odd: Vec<Variant> = odd.map(|odd| variant(odd, false)).collect();
        let looked_at: BTreeSet<usize> = odd.iter().flat_map(|variant| variant.rows.iter().copied()).collect();
        let variants: Vec<Variant> = std::iter::once(variant(&found.usual, true)).chain(odd).collect();
        let finding = Finding::new(kind, &found.term, term_side, variants, looked_at.into_iter().collect());
        (finding.variants.len() > 1).then_some(Finding { weight: found.weight, ..finding })
    }
}

#[cfg(test)]
mod tests;
