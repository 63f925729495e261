//! A way through two long texts by the vectors of their sentences alone, for languages without a dictionary here:
//! first between the means of many neighbours, then of fewer and fewer, each time only near the way found before
//! (Thompson and Koehn 2019, section 3.3), so that the cost is linear.

use ndarray::{Array2, Axis};

use super::corridor::{Corridor, Stretch};
use super::lattice::{Lattice, scores};
use super::profile::head;
use super::{STRAY, kinds};
use crate::bitext::{Bead, Document};
use crate::encode::{DIM, Encoder};
use crate::task::{Cancelled, Ctl};

/// How many segments have one vector at the finest; the corridor is wider than that anyway.
const FINEST: usize = 2;
/// Segments encoded at a time, a multiple of [`FINEST`].
const SLAB: usize = 512;
/// How much more a pair counts than the mean of pairs that have nothing to do with each other.
const SCALE: f32 = 20.0;
/// Pairs looked at for that mean.
const PAIRS: usize = 1000;

/// Positions `(z, e)` of a stretch on the way, rising on both sides.
pub(super) fn anchors(
    ctl: &Ctl,
    zh: &Document,
    en: &Document,
    stretch: &Stretch,
) -> Result<Vec<(usize, usize)>, Cancelled> {
    let zh_blocks = blocks(ctl, zh, stretch.zh.clone(), "reading the first text")?;
    let en_blocks = blocks(ctl, en, stretch.en.clone(), "reading the second text")?;
    let beads = way(ctl, &zh_blocks, &en_blocks)?;
    let paired = beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
    Ok(paired
        .map(|bead| (stretch.zh.start + FINEST * bead.source.start, stretch.en.start + FINEST * bead.target.start))
        .collect())
}

/// What lies between neighbouring anchors, as beads that tile the stretch.
pub(super) fn steps(anchors: &[(usize, usize)], stretch: &Stretch) -> Vec<Bead> {
    let mut from = (stretch.zh.start, stretch.en.start);
    let mut out = Vec::with_capacity(anchors.len() + 1);
    for &to in anchors.iter().chain([&(stretch.zh.end, stretch.en.end)]) {
        out.push(Bead { source: from.0..to.0, target: from.1..to.1, score: 0.0 });
        from = to;
    }
    out
}

/// One vector of length 1 for every few segments.
fn blocks(
    ctl: &Ctl,
    document: &Document,
    range: std::ops::Range<usize>,
    stage: &'static str,
) -> Result<Array2<f32>, Cancelled> {
    let mut out = Array2::zeros((0, DIM));
    for from in range.clone().step_by(SLAB) {
        ctl.step(stage, from - range.start, range.len())?;
        let sentences: Vec<_> = (from..range.end.min(from + SLAB)).map(|at| document.sentence(at)).collect();
        let texts: Vec<&str> = sentences.iter().map(|sentence| head(sentence)).collect();
        let vectors = Encoder::shared().encode(ctl, &texts)?;
        let vectors = Array2::from_shape_vec((texts.len(), DIM), vectors).expect("one vector for each text");
        out.append(Axis(0), means(&vectors, FINEST).view()).expect("vectors of one length");
    }
    Ok(out)
}

/// The means of `count` neighbours each, made vectors of length 1.
fn means(vectors: &Array2<f32>, count: usize) -> Array2<f32> {
    let mut out = Array2::zeros((vectors.nrows().div_ceil(count), vectors.ncols()));
    for (mut mean, few) in out.rows_mut().into_iter().zip(vectors.axis_chunks_iter(Axis(0), count)) {
        mean.assign(&few.sum_axis(Axis(0)));
        let length = mean.dot(&mean).sqrt().max(f32::MIN_POSITIVE);
        mean /= length;
    }
    out
}

