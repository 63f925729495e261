//! Aligned texts from whatever holds them.

use std::path::PathBuf;

use super::Error;
use super::aligned::open_aligned;
use super::pair::{Options, align, open_pair};
use super::workbench::{is_project, kept};
use crate::edit::Alignment;
use crate::import::Warned;
use crate::task::Ctl;

/// Opens an alignment: that of a project, of one file of pairs, of links with the two texts they link; a text and its
/// translation are aligned.
///
/// # Errors
/// When a file cannot be read or is none of these, or the work was cancelled.
pub fn open_alignment(ctl: &Ctl, files: &[PathBuf], options: &Options) -> Result<Warned<Alignment>, Error> {
    match files {
        [project] if is_project(project) => Ok(Warned { output: kept(project)?.alignment, warnings: Vec::new() }),
        [source, target] => {
            let Warned { output: (source, target), warnings } = open_pair(source, target, options)?;
            Ok(Warned { output: Alignment::new(align(ctl, source, target)?), warnings })
        }
        files => {
            let opened = open_aligned(files, options)?;
            Ok(Warned { output: opened.output.alignment(), warnings: opened.warnings })
        }
    }
}
