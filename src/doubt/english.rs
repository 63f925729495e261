//! Numbers as English writes them: 1.3 million, twenty-five, the 21st century, June.

use super::figures::{self, Digits};
use super::names;
use super::numbers::{Claim, Numbers, Value};
use super::rate::Rate;
use super::roman;
use crate::token::fold;
use crate::token::numerals::{NUMBER_WORDS, digit};

const TENS: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Longer words are no numerals.
const LONGEST: usize = 16;

/// Reads the numbers of a text.
pub(super) fn read(text: &str, numbers: &mut Numbers) {
    let addresses = names::addresses(text);
    let mut reader = Reader { text, numbers, pending: None, last: None };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if digit(c).is_some() {
            let digits = figures::digits_at(text, at, crate::lang::Language::English, &addresses);
            at = digits.span.end;
            reader.digits(digits);
        } else if c.is_alphabetic() {
            let end = text[at..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| at + length);
            reader.word(at, end);
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
    reader.finish();
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Figure,
    /// Below a hundred.
    Small,
    Hundred,
    Scale,
}

/// A numeral that more words may continue.
#[derive(Debug)]
struct Pending {
    start: usize,
    end: usize,
    /// In millionths.
    total: u128,
    section: u128,
    last: Kind,
    words: usize,
    /// What it was multiplied by.
    scale: Option<u64>,
    digits: Option<Digits>,
    /// Other things it may mean.
    others: Vec<Value>,
    and: bool,
}

#[derive(Debug)]
struct Reader<'a> {
    text: &'a str,
    numbers: &'a mut Numbers,
    pending: Option<Pending>,
    /// The number filed last, and where it ends.
    last: Option<(Value, usize)>,
}

