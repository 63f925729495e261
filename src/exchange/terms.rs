//! Term bases out and in: TBX, the tables and lists that translation programs take, JSON, and pages to read.
//!
//! Each form has a file of its own, which says what standard or program it follows. What a form has no place for, and
//! what its program would refuse or misread, is left out and said ([`Exported::problems`]); a term is written as it is or
//! not at all. Rejected terms go into our own JSON only: they are kept so that nobody proposes them again.
//!
//! Reading is lenient: TBX 2 and 3 in both styles, tables with or without a header, UTX, MultiTerm XML, our JSON.
//! What is not taken over is listed by its line, with the reason.

mod deepl;
mod google;
mod html;
mod json;
mod lines;
mod markdown;
mod memoq;
mod mtf;
mod multiterm;
mod omegat;
mod rows;
mod sections;
mod table;
mod tbx;
mod tbx2;
mod tbx3;
mod tbx_in;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::sample;
mod tree;
mod utx;
mod words;
mod xml;

pub use json::VERSION;
pub(crate) use json::{concept_of_json, concept_to_json};

use std::collections::HashMap;

use super::Exported;
use super::aligned;
use super::left_out::{LeftOut, MOST};
use super::table::Columns;
use crate::lang::{Error as LangError, Lang};
use crate::termbase::TermBase;

/// The forms a term base goes out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own JSON, the only form that holds everything; `assets/schemas/termbase-1.schema.json` describes it.
    Json,
    /// TBX 3 (ISO 30042:2019), dialect TBX-Basic, style DCA.
    Tbx3,
    /// TBX 2 (ISO 30042:2008), which OmegaT, Weblate and the Translate Toolkit read.
    Tbx2,
    /// OmegaT's glossary: source, target and comment with tabs between them.
    OmegaT,
    /// Comma-separated values for MultiTerm and Trados, an entry a row.
    MultiTerm,
    /// Semicolon-separated values as memoQ writes them.
    MemoQ,
    /// A glossary of DeepL: source and target, comma-separated.
    DeepL,
    /// A one-way glossary of Google Cloud Translation: source and target, comma-separated.
    Google,
    /// Universal Terminology eXchange 1.11 of the AAMT.
    Utx,
    /// Markdown (CommonMark) with contexts.
    Markdown,
    /// A page to read and print, with contexts.
    Html,
}

/// A term base that was read, and what of the file is not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// What was read.
    pub base: TermBase,
    /// What of the file is not in it.
    pub left_out: LeftOut,
}

/// Why a term base could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is no term.
    #[error("no term is in it; expected {0}")]
    Nothing(&'static str),
    /// A line that is not of the form.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// A version of our form that is newer than this program.
    #[error("this is version {0} of the form, and this program knows version {VERSION}; take a newer program")]
    Version(u64),
    /// A language of a table could not be settled.
    #[error(
        "the language of column {column} is not known ({problem}); name the columns' languages in the first line, such as `zh` and `en`, or with --source-lang and --target-lang"
    )]
    Column {
        /// The column, from 1.
        column: usize,
        /// Why.
        problem: LangError,
    },
    /// A form of two languages was asked for, and the term base has no pair of them.
    #[error(
        "this form holds translations from one language into another, and the terms are in {found}; choose languages that are there with --source-lang and --target-lang, or another form"
    )]
    NoPair {
        /// The languages there are.
        found: String,
    },
}

impl From<aligned::Error> for Error {
    fn from(error: aligned::Error) -> Self {
        match error {
            aligned::Error::Line { line, problem } => Self::Line { line, problem },
            aligned::Error::Nothing(expected) => Self::Nothing(expected),
            aligned::Error::Language(problem) => Self::Line { line: 1, problem: problem.to_string() },
        }
    }
}

/// The languages of a form that holds two, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Direction<'a> {
    source: &'a Lang,
    target: &'a Lang,
}

