//! Dates, times, multiples and fractions as English writes them.

use super::{Compound, Kind, Near};
use crate::doubt::english::{MONTHS, numeral};
use crate::doubt::numbers::{Filed, Value};
use crate::text::Span;
use crate::token::fold;

/// What parts the days of March 5 to 8.
const AND: &[&str] = &["-", "–", "—", "~", "to", "and", "or", "&", "through", "until", "till"];
/// Words before a month, which *may* and *march* are not always.
const BEFORE_MONTH: &[&str] = &[
    "in",
    "of",
    "since",
    "until",
    "till",
    "from",
    "by",
    "during",
    "early",
    "late",
    "mid",
    "last",
    "next",
    "this",
    "every",
    "and",
    "to",
    "through",
    "between",
    "before",
    "after",
    "on",
    "each",
    "throughout",
];

/// What words name: months with their days, fractions, doubling, midnight.
pub(super) fn named(text: &str, numbers: &[Filed]) -> Vec<Compound> {
    let mut out = Vec::new();
    let mut before: Option<Span> = None;
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphabetic).map(|length| at + length) {
        let end = text[start..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| start + length);
        at = end;
        let word = start..end;
        if word.len() <= 16 {
            let folded = fold(&text[word.clone()]);
            month(text, numbers, &word, &folded, &mut out);
            out.extend(times_in_a_word(&word, &folded));
            out.extend(fraction(text, numbers, before.as_ref(), &word, &folded));
            if ["noon", "midday", "midnight"].contains(&folded.as_str()) {
                out.push(Compound::time((0, Some(word.clone())), (0, None)).unsure());
            }
        }
        before = Some(word);
    }
    out
}

/// A month and its days: March 5, 5–8 March, the fifth of March.
fn month(text: &str, numbers: &[Filed], word: &Span, folded: &str, out: &mut Vec<Compound>) {
    let written = &text[word.clone()];
    if !written.starts_with(char::is_uppercase) || folded.len() < 3 {
        return;
    }
    let place = MONTHS
        .iter()
        .position(|&month| month == folded || folded == "sept" && month == "september" || folded == &month[..3]);
    let Some(place) = place else { return };
    let month = (place as u64 + 1, Some(word.clone()));
    let first = numbers.partition_point(|number| number.span.start < word.end);
    let near = |at: usize| Near { text, numbers, at };
    let mut days = Vec::new();
    if let Some(at) = first.checked_sub(1) {
        days.extend(days_before(near(at), word.start));
    }
    days.extend(numbers.get(first).into_iter().flat_map(|_| days_after(near(first), word.end)));
    let year = numbers.get(first).is_some_and(|number| {
        let between = text.get(word.end..number.span.start).unwrap_or_default();
        between.trim_matches([' ', ',', '.']).is_empty() && number.value >= Value::whole(1000)
    });
    let last = text[..word.start].trim_end_matches([' ', '-', '\u{a0}', '\n']);
    let last = fold(last.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default());
    let ambiguous = ["may", "march", "mar", "jan", "jun", "april", "june", "august"].contains(&folded);
    let sure = !ambiguous || !days.is_empty() || year || BEFORE_MONTH.contains(&last.as_str());
    let named = Compound::new(Kind::Month, [month.clone()]);
    out.push(if sure { named } else { named.unsure() });
    out.extend(days.into_iter().map(|(near, day)| Compound::date(month.clone(), near.part(day))));
}

fn is_day(near: Near<'_>) -> Option<u64> {
    let figure = near.surface().chars().next().is_some_and(char::is_numeric);
    let fits = !figure || near.surface().len() <= 2;
    near.up_to(31).filter(|day| *day > 0 && fits && !near.after().starts_with([':', '%', '：']))
}

/// What stands between two days of a list without the end of an ordinal.
fn bare(between: &str) -> &str {
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| between.strip_prefix(end)).unwrap_or(between);
    rest.trim_matches([' ', '\u{a0}'])
}

fn days_before(near: Near<'_>, month: usize) -> Vec<(Near<'_>, u64)> {
    let mut out = Vec::new();
    let between = near.text.get(near.span().end..month).unwrap_or("?");
    let mut joined = ["", "of", "day of", "."].contains(&bare(between));
    let mut near = near;
    while joined && let Some(day) = is_day(near) {
        out.push((near, day));
        let Some(at) = near.at.checked_sub(1) else { break };
        let before = Near { at, ..near };
        joined = before.joined().is_some_and(|(between, _)| AND.contains(&bare(between)));
        near = before;
    }
    out
}

fn days_after(near: Near<'_>, month: usize) -> Vec<(Near<'_>, u64)> {
    let mut out = Vec::new();
    let between = near.text.get(month..near.span().start).unwrap_or("?");
    let between = between.trim_start_matches('.').trim_matches([' ', '\u{a0}', '\n']);
    let mut joined = ["", "the", "on the"].contains(&between);
    let mut near = near;
    while joined && let Some(day) = is_day(near) {
        out.push((near, day));
        let Some((between, next)) = near.joined() else { break };
        joined = AND.contains(&bare(between));
        near = next;
    }
    out
}

