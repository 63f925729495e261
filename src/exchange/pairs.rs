//! Aligned pairs in: a header of two language codes, then one pair a line, separated by tabs.

use crate::lang::{Error as LangError, Lang, Language};

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
pub enum Error {
    /// The first line does not name two languages.
    #[error("this line should name the two languages, such as `zh` and `en` with a tab between them")]
    Header,
    /// A code in the header is no language we know.
    #[error(transparent)]
    Language(#[from] LangError),
    /// Not Chinese and English.
    #[error("one language is named twice; one of zh and en is missing")]
    OneLanguage,
    /// Another language.
    #[error("{0} is named, but pairs are read in zh and en only")]
    OtherLanguage(&'static str),
}

/// Reads pairs; further columns are ignored, nothing is trimmed but the line end.
///
/// # Errors
/// When the header does not name Chinese and English.
pub fn read(content: &str) -> Result<Pairs, Error> {
    let mut lines = content.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut header = lines.next().unwrap_or_default().split('\t');
    let (Some(first), Some(second)) = (header.next(), header.next()) else { return Err(Error::Header) };
    let (first, second) = (Lang::parse(first)?.language(), Lang::parse(second)?.language());
    if first == second {
        return Err(Error::OneLanguage);
    }
    if let Some(other) = [first, second].into_iter().find(|l| !matches!(l, Language::Chinese | Language::English)) {
        return Err(Error::OtherLanguage(other.name()));
    }
    let mut out = Pairs::default();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let mut cells = line.split('\t');
        match (cells.next(), cells.next()) {
            (Some(a), Some(b)) if !a.trim().is_empty() && !b.trim().is_empty() => {
                let (zh, en) = if first == Language::Chinese { (a, b) } else { (b, a) };
                out.pairs.push((zh.to_owned(), en.to_owned()));
            }
            _ => out.skipped.push(number + 2),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_order_and_what_is_skipped() {
        let read =
            read("en-GB\tzh-Hant\tnote\n\"It rained\t下雨了。\tx\nonly one\n\n  \t空\r\nEnd.\t完。\r\n").unwrap();
        let pair = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(read.pairs, [pair("下雨了。", "\"It rained"), pair("完。", "End.")]);
        assert_eq!(read.skipped, [3, 5]);
    }

    #[test]
    fn headers_must_name_both_languages() {
        assert_eq!(read("zh"), Err(Error::Header));
        assert_eq!(read("zh\tzh-TW\n"), Err(Error::OneLanguage));
        assert_eq!(read("zh\tfr\n"), Err(Error::OtherLanguage("French")));
        assert!(matches!(read("source\ttarget\n"), Err(Error::Language(_))));
    }
}
