//! The forms in which beads, terms, term bases, doubts and what is not consistent go out, and pairs and term bases come in.
//! No files and no paths: strings and writers only.
//!
//! Tab-separated values everywhere: UTF-8, no quoting, no escapes, nothing trimmed; a tab or line break inside a cell
//! becomes a space on output and is counted. Other control characters are dropped from every table and page and counted:
//! a file with a NUL in it is no text to us or to anybody.

pub mod aligned;
pub mod beads;
pub mod consistency;
pub mod doubts;
pub mod glossary;
pub mod left_out;
#[cfg(test)]
mod linear;
pub mod pairs;
pub mod report;
pub mod table;
pub mod terms;
pub mod tmx;

use crate::import::is_odd_control;
use crate::notice::Notice;

/// A text in some format, and what it could not take over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The text.
    pub content: String,
    /// How many tabs and line breaks were replaced.
    pub replaced: usize,
    /// How many characters were dropped because the format cannot hold them.
    pub dropped: usize,
    /// Which rows are left out because the format has no place for a row with an empty side.
    pub left_out: Vec<usize>,
    /// What else a reader of this form will not find, or its program refuse.
    pub losses: Vec<Notice>,
    /// What is to be said besides, though nothing is lost that anybody wants.
    pub remarks: Vec<Notice>,
}

impl Exported {
    /// What the format could not take over.
    pub fn problems(&self) -> Vec<Notice> {
        let first = self.left_out.first();
        let empty = first.map(|first| Notice::counted("empty-sides", self.left_out.len()).number(first + 1));
        let counted = [Notice::of_any("breaks", self.replaced), Notice::of_any("controls", self.dropped), empty];
        counted.into_iter().flatten().chain(self.losses.iter().cloned()).collect()
    }

    fn whole(content: String) -> Self {
        Self { content, ..Self::default() }
    }

    /// Appends cells as a line of tab-separated values.
    fn push_row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.content.push('\t');
            }
            self.push_cell(cell);
        }
        self.content.push('\n');
    }

    fn push_cell(&mut self, cell: &str) {
        let mut before = ' ';
        for c in cell.chars() {
            let breaks = matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            // A CRLF is one line break.
            if breaks && !(c == '\n' && before == '\r') {
                self.content.push(' ');
                self.replaced += 1;
            } else if !breaks {
                self.push_char(c);
            }
            before = c;
        }
    }

    /// A character, unless it is a control character that text does not use.
    fn push_char(&mut self, c: char) {
        if is_odd_control(c) {
            self.dropped += 1;
        } else {
            self.content.push(c);
        }
    }

    /// Appends text to a page, with what HTML gives a meaning escaped.
    fn push_html(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.content.push_str("&amp;"),
                '<' => self.content.push_str("&lt;"),
                '>' => self.content.push_str("&gt;"),
                '"' => self.content.push_str("&quot;"),
                c => self.push_char(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_tabs_and_breaks_and_nothing_else() {
        let mut out = Exported::default();
        out.push_row(["\"a\tb\" ", "c\r\nd\ne", ""]);
        assert_eq!(out, Exported { content: "\"a b\" \tc d e\t\n".to_owned(), replaced: 3, ..Exported::default() });
    }

    #[test]
    fn control_characters_go_into_no_table_and_no_page_and_are_counted() {
        let mut out = Exported::default();
        out.push_row(["a\0b\u{1b}[31m", "\u{7f}\u{9b}c"]);
        out.push_html("\u{1}<d>");
        assert_eq!((out.content.as_str(), out.dropped), ("ab[31m\tc\n&lt;d&gt;", 5));
        assert_eq!(out.problems(), [Notice::counted("controls", 5)]);
    }
}
