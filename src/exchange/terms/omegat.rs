//! OmegaT's glossary: source, target and a comment with tabs between them, a pair of terms a line, UTF-8.
//!
//! There is no header, for it would be an entry, and no quoting. A line that begins with `#` is a comment to OmegaT, so a
//! term that does cannot stand in the first column. Name the file `.utf8` or `.tsv`: in `.txt` and `.tab` OmegaT
//! guesses the encoding.

use super::lines::Table;
use super::rows::{self, Row};
use super::{Detail, Direction, Reading, TermsForm, Write};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::notice::Notice;
use crate::termbase::{Status, TermBase};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "omegat",
        endings: &["utf8", "tsv"],
        name: ["Glossary of OmegaT", "OmegaT 术语表"],
        hint: "name the file .utf8, for OmegaT guesses the encoding of others",
        programs: &["OmegaT"],
    },
    holds: &[
        Detail::Deprecated,
        Detail::Subject,
        Detail::Definition,
        Detail::DefinitionInLanguage,
        Detail::ConceptNote,
        Detail::TermNote,
        Detail::Status,
        Detail::PartOfSpeech,
        Detail::TermType,
        Detail::Context,
    ],
    write: Some(Write::Pairs(write)),
    read: Some(Reading::Table),
};

fn write(base: &TermBase, direction: Direction<'_>, out: &mut Output<'_>) {
    let rows::Rows { rows, mut losses } = rows::all(base, direction);
    let mut table = Table::tabs(out, "\n");
    let mut comments = 0;
    for row in rows {
        if row.source.text.trim_start().starts_with('#') {
            comments += 1;
        } else {
            table.row([row.source.text.as_str(), &row.target.text, &comment(&row)]);
        }
    }
    losses.extend(Notice::of_any("comments-omegat", comments));
    table.finish(losses);
}

/// All that is to be said of a pair, on one line.
pub(super) fn comment(row: &Row<'_>) -> String {
    let mut parts = Vec::new();
    for (which, term) in [("source term ", row.source), ("", row.target)] {
        if term.status != Status::Proposed {
            parts.push(format!("{which}{}", term.status.name()));
        }
    }
    parts.extend(row.target.part_of_speech.or(row.source.part_of_speech).map(|part| part.name().to_owned()));
    parts.extend(row.target.kind.map(|kind| kind.name().to_owned()));
    parts.extend(row.remarks());
    parts.extend(row.examples());
    parts.join("; ")
}