/// The best way by pairs, each with a closeness above the ordinary, and single blocks that count nothing.
fn way(ctl: &Ctl, zh: &Array2<f32>, en: &Array2<f32>) -> Result<Vec<Bead>, Cancelled> {
    let stretch = Stretch { zh: 0..zh.nrows(), en: 0..en.nrows() };
    let corridor = if Corridor::holds_all(&stretch) {
        Corridor::through(&[], &stretch)
    } else {
        let coarser = way(ctl, &means(zh, 2), &means(en, 2))?;
        Corridor::around(&doubled(&coarser, &stretch), &stretch, 2 * STRAY)
    };
    let ordinary = ordinary(zh, en);
    let corridor = corridor.only(kinds::SINGLE);
    let scores = scores(ctl, &corridor, corridor.zh(), |c| {
        if c.is_null() { 0.0 } else { SCALE * (zh.row(c.z0).dot(&en.row(c.e0)) - ordinary) }
    })?;
    Ok(Lattice::new(corridor, vec![scores]).best(ctl)?.expect("nothing is forbidden"))
}

/// Beads of blocks twice as large, in numbers of these.
fn doubled(beads: &[Bead], stretch: &Stretch) -> Vec<Bead> {
    let twice = |side: &std::ops::Range<usize>, end: usize| (2 * side.start).min(end)..(2 * side.end).min(end);
    let double = |bead: &Bead| Bead {
        source: twice(&bead.source, stretch.zh.end),
        target: twice(&bead.target, stretch.en.end),
        // What is sure for many together is not for each.
        score: 0.0,
    };
    beads.iter().map(double).collect()
}

/// How close blocks are that stand at unrelated places.
fn ordinary(zh: &Array2<f32>, en: &Array2<f32>) -> f32 {
    let step = zh.nrows().div_ceil(PAIRS);
    let cosines: Vec<f32> = (0..zh.nrows())
        .step_by(step.max(1))
        .map(|at| {
            // Half the text away.
            let other = (at * en.nrows() / zh.nrows() + en.nrows() / 2) % en.nrows();
            zh.row(at).dot(&en.row(other))
        })
        .collect();
    cosines.iter().sum::<f32>() / cosines.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of a text whose subject changes slowly while each place is a little different.
    fn text(places: impl Iterator<Item = usize>) -> Array2<f32> {
        let rows: Vec<[f32; 16]> = places
            .map(|place| {
                let speed = |at: usize| if at < 8 { 0.011 * (at + 1) as f32 } else { 0.731 * (at + 3) as f32 };
                std::array::from_fn(|at| libm::sinf(place as f32 * speed(at) + at as f32))
            })
            .collect();
        means(&Array2::from(rows), 1)
    }

    #[test]
    fn the_way_jumps_over_what_is_left_out() {
        // A third of the text is missing on one side, and a little elsewhere on the other.
        let zh = text((0..900).filter(|at| !(300..600).contains(at)));
        let en = text((0..900).filter(|at| !(700..740).contains(at)));
        let beads = way(&Ctl::quiet(), &zh, &en).unwrap();
        let pairs: Vec<(usize, usize)> = beads
            .iter()
            .filter(|bead| !bead.source.is_empty() && !bead.target.is_empty())
            .map(|bead| (bead.source.start, bead.target.start))
            .collect();
        let zh_place = |at: usize| if at < 300 { at } else { at + 300 };
        let en_place = |at: usize| if at < 700 { at } else { at + 40 };
        let right = pairs.iter().filter(|&&(z, e)| zh_place(z) == en_place(e)).count();
        assert!(right >= 540 && right * 100 >= pairs.len() * 97, "{right} of {}", pairs.len());
    }

    #[test]
    fn lopsided_texts_have_a_way() {
        for (zh, en) in [(1, 50_000), (3, 1), (50_000, 2)] {
            let beads = way(&Ctl::quiet(), &text(0..zh), &text(0..en)).unwrap();
            assert!(crate::bitext::is_tiling(&beads, zh, en));
        }
    }
}
