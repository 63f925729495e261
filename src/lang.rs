//! Languages: BCP 47 tags, and recognising a language by its script and, where several share one, by its letters.

mod names;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use names::{ALIASES, NAMES};
use whatlang::{Detector, Lang as Detected};

use crate::notice::{Notice, Tell, notice};

/// A language. The sentence encoder knows those that are variants; Chinese and English have a dictionary, words and terms
/// besides. Of any other nothing is known but its code.
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
    /// Any other, by its primary subtag.
    Other(&'static str),
}

/// The languages that the sentence encoder knows, with their primary subtags.
const KNOWN: [(Language, &str); 15] = [
    (Language::Arabic, "ar"),
    (Language::Chinese, "zh"),
    (Language::Dutch, "nl"),
    (Language::English, "en"),
    (Language::French, "fr"),
    (Language::German, "de"),
    (Language::Italian, "it"),
    (Language::Japanese, "ja"),
    (Language::Korean, "ko"),
    (Language::Polish, "pl"),
    (Language::Portuguese, "pt"),
    (Language::Russian, "ru"),
    (Language::Spanish, "es"),
    (Language::Thai, "th"),
    (Language::Turkish, "tr"),
];

/// Kinds of Chinese with a subtag of their own, which is kept.
const KINDS_OF_CHINESE: [&str; 8] = ["cmn", "gan", "hak", "hsn", "lzh", "nan", "wuu", "yue"];

/// Further languages whose words and sentences no blanks part.
const WITHOUT_BLANKS: [&str; 5] = ["bo", "dz", "km", "lo", "my"];

impl Language {
    /// Those that the sentence encoder knows, by their names in English.
    pub const KNOWN: [Self; 15] = {
        let mut out = [Self::Arabic; 15];
        let mut at = 0;
        while at < out.len() {
            out[at] = KNOWN[at].0;
            at += 1;
        }
        out
    };

    /// Every language that has a name in English.
    pub fn named() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|&(code, ..)| Self::of_code(code))
    }

    /// The language of a primary subtag in small letters.
    fn of_code(code: &str) -> Self {
        match KNOWN.iter().find(|(_, own)| *own == code) {
            Some((language, _)) => *language,
            None if KINDS_OF_CHINESE.contains(&code) => Self::Chinese,
            None => Self::Other(interned(code)),
        }
    }

    /// The primary subtag, such as `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Other(code) => code,
            known => KNOWN.iter().find(|(language, _)| *language == known).map_or("und", |(_, code)| code),
        }
    }

    /// The name in English; the primary subtag where we know none.
    pub fn name(self) -> &'static str {
        let code = self.code();
        name_of(code).map_or(code, |(.., name)| name)
    }

    /// Whether the sentence encoder knows it.
    pub fn is_known(self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// Whether blanks part its words and sentences.
    pub fn has_blanks(self) -> bool {
        match self {
            Self::Chinese | Self::Japanese | Self::Thai => false,
            Self::Other(code) => !WITHOUT_BLANKS.contains(&code),
            _ => true,
        }
    }

    /// Whether it is set in characters as wide as they are high.
    pub fn is_full_width(self) -> bool {
        matches!(self, Self::Chinese | Self::Japanese | Self::Korean)
    }
}

/// A subtag that lives as long as the program; each is kept once.
fn interned(code: &str) -> &'static str {
    static SEEN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    if let Some((own, ..)) = name_of(code) {
        return own;
    }
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    seen.get(code).copied().unwrap_or_else(|| {
        let code: &'static str = Box::leak(code.into());
        seen.insert(code);
        code
    })
}

/// The line of the table of names with a code of two letters.
fn name_of(code: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    NAMES.binary_search_by_key(&code, |(own, ..)| own).ok().map(|at| &NAMES[at])
}

/// The codes of the languages that the encoder knows, for messages.
fn known() -> String {
    KNOWN.map(|(_, code)| code).join(", ")
}

/// A language with the BCP 47 tag it was given by, such as `zh-Hant-TW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lang {
    tag: Box<str>,
    language: Language,
}

