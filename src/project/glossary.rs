//! The glossary of a bitext.

use std::path::Path;

use super::Error;
use super::aligned::located_error;
use super::files::{located, read};
use super::pair::Options;
use crate::align::has_dictionary;
use crate::bitext::{Bead, Bitext, Document, Side};
use crate::exchange::glossary::{Context, Glossary as Export, Term};
use crate::exchange::pairs::{self, Pairs};
use crate::gloss::Accepted;
use crate::import::{self, Warned};
use crate::lang::{Lang, Language};
use crate::notice::Tell;
use crate::task::{Cancelled, Ctl};
use crate::term::{self, TermPair, Unit};
use crate::termbase::{Concept, Sentence, TermBase, extracted};
use crate::text::{Flowing, Span};
use crate::work::Aligned;

/// How many contexts of a term go out.
pub(super) const CONTEXTS: usize = 3;

/// A term with all its places in both documents.
#[derive(Clone, Debug)]
pub struct GlossaryTerm {
    /// The pair.
    pub pair: TermPair,
    /// For each place the bead, and the bytes in the source and the target document.
    pub places: Vec<(usize, Span, Span)>,
}

/// The glossary of a bitext, best term first.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The terms.
    pub terms: Vec<GlossaryTerm>,
}

/// Checks that terms can be found in two documents.
///
/// # Errors
/// [`Error::NoDictionary`].
pub fn check_glossary(source: &Document, target: &Document) -> Result<(), Error> {
    if has_dictionary(source, target) {
        return Ok(());
    }
    Err(Error::NoDictionary {
        what: "terms are found",
        source_lang: source.lang.language().name(),
        target_lang: target.lang.language().name(),
        instead: "align the texts without a glossary",
    })
}

/// Builds the glossary of a bitext; it stays empty for other languages than Chinese and English. The terms of a term base
/// are cut whole, and link what they translate.
///
/// # Errors
/// [`Cancelled`].
pub fn glossary(ctl: &Ctl, bitext: &Bitext, terms: &TermBase) -> Result<Glossary, Cancelled> {
    if check_glossary(&bitext.source, &bitext.target).is_err() {
        return Ok(Glossary::default());
    }
    let chinese_first = bitext.source.lang.language() == Language::Chinese;
    let linked = Linked::new(bitext);
    let terms = term::extract(ctl, &linked.units(), &Accepted::new(terms.accepted()))?
        .into_iter()
        .map(|pair| {
            let places = pair
                .places
                .iter()
                .map(|place| {
                    let [chinese, english] = &linked.texts[place.unit];
                    let (chinese, english) = (chinese.origin(&place.chinese), english.origin(&place.english));
                    let (source, target) = if chinese_first { (chinese, english) } else { (english, chinese) };
                    (linked.beads[place.unit], source, target)
                })
                .collect();
            GlossaryTerm { pair, places }
        })
        .collect();
    Ok(Glossary { terms })
}

/// The two sides of a bead as a reader sees them.
pub(super) fn texts(bitext: &Bitext, bead: &Bead) -> (String, String) {
    (bitext.source.shown(bead.source.clone()).text, bitext.target.shown(bead.target.clone()).text)
}

/// The beads that have both sides, and their texts.
pub(super) struct Linked<'a> {
    pub(super) beads: Vec<usize>,
    /// Chinese first.
    texts: Vec<[Flowing<'a>; 2]>,
}

impl<'a> Linked<'a> {
    pub(super) fn new(bitext: &'a Bitext) -> Self {
        let chinese_first = bitext.source.lang.language() == Language::Chinese;
        let has_both = |at: &usize| !bitext.beads[*at].source.is_empty() && !bitext.beads[*at].target.is_empty();
        let beads: Vec<usize> = (0..bitext.beads.len()).filter(has_both).collect();
        let texts = |&at: &usize| {
            let bead = &bitext.beads[at];
            let (source, target) =
                (bitext.source.flowing(bead.source.clone()), bitext.target.flowing(bead.target.clone()));
            if chinese_first { [source, target] } else { [target, source] }
        };
        Self { texts: beads.iter().map(texts).collect(), beads }
    }

