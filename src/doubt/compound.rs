//! What several numbers say together: dates, times of day, multiples, fractions. They differ as wholes, so that even
//! small numbers tell: 三月五日 is not March 6, 两倍 not three times.
//!
//! Either side may leave such a thing out or say it in other words. So one is told only where both sides have one that
//! the other lacks.

mod chinese;
mod english;

use std::collections::HashSet;

use super::numbers::{Figure, Filed, Numbers, Value};
use crate::text::Span;

/// What is compared with its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Month and day.
    Date,
    /// A month, with or without a day.
    Month,
    /// Hour, of twelve, and minute.
    Time,
    /// How many times as much.
    Multiple,
    /// Numerator and denominator.
    Fraction,
    /// Yuan with their tenths and hundredths, which are one number.
    Money,
}

/// A number of a compound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) value: Value,
    /// Where it stands; nothing for the minutes of a full hour.
    pub(super) span: Option<Span>,
}

/// Numbers that belong together.
#[derive(Clone, Debug)]
pub(super) struct Compound {
    pub(super) kind: Kind,
    pub(super) parts: Vec<Part>,
    /// What its parts may be besides.
    others: Vec<Vec<Value>>,
    /// What else may be said for it.
    says: Vec<Value>,
    /// What else each of its numbers may be answered by.
    means: Option<Value>,
    /// Whether it is surely what it seems; otherwise it only answers the other side.
    sure: bool,
}

impl Compound {
    fn new(kind: Kind, parts: impl IntoIterator<Item = (u64, Option<Span>)>) -> Self {
        let part = |(value, span)| Part { value: Value::whole(value), span };
        let parts = parts.into_iter().map(part).collect();
        Self { kind, parts, others: Vec::new(), says: Vec::new(), means: None, sure: true }
    }

    fn unsure(self) -> Self {
        Self { sure: false, ..self }
    }

    fn or(mut self, other: impl IntoIterator<Item = u64>) -> Self {
        self.others.push(other.into_iter().map(Value::whole).collect());
        self
    }

    fn date(month: (u64, Option<Span>), day: (u64, Option<Span>)) -> Self {
        Self::new(Kind::Date, [month, day])
    }

    /// An hour of up to 24, and minutes. Either may be said on the other side by its number.
    fn time(hour: (u64, Option<Span>), minute: (u64, Option<Span>)) -> Self {
        let of_twelve = hour.0 % 12;
        let mut out = Self::new(Kind::Time, [(of_twelve, hour.1), minute]);
        out.says = [of_twelve, of_twelve + 12, out.parts[1].value.as_whole().unwrap_or(0)].map(Value::whole).to_vec();
        out
    }

    /// So many times as much, which is as well so many hundred percents.
    fn multiple(times: Value, span: Option<Span>) -> Self {
        let parts = vec![Part { value: times, span }];
        let says = times.times(100).into_iter().collect();
        Self { kind: Kind::Multiple, parts, others: Vec::new(), says, means: None, sure: true }
    }

    /// A fraction, which is as well so many percents, rounded somehow.
    fn fraction(numerator: (u64, Option<Span>), denominator: (u64, Option<Span>)) -> Self {
        let mut out = Self::new(Kind::Fraction, [numerator, denominator]);
        let [numerator, denominator] = [0, 1].map(|at| out.parts[at].value.0 / Value::ONE);
        if (1..1000).contains(&denominator) {
            for digits in [1, 10] {
                let percents = numerator * 100 * digits / denominator;
                out.says.extend([percents, percents + 1].map(|percents| Value(percents * Value::ONE / digits)));
            }
        }
        out
    }

    /// The values that answer the other side.
    pub(super) fn says(&self) -> impl Iterator<Item = Value> {
        self.says.iter().copied().chain(self.means)
    }

    /// What else a number of it may be answered by: 12.5 for both of 十二元五角.
    pub(super) fn means(&self) -> Option<Value> {
        self.means
    }

    fn may_be(&self) -> impl Iterator<Item = Vec<Value>> {
        std::iter::once(self.parts.iter().map(|part| part.value).collect()).chain(self.others.iter().cloned())
    }

    fn is_answered_by(&self, other: &Numbers, said: &HashSet<Vec<Value>>) -> bool {
        // The other side may have its numbers without the form.
        let zero = |value: &Value| *value == Value::whole(0);
        let loose = |values: Vec<Value>| match (self.kind, values.as_slice()) {
            (Kind::Date, [_, day]) => other.loose.contains(day),
            (_, values) => values.iter().all(|value| zero(value) || other.loose.contains(value)),
        };
        self.may_be().any(|values| said.contains(&values) || loose(values))
    }

    /// The figures of the parts that are not those of `other`.
    fn figures(&self, other: Option<&Self>) -> Vec<Figure> {
        let same = |at: usize| other.and_then(|other| other.parts.get(at)).map(|part| part.value);
        let differs = |(at, part): &(usize, &Part)| same(*at) != Some(part.value);
        let figure = |part: &Part| Some(Figure { span: part.span.clone()?, value: part.value });
        let out: Vec<Figure> =
            self.parts.iter().enumerate().filter(differs).filter_map(|(_, part)| figure(part)).collect();
        // Of a full hour the hour is shown.
        if out.is_empty() { self.parts.iter().find_map(figure).into_iter().collect() } else { out }
    }
}

