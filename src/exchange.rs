//! The forms in which beads and terms go out and pairs come in. No files and no paths: strings and writers only.
//!
//! Tab-separated values everywhere: UTF-8, no quoting, no escapes, nothing trimmed; a tab or line break inside a cell
//! becomes a space on output and is counted.

pub mod beads;
pub mod glossary;
pub mod pairs;

/// A text in some format, and how many tabs and line breaks in cells became spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The text.
    pub content: String,
    /// How many tabs and line breaks were replaced.
    pub replaced: usize,
}

impl Exported {
    fn whole(content: String) -> Self {
        Self { content, replaced: 0 }
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
                self.content.push(c);
            }
            before = c;
        }
    }
}

/// Escapes what HTML gives a meaning.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if crate::import::is_odd_control(c) => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_tabs_and_breaks_and_nothing_else() {
        let mut out = Exported::default();
        out.push_row(["\"a\tb\" ", "c\r\nd\ne", ""]);
        assert_eq!(out, Exported { content: "\"a b\" \tc d e\t\n".to_owned(), replaced: 3 });
    }
}
