//! Small measures of words and texts.

use crate::term::survey::Word;
use crate::text::Span;
use crate::token::{fold, is_function_word};

/// What the words are compared by, without punctuation.
pub(super) fn stems(words: &[Word]) -> Vec<&str> {
    words.iter().filter(|word| !word.mark).map(|word| word.stem.as_str()).collect()
}

/// The bytes from the first word to the last.
pub(super) fn span(words: &[Word]) -> Span {
    let start = words.first().map_or(0, |word| word.span.start);
    start..words.last().map_or(start, |word| word.span.end)
}

/// How many words of an English text say something.
pub(super) fn words(text: &str) -> usize {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !is_function_word(word)).count()
}

/// The letters and digits of a text alone.
pub(super) fn squashed(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