    pub(super) fn units(&self) -> Vec<Unit<'_>> {
        self.texts.iter().map(|[chinese, english]| Unit { chinese: &chinese.text, english: &english.text }).collect()
    }
}

/// Terms that were found as concepts that nobody has decided on, with their first places as contexts: those of the rows
/// there are, which may have changed since.
pub fn proposals<'a>(aligned: Aligned, found: impl IntoIterator<Item = &'a GlossaryTerm>) -> Vec<Concept> {
    let row = |source: &Span| aligned.row_at(Side::Source, source.start);
    let terms = found.into_iter().map(|term| {
        let places = term.places.iter().map(|(_, source, target)| (row(source), source.clone(), target.clone()));
        GlossaryTerm { pair: term.pair.clone(), places: places.collect() }
    });
    let terms: Vec<GlossaryTerm> = terms.collect();
    if terms.is_empty() { Vec::new() } else { Glossary { terms }.term_base(&aligned.bitext()).concepts }
}

impl Glossary {
    /// A term base of it: every pair a concept of two proposed terms, with the sentences of its first places and where
    /// they stand.
    pub fn term_base(&self, bitext: &Bitext) -> TermBase {
        let chinese_first = bitext.source.lang.language() == Language::Chinese;
        let (chinese, english) =
            if chinese_first { (&bitext.source, &bitext.target) } else { (&bitext.target, &bitext.source) };
        // Here a unit is a bead.
        let pairs: Vec<TermPair> = self.terms.iter().map(|term| by_beads(term, chinese_first)).collect();
        let sentence = |document: &Document, segments: std::ops::Range<usize>| Sentence {
            text: document.shown(segments.clone()).text,
            document: document.name.clone(),
            segment: document.segments.get(segments.start).map(|segment| segment.id),
        };
        let base = extracted(&pairs, (&chinese.lang, &english.lang), CONTEXTS, |at| {
            let bead = &bitext.beads[at];
            let (source, target) =
                (sentence(&bitext.source, bead.source.clone()), sentence(&bitext.target, bead.target.clone()));
            if chinese_first { (source, target) } else { (target, source) }
        });
        TermBase {
            title: format!("{} ⇄ {}", bitext.source.name, bitext.target.name),
            sources: vec![bitext.source.name.clone(), bitext.target.name.clone()],
            notes: bitext.notes().into_iter().map(str::to_owned).collect(),
            ..base
        }
    }
}

/// A pair whose places are numbered by beads.
fn by_beads(term: &GlossaryTerm, chinese_first: bool) -> TermPair {
    let places = term.places.iter().map(|(at, source, target)| {
        let (chinese, english) = if chinese_first { (source, target) } else { (target, source) };
        term::Place { unit: *at, chinese: chinese.clone(), english: english.clone() }
    });
    TermPair { places: places.collect(), ..term.pair.clone() }
}

pub(super) fn exported(pair: &TermPair, contexts: Vec<Context>) -> Term {
    Term::new(pair.chinese.clone(), pair.english.clone(), pair.score, pair.count, contexts)
}

/// Reads aligned pairs from a table; of the options those on languages and columns hold.
///
/// # Errors
/// When the file cannot be read, is no table, or its texts are not in Chinese and English.
pub fn read_pairs(path: &Path, options: &Options) -> Result<Warned<Pairs>, Error> {
    let decoded =
        import::decode_damaged(&read(path)?).map_err(|problem| Error::Import { path: path.to_owned(), problem })?;
    let langs = [options.source_lang.as_ref(), options.target_lang.as_ref()];
    let output =
        pairs::read(&mut decoded.content.as_bytes(), langs, options.columns.as_ref()).map_err(
            |problem| match problem {
                pairs::Error::Table(problem) => located_error(path, problem),
                problem => Error::Line { path: path.to_owned(), line: 1, problem: problem.tell() },
            },
        )?;
    Ok(Warned { output, warnings: located(path, decoded.warnings) })
}

