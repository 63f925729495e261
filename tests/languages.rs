//! Other languages than Chinese and English, by the encoder, lengths and punctuation alone.

use duizhao::bitext::{Document, is_tiling};
use duizhao::lang::Lang;
use duizhao::project::{self, AlignOptions};
use duizhao::task::Ctl;
use duizhao::{import, segment};

const DE: &str = include_str!("golden/languages/de.tsv");
const EN: &str = include_str!("golden/languages/en.tsv");
const FR: &str = include_str!("golden/languages/fr.tsv");
const JA: &str = include_str!("golden/languages/ja.tsv");

/// A document of one segment a line, and the paragraph of each; paragraphs that `left_out` names are not there.
fn side(lines: &'static str, tag: &str, left_out: &[&str]) -> (Document, Vec<&'static str>) {
    let rows = lines.lines().map(|line| line.split_once('\t').expect("a paragraph and a sentence"));
    let (paragraphs, sentences): (Vec<_>, Vec<_>) = rows.filter(|row| !left_out.contains(&row.0)).unzip();
    let text = import::read_lines(sentences.join("\n").as_bytes()).expect("plain text").output;
    let segments = segment::one_per_block(&text);
    let lang = Lang::parse(tag).expect("a language the program knows");
    (Document::new(tag, lang, text, segments), paragraphs)
}

/// How many of the segments that have a counterpart stand in beads of one paragraph only.
fn together(source: (Document, Vec<&str>), target: (Document, Vec<&str>)) -> f64 {
    let ((source, paragraphs), (target, other_paragraphs)) = (source, target);
    let has_counterpart = |at: &&str, others: &[&str]| others.contains(at);
    let wanted = paragraphs.iter().filter(|at| has_counterpart(at, &other_paragraphs)).count()
        + other_paragraphs.iter().filter(|at| has_counterpart(at, &paragraphs)).count();
    let bitext = project::align(&Ctl::quiet(), source, target, &AlignOptions::default()).expect("nobody cancels");
    assert!(is_tiling(&bitext.beads, paragraphs.len(), other_paragraphs.len()));
    let linked = bitext.beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
    let right = linked.filter(|bead| {
        let (own, other) = (&paragraphs[bead.source.clone()], &other_paragraphs[bead.target.clone()]);
        own.iter().chain(other).all(|at| *at == own[0])
    });
    right.map(|bead| bead.source.len() + bead.target.len()).sum::<usize>() as f64 / wanted as f64
}

#[test]
fn european_and_japanese_texts_are_aligned() {
    for (source, target) in [((DE, "de"), (FR, "fr")), ((EN, "en"), (JA, "ja")), ((FR, "fr"), (EN, "en-GB"))] {
        let share = together(side(source.0, source.1, &[]), side(target.0, target.1, &[]));
        assert!(share >= 0.98, "{} with {}: {share:.3}", source.1, target.1);
    }
}

#[test]
fn what_is_left_out_does_not_lead_astray() {
    let share = together(side(DE, "de", &[]), side(FR, "fr", &["3.0", "12.0", "16.1", "25.0"]));
    assert!(share >= 0.9, "{share:.3}");
}

#[test]
fn either_direction_gives_the_same_beads() {
    let there = project::align(&Ctl::quiet(), side(DE, "de", &[]).0, side(FR, "fr", &[]).0, &AlignOptions::default())
        .expect("nobody cancels");
    let back = project::align(&Ctl::quiet(), side(FR, "fr", &[]).0, side(DE, "de", &[]).0, &AlignOptions::default())
        .expect("nobody cancels");
    assert_eq!(there.beads.len(), back.beads.len());
    assert!(there.beads.iter().zip(&back.beads).all(|(a, b)| (&a.source, &a.target) == (&b.target, &b.source)));
}
