//! What links are found, that they keep within their words, and that nothing but the pairs changes them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;

use super::*;

fn linked(evidence: Evidence, pairs: &[(&str, &str)]) -> Vec<String> {
    let words: Vec<Words<'_>> = pairs.iter().map(|&(chinese, english)| Words::split(chinese, english)).collect();
    let links = Linker::new(evidence, &Accepted::default()).link(&Ctl::quiet(), &words).unwrap();
    links.iter().map(|links| shown(links)).collect()
}

fn shown(links: &[Link]) -> String {
    links.iter().map(|link| format!("{}-{}", link.chinese, link.english)).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_of_a_single_sentence_are_linked() {
    let pair = [(
        "印 尼 外交部 3月 22日 重申 反对 外国 军队 。",
        "On March 22 Indonesia 's Foreign Ministry reiterated its opposition to foreign troops .",
    )];
    for evidence in [Evidence::Full, Evidence::Fast] {
        let links = &linked(evidence, &pair)[0];
        for link in ["1-3", "2-5", "3-1", "4-2", "5-7", "6-9", "7-11", "9-13"] {
            assert!(links.split(' ').any(|found| found == link), "{evidence:?}: {link} in {links}");
        }
    }
}

#[test]
fn words_unknown_to_the_dictionary_are_linked_by_what_stands_around_them() {
    let links = linked(Evidence::Fast, &[("两国 甲乙丙 会谈", "two countries xyzzy talks")]);
    assert!(links[0].split(' ').any(|link| link == "1-2"), "{links:?}");
}

#[test]
fn empty_sentences_have_no_links_and_keep_their_place() {
    let links =
        linked(Evidence::Fast, &[("", ""), ("主权", ""), ("主权", "sovereignty"), ("", "sovereignty"), ("。", "rain")]);
    assert_eq!(links[..4], ["", "", "0-0", ""]);
    assert!(linked(Evidence::Full, &[]).is_empty());
    assert_eq!(linked(Evidence::Full, &[("", "a")]), [""]);
}

#[test]
fn a_pair_too_long_for_a_sentence_has_no_links() {
    let long = "主权 ".repeat(600);
    let words = "sovereignty ".repeat(600);
    assert_eq!(linked(Evidence::Fast, &[(&long, &words), ("主权", "sovereignty")]), ["", "0-0"]);
}

#[test]
fn brackets_of_treebanks_are_brackets() {
    assert_eq!(linked(Evidence::Fast, &[("（ 主权 ）", "-LRB- sovereignty -RRB-")]), ["0-0 1-1 2-2"]);
}

#[test]
fn a_memory_teaches_words_that_nothing_else_knows() {
    let memory = ["甲乙 开会", "甲乙 吃饭", "看见 甲乙", "甲乙 下雨"];
    let english = ["xyzzy meets", "xyzzy eats", "sees xyzzy", "xyzzy rains"];
    let memory: Vec<Words<'_>> =
        memory.iter().zip(english).map(|(zh, en)| Words::split(zh, en)).cycle().take(40).collect();
    let pair = [Words::split("甲乙 丙丁 戊己", "plugh xyzzy frob")];
    let posterior = |linker: &mut Linker| {
        let links = linker.link(&Ctl::quiet(), &pair).unwrap();
        links[0].iter().find(|link| (link.chinese, link.english) == (0, 1)).map_or(0.0, |link| link.posterior)
    };
    let mut learnt = Linker::new(Evidence::Fast, &Accepted::default());
    learnt.learn(&Ctl::quiet(), &memory).unwrap();
    let (with, without) = (posterior(&mut learnt), posterior(&mut Linker::new(Evidence::Fast, &Accepted::default())));
    assert!(with > LINKED && with > without, "{with} {without}");
}

#[test]
fn units_are_cut_and_their_links_count_the_spans() {
    let unit =
        Unit { chinese: "国际法适用于网络空间。", english: "International law applies to cyberspace." };
    let linked = Linker::new(Evidence::Full, &Accepted::default()).link_units(&Ctl::quiet(), &[unit]).unwrap();
    let words: Vec<(&str, &str)> = linked[0]
        .links
        .iter()
        .map(|link| {
            let (chinese, english) = (&linked[0].chinese[link.chinese], &linked[0].english[link.english]);
            (&unit.chinese[chinese.clone()], &unit.english[english.clone()])
        })
        .collect();
    for pair in [("国际法", "law"), ("网络", "cyberspace"), ("。", ".")] {
        assert!(words.iter().any(|found| found.0.contains(pair.0) && found.1 == pair.1), "{pair:?} in {words:?}");
    }
}

#[test]
fn the_work_can_be_cancelled() {
    let ctl = Ctl::new(Arc::new(AtomicBool::new(true)), |_| {});
    let pair = Words::split("主权", "sovereignty");
    assert_eq!(Linker::new(Evidence::Full, &Accepted::default()).link(&ctl, &[pair]), Err(Cancelled));
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancel);
    // Somebody asks for it while the work is going on.
    let ctl = Ctl::new(cancel, move |_| flag.store(true, Ordering::Relaxed));
    let pairs = vec![Words::split("主权", "sovereignty"); 10];
    assert_eq!(Linker::new(Evidence::Fast, &Accepted::default()).link(&ctl, &pairs), Err(Cancelled));
}

