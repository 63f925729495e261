//! Tables in: comma-, semicolon- or tab-separated values, as glossaries are kept and exported everywhere.
//!
//! The first line is a header if it names two languages (by a tag or a name) or `source` and `target`; its other columns
//! are known by the names that memoQ, MultiTerm and we ourselves give them. Without a header the first two columns are
//! the terms, in the languages given or recognised, and the third is a comment, as in OmegaT's glossaries; further
//! columns may hold the languages, as in those of DeepL. Lines of tab-separated values that begin with `#` are comments.
//!
//! A row is a concept; rows with the same id are one. In a file with a header (but memoQ's, where it means something
//! else) `|` parts synonyms in a cell, as it does for MultiTerm.

use std::collections::{BTreeMap, BTreeSet};

use super::super::aligned::numbered;
use super::super::aligned::table::{records, unquoted};
use super::{Error, Read, memoq, multiterm, words};
use crate::lang::Lang;
use crate::termbase::{Concept, Context, Date};

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    Term(Lang),
    Status(Lang),
    Part(Lang),
    Kind(Lang),
    TermNote(Lang),
    Context(Lang),
    LangDefinition(Lang),
    Id,
    Subject,
    Definition,
    Note,
    Created,
    Modified,
    /// The language of a term, read already.
    Known,
    Other(String),
}

/// A row and the line it begins on.
type Record = (usize, Vec<String>);

pub(super) fn read(content: &str, langs: [Option<&Lang>; 2]) -> Result<Read, Error> {
    let mut rows = rows(content)?;
    let Some((_, first)) = rows.first() else { return Ok(Read::default()) };
    let mut out = Read::default();
    // Where every row says its languages, none names the columns.
    let named = tags(&rows).is_none().then(|| header(first, &rows, langs)).flatten();
    let (columns, head) = match named {
        Some(columns) => (columns, true),
        None => (without_header(&rows, langs)?, false),
    };
    if head {
        rows.remove(0);
    }
    let memoq = columns.iter().any(|column| *column == Column::Other("Term_Info".to_owned()));
    let mut reader = Reader { columns: &columns, parts: head && !memoq, seen: BTreeSet::new(), by_id: BTreeMap::new() };
    for (line, cells) in &rows {
        reader.row(*line, cells, &mut out);
    }
    Ok(out)
}

fn rows(content: &str) -> Result<Vec<Record>, Error> {
    let lines = || content.lines().filter(|line| !line.trim().is_empty()).take(200);
    let first = lines().find(|line| !line.starts_with('#'));
    // A comma-separated file may hold tabs within its cells, but hardly in the first line.
    let tabs = first.is_some_and(|line| line.contains('\t'));
    if tabs && lines().filter(|line| line.contains('\t')).count() * 2 > lines().count() {
        let rows: Vec<Record> = numbered(content)
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(number, line)| (number, line.split('\t').map(str::to_owned).collect()))
            .collect();
        let mut cells = rows.iter().flat_map(|(_, cells)| cells).filter(|cell| !cell.is_empty());
        let all_quoted = cells.all(|cell| unquoted(cell).is_some());
        let plain = |cell: String| match unquoted(&cell) {
            // As spreadsheets write a cell with quotation marks; others may be those of the text.
            Some(bare) if all_quoted || bare.contains('"') => bare,
            _ => cell,
        };
        return Ok(rows.into_iter().map(|(line, cells)| (line, cells.into_iter().map(plain).collect())).collect());
    }
    // The separator that gives more rows a second cell.
    let by = |separator: char| records(content, separator);
    let paired = |rows: &[Record]| rows.iter().filter(|(_, cells)| cells.len() > 1).count();
    match (by(','), by(';')) {
        (Ok(commas), Ok(semicolons)) if paired(&semicolons) > paired(&commas) || is_memoq(&semicolons) => {
            Ok(semicolons)
        }
        (Err(_), Ok(rows)) if paired(&rows) > 0 => Ok(rows),
        (commas, _) => Ok(commas?),
    }
}

fn is_memoq(rows: &[Record]) -> bool {
    rows.first().is_some_and(|(_, cells)| cells.iter().any(|cell| cell == "Entry_ID"))
}

