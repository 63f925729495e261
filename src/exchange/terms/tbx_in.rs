//! TBX in: versions 2 and 3, the styles DCA and DCT, and the words for a status of every year.
//!
//! The published rules of TBX-Basic and its keepers' later samples disagree (`administrativeStatus` with
//! `preferredTerm-admn-sts`, or `usageStatus` with `preferred`; `origination` or `creation`): both are read. A superseded
//! term is a deprecated one. A category without a place in a [`TermBase`](crate::termbase::TermBase) is counted, a
//! definition or note in a place of its own (at the term, say) is kept where it fits best.

use super::tree::Node;
use super::{Read, words, xml};
use crate::lang::Lang;
use crate::termbase::{Concept, Context, Date, Section, Term};

/// What holds of the whole file.
pub(super) fn header(node: &Node, out: &mut Read) {
    for description in node.named("fileDesc") {
        for statement in description.named("titleStmt") {
            if let Some(title) = statement.named("title").next() {
                title.text().clone_into(&mut out.base.title);
            }
            let notes = statement.named("note").map(Node::text).filter(|text| !text.is_empty());
            out.base.notes.extend(notes.map(str::to_owned));
        }
        let sources = description.children.iter().filter(|child| child.name == "sourceDesc");
        let texts = sources.flat_map(|source| source.named("p")).map(Node::text).filter(|text| !text.is_empty());
        out.base.sources.extend(texts.map(str::to_owned));
    }
}

/// An entry.
pub(super) fn concept(node: &Node, out: &mut Read) {
    let mut concept = Concept { id: xml::plain_id(node.attribute("id")), ..Concept::default() };
    for child in &node.children {
        match child.name.as_str() {
            "langSec" | "langSet" => section(child, &mut concept, out),
            _ => each_detail(child, &mut |detail, group| match detail.category().as_str() {
                "subjectfield" => join(&mut concept.subject, detail.text()),
                "definition" => join(&mut concept.definition, detail.text()),
                "note" => join(&mut concept.note, detail.text()),
                _ => left(detail, group, &mut concept.created, &mut concept.modified, out),
            }),
        }
    }
    if concept.sections.is_empty() {
        out.skip(node.line, "no term in a language that is supported");
    } else {
        out.base.concepts.push(concept);
    }
}

fn section(node: &Node, concept: &mut Concept, out: &mut Read) {
    let tag = node.attribute("lang");
    let lang = match Lang::parse(tag) {
        Ok(lang) => lang,
        Err(problem) => {
            out.skip(node.line, problem.to_string());
            return;
        }
    };
    let mut section = Section::new(lang);
    for child in &node.children {
        match child.name.as_str() {
            "termSec" | "tig" => term(&[child], &mut section, out),
            "ntig" => {
                let inner: Vec<&Node> = std::iter::once(child).chain(child.named("termGrp")).collect();
                term(&inner, &mut section, out);
            }
            _ => each_detail(child, &mut |detail, group| match detail.category().as_str() {
                "definition" => join(&mut section.definition, detail.text()),
                "note" => join(&mut concept.note, detail.text()),
                _ => left(detail, group, &mut concept.created, &mut concept.modified, out),
            }),
        }
    }
    if section.terms.is_empty() {
        return;
    }
    match concept.sections.iter_mut().find(|own| own.lang == section.lang) {
        Some(own) => {
            own.terms.append(&mut section.terms);
            join(&mut own.definition, &section.definition);
        }
        None => concept.sections.push(section),
    }
}

/// A term, of an element or of one and the group within it.
fn term(nodes: &[&Node], section: &mut Section, out: &mut Read) {
    let first = nodes.first();
    let mut term =
        Term { id: first.map(|node| xml::plain_id(node.attribute("id"))).unwrap_or_default(), ..Term::default() };
    for child in nodes.iter().flat_map(|node| &node.children) {
        if child.name == "term" {
            child.text().clone_into(&mut term.text);
            if term.id.is_empty() {
                term.id = xml::plain_id(child.attribute("id"));
            }
            continue;
        }
        if child.name == "termGrp" {
            continue;
        }
        each_detail(child, &mut |detail, group| {
            let text = detail.text();
            match detail.category().as_str() {
                "administrativestatus" | "usagestatus" | "normativeauthorization" => match words::status(text) {
                    Some(status) => term.status = status,
                    None => out.leave(&format!("{} `{text}`", detail.shown())),
                },
                "partofspeech" => match words::part_of_speech(text) {
                    Some(part) => term.part_of_speech = Some(part),
                    None => out.leave(&format!("{} `{text}`", detail.shown())),
                },
                "termtype" => match words::term_type(text) {
                    Some(kind) => term.kind = Some(kind),
                    None => out.leave(&format!("{} `{text}`", detail.shown())),
                },
                "context" => {
                    let sources = group.iter().filter(|other| other.category() == "source");
                    let places: Vec<&str> =
                        sources.map(|source| source.text()).filter(|text| !text.is_empty()).collect();
                    let source = words::source(&places.join("; "));
                    term.contexts.push(Context { text: text.to_owned(), source });
                }
                "definition" => join(&mut section.definition, text),
                "note" => join(&mut term.note, text),
                _ => left(detail, group, &mut term.created, &mut term.modified, out),
            }
        });
    }
    if term.text.is_empty() {
        out.skip(first.map_or(0, |node| node.line), "a term without a text");
    } else {
        section.terms.push(term);
    }
}

impl Node {
    /// The data category: in style DCA the type, in DCT the element itself.
    fn category(&self) -> String {
        words::bare(self.shown())
    }

    fn shown(&self) -> &str {
        let generic =
            ["termNote", "descrip", "admin", "transac", "transacNote", "adminNote", "descripNote", "ref", "xref"];
        let kind = self.attribute("type");
        if generic.contains(&self.name.as_str()) && !kind.is_empty() { kind } else { &self.name }
    }
}

/// Calls `each` with a detail, or with every detail of a group and the whole group.
fn each_detail(node: &Node, each: &mut dyn FnMut(&Node, &[&Node])) {
    let mut group = Vec::new();
    flatten(node, &mut group);
    if !node.name.ends_with("Grp") {
        each(node, &[]);
        return;
    }
    // The source of a context is read with it.
    let has_context = group.iter().any(|detail| detail.category() == "context");
    for detail in &group {
        if !(has_context && detail.category() == "source") {
            each(detail, &group);
        }
    }
}

/// The details of a group and of the groups in it.
fn flatten<'a>(node: &'a Node, into: &mut Vec<&'a Node>) {
    if node.name.ends_with("Grp") {
        node.children.iter().for_each(|child| flatten(child, into));
    } else {
        into.push(node);
    }
}

/// A detail that is no text of its own: a date, or one without a place.
fn left(detail: &Node, group: &[&Node], created: &mut Option<Date>, modified: &mut Option<Date>, out: &mut Read) {
    let kind = words::bare(detail.text());
    match detail.category().as_str() {
        "transactiontype" | "terminologymanagementtransactions" => {
            let date = group.iter().find(|other| other.name == "date").and_then(|date| Date::parse(date.text()));
            match kind.as_str() {
                "origination" | "creation" | "input" => *created = (*created).or(date),
                "modification" => *modified = (*modified).max(date),
                _ => out.leave(detail.shown()),
            }
        }
        // Beside its transaction.
        "date" if !group.is_empty() => {}
        _ => out.leave(detail.shown()),
    }
}

fn join(into: &mut String, text: &str) {
    if !into.is_empty() && !text.is_empty() {
        into.push('\n');
    }
    into.push_str(text);
}