#[test]
fn threads_change_no_bit() {
    let pairs: Vec<Words<'_>> = (0..40)
        .map(|at| match at % 3 {
            0 => Words::split("两国 讨论 了 知识 产权 问题 。", "The two countries discussed intellectual property ."),
            1 => Words::split("知识 产权 很 重要 。", "Intellectual property is important ."),
            _ => Words::split("国际法 适用 于 网络 空间", "International law applies to cyberspace"),
        })
        .collect();
    let by = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Linker::new(Evidence::Full, &Accepted::default()).link(&Ctl::quiet(), &pairs).unwrap())
    };
    assert_eq!(by(1), by(4));
}

#[test]
fn blocks_hold_as_many_pairs_as_fit() {
    let wide = Words { chinese: vec!["主权"; 400], english: vec!["law"; 500] };
    assert_eq!(wide.cells(), 200_000);
    let pairs = vec![wide; 25];
    let first = end_of_block(&pairs, 0);
    assert!(first == 9 || first == 10, "{first}");
    assert_eq!(end_of_block(&pairs, 24), 25);
    // A pair that is passed over takes no room.
    let huge = Words { chinese: vec!["主权"; 4000], english: vec!["law"; 5000] };
    assert_eq!(end_of_block(&vec![huge; 25], 0), 25);
}

#[test]
fn cells_are_links_when_sure_or_best_of_both() {
    let links = decode(3, &[0.9, 0.36, 0.0, 0.1, 0.3, 0.25, 0.0, 0.0, 0.21]);
    assert_eq!(shown(&links), "0-0 0-1");
    let links = decode(3, &[0.9, 0.1, 0.0, 0.1, 0.25, 0.2, 0.0, 0.0, 0.21]);
    assert_eq!(shown(&links), "0-0 1-1 2-2");
}

proptest! {
    #[test]
    fn any_words_give_links_within_them(
        pairs in prop::collection::vec(
            (prop::collection::vec("主权|网络|的|22日|，|印|尼|\\PC{1,3}", 0..8),
             prop::collection::vec("sovereignty|network|the|22nd|,|Indonesia|\\PC{1,3}", 0..8)),
            0..8,
        )
    ) {
        let words: Vec<Words<'_>> = pairs
            .iter()
            .map(|(chinese, english)| Words {
                chinese: chinese.iter().map(String::as_str).collect(),
                english: english.iter().map(String::as_str).collect(),
            })
            .collect();
        let found = Linker::new(Evidence::Fast, &Accepted::default()).link(&Ctl::quiet(), &words).unwrap();
        prop_assert_eq!(found.len(), words.len());
        for (words, links) in words.iter().zip(&found) {
            prop_assert!(links.is_sorted_by_key(|link| (link.chinese, link.english)));
            for link in links {
                prop_assert!(link.chinese < words.chinese.len() && link.english < words.english.len());
                prop_assert!(link.posterior >= LINKED_BEST && link.posterior <= 1.0, "{}", link.posterior);
            }
        }
        prop_assert_eq!(Linker::new(Evidence::Fast, &Accepted::default()).link(&Ctl::quiet(), &words).unwrap(), found);
    }
}
