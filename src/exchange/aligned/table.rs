//! Pairs as a table: the source in one column, the target in another ([`crate::exchange::table`] tells which), further
//! columns told and left out. A row with one empty side is an omission; nothing is trimmed.

use super::{Aligned, Error, score};
use crate::exchange::table::{self, Columns, Layout};
use crate::lang::Lang;

/// What our own export has behind the two texts.
const OURS: [&str; 2] = ["type", "score"];
/// Where its notes stand.
const NOTE: usize = 4;

/// Reads pairs, with the scores and notes of our own export. Given languages say which columns are read, where the header
/// names several; so do columns that a person names.
///
/// # Errors
/// [`Error::Line`] where a quotation mark is never closed or a column is named that is not there, [`Error::Language`],
/// [`Error::Nothing`].
pub fn table(content: &str, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Aligned, Error> {
    let sheet = table::read(content)?;
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
            out.left_out.details(&layout.name(at), count);
        }
    }
    out.checked(EXPECTED)
}

const EXPECTED: &str = "one pair a row, source and target separated by a tab, a comma or a semicolon";

/// Whether a content is a table by the names of its columns.
pub fn is_table(content: &str) -> bool {
    table::read(content)
        .is_ok_and(|sheet| sheet.exact || sheet.rows.first().is_some_and(|(_, cells)| table::is_header(cells)))
}

fn lang_of(layout: &Layout, at: usize) -> Option<Lang> {
    layout.texts().find(|(own, ..)| *own == at).and_then(|(.., lang)| lang.cloned())
}
