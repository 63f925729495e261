//! Tables out: comma-separated values as in RFC 4180, and tab-separated values without quotation marks.

use crate::exchange::output::Output;
use crate::notice::Notice;

/// A table that grows.
pub(super) struct Table<'o, 'w> {
    out: &'o mut Output<'w>,
    separator: char,
    end: &'static str,
    /// Whether a cell may hold line breaks.
    breaks: bool,
    /// Cells that a spreadsheet would take for formulas.
    formulas: usize,
}

impl<'o, 'w> Table<'o, 'w> {
    /// Values separated by `separator`, in quotation marks where they must be.
    pub(super) fn quoted(out: &'o mut Output<'w>, separator: char) -> Self {
        Self { out, separator, end: "\r\n", breaks: true, formulas: 0 }
    }

    /// The same for programs that read line by line: breaks within a cell become blanks.
    pub(super) fn by_lines(out: &'o mut Output<'w>, separator: char) -> Self {
        Self { breaks: false, end: "\n", ..Self::quoted(out, separator) }
    }

    /// Values separated by tabs, never quoted.
    pub(super) fn tabs(out: &'o mut Output<'w>, end: &'static str) -> Self {
        Self { end, breaks: false, ..Self::quoted(out, '\t') }
    }

    /// A line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        let mut written = String::new();
        self.out.lost.cell(&mut written, line);
        self.out.raw(&written);
        self.out.raw(self.end);
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
        let mut line = String::new();
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                line.push(self.separator);
            }
            self.cell(&mut line, cell.trim());
        }
        line.push_str(self.end);
        self.out.raw(&line);
    }

    fn cell(&mut self, line: &mut String, cell: &str) {
        let start = line.len();
        if self.breaks {
            cell.chars().for_each(|c| self.out.lost.char(line, c));
        } else {
            self.out.lost.cell(line, cell);
        }
        if self.separator == '\t' {
            return;
        }
        let written = line.get(start..).unwrap_or_default();
        if written.contains(['"', '\n', '\r', ',', ';', '\t']) || written.contains(self.separator) {
            let quoted = format!("\"{}\"", written.replace('"', "\"\""));
            line.truncate(start);
            line.push_str(&quoted);
        }
    }

    /// The table ends, with what is to be said of it.
    pub(super) fn finish(self, losses: Vec<Notice>) {
        self.out.lost.losses.extend(losses);
        self.out.lost.remarks.extend(Notice::of_any("formulas", self.formulas));
    }
}
