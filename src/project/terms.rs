//! Term bases from files.

use std::path::Path;

use super::Error;
use super::files::{import_error, located, read};
use crate::exchange::table::Columns;
use crate::exchange::terms;
use crate::import::{self, Warned};
use crate::lang::Lang;
use crate::termbase::TermBase;

/// Reads a term base in any form that [`terms::read`] knows; the languages are those of a table that does not name its own,
/// the columns those of its terms.
///
/// # Errors
/// When the file cannot be read or decoded, or is no term base.
pub fn read_term_base(
    path: &Path,
    langs: [Option<&Lang>; 2],
    columns: Option<&Columns>,
) -> Result<Warned<TermBase>, Error> {
    let decoded = import::decode_damaged(&read(path)?).map_err(|problem| import_error(path, problem))?;
    let found = terms::read(&mut decoded.content.as_bytes(), langs, columns)
        .map_err(|problem| Error::Terms { path: path.to_owned(), problem: Box::new(problem) })?;
    let problems = decoded.warnings.into_iter().chain(found.problems());
    Ok(Warned { output: found.base, warnings: located(path, problems) })
}
