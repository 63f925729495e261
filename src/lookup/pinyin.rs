//! Pinyin: as the dictionary writes it, as people read it, as people type it.

use unicode_normalization::UnicodeNormalization as _;

/// Pinyin as it is read, `wǎng luò`, from the form of the dictionary with numbers, `wang3 luo4`.
pub fn read_pinyin(numbered: &str) -> String {
    let syllables: Vec<String> = numbered.split(' ').map(marked).collect();
    syllables.join(" ").replace(" ,", ",")
}

/// The glosses of an entry as they are read: `; ` between them, and the pinyin of words they name with marks.
pub fn read_glosses(glosses: &str) -> String {
    let mut out = String::new();
    let mut rest = glosses;
    while let Some((before, (pinyin, after))) =
        rest.split_once('[').and_then(|(before, after)| Some((before, after.split_once(']')?)))
    {
        out += &before.replace('/', "; ");
        out.push('[');
        out += &read_pinyin(pinyin);
        out.push(']');
        rest = after;
    }
    out + &rest.replace('/', "; ")
}

/// A syllable with its tone as a mark.
fn marked(syllable: &str) -> String {
    let plain = syllable.replace("u:", "ü").replace("U:", "Ü");
    let Some((letters, tone)) =
        plain.char_indices().next_back().and_then(|(at, last)| Some((&plain[..at], tone(last)?)))
    else {
        return plain;
    };
    let mark = match tone {
        1 => '\u{304}',
        2 => '\u{301}',
        3 => '\u{30C}',
        4 => '\u{300}',
        _ => return letters.to_owned(),
    };
    let Some(place) = marked_letter(letters) else { return letters.to_owned() };
    letters.char_indices().flat_map(|(at, c)| [Some(c), (at == place).then_some(mark)]).flatten().nfc().collect()
}

/// The letter that carries the mark: `a` or `e`, otherwise the `o` of `ou`, otherwise the last vowel; without a vowel, as in
/// `m2`, the first letter.
fn marked_letter(letters: &str) -> Option<usize> {
    let is_vowel = |c: char| "aeiouüAEIOUÜ".contains(c);
    letters
        .find(['a', 'e', 'A', 'E'])
        .or_else(|| letters.to_lowercase().find("ou"))
        .or_else(|| letters.rfind(is_vowel))
        .or_else(|| letters.find(char::is_alphabetic))
}

fn tone(c: char) -> Option<u8> {
    c.to_digit(6).filter(|digit| *digit > 0).and_then(|digit| u8::try_from(digit).ok())
}

/// A syllable of the dictionary: where its letters end in the row of all letters, and its tone; 0 for a letter without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    pub(super) end: usize,
    pub(super) tone: u8,
}

/// Adds the letters of pinyin with numbers to a text, in lower case, `v` for `ü`, and gives its syllables. What is no letter
/// is left out.
pub(super) fn push_letters(numbered: &str, out: &mut String) -> Vec<Syllable> {
    let start = out.len();
    let mut syllables = Vec::new();
    for written in numbered.split(' ') {
        let before = out.len();
        for c in written.chars() {
            match c {
                ':' if out.ends_with('u') => {
                    out.pop();
                    out.push('v');
                }
                _ if c.is_ascii_alphabetic() => out.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        if out.len() > before {
            let tone = written.chars().next_back().and_then(tone).unwrap_or(0);
            syllables.push(Syllable { end: out.len() - start, tone });
        }
    }
    syllables
}

/// What may be pinyin: letters, and what was said of syllables on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// In lower case, `v` for `ü`.
    pub(super) letters: String,
    /// Places among the letters where a syllable ends.
    bounds: Vec<usize>,
    /// Letters whose syllable has a tone.
    tones: Vec<(usize, u8)>,
    /// What else it may spell.
    others: Vec<(Umlaut, Spelling)>,
}

/// What else than ü is read as ü.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Umlaut {
    /// `lyu`, which can be nothing else.
    AfterLy,
    /// `lue` and `nue` besides, in one syllable always lüe and nüe.
    BeforeE,
    /// `nyu` besides, which is mostly *n* and *yu*.
    AfterNy,
}

