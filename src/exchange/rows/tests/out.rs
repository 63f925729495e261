//! What each form writes.

use super::*;
use crate::work::{Mark, Note};

fn small() -> Bitext {
    let beads =
        vec![Bead { source: 0..2, target: 0..1, score: 0.934 }, Bead { source: 2..2, target: 1..2, score: 0.5 }];
    Bitext {
        source: document(Language::Chinese, "今天下雨。\t我没去。\n", None),
        target: document(Language::English, "\"It rained\" & I stayed.\nPrint <article>", None),
        beads,
    }
}

#[test]
fn links_and_json_lines() {
    expect![[r"
        [0, 1]:[0]:0.93
        []:[1]:0.50
    "]]
    .assert_eq(&export(&small(), "links").content);
    expect![[r#"
        {"version":1,"id":"b1","type":"2-1","score":0.93,"source":"今天下雨。\t我没去。\n","target":"\"It rained\" & I stayed.\n"}
        {"version":1,"id":"b2","type":"0-1","score":0.5,"source":"","target":"Print <article>"}
    "#]]
    .assert_eq(&export(&small(), "jsonl").content);
}

#[test]
fn cells_are_counted_and_markup_is_escaped() {
    let tsv = export(&small(), "tsv");
    assert_eq!(tsv.content.lines().nth(1), Some("今天下雨。 我没去。\t\"It rained\" & I stayed.\t2-1\t0.93"));
    assert_eq!(tsv.replaced, 1);
    let page = export(&small(), "html").content;
    assert!(page.contains("&quot;It rained&quot; &amp; I stayed.") && page.contains("Print &lt;article&gt;"));
}

#[test]
fn a_note_goes_out_with_every_form_that_has_a_place() {
    let mut bitext = small();
    Arc::make_mut(&mut bitext.source).note = Some("own version".to_owned());
    for code in ["jsonl", "tsv", "html"] {
        assert!(export(&bitext, code).content.contains("own version"), "{code}");
    }
}

#[test]
fn a_memory_has_what_a_person_made_of_its_rows_and_no_row_with_an_empty_side() {
    let text = |tag: &str, lines: &[&str]| {
        let text = read_lines(lines.join("\n").as_bytes()).unwrap().output;
        let segments = one_per_block(&text);
        Document::new("a & b.txt", Lang::parse(tag).unwrap(), text, segments)
    };
    let source = text("zh-CN", &["“甲”<乙>&]]>\u{200f}", "一\u{b}二\u{fffe}\t三", "丙"]);
    let target = text("en-GB", &["A <b> & \u{1f600} \"C\"", "one\ttwo"]);
    let bead = |at: usize| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 };
    let beads = [bead(0), bead(1), Bead { source: 2..3, target: 2..2, score: 0.9 }];
    let mark = Mark { notes: [Note::of_content("a <note>")].into(), flagged: true, ..Mark::default() };
    let row = |(number, bead)| Selected { number: number + 4, bead, mark: (number == 0).then_some(&mark) };
    let rows = beads.iter().enumerate().map(row).collect();
    let selection = Selection { source: &source, target: &target, rows };
    let out = written(|to| RowsForm::of_code("tmx").unwrap().write(&selection, to));
    assert_eq!((out.dropped, out.replaced, out.left_out.as_slice()), (2, 2, &[6][..]));
    assert!(out.content.contains("srclang=\"zh-CN\"") && out.content.contains("x-status\">flagged"));
    let mut input = out.content.as_bytes();
    let units = crate::exchange::tmx::Reader::new(&mut input).map(Result::unwrap);
    let texts = |unit: crate::exchange::tmx::Unit| {
        let texts = unit.variants.into_iter().map(|variant| variant.text.unwrap_or_default());
        unit.notes.into_iter().chain(texts).collect::<Vec<_>>()
    };
    let wanted: [&[&str]; 2] =
        [&["a <note>", "“甲”<乙>&]]>\u{200f}", "A <b> & \u{1f600} \"C\""], &["一二 三", "one two"]];
    assert_eq!(units.map(texts).collect::<Vec<_>>(), wanted);
}

#[test]
fn paragraphs_in_one_row_are_no_loss_and_a_tab_is_one() {
    let bitext = |target| Bitext {
        source: document(Language::Chinese, "第一段。\r\n第二段。\r\n", None),
        target: document(Language::English, target, None),
        beads: vec![Bead { source: 0..2, target: 0..1, score: 0.5 }],
    };
    for form in ["tsv", "tmx"] {
        let out = export(&bitext("Both in one."), form);
        assert!(out.content.contains("第一段。 第二段。") && out.problems().is_empty(), "{}", out.content);
        assert_eq!(export(&bitext("Both in\tone."), form).replaced, 1, "{form}");
    }
}

#[test]
fn lines_of_what_keeps_them_are_told_where_they_are_lost() {
    let document = |language, content: &str| {
        let text = read_str(content, TextFormat::Markdown).unwrap();
        let segments = segment(&text, language);
        Arc::new(Document::new("a", Lang::of(language), text, segments))
    };
    let code = "```\none\ntwo\n```\n";
    let bitext = Bitext {
        source: document(Language::Chinese, code),
        target: document(Language::English, code),
        beads: vec![Bead { source: 0..1, target: 0..1, score: 0.5 }],
    };
    assert!(export(&bitext, "tsv").replaced > 0);
}
