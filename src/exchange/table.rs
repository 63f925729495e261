//! Tables in, for glossaries and pairs of texts alike: values separated by tabs, commas or semicolons.
//!
//! Our own tables, tab-separated and headed by two language codes, are never quoted: there every cell stands as it is. In
//! others a cell may stand in quotation marks, doubled inside, and then hold separators and line breaks (RFC 4180).
//! Tab-separated values have no such standard: there a cell is unquoted where that is certain, which is where the whole of
//! it stands in quotation marks and holds doubled ones and no single ones inside, as spreadsheets write cells with quotation
//! marks, or where every cell of the file stands in quotation marks, or where only quoted cells with line breaks make rows
//! of equal length. Otherwise they may be those of direct speech, and stay.
//!
//! Lines end with a line feed, a carriage return or both. A first line `sep=;` names the separator, as Excel has it.
//! The `csv` crate would do less: it takes no `sep=`, counts no lines that end with carriage returns, and reads on to the
//! end of the file where a quotation mark is never closed.

pub(in crate::exchange) mod heading;
mod layout;
#[cfg(test)]
mod tests;

pub use layout::{Columns, Pick};
pub(in crate::exchange) use layout::{Layout, is_header, layout};

use super::error::Error;
use super::lines::numbered;
use crate::lang::Lang;
use crate::notice::notice;
use crate::task::work;

/// A row and the line it begins on, from 1.
pub(in crate::exchange) type Record = (usize, Vec<String>);

/// The rows of a file, its header among them.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Sheet {
    pub(in crate::exchange) rows: Vec<Record>,
    pub(in crate::exchange) separator: char,
    /// Whether it is a table of ours, in which every cell stands as it is.
    pub(in crate::exchange) exact: bool,
}

/// How many rows are looked at to tell the separator.
const SAMPLE: usize = 500;

/// Reads the rows of a table; blank lines are none.
///
/// # Errors
/// [`Error::Line`] where a quotation mark is never closed.
pub(in crate::exchange) fn read(content: &str) -> Result<Sheet, Error> {
    let (named, content, first) = separator_line(content);
    if named.is_none() && is_ours(content) {
        let rows = lines(content, first).map(|(line, text)| (line, split(text))).collect();
        return Ok(Sheet { rows, separator: '\t', exact: true });
    }
    let separator = named.unwrap_or_else(|| likeliest(content));
    let rows =
        if separator == '\t' { by_tabs(content, first) } else { records(content, separator, first, usize::MAX)? };
    Ok(Sheet { rows, separator, exact: false })
}

/// The separator that a first line `sep=;` names, what follows it, and the line that begins on.
fn separator_line(content: &str) -> (Option<char>, &str, usize) {
    let end = content.find(['\n', '\r']).unwrap_or(content.len());
    let (line, rest) = content.split_at(end);
    let line = line.trim_matches('"');
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| line.get(4..));
    let mut chars = named.unwrap_or_default().trim_matches('"').chars();
    match (chars.next(), chars.next()) {
        (Some(separator), None) => {
            let rest = rest.strip_prefix('\r').unwrap_or(rest);
            (Some(separator), rest.strip_prefix('\n').unwrap_or(rest), 2)
        }
        _ => (None, content, 1),
    }
}

/// Whether two language codes with a tab between them head the file.
fn is_ours(content: &str) -> bool {
    let Some((_, first)) = lines(content, 1).next() else { return false };
    let mut cells = first.split('\t').map(|cell| Lang::named(cell).is_some());
    cells.next() == Some(true) && cells.next() == Some(true)
}

/// Lines that are not empty, numbered from `first`.
fn lines(content: &str, first: usize) -> impl Iterator<Item = (usize, &str)> {
    numbered(content).filter(|(_, line)| !line.is_empty()).map(move |(number, line)| (number + first - 1, line))
}

fn split(line: &str) -> Vec<String> {
    work::step(line.len());
    line.split('\t').map(str::to_owned).collect()
}

