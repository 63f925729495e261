//! Lengths far from the usual: robust, with a spread that shrinks as text grows (after Gale and Church 1993).

/// Fewer rows than this have no usual length.
const FEWEST: usize = 20;
/// Rows are judged where the shorter of what is there and what is usual has so many bytes of the target at least.
const SHORTEST: f64 = 40.0;
/// At this length in bytes of the target, chance spreads the logarithm of the ratio as much as translators do.
const EVEN: f64 = 80.0;
/// So many spreads from the middle are strange, if the lengths differ by so much besides.
const STRANGE: f64 = 3.5;
const LEAST: f64 = 0.6;
/// The median of the distances from the middle, for one standard deviation.
const DEVIATION: f64 = 1.4826;

/// How long the target of a document usually is for its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual(Option<Measured>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Measured {
    /// The median of the logarithm of target bytes for a source byte.
    middle: f64,
    /// The standard deviation of a very long row.
    spread: f64,
}

impl Usual {
    /// Measures rows given by the bytes of source and target. Rows with an empty side say nothing; of very few rows
    /// nothing is learnt, and no length is strange.
    pub fn of(rows: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let rows: Vec<(f64, f64)> = rows
            .into_iter()
            .filter(|&(source, target)| source > 0 && target > 0)
            .map(|(source, target)| (source as f64, target as f64))
            .collect();
        // Short rows scatter most; they count only where there is nothing else.
        let long: Vec<(f64, f64)> = rows.iter().copied().filter(|row| row.0.min(row.1) >= SHORTEST / 2.0).collect();
        let rows = if long.len() < FEWEST { rows } else { long };
        if rows.len() < FEWEST {
            return Self(None);
        }
        let middle = median(rows.iter().map(|row| libm::log(row.1 / row.0)).collect());
        let of_one = Measured { middle, spread: 1.0 };
        let distances = rows.iter().map(|&(source, target)| of_one.deviations(source, target).abs()).collect();
        Self(Some(Measured { middle, spread: (median(distances) * DEVIATION).max(0.1) }))
    }

    /// How many times longer than usual a target is, if that is strange; lengths in bytes.
    pub(super) fn strange(&self, source: usize, target: usize) -> Option<f64> {
        let measured = self.0?;
        let (source, target) = (source.max(1) as f64, target.max(1) as f64);
        let times = target / (source * libm::exp(measured.middle));
        let short = target.min(target / times);
        let far = measured.deviations(source, target).abs() > STRANGE && libm::log(times).abs() > LEAST;
        // A long side against a very short one is strange too.
        (far && (short >= SHORTEST || short * 8.0 <= target.max(target / times) && short * 8.0 >= SHORTEST))
            .then_some(times)
    }
}

impl Measured {
    /// How many standard deviations a row is from the middle.
    fn deviations(&self, source: f64, target: f64) -> f64 {
        let usual = source * libm::exp(self.middle);
        let length = (usual * target).sqrt().max(1.0);
        (libm::log(target) - libm::log(usual)) / (self.spread * (1.0 + EVEN / length).sqrt())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    let half = values.len() / 2;
    let (_, middle, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    *middle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_from_the_usual() {
        let usual = Usual::of((0..100).map(|row| (100 + row, 140 + row * 3 / 2)));
        assert_eq!(usual.strange(100, 150), None);
        assert_eq!(usual.strange(6, 30), None);
        assert!(usual.strange(100, 600).is_some_and(|times| times > 3.0));
        assert!(usual.strange(300, 60).is_some_and(|times| times < 0.3));
    }

    #[test]
    fn few_rows_say_nothing() {
        assert_eq!(Usual::of([(10, 20); 19]).strange(1000, 1), None);
        assert_eq!(Usual::of([(0, 20); 99]).strange(1000, 1), None);
    }
}