/// The columns that a first row names, if it is a header.
fn header(first: &[String], rows: &[Record], langs: [Option<&Lang>; 2]) -> Option<Vec<Column>> {
    let mut out: Vec<Column> = Vec::new();
    let (mut last, mut terms): (Option<Lang>, BTreeSet<String>) = (None, BTreeSet::new());
    for (at, cell) in first.iter().enumerate() {
        let column = column(cell, last.as_ref(), || side_language(cell, at, first, rows, langs));
        if let Column::Term(lang) = &column {
            terms.insert(lang.tag().to_owned());
            last = Some(lang.clone());
        }
        out.push(column);
    }
    (terms.len() > 1).then_some(out)
}

/// The language of a column that is called `source` or `target`.
fn side_language(name: &str, at: usize, first: &[String], rows: &[Record], langs: [Option<&Lang>; 2]) -> Option<Lang> {
    let (side, word) = match words::bare(name).as_str() {
        "source" | "src" | "sourceterm" | "sourcestring" => (0, "sourcelang"),
        "target" | "tgt" | "targetterm" | "targetstring" | "translation" => (1, "targetlang"),
        _ => return None,
    };
    let named = first.iter().position(|cell| words::bare(cell).starts_with(word));
    let cells = |at: usize| rows.iter().skip(1).filter_map(move |(_, cells)| cells.get(at));
    let named = named.and_then(|at| cells(at).find_map(|cell| Lang::parse(cell.trim()).ok()));
    let sample = || cells(at).take(200).map(String::as_str).collect::<Vec<_>>().join("\n");
    langs[side].cloned().or(named).or_else(|| Lang::recognise(&sample()).ok())
}

fn column(name: &str, last: Option<&Lang>, side: impl Fn() -> Option<Lang>) -> Column {
    let name = name.trim();
    if let Some(lang) = side().or_else(|| words::language(name).filter(|_| !is_detail(name))) {
        return Column::Term(lang);
    }
    let bare = words::bare(name);
    match bare.as_str() {
        "id" | "entryid" | "conceptid" | "stringid" => return Column::Id,
        "subject" | "subjectfield" | "entrysubject" | "domain" => return Column::Subject,
        "definition" | "description" => return Column::Definition,
        "note" | "notes" | "comment" | "comments" | "entrynote" => return Column::Note,
        "created" | "entrycreated" => return Column::Created,
        "modified" | "entrylastmodified" => return Column::Modified,
        _ if bare.starts_with("sourcelang") || bare.starts_with("targetlang") => return Column::Known,
        _ => {}
    }
    // `Chinese Status`, `zh_context`, `English_Def`; or `Term_Example` after the term it is of.
    let (front, word) = name.rsplit_once(['_', ' ']).unwrap_or(("", name));
    let lang = words::language(front).or_else(|| last.cloned());
    let Some(lang) = lang else { return Column::Other(name.to_owned()) };
    match words::bare(word).as_str() {
        "status" => Column::Status(lang),
        "pos" | "speech" => Column::Part(lang),
        "type" => Column::Kind(lang),
        "note" | "comment" => Column::TermNote(lang),
        "context" | "example" => Column::Context(lang),
        "def" | "definition" => Column::LangDefinition(lang),
        _ => Column::Other(name.to_owned()),
    }
}

/// Whether a name that begins with a language goes on with a detail, as in `English_Def`.
fn is_detail(name: &str) -> bool {
    let last = name.rsplit(['_', ' ']).next().map(words::bare).unwrap_or_default();
    ["status", "pos", "speech", "type", "note", "comment", "context", "example", "def", "definition"]
        .contains(&last.as_str())
}

/// The languages that the third and the fourth cell of every row name.
fn tags(rows: &[Record]) -> Option<(Lang, Lang)> {
    let same_tag = |at: usize| {
        let tag = rows.first()?.1.get(at)?;
        let everywhere = rows.iter().all(|(_, cells)| cells.get(at) == Some(tag));
        Lang::parse(tag.trim()).ok().filter(|_| everywhere)
    };
    same_tag(2).zip(same_tag(3)).filter(|_| rows.iter().all(|(_, cells)| cells.len() == 4))
}

/// The columns of a table that does not say them.
fn without_header(rows: &[Record], langs: [Option<&Lang>; 2]) -> Result<Vec<Column>, Error> {
    let cells = |at: usize| rows.iter().filter_map(move |(_, cells)| cells.get(at));
    let tags = tags(rows);
    let mut out = Vec::new();
    for (at, given) in langs.into_iter().enumerate() {
        let tag = tags.as_ref().map(|(source, target)| if at == 0 { source } else { target });
        let recognised = || {
            let sample: Vec<&str> = cells(at).take(1000).map(String::as_str).collect();
            Lang::recognise(&sample.join("\n")).map_err(|problem| Error::Column { column: at + 1, problem })
        };
        let lang = given.or(tag).cloned().map_or_else(recognised, Ok)?;
        out.push(Column::Term(lang));
    }
    if tags.is_some() {
        out.extend([Column::Known, Column::Known]);
    } else {
        out.push(Column::Note);
    }
    Ok(out)
}

