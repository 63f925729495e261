//! Numbers as Chinese writes them: 二十五, 1.3亿, 二〇一二年, 百分之三十. Of Japanese only the digits are claimed.

use super::figures::{self, Digits};
use super::names;
use super::numbers::{Claim, Numbers, Value};
use super::rate::Rate;
use super::roman;
use crate::lang::{Lang, Language};
use crate::text::Span;
use crate::token::numerals::{Part, by_place, digit, han_digit, han_number, han_place, han_tens, plain_numeral};

/// Runs longer than this are no numerals.
const LONGEST: usize = 16;

/// What 兆 multiplies by: a million on the mainland, a million millions elsewhere, either where nothing says where.
fn mega(lang: &Lang) -> &'static [u64] {
    match (lang.language(), lang.region()) {
        (Language::Chinese, Some("CN" | "SG")) => &[1_000_000],
        (Language::Chinese, None) => &[1_000_000_000_000, 1_000_000],
        _ => &[1_000_000_000_000],
    }
}

/// Reads the numbers of a text.
pub(super) fn read(text: &str, lang: &Lang, numbers: &mut Numbers) {
    let (language, mega) = (lang.language(), mega(lang));
    let addresses = names::addresses(text);
    let mut century = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(found) = roman::at(text, at).filter(|_| !addresses.iter().any(|address| address.contains(&at))) {
            at = found.span.end;
            numbers.claim_roman(found);
            continue;
        }
        let Some(run) = Run::at(text, at, language, &addresses) else {
            at += c.len_utf8();
            match c {
                '半' => {
                    numbers.half = true;
                    numbers.add_whole(30);
                }
                '刻' => numbers.add_whole(15),
                '元' if text[..at].ends_with("民国元") => numbers.add_whole(1912),
                '腊' | '臘' => numbers.add_whole(12),
                '冬' => numbers.add_whole(11),
                _ => {}
            }
            continue;
        };
        at = run.span.end;
        run.file(text, language, mega, &mut century, numbers);
    }
}

#[derive(Debug)]
enum Piece {
    Digits(Digits),
    Han(u64),
    Place(u64),
    /// 兆, of which each region has its own value.
    Mega,
}

/// Numerals that follow each other.
#[derive(Debug)]
struct Run {
    span: Span,
    pieces: Vec<Piece>,
    /// What follows a 点 that parts decimals.
    decimals: Option<Value>,
}

