//! Which encoding bytes are in, and decoding them.
//!
//! Order: a mark, then UTF-32 and UTF-16 by their zero bytes, then the seven-bit encodings by their escapes, then UTF-8,
//! then the Chinese encodings, by `chardetng` and by how common the characters are that come out. GB18030 stands for GBK and
//! GB2312, which it contains. A few damaged bytes do not make a text unreadable: they are shown as U+FFFD, and a warning says
//! where they stand.

mod chinese;
mod common;
mod lenient;
mod unicode;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::Error;
use crate::notice::{Notice, notice};
use unicode::Wide;

/// A decoded text and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub content: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What was damaged, and what is not certain.
    pub warnings: Vec<Notice>,
}

/// An encoding that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// UTF-8, GB18030, Big5.
    Bytes(&'static Encoding),
    /// UTF-16 and UTF-32.
    Wide(Wide),
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Bytes(encoding) => encoding.name(),
            Self::Wide(wide) => wide.name(),
        }
    }
}

/// What a text is in, and what speaks against it.
struct Found {
    form: Form,
    /// The length of its mark.
    mark: usize,
    /// Another encoding that so short a text may be in.
    doubt: Option<&'static str>,
}

/// Decodes a text that must not be damaged, as a table of figures or decisions.
///
/// # Errors
/// [`Error::Binary`], [`Error::Malformed`] or [`Error::UnknownEncoding`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    match decode_any(bytes)? {
        (_, Some(malformed)) => Err(malformed),
        (decoded, None) => Ok(decoded),
    }
}

/// Decodes a text that may be damaged here and there, with a warning for each place.
///
/// # Errors
/// As [`decode`], but [`Error::Malformed`] only where too much is damaged.
pub fn decode_damaged(bytes: &[u8]) -> Result<Decoded, Error> {
    Ok(decode_any(bytes)?.0)
}

/// Decodes a text; what is malformed in it first, where something is.
fn decode_any(bytes: &[u8]) -> Result<(Decoded, Option<Error>), Error> {
    let found = match by_mark(bytes) {
        Some((form, mark)) => Found { form, mark, doubt: None },
        None => recognise(bytes)?,
    };
    let body = bytes.get(found.mark..).unwrap_or_default();
    let lenient = match found.form {
        Form::Bytes(encoding) => {
            refuse_binary(body, found.mark)?;
            lenient::decode(encoding, body)
        }
        Form::Wide(wide) => unicode::decode(wide, body),
    };
    let encoding = found.form.name();
    let places = lenient.places();
    let malformed =
        places.first().map(|&(offset, line)| Error::Malformed { encoding, offset: offset + found.mark, line });
    if let Some(malformed) = malformed.clone().filter(|_| places.len() * DAMAGE > lenient.wide.max(DAMAGE)) {
        return Err(malformed);
    }
    let name = shown(encoding);
    let mut warnings: Vec<Notice> = places
        .iter()
        .take(TOLD)
        .map(|&(offset, line)| {
            let byte = offset + found.mark;
            notice!("malformed {0} at byte {1} (line {2}): shown as �; compare it with the original", name, byte, line)
        })
        .collect();
    if places.len() > TOLD {
        warnings.push(Notice::counted("more-places", places.len() - TOLD).with(name));
    }
    if let Some(other) = found.doubt {
        warnings.push(notice!(
            "read as {0}, but so short a text may be in {1}; save it as UTF-8 to be certain",
            name,
            other
        ));
    }
    let content = lenient.content.trim_start_matches('\u{feff}').to_owned();
    Ok((Decoded { content, encoding, warnings }, malformed))
}

/// At most one of so many characters outside ASCII may be damaged, but one always.
const DAMAGE: usize = 16;
/// How many damaged places are told one by one.
const TOLD: usize = 10;

