//! Numbers that differ between two sides.

use std::collections::HashSet;
use std::fmt;

use super::compound::{self, Compound};
use super::rate::Rate;
use super::roman::Roman;
use super::{chinese, english, figures};
use crate::lang::{Lang, Language};
use crate::text::Span;

/// A number, exact to a millionth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub(super) u128);

impl Value {
    /// One, in millionths.
    pub(super) const ONE: u128 = 1_000_000;

    /// A whole number.
    pub(super) fn whole(value: u64) -> Self {
        Self(u128::from(value) * Self::ONE)
    }

    /// The value as a whole number, if it is one of moderate size.
    pub(super) fn as_whole(self) -> Option<u64> {
        if self.0.is_multiple_of(Self::ONE) { u64::try_from(self.0 / Self::ONE).ok() } else { None }
    }

    /// The value so many times.
    pub(super) fn times(self, factor: u64) -> Option<Self> {
        self.0.checked_mul(u128::from(factor)).map(Self)
    }

    fn is_small(self) -> bool {
        self.0 < 10 * Self::ONE && self.as_whole().is_some()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0 / Self::ONE)?;
        let rest = self.0 % Self::ONE;
        if rest == 0 {
            return Ok(());
        }
        write!(f, ".{}", format!("{rest:06}").trim_end_matches('0'))
    }
}

/// A number where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its bytes in the text of its side.
    pub span: Span,
    /// Its value; of a percentage, the percents.
    pub value: Value,
}

/// How surely a number is one that the other side must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// Not at all: it only answers numbers of the other side.
    None,
    /// A single Arabic digit: against one that differs.
    Digit,
    /// A numeral or a month, where the other side's numerals are known to us.
    Words,
    /// Arabic digits.
    Digits,
}

#[derive(Debug)]
struct Claimed {
    figure: Figure,
    /// What may stand for it on the other side, its value first.
    readings: Vec<Value>,
    /// What may stand for it all together: of 18.12 the day and the month.
    parts: Vec<Value>,
    /// Of 25 basis points the 25, which the other side may say of something it does not name.
    bare: Option<Value>,
    /// Whether it is in percents.
    percent: bool,
    claim: Claim,
}

/// A number as it stands, whatever is asked of it.
#[derive(Debug)]
pub(super) struct Filed {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// The numbers of a text.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    claimed: Vec<Claimed>,
    present: HashSet<Value>,
    /// Values of shares of another whole than a hundred: the 5 of 5‰ answers a 5, but no 5 percent.
    bare: HashSet<Value>,
    /// All numbers in reading order.
    filed: Vec<Filed>,
    /// Dates, times and the like, and the values of the numbers that belong to none.
    pub(super) compounds: Vec<Compound>,
    pub(super) loose: HashSet<Value>,
    /// A word for half stands here, so that two and a half, half a million or half an hour may be said.
    pub(super) half: bool,
    /// A word for a large number that is not read stands here.
    pub(super) vague: bool,
}

impl Numbers {
    fn of(text: &str, lang: &Lang) -> Self {
        let mut out = Self::default();
        match lang.language() {
            Language::Chinese | Language::Japanese => chinese::read(text, lang, &mut out),
            Language::English => english::read(text, &mut out),
            language => figures::read(text, language, &mut out),
        }
        let compounds = match lang.language() {
            Language::Chinese => compound::chinese(text, &out.filed),
            Language::English => compound::english(text, &out.filed),
            _ => Vec::new(),
        };
        out.present.extend(compounds.iter().flat_map(Compound::says));
        for (compound, value) in compounds.iter().filter_map(|compound| Some((compound, compound.means()?))) {
            for span in compound.parts.iter().filter_map(|part| part.span.as_ref()) {
                if let Ok(at) = out.claimed.binary_search_by_key(&span.start, |claimed| claimed.figure.span.start) {
                    out.claimed[at].readings.push(value);
                }
            }
        }
        let used: HashSet<&Span> =
            compounds.iter().flat_map(|compound| &compound.parts).filter_map(|part| part.span.as_ref()).collect();
        let loose = out.filed.iter().filter(|filed| !used.contains(&filed.span));
        out.loose = loose.map(|filed| filed.value).collect();
        out.compounds = compounds;
        out
    }

    /// A value that the other side may speak of.
    pub(super) fn add(&mut self, value: Value) {
        self.present.insert(value);
    }

    /// The same for a whole number.
    pub(super) fn add_whole(&mut self, value: u64) {
        self.add(Value::whole(value));
    }

    /// A value that answers any number of the other side but percents.
    pub(super) fn add_bare(&mut self, value: Value) {
        self.bare.insert(value);
    }

    /// A number that the other side should have in one of its `readings`, the first of which is its value.
    pub(super) fn claim(&mut self, span: Span, readings: Vec<Value>, claim: Claim) {
        self.file(span, readings, claim);
    }

