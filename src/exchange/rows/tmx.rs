//! Rows as units of a translation memory ([`crate::exchange::tmx`]), one unit a row, and units of two languages as rows.
//!
//! Other tools import no unit with an empty side: such rows are listed as left out. Line breaks inside a segment become
//! blanks, because tools disagree about them, and are counted.
//!
//! In, each unit is a row of two languages; one that lacks text in either is listed by its line, and so is what a unit has
//! besides: texts in other languages, a second one in the same.

use std::collections::HashSet;
use std::io::BufRead;
use std::ops::Range;

use super::{Aligned, Detail, Error, LeftOut, Reading, RowsForm, Selected, Selection, Wishes, score};
use crate::bitext::Document;
use crate::exchange::form::About;
use crate::exchange::output::{Output, on_one_line};
use crate::exchange::tmx::{Header, Reader, Unit, Variant, Writer};
use crate::exchange::xml::clean;
use crate::lang::{Error as LangError, Lang};
use crate::notice::{Tell, notice};
use crate::work::Mark;

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "tmx",
        endings: &["tmx"],
        name: ["Translation memory (TMX 1.4)", "翻译记忆库（TMX 1.4）"],
        hint: "",
        programs: &["memoQ", "OmegaT", "Trados Studio", "Translate Toolkit"],
    },
    holds: &[Detail::Kind, Detail::Score, Detail::Status, Detail::RowNote, Detail::TextNote],
    write: Some(write),
    read: Some(Reading::Texts {
        looks: |content| content.trim_start().starts_with('<') && content.contains("<tmx"),
        read,
    }),
};

fn write(rows: &Selection<'_>, out: &mut Output<'_>) {
    let notes = rows.notes().into_iter().map(str::to_owned).collect();
    let mut left_out = Vec::new();
    let mut replaced = 0;
    let mut dropped = 0;
    let mut memory = Writer::new(out, &Header { source_tag: Some(rows.source.lang.tag().to_owned()), notes });
    let document = format!("{} ⇄ {}", rows.source.name, rows.target.name);
    for (at, row) in rows.rows.iter().enumerate() {
        let sides = [(rows.source, &row.bead.source), (rows.target, &row.bead.target)];
        let texts = sides.map(|(document, segments)| text(document, segments.clone()));
        dropped += texts.iter().map(|text| text.dropped).sum::<usize>();
        replaced += texts.iter().map(|text| text.replaced).sum::<usize>();
        if texts.iter().any(|text| text.line.is_empty()) {
            left_out.push(row.number);
            continue;
        }
        let variant = |((document, _), text): ((&Document, _), Text)| Variant {
            tag: document.lang.tag().to_owned(),
            text: Some(text.line),
        };
        let variants = sides.into_iter().zip(texts).map(variant).collect();
        memory.unit(&Unit { id: Some((at + 1).to_string()), variants, ..unit(row, &document) });
    }
    memory.end();
    out.lost.left_out = left_out;
    out.lost.replaced += replaced;
    out.lost.dropped += dropped;
}

/// What a unit says of its row.
fn unit(row: &Selected<'_>, document: &str) -> Unit {
    let note = row.mark.map(Mark::note).filter(|note| !note.trim().is_empty());
    let status = row.mark.map(|mark| match (mark.confirmed, mark.flagged) {
        (_, true) => "flagged",
        (true, false) => "confirmed",
        (false, false) => "draft",
    });
    let (kind, score) = (row.bead.kind().to_string(), format!("{:.2}", row.bead.score));
    let properties = [("x-document", document), ("x-alignment-type", &kind), ("x-score", &score)];
    let properties = properties.into_iter().chain(status.map(|status| ("x-status", status)));
    let properties = properties.map(|(kind, value)| (kind.to_owned(), value.to_owned())).collect();
    Unit { notes: note.iter().map(|note| note.trim().to_owned()).collect(), properties, ..Unit::default() }
}

/// The text of one side on one line, empty where there is none.
struct Text {
    line: String,
    /// How many characters were dropped that XML cannot hold, and how many breaks became blanks.
    dropped: usize,
    replaced: usize,
}