impl Reader<'_> {
    fn digits(&mut self, digits: Digits) {
        self.finish();
        let Some(&value) = digits.readings.first() else { return };
        self.pending = Some(Pending {
            start: digits.span.start,
            end: digits.span.end,
            total: 0,
            section: value.0,
            last: Kind::Figure,
            words: 0,
            scale: None,
            digits: Some(digits),
            others: Vec::new(),
            and: false,
        });
    }

    fn word(&mut self, start: usize, end: usize) {
        if end - start > LONGEST {
            self.finish();
            return;
        }
        let folded = fold(&self.text[start..end]);
        if let Some(pending) = &mut self.pending {
            if pending.last == Kind::Figure && pending.end == start {
                self.suffix(&folded, end);
                return;
            }
            if folded == "and" && matches!(pending.last, Kind::Hundred | Kind::Scale) && !pending.and {
                pending.and = true;
                return;
            }
        }
        let roman = roman::at(self.text, start).filter(|roman| roman.span.end <= end);
        if let Some(roman) = roman {
            self.finish();
            if roman.sure {
                self.last = Some((Value::whole(roman.value), roman.span.end));
            }
            self.numbers.claim_roman(roman);
        } else if let Some((value, kind, ordinal)) = numeral(&folded) {
            self.numeral(start, end, value, kind);
            if ordinal {
                self.finish();
            }
        } else {
            self.finish();
            self.other(&folded, start);
        }
    }

    /// Letters that touch digits: `1990s`, `21st`, `5bn`.
    fn suffix(&mut self, folded: &str, end: usize) {
        let Some(pending) = &mut self.pending else { return };
        let factor = match folded {
            "k" => 1000,
            "m" | "mn" => 1_000_000,
            "bn" | "b" => 1_000_000_000,
            "tn" => 1_000_000_000_000,
            _ => 0,
        };
        if factor > 0 {
            pending.others.extend(Value(pending.section).times(factor));
        }
        if folded == "s"
            && let Some(hundreds) = Value(pending.section).as_whole().filter(|years| years % 100 == 0)
        {
            pending.others.push(Value::whole(hundreds / 100 + 1));
        }
        let unit = !matches!(folded, "s" | "st" | "nd" | "rd" | "th");
        if !unit {
            pending.end = end;
        }
        self.finish();
        if unit {
            self.other(folded, self.last.map_or(0, |(_, end)| end));
        }
    }

    fn numeral(&mut self, start: usize, end: usize, value: u64, kind: Kind) {
        let added = u128::from(value) * Value::ONE;
        if let Some(pending) = &mut self.pending
            && let gap = self.text[pending.end..start].trim()
            && (gap.is_empty() || gap == "-" || gap == "+" || gap == "‑" || pending.and && gap == "and")
            && pending.continues(added, kind, gap.is_empty())
        {
            pending.end = end;
            pending.words += 1;
            pending.last = kind;
            pending.and = false;
            return;
        }
        self.finish();
        let (total, section) = if kind == Kind::Scale { (added, 0) } else { (0, added) };
        self.pending = Some(Pending {
            start,
            end,
            total,
            section,
            last: kind,
            words: 1,
            scale: None,
            digits: None,
            others: Vec::new(),
            and: false,
        });
    }

    /// Words that are no numerals but say a number.
    fn other(&mut self, folded: &str, start: usize) {
        let near = self.last.filter(|&(_, end)| self.text[end..start].chars().all(|c| " -\u{a0}\n".contains(c)));
        let count = near.map_or(Value::whole(1), |(value, _)| value);
        let mut say = |factor| {
            self.numbers.add_whole(factor);
            count.times(factor).into_iter().for_each(|value| self.numbers.add(value));
        };
        match folded {
            "dozen" | "dozens" | "noon" | "midday" | "midnight" => say(12),
            "score" | "scores" => say(20),
            "decade" | "decades" => say(10),
            "century" | "centuries" => say(100),
            "fortnight" => say(14),
            "quarter" | "quarters" => {
                [4, 15, 25].into_iter().for_each(say);
                for quarters in [1, 3] {
                    self.numbers.add(Value(quarters * Value::ONE / 4));
                }
            }
            "half" | "halves" => self.numbers.half = true,
            "double" | "twice" | "both" | "pair" => say(2),
            "p" | "pm" | "o" | "a" | "am" if near.is_some() && count <= Value::whole(12) => {
                self.numbers.add(Value(count.0 + 12 * Value::ONE));
            }
            _ => {
                let month = MONTHS.iter().position(|&month| {
                    month == folded || folded == "sept" && month == "september" || folded == &month[..3]
                });
                if let Some(month) = month {
                    say(month as u64 + 1);
                }
                if let Some(plural) = folded.strip_suffix('s') {
                    let tens = plural.strip_suffix("ie").map(|stem| format!("{stem}y"));
                    let singular = numeral(tens.as_deref().unwrap_or(plural));
                    if let Some((value, ..)) = singular {
                        say(value);
                    }
                }
            }
        }
    }

    fn finish(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let Some(value) = pending.total.checked_add(pending.section).map(Value) else { return };
        self.last = Some((value, pending.end));
        let rest = self.text[pending.end..].trim_start();
        let rate = Rate::english(rest);
        let span = pending.start..pending.end;
        let whole = value.as_whole().unwrap_or_default();
        let code = pending.digits.as_ref().is_some_and(|digits| digits.code);
        for &part in pending.digits.iter().flat_map(|digits| &digits.parts) {
            if rate.is_some_and(|rate| rate.of != 100) { self.numbers.add_bare(part) } else { self.numbers.add(part) }
        }
        if let Some(rate) = rate {
            if rate.of == 100 {
                pending.others.iter().for_each(|&other| self.numbers.add(other));
            }
            let claim = if code { Claim::None } else { Claim::Words };
            self.numbers.claim_share(span, value, rate, claim);
            return;
        }
        let mut readings = vec![value];
        if rest.starts_with([':', '：']) || ["p.m", "pm", "a.m", "am"].iter().any(|sign| rest.starts_with(sign)) {
            match whole {
                13..=24 => readings.push(Value::whole(whole - 12)),
                1..=12 => self.numbers.add_whole(whole + 12),
                _ => {}
            }
        }
        if let Some(digits) = pending.digits.as_ref().filter(|_| pending.words == 0) {
            readings.extend(&digits.readings);
        }
        let claim = match &pending.digits {
            Some(_) if code => Claim::None,
            Some(_) => Claim::Digits,
            None if whole < 11 => Claim::None,
            // A hundred and one thousand are often just many.
            None if [100, 1000, 1_000_000, 1_000_000_000].contains(&whole) => Claim::None,
            None => Claim::Words,
        };
        readings.extend(pending.others);
        if let Some(factor) = pending.scale.filter(|_| !code) {
            self.numbers.share(self.text, span.start, factor);
        }
        self.numbers.claim(span, readings, claim);
        if let (Some(digits), 0, true) = (&pending.digits, pending.words, claim == Claim::Digits) {
            self.numbers.or_parts(&digits.parts);
        }
    }
}