/// The name that people know an encoding by.
fn shown(name: &'static str) -> &'static str {
    if name == GB18030.name() { "GBK (GB18030)" } else { name }
}

/// The form that a byte order mark names, and the length of the mark.
fn by_mark(bytes: &[u8]) -> Option<(Form, usize)> {
    const GB18030_MARK: &[u8] = b"\x84\x31\x95\x33";
    if bytes.starts_with(GB18030_MARK) {
        return Some((Form::Bytes(GB18030), GB18030_MARK.len()));
    }
    if let Some(wide) = Wide::of_mark(bytes) {
        return Some((Form::Wide(wide), wide.mark().len()));
    }
    bytes.starts_with(b"\xef\xbb\xbf").then_some((Form::Bytes(UTF_8), 3))
}

fn recognise(bytes: &[u8]) -> Result<Found, Error> {
    let certain = |form| Ok(Found { form, mark: 0, doubt: None });
    if let Some(wide) = Wide::of_zeros(bytes) {
        return certain(Form::Wide(wide));
    }
    if let Some(name) = seven_bits(bytes) {
        return Err(Error::UnknownEncoding(name));
    }
    if std::str::from_utf8(bytes).is_ok() || mostly_utf8(bytes) {
        return certain(Form::Bytes(UTF_8));
    }
    refuse_binary(bytes, 0)?;
    let (encoding, doubt) = chinese::recognise(bytes)?;
    Ok(Found { form: Form::Bytes(encoding), mark: 0, doubt })
}

/// Encodings of seven bits, which look like ASCII: by their escapes, and that nothing has its eighth bit set.
fn seven_bits(bytes: &[u8]) -> Option<&'static str> {
    if !bytes.is_ascii() {
        return None;
    }
    let holds = |escape: &[u8]| bytes.windows(escape.len()).any(|window| window == escape);
    if bytes.contains(&0x1b) {
        let japanese: [&[u8]; 5] = [b"\x1b$B", b"\x1b$@", b"\x1b$(D", b"\x1b(J", b"\x1b(I"];
        if japanese.into_iter().any(holds) {
            return Some("ISO-2022-JP");
        }
        if holds(b"\x1b$)C") {
            return Some("ISO-2022-KR");
        }
        if holds(b"\x1b$)A") || holds(b"\x1b$)G") {
            return Some("ISO-2022-CN");
        }
    }
    is_hz(bytes).then_some("HZ-GB-2312")
}

/// `~{VPND~}`: Chinese between such brackets, every pair of bytes a character of GB2312.
fn is_hz(bytes: &[u8]) -> bool {
    let mut found = false;
    let mut rest = bytes;
    let find = |bytes: &[u8], pair: &[u8; 2]| bytes.windows(2).position(|window| window == pair);
    while let Some(open) = find(rest, b"~{") {
        let inner = rest.get(open + 2..).unwrap_or_default();
        let Some(close) = find(inner, b"~}") else { return false };
        let (pairs, odd) = inner.get(..close).unwrap_or_default().as_chunks::<2>();
        let known = |pair: &[u8; 2]| matches!(pair[0], 0x21..=0x29 | 0x30..=0x77) && matches!(pair[1], 0x21..=0x7e);
        if pairs.len() < 2 || !odd.is_empty() || !pairs.iter().all(known) {
            return false;
        }
        found = true;
        rest = inner.get(close + 2..).unwrap_or_default();
    }
    found
}

/// A few broken places in a UTF-8 file do not make it anything else.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let multi = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    // Half a character at the end.
    let cut = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    multi > broken * 4 || cut && multi > 0
}

/// At most one byte of so many may be zero.
const ZEROS: usize = 64;