struct Reader<'a> {
    columns: &'a [Column],
    /// Whether `|` parts synonyms.
    parts: bool,
    seen: BTreeSet<Vec<String>>,
    by_id: BTreeMap<String, usize>,
}

impl Reader<'_> {
    fn row(&mut self, line: usize, cells: &[String], out: &mut Read) {
        let mut concept = Concept::default();
        let mut terms_seen = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            match self.columns.get(at) {
                Some(Column::Term(lang)) => {
                    terms_seen.push(format!("{lang}\u{1f}{cell}"));
                    let texts: Vec<&str> = if self.parts { cell.split(multiterm::PARTS).collect() } else { vec![cell] };
                    let section = concept.section_mut(lang);
                    for text in texts.into_iter().map(str::trim).filter(|text| !text.is_empty()) {
                        section
                            .terms
                            .push(crate::termbase::Term { text: text.to_owned(), ..crate::termbase::Term::default() });
                    }
                }
                Some(column) => self.detail(column, cell, &mut concept, out),
                None => out.leave(&format!("column {}", at + 1)),
            }
        }
        concept.sections.retain(|section| !section.terms.is_empty());
        if concept.sections.is_empty() || (cells.len() < 2 && self.columns.len() > 1) {
            out.skip(line, "without a term in two columns");
        } else if concept.id.is_empty() && !self.seen.insert(terms_seen) {
            out.skip(line, "the same terms stand above already");
        } else {
            self.keep(concept, out);
        }
    }

    /// What is said of the terms before it in its row.
    fn detail(&self, column: &Column, cell: &str, concept: &mut Concept, out: &mut Read) {
        let values = || cell.split(multiterm::PARTS).map(str::trim);
        match column {
            Column::Status(lang) => {
                for (term, value) in concept.section_mut(lang).terms.iter_mut().zip(values()) {
                    match words::status(value) {
                        Some(status) => term.status = status,
                        None => out.leave(&format!("status `{value}`")),
                    }
                }
            }
            Column::Part(lang) => {
                for (term, value) in concept.section_mut(lang).terms.iter_mut().zip(values()) {
                    term.part_of_speech = words::part_of_speech(value);
                }
            }
            Column::Kind(lang) => {
                for (term, value) in concept.section_mut(lang).terms.iter_mut().zip(values()) {
                    term.kind = words::term_type(value);
                }
            }
            Column::TermNote(lang) => {
                concept.section_mut(lang).terms.last_mut().into_iter().for_each(|term| cell.clone_into(&mut term.note));
            }
            Column::Context(lang) => {
                // Ours carry their places in brackets.
                let texts: Vec<&str> = if self.parts { values().collect() } else { cell.split('\n').collect() };
                let contexts = texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).map(context);
                concept
                    .section_mut(lang)
                    .terms
                    .last_mut()
                    .into_iter()
                    .for_each(|term| term.contexts.extend(contexts.clone()));
            }
            Column::LangDefinition(lang) => cell.clone_into(&mut concept.section_mut(lang).definition),
            Column::Id => cell.clone_into(&mut concept.id),
            Column::Subject => cell.clone_into(&mut concept.subject),
            Column::Definition => cell.clone_into(&mut concept.definition),
            Column::Note => cell.clone_into(&mut concept.note),
            Column::Created => concept.created = date(cell),
            Column::Modified => concept.modified = date(cell),
            Column::Known | Column::Term(_) => {}
            Column::Other(name) => out.leave(&format!("column {name}")),
        }
    }

    fn keep(&mut self, concept: Concept, out: &mut Read) {
        let known = (!concept.id.is_empty()).then(|| self.by_id.get(&concept.id).copied()).flatten();
        let Some(own) = known.and_then(|at| out.base.concepts.get_mut(at)) else {
            self.by_id.insert(concept.id.clone(), out.base.concepts.len());
            out.base.concepts.push(concept);
            return;
        };
        for section in concept.sections {
            let terms = &mut own.section_mut(&section.lang).terms;
            for term in section.terms {
                if !terms.iter().any(|known| known.text == term.text) {
                    terms.push(term);
                }
            }
        }
    }
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
