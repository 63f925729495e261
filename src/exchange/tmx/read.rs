//! Translation Memory eXchange in, as leniently as translation tools write it: `lang` for `xml:lang`, any header or none.
//!
//! A unit within another is a unit of its own. Codes of other formats within a segment (`bpt`, `ept`, `it`, `ph`, `ut`) are
//! left out, what they enclose stays. Text that stands in a variant without a segment is one. What makes no part of a unit
//! is listed by its line.

use std::collections::VecDeque;
use std::io::BufRead;

use super::{Header, Unit, Variant};
use crate::exchange::error::Error;
use crate::exchange::left_out::LeftOut;
use crate::exchange::xml::{self, Event, Parts, Tag};

/// Elements whose content is no text of the language.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];
/// The parts that are counted.
const UNITS: Parts = Parts { is_one: |name| name == "tu", counted: "whole-units" };

/// The units of a memory in the order of the lines they begin on, one after the other.
pub(in crate::exchange) struct Reader<R> {
    xml: xml::Reader<R>,
    header: Header,
    left_out: LeftOut,
    /// Units that are open, each within the one before it; with each whether its last variant is open.
    units: Vec<(Unit, bool)>,
    /// Whole units that wait for one that began before them.
    whole: VecDeque<Unit>,
    open: Option<Open>,
    /// Text in the open variant outside of its segment, and the line it begins on.
    bare: (usize, String),
    ended: bool,
}

/// Where the text that comes belongs.
enum Place {
    Note,
    Property(String),
    Segment,
}

/// A text that is being read, and what is open within it.
struct Open {
    place: Place,
    line: usize,
    text: String,
    /// Elements within it; of those that are codes, and within them, how many.
    depth: usize,
    codes: usize,
}

impl<R: BufRead> Reader<R> {
    pub(in crate::exchange) fn new(input: R) -> Self {
        Self {
            xml: xml::Reader::new(input, UNITS),
            header: Header::default(),
            left_out: LeftOut::default(),
            units: Vec::new(),
            whole: VecDeque::new(),
            open: None,
            bare: (0, String::new()),
            ended: false,
        }
    }

    /// What stands before and around the units, as far as they were read, and what was left out.
    pub(in crate::exchange) fn finish(self) -> (Header, LeftOut) {
        (self.header, self.left_out)
    }

    /// Reads on until a unit is whole; nothing at the end.
    fn read(&mut self) -> Result<Option<Unit>, Error> {
        loop {
            // Those within another wait until it is whole.
            if self.units.is_empty()
                && let Some(unit) = self.whole.pop_front()
            {
                return Ok(Some(unit));
            }
            let (line, event) = self.xml.next()?;
            if matches!(event, Event::Eof) {
                return Ok(None);
            }
            self.take(line, event);
        }
    }

    fn take(&mut self, line: usize, event: Event) {
        match (event, &mut self.open) {
            (Event::Eof, _) => {}
            // Highlighting and the like: its text belongs to the segment.
            (Event::Start(tag), Some(inner)) => {
                inner.codes += usize::from(inner.codes > 0 || CODES.contains(&tag.name.as_str()));
                inner.depth += 1;
                if inner.codes > 0 && tag.name == "sub" {
                    self.left_out.line(line, "text within codes");
                }
            }
            (Event::End(_), Some(inner)) if inner.depth > 0 => {
                inner.codes = inner.codes.saturating_sub(1);
                inner.depth -= 1;
            }
            (Event::End(_), Some(_)) => {
                if let Some(whole) = self.open.take() {
                    self.keep(whole);
                }
            }
            (Event::Text(part), Some(inner)) => {
                if inner.codes == 0 {
                    inner.text.push_str(&part);
                }
            }
            (Event::Text(part), None) => self.take_bare(line, &part),
            (Event::Start(tag), None) => self.open = self.begin(line, &tag),
            (Event::End(name), None) => self.end(&name),
        }
    }

    /// An element begins, perhaps one whose text is read.
    fn begin(&mut self, line: usize, tag: &Tag) -> Option<Open> {
        let place = match tag.name.as_str() {
            "header" => {
                self.header.source_tag = tag.attribute("srclang").map(str::to_owned);
                return None;
            }
            "tu" => {
                let id = tag.attribute("tuid").map(str::to_owned);
                self.units.push((Unit { line, id, ..Unit::default() }, false));
                return None;
            }
            "tuv" => {
                match self.units.last_mut() {
                    Some((unit, open)) => {
                        let tag = tag.attribute("lang").unwrap_or_default().trim().to_owned();
                        unit.variants.push(Variant { tag, text: None });
                        *open = true;
                    }
                    None => self.left_out.line(line, "a variant outside of units"),
                }
                return None;
            }
            "note" => Place::Note,
            "prop" => Place::Property(tag.attribute("type").unwrap_or_default().to_owned()),
            "seg" => Place::Segment,
            _ => return None,
        };
        Some(Open { place, line, text: String::new(), depth: 0, codes: 0 })
    }

    fn end(&mut self, name: &str) {
        match name {
            "tu" => {
                if let Some((unit, _)) = self.units.pop() {
                    self.whole.push_back(unit);
                }
                if self.units.is_empty() {
                    self.whole.make_contiguous().sort_by_key(|unit| unit.line);
                }
            }
            "tuv" => self.close_variant(),
            _ => {}
        }
    }

    /// Text outside of segments: some programs write that of a variant so.
    fn take_bare(&mut self, line: usize, part: &str) {
        if matches!(self.units.last(), Some((_, true))) {
            if self.bare.1.trim().is_empty() {
                self.bare.0 = line;
            }
            self.bare.1.push_str(part);
        } else if !part.trim().is_empty() {
            self.left_out.line(line, "text outside of segments");
        }
    }

    fn close_variant(&mut self) {
        let (line, bare) = std::mem::take(&mut self.bare);
        let Some((unit, open)) = self.units.last_mut() else { return };
        *open = false;
        let text = bare.trim_matches([' ', '\t', '\n', '\r']);
        match unit.variants.last_mut().filter(|_| !text.is_empty()) {
            Some(variant) if variant.text.is_none() => variant.text = Some(text.to_owned()),
            Some(_) => self.left_out.line(line, "text outside of segments"),
            None => {}
        }
    }

    /// Puts a finished text where it belongs; a note or property outside of units is one on the whole.
    fn keep(&mut self, open: Open) {
        let text = open.text.trim_matches([' ', '\t', '\n', '\r']).to_owned();
        match (open.place, self.units.last_mut()) {
            (Place::Note, _) if text.is_empty() => {}
            (Place::Note, None) => self.header.notes.push(text),
            (Place::Note, Some((unit, _))) => unit.notes.push(text),
            (Place::Property(kind), Some((unit, _))) => unit.properties.push((kind, text)),
            (Place::Property(_), None) => {}
            (Place::Segment, Some((unit, true))) => match unit.variants.last_mut() {
                Some(variant) if variant.text.is_none() => variant.text = Some(text),
                _ => self.left_out.line(open.line, "a second segment of one variant"),
            },
            (Place::Segment, _) => self.left_out.line(open.line, "a segment outside of variants"),
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Unit, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let unit = self.read().transpose();
        self.ended = !matches!(unit, Some(Ok(_)));
        unit
    }
}