/// Writes a term base. Forms of two languages take those that answer the given ones best, otherwise those of most concepts:
/// the first of a concept is the source.
///
/// # Errors
/// [`Error::NoPair`].
pub fn write(base: &TermBase, format: Format, langs: [Option<&Lang>; 2]) -> Result<Exported, Error> {
    let (shown, mut losses, mut remarks) = words::presentable(base, format);
    let pair = || direction(&shown, langs);
    let mut out = match format {
        Format::Json => Exported::whole(json::write(base)),
        Format::Tbx3 => tbx3::write(&shown),
        Format::Tbx2 => tbx2::write(&shown),
        Format::OmegaT => omegat::write(&shown, pair()?),
        Format::MultiTerm => multiterm::write(&shown),
        Format::MemoQ => memoq::write(&shown),
        Format::DeepL => deepl::write(&shown, pair()?),
        Format::Google => google::write(&shown, pair()?),
        Format::Utx => utx::write(&shown, pair()?),
        Format::Markdown => markdown::write(&shown),
        Format::Html => html::write(&shown),
    };
    losses.append(&mut out.losses);
    losses.extend(words::without_place(&shown, format));
    out.losses = losses;
    remarks.append(&mut out.remarks);
    out.remarks = remarks;
    Ok(out)
}

/// The two languages of a form: each by the tag that most concepts have it in.
fn direction<'a>(base: &'a TermBase, [source, target]: [Option<&Lang>; 2]) -> Result<Direction<'a>, Error> {
    let mut tags: Vec<(&Lang, usize, usize)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for concept in &base.concepts {
        for (place, section) in concept.sections.iter().enumerate().filter(|(_, section)| !section.terms.is_empty()) {
            let at = *known.entry(section.lang.tag()).or_insert_with(|| {
                tags.push((&section.lang, 0, 0));
                tags.len() - 1
            });
            if let Some((_, count, places)) = tags.get_mut(at) {
                (*count, *places) = (*count + 1, *places + place);
            }
        }
    }
    let found = || {
        let tags: Vec<&str> = tags.iter().take(MOST).map(|(lang, ..)| lang.tag()).collect();
        if tags.is_empty() { "no language".to_owned() } else { tags.join(" and ") }
    };
    // Most concepts first; of two in the same concepts the one that stands first.
    let mut order: Vec<&(&Lang, usize, usize)> = tags.iter().collect();
    order.sort_by_key(|(_, count, places)| (std::cmp::Reverse(*count), *places));
    let tags = || order.iter().map(|(lang, ..)| *lang);
    let of = |wish: Option<&Lang>, other: Option<&Lang>| match wish {
        Some(wish) => wish.best(tags()),
        None => tags().find(|lang| other.is_none_or(|other| other.language() != lang.language())),
    };
    let source = of(source, target);
    let target = of(target, source);
    match source.zip(target) {
        Some((source, target)) if source.language() != target.language() => Ok(Direction { source, target }),
        _ => Err(Error::NoPair { found: found() }),
    }
}

/// Reads a term base in any of the forms; which one, its content tells. The languages are those of the first two columns
/// of a table that does not name them.
///
/// # Errors
/// When the content is of no form we know or broken, and when no term is in it.
pub fn read(content: &str, langs: [Option<&Lang>; 2]) -> Result<Read, Error> {
    read_columns(content, langs, None)
}

/// The same, of a table in columns that a person names.
///
/// # Errors
/// As [`read`], and when there is no such column.
pub fn read_columns(content: &str, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Read, Error> {
    let start = content.trim_start();
    let mut out = if json::is_json(start) {
        json::read(content)?
    } else if tree::is_xml(start) {
        tree::read(content)?
    } else if utx::is_utx(content) {
        utx::read(content)?
    } else {
        table::read(content, langs, columns)?
    };
    out.base.settle_ids();
    if out.base.concepts.is_empty() {
        return Err(Error::Nothing(
            "TBX, UTX, MultiTerm XML, our JSON, or a table with a column for each of two languages",
        ));
    }
    Ok(out)
}

impl Read {
    fn skip(&mut self, line: usize, why: &'static str) {
        self.left_out.line(line, why);
    }

    /// A place without a language tag that can be read.
    fn skip_language(&mut self, line: usize, problem: &str) {
        self.left_out.line_for(line, "other places without a valid language tag", problem);
    }

    fn leave(&mut self, kind: &str) {
        self.left_out.details(kind, 1);
    }

    /// What was not taken over, in words.
    pub fn problems(&self) -> Vec<String> {
        self.left_out.problems()
    }
}
