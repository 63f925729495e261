//! Tables of every kind that people keep, read as glossaries and as pairs by the same rules.

use super::super::rows::{Aligned, Error, RowsForm, Wishes};
use super::super::terms;
use super::{Columns, Pick};
use crate::lang::Lang;
use crate::notice::Notice;

const NONE: [Option<&Lang>; 2] = [None, None];

fn table(content: &str, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Aligned, Error> {
    RowsForm::of_code("tsv").unwrap().read(&mut content.as_bytes(), &Wishes { langs, columns })
}

/// Pairs as `language: text | language: text`, then what was left out.
fn pairs_in(content: &str, langs: [&str; 2], columns: &str) -> String {
    let langs = langs.map(|tag| Lang::parse(tag).ok());
    let columns: Option<Columns> = (!columns.is_empty()).then(|| columns.parse().unwrap());
    shown(&table(content, [langs[0].as_ref(), langs[1].as_ref()], columns.as_ref()))
}

fn pairs(content: &str) -> String {
    shown(&table(content, NONE, None))
}

fn shown(read: &Result<Aligned, Error>) -> String {
    let read = match read {
        Ok(read) => read,
        Err(error) => return error.to_string(),
    };
    let tag = |lang: &Option<Lang>| lang.as_ref().map_or("?".to_owned(), Lang::to_string);
    let mut out = vec![format!("{} {}", tag(&read.source.lang), tag(&read.target.lang))];
    out.extend(read.rows.iter().map(|row| {
        let text = |pieces: &[String]| pieces.concat().trim_end_matches('\n').to_owned();
        format!("{} = {}", text(&read.source.pieces[row.source.clone()]), text(&read.target.pieces[row.target.clone()]))
    }));
    out.extend(read.problems().into_iter().map(|problem| format!("! {problem}")));
    out.join(" / ")
}

/// Concepts as `tag term = tag term`, with notes in brackets.
fn glossary_in(content: &str, columns: &str) -> String {
    let columns: Option<Columns> = (!columns.is_empty()).then(|| columns.parse().unwrap());
    let read = match terms::read(&mut content.as_bytes(), NONE, columns.as_ref()) {
        Ok(read) => read,
        Err(error) => return error.to_string(),
    };
    let mut out: Vec<String> = read
        .base
        .concepts
        .iter()
        .map(|concept| {
            let terms: Vec<String> = concept.all_terms().map(|(lang, term)| format!("{lang} {}", term.text)).collect();
            let note = if concept.note.is_empty() { String::new() } else { format!(" [{}]", concept.note) };
            format!("{}{note}", terms.join(" = "))
        })
        .collect();
    out.extend(read.problems().into_iter().map(|problem| format!("! {problem}")));
    out.join(" / ")
}

fn glossary(content: &str) -> String {
    glossary_in(content, "")
}

#[test]
fn glossaries_headed_in_words() {
    for (head, is) in [
        ("原文,译文,备注", "zh 内力 = en inner force [武侠]"),
        ("中文,English,Note", "zh 内力 = en inner force [武侠]"),
        ("术语,译名,说明", "zh 内力 = en inner force [武侠]"),
        ("Chinese (Simplified),English (US),Comments", "zh-Hans 内力 = en-US inner force [武侠]"),
        ("Source,Target,Remarks", "zh 内力 = en inner force [武侠]"),
        ("源语（中文）,目标语（英文）,备注", "zh 内力 = en inner force [武侠]"),
        ("简体中文,英语,注释", "zh-Hans 内力 = en inner force [武侠]"),
        ("Term,Translation,comment", "zh 内力 = en inner force [武侠]"),
        ("zh_CN,en_GB,note", "zh-CN 内力 = en-GB inner force [武侠]"),
    ] {
        for separator in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                let content = format!("{head}{end}内力,inner force,武侠{end}").replace(',', separator);
                assert_eq!(glossary(&content), is, "{content:?}");
            }
        }
    }
}

#[test]
fn pairs_headed_in_words() {
    for (head, langs) in [
        ("原文,译文", "? ?"),
        ("Source,Target", "? ?"),
        ("中文,英文", "zh en"),
        ("Chinese,English", "zh en"),
        ("zh-Hans,en-GB", "zh-Hans en-GB"),
        ("sentence,translation", "? ?"),
    ] {
        let content = format!("{head}\n他有12本书。,He has 13 books.\n");
        assert_eq!(pairs(&content), format!("{langs} / 他有12本书。 = He has 13 books."), "{head}");
        assert_eq!(pairs(&content.replace(',', ";")), format!("{langs} / 他有12本书。 = He has 13 books."), "{head}");
    }
    // Numbers of rows are neither text nor lost; with a header and without.
    assert_eq!(pairs("序号\t原文\t译文\n1\t甲。\tA.\n"), "? ? / 甲。 = A.");
    assert_eq!(
        pairs("id,zh,en,备注\n1,甲。,A.,x\n"),
        "zh en / 甲。 = A. / ! details that have no place here were left out: column 备注 (1)"
    );
    assert_eq!(pairs("1\t甲。\tA.\n2\t乙。\tB.\n"), "? ? / 甲。 = A. / 乙。 = B.");
    // The target may stand first.
    assert_eq!(pairs("Target,Source\nA.,甲。\n"), "? ? / 甲。 = A.");
}

