//! Aligned texts from whatever holds them.

use std::path::PathBuf;

use super::Error;
use super::aligned::open_aligned;
use super::pair::{AlignOptions, Options, align, open_pair};
use super::workbench::{is_project, kept};
use crate::import::Warned;
use crate::task::Ctl;
use crate::work::OpenAlignment;

/// Opens an alignment: that of a project, of one file of pairs, of links with the two texts they link; a text and its
/// translation are aligned.
///
/// # Errors
/// When a file cannot be read or is none of these, or the work was cancelled.
pub fn open_alignment(ctl: &Ctl, files: &[PathBuf], options: &Options) -> Result<Warned<OpenAlignment>, Error> {
    match files {
        [project] if is_project(project) => Ok(Warned { output: kept(project)?.open, warnings: Vec::new() }),
        [source, target] => {
            let Warned { output: (source, target), warnings } = open_pair(source, target, options)?;
            Ok(Warned { output: OpenAlignment::from(align(ctl, source, target, &AlignOptions::default())?), warnings })
        }
        files => {
            let opened = open_aligned(files, options)?;
            Ok(Warned { output: opened.output.open(None), warnings: opened.warnings })
        }
    }
}
