//! Opening a text and its translation, and aligning them.

use std::path::Path;
use std::sync::Arc;

use super::Error;
use super::files::{load, load_segmented};
use crate::align::{self, Model};
use crate::bitext::{Bitext, Document};
use crate::import::Warned;
use crate::lang::{Lang, Language};
use crate::task::{Cancelled, Ctl};

/// How to open a pair of files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of the source, recognised where not given.
    pub source_lang: Option<Lang>,
    /// The language of the target.
    pub target_lang: Option<Lang>,
    /// Every line is one segment, blank ones too.
    pub segmented: bool,
}

/// Opens a source and a target, in different languages.
///
/// # Errors
/// When a file cannot be read, or both are in one language.
pub fn open_pair(source: &Path, target: &Path, options: &Options) -> Result<Warned<(Document, Document)>, Error> {
    let open = |path, lang: &Option<Lang>| {
        if options.segmented { load_segmented(path, lang.as_ref()) } else { load(path, lang.as_ref()) }
    };
    let source = open(source, &options.source_lang)?;
    let target = open(target, &options.target_lang)?;
    check_pair(&source.output, &target.output)?;
    let warnings = source.warnings.into_iter().chain(target.warnings).collect();
    Ok(Warned { output: (source.output, target.output), warnings })
}

/// A text and its translation are in two languages.
///
/// # Errors
/// [`Error::SameLanguage`].
pub fn check_pair(source: &Document, target: &Document) -> Result<(), Error> {
    if source.lang.language() != target.lang.language() {
        return Ok(());
    }
    Err(Error::SameLanguage {
        source_name: source.name.clone(),
        target_name: target.name.clone(),
        language: match source.lang.language() {
            Language::Chinese => "Chinese",
            Language::English => "English",
        },
    })
}

/// Aligns two documents in different languages with the weights of the program.
///
/// # Errors
/// [`Cancelled`].
pub fn align(
    ctl: &Ctl,
    source: impl Into<Arc<Document>>,
    target: impl Into<Arc<Document>>,
) -> Result<Bitext, Cancelled> {
    let (source, target) = (source.into(), target.into());
    let beads = align::align(ctl, &source, &target, Model::embedded())?;
    Ok(Bitext { source, target, beads })
}