#[test]
fn a_first_row_that_says_the_same_twice_is_an_entry() {
    for (row, is) in [
        ("中文,Chinese", "zh 中文 = en Chinese"),
        ("术语,term", "zh 术语 = en term"),
        ("译文,target text", "zh 译文 = en target text"),
        ("源语,source language", "zh 源语 = en source language"),
    ] {
        assert_eq!(
            glossary(&format!("{row}\n网络,network and the like\n")),
            format!("{is} / zh 网络 = en network and the like")
        );
    }
}

#[test]
fn our_own_tables_stand_as_they_are() {
    let content =
        "zh\ten\ttype\tscore\n\"去吗？\"\t\"Are you going?\"\t1-1\t0.93\n \"\"甲\"\" \t a,b;c \t1-1\t0.50\n#1\t#2\n";
    assert_eq!(pairs(content), "zh en / \"去吗？\" = \"Are you going?\" /  \"\"甲\"\"  =  a,b;c  / #1 = #2");
    // A quotation mark that is never closed is one of the text.
    assert_eq!(pairs("zh\ten\n\"甲\tA\n乙\tB\"\n"), "zh en / \"甲 = A / 乙 = B\"");
    // From elsewhere, spreadsheets quote what holds quotation marks or line breaks.
    assert_eq!(pairs("原文\t译文\n\"\"\"甲\"\"说\"\t\"A said\"\n"), "? ? / \"甲\"说 = \"A said\"");
    assert_eq!(pairs("原文\t译文\n\"甲\n乙\"\tA\n丙\tB\n"), "? ? / 甲\n乙 = A / 丙 = B");
}

#[test]
fn separators_are_told_by_the_rows_or_by_the_first_line() {
    // As many commas in the texts as semicolons between them.
    assert_eq!(pairs("甲，乙;A, b\n丙;C, d, e\n"), "? ? / 甲，乙 = A, b / 丙 = C, d, e");
    assert_eq!(pairs("\"甲;乙\",A; b\n丙,C; d; e\n"), "? ? / 甲;乙 = A; b / 丙 = C; d; e");
    for (first, rest) in [("sep=;\r\n", "甲;A, b\r\n"), ("SEP=;\r", "甲;A, b\r"), ("\"sep=;\"\n", "甲;A, b\n")] {
        assert_eq!(pairs(&format!("{first}{rest}")), "? ? / 甲 = A, b", "{first:?}");
        assert_eq!(glossary(&format!("{first}{rest}")), "zh 甲 = en A, b", "{first:?}");
    }
    assert_eq!(glossary("sep=|\nzh|en\n甲|A\n"), "zh 甲 = en A");
    // The last two letters are the code of a language.
    assert_eq!(glossary("\"词, word\",\"word;aa\"\n"), "zh 词, word = en word;aa");
    assert_eq!(
        pairs("sep=,\n甲,A\n\"乙,B\n"),
        "line 3: a quotation mark opens a cell here and is never closed; close it, or double the quotation marks that belong to the text"
    );
    // Lines are counted whatever ends them.
    assert_eq!(
        pairs("甲,A\r乙,B\r\"丙,C"),
        "line 3: a quotation mark opens a cell here and is never closed; close it, or double the quotation marks that belong to the text"
    );
    assert_eq!(pairs("甲,\"A\rB\"\r乙,B\r"), "? ? / 甲 = A\rB / 乙 = B");
}

