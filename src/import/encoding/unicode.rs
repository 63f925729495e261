//! UTF-16 and UTF-32: by their marks, or by the zero bytes that no other encoding has.

use super::lenient::Lenient;

/// A form of Unicode in units of two or four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

/// The longer marks first: that of UTF-32LE begins like that of UTF-16LE.
const ALL: [Wide; 4] = [Wide::Utf32Le, Wide::Utf32Be, Wide::Utf16Le, Wide::Utf16Be];

impl Wide {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
        }
    }

    pub(super) fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf16Le => b"\xff\xfe",
            Self::Utf16Be => b"\xfe\xff",
            Self::Utf32Le => b"\xff\xfe\0\0",
            Self::Utf32Be => b"\0\0\xfe\xff",
        }
    }

    fn unit(self) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf32Le | Self::Utf32Be => 4,
        }
    }

    pub(super) fn of_mark(bytes: &[u8]) -> Option<Self> {
        ALL.into_iter().find(|wide| bytes.starts_with(wide.mark()))
    }

    /// Without a mark: the form in which the beginning reads as text, where that beginning holds zero bytes, as line ends,
    /// blanks and digits do in UTF-16 and everything does in UTF-32.
    pub(super) fn of_zeros(bytes: &[u8]) -> Option<Self> {
        let likely = |wide: Self| {
            let head = bytes.get(..bytes.len().min(4096) / wide.unit() * wide.unit())?;
            let (mut plausible, mut all) = (0_usize, 0_usize);
            for (_, c) in wide.characters(head).into_iter().filter(|_| head.contains(&0)) {
                all += 1;
                // Three bytes of four tell enough.
                let fits = |c| is_plausible(c) || wide.unit() == 4 && !c.is_control();
                plausible += usize::from(c.is_some_and(fits));
            }
            (plausible > 0 && plausible * 50 >= all * 49).then_some((plausible, wide))
        };
        ALL.into_iter().rev().filter_map(likely).max_by_key(|(plausible, _)| *plausible).map(|(_, wide)| wide)
    }

    /// The characters, each with where it begins; nothing where it is malformed.
    fn characters(self, body: &[u8]) -> Vec<(usize, Option<char>)> {
        let mut out = Vec::with_capacity(body.len() / self.unit());
        let mut at = 0;
        while at < body.len() {
            let one = |at: usize| self.value(body.get(at..at + self.unit())?);
            let c = one(at);
            let pair = c.filter(|_| self.unit() == 2).zip(one(at + 2)).and_then(|(high, low)| surrogates(high, low));
            out.push((at, pair.or_else(|| c.and_then(char::from_u32))));
            at += if pair.is_some() { 4 } else { self.unit() };
        }
        out
    }

    fn value(self, unit: &[u8]) -> Option<u32> {
        Some(match self {
            Self::Utf16Le => u32::from(u16::from_le_bytes(unit.try_into().ok()?)),
            Self::Utf16Be => u32::from(u16::from_be_bytes(unit.try_into().ok()?)),
            Self::Utf32Le => u32::from_le_bytes(unit.try_into().ok()?),
            Self::Utf32Be => u32::from_be_bytes(unit.try_into().ok()?),
        })
    }
}

fn surrogates(high: u32, low: u32) -> Option<char> {
    let halves = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    char::from_u32(0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff)).filter(|_| halves)
}

/// Decodes; what is malformed becomes U+FFFD.
pub(super) fn decode(wide: Wide, body: &[u8]) -> Lenient {
    let mut out = Lenient::default();
    for (at, c) in wide.characters(body) {
        match c {
            Some(c) => out.push(c),
            None => out.damage(at),
        }
    }
    out
}

/// What Chinese and English texts consist of.
fn is_plausible(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2029}' | '\u{3000}'..='\u{30ff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{2460}'..='\u{24ff}')
        || crate::lang::is_han(c)
}
