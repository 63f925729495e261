//! Languages: BCP 47 tags, and recognising a language by its script and, where several share one, by its letters.

use std::fmt;

use whatlang::{Detector, Lang as Detected};

/// A language that the sentence encoder knows. Chinese and English have a dictionary, words and terms besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    Arabic,
    /// Chinese, in simplified or traditional script.
    Chinese,
    Dutch,
    English,
    French,
    German,
    Italian,
    Japanese,
    Korean,
    Polish,
    Portuguese,
    Russian,
    Spanish,
    Thai,
    Turkish,
}

/// Each language with its primary subtag, further codes it goes by, and its name in English.
const LANGUAGES: [(Language, &str, &[&str], &str); 15] = [
    (Language::Arabic, "ar", &["ara"], "Arabic"),
    (Language::Chinese, "zh", &["zho", "chi", "cmn", "lzh", "yue"], "Chinese"),
    (Language::Dutch, "nl", &["nld", "dut"], "Dutch"),
    (Language::English, "en", &["eng"], "English"),
    (Language::French, "fr", &["fra", "fre"], "French"),
    (Language::German, "de", &["deu", "ger"], "German"),
    (Language::Italian, "it", &["ita"], "Italian"),
    (Language::Japanese, "ja", &["jpn"], "Japanese"),
    (Language::Korean, "ko", &["kor"], "Korean"),
    (Language::Polish, "pl", &["pol"], "Polish"),
    (Language::Portuguese, "pt", &["por"], "Portuguese"),
    (Language::Russian, "ru", &["rus"], "Russian"),
    (Language::Spanish, "es", &["spa"], "Spanish"),
    (Language::Thai, "th", &["tha"], "Thai"),
    (Language::Turkish, "tr", &["tur"], "Turkish"),
];

/// Kinds of Chinese with a subtag of their own, which is kept.
const OWN_SUBTAG: [&str; 3] = ["cmn", "lzh", "yue"];

impl Language {
    /// All of them, by their names in English.
    pub const ALL: [Self; 15] = {
        let mut out = [Self::Arabic; 15];
        let mut at = 0;
        while at < out.len() {
            out[at] = LANGUAGES[at].0;
            at += 1;
        }
        out
    };

    /// The primary subtag, such as `zh`.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The name in English.
    pub fn name(self) -> &'static str {
        self.row().3
    }

    /// Whether blanks part its words and sentences.
    pub fn has_blanks(self) -> bool {
        !matches!(self, Self::Chinese | Self::Japanese | Self::Thai)
    }

    /// Whether it is set in characters as wide as they are high.
    pub fn is_full_width(self) -> bool {
        matches!(self, Self::Chinese | Self::Japanese | Self::Korean)
    }

    fn row(self) -> &'static (Self, &'static str, &'static [&'static str], &'static str) {
        &LANGUAGES[self as usize]
    }
}

