//! What is written is read again as it was, in every form that can hold it.

use proptest::prelude::*;

use super::super::*;
use super::{lang, pairs, read, term, write};
use crate::date::Date;
use crate::lang::Language;
use crate::termbase::{Concept, Context, PartOfSpeech, Section, Source, Status, Term, TermType, merge};

/// Texts of the pieces that break careless writers, `pieces` of them.
fn text(pieces: &'static [&'static str], least: usize) -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(proptest::sample::select(pieces), least..6);
    parts
        .prop_map(|parts| parts.concat().trim().to_owned())
        .prop_filter("not blank", move |text| least == 0 || !text.is_empty())
}

const ANY: &[&str] = &[
    "<", "&", "]]>", "&amp;", "\"", "'", "=", "#7", "|", "甲乙", "word", " ", "\t", "\n", "\r", "\r\n", "\u{200f}",
    "\u{202e}", "😀", "\u{b}", "\0", "\u{fffe}", "_x0031_", ",", ";", "\\", "-", "{", "\u{2028}", "\u{85}",
];
/// Without what XML cannot hold.
const XML: &[&str] = &[
    "<", "&", "]]>", "&amp;", "\"", "'", "=", "#7", "|", "甲乙", "word", " ", "\t", "\n", "\r", "\r\n", "\u{200f}",
    "\u{202e}", "😀", "_x0031_", "_x", ",", ";", "\\", "-", "{", "\u{2028}", "\u{85}", "17", ".",
];
/// On one line.
const LINE: &[&str] =
    &["<", "&", "]]>", "'", "=", "a", "甲乙", "word", " ", "\u{200f}", "😀", ",", ";", "\\", "-", "@", "x y", "\u{b7}"];

fn date() -> impl Strategy<Value = Option<Date>> {
    let day = (1_u16..=9999, 1_u8..=12, 1_u8..=28, proptest::option::of((0_u8..24, 0_u8..60, 0_u8..60)));
    proptest::option::of(day.prop_map(|(year, month, day, time)| {
        let day = Date::new(year, month, day).unwrap();
        time.map_or(Some(day), |(hour, minute, second)| day.at(hour, minute, second)).unwrap()
    }))
}

fn term_of(pieces: &'static [&'static str], statuses: &'static [Status]) -> impl Strategy<Value = Term> {
    let source = (text(pieces, 0), proptest::option::of(any::<u64>()))
        .prop_map(|(document, segment)| Source { document, segment })
        .prop_map(|source| Some(source).filter(|source| !source.document.is_empty() || source.segment.is_some()));
    let context = (text(pieces, 1), source).prop_map(|(text, source)| Context { text, source });
    let facts = (
        proptest::sample::select(statuses),
        proptest::option::of(proptest::sample::select(&PartOfSpeech::ALL[..])),
        proptest::option::of(proptest::sample::select(&TermType::ALL[..])),
    );
    let rest = (text(pieces, 0), proptest::collection::vec(context, 0..3), date(), date());
    (text(pieces, 0), text(pieces, 1), facts, rest).prop_map(|(id, text, facts, rest)| Term {
        id,
        text,
        status: facts.0,
        part_of_speech: facts.1,
        kind: facts.2,
        note: rest.0,
        contexts: rest.1,
        created: rest.2,
        modified: rest.3,
    })
}

fn base_of(pieces: &'static [&'static str], statuses: &'static [Status]) -> impl Strategy<Value = TermBase> {
    let terms = move || proptest::collection::vec(term_of(pieces, statuses), 1..3);
    let sections = (terms(), terms(), text(pieces, 0)).prop_map(|(zh, en, definition)| {
        vec![
            Section { terms: zh, definition, ..Section::new(lang("zh-Hant-TW")) },
            Section { terms: en, ..Section::new(lang("en")) },
        ]
    });
    let texts = (text(pieces, 0), text(pieces, 0), text(pieces, 0), text(pieces, 0));
    let concept =
        (texts, date(), date(), sections).prop_map(|((id, subject, definition, note), created, modified, sections)| {
            Concept { id, subject, definition, note, created, modified, sections }
        });
    let several = || proptest::collection::vec(text(pieces, 1), 0..3);
    (text(pieces, 0), several(), several(), proptest::collection::vec(concept, 1..4)).prop_map(
        |(title, sources, notes, concepts)| {
            let mut base = TermBase { title, sources, notes, concepts };
            base.settle_ids();
            base
        },
    )
}

fn again(base: &TermBase, format: &str) -> Read {
    let exported = write(base, format, [None, None]).unwrap();
    let back = read(&exported.content, [Some(&lang("zh")), Some(&lang("en"))]);
    back.unwrap_or_else(|error| panic!("{error}\n{}", exported.content))
}

