//! Opening a text and its translation, and aligning them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use super::files::{load, load_segmented, read};
use crate::align::{self, Aligner, Set};
use crate::bitext::{Bitext, Document};
use crate::exchange::table::Columns;
use crate::gloss::Accepted;
use crate::import::{self, Warned};
use crate::lang::Lang;
use crate::notice::{Notice, notice};
use crate::task::{Cancelled, Ctl};
use crate::termbase::TermBase;

/// How to open a pair of files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of the source, recognised where not given.
    pub source_lang: Option<Lang>,
    /// The language of the target.
    pub target_lang: Option<Lang>,
    /// Every line is one segment, blank ones too.
    pub segmented: bool,
    /// The columns of the texts, where they come from a table; told by its header where not given.
    pub columns: Option<Columns>,
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
    let strange = [&source.output, &target.output].into_iter().filter(|document| !document.lang.language().is_known());
    let strange = strange.map(|document| {
        let Document { name, lang, .. } = document;
        let language = lang.language().name();
        notice!(
            "{0}: the sentence encoder was not made for {1} ({2}); look through what is aligned",
            name,
            Notice::said(language),
            lang.tag()
        )
    });
    let strange: Vec<Notice> = strange.collect();
    let warnings = source.warnings.into_iter().chain(target.warnings).chain(strange).collect();
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
        language: source.lang.language().name(),
    })
}

/// One of several pairs to align.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The source text.
    pub source: PathBuf,
    /// Its translation.
    pub target: PathBuf,
    /// Where the beads go.
    pub output: PathBuf,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// Reads a list of pairs to align: `source`, `target` and `output` on each line, separated by tabs; blank lines are
/// skipped.
///
/// # Errors
/// When the file cannot be read, or a line is not of this form.
pub fn read_jobs(path: &Path) -> Result<Vec<Job>, Error> {
    let decoded = import::decode(&read(path)?).map_err(|problem| Error::Import { path: path.to_owned(), problem })?;
    let job = |(line, text): (usize, &str)| match text.split('\t').collect::<Vec<_>>()[..] {
        [source, target, output] if ![source, target, output].contains(&"") => {
            Ok(Job { source: source.into(), target: target.into(), output: output.into(), line })
        }
        _ => {
            let problem = notice!("expected a source, a target and an output, separated by tabs");
            Err(Error::Line { path: path.to_owned(), line, problem })
        }
    };
    (1..).zip(decoded.content.lines()).filter(|(_, text)| !text.trim().is_empty()).map(job).collect()
}

/// Checks that two documents can be aligned without the encoder.
///
/// # Errors
/// [`Error::NoDictionary`].
pub fn check_fast(source: &Document, target: &Document) -> Result<(), Error> {
    if align::has_dictionary(source, target) {
        return Ok(());
    }
    Err(Error::NoDictionary {
        what: "texts are aligned without the sentence encoder",
        source_lang: source.lang.language().name(),
        target_lang: target.lang.language().name(),
        instead: "leave out --fast",
    })
}

/// How two documents are aligned.
#[derive(Clone, Copy, Debug)]
pub struct AlignOptions<'a> {
    /// The evidence for Chinese and English.
    pub set: Set,
    /// Terms that are known besides the dictionary.
    pub terms: Option<&'a TermBase>,
}

impl Default for AlignOptions<'_> {
    /// All evidence, and the dictionary alone.
    fn default() -> Self {
        Self { set: Set::Full, terms: None }
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
    options: &AlignOptions<'_>,
) -> Result<Bitext, Cancelled> {
    let (source, target) = (source.into(), target.into());
    let accepted = options.terms.map(|terms| Accepted::new(terms.accepted()));
    let options = align::Options { set: options.set, accepted: accepted.as_ref(), ..align::Options::default() };
    let beads = Aligner::new(ctl, &source, &target, &options)?.align(ctl)?;
    Ok(Bitext { source, target, beads })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Format, read_str};
    use crate::lang::Language;
    use crate::segment::segment;
    use crate::termbase::{Concept, Section, Status, Term};

    fn document(language: Language, content: &str) -> Document {
        let text = read_str(content, Format::Plain).unwrap();
        let segments = segment(&text, language);
        Document::new("", Lang::of(language), text, segments)
    }

    #[test]
    fn known_terms_are_evidence_when_texts_are_aligned() {
        let section = |language, text: &str| {
            let term = Term { text: text.to_owned(), status: Status::Preferred, ..Term::default() };
            Section { terms: vec![term], ..Section::new(Lang::of(language)) }
        };
        let sections = vec![section(Language::Chinese, "小熊跳糖"), section(Language::English, "Jumpbear")];
        let terms = TermBase { concepts: vec![Concept { sections, ..Concept::default() }], ..TermBase::default() };
        let score = |terms| {
            let source = document(Language::Chinese, "小熊跳糖。");
            let target = document(Language::English, "Jumpbear.");
            let options = AlignOptions { set: Set::Fast, terms };
            align(&Ctl::quiet(), source, target, &options).unwrap().beads[0].score
        };
        assert!(score(Some(&terms)) > score(None), "{} {}", score(Some(&terms)), score(None));
    }
}