/// The separator that gives the most rows the same number of cells, two at least; of equals the first.
fn likeliest(content: &str) -> char {
    let mut head = lines(content, 1).filter(|(_, line)| !line.starts_with('#')).take(SAMPLE).peekable();
    // Values may hold tabs that are separated otherwise, but hardly in the first line.
    if head.peek().is_some_and(|(_, line)| line.contains('\t')) {
        let (mut with, mut all) = (0, 0);
        head.for_each(|(_, line)| (with, all) = (with + usize::from(line.contains('\t')), all + 1));
        if with * 2 > all {
            return '\t';
        }
    }
    let fit = |separator: char| {
        let rows = match separator {
            '\t' => lines(content, 1).take(SAMPLE).map(|(line, text)| (line, split(text))).collect(),
            // A quotation mark that is never closed speaks against a separator, if only as against others.
            _ => records(content, separator, 1, SAMPLE).unwrap_or_default(),
        };
        let mut lengths: Vec<usize> = rows.iter().map(|(_, cells)| cells.len()).filter(|&count| count > 1).collect();
        lengths.sort_unstable();
        let same = lengths.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or_default();
        // A quotation mark within a cell is one that another separator would have taken for its end.
        let bare = |cells: &[String]| !cells.iter().any(|cell| cell.contains('"'));
        let heads = rows.first().is_some_and(|(_, cells)| bare(cells) && layout::is_header(cells));
        (heads, same, lengths.len())
    };
    let fits = [',', ';', '\t'].map(|separator| (fit(separator), separator));
    let best = fits.iter().map(|(fit, _)| *fit).max().unwrap_or_default();
    let found = fits.iter().find(|(fit, _)| *fit == best && fit.2 > 0);
    found.map_or(',', |(_, separator)| *separator)
}

/// Tab-separated values from elsewhere.
fn by_tabs(content: &str, first: usize) -> Vec<Record> {
    // Some programs end lines twice.
    let rows: Vec<Record> =
        lines(content, first).map(|(line, text)| (line, split(text.trim_end_matches('\r')))).collect();
    let even = |rows: &[Record]| {
        rows.first().is_some_and(|(_, head)| head.len() > 1 && rows.iter().all(|(_, cells)| cells.len() == head.len()))
    };
    if !even(&rows) && content.contains('"') {
        // Line breaks in quoted cells, as spreadsheets write them.
        if let Some(quoted) = records(content, '\t', first, usize::MAX).ok().filter(|rows| even(rows)) {
            return quoted;
        }
    }
    let mut cells = rows.iter().flat_map(|(_, cells)| cells).filter(|cell| !cell.is_empty());
    let all_quoted = cells.all(|cell| unquoted(cell).is_some());
    let plain = |cell: String| match unquoted(&cell) {
        Some(bare) if all_quoted || bare.contains('"') => bare,
        _ => cell,
    };
    rows.into_iter().map(|(line, cells)| (line, cells.into_iter().map(plain).collect())).collect()
}

/// What stands in quotation marks, if those inside are all doubled.
fn unquoted(cell: &str) -> Option<String> {
    let inner = cell.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.replace("\"\"", "").contains('"')).then(|| inner.replace("\"\"", "\""))
}

/// The records of values that are separated as in RFC 4180, `most` of them, with the lines they begin on; empty lines are
/// none.
fn records(content: &str, separator: char, first: usize, most: usize) -> Result<Vec<Record>, Error> {
    let mut out = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    // The line, that of the record, and that of the open quotation mark.
    let (mut line, mut begin, mut open) = (first, first, None);
    let (mut fresh, mut any) = (true, false);
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        work::step(1);
        let ends = c == '\n' || c == '\r' && chars.peek() != Some(&'\n');
        line += usize::from(ends);
        match c {
            '"' if open.is_some() && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if open.is_some() => open = None,
            _ if open.is_some() => cell.push(c),
            '"' if fresh => (open, fresh, any) = (Some(line), false, true),
            _ if c == separator => {
                cells.push(std::mem::take(&mut cell));
                (fresh, any) = (true, true);
            }
            _ if ends => {
                cells.push(std::mem::take(&mut cell));
                let record = std::mem::take(&mut cells);
                if any {
                    out.push((begin, record));
                }
                if out.len() == most {
                    return Ok(out);
                }
                (fresh, any, begin) = (true, false, line);
            }
            // Of a line feed and a carriage return before it, the line feed ends the line.
            '\r' => {}
            _ => {
                cell.push(c);
                (fresh, any) = (false, true);
            }
        }
    }
    if let Some(line) = open {
        let problem = notice!(
            "a quotation mark opens a cell here and is never closed; close it, or double the quotation marks \
                       that belong to the text"
        );
        return Err(Error::Line { line, problem });
    }
    if any {
        cells.push(cell);
        out.push((begin, cells));
    }
    Ok(out)
}
