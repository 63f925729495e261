//! Evidence from punctuation and digits: what stands on one side should stand on the other.

use super::evidence::{Candidate, Evidence};
use super::profile::Profile;

/// How many kinds of mark are counted.
const KINDS: usize = 8;

const OPENING: usize = 2;
const CLOSING: usize = 3;

/// Calls `found` with the kind of each mark of a segment.
fn each_mark(text: &str, mut found: impl FnMut(usize)) {
    let mut before = ' ';
    let mut straight_open = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let kind = match c {
            '?' | '？' => Some(0),
            '!' | '！' => Some(1),
            '“' | '「' | '『' => Some(OPENING),
            '”' | '」' | '』' => Some(CLOSING),
            '"' => {
                straight_open = !straight_open;
                Some(if straight_open { OPENING } else { CLOSING })
            }
            '‘' | '\'' if before.is_whitespace() && next.is_alphabetic() => Some(OPENING),
            '’' | '\'' if ".,!?…".contains(before) => Some(CLOSING),
            ':' | '：' => Some(4),
            '(' | '（' => Some(5),
            ';' | '；' => Some(6),
            _ if c.is_numeric() && !before.is_numeric() => Some(7),
            _ => None,
        };
        if let Some(kind) = kind {
            found(kind);
        }
        before = c;
    }
}

/// Counts of each kind of mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([u32; KINDS]);

impl Counts {
    /// Counts the marks of a segment.
    pub(super) fn of(text: &str) -> Self {
        let mut counts = [0; KINDS];
        each_mark(text, |kind| counts[kind] += 1);
        Self(counts)
    }

    /// Whether a quotation is open at the end of a segment, given whether one was before it.
    pub(super) fn quoted_after(text: &str, before: bool) -> bool {
        let mut inside = before;
        each_mark(text, |kind| match kind {
            OPENING => inside = true,
            CLOSING => inside = false,
            _ => {}
        });
        inside
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
    /// Whether both sides have quotations.
    quoted: bool,
}

impl<'a> Marks<'a> {
    pub(super) fn new(zh: &'a Profile, en: &'a Profile) -> Self {
        Self { zh, en, quoted: zh.quotes && en.quotes }
    }
}

/// What a segment ends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Last {
    #[default]
    Other,
    Stop,
    Question,
    Exclamation,
    Colon,
    Comma,
    Semicolon,
    Dots,
}

impl Last {
    /// The last mark of a segment, quotation marks and brackets aside.
    pub(super) fn of(text: &str) -> Self {
        let closing = |c: char| c.is_whitespace() || "”’」』\"')）】》*_".contains(c);
        match text.trim_end_matches(closing).chars().next_back() {
            Some('。' | '.' | '．') => Self::Stop,
            Some('？' | '?') => Self::Question,
            Some('！' | '!') => Self::Exclamation,
            Some('：' | ':') => Self::Colon,
            Some('，' | ',' | '、') => Self::Comma,
            Some('；' | ';') => Self::Semicolon,
            Some('…' | '—' | '–') => Self::Dots,
            _ => Self::Other,
        }
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
            "marks: both end inside or outside quotation",
            "marks: last mark of the same kind",
            "marks: joined with a segment that has no last mark",
            "marks: left out or added without a last mark",
        ]
    }

    fn measure(&self, candidate: Candidate, out: &mut [f32]) {
        let Candidate { z0, z1, e0, e1 } = candidate;
        let bare = |profile: &Profile, from: usize, to: usize| {
            profile.last[from..to].iter().filter(|&&last| last == Last::Other).count() as f32
        };
        if candidate.is_null() {
            out[KINDS + 3] = bare(self.zh, z0, z1) + bare(self.en, e0, e1);
            return;
        }
        if candidate.zh() > 1 {
            out[KINDS + 2] += bare(self.zh, z0, z1);
        }
        if candidate.en() > 1 {
            out[KINDS + 2] += bare(self.en, e0, e1);
        }
        let zh = self.zh.marks[candidate.z1].minus(self.zh.marks[candidate.z0]);
        let en = self.en.marks[candidate.e1].minus(self.en.marks[candidate.e0]);
        for (out, (zh, en)) in out.iter_mut().zip(zh.0.into_iter().zip(en.0)) {
            *out = -(zh.min(3).abs_diff(en.min(3)).min(2) as f32);
        }
        if self.quoted {
            let agree = self.zh.quoted[candidate.z1 - 1] == self.en.quoted[candidate.e1 - 1];
            out[KINDS] = f32::from(u8::from(agree));
        }
        let same = self.zh.last[candidate.z1 - 1] == self.en.last[candidate.e1 - 1];
        out[KINDS + 1] = f32::from(u8::from(same));
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
