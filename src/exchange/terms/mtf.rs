//! MultiTerm XML (`mtf`) in: concept groups, language groups, term groups. Its descriptive fields have the names that
//! the owner of the term base gave them; the usual English ones are known, others are counted.

use super::sections::Sections;
use super::tree::{Element, Elements};
use super::{Read, Reading, TermsForm, words};
use crate::date::Date;
use crate::exchange::form::About;
use crate::notice::{Notice, notice};
use crate::termbase::{Concept, Context, Section, Term};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "multiterm-xml",
        endings: &["xml"],
        name: ["MultiTerm XML", "MultiTerm XML"],
        hint: "",
        programs: &["MultiTerm"],
    },
    holds: &[],
    write: None,
    read: Some(Reading::Xml(Elements { roots: &["mtf"], entry: ("conceptGrp", concept), header: None })),
};

pub(super) fn concept(node: Element<'_>, out: &mut Read) {
    let mut concept = Concept::default();
    let mut sections = Sections::default();
    for child in node.children() {
        match child.name() {
            "concept" => child.text().clone_into(&mut concept.id),
            "transacGrp" => dates(child, &mut concept.created, &mut concept.modified),
            "descripGrp" => {
                for (kind, text, _) in fields(child) {
                    match kind.as_str() {
                        "subject" | "subjectfield" | "domain" => join(&mut concept.subject, text),
                        "definition" => join(&mut concept.definition, text),
                        "note" | "comment" => join(&mut concept.note, text),
                        _ => out.leave(Notice::plain(&kind)),
                    }
                }
            }
            "languageGrp" => language(child, &mut concept, &mut sections, out),
            "system" => {}
            other => out.leave(Notice::plain(other)),
        }
    }
    if concept.sections.is_empty() {
        out.skip(node.line(), "no term under a valid language tag");
    } else {
        out.base.concepts.push(concept);
    }
}

fn language(node: Element<'_>, concept: &mut Concept, sections: &mut Sections, out: &mut Read) {
    let named = node.named("language").next();
    let (tag, name) = named.map_or(("", ""), |language| (language.attribute("lang"), language.attribute("type")));
    let Some(lang) = words::language(tag).or_else(|| words::language(name)) else {
        out.skip_language(node.line(), notice!("language `{0}` ({1}) is not known", tag, name));
        return;
    };
    let mut section = Section::new(lang);
    for child in node.children() {
        match child.name() {
            "termGrp" => term(child, &mut section, out),
            "descripGrp" => {
                for (kind, text, _) in fields(child) {
                    match kind.as_str() {
                        "definition" => join(&mut section.definition, text),
                        "note" | "comment" => join(&mut concept.note, text),
                        _ => out.leave(Notice::plain(&kind)),
                    }
                }
            }
            "language" | "transacGrp" | "system" => {}
            other => out.leave(Notice::plain(other)),
        }
    }
    if section.terms.is_empty() {
        return;
    }
    let place = sections.place(0, concept, &section.lang);
    if let Some(own) = concept.sections.get_mut(place) {
        own.terms.append(&mut section.terms);
        join(&mut own.definition, &section.definition);
    }
}

fn term(node: Element<'_>, section: &mut Section, out: &mut Read) {
    let mut term = Term::default();
    for child in node.children() {
        match child.name() {
            "term" if term.text.is_empty() => child.text().clone_into(&mut term.text),
            "term" => out.skip(child.line(), "a second term in one place"),
            "transacGrp" => dates(child, &mut term.created, &mut term.modified),
            "descripGrp" => {
                for (kind, text, source) in fields(child) {
                    match kind.as_str() {
                        "status" | "usagestatus" => match words::status(text) {
                            Some(status) => term.status = status,
                            None => out.leave(notice!("{0} `{1}`", &kind, text)),
                        },
                        "partofspeech" => match words::part_of_speech(text) {
                            Some(part) => term.part_of_speech = Some(part),
                            None => out.leave(notice!("{0} `{1}`", &kind, text)),
                        },
                        "type" | "termtype" | "category" => match words::term_type(text) {
                            Some(kind) => term.kind = Some(kind),
                            None => out.leave(notice!("{0} `{1}`", &kind, text)),
                        },
                        "context" | "example" => {
                            term.contexts.push(Context { text: text.to_owned(), source: words::source(source) });
                        }
                        "definition" => join(&mut section.definition, text),
                        "note" | "comment" => join(&mut term.note, text),
                        _ => out.leave(Notice::plain(&kind)),
                    }
                }
            }
            "system" => {}
            other => out.leave(Notice::plain(other)),
        }
    }
    if term.text.is_empty() {
        out.skip(node.line(), "a term without a text");
    } else {
        section.terms.push(term);
    }
}

/// The fields of a group with their kinds and, where one stands in a group within, their source: that of the first.
fn fields(group: Element<'_>) -> Vec<(String, &str, &str)> {
    let kind = |node: &Element<'_>| words::bare(node.attribute("type"));
    let inner = group.named("descripGrp").flat_map(|inner| inner.named("descrip"));
    let source = inner.filter(|field| kind(field) == "source").map(Element::text).next();
    let sources = source.into_iter().chain(std::iter::repeat(""));
    group.named("descrip").zip(sources).map(|(field, source)| (kind(&field), field.text(), source)).collect()
}

fn dates(group: Element<'_>, created: &mut Option<Date>, modified: &mut Option<Date>) {
    let date = group.named("date").find_map(|date| Date::parse(date.text()));
    match group.named("transac").next().map(|transac| transac.attribute("type")) {
        Some("origination") => *created = (*created).or(date),
        Some("modification") => *modified = (*modified).max(date),
        _ => {}
    }
}

fn join(into: &mut String, text: &str) {
    if !into.is_empty() && !text.is_empty() {
        into.push('\n');
    }
    into.push_str(text);
}
