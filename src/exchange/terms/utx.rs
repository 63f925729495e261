//! Universal Terminology eXchange 1.11 (Asia-Pacific Association for Machine Translation): tab-separated values in UTF-8
//! without a byte order mark, lines ended by CRLF, a header of lines that begin with `#`, the last of which names the
//! columns. One direction: the status is that of the target term.
//!
//! A proposed term is `provisional`, a preferred one `approved`, an admitted one `non-standard`, a deprecated one
//! `forbidden`. The standard wants a date in the header; the newest of the entries is taken, and where they have none
//! there is none, so that the same term base always gives the same file.

use std::collections::BTreeMap;

use super::lines::Table;
use super::rows::{self, Row};
use super::sections::{Sections, add};
use super::{Detail, Direction, Error, Read, Reading, TermsForm, Write, words};
use crate::exchange::form::About;
use crate::exchange::lines::{numbered, whole};
use crate::exchange::output::Output;
use crate::lang::Lang;
use crate::notice::{Notice, Tell, notice};
use crate::termbase::{Concept, Section, Status, Term, TermBase};

pub(super) static FORM: TermsForm = TermsForm {
    about: About { code: "utx", endings: &["utx"], name: ["UTX 1.11", "UTX 1.11"], hint: "", programs: &[] },
    holds: &[
        Detail::Deprecated,
        Detail::Subject,
        Detail::Definition,
        Detail::DefinitionInLanguage,
        Detail::ConceptNote,
        Detail::TermNote,
        Detail::Status,
        Detail::PartOfSpeech,
        Detail::Context,
    ],
    write: Some(Write::Pairs(write)),
    read: Some(Reading::Own { looks: is_utx, read: |input| read(&whole(input)?) }),
};

const COLUMNS: [&str; 7] = ["src", "tgt", "src:pos", "tgt:pos", "term status", "concept ID", "comment"];

fn write(base: &TermBase, direction: Direction<'_>, out: &mut Output<'_>) {
    let rows::Rows { rows, mut losses } = rows::all(base, direction);
    let mut table = Table::tabs(out, "\r\n");
    let entries = base.concepts.iter().flat_map(|concept| {
        let terms = concept.all_terms().flat_map(|(_, term)| [term.created, term.modified]);
        [concept.created, concept.modified].into_iter().chain(terms)
    });
    let date = entries.flatten().max().map_or_else(String::new, |date| format!("{date}; "));
    // Readers take what follows the date for `name: value`.
    let (source, target, version) = (direction.source, direction.target, env!("CARGO_PKG_VERSION"));
    table.line(&format!("#UTX 1.11; {source}/{target}; {date}creator: duizhao {version}"));
    table.head(COLUMNS.iter().enumerate().map(|(at, name)| if at == 0 { "#src" } else { name }));
    let mut comments = 0;
    for row in rows {
        if row.source.text.trim_start().starts_with('#') {
            comments += 1;
            continue;
        }
        let comment = comment(&row);
        let pos = |term: &Term, none| term.part_of_speech.map_or(none, crate::termbase::PartOfSpeech::name);
        table.row([
            row.source.text.as_str(),
            &row.target.text,
            pos(row.source, "-"),
            pos(row.target, ""),
            word(row.target.status),
            &row.concept.id,
            &comment,
        ]);
    }
    losses.extend(Notice::of_any("comments-utx", comments));
    table.finish(losses);
}

fn comment(row: &Row<'_>) -> String {
    let mut parts: Vec<String> = row.remarks().collect();
    if row.source.status == Status::Deprecated {
        parts.push("source term deprecated".to_owned());
    }
    parts.extend(row.examples());
    parts.join("; ")
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Proposed => "provisional",
        Status::Preferred => "approved",
        Status::Admitted => "non-standard",
        Status::Deprecated | Status::Rejected => "forbidden",
    }
}

/// Whether a content says that it is UTX.
pub(super) fn is_utx(content: &str) -> bool {
    content.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("#UTX ") || start.eq_ignore_ascii_case("#UTX-"))
}

