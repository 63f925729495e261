//! The boundaries of UAX 29, and a layer for every language that ends its sentences with a full stop and begins them
//! with a capital: it takes back those after list numbers and inside brackets, and adds those before the markers of a
//! list in one line. What goes on after a full stop is the language's own.

use std::collections::VecDeque;

use unicode_segmentation::UnicodeSegmentation;

use super::markers::{is_marker, items};
use super::notes::Notes;
use super::quotes;

/// Whether a sentence that seems to end with a full stop, closing marks left out, goes on in what follows.
pub(super) type StopGoesOn = fn(&str, &str) -> bool;

/// A bracket that is not closed within this many bytes is not waited for.
const BRACKET: usize = 600;

/// Where sentences end within `block`, in bytes; the end of the block may or may not be among them.
pub(super) fn ends(block: &str, stop_goes_on: StopGoesOn) -> Vec<usize> {
    // A line break inside a block is a blank; UAX 29 would always cut there. Offsets stay the same.
    let unwrapped = block.replace(['\n', '\r'], " ");
    cut(&unwrapped, stop_goes_on)
}

fn cut(block: &str, stop_goes_on: StopGoesOn) -> Vec<usize> {
    let items = items(block);
    let mut out: Vec<usize> = items.iter().skip(1).map(|item| item.start).collect();
    let mut start = 0;
    for Candidate { sentence, end } in behind_notes(block, candidates(block)) {
        let item = items.partition_point(|item| item.start < end).checked_sub(1).and_then(|at| items.get(at));
        start = item.map_or(0, |item| item.start).max(start);
        let in_marker = item.is_some_and(|item| end <= item.end) || sentence <= start;
        let quoted = !in_marker && is_quoted_on(&block[start..end], &block[end..]);
        if end < block.len()
            && !in_marker
            && !quoted
            && !goes_on(tail(&block[start..sentence]), &block[end..], stop_goes_on)
        {
            out.push(end);
            start = end;
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Where a sentence may end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// With the blanks and the note marks behind it.
    end: usize,
    /// Without its note marks.
    sentence: usize,
}

/// Puts the ends before and within note marks behind them.
fn behind_notes(block: &str, candidates: Vec<usize>) -> Vec<Candidate> {
    let after_blanks = |at: usize| block.len() - block[at..].trim_start().len();
    let marks = Notes::of(block).behind_stops();
    let mut marks: VecDeque<(usize, Candidate)> = marks
        .into_iter()
        .map(|mark| (mark.closers, Candidate { end: after_blanks(mark.end), sentence: mark.sentence }))
        .collect();
    let mut out = Vec::with_capacity(candidates.len() + marks.len());
    for end in candidates {
        while let Some((_, noted)) = marks.pop_front_if(|(_, noted)| noted.end < end) {
            out.push(noted);
        }
        if marks.front().is_none_or(|&(closers, _)| end < closers) {
            out.push(Candidate { end, sentence: end });
        }
    }
    out.extend(marks.into_iter().map(|(_, noted)| noted));
    out
}

/// As much of the end of a sentence as its end can depend on; a bound, so that time stays linear.
fn tail(sentence: &str) -> &str {
    let mut from = sentence.len().saturating_sub(BRACKET);
    while !sentence.is_char_boundary(from) {
        from += 1;
    }
    &sentence[from..]
}

/// The sentence boundaries of UAX 29, and those it does not know: after an ellipsis sign, before a number.
fn candidates(block: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let opening = straight_openers(block);
    for (at, piece) in block.split_sentence_bound_indices() {
        for (dots, sign) in piece.match_indices('…') {
            let after = dots + sign.len();
            let rest = piece[after..].trim_start_matches(is_closer);
            let blanks = rest.len() - rest.trim_start().len();
            if blanks > 0 && blanks < rest.len() {
                out.push(at + piece.len() - rest.len() + blanks);
            }
        }
        out.push(before_openers(block, at + piece.len(), &opening));
    }
    // A closing mark after a blank, as French has it, belongs to what stands before.
    for (mark, closed) in block.match_indices(" » ") {
        if block[..mark].ends_with(['.', '!', '?', '…']) {
            out.push(mark + closed.len());
        }
    }
    // UAX 29 looks through a number to the word behind it: `in 2012. 5 people came`.
    for (stop, mark) in block.match_indices(". ") {
        let next = stop + mark.len();
        if block[next..].starts_with(|c: char| c.is_ascii_digit()) {
            out.push(next);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// UAX 29 takes whatever opens behind a stop for what closes, where no blank stands between, as in Japanese.
fn before_openers(block: &str, end: usize, straight: &[usize]) -> usize {
    const OPENERS: [char; 8] = ['「', '『', '（', '《', '〈', '【', '〔', '［'];
    let bare = block[..end].trim_end_matches(OPENERS);
    let opens = bare.ends_with('"') && straight.binary_search(&(bare.len() - 1)).is_ok();
    // At the end of the block they open nothing.
    if end == block.len() { end } else { bare.len() - usize::from(opens) }
}

/// Straight quotes that open, where sentences end without blanks behind them.
fn straight_openers(block: &str) -> Vec<usize> {
    if !block.contains('"') || !block.contains(['。', '！', '？']) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = block.char_indices().collect();
    let mut out: Vec<usize> = quotes::pairs(&chars).into_iter().map(|(open, _)| chars[open].0).collect();
    out.sort_unstable();
    out
}

/// Whether what somebody said goes on in words that Japanese and Korean put to it without a blank: 「はい。」と答えた, "가라."고.
fn is_quoted_on(left: &str, right: &str) -> bool {
    left.ends_with(['」', '』', '"', '”', '’'])
        && right.starts_with(|c: char| c == 'と' || matches!(c, '\u{ac00}'..='\u{d7a3}'))
}

/// Whether the sentence that seems to end with `left` goes on in `right`.
fn goes_on(left: &str, right: &str, stop_goes_on: StopGoesOn) -> bool {
    let left = left.trim_end();
    let right = right.trim_start();
    if right.is_empty() || left.is_empty() {
        return true;
    }
    if is_marker(left.trim_start()) || is_odd_right(right) || open_bracket(left, right) {
        return true;
    }
    let bare = left.trim_end_matches(is_closer);
    let omission =
        bare.trim_end_matches(['[', ' ']).ends_with("...") && left.ends_with([']', '”', '"']) && left.contains("[...");
    if omission && right.starts_with('(') || ends_in_omission(left) {
        return true;
    }
    if bare.ends_with('.') { stop_goes_on(bare, right) } else { starts_lower(right) }
}

/// `[...]` or `[…]`, perhaps quoted: not the end of a sentence by itself.
fn ends_in_omission(left: &str) -> bool {
    let bare = left.trim_end_matches(['”', '"', '’', '\'']);
    bare.ends_with("...]") || bare.ends_with("…]")
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '}')
}

pub(super) fn starts_lower(right: &str) -> bool {
    let opened = right.trim_start_matches(['"', '\'', '“', '‘', '(', '[']);
    opened.chars().next().is_some_and(char::is_lowercase)
}

/// What can only follow within a sentence: a closing mark, a comma, more dots.
fn is_odd_right(right: &str) -> bool {
    right == "»"
        || right.starts_with("» ")
        || right.starts_with([',', ';', ':', '.', '!', '?', ')', ']', '”', '…', '%'])
        || right.starts_with("– ") && starts_lower(right[3..].trim_start())
        || right.starts_with("— ") && starts_lower(right[3..].trim_start())
}

/// `left` opens a bracket within the sentence that `right` closes soon.
fn open_bracket(left: &str, right: &str) -> bool {
    let mut depth = 0_i32;
    for c in left.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    if depth == 0 {
        return false;
    }
    let mut window = right.len().min(BRACKET);
    while !right.is_char_boundary(window) {
        window -= 1;
    }
    for c in right[..window].chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

/// How many dots end the text, blanks between them allowed (`. . .`).
pub(super) fn trailing_dots(bare: &str) -> usize {
    let mut dots = 0;
    let mut blanks = 0;
    for c in bare.chars().rev() {
        match c {
            '.' => {
                dots += 1;
                blanks = 0;
            }
            ' ' | '\u{a0}' if dots > 0 && blanks == 0 => blanks += 1,
            _ => break,
        }
    }
    dots
}

pub(super) fn last_token(bare: &str) -> &str {
    // A compound such as `Sino-U.S.` ends like its last part.
    let token = bare.rsplit(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/')).next().unwrap_or(bare);
    token.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§')
}

/// `u.n`, `p.r.c`: single letters with dots between.
pub(super) fn is_dotted(key: &str) -> bool {
    key.contains('.') && key.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

pub(super) fn is_initial(token: &str) -> bool {
    let letters = token.trim_end_matches('.');
    letters.chars().count() == 1 && letters.chars().all(char::is_uppercase)
}
