//! What a person has decided about findings: both are right, or right in this place.

use std::collections::BTreeSet;

use super::{Finding, Kind};
use crate::token::chinese_key;

/// A finding that is not to be told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    kind: Kind,
    /// The term and the variants as they are compared: without case, width and script.
    term: String,
    variants: BTreeSet<String>,
    /// Only in these rows, from 0; everywhere without any.
    rows: Option<BTreeSet<usize>>,
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(Vec<Decision>);

impl Decision {
    /// All of these are right, wherever they stand.
    pub fn both_right<'a>(kind: Kind, term: &str, variants: impl IntoIterator<Item = &'a str>) -> Self {
        Self { kind, term: folded(term), variants: variants.into_iter().map(folded).collect(), rows: None }
    }

    /// It is right in these rows, counted from 0.
    #[must_use]
    pub fn in_context(self, rows: impl IntoIterator<Item = usize>) -> Self {
        Self { rows: Some(rows.into_iter().collect()), ..self }
    }

    /// A row of the table that a check prints: `kind`, `term`, `variants` with `|` between them, `places` from 1. Terms
    /// rendered in several ways are right wherever they stand; what is missing, ruled out or differs is right in the places
    /// given only, everywhere without any. Nothing where it is no such row.
    pub fn of_row(kind: &str, term: &str, variants: &str, places: &str) -> Option<Self> {
        let kind = Kind::of_name(kind.trim())?;
        let out = Self::both_right(kind, term, variants.split('|'));
        let everywhere = kind.is_everywhere() || places.trim().is_empty();
        if everywhere {
            return Some(out);
        }
        let row = |place: &str| place.trim().parse::<usize>().ok()?.checked_sub(1);
        let rows: Option<Vec<usize>> = places.split(',').map(row).collect();
        Some(out.in_context(rows?))
    }

    fn is_about(&self, finding: &Finding) -> bool {
        self.kind == finding.kind
            && self.term == folded(&finding.term)
            && finding.variants.iter().all(|variant| self.variants.contains(&folded(&variant.text)))
    }
}

impl Decisions {
    /// Adds one.
    pub fn add(&mut self, decision: Decision) {
        self.0.push(decision);
    }

    /// Adds all of others.
    pub fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What remains of findings: a finding that was accepted goes, and so do the rows it is right in.
    pub fn apply(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        for finding in &mut findings {
            for decision in &self.0 {
                if !decision.is_about(finding) {
                    continue;
                }
                match &decision.rows {
                    None => finding.rows.clear(),
                    Some(rows) => finding.rows.retain(|row| !rows.contains(row)),
                }
            }
        }
        findings.retain(|finding| !finding.rows.is_empty());
        findings
    }
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<T: IntoIterator<Item = Decision>>(decisions: T) -> Self {
        Self(decisions.into_iter().collect())
    }
}

/// Letters and digits without case, width and script, so that what a table had to replace does not matter.
fn folded(text: &str) -> String {
    chinese_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Variant;
    use super::*;
    use crate::bitext::Side;

    fn finding(kind: Kind, variants: &[&str], rows: &[usize]) -> Finding {
        let variant =
            |text: &&str| Variant { text: (*text).to_owned(), side: Side::Target, usual: false, rows: rows.to_vec() };
        Finding::new(kind, "网络空间", Side::Source, variants.iter().map(variant).collect(), rows.to_vec())
    }

    fn rest(row: [&str; 4], finding: Finding) -> Vec<usize> {
        let decision = Decision::of_row(row[0], row[1], row[2], row[3]).expect("a row");
        Decisions::from_iter([decision]).apply(vec![finding]).into_iter().flat_map(|finding| finding.rows).collect()
    }

    #[test]
    fn renderings_are_accepted_everywhere_until_there_is_another_one() {
        let row = ["renderings", "網絡空間", "cyberspace|Network Space", "4"];
        assert!(rest(row, finding(Kind::Renderings, &["cyberspace", "network space"], &[3, 9])).is_empty());
        assert_eq!(rest(row, finding(Kind::Renderings, &["cyberspace", "web"], &[3])), [3]);
        assert_eq!(rest(row, finding(Kind::Sources, &["cyberspace"], &[3])), [3]);
    }

    #[test]
    fn what_is_missing_is_accepted_in_its_places() {
        let row = ["missing", "网络空间", "cyberspace", "4,6"];
        assert_eq!(rest(row, finding(Kind::Missing, &["cyberspace"], &[3, 5, 9])), [9]);
        let everywhere = ["missing", "网络空间", "cyberspace", ""];
        assert!(rest(everywhere, finding(Kind::Missing, &["cyberspace"], &[3])).is_empty());
        assert_eq!(Decision::of_row("missing", "a", "b", "x"), None);
        assert_eq!(Decision::of_row("kind", "term", "variants", "places"), None);
    }
}