impl Pending {
    /// Takes a further word into the numeral, if it continues it.
    fn continues(&mut self, value: u128, kind: Kind, blank: bool) -> bool {
        let (one, section) = (Value::ONE, self.section);
        match (self.last, kind) {
            (Kind::Small, Kind::Small) => {
                let tens = section % (100 * one);
                if tens >= 20 * one && tens % (10 * one) == 0 && value < 10 * one {
                    self.section += value;
                } else if blank && self.total == 0 && (10 * one..100 * one).contains(&section) && value >= 10 * one {
                    // Nineteen ninety-eight, twenty twenty.
                    self.others.extend([Value(section), Value(value)]);
                    self.section = section * 100 + value;
                } else {
                    return false;
                }
            }
            (Kind::Hundred | Kind::Scale, Kind::Small) => self.section += value,
            (Kind::Small | Kind::Figure, Kind::Hundred) if section < 100 * one => self.section = section * 100,
            (Kind::Scale, Kind::Scale) => self.total = self.total.saturating_mul(value / one),
            (_, Kind::Scale) => {
                let Some(scaled) = section.checked_mul(value / one) else { return false };
                self.total = self.total.saturating_add(scaled);
                self.scale = u64::try_from(value / one).ok();
                self.section = 0;
            }
            _ => return false,
        }
        true
    }
}

/// The value and kind of a number word, and whether it is an ordinal, which ends a numeral.
pub(super) fn numeral(folded: &str) -> Option<(u64, Kind, bool)> {
    if let Some((value, kind)) = cardinal(folded) {
        return Some((value, kind, false));
    }
    let irregular = ["first", "second", "third", "fifth", "eighth", "ninth", "twelfth"];
    if let Some(at) = irregular.iter().position(|&known| known == folded) {
        return Some(([1, 2, 3, 5, 8, 9, 12][at], Kind::Small, true));
    }
    let stem = folded.strip_suffix("th")?;
    let stem = stem.strip_suffix("ie").map_or_else(|| stem.to_owned(), |stem| format!("{stem}y"));
    cardinal(&stem).map(|(value, kind)| (value, kind, true))
}

fn cardinal(folded: &str) -> Option<(u64, Kind)> {
    let at = |list: &[&str]| list.iter().position(|&known| known == folded).map(|at| at as u64);
    at(NUMBER_WORDS).or_else(|| at(&TENS).map(|tens| tens * 10)).map(|value| (value, Kind::Small)).or(match folded {
        "hundred" => Some((100, Kind::Hundred)),
        "thousand" => Some((1000, Kind::Scale)),
        "million" | "mln" => Some((1_000_000, Kind::Scale)),
        "billion" | "bln" => Some((1_000_000_000, Kind::Scale)),
        "trillion" | "trln" => Some((1_000_000_000_000, Kind::Scale)),
        "quadrillion" => Some((1_000_000_000_000_000, Kind::Scale)),
        _ => None,
    })
}
