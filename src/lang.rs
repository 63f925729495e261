//! Languages: BCP 47 tags, and recognising Chinese and English by their script.

use std::fmt;

use serde::Serialize;

/// The two languages the program works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, in simplified or traditional script.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The primary subtag, `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The other one of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

/// A language with the BCP 47 tag it was given by, such as `zh-Hant-TW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lang {
    tag: Box<str>,
    language: Language,
}

/// Why a language could not be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a well-formed tag.
    #[error("`{0}` is not a BCP 47 language tag; write for example zh, zh-Hant or en-GB")]
    Malformed(String),
    /// A well-formed tag of a language we do not work with.
    #[error("language `{0}` is not supported; give Chinese (zh, zh-CN, zh-Hant …) or English (en, en-GB …)")]
    Unsupported(String),
    /// The text looks like another language.
    #[error(
        "the text looks like {0}, which is not supported; if it is Chinese or English, say so with a language option"
    )]
    LooksLike(&'static str),
    /// No letters at all.
    #[error("no letters to recognise a language by; name the language with a language option")]
    NoLetters,
}

impl Lang {
    /// Reads a BCP 47 tag; case is put in its usual form (`zh-hant-tw` becomes `zh-Hant-TW`).
    ///
    /// # Errors
    /// [`Error::Malformed`] or [`Error::Unsupported`].
    pub fn parse(tag: &str) -> Result<Self, Error> {
        let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let rest: Vec<&str> = parts.collect();
        let primary_fine = (2..=8).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic());
        if !primary_fine || !rest.iter().all(|part| well_formed(part)) {
            return Err(Error::Malformed(tag.to_owned()));
        }
        let language = match primary.as_str() {
            "zh" | "zho" | "chi" | "cmn" | "lzh" | "yue" => Language::Chinese,
            "en" | "eng" => Language::English,
            _ => return Err(Error::Unsupported(tag.to_owned())),
        };
        let mut canonical = if primary.len() == 3 && matches!(primary.as_str(), "zho" | "chi" | "eng") {
            language.code().to_owned()
        } else {
            primary
        };
        for part in rest {
            canonical.push('-');
            canonical.push_str(&canonical_subtag(part));
        }
        Ok(Self { tag: canonical.into(), language })
    }

    /// The plain tag of `language`.
    pub fn of(language: Language) -> Self {
        Self { tag: language.code().into(), language }
    }

    /// Recognises the language of a text by the script of its letters.
    ///
    /// # Errors
    /// [`Error::NoLetters`], or [`Error::LooksLike`] where another script prevails.
    pub fn recognise(text: &str) -> Result<Self, Error> {
        let seen = Scripts::count(text);
        let letters = seen.han + seen.latin + seen.kana + seen.hangul + seen.other;
        if letters == 0 {
            return Err(Error::NoLetters);
        }
        // Running Japanese has far more kana than one character in twelve.
        if seen.kana * 12 > seen.kana + seen.han && seen.kana * 4 > seen.latin {
            return Err(Error::LooksLike("Japanese"));
        }
        if seen.hangul * 2 > letters {
            return Err(Error::LooksLike("Korean"));
        }
        if seen.other * 2 > letters {
            return Err(Error::LooksLike("neither Chinese nor English"));
        }
        // A Chinese character says as much as four Latin letters.
        let language = if seen.han * 4 >= seen.latin { Language::Chinese } else { Language::English };
        Ok(Self::of(language))
    }

    /// The tag, such as `zh` or `en-GB`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Chinese or English.
    pub fn language(&self) -> Language {
        self.language
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

fn canonical_subtag(part: &str) -> String {
    match part.len() {
        2 => part.to_ascii_uppercase(),
        4 if part.chars().all(|c| c.is_ascii_alphabetic()) => {
            part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    }
}

#[derive(Default)]
struct Scripts {
    han: usize,
    latin: usize,
    kana: usize,
    hangul: usize,
    other: usize,
}

impl Scripts {
    fn count(text: &str) -> Self {
        let mut seen = Self::default();
        // A book is recognised by its first pages.
        for c in text.chars().take(200_000) {
            match c {
                _ if is_han(c) => seen.han += 1,
                '\u{3041}'..='\u{30ff}' => seen.kana += 1,
                '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => seen.hangul += 1,
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
                    seen.latin += 1;
                }
                _ if c.is_alphabetic() => seen.other += 1,
                _ => {}
            }
        }
        seen
    }
}

/// Whether `c` is a Chinese character (any of the unified blocks, or 〇).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{323af}'
        | '\u{f900}'..='\u{faff}' | '\u{3007}' | '\u{3005}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_put_in_form() {
        for (given, canonical, language) in [
            ("zh", "zh", Language::Chinese),
            ("ZH-hant-tw", "zh-Hant-TW", Language::Chinese),
            ("zho", "zh", Language::Chinese),
            ("cmn-Hans", "cmn-Hans", Language::Chinese),
            ("en_gb", "en-GB", Language::English),
        ] {
            let lang = Lang::parse(given).unwrap();
            assert_eq!((lang.tag(), lang.language()), (canonical, language));
        }
    }

    #[test]
    fn foreign_and_broken_tags_are_refused() {
        assert_eq!(Lang::parse("fr"), Err(Error::Unsupported("fr".to_owned())));
        for broken in ["", "z", "zh--CN", "中文", "zh-abcdefghi", "e1"] {
            assert_eq!(Lang::parse(broken), Err(Error::Malformed(broken.to_owned())), "{broken}");
        }
    }

    #[test]
    fn languages_are_recognised_by_script() {
        let of = |text| Lang::recognise(text).map(|lang| lang.language());
        assert_eq!(of("Since 2009, CSIS and 现代院 have met."), Ok(Language::English));
        assert_eq!(of("自2009年以来，CSIS与CICIR举行了会晤。"), Ok(Language::Chinese));
        assert_eq!(of("網路安全"), Ok(Language::Chinese));
        assert_eq!(of("これは日本語の文章です。"), Err(Error::LooksLike("Japanese")));
        assert_eq!(of("Это русский текст"), Err(Error::LooksLike("neither Chinese nor English")));
        assert_eq!(of("12 + 30 = 42"), Err(Error::NoLetters));
    }
}
