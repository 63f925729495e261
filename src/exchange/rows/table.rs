//! Pairs as a table: the source in one column, the target in another ([`crate::exchange::table`] tells which), further
//! columns told and left out. A row with one empty side is an omission; nothing is trimmed.
//!
//! Out goes a header of the two language tags, `type` and `score`, then one row a line; the notes on the texts stand in a
//! column of their own.

use std::io::BufRead;
use std::ops::Range;

use super::{Aligned, Detail, Error, Reading, RowsForm, Selection, Wishes, score};
use crate::bitext::Document;
use crate::exchange::form::About;
use crate::exchange::lines::whole;
use crate::exchange::output::{Output, on_one_line};
use crate::exchange::table::{self, Layout};
use crate::lang::Lang;
use crate::text::BlockKind;

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "tsv",
        endings: &["tsv", "tab", "csv"],
        name: ["Table (TSV)", "表格（TSV）"],
        hint: "",
        programs: &["LibreOffice Calc", "Microsoft Excel"],
    },
    holds: &[Detail::Kind, Detail::Score, Detail::TextNote],
    write: Some(write),
    read: Some(Reading::Texts { looks, read }),
};

fn write(rows: &Selection<'_>, out: &mut Output<'_>) {
    let notes = rows.notes().join("; ");
    let noted = !notes.is_empty();
    let head = [rows.source.lang.tag(), rows.target.lang.tag(), OURS[0], OURS[1]];
    out.row(head.into_iter().chain(noted.then_some("note")));
    for row in &rows.rows {
        let source = cell(rows.source, &row.bead.source);
        let target = cell(rows.target, &row.bead.target);
        let (kind, score) = (row.bead.kind().to_string(), format!("{:.2}", row.bead.score));
        let cells = [&*source, &*target, &kind, &score];
        out.row(cells.into_iter().chain(noted.then_some(notes.as_str())));
    }
}

/// Segments as they stand, but for what parts paragraphs; the lines of what keeps them are for the cell to tell.
fn cell(document: &Document, segments: &Range<usize>) -> String {
    let text = document.extent(segments.clone());
    let keeps_lines = |at| document.kind(at) == BlockKind::Verbatim;
    if segments.clone().any(keeps_lines) { text.into_owned() } else { on_one_line(&text) }
}

/// What our own export has behind the two texts.
const OURS: [&str; 2] = ["type", "score"];
/// Where its notes stand.
const NOTE: usize = 4;

/// Reads pairs, with the scores and notes of our own export. Given languages say which columns are read, where the header
/// names several; so do columns that a person names.
fn read(input: &mut dyn BufRead, &Wishes { langs, columns }: &Wishes<'_>) -> Result<Aligned, Error> {
    let sheet = table::read(&whole(input)?)?;
    let layout = table::layout(&sheet, langs, columns)?;
    let mut out = Aligned::default();
    let Some([source, target]) = layout.pair(langs) else { return out.checked(EXPECTED) };
    (out.source.lang, out.target.lang) = (lang_of(&layout, source), lang_of(&layout, target));
    let head = sheet.rows.first().map_or(&[][..], |(_, cells)| cells);
    let ours = sheet.exact && head.get(2..4).is_some_and(|cells| cells == OURS);
    let mut others: Vec<usize> = Vec::new();
    // A row is gone when its texts are taken: of a million there are not two copies.
    for (line, cells) in sheet.rows.into_iter().skip(usize::from(layout.head)) {
        let (Some(source_text), Some(target_text)) = (cells.get(source), cells.get(target)) else {
            out.skip(line);
            continue;
        };
        let own_score = cells.get(3).filter(|_| ours).and_then(|cell| score(cell.parse().ok()?));
        out.push_pair(line, source_text, target_text, own_score, false);
        // The notes of both texts stand together, the same on every line.
        let note = cells.get(NOTE).filter(|note| ours && !note.is_empty() && out.source.note.is_none());
        out.source.note = out.source.note.take().or(note.cloned());
        others.resize(others.len().max(cells.len()), 0);
        for (count, cell) in others.iter_mut().zip(&cells) {
            *count += usize::from(!cell.trim().is_empty());
        }
    }
    for (at, count) in others.into_iter().enumerate() {
        if at != source && at != target && !layout.is_known(at) && !(ours && (2..=NOTE).contains(&at)) {
            out.left_out.details(layout.name(at), count);
        }
    }
    out.checked(EXPECTED)
}

const EXPECTED: &str = "one pair a row, source and target separated by a tab, a comma or a semicolon";

/// Whether most lines have a tab, or the names of its columns make it a table.
fn looks(content: &str) -> bool {
    if super::jsonl::looks(content) {
        return false;
    }
    let tabs = content.lines().filter(|line| line.contains('\t')).count() * 2;
    let is_headed =
        |sheet: table::Sheet| sheet.exact || sheet.rows.first().is_some_and(|(_, cells)| table::is_header(cells));
    tabs > content.lines().filter(|line| !line.trim().is_empty()).count() || table::read(content).is_ok_and(is_headed)
}

fn lang_of(layout: &Layout, at: usize) -> Option<Lang> {
    layout.texts().find(|(own, ..)| *own == at).and_then(|(.., lang)| lang.cloned())
}
