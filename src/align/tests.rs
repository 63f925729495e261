//! Aligning again around decisions, and blocks.

use proptest::prelude::*;

use super::lattice::candidates;
use super::*;
use crate::bitext::is_tiling;
use crate::import;
use crate::lang::Lang;
use crate::segment;

fn document(language: Language, lines: &[String]) -> Document {
    let text = import::read_lines(lines.join("\n").as_bytes()).unwrap().output;
    let segments = segment::one_per_block(&text);
    Document::new("", Lang::of(language), text, segments)
}

/// Lines that differ in a number and a few words, so that every line has one counterpart.
fn pair(count: usize) -> (Document, Document) {
    let words = [("安全", "security"), ("合作", "cooperation"), ("主权", "sovereignty"), ("公约", "the convention")];
    let line = |at: usize| {
        let ((a, x), (b, y)) = (words[at % 4], words[(at / 4) % 4]);
        (format!("第{}条谈的是{a}和{b}。", at + 1), format!("Article {} is about {x} and {y}.", at + 1))
    };
    let (zh, en): (Vec<String>, Vec<String>) = (0..count).map(line).unzip();
    (document(Language::Chinese, &zh), document(Language::English, &en))
}

fn bead(source: Range<usize>, target: Range<usize>) -> (Range<usize>, Range<usize>) {
    (source, target)
}

fn shape(beads: &[Bead]) -> Vec<(Range<usize>, Range<usize>)> {
    beads.iter().map(|bead| (bead.source.clone(), bead.target.clone())).collect()
}

fn aligner<'a>(source: &'a Document, target: &'a Document) -> Aligner<'a> {
    Aligner::new(&Ctl::quiet(), source, target, &Options { set: Set::Fast, ..Options::default() }).unwrap()
}

#[test]
fn nothing_decided_changes_nothing() {
    let (zh, en) = pair(30);
    let aligner = aligner(&zh, &en);
    let beads = aligner.align(&Ctl::quiet()).unwrap();
    assert_eq!(shape(&beads), (0..30).map(|at| bead(at..at + 1, at..at + 1)).collect::<Vec<_>>());
    assert_eq!(aligner.realign(&Ctl::quiet(), &beads, &Settled::default()).unwrap(), beads);
}

#[test]
fn only_between_settled_beads_is_aligned_again() {
    let (zh, en) = pair(30);
    let aligner = aligner(&zh, &en);
    let mut beads = aligner.align(&Ctl::quiet()).unwrap();
    // Scores that no search gives show what came back untouched.
    for bead in &mut beads {
        bead.score = 0.123;
    }
    let confirmed = [bead(4..5, 4..5), bead(20..21, 20..21)];
    let settled = Settled { beads: [&confirmed[..], &[bead(10..12, 10..11)]].concat(), ..Settled::default() };
    let again = aligner.realign(&Ctl::quiet(), &beads, &settled).unwrap();
    assert!(is_tiling(&again, 30, 30));
    assert!(shape(&again).contains(&bead(10..12, 10..11)));
    assert_eq!(again[..4], beads[..4]);
    assert_eq!(again[again.len() - 9..], beads[21..]);
    assert!(again[5..again.len() - 10].iter().all(|bead| (bead.score - 0.123).abs() > 1e-6), "{again:?}");
}

#[test]
fn pairs_are_linked_and_kept_apart_as_decided() {
    let (zh, en) = pair(30);
    for (source, target) in [(&zh, &en), (&en, &zh)] {
        let aligner = aligner(source, target);
        let beads = aligner.align(&Ctl::quiet()).unwrap();
        let settled = Settled { linked: vec![(10, 11)], apart: vec![(20, 20)], ..Settled::default() };
        let again = aligner.realign(&Ctl::quiet(), &beads, &settled).unwrap();
        assert!(is_tiling(&again, 30, 30));
        let together =
            |z: usize, e: usize| again.iter().any(|bead| bead.source.contains(&z) && bead.target.contains(&e));
        assert!(together(10, 11) && !together(20, 20));
        assert!(together(2, 2) && together(28, 28));
    }
}

