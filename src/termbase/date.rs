//! Dates of entries: ISO 8601, a day or a second of it in UTC.

use std::fmt;

/// A day, perhaps with the time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
    /// Hour, minute, second.
    time: Option<(u8, u8, u8)>,
}

impl Date {
    /// A day of the calendar.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        // XML Schema knows no year 0 and no year of five digits without a sign of its own.
        let fits = (1..=9999).contains(&year) && (1..=days).contains(&day);
        fits.then_some(Self { year, month, day, time: None })
    }

    /// The same day at a time of it.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8, second: u8) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(Self { time: Some((hour, minute, second)), ..self })
    }

    /// The day of a moment, in seconds since the beginning of 1970 in UTC, by counting days in cycles of four centuries,
    /// each year beginning in March (Reingold and Dershowitz, *Calendrical Calculations*).
    pub fn of_seconds(seconds: u64) -> Option<Self> {
        // Days since 1 March of the year 0.
        let days = seconds / 86_400 + 719_468;
        let (cycle, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let of_month = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = u16::try_from(400 * cycle + year + next).ok()?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(of_month).ok()?)
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
        (self.year, self.month, self.day)
    }

    /// Hour, minute and second, where the time is known.
    pub fn time(self) -> Option<(u8, u8, u8)> {
        self.time
    }
}

fn number<T: std::str::FromStr>(digits: &str, range: std::ops::Range<usize>) -> Option<T> {
    let part = digits.get(range)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)?;
        match self.time {
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
        let day = |seconds| Date::of_seconds(seconds).map(|date| date.to_string());
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
        assert_eq!(day(u64::MAX), None);
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
