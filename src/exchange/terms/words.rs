//! The words of other forms for what a term base says, and what each form has a place for.

use super::Format;
pub(super) use crate::exchange::table::heading::{bare, language};
use crate::notice::Notice;
use crate::termbase::{Concept, Context, PartOfSpeech, Source, Status, Term, TermBase, TermType};

/// A status by any of the words for it: those of TBX in its several versions, of UTX and of our own.
pub(super) fn status(word: &str) -> Option<Status> {
    Some(match bare(word).as_str() {
        "proposed" | "provisional" | "new" => Status::Proposed,
        "preferredtermadmnsts" | "preferredterm" | "preferred" | "approved" | "standardizedterm" => Status::Preferred,
        "admittedtermadmnsts" | "admittedterm" | "admitted" | "nonstandard" | "allowed" => Status::Admitted,
        "deprecatedtermadmnsts"
        | "deprecatedterm"
        | "deprecated"
        | "supersededtermadmnsts"
        | "supersededterm"
        | "superseded"
        | "notrecommended"
        | "obsolete"
        | "forbidden" => Status::Deprecated,
        "rejected" => Status::Rejected,
        _ => return None,
    })
}

/// A part of speech by its name or a usual abbreviation.
pub(super) fn part_of_speech(word: &str) -> Option<PartOfSpeech> {
    Some(match bare(word).as_str() {
        "noun" | "n" | "propernoun" => PartOfSpeech::Noun,
        "verb" | "v" => PartOfSpeech::Verb,
        "adjective" | "adj" | "a" => PartOfSpeech::Adjective,
        "adverb" | "adv" => PartOfSpeech::Adverb,
        "other" | "sentence" | "phrase" => PartOfSpeech::Other,
        _ => return None,
    })
}

/// A type of term by its name in TBX.
pub(super) fn term_type(word: &str) -> Option<TermType> {
    Some(match bare(word).as_str() {
        "fullform" => TermType::FullForm,
        "acronym" | "initialism" => TermType::Acronym,
        "abbreviation" | "abbreviatedform" => TermType::Abbreviation,
        "shortform" => TermType::ShortForm,
        "variant" | "synonym" | "spellingvariant" => TermType::Variant,
        "phrase" | "phraseologicalunit" => TermType::Phrase,
        _ => return None,
    })
}

/// Where a context stands, as one text: the document, `#`, the segment. A document whose own name would be misread has
/// another `#` behind it.
pub(super) fn place(source: &Source) -> String {
    match source.segment {
        Some(segment) => format!("{}#{segment}", source.document),
        None if source.document.ends_with('#') || numbered(&source.document).is_some() => {
            format!("{}#", source.document)
        }
        None => source.document.clone(),
    }
}

/// Reads what [`place`] has written, or another program's word for a source; nothing where it is empty.
pub(super) fn source(place: &str) -> Option<Source> {
    let place = place.trim();
    if place.is_empty() {
        return None;
    }
    let (document, segment) = match numbered(place) {
        Some((document, segment)) => (document, Some(segment)),
        None => (place.strip_suffix('#').unwrap_or(place), None),
    };
    Some(Source { document: document.to_owned(), segment })
}

fn numbered(place: &str) -> Option<(&str, u64)> {
    let (document, digits) = place.rsplit_once('#')?;
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some((document, number))
}

/// A context on one line, with its place in brackets behind it.
pub(super) fn context_line(context: &Context) -> String {
    match &context.source {
        Some(source) => format!("{} [{}]", context.text, place(source)),
        None => context.text.clone(),
    }
}

/// Names with countries, as memoQ and MultiTerm write them.
pub(super) const NAMES: [(&str, &str); 11] = [
    ("Chinese_PRC", "zh-CN"),
    ("Chinese_Taiwan", "zh-TW"),
    ("Chinese_Hong_Kong_S.A.R.", "zh-HK"),
    ("Chinese_Singapore", "zh-SG"),
    ("English_United_States", "en-US"),
    ("English_United_Kingdom", "en-GB"),
    ("English_USA", "en-US"),
    ("English_UK", "en-GB"),
    ("Chinese_China", "zh-CN"),
    ("Chinese_Simplified", "zh-Hans"),
    ("Chinese_Traditional", "zh-Hant"),
];

/// Whether a text has nothing that every form can hold.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || !super::xml::holds(c))
}

