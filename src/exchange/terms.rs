//! Term bases out and in: TBX, the tables and lists that translation programs take, JSON, and pages to read.
//!
//! Each form has a file of its own, which says what standard or program it follows. What a form has no place for, and
//! what its program would refuse or misread, is left out and said ([`super::Losses::problems`]); a term is written as it is or
//! not at all. Rejected terms go into our own JSON only: they are kept so that nobody proposes them again.
//!
//! Reading is lenient: TBX 2 and 3 in both styles, tables with or without a header, UTX, MultiTerm XML, our JSON.
//! What is not taken over is listed by its line, with the reason.

mod deepl;
mod google;
mod holds;
mod html;
mod json;
mod lines;
mod markdown;
mod memoq;
mod mtf;
mod multiterm;
mod omegat;
mod outgoing;
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

pub use holds::Detail;
pub use json::VERSION;
pub(crate) use json::{concept_of_json, concept_to_json};
pub use outgoing::Outgoing;

use std::io::{BufRead, Read as _};

use super::error;
use super::form::About;
use super::left_out::LeftOut;
use super::lines::whole;
use super::output::Output;
use super::table::Columns;
use crate::lang::{Error as LangError, Lang};
use crate::notice::{Notice, Tell, notice};
use crate::termbase::TermBase;

/// The forms, as they are offered.
pub static FORMS: [&TermsForm; 13] = [
    &json::FORM,
    &tbx3::FORM,
    &tbx2::FORM,
    &omegat::FORM,
    &multiterm::FORM,
    &memoq::FORM,
    &deepl::FORM,
    &google::FORM,
    &utx::FORM,
    &markdown::FORM,
    &html::FORM,
    &mtf::FORM,
    &table::FORM,
];

/// A form of a term base.
#[derive(Debug)]
pub struct TermsForm {
    /// What it says of itself.
    pub about: About,
    /// What it has a place for besides the terms.
    pub holds: &'static [Detail],
    /// How it is written, where it is.
    write: Option<Write>,
    /// How it is read, where it is.
    read: Option<Reading>,
}

/// How a form is written.
#[derive(Clone, Copy, Debug)]
enum Write {
    /// With all languages.
    Whole(fn(&TermBase, &mut Output<'_>)),
    /// As translations from one language into another.
    Pairs(fn(&TermBase, Direction<'_>, &mut Output<'_>)),
}

/// Reads a content of which it is known what form it is in.
type Reader = fn(&mut dyn BufRead) -> Result<Read, Error>;

/// How a form is read.
#[derive(Debug)]
enum Reading {
    /// By its own reader.
    Own {
        /// Whether a content that begins so is of this form.
        looks: fn(&str) -> bool,
        read: Reader,
    },
    /// As XML, concept by concept.
    Xml(tree::Elements),
    /// As a table, whose first line or a person says what its columns are.
    Table,
}

impl PartialEq for TermsForm {
    fn eq(&self, other: &Self) -> bool {
        self.about.code == other.about.code
    }
}

impl Eq for TermsForm {}

impl TermsForm {
    /// The form that `--format` calls so.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        FORMS.into_iter().find(|form| form.about.code == code)
    }

    /// The forms that are written.
    pub fn written() -> impl Iterator<Item = &'static Self> {
        FORMS.into_iter().filter(|form| form.is_written())
    }

    /// Whether it is written.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// Whether it is read.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// The reader of its own that takes a content that begins so.
    fn own_reader(&self, start: &str) -> Option<Reader> {
        match self.read {
            Some(Reading::Own { looks, read }) if looks(start) => Some(read),
            _ => None,
        }
    }

    /// Its elements, where it is XML.
    fn elements(&self) -> Option<&tree::Elements> {
        match &self.read {
            Some(Reading::Xml(elements)) => Some(elements),
            _ => None,
        }
    }

    /// Whether it has a place for something.
    fn has(&self, detail: Detail) -> bool {
        self.holds.contains(&detail)
    }
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
#[error("{}", self.tell())]
pub enum Error {
    /// There is no term.
    Nothing(&'static str),
    /// A line that is not of the form.
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what to do.
        problem: Notice,
    },
    /// A version of our form that is newer than this program.
    Version(u64),
    /// A language of a table could not be settled.
    Column {
        /// The column, from 1.
        column: usize,
        /// Why.
        problem: LangError,
    },
    /// What it is read from fails.
    Stopped(Notice),
    /// A form of two languages was asked for, and the term base has no pair of them.
    NoPair {
        /// The languages there are.
        found: Notice,
    },
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match self {
            Self::Nothing(expected) => notice!("no term is in it; expected {0}", Notice::said(expected)),
            Self::Line { line, problem } => notice!("line {0}: {1}", *line, problem.clone()),
            Self::Version(version) => notice!(
                "this is version {0} of the form, and this program knows version {1}; take a newer program",
                *version,
                VERSION
            ),
            Self::Column { column, problem } => notice!(
                "the language of column {0} is not known ({1}); name the columns' languages in the first line, such as `zh` and `en`, or with --source-lang and --target-lang",
                *column,
                problem.tell()
            ),
            Self::Stopped(problem) => problem.clone(),
            Self::NoPair { found } => notice!(
                "this form holds translations from one language into another, and the terms are in {0}; choose languages that are there with --source-lang and --target-lang, or another form",
                found.clone()
            ),
        }
    }
}

impl From<error::Error> for Error {
    fn from(error: error::Error) -> Self {
        match error {
            error::Error::Line { line, problem } => Self::Line { line, problem },
            error::Error::Nothing(expected) => Self::Nothing(expected),
            error::Error::Language(problem) => Self::Line { line: 1, problem: problem.tell() },
            stopped @ error::Error::Stopped(_) => Self::Stopped(stopped.tell()),
        }
    }
}

/// The languages of a form that holds two, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Direction<'a> {
    source: &'a Lang,
    target: &'a Lang,
}

/// The most of a content that tells which form it is in, in bytes.
const HEAD: u64 = 1 << 16;

/// Reads a term base in UTF-8 in any of the forms; which one, its content tells. The languages are those of the first two columns
/// of a table that does not name them; its columns are those that a person names, if any.
///
/// # Errors
/// When the content is of no form we know or broken, when there is no such column, and when no term is in it.
pub fn read(input: &mut dyn BufRead, langs: [Option<&Lang>; 2], columns: Option<&Columns>) -> Result<Read, Error> {
    let mut head = Vec::new();
    input.take(HEAD).read_to_end(&mut head).map_err(|problem| error::Error::stopped(&problem))?;
    let start = String::from_utf8_lossy(&head).into_owned();
    let input = &mut head.as_slice().chain(input);
    let mut out = if let Some(own) = FORMS.into_iter().find_map(|form| form.own_reader(&start)) {
        own(input)?
    } else if tree::is_xml(start.trim_start()) {
        tree::read(input)?
    } else {
        table::read(&whole(input)?, langs, columns)?
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
    fn skip_language(&mut self, line: usize, problem: Notice) {
        self.left_out.line_for(line, "other places without a valid language tag", problem);
    }

    fn leave(&mut self, kind: impl Into<Notice>) {
        self.left_out.details(kind, 1);
    }

    /// What was not taken over, in words.
    pub fn problems(&self) -> Vec<Notice> {
        self.left_out.problems()
    }
}
