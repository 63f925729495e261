//! Every reader of files is given files that are almost right. None panics, none goes on for ever, and none loses anything
//! in silence: where a changed file is read without an error and without a warning, what is written of it is read as the
//! same. A long run: `DUIZHAO_MUTATIONS=5000 cargo test --test mutations`.

mod mutation;

use duizhao::bitext::{Bead, Bitext, is_tiling};
use duizhao::exchange::rows::{self, Aligned, Error, RowsForm, Wishes, intertext, links};
use duizhao::exchange::terms::{self, Outgoing, TermsForm};
use duizhao::exchange::{Losses, consistency, pairs};
use duizhao::import;
use duizhao::lang::{Lang, Language};
use duizhao::segment;
use duizhao::termbase::TermBase;
use mutation::{Mutator, count};

const NONE: [Option<&Lang>; 2] = [None, None];

/// Tries changed samples; `read` is told which, so that a failure can be tried again.
fn run(seed: u64, samples: &[&str], mut read: impl FnMut(&str)) {
    let mut mutator = Mutator::new(seed);
    for sample in samples {
        read(sample);
    }
    for at in 0..count() {
        let sample = samples[at % samples.len()];
        let other = samples[mutator.below(samples.len())];
        read(&mutator.changed(sample, other));
    }
}

fn bitext(read: &Aligned) -> Bitext {
    let side = |side: &rows::Side, language| {
        side.document("a".to_owned(), side.lang.clone().unwrap_or_else(|| Lang::of(language)))
    };
    let bead = |row: &rows::Row| Bead { source: row.source.clone(), target: row.target.clone(), score: 1.0 };
    let beads: Vec<Bead> = read.rows.iter().map(bead).collect();
    assert!(is_tiling(&beads, read.source.pieces.len(), read.target.pieces.len()));
    let (source, target) = (side(&read.source, Language::Chinese), side(&read.target, Language::English));
    Bitext { source: source.into(), target: target.into(), beads }
}

/// The texts of the rows without white space: a form may take that around them for none of theirs, and joins lines by what
/// stands around their ends.
fn texts(read: &Aligned) -> Vec<[String; 2]> {
    let text = |pieces: &[String]| pieces.concat().split_whitespace().collect();
    let row = |row: &rows::Row| {
        [text(&read.source.pieces[row.source.clone()]), text(&read.target.pieces[row.target.clone()])]
    };
    read.rows.iter().map(row).collect()
}

/// What was read without a word must be there again when it is written in a form that says that it holds everything.
fn nothing_is_lost(content: &str, read: &Aligned) {
    if !read.problems().is_empty() {
        return;
    }
    let bitext = bitext(read);
    if bitext.source.lang.language() == bitext.target.lang.language() {
        // That is no text with its translation, and refused.
        return;
    }
    // Links go out without the texts.
    for form in RowsForm::written().filter(|form| form.is_read() && form.about.code != "links") {
        let mut written = Vec::new();
        let lost = form.write(&(&bitext).into(), &mut written).expect("memory takes everything");
        if !lost.problems().is_empty() {
            continue;
        }
        let again = form.read(&mut written.as_slice(), &Wishes::default());
        let shown = || String::from_utf8_lossy(&written);
        let again = again.unwrap_or_else(|error| panic!("{error}\n{content:?}\n{:?}", shown()));
        assert_eq!(texts(&again), texts(read), "{}\n{content:?}\n{:?}", form.about.code, shown());
    }
}

fn read_as(code: &str, content: &str, wishes: &Wishes<'_>) -> Result<Aligned, Error> {
    RowsForm::of_code(code).expect("a form").read(&mut content.as_bytes(), wishes)
}