impl Run {
    /// The numerals that begin at `start`, if any do.
    fn at(text: &str, start: usize, language: Language, addresses: &[Span]) -> Option<Self> {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut at, mut formal) = (start, 0);
        while let Some(c) = text[at..].chars().next() {
            if digit(c).is_some() {
                if matches!(pieces.last(), Some(Piece::Digits(_) | Piece::Han(_))) {
                    break;
                }
                let digits = figures::digits_at(text, at, language, addresses);
                at = digits.span.end;
                pieces.push(Piece::Digits(digits));
                continue;
            }
            // 3,000 多亿, 25 万.
            if let Some((large, end)) = large_behind(text, at, &pieces) {
                at = end;
                pieces.push(large);
                continue;
            }
            if at >= formal && plain_numeral(c).is_some() {
                formal = formal_end(text, at, &pieces).unwrap_or(at);
            }
            let c = plain_numeral(c).filter(|_| at < formal).unwrap_or(c);
            if ends_before(c, text, at, &pieces) {
                break;
            }
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            pieces.extend(pieces_of(c));
        }
        if pieces.is_empty() {
            return None;
        }
        let mut run = Self { span: start..at, pieces, decimals: None };
        run.read_decimals(text);
        Some(run)
    }

    /// 零点五, 百分之三点五; elsewhere 点 is mostly the hour.
    fn read_decimals(&mut self, text: &str) {
        let point = text[self.span.end..].chars().next().filter(|&c| c == '点' || c == '點');
        let zero = matches!(self.pieces.as_slice(), [Piece::Han(0)]);
        let Some(point) = point.filter(|_| zero || text[..self.span.start].ends_with("分之")) else { return };
        let start = self.span.end + point.len_utf8();
        let (mut unit, mut value, mut end) = (Value::ONE, 0, start);
        for c in text[start..].chars().take(6) {
            let Some(digit) = han_digit(c) else { break };
            unit /= 10;
            value += u128::from(digit) * unit;
            end += c.len_utf8();
        }
        if end > start {
            (self.decimals, self.span.end) = (Some(Value(value)), end);
        }
    }

    fn file(mut self, text: &str, language: Language, mega: &[u64], century: &mut Option<u64>, numbers: &mut Numbers) {
        let rate = Rate::chinese(&text[..self.span.start], &text[self.span.end..]);
        self.add_pieces(rate.is_some_and(|rate| rate.of != 100), numbers);
        let (mut readings, mut claim) = match self.pieces.as_mut_slice() {
            [Piece::Digits(digits)] => {
                (std::mem::take(&mut digits.readings), if digits.code { Claim::None } else { Claim::Digits })
            }
            pieces if pieces.len() > LONGEST => return,
            pieces if pieces.iter().any(|piece| matches!(piece, Piece::Digits(_))) => {
                (values(pieces, mega), Claim::Digits)
            }
            _ => numeral(text, &self, mega, numbers),
        };
        let Some(&value) = readings.first() else { return };
        if let Some(rest) = self.decimals {
            readings = vec![Value(value.0 + rest.0)];
        }
        let japanese =
            |claim| if language == Language::Japanese && claim == Claim::Words { Claim::None } else { claim };
        if let (Some(rate), Some(&shares)) = (rate, readings.first()) {
            if rate.of == 10 && self.pieces.iter().all(|piece| matches!(piece, Piece::Han(_))) {
                // 三四成.
                let tenths = self.pieces.iter().filter_map(Piece::digit);
                tenths
                    .filter_map(|digit| rate.percents(Value::whole(digit)))
                    .for_each(|percents| numbers.add(percents));
            }
            // Of tenths and of one in so many rather the other side is asked; a code is asked for nothing.
            let asked = !self.is_code() && rate.of != 10 && (rate.of == 100 || shares != Value::whole(1));
            numbers.claim_share(self.span, shares, rate, japanese(if asked { Claim::Words } else { Claim::None }));
            return;
        }
        claim = self.around(text, century, &mut readings, claim, numbers);
        if let [Piece::Digits(_), places @ ..] = self.pieces.as_slice()
            && let Some(factor) = places.iter().try_fold(1_u64, |factor, piece| match piece {
                Piece::Place(place) => factor.checked_mul(*place),
                _ => None,
            })
        {
            numbers.share(text, self.span.start, factor);
        }
        numbers.claim(self.span.clone(), readings, japanese(claim));
        if let ([Piece::Digits(digits)], true) = (self.pieces.as_slice(), claim == Claim::Digits) {
            numbers.or_parts(&digits.parts);
        }
    }

    fn is_code(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Digits(digits) if digits.code))
    }

    /// What each piece says by itself.
    fn add_pieces(&self, bare: bool, numbers: &mut Numbers) {
        let mut add = |value: Value| if bare { numbers.add_bare(value) } else { numbers.add(value) };
        let lone = self.pieces.len() == 1;
        for piece in &self.pieces {
            match piece {
                Piece::Digits(digits) => digits.parts.iter().for_each(|&part| add(part)),
                Piece::Han(value) | Piece::Place(value) if !lone => add(Value::whole(*value)),
                _ => {}
            }
        }
    }

    /// What stands around a number adds to what it may mean.
    fn around(
        &self,
        text: &str,
        century: &mut Option<u64>,
        readings: &mut Vec<Value>,
        claim: Claim,
        numbers: &mut Numbers,
    ) -> Claim {
        let (before, after) = (&text[..self.span.start], &text[self.span.end..]);
        let Some(value) = readings.first().copied() else { return claim };
        let after = after.trim_start();
        if after.starts_with('兆') {
            // 50兆瓦 are as well 50 million watts.
            readings.extend(value.times(1_000_000));
        }
        let Some(whole) = value.as_whole().filter(|&whole| whole < 10_000) else { return claim };
        let follows = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        if follows(&["世纪", "世紀"]) {
            *century = Some(whole);
            numbers.add_whole(whole * 100);
        } else if follows(&["个世纪", "個世紀", "百年"]) {
            numbers.add_whole(whole * 100);
        } else if follows(&["年代"]) && whole < 100 {
            let hundreds = century.map_or(19, |century| century.saturating_sub(1));
            for years in [hundreds * 100, 1900, 2000] {
                numbers.add_whole(years + whole);
            }
        } else if follows(&["点", "點", "时", "時", ":", "："]) {
            match whole {
                13..=24 => readings.push(Value::whole(whole - 12)),
                0..=12 => numbers.add_whole(whole + 12),
                _ => {}
            }
        } else if follows(&["旬"]) {
            numbers.add_whole(whole * 10);
        } else if follows(&["折"]) {
            let price = if whole < 10 { whole * 10 } else { whole };
            numbers.add_whole(price);
            numbers.add_whole(100_u64.saturating_sub(price));
        } else if follows(&["月"]) {
            return if claim == Claim::Digits && whole >= 10 { Claim::Words } else { claim };
        }
        if before.ends_with("民国") || before.ends_with("民國") {
            readings.push(Value::whole(whole + 1911));
        }
        claim
    }
}

