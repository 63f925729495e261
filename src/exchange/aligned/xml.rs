//! XML as the readers of this module need it: elements by their local names, text with its references resolved, lines.
//!
//! A file must end where its elements do: one that is cut short is an error, wherever it was cut.
//!
//! No document type definition is read and nothing is fetched: of entities only the five of XML itself are known, others
//! stay as they are written. Ends that match no beginning are an error, lone ampersands and doubled attributes are not.

use quick_xml::errors::{Error as Broken, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};
use quick_xml::{Reader as Inner, XmlVersion};

use super::Error;
use crate::task::work;

/// What is read.
pub(in crate::exchange) enum Event {
    /// An element begins.
    Start(Tag),
    /// The element of this name ends; empty elements end too.
    End(String),
    /// Text, perhaps a part of it.
    Text(String),
    /// Nothing follows.
    Eof,
}

/// An element's beginning.
pub(in crate::exchange) struct Tag {
    /// The name without a prefix.
    pub(in crate::exchange) name: String,
    /// Its attributes by their names without a prefix.
    pub(in crate::exchange) attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.attributes();
        attributes.with_checks(false);
        let attributes = attributes.flatten().map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            // A value with a broken reference is taken as it is written.
            let value = value.map_or_else(|_| lossy(&attribute.value), std::borrow::Cow::into_owned);
            (lossy(attribute.key.local_name().as_ref()), value)
        });
        Self { name: lossy(tag.local_name().as_ref()), attributes: attributes.collect() }
    }

    /// The value of an attribute by its name without a prefix.
    pub(in crate::exchange) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The elements that make up a kind of file, and what one of them is called, several of them.
#[derive(Clone, Copy)]
pub(in crate::exchange) struct Parts {
    pub(in crate::exchange) elements: &'static [&'static str],
    pub(in crate::exchange) name: &'static str,
}

/// Events in order, each with the line it begins on.
pub(in crate::exchange) struct Reader<'a> {
    content: &'a str,
    inner: Inner<&'a [u8]>,
    /// How far lines are counted, and the line there.
    counted: (usize, usize),
    parts: Parts,
    /// How many of them were read to their end.
    whole: usize,
    /// The elements that are open, by their local names.
    open: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(in crate::exchange) fn new(content: &'a str, parts: Parts) -> Self {
        let mut inner = Inner::from_str(content);
        let config = inner.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { content, inner, counted: (0, 1), parts, whole: 0, open: Vec::new() }
    }

    /// The next event and its line.
    ///
    /// # Errors
    /// [`Error::Line`] where the content is not well formed or ends within an element.
    pub(in crate::exchange) fn next(&mut self) -> Result<(usize, Event), Error> {
        loop {
            let line = self.line();
            let raw = match self.inner.read_event() {
                Ok(raw) => raw,
                Err(Broken::Syntax(problem)) if self.is_at_end(problem) => {
                    return Err(self.cut_short(line, " within the mark-up that begins here"));
                }
                Err(error) => {
                    let problem =
                        format!("not well-formed XML ({error}); export it again from the program it comes from");
                    return Err(Error::Line { line, problem });
                }
            };
            let event = match raw {
                Raw::Start(tag) | Raw::Empty(tag) => Event::Start(Tag::of(&tag)),
                Raw::End(tag) => Event::End(lossy(tag.local_name().as_ref())),
                Raw::Text(text) => Event::Text(text.xml10_content().map_or_else(|_| lossy(&text), Into::into)),
                Raw::CData(text) => Event::Text(text.xml10_content().map_or_else(|_| lossy(&text), Into::into)),
                Raw::GeneralRef(reference) => Event::Text(referred(&reference)),
                Raw::Eof if self.open.is_empty() => Event::Eof,
                Raw::Eof => return Err(self.cut_short(line, "")),
                Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) | Raw::Comment(_) => continue,
            };
            self.note(&event);
            return Ok((line, event));
        }
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.open.push(tag.name.clone()),
            Event::End(name) => {
                self.open.pop();
                self.whole += usize::from(self.parts.elements.contains(&name.as_str()));
            }
            Event::Text(text) => work::step(text.len()),
            Event::Eof => {}
        }
        work::step(1);
    }

    /// What is to be said of a content that ends too early: within which part, and how much there is before it.
    fn cut_short(&self, line: usize, place: &str) -> Error {
        let Parts { elements, name } = self.parts;
        let part = self.open.iter().rev().find(|open| elements.contains(&open.as_str()));
        let within = part.or(self.open.last()).map_or_else(String::new, |open| format!(" within <{open}>"));
        let whole = self.whole;
        let problem = format!(
            "the file ends{within}: it is cut short{place}; {whole} whole {name} were read, export or fetch it again"
        );
        Error::Line { line, problem }
    }

    /// Whether mark-up is broken because the content ends within it. `<!` may be followed by something odd, too.
    fn is_at_end(&self, problem: SyntaxError) -> bool {
        let from = usize::try_from(self.inner.error_position()).unwrap_or(usize::MAX);
        !matches!(problem, SyntaxError::InvalidBangMarkup) || self.content.len().saturating_sub(from) <= 2
    }

    fn line(&mut self) -> usize {
        let at = usize::try_from(self.inner.buffer_position()).unwrap_or(usize::MAX);
        let passed = self.content.get(self.counted.0..at).unwrap_or_default();
        let line = self.counted.1 + passed.matches('\n').count();
        self.counted = (at.max(self.counted.0), line);
        line
    }
}

/// The character that a reference stands for; one that is not known stays as it is written.
fn referred(reference: &BytesRef<'_>) -> String {
    let name = lossy(reference);
    let known = match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        Ok(None) => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
        Err(_) => None,
    };
    known.unwrap_or_else(|| format!("&{name};"))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
