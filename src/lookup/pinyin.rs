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
}

impl Spelling {
    /// Reads letters with marks or numbers, blanks, hyphens and apostrophes between syllables; nothing where there is
    /// anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut out = Self::default();
        for c in text.nfkd().flat_map(char::to_lowercase) {
            let last = out.letters.len().checked_sub(1);
            match c {
                'a'..='z' => out.letters.push(c),
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
        Spelling::read(typed).is_some_and(|spelling| spelling.letters == letters && spelling.agrees(&syllables))
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
        for typed in ["nv", "nü", "nǚ", "nu:3", "nv3"] {
            assert!(fits(typed, "nu:3"), "{typed}");
        }
        assert!(fits("de0", "de5") && fits("huar", "hua1 r5"));
        for typed in ["", "网络", "wang!", "3", "日本"] {
            assert_eq!(Spelling::read(typed), None, "{typed}");
        }
    }
}
