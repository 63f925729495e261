//! The seam between what speaks for a bead and the search for the best ones.

use super::corridor::Corridor;
use super::kinds;
use super::length::Length;
use super::lexical::Lexical;
use super::links::LinkTable;
use super::marks::Marks;
use super::meaning::{Groups, Meaning};
use super::profile::Profile;
use super::structure::Structure;
use crate::task::{Cancelled, Ctl};

/// A bead that might be: Chinese segments `z0..z1` and English segments `e0..e1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// First Chinese segment.
    pub z0: usize,
    /// After the last Chinese segment.
    pub z1: usize,
    /// First English segment.
    pub e0: usize,
    /// After the last English segment.
    pub e1: usize,
}

impl Candidate {
    /// How many Chinese segments.
    pub fn zh(self) -> usize {
        self.z1 - self.z0
    }

    /// How many English segments.
    pub fn en(self) -> usize {
        self.e1 - self.e0
    }

    /// 0 for 1-n, 1 for n-1, 2 for m-n; nothing for 1-1 and where one side is empty.
    pub(super) fn shape(self) -> Option<usize> {
        match (self.zh(), self.en()) {
            (0, _) | (_, 0) | (1, 1) => None,
            (1, _) => Some(0),
            (_, 1) => Some(1),
            _ => Some(2),
        }
    }

    /// Whether one side is empty.
    pub fn is_null(self) -> bool {
        self.zh() == 0 || self.en() == 0
    }
}

/// A source of evidence about beads of one pair of documents.
pub trait Evidence {
    /// The names of its features, under which the model keeps their weights.
    fn names(&self) -> &'static [&'static str];

    /// Writes one figure per name into `out`, which is zero before. Larger need not mean better: the weight decides.
    fn measure(&self, candidate: Candidate, out: &mut [f32]);
}

/// The type of the bead itself.
struct Kind;

impl Evidence for Kind {
    fn names(&self) -> &'static [&'static str] {
        &kinds::NAMES
    }

    fn measure(&self, candidate: Candidate, out: &mut [f32]) {
        out[kinds::class(candidate.zh(), candidate.en())] = 1.0;
        let several = |count: usize| if count > 1 { count } else { 0 };
        out[kinds::CLASSES] = (several(candidate.zh()) + several(candidate.en())) as f32;
    }
}

/// All evidence about one pair of documents.
pub(super) struct Scorer<'a> {
    sources: Vec<Box<dyn Evidence + 'a>>,
    width: usize,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(
        ctl: &Ctl,
        zh: &'a Profile,
        en: &'a Profile,
        links: Option<&'a LinkTable>,
        groups: Option<&'a (Groups, Groups)>,
        corridor: &'a Corridor,
    ) -> Result<Self, Cancelled> {
        let mut sources: Vec<Box<dyn Evidence + 'a>> = vec![
            Box::new(Kind),
            Box::new(Length::new(zh, en, corridor)),
            Box::new(Marks::new(zh, en)),
            Box::new(Structure::new(zh, en)),
        ];
        if let Some(links) = links {
            sources.push(Box::new(Lexical::new(ctl, en, links, corridor)?));
        }
        if let Some((zh_groups, en_groups)) = groups {
            sources.push(Box::new(Meaning::new((zh, en), (zh_groups, en_groups), corridor)));
        }
        let width = sources.iter().map(|source| source.names().len()).sum();
        Ok(Self { sources, width })
    }

    /// The names of all features in order.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.sources.iter().flat_map(|source| source.names().iter().copied()).collect()
    }

    /// Fills `features` with the figures of `candidate`.
    pub(super) fn measure(&self, candidate: Candidate, features: &mut Vec<f32>) {
        features.clear();
        features.resize(self.width, 0.0);
        let mut at = 0;
        for source in &self.sources {
            let next = at + source.names().len();
            source.measure(candidate, &mut features[at..next]);
            at = next;
        }
    }

    /// The weighted sum of the evidence.
    pub(super) fn score(&self, candidate: Candidate, features: &mut Vec<f32>, weights: &[f32]) -> f32 {
        self.measure(candidate, features);
        features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum()
    }
}