/// 万, 亿 or 兆 behind a number and a blank or 多, and where it ends.
fn large_behind(text: &str, at: usize, pieces: &[Piece]) -> Option<(Piece, usize)> {
    let mut chars = text[at..].char_indices().skip_while(|&(at, c)| at < 5 && " \u{a0}多余餘".contains(c));
    let (skipped, c) = chars.next().filter(|&(skipped, _)| skipped > 0 && !pieces.is_empty())?;
    let goes_on = |c: &char| *c == '兆' && !ends_before(*c, text, at + skipped, pieces);
    let mega = Some(c).filter(goes_on).map(|_| Piece::Mega);
    let large = han_place(c).filter(|&place| place >= 10_000).map(Piece::Place).or(mega)?;
    Some((large, at + skipped + c.len_utf8()))
}

/// Whether a character does not go on with the numeral before it.
fn ends_before(c: char, text: &str, at: usize, pieces: &[Piece]) -> bool {
    let next = text[at..].chars().nth(1);
    if c == '兆' {
        // 兆瓦 and 兆赫 are units.
        let unit = next.is_some_and(|next| "瓦赫字比帕欧歐焦吨噸伏位节節".contains(next) || next.is_ascii_alphabetic());
        return pieces.is_empty() || unit || pieces.iter().any(|piece| matches!(piece, Piece::Mega));
    }
    let (is_digit, is_place) = (han_digit(c).is_some() || han_tens(c).is_some(), han_place(c).is_some());
    match pieces.last() {
        _ if !is_digit && !is_place => true,
        Some(Piece::Digits(_)) if is_digit => true,
        // After a number 两 is a weight.
        Some(_) if is_digit => "两兩".contains(c) && next.and_then(han_place).is_none(),
        // 30百分点: the unit has a place in its name.
        Some(Piece::Digits(_)) if c == '百' => next == Some('分'),
        // 千米, 千克, 千瓦 after digits are units.
        Some(Piece::Digits(_)) => c == '千' && next.is_some_and(|next| "米克瓦赫卡伏".contains(next)),
        _ => false,
    }
}

fn pieces_of(c: char) -> impl Iterator<Item = Piece> {
    let tens = han_tens(c).map(|tens| [Piece::Han(tens), Piece::Place(10)]);
    let mega = (c == '兆').then_some(Piece::Mega);
    let one = han_digit(c).map(Piece::Han).or_else(|| han_place(c).map(Piece::Place)).or(mega);
    tens.into_iter().flatten().chain(one)
}

/// Where a numeral as on a cheque ends that begins at `start`: 伍仟, 贰佰叁拾万, 伍万元. One such character by itself is
/// rather a word, as are two in 大陆拾荒.
fn formal_end(text: &str, start: usize, before: &[Piece]) -> Option<usize> {
    let rest = &text[start..];
    let belongs = |c: char| plain_numeral(c).is_some() || "万萬亿億零〇".contains(c);
    // Longer rows are no numerals.
    let end = rest.chars().take(LONGEST).take_while(|&c| belongs(c)).map(char::len_utf8).sum::<usize>();
    if rest[end..].starts_with(belongs) {
        return None;
    }
    let plain: Vec<char> = rest[..end].chars().map(|c| plain_numeral(c).unwrap_or(c)).collect();
    // 五仟, 3仟, 第拾章.
    let ordinal = text[..start].ends_with('第');
    let counted =
        ordinal || matches!(before.last(), Some(Piece::Han(_) | Piece::Digits(_))) && "百千".contains(plain[0]);
    let places = rest[..end].chars().filter(|c| plain_numeral(*c).and_then(han_place).is_some()).count();
    let large = places == 0 && rest[end..].starts_with(['元', '圆', '圓']) && plain.len() > 1;
    let word = plain.len() == 2 && text[..start].ends_with(|c| "大内登着上水海隊队行退入落放酒茶".contains(c));
    let whole = plain.len() > 1 && han_digit(plain[0]).is_some() && (places > 0 || large) && !word;
    // 肆角伍分 behind 元.
    let coin =
        plain.len() == 1 && rest[end..].starts_with(['角', '分']) && text[..start].ends_with(['元', '圆', '圓', '角']);
    (counted || whole || coin).then_some(start + end)
}