fn text(document: &Document, segments: Range<usize>) -> Text {
    let breaks = ['\n', '\r', '\t'];
    let blanks = [' ', '\n', '\r', '\t'];
    let shown = on_one_line(&document.shown(segments).text);
    let (clean, dropped) = clean(&shown);
    let inner = clean.trim_matches(blanks);
    if inner.trim().is_empty() {
        return Text { line: String::new(), dropped, replaced: 0 };
    }
    Text { line: inner.replace(breaks, " "), dropped, replaced: inner.matches(breaks).count() }
}

/// Reads a translation memory; of several languages those that answer the given ones best, otherwise the header's and the
/// first beside it. Where a region or script is asked for that the memory has, no other one is read.
fn read(input: &mut dyn BufRead, wishes: &Wishes<'_>) -> Result<Aligned, Error> {
    let mut reader = Reader::new(input);
    let units: Vec<Unit> = reader.by_ref().collect::<Result<_, _>>()?;
    let (header, left_out) = reader.finish();
    let languages = languages(header.source_tag.as_deref(), &units, wishes.langs)?;
    let mut out = Aligned { left_out, ..Aligned::default() };
    for unit in &units {
        out.left_out.details("note on a unit", unit.notes.len());
        let status = unit.property("x-status");
        out.left_out.details("flag on a unit", usize::from(status == Some("flagged")));
        let texts = texts(unit, &languages, &mut out.left_out);
        let [Some((source_lang, source)), Some((target_lang, target))] = texts else {
            out.skip(unit.line);
            continue;
        };
        out.source.lang.get_or_insert(source_lang);
        out.target.lang.get_or_insert(target_lang);
        let own_score = unit.property("x-score").and_then(|value| score(value.parse().ok()?));
        out.push_pair(unit.line, source, target, own_score, status == Some("confirmed"));
    }
    out.source.note = (!header.notes.is_empty()).then(|| header.notes.join("; "));
    out.checked("units with a segment in each of two languages")
}

/// A language that is read.
struct Wanted {
    lang: Lang,
    /// Whether nothing but this very tag will do: it was asked for, and the memory has it.
    only: bool,
}

/// The texts of a unit in two languages: of several in one that whose tag answers best, of equals the first. Others are
/// told.
fn texts<'u>(unit: &'u Unit, wanted: &[Wanted; 2], left_out: &mut LeftOut) -> [Option<(Lang, &'u str)>; 2] {
    let mut found: [Option<(Lang, &str)>; 2] = [None, None];
    for Variant { tag, text } in &unit.variants {
        let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) else { continue };
        let lang = match Lang::parse(tag) {
            Ok(lang) => lang,
            Err(problem) => {
                left_out.line_for(unit.line, "other texts without a valid language tag", problem.tell());
                continue;
            }
        };
        let answers = |wanted: &Wanted| {
            if wanted.only { lang == wanted.lang } else { lang.fit(&wanted.lang).is_some() }
        };
        let side = wanted.iter().position(answers);
        let Some((wanted, slot)) = side.and_then(|side| Some((&wanted[side].lang, found.get_mut(side)?))) else {
            left_out.line_for(
                unit.line,
                "texts in further languages",
                notice!("text in a further language, {0}", lang.tag()),
            );
            continue;
        };
        let lost = match slot {
            Some((own, _)) if lang.fit(wanted) > own.fit(wanted) => slot.replace((lang, text)),
            Some(_) => Some((lang, text)),
            None => slot.replace((lang, text)),
        };
        if let Some((lang, _)) = lost {
            let why = notice!("a second text in one language, {0}", lang.tag());
            left_out.line_for(unit.line, "second texts in one language", why);
        }
    }
    found
}

/// The languages that are read: those that are asked for, else the header's and the first beside it.
fn languages(
    source_tag: Option<&str>,
    units: &[Unit],
    [source, target]: [Option<&Lang>; 2],
) -> Result<[Wanted; 2], Error> {
    let mut found: Vec<Lang> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut unknown: Option<LangError> = None;
    for Variant { tag, .. } in units.iter().flat_map(|unit| &unit.variants) {
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
    let header = source_tag.and_then(|tag| Lang::parse(tag).ok());
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
