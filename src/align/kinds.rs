//! The bead types that are searched: how many Chinese and English segments.

/// Most Chinese segments in a bead.
pub(super) const MOST_ZH: usize = 5;
/// Most English segments in a bead.
pub(super) const MOST_EN: usize = 7;
/// Most segments in a bead, both sides together.
pub(super) const MOST: usize = 8;
/// How many types there are.
pub(super) const COUNT: usize = 27;

/// All types, small ones first; a type's number is its place here.
pub(super) static KINDS: [(usize, usize); COUNT] = kinds();

const fn kinds() -> [(usize, usize); COUNT] {
    let mut out = [(0, 0); COUNT];
    out[0] = (1, 1);
    out[1] = (1, 0);
    out[2] = (0, 1);
    let mut at = 3;
    let mut all = 3;
    while all <= MOST {
        let mut zh = 1;
        while zh <= MOST_ZH && zh < all {
            if all - zh <= MOST_EN {
                out[at] = (zh, all - zh);
                at += 1;
            }
            zh += 1;
        }
        all += 1;
    }
    assert!(at == COUNT, "the number of types");
    out
}

/// The number of a type.
pub(super) fn number(zh: usize, en: usize) -> Option<usize> {
    let number = *NUMBERS.get(zh)?.get(en)?;
    (number != NONE).then_some(usize::from(number))
}

const NONE: u8 = u8::MAX;

/// The number of each type by its segments, [`NONE`] where it is not searched.
static NUMBERS: [[u8; MOST_EN + 1]; MOST_ZH + 1] = numbers();

const fn numbers() -> [[u8; MOST_EN + 1]; MOST_ZH + 1] {
    let mut out = [[NONE; MOST_EN + 1]; MOST_ZH + 1];
    let mut at = 0;
    while at < COUNT {
        #[expect(clippy::cast_possible_truncation, reason = "there are few types")]
        let number = at as u8;
        out[KINDS[at].0][KINDS[at].1] = number;
        at += 1;
    }
    out
}

/// How many types hold at most one segment of each side.
pub(super) const SINGLE: usize = 3;
/// How many types a first search uses, which only has to find the way: those of up to four segments.
pub(super) const FIRST: usize = 8;

/// How many classes of types have a feature of their own.
pub(super) const CLASSES: usize = 12;

/// The names of the features: one for each class, then how many segments stand beside others.
pub(super) static NAMES: [&str; CLASSES + 1] = [
    "1-1",
    "1-0",
    "0-1",
    "1-2",
    "1-3",
    "1-4",
    "1-5+",
    "2-1",
    "3+-1",
    "2-2",
    "2-3",
    "m-n",
    "segments on sides of several",
];

/// The class of a type, an index into [`NAMES`].
pub(super) fn class(zh: usize, en: usize) -> usize {
    match (zh, en) {
        (1, 1) => 0,
        (1, 0) => 1,
        (0, 1) => 2,
        (1, 2) => 3,
        (1, 3) => 4,
        (1, 4) => 5,
        (1, _) => 6,
        (2, 1) => 7,
        (_, 1) => 8,
        (2, 2) => 9,
        (2, 3) => 10,
        _ => 11,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_distinct_and_within_bounds() {
        for (at, &(zh, en)) in KINDS.iter().enumerate() {
            assert_eq!(number(zh, en), Some(at));
            assert!((1..=MOST).contains(&(zh + en)) && class(zh, en) < CLASSES);
            assert_eq!(at < FIRST, zh + en <= 4);
        }
    }
}