/// What pieces with digits or places among them may mean, the likeliest first.
fn values(pieces: &[Piece], mega: &[u64]) -> Vec<Value> {
    let has_mega = pieces.iter().any(|piece| matches!(piece, Piece::Mega));
    let mut out: Vec<Value> = Vec::new();
    for &mega in if has_mega { mega } else { &mega[..1] } {
        out.extend(placed(pieces, mega));
    }
    if let [before @ .., Piece::Mega] = pieces {
        // 100兆 are often megabytes.
        out.extend(placed(before, 1));
    }
    // 一百二 is 120, 13万2 is 132 000.
    if let [.., Piece::Place(place @ 100..), last] = pieces
        && let Some(digit) = last.digit()
        && let Some(whole) = out.first().and_then(|value| value.0.checked_sub(u128::from(digit) * Value::ONE))
    {
        out.insert(0, Value(whole + u128::from(digit * (place / 10)) * Value::ONE));
    }
    out
}

impl Piece {
    /// The digit that it is and nothing more.
    fn digit(&self) -> Option<u64> {
        match self {
            Self::Han(digit @ 1..) => Some(*digit),
            Self::Digits(digits) if digits.span.len() <= '０'.len_utf8() && digits.parts.len() == 1 => {
                digits.parts[0].as_whole().filter(|digit| (1..10).contains(digit))
            }
            _ => None,
        }
    }
}

/// The value by place.
fn placed(pieces: &[Piece], mega: u64) -> Option<Value> {
    let mut parts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        parts.push(match piece {
            Piece::Digits(digits) => Part::Times(digits.readings.first()?.0),
            Piece::Han(value) => Part::Times(u128::from(*value) * Value::ONE),
            Piece::Place(place) => Part::Place(*place),
            Piece::Mega => Part::Place(mega),
        });
    }
    by_place(parts, Value::ONE).map(Value)
}

/// What a run of Chinese numerals means, and whether it is surely a number.
fn numeral(text: &str, run: &Run, mega: &[u64], numbers: &mut Numbers) -> (Vec<Value>, Claim) {
    let surface = text.get(run.span.clone()).unwrap_or_default();
    let surface: String = surface
        .chars()
        .take_while(|&c| c != '点' && c != '點')
        .filter(|c| !" \u{a0}多余餘".contains(*c))
        .map(|c| plain_numeral(c).unwrap_or(c))
        .collect();
    let surface = surface.as_str();
    let by_digits = run.pieces.iter().all(|piece| matches!(piece, Piece::Han(_)));
    let readings =
        if by_digits { han_number(surface).map(Value::whole).into_iter().collect() } else { values(&run.pieces, mega) };
    let Some(value) = readings.first().and_then(|value| value.as_whole()) else { return (Vec::new(), Claim::None) };
    let after = &text[run.span.end..];
    let digit = |piece: &Piece| matches!(piece, Piece::Han(1..));
    let place = |piece: &Piece| matches!(piece, Piece::Place(_) | Piece::Mega);
    let pieces = run.pieces.as_slice();
    // 五六 and 二三十 are guesses; 五六 may be one of the names of days besides.
    let guess = pieces.windows(2).position(|pair| digit(&pair[0]) && digit(&pair[1]));
    let claim = match pieces {
        _ if pieces.iter().all(place) => Claim::None,
        [one, thousands] if matches!(one, Piece::Han(1)) && place(thousands) => Claim::None,
        _ if !pieces.iter().any(place) => {
            let zero = pieces.len() > 1 && pieces.iter().any(|piece| matches!(piece, Piece::Han(0)));
            let sure = surface.contains('〇') || after.starts_with('年');
            if pieces.len() == 4 || zero && sure && value > 9 { Claim::Words } else { Claim::None }
        }
        // 万一: in case.
        _ if guess.is_some() || surface == "万一" => Claim::None,
        // 卅 is often a slip for 州; hexadecimal is one word.
        [Piece::Han(_), Piece::Place(10)] if surface.chars().nth(1).is_none() => Claim::None,
        _ if after.starts_with("进制") || after.starts_with("進制") => Claim::None,
        // What an adverb or a preposition follows is rather a name; the idiom says very far.
        _ if after.starts_with(|c| "在与與跟把被也就却卻便又打说說道".contains(c)) => Claim::None,
        _ if surface == "十万八千" && after.starts_with('里') => Claim::None,
        _ if value > 10 => Claim::Words,
        _ => Claim::None,
    };
    if let Some(at) = guess {
        for skipped in [at, at + 1] {
            let kept = surface.chars().enumerate().filter(|&(number, _)| number != skipped).map(|(_, c)| c);
            if let Some(value) = han_number(&kept.collect::<String>()) {
                numbers.add_whole(value);
            }
        }
    }
    (readings, claim)
}