/// Twice, doubled, tenfold.
fn times_in_a_word(word: &Span, folded: &str) -> Option<Compound> {
    let times = match folded {
        "twice" | "double" | "doubled" | "doubles" | "doubling" => 2,
        "thrice" | "triple" | "tripled" | "triples" | "tripling" | "treble" | "trebled" => 3,
        "quadruple" | "quadrupled" | "quadruples" | "quadrupling" => 4,
        "quintuple" | "quintupled" => 5,
        _ => numeral(folded.strip_suffix("fold")?).map(|(value, ..)| value)?,
    };
    Some(Compound::multiple(Value::whole(times), Some(word.clone())))
}

/// Three times, 2.5-fold.
pub(super) fn multiple(near: Near<'_>) -> Option<Compound> {
    let rest = near.after().trim_start_matches([' ', '\u{a0}', '-', '‑', '\n']);
    let word: String = rest.chars().take_while(|c| c.is_alphabetic() || *c == '×').collect();
    let folded = fold(&word);
    let sure = ["times", "fold"].contains(&folded.as_str());
    let multiple = Compound::multiple(near.value(), Some(near.span().clone()));
    match folded.as_str() {
        "x" | "×" => Some(multiple.unsure()),
        // The Times.
        _ if sure && word.starts_with(char::is_lowercase) => Some(multiple),
        _ => None,
    }
}

/// Two thirds, a quarter, half.
fn fraction(text: &str, numbers: &[Filed], before: Option<&Span>, word: &Span, folded: &str) -> Option<Compound> {
    if folded == "half" || folded == "halves" {
        return Some(Compound::fraction((1, None), (2, Some(word.clone()))).unsure());
    }
    let plural = folded.ends_with('s');
    let singular = folded.strip_suffix('s').unwrap_or(folded);
    let denominator = match singular {
        "quarter" => 4,
        "second" | "first" => return None,
        _ => numeral(singular).filter(|(.., ordinal)| *ordinal).map(|(value, ..)| value)?,
    };
    let at = numbers.partition_point(|number| number.span.end <= word.start).checked_sub(1);
    let counted = at.map(|at| Near { text, numbers, at });
    let counted = counted.filter(|near| [" ", "-", "‑", "\u{a0}"].contains(&&text[near.span().end..word.start]));
    // The first quarter.
    let counted = counted.filter(|near| !near.surface().ends_with(['t', 'd', 'h']));
    let whole = |near: Near<'_>| near.up_to(99).map(|value| near.part(value));
    let article = before.is_some_and(|before| {
        ["a", "A", "an", "An"].contains(&&text[before.clone()]) && text[before.end..word.start].trim().is_empty()
    });
    let numerator = match counted.and_then(whole) {
        Some(numerator) => numerator,
        None if article => (1, None),
        None => return None,
    };
    let out = Compound::fraction(numerator.clone(), (denominator, Some(word.clone())));
    let sure = plural && numerator.0 > 1 || !plural && numerator.0 == 1 && !article;
    Some(if sure || article && text[word.end..].starts_with(" of ") { out } else { out.unsure() })
}

/// Half past two, ten minutes to three, two o'clock, 2.30 pm, two thirty.
pub(super) fn times(near: Near<'_>, out: &mut Vec<Compound>) {
    let Some(hour) = near.up_to(24) else {
        out.extend(with_point(near));
        return;
    };
    let before = near.before();
    let start = before.floor_char_boundary(before.len().saturating_sub(20));
    let before = fold(&before[start..]).replace('-', " ");
    let before = before.trim_end();
    let earlier = (hour + 23) % 12;
    let (hour_part, none) = (near.part(hour), None);
    let said =
        [("half past", 30, hour), ("quarter past", 15, hour), ("quarter after", 15, hour), ("quarter to", 45, earlier)];
    if let Some((_, minute, hour)) = said.into_iter().find(|(words, ..)| before.ends_with(words)) {
        out.push(Compound::time((hour, hour_part.1), (minute, none)));
        return;
    }
    if let Some((between, next)) = near.joined()
        && let (Some(minute), Some(hour)) = (near.up_to(59), next.up_to(12))
    {
        let time = |hour| Compound::time(next.part(hour), near.part(minute));
        match fold(between.trim()).as_str() {
            "past" | "minutes past" => out.push(time(hour)),
            "minutes to" | "minutes before" if minute > 0 => {
                out.push(Compound::time(((hour + 23) % 12, Some(next.span().clone())), (60 - minute, None)));
            }
            _ => {}
        }
    }
    if is_of_clock(near.after()) {
        out.push(Compound::time(hour_part, (0, None)));
    } else if let Some((" ", next)) = near.joined()
        && let Some(minute) = next.up_to(59).filter(|minute| *minute > 9 && hour <= 12)
    {
        out.push(Compound::time(hour_part, next.part(minute)).unsure());
    }
}

/// Whether o'clock or a.m. follows.
fn is_of_clock(after: &str) -> bool {
    let rest = after.trim_start();
    let start = fold(&rest[..rest.floor_char_boundary(10)]);
    let word = |sign: &str| start.strip_prefix(sign).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    ["o'clock", "oclock", "a.m", "p.m", "am", "pm"].into_iter().any(word)
}

/// 2.30 pm.
fn with_point(near: Near<'_>) -> Option<Compound> {
    let (hour, minute) = near.surface().split_once('.').filter(|(_, minute)| minute.len() == 2)?;
    let (hour, minute): (u64, u64) = (hour.parse().ok()?, minute.parse().ok()?);
    let fits = hour <= 24 && minute < 60 && is_of_clock(near.after());
    fits.then(|| Compound::time(near.part(hour), near.part(minute)))
}
