//! English sentences: the boundaries of UAX 29, and a layer that takes back those after abbreviations, initials,
//! ellipses, list numbers and inside brackets, and adds those before the markers of a list in one line.

use unicode_segmentation::UnicodeSegmentation;

use super::markers::{is_marker, items};

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
/// A bracket that is not closed within this many bytes is not waited for.
const BRACKET: usize = 600;

/// Where sentences end within `block`, in bytes; the end of the block may or may not be among them.
pub(super) fn ends(block: &str) -> Vec<usize> {
    // A line break inside a block is a blank; UAX 29 would always cut there. Offsets stay the same.
    let unwrapped = block.replace(['\n', '\r'], " ");
    cut(&unwrapped)
}

fn cut(block: &str) -> Vec<usize> {
    let items = items(block);
    let mut out: Vec<usize> = items.iter().skip(1).map(|item| item.start).collect();
    let mut start = 0;
    for end in candidates(block) {
        let item = items.partition_point(|item| item.start < end).checked_sub(1).and_then(|at| items.get(at));
        start = item.map_or(0, |item| item.start).max(start);
        let in_marker = item.is_some_and(|item| end <= item.end);
        if end < block.len() && !in_marker && !goes_on(tail(&block[start..end]), &block[end..]) {
            out.push(end);
            start = end;
        }
    }
    out.sort_unstable();
    out.dedup();
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
    for (at, piece) in block.split_sentence_bound_indices() {
        for (dots, sign) in piece.match_indices('…') {
            let after = dots + sign.len();
            let rest = piece[after..].trim_start_matches(is_closer);
            let blanks = rest.len() - rest.trim_start().len();
            if blanks > 0 && blanks < rest.len() {
                out.push(at + piece.len() - rest.len() + blanks);
            }
        }
        out.push(at + piece.len());
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

/// Whether the sentence that seems to end with `left` goes on in `right`.
fn goes_on(left: &str, right: &str) -> bool {
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

fn first_letter(right: &str) -> Option<char> {
    right.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next()
}

fn starts_lower(right: &str) -> bool {
    let opened = right.trim_start_matches(['"', '\'', '“', '‘', '(', '[']);
    opened.chars().next().is_some_and(char::is_lowercase)
}

/// What can only follow within a sentence: a closing mark, a comma, more dots.
fn is_odd_right(right: &str) -> bool {
    right.starts_with([',', ';', ':', '.', '!', '?', ')', ']', '”', '…', '%'])
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

/// How many dots end the text, blanks between them allowed (`. . .`).
fn trailing_dots(bare: &str) -> usize {
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

fn last_token(bare: &str) -> &str {
    // A compound such as `Sino-U.S.` ends like its last part.
    let token = bare.rsplit(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/')).next().unwrap_or(bare);
    token.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '§')
}

fn is_starter(right: &str) -> bool {
    let word: String =
        right.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take_while(|c| c.is_alphabetic()).collect();
    let word = word.to_lowercase();
    word == "i" || STARTERS.contains(&word.as_str())
}

/// `u.n`, `p.r.c`: single letters with dots between.
fn is_dotted(key: &str) -> bool {
    key.contains('.') && key.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

fn is_initial(token: &str) -> bool {
    let letters = token.trim_end_matches('.');
    letters.chars().count() == 1 && letters.chars().all(char::is_uppercase)
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
