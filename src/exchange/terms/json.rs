//! Our own JSON, `duizhao-termbase` version 1: everything a term base holds; and in, besides, `duizhao-glossary`, the
//! ranked list of an extraction. `assets/schemas` describes both. Fields without a value are left out.
//!
//! Within a version fields may be added; readers pass over those they do not know.

use serde::{Deserialize, Serialize};

use super::{Detail, Error, Read, Reading, TermsForm, Write, words};
use crate::date::Date;
use crate::exchange::form::About;
use crate::exchange::lines::whole;
use crate::exchange::output::Output;
use crate::exchange::report;
use crate::lang::{Lang, Language};
use crate::notice::{Notice, Tell, notice};
use crate::termbase::{Concept, Context, Section, Source, Term, TermBase};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "termbase",
        endings: &["json"],
        name: ["Everything, to be read again (JSON)", "全部内容，可再读入（JSON）"],
        hint: "a term base of our own",
        programs: &["Duizhao"],
    },
    holds: &Detail::ALL,
    write: Some(Write::Whole(write)),
    read: Some(Reading::Own { looks: is_json, read: |input| read(&whole(input)?) }),
};

/// The version of the form.
pub const VERSION: u32 = 1;
const NAME: &str = "duizhao-termbase";

#[derive(Serialize, Deserialize)]
struct BaseRecord {
    format: String,
    version: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    concepts: Vec<ConceptRecord>,
}

#[derive(Serialize, Deserialize)]
struct ConceptRecord {
    id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    languages: Vec<SectionRecord>,
}

#[derive(Serialize, Deserialize)]
struct SectionRecord {
    lang: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    terms: Vec<TermRecord>,
}

#[derive(Serialize, Deserialize)]
struct TermRecord {
    id: String,
    term: String,
    #[serde(default)]
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part_of_speech: Option<String>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(default)]
    contexts: Vec<ContextRecord>,
}

#[derive(Serialize, Deserialize)]
struct ContextRecord {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    segment: Option<u64>,
}

/// The ranked list of an extraction.
#[derive(Deserialize)]
struct GlossaryRecord {
    version: u64,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    terms: Vec<PairRecord>,
}

#[derive(Deserialize)]
struct PairRecord {
    zh: String,
    en: String,
    #[serde(default)]
    contexts: Vec<UnitRecord>,
}

#[derive(Deserialize)]
struct UnitRecord {
    zh: String,
    en: String,
}

/// A concept as an object of our own form: for the project file, which keeps concepts one by one.
pub(crate) fn concept_to_json(concept: &Concept) -> serde_json::Value {
    serde_json::to_value(record(concept)).expect("strings and numbers have a JSON form")
}

/// A concept of an object as [`concept_to_json`] made it.
pub(crate) fn concept_of_json(value: serde_json::Value) -> Option<Concept> {
    let mut left_out = Read::default();
    let concept = read_concept(serde_json::from_value(value).ok()?, &mut left_out).ok()?;
    (left_out == Read::default()).then_some(concept)
}

fn record(concept: &Concept) -> ConceptRecord {
    let date = |date: Option<Date>| date.map(|date| date.to_string());
    let term = |term: &Term| TermRecord {
        id: term.id.clone(),
        term: term.text.clone(),
        status: term.status.name().to_owned(),
        part_of_speech: term.part_of_speech.map(|part| part.name().to_owned()),
        kind: term.kind.map(|kind| kind.name().to_owned()),
        note: term.note.clone(),
        created: date(term.created),
        modified: date(term.modified),
        contexts: term.contexts.iter().map(context).collect(),
    };
    let section = |section: &Section| SectionRecord {
        lang: section.lang.tag().to_owned(),
        definition: section.definition.clone(),
        terms: section.terms.iter().map(term).collect(),
    };
    ConceptRecord {
        id: concept.id.clone(),
        subject: concept.subject.clone(),
        definition: concept.definition.clone(),
        note: concept.note.clone(),
        created: date(concept.created),
        modified: date(concept.modified),
        languages: concept.sections.iter().map(section).collect(),
    }
}

fn write(base: &TermBase, out: &mut Output<'_>) {
    let record = BaseRecord {
        format: NAME.to_owned(),
        version: VERSION.into(),
        title: base.title.clone(),
        sources: base.sources.clone(),
        notes: base.notes.clone(),
        concepts: base.concepts.iter().map(record).collect(),
    };
    report::write_json(&record, out);
}

fn context(context: &Context) -> ContextRecord {
    let source = context.source.as_ref();
    ContextRecord {
        text: context.text.clone(),
        document: source.map(|source| source.document.clone()),
        segment: source.and_then(|source| source.segment),
    }
}

