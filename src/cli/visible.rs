//! Text for the terminal: control characters are shown, not sent, so that no text, file name or message moves the cursor,
//! colours what follows, or says something to the terminal itself.

use std::borrow::Cow;

/// Content that goes to a terminal: lines and tabs stay, every other control character is shown.
pub(super) fn content(text: &str) -> Cow<'_, str> {
    // A line end of two characters is one.
    let stays = |at: usize, c: char| matches!(c, '\n' | '\t') || (c == '\r' && text[at + 1..].starts_with('\n'));
    shown(text, |at, c| is_control(c) && !stays(at, c))
}

/// A message, a file name, a title: one line, in which nothing turns the direction of writing either.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    shown(text, |_, c| is_control(c) || turns(c))
}

fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX 9).
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn shown(text: &str, hides: impl Fn(usize, char) -> bool) -> Cow<'_, str> {
    if !text.char_indices().any(|(at, c)| hides(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match u32::from(c) {
            _ if !hides(at, c) => out.push(c),
            // Unicode has pictures for the oldest of them.
            code @ 0..0x20 => out.extend(char::from_u32(0x2400 + code)),
            0x7f => out.push('␡'),
            _ => out.extend(c.escape_unicode()),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(content("a\u{1b}[31mb\u{7}\u{7f}\u{9b}2J\n\tc\r\nd\re"), "a␛[31mb␇␡\\u{9b}2J\n\tc\r\nd␍e");
        assert_eq!(line("x\u{202e}txt.exe\n\t\u{2066}"), "x\\u{202e}txt.exe␊␉\\u{2066}");
        assert_eq!(content("\u{200f}שלום\u{202e}"), "\u{200f}שלום\u{202e}");
        assert!(matches!(line("今天下雨。“Rain”, café ͏"), Cow::Borrowed(_)));
        assert!(
            (0..=0x9f)
                .filter_map(char::from_u32)
                .filter(|c| c.is_control())
                .all(|c| { !line(&c.to_string()).contains(char::is_control) })
        );
    }
}
