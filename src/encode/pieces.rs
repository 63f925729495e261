//! A text as SentencePiece pieces (a unigram model, Kudo 2018).

use std::sync::LazyLock;

use kitoken::convert::convert_sentencepiece;
use kitoken::{Definition, Kitoken, Model, Normalization, Processing};
use unicode_normalization::UnicodeNormalization;

use crate::assets::asset;

/// The model as it was published, read once.
static MODEL: LazyLock<Definition> = LazyLock::new(|| {
    convert_sentencepiece(asset!("encoder/pieces.model")).expect("the embedded model is checked by a test")
});

/// The words and parts of words that the model knows, each with the logarithm of its probability.
pub(super) fn known() -> impl Iterator<Item = (&'static [u8], f32)> {
    let unigrams = match &MODEL.model {
        Model::Unigram { vocab, scores } => Some(vocab.iter().zip(scores)),
        _ => None,
    };
    unigrams.into_iter().flatten().map(|(token, &score)| (&*token.bytes, score))
}

/// What the model calls a piece it does not know, the beginning and the end of a text.
const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;

pub(super) struct Pieces {
    model: Kitoken,
}

impl Pieces {
    pub(super) fn embedded() -> Self {
        let mut definition = MODEL.clone();
        // The model's own table of characters is an older one than kitoken's; `normalise` follows it. The encoder was
        // published with every unknown character a piece of its own.
        let own = |step: &Normalization| matches!(step, Normalization::Unicode { .. } | Normalization::NMT);
        definition.config.normalization.retain(|step| !own(step));
        definition.config.processing.retain(|step| !matches!(step, Processing::Collapse { .. }));
        Self { model: Kitoken::try_from(definition).expect("the embedded model is checked by a test") }
    }

    /// The numbers of the pieces, with those for the beginning and the end.
    pub(super) fn of(&self, text: &str) -> Vec<u32> {
        let text = normalise(text);
        let mut out = vec![BEGIN];
        if text.trim_matches(' ').is_empty() {
            out.push(UNKNOWN);
        } else {
            // Nothing is refused: unknown characters have a piece.
            out.extend(self.model.encode(&text, false).unwrap_or_else(|_| vec![UNKNOWN]));
        }
        out.push(END);
        out
    }
}

/// NFKC but for `～`; what the model's table counts as white space becomes a space.
fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('～').enumerate() {
        if at > 0 {
            out.push('～');
        }
        out.extend(part.chars().map(plain_space).nfkc());
    }
    out
}

fn plain_space(c: char) -> char {
    match c {
        '\t' | '\n' | '\u{c}' | '\r' | '\u{1680}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        | '\u{2581}' | '\u{feff}' | '\u{fffd}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_blanks_are_one_unknown_piece() {
        let pieces = Pieces::embedded();
        for blank in ["", " ", "\t\n", "\u{feff}"] {
            assert_eq!(pieces.of(blank), [BEGIN, UNKNOWN, END]);
        }
    }

    #[test]
    fn width_and_blanks_are_folded_as_in_the_published_model() {
        let pieces = Pieces::embedded();
        assert_eq!(pieces.of("ＡＢＣ１２３　全角"), pieces.of(" ABC123  全角\n"));
        assert_ne!(pieces.of("a～b"), pieces.of("a~b"));
        assert_eq!(pieces.of("👩👩"), [BEGIN, 6, UNKNOWN, UNKNOWN, END]);
    }
}
