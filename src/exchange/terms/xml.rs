//! XML as the writers of term bases lay it out, elements on lines of their own, and identifiers as XML has them.

use std::fmt::Write as _;

use crate::exchange::output::Output;
use crate::exchange::xml::{self, Quotes, holds};

/// A document that grows.
pub(super) struct Xml<'o, 'w> {
    out: xml::Xml<'o, 'w>,
    open: Vec<&'static str>,
}

impl<'o, 'w> Xml<'o, 'w> {
    /// A document, with its type where it has one.
    pub(super) fn new(out: &'o mut Output<'w>, doctype: &str) -> Self {
        Self { out: xml::Xml::new(out, Quotes::Plain, doctype), open: Vec::new() }
    }

    /// Begins an element that holds elements.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.out.line();
        self.open.push(name);
    }

    /// Ends the element that began last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.space(&" ".repeat(self.open.len()));
            self.out.end(name);
            self.out.line();
        }
    }

    /// An element that holds text.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.begin(name, attributes);
        self.out.text(text.trim());
        self.out.end(name);
        self.out.line();
    }

    /// As [`Self::element`], where there is a text.
    pub(super) fn filled(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if text.chars().any(|c| holds(c) && !c.is_whitespace()) {
            self.element(name, attributes, text);
        }
    }

    /// Ends what is open.
    pub(super) fn finish(mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.space(&" ".repeat(self.open.len()));
        self.out.start(name, attributes);
    }
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
