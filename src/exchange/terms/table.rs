//! Tables in, as glossaries are kept and exported everywhere; [`crate::exchange::table`] tells what their columns hold.
//!
//! Without a header the first two columns are the terms, in the languages given or recognised, and the third is a comment,
//! as in OmegaT's glossaries; further columns may hold the languages, as in those of DeepL. Lines of tab-separated values
//! that begin with `#` are comments.
//!
//! A row is a concept; rows with the same id are one. In a file with a header (but memoQ's, where it means something
//! else) `|` parts synonyms in a cell, as it does for MultiTerm.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::heading::{Detail, Heading};
use super::super::table::{self, Columns, Layout, Record};
use super::sections::{Sections, add};
use super::{Error, Read, Reading, TermsForm, memoq, multiterm, words};
use crate::date::Date;
use crate::exchange::form::About;
use crate::lang::Lang;
use crate::notice::notice;
use crate::termbase::{Concept, Context, Term};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "table",
        endings: &["tsv", "csv", "tab", "txt"],
        name: ["Table with a column for each language (TSV, CSV)", "每种语言一列的表格（TSV、CSV）"],
        hint: "",
        programs: &["LibreOffice Calc", "Microsoft Excel"],
    },
    holds: &[],
    write: None,
    read: Some(Reading::Table),
};

/// What a column holds; languages by their numbers.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    Term(usize),
    Status(usize),
    Part(usize),
    Kind(usize),
    TermNote(usize),
    Context(usize),
    LangDefinition(usize),
    Id,
    Subject,
    Definition,
    Note,
    Created,
    Modified,
    /// The language of a term, read already.
    Known,
    Other,
}

pub(super) fn read(content: &str, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Read, Error> {
    let mut sheet = table::read(content)?;
    let mut out = Read::default();
    sheet.rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    if sheet.separator == '\t' && !sheet.exact {
        without_comments(&mut sheet.rows, &mut out);
    }
    let layout = table::layout(&sheet, langs, columns)?;
    let rows = sheet.rows.get(usize::from(layout.head)..).unwrap_or_default();
    // Without a second column there is nothing that could be a translation.
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    if layout.texts().filter(|(at, ..)| *at < widest).count() < 2 {
        return Ok(out);
    }
    let (columns, langs) = columns_of(&layout, rows)?;
    let memoq = layout.columns.iter().any(|column| column.name == "Term_Info");
    let mut reader = Reader {
        columns: &columns,
        layout: &layout,
        langs: &langs,
        parts: layout.head && !memoq,
        seen: BTreeSet::new(),
        by_id: BTreeMap::new(),
        known: Sections::default(),
    };
    for (line, cells) in rows {
        reader.row(*line, cells, &mut out);
    }
    Ok(out)
}

/// Takes out comments; one that looks like an entry is told. A first line that names columns is none.
fn without_comments(rows: &mut Vec<Record>, out: &mut Read) {
    let mut first = true;
    rows.retain(|(line, cells)| {
        let head = std::mem::take(&mut first) && table::is_header(cells);
        let comment = !head && cells.first().is_some_and(|cell| cell.starts_with('#'));
        if comment && cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1 {
            out.skip(*line, "lines that begin with # are comments");
        }
        !comment
    });
}

/// What the columns hold, and the languages they name.
fn columns_of(layout: &Layout, rows: &[Record]) -> Result<(Vec<Column>, Vec<Lang>), Error> {
    let mut langs: Vec<Lang> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |lang: &Lang| {
        *numbers.entry(lang.tag().to_owned()).or_insert_with(|| {
            langs.push(lang.clone());
            langs.len() - 1
        })
    };
    let mut terms: Vec<Option<usize>> = vec![None; layout.columns.len()];
    for (at, _, lang) in layout.texts() {
        let cells = || rows.iter().filter_map(|(_, cells)| cells.get(at)).take(1000).map(String::as_str);
        let found = lang.cloned().map_or_else(
            || {
                let sample: Vec<&str> = cells().collect();
                Lang::recognise(&sample.join("\n")).map_err(|problem| Error::Column { column: at + 1, problem })
            },
            Ok,
        )?;
        if let Some(slot) = terms.get_mut(at) {
            *slot = Some(number(&found));
        }
    }
    let first = |language| {
        let of_language = terms
            .iter()
            .flatten()
            .copied()
            .filter(|&own| langs.get(own).is_some_and(|lang: &Lang| lang.language() == language));
        of_language.min()
    };
    let by_language: BTreeMap<_, usize> =
        crate::lang::Language::KNOWN.into_iter().filter_map(|language| Some((language, first(language)?))).collect();
    let mut last = None;
    let mut out = Vec::with_capacity(layout.columns.len());
    for (column, term) in layout.columns.iter().zip(&terms) {
        last = term.or(last);
        out.push(match (&column.heading, term) {
            (_, Some(term)) => Column::Term(*term),
            (Heading::Id, _) => Column::Id,
            (Heading::Tags(_), _) => Column::Known,
            (Heading::Detail { detail, lang, of_text }, _) => {
                // A detail in a language of which only another region or script has terms is one of those.
                let exact = |lang: &Lang| numbers.get(lang.tag()).copied();
                let of = lang.as_ref().map(|lang| exact(lang).or_else(|| by_language.get(&lang.language()).copied()));
                let of_text = of_text.then_some(last).flatten();
                match of {
                    Some(lang) => detail_column(*detail, lang, lang),
                    None => detail_column(*detail, of_text, of_text.or(last)),
                }
            }
            _ => Column::Other,
        });
    }
    Ok((out, langs))
}

/// A column of details: `own` the language that it names or the terms before it, where it says that it is of a term; `term`
/// the terms that a detail of terms is of.
fn detail_column(detail: Detail, own: Option<usize>, term: Option<usize>) -> Column {
    match (detail, term) {
        (Detail::Subject, _) => Column::Subject,
        (Detail::Created, _) => Column::Created,
        (Detail::Modified, _) => Column::Modified,
        (Detail::Note, _) => own.map_or(Column::Note, Column::TermNote),
        (Detail::Definition, _) => own.map_or(Column::Definition, Column::LangDefinition),
        (Detail::Status, Some(lang)) => Column::Status(lang),
        (Detail::Part, Some(lang)) => Column::Part(lang),
        (Detail::Kind, Some(lang)) => Column::Kind(lang),
        (Detail::Context, Some(lang)) => Column::Context(lang),
        (Detail::Status | Detail::Part | Detail::Kind | Detail::Context, None) => Column::Other,
    }
}

struct Reader<'a> {
    columns: &'a [Column],
    layout: &'a Layout,
    langs: &'a [Lang],
    /// Whether `|` parts synonyms.
    parts: bool,
    seen: BTreeSet<Vec<String>>,
    by_id: BTreeMap<String, usize>,
    /// Of concepts that stand on several rows.
    known: Sections,
}

