//! Examples of gold folders, which the aligner is fitted to and measured by.

use std::path::{Path, PathBuf};

use super::Error;
use super::disturbed;
use super::files::listed;
use super::glossary::read_pairs;
use super::gold::{cut_side, has_ending, links, side};
use super::pair::Options;
use crate::align::eval::{Counts, Link};
use crate::align::train::Example;
use crate::align::{self, Aligner, Model, Set};
use crate::bitext::{Bead, Document};
use crate::lang::Language;
use crate::task::Ctl;

/// One line of a report.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The example, or `all`.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
    /// How surprising gold is under the weights, where that was measured: the negative logarithm of its probability,
    /// infinite where gold lies outside what is searched.
    pub surprise: Option<f64>,
    /// Scores of the beads with whether each is strictly right.
    pub judged: Vec<(f32, bool)>,
}

/// Aligns every example of gold folders as cut there and compares with gold.
///
/// # Errors
/// When a folder or file cannot be read or is not of its form.
pub fn evaluate(ctl: &Ctl, folders: &[impl AsRef<Path>], model: &Model, set: Set) -> Result<Vec<Scored>, Error> {
    let mut out = Vec::new();
    for example in examples(folders)? {
        let options = align::Options { model, set, accepted: None };
        let beads = Aligner::new(ctl, &example.chinese, &example.english, &options)?.align(ctl)?;
        out.push(judge(&example, &beads));
    }
    Ok(out)
}

pub(super) fn judge(example: &Example, beads: &[Bead]) -> Scored {
    let found: Vec<Link> = beads.iter().map(|b| (b.source.clone().collect(), b.target.clone().collect())).collect();
    let judged = beads.iter().zip(&found).map(|(bead, link)| (bead.score, example.gold.contains(link))).collect();
    Scored { name: example.name.clone(), counts: Counts::of(&example.gold, &found), surprise: None, judged }
}

/// The examples of folders: `NAME.zh`, `NAME.en`, `NAME.gold`, and `NAME.zh.txt`, `NAME.en.txt` where they exist; in a
/// folder without gold, `NAME.tsv` of pairs that follow each other in a text.
pub(super) fn examples(folders: &[impl AsRef<Path>]) -> Result<Vec<Example>, Error> {
    let mut out = Vec::new();
    for folder in folders {
        let folder = folder.as_ref();
        let files = listed(folder)?;
        let genre = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let name = |path: &Path| format!("{genre}/{}", path.file_stem().unwrap_or_default().to_string_lossy());
        let gold: Vec<&PathBuf> = files.iter().filter(|path| has_ending(path, "gold")).collect();
        for path in &gold {
            let stem = path.with_extension("");
            let of = |side: fn(&Path, Language) -> Result<Document, Error>| -> Result<Example, Error> {
                let (chinese, english) = (side(&stem, Language::Chinese)?, side(&stem, Language::English)?);
                Ok(Example { name: name(path), chinese, english, gold: links(path)?, made: false })
            };
            out.push(of(side)?);
            if out.last().is_some_and(|example| example.chinese.has_blocks() || example.english.has_blocks()) {
                // The same without the blocks of its raw text, as a file of segments gives it.
                let plain = of(cut_side)?;
                out.push(Example { name: format!("{genre} as lines/{}", plain.name), ..plain });
            }
        }
        let pairs = |path: &&PathBuf| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            file.ends_with(".tsv") && file.matches('.').count() == 1
        };
        for path in files.iter().filter(pairs).filter(|_| gold.is_empty()) {
            let example = disturbed::example(name(path), &read_pairs(path, &Options::default())?.output.pairs);
            out.push(example.map_err(|problem| Error::Import { path: path.clone(), problem })?);
        }
    }
    Ok(out)
}
