//! What a person has decided about an alignment, and the stretches that leaves to be aligned.

use std::collections::BTreeSet;
use std::ops::Range;

use super::corridor::Stretch;
use super::evidence::Candidate;
use crate::bitext::Bead;
use crate::notice::{Notice, Tell, notice};
use crate::task::Cancelled;

/// Decisions, in numbers of source and target segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Beads that are right as they are.
    pub beads: Vec<(Range<usize>, Range<usize>)>,
    /// Pairs of segments that belong into one bead.
    pub linked: Vec<(usize, usize)>,
    /// Pairs of segments that do not belong into one bead.
    pub apart: Vec<(usize, usize)>,
}

/// Why decisions cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub enum Error {
    /// The work was asked to stop.
    Cancelled(Cancelled),
    /// Something names segments that are not there.
    Outside(usize, usize),
    /// Two decisions cannot both hold.
    Contradiction(usize, usize),
}

impl Tell for Error {
    fn tell(&self) -> Notice {
        match *self {
            Self::Cancelled(cancelled) => cancelled.tell(),
            Self::Outside(source, target) => {
                notice!("a decision names source segment {0} or target segment {1}, which is not there", source, target)
            }
            Self::Contradiction(source, target) => notice!(
                "the decisions about source segment {0} and target segment {1} contradict others",
                source,
                target
            ),
        }
    }
}

impl From<Cancelled> for Error {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// A settled bead, Chinese first: no other bead reaches over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wall {
    pub(super) zh: Range<usize>,
    pub(super) en: Range<usize>,
}

impl Wall {
    pub(super) fn is(&self, bead: &Bead) -> bool {
        bead.source == self.zh && bead.target == self.en
    }
}

/// Decisions in order, Chinese first.
#[derive(Debug, Default)]
pub(super) struct Rules {
    swapped: bool,
    walls: Vec<Wall>,
    linked: BTreeSet<(usize, usize)>,
    /// The same pairs, English first.
    linked_en: BTreeSet<(usize, usize)>,
    apart: BTreeSet<(usize, usize)>,
}

impl Rules {
    /// Orders and checks decisions about documents of `zh` and `en` segments.
    pub(super) fn new(settled: &Settled, swapped: bool, zh: usize, en: usize) -> Result<Self, Error> {
        let source_first = |z: usize, e: usize| if swapped { (e, z) } else { (z, e) };
        let outside = |z, e| {
            let (source, target) = source_first(z, e);
            Error::Outside(source, target)
        };
        let pair = |&(source, target): &(usize, usize)| {
            let (z, e) = source_first(source, target);
            if z < zh && e < en { Ok((z, e)) } else { Err(outside(z, e)) }
        };
        let mut walls = Vec::with_capacity(settled.beads.len());
        for (source, target) in &settled.beads {
            let (z, e) = if swapped { (target, source) } else { (source, target) };
            if z.end > zh || e.end > en || z.start > z.end || e.start > e.end {
                return Err(outside(z.end, e.end));
            }
            walls.push(Wall { zh: z.clone(), en: e.clone() });
        }
        walls.sort_by_key(|wall| (wall.zh.start, wall.en.start, wall.zh.end, wall.en.end));
        walls.dedup();
        let linked: BTreeSet<(usize, usize)> = settled.linked.iter().map(pair).collect::<Result<_, _>>()?;
        let linked_en = linked.iter().map(|&(z, e)| (e, z)).collect();
        let apart = settled.apart.iter().map(pair).collect::<Result<_, _>>()?;
        let out = Self { swapped, walls, linked, linked_en, apart };
        out.check().map_err(|(z, e)| out.contradiction(z, e))?;
        Ok(out)
    }

    /// Pairs hold with each other and with the settled beads, which are in order.
    fn check(&self) -> Result<(), (usize, usize)> {
        let overlap = |two: &&[Wall]| two[1].zh.start < two[0].zh.end || two[1].en.start < two[0].en.end;
        if let Some(two) = self.walls.windows(2).find(overlap) {
            return Err((two[1].zh.start, two[1].en.start));
        }
        if let Some(&both) = self.linked.intersection(&self.apart).next() {
            return Err(both);
        }
        for wall in &self.walls {
            let bead = Candidate { z0: wall.zh.start, z1: wall.zh.end, e0: wall.en.start, e1: wall.en.end };
            if self.forbid(bead) {
                return Err((wall.zh.start, wall.en.start));
            }
        }
        Ok(())
    }

    /// Whether a bead goes against a decision.
    pub(super) fn forbid(&self, c: Candidate) -> bool {
        let torn = |pairs: &BTreeSet<(usize, usize)>, own: Range<usize>, other: Range<usize>| {
            pairs.range((own.start, 0)..(own.end, 0)).any(|(_, partner)| !other.contains(partner))
        };
        let together = |&(_, e): &(usize, usize)| (c.e0..c.e1).contains(&e);
        self.apart.range((c.z0, 0)..(c.z1, 0)).any(together)
            || torn(&self.linked, c.z0..c.z1, c.e0..c.e1)
            || torn(&self.linked_en, c.e0..c.e1, c.z0..c.z1)
    }

    /// What to say of a stretch in which the pairs to be linked leave no way.
    pub(super) fn contradiction_in(&self, stretch: &Stretch) -> Error {
        let in_zh = self.linked.range((stretch.zh.start, 0)..(stretch.zh.end, 0)).next().copied();
        let in_en = self.linked_en.range((stretch.en.start, 0)..(stretch.en.end, 0)).next().map(|&(e, z)| (z, e));
        let (z, e) = in_zh.or(in_en).unwrap_or((stretch.zh.start, stretch.en.start));
        self.contradiction(z, e)
    }

    fn contradiction(&self, z: usize, e: usize) -> Error {
        // Messages name the source first, as the decisions do.
        if self.swapped { Error::Contradiction(e, z) } else { Error::Contradiction(z, e) }
    }

    /// Whether no bead goes against a decision.
    pub(super) fn allow_all(&self, beads: &[Bead]) -> bool {
        beads.iter().all(|bead| {
            let (zh, en) = (&bead.source, &bead.target);
            !self.forbid(Candidate { z0: zh.start, z1: zh.end, e0: en.start, e1: en.end })
        })
    }

    /// What lies between settled beads, each stretch with the bead after it.
    pub(super) fn stretches(&self, zh: usize, en: usize) -> Vec<(Stretch, Option<Wall>)> {
        let mut from = (0, 0);
        let mut out = Vec::with_capacity(self.walls.len() + 1);
        for wall in &self.walls {
            let stretch = Stretch { zh: from.0..wall.zh.start, en: from.1..wall.en.start };
            out.push((stretch, Some(wall.clone())));
            from = (wall.zh.end, wall.en.end);
        }
        out.push((Stretch { zh: from.0..zh, en: from.1..en }, None));
        out
    }

    /// Puts the linked pairs of a stretch among its anchors, in place of those they contradict.
    pub(super) fn guide(&self, anchors: &mut Vec<(usize, usize)>, stretch: &Stretch) {
        let mut linked: Vec<(usize, usize)> = Vec::new();
        for &(z, e) in self.linked.range((stretch.zh.start, 0)..(stretch.zh.end, 0)) {
            if linked.last().is_none_or(|last| last.0 < z && last.1 < e) {
                linked.push((z, e));
            }
        }
        let fits = |&(z, e): &(usize, usize), &(a, b): &(usize, usize)| (z < a) == (e < b) && z != a && e != b;
        anchors.retain(|anchor| linked.iter().all(|pair| fits(anchor, pair)));
        anchors.extend(linked);
        anchors.sort_unstable();
    }
}