/// Reads UTX from version 1.00 (`UTX-S`) to 1.11. Entries with the same concept id are one concept.
pub(super) fn read(content: &str) -> Result<Read, Error> {
    let mut lines = numbered(content).filter(|(_, line)| !line.trim().is_empty()).peekable();
    let mut header: Vec<(usize, &str)> = Vec::new();
    while let Some(line) = lines.next_if(|(_, line)| line.starts_with('#')) {
        header.push(line);
    }
    let (source, target) = languages(header.first().map_or("", |(_, line)| line))?;
    let columns: Vec<String> = match header.last() {
        Some((_, names)) if header.len() > 1 => names.trim_start_matches('#').split('\t').map(words::bare).collect(),
        _ => ["src", "tgt", "srcpos"].map(str::to_owned).to_vec(),
    };
    let mut out = Read::default();
    for name in &columns {
        let known =
            ["src", "tgt", "srcpos", "tgtpos", "termstatus", "conceptid", "comment", "srccomment", "tgtcomment"];
        if !known.contains(&name.as_str()) {
            out.leave(notice!("column {0}", name));
        }
    }
    let places = ["src", "tgt", "srcpos", "tgtpos", "termstatus", "conceptid", "comment", "srccomment", "tgtcomment"]
        .map(|name| columns.iter().position(|column| column == name));
    let mut reader = Rows { langs: [source, target], by_id: BTreeMap::new(), sections: Sections::default() };
    for (line, row) in lines.filter(|(_, line)| !line.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        let beyond = cells.iter().skip(columns.len()).filter(|cell| !cell.is_empty()).count();
        out.left_out.details("cells beyond the last column", beyond);
        reader.row(line, places.map(|at| at.and_then(|at| cells.get(at)).copied().unwrap_or_default()), &mut out);
    }
    Ok(out)
}

/// What is known of the rows so far.
struct Rows {
    langs: [Lang; 2],
    by_id: BTreeMap<String, usize>,
    sections: Sections,
}

impl Rows {
    /// A row by its cells: the terms, their parts of speech, status, id, comments.
    fn row(&mut self, line: usize, cells: [&str; 9], out: &mut Read) {
        let [source, target, source_pos, target_pos, status, id, comment, source_note, target_note] = cells;
        if source.is_empty() || target.is_empty() {
            out.skip(line, "without a term in both languages");
            return;
        }
        let known_status = words::status(status);
        if known_status.is_none() && !status.is_empty() {
            out.leave(notice!("status `{0}`", status));
        }
        let mut term = |text: &str, pos: &str, note: &str, status| {
            let part_of_speech = words::part_of_speech(pos);
            // `-` stands for none.
            if part_of_speech.is_none() && !matches!(pos, "" | "-") {
                out.leave(notice!("part of speech `{0}`", pos));
            }
            Term { text: text.to_owned(), part_of_speech, note: note.to_owned(), status, ..Term::default() }
        };
        let terms = [
            term(source, source_pos, source_note, Status::Proposed),
            term(target, target_pos, target_note, known_status.unwrap_or_default()),
        ];
        let known = self.by_id.get(id).copied().filter(|_| !id.is_empty());
        let at = known.unwrap_or(out.base.concepts.len());
        if known.is_none() {
            out.base.concepts.push(Concept { id: id.to_owned(), ..Concept::default() });
            self.by_id.insert(id.to_owned(), at);
        }
        let Some(concept) = out.base.concepts.get_mut(at) else { return };
        add(&mut concept.note, comment);
        for (lang, term) in self.langs.iter().zip(terms) {
            let section = Section { terms: vec![term], ..Section::new(lang.clone()) };
            self.sections.take(at, concept, section, &mut out.left_out);
        }
    }
}

/// The languages of a header such as `#UTX 1.11; en-US/ja-JP; 2026-11-22`.
fn languages(header: &str) -> Result<(Lang, Lang), Error> {
    let wrong = |problem: Notice| Error::Line { line: 1, problem };
    let pair = header.split(';').map(str::trim).find(|part| part.contains('/') && !part.contains(':'));
    let Some((source, target)) = pair.and_then(|pair| pair.split_once('/')) else {
        return Err(wrong(notice!("a UTX header names two languages, such as `#UTX 1.11; en/zh`")));
    };
    let lang = |tag: &str| Lang::parse(tag.trim()).map_err(|problem| wrong(problem.tell()));
    Ok((lang(source)?, lang(target)?))
}
