//! Translation Memory eXchange in, as leniently as translation tools write it: `lang` for `xml:lang`, any header or none.
//!
//! Each unit is a row of two languages; one that lacks text in either is listed by its line, and so is what a unit has
//! besides: texts in other languages, a second one in the same, a second segment of one variant. A unit within another is
//! a unit of its own. Codes of other formats within a segment (`bpt`, `ept`, `it`, `ph`, `ut`) are left out, what they
//! enclose stays.

use std::collections::HashSet;

use super::xml::{Event, Parts, Reader, Tag};
use super::{Aligned, Error, LeftOut, score};
use crate::lang::{Error as LangError, Lang};

/// Elements whose content is no text of the language.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];
/// The parts that are counted.
const UNITS: Parts = Parts { elements: &["tu"], name: "units" };

/// A unit.
#[derive(Default)]
struct Unit {
    line: usize,
    score: Option<f32>,
    confirmed: bool,
    /// The texts with their language tags.
    variants: Vec<Variant>,
    /// Whether the last of them is open.
    open: bool,
}

#[derive(Default)]
struct Variant {
    tag: String,
    text: Option<String>,
}

/// What is read of a file.
#[derive(Default)]
struct Memory {
    source_tag: Option<String>,
    note: Option<String>,
    units: Vec<Unit>,
    left_out: LeftOut,
}

/// Reads a translation memory; of several languages those that answer the given ones best, otherwise the header's and the
/// first beside it. Where a region or script is asked for that the memory has, no other one is read.
///
/// # Errors
/// [`Error::Line`] where it is not well formed or ends too early, [`Error::Language`] where no tag is one,
/// [`Error::Nothing`].
pub fn tmx(content: &str, langs: [Option<&Lang>; 2]) -> Result<Aligned, Error> {
    let mut memory = memory(content)?;
    let languages = languages(&memory, langs)?;
    let mut out = Aligned { left_out: std::mem::take(&mut memory.left_out), ..Aligned::default() };
    for unit in &memory.units {
        let texts = unit.texts(&languages, &mut out.left_out);
        let [Some((source_lang, source)), Some((target_lang, target))] = texts else {
            out.skip(unit.line);
            continue;
        };
        out.source.lang.get_or_insert(source_lang);
        out.target.lang.get_or_insert(target_lang);
        out.push_pair(unit.line, source, target, unit.score, unit.confirmed);
    }
    out.source.note = memory.note;
    out.checked("units with a segment in each of two languages")
}

/// A language that is read.
struct Wanted {
    lang: Lang,
    /// Whether nothing but this very tag will do: it was asked for, and the memory has it.
    only: bool,
}

impl Unit {
    /// Its texts in two languages: of several in one that whose tag answers best, of equals the first. Others are told.
    fn texts(&self, wanted: &[Wanted; 2], left_out: &mut LeftOut) -> [Option<(Lang, &str)>; 2] {
        let mut found: [Option<(Lang, &str)>; 2] = [None, None];
        for Variant { tag, text } in &self.variants {
            let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
            let lang = match Lang::parse(tag) {
                Ok(lang) => lang,
                Err(problem) => {
                    left_out.line_for(self.line, "other texts without a valid language tag", &problem.to_string());
                    continue;
                }
            };
            let answers = |wanted: &Wanted| {
                if wanted.only { lang == wanted.lang } else { lang.fit(&wanted.lang).is_some() }
            };
            let side = wanted.iter().position(answers);
            let Some((wanted, slot)) = side.and_then(|side| Some((&wanted[side].lang, found.get_mut(side)?))) else {
                left_out.line_for(
                    self.line,
                    "texts in further languages",
                    &format!("text in a further language, {lang}"),
                );
                continue;
            };
            let lost = match slot {
                Some((own, _)) if lang.fit(wanted) > own.fit(wanted) => slot.replace((lang, text)),
                Some(_) => Some((lang, text)),
                None => slot.replace((lang, text)),
            };
            if let Some((lang, _)) = lost {
                let why = format!("a second text in one language, {lang}");
                left_out.line_for(self.line, "second texts in one language", &why);
            }
        }
        found
    }
}

