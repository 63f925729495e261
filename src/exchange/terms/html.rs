//! A page to read and print: for each concept its terms in every language side by side, with contexts below each.

use std::fmt::Write as _;

use super::words;
use super::{Detail, TermsForm, Write};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::termbase::{Concept, PartOfSpeech, Section, Status, Term, TermBase, TermType};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "html",
        endings: &["html"],
        name: ["Page to read and print, with contexts (HTML)", "供阅读和打印的网页（HTML，附例句）"],
        hint: "",
        programs: &[],
    },
    holds: Detail::SHOWN,
    write: Some(Write::Whole(write)),
    read: None,
};

fn write(base: &TermBase, out: &mut Output<'_>) {
    let mut page = Page { out };
    let title = if base.title.is_empty() { "Glossary" } else { &base.title };
    let title = page.text(title);
    page.out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.out.raw("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.out.raw(&format!("<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"));
    for note in &base.notes {
        page.paragraph("note", note);
    }
    if !base.sources.is_empty() {
        page.paragraph("note", &base.sources.join(", "));
    }
    for concept in &base.concepts {
        page.concept(concept);
    }
    page.out.raw("</body>\n</html>\n");
}

struct Page<'o, 'w> {
    out: &'o mut Output<'w>,
}

impl Page<'_, '_> {
    /// A text as HTML; control characters, which it cannot hold, are counted.
    fn text(&mut self, text: &str) -> String {
        let mut out = String::new();
        self.out.lost.html(&mut out, text.trim());
        out
    }

    fn paragraph(&mut self, class: &str, text: &str) {
        if !text.is_empty() {
            let text = self.text(text);
            let _ = writeln!(self.out, "<p class=\"{class}\">{text}</p>");
        }
    }

    fn concept(&mut self, concept: &Concept) {
        let id = self.text(&concept.id);
        let _ = writeln!(self.out, "<section id=\"{id}\">");
        self.paragraph("field", &concept.subject);
        self.paragraph("definition", &concept.definition);
        self.out.raw("<div class=\"languages\">\n");
        for section in &concept.sections {
            self.section(section);
        }
        self.out.raw("</div>\n");
        self.paragraph("note", &concept.note);
        let dates = [("made", concept.created), ("changed", concept.modified)];
        let dates: Vec<String> =
            dates.into_iter().filter_map(|(what, date)| Some(format!("{what} {}", date?))).collect();
        self.paragraph("note", &dates.join(", "));
        self.out.raw("</section>\n");
    }

    fn section(&mut self, section: &Section) {
        let _ = writeln!(self.out, "<div lang=\"{}\">", section.lang);
        for term in &section.terms {
            self.term(term);
        }
        self.paragraph("definition", &section.definition);
        self.out.raw("</div>\n");
    }

    /// Each text is set apart in direction: marks in one that turn the direction end with it.
    fn term(&mut self, term: &Term) {
        let text = self.text(&term.text);
        let class = term.status.name();
        let _ = write!(self.out, "<p class=\"term {class}\"><bdi>{text}</bdi>");
        let status = (term.status != Status::Proposed).then_some(class);
        let words = [status, term.part_of_speech.map(PartOfSpeech::name), term.kind.map(TermType::name)];
        let mut words: Vec<String> = words.into_iter().flatten().map(str::to_owned).collect();
        let dates = [("made", term.created), ("changed", term.modified)];
        words.extend(dates.into_iter().filter_map(|(what, date)| Some(format!("{what} {}", date?))));
        if !words.is_empty() {
            let _ = write!(self.out, " <span class=\"note\" lang=\"en\">{}</span>", words.join(", "));
        }
        self.out.raw("</p>\n");
        self.paragraph("note", &term.note);
        for context in &term.contexts {
            let text = self.text(&context.text);
            let _ = write!(self.out, "<blockquote><bdi>{text}</bdi>");
            if let Some(source) = &context.source {
                let place = self.text(&words::place(source));
                let _ = write!(self.out, " <cite><bdi>{place}</bdi></cite>");
            }
            self.out.raw("</blockquote>\n");
        }
    }
}

const STYLE: &str = "body{font:1rem/1.6 'Noto Serif','Noto Serif CJK SC',serif;color:#1e2227;background:#fbfaf7;\
max-width:70rem;margin:2rem auto;padding:0 1rem}\nh1{font-size:1.4rem}\np{margin:.2rem 0;white-space:pre-line}\n\
section{border-top:1px solid #e3dfd6;padding:.6rem 0;break-inside:avoid}\n\
.languages{display:flex;gap:2rem}\n.languages>div{flex:1;min-width:0;overflow-wrap:anywhere}\n\
.term{font-size:1.1rem;font-weight:600}\n.term span{font-weight:400}\n.deprecated bdi{text-decoration:line-through}\n\
.note,.field,cite{color:#5f636a;font-size:.85rem;font-style:normal}\n\
blockquote{margin:.3rem 0 .3rem .6rem;padding-left:.6rem;border-left:2px solid #e3dfd6;font-size:.95rem}\n\
@media print{body{margin:0;max-width:none;background:none;font-size:10pt}}\n\
@media screen and (prefers-color-scheme:dark){body{color:#e6e3dc;background:#16181b}\
section,blockquote{border-color:#2c3036}.note,.field,cite{color:#9aa0a6}}\n";
