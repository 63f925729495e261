//! Traditional and simplified script: which of them a text is in, and folding the one to the other.
//!
//! Most traditional characters have one simplified form that no other character shares with them, and are folded
//! wherever they stand. Some are written in simplified text as well: 著 is 着 in 看著 but itself in 显著, 乾 is 干 in 乾杯
//! but itself in 乾隆, and a few have several simplified forms. What such a character becomes depends on the word of the
//! dictionary that it stands in, and on the script of the text around it. Text that is simplified already stays as it is.

use std::cmp::Reverse;
use std::collections::HashMap;

use unicode_normalization::char::decompose_canonical;

use super::Entry;
use crate::lang::is_han;
use crate::text::Span;

/// A character that is folded so many times as often as it stays is one of traditional script alone.
const ALMOST_ALWAYS: u32 = 20;

/// What the characters of the dictionary say of script.
#[derive(Debug)]
pub(super) struct Scripts {
    /// By character of the basic plane.
    classes: Box<[Class]>,
    /// The usual simplified form of traditional characters.
    folds: HashMap<char, char>,
    /// Words with a character whose form depends on the word, by how they are written.
    words: HashMap<Box<str>, Spelling>,
    /// The characters of the longest of them.
    longest: usize,
}

/// What a character says of the script of its text, and what becomes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Class {
    /// The same in both scripts.
    #[default]
    Common,
    /// Of simplified script alone.
    Simplified,
    /// Of traditional script alone, with one simplified form.
    Traditional,
    /// Of traditional script alone; its form depends on the word.
    Several,
    /// Of both scripts, and folded in the traditional one, depending on the word.
    Both,
}

/// How a word is simplified that is written in a certain way.
#[derive(Clone, Debug, Default)]
struct Spelling {
    /// Whether it is a word of simplified script.
    simplified: bool,
    /// Its simplified form, where it is a word of traditional script.
    traditional: Option<Box<str>>,
}

/// The script of a text, as far as its characters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Simplified,
    Traditional,
    Unknown,
}

/// Counts how entries write their characters, from which [`Scripts`] are made.
#[derive(Default)]
pub(super) struct Votes {
    /// How often a traditional character stands against a simplified one.
    pairs: HashMap<(char, char), u32>,
}

impl Votes {
    pub(super) fn count(&mut self, entry: &Entry<'_>) {
        for pair in pairs(entry) {
            *self.pairs.entry(pair).or_default() += 1;
        }
    }

    /// What the entries that were counted say; they come once more.
    pub(super) fn scripts<'a>(self, entries: impl Iterator<Item = Entry<'a>>) -> Scripts {
        let mut sorted: Vec<((char, char), u32)> = self.pairs.into_iter().collect();
        sorted.sort_unstable_by_key(|&((from, to), count)| (from, Reverse(count), to));
        let (mut made, mut written) = (HashMap::new(), HashMap::new());
        for &((from, to), count) in &sorted {
            *written.entry(from).or_insert(0) += count;
            *made.entry(to).or_insert(0) += if from == to { 0 } else { count };
        }
        let mut out = Scripts {
            classes: vec![Class::Common; 1 << 16].into(),
            folds: HashMap::new(),
            words: HashMap::new(),
            longest: 0,
        };
        // A character that others are simplified to, and that traditional text hardly has.
        let alone = |c: &char, count: u32| count > 0 && count >= ALMOST_ALWAYS * written.get(c).copied().unwrap_or(0);
        made.iter().filter(|(c, count)| alone(c, **count)).for_each(|(&c, _)| out.set(c, Class::Simplified));
        for of_one in sorted.chunk_by(|one, other| one.0.0 == other.0.0) {
            out.file(of_one, &made);
        }
        for code in 0xF900..=0xFAFF {
            out.add_compatible(code);
        }
        out.close();
        out.add_words(entries);
        out
    }
}

/// The characters of an entry that stand against each other.
fn pairs<'a>(entry: &Entry<'a>) -> impl Iterator<Item = (char, char)> + use<'a> {
    let same = entry.traditional.chars().count() == entry.simplified.chars().count();
    let chars = entry.traditional.chars().zip(entry.simplified.chars());
    chars.filter(move |&(from, _)| same && is_han(from))
}

impl Scripts {
    fn class(&self, c: char) -> Class {
        match self.classes.get(c as usize) {
            Some(&class) => class,
            // Beyond the basic plane characters are rare, and none stands in both scripts.
            None if self.folds.contains_key(&c) => Class::Traditional,
            None => Class::Common,
        }
    }

    fn set(&mut self, c: char, class: Class) {
        if let Some(slot) = self.classes.get_mut(c as usize) {
            *slot = class;
        }
    }