/// The languages that are read: those that are asked for, else the header's and the first beside it.
fn languages(memory: &Memory, [source, target]: [Option<&Lang>; 2]) -> Result<[Wanted; 2], Error> {
    let mut found: Vec<Lang> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut unknown: Option<LangError> = None;
    for Variant { tag, .. } in memory.units.iter().flat_map(|unit| &unit.variants) {
        if !seen.insert(tag) {
            continue;
        }
        match Lang::parse(tag) {
            Ok(lang) => found.push(lang),
            Err(error) => unknown = unknown.or(Some(error)),
        }
    }
    let wanted = |wish: &Lang| {
        let lang = wish.best(&found).unwrap_or(wish).clone();
        Wanted { only: lang == *wish && !wish.is_general(), lang }
    };
    let usual = |lang: &Lang| Wanted { lang: lang.clone(), only: false };
    let other = |than: Option<&Lang>| {
        found.iter().find(|lang| than.is_none_or(|than| than.language() != lang.language())).map(usual)
    };
    let header = memory.source_tag.as_deref().and_then(|tag| Lang::parse(tag).ok());
    let header = header.filter(|lang| target.is_none_or(|target| target.language() != lang.language()));
    let header = header.and_then(|header| header.best(&found).map(usual));
    let source = source.map(wanted).or(header).or_else(|| other(target));
    let target = target.map(wanted).or_else(|| other(source.as_ref().map(|source| &source.lang)));
    match (source, target, unknown) {
        (Some(source), Some(target), _) => Ok([source, target]),
        (_, _, Some(unknown)) => Err(unknown.into()),
        _ => Err(Error::Nothing("units in two languages, named by xml:lang")),
    }
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

fn memory(content: &str) -> Result<Memory, Error> {
    let mut reader = Reader::new(content, UNITS);
    let mut out = Memory::default();
    // A unit within another is open with it.
    let mut units: Vec<Unit> = Vec::new();
    let mut open: Option<Open> = None;
    loop {
        let (line, event) = reader.next()?;
        match (event, &mut open) {
            (Event::Eof, _) => {
                out.units.sort_by_key(|unit| unit.line);
                return Ok(out);
            }
            // Highlighting and the like: its text belongs to the segment.
            (Event::Start(tag), Some(inner)) => {
                inner.codes += usize::from(inner.codes > 0 || CODES.contains(&tag.name.as_str()));
                inner.depth += 1;
                if inner.codes > 0 && tag.name == "sub" {
                    out.left_out.line(line, "text within codes");
                }
            }
            (Event::End(_), Some(inner)) if inner.depth > 0 => {
                inner.codes = inner.codes.saturating_sub(1);
                inner.depth -= 1;
            }
            (Event::End(_), Some(_)) => {
                if let Some(whole) = open.take() {
                    keep(&whole, units.last_mut(), &mut out);
                }
            }
            (Event::Text(part), Some(inner)) => {
                if inner.codes == 0 {
                    inner.text.push_str(&part);
                }
            }
            (Event::Text(part), None) => {
                if !part.trim().is_empty() {
                    out.left_out.line(line, "text outside of segments");
                }
            }
            (Event::Start(tag), None) => open = begin(line, &tag, &mut units, &mut out),
            (Event::End(name), None) => match name.as_str() {
                "tu" => out.units.extend(units.pop()),
                "tuv" => units.last_mut().into_iter().for_each(|unit| unit.open = false),
                _ => {}
            },
        }
    }
}

/// An element begins, perhaps one whose text is read.
fn begin(line: usize, tag: &Tag, units: &mut Vec<Unit>, out: &mut Memory) -> Option<Open> {
    let place = match tag.name.as_str() {
        "header" => {
            out.source_tag = tag.attribute("srclang").map(str::to_owned);
            return None;
        }
        "tu" => {
            units.push(Unit { line, ..Unit::default() });
            return None;
        }
        "tuv" => {
            match units.last_mut() {
                Some(unit) => {
                    let tag = tag.attribute("lang").unwrap_or_default().trim().to_owned();
                    unit.variants.push(Variant { tag, text: None });
                    unit.open = true;
                }
                None => out.left_out.line(line, "a variant outside of units"),
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

/// Puts a finished text where it belongs; a note outside of units is one on the document.
fn keep(open: &Open, unit: Option<&mut Unit>, out: &mut Memory) {
    let text = open.text.trim_matches([' ', '\t', '\n', '\r']);
    match (&open.place, unit) {
        (Place::Note, None) if !text.is_empty() => {
            let before = out.note.take().map(|before| before + "; ").unwrap_or_default();
            out.note = Some(before + text);
        }
        (Place::Note, Some(_)) if !text.is_empty() => out.left_out.details("note on a unit", 1),
        (Place::Property(kind), Some(unit)) => match kind.as_str() {
            "x-score" => unit.score = text.parse().ok().and_then(score),
            "x-status" => {
                unit.confirmed = text == "confirmed";
                out.left_out.details("flag", usize::from(text == "flagged"));
            }
            _ => {}
        },
        (Place::Segment, Some(unit)) => match unit.variants.last_mut().filter(|_| unit.open) {
            Some(variant) if variant.text.is_none() => variant.text = Some(text.to_owned()),
            Some(_) => out.left_out.line(open.line, "a second segment of one variant"),
            None => out.left_out.line(open.line, "a segment outside of variants"),
        },
        (Place::Segment, None) => out.left_out.line(open.line, "a segment outside of variants"),
        _ => {}
    }
}
