//! Sentences of other languages: the common layer, with what holds after a full stop wherever Latin, Cyrillic or Greek
//! letters are written. Nothing is known of a language's own abbreviations.

use super::boundaries::{self, is_dotted, is_initial, last_token, starts_lower, trailing_dots};

/// Where sentences end within `block`, in bytes; the end of the block may or may not be among them.
pub(super) fn ends(block: &str) -> Vec<usize> {
    boundaries::ends(block, stop_goes_on)
}

/// A small letter follows, or an initial (`J. S. Bach`) or letters with dots between (`z. B.`, `S.A.`) stand before.
fn stop_goes_on(bare: &str, right: &str) -> bool {
    let token = last_token(bare);
    let key = token.trim_end_matches('.').to_lowercase();
    starts_lower(right) || (trailing_dots(bare) == 1 && (is_initial(token) || is_dotted(&key)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::lang::Language::{Arabic, French, German, Japanese, Korean, Russian, Spanish};

    #[test]
    fn sentences_of_other_languages() {
        check(German, &["Das gilt z.B. für Bonn. ‖Johann S. Bach lebte in Leipzig. ‖Wer? ‖„Ich.“ ‖Er ging."]);
        check(French, &["« Où vas-tu ? » demanda-t-il. ‖« Nulle part. » ‖Elle ne répondit pas… ‖Il est parti."]);
        check(Spanish, &["¿Qué hora es? ‖¡Ya son las tres! ‖Vámonos."]);
        check(Russian, &["Он ушёл. ‖А. С. Пушкин родился в Москве. ‖Кто там?"]);
        check(Korean, &["비가 왔다. ‖나는 가지 않았다."]);
        check(Japanese, &["雨が降った。‖私は行かなかった！‖本当？"]);
        check(Japanese, &["雨が降った。‖「行け。」‖彼は行った。‖『はい。』と彼女は答えた。‖（本当？）‖終わり。"]);
        check(Japanese, &["雨が降った。‖\"行け。\"‖彼は行った。‖\"はい。\"と彼女は答えた。"]);
        check(Korean, &["\"가라.\" ‖그는 갔다. ‖\"가라.\"고 말했다. ‖그는 갔다."]);
        check(Arabic, &["هل جاء؟ ‖نعم."]);
    }
}
