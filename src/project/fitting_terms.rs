//! Fitting the weights that rank terms to glossaries made by hand, and telling how they do on documents left out.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Error;
use super::files::listed;
use super::glossary::{Linked, read_pairs};
use super::pair::{AlignOptions, Options, align, open_pair};
use crate::exchange::pairs::Pairs;
use crate::task::{Cancelled, Ctl};
use crate::term::Unit;
use crate::term::fit::{Config, Gold, Prepared, fit, measure, prepare};

/// The name of a document and how its glossary does: recall, recall in the first 2 g rows, the share of listed Chinese
/// terms with the right translation first, precision of the first 30 and the first g rows.
pub type Ranked = (String, [f64; 5]);

/// Fits the ranking of terms to folders of `NAME.terms.tsv` (perhaps with `NAME.acceptable.tsv`, which says that what is
/// in neither is no term) beside `NAME.tsv` of pairs or `NAME.zh.txt` and `NAME.en.txt`. A folder named twice counts
/// twice. Gives the tables of weights and of trees, and how each document does under them, or with `cross` under what is
/// fitted to the others.
///
/// # Errors
/// When a folder or file cannot be read or is not of its form.
pub fn train_terms(
    ctl: &Ctl,
    folders: &[impl AsRef<Path>],
    penalty: f64,
    cross: bool,
) -> Result<([String; 2], Vec<Ranked>), Error> {
    let config = Config { penalty, ..Config::default() };
    let mut names = Vec::new();
    let mut documents = Vec::new();
    let mut counted: Vec<(PathBuf, usize)> = Vec::new();
    for folder in folders.iter().map(AsRef::as_ref) {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        match counted.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, times)) => *times += 1,
            None => counted.push((folder, 1)),
        }
    }
    for (folder, times) in counted {
        for path in listed(&folder)? {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(name) = file.strip_suffix(".terms.tsv") {
                names.push(name.to_owned());
                documents.push(document(ctl, &path.with_file_name(name), times, config)?);
            }
        }
    }
    let all: Vec<&Prepared> = documents.iter().collect();
    let model = fit(ctl, &all, config)?;
    let judged = (0..documents.len()).into_par_iter().map(|at| {
        let others: Vec<&Prepared> =
            (0..documents.len()).filter(|&other| other != at).map(|at| &documents[at]).collect();
        let own = if cross { fit(ctl, &others, config)? } else { model.clone() };
        Ok((names[at].clone(), measure(&documents[at], &own)))
    });
    let judged = judged.collect::<Result<Vec<Ranked>, Cancelled>>()?;
    Ok((model.tables(), judged))
}

fn document(ctl: &Ctl, stem: &Path, times: usize, config: Config) -> Result<Prepared, Error> {
    let beside = |ending: &str| -> PathBuf { PathBuf::from(format!("{}.{ending}", stem.display())) };
    let list = |ending: &str| -> Result<Vec<(String, String)>, Error> {
        Ok(read_pairs(&beside(ending), &Options::default())?.output.pairs)
    };
    let exhaustive = beside("acceptable.tsv").exists();
    let right = if exhaustive { list("acceptable.tsv")? } else { Vec::new() };
    let gold = Gold { wanted: list("terms.tsv")?, right, exhaustive, times };
    if beside("tsv").exists() {
        let Pairs { pairs, .. } = read_pairs(&beside("tsv"), &Options::default())?.output;
        let units: Vec<Unit<'_>> = pairs.iter().map(|(chinese, english)| Unit { chinese, english }).collect();
        return Ok(prepare(ctl, &units, &gold, config)?);
    }
    let (chinese, english) = open_pair(&beside("zh.txt"), &beside("en.txt"), &Options::default())?.output;
    let bitext = align(ctl, chinese, english, &AlignOptions::default())?;
    Ok(prepare(ctl, &Linked::new(&bitext).units(), &gold, config)?)
}