    /// Files a character by its simplified forms, the commonest first; `made` says how often others become a character.
    fn file(&mut self, forms: &[((char, char), u32)], made: &HashMap<char, u32>) {
        let ((c, _), _) = forms[0];
        let Some(&((_, fold), count)) = forms.iter().find(|((_, to), _)| *to != c) else { return };
        let stays = forms.iter().find(|((_, to), _)| *to == c).map_or(0, |form| form.1);
        let simplified = stays + made.get(&c).copied().unwrap_or(0);
        if count > simplified {
            self.folds.insert(c, fold);
        }
        if count >= ALMOST_ALWAYS * simplified {
            self.set(c, if forms.len() == 1 && simplified == 0 { Class::Traditional } else { Class::Several });
        } else {
            self.set(c, Class::Both);
        }
    }

    /// A character that Unicode has twice folds as its twin does.
    fn add_compatible(&mut self, code: u32) {
        let Some(c) = char::from_u32(code) else { return };
        let mut twin = c;
        decompose_canonical(c, |part| twin = part);
        if twin != c {
            self.folds.insert(c, self.folds.get(&twin).copied().unwrap_or(twin));
            self.set(c, if self.class(c) == Class::Common { Class::Common } else { Class::Traditional });
        }
    }

    /// What folds to something that folds itself, folds to the end of the way.
    fn close(&mut self) {
        let ends: Vec<(char, char)> = self.folds.keys().map(|&c| (c, self.end(c))).collect();
        self.folds = ends.into_iter().filter(|(from, to)| from != to).collect();
    }

    fn end(&self, c: char) -> char {
        let mut at = c;
        // A circle, which no dictionary should have, ends after a few steps.
        for _ in 0..4 {
            match self.folds.get(&at) {
                Some(&next) => at = next,
                None => break,
            }
        }
        at
    }

    fn add_words<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>) {
        for entry in entries {
            if pairs(&entry).count() < 2 {
                continue;
            }
            let depends = |text: &str| text.chars().any(|c| matches!(self.class(c), Class::Several | Class::Both));
            let (simplified, traditional) = (depends(entry.simplified), depends(entry.traditional));
            if simplified {
                self.words.entry(entry.simplified.into()).or_default().simplified = true;
            }
            if traditional {
                let spelling = self.words.entry(entry.traditional.into()).or_default();
                spelling.traditional.get_or_insert_with(|| entry.simplified.into());
            }
            if simplified || traditional {
                self.longest = self.longest.max(entry.simplified.chars().count());
            }
        }
    }

    /// The usual simplified form of a character by itself, whatever it stands in; what is folded stays when folded again.
    pub(super) fn usual(&self, c: char) -> char {
        self.folds.get(&c).copied().unwrap_or(c)
    }

    /// Folds a text, one character for one.
    pub(super) fn simplify(&self, text: &str) -> Simplified {
        let mut script = None;
        let mut out = Simplified { text: String::with_capacity(text.len()), moved: Vec::new() };
        for (at, c) in text.char_indices() {
            let fold = match self.class(c) {
                Class::Common | Class::Simplified => c,
                Class::Traditional => self.usual(c),
                class => {
                    let script = *script.get_or_insert_with(|| self.script(text));
                    self.in_word(text, at, script).unwrap_or_else(|| self.alone(c, class, script))
                }
            };
            out.push(at, c, fold);
        }
        out
    }

    fn script(&self, text: &str) -> Script {
        let (mut simplified, mut traditional) = (0_usize, 0_usize);
        for c in text.chars() {
            match self.class(c) {
                Class::Simplified => simplified += 1,
                Class::Traditional | Class::Several => traditional += 1,
                Class::Common | Class::Both => {}
            }
        }
        match (simplified, traditional) {
            (0, 0) => Script::Unknown,
            _ if traditional > simplified => Script::Traditional,
            _ => Script::Simplified,
        }
    }

    fn alone(&self, c: char, class: Class, script: Script) -> char {
        if class == Class::Several || script == Script::Traditional { self.usual(c) } else { c }
    }

    /// What becomes of the character at a byte in the longest word around it, the first of several. Where the script is
    /// not known, a word of simplified script comes before one of traditional script.
    fn in_word(&self, text: &str, at: usize, script: Script) -> Option<char> {
        let back = text[..at].char_indices().rev().map(|(start, _)| start).take(self.longest.saturating_sub(1));
        let mut best = None;
        for (place, start) in [at].into_iter().chain(back).enumerate() {
            for (count, (last, c)) in text[start..].char_indices().take(self.longest).enumerate() {
                if c.is_whitespace() {
                    break;
                }
                let word = &text[start..start + last + c.len_utf8()];
                let Some(form) = (count >= place).then(|| self.words.get(word)?.form(word, script)).flatten() else {
                    continue;
                };
                let rank = (count, form == word, place);
                if best.is_none_or(|(known, _)| rank > known) {
                    best = Some((rank, form));
                }
            }
        }
        best.and_then(|((_, _, place), form)| form.chars().nth(place))
    }
}

