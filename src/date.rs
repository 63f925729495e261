//! Dates: ISO 8601, a day or a second of it in UTC.

use std::fmt;

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

/// A day, perhaps with the time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    day: civil::Date,
    /// To the second.
    time: Option<civil::Time>,
}

impl Date {
    /// A day of the calendar.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        // XML Schema knows no year 0 and no year of five digits without a sign of its own.
        let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
        let day = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { day, time: None })
    }

    /// The same day at a time of it.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let part = |number: u8| i8::try_from(number).ok();
        let time = civil::Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
        Some(Self { time: Some(time), ..self })
    }

    /// The day of a moment in UTC.
    pub fn of(moment: Timestamp) -> Option<Self> {
        let day = Offset::UTC.to_datetime(moment).date();
        (1..=9999).contains(&day.year()).then_some(Self { day, time: None })
    }

    /// Reads `2026-11-22`, `2026-11-22T08:30:00` with or without fractions and `Z`, and the compact `20261122T083000Z` of
    /// TMX. Of a time in another zone than UTC only the day is taken: it is the day that was written.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, time) = text.split_once(['T', ' ']).map_or((text, None), |(day, time)| (day, Some(time)));
        let digits: String = match day.len() {
            8 => day.to_owned(),
            10 if day.get(4..5) == Some("-") && day.get(7..8) == Some("-") => day.replace('-', ""),
            _ => return None,
        };
        let day = Self::new(number(&digits, 0..4)?, number(&digits, 4..6)?, number(&digits, 6..8)?)?;
        let Some(time) = time else { return Some(day) };
        let time = time.strip_suffix('Z').unwrap_or(time);
        if time.contains(['+', '-']) {
            return Some(day);
        }
        let clock = time.split_once('.').map_or(time, |(clock, _)| clock).replace(':', "");
        if clock.len() != 6 {
            return None;
        }
        day.at(number(&clock, 0..2)?, number(&clock, 2..4)?, number(&clock, 4..6)?)
    }

    /// Year, month and day.
    pub fn day(self) -> (u16, u8, u8) {
        let [month, day] = [self.day.month(), self.day.day()].map(i8::unsigned_abs);
        (self.day.year().unsigned_abs(), month, day)
    }

    /// Hour, minute and second, where the time is known.
    pub fn time(self) -> Option<(u8, u8, u8)> {
        let parts = |time: civil::Time| [time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
        self.time.map(parts).map(|[hour, minute, second]| (hour, minute, second))
    }
}

fn number<T: std::str::FromStr>(digits: &str, range: std::ops::Range<usize>) -> Option<T> {
    let part = digits.get(range)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.day();
        write!(f, "{year:04}-{month:02}-{day:02}")?;
        match self.time() {
            Some((hour, minute, second)) => write!(f, "T{hour:02}:{minute:02}:{second:02}Z"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_days() {
        let of = |seconds| Timestamp::from_second(seconds).ok().and_then(Date::of);
        let day = |seconds| of(seconds).map(|date| date.to_string());
        for (seconds, shown) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_735_689_599, "2024-12-31"),
            (1_795_305_600, "2026-11-22"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(day(seconds).as_deref(), Some(shown));
        }
        // Before the year 1, and where no calendar goes.
        assert_eq!((day(-62_135_596_801), day(-62_135_596_800).as_deref()), (None, Some("0001-01-01")));
        assert_eq!(day(i64::MAX), None);
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (given, shown) in [
            ("2026-11-22", "2026-11-22"),
            (" 2024-02-29T23:59:59Z ", "2024-02-29T23:59:59Z"),
            ("2026-11-22T08:30:00.123", "2026-11-22T08:30:00Z"),
            ("2026-11-22 08:30:00", "2026-11-22T08:30:00Z"),
            ("20261122T083000Z", "2026-11-22T08:30:00Z"),
            ("2026-11-22T08:30:00+08:00", "2026-11-22"),
        ] {
            assert_eq!(Date::parse(given).map(|date| date.to_string()).as_deref(), Some(shown), "{given}");
        }
        for broken in [
            "",
            "2023-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026/11/22",
            "二〇二六",
            "2026-1-22",
            "2026-11-22T25:00:00Z",
            "20261122T",
            "+0261122",
        ] {
            assert_eq!(Date::parse(broken), None, "{broken}");
        }
    }
}
