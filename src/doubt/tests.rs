//! What alarms and what does not, in both directions.

use proptest::prelude::*;

use super::*;
use crate::lang::Language::{Chinese, English, French, German, Japanese, Korean};

/// Why a row is to be looked at, its languages without regions.
fn reasons(usual: &Usual, source: (&str, Language), target: (&str, Language)) -> Vec<Reason> {
    super::reasons(usual, (source.0, &Lang::of(source.1)), (target.0, &Lang::of(target.1)))
}

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
fn targets_of_links_are_no_text() {
    let (chinese, english) = ("见[港口](zh/12.html \"图3\")，共5页。", "See [the port](en/port_7.html), 6 pages.");
    assert_eq!(alarms(chinese, english), "5 | 6");
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
fn large_places_multiply_what_stands_before_them() {
    for (chinese, english) in [
        ("一万五千亿元", "1.5 trillion yuan"),
        ("两万亿元", "2 trillion yuan"),
        ("8.20万亿元", "8.2 trln yuan"),
        ("1万5000亿元，1万5千亿元", "1.5 trillion yuan"),
        ("三万六千五百亿", "3.65 trillion"),
        ("十二万亿", "12 trillion"),
        ("一万亿五千万", "1,000,050,000,000"),
        ("三千万亿次", "3 quadrillion times"),
        ("两亿三千万零五百", "230,000,500"),
        ("13万2", "132,000"),
        ("十三万二", "132,000"),
        ("3千5，1亿3", "3,500; 130 million"),
        ("2万3千人", "23,000 people"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    assert_eq!(alarms("一万五千亿元", "150 billion yuan"), "一万五千亿 | 150 billion");
    assert_eq!(alarms("13万2", "130,002.5 or 123,000"), "13万2 | 130,002.5 123,000");
}

#[test]
fn numerals_of_cheques_and_old_tens() {
    for (chinese, english) in [
        ("伍仟元", "5,000 yuan"),
        ("壹佰万", "1 million"),
        ("人民币贰拾叁万肆仟伍佰元整", "RMB 234,500"),
        ("貳萬伍仟圓", "25,000 yuan"),
        ("伍万元", "50,000 yuan"),
        ("第拾贰章", "Chapter 12"),
        ("壹佰贰拾叁元肆角伍分", "123.45 yuan"),
        ("12元5角", "12.50 yuan"),
        ("五月廿三日，卅年，廿四史", "May 23, thirty years, the 24 histories"),
        ("广卅东站，十六进制", "Guangzhou East, hexadecimal"),
        ("大陆拾荒，队伍万人，收拾，陆先生", "on the mainland"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    assert_eq!(alarms("伍仟元", "500 yuan"), "伍仟 | 500");
    assert_eq!(alarms("廿三年", "thirty-two years"), "廿三 | thirty-two");
}

#[test]
fn roman_numerals_on_either_side() {
    for (chinese, english) in [
        ("第十四章", "Chapter XIV"),
        ("约翰二十三世", "John XXIII"),
        ("第三十二届奥运会", "the XXXII Olympiad"),
        ("第五十五届超级碗", "Super Bowl LV"),
        ("路易十六", "Louis XVI"),
        ("第XIV章，第Ⅻ卷", "Chapter 14, volume twelve"),
        ("第LV届", "the 55th"),
        ("第五部分", "Part V"),
        ("1944年", "MCMXLIV"),
        ("一种混合物，一张光盘", "a MIX on a CD; I saw vitamin C in DC"),
        ("用VI编辑器，XL号", "with an editor, size XL"),
        ("3999", "MMMCMXCIX"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    assert_eq!(alarms("第十五章", "Chapter XIV"), "十五 | XIV");
    assert_eq!(alarms("第XIV章", "Chapter 15"), "XIV | 15");
}

#[test]
fn shares_of_a_thousand_and_of_ten_thousand() {
    for (chinese, english) in [
        ("千分之五", "0.5 percent"),
        ("万分之三", "0.03 percent"),
        ("百万分之五", "5 ppm"),
        ("5‰", "0.5%, 5 per thousand, 5‰"),
        ("0.5%", "5‰"),
        ("25个基点", "25 basis points, 0.25 percent, a quarter of a percentage point"),
        ("0.25个百分点", "25 bps"),
        ("千分之三", "three in a thousand"),
        ("三成", "30 percent, three out of ten"),
        ("三成五，三四成", "35 percent, 30 to 40 percent"),
        ("八五折", "15 percent off"),
        ("30百分点", "30 percentage points"),
        ("三成为公司", "3 percent become companies"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    for (chinese, english, found) in [
        ("三成", "3 percent", "| 3"),
        ("千分之三", "3 percent", "| 3"),
        ("5‰", "5 percent", "| 5"),
        ("25个基点", "25 percent", "| 25"),
        ("百分之三", "3 per mille", "三 |"),
    ] {
        assert_eq!(alarms(chinese, english), found, "{chinese} {english}");
    }
}

#[test]
fn mega_has_a_value_in_each_region() {
    let told = |chinese: &str, tag: &str, english: &str| {
        let (zh, en) = (Lang::parse(tag).unwrap(), Lang::parse("en").unwrap());
        !super::reasons(&Usual::of([]), (chinese, &zh), (english, &en)).is_empty()
    };
    for (tag, million, trillion) in [
        ("zh", false, false),
        ("zh-Hant", false, false),
        ("zh-CN", false, true),
        ("zh-TW", true, false),
        ("zh-HK", true, false),
    ] {
        assert_eq!(told("五兆元", tag, "5 million yuan"), million, "{tag}");
        assert_eq!(told("1.5兆元", tag, "1.5 trillion yuan"), trillion, "{tag}");
        assert!(told("1.5兆元", tag, "1.5 billion yuan"), "{tag}");
        for (chinese, english) in [("50兆瓦，50 MHz", "50 megawatts, 50 MHz"), ("100兆的宽带", "100-megabit broadband")]
        {
            assert!(!told(chinese, tag, english), "{tag} {chinese}");
        }
    }
}

#[test]
fn dates_that_differ() {
    for (chinese, english) in [
        ("一九四九年十月一日", "October 1, 1949"),
        ("三月五日", "March 5th, the fifth of March, 5 March, Mar. 5"),
        ("3月5日至8日", "March 5–8"),
        ("三月五日和四月八日", "March 5 and 8 April"),
        ("十月一日", "National Day"),
        ("五月一日", "May Day"),
        ("农历三月五日", "April 6"),
        ("2012年3月5日", "2012-03-05, 5/3/2012"),
        ("三月五日", "on the 5th"),
        ("三个月，三月后", "three months from May"),
        ("五月", "He may march in May"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    for (chinese, english, found) in [
        ("一九四九年十月一日", "October 2, 1949", "一 | 2"),
        ("三月五日", "March 6", "五 | 6"),
        ("三月五日", "the sixth of March", "五 | sixth"),
        ("三月五日", "April 5", "三 | April"),
        ("三月五日", "May 3", "三 五 | May 3"),
        ("十月一日", "January 10", "十 一 | January 10"),
        ("三月", "in April", "三 | April"),
        ("3月5日", "3 May", "3 5 | 3 May"),
    ] {
        assert_eq!(alarms(chinese, english), found, "{chinese} {english}");
    }
}

#[test]
fn times_of_day_that_differ() {
    for (chinese, english) in [
        ("两点半", "half past two, 2:30, two thirty"),
        ("下午两点半", "14:30, 2.30 pm"),
        ("三点一刻，差一刻三点", "a quarter past three, a quarter to three, 3:15, 2:45"),
        ("两点五十分", "ten minutes to three"),
        ("三点", "three o'clock, 3 p.m."),
        ("8时05分", "8:05"),
        ("十二点", "noon"),
        ("两点建议", "two proposals"),
        ("有一点晚，三点半", "a bit late, 3:30"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    for (chinese, english, found) in [
        ("两点半", "3:30", "两 | 3"),
        ("两点半", "half past three", "两 | three"),
        ("三点", "at four o'clock", "三 | four"),
        ("三点一刻", "3:45", "一 | 45"),
    ] {
        assert_eq!(alarms(chinese, english), found, "{chinese} {english}");
    }
}

#[test]
fn multiples_and_fractions_that_differ() {
    for (chinese, english) in [
        ("两倍", "twice, two times, double, twofold"),
        ("增加两倍", "three times as many, tripled"),
        ("一倍", "doubled"),
        ("翻两番", "quadrupled"),
        ("十倍", "tenfold"),
        ("1.5倍", "1.5 times"),
        ("增长了1.5倍", "2.5 times"),
        ("两倍", "200 percent"),
        ("两次，三倍", "twice, three times as much"),
        ("三分之二", "two thirds, 66 percent, 66.7%"),
        ("四分之一，四分之三", "a quarter, three quarters, 25%, 75%"),
        ("二分之一", "half"),
        ("三分之一", "one in three"),
    ] {
        assert_eq!(alarms(chinese, english), "", "{chinese} {english}");
    }
    for (chinese, english, found) in [
        ("两倍", "three times", "两 | three"),
        ("三倍", "twice", "三 | twice"),
        ("三分之二", "one third", "二 | one"),
        ("四分之三", "two thirds", "四 三 | two thirds"),
    ] {
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
        source in "([0-9０-９.,点 %:/-]|[一二两十百千万亿兆半年月日时刻差倍成角元多分之几廿伍仟拾第章]|[IVXLCDMⅫ]|twenty|six|hundred|million|and|s|th|-|\\PC){0,25}",
        target in "([0-9.,' %:/-]| twenty| six| hundred| million| and|s|th|CSIS|世纪| March| past| times| half| thirds| bp|[IVXLCDM]|\\PC){0,25}",
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
