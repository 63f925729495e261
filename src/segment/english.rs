//! English sentences: what goes on after a full stop, an abbreviation, an initial, an ellipsis.

use super::boundaries::{self, is_dotted, is_initial, last_token, starts_lower, trailing_dots};

/// Titles and the like: a name follows.
const BEFORE_NAME: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "gen", "sen", "rep", "gov", "pres", "lt", "col", "capt", "cmdr", "maj",
    "sgt", "st", "mt", "ft", "rev", "hon", "fr", "messrs", "mme", "mlle", "amb", "sec", "supt", "det", "insp", "pvt",
    "cpl",
];
/// Abbreviations that go on whatever follows.
const GOES_ON: &[&str] = &["e.g", "i.e", "vs", "cf", "viz", "approx", "ca", "resp", "incl", "al", "ibid", "op"];
/// Before a number.
const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "n°", "nº", "art", "arts", "fig", "figs", "p", "pp", "vol", "vols", "ch", "chap", "para", "paras",
    "eq", "ref", "sect", "sec", "app", "ed", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "c", "tel", "ext", "cl", "§", "ser", "tab", "ex", "pt",
];
/// May end a sentence: it does when a word follows that starts sentences.
const MAY_END: &[&str] = &[
    "inc", "ltd", "co", "corp", "bros", "jr", "sr", "etc", "esq", "dept", "univ", "assn", "est", "ave", "blvd", "rd",
    "ph.d", "b.a", "m.a", "b.sc", "m.sc", "m.d", "a.m", "p.m", "a.d", "b.c", "u.s", "u.k", "u.n", "e.u", "u.s.a",
    "u.s.s.r", "d.c", "llc", "plc", "gov't", "int'l", "sep", "min", "max", "avg", "govt", "intl", "natl", "mfg", "rtd",
    "ret",
];
/// Words that rarely stand with a capital inside a sentence.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "it",
    "we",
    "they",
    "you",
    "his",
    "her",
    "its",
    "our",
    "their",
    "my",
    "your",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "without",
    "under",
    "over",
    "after",
    "before",
    "during",
    "since",
    "until",
    "when",
    "while",
    "where",
    "as",
    "if",
    "although",
    "though",
    "because",
    "but",
    "and",
    "or",
    "nor",
    "so",
    "yet",
    "however",
    "therefore",
    "thus",
    "moreover",
    "furthermore",
    "additionally",
    "finally",
    "also",
    "then",
    "now",
    "here",
    "there",
    "what",
    "who",
    "why",
    "how",
    "which",
    "whose",
    "did",
    "do",
    "does",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "can",
    "could",
    "will",
    "would",
    "should",
    "may",
    "might",
    "must",
    "not",
    "no",
    "nobody",
    "nothing",
    "some",
    "any",
    "each",
    "every",
    "all",
    "both",
    "many",
    "most",
    "several",
    "few",
    "such",
    "another",
    "other",
    "others",
    "mr",
    "mrs",
    "ms",
    "dr",
    "let",
    "please",
    "see",
    "perhaps",
    "maybe",
    "indeed",
    "instead",
    "meanwhile",
    "today",
    "yesterday",
    "tomorrow",
    "once",
    "according",
    "given",
    "despite",
    "whether",
    "to",
    "of",
    "one",
    "two",
    "next",
];
/// Where sentences end within `block`, in bytes; the end of the block may or may not be among them.
pub(super) fn ends(block: &str) -> Vec<usize> {
    boundaries::ends(block, stop_goes_on)
}

fn first_letter(right: &str) -> Option<char> {
    right.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next()
}

/// After a full stop: an abbreviation, an initial, an ellipsis, or the end.
fn stop_goes_on(bare: &str, right: &str) -> bool {
    let dots = trailing_dots(bare);
    let starter = is_starter(right);
    if dots >= 4 {
        return starts_lower(right);
    }
    if dots == 3 || bare.ends_with('…') {
        let word = right.trim_start_matches(|c: char| !c.is_alphanumeric());
        return starts_lower(right) || word.starts_with("I ") || word.starts_with("I’") || word.starts_with("I'");
    }
    if starts_lower(right) {
        return true;
    }
    let token = last_token(bare);
    let key = token.trim_end_matches('.').to_lowercase();
    let digit_next = first_letter(right).is_some_and(|c| c.is_ascii_digit());
    if BEFORE_NAME.contains(&key.as_str()) && token.chars().next().is_some_and(char::is_uppercase) {
        return !(starter && key == "st");
    }
    if GOES_ON.contains(&key.as_str()) {
        return key != "al" || !starter;
    }
    if digit_next && BEFORE_NUMBER.contains(&key.as_str()) {
        return true;
    }
    if MAY_END.contains(&key.as_str()) || is_dotted(&key) {
        let hour = matches!(key.as_str(), "p.m" | "a.m");
        return !starter || (hour && (digit_next || is_opening_phrase(bare)));
    }
    is_initial(token) && initial_goes_on(bare, token, starter)
}

/// `At 5 a.m.`: a preposition and little more is no sentence.
fn is_opening_phrase(bare: &str) -> bool {
    let mut words = bare.split_whitespace();
    matches!(
        words.next(),
        Some("At" | "By" | "On" | "Around" | "About" | "Since" | "Until" | "From" | "Before" | "After")
    ) && words.count() <= 3
}

fn is_starter(right: &str) -> bool {
    let word: String =
        right.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take_while(|c| c.is_alphabetic()).collect();
    let word = word.to_lowercase();
    word == "i" || STARTERS.contains(&word.as_str())
}

