//! Two cut documents in, scored beads out.
//!
#![doc = include_str!("align/README.md")]

mod alone;
mod anchors;
mod coarse;
mod corridor;
pub mod eval;
mod evidence;
mod kinds;
mod lattice;
mod length;
mod lexical;
mod links;
mod marks;
mod meaning;
mod model;
mod profile;
mod settled;
mod structure;
mod table;
#[cfg(feature = "fit")]
pub mod train;

pub use evidence::{Candidate, Evidence};
pub use model::{Error as ModelError, Model, Set, Weights};
pub use settled::{Error, Settled};

use std::ops::{Range, RangeInclusive};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::bitext::{Bead, Document};
use crate::encode::{Encoder, Sentences};
use crate::gloss::Accepted;
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use alone::{AGAINST, Alone};
use corridor::{Corridor, Stretch};
use evidence::Scorer;
use kinds::{MOST_EN, MOST_ZH};
use lattice::Lattice;
use links::LinkTable;
use meaning::Groups;
use profile::{Profile, head};
use settled::Rules;

/// How far the final search strays from the first alignment, in segments.
const STRAY: usize = 8;
/// The final search leaves out what the first one passes through with less than this probability.
const LEAST: f64 = 1e-8;
/// How many rows are scored at a time, and how many more around them their evidence looks at.
const BLOCK: usize = 256;
const MARGIN: usize = 2 * kinds::MOST;

/// How two documents are aligned.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The weights of the evidence.
    pub model: &'a Model,
    /// The evidence for Chinese and English; any other pair is aligned by [`Set::Foreign`].
    pub set: Set,
    /// What was decided on terms, known besides the dictionary.
    pub accepted: Option<&'a Accepted>,
}

impl Default for Options<'_> {
    /// The weights of the program and all evidence.
    fn default() -> Self {
        Self { model: Model::embedded(), set: Set::Full, accepted: None }
    }
}

/// Two documents read and looked up, to be aligned, and aligned again in part.
///
/// In here one document is called Chinese and the other English, as they mostly are; of another pair of languages the
/// one that comes first in the alphabet takes the place of Chinese, so that both directions give the same beads.
#[derive(Debug)]
pub struct Aligner<'a> {
    chinese: &'a Document,
    english: &'a Document,
    /// Whether the target takes the place of Chinese.
    swapped: bool,
    model: &'a Model,
    set: Set,
    zh: Profile,
    en: Profile,
    links: LinkTable,
    alone: Alone,
}

impl<'a> Aligner<'a> {
    /// Reads two documents in different languages, whichever is the source.
    ///
    /// # Errors
    /// [`Cancelled`] and nothing else: any two texts can be aligned.
    pub fn new(
        ctl: &Ctl,
        source: &'a Document,
        target: &'a Document,
        options: &Options<'a>,
    ) -> Result<Self, Cancelled> {
        let swapped = place_of(source) > place_of(target);
        let (chinese, english) = if swapped { (target, source) } else { (source, target) };
        let set = if has_dictionary(source, target) { options.set } else { Set::Foreign };
        Ok(Self { swapped, ..Self::in_place(ctl, chinese, english, &Options { set, ..*options })? })
    }

    /// With the first document in the place of Chinese, whatever it is.
    fn in_place(
        ctl: &Ctl,
        chinese: &'a Document,
        english: &'a Document,
        options: &Options<'a>,
    ) -> Result<Self, Cancelled> {
        let none = Accepted::default();
        let Options { model, set, accepted } = *options;
        let accepted = accepted.unwrap_or(&none);
        let (zh, en) = rayon::join(
            || Profile::of(ctl, chinese, accepted.tokenizer(), "reading the first text"),
            || Profile::of(ctl, english, accepted.tokenizer(), "reading the second text"),
        );
        let (zh, en) = (zh?, en?);
        let links = LinkTable::from_dictionary(ctl, &zh, &en, accepted)?;
        let alone = Alone::of((chinese, &zh), (english, &en));
        Ok(Self { chinese, english, swapped: false, model, set, zh, en, links, alone })
    }

