//! Numbers in Arabic digits, in any language.

use super::names;
use super::numbers::{Claim, Numbers, Value};
use crate::lang::Language;
use crate::text::Span;
use crate::token::numerals::digit;

/// Longer numbers are codes of which no value is asked.
const LONGEST: usize = 24;

/// Digits with the marks between them.
#[derive(Debug)]
pub(super) struct Digits {
    pub(super) span: Span,
    /// What the whole may mean, likeliest first.
    pub(super) readings: Vec<Value>,
    /// The groups of digits by themselves.
    pub(super) parts: Vec<Value>,
    /// Belongs to a code (`COVID-19`) or an address, or is a reference (`[3]`): nothing is asked of the other side.
    pub(super) code: bool,
}

/// Whether a number may have a comma before its decimals and points between thousands.
fn comma_parts_decimals(language: Language) -> bool {
    use Language::{Arabic, Dutch, French, German, Italian, Polish, Portuguese, Russian, Spanish, Turkish};
    matches!(language, Arabic | Dutch | French | German | Italian | Polish | Portuguese | Russian | Spanish | Turkish)
}

/// Reads the numbers of a language whose numerals are not known to us.
pub(super) fn read(text: &str, language: Language, numbers: &mut Numbers) {
    let addresses = names::addresses(text);
    let mut at = 0;
    while let Some(next) = next_digit(text, at) {
        let found = digits_at(text, next, language, &addresses);
        at = found.span.end;
        let rest = text[at..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '.']);
        let large = LARGE.iter().any(|large| starts_with_folded(rest, large));
        numbers.vague |= large;
        // Months may be named on the other side.
        let claim = if rest.starts_with('월') { Claim::Words } else { Claim::Digits };
        found.parts.iter().for_each(|&part| numbers.add(part));
        if !found.code && !large {
            numbers.claim(found.span, found.readings, claim);
            numbers.or_parts(&found.parts);
        }
    }
}

/// Beginnings of words for thousands and more.
const LARGE: &[&str] = &[
    "mil",
    "mld",
    "mrd",
    "mio",
    "bil",
    "tril",
    "tys",
    "tausend",
    "duizend",
    "mln",
    "bin",
    "тыс",
    "тр",
    "мил",
    "млн",
    "мл",
    "ألف",
    "آلاف",
    "مليون",
    "ملايين",
    "مليار",
    "만",
    "억",
    "조",
    "천",
    "พัน",
    "หมื่น",
    "แสน",
    "ล้าน",
];

fn starts_with_folded(text: &str, beginning: &str) -> bool {
    let mut chars = text.chars().flat_map(char::to_lowercase);
    beginning.chars().all(|c| chars.next() == Some(c))
}

/// Where the next digit stands.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    text[from..].char_indices().find(|&(_, c)| digit(c).is_some()).map(|(at, _)| from + at)
}

/// The number that begins with the digit at `start`.
pub(super) fn digits_at(text: &str, start: usize, language: Language, addresses: &[Span]) -> Digits {
    let continental = comma_parts_decimals(language);
    let (mut groups, mut marks) = (Vec::new(), Vec::new());
    let mut at = start;
    loop {
        let group: String = text[at..].chars().map_while(digit).filter_map(|d| char::from_digit(d, 10)).collect();
        at = text[at..].char_indices().find(|&(_, c)| digit(c).is_none()).map_or(text.len(), |(length, _)| at + length);
        groups.push(group);
        let Some(mark) = text[at..].chars().next() else { break };
        let after = at + mark.len_utf8();
        let next = text[after..].chars().take(4).take_while(|&c| digit(c).is_some()).count();
        let thousands = next == 3 && groups.iter().all(|group| group.len() <= 3);
        let joins = match mark {
            '.' | '．' | '٫' => next > 0,
            ',' | '٬' => thousands || continental && next > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => thousands,
            _ => false,
        };
        if !joins {
            break;
        }
        marks.push(match mark {
            '.' | '．' | '٫' => '.',
            ',' | '٬' => ',',
            _ => ' ',
        });
        at = after;
    }
    let parts: Vec<Value> = groups.iter().filter_map(|group| decimal(group, "")).collect();
    let mut readings = Vec::new();
    if continental {
        readings.extend(with_point(&groups, &marks, ','));
    }
    readings.extend(with_point(&groups, &marks, '.'));
    if readings.is_empty() || marks.contains(&' ') || continental {
        readings.extend(&parts);
    }
    let span = start..at;
    if let ([lone], Some(before)) = (groups.as_slice(), text[..start].strip_suffix('.'))
        && before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([=<>".contains(c))
    {
        // .08 without its zero.
        readings.splice(0..0, decimal("0", lone));
    }
    if let [lone] = groups.as_slice()
        && lone.len() == 2
    {
        readings.extend(shortened(text, start).zip(parts.first()).map(|(hundreds, part)| Value(hundreds.0 + part.0)));
    }
    let code = is_code(text, &span) || addresses.iter().any(|address| address.contains(&start));
    let code = code || groups.iter().any(|group| group.len() > LONGEST);
    Digits { span, readings, parts, code }
}

/// The value if `point` is what parts the decimals and other marks stand between thousands.
fn with_point(groups: &[String], marks: &[char], point: char) -> Option<Value> {
    let points = marks.iter().filter(|&&mark| mark == point).count();
    let last = marks.last() == Some(&point);
    if points > 1 || points == 1 && !last {
        return None;
    }
    let (whole, rest) = groups.split_at(groups.len() - usize::from(last));
    if whole.iter().skip(1).any(|group| group.len() != 3) {
        return None;
    }
    decimal(&whole.concat(), rest.first().map_or("", String::as_str))
}

fn decimal(whole: &str, rest: &str) -> Option<Value> {
    if whole.len() > LONGEST {
        return None;
    }
    let whole: u128 = whole.parse().ok()?;
    let millionths: String = rest.chars().chain("000000".chars()).take(6).collect();
    Some(Value(whole.checked_mul(Value::ONE)? + millionths.parse::<u128>().ok()?))
}

/// The century of a year of which only the last two digits stand at `start`, as in 2019–20.
fn shortened(text: &str, start: usize) -> Option<Value> {
    let before = text[..start].trim_end_matches(|c| "-–—/~～至到".contains(c));
    let year = before.get(before.len().checked_sub(4)?..).filter(|_| before.len() < start)?;
    let year: u64 = year.parse().ok()?;
    Some(Value::whole(year - year % 100))
}

/// Whether digits belong to a code such as `COVID-19` or `H2`, or are a reference such as `[3]` or `word.3`.
fn is_code(text: &str, span: &Span) -> bool {
    let mut before = text[..span.start].chars().rev();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !crate::lang::is_han(c));
    match before.next() {
        Some('[' | '［' | '#' | '_') => true,
        // Around the clock.
        _ if text[span.clone()] == *"24" && text[span.end..].starts_with("/7") => true,
        Some('-' | '.' | ',' | '”' | '"' | '/' | '+' | '–' | '’') => latin(before.next()),
        // Hangul, kana and Thai touch numbers in running text.
        c => c.is_some_and(|c| c.is_alphabetic() && u32::from(c) < 0x600),
    }
}