/// `Albert I. Jones` goes on, `you and I. Did you` does not.
fn initial_goes_on(bare: &str, token: &str, starter: bool) -> bool {
    let before = bare[..bare.len() - token.len()].trim_end();
    let previous = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let named = previous.is_empty() || previous.chars().next().is_some_and(char::is_uppercase);
    let labelled = [
        "War", "Vitamin", "Plan", "Part", "Type", "Class", "Group", "Phase", "Volume", "Chapter", "Section", "Article",
    ];
    !starter || (named && !labelled.contains(&previous))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::lang::Language::English;

    #[test]
    fn abbreviations_titles_and_initials() {
        check(
            English,
            &[
                "Hello World. ‖My name is Jonas.",
                "My name is Jonas E. Smith. ‖Please turn to p. 55.",
                "Were Jane and co. at the party?",
                "They closed the deal with Pitt, Briggs & Co. at noon.",
                "Let's ask Jane and co. ‖They should know.",
                "They closed the deal with Pitt, Briggs & Co. ‖It closed yesterday.",
                "I can see Mt. Fuji from here. ‖St. Michael's Church is on 5th st. near the light.",
                "That is JFK Jr.'s book.",
                "We make a good team, you and I. ‖Did you see Albert I. Jones yesterday?",
                "See e.g. Smith and cf. Jones et al. ‖This is it.",
                "They take Vitamin C. ‖It helps. ‖It was World War I. ‖Then it ended.",
                "Gen. Smith met Sec. Clinton vs. Lavrov. ‖Nothing came of it.",
            ],
        );
    }

    #[test]
    fn countries_and_hours() {
        check(
            English,
            &[
                "I visited the U.S.A. last year. ‖I live in the E.U. ‖How about you?",
                "I work for the U.S. Government in Virginia. ‖I have lived in the U.S. for 20 years.",
                "I live in the U.S. ‖How about you?",
                "At 5 a.m. Mr. Smith went to the bank. ‖He left the bank at 6 P.M. ‖Mr. Smith then went to the store.",
                "They held the “Sino-U.S. Cybersecurity Dialogue.” ‖It was useful.",
                "U.S. and Chinese officials met. ‖They talked until 9 p.m. on Friday.",
                "The talks between China and the U.S. Deputy Secretary William Burns went on.",
            ],
        );
    }

    #[test]
    fn numbers_addresses_and_references() {
        check(
            English,
            &[
                "She has $100.00 in her bag. ‖It is in her bag.",
                "You can find it at N°. 1026.253.553. ‖That is where the treasure is.",
                "See Art. 5 and No. 7 on pp. 3-4. ‖No. ‖It is not there.",
                "The year was 2012. ‖5 people came. ‖It rose by approx. 5 points vs. 3 before.",
                "It was on Jan. 5 and Oct. 12. ‖We left in Dec. ‖Then it snowed.",
                "Her email is Jane.Doe@example.com. ‖I sent her an email.",
                "The site is: https://www.example.50.com/new-site/awesome_content.html. ‖Please check it out.",
                "She works at Yahoo! in the accounting department.",
                "The paper “Enabling Distributed Security in Cyberspace.” ‖Chinese officials listened.",
            ],
        );
    }

    #[test]
    fn marks_quotations_and_brackets() {
        check(
            English,
            &[
                "Hello!! ‖Long time no see. ‖Hello?? ‖Who is there? ‖Hello!? ‖Is that you? ‖Hello?! ‖Is that you?",
                "He teaches science (He previously worked for 5 years as an engineer.) at the local University.",
                "She turned to him, 'This is great.' she said.",
                "She turned to him, \"This is great.\" she said.",
                "She turned to him, \"This is great.\" ‖She held the book out to show him.",
                "The agreement held. ‖(See ACT, July/August 2013.) ‖The talks went on.",
                "He left (it was late. He was tired.) and slept. ‖She stayed.",
                "“Both sides made proposals,” he said. ‖“It was useful.”",
                "\"Bohr [...] used the analogy of parallel stairways [...]\" (Smith 55).",
                "“[i]n private, they aren’t disavowing it anymore,” James Lewis said.",
            ],
        );
    }

    #[test]
    fn ellipses() {
        check(
            English,
            &[
                "Thoreau argues that by simplifying one’s life, “the laws of the universe will appear less complex. . . .”",
                "If words are left off, indicate the omission with ellipsis marks (preceded and followed by a space) and then indicate the end of the sentence with a period . . . . ‖Next sentence.",
                "I never meant that.... ‖She left the store.",
                "I wasn’t really ... well, what I mean...see . . . what I'm saying, the thing is . . . I didn’t mean it.",
                "One further habit which was somewhat weakened . . . was that of combining words into self-interpreting compounds. . . . ‖The practice was not abandoned. . . .",
                "He paused… ‖Then he went on… and on.",
            ],
        );
    }

    #[test]
    fn line_breaks_inside_a_block_are_blanks() {
        check(
            English,
            &[
                "The talks between officials of the\nUnited States and the People's Republic of\r\nChina were held. ‖They\nEnded.\n",
            ],
        );
    }

    #[test]
    fn lists_in_one_line() {
        check(
            English,
            &[
                "1.) The first item ‖2.) The second item",
                "1.) The first item. ‖2.) The second item.",
                "1) The first item ‖2) The second item",
                "1) The first item. ‖2) The second item.",
                "1. The first item ‖2. The second item",
                "1. The first item. ‖2. The second item.",
                "• 9. The first item ‖• 10. The second item",
                "⁃9. The first item ‖⁃10. The second item",
                "a. The first item ‖b. The second item ‖c. The third list item",
                "(a) one ‖(b) two",
                "• apples ‖• pears",
                "1. In 2009 there were 2 of them. ‖They met.",
                "- Restrict weaponization (like Stuxnet). ‖This would include pledges.",
            ],
        );
    }
}
