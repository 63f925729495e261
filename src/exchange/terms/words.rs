//! The words of other forms for what a term base says.

pub(super) use crate::exchange::table::heading::{bare, language};
use crate::termbase::{Context, PartOfSpeech, Source, Status, TermType};

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

/// A context with its place in brackets behind it.
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
