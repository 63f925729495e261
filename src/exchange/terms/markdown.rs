//! Markdown (CommonMark) to read: a heading for each concept, its terms with what was decided about them, and the
//! contexts as quotations with their places. What has a meaning in Markdown is escaped.

use std::fmt::Write as _;

use super::super::Exported;
use super::words;
use crate::import::is_odd_control;
use crate::termbase::{Concept, PartOfSpeech, Section, Status, Term, TermBase, TermType};

pub(super) fn write(base: &TermBase) -> Exported {
    let mut out = Page::default();
    let title = if base.title.is_empty() { "Glossary" } else { &base.title };
    out.line("# ", title);
    for note in &base.notes {
        out.line("", note);
    }
    if !base.sources.is_empty() {
        out.line("Sources: ", &base.sources.join(", "));
    }
    for concept in &base.concepts {
        out.concept(concept);
    }
    out.out
}

#[derive(Default)]
struct Page {
    out: Exported,
}

impl Page {
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
            self.out.content.push('\n');
        }
        let dates = [("made", concept.created), ("changed", concept.modified)];
        let dates: Vec<String> =
            dates.into_iter().filter_map(|(what, date)| Some(format!("{what} {}", date?))).collect();
        if !dates.is_empty() {
            self.line("", &dates.join(", "));
        }
    }

    fn term(&mut self, section: &Section, term: &Term) {
        self.out.content.push_str("- **");
        self.text(&term.text);
        let _ = write!(self.out.content, "** ({}", section.lang);
        if term.status != Status::Proposed {
            let _ = write!(self.out.content, ", {}", term.status.name());
        }
        for word in [term.part_of_speech.map(PartOfSpeech::name), term.kind.map(TermType::name)].into_iter().flatten() {
            let _ = write!(self.out.content, ", {word}");
        }
        for (what, date) in [("made", term.created), ("changed", term.modified)] {
            if let Some(date) = date {
                let _ = write!(self.out.content, ", {what} {date}");
            }
        }
        self.out.content.push(')');
        if !term.note.is_empty() {
            self.out.content.push_str(": ");
            self.text(&term.note);
        }
        self.out.content.push('\n');
        for context in &term.contexts {
            self.out.content.push_str("  > ");
            self.text(&context.text);
            if let Some(source) = &context.source {
                self.out.content.push_str(" — ");
                self.text(&words::place(source));
            }
            self.out.content.push_str("\n\n");
        }
    }

    /// A paragraph or heading.
    fn line(&mut self, before: &str, text: &str) {
        self.out.content.push_str(before);
        self.text(text);
        self.out.content.push_str("\n\n");
    }

    /// Text on one line with every mark of punctuation escaped that Markdown or HTML within it could take for its own.
    fn text(&mut self, text: &str) {
        let text = text.trim();
        // A list would begin with these.
        let number = text.bytes().take_while(u8::is_ascii_digit).count();
        let bullet = usize::from(text.starts_with(['-', '+']));
        for (at, c) in text.char_indices() {
            if bullet == 1 && at == 0 || number > 0 && at == number && matches!(c, '.' | ')') {
                self.out.content.push('\\');
            }
            match c {
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.out.content.push(' ');
                    self.out.replaced += 1;
                }
                _ if is_odd_control(c) => self.out.dropped += 1,
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                    self.out.content.push('\\');
                    self.out.content.push(c);
                }
                _ => self.out.content.push(c),
            }
        }
    }
}
