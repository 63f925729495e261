//! The lines of a glossary: what was decided, together with what an extraction proposes and nobody has decided yet.

use super::decide::Index;
use super::{Concept, Status, Term, TermBase, TermType};
use crate::lang::Language;

/// A line of a glossary in two languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The terms of either language, those to use first; several are parted by ` · `.
    pub texts: [String; 2],
    /// What was decided: for a concept the better of its terms in the language where they are worse.
    pub status: Status,
    /// The type of its terms, where one has one.
    pub kind: Option<TermType>,
    /// The number of the concept in the term base; `None` for what is only proposed.
    pub concept: Option<usize>,
    /// The pairs of the extraction that belong to it, by number.
    pub pairs: Vec<usize>,
    /// The best score of those; nothing where the extraction did not find it.
    pub score: Option<f32>,
}

/// Puts together what a base holds in two languages and what an extraction found, in its order, best first; a concept
/// stands where its first pair would, and those that were not found stand at the end. A pair whose two terms stand in one
/// concept belongs to that, so that nothing decided is proposed again.
pub fn entries<'a>(
    base: &TermBase,
    languages: [Language; 2],
    pairs: impl IntoIterator<Item = ([&'a str; 2], f32)>,
) -> Vec<Entry> {
    let index = Index::new(base);
    let mut out: Vec<Entry> = Vec::new();
    let mut of_concept: Vec<Option<usize>> = vec![None; base.concepts.len()];
    for (number, (texts, score)) in pairs.into_iter().enumerate() {
        let known = index.of_all(languages.into_iter().zip(texts));
        if let Some(at) = known.and_then(|concept| of_concept[concept]) {
            out[at].pairs.push(number);
            continue;
        }
        if let Some(concept) = known {
            of_concept[concept] = Some(out.len());
        }
        let entry = known.map_or_else(|| proposal(texts), |at| of(&base.concepts[at], at, languages));
        out.push(Entry { pairs: vec![number], score: Some(score), ..entry });
    }
    let rest = base.concepts.iter().enumerate().filter(|(at, _)| of_concept[*at].is_none());
    out.extend(rest.map(|(at, concept)| of(concept, at, languages)));
    out
}

fn proposal(texts: [&str; 2]) -> Entry {
    let texts = texts.map(str::to_owned);
    Entry { texts, status: Status::Proposed, kind: None, concept: None, pairs: Vec::new(), score: None }
}

fn of(concept: &Concept, at: usize, languages: [Language; 2]) -> Entry {
    let terms = languages.map(|language| concept.terms(language).collect::<Vec<_>>());
    let status = terms
        .iter()
        .filter_map(|terms| terms.iter().map(|term| term.status).min_by_key(|status| rank(*status)))
        .max_by_key(|status| rank(*status));
    let kind = terms.iter().flatten().find_map(|term| term.kind);
    let texts = terms.map(|terms| shown(&terms));
    Entry { texts, status: status.unwrap_or_default(), kind, concept: Some(at), pairs: Vec::new(), score: None }
}

/// The terms to use, or all where there is none.
fn shown(terms: &[&Term]) -> String {
    let mut wanted: Vec<&&Term> = terms.iter().filter(|term| term.status.is_usable()).collect();
    if wanted.is_empty() {
        wanted = terms.iter().collect();
    }
    wanted.sort_by_key(|term| rank(term.status));
    wanted.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" · ")
}

/// How far a term is from being the one to use.
fn rank(status: Status) -> u8 {
    match status {
        Status::Preferred => 0,
        Status::Admitted => 1,
        Status::Proposed => 2,
        Status::Deprecated => 3,
        Status::Rejected => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;
    use crate::lang::Lang;

    const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

    fn concept(zh: &str, en: &str) -> Concept {
        let section = |language, text: &str| Section {
            terms: vec![Term { text: text.to_owned(), ..Term::default() }],
            ..Section::new(Lang::of(language))
        };
        Concept { sections: vec![section(LANGUAGES[0], zh), section(LANGUAGES[1], en)], ..Concept::default() }
    }

    #[test]
    fn an_extraction_brings_nothing_back_that_was_decided() {
        let pairs = [
            ("合作", "cooperation"),
            ("网络空间", "cyberspace"),
            ("网络空间", "network space"),
            ("主权", "sovereignty"),
        ];
        let found = || pairs.iter().map(|&(zh, en)| ([zh, en], 0.5));
        let mut base = TermBase::default();
        assert!(entries(&base, LANGUAGES, found()).iter().all(|entry| entry.concept.is_none()));
        base.reject(vec![concept("合作", "cooperation")], None);
        base.accept(vec![concept("网络空间", "cyberspace"), concept("网络空间", "network space")], None);
        base.accept(vec![concept("不扩散", "non-proliferation")], None);
        let lines: Vec<_> = entries(&base, LANGUAGES, found())
            .into_iter()
            .map(|entry| (entry.texts.join(" = "), entry.status, entry.pairs))
            .collect();
        let line = |text: &str, status, pairs: &[usize]| (text.to_owned(), status, pairs.to_vec());
        assert_eq!(
            lines,
            [
                line("合作 = cooperation", Status::Rejected, &[0]),
                line("网络空间 = cyberspace · network space", Status::Preferred, &[1, 2]),
                line("主权 = sovereignty", Status::Proposed, &[3]),
                line("不扩散 = non-proliferation", Status::Preferred, &[]),
            ]
        );
    }
}
