//! Opening a text and its translation, and aligning them.

use std::path::Path;
use std::sync::Arc;

use super::files::{load, load_segmented};
use super::{Error, metadata};
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
        let mut opened =
            if options.segmented { load_segmented(path, lang.as_ref()) } else { load(path, lang.as_ref()) }?;
        note(path, &mut opened);
        Ok::<_, Error>(opened)
    };
    let source = open(source, &options.source_lang)?;
    let target = open(target, &options.target_lang)?;
    if source.output.lang.language() == target.output.lang.language() {
        return Err(Error::SameLanguage {
            source_name: source.output.name,
            target_name: target.output.name,
            language: match source.output.lang.language() {
                Language::Chinese => "Chinese",
                Language::English => "English",
            },
        });
    }
    let warnings = source.warnings.into_iter().chain(target.warnings).collect();
    Ok(Warned { output: (source.output, target.output), warnings })
}

/// Adds what the metadata beside a file says about it; broken metadata is a warning.
fn note(path: &Path, opened: &mut Warned<Document>) {
    let Some(beside) = metadata::path_for(path).filter(|beside| beside.is_file()) else { return };
    let read = std::fs::read_to_string(&beside).map_err(|error| error.to_string());
    match read.and_then(|json| metadata::Metadata::read(&json)) {
        Ok(found) => opened.output.note = found.about(&opened.output.name).and_then(|about| about.note.clone()),
        Err(problem) => opened.warnings.push(format!("{}: {problem}; opened without it", beside.display())),
    }
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
