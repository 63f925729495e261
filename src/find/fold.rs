//! The fold of single characters, under which a forgiving search compares.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::lang::{Language, is_han};
use crate::lexicon::Lexicon;
use crate::text::unwrapped;

/// The folds of the characters up to U+FFFF that fold to one such character; the rest is worked out when asked for.
#[derive(Debug)]
pub(super) struct Folds {
    /// By character; [`SEVERAL`] where the fold is not one character.
    table: Box<[u16]>,
}

/// The character U+0000 is its own fold, but rare enough to be worked out.
const SEVERAL: u16 = 0;

impl Folds {
    /// The table, made when first asked for in a hundredth of a second.
    pub(super) fn shared() -> &'static Self {
        static SHARED: OnceLock<Folds> = OnceLock::new();
        SHARED.get_or_init(|| {
            let mut fold = String::new();
            let table = (0..=u16::MAX).map(|code| {
                let Some(c) = char::from_u32(u32::from(code)) else { return SEVERAL };
                fold.clear();
                fold_char(c, &mut fold);
                let mut chars = fold.chars();
                match (chars.next(), chars.next()) {
                    (Some(only), None) => u16::try_from(u32::from(only)).unwrap_or(SEVERAL),
                    _ => SEVERAL,
                }
            });
            Self { table: table.collect() }
        })
    }

    /// The fold of a character if it is known to be a single one.
    pub(super) fn single(&self, c: char) -> Option<char> {
        let code = *self.table.get(c as usize)?;
        if code == SEVERAL { None } else { char::from_u32(u32::from(code)) }
    }
}

/// Folds a query; white space around it is dropped, within it becomes one blank, and where a line ends in Chinese nothing.
pub(super) fn fold_query(query: &str) -> String {
    let mut out = String::new();
    // Only what was copied from a text has line ends; in any language they stand for nothing between wide characters.
    let query = unwrapped(query, Language::English);
    for word in query.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        word.chars().for_each(|c| fold_char(c, &mut out));
    }
    out
}

/// NFKC, lower case, simplified; typographic quotes and dashes as plain ones, white space as a blank.
pub(super) fn fold_char(c: char, out: &mut String) {
    match c {
        '‘' | '’' => out.push('\''),
        '“' | '”' => out.push('"'),
        '–' | '‑' | '‐' => out.push('-'),
        _ if c.is_whitespace() => out.push(' '),
        _ => {
            for c in std::iter::once(Lexicon::embedded().simplify_char(c)).nfkc() {
                out.extend(c.to_lowercase());
            }
        }
    }
}

/// The other characters that a character of a forgiving expression stands for: other width, other script, typographic
/// quotes and dashes for plain ones. Case is left to the expression, which may have its own mind about it.
pub(super) fn variants(c: char) -> Vec<char> {
    let mut out = Vec::new();
    match c {
        '\'' => out.extend(['‘', '’']),
        '"' => out.extend(['“', '”']),
        '-' => out.extend(['–', '‑', '‐']),
        _ => {}
    }
    match c {
        '!'..='~' => out.extend(full_width(c)),
        '！'..='～' => out.extend(char::from_u32(u32::from(c) - WIDER)),
        _ if is_han(c) => {
            let fold = Folds::shared().single(c).unwrap_or(c);
            let same = same_han().get(&fold).map(Vec::as_slice).unwrap_or_default();
            out.extend(std::iter::once(&fold).chain(same).filter(|&&other| other != c));
        }
        _ => {}
    }
    out
}

/// From `!` to `！`.
const WIDER: u32 = 0xFEE0;

/// The full-width form of a printable ASCII character.
pub(super) fn full_width(c: char) -> Option<char> {
    if c.is_ascii_graphic() { char::from_u32(u32::from(c) + WIDER) } else { None }
}

/// The characters that fold to another Chinese character, by that one, in the order of Unicode.
fn same_han() -> &'static HashMap<char, Vec<char>> {
    static SAME: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    SAME.get_or_init(|| {
        let mut out: HashMap<char, Vec<char>> = HashMap::new();
        for c in ('\0'..='\u{FFFF}').filter(|&c| is_han(c)) {
            if let Some(fold) = Folds::shared().single(c).filter(|&fold| fold != c) {
                out.entry(fold).or_default().push(c);
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_folding_says() {
        for c in "aAＡß网網，。…½ﬁ“’—\u{3000}\u{a0}\0İK豈".chars() {
            let mut fold = String::new();
            fold_char(c, &mut fold);
            if let Some(single) = Folds::shared().single(c) {
                assert_eq!(fold, single.to_string(), "{c}");
            } else {
                assert!(fold.chars().count() != 1 || c == '\0', "{c}");
            }
        }
    }

    #[test]
    fn variants_are_of_width_script_and_quotes() {
        assert_eq!(variants('网'), ['網']);
        assert_eq!(variants('網'), ['网']);
        assert_eq!(variants('a'), ['ａ']);
        assert_eq!(variants('，'), [',']);
        assert_eq!(variants('"'), ['“', '”', '＂']);
        assert!(variants('é').is_empty() && variants(' ').is_empty());
    }
}
