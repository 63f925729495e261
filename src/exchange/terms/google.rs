//! A one-way glossary of Google Cloud Translation: comma-separated values, source and target, and no header, which would
//! be a term. The service settles the languages, not the file.

use super::super::Exported;
use super::{Direction, deepl};
use crate::termbase::TermBase;

/// The service asks for the same as DeepL does: each source once, terms of at most 1024 bytes, 10 MiB in all.
pub(super) fn write(base: &TermBase, direction: Direction<'_>) -> Exported {
    deepl::write(base, direction)
}
