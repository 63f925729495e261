//! Sentences in a row, summed alone and at their seams, so that any group of neighbours has its vector at once.

use std::ops::Range;

use ndarray::Array2;

use super::Encoder;
use super::network::{DIM, Run};
use crate::task::{Cancelled, Ctl};

/// How many sentences are worked on at a time.
pub(super) const SLAB: usize = 256;
/// How far two layers of the longest n-gram reach.
const REACH: usize = 4;
/// A longer text is read in parts that overlap by the reach, which comes to the same.
const LONG: usize = 1024;

/// Sentences in a row. They are added in order and can be forgotten from the front.
pub struct Sentences<'a> {
    encoder: &'a Encoder,
    /// Whether seams are wanted.
    joined: bool,
    /// The number of the first that is kept.
    first: usize,
    kept: Vec<Kept>,
    last: Option<Edge>,
}

/// What is kept of a sentence.
struct Kept {
    /// The summed outputs of the sentence alone, and the correction where it meets the sentence before it.
    sum: Vec<f32>,
    seam: Vec<f32>,
    /// Its pieces, without beginning and end.
    pieces: f32,
}

/// The end of the last sentence, for its seam with the next.
struct Edge {
    pieces: Vec<u32>,
    tail: Vec<f32>,
}

impl<'a> Sentences<'a> {
    /// For groups of neighbours; the first sentence to be added has the number `first`.
    pub fn joined(encoder: &'a Encoder, first: usize) -> Self {
        Self { encoder, joined: true, first, kept: Vec::new(), last: None }
    }

    /// For each sentence alone.
    pub fn alone(encoder: &'a Encoder) -> Self {
        Self { joined: false, ..Self::joined(encoder, 0) }
    }

    /// One more than the number of the last sentence.
    pub fn end(&self) -> usize {
        self.first + self.kept.len()
    }

    /// Forgets all sentences before `first`.
    pub fn drop_before(&mut self, first: usize) {
        let count = first.saturating_sub(self.first).min(self.kept.len());
        self.kept.drain(..count);
        self.first += count;
    }

    /// Adds sentences.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn extend(&mut self, ctl: &Ctl, texts: &[&str]) -> Result<(), Cancelled> {
        for slab in texts.chunks(SLAB) {
            self.add(ctl, slab)?;
        }
        Ok(())
    }

    fn add(&mut self, ctl: &Ctl, texts: &[&str]) -> Result<(), Cancelled> {
        let network = &self.encoder.network;
        let pieces: Vec<Vec<u32>> = texts.iter().map(|text| self.encoder.pieces.of(text)).collect();
        let mut runs = Vec::new();
        let mut places = Vec::with_capacity(pieces.len());
        let mut rows = 0;
        for pieces in &pieces {
            let place = push_alone(&mut runs, pieces, self.joined, rows);
            rows += place.rows(self.joined);
            places.push(place);
        }
        let first_seam = rows;
        let before = self.last.as_ref().map(|edge| &edge.pieces);
        if self.joined {
            for pair in before.into_iter().chain(&pieces).collect::<Vec<_>>().windows(2) {
                runs.push(seam(pair[0], pair[1]));
            }
        }
        let sums = network.sum(ctl, &runs)?;
        let (own, counts) = self.rows(&sums, &pieces, &places, first_seam);
        let projected = network.project(own, &counts);
        for (at, pieces) in pieces.iter().enumerate() {
            let seam = if self.joined { projected.row(texts.len() + at).to_vec() } else { Vec::new() };
            self.kept.push(Kept { sum: projected.row(at).to_vec(), seam, pieces: pieces.len() as f32 - 2.0 });
        }
        if let (true, Some(pieces), Some(place)) = (self.joined, pieces.last(), places.last()) {
            let end = pieces[pieces.len().saturating_sub(2 * REACH + 1)..].to_vec();
            self.last = Some(Edge { pieces: end, tail: sums.row(place.tail).to_vec() });
        }
        Ok(())
    }

    /// Sums of sentences alone, then of the seams before them, each with the number of pieces summed.
    fn rows(
        &self,
        sums: &Array2<f32>,
        pieces: &[Vec<u32>],
        places: &[Place],
        first_seam: usize,
    ) -> (Array2<f32>, Vec<f32>) {
        let count = pieces.len();
        let mut out = Array2::zeros((if self.joined { 2 * count } else { count }, sums.ncols()));
        let mut counts = Vec::with_capacity(out.nrows());
        for (at, (pieces, place)) in pieces.iter().zip(places).enumerate() {
            for row in place.whole.clone() {
                out.row_mut(at).scaled_add(1.0, &sums.row(row));
            }
            counts.push(pieces.len() as f32);
        }
        if !self.joined {
            return (out, counts);
        }
        let mut seam = first_seam;
        for at in 0..count {
            let mut row = out.row_mut(count + at);
            let tail = match (at.checked_sub(1), &self.last) {
                (Some(before), _) => sums.row(places[before].tail),
                (None, Some(edge)) => ndarray::ArrayView1::from(&edge.tail),
                (None, None) => {
                    // The first sentence of all meets none.
                    counts.push(0.0);
                    continue;
                }
            };
            row.assign(&sums.row(seam));
            row.scaled_add(-1.0, &tail);
            row.scaled_add(-1.0, &sums.row(places[at].head));
            // The end of one and the beginning of the other are gone.
            counts.push(-2.0);
            seam += 1;
        }
        (out, counts)
    }

    /// The vectors of groups of `size` neighbours, one for each start in `starts`, [`DIM`] components each.
    ///
    /// # Panics
    /// When a group reaches beyond the sentences that are there, or `size` is not 1 for sentences alone.
    pub fn vectors(&self, starts: Range<usize>, size: usize) -> Vec<f32> {
        assert!(size == 1 || self.joined, "groups need seams");
        let mut sums = Array2::zeros((starts.len(), DIM));
        let mut counts = Vec::with_capacity(starts.len());
        for (mut row, start) in sums.rows_mut().into_iter().zip(starts) {
            let group = &self.kept[start - self.first..start - self.first + size];
            counts.push(2.0 + group.iter().map(|kept| kept.pieces).sum::<f32>());
            let row = row.as_slice_mut().expect("rows lie in one piece");
            row.copy_from_slice(&group[0].sum);
            for kept in &group[1..] {
                for ((sum, more), seam) in row.iter_mut().zip(&kept.sum).zip(&kept.seam) {
                    *sum += more + seam;
                }
            }
        }
        self.encoder.network.finish(&mut sums, &counts);
        sums.into_raw_vec_and_offset().0
    }

    /// The vector of the sentences in `group` joined.
    ///
    /// # Panics
    /// As [`vectors`](Self::vectors); or when the group is empty.
    pub fn group(&self, group: Range<usize>) -> Vec<f32> {
        self.vectors(group.start..group.start + 1, group.len())
    }
}

