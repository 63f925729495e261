//! Dates, times, multiples, fractions and money as Chinese writes them.

use super::{Compound, Kind, Near};
use crate::doubt::numbers::Value;

/// What parts the days of 三月五日至八日 and 三月五、八日.
const AND: &[&str] = &["至", "到", "—", "–", "-", "~", "～", "、", "和", "与", "與", "及", "或", "——", "起至", "，"];
/// Calendars with other months.
const LUNAR: &[&str] = &["农历", "農曆", "阴历", "陰曆", "旧历", "舊曆", "夏历", "闰", "閏"];

/// 三月, 三月五日, 三月五日至八日.
pub(super) fn dates(near: Near<'_>, out: &mut Vec<Compound>) {
    let Some(month) = near.up_to(12).filter(|month| *month > 0) else { return };
    let after = near.after().trim_start_matches([' ', '\u{a0}']);
    let Some(rest) = after.strip_prefix('月') else { return };
    let word = rest.starts_with(|c| "球亮光内內余餘多大饼餅薪租".contains(c)) || rest.starts_with("之久");
    let lunar = LUNAR.iter().any(|calendar| {
        let start = near.before().floor_char_boundary(near.before().len().saturating_sub(30));
        near.before()[start..].contains(calendar)
    });
    let month_of = || Compound::new(Kind::Month, [near.part(month)]);
    out.push(if word || lunar { month_of().unsure() } else { month_of() });
    let mut days = Vec::new();
    let mut last = near;
    let mut known = 0;
    while let Some((between, next)) = last.joined() {
        let between = between.trim_matches([' ', '\u{a0}']);
        let between = if days.is_empty() {
            if !["月", "月份", "月的"].contains(&between) {
                break;
            }
            ""
        } else {
            between.trim_start_matches(['日', '号', '號']).trim_start_matches([' ', '\u{a0}'])
        };
        let joins = days.is_empty() || AND.contains(&between);
        let Some(day) = next.up_to(31).filter(|day| joins && *day > 0) else { break };
        days.push((next, day));
        let behind = next.after().trim_start_matches([' ', '\u{a0}']);
        if behind.starts_with(['日', '号', '號']) {
            known = days.len();
        }
        last = next;
    }
    for (place, day) in days.into_iter().take(known) {
        let date = Compound::date(near.part(month), place.part(day));
        out.push(if lunar { date.unsure() } else { date });
    }
}

/// 两点半, 三点十五分, 8时30分, 差五分三点, 三点差五分.
pub(super) fn times(near: Near<'_>, out: &mut Vec<Compound>) {
    let Some(hour) = near.up_to(24) else { return };
    let after = near.after().trim_start();
    let Some(mark) = after.chars().next().filter(|c| "点點时時".contains(*c)) else { return };
    let rest = &after[mark.len_utf8()..];
    if rest.starts_with(|c| "代期候间間常儿兒".contains(c)) {
        return;
    }
    let rest = rest.strip_prefix(['钟', '鐘', '鍾', '整', '正']).unwrap_or(rest);
    let before = (hour + 23) % 12;
    let start = near.span().end + (near.after().len() - rest.len());
    let next = near.next().filter(|next| rest.trim_start().len() == next.with_after());
    let late = near.text.get(..near.span().start).unwrap_or_default();
    if let Some(span) = rest.starts_with('半').then(|| start..start + '半'.len_utf8()) {
        out.push(Compound::time(near.part(hour), (30, Some(span))));
    } else if let Some(minute) = early(near, late) {
        out.push(Compound::time((before, Some(near.span().clone())), (60 - minute, None)));
    } else if let Some(behind) = rest.strip_prefix('差')
        && let Some(next) = near.next().filter(|next| next.with_after() == behind.len())
        && let Some(minute) = minutes(next)
    {
        out.push(Compound::time((before, Some(near.span().clone())), (60 - minute, Some(next.span().clone()))));
    } else if let Some((next, minute)) = next.and_then(|next| Some((next, minutes(next).or_else(|| next.bare())?))) {
        out.push(Compound::time(near.part(hour), next.part(minute)));
    } else {
        // 一点 is a bit, 一时 a while.
        let full = Compound::time(near.part(hour), (0, None));
        out.push(if hour == 1 { full.unsure() } else { full });
    }
}