    /// Aligns the whole of the documents. The beads tile both in order; their scores are posterior probabilities.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn align(&self, ctl: &Ctl) -> Result<Vec<Bead>, Cancelled> {
        let whole = self.whole();
        if whole.is_lopsided() {
            return Ok(self.outward(lopsided(&whole)));
        }
        let rules = Rules::default();
        let way = self.way(ctl, &whole, &rules)?.expect(FREE);
        let links = self.learnt(ctl, &way.first)?;
        Ok(self.outward(self.along(ctl, &way, &links, &rules)?.expect(FREE)))
    }

    /// Aligns again what a person's decisions touch: the stretches between settled beads in which `beads` are not what
    /// was decided. All other beads come back as they are, with their scores; settled ones have score 1.
    ///
    /// # Errors
    /// When the work is cancelled, or the decisions contradict each other or lie outside the documents.
    pub fn realign(&self, ctl: &Ctl, beads: &[Bead], settled: &Settled) -> Result<Vec<Bead>, Error> {
        let beads = self.outward(beads.to_vec());
        let rules = Rules::new(settled, self.swapped, self.zh.len(), self.en.len())?;
        let links = self.learnt(ctl, &beads)?;
        let mut out = Vec::with_capacity(beads.len());
        let mut before_is_new = false;
        for (stretch, wall) in rules.stretches(self.zh.len(), self.en.len()) {
            let wall_is_new = wall.as_ref().is_some_and(|wall| {
                let there = beads.get(place(&beads, wall.zh.start, wall.en.start));
                !there.is_some_and(|bead| wall.is(bead))
            });
            match kept(&beads, &stretch).filter(|kept| !before_is_new && !wall_is_new && rules.allow_all(kept)) {
                Some(kept) => out.extend_from_slice(kept),
                None if stretch.is_lopsided() => {
                    let alone = lopsided(&stretch);
                    if !rules.allow_all(&alone) {
                        return Err(rules.contradiction_in(&stretch));
                    }
                    out.extend(alone);
                }
                None => {
                    let again = match self.way(ctl, &stretch, &rules)? {
                        Some(way) => self.along(ctl, &way, &links, &rules)?,
                        None => None,
                    };
                    out.extend(again.ok_or_else(|| rules.contradiction_in(&stretch))?);
                }
            }
            out.extend(wall.map(|wall| Bead { source: wall.zh, target: wall.en, score: 1.0 }));
            before_is_new = wall_is_new;
        }
        Ok(self.outward(out))
    }

    fn whole(&self) -> Stretch {
        Stretch { zh: 0..self.zh.len(), en: 0..self.en.len() }
    }

    /// The way through a stretch: by a first alignment without the encoder, or by the encoder alone where there is no
    /// dictionary. Nothing where the rules leave none.
    fn way(&self, ctl: &Ctl, stretch: &Stretch, rules: &Rules) -> Result<Option<Way>, Cancelled> {
        let mut anchors = match self.set {
            Set::Foreign => coarse::anchors(ctl, self.chinese, self.english, stretch)?,
            Set::Full | Set::Fast => anchors::find(ctl, &self.zh, &self.en, &self.links, stretch)?,
        };
        rules.guide(&mut anchors, stretch);
        if self.set == Set::Foreign {
            let corridor = Corridor::around(&coarse::steps(&anchors, stretch), stretch, STRAY);
            return Ok(Some(Way { searched: corridor.clone(), corridor, first: Vec::new() }));
        }
        let wide = Corridor::through(&anchors, stretch).only(kinds::FIRST);
        let wide = Way { searched: wide.clone(), corridor: wide, first: Vec::new() };
        let lattice = self.search(ctl, &wide, Set::Fast, &self.links, rules, "finding the way")?;
        let Some((first, passed)) = lattice.best_and_passed(ctl, LEAST)? else { return Ok(None) };
        // In a small text the final search goes everywhere: where rows resemble each other, the first one knows little.
        if Corridor::holds_all(stretch) {
            let everything = Corridor::everything(stretch);
            return Ok(Some(Way { corridor: everything.clone(), searched: everything, first }));
        }
        let corridor = Corridor::around(&first, stretch, STRAY);
        let searched = passed.within(&corridor, &first);
        Ok(Some(Way { corridor, searched, first }))
    }

    /// The dictionary, and pairs that the documents themselves keep translating by each other.
    fn learnt(&self, ctl: &Ctl, first: &[Bead]) -> Result<LinkTable, Cancelled> {
        let mut links = self.links.clone();
        links.learn(ctl, &self.zh, &self.en, first)?;
        Ok(links)
    }

    /// The best beads along a way.
    fn along(&self, ctl: &Ctl, way: &Way, links: &LinkTable, rules: &Rules) -> Result<Option<Vec<Bead>>, Cancelled> {
        self.search(ctl, way, self.set, links, rules, "aligning")?.best(ctl)
    }

    fn search(
        &self,
        ctl: &Ctl,
        way: &Way,
        set: Set,
        links: &LinkTable,
        rules: &Rules,
        stage: &'static str,
    ) -> Result<Lattice, Cancelled> {
        let done = AtomicUsize::new(0);
        let all = way.corridor.zh().count();
        let parts = self.each_block(ctl, way, set, links, |rows, scorer| {
            let weights = self.model.weights_for(set, &scorer.names());
            let count = rows.clone().count();
            let mut features = Vec::new();
            let scores = lattice::scores(ctl, &way.searched, rows, |candidate| {
                if rules.forbid(candidate) {
                    return f32::NEG_INFINITY;
                }
                let against = self.alone.speaks_against(candidate, &self.zh, &self.en);
                scorer.score(candidate, &mut features, &weights) - if against { AGAINST } else { 0.0 }
            })?;
            ctl.step(stage, done.fetch_add(count, Ordering::Relaxed) + count, all)?;
            Ok(scores)
        })?;
        Ok(Lattice::new(way.searched.clone(), parts))
    }

    /// What `visit` makes of the rows of a corridor block by block, with the evidence about each block. Blocks without
    /// the encoder are visited by all cores; with it each is encoded by all cores.
    fn each_block<T: Send>(
        &self,
        ctl: &Ctl,
        way: &Way,
        set: Set,
        links: &LinkTable,
        visit: impl Fn(RangeInclusive<usize>, &Scorer) -> Result<T, Cancelled> + Sync,
    ) -> Result<Vec<T>, Cancelled> {
        let corridor = &way.corridor;
        let (zh, en) = (&self.zh, &self.en);
        let links = (set != Set::Foreign).then_some(links);
        let blocks: Vec<RangeInclusive<usize>> =
            corridor.zh().step_by(BLOCK).map(|from| from..=(from + BLOCK - 1).min(corridor.last().0)).collect();
        let around =
            |rows: &RangeInclusive<usize>| corridor.part(rows.start().saturating_sub(MARGIN), rows.end() + MARGIN);
        if set == Set::Fast {
            let visit = |rows: RangeInclusive<usize>| {
                let part = around(&rows);
                let scorer = Scorer::new(ctl, zh, en, links, None, &part)?;
                visit(rows, &scorer)
            };
            return blocks.into_par_iter().map(visit).collect();
        }
        let mut meanings = Meanings::new(self.chinese, self.english, corridor.start());
        let visit = |rows: RangeInclusive<usize>| {
            let part = around(&rows);
            let groups = meanings.groups(ctl, &part)?;
            let scorer = Scorer::new(ctl, zh, en, links, Some(&groups), &part)?;
            visit(rows, &scorer)
        };
        blocks.into_iter().map(visit).collect()
    }

    /// From Chinese first to source first, or back.
    fn outward(&self, mut beads: Vec<Bead>) -> Vec<Bead> {
        if self.swapped {
            for bead in &mut beads {
                std::mem::swap(&mut bead.source, &mut bead.target);
            }
        }
        beads
    }
}

