//! Aligned pairs of Chinese and English in, from a table: what [`super::rows`] reads, unit by unit.

use std::io::BufRead;

use super::error;
use super::lines::whole;
use super::table::{self, Columns};
use crate::lang::{Error as LangError, Lang, Language};
use crate::notice::{Notice, Tell, notice};

/// Pairs, Chinese first whatever their order in the file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Pairs {
    /// Chinese and English.
    pub pairs: Vec<(String, String)>,
    /// Lines without a second cell or with an empty side, by their numbers from 1.
    pub skipped: Vec<usize>,
}

/// Why a file of pairs was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// There are no two columns of texts.
    Header,
    /// A code in the header is no language we know, or the language of a column cannot be told.
    Language(LangError),
    /// Not Chinese and English.
    OneLanguage,
    /// Another language.
    OtherLanguage(&'static str),
    /// It is no table, or a column that is asked for is not there.
    Table(error::Error),
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Header => {
                notice!("this line should name the two languages, such as `zh` and `en` with a tab between them")
            }
            Self::Language(problem) => problem.tell(),
            Self::OneLanguage => notice!("one language is named twice; one of zh and en is missing"),
            Self::OtherLanguage(language) => {
                notice!("{0} is named, but pairs are read in zh and en only", Notice::said(language))
            }
            Self::Table(problem) => problem.tell(),
        }
    }
}

impl From<LangError> for Error {
    fn from(problem: LangError) -> Self {
        Self::Language(problem)
    }
}

impl From<error::Error> for Error {
    fn from(problem: error::Error) -> Self {
        match problem {
            error::Error::Language(problem) => Self::Language(problem),
            problem => Self::Table(problem),
        }
    }
}

/// How many rows are looked at to tell the language of a column.
const SAMPLE: usize = 1000;

/// Reads pairs; further columns are ignored, nothing is trimmed but the line end. A table without a header is read where
/// its columns or their languages are given.
///
/// # Errors
/// When there are no two columns of texts, or they are not in Chinese and English.
pub fn read(input: &mut dyn BufRead, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Pairs, Error> {
    let sheet = table::read(&whole(input)?)?;
    let layout = table::layout(&sheet, langs, columns)?;
    let [source, target] = layout.pair(langs).ok_or(Error::Header)?;
    let rows = sheet.rows.get(usize::from(layout.head)..).unwrap_or_default();
    if !layout.head && columns.is_none() && langs.iter().all(Option::is_none) {
        // Any two columns would do, and what is extracted from the wrong ones looks right.
        let first = sheet.rows.first().map_or(&[][..], |(_, cells)| cells);
        let [first, second, ..] = first else { return Err(Error::Header) };
        Lang::parse(first).and(Lang::parse(second))?;
        return Err(Error::Header);
    }
    let language = |at: usize| {
        let named = layout.texts().find(|(own, ..)| *own == at).and_then(|(.., lang)| lang);
        if let Some(lang) = named {
            return Ok(lang.language());
        }
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(at)).take(SAMPLE).map(String::as_str);
        Lang::recognise(&cells.collect::<Vec<_>>().join("\n")).map(|lang| lang.language())
    };
    let (first, second) = (language(source)?, language(target)?);
    if first == second {
        return Err(Error::OneLanguage);
    }
    if let Some(other) = [first, second].into_iter().find(|l| !matches!(l, Language::Chinese | Language::English)) {
        return Err(Error::OtherLanguage(other.name()));
    }
    let mut out = Pairs::default();
    for (line, mut cells) in sheet.rows.into_iter().skip(usize::from(layout.head)) {
        let [first_text, second_text] = [source, target].map(|at| cells.get_mut(at).map(std::mem::take));
        match (first_text, second_text) {
            (Some(a), Some(b)) if !a.trim().is_empty() && !b.trim().is_empty() => {
                out.pairs.push(if first == Language::Chinese { (a, b) } else { (b, a) });
            }
            _ => out.skipped.push(line),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_any(content: &str) -> Result<Pairs, Error> {
        read(&mut content.as_bytes(), [None, None], None)
    }

    #[test]
    fn either_order_and_what_is_skipped() {
        let read =
            read_any("en-GB\tzh-Hant\tnote\n\"It rained\t下雨了。\tx\nonly one\n\n  \t空\r\nEnd.\t完。\r\n").unwrap();
        let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(read.pairs, [pair("下雨了。", "\"It rained"), pair("完。", "End.")]);
        assert_eq!(read.skipped, [3, 5]);
    }

    #[test]
    fn headers_in_words_and_columns_that_are_given() {
        let pair = [("下雨了。".to_owned(), "It rained.".to_owned())];
        for content in ["原文,译文\n下雨了。,It rained.\n", "id;English;Chinese\r1;It rained.;下雨了。\r"] {
            assert_eq!(read_any(content).unwrap().pairs, pair);
        }
        let bare = "1,It rained.,下雨了。\n";
        assert_eq!(read(&mut bare.as_bytes(), [None, None], Some(&"3,2".parse().unwrap())).unwrap().pairs, pair);
        assert_eq!(read(&mut bare.as_bytes(), [Some(&Lang::of(Language::English)), None], None).unwrap().pairs, pair);
        assert!(read_any(bare).is_err());
        let missing = read(&mut bare.as_bytes(), [None, None], Some(&"3,4".parse().unwrap()));
        assert!(matches!(missing, Err(Error::Table(_))), "{missing:?}");
    }

    #[test]
    fn headers_must_name_both_languages() {
        assert_eq!(read_any("zh"), Err(Error::Header));
        assert_eq!(read_any("zh\tzh-TW\n"), Err(Error::OneLanguage));
        assert_eq!(read_any("zh\tfr\n"), Err(Error::OtherLanguage("French")));
        assert!(matches!(read_any("source\ttarget\n"), Err(Error::Language(_))));
    }
}
