//! Bytes in, [`Text`] out: encodings, plain text, Markdown.
//!
//! Comes in: the bytes of a file or of the clipboard. Goes out: a [`Text`] whose content is the decoded input,
//! character for character, and whose blocks (headings, items, paragraphs) tile it.
//! A text that can be read but looks odd gives warnings; one that cannot be decoded for certain is refused.

mod encoding;
mod markdown;
mod plain;
mod wrapped;

pub use encoding::{Decoded, decode, decode_damaged};

use crate::notice::{Notice, Tell, notice};
use crate::text::Text;

/// Why bytes could not be brought in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// Nothing but white space.
    Empty,
    /// Not text at all.
    Binary {
        /// The first byte that no text holds.
        byte: u8,
        /// Where it stands.
        offset: usize,
    },
    /// Bytes that are malformed in the encoding the text is in.
    Malformed {
        /// The encoding that fits best.
        encoding: &'static str,
        /// The first malformed byte.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// An encoding outside those we read.
    UnknownEncoding(&'static str),
    /// Larger than any offset we keep.
    TooLarge(usize),
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Empty => notice!("there is no text in it; choose a file that holds text"),
            Self::Binary { byte, offset } => notice!(
                "this is binary data, not text (byte {0} at offset {1}); save it as plain text or Markdown first",
                format!("{byte:#04x}"),
                *offset
            ),
            Self::Malformed { encoding, offset, line } => notice!(
                "malformed {0} at byte {1} (line {2}); save the text as UTF-8 in the program it comes from, then open it again",
                *encoding,
                *offset,
                *line
            ),
            Self::UnknownEncoding(encoding) => notice!(
                "the text seems to be in {0}, which is not read here; save it as UTF-8, then open it again",
                *encoding
            ),
            Self::TooLarge(bytes) => {
                notice!("{0} bytes are more than the 1 GiB a text may have; cut it into parts", *bytes)
            }
        }
    }
}

/// The form of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown (CommonMark).
    Markdown,
}

impl Format {
    /// The format by the ending of a file name.
    pub fn of_name(name: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ["md", "markdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// A result with what a person should know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned<T> {
    /// The result.
    pub output: T,
    /// One line each: what, where, what was done about it.
    pub warnings: Vec<Notice>,
}

/// The largest input, in bytes.
const LARGEST: usize = 1 << 30;

/// Reads a text from bytes.
///
/// # Errors
/// See [`Error`]; nothing is read in part.
pub fn read(bytes: &[u8], format: Format) -> Result<Warned<Text>, Error> {
    let content = checked(bytes)?;
    Ok(Warned { output: read_str(&content.output, format)?, warnings: content.warnings })
}

/// Decodes, and looks for what a person should know of.
fn checked(bytes: &[u8]) -> Result<Warned<String>, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::TooLarge(bytes.len()));
    }
    let Decoded { content, mut warnings, .. } = decode_damaged(bytes)?;
    let damaged = !warnings.is_empty();
    if let Some((offset, c)) = content.char_indices().find(|&(_, c)| is_odd_control(c)) {
        let line = 1 + content[..offset].matches('\n').count();
        let character = format!("U+{:04X}", u32::from(c));
        warnings.push(notice!("control character {0} on line {1}: kept as it is", character, line));
    }
    if content.contains('\u{fffd}') && !damaged {
        warnings.push(notice!("the text holds replacement characters (�): an earlier conversion lost letters"));
    }
    Ok(Warned { output: content, warnings })
}

/// Reads a text that is decoded already, as from the clipboard.
///
/// # Errors
/// [`Error::Empty`] or [`Error::TooLarge`].
pub fn read_str(content: &str, format: Format) -> Result<Text, Error> {
    if content.len() > LARGEST {
        return Err(Error::TooLarge(content.len()));
    }
    if content.trim().is_empty() {
        return Err(Error::Empty);
    }
    let blocks = match format {
        Format::Plain => plain::blocks(content),
        Format::Markdown => markdown::blocks(content),
    };
    Ok(Text::new(content, blocks))
}

/// Reads a text in which every line is one segment, blank lines too.
///
/// # Errors
/// As [`read`], but a text without letters is fine here.
pub fn read_lines(bytes: &[u8]) -> Result<Warned<Text>, Error> {
    let content = checked(bytes)?;
    let text = Text::new(content.output.as_str(), plain::lines(&content.output));
    Ok(Warned { output: text, warnings: content.warnings })
}

/// Whether `c` is a control character that text does not use.
pub fn is_odd_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}
