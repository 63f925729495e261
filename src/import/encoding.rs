//! Which encoding bytes are in, and decoding them without loss.
//!
//! Order: byte order mark, then UTF-16 by its zero bytes, then valid UTF-8, then the guess of `chardetng` among
//! the Chinese encodings. GB18030 stands for GBK and GB2312, which it contains.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::Error;

/// A decoded text and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub content: String,
    /// The name of the encoding.
    pub encoding: &'static str,
}

/// Decodes a text.
///
/// # Errors
/// [`Error::Binary`], [`Error::Malformed`] or [`Error::UnknownEncoding`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    let (encoding, bom) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (recognise(bytes)?, 0),
    };
    let body = bytes.get(bom..).unwrap_or_default();
    if encoding != UTF_16LE && encoding != UTF_16BE {
        refuse_binary(body, bom)?;
    }
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(content) => Ok(Decoded { content: content.into_owned(), encoding: encoding.name() }),
        None => Err(malformed(encoding, body, bom)),
    }
}

fn recognise(bytes: &[u8]) -> Result<&'static Encoding, Error> {
    if let Some(utf16) = utf16_by_zeros(bytes) {
        return Ok(utf16);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    refuse_binary(bytes, 0)?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    if guess == GBK || guess == GB18030 {
        Ok(GB18030)
    } else if guess == BIG5 {
        Ok(BIG5)
    } else if let Some(chinese) = chinese_after_all(bytes).filter(|_| !mostly_utf8(bytes)) {
        Ok(chinese)
    } else if mostly_utf8(bytes) {
        // One broken place in a UTF-8 file: say where it is rather than show the file in a wrong encoding.
        Ok(UTF_8)
    } else {
        Err(Error::UnknownEncoding(guess.name()))
    }
}

/// UTF-16 without a mark: of the two byte orders the one in which the beginning reads as text, where that beginning
/// holds zero bytes, as line ends, blanks and digits do in UTF-16 and in no other encoding.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    if head.len() < 2 || !head.contains(&0) {
        return None;
    }
    let likely = |encoding: &'static Encoding| {
        let little = encoding == UTF_16LE;
        let unit = |pair: [u8; 2]| if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
        let units = head.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
        let (mut plausible, mut all) = (0_usize, 0_usize);
        for c in char::decode_utf16(units) {
            all += 1;
            plausible += usize::from(c.is_ok_and(is_plausible));
        }
        (plausible * 50 >= all * 49).then_some((plausible, encoding))
    };
    let found = [likely(UTF_16LE), likely(UTF_16BE)];
    found.into_iter().flatten().max_by_key(|(plausible, _)| *plausible).map(|(_, encoding)| encoding)
}

/// What Chinese and English texts consist of.
fn is_plausible(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{30ff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{2460}'..='\u{24ff}')
        || crate::lang::is_han(c)
}

/// A text too short for the detector: Chinese if it reads as nothing but common characters in a Chinese encoding.
fn chinese_after_all(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() > 64 {
        return None;
    }
    [GB18030, BIG5].into_iter().find(|encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        // The characters of the basic block, in their commonest half.
        text.is_some_and(|text| text.chars().all(|c| is_plausible(c) && !('\u{3400}'..'\u{4e00}').contains(&c)))
    })
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let multi = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    multi > broken * 4
}

/// Text holds no zero byte, and hardly any control characters.
fn refuse_binary(bytes: &[u8], bom: usize) -> Result<(), Error> {
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    let many = head.iter().filter(|&&byte| control(byte)).count() * 20 > head.len();
    let found = bytes.iter().position(|&byte| byte == 0 || (many && control(byte)));
    match found {
        Some(offset) => Err(Error::Binary { byte: bytes.get(offset).copied().unwrap_or(0), offset: offset + bom }),
        None => Ok(()),
    }
}

fn malformed(encoding: &'static Encoding, body: &[u8], bom: usize) -> Error {
    let valid = valid_up_to(encoding, body);
    let width = if encoding == UTF_16LE || encoding == UTF_16BE { 2 } else { 1 };
    let lines = match width {
        1 => body.get(..valid).unwrap_or_default().split(|&byte| byte == b'\n').count() - 1,
        _ => body
            .get(..valid)
            .unwrap_or_default()
            .chunks_exact(2)
            .filter(|unit| matches!(unit, [10, 0] | [0, 10]))
            .count(),
    };
    Error::Malformed { encoding: encoding.name(), offset: bom + valid, line: lines + 1 }
}

fn valid_up_to(encoding: &'static Encoding, body: &[u8]) -> usize {
    if encoding == UTF_8 {
        return std::str::from_utf8(body).err().map_or(body.len(), |error| error.valid_up_to());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(body, &mut out, true);
    match result {
        encoding_rs::DecoderResult::Malformed(length, after) => {
            read.saturating_sub(usize::from(length) + usize::from(after))
        }
        _ => read,
    }
}

#[cfg(test)]
mod tests {
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
    fn broken_input_says_where() {
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
}