/// The minutes or quarters that a number says: 十五分, 一刻.
fn minutes(near: Near<'_>) -> Option<u64> {
    let after = near.after().trim_start();
    if after.starts_with('刻') {
        return near.up_to(3).map(|quarters| quarters * 15).filter(|minutes| *minutes > 0);
    }
    (after.starts_with('分') && !after.starts_with("分之"))
        .then(|| near.up_to(59))
        .flatten()
        .filter(|minutes| *minutes > 0)
}

/// The minutes before the hour that stand before it: 差五分三点.
fn early(near: Near<'_>, before: &str) -> Option<u64> {
    let last = Near { at: near.at.checked_sub(1)?, ..near };
    let between = before.get(last.span().end..)?.trim();
    let joined = ["分", "分钟", "分鐘", "刻", "刻钟", "刻鐘"].contains(&between);
    (joined && last.before().ends_with('差')).then(|| minutes(last)).flatten()
}

impl Near<'_> {
    /// How many bytes the number takes with all that follows it.
    fn with_after(self) -> usize {
        self.text.len() - self.span().start
    }

    /// Minutes without a word for them: 两点三十, 3点05.
    fn bare(self) -> Option<u64> {
        let goes_on = self.after().starts_with(|c: char| "个個人万亿%％倍条條年月日".contains(c));
        let two = self.surface().chars().nth(1).is_some();
        self.up_to(59).filter(|_| two && !goes_on)
    }
}

/// 两倍; after words for growing perhaps one more, since growing by two times is to become three times as much.
pub(super) fn multiple(near: Near<'_>) -> Option<Compound> {
    let after = near.after().trim_start().trim_start_matches(['多', '余', '餘', '几', '幾']);
    if let Some(rest) = after.strip_prefix('番') {
        let doubled = near.up_to(16).filter(|_| near.before().ends_with('翻') && !rest.starts_with('茄'))?;
        let times = Value::whole(1 << doubled);
        return Some(Compound::multiple(times, Some(near.span().clone())).unsure());
    }
    if !after.starts_with('倍') {
        return None;
    }
    let times = near.value();
    let mut out = Compound::multiple(times, Some(near.span().clone()));
    let tail = near.before().char_indices().rev().nth(4).map_or(near.before(), |(at, _)| &near.before()[at..]);
    let grows = tail.contains(|c| "增多高大长長涨漲升快强強扩擴贵貴远遠重翻加出提厚深宽寬久".contains(c));
    if grows || times == Value::whole(1) {
        let more = Value(times.0 + Value::ONE);
        out.others.push(vec![more]);
        out.says.extend(more.times(100));
        out.means = Some(more);
    }
    // 百倍 and 千倍 are often just much.
    Some(if times >= Value::whole(100) { out.unsure() } else { out })
}

/// 三分之二; shares of a hundred or a thousand are read elsewhere.
pub(super) fn fraction(near: Near<'_>) -> Option<Compound> {
    let (_, next) = near.joined().filter(|(between, _)| *between == "分之")?;
    let (denominator, numerator) = (near.up_to(99)?, next.up_to(999)?);
    (denominator > 1 && denominator != 10).then(|| Compound::fraction(next.part(numerator), near.part(denominator)))
}

/// 十二元五角三分.
pub(super) fn money(near: Near<'_>) -> Option<Compound> {
    let (mark, tenths) = near.joined()?;
    if !["元", "圆", "圓", "块", "塊"].contains(&mark.trim()) {
        return None;
    }
    let behind = tenths.after().trim_start();
    let cents = tenths.joined().filter(|(mark, _)| ["角", "毛"].contains(&mark.trim()));
    let cents = cents.map(|(_, cents)| cents).filter(|cents| cents.after().starts_with('分'));
    let hundredths = match cents {
        _ if behind.starts_with(['角', '毛']) => {
            tenths.up_to(9)? * 10 + cents.and_then(|cents| cents.up_to(9)).unwrap_or(0)
        }
        _ if behind.starts_with('分') => tenths.up_to(99)?,
        _ => return None,
    };
    let sum = Value(near.value().0 + u128::from(hundredths) * Value::ONE / 100);
    let mut out = Compound::new(Kind::Money, [near.part(0), tenths.part(0)]);
    out.means = Some(sum);
    Some(out)
}