/// Text holds hardly any control characters, and a zero byte only where one is damaged.
fn refuse_binary(bytes: &[u8], mark: usize) -> Result<(), Error> {
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    let many = head.iter().filter(|&&byte| control(byte)).count() * 20 > head.len();
    let zeros = bytes.split(|&byte| byte == 0).skip(1).count() * ZEROS > bytes.len();
    let found = bytes.iter().position(|&byte| (zeros && byte == 0) || (many && control(byte)));
    match found {
        Some(offset) => Err(Error::Binary { byte: bytes.get(offset).copied().unwrap_or(0), offset: offset + mark }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::BIG5;

    use super::*;

    const SAMPLE: &str = "自2009年以来，双方围绕网络安全问题举行了六次正式会晤。\n讨论的目标是减少误解，提高透明度。\n";
    const TRADITIONAL: &str =
        "自2009年以來，雙方圍繞網路安全問題舉行了六次正式會晤。\n討論的目標是減少誤解，提高透明度。\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_we_promise_is_recognised() {
        let (gb, _, _) = GB18030.encode(SAMPLE);
        let (big5, _, _) = BIG5.encode(TRADITIONAL);
        let with_bom = |bom: &[u8], body: Vec<u8>| [bom, &body].concat();
        for (bytes, name, text) in [
            (SAMPLE.as_bytes().to_vec(), "UTF-8", SAMPLE),
            (with_bom(b"\xef\xbb\xbf", SAMPLE.as_bytes().to_vec()), "UTF-8", SAMPLE),
            (with_bom(b"\xff\xfe", utf16(SAMPLE, false)), "UTF-16LE", SAMPLE),
            (with_bom(b"\xfe\xff", utf16(SAMPLE, true)), "UTF-16BE", SAMPLE),
            (utf16(SAMPLE, false), "UTF-16LE", SAMPLE),
            (utf16("Plain English, no mark.", true), "UTF-16BE", "Plain English, no mark."),
            (gb.into_owned(), "gb18030", SAMPLE),
            (big5.into_owned(), "Big5", TRADITIONAL),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.encoding, decoded.content.as_str()), (name, text));
        }
    }

    #[test]
    fn chinese_in_utf16_without_a_mark_and_very_short_texts() {
        let text = "　　一、双方的共识\n　　一九四九年，第一次全体会议一致通过。\n";
        for big in [false, true] {
            assert_eq!(decode(&utf16(text, big)).unwrap().content, text);
        }
        let (gb, _, _) = GB18030.encode("你好");
        assert_eq!(decode(&gb).unwrap().content, "你好");
    }

    #[test]
    fn gb18030_four_byte_characters_survive() {
        let text = "𠮷野家与龘字，都在这一句里头。今天天气很好。";
        let (bytes, _, _) = GB18030.encode(text);
        assert_eq!(decode(&bytes).unwrap().content, text);
    }

    #[test]
    fn what_must_not_be_damaged_is_refused_and_says_where() {
        let mut half = vec![0xff, 0xfe];
        half.extend(utf16("ab\ncd", false));
        half.pop();
        assert_eq!(decode(&half), Err(Error::Malformed { encoding: "UTF-16LE", offset: 10, line: 2 }));
        let mut broken = SAMPLE.as_bytes().to_vec();
        let second_line = SAMPLE.find('\n').unwrap() + 1;
        broken[second_line] = 0xff;
        assert_eq!(decode(&broken), Err(Error::Malformed { encoding: "UTF-8", offset: second_line, line: 2 }));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0"), Err(Error::Binary { byte: 2, offset: 4 }));
    }

    /// The text that is read, and the warnings.
    fn mended(bytes: &[u8]) -> (&'static str, String, Vec<String>) {
        let decoded = decode_damaged(bytes).unwrap();
        let warnings = decoded.warnings.iter().map(Notice::to_string).collect();
        (decoded.encoding, decoded.content, warnings)
    }

    #[test]
    fn a_damaged_byte_costs_a_character_and_says_where() {
        let encoded = |encoding: &'static Encoding, text: &str| encoding.encode(text).0.into_owned();
        let line = SAMPLE.find('\n').unwrap() + 1;
        for (encoding, text, name, at) in [
            (GB18030, SAMPLE, "GBK (GB18030)", encoded(GB18030, &SAMPLE[..line]).len()),
            (BIG5, TRADITIONAL, "Big5", encoded(BIG5, &TRADITIONAL[..line]).len()),
            (UTF_8, SAMPLE, "UTF-8", line),
        ] {
            let width = if encoding == UTF_8 { 3 } else { 2 };
            let whole = encoded(encoding, text);
            for byte in [0xff_u8, 0x80, 0] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                let (found, content, warnings) = mended(&bytes);
                assert_eq!(found, encoding.name());
                // The rest of the line is not shifted.
                assert!(content.ends_with("透明度。\n"), "{name} {byte:#x}: {content}");
                let wanted =
                    format!("malformed {name} at byte {at} (line 2): shown as \u{fffd}; compare it with the original");
                assert_eq!(warnings, [wanted], "{byte:#x}");
            }
            // Half a character at the end.
            let text = text.trim_end();
            let whole = encoded(encoding, text);
            let (found, content, warnings) = mended(&whole[..whole.len() - 1]);
            assert_eq!((found, content), (encoding.name(), [text.trim_end_matches('。'), "\u{fffd}"].concat()));
            let at = whole.len() - width;
            assert_eq!(
                warnings,
                [format!("malformed {name} at byte {at} (line 2): shown as \u{fffd}; compare it with the original")]
            );
        }
    }

    #[test]
    fn much_damage_is_told_in_few_warnings_and_too_much_is_refused() {
        let whole = GB18030.encode(&SAMPLE.repeat(40)).0.into_owned();
        let every = |step: usize| {
            let mut bytes = whole.clone();
            bytes.iter_mut().skip(20).step_by(step).filter(|byte| **byte > 0x80).for_each(|byte| *byte = 0xff);
            decode_damaged(&bytes)
        };
        let warnings: Vec<String> = every(131).unwrap().warnings.iter().map(Notice::to_string).collect();
        let damaged = whole.iter().enumerate().skip(20).step_by(131).filter(|(_, byte)| **byte > 0x80);
        for (warning, (at, _)) in warnings.iter().zip(damaged.take(TOLD)) {
            let line = whole[..at].split(|&byte| byte == b'\n').count();
            assert!(warning.contains(&format!("(line {line})")), "{at}: {warning}");
        }
        assert_eq!(warnings.len(), TOLD + 1);
        assert!(warnings[TOLD].ends_with("more places: shown as \u{fffd}"), "{warnings:?}");
        let refused = every(9).map(|decoded| decoded.warnings);
        assert!(matches!(refused, Err(Error::Malformed { .. } | Error::UnknownEncoding(_))), "{refused:?}");
    }

    #[test]
    fn utf32_and_marks() {
        let utf32 = |text: &str, big: bool| -> Vec<u8> {
            let unit = |c: char| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
            text.chars().flat_map(unit).collect()
        };
        for (big, name) in [(false, "UTF-32LE"), (true, "UTF-32BE")] {
            for text in [SAMPLE, "Plain English, no mark.", "网络"] {
                for mark in ["", "\u{feff}"] {
                    let bytes = utf32(&[mark, text].concat(), big);
                    assert_eq!(mended(&bytes), (name, text.to_owned(), Vec::new()));
                }
            }
            let cut = utf32(SAMPLE, big);
            let (_, content, warnings) = mended(&cut[..cut.len() - 1]);
            assert!(content.ends_with("。\u{fffd}") && warnings.len() == 1, "{warnings:?}");
        }
        let marked = GB18030.encode("\u{feff}今天下雨。").0.into_owned();
        assert!(marked.starts_with(b"\x84\x31\x95\x33"));
        assert_eq!(mended(&marked), ("gb18030", "今天下雨。".to_owned(), Vec::new()));
    }

    #[test]
    fn few_words_of_japanese_and_korean_are_not_taken_for_chinese() {
        use encoding_rs::{EUC_JP, EUC_KR, SHIFT_JIS};
        let unknown = |encoding: &'static Encoding, text: &str| {
            assert_eq!(
                decode_damaged(&encoding.encode(text).0),
                Err(Error::UnknownEncoding(encoding.name())),
                "{text}"
            );
        };
        for text in ["こんにちは。", "雨が降った。", "私は学生です", "これはペンです"] {
            unknown(SHIFT_JIS, text);
            unknown(EUC_JP, text);
        }
        for text in ["안녕", "안녕하세요", "비가 왔다.", "대한민국", "서울 시민"] {
            unknown(EUC_KR, text);
        }
        assert_eq!(decode(b"\x1b$B$3$s$K$A$O\x1b(B"), Err(Error::UnknownEncoding("ISO-2022-JP")));
        assert_eq!(decode(b"~{VPND~} and ~{VPND~}"), Err(Error::UnknownEncoding("HZ-GB-2312")));
        assert_eq!(decode(b"red \x1b[31m ~{a} ~}").unwrap().encoding, "UTF-8");
        for text in ["Le caf\u{e9} est ferm\u{e9}.", "\u{dc}bergr\u{f6}\u{df}e"] {
            unknown(encoding_rs::WINDOWS_1252, text);
        }
    }

    #[test]
    fn few_words_of_chinese_are_chinese_and_doubted_where_they_may_be_korean() {
        // Half a character at the end.
        for (encoding, text) in
            [(GB18030, "你好"), (BIG5, "中國"), (UTF_8, "网络"), (GB18030, "邬嫣嫱、郗翮羿、邳琬琰")]
        {
            let bytes = encoding.encode(text).0;
            let (name, content, warnings) = mended(&bytes[..bytes.len() - 1]);
            assert_eq!(name, encoding.name(), "{text}: {content}");
            assert!(text.starts_with(content.trim_end_matches('\u{fffd}')) && !warnings.is_empty(), "{content}");
        }
        for (encoding, text) in [
            (GB18030, "你好。"),
            (GB18030, "中国"),
            (GB18030, "网络安全"),
            (GB18030, "我爱你"),
            (GB18030, "双方举行会晤"),
            (BIG5, "中國"),
            (BIG5, "今天下雨。"),
            (BIG5, "臺灣大學"),
        ] {
            let (name, content, _) = mended(&encoding.encode(text).0);
            assert_eq!((name, content.as_str()), (encoding.name(), text));
        }
        let (_, content, warnings) = mended(&GB18030.encode("蝴蝶翩翩").0);
        assert_eq!(content, "蝴蝶翩翩");
        assert_eq!(
            warnings,
            ["read as GBK (GB18030), but so short a text may be in EUC-KR; save it as UTF-8 to be certain"]
        );
    }
}
