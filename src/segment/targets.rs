//! What is no text: the targets of links, addresses, tags. No sentence ends within them.

use std::ops::Range;

/// How long a target is looked through for its end, in bytes; a bound, so that time stays linear.
const REACH: usize = 2048;

/// How deep brackets may stand in brackets within a target, as in CommonMark.
const NESTED: usize = 32;

/// Targets within `block`, in order: `(http://…)` behind the text of a link, bare addresses, tags of HTML.
pub(super) fn targets(block: &str) -> Vec<Range<usize>> {
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

/// How far the target of a link in Markdown reaches, with its title: `(http://a.b "Title")`.
pub(super) fn link_target(text: &str) -> Option<usize> {
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
    use super::super::tests::check;
    use super::targets;
    use crate::lang::Language::{Chinese, English, French};

    #[test]
    fn targets_of_links_addresses_and_tags() {
        let of = |block: &'static str| targets(block).into_iter().map(|target| &block[target]).collect::<Vec<_>>();
        assert_eq!(of("见[图](http://a.b/c。d \"一。二。\")。"), ["(http://a.b/c。d \"一。二。\")"]);
        assert_eq!(of("[a](b(c)d) (e) [f](g h)"), ["(b(c)d)"]);
        assert_eq!(of("at https://a.b/c?D=e. Then"), ["https://a.b/c?D=e"]);
        assert_eq!(of("<a href=\"x. Y\">Y</a> 1 < 2. B > c"), ["<a href=\"x. Y\">", "</a>"]);
        assert_eq!(of("http://甲"), ["http://"]);
    }

    #[test]
    fn no_sentence_ends_within_a_target() {
        check(
            Chinese,
            &[
                "它有[港口](http://a.b/c。d！e \"一。二。\")。‖完了。",
                "见<http://a.b/c?d>。‖好。",
                "[城市重建了。](http://a.b)‖它有港口。",
            ],
        );
        let latin = &[
            "It has [a port](http://a.b/c.D?E!F \"Map. Of it.\"). ‖That is all.",
            "See http://a.b/c?D=e!F for it. ‖That is all.",
            "[It was rebuilt.](http://a.b/c) ‖It has a port.",
        ];
        check(English, latin);
        check(French, latin);
    }
}
