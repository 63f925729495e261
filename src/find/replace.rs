//! What is to stand in the place of hits, and how a hit is shown in a list.

use super::pattern::{BadPattern, Pattern};
use crate::notice::{Notice, notice};
use crate::text::Span;

/// What hits are to be replaced by, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// What a group of the expression holds, by its number; 0 is the whole hit.
    Group(usize),
}

impl Template {
    /// Reads what the hits of `pattern` are to be replaced by. Plain text is taken as it is. For an expression, `$1` or
    /// `${1}` is what its first group holds, `$0` the hit, `${name}` a group by its name, `$$` the sign itself.
    ///
    /// # Errors
    /// [`BadPattern`] when it names a group that the expression has not, or uses the sign otherwise.
    pub fn new(pattern: &Pattern, with: &str) -> Result<Self, BadPattern> {
        let Some(expression) = pattern.expression() else {
            return Ok(Self { parts: vec![Part::Text(with.to_owned())] });
        };
        let groups: Vec<Option<&str>> = expression.regex().capture_names().collect();
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(sign) = with[at..].find('$').map(|sign| at + sign) {
            parts.push(Part::Text(with[at..sign].to_owned()));
            let (name, length) = reference(&with[sign + 1..]).map_err(|why| BadPattern::at_byte(why, with, sign))?;
            at = sign + 1 + length;
            if name == "$" {
                parts.push(Part::Text("$".to_owned()));
                continue;
            }
            let number = name.parse().ok().filter(|&number: &usize| number < groups.len());
            let number = number.or_else(|| groups.iter().position(|group| *group == Some(name)));
            let missing = || BadPattern::at_byte(notice!("the expression has no group `{0}`", name), with, sign);
            parts.push(Part::Group(number.ok_or_else(missing)?));
        }
        parts.push(Part::Text(with[at..].to_owned()));
        Ok(Self { parts })
    }

    /// What is to stand in the place of each hit, in the order of the hits. `text` is the text that the hits were found
    /// in by `pattern`; a hit that is none there is left out.
    pub fn apply(&self, text: &str, hits: &[Span], pattern: &Pattern) -> Vec<(Span, String)> {
        hits.iter().filter_map(|hit| Some((hit.clone(), self.instead(text, hit, pattern)?))).collect()
    }

    fn instead(&self, text: &str, hit: &Span, pattern: &Pattern) -> Option<String> {
        text.get(hit.clone())?;
        let groups = match pattern.expression() {
            // Looked for in the whole text, since what stands around a hit may be what makes it one.
            Some(expression) => Some(expression.regex().captures_at(text, hit.start)?),
            None => None,
        };
        if groups.as_ref().is_some_and(|groups| groups.get(0).is_none_or(|whole| whole.range() != *hit)) {
            return None;
        }
        let mut out = String::new();
        for part in &self.parts {
            out.push_str(match part {
                Part::Text(text) => text,
                Part::Group(number) => {
                    groups.as_ref().and_then(|groups| groups.get(*number)).map_or("", |group| group.as_str())
                }
            });
        }
        Some(out)
    }
}

/// What comes behind the sign: the name of a group or the sign again, and its length in bytes.
fn reference(rest: &str) -> Result<(&str, usize), Notice> {
    if rest.starts_with('$') {
        return Ok(("$", 1));
    }
    if let Some(rest) = rest.strip_prefix('{') {
        let (name, _) = rest.split_once('}').ok_or_else(|| notice!("{0} without {1}", "`${`", "`}`"))?;
        return Ok((name, name.len() + 2));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Err(notice!("`$` names a group, as in $1 or {0}; write $$ for the sign itself", "${name}"));
    }
    Ok((&rest[..digits], digits))
}

/// What is to stand in the place of each hit of `pattern` in `text`: [`Template::new`] and [`Template::apply`] in one.
///
/// # Errors
/// [`BadPattern`] when `with` names a group that the expression has not.
pub fn replacement(
    text: &str,
    hits: &[Span],
    pattern: &Pattern,
    with: &str,
) -> Result<Vec<(Span, String)>, BadPattern> {
    Ok(Template::new(pattern, with)?.apply(text, hits, pattern))
}

/// A hit with up to `around` characters before and as many behind it, line breaks as blanks, and where the hit stands
/// in that. A span beyond the text or within a character is moved to the next bound before.
pub fn snippet(text: &str, hit: &Span, around: usize) -> (String, Span) {
    let end = text.floor_char_boundary(hit.end);
    let start = text.floor_char_boundary(hit.start).min(end);
    let mut out = String::new();
    let before = text[..start].char_indices().rev().take(around).last().map_or(start, |(at, _)| at);
    let behind = text[end..].char_indices().nth(around).map_or(text.len(), |(at, _)| end + at);
    push_line(&mut out, &text[before..start]);
    let from = out.len();
    push_line(&mut out, &text[start..end]);
    let place = from..out.len();
    push_line(&mut out, &text[end..behind]);
    (out, place)
}

