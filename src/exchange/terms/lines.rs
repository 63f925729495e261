//! Tables out: comma-separated values as in RFC 4180, and tab-separated values without quotation marks.

use super::super::Exported;
use crate::notice::Notice;

/// A table that grows.
pub(super) struct Table {
    out: Exported,
    separator: char,
    end: &'static str,
    /// Whether a cell may hold line breaks.
    breaks: bool,
    /// Cells that a spreadsheet would take for formulas.
    formulas: usize,
}

impl Table {
    /// Values separated by `separator`, in quotation marks where they must be.
    pub(super) fn quoted(separator: char) -> Self {
        Self { out: Exported::default(), separator, end: "\r\n", breaks: true, formulas: 0 }
    }

    /// The same for programs that read line by line: breaks within a cell become blanks.
    pub(super) fn by_lines(separator: char) -> Self {
        Self { breaks: false, end: "\n", ..Self::quoted(separator) }
    }

    /// Values separated by tabs, never quoted.
    pub(super) fn tabs(end: &'static str) -> Self {
        Self { end, breaks: false, ..Self::quoted('\t') }
    }

    /// A line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        self.out.push_cell(line);
        self.out.content.push_str(self.end);
    }

    /// Names of columns.
    pub(super) fn head<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.cells(cells);
    }

    /// Values.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let cells: Vec<&str> = cells.into_iter().collect();
        let formula = |cell: &&&str| cell.len() > 1 && cell.trim_start().starts_with(['=', '+', '-', '@']);
        self.formulas += cells.iter().filter(formula).count();
        self.cells(cells);
    }

    fn cells<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.out.content.push(self.separator);
            }
            self.cell(cell.trim());
        }
        self.out.content.push_str(self.end);
    }

    fn cell(&mut self, cell: &str) {
        if self.separator == '\t' {
            self.out.push_cell(cell);
            return;
        }
        let start = self.out.content.len();
        if self.breaks {
            cell.chars().for_each(|c| self.out.push_char(c));
        } else {
            self.out.push_cell(cell);
        }
        let written = self.out.content.get(start..).unwrap_or_default();
        if written.contains(['"', '\n', '\r', ',', ';', '\t']) || written.contains(self.separator) {
            let quoted = format!("\"{}\"", written.replace('"', "\"\""));
            self.out.content.truncate(start);
            self.out.content.push_str(&quoted);
        }
    }

    /// The table with what is to be said of it.
    pub(super) fn finish(mut self, losses: Vec<Notice>) -> Exported {
        self.out.losses = losses;
        self.out.remarks.extend(Notice::of_any("formulas", self.formulas));
        self.out
    }
}
