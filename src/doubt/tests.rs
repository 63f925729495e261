//! What alarms and what does not, in both directions.

use proptest::prelude::*;

use super::*;
use crate::lang::Language::{Chinese, English, French, German, Japanese, Korean};

/// The numbers and names that alarm, as they stand.
fn alarms(chinese: &str, english: &str) -> String {
    let found = reasons(&Usual::of([]), (chinese, Chinese), (english, English));
    let back = reasons(&Usual::of([]), (english, English), (chinese, Chinese));
    assert_eq!(found.len(), back.len(), "{chinese} {english}");
    let mut out = Vec::new();
    for (reason, turned) in found.iter().zip(&back) {
        match (reason, turned) {
            (Reason::Numbers { source, target }, Reason::Numbers { source: english_side, target: chinese_side }) => {
                assert_eq!((source, target), (chinese_side, english_side));
                out.extend(source.iter().map(|figure| &chinese[figure.span.clone()]));
                out.push("|");
                out.extend(target.iter().map(|figure| &english[figure.span.clone()]));
            }
            (Reason::Names { source, .. }, Reason::Names { target, .. }) => {
                assert_eq!(source, target);
                out.extend(source.iter().map(|span| &chinese[span.clone()]));
            }
            other => panic!("{other:?}"),
        }
    }
    out.join(" ")
}

