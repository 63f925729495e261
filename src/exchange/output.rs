//! Where a form is written to, and what it could not take over.

use std::{fmt, io};

use crate::import::is_odd_control;
use crate::notice::Notice;
use crate::text::is_line_end;

/// What a form could not take over, and what else is to be said of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// How many tabs and line breaks were replaced.
    pub replaced: usize,
    /// How many characters were dropped because the form cannot hold them.
    pub dropped: usize,
    /// Which rows are left out because the form has no place for a row with an empty side, by their numbers from 0.
    pub left_out: Vec<usize>,
    /// What else a reader of this form will not find, or its program refuse.
    pub losses: Vec<Notice>,
    /// What is to be said besides, though nothing is lost that anybody wants.
    pub remarks: Vec<Notice>,
}

impl Losses {
    /// What the form could not take over.
    pub fn problems(&self) -> Vec<Notice> {
        let first = self.left_out.first();
        let empty = first.map(|first| Notice::counted("empty-sides", self.left_out.len()).with(first + 1));
        let counted = [Notice::of_any("breaks", self.replaced), Notice::of_any("controls", self.dropped), empty];
        counted.into_iter().flatten().chain(self.losses.iter().cloned()).collect()
    }

    /// Appends a cell of tab-separated values.
    pub(super) fn cell(&mut self, out: &mut String, cell: &str) {
        let mut before = ' ';
        for c in cell.chars() {
            let breaks = matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            // A CRLF is one line break.
            if breaks && !(c == '\n' && before == '\r') {
                out.push(' ');
                self.replaced += 1;
            } else if !breaks {
                self.char(out, c);
            }
            before = c;
        }
    }

    /// Appends a character, unless it is a control character that text does not use.
    pub(super) fn char(&mut self, out: &mut String, c: char) {
        if is_odd_control(c) {
            self.dropped += 1;
        } else {
            out.push(c);
        }
    }

    /// Appends text to a page, with what HTML gives a meaning escaped.
    pub(super) fn html(&mut self, out: &mut String, text: &str) {
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                c => self.char(out, c),
            }
        }
    }
}

/// A text of several paragraphs on one line, for a form without lines in a cell: a blank stands for what parts them, and
/// nothing is lost that anybody wants.
pub(super) fn on_one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(is_line_end, " ")
}

/// So much is gathered before it is written, in bytes.
const GATHERED: usize = 1 << 16;

/// Where a form is written to, with what it could not take over so far. After a failure nothing more is written, and
/// [`Output::finish`] says what failed.
pub(super) struct Output<'w> {
    to: &'w mut dyn io::Write,
    gathered: String,
    /// Bytes that are written, without those gathered.
    written: usize,
    failed: Option<io::Error>,
    pub(super) lost: Losses,
}

impl<'w> Output<'w> {
    pub(super) fn new(to: &'w mut dyn io::Write) -> Self {
        Self { to, gathered: String::new(), written: 0, failed: None, lost: Losses::default() }
    }

    /// All that something writes, and what was lost by it.
    ///
    /// # Errors
    /// The first failure to write.
    pub(super) fn complete(to: &'w mut dyn io::Write, write: impl FnOnce(&mut Self)) -> io::Result<Losses> {
        let mut out = Self::new(to);
        write(&mut out);
        out.finish()
    }

    /// Text as it stands.
    pub(super) fn raw(&mut self, text: &str) {
        self.gathered.push_str(text);
        self.pass_on(GATHERED);
    }

    /// Cells as a line of tab-separated values.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.gathered.push('\t');
            }
            self.lost.cell(&mut self.gathered, cell);
        }
        self.raw("\n");
    }

    /// Text of a page, with what HTML gives a meaning escaped.
    pub(super) fn html(&mut self, text: &str) {
        self.lost.html(&mut self.gathered, text);
        self.pass_on(GATHERED);
    }

    /// How many bytes were given to it so far.
    pub(super) fn len(&self) -> usize {
        self.written + self.gathered.len()
    }

    /// What was lost, when all of it is written.
    ///
    /// # Errors
    /// The first failure to write.
    pub(super) fn finish(mut self) -> io::Result<Losses> {
        self.pass_on(0);
        self.failed.map_or(Ok(self.lost), Err)
    }

    /// Writes what is gathered, if it is more than so many bytes.
    fn pass_on(&mut self, most: usize) {
        if self.gathered.len() <= most {
            return;
        }
        if self.failed.is_none() {
            self.failed = self.to.write_all(self.gathered.as_bytes()).err();
        }
        self.written += self.gathered.len();
        self.gathered.clear();
    }
}

impl fmt::Write for Output<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.raw(text);
        Ok(())
    }
}

/// For libraries that write bytes; what fails is told by [`Output::finish`].
impl io::Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.raw(text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was written, for tests.
#[cfg(test)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) content: String,
    pub(crate) lost: Losses,
}

#[cfg(test)]
impl std::ops::Deref for Written {
    type Target = Losses;

    fn deref(&self) -> &Losses {
        &self.lost
    }
}

/// What something writes.
#[cfg(test)]
pub(crate) fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<Losses>) -> Written {
    let mut bytes = Vec::new();
    let lost = write(&mut bytes).unwrap();
    Written { content: String::from_utf8(bytes).unwrap(), lost }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(write: impl FnOnce(&mut Output<'_>)) -> Written {
        written(|to| Output::complete(to, write))
    }

    #[test]
    fn cells_lose_tabs_and_breaks_and_nothing_else() {
        let out = output(|out| out.row(["\"a\tb\" ", "c\r\nd\ne", ""]));
        let lost = Losses { replaced: 3, ..Losses::default() };
        assert_eq!(out, Written { content: "\"a b\" \tc d e\t\n".to_owned(), lost });
    }

    #[test]
    fn control_characters_go_into_no_table_and_no_page_and_are_counted() {
        let out = output(|out| {
            out.row(["a\0b\u{1b}[31m", "\u{7f}\u{9b}c"]);
            out.html("\u{1}<d>");
        });
        assert_eq!((out.content.as_str(), out.dropped), ("ab[31m\tc\n&lt;d&gt;", 5));
        assert_eq!(out.problems(), [Notice::counted("controls", 5)]);
    }

    /// Takes so many bytes and then no more.
    struct Full(usize);

    impl io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_failure_in_the_middle_is_told_at_the_end_and_memory_stays_bounded() {
        let mut full = Full(3 * GATHERED);
        let mut out = Output::new(&mut full);
        for _ in 0..10 * GATHERED {
            out.raw("abc");
            assert!(out.gathered.len() <= GATHERED);
        }
        assert_eq!(out.len(), 30 * GATHERED);
        assert_eq!(out.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
        let mut room = Full(3 * GATHERED);
        let mut out = Output::new(&mut room);
        out.raw("abc");
        assert_eq!(out.finish().unwrap(), Losses::default());
        assert_eq!(room.0, 3 * GATHERED - 3);
    }
}
