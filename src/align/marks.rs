//! Evidence from punctuation and digits: what stands on one side should stand on the other.

use super::evidence::{Candidate, Evidence};
use super::profile::Profile;

/// How many kinds of mark are counted.
const KINDS: usize = 8;

/// Counts of each kind of mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([u32; KINDS]);

impl Counts {
    /// Counts the marks of a segment.
    pub(super) fn of(text: &str) -> Self {
        let mut counts = [0; KINDS];
        let mut before = ' ';
        let mut straight_open = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            let kind = match c {
                '?' | '？' => Some(0),
                '!' | '！' => Some(1),
                '“' | '「' | '『' => Some(2),
                '”' | '」' | '』' => Some(3),
                '"' => {
                    straight_open = !straight_open;
                    Some(if straight_open { 2 } else { 3 })
                }
                '‘' | '\'' if before.is_whitespace() && next.is_alphabetic() => Some(2),
                '’' | '\'' if ".,!?…".contains(before) => Some(3),
                ':' | '：' => Some(4),
                '(' | '（' => Some(5),
                ';' | '；' => Some(6),
                _ if c.is_numeric() && !before.is_numeric() => Some(7),
                _ => None,
            };
            if let Some(kind) = kind {
                counts[kind] += 1;
            }
            before = c;
        }
        Self(counts)
    }

    /// The sum of two counts.
    pub(super) fn plus(mut self, other: Self) -> Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }

    fn minus(mut self, other: Self) -> Self {
        for (count, less) in self.0.iter_mut().zip(other.0) {
            *count -= less;
        }
        self
    }
}

pub(super) struct Marks<'a> {
    zh: &'a Profile,
    en: &'a Profile,
}

impl<'a> Marks<'a> {
    pub(super) fn new(zh: &'a Profile, en: &'a Profile) -> Self {
        Self { zh, en }
    }
}

impl Evidence for Marks<'_> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "marks: question",
            "marks: exclamation",
            "marks: opening quote",
            "marks: closing quote",
            "marks: colon",
            "marks: bracket",
            "marks: semicolon",
            "marks: number",
        ]
    }

    fn measure(&self, candidate: Candidate, out: &mut [f32]) {
        if candidate.is_null() {
            return;
        }
        let zh = self.zh.marks[candidate.z1].minus(self.zh.marks[candidate.z0]);
        let en = self.en.marks[candidate.e1].minus(self.en.marks[candidate.e0]);
        for (out, (zh, en)) in out.iter_mut().zip(zh.0.into_iter().zip(en.0)) {
            *out = -(zh.min(3).abs_diff(en.min(3)).min(2) as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_languages_count_alike() {
        let zh = Counts::of("他问：“你是2012年来的吗？”（是的！）");
        let en = Counts::of("He asked: “Did you come in 2012?” (Yes!)");
        assert_eq!(zh, en);
        assert_eq!(Counts::of("\"a\" 'b.'").0[2..4], [2, 2]);
    }
}
