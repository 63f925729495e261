//! Two cut documents in, scored beads out.
//!
//! A bead's score is a weighted sum of evidence (a log-linear semi-Markov model): its type, the lengths of its sides,
//! how well the dictionary covers each side by the other, punctuation and numbers, the structure of the texts.
//! Dynamic programming finds the best monotone tiling by beads of up to 5 Chinese and 7 English segments, 8 in all;
//! forward–backward gives each bead its posterior probability, which is its score.
//! The search runs in a corridor that is first wide (around anchors) and then narrow (around a first alignment), so
//! time and memory grow linearly with the text.
//!
//! Follows Gale and Church (1993) for lengths, Varga et al. (2005) for the use of a dictionary, Liu and Zhu (2023,
//! Bertalign) for the two passes; evaluation is that of Thompson and Koehn (2019).
//!
//! Evidence is a seam: every source of it implements [`Evidence`] and brings its own features, weights are found by
//! name in the model.

mod anchors;
mod corridor;
pub mod eval;
mod evidence;
mod kinds;
mod lattice;
mod length;
mod lexical;
mod links;
mod marks;
mod model;
mod profile;
mod structure;
pub mod train;

pub use evidence::{Candidate, Evidence};
pub use model::{Error as ModelError, Model};

use crate::bitext::{Bead, Document};
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use corridor::Corridor;
use evidence::Scorer;
use lattice::Lattice;
use links::LinkTable;
use profile::Profile;

/// How far the final search strays from the first alignment, in segments.
const STRAY: usize = 8;

/// Aligns two documents in different languages, whichever is the source.
///
/// The beads tile both documents in order; their scores are posterior probabilities.
///
/// # Errors
/// [`Cancelled`] and nothing else: any two texts can be aligned.
pub fn align(ctl: &Ctl, source: &Document, target: &Document, model: &Model) -> Result<Vec<Bead>, Cancelled> {
    let swapped = source.lang.language() == Language::English;
    let (chinese, english) = if swapped { (target, source) } else { (source, target) };
    let mut beads = align_oriented(ctl, chinese, english, model)?;
    if swapped {
        for bead in &mut beads {
            std::mem::swap(&mut bead.source, &mut bead.target);
        }
    }
    Ok(beads)
}

/// Chinese first, as everything below this function has it.
fn align_oriented(ctl: &Ctl, chinese: &Document, english: &Document, model: &Model) -> Result<Vec<Bead>, Cancelled> {
    if chinese.segments.is_empty() || english.segments.is_empty() {
        return Ok(lopsided(chinese.segments.len(), english.segments.len()));
    }
    let zh = Profile::of(ctl, chinese, "reading the Chinese text")?;
    let en = Profile::of(ctl, english, "reading the English text")?;
    let mut links = LinkTable::from_dictionary(ctl, &zh, &en)?;
    let first = search(ctl, &zh, &en, &links, model, &wide_corridor(&zh, &en, &links), "finding the path")?.best();
    // Pairs that this document itself keeps translating by each other join the dictionary for the final search.
    links.learn(&zh, &en, &first);
    let narrow = Corridor::around(&first, zh.len(), en.len(), STRAY);
    let lattice = search(ctl, &zh, &en, &links, model, &narrow, "aligning")?;
    Ok(lattice.best())
}

fn wide_corridor(zh: &Profile, en: &Profile, links: &LinkTable) -> Corridor {
    Corridor::through(&anchors::find(zh, en, links), zh.len(), en.len())
}

fn search(
    ctl: &Ctl,
    zh: &Profile,
    en: &Profile,
    links: &LinkTable,
    model: &Model,
    corridor: &Corridor,
    stage: &'static str,
) -> Result<Lattice, Cancelled> {
    let scorer = Scorer::new(ctl, zh, en, links, corridor)?;
    let weights = model.weights_for(&scorer.names());
    Lattice::build(ctl, corridor, stage, |candidate, features| scorer.score(candidate, features, &weights))
}

/// One side has no segments: everything on the other was left out or added.
fn lopsided(source: usize, target: usize) -> Vec<Bead> {
    let left = (0..source).map(|at| Bead { source: at..at + 1, target: 0..0, score: 1.0 });
    let right = (0..target).map(|at| Bead { source: source..source, target: at..at + 1, score: 1.0 });
    left.chain(right).collect()
}
