//! Term bases in, as other programs write them.

use expect_test::{Expect, expect};

use super::super::*;
use super::read;
use crate::termbase::{PartOfSpeech, TermType};

fn shown(read: &Result<Read, Error>) -> String {
    let read = match read {
        Ok(read) => read,
        Err(error) => return format!("{error}\n"),
    };
    let mut lines = Vec::new();
    for concept in &read.base.concepts {
        lines.push(format!("{} {} {} {}", concept.id, concept.subject, concept.definition, concept.note));
        for (lang, term) in concept.all_terms() {
            let words = [term.part_of_speech.map(PartOfSpeech::name), term.kind.map(TermType::name)];
            let words: Vec<&str> = words.into_iter().flatten().collect();
            let (text, status, note) = (&term.text, term.status.name(), &term.note);
            lines.push(format!("  {lang} {text} {status} {} {note}", words.join(" ")));
            lines.extend(term.contexts.iter().map(|context| format!("    {}", words::context_line(context))));
        }
    }
    lines.extend(read.problems().into_iter().map(|problem| format!("! {problem}")));
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn check_read(content: &str, expected: &Expect) {
    expected.assert_eq(&shown(&read(content, [None, None])));
}

#[test]
fn tbx_3_in_the_other_style_is_read() {
    let dct = r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
        xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
        <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
        <conceptEntry id="c5"><min:subjectField>law</min:subjectField>
          <langSec xml:lang="en"><termSec><term>sover<hi>eign</hi>ty</term>
            <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus>
            <min:partOfSpeech>noun</min:partOfSpeech><basic:grammaticalGender>neuter</basic:grammaticalGender>
            <descripGrp><basic:context>Its
 sovereignty.</basic:context><basic:source>p. 3</basic:source></descripGrp>
            <transacGrp><basic:transactionType>creation</basic:transactionType><date>2026-01-02</date>
              <basic:responsibility>me</basic:responsibility></transacGrp></termSec></langSec>
          <langSec xml:lang="sv"><termSec><term>suveränitet</term></termSec></langSec>
          <langSec xml:lang="zh"><termSec><term>主权</term></termSec></langSec></conceptEntry>
        <conceptEntry id="c6"><langSec xml:lang="en"><termSec><term> </term></termSec></langSec></conceptEntry>
        </body></text></tbx>"#;
    check_read(
        dct,
        &expect![[r"
        c5 law
          en sovereignty deprecated noun
            Its
         sovereignty. [p. 3]
          sv suveränitet proposed
          zh 主权 proposed
        ! left out, a term without a text: line 14
        ! left out, no term under a valid language tag: line 14
        ! details that have no place here were left out: grammaticalGender (1), responsibility (1)
    "]],
    );
}

#[test]
fn tbx_2_and_multiterm_are_read() {
    let two = r#"<?xml version='1.0'?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX"><text><body>
        <termEntry id="17"><descrip type="definition">d</descrip><langSet xml:lang="en-us"><ntig><termGrp><term>AI &amp; more</term>
        <termNote type="termType">acronym</termNote><termNote type="usageStatus">admitted</termNote></termGrp>
        <note>n</note></ntig></langSet><langSet xml:lang="zh-tw"><tig><term>人工智慧</term>
        <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote><termNote type="partOfSpeech">properNoun</termNote>
        </tig></langSet></termEntry></body></text></martif>"#;
    check_read(
        two,
        &expect![[r"
        17  d
          en-US AI & more admitted acronym n
          zh-TW 人工智慧 deprecated noun
    "]],
    );
    let mtf = r#"<mtf><conceptGrp><concept>4</concept><descripGrp><descrip type="Subject">law</descrip></descripGrp>
        <languageGrp><language lang="EN" type="English"/><termGrp><term>sovereignty</term>
        <descripGrp><descrip type="Status">forbidden</descrip></descripGrp></termGrp></languageGrp>
        <languageGrp><language lang="ZH-CN" type="Chinese_PRC"/><termGrp><term>主权</term><descripGrp><descrip type="Context">c</descrip>
        <descripGrp><descrip type="Source">s#2</descrip></descripGrp></descripGrp></termGrp></languageGrp></conceptGrp></mtf>"#;
    check_read(
        mtf,
        &expect![[r"
        4 law
          en sovereignty deprecated
          zh-CN 主权 proposed
            c [s#2]
    "]],
    );
}

#[test]
fn what_stands_twice_or_outside_is_told() {
    check_read(
        "<tbx><text>x<body><conceptEntry id='a'>\n<langSec xml:lang='zh'><termSec><term>主权</term>\n<term>国权</term>\
         <termNote type='administrativeStatus'>preferred</termNote><termNote type='administrativeStatus'>forbidden</termNote>\
         <termNote type='partOfSpeech'>odd</termNote></termSec></langSec>\
         <langSec xml:lang='en'><descrip type='definition'>d</descrip></langSec></conceptEntry></body></text></tbx>",
        &expect![[r"
            a
              zh 主权 preferred
            ! left out, text outside of concepts: line 1
            ! left out, a second term in one place: line 3
            ! details that have no place here were left out: administrativeStatus `forbidden` (1), partOfSpeech `odd` (1), definition in a language without a term (1)
        "]],
    );
}

#[test]
fn broken_xml_says_what_is_wrong() {
    check_read(
        "<tbx><text><body>\n<conceptEntry id='c1'>",
        &expect![[r"
        line 2: the file ends within <conceptEntry>: it is cut short; 0 whole concepts were read, export or fetch it again
    "]],
    );
    check_read(
        "<html></html>",
        &expect![[r"
        line 1: <html> begins no term base we know; TBX begins with <tbx> or <martif>, MultiTerm's XML with <mtf>
    "]],
    );
    check_read(
        &("<tbx>".to_owned() + &"<a>".repeat(100)),
        &expect![[r"
        line 1: elements are nested more than 64 deep; this is no term base
    "]],
    );
    check_read(
        "<tbx type='TBX-Basic'></tbx>",
        &expect![[r"
        no term is in it; expected TBX, UTX, MultiTerm XML, our JSON, or a table with a column for each of two languages
    "]],
    );
}

#[test]
fn tables_without_a_header_are_read() {
    // Without a header, as OmegaT has it.
    check_read(
        "# comment\n主权\tsovereignty\t法律\n\n网络\tnetwork\n网络\tnetwork\nalone\n",
        &expect![[r"
            c20b82e9f2789543d   法律
              zh 主权 proposed
              en sovereignty proposed
            c3dfeaa2ef17b3a60
              zh 网络 proposed
              en network proposed
            ! left out, the same terms stand above already: line 5
            ! left out, without a term in two columns: line 6
        "]],
    );
    check_read(
        "主权;\"sovereignty; \"\"supreme\"\" power\"\n网络;network\n",
        &expect![[r#"
            cca0413b2d364592e
              zh 主权 proposed
              en sovereignty; "supreme" power proposed
            c3dfeaa2ef17b3a60
              zh 网络 proposed
              en network proposed
        "#]],
    );
    check_read(
        "主权,sovereignty,zh-CN,en-US\n",
        &expect![[r"
            c20b82e9f2789543d
              zh-CN 主权 proposed
              en-US sovereignty proposed
        "]],
    );
}

#[test]
fn tables_with_a_header_are_read() {
    check_read(
        "en,zh-Hant,comment\r\nsovereignty,主權,x\r\n",
        &expect![[r"
            c25fdf478f7b0fa2b   x
              en sovereignty proposed
              zh-Hant 主權 proposed
        "]],
    );
    check_read(
        "Concept ID,English,English Status,Chinese\n7,sovereignty|supreme power,preferred|forbidden,主权\n",
        &expect![[r"
        7
          en sovereignty preferred
          en supreme power deprecated
          zh 主权 proposed
    "]],
    );
    check_read(
        "id,sourceLang,targetLang,sourceString,targetString\n1,en,zh,about covid,关于\n2,en,zh,mask,口罩\n",
        &expect![[r"
            1
              en about covid proposed
              zh 关于 proposed
            2
              en mask proposed
              zh 口罩 proposed
        "]],
    );
    check_read(
        "zh\ten\tscore\tcount\tzh_context\ten_context\n主权\tsovereignty\t0.9\t2\t主权平等。\tEquality.\n",
        &expect![[r"
            c20b82e9f2789543d
              zh 主权 proposed
                主权平等。
              en sovereignty proposed
                Equality.
            ! details that have no place here were left out: column score (1), column count (1)
        "]],
    );
}

#[test]
fn utx_and_what_is_nothing_are_read() {
    check_read(
        "#UTX-S 1.00; en/zh; 2026-01-01\r\n#src\ttgt\tsrc:pos\tx\r\nnet\t网络\tnoun\ty\r\nlone\t\t-\r\n",
        &expect![[r"
            cb0dc3c7d0106ab27
              en net proposed noun
              zh 网络 proposed
            ! left out, without a term in both languages: line 4
            ! details that have no place here were left out: column x (1)
        "]],
    );
    check_read(
        "12\t34\n",
        &expect![[r"
        the language of column 1 is not known (no letters to recognise a language by; name the language with a language option); name the columns' languages in the first line, such as `zh` and `en`, or with --source-lang and --target-lang
    "]],
    );
    check_read(
        "",
        &expect![[r"
        no term is in it; expected TBX, UTX, MultiTerm XML, our JSON, or a table with a column for each of two languages
    "]],
    );
    check_read(
        "\"open",
        &expect![[r"
        line 1: a quotation mark opens a cell here and is never closed; close it, or double the quotation marks that belong to the text
    "]],
    );
    check_read(
        "#UTX 1.11\n",
        &expect![[r"
        line 1: a UTX header names two languages, such as `#UTX 1.11; en/zh`
    "]],
    );
}

#[test]
fn json_of_other_versions_and_forms_says_what_it_is() {
    check_read(
        "{\"format\":\"duizhao-termbase\",\"version\":2}",
        &expect![[r"
        this is version 2 of the form, and this program knows version 1; take a newer program
    "]],
    );
    check_read(
        "{\"format\":\"x\"}",
        &expect![[r"
        line 1: its `format` is neither `duizhao-termbase` nor `duizhao-glossary`
    "]],
    );
    check_read(
        "{\n\"format\":",
        &expect![[r"
        line 2: this is not the JSON of a term base (EOF while parsing a value at line 2 column 9); assets/schemas/termbase-1.schema.json describes it
    "]],
    );
    check_read(
        "{\"format\":\"duizhao-termbase\",\"version\":1,\"concepts\":[{\"id\":\"a\",\"languages\":[{\"lang\":\"zh\",\"terms\":[{\"id\":\"\",\"term\":\"甲\",\"status\":\"odd\"}]}]}]}",
        &expect![[r"
            line 1: concept `a`: `odd` is none of the words for it
        "]],
    );
    check_read(
        "{\"format\":\"duizhao-glossary\",\"version\":1,\"sources\":[],\"notes\":[],\"terms\":[{\"zh\":\"主权\",\"en\":\"sovereignty\",\"score\":0.5,\"count\":1,\"contexts\":[{\"unit\":1,\"zh\":\"主权。\",\"en\":\"S.\"}],\"new\":1}]}",
        &expect![[r"
            c20b82e9f2789543d
              zh 主权 proposed
                主权。
              en sovereignty proposed
                S.
        "]],
    );
}
