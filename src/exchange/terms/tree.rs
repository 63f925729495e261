//! XML in, entry by entry: each element that makes a concept becomes a small tree, whatever stands around it.

use std::io::BufRead;
use std::ops::Range;

use super::{Error, FORMS, Read};
use crate::exchange::xml::{Event, Parts, Reader, Tag};
use crate::notice::notice;

/// Deeper nesting than this is no term base.
const DEEPEST: usize = 64;

/// The parts that are counted.
const CONCEPTS: Parts = Parts { is_one: is_entry, counted: "whole-concepts" };

/// The elements of a form that are read.
#[derive(Debug)]
pub(super) struct Elements {
    /// What a file of it may begin with.
    pub(super) roots: &'static [&'static str],
    /// What makes a concept, and how it is taken.
    pub(super) entry: (&'static str, Take),
    /// What holds of the whole file, and how it is taken.
    pub(super) header: Option<(&'static str, Take)>,
}

/// Takes an element over, or says that it is left out.
pub(super) type Take = fn(Element<'_>, &mut Read);

/// An element, its text a stretch of that of the whole entry: text within text is held once, however deep it lies.
#[derive(Debug, Default)]
struct Node {
    /// The name without a prefix.
    name: String,
    line: usize,
    attributes: Vec<(String, String)>,
    text: Range<usize>,
    children: Vec<Node>,
}

/// An element of an entry.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    node: &'a Node,
    /// The text of the whole entry.
    text: &'a str,
}

impl<'a> Element<'a> {
    /// The name without a prefix.
    pub(super) fn name(self) -> &'a str {
        &self.node.name
    }

    pub(super) fn line(self) -> usize {
        self.node.line
    }

    /// All text in it, that of its elements too, without white space around it.
    pub(super) fn text(self) -> &'a str {
        self.text.get(self.node.text.clone()).unwrap_or_default().trim()
    }

    pub(super) fn attribute(self, name: &str) -> &'a str {
        self.node.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        self.node.children.iter().map(move |node| Self { node, text: self.text })
    }

    pub(super) fn named(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }
}

/// Whether a content begins as XML does; the first term of a table may stand in angle brackets, too.
pub(super) fn is_xml(start: &str) -> bool {
    let Some(rest) = start.strip_prefix('<') else { return false };
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let line = rest.lines().next().unwrap_or_default();
    is_root(&name) || rest.starts_with(['?', '!']) || !name.is_empty() && !line.contains(['\t', ',', ';'])
}

fn forms() -> impl Iterator<Item = &'static Elements> {
    FORMS.into_iter().filter_map(|form| form.elements())
}

fn is_root(name: &str) -> bool {
    forms().any(|form| form.roots.contains(&name))
}

fn is_entry(name: &str) -> bool {
    forms().any(|form| form.entry.0 == name)
}

/// How an element that is read as a whole is taken; whatever form the root says, since programs mix them.
fn reading(name: &str) -> Option<Take> {
    let elements = forms().flat_map(|form| [Some(form.entry), form.header]).flatten();
    elements.into_iter().find(|(element, _)| *element == name).map(|(_, take)| take)
}

/// Reads a document of any of the kinds we know.
pub(super) fn read(input: &mut dyn BufRead) -> Result<Read, Error> {
    let mut reader = Reader::new(input, CONCEPTS);
    let mut out = Read::default();
    let mut root = false;
    // How many elements are open outside of entries; the open elements of an entry, and its text.
    let mut outside = 0;
    let mut inside: Vec<Node> = Vec::new();
    let mut text = String::new();
    loop {
        let (line, event) = reader.next()?;
        match event {
            Event::Eof => return Ok(out),
            Event::Start(tag) => {
                if outside + inside.len() >= DEEPEST {
                    let problem = notice!("elements are nested more than {0} deep; this is no term base", DEEPEST);
                    return Err(Error::Line { line, problem });
                }
                if !std::mem::replace(&mut root, true) {
                    expect_root(&tag.name, line)?;
                }
                if inside.is_empty() && reading(&tag.name).is_none() {
                    outside += 1;
                } else {
                    let Tag { name, attributes } = tag;
                    inside.push(Node { name, line, attributes, text: text.len()..text.len(), children: Vec::new() });
                }
            }
            Event::Text(part) if inside.is_empty() => {
                if !part.trim().is_empty() {
                    out.skip(line, "text outside of concepts");
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::End(_) => {
                let Some(mut node) = inside.pop() else {
                    outside -= 1;
                    continue;
                };
                node.text.end = text.len();
                match inside.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => {
                        if let Some(take) = reading(&node.name) {
                            take(Element { node: &node, text: &std::mem::take(&mut text) }, &mut out);
                        }
                    }
                }
            }
        }
    }
}

fn expect_root(name: &str, line: usize) -> Result<(), Error> {
    if is_root(name) {
        return Ok(());
    }
    let problem = notice!(
        "<{0}> begins no term base we know; TBX begins with <tbx> or <martif>, MultiTerm's XML with <mtf>",
        name
    );
    Err(Error::Line { line, problem })
}