/// Why a language could not be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// Not a well-formed tag.
    Malformed(String),
    /// The text is in a script by which we know no language.
    Unrecognised,
    /// No letters at all.
    NoLetters,
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Malformed(tag) => {
                notice!("`{0}` is not a BCP 47 language tag; write for example zh, zh-Hant or en-GB", tag)
            }
            Self::Unrecognised => notice!(
                "the language of the text is not recognised; name it with a language option, by its tag such as {0}",
                known()
            ),
            Self::NoLetters => {
                notice!("no letters to recognise a language by; name the language with a language option")
            }
        }
    }
}

impl Lang {
    /// Reads the BCP 47 tag of any language; case is put in its usual form (`zh-hant-tw` becomes `zh-Hant-TW`), and a code
    /// of three letters is the one of two where there is one.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(tag: &str) -> Result<Self, Error> {
        let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let rest: Vec<&str> = parts.collect();
        let primary_fine = (2..=8).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic());
        if !primary_fine || !rest.iter().all(|part| well_formed(part)) {
            return Err(Error::Malformed(tag.to_owned()));
        }
        let mut canonical = two_letters(&primary).unwrap_or(&primary).to_owned();
        let language = Language::of_code(&canonical);
        let mut within_extension = false;
        for part in rest {
            within_extension |= part.len() == 1;
            canonical.push('-');
            canonical.push_str(&if within_extension { part.to_ascii_lowercase() } else { canonical_subtag(part) });
        }
        Ok(Self { tag: canonical.into(), language })
    }

    /// As [`parse`](Self::parse), but nothing for a language that has no name: where any word may stand, as in the first
    /// line of a table, `mouse` is no tag.
    pub fn named(tag: &str) -> Option<Self> {
        let lang = Self::parse(tag).ok()?;
        let primary = lang.tag.split('-').next().unwrap_or_default();
        let is_named = lang.language.is_known() || name_of(primary).is_some();
        is_named.then_some(lang)
    }

    /// The plain tag of `language`.
    pub fn of(language: Language) -> Self {
        Self { tag: language.code().into(), language }
    }

    /// Recognises the language of a text: Chinese, Japanese and Korean by the script of its letters, others by the
    /// letters that follow each other. Latin letters that tell nothing are English.
    ///
    /// # Errors
    /// [`Error::NoLetters`], or [`Error::Unrecognised`].
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

    /// The script: what the tag says, or for Chinese what goes with its region.
    pub fn script(&self) -> Option<&str> {
        let is_script = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic());
        let said = self.tag.split('-').skip(1).take_while(|part| part.len() > 1).find(is_script);
        said.or_else(|| match self.region() {
            _ if self.language != Language::Chinese => None,
            Some("TW" | "HK" | "MO") => Some("Hant"),
            Some("CN" | "SG" | "MY") => Some("Hans"),
            _ => None,
        })
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the tag names neither region nor script.
    pub fn is_general(&self) -> bool {
        self.region().is_none() && self.script().is_none()
    }

    /// How well a text or column with this tag answers a wish; nothing where it is another language.
    pub fn fit(&self, wish: &Self) -> Option<Fit> {
        match () {
            () if self.language != wish.language => None,
            () if self.tag == wish.tag => Some(Fit::Tag),
            () if self.script().is_some() && self.script() == wish.script() => Some(Fit::Script),
            () => Some(Fit::Language),
        }
    }

    /// Which of several tags answers a wish best; of equals the first.
    pub fn best<'a>(&self, among: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        let fits = among.into_iter().filter_map(|lang| Some((lang.fit(self)?, lang)));
        fits.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, lang)| lang)
    }
}

/// How well a tag answers a wish, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The same language.
    Language,
    /// In the same script, too.
    Script,
    /// The very tag.
    Tag,
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

/// How much of a text is looked at to tell its language, in characters.
const SAMPLE: usize = 20_000;
/// A text with fewer characters is not taken for another language than the known ones by its letters alone.
const SHORT: usize = 300;

/// The language of a text in a script that several share; `strange` where its letters are not Latin.
fn by_letters(text: &str, strange: bool) -> Result<Language, Error> {
    let sample: String = text.chars().take(SAMPLE).collect();
    let found = Detector::new().detect(&sample).filter(whatlang::Info::is_reliable).map(|info| language(info.lang()));
    // Letters of a script of its own tell by themselves.
    let by_script = || {
        let allowed = vec![Detected::Rus, Detected::Ara, Detected::Tha];
        Detector::with_allowlist(allowed).detect_lang(&sample).map(language).ok_or(Error::Unrecognised)
    };
    match found {
        Some(found) if found.is_known() || strange || sample.chars().nth(SHORT).is_some() => Ok(found),
        None if strange => by_script(),
        _ => Ok(Language::English),
    }
}

