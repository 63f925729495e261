//! Decoding of bytes that may be damaged here and there.
//!
//! In a Chinese encoding a character takes two bytes, so one that is damaged or lost shifts all that follow on its line.
//! Where a line holds anything malformed, it is read in the way that gives the commonest characters and leaves out the
//! fewest bytes, so that only what is damaged is lost.

use encoding_rs::{BIG5, DecoderResult, Encoding, UTF_8};

use super::common::is_common;

/// A decoded text and what was malformed in it.
#[derive(Debug, Default)]
pub(super) struct Lenient {
    /// The text, with U+FFFD for each malformed place.
    pub(super) content: String,
    /// Where the malformed places are, in bytes of the input.
    damaged: Vec<usize>,
    /// Characters outside ASCII that were not malformed.
    pub(super) wide: usize,
    /// Where each malformed place stands in the text.
    replaced: Vec<usize>,
}

impl Lenient {
    pub(super) fn push(&mut self, c: char) {
        self.wide += usize::from(!c.is_ascii());
        self.content.push(c);
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.wide += text.chars().filter(|c| !c.is_ascii()).count();
        self.content.push_str(text);
    }

    /// Malformed bytes in a row are one place.
    pub(super) fn damage(&mut self, at: usize) {
        let mark = char::REPLACEMENT_CHARACTER.len_utf8();
        if self.replaced.last().is_some_and(|&last| last + mark == self.content.len()) {
            return;
        }
        self.damaged.push(at);
        self.replaced.push(self.content.len());
        self.content.push(char::REPLACEMENT_CHARACTER);
    }

    /// The malformed places: the byte of the input, and the line, from 1.
    pub(super) fn places(&self) -> Vec<(usize, usize)> {
        let (mut at, mut line) = (0, 1);
        self.damaged
            .iter()
            .zip(&self.replaced)
            .map(|(&damaged, &replaced)| {
                line += self.content[at..replaced].matches('\n').count();
                at = replaced;
                (damaged, line)
            })
            .collect()
    }
}

/// Decodes `body`.
pub(super) fn decode(encoding: &'static Encoding, body: &[u8]) -> Lenient {
    let mut out = Lenient::default();
    if encoding == UTF_8 {
        let mut at = 0;
        for chunk in body.utf8_chunks() {
            for (index, text) in chunk.valid().split('\0').enumerate() {
                if index > 0 {
                    out.damage(at);
                    at += 1;
                }
                out.push_str(text);
                at += text.len();
            }
            if !chunk.invalid().is_empty() {
                out.damage(at);
                at += chunk.invalid().len();
            }
        }
        return out;
    }
    // A line end is never part of a character, and in most texts every line is as it should be.
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        match encoding.decode_without_bom_handling_and_without_replacement(line) {
            Some(text) if !text.contains('\0') => out.push_str(&text),
            _ if line.len() <= LONGEST => mend(encoding, line, at, &mut out),
            _ => replace(encoding, line, at, &mut out),
        }
        at += line.len();
    }
    out
}

/// The longest line that is mended, in bytes.
const LONGEST: usize = 1 << 20;

/// Decodes a line from left to right, whatever comes.
fn replace(encoding: &'static Encoding, line: &[u8], start: usize, out: &mut Lenient) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = line;
    loop {
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len() * 3));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        out.push_str(&text);
        let begun = start + line.len() - rest.len();
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::Malformed(length, after) => {
                out.damage((begun + read).saturating_sub(usize::from(length) + usize::from(after)));
                decoder = encoding.new_decoder_without_bom_handling();
            }
            _ => return,
        }
    }
}

/// A way to read the beginning of a line: what it costs, and how many bytes its last character has, 0 for a malformed byte.
#[derive(Clone, Copy)]
struct Step {
    cost: u32,
    length: u8,
}

/// Decodes a line in the way that costs least.
fn mend(encoding: &'static Encoding, line: &[u8], start: usize, out: &mut Lenient) {
    let far = Step { cost: u32::MAX, length: 0 };
    let mut steps = vec![far; line.len() + 1];
    steps[0].cost = 0;
    for at in 0..line.len() {
        let before = steps[at].cost;
        let mut reach = |length: u8, bytes: usize, cost: u32| {
            let step = Step { cost: before.saturating_add(cost), length };
            if let Some(slot) = steps.get_mut(at + bytes).filter(|slot| step.cost < slot.cost) {
                *slot = step;
            }
        };
        // What is cut off at the end is damaged more often than anything else.
        reach(0, 1, if at + 1 == line.len() { 8 } else { 12 });
        let (lead, second) = (line[at], line.get(at + 1).copied().unwrap_or(0));
        for length in [1_u8, 2, 4] {
            let bytes = usize::from(length);
            let possible = if length == 1 { lead.is_ascii() } else { lead > 0x80 };
            if !possible || length == 4 && !second.is_ascii_digit() {
                continue;
            }
            if let Some(c) = line.get(at..at + bytes).and_then(|bytes| character(encoding, bytes)) {
                reach(length, bytes, cost_of(c, lead, encoding));
            }
        }
    }
    // Back from the end, then forward again.
    let mut pieces = Vec::new();
    let mut at = line.len();
    while at > 0 {
        let length = steps[at].length;
        at -= usize::from(length.max(1));
        pieces.push((at, length));
    }
    for (at, length) in pieces.into_iter().rev() {
        let bytes = line.get(at..at + usize::from(length)).unwrap_or_default();
        match character(encoding, bytes) {
            Some(c) => out.push(c),
            None => out.damage(start + at),
        }
    }
}

/// The character that `bytes` are, where they are one.
fn character(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    if let [byte] = bytes {
        return byte.is_ascii().then(|| char::from(*byte)).filter(|&c| c != '\0');
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|c| !c.is_ascii() && chars.next().is_none())
}

/// How far a character is from what texts consist of; the first byte tells the rarer half of them.
fn cost_of(c: char, lead: u8, encoding: &'static Encoding) -> u32 {
    let ordinary = if encoding == BIG5 { 0xa1..=0xc8 } else { 0xa1..=0xd7 };
    match c {
        _ if is_common(c) => 0,
        _ if c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r') => 8,
        _ if c.is_ascii() => 2,
        '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' | '\u{3000}'..='\u{303f}' | '\u{2010}'..='\u{2027}'
            if ordinary.contains(&lead) =>
        {
            2
        }
        _ => 6,
    }
}