    /// The same of a number that is a share: its value is in percents.
    pub(super) fn claim_share(&mut self, span: Span, shares: Value, rate: Rate, claim: Claim) {
        let Some(percents) = rate.percents(shares) else { return };
        // All of something is often said in words.
        let claim = if percents == Value::whole(100) { Claim::None } else { claim };
        if rate.of != 100 {
            self.add_bare(shares);
        }
        if self.file(span, vec![percents], claim)
            && let Some(last) = self.claimed.last_mut()
        {
            last.percent = true;
            last.bare = (rate.of != 100).then_some(shares);
            if rate.of >= 1000 {
                // Three in a thousand.
                last.parts = vec![shares, Value::whole(rate.of)];
            }
        }
    }

    /// A Roman numeral: asked for only where it surely is one and says more than small ones do.
    pub(super) fn claim_roman(&mut self, roman: Roman) {
        let claim = if roman.sure && roman.value > 10 { Claim::Words } else { Claim::None };
        if roman.sure {
            self.claim(roman.span, vec![Value::whole(roman.value)], claim);
        } else {
            self.add_whole(roman.value);
        }
    }

    /// Whether it was claimed.
    fn file(&mut self, span: Span, readings: Vec<Value>, claim: Claim) -> bool {
        let Some(&value) = readings.first() else { return false };
        self.filed.push(Filed { span: span.clone(), value });
        self.present.extend(&readings);
        // Years are shortened: 1994–95, '98.
        if let Some(year @ 1000..=2199) = value.as_whole() {
            self.add_whole(year % 100);
            if year % 10 == 0 {
                self.add_whole(year / 100 + 1);
            }
        }
        let claim = if claim == Claim::Digits && value.is_small() { Claim::Digit } else { claim };
        if claim != Claim::None {
            let figure = Figure { span, value };
            self.claimed.push(Claimed { figure, readings, parts: Vec::new(), bare: None, percent: false, claim });
        }
        claim != Claim::None
    }

    /// The parts that may stand for the number claimed last.
    pub(super) fn or_parts(&mut self, parts: &[Value]) {
        if let Some(last) = self.claimed.last_mut() {
            last.parts = parts.to_vec();
        }
    }

    /// The number claimed last may share the scale of one that follows it: 14 to 22 million.
    pub(super) fn share(&mut self, text: &str, start: usize, factor: u64) {
        let Some(last) = self.claimed.last_mut() else { return };
        let Some(between) = text.get(last.figure.span.end..start) else { return };
        let between = between.trim();
        if ["-", "–", "—", "~", "～", "至", "到", "或", "和", "、", "to", "and", "or"].contains(&between) {
            let scaled = last.figure.value.times(factor);
            last.readings.extend(scaled);
            self.present.extend(scaled);
        }
    }

    fn has(&self, value: Value) -> bool {
        let half = Value::ONE / 2;
        self.present.contains(&value)
            || self.half
                && (value.0 % Value::ONE == half
                    || value == Value::whole(50)
                    || value.times(2).is_some_and(|twice| self.present.contains(&twice)))
    }

    /// The numbers claimed here that `other` lacks.
    fn lacking<'a>(&'a self, other: &'a Self, words: bool) -> Vec<&'a Claimed> {
        let large = Value::whole(1000);
        let mut seen = HashSet::new();
        self.claimed
            .iter()
            .filter(|claimed| claimed.claim != Claim::Words || words)
            .filter(|claimed| !(other.vague || self.vague) || claimed.figure.value < large)
            .filter(|claimed| !claimed.is_answered_by(other))
            .filter(|claimed| seen.insert(claimed.figure.value))
            .collect()
    }
}

impl Claimed {
    fn is_answered_by(&self, other: &Numbers) -> bool {
        let says = |value: Value| other.has(value) || !self.percent && other.bare.contains(&value);
        let all = |parts: &[Value]| {
            parts.len() > 1 && parts.iter().all(|part| other.present.contains(part) || other.bare.contains(part))
        };
        self.readings.iter().any(|&reading| says(reading)) || self.bare.is_some_and(says) || all(&self.parts)
    }
}

/// The numbers of each side that the other lacks, in reading order.
pub(super) fn differing(source: (&str, &Lang), target: (&str, &Lang)) -> (Vec<Figure>, Vec<Figure>) {
    let numbers = [Numbers::of(source.0, source.1), Numbers::of(target.0, target.1)];
    let [here, there] = &numbers;
    let read = |lang: &Lang| matches!(lang.language(), Language::Chinese | Language::English);
    let words = read(source.1) && read(target.1);
    let told = if words { compound::differing(here, there) } else { Default::default() };
    let (here, there) = (here.lacking(there, words), there.lacking(here, words));
    let digits = |side: &[&Claimed]| side.iter().any(|claimed| claimed.claim != Claim::Words);
    let (here_digits, there_digits) = (digits(&here), digits(&there));
    let keep = |side: Vec<&Claimed>, other: bool, told: Vec<Figure>| {
        let kept = side.into_iter().filter(|claimed| claimed.claim != Claim::Digit || other);
        let mut out = told;
        out.extend(kept.map(|claimed| claimed.figure.clone()));
        out.sort_by_key(|figure| (figure.span.start, figure.span.end));
        out.dedup_by(|one, other| one.span == other.span);
        out
    };
    (keep(here, there_digits, told.0), keep(there, here_digits, told.1))
}
