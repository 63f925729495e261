//! The markers of lists: `1.`, `1.)`, `a)`, `(b)`, `•`, `• 9.`, and lists written in one line.

use std::ops::Range;

/// A bare list number or bullet: `1.`, `1.)`, `a)`, `•`, `• 9.`, `(b)`.
pub(super) fn is_marker(text: &str) -> bool {
    marker_at(text).is_some_and(|(_, length)| text[length..].trim().is_empty())
}

/// The kinds of list marker, for comparing neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Bullet(char),
    Number { open: bool, close: u8 },
    Letter { open: bool, close: u8 },
}

#[derive(Clone, Copy, Debug)]
struct Marker {
    style: Style,
    bullet: bool,
    value: u32,
}

/// The marker that `text` begins with, and its length.
fn marker_at(text: &str) -> Option<(Marker, usize)> {
    let mut rest = text;
    let bullet = rest.chars().next().filter(|c| "•‣◦▪⁃●·".contains(*c));
    if let Some(c) = bullet {
        rest = rest[c.len_utf8()..].trim_start_matches([' ', '\u{a0}', '\t']);
    }
    let open = rest.starts_with('(');
    let body = if open { &rest[1..] } else { rest };
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let letter = body.chars().next().filter(|c| c.is_ascii_lowercase() && digits == 0);
    let label = if letter.is_some() { 1 } else { digits };
    let tail = body.get(label..)?;
    let close = [".)", ")", "."].iter().position(|close| tail.starts_with(close));
    let blank =
        |used: usize| tail.get(used..).is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace));
    match (close, label) {
        (Some(close), 1..=3) if blank([2, 1, 1][close]) && !(open && close == 2) => {
            let length = text.len() - tail.len() + [2, 1, 1][close];
            let close = u8::try_from(close).unwrap_or(0);
            let (style, value) = match letter {
                Some(c) => (Style::Letter { open, close }, u32::from(c) - u32::from('a') + 1),
                None => (Style::Number { open, close }, body[..digits].parse().ok()?),
            };
            Some((Marker { style, bullet: bullet.is_some(), value }, length))
        }
        _ => bullet.map(|c| (Marker { style: Style::Bullet(c), bullet: true, value: 0 }, text.len() - rest.len())),
    }
}

/// The markers of a list in one line, blanks after them included: the first at the start of the block, each further
/// one of the same style with the next number. Fewer than two are no list.
pub(super) fn items(block: &str) -> Vec<Range<usize>> {
    let lead = block.len() - block.trim_start().len();
    let Some((mut last, length)) = marker_at(&block[lead..]) else { return Vec::new() };
    let first = 0..lead + length;
    let mut out = vec![first];
    let mut before = ' ';
    for (at, c) in block.char_indices().skip_while(|&(at, _)| at < lead + length) {
        let may_begin = before.is_whitespace() || (last.bullet && "•‣◦▪⁃●".contains(c));
        before = c;
        if !may_begin || c.is_whitespace() {
            continue;
        }
        if let Some((next, length)) = marker_at(&block[at..])
            && next.style == last.style
            && next.bullet == last.bullet
            && next.value == last.value + u32::from(last.value > 0)
        {
            out.push(at..at + length);
            last = next;
        }
    }
    for marker in &mut out {
        marker.end += block[marker.end..].len() - block[marker.end..].trim_start().len();
    }
    if out.len() < 2 { Vec::new() } else { out }
}
