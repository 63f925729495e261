//! `InterText` (wanthalf.saga.cz/intertext): a file of links and two texts with numbered sentences.
//!
//! The links: one `linkGrp` that names the two texts in `toDoc` and `fromDoc`, and in it `<link type='1-2'
//! xtargets='1:1;1:1 1:2' status='man'/>`: identifiers of sentences of `toDoc`, a semicolon, those of `fromDoc`; the
//! status `man` means that a person has confirmed the link (<https://wanthalf.saga.cz/doc_itserver_details>). The
//! `cesAlign` of OPUS looks alike, but names `fromDoc` first. The source is `fromDoc`.
//!
//! The texts: any XML with `<s id="1:1">`; elements such as `p` and `head` begin paragraphs. Mark-up within a sentence is
//! left out, and a line break there with the blanks around it counts as one line break.

use std::collections::HashMap;
use std::io::BufRead;

use super::links::{Link, arrange};
use super::{Aligned, Detail, Error, LeftOut, Reading, RowsForm, Side};
use crate::exchange::form::About;
use crate::exchange::xml::{Event, Parts, Reader};
use crate::lang::Lang;
use crate::notice::{Notice, notice};

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "intertext",
        endings: &["xml"],
        name: ["Links of InterText with two texts (XML)", "InterText 的链接和两个文本（XML）"],
        hint: "",
        programs: &["InterText"],
    },
    holds: &[Detail::Status],
    write: None,
    read: Some(Reading::BesideTexts),
};

/// Elements that begin a paragraph.
const PARAGRAPHS: [&str; 8] = ["p", "head", "title", "ab", "l", "item", "div", "note"];

/// The parts that are counted.
const LINKS: Parts = Parts { is_one: |name| name == "link", counted: "whole-links" };
const SENTENCES: Parts = Parts { is_one: |name| name == "s", counted: "whole-sentences" };

/// A file of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The name of the source's file as it stands there.
    pub from: String,
    /// The name of the target's file.
    pub to: String,
    /// The links.
    list: Vec<IdLink>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct IdLink {
    line: usize,
    confirmed: bool,
    source: Vec<String>,
    target: Vec<String>,
}

/// A text with numbered sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentences {
    /// The sentences; [`Side::lang`] where the first element names a language.
    pub side: Side,
    /// Lines with text outside of sentences, which is not taken over.
    pub outside: Vec<usize>,
    /// Where each sentence stands.
    numbers: HashMap<String, usize>,
}

impl Sentences {
    fn knows<'a>(&self, ids: impl Iterator<Item = &'a String>) -> usize {
        ids.filter(|id| self.numbers.contains_key(id.as_str())).count()
    }
}

/// Reads the file of links.
///
/// # Errors
/// [`Error::Line`] where it is not well formed or a link not of this form, [`Error::Nothing`] without links.
pub fn read_links(input: &mut dyn BufRead) -> Result<Links, Error> {
    let mut reader = Reader::new(input, LINKS);
    let mut out = Links::default();
    let (mut groups, mut from_first) = (0, false);
    loop {
        let (line, tag) = match reader.next()? {
            (_, Event::Eof) => break,
            (line, Event::Start(tag)) => (line, tag),
            _ => continue,
        };
        match tag.name.as_str() {
            "cesAlign" => from_first = true,
            "linkGrp" => {
                groups += 1;
                if groups > 1 {
                    let problem =
                        notice!("a second group of links begins here; give a file with the links of one pair of texts");
                    return Err(Error::Line { line, problem });
                }
                let name = |name: &str| tag.attribute(name).unwrap_or_default().to_owned();
                (out.from, out.to) = (name("fromDoc"), name("toDoc"));
            }
            "link" => {
                let sides = tag.attribute("xtargets").and_then(|targets| targets.split_once(';'));
                let Some((first, second)) = sides else {
                    let problem = notice!("a link needs `xtargets` with two sides, such as xtargets='1:1;1:1 1:2'");
                    return Err(Error::Line { line, problem });
                };
                let ids = |side: &str| side.split_whitespace().map(str::to_owned).collect();
                let (source, target) = if from_first { (first, second) } else { (second, first) };
                let confirmed = tag.attribute("status") == Some("man");
                out.list.push(IdLink { line, confirmed, source: ids(source), target: ids(target) });
            }
            _ => {}
        }
    }
    if out.list.is_empty() { Err(Error::Nothing("links of InterText: <link xtargets='1:1;1:1'/>")) } else { Ok(out) }
}

