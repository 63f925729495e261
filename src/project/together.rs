//! The terms of several bitexts found together, each place with its text.

use super::glossary::{CONTEXTS, Linked, exported};
use crate::bitext::{Bitext, Document};
use crate::exchange::glossary::{Context, Glossary as Export};
use crate::gloss::Accepted;
use crate::lang::{Lang, Language};
use crate::task::{Cancelled, Ctl};
use crate::term::{self, TermPair, Unit};
use crate::termbase::{Pairs, Sentence, Status, TermBase, entries, extracted};

/// Pairs of terms found in several bitexts, best first.
#[derive(Clone, Debug, Default)]
pub struct Together {
    pairs: Vec<TermPair>,
    /// The bitext and the bead of each unit.
    units: Vec<(usize, usize)>,
}

/// Finds the terms of Chinese and English texts together. What `base` holds is known: its terms are cut whole and link
/// what they translate, and pairs that it rejects are left out.
///
/// # Errors
/// [`Cancelled`].
pub fn glossary_of_all(ctl: &Ctl, bitexts: &[Bitext], base: &TermBase) -> Result<Together, Cancelled> {
    let linked: Vec<Linked<'_>> = bitexts.iter().map(Linked::new).collect();
    let all: Vec<Unit<'_>> = linked.iter().flat_map(Linked::units).collect();
    let places = linked.iter().enumerate();
    let places = places.flat_map(|(number, linked)| linked.beads.iter().map(move |&bead| (number, bead))).collect();
    let mut pairs = term::extract(ctl, &all, &Accepted::new(base.accepted()))?;
    let texts = pairs.iter().map(|pair| ([pair.chinese.as_str(), pair.english.as_str()], pair.score));
    let languages = [Language::Chinese, Language::English];
    let lines = entries(base, languages, &Pairs::new(languages, texts));
    let rejected = lines.iter().filter(|entry| entry.status == Status::Rejected).flat_map(|entry| &entry.pairs);
    let mut kept = vec![true; pairs.len()];
    rejected.for_each(|&at| kept[at] = false);
    let mut kept = kept.into_iter();
    pairs.retain(|_| kept.next().unwrap_or(true));
    Ok(Together { pairs, units: places })
}

impl Together {
    /// The ranked list with the sentences of the first places; units are numbered through all texts.
    pub fn export(&self, bitexts: &[Bitext]) -> Export {
        let before: Vec<usize> = bitexts
            .iter()
            .scan(0, |sum, bitext| {
                let start = *sum;
                *sum += bitext.beads.len();
                Some(start)
            })
            .collect();
        let terms = self.pairs.iter().map(|pair| {
            let contexts = pair.places.iter().take(CONTEXTS).map(|place| {
                let (number, bead) = self.units[place.unit];
                let [zh, en] = sentences(&bitexts[number], bead).map(|sentence| sentence.text);
                Context { unit: before[number] + bead + 1, zh, en }
            });
            exported(pair, contexts.collect())
        });
        let (sources, notes) = provenance(bitexts);
        Export::new(sources, notes, terms.collect())
    }

