//! TBX in: versions 2 and 3, the styles DCA and DCT, and the words for a status of every year.
//!
//! The published rules of TBX-Basic and its keepers' later samples disagree (`administrativeStatus` with
//! `preferredTerm-admn-sts`, or `usageStatus` with `preferred`; `origination` or `creation`): both are read. A superseded
//! term is a deprecated one. A category without a place in a [`TermBase`](crate::termbase::TermBase) is counted, a
//! definition or note in a place of its own (at the term, say) is kept where it fits best.

use super::sections::Sections;
use super::tree::Element;
use super::{Read, words, xml};
use crate::date::Date;
use crate::lang::Lang;
use crate::notice::{Notice, Tell};
use crate::termbase::{Concept, Context, Section, Status, Term};

/// What holds of the whole file.
pub(super) fn header(element: Element<'_>, out: &mut Read) {
    for description in element.named("fileDesc") {
        for statement in description.named("titleStmt") {
            if let Some(title) = statement.named("title").next() {
                title.text().clone_into(&mut out.base.title);
            }
            let notes = statement.named("note").map(Element::text).filter(|text| !text.is_empty());
            out.base.notes.extend(notes.map(str::to_owned));
        }
        for source in description.named("sourceDesc") {
            let texts = source.named("p").map(Element::text).filter(|text| !text.is_empty());
            out.base.sources.extend(texts.map(str::to_owned));
        }
    }
}

/// An entry.
pub(super) fn concept(element: Element<'_>, out: &mut Read) {
    let mut concept = Concept { id: xml::plain_id(element.attribute("id")), ..Concept::default() };
    let mut sections = Sections::default();
    for child in element.children() {
        match child.name() {
            "langSec" | "langSet" => section(child, &mut concept, &mut sections, out),
            _ => each_detail(child, out, &mut |detail, group, out| match detail.category().as_str() {
                "subjectfield" => join(&mut concept.subject, detail.text()),
                "definition" => join(&mut concept.definition, detail.text()),
                "note" => join(&mut concept.note, detail.text()),
                _ => left(detail, group, &mut concept.created, &mut concept.modified, out),
            }),
        }
    }
    if concept.sections.is_empty() {
        out.skip(element.line(), "no term under a valid language tag");
    } else {
        out.base.concepts.push(concept);
    }
}

fn section(element: Element<'_>, concept: &mut Concept, sections: &mut Sections, out: &mut Read) {
    let lang = match Lang::parse(element.attribute("lang")) {
        Ok(lang) => lang,
        Err(problem) => return out.skip_language(element.line(), problem.tell()),
    };
    let mut section = Section::new(lang);
    for child in element.children() {
        match child.name() {
            "termSec" | "tig" => term(&[child], &mut section, out),
            "ntig" => {
                let inner: Vec<Element<'_>> = std::iter::once(child).chain(child.named("termGrp")).collect();
                term(&inner, &mut section, out);
            }
            _ => each_detail(child, out, &mut |detail, group, out| match detail.category().as_str() {
                "definition" => join(&mut section.definition, detail.text()),
                "note" => join(&mut concept.note, detail.text()),
                _ => left(detail, group, &mut concept.created, &mut concept.modified, out),
            }),
        }
    }
    if section.terms.is_empty() {
        if !section.definition.is_empty() {
            out.leave("definition in a language without a term");
        }
        return;
    }
    let place = sections.place(0, concept, &section.lang);
    if let Some(own) = concept.sections.get_mut(place) {
        own.terms.append(&mut section.terms);
        join(&mut own.definition, &section.definition);
    }
}

