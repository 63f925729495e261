//! A page to read and print: the rows as a table, with their types and scores.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Detail, RowsForm, Selection};
use crate::bitext::Document;
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::import::is_odd_control;
use crate::text::BlockKind;

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "html",
        endings: &["html"],
        name: ["Page to read and print (HTML)", "供阅读和打印的网页（HTML）"],
        hint: "",
        programs: &[],
    },
    holds: &[Detail::Kind, Detail::Score, Detail::TextNote],
    write: Some(write),
    read: None,
};

fn write(rows: &Selection<'_>, out: &mut Output<'_>) {
    out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    let title = format!("{} ⇄ {}", rows.source.name, rows.target.name);
    out.html(&title);
    let _ = write!(out, "</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>");
    out.html(&title);
    out.raw("</h1>\n");
    for note in rows.notes() {
        out.raw("<p class=\"note\">");
        out.html(note);
        out.raw("</p>\n");
    }
    let (source, target) = (rows.source.lang.tag(), rows.target.lang.tag());
    let head = format_args!("<tr><th>type</th><th>{source}</th><th>{target}</th></tr>");
    let _ = writeln!(out, "<table>\n<thead>{head}</thead>\n<tbody>");
    for row in &rows.rows {
        let bead = row.bead;
        let heading = matches!(rows.source.kind(bead.source.start), BlockKind::Heading(_)) && !bead.source.is_empty();
        let class = if heading { " class=\"heading\"" } else { "" };
        let (kind, score) = (bead.kind(), bead.score * 100.0);
        let _ = write!(out, "<tr{class}><td class=\"type\">{kind}<br>{score:.0}&nbsp;%</td>");
        cell(out, rows.source, bead.source.clone());
        cell(out, rows.target, bead.target.clone());
        out.raw("</tr>\n");
    }
    out.raw("</tbody>\n</table>\n</body>\n</html>\n");
    // The names of the documents stand twice.
    out.lost.dropped -= title.chars().filter(|&c| is_odd_control(c)).count();
}

fn cell(out: &mut Output<'_>, document: &Document, range: Range<usize>) {
    let lang = document.lang.tag();
    if range.is_empty() {
        let _ = write!(out, "<td lang=\"{lang}\" class=\"empty\">—</td>");
        return;
    }
    let _ = write!(out, "<td lang=\"{lang}\">");
    out.html(&document.shown(range).text);
    out.raw("</td>");
}

const STYLE: &str = "body{font:1rem/1.6 'Noto Serif','Noto Serif CJK SC',serif;color:#1e2227;background:#fbfaf7;\
max-width:70rem;margin:2rem auto;padding:0 1rem}\n\
h1{font-size:1.4rem}\n.note{color:#5f636a}\ntable{border-collapse:collapse;width:100%}\n\
td,th{vertical-align:top;text-align:left;padding:.6rem .8rem;border-top:1px solid #e3dfd6}\ntd{white-space:pre-line}\n\
td:nth-child(2),td:nth-child(3){width:47%}\n.type,th,.empty{color:#5f636a;font-size:.85rem}\n.heading td{font-size:1.2rem}\n\
@media(prefers-color-scheme:dark){body{color:#e6e3dc;background:#16181b}td,th{border-color:#2c3036}\
.note,.type,th,.empty{color:#9aa0a6}}\n";
