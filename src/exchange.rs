//! The forms in which beads, terms, term bases, doubts and what is not consistent go out, and pairs and term bases come in.
//! No files and no paths: readers take [`std::io::BufRead`], writers [`std::io::Write`].
//!
//! A form has one file, which says what standard or program it follows, and one line in the list of its kind,
//! [`rows::FORMS`] or [`terms::FORMS`]; the command line, the pages of the window, the list in `docs/forms.md` and the
//! tests are made from these lists.
//!
//! Tab-separated values everywhere: UTF-8, no quoting, no escapes, nothing trimmed; a tab or line break inside a cell
//! becomes a space on output and is counted. Other control characters are dropped from every table and page and counted:
//! a file with a NUL in it is no text to us or to anybody.

pub mod consistency;
pub mod doubts;
mod error;
pub mod form;
pub mod glossary;
pub mod left_out;
#[cfg(test)]
mod linear;
mod lines;
mod output;
pub mod pairs;
pub mod report;
pub mod rows;
pub mod table;
pub mod terms;
mod tmx;
mod xml;

pub use output::Losses;
#[cfg(test)]
pub(crate) use output::{Written, written};
