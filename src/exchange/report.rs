//! What all reports on two texts begin with, and the JSON in which they and their like go out.

use serde::Serialize;

use super::output::Output;
use crate::bitext::{Document, notes};

/// The beginning of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The name of its form, such as `duizhao-doubts`.
    pub format: &'static str,
    /// The version of that form.
    pub version: u32,
    /// The texts, the source first.
    pub sources: Vec<Text>,
    /// What readers must be told about the texts.
    pub notes: Vec<String>,
}

/// A text that a report is on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    /// Its name.
    pub name: String,
    /// Its language (BCP 47).
    pub lang: String,
}

impl Head {
    /// The beginning of a report of some form on two texts, the source first.
    pub fn new(format: &'static str, version: u32, documents: [&Document; 2]) -> Self {
        let text = |document: &Document| Text { name: document.name.clone(), lang: document.lang.tag().to_owned() };
        let notes = notes(documents).into_iter().map(str::to_owned).collect();
        Self { format, version, sources: documents.map(text).into(), notes }
    }
}

/// Writes a record as JSON for people and programs, with a line end behind it.
pub(super) fn write_json(record: &impl Serialize, out: &mut Output<'_>) {
    // An output takes everything and keeps its failure; strings and numbers have a JSON form.
    let written = serde_json::to_writer_pretty(&mut *out, record);
    debug_assert!(written.is_ok(), "{written:?}");
    out.raw("\n");
}
