//! What a term base requires: its terms are rendered by those that may be used, and by no other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::matching::{Finder, Key, Line, Pattern};
use super::{Finding, Kind, Row, Variant};
use crate::bitext::Side;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::termbase::{Concept, Status, TermBase};
use crate::text::Span;

/// A source term with what the concepts it names say of the target language.
struct Asked {
    text: String,
    /// Whether it is required; where nothing is decided, a term only tells what hides in it.
    required: bool,
    /// The target terms that may be used, the preferred first.
    usable: Vec<Pattern>,
    texts: Vec<String>,
    /// The target terms that must not be used, by their numbers among all of them.
    deprecated: Vec<usize>,
}

/// The rows where a source term is not rendered as it should be.
#[derive(Default)]
struct Faults {
    missing: Vec<usize>,
    deprecated: BTreeMap<usize, Vec<usize>>,
}

/// What a term base says of rows.
pub(super) struct Required {
    /// The source terms, by their numbers in `sources`.
    asked: Vec<Asked>,
    by_key: HashMap<Key, usize>,
    sources: Finder,
    targets: Finder,
    target_texts: Vec<String>,
    /// Deprecated terms of concepts without a term in the source language.
    alone: Vec<(usize, Vec<String>)>,
}

impl Required {
    /// Reads a term base for a pair of languages.
    pub(super) fn of(base: &TermBase, [source, target]: [Language; 2]) -> Self {
        let mut out = Self {
            asked: Vec::new(),
            by_key: HashMap::new(),
            sources: Finder::default(),
            targets: Finder::default(),
            target_texts: Vec::new(),
            alone: Vec::new(),
        };
        // A term base in which nobody has decided anything yet, as a plain glossary, is meant as it stands.
        let terms = || base.concepts.iter().flat_map(Concept::all_terms);
        let undecided = terms().all(|(_, term)| term.status == Status::Proposed);
        for concept in &base.concepts {
            out.add(concept, [source, target], undecided);
        }
        out
    }

    fn add(&mut self, concept: &Concept, [source, target]: [Language; 2], undecided: bool) {
        let mut usable: Vec<_> = concept.terms(target).filter(|term| term.status.is_usable()).collect();
        usable.sort_by_key(|term| match term.status {
            Status::Preferred => 0,
            Status::Admitted => 1,
            _ => 2,
        });
        let decided = concept.terms(target).any(|term| !matches!(term.status, Status::Proposed | Status::Rejected));
        let texts: Vec<String> = usable.iter().map(|term| term.text.clone()).collect();
        let usable: Vec<Pattern> = texts.iter().filter_map(|text| Pattern::of(text, target)).collect();
        let mut deprecated = Vec::new();
        for term in concept.terms(target).filter(|term| term.status == Status::Deprecated) {
            let Some(pattern) = Pattern::of(&term.text, target) else { continue };
            let alike = usable.iter().any(|other| other.is_like(&pattern));
            deprecated.push(self.target(if alike { pattern.exactly() } else { pattern }, &term.text));
        }
        for (pattern, text) in usable.iter().zip(&texts) {
            self.target(pattern.clone(), text);
        }
        let mut named = false;
        for term in concept.terms(source).filter(|term| term.status != Status::Rejected) {
            let Some(pattern) = Pattern::of(&term.text, source) else { continue };
            named = true;
            self.ask(pattern, &term.text, decided || undecided, (&usable, &texts, &deprecated));
        }
        if !named {
            self.alone.extend(deprecated.iter().map(|&number| (number, texts.clone())));
        }
    }

    fn target(&mut self, pattern: Pattern, text: &str) -> usize {
        self.target_texts.push(text.to_owned());
        self.targets.add(pattern)
    }

    /// Terms of several concepts may be rendered as any of them has it; 网络 and 網絡 are one term, and so are Net and net.
    fn ask(&mut self, pattern: Pattern, text: &str, required: bool, terms: (&[Pattern], &[String], &[usize])) {
        let (usable, texts, deprecated) = terms;
        let number = *self.by_key.entry(pattern.key()).or_insert_with(|| {
            let (usable, texts, deprecated) = (Vec::new(), Vec::new(), Vec::new());
            self.asked.push(Asked { text: text.to_owned(), required: true, usable, texts, deprecated });
            self.sources.add(pattern)
        });
        let asked = &mut self.asked[number];
        asked.required &= required;
        asked.usable.extend_from_slice(usable);
        for text in texts {
            if !asked.texts.contains(text) {
                asked.texts.push(text.clone());
            }
        }
        asked.deprecated.extend_from_slice(deprecated);
    }

