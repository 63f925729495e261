//! What TBX 2 and 3 have in common: the data categories of TBX-Basic in the style that names them in attributes (DCA).
//!
//! Which category may stand where follows the rules of TBX-Basic as its keepers published them in 2023: the subject field
//! and a definition at the concept, a definition in a language, contexts and statuses at the term, and the source of a
//! context beside it in one group. A proposed term has no status, for TBX-Basic has none that says so.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use super::xml::{self, Xml};
use crate::date::Date;
use crate::exchange::output::Output;
use crate::notice::Notice;
use crate::task::work;
use crate::termbase::{Concept, PartOfSpeech, Section, Status, Term, TermBase, TermType};

/// What the two versions call the same things.
pub(super) struct Names {
    pub(super) doctype: &'static str,
    pub(super) root: (&'static str, &'static [(&'static str, &'static str)]),
    pub(super) header: &'static str,
    pub(super) entry: &'static str,
    pub(super) language: &'static str,
    pub(super) term: &'static str,
    /// The category of dates.
    pub(super) transaction: &'static str,
    /// The lines after the description of the file.
    pub(super) encoding: Option<(&'static str, &'static str)>,
}

/// Writes a term base that has a term in every section.
pub(super) fn write(base: &TermBase, names: &Names, out: &mut Output<'_>) {
    let mut writer =
        Writer { xml: Xml::new(out, names.doctype), names, ids: BTreeSet::new(), next: BTreeMap::new(), renamed: 0 };
    writer.xml.open(names.root.0, names.root.1);
    writer.header(base);
    writer.xml.open("text", &[]);
    // A body must hold an entry.
    if !base.concepts.is_empty() {
        writer.xml.open("body", &[]);
        for concept in &base.concepts {
            writer.concept(concept);
        }
        writer.xml.close();
    }
    let renamed = writer.renamed;
    writer.xml.finish();
    out.lost.remarks.extend(Notice::of_any("ids-changed", renamed));
}

struct Writer<'a, 'o, 'w> {
    xml: Xml<'o, 'w>,
    names: &'a Names,
    ids: BTreeSet<String>,
    /// Where the search for a free number behind an id goes on.
    next: BTreeMap<String, usize>,
    renamed: usize,
}

impl Writer<'_, '_, '_> {
    fn header(&mut self, base: &TermBase) {
        self.xml.open(self.names.header, &[]);
        self.xml.open("fileDesc", &[]);
        if !base.title.is_empty() || !base.notes.is_empty() {
            self.xml.open("titleStmt", &[]);
            self.xml.element("title", &[], &base.title);
            for note in &base.notes {
                self.xml.element("note", &[], note);
            }
            self.xml.close();
        }
        self.xml.open("sourceDesc", &[]);
        for source in &base.sources {
            self.xml.element("p", &[], source);
        }
        if base.sources.is_empty() {
            // There must be one.
            self.xml.element("p", &[], "");
        }
        self.xml.close();
        self.xml.close();
        if let Some((kind, text)) = self.names.encoding {
            self.xml.open("encodingDesc", &[]);
            self.xml.element("p", &[("type", kind)], text);
            self.xml.close();
        }
        self.xml.close();
    }

    fn concept(&mut self, concept: &Concept) {
        let id = self.id(&concept.id);
        self.xml.open(self.names.entry, &[("id", &id)]);
        self.xml.filled("descrip", &[("type", "subjectField")], &concept.subject);
        self.xml.filled("descrip", &[("type", "definition")], &concept.definition);
        self.dates(concept.created, concept.modified);
        self.xml.filled("note", &[], &concept.note);
        for section in &concept.sections {
            self.section(section);
        }
        self.xml.close();
    }

    fn section(&mut self, section: &Section) {
        self.xml.open(self.names.language, &[("xml:lang", section.lang.tag())]);
        self.xml.filled("descrip", &[("type", "definition")], &section.definition);
        for term in &section.terms {
            self.term(term);
        }
        self.xml.close();
    }

    fn term(&mut self, term: &Term) {
        if term.id.is_empty() {
            self.xml.open(self.names.term, &[]);
        } else {
            let id = self.id(&term.id);
            self.xml.open(self.names.term, &[("id", &id)]);
        }
        self.xml.element("term", &[], &term.text);
        let notes = [
            ("administrativeStatus", status(term.status)),
            ("partOfSpeech", term.part_of_speech.map(PartOfSpeech::name)),
            ("termType", term.kind.map(TermType::name)),
        ];
        for (kind, value) in notes {
            if let Some(value) = value {
                self.xml.element("termNote", &[("type", kind)], value);
            }
        }
        for context in &term.contexts {
            self.xml.open("descripGrp", &[]);
            self.xml.element("descrip", &[("type", "context")], &context.text);
            if let Some(source) = &context.source {
                self.xml.element("admin", &[("type", "source")], &words::place(source));
            }
            self.xml.close();
        }
        self.dates(term.created, term.modified);
        self.xml.filled("note", &[], &term.note);
        self.xml.close();
    }

    fn dates(&mut self, created: Option<Date>, modified: Option<Date>) {
        for (kind, date) in [("origination", created), ("modification", modified)] {
            if let Some(date) = date {
                self.xml.open("transacGrp", &[]);
                self.xml.element("transac", &[("type", self.names.transaction)], kind);
                self.xml.element("date", &[], &date.to_string());
                self.xml.close();
            }
        }
    }

    /// An identifier that no other element of the document has.
    fn id(&mut self, name: &str) -> String {
        let wish = xml::id(if name.is_empty() { "c" } else { name });
        if !name.is_empty() && self.ids.insert(wish.clone()) {
            return wish;
        }
        self.renamed += 1;
        // Numbers that were tried before are taken.
        let next = self.next.entry(wish.clone()).or_insert(2);
        let numbered = (*next..).map(|number| (number, format!("{wish}.{number}")));
        let found = numbered.into_iter().find(|(_, id)| self.ids.insert(id.clone()));
        work::step(1 + found.as_ref().map_or(0, |(number, _)| number - *next));
        found.map_or(wish, |(number, id)| {
            *next = number + 1;
            id
        })
    }
}

fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Preferred => Some("preferredTerm-admn-sts"),
        Status::Admitted => Some("admittedTerm-admn-sts"),
        Status::Deprecated => Some("deprecatedTerm-admn-sts"),
        Status::Proposed | Status::Rejected => None,
    }
}