/// The term base as a form shows it: without rejected terms and empty ones, and, for programs that would offer a
/// deprecated term as a translation, without those. Concepts that are left without any term go, too. Our JSON has all.
/// With it what is lost by that, and what else is to be said.
pub(super) fn presentable(base: &TermBase, format: Format) -> (TermBase, Vec<Notice>, Vec<Notice>) {
    if format == Format::Json {
        return (TermBase::default(), Vec::new(), Vec::new());
    }
    let mut out = base.clone();
    let blind = matches!(format, Format::MemoQ | Format::DeepL | Format::Google);
    let (mut rejected, mut deprecated, mut empty) = (0, 0, 0);
    let mut fits = |term: &Term| {
        let count = match term.status {
            _ if is_blank(&term.text) => &mut empty,
            Status::Rejected => &mut rejected,
            Status::Deprecated if blind => &mut deprecated,
            _ => return true,
        };
        *count += 1;
        false
    };
    for concept in &mut out.concepts {
        for section in &mut concept.sections {
            section.terms.retain(&mut fits);
        }
        concept.sections.retain(|section| !section.terms.is_empty());
    }
    let before = out.concepts.len();
    out.concepts.retain(|concept| !concept.sections.is_empty());
    let gone = before - out.concepts.len();
    let remarks = [Notice::of_any("rejected", rejected), Notice::of_any("no-term", gone)];
    let losses = [Notice::of_any("deprecated", deprecated), Notice::of_any("no-text", empty)];
    let any = |notices: [Option<Notice>; 2]| notices.into_iter().flatten().collect();
    (out, any(losses), any(remarks))
}

/// What of a term base a form has no place for.
pub(super) fn without_place(base: &TermBase, format: Format) -> Vec<Notice> {
    let has = |formats: &[Format]| formats.contains(&format);
    let whole = has(&[Format::Json, Format::Tbx3, Format::Tbx2, Format::Html, Format::Markdown]);
    if whole {
        return Vec::new();
    }
    let comments = has(&[Format::OmegaT, Format::Utx]);
    let wide = has(&[Format::MultiTerm, Format::MemoQ]);
    let concepts = |count: fn(&Concept) -> usize| base.concepts.iter().map(count).sum::<usize>();
    let terms = |count: fn(&Term) -> usize| {
        base.concepts.iter().flat_map(Concept::all_terms).map(|(_, term)| count(term)).sum::<usize>()
    };
    let details = [
        (comments || wide, concepts(|c| usize::from(!c.subject.is_empty())), "subject-fields"),
        (comments || wide, concepts(|c| usize::from(!c.definition.is_empty())), "definitions"),
        (
            comments || has(&[Format::MemoQ]),
            concepts(|c| c.sections.iter().filter(|section| !section.definition.is_empty()).count()),
            "definitions-in-language",
        ),
        (comments || wide, concepts(|c| usize::from(!c.note.is_empty())), "notes-on-concepts"),
        (comments, terms(|t| usize::from(!t.note.is_empty())), "notes-on-terms"),
        (comments || has(&[Format::MultiTerm]), terms(|t| usize::from(t.status != Status::Proposed)), "statuses"),
        (has(&[Format::OmegaT, Format::Utx]), terms(|t| usize::from(t.part_of_speech.is_some())), "parts-of-speech"),
        (has(&[Format::OmegaT]), terms(|t| usize::from(t.kind.is_some())), "types-of-terms"),
        (comments || wide, terms(|t| t.contexts.len()), "contexts"),
        (
            has(&[Format::MemoQ]),
            concepts(|c| usize::from(c.created.is_some()) + usize::from(c.modified.is_some())),
            "dates-of-concepts",
        ),
        (false, terms(|t| usize::from(t.created.is_some()) + usize::from(t.modified.is_some())), "dates-of-terms"),
        (false, base.notes.len(), "notes-on-texts"),
    ];
    let missing = details.into_iter().filter(|(place, ..)| !place);
    let missing: Vec<Notice> = missing.filter_map(|(_, count, key)| Notice::of_any(key, count)).collect();
    if missing.is_empty() { Vec::new() } else { vec![Notice::new("no-place").list(missing)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_whatever_the_name_of_the_document() {
        for document in ["a.txt", "a#7", "a#", "a##", "#", "a#07", "a # 7", "#7", ""] {
            for segment in [None, Some(0), Some(7), Some(u64::MAX)] {
                let given = Source { document: document.to_owned(), segment };
                let empty = document.is_empty() && segment.is_none();
                assert_eq!(source(&place(&given)), (!empty).then_some(given), "{document}");
            }
        }
    }

    #[test]
    fn languages_are_known_by_many_names() {
        for (name, tag) in [
            ("zh_cn", "zh-CN"),
            ("Chinese_PRC", "zh-CN"),
            ("chinese", "zh"),
            ("Chinese (zh-TW)", "zh-TW"),
            ("English (United States)", "en-US"),
            ("German_Germany", "de"),
            ("EN", "en"),
        ] {
            assert_eq!(language(name).map(|lang| lang.tag().to_owned()).as_deref(), Some(tag), "{name}");
        }
        for other in ["comment", "note", "", "score", "Entry_ID", "term"] {
            assert_eq!(language(other), None, "{other}");
        }
    }
}