/// The dates, times and the like that each side has and the other has not, where both have some.
pub(super) fn differing(here: &Numbers, there: &Numbers) -> (Vec<Figure>, Vec<Figure>) {
    let mut out = (Vec::new(), Vec::new());
    for kind in [Kind::Date, Kind::Month, Kind::Time, Kind::Multiple, Kind::Fraction] {
        let (left, right) = (lone(kind, here, there), lone(kind, there, here));
        if left.is_empty() || right.is_empty() {
            continue;
        }
        for at in 0..left.len().max(right.len()) {
            let (one, other) = (left.get(at).copied(), right.get(at).copied());
            out.0.extend(one.into_iter().flat_map(|one| one.figures(other)));
            out.1.extend(other.into_iter().flat_map(|other| other.figures(one)));
        }
    }
    out
}

/// The compounds of a kind that the other side lacks.
fn lone<'a>(kind: Kind, side: &'a Numbers, other: &Numbers) -> Vec<&'a Compound> {
    let is_kind = |compound: &&Compound| compound.kind == kind;
    let said: HashSet<Vec<Value>> = other.compounds.iter().filter(is_kind).flat_map(Compound::may_be).collect();
    let asked = side.compounds.iter().filter(|compound| is_kind(compound) && compound.sure);
    asked.filter(|compound| !compound.is_answered_by(other, &said)).collect()
}

/// The compounds of a Chinese text, whose numbers are given in reading order.
pub(super) fn chinese(text: &str, numbers: &[Filed]) -> Vec<Compound> {
    let mut out = Vec::new();
    for at in 0..numbers.len() {
        let near = Near { text, numbers, at };
        chinese::dates(near, &mut out);
        chinese::times(near, &mut out);
        out.extend(chinese::multiple(near));
        out.extend(chinese::fraction(near));
        out.extend(chinese::money(near));
        out.extend(near.clock());
        out.extend(near.slashed());
        out.extend(near.written_date());
    }
    out
}

/// The same of an English text.
pub(super) fn english(text: &str, numbers: &[Filed]) -> Vec<Compound> {
    let mut out = english::named(text, numbers);
    for at in 0..numbers.len() {
        let near = Near { text, numbers, at };
        english::times(near, &mut out);
        out.extend(english::multiple(near));
        out.extend(near.clock());
        out.extend(near.slashed());
        out.extend(near.written_date());
    }
    out
}

/// A number and what stands around it.
#[derive(Clone, Copy)]
struct Near<'a> {
    text: &'a str,
    numbers: &'a [Filed],
    at: usize,
}

impl<'a> Near<'a> {
    fn span(self) -> &'a Span {
        &self.numbers[self.at].span
    }

    fn value(self) -> Value {
        self.numbers[self.at].value
    }

    fn surface(self) -> &'a str {
        &self.text[self.span().clone()]
    }

    /// Its value if it is whole and not larger than `most`.
    fn up_to(self, most: u64) -> Option<u64> {
        self.value().as_whole().filter(|value| *value <= most)
    }

    fn before(self) -> &'a str {
        &self.text[..self.span().start]
    }

    fn after(self) -> &'a str {
        &self.text[self.span().end..]
    }

    fn next(self) -> Option<Self> {
        (self.at + 1 < self.numbers.len()).then_some(Self { at: self.at + 1, ..self })
    }

    /// The next number, and what stands between this one and that.
    fn joined(self) -> Option<(&'a str, Self)> {
        let next = self.next()?;
        Some((self.text.get(self.span().end..next.span().start)?, next))
    }

    fn part(self, value: u64) -> (u64, Option<Span>) {
        (value, Some(self.span().clone()))
    }

    /// 15:30, where it is no ratio.
    fn clock(self) -> Option<Compound> {
        let (between, next) = self.joined()?;
        let (hour, minute) = (self.up_to(24)?, next.up_to(59)?);
        let sure = [":", "："].contains(&between) && next.surface().len() == 2 && self.surface().len() <= 2;
        let alone = !self.before().ends_with([':', '：']) && !next.after().starts_with([':', '：']);
        (sure && alone).then(|| Compound::time(self.part(hour), next.part(minute)))
    }

    /// 3/4, which may be a fraction or a date.
    fn slashed(self) -> Option<Compound> {
        let (_, next) = self.joined().filter(|(between, _)| *between == "/")?;
        let (one, other) = (self.up_to(999)?, next.up_to(999)?);
        Some(Compound::fraction(self.part(one), next.part(other)).unsure())
    }

    /// 2012-03-05, 5/3/2012.
    fn written_date(self) -> Option<Compound> {
        let (mark, next) = self.joined()?;
        let (again, last) = next.joined()?;
        if mark != again || !["-", "/"].contains(&mark) {
            return None;
        }
        let values = [self.up_to(9999)?, next.up_to(9999)?, last.up_to(9999)?];
        let (one, other) = match values {
            [year, one, other] if year >= 1000 => ((next, one), (last, other)),
            [one, other, _] => ((self, one), (next, other)),
        };
        let date = Compound::date(one.0.part(one.1), other.0.part(other.1));
        (one.1 <= 31 && other.1 <= 31).then(|| date.or([other.1, one.1]).unsure())
    }
}