fn check(content: &str, read: Result<Aligned, Error>) {
    match read {
        Ok(read) => nothing_is_lost(content, &read),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

#[test]
fn tables_of_pairs() {
    let samples = [
        "zh\ten\ttype\tscore\tnote\n今天下雨。\tIt rains.\t1-1\t0.93\tdraft\n\tAdded.\t0-1\t0.50\tdraft\n",
        "\u{feff}原文,译文,备注\r\n\"甲，\"\"乙\"\"。\",\"A, \"\"B\"\".\",x\r\n丙,\"C\r\nD\",\r\n",
        "sep=;\r\n中文;English\r\n甲;A, b\r\n乙;B\r\n",
        "1\t甲\tA\r2\t\"乙\"\"\"\tB\r",
        "去吗？;Are you going?\n去。;Yes, \"he\" said.\n",
    ];
    run(1, &samples, |content| {
        check(content, read_as("tsv", content, &Wishes::default()));
        let columns = "2,1".parse().expect("two columns");
        check(content, read_as("tsv", content, &Wishes { columns: Some(&columns), ..Wishes::default() }));
        let _ = pairs::read(&mut content.as_bytes(), NONE, None);
    });
}

#[test]
fn lists_of_pairs() {
    let json = [
        "{\"version\":1,\"id\":\"b1\",\"type\":\"1-1\",\"score\":0.93,\"source\":\"甲。\\n\",\"target\":\"A. \",\"source_note\":\"n\"}\n\
         {\"version\":1,\"source\":\"乙\",\"target\":\"\"}\n",
        "{\"source\":\"甲\\t\\u4e00\",\"target\":\"A\"}\n\n{\"source\":\"乙\",\"target\":null,\"score\":7}\n",
    ];
    run(2, &json, |content| check(content, read_as("jsonl", content, &Wishes::default())));
    let printed = ["下雨了。\nIt rained.\n\n略。\n\n\n\nAdded.\n\n", "Finished! Successfully aligning 1\n\n甲\nA\n\n"];
    run(3, &printed, |content| check(content, read_as("bertalign", content, &Wishes::default())));
    let decisions = ["kind\tterm\tvariants\tplaces\nnumbers\t35\t35|53\t1\nterm\t网络\tnet|web\t1,2\n"];
    run(4, &decisions, |content| drop(consistency::read_decisions(content)));
}

#[test]
fn translation_memories() {
    let samples = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header srclang=\"zh\">\
         <note>draft</note></header>\n<body>\n<tu tuid=\"1\"><prop type=\"x-score\">0.93</prop><tuv xml:lang=\"zh\"><seg>甲&lt;</seg></tuv>\
         <tuv xml:lang=\"en\"><seg>A &amp; B</seg></tuv></tu>\n<tu><tuv xml:lang=\"zh\"><seg>乙</seg></tuv><tuv xml:lang=\"en\">\
         <seg>B</seg></tuv></tu></body></tmx>",
        "<tmx><body><tu><tuv lang='EN-US'><seg>Click <bpt i='1'>&lt;b></bpt><hi>here</hi><ept i='1'/></seg></tuv>\
         <tuv lang='ZH-CN'><seg><![CDATA[点]]>这里</seg></tuv></tu></body></tmx>",
    ];
    let taiwan = Lang::parse("zh-TW").expect("a tag");
    run(5, &samples, |content| {
        check(content, read_as("tmx", content, &Wishes::default()));
        check(content, read_as("tmx", content, &Wishes { langs: [None, Some(&taiwan)], ..Wishes::default() }));
    });
}

#[test]
fn links_and_the_texts_they_link() {
    let samples = ["[0, 1]:[0]:0.93\n[2]:[]\n[]:[1]\n", "[np.int64(0)]:[np.int64(0)]:0.203810\n[1, 2]:[1]:1.00\n"];
    run(6, &samples, |content| {
        let Ok(read) = links::read(&mut content.as_bytes()) else { return };
        let Ok(arranged) = links::arrange(&read, 3, 2) else { return };
        let bead = |row: &rows::Row| Bead { source: row.source.clone(), target: row.target.clone(), score: 1.0 };
        let beads: Vec<Bead> = arranged.rows.iter().map(bead).collect();
        assert!(is_tiling(&beads, 3, 2), "{content:?}");
    });
    let links = [
        "<linkGrp toDoc='e.xml' fromDoc='z.xml'>\n<link type='1-1' xtargets='1:1;1:1' status='man'/><link xtargets='1:2;1:2'/></linkGrp>",
    ];
    let text = "<?xml version='1.0'?><text lang='zh'><head><s id='1:1'>题</s></head><p><s id='1:2'>下雨<i>了</i>&amp;</s></p></text>";
    let text_of =
        |content: &str| intertext::read_text(&mut content.as_bytes()).ok().filter(|text| text.outside.is_empty());
    let whole = text_of(text).expect("a sample");
    run(7, &links, |content| {
        if let Ok(read) = intertext::read_links(&mut content.as_bytes()) {
            check(content, intertext::join(&read, &whole, &whole));
        }
    });
    let read = intertext::read_links(&mut links[0].as_bytes()).expect("a sample");
    run(8, &[text], |content| {
        if let Some(text) = text_of(content) {
            check(content, intertext::join(&read, &text, &whole));
        }
    });
}

fn write(base: &TermBase, form: &'static TermsForm) -> (String, Losses) {
    let mut out = Vec::new();
    let outgoing = Outgoing::new(base, form, NONE).expect("two languages");
    let lost = outgoing.write(&mut out).expect("memory takes everything");
    (String::from_utf8(out).expect("text"), lost)
}

/// A term base in every form that is read.
fn term_bases() -> Vec<String> {
    let json = r#"{"format":"duizhao-termbase","version":1,"title":"T","sources":["a"],"notes":["n"],"concepts":[{"id":"c1","subject":"法律",
        "definition":"d","note":"x","created":"2026-11-01","modified":"2026-11-22T08:30:00Z","languages":[{"lang":"zh-CN","definition":"定义",
        "terms":[{"id":"c1-1","term":"主权","status":"preferred","part_of_speech":"noun","type":"fullForm","note":"y","created":"2026-11-02",
        "contexts":[{"text":"主权平等。","document":"a","segment":3},{"text":"z"}]}]},{"lang":"en-GB","terms":[{"id":"c1-2","term":"sovereignty",
        "status":"admitted"},{"id":"c1-3","term":"power","status":"proposed"}]}]}]}"#;
    let base = terms::read(&mut json.as_bytes(), NONE, None).expect("a sample").base;
    let forms = TermsForm::written().filter(|form| form.is_read());
    let mut out: Vec<String> = forms.map(|form| write(&base, form).0).collect();
    out.extend([
        "<mtf><conceptGrp><concept>4</concept><descripGrp><descrip type='Subject'>law</descrip></descripGrp><languageGrp>\
         <language lang='EN' type='English'/><termGrp><term>sovereignty</term><descripGrp><descrip type='Status'>forbidden</descrip>\
         </descripGrp></termGrp></languageGrp><languageGrp><language lang='ZH-CN' type='Chinese_PRC'/><termGrp><term>主权</term>\
         </termGrp></languageGrp></conceptGrp></mtf>"
            .to_owned(),
        "<tbx type='TBX-Basic' style='dct' xmlns:min='m'><text><body><conceptEntry id='c5'><min:subjectField>law</min:subjectField>\
         <langSec xml:lang='en'><termSec><term>so<hi>ver</hi>eignty</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>\
         <langSec xml:lang='zh'><termSec><term>主权</term></termSec></langSec></conceptEntry></body></text></tbx>"
            .to_owned(),
        "序号,中文,English (US),备注,状态\r\n1,主权|国权,sovereignty,\"a, b\",preferred\r\n2,网络,network,,\r\n".to_owned(),
        "sep=;\rid;zh;en\r7;主权;sovereignty\r7;主权;power\r".to_owned(),
        "{\"format\":\"duizhao-glossary\",\"version\":1,\"sources\":[],\"notes\":[],\"terms\":[{\"zh\":\"主权\",\"en\":\"sovereignty\",\
         \"contexts\":[{\"zh\":\"主权。\",\"en\":\"S.\"}]}]}"
            .to_owned(),
    ]);
    out
}

