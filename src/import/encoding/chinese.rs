//! Which of the Chinese encodings a text is in, if any.
//!
//! `chardetng` knows by the bytes, but gives up a Chinese encoding at the first malformed byte, and is at a loss with a few
//! words. How common the characters are that come out tells more there: three in four of a Chinese text are among the
//! commonest, but hardly one in five where Korean or Japanese is taken for Chinese.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS};

use super::common::is_common;
use super::lenient;
use crate::import::Error;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 1 << 16;
/// Fewer characters than this may be in another encoding by chance.
const SHORT: usize = 16;

/// How a text reads in an encoding.
struct Reading {
    encoding: &'static Encoding,
    /// Characters outside ASCII.
    all: usize,
    /// Those among them that are common.
    common: usize,
    /// Malformed places.
    damaged: usize,
    /// Whether the detector takes it for this encoding where nothing is malformed in it.
    detected: bool,
}

impl Reading {
    fn of(encoding: &'static Encoding, bytes: &[u8]) -> Self {
        let read = lenient::decode(encoding, bytes);
        let whole = read.content.replace(char::REPLACEMENT_CHARACTER, "");
        let wide = || whole.chars().filter(|&c| !c.is_ascii());
        let (all, damaged) = (wide().count(), read.places().len());
        let detected = all > 0 && damaged <= 1 + all / 16 && {
            let guess = detect(&encoding.encode(&whole).0);
            guess == encoding || guess == GBK && encoding == GB18030
        };
        Self { encoding, all, common: wide().filter(|&c| is_common(c)).count(), damaged, detected }
    }

    /// Whether it reads as Chinese does; with more certainty where it also reads in an encoding of Japanese or Korean.
    fn is_likely(&self, other: Option<&str>) -> bool {
        let parts = if other.is_none() && self.all >= 2 * SHORT { 3 } else { 2 };
        let whole = self.damaged < self.all || self.damaged == self.all && self.common == self.all;
        self.common * parts >= self.all && self.all > 0 && self.damaged <= 1 + self.all / 16 && whole
    }
}

/// The Chinese encoding of a text, and another that it may be in.
///
/// # Errors
/// [`Error::UnknownEncoding`] where it is in none.
pub(super) fn recognise(bytes: &[u8]) -> Result<(&'static Encoding, Option<&'static str>), Error> {
    let guess = detect(bytes);
    let head = sample(bytes);
    let [gb, big5] = [GB18030, BIG5].map(|encoding| Reading::of(encoding, head));
    // Of two readings the one with more common characters for each that it has.
    let best = if big5.common * gb.all.max(1) > gb.common * big5.all.max(1) { &big5 } else { &gb };
    let other = other_asian(guess, head);
    let short = best.all < SHORT;
    let chosen =
        [&gb, &big5].into_iter().find(|reading| reading.detected && other.is_none_or(|_| reading.damaged == 0));
    match chosen {
        // What the detector takes for Chinese is Chinese, but of a few words their frequency knows better.
        Some(chosen)
            if !short || chosen.is_likely(other) && !(best.is_likely(other) && best.common > chosen.common) =>
        {
            Ok((chosen.encoding, None))
        }
        _ if best.is_likely(other) => {
            let certain = best.common * 4 >= best.all * 3 && best.all >= SHORT / 4;
            let doubt = other.or_else(|| (chosen.is_none()).then(|| guess.name()));
            Ok((best.encoding, doubt.filter(|_| short && !certain)))
        }
        Some(chosen) => Ok((chosen.encoding, Some(other.unwrap_or("another encoding")))),
        None => Err(Error::UnknownEncoding(guess.name())),
    }
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// As much of the text as is looked at, up to the end of a line.
fn sample(bytes: &[u8]) -> &[u8] {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if head.len() == bytes.len() {
        return bytes;
    }
    let end = head.iter().rposition(|&byte| byte == b'\n').map_or(head.len(), |at| at + 1);
    head.get(..end).unwrap_or(head)
}

/// An encoding of Japanese or Korean in which the text reads without fault, and as such texts do.
fn other_asian(guess: &'static Encoding, head: &[u8]) -> Option<&'static str> {
    let reads = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(head)?;
        let wide = text.chars().filter(|c| !c.is_ascii()).count();
        let own = text.chars().filter(|&c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')).count();
        (own * 3 >= wide).then(|| encoding.name())
    };
    let named = [SHIFT_JIS, EUC_KR, EUC_JP].into_iter().find(|&known| known == guess).map(Encoding::name);
    named.or_else(|| [EUC_KR, SHIFT_JIS, EUC_JP].into_iter().find_map(reads))
}
