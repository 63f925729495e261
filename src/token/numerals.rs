//! Numbers as Chinese and English write them: digits of several scripts, Chinese numerals by place, English words.

/// The English words of 0 to 20, by value.
pub(crate) const NUMBER_WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The value of a decimal digit: plain, full-width, Arabic, Persian or Thai.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 5] = ['0', '０', '\u{660}', '\u{6f0}', '\u{e50}'];
    ZEROS.iter().map(|&zero| u32::from(c).wrapping_sub(u32::from(zero))).find(|&value| value < 10)
}

/// The value of a Chinese numeral below ten.
pub(crate) fn han_digit(c: char) -> Option<u64> {
    match c {
        '〇' | '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u64 + 1),
    }
}

/// The value of a Chinese numeral that multiplies what stands before it.
pub(crate) fn han_place(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

/// A part of a number written by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// How often, in units of the caller's choice.
    Times(u128),
    /// The place it is multiplied by.
    Place(u64),
}

/// The value of a number by place in units of which `one` make one; nothing where it is too large.
pub(crate) fn by_place(parts: impl IntoIterator<Item = Part>, one: u128) -> Option<u128> {
    let (mut total, mut section, mut last) = (0_u128, 0_u128, 0_u128);
    for part in parts {
        match part {
            Part::Times(value) => last = value,
            Part::Place(place) if place >= 10_000 => {
                let times = section.checked_add(last)?;
                // 万亿: a place right behind a place multiplies all before it.
                total = if times == 0 {
                    total.max(one).checked_mul(u128::from(place))?
                } else {
                    total.checked_add(times.checked_mul(u128::from(place))?)?
                };
                (section, last) = (0, 0);
            }
            Part::Place(place) => {
                let times = if last == 0 { one } else { last };
                section = section.checked_add(times.checked_mul(u128::from(place))?)?;
                last = 0;
            }
        }
    }
    total.checked_add(section)?.checked_add(last)
}

/// The value of a number in Chinese characters, by place (三百二十) or digit by digit (二〇一二).
pub(crate) fn han_number(text: &str) -> Option<u64> {
    if text.is_empty() || !text.chars().all(|c| han_digit(c).is_some() || han_place(c).is_some()) {
        return None;
    }
    if text.chars().all(|c| han_digit(c).is_some()) {
        return text.chars().try_fold(0_u64, |value, c| value.checked_mul(10)?.checked_add(han_digit(c)?));
    }
    let parts = text.chars().filter_map(|c| match han_place(c) {
        Some(place) => Some(Part::Place(place)),
        None => han_digit(c).map(|value| Part::Times(u128::from(value))),
    });
    by_place(parts, 1).and_then(|value| u64::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_by_value() {
        for (text, value) in [
            ("二〇一二", Some(2012)),
            ("三百二十", Some(320)),
            ("十二", Some(12)),
            ("两万五千", Some(25_000)),
            ("一百零五", Some(105)),
            ("三万亿", Some(3_000_000_000_000)),
            ("第一", None),
        ] {
            assert_eq!(han_number(text), value, "{text}");
        }
    }

    #[test]
    fn digits_of_several_scripts() {
        assert_eq!("4４٤๔四x".chars().map(digit).collect::<Vec<_>>(), [Some(4), Some(4), Some(4), Some(4), None, None]);
    }
}
