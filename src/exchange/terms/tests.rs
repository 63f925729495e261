//! Term bases out: what each form holds and what is said to be lost.

mod reading;
mod there_and_back;

use std::collections::BTreeSet;

use expect_test::{Expect, ExpectFile, expect, expect_file};

use super::*;
use crate::date::Date;
use crate::exchange::Written;
use crate::lang::Language;
use crate::termbase::{Concept, Context, PartOfSpeech, Section, Source, Status, Term, TermType};

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).unwrap()
}

fn term(text: &str, status: Status) -> Term {
    Term { text: text.to_owned(), status, ..Term::default() }
}

/// A term base with something of everything, and what breaks careless writers.
pub(crate) fn sample() -> TermBase {
    let pair = |id: &str, zh: &str, en: &str| Concept {
        id: id.to_owned(),
        sections: vec![
            Section { terms: vec![term(zh, Status::Proposed)], ..Section::new(lang("zh-CN")) },
            Section { terms: vec![term(en, Status::Proposed)], ..Section::new(lang("en-GB")) },
        ],
        ..Concept::default()
    };
    let mut rejected = pair("17", "的", "of");
    rejected.sections[0].terms[0].status = Status::Rejected;
    rejected.sections[1].terms[0].status = Status::Rejected;
    let mut out = TermBase {
        title: "A & B".to_owned(),
        sources: vec!["a.zh.txt".to_owned(), "a.en.txt".to_owned()],
        notes: vec!["own version".to_owned()],
        concepts: vec![
            sovereignty(),
            pair("c 2", "<甲>&]]>\u{200f}", "=cmd|' /C calc'!A0"),
            pair("c3", "一\u{b}二\t三\n四", "\"one\", 'two'; three"),
            rejected,
        ],
    };
    out.settle_ids();
    out
}

fn sovereignty() -> Concept {
    let context = |text: &str, document: &str, segment| Context {
        text: text.to_owned(),
        source: Some(Source { document: document.to_owned(), segment }),
    };
    Concept {
        id: "c1".to_owned(),
        subject: "法律".to_owned(),
        definition: "what makes a state its own master".to_owned(),
        note: "see <also> & \"equality\"".to_owned(),
        created: Date::parse("2026-11-01"),
        modified: Date::parse("2026-11-22T08:30:00Z"),
        sections: vec![
            Section {
                definition: "国家的最高权力".to_owned(),
                terms: vec![Term {
                    id: "c1-1".to_owned(),
                    contexts: vec![context("主权平等。", "a.zh.txt", Some(3))],
                    part_of_speech: Some(PartOfSpeech::Noun),
                    ..term("主权", Status::Preferred)
                }],
                ..Section::new(lang("zh-CN"))
            },
            Section {
                terms: vec![
                    Term {
                        id: "c1-2".to_owned(),
                        contexts: vec![context("Sovereign equality.", "a.en.txt", None)],
                        kind: Some(TermType::FullForm),
                        note: "uncountable".to_owned(),
                        created: Date::parse("2026-11-02"),
                        ..term("sovereignty", Status::Preferred)
                    },
                    Term { id: "c1-3".to_owned(), ..term("supreme power", Status::Deprecated) },
                ],
                ..Section::new(lang("en-GB"))
            },
        ],
    }
}

/// What a term base is in a form.
fn write(base: &TermBase, code: &str, langs: [Option<&Lang>; 2]) -> Result<Written, Error> {
    let outgoing = Outgoing::new(base, TermsForm::of_code(code).unwrap(), langs)?;
    Ok(crate::exchange::written(|to| outgoing.write(to)))
}

fn read(content: &str, langs: [Option<&Lang>; 2]) -> Result<Read, Error> {
    super::read(&mut content.as_bytes(), langs, None)
}

fn written(code: &str) -> Written {
    write(&sample(), code, [None, None]).unwrap()
}

fn said(exported: &Written) -> Vec<String> {
    exported.problems().iter().chain(&exported.remarks).map(ToString::to_string).collect()
}