/// The code of two letters for one of three.
fn two_letters(code: &str) -> Option<&'static str> {
    let named = NAMES.iter().find(|(_, three, _)| *three == code).map(|(two, ..)| *two);
    named.or_else(|| ALIASES.iter().find(|(three, _)| *three == code).map(|(_, two)| *two))
}

fn language(detected: Detected) -> Language {
    match detected.code() {
        "cmn" => Language::Chinese,
        code => Language::of_code(two_letters(code).unwrap_or(code)),
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
            ("VI", "vi", Language::Other("vi")),
            ("ukr-UA", "uk-UA", Language::Other("uk")),
            ("es-419", "es-419", Language::Spanish),
            ("yue-Hant-HK", "yue-Hant-HK", Language::Chinese),
            ("qaa-x-OLD", "qaa-x-old", Language::Other("qaa")),
            ("en-US-x-TWAIN", "en-US-x-twain", Language::English),
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
    fn broken_tags_are_refused_and_words_are_no_names_of_languages() {
        for broken in ["", "z", "zh--CN", "中文", "zh-abcdefghi", "e1"] {
            assert_eq!(Lang::parse(broken), Err(Error::Malformed(broken.to_owned())), "{broken}");
        }
        assert!(["mouse", "the", "qaa", "note"].iter().all(|word| Lang::named(word).is_none()));
        assert!(["sw", "vi-VN", "ukr", "yue", "chi"].iter().all(|tag| Lang::named(tag).is_some()));
        assert_eq!((Language::Other("sw").name(), Language::Other("qaa").name()), ("Swahili", "qaa"));
        assert_eq!(Lang::parse("qbb").unwrap().language(), Lang::parse("qbb-CN").unwrap().language());
    }

    #[test]
    fn the_table_of_names_is_in_order_and_knows_every_language_of_ours() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(
            ALIASES.iter().all(|(three, two)| two_letters(three) == Some(two) && NAMES.iter().any(|n| n.0 == *two))
        );
        assert!(KNOWN.iter().all(|(language, code)| Language::of_code(code) == *language && language.name() != *code));
        assert_eq!(Language::named().count(), NAMES.len());
    }

    #[test]
    fn the_best_tag_is_the_very_one_then_one_of_the_script_then_the_first() {
        let lang = |tag: &str| Lang::parse(tag).unwrap();
        let best = |wish: &str, among: &[&str]| {
            let among: Vec<Lang> = among.iter().map(|tag| lang(tag)).collect();
            lang(wish).best(&among).map(|lang| lang.tag().to_owned())
        };
        for (wish, among, found) in [
            ("zh-TW", &["en", "zh-CN", "zh-TW"][..], Some("zh-TW")),
            ("zh-TW", &["zh-CN", "zh-Hant"], Some("zh-Hant")),
            ("zh-HK", &["zh-CN", "zh-TW"], Some("zh-TW")),
            ("zh-TW", &["en", "zh-CN"], Some("zh-CN")),
            ("zh", &["zh-TW", "zh-CN"], Some("zh-TW")),
            ("zh", &["zh-TW", "zh"], Some("zh")),
            ("es-419", &["es-ES", "es-MX"], Some("es-ES")),
            ("vi", &["en", "zh"], None),
        ] {
            assert_eq!(best(wish, among).as_deref(), found, "{wish} {among:?}");
        }
        assert_eq!((lang("zh-Hans-HK").script(), lang("en-US").script()), (Some("Hans"), None));
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
        assert_eq!(of(ukrainian), Ok(Language::Other("uk")));
        let vietnamese = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. ".repeat(5);
        assert_eq!(of(&vietnamese), Ok(Language::Other("vi")));
        assert_eq!(of("ეს ქართული ტექსტია"), Ok(Language::Other("ka")));
        assert_eq!(of("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ"), Err(Error::Unrecognised));
        assert_eq!(of("12 + 30 = 42"), Err(Error::NoLetters));
    }
}
