//! Translation memories as tools write them, with more in a unit than two texts, and cut short.

use expect_test::expect;

use super::super::*;
use super::{NONE, check, intertext_links, intertext_text, tmx};
use crate::lang::Language;

#[test]
fn lenient_translation_memories() {
    let memory = "<tmx version='1.1'><header srclang='*all*'><note>from &lt;a&gt;</note></header><body>\n\
        <tu><prop type='x-status'>confirmed</prop><tuv lang='EN-US'><seg>Click <bpt i='1'>&lt;b></bpt><hi>here</hi><ept i='1'>/b</ept> & go</seg></tuv>\
        <tuv lang='ZH-CN'><seg>点这里</seg></tuv></tu>\n<tu><tuv xml:lang='en'><seg>alone</seg></tuv></tu>\n\
        <tu><tuv xml:lang='zh'><seg>乙&#x4e00;</seg></tuv><tuv xml:lang='xx'><seg>?</seg></tuv><tuv xml:lang='en-GB'><seg>B</seg></tuv></tu></body></tmx>";
    let read = tmx(memory, NONE);
    assert_eq!(read.as_ref().unwrap().source.lang.as_ref().map(Lang::tag), Some("en-US"));
    assert_eq!(read.as_ref().unwrap().source.note.as_deref(), Some("from <a>"));
    check(
        &read,
        &expect![[r"
        Click here & go/ | 点这里/ | man
        B/ | 乙一/
        left out, without any text or without a second side: line 3
        left out, text in a further language, xx: line 4
    "]],
    );
    let odd = tmx(&memory.replace("here", "he\u{b}re"), NONE).unwrap();
    assert_eq!(odd.source.pieces[0], "Click he\u{b}re & go\n");
    let read = tmx(memory, [None, Some(&Lang::of(Language::English))]).unwrap();
    assert_eq!(read.source.pieces, ["点这里\n", "乙一\n"]);
    check(
        &tmx("<tmx>\n<body></tmx>", NONE),
        &expect![[r"
        line 2: not well-formed XML (ill-formed document: expected `</body>`, but `</tmx>` was found); export it again from the program it comes from
    "]],
    );
    check(
        &tmx("<tmx><tu><tuv lang='sv'><seg>a</seg></tuv></tu></tmx>", NONE),
        &expect![[r"
        no pair of texts is in it; expected units in two languages, named by xml:lang
    "]],
    );
}

#[test]
fn what_a_memory_has_besides_two_texts_is_told() {
    let variant = |lang: &str, text: &str| format!("<tuv xml:lang='{lang}'><seg>{text}</seg></tuv>");
    let (en, cn, tw) = (variant("en-US", "A"), variant("zh-CN", "甲"), variant("zh-TW", "乙"));
    let three = format!("<tmx><body>\n<tu>{en}{cn}{tw}</tu></body></tmx>");
    check(
        &tmx(&three, NONE),
        &expect![[r"
        A/ | 甲/
        left out, a second text in one language, zh-TW: line 2
    "]],
    );
    // The tag that is asked for, wherever it stands.
    check(
        &tmx(&three, [Some(&Lang::parse("en").unwrap()), Some(&Lang::parse("zh-TW").unwrap())]),
        &expect![[r"
        A/ | 乙/
        left out, text in a further language, zh-CN: line 2
    "]],
    );
    // Where it is missing no other region stands in for it; where the memory has none at all, another one does.
    let some = format!("<tmx><body>\n<tu>{en}{cn}</tu>\n<tu>{en}{tw}</tu></body></tmx>");
    let asked = |tag: &str| tmx(&some, [None, Some(&Lang::parse(tag).unwrap())]).unwrap().target.pieces;
    assert_eq!((asked("zh-TW"), asked("zh-HK")), (vec!["乙\n".to_owned()], vec!["甲\n".to_owned(), "乙\n".to_owned()]));
    let odd = format!(
        "<tmx><body>stray\n<tu>{en}\n<tu>{en}{cn}<note>n</note><prop type='x-status'>flagged</prop></tu>{cn}{}</tu>\n\
         <tu><tuv lang='en'><seg>A<seg>B</seg></seg>\n<seg>C</seg></tuv><seg>D</seg>{cn}</tu>\n\
         <tu>{en}{cn}<tuv lang='en'><seg>x <ph>y<sub>z</sub></ph></seg></tuv></tu></body></tmx>",
        variant("fr", "F"),
    );
    check(
        &tmx(&odd, NONE),
        &expect![[r"
        A/ | 甲/
        A/ | 甲/
        AB/ | 甲/
        A/ | 甲/
        left out, text outside of segments: line 1
        left out, a second segment of one variant: line 5
        left out, a segment outside of variants: line 5
        left out, text within codes: line 6
        left out, text in a further language, fr: line 2
        left out, a second text in one language, en: line 6
        details that have no place here were left out: note on a unit (1), flag on a unit (1)
    "]],
    );
}

type Read = fn(&str) -> Option<String>;

#[test]
fn a_file_that_is_cut_short_anywhere_is_an_error_that_says_how_much_was_read() {
    let unit = "<tu><prop type='x-score'>0.9</prop><tuv xml:lang='de'><seg>Ein &lt;Satz&gt;.</seg></tuv><tuv xml:lang='fr'><seg>Une</seg></tuv></tu>\n";
    let memory = format!(
        "<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>\n<tmx version='1.4'><header srclang='de'><note>n</note></header><body>\n{}</body></tmx>",
        unit.repeat(3)
    );
    let text = "<text><p><s id='1:1'>甲</s> <s id='1:2'>乙<![CDATA[丙]]></s></p><!-- end --></text>";
    let links = "<linkGrp toDoc='e' fromDoc='z'><link xtargets='1:1;1:1'/><link xtargets='1:2;1:2'></link></linkGrp>";
    let readers: [(&str, Read); 3] = [
        (&memory, |content| tmx(content, NONE).err().map(|error| error.to_string())),
        (text, |content| intertext_text(content).err().map(|error| error.to_string())),
        (links, |content| intertext_links(content).err().map(|error| error.to_string())),
    ];
    for (whole, read) in readers {
        assert_eq!(read(whole), None);
        for (at, _) in whole.char_indices().skip(1) {
            let problem = read(&whole[..at]).unwrap_or_else(|| panic!("read as whole: {}", &whole[..at]));
            // Before the first element there is nothing that is open.
            assert!(problem.contains("cut short") || problem.starts_with("no pair"), "{problem}: {}", &whole[..at]);
        }
    }
    let cut = |end: &str| tmx(&memory[..memory.rfind(end).unwrap()], NONE).unwrap_err().to_string();
    let rest = "it is cut short; 2 whole units were read, export or fetch it again";
    assert_eq!(cut("Une"), format!("line 6: the file ends within <tu>: {rest}"));
    assert_eq!(cut("</tu>"), format!("line 6: the file ends within <tu>: {rest}"));
    let rest = "it is cut short within the mark-up that begins here; 2 whole units were read, export or fetch it again";
    assert_eq!(cut("fr'><seg>Une"), format!("line 6: the file ends within <tu>: {rest}"));
    let rest = "it is cut short; 3 whole units were read, export or fetch it again";
    assert_eq!(cut("</tmx>"), format!("line 7: the file ends within <tmx>: {rest}"));
}