/// Builds the glossary of aligned pairs.
///
/// # Errors
/// [`Cancelled`].
pub fn glossary_of_pairs(ctl: &Ctl, name: &str, pairs: &Pairs) -> Result<Export, Cancelled> {
    let terms = pairs_of(ctl, pairs)?
        .iter()
        .map(|pair| {
            let contexts = pair.places.iter().take(CONTEXTS).map(|place| {
                let (zh, en) = &pairs.pairs[place.unit];
                Context { unit: place.unit + 1, zh: zh.clone(), en: en.clone() }
            });
            exported(pair, contexts.collect())
        })
        .collect();
    Ok(Export::new(vec![name.to_owned()], Vec::new(), terms))
}

/// Builds the term base of aligned pairs; a segment is the number of its pair, from 1.
///
/// # Errors
/// [`Cancelled`].
pub fn term_base_of_pairs(ctl: &Ctl, name: &str, pairs: &Pairs) -> Result<TermBase, Cancelled> {
    let found = pairs_of(ctl, pairs)?;
    let langs = (&Lang::of(Language::Chinese), &Lang::of(Language::English));
    let base = extracted(&found, langs, CONTEXTS, |unit| {
        let segment = u64::try_from(unit + 1).ok();
        let sentence = |text: &str| Sentence { text: text.to_owned(), document: name.to_owned(), segment };
        let (zh, en) = &pairs.pairs[unit];
        (sentence(zh), sentence(en))
    });
    Ok(TermBase { sources: vec![name.to_owned()], ..base })
}

fn pairs_of(ctl: &Ctl, pairs: &Pairs) -> Result<Vec<TermPair>, Cancelled> {
    let units: Vec<Unit<'_>> = pairs.pairs.iter().map(|(chinese, english)| Unit { chinese, english }).collect();
    term::extract(ctl, &units, &Accepted::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_the_sentences_of_their_own_rows() {
        let source = crate::project::paste("a", "略去的话。国际法适用于网络空间。网络空间需要国际法。").unwrap();
        let english = "International law applies to cyberspace. Cyberspace needs international law.";
        let target = crate::project::paste("b", english).unwrap();
        let bead = |source, target| crate::bitext::Bead { source, target, score: 1.0 };
        let beads = vec![bead(0..1, 0..0), bead(1..2, 0..1), bead(2..3, 1..2)];
        let bitext = Bitext { source: source.into(), target: target.into(), beads };
        let base = glossary(&Ctl::quiet(), &bitext, &TermBase::default()).unwrap().term_base(&bitext);
        let mut told = 0;
        for context in base.concepts.iter().flat_map(Concept::all_terms).flat_map(|(_, term)| &term.contexts) {
            assert!(!context.text.contains("略去"), "{context:?}");
            told += 1;
        }
        assert!(told > 0);
    }

    #[test]
    fn places_in_pairs_are_numbered_from_one() {
        let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        let pairs = vec![
            pair("天下雨。", "It rained."),
            pair("国际法适用于网络空间。", "International law applies to cyberspace."),
            pair("网络空间需要国际法。", "Cyberspace needs international law."),
        ];
        let pairs = Pairs { pairs, skipped: Vec::new() };
        let found = glossary_of_pairs(&Ctl::quiet(), "a.tsv", &pairs).unwrap();
        let term = found.terms.iter().find(|term| term.zh == "网络空间").unwrap();
        let places: Vec<(usize, &str)> = term.contexts.iter().map(|place| (place.unit, place.zh.as_str())).collect();
        assert_eq!(places, [(2, pairs.pairs[1].0.as_str()), (3, pairs.pairs[2].0.as_str())]);
        let base = term_base_of_pairs(&Ctl::quiet(), "a.tsv", &pairs).unwrap();
        let places = base.concepts.iter().flat_map(Concept::all_terms).flat_map(|(_, term)| &term.contexts);
        let numbers = places.filter_map(|context| context.source.as_ref()?.segment);
        assert_eq!(numbers.min(), Some(1));
    }
}
