//! Pairs as tab-separated or comma-separated values: source, target, further columns ignored.
//!
//! The first line is a header only if its first two cells are tags of languages we know. A row with one empty side is an
//! omission.
//!
//! Comma-separated values follow RFC 4180: a cell may stand in quotation marks, doubled inside, and then hold commas and
//! line breaks. Tab-separated values have no such standard: our own are never quoted, and in a file with our header every
//! cell stands as it is. Elsewhere a cell is unquoted where that is certain: where the whole of it stands in quotation
//! marks and holds doubled ones and no single ones inside, as spreadsheets write cells with quotation marks, or where
//! every cell of the file stands in quotation marks. Otherwise they may be those of direct speech, and stay.

use std::borrow::Cow;

use super::{Aligned, Error, numbered, score};
use crate::lang::Lang;

/// Reads pairs separated by tabs, with the scores and notes of our own export.
///
/// # Errors
/// [`Error::Nothing`].
pub fn tsv(content: &str) -> Result<Aligned, Error> {
    let mut rows: Vec<(usize, Vec<&str>)> = numbered(content)
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line)| (number, line.split('\t').collect()))
        .collect();
    let mut out = Aligned::default();
    let header = rows.first().and_then(|(_, cells)| header(cells));
    let mut ours = false;
    if let Some((source, target)) = header {
        let (_, cells) = rows.remove(0);
        ours = cells.get(2..4) == Some(&["type", "score"]);
        (out.source.lang, out.target.lang) = (Some(source), Some(target));
    }
    let mut pairs = rows.iter().flat_map(|(_, cells)| cells.iter().take(2)).filter(|cell| !cell.is_empty());
    let all_quoted = pairs.all(|cell| unquoted(cell).is_some());
    for (line, cells) in &rows {
        let [source, target, rest @ ..] = cells.as_slice() else {
            out.skipped.push(*line);
            continue;
        };
        if !ours {
            out.push_pair(*line, &plain(source, all_quoted), &plain(target, all_quoted), None, false);
            continue;
        }
        let own_score = rest.get(1).and_then(|cell| score(cell.parse().ok()?));
        out.push_pair(*line, source, target, own_score, false);
        // The notes of both texts stand together, the same on every line.
        if let Some(note) = rest.get(2).filter(|note| !note.is_empty() && out.source.note.is_none()) {
            out.source.note = Some((*note).to_owned());
        }
    }
    out.checked("one pair a line, source and target separated by a tab")
}

/// Reads pairs separated by commas.
///
/// # Errors
/// [`Error::Line`] where a quotation mark is never closed, [`Error::Nothing`].
pub fn csv(content: &str) -> Result<Aligned, Error> {
    let mut rows = records(content, ',')?;
    let mut out = Aligned::default();
    let first: Option<Vec<&str>> = rows.first().map(|(_, cells)| cells.iter().map(String::as_str).collect());
    if let Some((source, target)) = first.and_then(|cells| header(&cells)) {
        rows.remove(0);
        (out.source.lang, out.target.lang) = (Some(source), Some(target));
    }
    for (line, cells) in &rows {
        match cells.as_slice() {
            [source, target, ..] => out.push_pair(*line, source, target, None, false),
            _ => out.skipped.push(*line),
        }
    }
    out.checked("one pair a row, source and target separated by a comma")
}

fn header(cells: &[&str]) -> Option<(Lang, Lang)> {
    let lang = |at: usize| Lang::parse(unquoted(cells.get(at)?).as_deref().unwrap_or(cells.get(at)?).trim()).ok();
    lang(0).zip(lang(1))
}

/// A cell of tab-separated values without quotation marks that are certainly of the format.
fn plain(cell: &str, all_quoted: bool) -> Cow<'_, str> {
    let bare = unquoted(cell).filter(|bare| all_quoted || bare.contains('"'));
    bare.map_or(Cow::Borrowed(cell), Cow::Owned)
}

/// What stands in quotation marks, if those inside are all doubled.
pub(in crate::exchange) fn unquoted(cell: &str) -> Option<String> {
    let inner = cell.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.replace("\"\"", "").contains('"')).then(|| inner.replace("\"\"", "\""))
}

/// The records of values that are separated as in RFC 4180, with the lines they begin on; empty lines are none.
pub(in crate::exchange) fn records(content: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, Error> {
    let mut out = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    // The line, that of the record, and that of the open quotation mark.
    let (mut line, mut begin, mut open) = (1, 1, None);
    let (mut fresh, mut any) = (true, false);
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if open.is_some() && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if open.is_some() => open = None,
            _ if open.is_some() => cell.push(c),
            '"' if fresh => (open, fresh, any) = (Some(line), false, true),
            _ if c == separator => {
                cells.push(std::mem::take(&mut cell));
                (fresh, any) = (true, true);
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                let record = std::mem::take(&mut cells);
                if any {
                    out.push((begin, record));
                }
                (fresh, any, begin) = (true, false, line);
            }
            _ => {
                cell.push(c);
                (fresh, any) = (false, true);
            }
        }
    }
    if let Some(line) = open {
        let problem = "a quotation mark opens a cell here and is never closed; close it, or double the quotation marks \
                       that belong to the text";
        return Err(Error::Line { line, problem: problem.to_owned() });
    }
    if any {
        cells.push(cell);
        out.push((begin, cells));
    }
    Ok(out)
}