/// A row as a concept, its sections by the numbers of their languages.
#[derive(Default)]
struct Row {
    concept: Concept,
    sections: BTreeMap<usize, usize>,
}

impl Row {
    fn terms(&mut self, lang: usize) -> &mut [Term] {
        let section = self.sections.get(&lang).and_then(|&at| self.concept.sections.get_mut(at));
        section.map_or(&mut [], |section| &mut section.terms)
    }
}

impl Reader<'_> {
    fn row(&mut self, line: usize, cells: &[String], out: &mut Read) {
        let mut row = Row::default();
        let mut terms_seen = Vec::new();
        // The terms first: what is said of them may stand before them.
        for (at, cell) in filled(cells) {
            if let Some(Column::Term(lang)) = self.columns.get(at) {
                let tag = self.langs.get(*lang).map(Lang::tag).unwrap_or_default();
                terms_seen.push(format!("{tag}\u{1f}{cell}"));
                self.terms(*lang, cell, &mut row);
            }
        }
        let alone = cells.len() < 2 && self.columns.len() > 1;
        for (at, cell) in filled(cells) {
            match self.columns.get(at) {
                Some(Column::Other) | None => out.leave(self.layout.name(at)),
                Some(column) => self.detail(column, cell, &mut row, out),
            }
        }
        let concept = row.concept;
        if alone || concept.sections.is_empty() {
            out.skip(line, "without a term in two columns");
        } else if concept.id.is_empty() && !self.seen.insert(terms_seen) {
            out.skip(line, "the same terms stand above already");
        } else {
            self.keep(concept, out);
        }
    }

    fn terms(&self, lang: usize, cell: &str, row: &mut Row) {
        let texts: Vec<&str> = if self.parts { cell.split(multiterm::PARTS).collect() } else { vec![cell] };
        for text in texts.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
            let at = *row.sections.entry(lang).or_insert_with(|| {
                row.concept.sections.extend(self.langs.get(lang).cloned().map(crate::termbase::Section::new));
                row.concept.sections.len() - 1
            });
            if let Some(section) = row.concept.sections.get_mut(at) {
                section.terms.push(Term { text: text.to_owned(), ..Term::default() });
            }
        }
    }

    /// What is said of the terms of its row, or of the whole.
    fn detail(&self, column: &Column, cell: &str, row: &mut Row, out: &mut Read) {
        match column {
            Column::Status(lang) => {
                self.values(cell, row.terms(*lang), "status `{0}`", out, |term, value| {
                    words::status(value).map(|status| term.status = status)
                });
            }
            Column::Part(lang) => self.values(cell, row.terms(*lang), "part of speech `{0}`", out, |term, value| {
                words::part_of_speech(value).map(|part| term.part_of_speech = Some(part))
            }),
            Column::Kind(lang) => self.values(cell, row.terms(*lang), "type of term `{0}`", out, |term, value| {
                words::term_type(value).map(|kind| term.kind = Some(kind))
            }),
            Column::TermNote(lang) => match row.terms(*lang).last_mut() {
                Some(term) => add(&mut term.note, cell),
                None => add(&mut row.concept.note, cell),
            },
            Column::Context(lang) => {
                // Ours carry their places in brackets.
                let parts = if self.parts { multiterm::PARTS } else { '\n' };
                let texts = cell.split(parts).map(str::trim).filter(|text| !text.is_empty());
                match row.terms(*lang).last_mut() {
                    Some(term) => term.contexts.extend(texts.map(context)),
                    None => out.leave("context of no term"),
                }
            }
            Column::LangDefinition(lang) => {
                let section = row.sections.get(lang).and_then(|&at| row.concept.sections.get_mut(at));
                add(section.map_or(&mut row.concept.definition, |section| &mut section.definition), cell);
            }
            Column::Id => cell.clone_into(&mut row.concept.id),
            Column::Subject => add(&mut row.concept.subject, cell),
            Column::Definition => add(&mut row.concept.definition, cell),
            Column::Note => add(&mut row.concept.note, cell),
            Column::Created | Column::Modified => match date(cell) {
                Some(date) if *column == Column::Created => row.concept.created = Some(date),
                Some(date) => row.concept.modified = Some(date),
                None => out.leave(notice!("date `{0}`", cell)),
            },
            Column::Known | Column::Term(_) | Column::Other => {}
        }
    }

    /// Gives each term its value of a cell; values that mean nothing, or for which there is no term, are told as `what` says.
    fn values(
        &self,
        cell: &str,
        terms: &mut [Term],
        what: &'static str,
        out: &mut Read,
        set: impl Fn(&mut Term, &str) -> Option<()>,
    ) {
        let mut terms = terms.iter_mut();
        let parts: Vec<&str> = if self.parts { cell.split(multiterm::PARTS).collect() } else { vec![cell] };
        for value in parts.into_iter().map(str::trim) {
            let term = terms.next();
            if !value.is_empty() && term.and_then(|term| set(term, value)).is_none() {
                out.leave(notice!(what, value));
            }
        }
    }

    fn keep(&mut self, concept: Concept, out: &mut Read) {
        let known = (!concept.id.is_empty()).then(|| self.by_id.get(&concept.id).copied()).flatten();
        let at = known.unwrap_or(out.base.concepts.len());
        if known.is_none() {
            self.by_id.insert(concept.id.clone(), at);
            let Concept { id, subject, definition, note, created, modified, .. } = concept.clone();
            out.base.concepts.push(Concept { id, subject, definition, note, created, modified, sections: Vec::new() });
        }
        let Some(own) = out.base.concepts.get_mut(at) else { return };
        if known.is_some() {
            for (own, more) in [
                (&mut own.subject, &concept.subject),
                (&mut own.definition, &concept.definition),
                (&mut own.note, &concept.note),
            ] {
                add(own, more);
            }
            own.created = own.created.or(concept.created);
            own.modified = own.modified.max(concept.modified);
        }
        for section in concept.sections {
            self.known.take(at, own, section, &mut out.left_out);
        }
    }
}

/// The cells with something in them.
fn filled(cells: &[String]) -> impl Iterator<Item = (usize, &str)> {
    cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty())
}

fn context(text: &str) -> Context {
    let placed = text.strip_suffix(']').and_then(|text| text.rsplit_once(" ["));
    match placed {
        Some((text, place)) => Context { text: text.to_owned(), source: words::source(place) },
        None => Context { text: text.to_owned(), source: None },
    }
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text).or_else(|| memoq::date(text))
}
