//! How well the program does on the texts that come with it, against what a person did.

use std::path::Path;

#[cfg(feature = "fit")]
use duizhao::align::{Model, Set};
use duizhao::project::{self, AlignOptions};
use duizhao::task::Ctl;
use duizhao::termbase::TermBase;

fn stem() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("texts/statement")
}

#[test]
fn the_statement_is_cut_and_aligned_as_by_hand() {
    let (chinese, english) = project::bundled();
    let bitext = project::align(&Ctl::quiet(), chinese, english, &AlignOptions::default()).expect("nobody cancels");
    assert!(bitext.is_tiled());
    let measure = project::evaluate_text(&stem(), &bitext).expect("the gold files are readable");
    assert!(measure.f1 >= 0.95, "{measure:?}");
}

#[cfg(feature = "fit")]
#[test]
fn the_statement_as_cut_by_hand_is_aligned_as_by_hand() {
    for set in [Set::Full, Set::Fast] {
        let folder = stem();
        let scored = project::evaluate(&Ctl::quiet(), &[folder.parent().expect("a folder")], Model::embedded(), set)
            .expect("the gold files are readable");
        // With the blocks of its raw text, and as lines.
        assert_eq!(scored.len(), 2);
        for text in &scored {
            sure_where_right(text, set);
        }
    }
}

#[cfg(feature = "fit")]
fn sure_where_right(text: &project::Scored, set: Set) {
    let strict = text.counts.strict();
    let wanted = if set == Set::Full { 0.97 } else { 0.95 };
    assert!(strict.f1 >= wanted, "{set:?}: {strict:?}");
    let sure: Vec<bool> = text.judged.iter().filter(|(score, _)| *score > 0.9).map(|&(_, right)| right).collect();
    let right = sure.iter().filter(|right| **right).count();
    assert!(right as f64 >= 0.95 * sure.len() as f64, "{set:?}: {right} of {} above 0.9", sure.len());
    // Scores are probabilities: as many beads are right as they say, give or take chance (three standard deviations,
    // and one bead for what the approximation to the normal leaves out).
    let surplus: f64 = text.judged.iter().map(|&(score, right)| f64::from(u8::from(right)) - f64::from(score)).sum();
    let variance: f64 = text.judged.iter().map(|&(score, _)| f64::from(score) * (1.0 - f64::from(score))).sum();
    assert!(surplus.abs() <= 3.0 * variance.sqrt() + 1.0, "{set:?}: {surplus} with variance {variance}");
}

#[test]
fn either_side_may_be_the_source() {
    let (chinese, english) = project::bundled();
    let there = project::align(&Ctl::quiet(), chinese.clone(), english.clone(), &AlignOptions::default())
        .expect("nobody cancels");
    let back = project::align(&Ctl::quiet(), english, chinese, &AlignOptions::default()).expect("nobody cancels");
    let swapped: Vec<_> = back.beads.iter().map(|bead| (bead.target.clone(), bead.source.clone())).collect();
    let straight: Vec<_> = there.beads.iter().map(|bead| (bead.source.clone(), bead.target.clone())).collect();
    assert_eq!(straight, swapped);
}

#[test]
fn the_glossary_of_the_statement_holds_most_of_what_a_terminologist_lists() {
    let (chinese, english) = project::bundled();
    let bitext = project::align(&Ctl::quiet(), chinese, english, &AlignOptions::default()).expect("nobody cancels");
    let glossary = project::glossary(&Ctl::quiet(), &bitext, &TermBase::default()).expect("nobody cancels");
    let key = |english: &str| {
        let words = english.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(duizhao::token::english_key).collect::<Vec<_>>().join(" ")
    };
    let found: Vec<(String, String)> =
        glossary.terms.iter().map(|term| (term.pair.chinese.clone(), key(&term.pair.english))).collect();
    let pairs_of = |ending: &str| -> Vec<(String, String)> {
        let list = std::fs::read_to_string(stem().with_extension(ending)).expect("the list of terms is readable");
        let lines = list.lines().skip(1).filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?.to_owned(), key(cells.next()?)))
        });
        lines.collect()
    };
    let wanted = pairs_of("terms.tsv");
    let recalled = wanted.iter().filter(|pair| found.contains(pair)).count();
    assert!(recalled * 100 >= wanted.len() * 95, "{recalled} of {}", wanted.len());
    let early = found.iter().take(2 * wanted.len()).filter(|pair| wanted.contains(pair)).count();
    assert!(early * 100 >= wanted.len() * 80, "{early} of {} in the first rows", wanted.len());
    let mut right = wanted.clone();
    right.extend(pairs_of("acceptable.tsv"));
    let precise = found.iter().take(30).filter(|pair| right.contains(pair)).count();
    assert!(precise >= 26, "{precise} of the first 30");
    // Every place says what the term says.
    for term in &glossary.terms {
        for (bead, source, target) in &term.places {
            let bead = &bitext.beads[*bead];
            assert!(!bead.source.is_empty() && !bead.target.is_empty());
            assert!(!bitext.source.text.as_str()[source.clone()].trim().is_empty());
            assert!(!bitext.target.text.as_str()[target.clone()].trim().is_empty());
        }
    }
}

#[cfg(feature = "fit")]
#[test]
fn terms_of_texts_that_were_left_out_come_first() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/terms/train");
    let (_, judged) = project::train_terms(&Ctl::quiet(), &[folder], 4.0, true).expect("the texts are readable");
    assert_eq!(judged.len(), 16);
    let mean = |at: usize| judged.iter().map(|(_, figures)| figures[at]).sum::<f64>() / judged.len() as f64;
    // Recall, recall in the first 2 g rows, the right translation first, precision of the first 30 and the first g rows.
    for (at, wanted) in [0.93, 0.80, 0.945, 0.885, 0.755].into_iter().enumerate() {
        assert!(mean(at) >= wanted, "figure {at} is {}: {judged:#?}", mean(at));
    }
}
