//! Semicolon-separated values in the columns that memoQ writes and knows again: those of an entry, then for each language
//! a definition and as many terms as the fullest entry has, each with its example.
//!
//! memoQ numbers entries itself, so ids are numbers here. It gives `|` and `*` in a term a meaning of their own (where
//! the fixed part of a word ends): such terms are written as they are and said.

use super::lines::Table;
use super::{Detail, Reading, TermsForm, Write, words};
use crate::date::Date;
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::lang::Lang;
use crate::notice::Notice;
use crate::termbase::{Concept, TermBase};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "memoq",
        endings: &["csv"],
        name: ["memoQ (CSV)", "memoQ（CSV）"],
        hint: "",
        programs: &["memoQ"],
    },
    holds: &[
        Detail::Subject,
        Detail::Definition,
        Detail::DefinitionInLanguage,
        Detail::ConceptNote,
        Detail::Context,
        Detail::ConceptDates,
    ],
    write: Some(Write::Whole(write)),
    read: Some(Reading::Table),
};

const ENTRY: [&str; 10] = [
    "Entry_ID",
    "Entry_Subject",
    "Entry_Domain",
    "Entry_ClientID",
    "Entry_ProjectID",
    "Entry_Created",
    "Entry_Creator",
    "Entry_LastModified",
    "Entry_Modifier",
    "Entry_Note",
];

fn write(base: &TermBase, out: &mut Output<'_>) {
    // Each language with the most terms that an entry has in it.
    let mut langs: Vec<(&Lang, usize)> = Vec::new();
    for section in base.concepts.iter().flat_map(|concept| &concept.sections) {
        match langs.iter_mut().find(|(lang, _)| **lang == section.lang) {
            Some((_, most)) => *most = (*most).max(section.terms.len()),
            None => langs.push((&section.lang, section.terms.len())),
        }
    }
    let mut head: Vec<String> = ENTRY.map(str::to_owned).to_vec();
    for (lang, most) in &langs {
        let name = name(lang);
        head.push(format!("{name}_Def"));
        for _ in 0..*most {
            head.extend([name.clone(), "Term_Info".to_owned(), "Term_Example".to_owned()]);
        }
    }
    let mut table = Table::quoted(out, ';');
    table.head(head.iter().map(String::as_str));
    let mut marked = 0;
    for (number, concept) in (1_usize..).zip(&base.concepts) {
        let mut cells = entry(number, concept);
        for (lang, most) in &langs {
            let section = concept.sections.iter().find(|section| section.lang == **lang);
            let terms = section.map_or(&[][..], |section| &section.terms);
            cells.push(section.map_or_else(String::new, |section| section.definition.clone()));
            // An entry has no place for a definition in no language: it stands with the first.
            if let Some(cell) = cells.last_mut().filter(|cell| cell.is_empty() && *lang == langs[0].0) {
                cell.clone_from(&concept.definition);
            }
            for at in 0..*most {
                let term = terms.get(at);
                marked += usize::from(term.is_some_and(|term| term.text.contains(['|', '*'])));
                let examples = term.iter().flat_map(|term| &term.contexts).map(words::context_line);
                let example = examples.collect::<Vec<_>>().join("\n");
                cells.extend([term.map_or_else(String::new, |term| term.text.clone()), String::new(), example]);
            }
        }
        table.row(cells.iter().map(String::as_str));
    }
    table.finish(Notice::of_any("marks", marked).into_iter().collect());
}

fn entry(number: usize, concept: &Concept) -> Vec<String> {
    let date = |date: Option<Date>| date.map_or_else(String::new, shown);
    let mut cells = vec![String::new(); ENTRY.len()];
    for (at, text) in [
        (0, number.to_string()),
        (1, concept.subject.clone()),
        (5, date(concept.created)),
        (7, date(concept.modified)),
        (9, concept.note.clone()),
    ] {
        cells[at] = text;
    }
    cells
}

/// A date as memoQ has them, `M/d/yyyy h:mm:ss tt`.
fn shown(date: Date) -> String {
    let (year, month, day) = date.day();
    let (hour, minute, second) = date.time().unwrap_or_default();
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{month}/{day}/{year} {hour}:{minute:02}:{second:02} {half}")
}

/// Reads what [`shown`] has written.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split_whitespace();
    let mut day = parts.next()?.split('/').map(str::parse::<u16>);
    let (month, of_month, year) = (day.next()?.ok()?, day.next()?.ok()?, day.next()?.ok()?);
    let day = Date::new(year, month.try_into().ok()?, of_month.try_into().ok()?)?;
    let Some(clock) = parts.next() else { return Some(day) };
    let mut clock = clock.split(':').map(str::parse::<u8>);
    let (hour, minute, second) = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?);
    let hour = match parts.next() {
        Some("AM") => hour % 12,
        Some("PM") => hour % 12 + 12,
        _ => hour,
    };
    day.at(hour, minute, second)
}

/// What memoQ calls a language; it has Chinese with a country only.
fn name(lang: &Lang) -> String {
    let tag = match lang.tag() {
        tag if tag.contains("Hant") && !tag.contains("HK") => "zh-TW",
        "zh" | "zh-Hans" => "zh-CN",
        tag => tag,
    };
    let known = words::NAMES.iter().find(|(_, known)| *known == tag).map(|(name, _)| (*name).to_owned());
    known.unwrap_or_else(|| lang.language().name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back() {
        for (date, text) in [
            ("2026-11-22T00:05:09Z", "11/22/2026 12:05:09 AM"),
            ("2026-01-02T12:00:00Z", "1/2/2026 12:00:00 PM"),
            ("2026-01-02T23:59:59Z", "1/2/2026 11:59:59 PM"),
        ] {
            let date = Date::parse(date).unwrap();
            assert_eq!(shown(date), text);
            assert_eq!(super::date(text), Some(date));
        }
        assert_eq!(super::date("22.11.2026"), None);
    }
}
