//! Aligned beads out: `links`, JSON Lines, tab-separated values, HTML.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::Exported;
use super::tmx::to_tmx;
use crate::bitext::{Bitext, Document};
use crate::import::is_odd_control;
use crate::text::BlockKind;

/// The forms of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One bead a line in reading order, `[0, 1]:[0]:0.93`: segment numbers from 0, source first, and the score.
    Links,
    /// One JSON object a line and no header: `version`, `id` (unique in the file), `type`, `score`, `source` and `target`
    /// with the text of the bead's segments in order, nothing lost but line ends inside
    /// paragraphs, an empty side `""`; `source_note` or `target_note`
    /// where a document carries a note that readers must see.
    Jsonl,
    /// A header of the two language codes, then one pair a line with its type and score.
    Tsv,
    /// A page to read and print.
    Html,
    /// A translation memory, see [`super::tmx`].
    Tmx,
}

/// Writes a bitext in a format.
pub fn export(bitext: &Bitext, format: Format) -> Exported {
    match format {
        Format::Links => Exported::whole(to_links(bitext)),
        Format::Jsonl => Exported::whole(to_jsonl(bitext)),
        Format::Tsv => to_tsv(bitext),
        Format::Html => to_html(bitext),
        Format::Tmx => to_tmx(bitext, &[]),
    }
}

fn to_links(bitext: &Bitext) -> String {
    let side = |range: &std::ops::Range<usize>| {
        let numbers: Vec<String> = range.clone().map(|at| at.to_string()).collect();
        format!("[{}]", numbers.join(", "))
    };
    let mut out = String::new();
    for bead in &bitext.beads {
        let _ = writeln!(out, "{}:{}:{:.2}", side(&bead.source), side(&bead.target), bead.score);
    }
    out
}

/// A line of the JSON Lines form, version 1.
#[derive(Serialize)]
struct Line<'a> {
    version: u32,
    id: String,
    #[serde(rename = "type")]
    kind: String,
    score: f64,
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_note: Option<&'a str>,
}

fn to_jsonl(bitext: &Bitext) -> String {
    let mut out = String::new();
    for (at, bead) in bitext.beads.iter().enumerate() {
        let line = Line {
            version: 1,
            id: format!("b{}", at + 1),
            kind: bead.kind().to_string(),
            score: two_places(bead.score),
            source: bitext.source.flowing(bead.source.clone()).text,
            target: bitext.target.flowing(bead.target.clone()).text,
            source_note: bitext.source.note.as_deref(),
            target_note: bitext.target.note.as_deref(),
        };
        out.push_str(&serde_json::to_string(&line).expect("strings and numbers have a JSON form"));
        out.push('\n');
    }
    out
}

