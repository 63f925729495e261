//! Markdown (CommonMark) to read: a heading for each concept, its terms with what was decided about them, and the
//! contexts as quotations with their places. What has a meaning in Markdown is escaped.

use std::fmt::Write as _;

use super::words;
use super::{Detail, TermsForm, Write};
use crate::exchange::form::About;
use crate::exchange::output::{Output, on_one_line};
use crate::import::is_odd_control;
use crate::termbase::{Concept, PartOfSpeech, Section, Status, Term, TermBase, TermType};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "markdown",
        endings: &["md"],
        name: ["Markdown with contexts", "Markdown（附例句）"],
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
    page.line("# ", title);
    for note in &base.notes {
        page.line("", note);
    }
    if !base.sources.is_empty() {
        page.line("Sources: ", &base.sources.join(", "));
    }
    for concept in &base.concepts {
        page.concept(concept);
    }
}

struct Page<'o, 'w> {
    out: &'o mut Output<'w>,
}

impl Page<'_, '_> {
    fn concept(&mut self, concept: &Concept) {
        let first = |section: &Section| section.terms.first().map(|term| term.text.clone());
        let names: Vec<String> = concept.sections.iter().filter_map(first).collect();
        self.line("## ", &names.join(" — "));
        for (name, text) in [("Field: ", &concept.subject), ("", &concept.definition), ("Note: ", &concept.note)] {
            if !text.is_empty() {
                self.line(name, text);
            }
        }
        for section in &concept.sections {
            if !section.definition.is_empty() {
                self.line(&format!("{}: ", section.lang), &section.definition);
            }
            for term in &section.terms {
                self.term(section, term);
            }
            self.out.raw("\n");
        }
        let dates = [("made", concept.created), ("changed", concept.modified)];
        let dates: Vec<String> =
            dates.into_iter().filter_map(|(what, date)| Some(format!("{what} {}", date?))).collect();
        if !dates.is_empty() {
            self.line("", &dates.join(", "));
        }
    }

    fn term(&mut self, section: &Section, term: &Term) {
        self.out.raw("- **");
        self.text(&term.text);
        let _ = write!(self.out, "** ({}", section.lang);
        if term.status != Status::Proposed {
            let _ = write!(self.out, ", {}", term.status.name());
        }
        for word in [term.part_of_speech.map(PartOfSpeech::name), term.kind.map(TermType::name)].into_iter().flatten() {
            let _ = write!(self.out, ", {word}");
        }
        for (what, date) in [("made", term.created), ("changed", term.modified)] {
            if let Some(date) = date {
                let _ = write!(self.out, ", {what} {date}");
            }
        }
        self.out.raw(")");
        if !term.note.is_empty() {
            self.out.raw(": ");
            self.text(&term.note);
        }
        self.out.raw("\n");
        for context in &term.contexts {
            self.out.raw("  > ");
            self.text(&on_one_line(&context.text));
            if let Some(source) = &context.source {
                self.out.raw(" — ");
                self.text(&words::place(source));
            }
            self.out.raw("\n\n");
        }
    }

    /// A paragraph or heading.
    fn line(&mut self, before: &str, text: &str) {
        self.out.raw(before);
        self.text(text);
        self.out.raw("\n\n");
    }

    /// Text on one line with every mark of punctuation escaped that Markdown or HTML within it could take for its own.
    fn text(&mut self, text: &str) {
        let text = text.trim();
        // A list would begin with these.
        let number = text.bytes().take_while(u8::is_ascii_digit).count();
        let bullet = usize::from(text.starts_with(['-', '+']));
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if bullet == 1 && at == 0 || number > 0 && at == number && matches!(c, '.' | ')') {
                out.push('\\');
            }
            match c {
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    out.push(' ');
                    self.out.lost.replaced += 1;
                }
                _ if is_odd_control(c) => self.out.lost.dropped += 1,
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
        self.out.raw(&out);
    }
}
