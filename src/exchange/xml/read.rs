//! XML as the readers of this module need it: elements by their local names, text with its references resolved, lines.
//!
//! A file must end where its elements do: one that is cut short is an error, wherever it was cut.
//!
//! No document type definition is read and nothing is fetched: of entities only the five of XML itself are known, others
//! stay as they are written. Ends that match no beginning are an error, lone ampersands and doubled attributes are not.

use std::io::{self, BufRead, Read};

use quick_xml::errors::{Error as Broken, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};
use quick_xml::{Reader as Inner, XmlVersion};

use crate::exchange::error::Error;
use crate::notice::{Notice, notice};
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

/// The elements that make up a kind of file, and the key of what is said of how many were read.
#[derive(Clone, Copy)]
pub(in crate::exchange) struct Parts {
    pub(in crate::exchange) is_one: fn(&str) -> bool,
    pub(in crate::exchange) counted: &'static str,
}

/// Events in order, each with the line it begins on.
pub(in crate::exchange) struct Reader<R> {
    inner: Inner<Counting<R>>,
    buffer: Vec<u8>,
    parts: Parts,
    /// How many of them were read to their end.
    whole: usize,
    /// The elements that are open, by their local names.
    open: Vec<String>,
}

impl<R: BufRead> Reader<R> {
    pub(in crate::exchange) fn new(input: R, parts: Parts) -> Self {
        let mut inner = Inner::from_reader(Counting { input, line: 1, taken: 0 });
        let config = inner.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { inner, buffer: Vec::new(), parts, whole: 0, open: Vec::new() }
    }

    /// The next event and its line.
    ///
    /// # Errors
    /// [`Error::Line`] where the content is not well formed or ends within an element, [`Error::Stopped`].
    pub(in crate::exchange) fn next(&mut self) -> Result<(usize, Event), Error> {
        loop {
            let line = self.inner.get_ref().line;
            self.buffer.clear();
            let event = match self.inner.read_event_into(&mut self.buffer) {
                Ok(raw) => read(&raw),
                Err(error) => return Err(self.broken(line, &error)),
            };
            let Some(event) = event else { continue };
            if matches!(event, Event::Eof) && !self.open.is_empty() {
                return Err(self.cut_short(line, false));
            }
            self.note(&event);
            return Ok((line, event));
        }
    }

    /// What is to be said of mark-up that cannot be read.
    fn broken(&mut self, line: usize, error: &Broken) -> Error {
        match error {
            Broken::Io(problem) => Error::stopped(problem),
            Broken::Syntax(problem) if self.is_at_end(*problem) => self.cut_short(line, true),
            error => {
                let problem = notice!(
                    "not well-formed XML ({0}); export it again from the program it comes from",
                    error.to_string()
                );
                Error::Line { line, problem }
            }
        }
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Start(tag) => self.open.push(tag.name.clone()),
            Event::End(name) => {
                self.open.pop();
                self.whole += usize::from((self.parts.is_one)(name));
            }
            Event::Text(text) => work::step(text.len()),
            Event::Eof => {}
        }
        work::step(1);
    }

    /// What is to be said of a content that ends too early: within which part, and how much there is before it.
    fn cut_short(&self, line: usize, in_markup: bool) -> Error {
        let Parts { is_one, counted } = self.parts;
        let part = self.open.iter().rev().find(|open| is_one(open));
        let whole = Notice::counted(counted, self.whole);
        let problem = match (part.or(self.open.last()), in_markup) {
            (Some(open), false) => {
                notice!("the file ends within <{0}>: it is cut short; {1}, export or fetch it again", open, whole)
            }
            (Some(open), true) => notice!(
                "the file ends within <{0}>: it is cut short within the mark-up that begins here; {1}, export or fetch it again",
                open,
                whole
            ),
            (None, _) => notice!(
                "the file ends: it is cut short within the mark-up that begins here; {0}, export or fetch it again",
                whole
            ),
        };
        Error::Line { line, problem }
    }

    /// Whether mark-up is broken because the content ends within it. `<!` may be followed by something odd, too.
    fn is_at_end(&mut self, problem: SyntaxError) -> bool {
        let from = self.inner.error_position();
        let input = self.inner.get_mut();
        let taken = input.taken.saturating_sub(from);
        let rest = Read::take(&mut input.input, 3).bytes().count();
        !matches!(problem, SyntaxError::InvalidBangMarkup) || taken.saturating_add(rest as u64) <= 2
    }
}

/// What is read of mark-up; nothing where it is no part of the content.
fn read(raw: &Raw<'_>) -> Option<Event> {
    Some(match raw {
        Raw::Start(tag) | Raw::Empty(tag) => Event::Start(Tag::of(tag)),
        Raw::End(tag) => Event::End(lossy(tag.local_name().as_ref())),
        Raw::Text(text) => Event::Text(text.xml10_content().map_or_else(|_| lossy(text), Into::into)),
        Raw::CData(text) => Event::Text(text.xml10_content().map_or_else(|_| lossy(text), Into::into)),
        Raw::GeneralRef(reference) => Event::Text(referred(reference)),
        Raw::Eof => Event::Eof,
        Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) | Raw::Comment(_) => return None,
    })
}

/// An input whose lines and bytes are counted as they are taken.
struct Counting<R> {
    input: R,
    /// The line that what comes next stands on, from 1.
    line: usize,
    taken: u64,
}

/// How many line feeds there are.
fn feeds(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.line += feeds(buffer.get(..count).unwrap_or_default());
        self.taken += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed was filled before, so that this reads nothing.
        if let Ok(filled) = self.input.fill_buf() {
            let taken = filled.get(..count).unwrap_or(filled);
            self.line += feeds(taken);
            self.taken += taken.len() as u64;
        }
        self.input.consume(count);
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
