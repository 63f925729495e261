//! A term base of pairs that were extracted: every pair a concept, every term a proposal.

use super::{Concept, Context, Section, Source, Status, Term, TermBase, made_id};
use crate::lang::Lang;
use crate::term::TermPair;

/// Where a term was found: the text around it and where that stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text.
    pub text: String,
    /// The name of its document.
    pub document: String,
    /// Its first segment.
    pub segment: Option<u64>,
}

/// Makes a term base of extracted pairs in their order. `sentences` gives the Chinese and the English text of a unit;
/// of each term the first `most` places that differ become contexts.
///
/// Ids are made of the terms, so that the same pair has the same id whenever and from whatever text it is extracted.
pub fn extracted<'a>(
    pairs: impl IntoIterator<Item = &'a TermPair>,
    (chinese, english): (&Lang, &Lang),
    most: usize,
    sentences: impl Fn(usize) -> (Sentence, Sentence),
) -> TermBase {
    let concepts = pairs.into_iter().map(|pair| {
        let id = made_id([pair.chinese.as_str(), &pair.english]);
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        let mut units: Vec<usize> = pair.places.iter().map(|place| place.unit).collect();
        units.dedup();
        for unit in units.into_iter().take(most) {
            let (chinese, english) = sentences(unit);
            push(&mut zh, chinese);
            push(&mut en, english);
        }
        let section = |lang: &Lang, text: &str, number: usize, contexts| Section {
            terms: vec![Term {
                id: format!("{id}-{number}"),
                text: text.to_owned(),
                status: Status::Proposed,
                contexts,
                ..Term::default()
            }],
            ..Section::new(lang.clone())
        };
        let sections = vec![section(chinese, &pair.chinese, 1, zh), section(english, &pair.english, 2, en)];
        Concept { id: id.clone(), sections, ..Concept::default() }
    });
    let mut out = TermBase { concepts: concepts.collect(), ..TermBase::default() };
    out.settle_ids();
    out
}

fn push(contexts: &mut Vec<Context>, sentence: Sentence) {
    let source = Source { document: sentence.document, segment: sentence.segment };
    let source = (!source.document.is_empty() || source.segment.is_some()).then_some(source);
    let context = Context { text: sentence.text.trim().to_owned(), source };
    if !context.text.is_empty() && !contexts.contains(&context) {
        contexts.push(context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;
    use crate::term::Place;

    #[test]
    fn pairs_become_proposals_with_their_places() {
        let place = |unit| Place { unit, chinese: 0..6, english: 0..11 };
        let pair = TermPair {
            chinese: "主权".to_owned(),
            english: "sovereignty".to_owned(),
            score: 0.5,
            places: vec![place(3), place(3), place(5), place(8)],
            count: 4,
        };
        let (zh, en) = (Lang::of(Language::Chinese), Lang::of(Language::English));
        let sentence = |text: String| Sentence { text, document: "a.txt".to_owned(), segment: Some(7) };
        let of = |unit: usize| (sentence(format!("主权{unit}。\n")), sentence("Sovereignty.".to_owned()));
        let base = extracted([&pair, &pair], (&zh, &en), 2, of);
        let first = &base.concepts[0];
        let texts: Vec<&str> =
            first.sections[0].terms[0].contexts.iter().map(|context| context.text.as_str()).collect();
        assert_eq!(texts, ["主权3。", "主权5。"]);
        assert_eq!(first.sections[1].terms[0].contexts.len(), 1);
        assert_eq!((first.id.as_str(), first.sections[1].terms[0].status), ("c20b82e9f2789543d", Status::Proposed));
        assert_ne!(base.concepts[1].id, first.id);
    }
}