impl Spelling {
    /// Reads letters with marks or numbers, blanks, hyphens and apostrophes between syllables; nothing where there is
    /// anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut out = Self::read_as(text, Umlaut::AfterLy)?;
        for umlaut in [Umlaut::BeforeE, Umlaut::AfterNy] {
            let last = out.others.last().map_or(&out, |(_, other)| other);
            let other = Self::read_as(text, umlaut).filter(|other| other.letters != last.letters);
            out.others.extend(other.map(|other| (umlaut, other)));
        }
        Some(out)
    }

    fn read_as(text: &str, umlaut: Umlaut) -> Option<Self> {
        let mut out = Self::default();
        for c in text.nfkd().flat_map(char::to_lowercase) {
            let last = out.letters.len().checked_sub(1);
            match c {
                'a'..='z' => out.push(c, umlaut),
                // Read as one letter: ü is often typed so.
                ':' | '\u{308}' if out.letters.ends_with('u') => {
                    out.letters.pop();
                    out.letters.push('v');
                }
                '\u{304}' => out.tones.push((last?, 1)),
                '\u{301}' => out.tones.push((last?, 2)),
                // A breve for a caron is a common mistake.
                '\u{30C}' | '\u{306}' => out.tones.push((last?, 3)),
                '\u{300}' => out.tones.push((last?, 4)),
                '0'..='5' => {
                    out.tones.push((last?, tone(c).unwrap_or(5)));
                    out.bounds.push(out.letters.len());
                }
                '\'' | '’' | '-' => out.bounds.push(out.letters.len()),
                _ if c.is_whitespace() => out.bounds.push(out.letters.len()),
                _ => return None,
            }
        }
        (!out.letters.is_empty()).then_some(out)
    }

    fn push(&mut self, c: char, umlaut: Umlaut) {
        let begun = &self.letters[self.bounds.last().copied().unwrap_or(0)..];
        let after = |letters: &str, least: Umlaut| umlaut >= least && begun.ends_with(letters);
        let y = c == 'u' && (after("ly", Umlaut::AfterLy) || after("ny", Umlaut::AfterNy));
        let u = c == 'e' && (after("lu", Umlaut::BeforeE) || after("nu", Umlaut::BeforeE));
        if y || u {
            self.letters.pop();
            self.letters.push('v');
        }
        if !y {
            self.letters.push(c);
        }
    }

    /// What is found by all that it may spell; by what it can hardly spell only where there is nothing else.
    pub(super) fn found_by<T>(&self, mut find: impl FnMut(&Self) -> Vec<T>) -> Vec<T> {
        let mut out = find(self);
        for (umlaut, other) in &self.others {
            if *umlaut < Umlaut::AfterNy || out.is_empty() {
                out.extend(find(other));
            }
        }
        out
    }

    /// Whether syllables are those that were meant. The letters are known to agree.
    pub(super) fn agrees(&self, syllables: &[Syllable]) -> bool {
        let bound = |bound: &usize| *bound == 0 || syllables.iter().any(|syllable| syllable.end == *bound);
        let tone = |(letter, tone): &(usize, u8)| {
            let meant = syllables.iter().find(|syllable| syllable.end > *letter);
            meant.is_some_and(|syllable| syllable.tone == *tone)
        };
        self.bounds.iter().all(bound) && self.tones.iter().all(tone)
    }

    /// Whether nothing is said of syllables.
    pub(super) fn is_bare(&self) -> bool {
        self.bounds.is_empty() && self.tones.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_on_the_right_letter() {
        for (numbered, read) in [
            ("Wang3 luo4", "Wǎng luò"),
            ("lu:4 shi1", "lǜ shī"),
            ("dou1 liu4 gui3 xiong2", "dōu liù guǐ xióng"),
            ("hua1 r5 de5", "huā r de"),
            ("ou1 zhou1 · A1", "ōu zhōu · Ā"),
            ("yi1 , er4", "yī, èr"),
            ("m2 n", "ḿ n"),
            ("K ge1", "K gē"),
            ("O1", "Ō"),
        ] {
            assert_eq!(read_pinyin(numbered), read);
        }
    }

    #[test]
    fn glosses_name_other_words_as_they_are_read() {
        assert_eq!(read_glosses("law/CL:條|条[tiao2],個|个[ge4]/[x"), "law; CL:條|条[tiáo],個|个[gè]; [x");
        assert_eq!(read_glosses("cyberspace"), "cyberspace");
    }

    fn fits(typed: &str, numbered: &str) -> bool {
        let mut letters = String::new();
        let syllables = push_letters(numbered, &mut letters);
        let fits = |way: &Spelling| way.letters == letters && way.agrees(&syllables);
        Spelling::read(typed).is_some_and(|typed| !typed.found_by(|way| vec![(); usize::from(fits(way))]).is_empty())
    }

    #[test]
    fn what_is_typed_meets_what_the_dictionary_writes() {
        for typed in
            ["wangluo", "wang luo", "Wǎng luò", "wang3luo4", "wang3 luo", "wangluò", "ｗａｎｇｌｕｏ", "wăngluo"]
        {
            assert!(fits(typed, "wang3 luo4"), "{typed}");
        }
        for typed in ["wang2luo4", "wangl uo", "wánglùo", "wang3luo5"] {
            assert!(!fits(typed, "wang3 luo4"), "{typed}");
        }
        assert!(fits("xi'an", "Xi1 an1") && fits("xian", "Xi1 an1") && !fits("xi'an", "xian1"));
        for typed in ["nv", "nü", "nǚ", "nu:3", "nv3", "nyu", "nyu3", "nyǔ"] {
            assert!(fits(typed, "nu:3"), "{typed}");
        }
        assert!(fits("de0", "de5") && fits("huar", "hua1 r5"));
        for typed in ["", "网络", "wang!", "3", "日本"] {
            assert_eq!(Spelling::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_umlaut_may_be_left_out_before_e_and_be_typed_with_y() {
        for typed in ["lueduo", "lve duo", "lüeduo", "lüèduó", "luèduó", "lue4duo2", "lu:e4 duo2", "lyueduo", "LUE DUO"]
        {
            assert!(fits(typed, "lu:e4 duo2"), "{typed}");
        }
        for typed in ["nuedai", "nvedai", "nüedai", "nyuedai", "nue4dai4", "nue dai"] {
            assert!(fits(typed, "nu:e4 dai4"), "{typed}");
        }
        for typed in ["lyu", "lv", "lü", "lyu4", "lǜ"] {
            assert!(fits(typed, "lu:4"), "{typed}");
        }
        // Where a syllable ends, that is said; what has no umlaut keeps none.
        for (typed, other) in [("lu'e", "lu:e4"), ("lue2", "lu:e4"), ("lu", "lu:4"), ("lve", "lu4 e4")] {
            assert!(!fits(typed, other), "{typed}");
        }
        assert!(fits("yinyue", "yin1 yue4") && fits("hanyu", "han4 yu3") && fits("lu'e", "lu4 e2"));
    }
}
