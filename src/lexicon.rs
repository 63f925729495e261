//! The Chinese–English dictionary: CC-CEDICT, embedded in the program.
//!
//! Comes in: the compact form in `assets/cedict` (its README says how it was made and under which licence).
//! Goes out: entries by Chinese word in either script, and the folding of traditional characters.
//! An entry's glosses are shown and used as evidence; they are not copied into exports.

mod script;

use std::collections::HashMap;
use std::io::Read as _;
use std::ops::Range;
use std::sync::OnceLock;

pub use script::Simplified;
use script::{Scripts, Votes};

use crate::assets::asset;

/// A dictionary entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Simplified form.
    pub simplified: &'a str,
    /// Traditional form.
    pub traditional: &'a str,
    /// Pinyin with tone numbers, syllables separated by blanks: `wang3 luo4`.
    pub pinyin: &'a str,
    /// English glosses separated by `/`.
    pub glosses: &'a str,
}

/// How the dictionary's glosses use an English word: a hint at how general it is, and whether it is a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlossUse {
    /// In how many glosses it stands.
    pub glosses: u32,
    /// In how many of them as the verb of "to …".
    pub verbs: u32,
    /// How often it ends a noun phrase.
    pub heads: u32,
    /// How often another word of a noun phrase follows it.
    pub modifiers: u32,
}

/// CC-CEDICT in memory: one string, an index of its lines, a map of characters.
#[derive(Debug)]
pub struct Lexicon {
    content: String,
    /// Where each line begins; lines are sorted by their simplified form.
    lines: Vec<u32>,
    /// By the first character of words the lines that begin with it.
    initials: HashMap<char, (u32, u32)>,
    scripts: Scripts,
}

impl Lexicon {
    /// The dictionary that comes with the program, unpacked when first asked for.
    pub fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut content = String::with_capacity(12 << 20);
            flate2::read::GzDecoder::new(asset!("cedict/cedict.tsv.gz"))
                .read_to_string(&mut content)
                .expect("the dictionary is checked by a test");
            Self::from_lines(content)
        })
    }

    /// Reads the compact form: sorted lines of simplified, traditional (empty when the same), pinyin, glosses,
    /// separated by tabs.
    pub fn from_lines(content: String) -> Self {
        let mut lines = Vec::new();
        let mut at = 0;
        let mut votes = Votes::default();
        for line in content.split_inclusive('\n') {
            if let Some(entry) = parse(line) {
                lines.push(u32::try_from(at).expect("the dictionary is far below 4 GiB"));
                votes.count(&entry);
            }
            at += line.len();
        }
        let initials = initials(&content, &lines);
        let scripts = votes.scripts(content.split_inclusive('\n').filter_map(parse));
        Self { content, lines, initials, scripts }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The entries of a word in simplified script, in the order of the dictionary.
    pub fn entries<'a>(&'a self, simplified: &str) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let start = self.start(simplified);
        let count = self.lines[start..].iter().take_while(|&&at| self.headword(at) == simplified).count();
        self.lines[start..start + count].iter().filter_map(|&at| parse(self.line(at)))
    }

    /// Entry `number`, counted from 0 in the order of the dictionary.
    pub fn entry(&self, number: usize) -> Option<Entry<'_>> {
        self.lines.get(number).and_then(|&at| parse(self.line(at)))
    }

    /// The numbers of the entries whose simplified form begins with a text; those of the text itself come first.
    pub fn beginning_with(&self, simplified: &str) -> Range<usize> {
        let start = self.start(simplified);
        let begun = |&at: &u32| self.headword(at).starts_with(simplified);
        start..start + self.lines[start..].partition_point(begun)
    }

    /// The length in bytes of the longest entry that a text in simplified script begins with; 0 where there is none.
    pub fn longest(&self, simplified: &str) -> usize {
        let mut longest = 0;
        for (at, c) in simplified.char_indices() {
            let word = &simplified[..at + c.len_utf8()];
            let first = self.start(word);
            let Some(next) = self.lines.get(first).map(|&at| self.headword(at)) else { break };
            if next == word {
                longest = word.len();
            } else if !next.starts_with(word) {
                break;
            }
        }
        longest
    }

    /// Whether a word in simplified script has an entry.
    pub fn contains(&self, simplified: &str) -> bool {
        let start = self.start(simplified);
        self.lines.get(start).is_some_and(|&at| self.headword(at) == simplified)
    }

    /// Counts for each given word (in lower case) how the glosses use it.
    pub fn count_gloss_words(&self, words: &mut HashMap<String, GlossUse>) {
        for &at in &self.lines {
            let Some(entry) = parse(self.line(at)) else { continue };
            for gloss in entry.glosses.split(['/', ';', ',', '(', ')']) {
                count_words(gloss, words);
            }
        }
    }

    /// The usual simplified form of a character of traditional script; any other character itself. What it becomes in a
    /// text may depend on the word it stands in: see [`simplified`](Self::simplified).
    pub fn simplify_char(&self, c: char) -> char {
        self.scripts.usual(c)
    }

    /// Folds a text in traditional script to simplified script, one character for one. A text that is simplified already
    /// stays as it is.
    pub fn simplified(&self, text: &str) -> Simplified {
        self.scripts.simplify(text)
    }

    /// The same as a string.
    pub fn simplify(&self, text: &str) -> String {
        self.simplified(text).into()
    }

    /// The syllables a character can be read as, without tones: 行 gives `hang` and `xing`.
    pub fn syllables(&self, c: char) -> Vec<String> {
        let usual = Some(self.simplify_char(c)).filter(|&usual| usual != c);
        let mut out: Vec<String> = std::iter::once(c)
            .chain(usual)
            .flat_map(|c| self.entries(c.encode_utf8(&mut [0; 4])))
            .map(|entry| entry.pinyin.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().replace("u:", "v"))
            .filter(|syllable| !syllable.is_empty() && syllable.bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The first line whose word does not come before a text.
    fn start(&self, simplified: &str) -> usize {
        let Some(first) = simplified.chars().next() else { return 0 };
        // A word ends in a tab, which comes before everything that may stand in a word.
        let before = |&at: &u32| {
            let rest = &self.content.as_bytes()[at as usize..];
            rest[..simplified.len().min(rest.len())] < *simplified.as_bytes()
        };
        match self.initials.get(&first) {
            Some(&(from, to)) => from as usize + self.lines[from as usize..to as usize].partition_point(before),
            None => self.lines.partition_point(before),
        }
    }

    fn line(&self, at: u32) -> &str {
        let rest = &self.content[at as usize..];
        rest.split_once('\n').map_or(rest, |(line, _)| line)
    }

    fn headword(&self, at: u32) -> &str {
        let rest = &self.content[at as usize..];
        rest.split_once('\t').map_or(rest, |(word, _)| word)
    }
}

/// The runs of lines that begin with the same character.
fn initials(content: &str, lines: &[u32]) -> HashMap<char, (u32, u32)> {
    let mut out: HashMap<char, (u32, u32)> = HashMap::new();
    for (number, &at) in (0..).zip(lines) {
        if let Some(first) = content[at as usize..].chars().next() {
            out.entry(first).or_insert((number, number)).1 = number + 1;
        }
    }
    out
}

fn count_words(gloss: &str, words: &mut HashMap<String, GlossUse>) {
    let mut parts = gloss.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let verbal = parts.next_if_eq(&"to").is_some();
    let mut first = true;
    while let Some(word) = parts.next() {
        let found = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            words.get_mut(word)
        } else {
            words.get_mut(word.to_ascii_lowercase().as_str())
        };
        if let Some(found) = found {
            found.glosses += 1;
            found.verbs += u32::from(verbal && first);
            // `weapon of war`: a function word ends the phrase as the end of the gloss does.
            let ends =
                parts.peek().is_none_or(|next| matches!(*next, "of" | "for" | "in" | "on" | "to" | "and" | "or"));
            found.heads += u32::from(!verbal && ends);
            found.modifiers += u32::from(!verbal && !ends);
        }
        first = false;
    }
}