#[test]
fn glossaries_and_term_bases() {
    let samples = term_bases();
    let samples: Vec<&str> = samples.iter().map(String::as_str).collect();
    run(9, &samples, |content| {
        let columns = "中文,2".parse().expect("two columns");
        let _ = terms::read(&mut content.as_bytes(), NONE, Some(&columns));
        let Ok(first) = terms::read(&mut content.as_bytes(), NONE, None) else { return };
        // What was read is what a term base of ours holds, whatever was told; in XML it is what is told to be whole.
        for code in ["termbase", "tbx", "tbx2"] {
            let (written, lost) = write(&first.base, TermsForm::of_code(code).expect("a form"));
            let whole = first.problems().is_empty() && content.trim_start().starts_with('<');
            if code == "termbase" || whole && lost.problems().is_empty() && lost.remarks.is_empty() {
                let again = terms::read(&mut written.as_bytes(), NONE, None);
                let again = again.unwrap_or_else(|error| panic!("{error}\n{content:?}\n{written}"));
                assert_eq!(again.base, first.base, "{content:?}\n{written}");
            }
        }
    });
}

#[test]
fn texts_in_any_encoding() {
    let samples = [
        "　　今天下雨。“我没去。”他说。\n\n# 标题\n- 一项\n- 二项\n\n自2009年以来，双方举行了六次会晤。[4]\n",
        "It rained, so I did not go.[4] He said: \"Yes.\"\r\n\r\n1. An item\r\n2. Another, 3.5 percent\r\n\r\n> quoted [^1]\r\n\r\n[^1]: A note.\r\n",
    ];
    let mut flip = Mutator::new(11);
    run(10, &samples, |content| {
        let mut bytes = content.as_bytes().to_vec();
        for _ in 0..flip.below(4) {
            let at = flip.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << flip.below(8);
            }
        }
        for bytes in [content.as_bytes(), &bytes] {
            for format in [import::Format::Plain, import::Format::Markdown] {
                let Ok(read) = import::read(bytes, format) else { continue };
                for language in [Language::Chinese, Language::English] {
                    let segments = segment::segment(&read.output, language);
                    let whole: String =
                        segments.iter().map(|segment| &read.output.as_str()[segment.span.clone()]).collect();
                    assert_eq!(whole, read.output.as_str(), "{content:?}");
                }
            }
            let _ = import::read_lines(bytes);
        }
    });
}
