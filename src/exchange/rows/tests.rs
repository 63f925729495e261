//! What is written is read back, samples of other programs, and nothing that breaks the readers.

mod memories;
mod out;

use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::links::Link;
use super::*;
use crate::bitext::{Bead, Bitext, is_tiling};
use crate::exchange::{Written, written};
use crate::import::{Format as TextFormat, read_lines, read_str};
use crate::lang::Language;
use crate::segment::{one_per_block, segment};

const NONE: [Option<&Lang>; 2] = [None, None];

fn read_as(code: &str, content: &str, langs: [Option<&Lang>; 2]) -> Result<Aligned, Error> {
    RowsForm::of_code(code).unwrap().read(&mut content.as_bytes(), &Wishes { langs, columns: None })
}

fn read_table(content: &str) -> Result<Aligned, Error> {
    read_as("tsv", content, NONE)
}

fn json_lines(content: &str) -> Result<Aligned, Error> {
    read_as("jsonl", content, NONE)
}

fn sents(content: &str) -> Result<Aligned, Error> {
    read_as("bertalign", content, NONE)
}

fn tmx(content: &str, langs: [Option<&Lang>; 2]) -> Result<Aligned, Error> {
    read_as("tmx", content, langs)
}

fn read_links(content: &str) -> Result<Vec<Link>, Error> {
    links::read(&mut content.as_bytes())
}

fn intertext_links(content: &str) -> Result<intertext::Links, Error> {
    intertext::read_links(&mut content.as_bytes())
}

fn intertext_text(content: &str) -> Result<intertext::Sentences, Error> {
    intertext::read_text(&mut content.as_bytes())
}

fn export(bitext: &Bitext, code: &str) -> Written {
    written(|to| RowsForm::of_code(code).unwrap().write(&bitext.into(), to))
}

/// Rows as `source | target`, line feeds as `/`, with what was skipped and joined.
fn check(read: &Result<Aligned, Error>, expected: &Expect) {
    let out = match read {
        Ok(read) => {
            assert!(tiles(read));
            let text = |side: &Side, range: Range<usize>| side.pieces[range].join("‖").replace('\n', "/");
            let mut lines: Vec<String> = read
                .rows
                .iter()
                .map(|row| {
                    let score = row.score.map_or(String::new(), |score| format!(" | {score}"));
                    let confirmed = if row.confirmed { " | man" } else { "" };
                    let (source, target) =
                        (text(&read.source, row.source.clone()), text(&read.target, row.target.clone()));
                    format!("{source} | {target}{score}{confirmed}")
                })
                .collect();
            lines.extend(read.problems().iter().map(Notice::to_string));
            lines.join("\n") + "\n"
        }
        Err(error) => format!("{error}\n"),
    };
    expected.assert_eq(&out);
}

fn beads(rows: &[Row]) -> Vec<Bead> {
    let bead = |row: &Row| Bead { source: row.source.clone(), target: row.target.clone(), score: 0.0 };
    rows.iter().map(bead).collect()
}

fn tiles(read: &Aligned) -> bool {
    [&read.source, &read.target].iter().all(|side| {
        let document = side.document(String::new(), Lang::of(Language::English));
        let raw: Vec<&str> = (0..document.segments.len()).map(|at| document.raw(at)).collect();
        raw == side.pieces && side.pieces.iter().all(|piece| !piece.is_empty())
    }) && is_tiling(&beads(&read.rows), read.source.pieces.len(), read.target.pieces.len())
}