#[test]
fn columns_are_chosen_by_tags_and_languages() {
    let tri = "en,zh-CN,zh-TW\nsoftware,软件,軟體\n";
    let left = |column: &str| format!("! details that have no place here were left out: column {column} (1)");
    assert_eq!(pairs_in(tri, ["en", "zh-TW"], ""), format!("en zh-TW / software = 軟體 / {}", left("zh-CN")));
    assert_eq!(pairs_in(tri, ["zh-TW", "en"], ""), format!("zh-TW en / 軟體 = software / {}", left("zh-CN")));
    assert_eq!(pairs_in(tri, ["en", "zh"], ""), format!("en zh-CN / software = 软件 / {}", left("zh-TW")));
    assert_eq!(pairs(tri), format!("en zh-CN / software = 软件 / {}", left("zh-TW")));
    assert_eq!(glossary(tri), "en software = zh-CN 软件 = zh-TW 軟體");
    let own = tri.replace(',', "\t");
    assert_eq!(pairs_in(&own, ["zh-TW", ""], ""), format!("zh-TW en / 軟體 = software / {}", left("zh-CN")));
    assert_eq!(pairs("en,sv\na,b\n"), "en sv / a = b");
    assert_eq!(
        pairs("Vietnamese;越南文（繁体）;中文\na;b;c\n"),
        "vi zh / a = c / ! details that have no place here were left out: column 越南文（繁体） (1)"
    );
    assert_eq!(pairs("mouse\t鼠标\nrat\t老鼠\n"), "? ? / mouse = 鼠标 / rat = 老鼠");
    assert_eq!(glossary("zh\tvi\n主权\tchủ quyền\n"), "zh 主权 = vi chủ quyền");
    // A column in the same script comes before the first one.
    assert_eq!(
        pairs_in("en,zh-CN,zh-Hant\na,甲,乙\n", ["en", "zh-HK"], ""),
        format!("en zh-Hant / a = 乙 / {}", left("zh-CN"))
    );
}

#[test]
fn columns_are_chosen_by_a_person() {
    let content = "Nr.,Vorlage,Übertragung,Anmerkung\n1,甲。,A.,x\n2,乙。,B.,\n";
    let left = "! details that have no place here were left out: column Anmerkung (1)";
    for columns in ["Vorlage,Übertragung", "vorlage，übertragung"] {
        assert_eq!(pairs_in(content, ["", ""], columns), format!("? ? / 甲。 = A. / 乙。 = B. / {left}"));
        assert_eq!(glossary_in(content, columns), format!("zh 甲。 = en A. / zh 乙。 = en B. / {left}"));
    }
    assert_eq!(pairs_in(content, ["", ""], "Übertragung,2"), format!("? ? / A. = 甲。 / B. = 乙。 / {left}"));
    let bare = "1;x;甲。;A.\n2;y;乙。;B.\n";
    assert_eq!(
        pairs_in(bare, ["", ""], "4,3"),
        "? ? / A. = 甲。 / B. = 乙。 / ! details that have no place here were left out: column 2 (2)"
    );
    assert_eq!(
        pairs_in(content, ["", ""], "Vorlage,Ziel"),
        "line 1: no column is called `Ziel`; the first line has Nr., Vorlage, Übertragung, Anmerkung"
    );
    assert_eq!(pairs_in(content, ["", ""], "2,9"), "line 1: column 9 is asked for, and no row has more than 4");
    assert_eq!("2, 译文".parse(), Ok(Columns([Pick::Number(2), Pick::Name("译文".to_owned())])));
    for wrong in ["2", "", "0,1", ",", "1,", "a"] {
        assert!(wrong.parse::<Columns>().unwrap_err().starts_with("expected two columns"), "{wrong}");
    }
    assert!("2,2".parse::<Columns>().is_err());
}

#[test]
fn one_column_is_no_table() {
    for content in ["术语\n内力\n", "原文|译文\n内力|inner force\n", "内力\n"] {
        assert!(glossary(content).starts_with("no term is in it"), "{}", glossary(content));
        assert!(pairs(content).starts_with("no pair of texts is in it"), "{}", pairs(content));
    }
}

#[test]
fn details_of_glossaries_are_kept_or_told() {
    let content = "编号,中文,英文,中文备注,状态,词性,领域\n7,内力,inner force,a,preferred,noun,武侠\n7,内力,inner power,b,odd,nuon,武侠\n";
    let read = terms::read(&mut content.as_bytes(), NONE, None).unwrap();
    let concept = &read.base.concepts[0];
    assert_eq!((concept.id.as_str(), concept.subject.as_str(), read.base.concepts.len()), ("7", "武侠", 1));
    let terms: Vec<String> =
        concept.all_terms().map(|(lang, term)| format!("{lang} {} {}", term.text, term.note)).collect();
    assert_eq!(terms, ["zh 内力 a", "en inner force ", "en inner power "]);
    assert_eq!(
        read.problems().iter().map(Notice::to_string).collect::<Vec<_>>(),
        [
            "details that have no place here were left out: status `odd` (1), part of speech `nuon` (1), note or context of a term that stands above already (1)"
        ]
    );
    // Lines that a person has turned off, but that hold an entry.
    assert_eq!(
        glossary("内力\tinner force\n#轻功\tlightness\n# more\n"),
        "zh 内力 = en inner force / ! left out, lines that begin with # are comments: line 2"
    );
    assert_eq!(glossary("#\t原文\t译文\n1\t内力\tinner force\n"), "zh 内力 = en inner force");
}