/// Reads one of the texts.
///
/// # Errors
/// [`Error::Line`] where it is not well formed or an identifier stands twice, [`Error::Nothing`] without sentences.
pub fn read_text(input: &mut dyn BufRead) -> Result<Sentences, Error> {
    let mut reader = Reader::new(input, SENTENCES);
    let mut out = Sentences::default();
    // Sentences with whether they begin a paragraph; the open one with how deep in it we are.
    let mut sentences: Vec<(String, bool)> = Vec::new();
    let (mut open, mut fresh, mut header) = (0_usize, true, 0_usize);
    loop {
        match reader.next()? {
            (_, Event::Eof) => break,
            (_, Event::Start(tag)) if tag.name == "teiHeader" || header > 0 => header += 1,
            (_, Event::End(_)) if header > 0 => header -= 1,
            (_, Event::Start(_)) if open > 0 => open += 1,
            (_, Event::End(_)) if open > 0 => open -= 1,
            (line, Event::Start(tag)) if tag.name == "s" => {
                let id = tag.attribute("id").unwrap_or_default().to_owned();
                // Without an identifier no link can name it, and it stands alone.
                if !id.is_empty() && out.numbers.insert(id.clone(), sentences.len()).is_some() {
                    let problem = notice!("the identifier {0} stands a second time; export the text again", id);
                    return Err(Error::Line { line, problem });
                }
                sentences.push((String::new(), std::mem::take(&mut fresh)));
                open = 1;
            }
            (_, Event::Start(tag)) => {
                fresh |= PARAGRAPHS.contains(&tag.name.as_str());
                let lang = tag.attribute("lang").and_then(|tag| Lang::parse(tag).ok());
                out.side.lang = out.side.lang.take().or(lang);
            }
            (_, Event::End(name)) => fresh |= PARAGRAPHS.contains(&name.as_str()),
            (_, Event::Text(text)) if open > 0 => {
                if let Some((sentence, _)) = sentences.last_mut() {
                    sentence.push_str(&text);
                }
            }
            (line, Event::Text(text)) if header == 0 && !text.trim().is_empty() => out.outside.push(line),
            (_, Event::Text(_)) => {}
        }
    }
    if sentences.is_empty() {
        return Err(Error::Nothing("sentences such as <s id=\"1:1\">…</s>"));
    }
    out.side.pieces = pieces(sentences);
    Ok(out)
}

/// Sentences with what parts them: a line feed between paragraphs, a blank within one in languages that have them.
fn pieces(mut sentences: Vec<(String, bool)>) -> Vec<String> {
    for (text, _) in &mut sentences {
        *text = unwrapped(text);
    }
    let all: String = sentences.iter().map(|(text, _)| text.as_str()).collect();
    let blank = Lang::recognise(&all).map_or(" ", |lang| if lang.language().has_blanks() { " " } else { "" });
    let ends: Vec<bool> = sentences.iter().skip(1).map(|(_, begins)| *begins).chain([true]).collect();
    let joined = sentences.into_iter().zip(ends).map(|((text, _), last)| match (last, text.is_empty()) {
        (true, _) => text + "\n",
        // A segment is never empty.
        (false, true) => " ".to_owned(),
        (false, false) => text + blank,
    });
    joined.collect()
}

/// Without blanks around the text and around its line breaks.
fn unwrapped(text: &str) -> String {
    let lines = text.split('\n').map(|line| line.trim_matches([' ', '\t', '\r'])).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// How many of the identifiers that links name two texts have: says which of two is the source.
pub fn fit(links: &Links, source: &Sentences, target: &Sentences) -> usize {
    source.knows(links.list.iter().flat_map(|link| &link.source))
        + target.knows(links.list.iter().flat_map(|link| &link.target))
}

/// Joins links and texts.
///
/// # Errors
/// [`Error::Line`], a line of the links, where one names a sentence that is not there.
pub fn join(links: &Links, source: &Sentences, target: &Sentences) -> Result<Aligned, Error> {
    let numbers = |line: usize, ids: &[String], side: &'static str, text: &Sentences| {
        let number = |id: &String| {
            text.numbers.get(id).copied().ok_or_else(|| {
                let problem = notice!(
                    "sentence {0} is named, which the {1} has not; give the texts of these links",
                    id,
                    Notice::said(side)
                );
                Error::Line { line, problem }
            })
        };
        ids.iter().map(number).collect::<Result<Vec<usize>, Error>>()
    };
    let link = |link: &IdLink| {
        let (source, target) =
            (numbers(link.line, &link.source, "source", source)?, numbers(link.line, &link.target, "target", target)?);
        Ok(Link { source, target, score: None, confirmed: link.confirmed, line: link.line })
    };
    let links: Vec<Link> = links.list.iter().map(link).collect::<Result<_, Error>>()?;
    let arranged = arrange(&links, source.side.pieces.len(), target.side.pieces.len())?;
    Ok(Aligned {
        source: source.side.clone(),
        target: target.side.clone(),
        rows: arranged.rows,
        left_out: LeftOut::default(),
        joined: arranged.joined,
    })
}
