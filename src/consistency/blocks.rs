//! Long texts, block by block, so that memory depends on the size of a block, and what was found in each as one list.

use std::collections::HashMap;
use std::ops::Range;

use super::{Finding, Row, Rows, Variant, check_terms};
use crate::bitext::Side;
use crate::gloss::Accepted;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::term::links::{Evidence, Linker};
use crate::termbase::TermBase;
use crate::text::targets::without_targets;

/// Texts of more rows are checked in blocks of at most so many.
pub(super) const ROWS: usize = 20_000;

/// Findings about terms in rows of any number, `most` at a time.
///
/// # Errors
/// [`Cancelled`].
pub(super) fn check(
    ctl: &Ctl,
    rows: &(impl Rows + ?Sized),
    languages: [Language; 2],
    base: &TermBase,
    most: usize,
) -> Result<Vec<Finding>, Cancelled> {
    let mut linker = Linker::new(Evidence::Full, &Accepted::new(base.accepted()));
    let mut check = |ctl: &Ctl, range: Range<usize>| {
        let texts: Vec<_> = range.map(|at| rows.texts(at)).collect();
        let bare: Vec<_> =
            texts.iter().map(|(source, target)| (without_targets(source), without_targets(target))).collect();
        let block: Vec<_> = bare.iter().map(|(source, target)| Row { source, target }).collect();
        check_terms(ctl, &block, languages, base, &mut linker)
    };
    let count = rows.count();
    if count <= most {
        return check(ctl, 0..count);
    }
    let size = count.div_ceil(count.div_ceil(most));
    let mut merged = Merged::new(languages);
    for first in (0..count).step_by(size) {
        let range = first..count.min(first + size);
        for finding in check(&ctl.part(range.clone(), count), range)? {
            merged.add(finding, first);
        }
    }
    Ok(merged.findings)
}

/// The findings of the blocks so far, those about the same term as one.
#[derive(Debug)]
struct Merged {
    languages: [Language; 2],
    findings: Vec<Finding>,
    /// By kind, side and term, as terms are compared.
    numbers: HashMap<(&'static str, Side, String), usize>,
}

impl Merged {
    fn new(languages: [Language; 2]) -> Self {
        Self { languages, findings: Vec::new(), numbers: HashMap::new() }
    }

    /// Takes over a finding of a block whose first row has the number `first`.
    fn add(&mut self, mut finding: Finding, first: usize) {
        let variants = finding.variants.iter_mut().flat_map(|variant| &mut variant.rows);
        finding.rows.iter_mut().chain(variants).for_each(|row| *row += first);
        let key = (finding.kind.name(), finding.side, finding.folded_term(self.languages));
        if let Some(&number) = self.numbers.get(&key) {
            join(&mut self.findings[number], finding);
        } else {
            self.numbers.insert(key, self.findings.len());
            self.findings.push(finding);
        }
    }
}

/// Joins what a later block found of a term. Where blocks differ in what is usual, the commoner one is.
fn join(finding: &mut Finding, later: Finding) {
    finding.weight =
        if finding.kind.is_everywhere() { finding.weight.max(later.weight) } else { finding.weight + later.weight };
    finding.rows.extend(later.rows);
    for variant in later.variants {
        let same = |known: &&mut Variant| known.text == variant.text && known.side == variant.side;
        match finding.variants.iter_mut().find(same) {
            Some(known) => {
                known.rows.extend(variant.rows);
                known.usual |= variant.usual;
            }
            None => finding.variants.push(variant),
        }
    }
    if finding.kind.is_everywhere() {
        let most = finding.variants.iter().filter(|variant| variant.usual).map(|variant| variant.rows.len()).max();
        let mut one = false;
        for variant in &mut finding.variants {
            variant.usual = variant.usual && !one && Some(variant.rows.len()) == most;
            one |= variant.usual;
        }
        finding.variants.sort_by_key(|variant| !variant.usual);
        let odd = finding.variants.iter().filter(|variant| !variant.usual).flat_map(|variant| variant.rows.iter());
        finding.rows = odd.copied().collect();
        finding.rows.sort_unstable();
        finding.rows.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistency::Kind;
    use crate::termbase::{Concept, Section, Term};

    const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

    fn base() -> TermBase {
        let section = |lang: &str, text: &str| Section {
            terms: vec![Term { text: text.to_owned(), ..Term::default() }],
            ..Section::new(crate::lang::Lang::parse(lang).unwrap())
        };
        let sections = vec![section("zh", "主权"), section("en", "sovereignty")];
        TermBase { concepts: vec![Concept { sections, ..Concept::default() }], ..TermBase::default() }
    }

    #[test]
    fn what_is_found_in_blocks_is_told_as_of_one_text() {
        let pair = |at: usize| match at % 10 {
            3 => ("网络空间的主权是原则。", "Power over cyberspace is a principle."),
            _ => ("网络空间的主权是原则。", "Sovereignty in cyberspace is a principle."),
        };
        let rows: Vec<Row<'_>> = (0..60).map(pair).map(|(source, target)| Row { source, target }).collect();
        let found = |most: usize| {
            let found = check(&Ctl::quiet(), &rows[..], LANGUAGES, &base(), most).unwrap();
            found.into_iter().find(|finding| finding.kind == Kind::Missing).unwrap()
        };
        let (whole, parts) = (found(100), found(20));
        assert_eq!(whole.rows, [3, 13, 23, 33, 43, 53]);
        assert_eq!((&parts.rows, &parts.variants, &parts.term), (&whole.rows, &whole.variants, &whole.term));
    }

    #[test]
    fn blocks_that_differ_in_what_is_usual_are_joined_by_the_commoner() {
        let variant = |text: &str, usual: bool, rows: &[usize]| Variant {
            text: text.to_owned(),
            side: Side::Target,
            usual,
            rows: rows.to_vec(),
        };
        let finding = |variants: Vec<Variant>, rows: &[usize]| {
            Finding::new(Kind::Renderings, "网络", Side::Source, variants, rows.to_vec())
        };
        let mut merged = Merged::new(LANGUAGES);
        merged.add(finding(vec![variant("network", true, &[0, 1]), variant("net", false, &[2])], &[2]), 0);
        merged.add(finding(vec![variant("net", true, &[0, 1, 3]), variant("network", false, &[2])], &[2]), 10);
        assert_eq!(merged.findings.len(), 1);
        let joined = &merged.findings[0];
        assert_eq!(joined.variants[0], variant("net", true, &[2, 10, 11, 13]));
        assert_eq!(joined.variants[1], variant("network", false, &[0, 1, 12]));
        assert_eq!(joined.rows, [0, 1, 12]);
    }
}
