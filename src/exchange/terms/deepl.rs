//! A glossary of DeepL (API version 3): comma-separated values without a header, source and target, one direction.
//!
//! It takes each source once, phrases of at most 1024 bytes and files of at most 10 MiB.

use super::super::Exported;
use super::Direction;
use super::lines::Table;
use super::rows;
use crate::notice::Notice;
use crate::termbase::TermBase;

/// The largest file that the service takes.
const MOST_BYTES: usize = 10 * 1024 * 1024;

pub(super) fn write(base: &TermBase, direction: Direction<'_>) -> Exported {
    let rows::Rows { rows, losses } = rows::best(base, direction);
    let mut table = Table::by_lines(',');
    for row in rows {
        table.row([row.source.text.as_str(), row.target.text.as_str()]);
    }
    let mut out = table.finish(losses);
    if out.content.len() > MOST_BYTES {
        out.losses.push(Notice::new("too-big"));
    }
    out
}
