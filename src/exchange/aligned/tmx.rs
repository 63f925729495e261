//! Translation Memory eXchange in, as leniently as translation tools write it: `lang` for `xml:lang`, any header or none.
//!
//! Each unit is a row; one that lacks text in either language is listed by its line. Codes of other formats within a
//! segment (`bpt`, `ept`, `it`, `ph`, `ut`) are left out, what they enclose stays.

use super::xml::{Event, Reader};
use super::{Aligned, Error, score};
use crate::lang::{Error as LangError, Lang, Language};

/// Elements whose content is no text of the language.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];

/// A unit.
#[derive(Default)]
struct Unit {
    line: usize,
    score: Option<f32>,
    confirmed: bool,
    /// The texts with their language tags.
    variants: Vec<(String, String)>,
}

impl Unit {
    fn text(&self, language: Language) -> Option<(Lang, &str)> {
        self.variants.iter().find_map(|(tag, text)| {
            let lang = Lang::parse(tag).ok().filter(|lang| lang.language() == language)?;
            (!text.trim().is_empty()).then_some((lang, text.as_str()))
        })
    }
}

/// What is read of a file.
#[derive(Default)]
struct Memory {
    source_tag: Option<String>,
    note: Option<String>,
    units: Vec<Unit>,
}

/// Reads a translation memory; of several languages the given ones, otherwise the header's and the first beside it.
///
/// # Errors
/// [`Error::Line`] where it is not well formed, [`Error::Language`] where all languages are unknown, [`Error::Nothing`].
pub fn tmx(content: &str, source: Option<Language>, target: Option<Language>) -> Result<Aligned, Error> {
    let memory = memory(content)?;
    let (source, target) = languages(&memory, source, target)?;
    let mut out = Aligned::default();
    for unit in &memory.units {
        match unit.text(source).zip(unit.text(target)) {
            Some(((source_lang, source), (target_lang, target))) => {
                out.source.lang.get_or_insert(source_lang);
                out.target.lang.get_or_insert(target_lang);
                out.push_pair(unit.line, source, target, unit.score, unit.confirmed);
            }
            None => out.skipped.push(unit.line),
        }
    }
    out.source.note = memory.note;
    out.checked("units with a segment in each of two languages")
}

fn languages(
    memory: &Memory,
    source: Option<Language>,
    target: Option<Language>,
) -> Result<(Language, Language), Error> {
    let mut found: Vec<Language> = Vec::new();
    let mut unknown: Option<LangError> = None;
    for (tag, _) in memory.units.iter().flat_map(|unit| &unit.variants) {
        match Lang::parse(tag) {
            Ok(lang) if !found.contains(&lang.language()) => found.push(lang.language()),
            Ok(_) => {}
            Err(error) => unknown = unknown.or(Some(error)),
        }
    }
    let header = memory.source_tag.as_deref().and_then(|tag| Lang::parse(tag).ok()).map(|lang| lang.language());
    let header = header.filter(|language| found.contains(language) && Some(*language) != target);
    let other = |than: Option<Language>| found.iter().copied().find(|&language| Some(language) != than);
    let source = source.or(header).or_else(|| other(target));
    match (source, target.or_else(|| other(source)), unknown) {
        (Some(source), Some(target), _) => Ok((source, target)),
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

fn memory(content: &str) -> Result<Memory, Error> {
    let mut reader = Reader::new(content);
    let mut out = Memory::default();
    let mut unit: Option<Unit> = None;
    let mut into: Option<Place> = None;
    let (mut text, mut codes) = (String::new(), 0_usize);
    loop {
        let (line, event) = reader.next()?;
        match event {
            Event::Eof => return Ok(out),
            Event::Start(tag) if codes > 0 || CODES.contains(&tag.name.as_str()) => codes += 1,
            Event::End(_) if codes > 0 => codes -= 1,
            Event::Start(tag) => {
                let begun = match tag.name.as_str() {
                    "header" => {
                        out.source_tag = tag.attribute("srclang").map(str::to_owned);
                        None
                    }
                    "tu" => {
                        unit = Some(Unit { line, ..Unit::default() });
                        None
                    }
                    "tuv" => {
                        let tag = tag.attribute("lang").unwrap_or_default().trim().to_owned();
                        unit.as_mut().into_iter().for_each(|unit| unit.variants.push((tag.clone(), String::new())));
                        None
                    }
                    "note" => Some(Place::Note),
                    "prop" => Some(Place::Property(tag.attribute("type").unwrap_or_default().to_owned())),
                    "seg" => Some(Place::Segment),
                    // Highlighting and the like: its text belongs to the segment.
                    _ => continue,
                };
                text.clear();
                into = begun;
            }
            Event::Text(part) if into.is_some() && codes == 0 => text.push_str(&part),
            Event::Text(_) => {}
            Event::End(name) => {
                if name == "tu" {
                    out.units.extend(unit.take());
                } else if matches!(name.as_str(), "note" | "prop" | "seg") {
                    let value = std::mem::take(&mut text);
                    keep(into.take(), value.trim_matches([' ', '\t', '\n', '\r']), &mut unit, &mut out.note);
                }
            }
        }
    }
}

/// Puts a finished text where it belongs; a note outside of units is one on the document.
fn keep(into: Option<Place>, text: &str, unit: &mut Option<Unit>, note: &mut Option<String>) {
    match (into, unit) {
        (Some(Place::Note), None) if !text.is_empty() => {
            let before = note.take().map(|before| before + "; ").unwrap_or_default();
            *note = Some(before + text);
        }
        (Some(Place::Property(kind)), Some(unit)) => match kind.as_str() {
            "x-score" => unit.score = text.parse().ok().and_then(score),
            "x-status" => unit.confirmed = text == "confirmed",
            _ => {}
        },
        (Some(Place::Segment), Some(unit)) => {
            if let Some((_, segment)) = unit.variants.last_mut() {
                text.clone_into(segment);
            }
        }
        _ => {}
    }
}