fn check(format: &str, expected: &Expect) {
    let exported = written(format);
    let lines: Vec<String> = said(&exported).iter().map(|line| format!("! {line}\n")).collect();
    expected.assert_eq(&(exported.content.replace('\r', "") + &lines.concat()));
}

fn check_file(format: &str, expected: &ExpectFile) {
    expected.assert_eq(&written(format).content);
}

/// The pairs of a term base, source first.
fn pairs(base: &TermBase) -> BTreeSet<(String, String)> {
    let texts = |concept: &Concept, language| concept.terms(language).map(|term| term.text.clone()).collect::<Vec<_>>();
    let of = |concept: &Concept| {
        let (zh, en) = (texts(concept, Language::Chinese), texts(concept, Language::English));
        zh.into_iter().flat_map(move |zh| en.clone().into_iter().map(move |en| (zh.clone(), en))).collect::<Vec<_>>()
    };
    base.concepts.iter().flat_map(of).collect()
}

#[test]
fn tables_hold_what_they_can_and_say_what_not() {
    check(
        "omegat",
        &expect![[r#"
            主权	sovereignty	source term preferred; preferred; noun; fullForm; 法律; what makes a state its own master; see <also> & "equality"; uncountable; 主权平等。 [a.zh.txt#3]; Sovereign equality. [a.en.txt]
            主权	supreme power	source term preferred; deprecated; noun; 法律; what makes a state its own master; see <also> & "equality"; 主权平等。 [a.zh.txt#3]
            <甲>&]]>‏	=cmd|' /C calc'!A0	
            一 二 三 四	"one", 'two'; three	
            ! 3 tabs or line breaks inside cells become spaces
            ! this form has no place for 2 dates of concepts, 1 date of a term, 1 note on the texts
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
            ! 1 cell begins with = + - or @ and is written as it is; a spreadsheet would take it for a formula
        "#]],
    );
    check(
        "multiterm",
        &expect![[r#"
            Concept ID,Subject,Definition,Note,Chinese (zh-CN),Chinese (zh-CN) Status,Chinese (zh-CN) Context,English (en-GB),English (en-GB) Status,English (en-GB) Context
            c1,法律,what makes a state its own master,"see <also> & ""equality""",主权,preferred,主权平等。 [a.zh.txt#3],sovereignty|supreme power,preferred|deprecated,Sovereign equality. [a.en.txt]
            c 2,,,,<甲>&]]>‏,,,,,
            c3,,,,"一二	三
            四",,,"""one"", 'two'; three",,
            ! 1 control character is dropped: the format cannot hold it
            ! 1 term with a | is left out: MultiTerm would part it there
            ! this form has no place for 1 definition in a language, 1 note on a term, 1 part of speech, 1 type of a term, 2 dates of concepts, 1 date of a term, 1 note on the texts
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
        "#]],
    );
    check(
        "memoq",
        &expect![[r#"
            Entry_ID;Entry_Subject;Entry_Domain;Entry_ClientID;Entry_ProjectID;Entry_Created;Entry_Creator;Entry_LastModified;Entry_Modifier;Entry_Note;Chinese_PRC_Def;Chinese_PRC;Term_Info;Term_Example;English_United_Kingdom_Def;English_United_Kingdom;Term_Info;Term_Example
            1;法律;;;;11/1/2026 12:00:00 AM;;11/22/2026 8:30:00 AM;;"see <also> & ""equality""";国家的最高权力;主权;;主权平等。 [a.zh.txt#3];;sovereignty;;Sovereign equality. [a.en.txt]
            2;;;;;;;;;;;<甲>&]]>‏;;;;=cmd|' /C calc'!A0;;
            3;;;;;;;;;;;"一二	三
            四";;;;"""one"", 'two'; three";;
            ! 1 control character is dropped: the format cannot hold it
            ! 1 deprecated term is left out: this program has no mark for it and would offer it
            ! 1 term has a | or *, which memoQ takes for the end of a word's fixed part
            ! this form has no place for 1 note on a term, 2 statuses, 1 part of speech, 1 type of a term, 1 date of a term, 1 note on the texts
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
            ! 1 cell begins with = + - or @ and is written as it is; a spreadsheet would take it for a formula
        "#]],
    );
}

#[test]
fn lists_hold_what_they_can_and_say_what_not() {
    check(
        "deepl",
        &expect![[r#"
            主权,sovereignty
            <甲>&]]>‏,=cmd|' /C calc'!A0
            一 二 三 四,"""one"", 'two'; three"
            ! 3 tabs or line breaks inside cells become spaces
            ! 1 deprecated term is left out: this program has no mark for it and would offer it
            ! this form has no place for 1 subject field, 1 definition, 1 definition in a language, 1 note on a concept, 1 note on a term, 2 statuses, 1 part of speech, 1 type of a term, 2 contexts, 2 dates of concepts, 1 date of a term, 1 note on the texts
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
            ! 1 cell begins with = + - or @ and is written as it is; a spreadsheet would take it for a formula
        "#]],
    );
    check(
        "utx",
        &expect![[r#"
            #UTX 1.11; zh-CN/en-GB; 2026-11-22T08:30:00Z; creator: duizhao 0.1.0
            #src	tgt	src:pos	tgt:pos	term status	concept ID	comment
            主权	sovereignty	noun		approved	c1	法律; what makes a state its own master; see <also> & "equality"; uncountable; 主权平等。 [a.zh.txt#3]; Sovereign equality. [a.en.txt]
            主权	supreme power	noun		forbidden	c1	法律; what makes a state its own master; see <also> & "equality"; 主权平等。 [a.zh.txt#3]
            <甲>&]]>‏	=cmd|' /C calc'!A0	-		provisional	c 2	
            一 二 三 四	"one", 'two'; three	-		provisional	c3	
            ! 3 tabs or line breaks inside cells become spaces
            ! this form has no place for 1 type of a term, 2 dates of concepts, 1 date of a term, 1 note on the texts
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
            ! 1 cell begins with = + - or @ and is written as it is; a spreadsheet would take it for a formula
        "#]],
    );
    assert_eq!(written("google"), written("deepl"));
}

#[test]
fn tbx_holds_all_but_rejected_terms() {
    check_file("tbx", &expect_file!["../../../tests/golden/terms/sample.tbx.txt"]);
    check_file("termbase", &expect_file!["../../../tests/golden/terms/sample.termbase-1.json"]);
    let wanted = ["1 control character is dropped", "2 rejected terms", "1 concept without a term"];
    let problems = said(&written("tbx"));
    assert!(
        problems.len() == wanted.len() && problems.iter().zip(wanted).all(|(is, wanted)| is.starts_with(wanted)),
        "{problems:?}"
    );
    let three = written("tbx").content;
    let two = written("tbx2").content;
    let lines = |content: &str| content.lines().count();
    // The type of the document, and three lines about its encoding.
    assert_eq!(lines(&two), lines(&three) + 4);
    for part in ["<martif type=\"TBX\"", "<termEntry id=\"c1\">", "<langSet xml:lang=\"zh-CN\">", "<tig id=\"c1-1\">"] {
        assert!(two.contains(part), "{part}");
    }
}

#[test]
fn pages_escape_what_is_not_theirs() {
    check(
        "markdown",
        &expect![[r#"
            # A \& B

            own version

            Sources: a.zh.txt, a.en.txt

            ## 主权 — sovereignty

            Field: 法律

            what makes a state its own master

            Note: see \<also\> \& "equality"

            zh-CN: 国家的最高权力

            - **主权** (zh-CN, preferred, noun)
              > 主权平等。 — a.zh.txt\#3


            - **sovereignty** (en-GB, preferred, fullForm, made 2026-11-02): uncountable
              > Sovereign equality. — a.en.txt

            - **supreme power** (en-GB, deprecated)

            made 2026-11-01, changed 2026-11-22T08:30:00Z

            ## \<甲\>\&\]\]\>‏ — =cmd\|' /C calc'\!A0

            - **\<甲\>\&\]\]\>‏** (zh-CN)

            - **=cmd\|' /C calc'\!A0** (en-GB)

            ## 一二 三 四 — "one", 'two'; three

            - **一二 三 四** (zh-CN)

            - **"one", 'two'; three** (en-GB)

            ! 4 tabs or line breaks inside cells become spaces
            ! 2 control characters are dropped: the format cannot hold them
            ! 2 rejected terms are left out
            ! 1 concept without a term to show is left out
        "#]],
    );
    let page = written("html");
    for part in [
        "<bdi>&lt;甲&gt;&amp;]]&gt;\u{200f}</bdi>",
        "a.zh.txt#3",
        "<p class=\"term deprecated\"><bdi>supreme power</bdi>",
    ] {
        assert!(page.content.contains(part), "{part}");
    }
    assert_eq!(page.dropped, 1);
}

#[test]
fn directions_are_chosen_or_refused() {
    let base = sample();
    let direction = |tags: [Option<&str>; 2]| {
        let langs = tags.map(|tag| tag.map(|tag| Lang::parse(tag).unwrap()));
        let found = outgoing::direction(&base, langs.each_ref().map(Option::as_ref));
        found.map(|found| format!("{}>{}", found.source, found.target))
    };
    assert_eq!(direction([None, None]).as_deref(), Ok("zh-CN>en-GB"));
    assert_eq!(direction([Some("en"), None]).as_deref(), Ok("en-GB>zh-CN"));
    assert_eq!(direction([None, Some("zh-TW")]).as_deref(), Ok("en-GB>zh-CN"));
    let no_pair = || Error::NoPair { found: notice!("{0} and {1}", "zh-CN", "en-GB") };
    assert_eq!(direction([Some("fr"), None]), Err(no_pair()));
    assert_eq!(direction([Some("zh"), Some("zh")]), Err(no_pair()));
    assert!(write(&TermBase::default(), "deepl", [None, None]).is_err());
    for format in ["tbx", "tbx2", "termbase", "html", "markdown", "memoq"] {
        assert!(write(&TermBase::default(), format, [None, None]).is_ok());
    }
}

#[test]
fn services_take_each_source_once_and_no_long_terms() {
    let mut base = sample();
    let long = "长".repeat(10_000);
    for (zh, en) in [("主权", "again"), (long.as_str(), "long")] {
        base.concepts[1].sections[0].terms[0].text = zh.to_owned();
        base.concepts[1].sections[1].terms[0].text = en.to_owned();
        let concept = base.concepts[1].clone();
        base.concepts.push(concept);
    }
    base.settle_ids();
    let exported = write(&base, "deepl", [None, None]).unwrap();
    assert!(exported.content.starts_with("主权,sovereignty\n") && !exported.content.contains("again"));
    let said = said(&exported).join("\n");
    assert!(
        said.contains("2 terms of more than 1024 bytes") && said.contains("1 entry is left out whose source"),
        "{said}"
    );
    // Others take them.
    for format in ["tbx", "tbx2", "omegat", "memoq", "multiterm", "utx", "termbase"] {
        let content = write(&base, format, [None, None]).unwrap().content;
        let back = read(&content, [Some(&lang("zh")), Some(&lang("en"))]).unwrap().base;
        assert!(pairs(&back).contains(&(long.clone(), "long".to_owned())), "{format:?}");
    }
}

#[test]
fn terms_that_a_form_takes_for_comments_are_said() {
    let mut base = sample();
    "#主权".clone_into(&mut base.concepts[0].sections[0].terms[0].text);
    for format in ["omegat", "utx"] {
        let exported = write(&base, format, [None, None]).unwrap();
        assert!(!exported.content.contains("#主权"), "{format:?}");
        assert!(said(&exported).join("\n").contains("2 pairs whose source term begins with #"), "{format:?}");
    }
}

#[test]
fn the_kept_sample_of_our_form_is_read() {
    let kept = include_str!("../../../tests/golden/terms/sample.termbase-1.json");
    assert_eq!(read(kept, [None, None]), Ok(Read { base: sample(), ..Read::default() }));
}
