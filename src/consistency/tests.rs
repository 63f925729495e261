//! The check as a whole, in both directions and with term bases.

use super::*;
use crate::lang::Language::{Chinese, English};
use crate::termbase::{Concept, Section, Status, Term};

/// Sentences that each render every term in one way.
const ROWS: [(&str, &str); 8] = [
    ("国际法适用于网络空间。", "International law applies to cyberspace."),
    ("主权是网络空间的基础。", "Sovereignty is the basis of cyberspace."),
    ("各国讨论了网络空间的主权。", "States discussed sovereignty in cyberspace."),
    ("网络空间需要国际法。", "Cyberspace needs international law."),
    ("知识产权在网络空间受到保护。", "Intellectual property is protected in cyberspace."),
    ("双方同意保护知识产权。", "Both sides agreed to protect intellectual property."),
    ("国际法保护知识产权。", "International law protects intellectual property."),
    ("主权国家尊重国际法。", "Sovereign states respect international law."),
];

fn base(concepts: &[&[(&str, &str, Status)]]) -> TermBase {
    let concept = |terms: &&[(&str, &str, Status)]| {
        let mut out = Concept::default();
        for (lang, text, status) in *terms {
            let lang = Lang::parse(lang).unwrap();
            let term = Term { text: (*text).to_owned(), status: *status, ..Term::default() };
            match out.sections.iter_mut().find(|section| section.lang == lang) {
                Some(section) => section.terms.push(term),
                None => out.sections.push(Section { terms: vec![term], ..Section::new(lang) }),
            }
        }
        out
    };
    TermBase { concepts: concepts.iter().map(concept).collect(), ..TermBase::default() }
}

fn checked(rows: &[(&str, &str)], languages: [Language; 2], base: &TermBase) -> Vec<String> {
    let rows: Vec<Row<'_>> = rows.iter().map(|&(source, target)| Row { source, target }).collect();
    let [source, target] = languages.map(Lang::of);
    let found = check(&Ctl::quiet(), &rows[..], [&source, &target], base, &Decisions::default()).unwrap();
    let line = |finding: Finding| {
        let variants: Vec<&str> = finding.variants.iter().map(|variant| variant.text.as_str()).collect();
        format!("{} {}: {} {:?}", finding.kind.name(), finding.term, variants.join("|"), finding.rows)
    };
    found.into_iter().map(line).collect()
}

/// The rows with some of them changed.
fn changed(changes: &[(usize, (&'static str, &'static str))]) -> Vec<(&'static str, &'static str)> {
    let mut out = ROWS.to_vec();
    for &(at, row) in changes {
        out[at] = row;
    }
    out
}

fn swapped(rows: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    rows.iter().map(|&(zh, en)| (en, zh)).collect()
}

#[test]
fn where_every_term_is_rendered_in_one_way_nothing_is_found() {
    assert!(checked(&ROWS, [Chinese, English], &TermBase::default()).is_empty());
    assert!(checked(&swapped(&ROWS), [English, Chinese], &TermBase::default()).is_empty());
}

#[test]
fn a_term_rendered_otherwise_in_one_sentence_is_found_in_either_direction() {
    let rows = changed(&[(2, ("各国讨论了网络空间的主权。", "States discussed sovereignty in the network space."))]);
    assert_eq!(
        checked(&rows, [Chinese, English], &TermBase::default()),
        ["renderings 网络空间: cyberspace|network space [2]"]
    );
    // The Chinese is the translation here: two English terms are rendered the same.
    assert_eq!(
        checked(&swapped(&rows), [English, Chinese], &TermBase::default()),
        ["sources 网络空间: cyberspace|network space [2]"]
    );
}