#[test]
fn tab_separated_values() {
    check(
        &read_table("zh\ten\tnote\r\n下雨了。\tIt rains.\tx\r\n\r\n\tAdded.\r\n略。\t\r\nno tab\r\n \t\r\n"),
        &expect![[r"
        下雨了。/ | It rains./
         | Added./
        略。/ | 
        left out, without any text or without a second side: lines 6, 7
        details that have no place here were left out: column note (1)
    "]],
    );
    // Direct speech keeps its quotation marks, what a spreadsheet has quoted loses them.
    check(
        &read_table("“去吗？”\t\"Are you going?\"\n“去。”\t\"\"\"Yes,\"\" he said.\"\n"),
        &expect![[r#"
        “去吗？”/ | "Are you going?"/
        “去。”/ | "Yes," he said./
    "#]],
    );
    check(
        &read_table("\"去吗？\"\t\"Are you going?\"\n\"去。\"\t\"Yes.\"\n"),
        &expect![[r"
        去吗？/ | Are you going?/
        去。/ | Yes./
    "]],
    );
    check(
        &read_table("one\ntwo\n"),
        &expect![[r"
        no pair of texts is in it; expected one pair a row, source and target separated by a tab, a comma or a semicolon
    "]],
    );
}

#[test]
fn comma_separated_values() {
    check(
        &read_table("en,zh\n\"Yes, \"\"he\"\"\nsaid.\",他说：“是的。”,3\n\nalone\n,略\n\"a\" b,丙\r\n"),
        &expect![[r#"
        Yes, "he"/said./ | 他说：“是的。”/
         | 略/
        a b/ | 丙/
        left out, without any text or without a second side: line 5
        details that have no place here were left out: column 3 (1)
    "#]],
    );
    check(
        &read_table("a,甲\n\"b,乙\nc,丙\n"),
        &expect![[r"
        line 2: a quotation mark opens a cell here and is never closed; close it, or double the quotation marks that belong to the text
    "]],
    );
}

#[test]
fn json_lines_of_ours_and_others() {
    check(
        &json_lines(
            "{\"version\":1,\"source\":\"甲。\",\"target\":\"A. \",\"score\":0.5}\n\n{\"version\":1,\"source\":\"\\n\",\"target\":\"\"}",
        ),
        &expect![[r"
        甲。 | A.  | 0.5
        / | 
    "]],
    );
    check(
        &json_lines("{\"source\":\"甲\",\"target\":\"A\",\"score\":7}\n{\"source\":null}"),
        &expect![[r"
        甲/ | A/
        left out, without any text or without a second side: line 2
    "]],
    );
    check(
        &json_lines("{\"source\":\"甲\",\"target\":\"A\"}\n{\"source\":1}"),
        &expect![[r"
        line 2: expected a JSON object with the texts `source` and `target`; invalid type: integer `1`, expected a string at column 11
    "]],
    );
    check(
        &json_lines("{\"version\":2}"),
        &expect![[r"
        line 1: this is version 2 of the form, and only 1 is known here; update duizhao
    "]],
    );
}

#[test]
fn who_names_columns_means_a_table_if_it_could_be_one() {
    let columns: Columns = "1,2".parse().unwrap();
    let told = |content| [None, Some(&columns)].map(|columns| RowsForm::told("", content, columns).about.code);
    let json = r#"{"source": ["甲。"], "target": ["A."]}"#;
    assert_eq!(told(json), ["jsonl"; 2]);
    assert_eq!(told("甲|A"), ["bertalign", "tsv"]);
    assert_eq!(RowsForm::told("tmx", json, Some(&columns)).about.code, "tmx");
}

#[test]
fn what_bertalign_prints() {
    let work = "Source language: Chinese, Number of sentences: 3\nPerforming second-step alignment ...\nFinished! \
                Successfully aligning 3 Chinese sentences to 2 English sentences\n\n";
    let pairs = "下雨了。 我没去。\nIt rained, so I stayed.\n\n略。\n\n\n\nAdded.\n\n";
    for content in [pairs.to_owned(), format!("{work}{pairs}\n")] {
        check(
            &sents(&content),
            &expect![[r"
            下雨了。 我没去。/ | It rained, so I stayed./
            略。/ | 
             | Added./
        "]],
        );
    }
    check(
        &sents("甲\nA\n乙\nB\n"),
        &expect![[r"
        line 3: expected a blank line here: a source line, a target line and a blank line for each pair, as Bertalign prints them
    "]],
    );
}

/// Rows of links between numbered segments, as `[0, 1]:[0]`, and which were joined.
fn arranged(content: &str, source: usize, target: usize) -> String {
    let arranged = match read_links(content).and_then(|read| links::arrange(&read, source, target)) {
        Ok(arranged) => arranged,
        Err(error) => return error.to_string(),
    };
    assert!(is_tiling(&beads(&arranged.rows), source, target));
    let rows: Vec<String> = arranged.rows.iter().map(|row| format!("{:?}:{:?}", row.source, row.target)).collect();
    format!("{} joined {:?}", rows.join(" "), arranged.joined)
}

#[test]
fn links_lose_nothing() {
    assert_eq!(arranged("[0,1]:[0]\r\n\n[2]:[]\n[]:[1]\n", 3, 2), "0..2:0..1 2..3:1..1 3..3:1..2 joined []");
    assert_eq!(arranged("[]:[0]\n[0]:[]\n", 1, 1), "0..0:0..1 0..1:1..1 joined []");
    assert_eq!(arranged("[np.int64(1)]:[np.int64(1)]", 3, 2), "0..1:0..0 1..1:0..1 1..2:1..2 2..3:2..2 joined []");
    assert_eq!(arranged("[0]:[1]\n[1]:[0]\n[2]:[2]", 3, 3), "0..2:0..2 2..3:2..3 joined [1, 2]");
    assert_eq!(arranged("[0, 2]:[0]\n[1]:[]", 3, 1), "0..3:0..1 joined [1, 2]");
    assert_eq!(arranged("[0, 1]:[]\n[]:[]", 2, 1), "0..2:0..0 2..2:0..1 joined []");
    assert!(arranged("[0]:[0]\n[3]:[0]", 3, 1).starts_with("line 2: source segment 3 is named"));
    assert_eq!(arranged("[0]:[0]\n0:0", 1, 1), "line 2: expected a bead such as [0, 1]:[0]");
    let scores: Vec<Option<f32>> =
        read_links("[0]:[0]:0.93\n[0]:[0]:0.203810\n[0]:[0]").unwrap().iter().map(|link| link.score).collect();
    assert_eq!(scores, [Some(0.93), None, None]);
}

#[test]
fn intertext() {
    let source = intertext_text(
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE text SYSTEM 'x.dtd'>\n<text xml:lang='zh-Hant'><teiHeader>not \
         text</teiHeader>\n<head><s id='1:1'>題</s></head> <p id='2'>\n <s id='2:1'>下雨<i>了</i>，\n   A&amp;B&x;。</s>\n\
         <s id='2:2'>我沒去。</s> stray </p></text>",
    )
    .unwrap();
    assert_eq!(source.side.pieces, ["題\n", "下雨了，\nA&B&x;。", "我沒去。\n"]);
    assert_eq!((source.outside.as_slice(), source.side.lang.as_ref().map(Lang::tag)), (&[6][..], Some("zh-Hant")));
    let target = intertext_text(
        "<t><p><s id='1:1'>Title</s></p><p><s id='2:1'>It rained.</s> <s id='2:2'/>\
                                       <s id='2:3'>I stayed.</s></p></t>",
    )
    .unwrap();
    assert_eq!(target.side.pieces, ["Title\n", "It rained. ", " ", "I stayed.\n"]);
    let links = |body: &str| intertext_links(&format!("<linkGrp toDoc='e.xml' fromDoc='z.xml'>\n{body}</linkGrp>"));
    let read = links(
        "<link type='1-1' xtargets='1:1;1:1' status='man'/>\n<link xtargets='2:1 2:2 2:3;2:1'/><link xtargets=';2:2' status='man'/>",
    );
    let read = read.unwrap();
    assert_eq!((read.from.as_str(), read.to.as_str()), ("z.xml", "e.xml"));
    assert!(intertext::fit(&read, &source, &target) > intertext::fit(&read, &target, &source));
    check(
        &intertext::join(&read, &source, &target),
        &expect![[r"
        題/ | Title/ | man
        下雨了，/A&B&x;。 | It rained. ‖ ‖I stayed./
        我沒去。/ |  | man
    "]],
    );
    check(
        &intertext::join(&links("\n<link xtargets='1:1;9:9'/>").unwrap(), &source, &target),
        &expect![[r"
        line 3: sentence 9:9 is named, which the source has not; give the texts of these links
    "]],
    );
    assert!(links("<link xtargets='1:1'/>").unwrap_err().to_string().starts_with("line 2: a link needs `xtargets`"));
    assert!(links("").unwrap_err().to_string().starts_with("no pair of texts"));
    let twice = intertext_text("<s id='1'>a</s>\n<s id='1'>b</s>").unwrap_err();
    assert_eq!(twice.to_string(), "line 2: the identifier 1 stands a second time; export the text again");
}

fn document(language: Language, content: &str, note: Option<&str>) -> Arc<Document> {
    let text = read_str(content, TextFormat::Plain).unwrap();
    let segments = segment(&text, language);
    let note = note.map(str::to_owned);
    Arc::new(Document { note, ..Document::new("a", Lang::of(language), text, segments) })
}

/// Beads of all types; what pairs can carry of them is one segment a side.
fn sample() -> Bitext {
    let bead = |source, target, score| Bead { source, target, score };
    Bitext {
        source: document(Language::Chinese, "“下雨了。”他说。我没去。\n\n　　第二段。完。\n", Some("draft")),
        target: document(Language::English, "\"It rained.\" So I did not go. Added.\nSecond paragraph. End.", None),
        beads: vec![bead(0..2, 0..2, 0.93), bead(2..2, 2..3, 0.5), bead(2..3, 3..4, 1.0), bead(3..4, 4..5, 0.25)],
    }
}

/// The texts of the rows, white space around them aside.
fn texts(bitext: &Bitext) -> Vec<(String, String)> {
    let of = |bead: &Bead| {
        let (source, target) = (bead.source.clone(), bead.target.clone());
        (bitext.source.raw_range(source).trim().to_owned(), bitext.target.raw_range(target).trim().to_owned())
    };
    bitext.beads.iter().map(of).collect()
}

fn reread(read: &Aligned) -> (Bitext, Vec<Option<f32>>) {
    assert!(tiles(read));
    let make =
        |side: &Side, language| side.document("a".to_owned(), side.lang.clone().unwrap_or_else(|| Lang::of(language)));
    let (source, target) = (make(&read.source, Language::Chinese), make(&read.target, Language::English));
    let bitext = Bitext { source: source.into(), target: target.into(), beads: beads(&read.rows) };
    (bitext, read.rows.iter().map(|row| row.score).collect())
}

#[test]
fn our_own_pairs_come_back() {
    let bitext = sample();
    assert!(bitext.is_tiled(), "{:?}", bitext.source.segments.len());
    let scores = [0.93, 0.5, 1.0, 0.25].map(Some);
    let (again, found) = reread(&read_table(&export(&bitext, "tsv").content).unwrap());
    assert_eq!((texts(&again), found.as_slice()), (texts(&bitext), &scores[..]));
    assert_eq!(again.source.note.as_deref(), Some("draft"));
    // Here both texts come back whole, with their paragraphs.
    let (again, found) = reread(&json_lines(&export(&bitext, "jsonl").content).unwrap());
    assert_eq!((texts(&again), found.as_slice()), (texts(&bitext), &scores[..]));
    for (was, is) in [(&bitext.source, &again.source), (&bitext.target, &again.target)] {
        assert_eq!((was.text.as_str(), was.text.blocks().len()), (is.text.as_str(), is.text.blocks().len()));
    }
    assert_eq!((again.source.note.as_deref(), again.target.note.as_deref()), (Some("draft"), None));
    // A translation memory has no rows with an empty side.
    let (again, found) = reread(&tmx(&export(&bitext, "tmx").content, NONE).unwrap());
    let mut paired = texts(&bitext);
    paired.remove(1);
    let flat: Vec<(String, String)> = texts(&again);
    assert_eq!((flat, found), (paired, vec![Some(0.93), Some(1.0), Some(0.25)]));
    assert_eq!(again.source.note.as_deref(), Some("draft"));
}

#[test]
fn our_own_links_come_back_with_every_segment() {
    let lines = |language: Language, content: &str| {
        let text = read_lines(content.as_bytes()).unwrap().output;
        let segments = one_per_block(&text);
        Arc::new(Document::new("a", Lang::of(language), text, segments))
    };
    let bead = |source, target| Bead { source, target, score: 0.5 };
    let bitext = Bitext {
        source: lines(Language::Chinese, "甲\n\n乙\r\n丙"),
        target: lines(Language::English, "A\n\nB\n"),
        beads: vec![bead(0..1, 0..1), bead(1..1, 1..2), bead(1..2, 2..2), bead(2..4, 2..3)],
    };
    let links = read_links(&export(&bitext, "links").content).unwrap();
    let arranged = links::arrange(&links, bitext.source.segments.len(), bitext.target.segments.len()).unwrap();
    let again: Vec<Bead> = arranged
        .rows
        .iter()
        .map(|row| Bead { source: row.source.clone(), target: row.target.clone(), score: row.score.unwrap() })
        .collect();
    assert_eq!((again, arranged.joined), (bitext.beads, vec![]));
}

fn any_links() -> impl Strategy<Value = (Vec<Link>, usize, usize)> {
    let numbers = || prop::collection::vec(0..9_usize, 0..4);
    let link = (numbers(), numbers(), any::<bool>()).prop_map(|(source, target, confirmed)| Link {
        source,
        target,
        score: None,
        confirmed,
        line: 1,
    });
    (prop::collection::vec(link, 0..9), 0..9_usize, 0..9_usize)
}

proptest! {
    #[test]
    fn any_links_make_rows_that_tile((links, source, target) in any_links()) {
        if let Ok(arranged) = links::arrange(&links, source, target) {
            prop_assert!(is_tiling(&beads(&arranged.rows), source, target));
            for link in links.iter().filter(|link| !link.source.is_empty() && !link.target.is_empty()) {
                let within = |row: &Row| link.source.iter().all(|at| row.source.contains(at))
                    && link.target.iter().all(|at| row.target.contains(at));
                prop_assert!(arranged.rows.iter().any(within));
            }
        }
    }

    #[test]
    fn no_pairs_break_a_reader(content in "(\\PC|[\t\r\n,\"]|zh\ten\n|\n\n){0,60}") {
        for read in [read_table(&content), sents(&content), json_lines(&content)].into_iter().flatten() {
            prop_assert!(tiles(&read));
        }
        let _ = read_links(&content);
    }

    #[test]
    fn no_objects_break_a_reader(
        content in "(\\{\"source\":\"(a|\\\\n|\\\\ud800)\",\"target\":\"[b\\\\]?\"(,\"version\":[12])?\\}|\n|,\"score\":1e9|[\\[\\]{}]){0,9}",
    ) {
        if let Ok(read) = json_lines(&content) {
            prop_assert!(tiles(&read));
        }
    }

    #[test]
    fn no_markup_breaks_a_reader(
        content in "(</?(s|p|tu|tuv|seg|tmx|link|linkGrp|ph|note|prop)( (id|lang|xtargets|srclang)=['\"]?(1:1|1:2;1:1|zh|en|;)['\"]?)*/?>|[a甲 \n&;#x<>!\\[\\]\\-]|<!\\[CDATA\\[|\\]\\]>){0,40}",
    ) {
        if let Ok(read) = tmx(&content, NONE) {
            prop_assert!(tiles(&read));
        }
        let links = intertext_links(&content);
        if let (Ok(text), Ok(links)) = (intertext_text(&content), links) && let Ok(read) = intertext::join(&links, &text, &text) {
            prop_assert!(tiles(&read));
        }
    }
}