#[test]
fn tags_of_any_language_come_back() {
    let tags = ["en", "zh-CN", "zh-TW", "vi", "uk-UA", "es-419", "yue-Hant-HK", "qaa-x-own"];
    let section = |tag: &&str| Section {
        terms: vec![term(&format!("a term ({tag})"), Status::Preferred)],
        ..Section::new(lang(tag))
    };
    let concept = Concept { sections: tags.iter().map(section).collect(), ..Concept::default() };
    let mut base = TermBase { concepts: vec![concept], ..TermBase::default() };
    base.settle_ids();
    for format in ["termbase", "tbx", "tbx2"] {
        let read = again(&base, format).base;
        let sections = |base: &TermBase| -> Vec<(String, String)> {
            base.concepts[0].all_terms().map(|(lang, term)| (lang.to_string(), term.text.clone())).collect()
        };
        assert_eq!(sections(&read), sections(&base), "{format:?}");
    }
    for format in ["multiterm", "memoq"] {
        let languages: Vec<Language> =
            again(&base, format).base.concepts[0].all_terms().map(|(lang, _)| lang.language()).collect();
        let wanted: Vec<Language> = tags[..6].iter().map(|tag| lang(tag).language()).collect();
        assert_eq!(languages[..6], wanted, "{format:?}");
    }
    for format in ["utx", "omegat", "deepl"] {
        let (source, target) = (lang("es-419"), lang("zh-TW"));
        let exported = write(&base, format, [Some(&source), Some(&target)]).unwrap();
        let back = read(&exported.content, [Some(&source), Some(&target)]).unwrap().base;
        let terms: Vec<String> =
            back.concepts[0].all_terms().map(|(lang, term)| format!("{lang} {}", term.text)).collect();
        assert_eq!(terms, ["es-419 a term (es-419)", "zh-TW a term (zh-TW)"], "{format:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn json_is_read_as_it_was_written(base in base_of(ANY, &Status::ALL)) {
        prop_assert_eq!(again(&base, "termbase"), Read { base, ..Read::default() });
    }

    #[test]
    fn tbx_is_read_as_it_was_written(base in base_of(XML, &[Status::Proposed, Status::Preferred, Status::Admitted, Status::Deprecated])) {
        for format in ["tbx", "tbx2"] {
            prop_assert_eq!(again(&base, format), Read { base: base.clone(), ..Read::default() });
        }
    }

    #[test]
    fn tables_are_read_as_they_were_written(base in base_of(LINE, &[Status::Proposed, Status::Preferred, Status::Admitted])) {
        for format in ["omegat", "multiterm", "memoq", "utx"] {
            let read = again(&base, format);
            prop_assert_eq!(pairs(&read.base), pairs(&base), "{:?}", format);
        }
        // With the ids the concepts come back, and with them what was decided.
        let statuses = |base: &TermBase| -> Vec<(String, String, Status)> {
            let terms = |concept: &Concept| {
                let own = |(_, term): (&Lang, &Term)| (concept.id.clone(), term.text.clone(), term.status);
                concept.all_terms().map(own).collect::<Vec<_>>()
            };
            base.concepts.iter().flat_map(terms).collect()
        };
        prop_assert_eq!(statuses(&again(&base, "multiterm").base), statuses(&base));
        for format in ["deepl", "google"] {
            let read = pairs(&again(&base, format).base);
            let all = pairs(&base);
            prop_assert!(read.is_subset(&all), "{:?}", read);
            let sources = |pairs: &std::collections::BTreeSet<(String, String)>| pairs.iter().map(|pair| pair.0.clone()).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(sources(&read), sources(&all));
        }
    }

    #[test]
    fn merging_loses_nothing(base in base_of(LINE, &Status::ALL), incoming in base_of(LINE, &Status::ALL)) {
        prop_assert_eq!(&merge(&base, &base).base, &base);
        let report = merge(&base, &incoming);
        let ids = report.base.concepts.iter().flat_map(|concept| {
            std::iter::once(&concept.id).chain(concept.all_terms().map(|(_, term)| &term.id))
        });
        let ids: Vec<&String> = ids.collect();
        prop_assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
        for (old, new) in base.concepts.iter().zip(&report.base.concepts) {
            prop_assert_eq!(&old.id, &new.id);
            for (section, now) in old.sections.iter().zip(&new.sections) {
                let texts = |section: &Section| section.terms.iter().map(|term| (term.id.clone(), term.text.clone())).collect::<Vec<_>>();
                prop_assert!(texts(now).starts_with(&texts(section)));
            }
        }
        let known = |text: &str| {
            let folded = |text: &str| crate::token::fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
            let all = report.base.concepts.iter().flat_map(Concept::all_terms);
            all.into_iter().any(|(_, term)| folded(&term.text) == folded(text))
        };
        let terms = incoming.concepts.iter().flat_map(Concept::all_terms);
        prop_assert!(terms.into_iter().all(|(_, term)| known(&term.text)));
    }

    #[test]
    fn nothing_that_is_read_breaks_the_program(content in text(ANY, 0), base in base_of(ANY, &Status::ALL), cut in any::<prop::sample::Index>()) {
        let _ = read(&content, [None, None]);
        for format in ["tbx", "omegat", "multiterm", "memoq", "utx", "termbase", "markdown", "html", "deepl"] {
            if let Ok(exported) = write(&base, format, [None, None]) {
                let chars: Vec<char> = exported.content.chars().collect();
                let part: String = chars[..cut.index(chars.len() + 1)].iter().collect();
                let _ = read(&part, [None, Some(&lang("en"))]);
            }
        }
    }
}
