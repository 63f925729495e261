//! Fitting the weights of the aligner to texts aligned by hand, and telling how they do on texts left out.

use std::path::Path;

use rayon::prelude::*;

use super::Error;
use super::examples::{Scored, examples, judge};
use crate::align::train::{self, Config, Example, Prepared};
use crate::align::{Model, Set, Weights};
use crate::task::{Cancelled, Ctl};

/// What a set of evidence reaches, text by text.
pub type Report = (Set, Vec<Scored>);

/// Fits weights to gold folders; with `cross` also measures each example, for each set of evidence, under weights
/// fitted to the others.
///
/// # Errors
/// As [`evaluate`](super::evaluate).
pub fn train(
    ctl: &Ctl,
    folders: &[impl AsRef<Path>],
    config: Config,
    sets: &[Set],
    cross: bool,
    made: &str,
) -> Result<(Model, Vec<Report>), Error> {
    let examples = examples(folders)?;
    // The way depends on the weights of the first pass, so that fitting once is not enough.
    let first = prepare(ctl, &examples, Model::embedded(), Set::Full)?;
    let fast = train::fit(ctl, &first.iter().map(|(_, own)| own).collect::<Vec<_>>(), Set::Fast, config)?;
    drop(first);
    let way = Model::new(String::new(), Weights::from([(Set::Fast, fast)]));
    let (with, without): (Vec<Set>, Vec<Set>) = sets.iter().partition(|&&set| set != Set::Foreign);
    let mut weights = Weights::new();
    let mut reports = Vec::new();
    for (sets, evidence) in [(with, Set::Full), (without, Set::Foreign)] {
        if sets.is_empty() {
            continue;
        }
        let prepared = prepare(ctl, &examples, &way, evidence)?;
        let all: Vec<&Prepared> = prepared.iter().map(|(_, own)| own).collect();
        let fitted = sets.par_iter().map(|&set| Ok((set, train::fit(ctl, &all, set, config)?)));
        weights.extend(fitted.collect::<Result<Weights, Cancelled>>()?);
        for &set in sets.iter().filter(|_| cross) {
            reports.push((set, crossed(ctl, &examples, &prepared, set, config)?));
        }
    }
    Ok((Model::new(made.to_owned(), weights), reports))
}

/// The evidence of a set in all examples, each with its number. For other languages than Chinese and English the
/// weights must not know which side is which, so there each example counts both ways.
fn prepare(ctl: &Ctl, examples: &[Example], way: &Model, set: Set) -> Result<Vec<(usize, Prepared)>, Cancelled> {
    let mirrored = if set == Set::Foreign { 2 } else { 1 };
    (0..mirrored * examples.len())
        .into_par_iter()
        .map(|at| {
            let (number, mirrored) = (at % examples.len(), at >= examples.len());
            Ok((number, train::prepare(ctl, &examples[number], way, set, mirrored)?))
        })
        .collect()
}

/// Each example under weights fitted to the other texts.
fn crossed(
    ctl: &Ctl,
    examples: &[Example],
    prepared: &[(usize, Prepared)],
    set: Set,
    config: Config,
) -> Result<Vec<Scored>, Cancelled> {
    let left_out = |at: usize| -> Result<Scored, Cancelled> {
        let others = prepared.iter().filter(|(number, _)| examples[*number].text() != examples[at].text());
        let weights = train::fit(ctl, &others.map(|(_, own)| own).collect::<Vec<_>>(), set, config)?;
        let model = Model::new(String::new(), Weights::from([(set, weights)]));
        let own = &prepared[at].1;
        let surprise = Some(own.surprise(&model, set));
        Ok(Scored { surprise, ..judge(&examples[at], &own.best(&model, set)) })
    };
    // Examples made from pairs only help; they are no test.
    let own: Vec<usize> = (0..examples.len()).filter(|&at| !examples[at].made).collect();
    own.into_par_iter().map(left_out).collect()
}
