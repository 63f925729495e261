//! How common English words are in general, told by the encoder's table of pieces.
//!
//! A unigram model (Kudo 2018) gives every piece the logarithm of its probability in the texts it was made from: many
//! million sentences of general language. Words that are whole pieces are the commoner ones.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::pieces::known;

/// What a word has that is no piece: less than any piece.
const RARE: f32 = -17.0;

/// The logarithm of the probability of an English word, in lower case and with a capital.
pub(crate) fn commonness(folded: &str) -> (f32, f32) {
    static WORDS: OnceLock<HashMap<String, (f32, f32)>> = OnceLock::new();
    WORDS.get_or_init(read).get(folded).copied().unwrap_or((RARE, RARE))
}

fn read() -> HashMap<String, (f32, f32)> {
    let mut out: HashMap<String, (f32, f32)> = HashMap::new();
    for (piece, score) in known() {
        let Ok(text) = std::str::from_utf8(piece) else { continue };
        let word = text.strip_prefix([' ', '\u{2581}']).filter(|word| word.bytes().all(|b| b.is_ascii_alphabetic()));
        let Some(word) = word.filter(|word| !word.is_empty()) else { continue };
        let slot = out.entry(word.to_ascii_lowercase()).or_insert((RARE, RARE));
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            slot.0 = score;
        } else {
            slot.1 = slot.1.max(score);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::commonness;

    #[test]
    fn common_words_have_more_than_rare_ones_and_names_a_capital() {
        assert!(commonness("important").0 > commonness("sovereignty").0 + 2.0);
        assert!(commonness("washington").1 > commonness("washington").0);
        assert!(commonness("detente") < commonness("enzyme"));
    }
}
