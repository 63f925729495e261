//! Roman numerals up to MMMCMXCIX, in capitals, as characters of their own (Ⅻ), and small ones of i, v and x.
//!
//! Most short rows of these letters are words or abbreviations: CD, MIX, LCD. So one says surely a number only where it
//! looks like nothing else or what stands around it says so.

use unicode_normalization::UnicodeNormalization as _;

use crate::text::Span;
use crate::token::fold;
use crate::token::numerals::roman;

/// A numeral and where it stands.
#[derive(Debug)]
pub(super) struct Roman {
    pub(super) span: Span,
    pub(super) value: u64,
    /// Whether it can hardly be anything else.
    pub(super) sure: bool,
}

/// The letters of MMMDCCCLXXXVIII: longer rows are no numerals.
const LONGEST: usize = 15;

/// So many bytes before a numeral are looked at.
const NEAR: usize = 32;

/// What a numeral counts, before it in English.
const COUNTED: &[&str] = &[
    "chapter", "part", "book", "volume", "vol", "act", "scene", "section", "article", "title", "appendix", "annex",
    "phase", "figure", "fig", "table", "canto", "psalm", "stage", "schedule", "war", "bowl", "chap", "sec", "art",
    "pt", "bk", "protocol", "tier", "category", "pope", "king", "queen", "emperor",
];
/// The same behind it.
const COUNTED_BEHIND: &[&str] =
    &["century", "centuries", "olympiad", "olympic", "olympics", "congress", "dynasty", "corps", "legion", "edition"];
/// The same behind it in Chinese.
const MEASURES: &str = "世章节節卷部篇届屆期级級型类類编編册冊条條款幕回号號讲講课課集";

/// The numeral that begins at `start`, if one does: never a lone I, nor another lone letter that stands for no number.
pub(super) fn at(text: &str, start: usize) -> Option<Roman> {
    let rest = &text[start..];
    let end = start + rest.chars().take(LONGEST).take_while(|&c| is_letter(c)).map(char::len_utf8).sum::<usize>();
    if end == start {
        return None;
    }
    let (before, after) = (&text[text.floor_char_boundary(start.saturating_sub(NEAR))..start], &text[end..]);
    let behind = ["st", "nd", "rd", "th"].iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after);
    let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !crate::lang::is_han(c));
    if touches(before.chars().next_back()) || touches(behind.chars().next()) {
        return None;
    }
    let written = &text[start..end];
    let letters: String = written.nfkc().collect();
    let is_small = letters.starts_with(|c: char| c.is_lowercase());
    let capitals = letters.to_ascii_uppercase();
    let own = written.chars().all(|c| !c.is_ascii() && !('\u{ff00}'..='\u{ff5e}').contains(&c));
    let mixed = letters != capitals && letters != letters.to_ascii_lowercase();
    let value = roman(&capitals).filter(|_| !mixed)?;
    if is_small && !own {
        let plain = letters.chars().all(|c| "ivx".contains(c)) && letters.len() > 1;
        return plain.then_some(Roman { span: start..end, value, sure: false });
    }
    let counted = own || is_counted(before, behind);
    let alone = letters.len() == 1;
    // X-ray and I by themselves; Part C and C型 have letters.
    let goes_on = after.starts_with(['-', '‑', '\'', '’']);
    if alone && !own && !(counted && "IVX".contains(&*capitals)) && (!"VX".contains(&*capitals) || goes_on) {
        return None;
    }
    // LV 7 is a level.
    let labels = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let sure = counted || !alone && !labels && looks_sure(&capitals, before);
    Some(Roman { span: start..end, value, sure })
}

fn is_letter(c: char) -> bool {
    matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M' | 'i' | 'v' | 'x' | '\u{2160}'..='\u{217f}')
        || matches!(c, 'Ｉ' | 'Ｖ' | 'Ｘ' | 'Ｌ' | 'Ｃ' | 'Ｄ' | 'Ｍ')
}

/// Whether what stands around a numeral counts: Chapter XIV, 第XIV章, the XIX century.
fn is_counted(before: &str, behind: &str) -> bool {
    let (before, behind) = (before.trim_end(), behind.trim_start());
    if before.ends_with('第') || behind.starts_with(|c| MEASURES.contains(c)) || behind.starts_with("世纪") {
        return true;
    }
    let word = before.trim_end_matches('.');
    let word = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let first = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.starts_with(char::is_uppercase) && COUNTED.contains(&fold(word).as_str())
        || COUNTED_BEHIND.contains(&fold(first).as_str())
}

/// Whether a numeral of two letters or more looks like nothing else, or stands behind a name as kings and popes have it.
fn looks_sure(capitals: &str, before: &str) -> bool {
    if capitals.chars().any(|c| "CDM".contains(c)) {
        let year = ["MCM", "MDC", "MMX"].iter().any(|start| capitals.starts_with(start));
        return capitals.len() > 4 || year && capitals.len() > 3;
    }
    // Sizes of clothes and the like.
    if ["XL", "XX", "XXX", "LIV", "LI"].contains(&capitals) {
        return false;
    }
    if capitals.len() > 2 {
        return true;
    }
    let word = before.trim_end();
    let name = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.len() < before.len()
        && name.chars().nth(2).is_some()
        && name.starts_with(char::is_uppercase)
        && name.ends_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let starts = text.char_indices().map(|(start, _)| start);
        let found = starts.filter_map(|start| at(text, start));
        found.map(|roman| format!("{}{}", roman.value, if roman.sure { "!" } else { "" })).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_surely_is_a_number() {
        for (text, wanted) in [
            ("Chapter XIV", "14!"),
            ("Chapter X", "10!"),
            ("Part V", "5!"),
            ("Louis XVI's", "16!"),
            ("John XXIII", "23!"),
            ("Louis XV", "15!"),
            ("Henry II", "2!"),
            ("Super Bowl LV", "55!"),
            ("the XXXII Olympiad", "32!"),
            ("the XIXth century", "19!"),
            ("MMMCMXCIX", "3999!"),
            ("MMXX", "2020!"),
            ("World War I", "1!"),
            ("第XIV章", "14!"),
            ("第 ＸＩＶ 章", "14!"),
            ("Ⅻ", "12!"),
            ("ⅩⅣ", "14!"),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_may_be_anything() {
        for (text, wanted) in [
            ("I saw it", ""),
            ("Part C, Panel D, C型, 第D部分", ""),
            ("Dragon Sword LV 7", "55"),
            ("vitamin C, CD and DC", "400 600"),
            ("a MIX, the DIM LCD, MIDI", "1009"),
            ("size XL, XXL", "40"),
            ("Malcolm X", "10"),
            ("an X-ray", ""),
            ("the VI editor", "6"),
            ("John Smith MD", "1500"),
            ("H1N1, 3D, MI6, IPv6", ""),
            ("(iii) did mix", "3"),
            ("Xi Jinping", ""),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }
}