impl Spelling {
    /// What the word becomes in a text of some script; nothing where it is no word there.
    fn form<'a>(&'a self, word: &'a str, script: Script) -> Option<&'a str> {
        match (script, self.simplified, self.traditional.as_deref()) {
            (Script::Traditional, _, Some(form)) => Some(form),
            (_, true, _) => Some(word),
            (Script::Unknown | Script::Traditional, false, form) => form,
            (Script::Simplified, false, _) => None,
        }
    }
}

/// A text in simplified script with the way back to the text it was made of: as many characters, of which some take
/// another number of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simplified {
    text: String,
    /// Behind each character that has another length: its end in the text as it stood, and here.
    moved: Vec<(usize, usize)>,
}

impl Simplified {
    fn push(&mut self, at: usize, c: char, fold: char) {
        self.text.push(fold);
        if c.len_utf8() != fold.len_utf8() {
            self.moved.push((at + c.len_utf8(), self.text.len()));
        }
    }

    /// The whole.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands for a stretch of the text as it stood, which begins and ends between characters.
    pub fn of(&self, span: &Span) -> &str {
        &self.text[self.place(span.start)..self.place(span.end)]
    }

    fn place(&self, at: usize) -> usize {
        let before = self.moved.partition_point(|&(end, _)| end <= at).checked_sub(1).map(|last| self.moved[last]);
        before.map_or(at, |(end, here)| here + at - end)
    }
}

impl From<Simplified> for String {
    fn from(simplified: Simplified) -> Self {
        simplified.text
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;

    fn simplified(text: &str) -> String {
        Lexicon::embedded().simplify(text)
    }

    #[test]
    fn simplified_text_stays_as_it_is() {
        for text in [
            "什么、怎么、为什么，那么这么说。",
            "辽宁省的列宁著作影响显著，著有专著。",
            "乾隆年间的乾坤与涅槃。",
            "瞭望塔、象征与宫商角徵羽，奏摺。",
            "白皙的皮肤，土著人，名著想必很多。",
            "于是他著书立说。",
            "专著",
            "著",
            "么",
            "宁",
            "乾",
        ] {
            assert_eq!(simplified(text), text);
        }
    }

    #[test]
    fn traditional_text_is_folded_by_its_words() {
        for (text, wanted) in [
            ("他看著我說：乾杯！", "他看着我说：干杯！"),
            ("這部著作影響顯著，乾隆時期的專著。", "这部著作影响显著，乾隆时期的专著。"),
            ("乾燥的頭髮，餘額與剩餘", "干燥的头发，余额与剩余"),
            ("瞭望塔裏的人不瞭解特徵，宮商角徵羽", "瞭望塔里的人不了解特征，宫商角徵羽"),
            ("學生拿著筆，於是摺疊", "学生拿着笔，于是折叠"),
            ("甚麼是寧靜？遼寧", "甚么是宁静？辽宁"),
            ("乾杯", "干杯"),
            ("隨著", "随着"),
            ("於", "于"),
            ("豈有此理", "岂有此理"),
        ] {
            assert_eq!(simplified(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_folded_stays_when_folded_again() {
        let lexicon = Lexicon::embedded();
        for code in 0x3400..=0xFFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let usual = lexicon.simplify_char(c);
            assert_eq!(lexicon.simplify_char(usual), usual, "{c}");
        }
        for number in 0..lexicon.len() {
            let entry = lexicon.entry(number).unwrap();
            for word in [entry.simplified, entry.traditional] {
                let once = simplified(word);
                assert_eq!(simplified(&once), once, "{word}");
            }
        }
    }

    #[test]
    fn every_headword_of_simplified_script_stays_and_nearly_every_other_becomes_its_own() {
        let lexicon = Lexicon::embedded();
        let entries = || (0..lexicon.len()).filter_map(|number| lexicon.entry(number));
        let mut changed: Vec<&str> =
            entries().map(|entry| entry.simplified).filter(|word| simplified(word) != *word).collect();
        changed.dedup();
        // Two surnames: by themselves these are nearly always traditional.
        assert_eq!(changed, ["於", "閒"]);
        let wrong = entries().filter(|entry| simplified(entry.traditional) != entry.simplified).count();
        // Words that two entries write alike and simplify in two ways, and entries of unequal length.
        assert!(wrong * 1000 < lexicon.len(), "{wrong}");
    }

    #[test]
    fn stretches_are_found_where_characters_change_their_length() {
        let text = "𠮷𨦫說𩷶魚。";
        let folded = Lexicon::embedded().simplified(text);
        assert_eq!(folded.as_str().chars().count(), text.chars().count());
        for (number, (at, c)) in text.char_indices().enumerate() {
            let one = folded.of(&(at..at + c.len_utf8()));
            assert_eq!(one.chars().next(), folded.as_str().chars().nth(number));
            assert_eq!(one.chars().count(), 1);
        }
        assert_eq!(folded.of(&(0..text.len())), folded.as_str());
    }
}