#[test]
fn decisions_that_cannot_hold_are_refused() {
    let (zh, en) = pair(12);
    let aligner = aligner(&zh, &en);
    let beads = aligner.align(&Ctl::quiet()).unwrap();
    let refused = |settled: Settled| aligner.realign(&Ctl::quiet(), &beads, &settled).unwrap_err();
    let pairs = |linked: &[(usize, usize)], apart: &[(usize, usize)]| Settled {
        linked: linked.to_vec(),
        apart: apart.to_vec(),
        ..Settled::default()
    };
    assert_eq!(refused(pairs(&[(12, 0)], &[])), Error::Outside(12, 0));
    assert_eq!(refused(pairs(&[(3, 3)], &[(3, 3)])), Error::Contradiction(3, 3));
    // No bead is large enough for both.
    assert_eq!(refused(pairs(&[(0, 11), (11, 0)], &[])), Error::Contradiction(0, 11));
    let crossing = Settled { beads: vec![bead(1..2, 3..4), bead(2..3, 1..2)], ..Settled::default() };
    assert_eq!(refused(crossing), Error::Contradiction(2, 1));
    let sharing = Settled { beads: vec![bead(1..3, 1..2), bead(2..4, 2..3)], ..Settled::default() };
    assert_eq!(refused(sharing), Error::Contradiction(2, 2));
    let sharing = Settled { beads: vec![bead(1..2, 1..3), bead(2..3, 2..4)], ..Settled::default() };
    assert_eq!(refused(sharing), Error::Contradiction(2, 2));
    let torn = Settled { beads: vec![bead(1..2, 1..2)], linked: vec![(1, 2)], ..Settled::default() };
    assert!(matches!(refused(torn), Error::Contradiction(1, _)));
}

#[test]
fn blocks_do_not_show() {
    // Longer than a block: the evidence measured block by block is what a single block would give.
    let (zh, en) = pair(BLOCK + 60);
    let aligner = aligner(&zh, &en);
    let ctl = Ctl::quiet();
    let way = aligner.way(&ctl, &aligner.whole(), &Rules::default()).unwrap().unwrap();
    let links = aligner.learnt(&ctl, &way.first).unwrap();
    let corridor = &way.corridor;
    let groups = Meanings::new(aligner.chinese, aligner.english, corridor.start()).groups(&ctl, corridor).unwrap();
    let (zh, en) = (&aligner.zh, &aligner.en);
    let whole = Scorer::new(&ctl, zh, en, Some(&links), Some(&groups), corridor).unwrap();
    let measured = |rows: RangeInclusive<usize>, scorer: &Scorer| {
        let mut out = Vec::new();
        for z1 in rows {
            for (_, candidate) in corridor.row(z1).flat_map(|e1| candidates(corridor, z1, e1)) {
                let mut features = Vec::new();
                scorer.measure(candidate, &mut features);
                out.push((candidate, features));
            }
        }
        Ok(out)
    };
    let wanted = measured(corridor.zh(), &whole).unwrap();
    let found = aligner.each_block(&ctl, &way, Set::Full, &links, measured).unwrap().concat();
    assert!(wanted.len() > 20 * BLOCK && wanted.len() == found.len());
    for ((candidate, wanted), (_, found)) in wanted.iter().zip(&found) {
        let far = wanted.iter().zip(found).any(|(a, b)| (a - b).abs() > 1e-4);
        assert!(!far, "{candidate:?}: {wanted:?} {found:?}");
    }
}

