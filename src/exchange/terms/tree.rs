//! XML in, entry by entry: each element that makes a concept becomes a small tree, whatever stands around it.

use super::super::aligned::xml::{Event, Reader};
use super::{Error, Read, mtf, tbx_in};

/// Deeper nesting than this is no term base.
const DEEPEST: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The name without a prefix.
    pub(super) name: String,
    pub(super) line: usize,
    attributes: Vec<(String, String)>,
    /// All text in it, that of its elements too.
    text: String,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The text without white space around it.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
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
pub(super) fn read(content: &str) -> Result<Read, Error> {
    let mut reader = Reader::new(content);
    let mut out = Read::default();
    let mut root: Option<String> = None;
    // What is open outside of entries, and the open elements of an entry.
    let mut outside: Vec<String> = Vec::new();
    let mut inside: Vec<Node> = Vec::new();
    loop {
        let (line, event) = reader.next()?;
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                if outside.len() + inside.len() >= DEEPEST {
                    let problem = format!("elements are nested more than {DEEPEST} deep; this is no term base");
                    return Err(Error::Line { line, problem });
                }
                if root.is_none() {
                    expect_root(&tag.name, line)?;
                    root = Some(tag.name.clone());
                }
                if inside.is_empty() && !is_whole(&tag.name) {
                    outside.push(tag.name);
                } else {
                    inside.push(Node { name: tag.name, line, attributes: tag.attributes, ..Node::default() });
                }
            }
            Event::Text(part) => inside.iter_mut().for_each(|node| node.text.push_str(&part)),
            Event::End(_) => match inside.pop() {
                None => {
                    outside.pop();
                }
                Some(node) => match inside.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => take(&node, &mut out),
                },
            },
        }
    }
    let open = inside.last().map(|node| node.name.as_str()).or(outside.last().map(String::as_str));
    if let Some(name) = open {
        let line = content.matches('\n').count() + 1;
        let problem = format!("the file ends within <{name}>: it is cut short; export or fetch it again");
        return Err(Error::Line { line, problem });
    }
    Ok(out)
}

fn expect_root(name: &str, line: usize) -> Result<(), Error> {
    if is_root(name) {
        return Ok(());
    }
    let problem =
        format!("<{name}> begins no term base we know; TBX begins with <tbx> or <martif>, MultiTerm's XML with <mtf>");
    Err(Error::Line { line, problem })
}

/// Elements that are read as a whole.
fn is_whole(name: &str) -> bool {
    matches!(name, "conceptEntry" | "termEntry" | "conceptGrp" | "tbxHeader" | "martifHeader")
}

fn take(node: &Node, out: &mut Read) {
    match node.name.as_str() {
        "conceptGrp" => mtf::concept(node, out),
        "tbxHeader" | "martifHeader" => tbx_in::header(node, out),
        _ => tbx_in::concept(node, out),
    }
}
