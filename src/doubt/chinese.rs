//! Numbers as Chinese writes them: 二十五, 1.3亿, 二〇一二年, 百分之三十. Of Japanese only the digits are claimed.

use super::figures::{self, Digits};
use super::names;
use super::numbers::{Claim, Numbers, Value};
use crate::lang::Language;
use crate::text::Span;
use crate::token::numerals::{Part, by_place, digit, han_digit, han_number, han_place};

/// Runs longer than this are no numerals.
const LONGEST: usize = 16;

/// Reads the numbers of a text.
pub(super) fn read(text: &str, language: Language, numbers: &mut Numbers) {
    let addresses = names::addresses(text);
    let mut century = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
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
        run.file(text, language, &mut century, numbers);
    }
}

#[derive(Debug)]
enum Piece {
    Digits(Digits),
    Han(u64),
    Place(u64),
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
        let mut at = start;
        while let Some(c) = text[at..].chars().next() {
            let next = text[at + c.len_utf8()..].chars().next();
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
            if let Some((large, end)) = large_behind(text, at).filter(|_| !pieces.is_empty()) {
                at = end;
                pieces.push(Piece::Place(large));
                continue;
            }
            let piece = han_digit(c).map(Piece::Han).or_else(|| han_place(c).map(Piece::Place));
            let ends = match (&piece, pieces.last()) {
                (None, _) | (Some(Piece::Han(_)), Some(Piece::Digits(_))) => true,
                // After a number 两 is a weight.
                (Some(Piece::Han(_)), Some(_)) => "两兩".contains(c) && next.and_then(han_place).is_none(),
                // 千米, 千克, 千瓦 after digits are units.
                (_, Some(Piece::Digits(_))) => c == '千' && next.is_some_and(|next| "米克瓦赫卡伏".contains(next)),
                _ => false,
            };
            if ends {
                break;
            }
            at += c.len_utf8();
            pieces.extend(piece);
        }
        if pieces.is_empty() {
            return None;
        }
        let mut run = Self { span: start..at, pieces, decimals: None };
        run.read_decimals(text);
        Some(run)
    }

    /// 零点五 and 百分之三点五; elsewhere 点 is mostly the hour.
    fn read_decimals(&mut self, text: &str) {
        let point = text[self.span.end..].chars().next().filter(|&c| c == '点' || c == '點');
        let zero = matches!(self.pieces.as_slice(), [Piece::Han(0)]);
        let Some(point) = point.filter(|_| zero || is_percent(text, self.span.start)) else { return };
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

    fn file(mut self, text: &str, language: Language, century: &mut Option<u64>, numbers: &mut Numbers) {
        let (mut readings, mut claim) = match self.pieces.as_mut_slice() {
            [Piece::Digits(digits)] => {
                digits.parts.iter().for_each(|&part| numbers.add(part));
                (std::mem::take(&mut digits.readings), if digits.code { Claim::None } else { Claim::Digits })
            }
            pieces => {
                for piece in &*pieces {
                    match piece {
                        Piece::Han(value) => numbers.add_whole(*value),
                        Piece::Place(place) => numbers.add_whole(*place),
                        Piece::Digits(digits) => digits.parts.iter().for_each(|&part| numbers.add(part)),
                    }
                }
                if pieces.len() > LONGEST {
                    return;
                }
                if pieces.iter().any(|piece| matches!(piece, Piece::Digits(_))) {
                    (placed(pieces, Some(Value::ONE)).into_iter().collect(), Claim::Digits)
                } else {
                    numeral(text, &self, numbers)
                }
            }
        };
        let Some(&value) = readings.first() else { return };
        if let Some(rest) = self.decimals {
            readings = vec![Value(value.0 + rest.0)];
        }
        claim = self.around(text, century, &mut readings, claim, numbers);
        let claim = if language == Language::Japanese && claim == Claim::Words { Claim::None } else { claim };
        if let [Piece::Digits(_), places @ ..] = self.pieces.as_slice()
            && let Some(factor) = places.iter().try_fold(1_u64, |factor, piece| match piece {
                Piece::Place(place) => factor.checked_mul(*place),
                _ => None,
            })
        {
            numbers.share(text, self.span.start, factor);
        }
        numbers.claim(self.span.clone(), readings, claim);
        if let ([Piece::Digits(digits)], true) = (self.pieces.as_slice(), claim == Claim::Digits) {
            numbers.or_parts(&digits.parts);
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
        if is_percent(text, self.span.start) || after.trim_start().starts_with(['%', '％', '﹪']) {
            // All of something is often said in words.
            return if value == Value::whole(100) || claim == Claim::None && readings.is_empty() {
                Claim::None
            } else {
                Claim::Words
            };
        }
        let after = after.trim_start();
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
        } else if follows(&["成", "旬"]) {
            numbers.add_whole(whole * 10);
        } else if follows(&["折"]) {
            numbers.add_whole(100_u64.saturating_sub(whole * 10));
        } else if follows(&["月"]) {
            return if claim == Claim::Digits && whole >= 10 { Claim::Words } else { claim };
        }
        if before.ends_with("民国") || before.ends_with("民國") {
            readings.push(Value::whole(whole + 1911));
        }
        claim
    }
}

/// 万 or 亿 behind a blank or 多, and where it ends.
fn large_behind(text: &str, at: usize) -> Option<(u64, usize)> {
    let mut chars = text[at..].char_indices().skip_while(|&(at, c)| at < 5 && " \u{a0}多余餘".contains(c));
    let (skipped, c) = chars.next().filter(|&(skipped, _)| skipped > 0)?;
    let large = han_place(c).filter(|&place| place >= 10_000)?;
    Some((large, at + skipped + c.len_utf8()))
}

fn is_percent(text: &str, start: usize) -> bool {
    text[..start].ends_with("百分之")
}

/// The value by place, each piece of Chinese digits in units of `one`.
fn placed(pieces: &[Piece], one: Option<u128>) -> Option<Value> {
    let one = one?;
    let mut parts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        parts.push(match piece {
            Piece::Digits(digits) => Part::Times(digits.readings.first()?.0),
            Piece::Han(value) => Part::Times(u128::from(*value) * one),
            Piece::Place(place) => Part::Place(*place),
        });
    }
    by_place(parts, one).map(Value)
}

/// What a run of Chinese numerals means, and whether it is surely a number.
fn numeral(text: &str, run: &Run, numbers: &mut Numbers) -> (Vec<Value>, Claim) {
    let surface = text.get(run.span.clone()).unwrap_or_default();
    let surface: String =
        surface.chars().take_while(|&c| c != '点' && c != '點').filter(|c| !" \u{a0}多余餘".contains(*c)).collect();
    let surface = surface.as_str();
    let Some(value) = han_number(surface) else { return (Vec::new(), Claim::None) };
    let after = &text[run.span.end..];
    let mut readings = vec![Value::whole(value)];
    let digit = |piece: &Piece| matches!(piece, Piece::Han(1..));
    let place = |piece: &Piece| matches!(piece, Piece::Place(_));
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
        // What an adverb or a preposition follows is rather a name; the idiom says very far.
        _ if after.starts_with(|c| "在与與跟把被也就却卻便又打说說道".contains(c)) => Claim::None,
        _ if surface == "十万八千" && after.starts_with('里') => Claim::None,
        [.., Piece::Place(hundreds @ 100..), Piece::Han(last)] => {
            // 一百二 is 120.
            let tens = value - last + last * (hundreds / 10);
            readings.insert(0, Value::whole(tens));
            Claim::Words
        }
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