#[test]
fn every_likely_rendering_counts_against_the_usual_one() {
    let rows = [
        ROWS[0],
        ROWS[1],
        ROWS[2],
        ("网络空间需要国际法。", "The network space needs international law."),
        ("知识产权在网络空间受到保护。", "Intellectual property is protected on the network."),
        ("双方同意保护网络空间。", "Both sides agreed to protect the online space."),
        ("网络空间的规则很重要。", "The rules of the virtual space are important."),
        ("网络空间没有边界。", "The internet has no borders."),
    ];
    // Of so many, the word of general language is no longer sure enough.
    assert_eq!(
        checked(&rows, [Chinese, English], &TermBase::default()),
        ["renderings 网络空间: cyberspace|network space|online space|virtual space [3, 4, 5, 6]"]
    );
}

#[test]
fn forms_of_a_rendering_are_no_finding() {
    let rows = changed(&[
        (2, ("各国讨论了网络空间的主权。", "Sovereign rights in cyber space were discussed by states.")),
        (5, ("双方同意保护知识产权。", "Both sides agreed to protect it.")),
    ]);
    assert!(checked(&rows, [Chinese, English], &TermBase::default()).is_empty());
}

#[test]
fn a_term_base_says_what_is_missing_and_what_is_ruled_out() {
    let base = base(&[&[
        ("zh", "网络空间", Status::Preferred),
        ("en", "cyberspace", Status::Preferred),
        ("en", "cyber domain", Status::Admitted),
        ("en", "network space", Status::Deprecated),
    ]]);
    let rows = [
        ("主权与网络空间", "Sovereignty and the network spaces"),
        ("主权与网络空间", "Sovereignty and the cyber domain"),
        ("主权与网络空间", "Sovereignty and the Internet"),
        ("主权与网络", "Sovereignty and the network space"),
    ];
    assert_eq!(
        checked(&rows, [Chinese, English], &base),
        [
            "deprecated 网络空间: cyberspace|cyber domain|network space [0]",
            "missing 网络空间: cyberspace|cyber domain [2]"
        ]
    );
    let back: Vec<(&str, &str)> = rows.iter().map(|&(zh, en)| (en, zh)).collect();
    // A deprecated term of the source is the author's; its translation is known all the same.
    assert_eq!(checked(&back, [English, Chinese], &base), ["missing network space: 网络空间 [3]"]);
}

#[test]
fn a_plain_glossary_is_meant_as_it_stands_and_a_decided_one_by_its_decisions() {
    let proposed = [("zh", "主权", Status::Proposed), ("en", "sovereignty", Status::Proposed)];
    let rows = [("主权很重要。", "Supremacy is important.")];
    assert_eq!(checked(&rows, [Chinese, English], &base(&[&proposed])), ["missing 主权: sovereignty [0]"]);
    let decided = [("zh", "网络", Status::Preferred), ("en", "network", Status::Preferred)];
    assert!(checked(&rows, [Chinese, English], &base(&[&proposed, &decided])).is_empty());
}

#[test]
fn a_term_of_several_concepts_may_be_rendered_as_any_of_them_has_it_in_either_script_and_case() {
    let pair = |source: [&'static str; 2], target: [&'static str; 2]| {
        [(source[0], source[1], Status::Preferred), (target[0], target[1], Status::Preferred)]
    };
    let chinese = base(&[
        &pair(["zh", "网络"], ["en", "network"]),
        &pair(["zh-Hant", "網絡"], ["en", "web"]),
        &pair(["zh", "网络"], ["en", "network"]),
    ]);
    let rows = [("网络很大。", "The network is large."), ("網絡很大。", "The web is large.")];
    assert!(checked(&rows, [Chinese, English], &chinese).is_empty());
    let wrong = [rows[0], rows[1], ("網絡很大。", "The Internet is large.")];
    assert_eq!(checked(&wrong, [Chinese, English], &chinese), ["missing 网络: network|web [2]"]);
    let english = base(&[&pair(["en", "Net"], ["zh", "网"]), &pair(["en", "net"], ["zh", "净"])]);
    let rows = [("The Net is large.", "网很大。"), ("A net loss.", "净亏损。"), ("A net gain.", "收益。")];
    assert_eq!(checked(&rows, [English, Chinese], &english), ["missing Net: 网|净 [2]"]);
    // An abbreviation is no common word.
    let english = base(&[&pair(["en", "AIDS"], ["zh", "艾滋病"]), &pair(["en", "aids"], ["zh", "援助"])]);
    let rows = [("They fight AIDS.", "他们援助。")];
    assert_eq!(checked(&rows, [English, Chinese], &english), ["missing AIDS: 艾滋病 [0]"]);
}