#[test]
fn lines_that_stand_alone_have_no_counterpart() {
    let (zh, en) = pair(40);
    let lines = |document: &Document| -> Vec<String> {
        (0..document.segments.len()).map(|at| document.display(at).to_owned()).collect()
    };
    let (zh_lines, mut en_lines) = (lines(&zh), lines(&en));
    let alone = ["****", "THE CYBER REVIEW 1", "7", "* * *", "8 THE CYBER REVIEW", "Page 8 of 30", "THE CYBER REVIEW"];
    let places: Vec<usize> = (0..alone.len()).map(|at| 3 + at * 6).collect();
    for (&at, line) in places.iter().zip(alone) {
        en_lines.insert(at, line.to_owned());
    }
    let en = document(Language::English, &en_lines);
    for set in [Set::Fast, Set::Full] {
        let aligner = Aligner::new(&Ctl::quiet(), &zh, &en, &Options { set, ..Options::default() }).unwrap();
        let beads = aligner.align(&Ctl::quiet()).unwrap();
        for bead in &beads {
            let is_alone = bead.target.clone().any(|at| places.contains(&at));
            assert_eq!((bead.source.len(), bead.target.len()), (usize::from(!is_alone), 1), "{bead:?}");
            assert!(!is_alone || bead.score > 0.95, "{bead:?}");
        }
    }
    // Where both sides have them they belong together.
    let zh = document(
        Language::Chinese,
        &[zh_lines[..4].to_vec(), vec!["***".into(), "12".into()], zh_lines[4..].to_vec()].concat(),
    );
    let en_lines = lines(&pair(40).1);
    let en = document(
        Language::English,
        &[en_lines[..4].to_vec(), vec!["* * *".into(), "12".into()], en_lines[4..].to_vec()].concat(),
    );
    let beads = aligner(&zh, &en).align(&Ctl::quiet()).unwrap();
    assert_eq!(shape(&beads), (0..42).map(|at| bead(at..at + 1, at..at + 1)).collect::<Vec<_>>());
}

/// One search over the whole grid.
fn whole_search(aligner: &Aligner<'_>) -> Vec<Bead> {
    let ctl = Ctl::quiet();
    let whole = aligner.whole();
    let way = aligner.way(&ctl, &whole, &Rules::default()).unwrap().unwrap();
    let links = aligner.learnt(&ctl, &way.first).unwrap();
    let everything = Corridor::everything(&whole);
    let everywhere = Way { searched: everything.clone(), corridor: everything, first: Vec::new() };
    aligner.along(&ctl, &everywhere, &links, &Rules::default()).unwrap().unwrap()
}

/// How many segments have a counterpart.
fn paired(beads: &[Bead]) -> usize {
    let both = beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
    both.map(|bead| bead.source.len() + bead.target.len()).sum()
}

/// Runs of the same few lines, as lists, tables and forms have them.
fn repetitive(runs: &[(usize, usize)], lines: &[&str]) -> Vec<String> {
    runs.iter().flat_map(|&(line, count)| vec![lines[line % lines.len()].to_owned(); count]).collect()
}

fn check_any(chinese: &[(usize, usize)], english: &[(usize, usize)]) {
    let zh = repetitive(chinese, &["无。", "是", "双方讨论了网络空间的主权。", "2012年6月", "****"]);
    let en =
        repetitive(english, &["None.", "Yes", "Both sides discussed sovereignty in cyberspace.", "June 2012", "****"]);
    let (zh, en) = (document(Language::Chinese, &zh), document(Language::English, &en));
    let aligner = aligner(&zh, &en);
    let beads = aligner.align(&Ctl::quiet()).unwrap();
    assert!(is_tiling(&beads, zh.segments.len(), en.segments.len()));
    if !aligner.whole().is_lopsided() {
        let whole = whole_search(&aligner);
        if Corridor::holds_all(&aligner.whole()) {
            assert_eq!(shape(&beads), shape(&whole));
        }
        // In a long text not everything is looked at; which of identical rows is paired with which is chance there.
        let (found, whole) = (paired(&beads), paired(&whole));
        assert!(found * 100 + 100 >= whole * 70, "{found} of {whole}");
    }
}

#[test]
fn runs_of_identical_rows_in_unequal_number_are_aligned() {
    for (zh, en) in [(320, 260), (260, 320), (1, 400), (400, 1), (800, 60)] {
        check_any(&[(0, zh)], &[(0, en)]);
    }
    // Inside real text.
    check_any(&[(2, 3), (0, 250), (3, 2), (2, 30)], &[(2, 3), (0, 180), (3, 2), (2, 30)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn any_two_texts_are_aligned_as_by_one_whole_search(
        zh in prop::collection::vec((0_usize..5, 1_usize..40), 1..8),
        en in prop::collection::vec((0_usize..5, 1_usize..40), 0..8),
    ) {
        check_any(&zh, &en);
    }
}
