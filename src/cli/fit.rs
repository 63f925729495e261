//! Fitting the weights of the aligner, and the report of how well they do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;

use super::output::{emit, file};
use super::progress;
use crate::project::{Config, Counts, Model, Scored, Set, evaluate, train, train_terms, write_atomically};

/// Arguments of `fit`.
#[derive(Debug, clap::Args)]
pub struct FitArgs {
    /// Folders of NAME.zh, NAME.en, NAME.gold
    #[arg(required = true, value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
    /// Fit the ranking of terms to folders of NAME.terms.tsv instead
    #[arg(long, conflicts_with_all = ["measure", "set"])]
    pub terms: bool,
    /// Only measure the weights of the program
    #[arg(long, conflicts_with = "cross")]
    pub measure: bool,
    /// Only this set of evidence
    #[arg(long, value_enum)]
    pub set: Option<FitSet>,
    /// Also measure each text under weights fitted to the others
    #[arg(long)]
    pub cross: bool,
    /// Weight of the quadratic penalty
    #[arg(long, default_value_t = 1.0)]
    pub penalty: f64,
    /// A line for the file of weights that says how they were made
    #[arg(long, default_value = "")]
    pub made: String,
    /// Write the weights here; of the ranking of terms, into this folder
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// Sets of evidence, as [`Set`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FitSet {
    /// All of them
    Full,
    /// Without the sentence encoder
    Fast,
    /// Without the dictionary
    Foreign,
}

impl From<FitSet> for Set {
    fn from(set: FitSet) -> Self {
        match set {
            FitSet::Full => Self::Full,
            FitSet::Fast => Self::Fast,
            FitSet::Foreign => Self::Foreign,
        }
    }
}

/// Fits or measures the weights of the aligner.
pub(super) fn run(args: &FitArgs) -> anyhow::Result<()> {
    if args.terms {
        return terms(args);
    }
    let (ctl, line) = progress::line();
    let set = args.set.map_or(Set::Full, Set::from);
    let scored = if args.measure {
        vec![(set, evaluate(&ctl, &args.folders, Model::embedded(), set)?)]
    } else {
        let config = Config { penalty: args.penalty, ..Config::default() };
        let (model, scored) = train(
            &ctl,
            &args.folders,
            config,
            &args.set.map_or(Set::ALL.to_vec(), |set| vec![set.into()]),
            args.cross,
            &args.made,
        )?;
        if args.output.is_some() || !args.cross {
            emit(args.output.as_deref(), &model.to_json())?;
        }
        scored
    };
    drop(line);
    for (set, scored) in scored {
        emit(None, &format!("{set:?}\n{}", report(&scored)))?;
    }
    Ok(())
}

/// Fits the ranking of terms.
fn terms(args: &FitArgs) -> anyhow::Result<()> {
    let output = file(args.output.as_deref());
    if let Some(folder) = output {
        anyhow::ensure!(folder.is_dir(), "{} is no folder; weights.tsv and trees.tsv go into one", folder.display());
    }
    let (ctl, line) = progress::line();
    let ([weights, trees], judged) = train_terms(&ctl, &args.folders, args.penalty, args.cross)?;
    drop(line);
    match output {
        Some(folder) => {
            write_atomically(&folder.join("weights.tsv"), weights.as_bytes())?;
            write_atomically(&folder.join("trees.tsv"), trees.as_bytes())?;
        }
        None if !args.cross => emit(None, &(weights + &trees))?,
        None => {}
    }
    let mut out = String::new();
    for (name, [recall, early, right, first30, first]) in &judged {
        let _ = writeln!(
            out,
            "{name:28} recall {recall:.3} recall@2g {early:.3} judged {right:.3} P@30 {first30:.3} P@g {first:.3}"
        );
    }
    emit(None, &out)
}

fn report(scored: &[Scored]) -> String {
    let mut out = String::new();
    let mut genres: BTreeMap<&str, (Counts, Option<f64>)> = BTreeMap::new();
    let mut row = |name: &str, counts: &Counts, surprise: Option<f64>| {
        let (strict, lax) = (counts.strict(), counts.lax());
        let _ = write!(
            out,
            "{name:28} strict P {:.4} R {:.4} F1 {:.4}  lax F1 {:.4}",
            strict.precision, strict.recall, strict.f1, lax.f1
        );
        let _ = writeln!(out, "{}", surprise.map_or_else(String::new, |surprise| format!("  surprise {surprise:.1}")));
    };
    for text in scored {
        row(&text.name, &text.counts, text.surprise);
        let genre = text.name.split('/').next().unwrap_or_default();
        let (counts, surprise) = genres.entry(genre).or_insert((Counts::default(), Some(0.0)));
        counts.add(text.counts);
        *surprise = surprise.zip(text.surprise).map(|(sum, more)| sum + more);
    }
    for (genre, (counts, surprise)) in genres {
        row(&format!("all of {genre}"), &counts, surprise);
    }
    out + &reliability(scored)
}

/// How often beads are right, in ten bands of rising score.
fn reliability(scored: &[Scored]) -> String {
    let mut judged: Vec<(f32, bool)> = scored.iter().flat_map(|text| text.judged.iter().copied()).collect();
    judged.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wrong = |beads: &[(f32, bool)]| beads.iter().filter(|(_, right)| !right).count();
    let mut out = String::new();
    for share in [10, 20] {
        let lowest = &judged[..judged.len() * share / 100];
        let _ = writeln!(out, "{} of {} errors in the lowest {share} %", wrong(lowest), wrong(&judged));
    }
    for band in judged.chunks(judged.len().div_ceil(10).max(1)) {
        let right = band.iter().filter(|(_, right)| *right).count() as f64 / band.len() as f64;
        let mean = band.iter().map(|(score, _)| f64::from(*score)).sum::<f64>() / band.len() as f64;
        let (low, high) = (band.first().map_or(0.0, |b| b.0), band.last().map_or(0.0, |b| b.0));
        let _ = writeln!(out, "score {low:.2} to {high:.2}: mean {mean:.3}, right {right:.3} of {}", band.len());
    }
    out
}