    /// What a base holds, and the pairs it does not know as proposals, with the sentences of their first places.
    pub fn term_base(&self, bitexts: &[Bitext], base: &TermBase) -> TermBase {
        let lang = |language| {
            let documents = bitexts.iter().flat_map(|bitext| [&bitext.source, &bitext.target]);
            let mut langs = documents.map(|document| &document.lang).filter(|lang| lang.language() == language);
            langs.next().cloned().unwrap_or_else(|| Lang::of(language))
        };
        let (chinese, english) = (lang(Language::Chinese), lang(Language::English));
        let found = extracted(&self.pairs, (&chinese, &english), CONTEXTS, |unit| {
            let (number, bead) = self.units[unit];
            let [zh, en] = sentences(&bitexts[number], bead);
            (zh, en)
        });
        let (sources, notes) = provenance(bitexts);
        let mut out = base.clone();
        out.propose(found.concepts);
        for (all, more) in [(&mut out.sources, sources), (&mut out.notes, notes)] {
            for text in more {
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
        if out.title.is_empty() {
            let title = |bitext: &Bitext| format!("{} ⇄ {}", bitext.source.name, bitext.target.name);
            out.title = bitexts.iter().map(title).collect::<Vec<_>>().join(", ");
        }
        out
    }
}

/// The names of the texts, and what readers must be told about them, each once.
fn provenance(bitexts: &[Bitext]) -> (Vec<String>, Vec<String>) {
    let names = bitexts.iter().flat_map(|bitext| [bitext.source.name.clone(), bitext.target.name.clone()]);
    let mut told: Vec<String> = Vec::new();
    for note in bitexts.iter().flat_map(Bitext::notes) {
        if !told.iter().any(|known| known == note) {
            told.push(note.to_owned());
        }
    }
    (names.collect(), told)
}

/// Both sides of a bead, Chinese first.
fn sentences(bitext: &Bitext, bead: usize) -> [Sentence; 2] {
    let bead = &bitext.beads[bead];
    let sentence = |document: &Document, segments: &std::ops::Range<usize>| Sentence {
        text: document.shown(segments.clone()).text,
        document: document.name.clone(),
        segment: document.segments.get(segments.start).map(|segment| segment.id),
    };
    let sides = [sentence(&bitext.source, &bead.source), sentence(&bitext.target, &bead.target)];
    if bitext.source.lang.language() == Language::Chinese {
        sides
    } else {
        let [source, target] = sides;
        [target, source]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{AlignOptions, align, paste};

    #[test]
    fn terms_of_several_texts_are_found_together_and_decisions_hold() {
        let bitext = |name: &str, zh: &str, en: &str| {
            let (zh, en) = (paste(&format!("{name}.zh"), zh).unwrap(), paste(&format!("{name}.en"), en).unwrap());
            align(&Ctl::quiet(), zh, en, &AlignOptions::default()).unwrap()
        };
        let bitexts = [
            bitext("a", "国际法适用于网络空间。", "International law applies to cyberspace."),
            bitext("b", "网络空间没有边界。主权是原则。", "Cyberspace has no borders. Sovereignty is a principle."),
        ];
        let found = glossary_of_all(&Ctl::quiet(), &bitexts, &TermBase::default()).unwrap();
        let ranked = found.export(&bitexts);
        let term = ranked.terms.iter().find(|term| term.zh == "网络空间" && term.en == "cyberspace").unwrap();
        assert_eq!((term.count, term.contexts[1].unit, term.contexts[1].zh.as_str()), (2, 2, "网络空间没有边界。"));
        let base = found.term_base(&bitexts, &TermBase::default());
        assert_eq!(base.sources, ["a.zh", "a.en", "b.zh", "b.en"]);
        assert_eq!(found.term_base(&bitexts, &base).sources, base.sources);
        let concept = base.concepts.iter().find(|one| one.all_terms().any(|(_, term)| term.text == "cyberspace"));
        let documents: Vec<_> = concept.unwrap().sections[0].terms[0]
            .contexts
            .iter()
            .map(|context| context.source.clone().unwrap().document)
            .collect();
        assert_eq!(documents, ["a.zh", "b.zh"]);

        let is = |term: &&crate::termbase::Concept, text: &str| term.all_terms().any(|(_, term)| term.text == text);
        let mut decided = TermBase::default();
        decided.reject(base.concepts.iter().filter(|term| is(term, "主权")).cloned().collect(), None);
        decided.accept(base.concepts.iter().filter(|term| is(term, "cyberspace")).cloned().collect(), None);
        let again = glossary_of_all(&Ctl::quiet(), &bitexts, &decided).unwrap();
        assert!(!again.export(&bitexts).terms.iter().any(|term| term.zh == "主权" && term.en == "sovereignty"));
        let merged = again.term_base(&bitexts, &decided);
        assert_eq!(merged.concepts[..decided.concepts.len()], decided.concepts[..]);
        let accepted = merged.concepts.iter().filter(|term| is(term, "网络空间") && is(term, "cyberspace"));
        assert_eq!(accepted.count(), 1);
    }

    #[test]
    fn texts_are_named_and_what_is_to_be_told_of_them_is_told_once() {
        let text = |name: &str, note: Option<&str>| {
            let document = paste(name, "今天下雨。").unwrap();
            Document { note: note.map(str::to_owned), ..document }.into()
        };
        let of = |names: [&str; 2], note| Bitext {
            source: text(names[0], note),
            target: text(names[1], None),
            beads: Vec::new(),
        };
        let (names, told) = provenance(&[of(["a", "b"], Some("draft")), of(["c", "d"], Some("draft"))]);
        assert_eq!((names, told), (["a", "b", "c", "d"].map(str::to_owned).to_vec(), vec!["draft".to_owned()]));
    }
}
