//! XML 1.0 as the writers of this module need it: elements on lines of their own, text escaped, nothing else.

use std::fmt::Write as _;

use super::super::Exported;

/// A document that grows.
pub(super) struct Xml {
    out: String,
    dropped: usize,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document of UTF-8, with the line that declares its type where there is one.
    pub(super) fn new(doctype: &str) -> Self {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        out.push_str(doctype);
        Self { out, dropped: 0, open: Vec::new() }
    }

    /// Begins an element that holds elements.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.out.push('\n');
        self.open.push(name);
    }

    /// Ends the element that began last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">\n");
        }
    }

    /// An element that holds text.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.begin(name, attributes);
        self.escape(text, false);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// As [`Self::element`], where there is a text.
    pub(super) fn filled(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if !clean(text).is_empty() {
            self.element(name, attributes, text);
        }
    }

    /// The document, and how many characters were dropped.
    pub(super) fn finish(mut self) -> Exported {
        while !self.open.is_empty() {
            self.close();
        }
        Exported { content: self.out, dropped: self.dropped, ..Exported::default() }
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.escape(value, true);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.open.len()));
    }

    /// A carriage return stands as a reference, because readers make line feeds of plain ones; in attributes other white
    /// space does, too.
    fn escape(&mut self, text: &str, attribute: bool) {
        for c in text.trim().chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if attribute => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#13;"),
                '\t' if attribute => self.out.push_str("&#9;"),
                '\n' if attribute => self.out.push_str("&#10;"),
                c if holds(c) => self.out.push(c),
                _ => self.dropped += 1,
            }
        }
    }
}

/// Whether XML 1.0 can hold a character, if only as a reference.
pub(super) fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// What is left of a text in XML.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|&c| holds(c)).collect::<String>().trim().to_owned()
}

/// A name as an XML identifier (`NCName`): what may not stand in one becomes `_xHHHH_`, and so does a `_`
/// before an `x`, so that it is not misread as that. [`plain_id`] gives the name back.
pub(super) fn id(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (at, c) in name.char_indices() {
        let fits = c.is_ascii_alphabetic() || c == '_' || at > 0 && (c.is_ascii_digit() || matches!(c, '-' | '.'));
        let misread = c == '_' && name.get(at + 1..).is_some_and(|rest| rest.starts_with('x'));
        if fits && !misread {
            out.push(c);
        } else {
            let _ = write!(out, "_x{:04X}_", u32::from(c));
        }
    }
    out
}

/// The name that [`id`] was given; other identifiers are names as they are.
pub(super) fn plain_id(id: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(id.len()), id);
    while let Some(c) = rest.chars().next() {
        let (next, length) = escaped(rest).unwrap_or((c, c.len_utf8()));
        out.push(next);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The character that is written as `_xHHHH_` at the beginning of a text, and the length of that.
fn escaped(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix("_x")?;
    let end = inner.find('_').filter(|end| (4..=6).contains(end))?;
    let digits = inner.get(..end)?;
    let upper = digits.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte));
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    // Only what is written so is read so.
    (upper && format!("{:04X}", u32::from(c)) == digits).then_some((c, end + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_names_and_come_back() {
        for (name, written) in [
            ("c1", "c1"),
            ("17", "_x0031_7"),
            ("a b", "a_x0020_b"),
            ("概念", "_x6982__x5FF5_"),
            ("_x0031_7", "_x005F_x0031_7"),
            ("_x005F_", "_x005F_x005F_"),
            ("a_x", "a_x005F_x"),
            ("_x1717\u{200f}", "_x005F_x1717_x200F_"),
            ("😀", "_x1F600_"),
        ] {
            assert_eq!(id(name), written);
            assert_eq!(plain_id(written), name);
        }
    }
}
