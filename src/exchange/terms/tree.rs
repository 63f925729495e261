//! XML in, entry by entry: each element that makes a concept becomes a small tree, whatever stands around it.

use std::io::BufRead;
use std::ops::Range;

use super::{Error, Read, mtf, tbx_in};
use crate::exchange::xml::{Event, Parts, Reader, Tag};
use crate::notice::notice;

/// Deeper nesting than this is no term base.
const DEEPEST: usize = 64;

/// The parts that are counted.
const CONCEPTS: Parts = Parts { elements: &["conceptEntry", "termEntry", "conceptGrp"], counted: "whole-concepts" };

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

fn is_root(name: &str) -> bool {
    matches!(name, "tbx" | "martif" | "mtf" | "TBX")
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
                if inside.is_empty() && !is_whole(&tag.name) {
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
                    None => take(Element { node: &node, text: &std::mem::take(&mut text) }, &mut out),
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

/// Elements that are read as a whole.
fn is_whole(name: &str) -> bool {
    matches!(name, "conceptEntry" | "termEntry" | "conceptGrp" | "tbxHeader" | "martifHeader")
}

fn take(element: Element<'_>, out: &mut Read) {
    match element.name() {
        "conceptGrp" => mtf::concept(element, out),
        "tbxHeader" | "martifHeader" => tbx_in::header(element, out),
        _ => tbx_in::concept(element, out),
    }
}