/// The subtags of all languages, for messages.
fn known() -> String {
    let codes: Vec<&str> = LANGUAGES.iter().map(|row| row.1).collect();
    codes.join(", ")
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
    #[error("language `{0}` is not supported; there are {list}", list = known())]
    Unsupported(String),
    /// The text looks like another language.
    #[error("the text looks like {0}, which is not supported; if that is wrong, name its language ({list})", list = known())]
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
        let row = LANGUAGES.iter().find(|row| row.1 == primary || row.2.contains(&primary.as_str()));
        let Some(&(language, code, ..)) = row else { return Err(Error::Unsupported(tag.to_owned())) };
        let mut canonical = if OWN_SUBTAG.contains(&primary.as_str()) { primary } else { code.to_owned() };
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

    /// Recognises the language of a text: Chinese, Japanese and Korean by the script of its letters, others by the
    /// letters that follow each other. Latin letters that tell nothing are English.
    ///
    /// # Errors
    /// [`Error::NoLetters`], or [`Error::LooksLike`] where another language prevails.
    pub fn recognise(text: &str) -> Result<Self, Error> {
        let seen = Scripts::count(text);
        let letters = seen.han + seen.latin + seen.kana + seen.hangul + seen.other;
        if letters == 0 {
            return Err(Error::NoLetters);
        }
        // Running Japanese has far more kana than one character in twelve.
        if seen.kana * 12 > seen.kana + seen.han && seen.kana * 4 > seen.latin {
            return Ok(Self::of(Language::Japanese));
        }
        if seen.hangul * 2 > letters {
            return Ok(Self::of(Language::Korean));
        }
        // A Chinese character says as much as four Latin letters.
        if seen.other * 2 <= letters && seen.han * 4 >= seen.latin {
            return Ok(Self::of(Language::Chinese));
        }
        by_letters(text, seen.other * 2 > letters).map(Self::of)
    }

    /// The tag, such as `zh` or `en-GB`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The region of the tag, such as `TW` of `zh-Hant-TW`; nothing where it names none.
    pub fn region(&self) -> Option<&str> {
        let is_region = |part: &&str| match part.len() {
            2 => part.chars().all(|c| c.is_ascii_alphabetic()),
            3 => part.chars().all(|c| c.is_ascii_digit()),
            _ => false,
        };
        // What follows a single letter is an extension.
        self.tag.split('-').skip(1).take_while(|part| part.len() > 1).find(is_region)
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

/// How much of a text is looked at to tell its language, in characters.
const SAMPLE: usize = 20_000;
/// A text with fewer characters is not refused for a language that it seems to be in.
const SHORT: usize = 300;

/// The language of a text in a script that several share; `strange` where its letters are not Latin.
fn by_letters(text: &str, strange: bool) -> Result<Language, Error> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let found = Detector::new().detect(&sample).filter(whatlang::Info::is_reliable).map(|info| info.lang());
    let known = found.and_then(|lang| LANGUAGES.iter().find(|row| row.2.contains(&lang.code())));
    if let Some(&(language, ..)) = known {
        return Ok(language);
    }
    // Letters of a script of its own tell by themselves.
    let allowed = vec![Detected::Rus, Detected::Ara, Detected::Tha];
    match found {
        Some(other) if strange || sample.chars().nth(SHORT).is_some() => Err(Error::LooksLike(other.eng_name())),
        None if strange => Detector::with_allowlist(allowed)
            .detect_lang(&sample)
            .and_then(|lang| LANGUAGES.iter().find(|row| row.2.contains(&lang.code())))
            .map(|row| row.0)
            .ok_or(Error::LooksLike("none of these languages")),
        _ => Ok(Language::English),
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
            ("ger-at", "de-AT", Language::German),
            ("ja", "ja", Language::Japanese),
        ] {
            let lang = Lang::parse(given).unwrap();
            assert_eq!((lang.tag(), lang.language()), (canonical, language));
        }
    }

    #[test]
    fn regions_are_told() {
        let region = |tag: &str| Lang::parse(tag).unwrap().region().map(str::to_owned);
        for (tag, wanted) in [
            ("zh", None),
            ("zh-Hant", None),
            ("zh-hant-tw", Some("TW")),
            ("zh-CN", Some("CN")),
            ("es-419", Some("419")),
            ("zh-x-tw", None),
        ] {
            assert_eq!(region(tag).as_deref(), wanted, "{tag}");
        }
    }

    #[test]
    fn foreign_and_broken_tags_are_refused() {
        assert_eq!(Lang::parse("sw"), Err(Error::Unsupported("sw".to_owned())));
        for broken in ["", "z", "zh--CN", "中文", "zh-abcdefghi", "e1"] {
            assert_eq!(Lang::parse(broken), Err(Error::Malformed(broken.to_owned())), "{broken}");
        }
    }

    #[test]
    fn languages_are_recognised_by_script() {
        let of = |text: &str| Lang::recognise(text).map(|lang| lang.language());
        for (language, text) in [
            (Language::English, "Since 2009, CSIS and 现代院 have met."),
            (Language::English, "Print article |"),
            (Language::English, "Foreword"),
            (Language::Chinese, "自2009年以来，CSIS与CICIR举行了会晤。"),
            (Language::Chinese, "網路安全"),
            (Language::Japanese, "これは日本語の文章です。"),
            (Language::Korean, "이것은 한국어 문장입니다."),
            (Language::Russian, "Это русский текст"),
            (Language::Thai, "นี่คือข้อความภาษาไทย"),
            (Language::Arabic, "هذا نص عربي"),
            (
                Language::German,
                "Alle Menschen sind frei und gleich an Würde und Rechten geboren und sollen einander begegnen.",
            ),
            (Language::French, "Tous les êtres humains naissent libres et égaux en dignité et en droits."),
            (Language::Polish, "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw."),
            (Language::Turkish, "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar."),
        ] {
            assert_eq!(of(text), Ok(language), "{text}");
        }
        let ukrainian = "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом.";
        assert_eq!(of(ukrainian), Err(Error::LooksLike("Ukrainian")));
        assert_eq!(of("12 + 30 = 42"), Err(Error::NoLetters));
    }
}
