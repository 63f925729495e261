//! XML 1.0 out: elements, attributes and text, without characters that it cannot hold.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::escape::{escape, partial_escape};
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::exchange::output::Output;

/// Whether XML 1.0 can hold a character, if only as a reference.
pub(in crate::exchange) fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// A text without characters that XML cannot hold, and how many those are.
pub(in crate::exchange) fn clean(text: &str) -> (Cow<'_, str>, usize) {
    if text.chars().all(holds) {
        return (Cow::Borrowed(text), 0);
    }
    let clean: String = text.chars().filter(|&c| holds(c)).collect();
    let dropped = text.chars().count() - clean.chars().count();
    (Cow::Owned(clean), dropped)
}

/// How quotation marks stand in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum Quotes {
    /// As they are.
    Plain,
    /// As references.
    Escaped,
}

/// A document that grows. What fails is told by [`Output::finish`].
pub(in crate::exchange) struct Xml<'o, 'w> {
    out: Writer<&'o mut Output<'w>>,
    quotes: Quotes,
}

impl<'o, 'w> Xml<'o, 'w> {
    /// A document of UTF-8, with its type where it has one.
    pub(in crate::exchange) fn new(out: &'o mut Output<'w>, quotes: Quotes, doctype: &str) -> Self {
        let mut xml = Self { out: Writer::new(out), quotes };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        if !doctype.is_empty() {
            xml.event(Event::DocType(BytesText::from_escaped(doctype)));
            xml.line();
        }
        xml
    }

    /// An element begins.
    pub(in crate::exchange) fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let attributes = attributes.iter().map(|(key, value)| (*key, self.clean(value)));
        let attributes: Vec<(&str, Cow<'_, str>)> = attributes.collect();
        let attributes = attributes.iter().map(|(key, value)| (*key, &**value));
        let start = BytesStart::new(name).with_attributes(attributes);
        self.event(Event::Start(start));
    }

    /// The element of this name ends.
    pub(in crate::exchange) fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Text. A carriage return stands as a reference, because readers make line feeds of plain ones.
    pub(in crate::exchange) fn text(&mut self, text: &str) {
        let text = self.clean(text);
        let text = if self.quotes == Quotes::Escaped { escape(&*text) } else { partial_escape(&*text) };
        let text = if text.contains('\r') { Cow::Owned(text.replace('\r', "&#13;")) } else { text };
        self.event(Event::Text(BytesText::from_escaped(&*text)));
    }

    /// A line ends.
    pub(in crate::exchange) fn line(&mut self) {
        self.space("\n");
    }

    /// White space between elements.
    pub(in crate::exchange) fn space(&mut self, space: &str) {
        self.event(Event::Text(BytesText::from_escaped(space)));
    }

    /// The text without characters that XML cannot hold, which are counted.
    fn clean<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let (text, dropped) = clean(text);
        self.out.get_mut().lost.dropped += dropped;
        text
    }

    fn event(&mut self, event: Event<'_>) {
        // An output takes everything and keeps its failure.
        let written: io::Result<()> = self.out.write_event(event);
        debug_assert!(written.is_ok(), "{written:?}");
    }
}