/// Whether a content begins as an object does; a table may begin with a brace, too.
pub(super) fn is_json(start: &str) -> bool {
    start.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

pub(super) fn read(content: &str) -> Result<Read, Error> {
    let broken = |error: serde_json::Error| Error::Line {
        line: error.line(),
        problem: notice!(
            "this is not the JSON of a term base ({0}); assets/schemas/termbase-1.schema.json describes it",
            error.to_string()
        ),
    };
    let value: serde_json::Value = serde_json::from_str(content).map_err(broken)?;
    let version = value.get("version").and_then(serde_json::Value::as_u64);
    if let Some(newer) = version.filter(|&version| version > VERSION.into()) {
        return Err(Error::Version(newer));
    }
    match value.get("format").and_then(serde_json::Value::as_str) {
        // From the text again, for errors that name the line.
        Some(NAME) => base(serde_json::from_str(content).map_err(broken)?),
        Some("duizhao-glossary") => glossary(serde_json::from_str(content).map_err(broken)?),
        _ => {
            Err(Error::Line { line: 1, problem: notice!("its `format` is neither `{0}` nor `duizhao-glossary`", NAME) })
        }
    }
}

fn base(record: BaseRecord) -> Result<Read, Error> {
    let mut out = Read::default();
    (out.base.title, out.base.sources, out.base.notes) = (record.title, record.sources, record.notes);
    for record in record.concepts {
        let concept = read_concept(record, &mut out)?;
        out.base.concepts.push(concept);
    }
    Ok(out)
}

/// A concept; what of it is not taken over is listed.
fn read_concept(from: ConceptRecord, out: &mut Read) -> Result<Concept, Error> {
    let wrong = |problem: Notice| Error::Line { line: 1, problem: notice!("concept `{0}`: {1}", &from.id, problem) };
    let date = |text: Option<String>| {
        let read = |text: String| {
            Date::parse(&text).ok_or_else(|| wrong(notice!("`{0}` is no date such as 2026-11-22", text)))
        };
        text.map(read).transpose()
    };
    let mut concept = Concept {
        id: from.id.clone(),
        subject: from.subject,
        definition: from.definition,
        note: from.note,
        created: date(from.created)?,
        modified: date(from.modified)?,
        sections: Vec::new(),
    };
    for from in from.languages {
        let lang = match Lang::parse(&from.lang) {
            Ok(lang) => lang,
            Err(problem) => {
                out.leave(problem.tell());
                continue;
            }
        };
        let mut section = Section { definition: from.definition, ..Section::new(lang) };
        for term in from.terms {
            section.terms.push(Term {
                id: term.id,
                text: term.term,
                status: word(&term.status, words::status).map_err(wrong)?.unwrap_or_default(),
                part_of_speech: word(&term.part_of_speech.unwrap_or_default(), words::part_of_speech).map_err(wrong)?,
                kind: word(&term.kind.unwrap_or_default(), words::term_type).map_err(wrong)?,
                note: term.note,
                contexts: term.contexts.into_iter().map(place).collect(),
                created: date(term.created)?,
                modified: date(term.modified)?,
            });
        }
        concept.sections.push(section);
    }
    Ok(concept)
}

/// A word of a fixed set; empty stands for none.
fn word<T>(text: &str, known: fn(&str) -> Option<T>) -> Result<Option<T>, Notice> {
    if text.is_empty() {
        Ok(None)
    } else {
        known(text).map(Some).ok_or_else(|| notice!("`{0}` is none of the words for it", text))
    }
}

fn place(record: ContextRecord) -> Context {
    let (document, segment) = (record.document, record.segment);
    let source =
        (document.is_some() || segment.is_some()).then(|| Source { document: document.unwrap_or_default(), segment });
    Context { text: record.text, source }
}

fn glossary(record: GlossaryRecord) -> Result<Read, Error> {
    if record.version != 1 {
        return Err(Error::Version(record.version));
    }
    let mut out = Read::default();
    for pair in record.terms {
        let contexts = |of: fn(&UnitRecord) -> &String| -> Vec<Context> {
            let context = |unit| Context { text: of(unit).clone(), source: None };
            pair.contexts.iter().map(context).collect()
        };
        let section = |language, text: &str, contexts| Section {
            terms: vec![Term { text: text.to_owned(), contexts, ..Term::default() }],
            ..Section::new(Lang::of(language))
        };
        let sections = vec![
            section(Language::Chinese, &pair.zh, contexts(|unit| &unit.zh)),
            section(Language::English, &pair.en, contexts(|unit| &unit.en)),
        ];
        out.base.concepts.push(Concept { sections, ..Concept::default() });
    }
    (out.base.sources, out.base.notes) = (record.sources, record.notes);
    Ok(out)
}
