//! Shares of a hundred, a thousand and more, all as percents: 千分之五 and 5‰ are 0.5 percent, 25 basis points 0.25.

use super::numbers::Value;
use crate::token::numerals::{han_digit, han_number};

/// A share that a number is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    /// Of how many.
    pub(super) of: u64,
    /// What is added, in percents: 三成五.
    pub(super) more: u64,
}

/// The large numbers of which shares are told.
const WHOLES: &[u64] = &[10, 100, 1000, 10_000, 100_000, 1_000_000];

impl Rate {
    fn of(of: u64) -> Self {
        Self { of, more: 0 }
    }

    /// The percents that a number of such shares is.
    pub(super) fn percents(self, shares: Value) -> Option<Value> {
        let percents = shares.0.checked_mul(100)? / u128::from(self.of);
        percents.checked_add(Value::whole(self.more).0).map(Value)
    }

    /// The share that stands around a Chinese number.
    pub(super) fn chinese(before: &str, after: &str) -> Option<Self> {
        if let Some(before) = before.strip_suffix("分之") {
            return whole_before(before).map(Self::of);
        }
        let after = after.trim_start_matches(|c: char| c.is_whitespace() || "多余餘".contains(c));
        let starts = |signs: &[&str]| signs.iter().any(|sign| after.starts_with(sign));
        if let Some(rest) = after.strip_prefix('成') {
            return tenths(rest);
        }
        let bare = after.strip_prefix(['个', '個']).unwrap_or(after).trim_start();
        if bare.starts_with("百分点") || bare.starts_with("百分點") {
            return Some(Self::of(100));
        }
        if ["基点", "基點", "BP", "bp"].iter().any(|sign| bare.starts_with(sign)) {
            return Some(Self::of(10_000));
        }
        signed(after).or_else(|| starts(&["ppm", "PPM"]).then(|| Self::of(1_000_000)))
    }

    /// The share that stands behind an English number.
    pub(super) fn english(rest: &str) -> Option<Self> {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '‑'));
        let start = rest.floor_char_boundary(24);
        let folded = rest[..start].to_lowercase();
        let starts = |signs: &[&str]| signs.iter().any(|sign| folded.starts_with(sign));
        let is_word =
            |sign: &str| folded.strip_prefix(sign).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if starts(&["percent", "per cent", "pct"]) {
            Some(Self::of(100))
        } else if ["per mille", "per mil", "permille", "permil", "per thousand"].into_iter().any(is_word) {
            Some(Self::of(1000))
        } else if starts(&["basis point", "basis-point"]) || is_word("bps") || is_word("bp") {
            Some(Self::of(10_000))
        } else if is_word("ppm") || starts(&["parts per million", "part per million"]) {
            Some(Self::of(1_000_000))
        } else {
            signed(rest)
        }
    }
}

fn signed(after: &str) -> Option<Rate> {
    match after.chars().next()? {
        '%' | '％' | '﹪' => Some(Rate::of(100)),
        '‰' => Some(Rate::of(1000)),
        '‱' => Some(Rate::of(10_000)),
        _ => None,
    }
}

/// The whole before 分之, where it is one of which shares are told and not the denominator of a fraction.
fn whole_before(before: &str) -> Option<u64> {
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let value = if digits.len() < before.len() {
        before[digits.len()..].parse().ok()
    } else {
        let is_numeral = |c: char| "一十百千万萬".contains(c);
        let start = before.trim_end_matches(is_numeral).len();
        // 二十分之一 is no tenth.
        let is_more = before[..start].ends_with(|c| han_digit(c).is_some());
        han_number(&before[start..]).filter(|_| !is_more)
    };
    value.filter(|value| WHOLES.contains(value))
}

/// Tenths, with what follows 成, unless that begins another word: 三成五 is 35 percent.
fn tenths(rest: &str) -> Option<Rate> {
    if rest.starts_with(|c| "为為员員立功就本熟果长長分绩績交都人年品语語了不份因型形套对對串片堆批群".contains(c))
    {
        return None;
    }
    let more = match rest.chars().next() {
        Some('半') => 5,
        Some(c) => han_digit(c).unwrap_or(0),
        None => 0,
    };
    Some(Rate { of: 10, more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percents() {
        let chinese = |before, after, shares: u64| {
            let rate = Rate::chinese(before, after)?;
            rate.percents(Value::whole(shares)).map(|percents| percents.to_string())
        };
        for (before, after, shares, percents) in [
            ("百分之", "的人", 30, Some("30")),
            ("千分之", "", 5, Some("0.5")),
            ("萬分之", "", 3, Some("0.03")),
            ("十万分之", "", 3, Some("0.003")),
            ("百万分之", "", 5, Some("0.0005")),
            ("1000分之", "", 3, Some("0.3")),
            ("十分之", "", 3, Some("30")),
            ("二十分之", "", 3, None),
            ("三分之", "", 1, None),
            ("", "‰", 5, Some("0.5")),
            ("", " %", 5, Some("5")),
            ("", "个基点", 25, Some("0.25")),
            ("", "多个百分点", 2, Some("2")),
            ("", "成", 3, Some("30")),
            ("", "成半的人", 3, Some("35")),
            ("", "成五", 3, Some("35")),
            ("", "成员", 3, None),
        ] {
            assert_eq!(chinese(before, after, shares).as_deref(), percents, "{before} {shares} {after}");
        }
        let english = |rest, shares: u64| {
            Rate::english(rest)?.percents(Value::whole(shares)).map(|percents| percents.to_string())
        };
        for (rest, shares, percents) in [
            ("%", 5, Some("5")),
            (" percentage points", 2, Some("2")),
            ("-percent rise", 2, Some("2")),
            ("‰", 5, Some("0.5")),
            (" per mille", 5, Some("0.5")),
            (" per thousand", 5, Some("0.5")),
            (" basis points", 25, Some("0.25")),
            ("-basis-point cut", 25, Some("0.25")),
            (" bps", 25, Some("0.25")),
            (" ppm", 5, Some("0.0005")),
            (" miles per mile", 5, None),
            (" per million", 5, None),
            (" bpm", 5, None),
        ] {
            assert_eq!(english(rest, shares).as_deref(), percents, "{shares}{rest}");
        }
    }
}
