//! Lines that have no counterpart by their nature: rules between scenes, page numbers, running heads, metadata.
//!
//! What such a line says is in its form, which the weights of ordinary evidence know nothing of. A bead that joins one
//! with text is held for almost impossible, not for impossible: a person may still link them.

use std::collections::HashMap;

use super::evidence::Candidate;
use super::marks::Last;
use super::profile::Profile;
use crate::bitext::Document;
use crate::text::BlockKind;
use crate::token::fold;
use crate::token::numerals::{digit, han_number, roman};

/// How much less a bead scores that joins such a line with text: more than all evidence for it.
pub(super) const AGAINST: f32 = 16.0;

/// A running head stands at least so often, at least so many segments apart in the mean, and has at most so many bytes.
const HEADS: usize = 3;
const APART: usize = 6;
const LONGEST: usize = 60;

/// What kind of line a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Any other.
    Text,
    /// Marks that part scenes: `****`, `* * *`, `———`.
    Rule,
    /// Nothing but a number, with or without a word for page.
    Number(u64),
    /// What every page has at its top or bottom.
    Head,
    /// Metadata before the text.
    Matter,
}

/// The kinds of the lines of both sides.
#[derive(Debug)]
pub(super) struct Alone {
    zh: Vec<Line>,
    en: Vec<Line>,
}

impl Alone {
    pub(super) fn of((chinese, zh): (&Document, &Profile), (english, en): (&Document, &Profile)) -> Self {
        let (mut zh_lines, mut en_lines) = (lines(chinese, zh), lines(english, en));
        let (zh_heads, en_heads) = (heads(chinese, zh), heads(english, en));
        // What both sides repeat is text: `None.` in a table is `无` in its translation.
        if zh_heads.is_empty() {
            for at in en_heads {
                en_lines[at] = Line::Head;
            }
        } else if en_heads.is_empty() {
            for at in zh_heads {
                zh_lines[at] = Line::Head;
            }
        }
        Self { zh: zh_lines, en: en_lines }
    }

    /// Whether a bead joins a line that stands alone with something that is not its like.
    pub(super) fn speaks_against(&self, c: Candidate, zh: &Profile, en: &Profile) -> bool {
        if c.is_null() {
            return false;
        }
        let (here, there) = (&self.zh[c.z0..c.z1], &self.en[c.e0..c.e1]);
        let alone = |line: &Line, others: &[Line], profile: &Profile, from: usize| match *line {
            Line::Text => false,
            Line::Number(value) => {
                let said = (from..from + others.len()).any(|at| profile.has_number(at, value));
                !said && !others.contains(&Line::Number(value))
            }
            line => here.iter().chain(there).any(|other| *other != line),
        };
        here.iter().any(|line| alone(line, there, en, c.e0)) || there.iter().any(|line| alone(line, here, zh, c.z0))
    }
}

fn lines(document: &Document, profile: &Profile) -> Vec<Line> {
    let of = |at: usize| {
        let text = document.display(at);
        let own_block = profile.starts[at] && profile.starts.get(at + 1).copied().unwrap_or(true);
        let matter = document.kind(at) == BlockKind::Verbatim && (text.starts_with("---") || text.starts_with("+++"));
        if matter {
            Line::Matter
        } else if !own_block {
            Line::Text
        } else if is_rule(text) {
            Line::Rule
        } else {
            page(text).map_or(Line::Text, Line::Number)
        }
    };
    (0..document.segments.len()).map(of).collect()
}

/// Marks alone, and none that ends a sentence or says that somebody keeps silent.
fn is_rule(text: &str) -> bool {
    const MARKS: &str = "*＊#＃=＝_＿~～-－–—─━·•●○◆◇■□★☆※⁂§¶+＋|｜xX×";
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let only = marks.clone().all(|c| MARKS.contains(c)) && marks.next().is_some_and(|first| !"xX—–-".contains(first));
    // A letter is a mark only in a row of them, and one dash may be speech that breaks off.
    let row = |c: char| text.chars().filter(|&other| other == c).count() > 2;
    only || text.chars().next().is_some_and(|c| row(c) && text.chars().all(|other| other == c || other.is_whitespace()))
        && text.starts_with(|c| MARKS.contains(c))
}

/// The number of a line that is nothing else: `12`, `- 12 -`, `第12页`, `Page 12 of 30`, `xii`.
fn page(text: &str) -> Option<u64> {
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| c.is_whitespace() || "-–—─~·•|[](){}【】〔〕".contains(c));
    let bare = bare.strip_prefix("第").and_then(|rest| rest.strip_suffix(['页', '頁'])).unwrap_or(bare);
    let bare = ["page ", "p. ", "p.", "p "].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let first = bare.split_once(" of ").or_else(|| bare.split_once('/')).map_or(bare, |(first, _)| first).trim();
    let digits = || first.chars().try_fold(0_u64, |value, c| value.checked_mul(10)?.checked_add(digit(c)?.into()));
    if first.is_empty() {
        None
    } else {
        digits().or_else(|| han_number(first)).or_else(|| roman(&first.to_uppercase()))
    }
}

/// The lines that come back page by page: short ones without an end of a sentence, the same but for numbers.
fn heads(document: &Document, profile: &Profile) -> Vec<usize> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..document.segments.len() {
        let text = document.display(at);
        let own_block = profile.starts[at] && profile.starts.get(at + 1).copied().unwrap_or(true);
        if own_block && profile.last[at] == Last::Other && text.len() <= LONGEST && !profile.quoted[at] {
            let letters: String = fold(text).chars().filter(|c| c.is_alphabetic()).collect();
            if letters.chars().nth(1).is_some() {
                places.entry(letters).or_default().push(at);
            }
        }
    }
    let spread = |places: &Vec<usize>| {
        let span = places.last().zip(places.first()).map_or(0, |(last, first)| last - first);
        places.len() >= HEADS && span >= APART * (places.len() - 1)
    };
    // The places are sorted: in what order the map gives its lines does not show.
    let mut out: Vec<usize> = places.into_values().filter(spread).flatten().collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_marks_alone() {
        for text in ["****", "* * *", "———", "- - -", "◆", "＊　＊　＊", "~~~~~", "xxx", "§", "# # #"] {
            assert!(is_rule(text), "{text}");
        }
        for text in ["……", "—", "？！", "a", "X", "* 甲", "", "“——”", "1", "3*4"] {
            assert!(!is_rule(text), "{text}");
        }
    }

    #[test]
    fn pages_are_numbers_alone() {
        for (text, number) in [
            ("12", Some(12)),
            ("- 12 -", Some(12)),
            ("— 3 —", Some(3)),
            ("第12页", Some(12)),
            ("第十二頁", Some(12)),
            ("Page 7 of 30", Some(7)),
            ("p. 7", Some(7)),
            ("7/30", Some(7)),
            ("xiv", Some(14)),
            ("一", Some(1)),
            ("第一章", None),
            ("12 people", None),
            ("", None),
            ("1,250", None),
        ] {
            assert_eq!(page(text), number, "{text}");
        }
    }
}