/// A term, of an element or of one and the group within it.
fn term(elements: &[Element<'_>], section: &mut Section, out: &mut Read) {
    let first = elements.first();
    let mut term =
        Term { id: first.map(|element| xml::plain_id(element.attribute("id"))).unwrap_or_default(), ..Term::default() };
    for child in elements.iter().flat_map(|element| element.children()) {
        match child.name() {
            "term" if term.text.is_empty() => {
                child.text().clone_into(&mut term.text);
                if term.id.is_empty() {
                    term.id = xml::plain_id(child.attribute("id"));
                }
            }
            "term" => out.skip(child.line(), "a second term in one place"),
            "termGrp" => {}
            _ => each_detail(child, out, &mut |detail, group, out| {
                if !term_detail(&mut term, section, detail, group) {
                    left(detail, group, &mut term.created, &mut term.modified, out);
                }
            }),
        }
    }
    if term.text.is_empty() {
        out.skip(first.map_or(0, |element| element.line()), "a term without a text");
    } else {
        section.terms.push(term);
    }
}

/// Puts a detail where it belongs; whether it has a place and says something that is known.
fn term_detail(term: &mut Term, section: &mut Section, detail: Element<'_>, group: &mut Group) -> bool {
    let text = detail.text();
    match detail.category().as_str() {
        "administrativestatus" | "usagestatus" | "normativeauthorization" => match words::status(text) {
            Some(status) if term.status == Status::Proposed || term.status == status => term.status = status,
            _ => return false,
        },
        "partofspeech" => match words::part_of_speech(text) {
            Some(part) if term.part_of_speech.is_none_or(|own| own == part) => term.part_of_speech = Some(part),
            _ => return false,
        },
        "termtype" => match words::term_type(text) {
            Some(kind) if term.kind.is_none_or(|own| own == kind) => term.kind = Some(kind),
            _ => return false,
        },
        "context" => {
            let source = words::source(&std::mem::take(&mut group.source));
            term.contexts.push(Context { text: text.to_owned(), source });
        }
        "definition" => join(&mut section.definition, text),
        "note" => join(&mut term.note, text),
        _ => return false,
    }
    true
}

impl<'a> Element<'a> {
    /// The data category: in style DCA the type, in DCT the element itself.
    fn category(self) -> String {
        words::bare(self.shown())
    }

    fn shown(self) -> &'a str {
        let generic =
            ["termNote", "descrip", "admin", "transac", "transacNote", "adminNote", "descripNote", "ref", "xref"];
        let kind = self.attribute("type");
        if generic.contains(&self.name()) && !kind.is_empty() { kind } else { self.name() }
    }

    /// What it is called where it is told, with its value where that is one of few.
    fn told(self) -> String {
        let valued = matches!(
            self.category().as_str(),
            "administrativestatus" | "usagestatus" | "normativeauthorization" | "partofspeech" | "termtype"
        );
        if valued { format!("{} `{}`", self.shown(), self.text()) } else { self.shown().to_owned() }
    }
}

/// What details that stand together say of each other.
#[derive(Default)]
struct Group {
    /// Whether there is one.
    any: bool,
    /// Its date, for its transaction.
    date: Option<Date>,
    /// The sources of its context, for the first that takes them.
    source: String,
}

/// Calls `each` with a detail, or with every detail of a group and what is known of the whole group.
fn each_detail<'a>(element: Element<'a>, out: &mut Read, each: &mut dyn FnMut(Element<'a>, &mut Group, &mut Read)) {
    if !element.name().ends_with("Grp") {
        return each(element, &mut Group::default(), out);
    }
    let mut details = Vec::new();
    flatten(element, &mut details);
    let mut group = Group { any: true, ..Group::default() };
    group.date = details.iter().find(|other| other.name() == "date").and_then(|date| Date::parse(date.text()));
    // The source of a context is read with it.
    let has_context = details.iter().any(|detail| detail.category() == "context");
    if has_context {
        let sources = details.iter().filter(|other| other.category() == "source").map(|source| source.text());
        group.source = sources.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    }
    for detail in details {
        if !(has_context && detail.category() == "source") {
            each(detail, &mut group, out);
        }
    }
}

/// The details of a group and of the groups in it.
fn flatten<'a>(element: Element<'a>, into: &mut Vec<Element<'a>>) {
    if element.name().ends_with("Grp") {
        element.children().for_each(|child| flatten(child, into));
    } else {
        into.push(element);
    }
}

/// A detail that is no text of its own: a date, or one without a place.
fn left(detail: Element<'_>, group: &Group, created: &mut Option<Date>, modified: &mut Option<Date>, out: &mut Read) {
    match detail.category().as_str() {
        "transactiontype" | "terminologymanagementtransactions" => match words::bare(detail.text()).as_str() {
            "origination" | "creation" | "input" => *created = (*created).or(group.date),
            "modification" => *modified = (*modified).max(group.date),
            _ => out.leave(Notice::plain(detail.told())),
        },
        // Beside its transaction.
        "date" if group.any => {}
        _ => out.leave(Notice::plain(detail.told())),
    }
}

fn join(into: &mut String, text: &str) {
    if !into.is_empty() && !text.is_empty() {
        into.push('\n');
    }
    into.push_str(text);
}
