//! Names, abbreviations, addresses and codes in Latin letters within Chinese that English lacks.

use std::collections::HashSet;

use super::roman;
use crate::lang::is_han;
use crate::text::Span;
use crate::token::{english_key, fold, is_function_word};

/// So many different names of a row are looked up at most.
const MOST: usize = 64;

/// Web and e-mail addresses.
pub(super) fn addresses(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_graphic(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                let run = &text[begin..at];
                let mail = run.find('@').is_some_and(|sign| sign > 0 && run[sign..].contains('.'));
                if run.contains("://") || run.starts_with("www.") || mail {
                    out.push(begin..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The bytes of the names of a Chinese text that an English text lacks, each name once.
pub(super) fn missing(chinese: &str, english: &str) -> Vec<Span> {
    let names = names(chinese);
    if names.is_empty() {
        return Vec::new();
    }
    let other = Other::of(english);
    let mut seen = HashSet::new();
    names
        .into_iter()
        .filter(|(_, folded)| seen.insert(folded.clone()))
        .take(MOST)
        .filter(|(_, folded)| !other.has(folded))
        .map(|(span, _)| span)
        .collect()
}

/// The names of a Chinese text with their folded letters and digits.
fn names(text: &str) -> Vec<(Span, String)> {
    let addresses = addresses(text);
    let mut out: Vec<(Span, String)> = Vec::new();
    for address in &addresses {
        let whole = &text[address.clone()];
        let bare = whole.split_once("://").map_or(whole, |(_, rest)| rest);
        let host = bare.split(['/', '?', '#']).next().unwrap_or(bare).trim_start_matches("www.");
        out.push((address.clone(), squash(host)));
    }
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_latin(c), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                start = None;
                let inside = addresses.iter().any(|address| address.contains(&begin));
                out.extend((!inside).then(|| name(text, begin..at)).flatten());
            }
            _ => {}
        }
    }
    out
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
}

/// A run of Latin letters and digits, if it is one that a translation keeps.
fn name(text: &str, span: Span) -> Option<(Span, String)> {
    let folded = fold(&text[span.clone()]);
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    // 30km, 5 GB: units are written out in English.
    let bare = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = text[..span.start].trim_end_matches(' ').ends_with(|c: char| c.is_numeric() && !is_han(c));
    let unit = (bare.len() < folded.len() || counted) && bare.len() <= 3;
    let roman =
        folded.chars().all(|c| "ivx".contains(c)) || roman::at(text, span.start).is_some_and(|roman| roman.sure);
    (letters >= 2 && !unit && !roman).then_some((span, folded))
}

fn squash(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The English side, by what a name may be found in.
struct Other {
    words: HashSet<String>,
    keys: HashSet<String>,
    /// All letters and digits together.
    squashed: String,
    /// The first letters of all words, and of those that say something.
    initials: [String; 2],
}

impl Other {
    fn of(english: &str) -> Self {
        let folded = fold(english);
        let mut words: HashSet<String> = folded.split_whitespace().map(squash).collect();
        let mut initials = [String::new(), String::new()];
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let first = word.chars().next();
            initials[0].extend(first);
            initials[1].extend(first.filter(|_| !is_function_word(word)));
            words.insert(word.to_owned());
        }
        let keys = words.iter().map(|word| english_key(word)).collect();
        Self { words, keys, squashed: squash(&folded), initials }
    }

    fn has(&self, name: &str) -> bool {
        self.words.contains(name)
            || self.words.contains(&format!("{name}s"))
            || self.keys.contains(&english_key(name))
            || self.initials.iter().any(|initials| initials.contains(name))
            || name.chars().count() > 3 && self.squashed.contains(name)
            // 下载APP: the application.
            || name.chars().count() == 3 && self.words.iter().any(|word| word.starts_with(name))
            || name == "ok" && self.words.contains("okay")
    }
}