fn push_line(out: &mut String, text: &str) {
    let mut last = ' ';
    for c in text.chars() {
        let is_break = matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if !(c == '\n' && last == '\r') {
            out.push(if is_break { ' ' } else { c });
        }
        last = c;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::find::{Haystack, Index, Options};
    use crate::lang::Language;
    use crate::task::Ctl;

    const REGEX: Options = Options { regex: true, whole_word: false, exact: false };

    fn hits(text: &str, pattern: &Pattern) -> Vec<Span> {
        let haystack = Haystack::new(text, Language::Chinese, &[]);
        Index::new(text).find_all(&Ctl::quiet(), pattern, &haystack, usize::MAX).expect("not cancelled").hits
    }

    fn replaced(text: &str, query: &str, options: Options, with: &str) -> Result<String, String> {
        let pattern = Pattern::new(query, options).expect("a good pattern");
        let mut out = String::new();
        let mut at = 0;
        let edits = replacement(text, &hits(text, &pattern), &pattern, with).map_err(|error| error.to_string())?;
        for (span, instead) in edits {
            out.push_str(&text[at..span.start]);
            out.push_str(&instead);
            at = span.end;
        }
        Ok(out + &text[at..])
    }

    #[test]
    fn plain_text_is_taken_as_it_is() {
        let plain = |with| replaced("網絡 Network ＮＥＴ", "net", Options::default(), with);
        assert_eq!(plain("$1\\n").as_deref(), Ok("網絡 $1\\nwork $1\\n"));
        assert_eq!(replaced("網絡与网络", "网络", Options::default(), "信息").as_deref(), Ok("信息与信息"));
    }

    #[test]
    fn groups_are_put_in() {
        let swap = |with| replaced("第12条 Article 3", r"(?<word>\w+?)(\d+)(x)?", REGEX, with);
        assert_eq!(swap("$2${word}$3").as_deref(), Ok("12第条 Article 3"));
        assert_eq!(swap("<$0>").as_deref(), Ok("<第12>条 Article 3"));
        assert_eq!(swap("$$1 ${1}0").as_deref(), Ok("$1 第0条 Article 3"));
        assert_eq!(replaced("a b", r"\b(\w)\b", REGEX, "[$1]").as_deref(), Ok("[a] [b]"));
        assert_eq!(replaced("a\nb\n", "$\n", REGEX, "").as_deref(), Ok("ab"));
    }

    #[test]
    fn a_bad_reference_is_told_even_without_hits() {
        let wrong = |with| replaced("", "(a)", REGEX, with).expect_err("a bad reference");
        assert_eq!(wrong("网$2"), "the expression has no group `2` (character 2)");
        assert_eq!(wrong("${name}"), "the expression has no group `name` (character 1)");
        assert_eq!(wrong("${"), "`${` without `}` (character 1)");
        assert_eq!(wrong("5 $"), "`$` names a group, as in $1 or ${name}; write $$ for the sign itself (character 3)");
    }

    #[test]
    fn a_hit_of_another_text_is_left_out() {
        let pattern = Pattern::new("b", REGEX).expect("a good pattern");
        assert_eq!(replacement("ab", &[0..1, 1..2, 5..9], &pattern, "x"), Ok(vec![(1..2, "x".to_owned())]));
    }

    #[test]
    fn a_snippet_is_one_line_with_the_hit_in_it() {
        let shown = |text: &str, hit: Span, around| {
            let (line, place) = snippet(text, &hit, around);
            format!("{}[{}]{}", &line[..place.start], &line[place.clone()], &line[place.end..])
        };
        assert_eq!(shown("主权是基本原则", 9..15, 2), "权是[基本]原则");
        assert_eq!(shown("one\r\ntwo\nthree", 5..8, 4), "ne [two] thr");
        assert_eq!(shown("two\r\nlines", 0..10, 4), "[two lines]");
        assert_eq!(shown("短", 0..3, 9), "[短]");
        assert_eq!(shown("短", 1..90, 9), "[短]");
    }

    proptest! {
        #[test]
        fn what_is_replaced_is_gone(text in "[abＡB網网 \n]{0,30}", query in "[ab网]{1,2}") {
            let pattern = Pattern::new(&query, Options::default()).expect("plain text");
            let marked = replaced(&text, &query, Options::default(), "※").expect("plain text");
            prop_assert_eq!(marked.matches('※').count(), hits(&text, &pattern).len());
            prop_assert!(hits(&marked, &pattern).is_empty());
        }

        #[test]
        fn every_hit_of_an_expression_is_replaced(text in "[abＡB網 \r\n]{0,30}", query in r"[ab网\\s.*+?^$b|]{1,6}") {
            if let Ok(pattern) = Pattern::new(&query, REGEX) {
                let hits = hits(&text, &pattern);
                let same = replacement(&text, &hits, &pattern, "$0").expect("the hit is a group");
                prop_assert_eq!(same.len(), hits.len());
                prop_assert!(same.iter().all(|(span, instead)| text.get(span.clone()) == Some(instead)));
            }
        }

        #[test]
        fn snippets_hold_their_hit(text in "\\PC{0,20}", start in 0_usize..30, length in 0_usize..30, around in 0_usize..9) {
            let (line, place) = snippet(&text, &(start..start + length), around);
            prop_assert!(line.get(place).is_some());
        }
    }
}