#[test]
fn the_same_number_in_other_forms() {
    for (chinese, english) in [
        ("1,000人，１５００元", "1000 people, 1,500 yuan"),
        ("二十五岁，一百二十天", "twenty-five years old, a hundred and twenty days"),
        ("1.3亿人", "130 million people"),
        ("超过 25 万本，3,000 多亿美元", "over 250,000 books, $300+ billion"),
        ("2亿3000万", "230 million"),
        ("五万元", "fifty thousand yuan"),
        ("三万亿", "three trillion"),
        ("百分之三十，三成", "30 per cent, thirty percent"),
        ("百分之三点五", "3.5%"),
        ("二〇一二年六月十二日", "June 12th, 2012"),
        ("一九九八年", "nineteen ninety-eight"),
        ("二十一世纪，20 世纪 90 年代", "the 21st century, the 1990s"),
        ("建于19世纪", "built in the 1800s"),
        ("2019-2020年", "2019–20"),
        ("12月", "December"),
        ("下午3点，15:30", "3 p.m., 3:30 pm"),
        ("十五万，十四万至二十二万，1400万至2200万", "150,000, 140,000 to 220,000, between 14 and 22 million"),
        ("两打，二十四个", "two dozen"),
        ("一个半小时，50万", "an hour and a half, half a million"),
        ("一百二", "one hundred and twenty"),
        ("二三十人，十一二岁", "twenty or thirty people, eleven or twelve"),
        ("二十年", "two decades"),
        ("三分之一", "one third"),
        ("百万富翁，上百万", "millionaire, millions"),
        ("24小时服务", "open 24/7"),
        ("新冠", "COVID-19"),
        ("0.08%", ".08%"),
        ("12月18日", "18.12"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
}

#[test]
fn numerals_that_are_no_numbers() {
    for (chinese, english) in [
        ("一些一起一个统一一下", "some together a unified bit"),
        ("千万别去，万一下雨，十分高兴", "don't go; in case of rain; very glad"),
        ("乱七八糟，三三两两，七零八落", "a mess, in twos and threes, no one"),
        ("第一次，第二次", "first, second: wait a second"),
        ("好像走了十万八千里", "what seemed an eternity"),
        ("一百个不愿意，一千年", "most unwilling, for ages"),
        ("三五成群，五十两银子", "in groups, fifty taels of silver"),
        ("百分之百同意", "I fully agree"),
        ("（三）目的", "3. Purpose"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
}

#[test]
fn numbers_that_differ() {
    for (chinese, english, found) in [
        ("2012年有25人", "There were 26 people in 2012", "25 | 26"),
        ("7月8日", "July 9", "8 | 9"),
        ("七月8日", "in summer", "|"),
        ("1.3亿", "13 million", "1.3亿 | 13 million"),
        ("二十五", "twenty-six", "二十五 | twenty-six"),
        ("百分之三", "four percent", "三 | four"),
        ("一九九八年", "in 1989", "一九九八 | 1989"),
        ("两千人", "three hundred people", "两千 | three hundred"),
        ("2.5%", "2.6%", "2.5 | 2.6"),
        ("二十世纪", "the 21st century", "二十 | 21st"),
    ] {
        let found = if found == "|" { "" } else { found };
        assert_eq!(alarms(chinese, english), found, "{chinese} {english}");
    }
}

#[test]
fn names_in_latin_letters() {
    for (chinese, english, found) in [
        ("现代院与CSIS和ITU", "CICIR and CSIS", "ITU"),
        ("ＣＳＩＳ指出", "Csis said", ""),
        ("加入WTO，美国US", "joined the World Trade Organization; the U.S.", ""),
        ("见 https://example.org/a 和 a@b.org", "see www.example.org or write to a@b.org", ""),
        ("见 https://example.org/a", "see there", "https://example.org/a"),
        ("重30kg，5 GB，第III章，T恤", "30 kilos, five gigabytes, chapter 3, T-shirt", ""),
        ("下载APP，各位GP", "download the application, GPs", ""),
    ] {
        assert_eq!(alarms(chinese, english), found, "{chinese} {english}");
    }
}

#[test]
fn other_languages_by_their_digits() {
    let usual = Usual::of([]);
    let found = |source, target| !reasons(&usual, source, target).is_empty();
    assert!(!found(("1.000,5 km", German), ("1,000.5 km", English)));
    assert!(!found(("1 000 personnes", French), ("1000人", Chinese)));
    assert!(!found(("二十五个人", Chinese), ("fünfundzwanzig Leute", German)));
    assert!(!found(("1.3亿人", Chinese), ("130 Millionen Menschen", German)));
    assert!(!found(("2012年12月", Japanese), ("Dezember 2012", German)));
    assert!(found(("2012年", Japanese), ("im Jahr 2013", German)));
    assert!(found(("25명", Korean), ("26 people", English)));
}

#[test]
fn lengths() {
    let usual = Usual::of((0..50).map(|row| (60 + row, 90 + row * 3 / 2)));
    let chinese = "他说的话很长很长，谁也没有听完，大家都走了。";
    let found = reasons(&usual, (chinese, Chinese), ("He spoke. ".repeat(60).as_str(), English));
    assert!(matches!(found.as_slice(), [Reason::Length { times }] if *times > 3.0), "{found:?}");
    assert!(reasons(&usual, (chinese, Chinese), ("", English)).is_empty());
}

#[test]
fn values_are_shown_as_decimals() {
    assert_eq!(Value(1_500_000).to_string(), "1.5");
    assert_eq!(Value(130_000_000_000_000).to_string(), "130000000");
    assert_eq!(Value(80_000).to_string(), "0.08");
}

fn languages() -> impl Strategy<Value = Language> {
    prop::sample::select(vec![Chinese, English, German, French, Japanese, Korean])
}

proptest! {
    #[test]
    fn nothing_panics_and_ranges_are_of_the_text(
        source in "([0-9０-９.,点 %:/-]|[一二两十百千万亿半年月多分之几]|twenty|six|hundred|million|and|s|th|-|\\PC){0,25}",
        target in "([0-9.,' %:/-]| twenty| six| hundred| million| and|s|th|CSIS|世纪|\\PC){0,25}",
        languages in (languages(), languages()),
    ) {
        for reason in reasons(&Usual::of([]), (&source, languages.0), (&target, languages.1)) {
            let (here, there): (Vec<Span>, Vec<Span>) = match reason {
                Reason::Numbers { source, target } => (
                    source.into_iter().map(|figure| figure.span).collect(),
                    target.into_iter().map(|figure| figure.span).collect(),
                ),
                Reason::Names { source, target } => (source, target),
                Reason::Length { .. } => Default::default(),
            };
            prop_assert!(!here.is_empty() || !there.is_empty());
            prop_assert!(here.into_iter().all(|span| source.get(span).is_some_and(|found| !found.is_empty())));
            prop_assert!(there.into_iter().all(|span| target.get(span).is_some_and(|found| !found.is_empty())));
        }
    }

    #[test]
    fn identical_digits_never_alarm(text in "[0-9 .,:/%-]{1,30}", languages in (languages(), languages())) {
        let found = reasons(&Usual::of([]), (&text, languages.0), (&text, languages.1));
        prop_assert!(found.is_empty(), "{text} {found:?}");
    }
}