pub(super) fn two_places(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn to_tsv(bitext: &Bitext) -> Exported {
    let mut out = Exported::default();
    let notes = notes(bitext).join("; ");
    let noted = !notes.is_empty();
    let head = [bitext.source.lang.tag(), bitext.target.lang.tag(), "type", "score"];
    out.push_row(head.into_iter().chain(noted.then_some("note")));
    for bead in &bitext.beads {
        let source = bitext.source.extent(bead.source.clone());
        let target = bitext.target.extent(bead.target.clone());
        let (kind, score) = (bead.kind().to_string(), format!("{:.2}", bead.score));
        let cells = [&*source, &*target, &kind, &score];
        out.push_row(cells.into_iter().chain(noted.then_some(notes.as_str())));
    }
    out
}

/// What readers must be told about the two documents.
pub fn notes(bitext: &Bitext) -> Vec<&str> {
    [&bitext.source, &bitext.target].into_iter().filter_map(|document| document.note.as_deref()).collect()
}

fn to_html(bitext: &Bitext) -> Exported {
    let mut out =
        Exported::whole("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>".to_owned());
    let title = format!("{} ⇄ {}", bitext.source.name, bitext.target.name);
    out.push_html(&title);
    let _ = write!(out.content, "</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>");
    out.push_html(&title);
    out.content += "</h1>\n";
    for note in notes(bitext) {
        out.content += "<p class=\"note\">";
        out.push_html(note);
        out.content += "</p>\n";
    }
    let (source, target) = (bitext.source.lang.tag(), bitext.target.lang.tag());
    let head = format_args!("<tr><th>type</th><th>{source}</th><th>{target}</th></tr>");
    let _ = writeln!(out.content, "<table>\n<thead>{head}</thead>\n<tbody>");
    for bead in &bitext.beads {
        let heading = matches!(bitext.source.kind(bead.source.start), BlockKind::Heading(_)) && !bead.source.is_empty();
        let class = if heading { " class=\"heading\"" } else { "" };
        let (kind, score) = (bead.kind(), bead.score * 100.0);
        let _ = write!(out.content, "<tr{class}><td class=\"type\">{kind}<br>{score:.0}&nbsp;%</td>");
        cell(&mut out, &bitext.source, bead.source.clone());
        cell(&mut out, &bitext.target, bead.target.clone());
        out.content += "</tr>\n";
    }
    out.content += "</tbody>\n</table>\n</body>\n</html>\n";
    // The names of the documents stand twice.
    out.dropped -= title.chars().filter(|&c| is_odd_control(c)).count();
    out
}

fn cell(out: &mut Exported, document: &Document, range: std::ops::Range<usize>) {
    let lang = document.lang.tag();
    if range.is_empty() {
        let _ = write!(out.content, "<td lang=\"{lang}\" class=\"empty\">—</td>");
        return;
    }
    let _ = write!(out.content, "<td lang=\"{lang}\">");
    out.push_html(&document.shown(range).text);
    out.content += "</td>";
}

const STYLE: &str = "body{font:1rem/1.6 'Noto Serif','Noto Serif CJK SC',serif;color:#1e2227;background:#fbfaf7;\
max-width:70rem;margin:2rem auto;padding:0 1rem}\n\
h1{font-size:1.4rem}\n.note{color:#5f636a}\ntable{border-collapse:collapse;width:100%}\n\
td,th{vertical-align:top;text-align:left;padding:.6rem .8rem;border-top:1px solid #e3dfd6}\ntd{white-space:pre-line}\n\
td:nth-child(2),td:nth-child(3){width:47%}\n.type,th,.empty{color:#5f636a;font-size:.85rem}\n.heading td{font-size:1.2rem}\n\
@media(prefers-color-scheme:dark){body{color:#e6e3dc;background:#16181b}td,th{border-color:#2c3036}\
.note,.type,th,.empty{color:#9aa0a6}}\n";

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::expect;

    use super::*;
    use crate::bitext::Bead;
    use crate::import::{Format as TextFormat, read_str};
    use crate::lang::{Lang, Language};
    use crate::segment::segment;

    fn document(name: &str, language: Language, content: &str) -> Arc<Document> {
        let text = read_str(content, TextFormat::Plain).unwrap();
        let segments = segment(&text, language);
        Arc::new(Document::new(name, Lang::of(language), text, segments))
    }

    fn sample() -> Bitext {
        let beads =
            vec![Bead { source: 0..2, target: 0..1, score: 0.934 }, Bead { source: 2..2, target: 1..2, score: 0.5 }];
        Bitext {
            source: document("a.txt", Language::Chinese, "今天下雨。\t我没去。\n"),
            target: document("b.txt", Language::English, "\"It rained\" & I stayed.\nPrint <article>"),
            beads,
        }
    }

    #[test]
    fn links_and_json_lines() {
        expect![[r"
            [0, 1]:[0]:0.93
            []:[1]:0.50
        "]]
        .assert_eq(&export(&sample(), Format::Links).content);
        expect![[r#"
            {"version":1,"id":"b1","type":"2-1","score":0.93,"source":"今天下雨。\t我没去。\n","target":"\"It rained\" & I stayed.\n"}
            {"version":1,"id":"b2","type":"0-1","score":0.5,"source":"","target":"Print <article>"}
        "#]]
        .assert_eq(&export(&sample(), Format::Jsonl).content);
    }

    #[test]
    fn cells_are_counted_and_markup_is_escaped() {
        let tsv = export(&sample(), Format::Tsv);
        assert_eq!(tsv.content.lines().nth(1), Some("今天下雨。 我没去。\t\"It rained\" & I stayed.\t2-1\t0.93"));
        assert_eq!(tsv.replaced, 1);
        let page = export(&sample(), Format::Html).content;
        assert!(page.contains("&quot;It rained&quot; &amp; I stayed.") && page.contains("Print &lt;article&gt;"));
    }

    #[test]
    fn a_note_goes_out_with_every_form_that_has_a_place() {
        let mut bitext = sample();
        Arc::make_mut(&mut bitext.source).note = Some("own version".to_owned());
        for format in [Format::Jsonl, Format::Tsv, Format::Html] {
            assert!(export(&bitext, format).content.contains("own version"), "{format:?}");
        }
    }
}