impl std::fmt::Debug for Sentences<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sentences").field("first", &self.first).field("end", &self.end()).finish_non_exhaustive()
    }
}

/// In which rows the sums of a sentence are.
struct Place {
    /// These rows together sum all its pieces.
    whole: Range<usize>,
    /// Its first and last pieces, as far as a neighbour changes them, with beginning and end.
    head: usize,
    tail: usize,
}

impl Place {
    fn rows(&self, edges: bool) -> usize {
        self.whole.len() + if edges { 2 } else { 0 }
    }
}

/// Adds the runs of a sentence alone; `row` is the first free row.
fn push_alone(runs: &mut Vec<Run>, pieces: &[u32], edges: bool, row: usize) -> Place {
    let count = pieces.len();
    if count <= LONG {
        let mut sums = one(0..count);
        if edges {
            sums.extend([0..count.min(REACH + 1), count.saturating_sub(REACH + 1)..count]);
        }
        runs.push(Run { pieces: pieces.to_vec(), sums });
        return Place { whole: row..row + 1, head: row + 1, tail: row + 2 };
    }
    let parts = count.div_ceil(LONG);
    for start in (0..count).step_by(LONG) {
        let end = (start + LONG).min(count);
        let (from, to) = (start.saturating_sub(REACH), (end + REACH).min(count));
        runs.push(Run { pieces: pieces[from..to].to_vec(), sums: one(start - from..end - from) });
    }
    if edges {
        let edge = REACH + 1;
        runs.push(Run { pieces: pieces[..edge + REACH].to_vec(), sums: one(0..edge) });
        runs.push(Run { pieces: pieces[count - edge - REACH..].to_vec(), sums: one(REACH..REACH + edge) });
    }
    Place { whole: row..row + parts, head: row + parts, tail: row + parts + 1 }
}

fn one(sum: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(sum).collect()
}

/// The pieces around the seam of two sentences, summed as far as the seam changes them.
fn seam(left: &[u32], right: &[u32]) -> Run {
    let (left, right) = (&left[..left.len() - 1], &right[1..]);
    let left = &left[left.len().saturating_sub(2 * REACH)..];
    let right = &right[..right.len().min(2 * REACH)];
    let sum = left.len() - left.len().min(REACH)..left.len() + right.len().min(REACH);
    Run { pieces: [left, right].concat(), sums: one(sum) }
}