fn parse(line: &str) -> Option<Entry<'_>> {
    let mut fields = line.trim_end_matches('\n').splitn(4, '\t');
    let (simplified, traditional) = (fields.next()?, fields.next()?);
    let (pinyin, glosses) = (fields.next()?, fields.next()?);
    let traditional = if traditional.is_empty() { simplified } else { traditional };
    Some(Entry { simplified, traditional, pinyin, glosses })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_embedded_dictionary() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.len() > 100_000);
        let network: Vec<&str> = lexicon.entries("网络").map(|entry| entry.pinyin).collect();
        assert_eq!(network, ["Wang3 luo4", "wang3 luo4"]);
        assert!(lexicon.contains("主权") && !lexicon.contains("主权主权"));
    }

    #[test]
    fn traditional_characters_fold_to_simplified_ones() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.simplify("網絡空間的國際規則，乾杯"), "网络空间的国际规则，干杯");
        assert_eq!(lexicon.simplify("网络空间"), "网络空间");
    }

    #[test]
    fn verbs_and_nouns_differ_in_their_glosses() {
        let mut words: HashMap<String, GlossUse> =
            ["exploit", "sovereignty", "person"].map(|word| (word.to_owned(), GlossUse::default())).into();
        Lexicon::embedded().count_gloss_words(&mut words);
        assert!(words["exploit"].verbs * 2 > words["exploit"].glosses);
        assert_eq!(words["sovereignty"].verbs, 0);
        assert!(words["person"].glosses > 20 * words["sovereignty"].glosses);
    }

    #[test]
    fn entries_are_found_by_how_they_begin() {
        let lexicon = Lexicon::embedded();
        let begun = lexicon.beginning_with("网络");
        let words: Vec<&str> = begun.clone().filter_map(|at| lexicon.entry(at)).map(|entry| entry.simplified).collect();
        assert!(words.len() > 20 && words.iter().all(|word| word.starts_with("网络")), "{words:?}");
        assert_eq!(words[..2], ["网络", "网络"]);
        assert!(!lexicon.entry(begun.end).is_some_and(|entry| entry.simplified.starts_with("网络")));
        assert!(lexicon.beginning_with("网络主权").is_empty());
        assert_eq!(["网络空间主权", "主权规则", "xyzzy"].map(|text| lexicon.longest(text)), [12, 6, 0]);
    }

    #[test]
    fn readings_of_a_character() {
        assert_eq!(Lexicon::embedded().syllables('行'), ["hang", "xing"]);
    }
}
