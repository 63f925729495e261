//! Finding text in a document, forgiving case, width and traditional or simplified script.
//!
//! Comes in: a document's text, folded once into an [`Index`]. Goes out: hits as bytes of the text as it stands.

use unicode_normalization::UnicodeNormalization as _;

use crate::lexicon::Lexicon;
use crate::text::Span;

/// A folded text with the way back to the text as it stands.
#[derive(Clone, Debug, Default)]
pub struct Index {
    folded: String,
    /// In rising order; each holds until the next.
    steps: Vec<Step>,
    length: usize,
}

/// How bytes of the folded text lead back.
#[derive(Clone, Copy, Debug)]
struct Step {
    folded: usize,
    text: usize,
    /// All bytes of this step come from one character, which has another length than its fold;
    /// otherwise byte stands against byte.
    one_character: bool,
}

impl Index {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let lexicon = Lexicon::embedded();
        let mut out = Self { folded: String::with_capacity(text.len()), steps: Vec::new(), length: text.len() };
        let mut blank = false;
        for (at, c) in text.char_indices() {
            // Runs of white space, line ends among them, are found by one blank.
            let again = c.is_whitespace() && blank;
            blank = c.is_whitespace();
            if again {
                continue;
            }
            let before = out.folded.len();
            if blank {
                out.folded.push(' ');
            } else {
                fold_char(lexicon, c, &mut out.folded);
            }
            out.step(before, at, out.folded.len() - before != c.len_utf8());
        }
        out
    }

    fn step(&mut self, folded: usize, text: usize, one_character: bool) {
        let same = self
            .steps
            .last()
            .is_some_and(|last| !one_character && !last.one_character && text - last.text == folded - last.folded);
        if !same {
            self.steps.push(Step { folded, text, one_character });
        }
    }

    /// Where in the text a hit begins or ends that begins or ends at a byte of the folded text.
    fn back(&self, folded: usize, is_end: bool) -> usize {
        let after =
            self.steps.partition_point(|step| if is_end { step.folded < folded } else { step.folded <= folded });
        let Some(step) = after.checked_sub(1).and_then(|before| self.steps.get(before)) else { return 0 };
        match (step.one_character, is_end) {
            (true, false) => step.text,
            (true, true) => self.steps.get(after).map_or(self.length, |next| next.text),
            (false, _) => step.text + folded - step.folded,
        }
    }

    /// All places of `query`, from the start to the end, none overlapping. An empty query is found nowhere.
    pub fn find(&self, query: &str) -> Vec<Span> {
        let lexicon = Lexicon::embedded();
        let mut folded = String::new();
        for word in query.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            word.chars().for_each(|c| fold_char(lexicon, c, &mut folded));
        }
        if folded.is_empty() {
            return Vec::new();
        }
        self.folded
            .match_indices(&folded)
            .map(|(at, found)| self.back(at, false)..self.back(at + found.len(), true))
            .filter(|span| span.start < span.end)
            .collect()
    }
}

/// NFKC, lower case, simplified; typographic quotes and dashes as plain ones.
fn fold_char(lexicon: &Lexicon, c: char, out: &mut String) {
    match c {
        '‘' | '’' => out.push('\''),
        '“' | '”' => out.push('"'),
        '–' | '‑' | '‐' => out.push('-'),
        _ => {
            for c in std::iter::once(lexicon.simplify_char(c)).nfkc() {
                out.extend(c.to_lowercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        Index::new(text).find(query).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn case_width_and_script_are_forgiven() {
        assert_eq!(found("The CSIS and ＣＳＩＳ, csis.", "csis"), ["CSIS", "ＣＳＩＳ", "csis"]);
        assert_eq!(found("網絡空間與网络空间", "网络空间"), ["網絡空間", "网络空间"]);
        assert_eq!(found("“no-first-use”\n agreement", "use\" agree"), ["use”\n agree"]);
        assert_eq!(found("ﬁnal ½ İstanbul", "final"), ["ﬁnal"]);
        assert!(found("text", "  ").is_empty());
    }

    proptest! {
        #[test]
        fn hits_are_pieces_of_the_text(text in "[a-cA-C ﬁＡ網网İ\n½\u{300}]{0,30}", query in "[a-cﬁa网 ]{1,3}") {
            for span in Index::new(&text).find(&query) {
                prop_assert!(text.get(span).is_some_and(|piece| !piece.is_empty()));
            }
        }

        #[test]
        fn every_piece_is_found(text in "[a-cA-C ＡＢ網网\n]{1,30}", from in 0_usize..30, length in 1_usize..5) {
            let piece: String = text.chars().skip(from).take(length).collect();
            if !piece.trim().is_empty() {
                prop_assert!(!Index::new(&text).find(piece.trim()).is_empty());
            }
        }
    }
}