    /// Holds rows to the term base. `linked` says whether anything is linked with bytes of the source of a row; where it
    /// is not known, something is.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn check(
        &self,
        ctl: &Ctl,
        rows: &[Row<'_>],
        languages: [Language; 2],
        linked: impl Fn(usize, &Span) -> bool,
    ) -> Result<Vec<Finding>, Cancelled> {
        let mut faults: BTreeMap<usize, Faults> = BTreeMap::new();
        let mut alone: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        // The terms that were rendered as they should be in the row before.
        let mut before: BTreeSet<usize> = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            if at % 256 == 0 {
                ctl.step("checking the term base", at, rows.len())?;
            }
            if self.asked.is_empty() && self.alone.is_empty()
                || row.source.trim().is_empty()
                || row.target.trim().is_empty()
            {
                before.clear();
                continue;
            }
            let (source, target) = (Line::of(row.source, languages[0]), Line::of(row.target, languages[1]));
            let used: BTreeSet<usize> =
                self.targets.scan(&target, row.target).into_iter().map(|(number, _)| number).collect();
            for (number, _) in self.alone.iter().filter(|(number, _)| used.contains(number)) {
                alone.entry(*number).or_default().push(at);
            }
            let mut right = BTreeSet::new();
            for (number, place) in self.sources.scan(&source, row.source) {
                let asked = &self.asked[number];
                let wrong: Vec<usize> =
                    asked.deprecated.iter().copied().filter(|number| used.contains(number)).collect();
                let said = asked.usable.iter().any(|pattern| pattern.is_said(&target, row.target));
                if !wrong.is_empty() {
                    for &term in &wrong {
                        push_row(faults.entry(number).or_default().deprecated.entry(term).or_default(), at);
                    }
                } else if said {
                    right.insert(number);
                } else if asked.required && !asked.usable.is_empty() {
                    let stood_for =
                        before.contains(&number) && target.has_any(PRONOUNS) && !linked(at, &source.span(&place));
                    if !stood_for {
                        push_row(&mut faults.entry(number).or_default().missing, at);
                    }
                }
            }
            before = right;
        }
        Ok(self.findings(faults, alone))
    }

    fn findings(&self, faults: BTreeMap<usize, Faults>, alone: BTreeMap<usize, Vec<usize>>) -> Vec<Finding> {
        let right = |text: &String| Variant { text: text.clone(), side: Side::Target, usual: true, rows: Vec::new() };
        let wrong = |number: usize, rows: &[usize]| Variant {
            text: self.target_texts[number].clone(),
            side: Side::Target,
            usual: false,
            rows: rows.to_vec(),
        };
        let mut out = Vec::new();
        for (number, faults) in faults {
            let asked = &self.asked[number];
            let usable = || asked.texts.iter().map(right);
            for (deprecated, rows) in &faults.deprecated {
                let variants = usable().chain([wrong(*deprecated, rows)]).collect();
                out.push(Finding::new(Kind::Deprecated, &asked.text, Side::Source, variants, rows.clone()));
            }
            if !faults.missing.is_empty() {
                let rows = faults.missing;
                out.push(Finding::new(Kind::Missing, &asked.text, Side::Source, usable().collect(), rows));
            }
        }
        for (number, rows) in alone {
            let texts = self.alone.iter().find(|(other, _)| *other == number).map(|(_, texts)| texts);
            let variants = texts.into_iter().flatten().map(right).chain([wrong(number, &rows)]).collect();
            let text = &self.target_texts[number];
            out.push(Finding::new(Kind::Deprecated, text, Side::Target, variants, rows));
        }
        out
    }
}

fn push_row(rows: &mut Vec<usize>, row: usize) {
    if rows.last() != Some(&row) {
        rows.push(row);
    }
}

/// Words that stand for a term that was said before.
const PRONOUNS: &[&str] = &["it", "they", "them", "其", "它", "此"];
