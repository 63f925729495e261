//! The lines of a glossary: what was decided, together with what an extraction proposes and nobody has decided yet.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Concept, Status, Term, TermBase, TermType, form};
use crate::lang::Language;

/// A line of a glossary in two languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The terms of either language, those to use first; several are parted by ` · `.
    pub texts: Arc<[String; 2]>,
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

/// What an extraction found, best first, ready to be met with a term base as often as that changes.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// The terms of either language and the score. Lines share the terms: they are made anew with every decision.
    pairs: Vec<(Arc<[String; 2]>, f32)>,
    /// The pairs by the forms of their terms.
    by_form: HashMap<[String; 2], Vec<usize>>,
}

impl Pairs {
    /// Of pairs in two languages, best first.
    pub fn new<'a>(languages: [Language; 2], pairs: impl IntoIterator<Item = ([&'a str; 2], f32)>) -> Self {
        let pairs: Vec<_> =
            pairs.into_iter().map(|(texts, score)| (Arc::new(texts.map(str::to_owned)), score)).collect();
        let mut by_form: HashMap<[String; 2], Vec<usize>> = HashMap::new();
        for (number, (texts, _)) in pairs.iter().enumerate() {
            let [first, second] = &**texts;
            by_form.entry([form(languages[0], first), form(languages[1], second)]).or_default().push(number);
        }
        Self { pairs, by_form }
    }
}

/// Puts together what a base holds in two languages and what an extraction found, in its order, best first; a concept
/// stands where its first pair would, and those that were not found stand at the end. A pair whose two terms stand in one
/// concept, in whatever form, belongs to that, so that nothing decided is proposed again; a concept in use comes before one
/// that only says what is no term. Concepts without a term in either language have no line.
pub fn entries(base: &TermBase, languages: [Language; 2], pairs: &Pairs) -> Vec<Entry> {
    let mut concept_of: Vec<Option<usize>> = vec![None; pairs.pairs.len()];
    for rejected in [false, true] {
        let concepts = base.concepts.iter().enumerate().filter(|(_, concept)| concept.is_rejected() == rejected);
        for (at, concept) in concepts {
            let [first, second] = languages
                .map(|language| concept.terms(language).map(|term| form(language, &term.text)).collect::<Vec<_>>());
            for first in first {
                for number in
                    second.iter().filter_map(|second| pairs.by_form.get(&[first.clone(), second.clone()])).flatten()
                {
                    concept_of[*number].get_or_insert(at);
                }
            }
        }
    }
    let mut out: Vec<Entry> = Vec::new();
    let mut lines: Vec<Option<usize>> = vec![None; base.concepts.len()];
    for (number, ((texts, score), concept)) in pairs.pairs.iter().zip(concept_of).enumerate() {
        let entry = match concept {
            Some(at) => {
                if let Some(line) = lines[at] {
                    out[line].pairs.push(number);
                    continue;
                }
                lines[at] = Some(out.len());
                of(&base.concepts[at], at, languages)
            }
            None => proposal(Arc::clone(texts)),
        };
        out.push(Entry { pairs: vec![number], score: Some(*score), ..entry });
    }
    let speaks = |concept: &Concept| languages.iter().any(|language| concept.terms(*language).next().is_some());
    let rest = base.concepts.iter().enumerate().filter(|(at, concept)| lines[*at].is_none() && speaks(concept));
    out.extend(rest.map(|(at, concept)| of(concept, at, languages)));
    out
}

fn proposal(texts: Arc<[String; 2]>) -> Entry {
    Entry { texts, status: Status::Proposed, kind: None, concept: None, pairs: Vec::new(), score: None }
}

fn of(concept: &Concept, at: usize, languages: [Language; 2]) -> Entry {
    let terms = languages.map(|language| concept.terms(language).collect::<Vec<_>>());
    let status = terms
        .iter()
        .filter_map(|terms| terms.iter().map(|term| term.status).min_by_key(|status| status.rank()))
        .max_by_key(|status| status.rank());
    let kind = terms.iter().flatten().find_map(|term| term.kind);
    let texts = Arc::new(terms.map(|terms| shown(&terms)));
    Entry { texts, status: status.unwrap_or_default(), kind, concept: Some(at), pairs: Vec::new(), score: None }
}

/// The terms to use, or all where there is none.
fn shown(terms: &[&Term]) -> String {
    let mut wanted: Vec<&&Term> = terms.iter().filter(|term| term.status.is_usable()).collect();
    if wanted.is_empty() {
        wanted = terms.iter().collect();
    }
    wanted.sort_by_key(|term| term.status.rank());
    wanted.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" · ")
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

    fn found(pairs: &[(&str, &str)]) -> Pairs {
        Pairs::new(LANGUAGES, pairs.iter().map(|&(zh, en)| ([zh, en], 0.5)))
    }

    fn lines(base: &TermBase, pairs: &Pairs) -> Vec<(String, Status, Vec<usize>)> {
        let line = |entry: Entry| (entry.texts.join(" = "), entry.status, entry.pairs);
        entries(base, LANGUAGES, pairs).into_iter().map(line).collect()
    }

    #[test]
    fn an_extraction_brings_nothing_back_that_was_decided() {
        let pairs = found(&[
            ("合作", "cooperation"),
            ("网络空间", "cyberspace"),
            ("网络空间", "network space"),
            ("主权", "sovereignty"),
        ]);
        let mut base = TermBase::default();
        assert!(entries(&base, LANGUAGES, &pairs).iter().all(|entry| entry.concept.is_none()));
        base.reject(vec![concept("合作", "cooperation")], None);
        base.accept(vec![concept("网络空间", "cyberspace"), concept("网络空间", "network space")], None);
        base.accept(vec![concept("不扩散", "non-proliferation")], None);
        let line = |text: &str, status, pairs: &[usize]| (text.to_owned(), status, pairs.to_vec());
        assert_eq!(
            lines(&base, &pairs),
            [
                line("合作 = cooperation", Status::Rejected, &[0]),
                line("网络空间 = cyberspace · network space", Status::Preferred, &[1, 2]),
                line("主权 = sovereignty", Status::Proposed, &[3]),
                line("不扩散 = non-proliferation", Status::Preferred, &[]),
            ]
        );
        // Nor in another form or script, as the next extraction may show it.
        let again = found(&[("合作", "Cooperations"), ("網絡空間", "cyberspaces")]);
        let statuses: Vec<Status> = lines(&base, &again).into_iter().take(2).map(|(_, status, _)| status).collect();
        assert_eq!(statuses, [Status::Rejected, Status::Preferred]);
    }

    #[test]
    fn a_concept_in_use_comes_before_a_rejected_one_and_one_of_other_languages_has_no_line() {
        let mut base = TermBase::default();
        base.reject(vec![concept("合作", "cooperation")], None);
        base.add(vec![concept("合作", "cooperation")], None);
        base.accept_concept(1, None);
        let german = Section {
            terms: vec![Term { text: "Netz".to_owned(), ..Term::default() }],
            ..Section::new(Lang::of(Language::German))
        };
        base.add(vec![Concept { sections: vec![german], ..Concept::default() }], None);
        let found = lines(&base, &found(&[("合作", "cooperation")]));
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].1, found[0].2.as_slice()), (Status::Preferred, &[0][..]));
    }
}