/// Where the final search looks.
struct Way {
    /// What evidence looks at.
    corridor: Corridor,
    /// The part of it in which beads begin and end.
    searched: Corridor,
    /// The alignment that showed it, where there is one.
    first: Vec<Bead>,
}

/// Whether a set that needs the dictionary can align these two.
pub fn has_dictionary(source: &Document, target: &Document) -> bool {
    let languages = [source.lang.language(), target.lang.language()];
    languages.contains(&Language::Chinese) && languages.contains(&Language::English)
}

/// Chinese stands before all others, English after them.
fn place_of(document: &Document) -> (u8, Language) {
    let language = document.lang.language();
    let rank = match language {
        Language::Chinese => 0,
        Language::English => 2,
        _ => 1,
    };
    (rank, language)
}

const FREE: &str = "without decisions there is always a way";

/// The number of the first of `beads`, which are in order, that begins at these positions or later.
fn place(beads: &[Bead], z: usize, e: usize) -> usize {
    beads.partition_point(|bead| (bead.source.start, bead.target.start) < (z, e))
}

/// The beads that tile a stretch, where some do.
fn kept<'b>(beads: &'b [Bead], stretch: &Stretch) -> Option<&'b [Bead]> {
    let from = place(beads, stretch.zh.start, stretch.en.start);
    let inside = |bead: &&Bead| bead.source.end <= stretch.zh.end && bead.target.end <= stretch.en.end;
    let kept = &beads[from..from + beads[from..].iter().take_while(inside).count()];
    let mut end = (stretch.zh.start, stretch.en.start);
    for bead in kept {
        if (bead.source.start, bead.target.start) != end {
            return None;
        }
        end = (bead.source.end, bead.target.end);
    }
    (end == (stretch.zh.end, stretch.en.end)).then_some(kept)
}

