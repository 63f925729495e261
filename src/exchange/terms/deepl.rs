//! A glossary of DeepL (API version 3): comma-separated values without a header, source and target, one direction.
//!
//! It takes each source once, phrases of at most 1024 bytes and files of at most 10 MiB.

use super::lines::Table;
use super::{Direction, Reading, TermsForm, Write, rows};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::notice::notice;
use crate::termbase::TermBase;

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "deepl",
        endings: &["csv"],
        name: ["Glossary of DeepL (CSV)", "DeepL 术语表（CSV）"],
        hint: "",
        programs: &["DeepL"],
    },
    holds: &[],
    write: Some(Write::Pairs(write)),
    read: Some(Reading::Table),
};

/// The largest file that the service takes.
const MOST_BYTES: usize = 10 * 1024 * 1024;

pub(super) fn write(base: &TermBase, direction: Direction<'_>, out: &mut Output<'_>) {
    let rows::Rows { rows, losses } = rows::best(base, direction);
    let mut table = Table::by_lines(out, ',');
    for row in rows {
        table.row([row.source.text.as_str(), row.target.text.as_str()]);
    }
    table.finish(losses);
    if out.len() > MOST_BYTES {
        out.lost.losses.push(notice!("the file has more than 10 MiB, and the service refuses it; split the term base"));
    }
}
