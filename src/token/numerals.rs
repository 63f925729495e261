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
    let (mut section, mut last) = (0_u128, 0_u128);
    // What stands before each large place, multiplied by it: 亿 before 万, but 万 before 亿 is multiplied once more.
    let mut large: Vec<(u128, u64)> = Vec::new();
    for part in parts {
        match part {
            Part::Times(value) => last = value,
            Part::Place(place) if place >= 10_000 => {
                let mut times = section.checked_add(last)?;
                while let Some((value, _)) = large.pop_if(|(_, before)| *before < place || times == 0) {
                    times = times.checked_add(value)?;
                }
                let times = if times == 0 { one } else { times };
                large.push((times.checked_mul(u128::from(place))?, place));
                (section, last) = (0, 0);
            }
            Part::Place(place) => {
                let times = if last == 0 { one } else { last };
                section = section.checked_add(times.checked_mul(u128::from(place))?)?;
                last = 0;
            }
        }
    }
    let rest = section.checked_add(last)?;
    large.iter().try_fold(rest, |sum, (value, _)| sum.checked_add(*value))
}

/// A Chinese numeral of those for cheques and contracts, as the one that is written elsewhere: 伍 is 五, 仟 is 千.
pub(crate) fn plain_numeral(c: char) -> Option<char> {
    const FORMAL: &str = "壹贰叁肆伍陆柒捌玖拾佰仟";
    const TRADITIONAL: &str = "壹貳參肆伍陸柒捌玖拾佰仟";
    const OTHER: &str = "弌弍叄肆伍陸柒捌玖拾陌阡";
    const PLAIN: &str = "一二三四五六七八九十百千";
    let place = [FORMAL, TRADITIONAL, OTHER].iter().find_map(|list| list.chars().position(|known| known == c))?;
    PLAIN.chars().nth(place)
}

/// The tens that one character stands for: 廿 is twenty.
pub(crate) fn han_tens(c: char) -> Option<u64> {
    "廿卅卌".chars().position(|known| known == c).map(|at| at as u64 + 2)
}

/// The value of a number in Chinese characters, by place (三百二十, 伍仟, 廿一) or digit by digit (二〇一二).
pub(crate) fn han_number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| han_digit(c).is_some()) {
        return text.chars().try_fold(0_u64, |value, c| value.checked_mul(10)?.checked_add(han_digit(c)?));
    }
    let mut parts = Vec::new();
    for c in text.chars() {
        let plain = plain_numeral(c).unwrap_or(c);
        if let Some(tens) = han_tens(c) {
            parts.extend([Part::Times(u128::from(tens)), Part::Place(10)]);
        } else if let Some(place) = han_place(plain) {
            parts.push(Part::Place(place));
        } else {
            parts.push(Part::Times(u128::from(han_digit(plain)?)));
        }
    }
    // One such character is rather a word: 大陆, 队伍, 收拾.
    let only = |c: char| plain_numeral(c).is_some() && text.chars().nth(1).is_none();
    if text.chars().any(only) || !parts.iter().any(|part| matches!(part, Part::Place(_))) {
        return None;
    }
    by_place(parts, 1).and_then(|value| u64::try_from(value).ok())
}

/// The digits of Roman numerals, the largest first.
const ROMAN: [(&str, u64); 13] = [
    ("M", 1000),
    ("CM", 900),
    ("D", 500),
    ("CD", 400),
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
];

/// The value of a Roman numeral in capitals that is written as the rules want it, up to MMMCMXCIX.
pub(crate) fn roman(capitals: &str) -> Option<u64> {
    let (mut rest, mut sum) = (capitals, 0);
    for (digit, value) in ROMAN {
        while let Some(left) = rest.strip_prefix(digit) {
            rest = left;
            sum += value;
        }
    }
    // IIII and IXV come to a number that is written otherwise.
    (1..4000).contains(&sum).then_some(sum).filter(|&sum| rest.is_empty() && spelt(sum) == capitals)
}

fn spelt(mut value: u64) -> String {
    let mut out = String::new();
    for (digit, unit) in ROMAN {
        while value >= unit {
            out.push_str(digit);
            value -= unit;
        }
    }
    out
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
            ("一万五千亿", Some(1_500_000_000_000)),
            ("三万六千五百亿", Some(3_650_000_000_000)),
            ("十二万亿", Some(12_000_000_000_000)),
            ("一万亿五千万", Some(1_000_050_000_000)),
            ("三亿五千万零六", Some(350_000_006)),
            ("一万万", Some(100_000_000)),
            ("亿万", Some(1_000_000_000_000)),
            ("伍仟", Some(5000)),
            ("壹佰万", Some(1_000_000)),
            ("貳拾參萬零肆拾", Some(230_040)),
            ("廿一", Some(21)),
            ("卅", Some(30)),
            ("陆", None),
            ("拾", None),
            ("第一", None),
        ] {
            assert_eq!(han_number(text), value, "{text}");
        }
    }

    #[test]
    fn digits_of_several_scripts() {
        assert_eq!("4４٤๔四x".chars().map(digit).collect::<Vec<_>>(), [Some(4), Some(4), Some(4), Some(4), None, None]);
    }

    #[test]
    fn roman_numerals_by_value() {
        for value in 1..4000 {
            assert_eq!(roman(&spelt(value)), Some(value));
        }
        for wrong in ["IIII", "VX", "IXV", "IC", "LCD", "DIM", "MIMIC", "CIVIC", "XXL", "MIL", "VV", "CMCD", "MMMM", ""]
        {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
    }
}