/// Sentences of both sides, encoded as the search comes to them.
struct Meanings<'a> {
    sides: [(&'a Document, Sentences<'a>); 2],
}

impl<'a> Meanings<'a> {
    fn new(chinese: &'a Document, english: &'a Document, start: (usize, usize)) -> Self {
        let encoder = Encoder::shared();
        let side = |document, first| (document, Sentences::joined(encoder, first));
        Self { sides: [side(chinese, start.0), side(english, start.1)] }
    }

    /// The groups that a corridor reaches; corridors come in order.
    fn groups(&mut self, ctl: &Ctl, corridor: &Corridor) -> Result<(Groups, Groups), Cancelled> {
        let ((z0, e0), (z1, e1)) = (corridor.start(), corridor.last());
        let [chinese, english] = &mut self.sides;
        Ok((groups_of(ctl, chinese, z0..z1, MOST_ZH)?, groups_of(ctl, english, e0..e1, MOST_EN)?))
    }
}

fn groups_of(
    ctl: &Ctl,
    (document, sentences): &mut (&Document, Sentences),
    range: Range<usize>,
    most: usize,
) -> Result<Groups, Cancelled> {
    sentences.drop_before(range.start);
    let read: Vec<_> = (sentences.end()..range.end).map(|at| document.sentence(at)).collect();
    let texts: Vec<&str> = read.iter().map(|sentence| head(sentence)).collect();
    sentences.extend(ctl, &texts)?;
    Groups::new(ctl, sentences, range, most)
}

/// One side has no segments: everything on the other was left out or added.
fn lopsided(stretch: &Stretch) -> Vec<Bead> {
    let Stretch { zh, en } = stretch;
    let left = zh.clone().map(|at| Bead { source: at..at + 1, target: en.start..en.start, score: 1.0 });
    let right = en.clone().map(|at| Bead { source: zh.end..zh.end, target: at..at + 1, score: 1.0 });
    left.chain(right).collect()
}

#[cfg(test)]
mod tests;