#[test]
fn terms_that_the_term_base_has_as_synonyms_are_consistent() {
    let rows = changed(&[(2, ("各国讨论了网络空间的主权。", "States discussed sovereignty in the network space."))]);
    let terms = |status| {
        base(&[&[
            ("zh", "网络空间", Status::Preferred),
            ("en", "cyberspace", Status::Preferred),
            ("en", "network space", status),
        ]])
    };
    assert!(checked(&rows, [Chinese, English], &terms(Status::Admitted)).is_empty());
    let ruled_out = checked(&rows, [Chinese, English], &terms(Status::Deprecated));
    assert_eq!(ruled_out, ["deprecated 网络空间: cyberspace|network space [2]"]);
}

#[test]
fn what_the_term_base_has_told_is_not_told_again_in_another_script_or_form() {
    let chinese = base(&[&[("zh", "网络空间", Status::Preferred), ("en", "cyberspace", Status::Preferred)]]);
    let rows = changed(&[(2, ("各国讨论了网络空间的主权。", "States discussed sovereignty in the network space."))]);
    let traditional: Vec<(String, &str)> =
        rows.iter().map(|&(zh, en)| (zh.replace("网络空间", "網絡空間"), en)).collect();
    let rows: Vec<(&str, &str)> = traditional.iter().map(|(zh, en)| (zh.as_str(), *en)).collect();
    assert_eq!(checked(&rows, [Chinese, English], &TermBase::default()).len(), 1);
    assert_eq!(checked(&rows, [Chinese, English], &chinese), ["missing 网络空间: cyberspace [2]"]);
    let english = base(&[&[("en", "cyber attack", Status::Preferred), ("zh", "网络攻击", Status::Preferred)]]);
    let rows = [
        ("Cyber attacks threaten states.", "网络攻击威胁各国。"),
        ("States condemned the cyber attacks.", "各国谴责了网络攻击。"),
        ("The report describes cyber attacks.", "报告描述了网络攻击。"),
        ("Both sides discussed cyber attacks.", "双方讨论了网络攻击。"),
        ("Both sides reported cyber attacks.", "双方报告了网络攻击。"),
        ("States discussed cyber attacks.", "各国讨论了赛博袭击。"),
    ];
    assert_eq!(checked(&rows, [English, Chinese], &TermBase::default()).len(), 1);
    assert_eq!(checked(&rows, [English, Chinese], &english), ["missing cyber attack: 网络攻击 [5]"]);
}

#[test]
fn other_languages_are_held_to_a_term_base_and_to_their_numbers() {
    let german = Lang::parse("de").unwrap().language();
    let base = base(&[&[("de", "Hoheitsgewalt", Status::Preferred), ("en", "sovereignty", Status::Preferred)]]);
    let rows = [("Die Hoheitsgewalt von 35 Staaten.", "The power of 53 states.")];
    assert_eq!(
        checked(&rows, [german, English], &base),
        ["missing Hoheitsgewalt: sovereignty [0]", "numbers 35: 35|53 [0]"]
    );
}

#[test]
fn empty_rows_and_no_rows_are_fine() {
    assert!(checked(&[], [Chinese, English], &TermBase::default()).is_empty());
    assert!(checked(&[("", "Only here."), ("只有这边。", "")], [Chinese, English], &TermBase::default()).is_empty());
}
