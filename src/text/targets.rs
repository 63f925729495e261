//! What is no text: the targets of links, addresses, tags. No sentence ends within them, and the
//! target behind the text of a link holds no words.

use std::borrow::Cow;
use std::ops::Range;

/// How long a target is looked through for its end, in bytes; a bound, so that time stays linear.
const REACH: usize = 2048;

/// How deep brackets may stand in brackets within a target, as in CommonMark.
const NESTED: usize = 32;

/// Targets within `block`, in order: `(http://…)` behind the text of a link, bare addresses, tags of HTML.
pub fn targets(block: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = block[at..].find(['(', '<', ':']) {
        at += found;
        let rest = &block[at..];
        let target = match rest.as_bytes()[0] {
            b'(' if block[..at].ends_with(']') => link_target(rest).map(|length| at..at + length),
            b'<' => tag(rest).map(|length| at..at + length),
            b':' if rest.starts_with("://") => Some(address(block, at)),
            _ => None,
        };
        at += 1;
        if let Some(target) =
            target.filter(|target| out.last().is_none_or(|last: &Range<usize>| last.end <= target.start))
        {
            at = at.max(target.end);
            out.push(target);
        }
    }
    out
}

/// A text in which the targets behind the texts of links are blanks, byte for byte, so that places stay what they are.
/// Bare addresses are read, and what stands between `<` and `>` may be words: both are left.
pub fn without_targets(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return text.into();
    }
    let mut bare = targets(text);
    bare.retain(|target| text[..target.start].ends_with(']'));
    if bare.is_empty() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for target in bare {
        out.push_str(&text[out.len()..target.start]);
        out.extend(std::iter::repeat_n(' ', target.len()));
    }
    out.push_str(&text[out.len()..]);
    out.into()
}

/// How far the target of a link in Markdown reaches, with its title: `(http://a.b "Title")`.
pub fn link_target(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in inner.char_indices().take_while(|&(at, _)| at < REACH) {
        match c {
            '\n' | '\r' => return None,
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            // Behind a blank only a title may stand.
            '"' | '\'' if inner[..at].ends_with(' ') => quote = Some(c),
            ' ' if !inner[at..].trim_start().starts_with(['"', '\'', ')']) => return None,
            '(' if depth == NESTED => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(1 + at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `<a href="…">`, `</a>`, `<http://…>`.
fn tag(text: &str) -> Option<usize> {
    let inner = &text[1..];
    let name = inner.trim_start_matches('/');
    let letters = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && letters > 0;
    let goes_on = name[letters..].starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | ':'));
    if !named || !goes_on {
        return None;
    }
    let end = inner.char_indices().take_while(|&(at, _)| at < REACH).find(|&(_, c)| matches!(c, '<' | '>' | '\n'))?;
    (end.1 == '>').then_some(1 + end.0 + 1)
}

/// The address around `://` at `colon`: the letters before and what ASCII follows, but for marks that close a sentence.
fn address(block: &str, colon: usize) -> Range<usize> {
    let scheme = block[..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).take(8).count();
    let body = &block[colon..];
    let length = body.bytes().take_while(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>')).count();
    let bare = body[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '_']);
    colon - scheme..colon + bare.len().max(3)
}

#[cfg(test)]
mod tests {
    use super::{NESTED, targets, without_targets};

    #[test]
    fn targets_of_links_addresses_and_tags() {
        let of = |block: &'static str| targets(block).into_iter().map(|target| &block[target]).collect::<Vec<_>>();
        assert_eq!(of("见[图](http://a.b/c。d \"一。二。\")。"), ["(http://a.b/c。d \"一。二。\")"]);
        assert_eq!(of("[a](b(c)d) (e) [f](g h)"), ["(b(c)d)"]);
        let nested = |deep: usize| format!("[a]({}{})", "(".repeat(deep), ")".repeat(deep));
        assert_eq!((targets(&nested(NESTED)).len(), targets(&nested(NESTED + 1)).len()), (1, 0));
        assert_eq!(of("at https://a.b/c?D=e. Then"), ["https://a.b/c?D=e"]);
        assert_eq!(of("<a href=\"x. Y\">Y</a> 1 < 2. B > c"), ["<a href=\"x. Y\">", "</a>"]);
        assert_eq!(of("http://甲"), ["http://"]);
    }

    #[test]
    fn targets_hold_no_words_and_places_stay() {
        for (text, bare) in [
            ("见[港口](http://a.b/二 \"图\")。", "见[港口]<>。"),
            ("[a](b.html), <http://c.d>, https://e.f/g.", "[a]<>, <http://c.d>, https://e.f/g."),
            ("f(x) [y] (z) <b>w</b>", "f(x) [y] (z) <b>w</b>"),
        ] {
            let out = without_targets(text);
            assert_eq!(out.len(), text.len());
            let words = |text: &str| text.replace("<>", " ").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(words(&out), words(bare));
            assert_eq!(out != text, bare.contains("<>"));
        }
    }
}
