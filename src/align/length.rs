//! Evidence from lengths, in UTF-8 bytes scaled by the documents' own ratio (after Gale and Church 1993).

use super::corridor::Corridor;
use super::evidence::{Candidate, Evidence};
use super::kinds::{MOST_EN, MOST_ZH};
use super::profile::Profile;

/// Sides shorter than this many bytes make length unreliable.
const SHORT: f64 = 20.0;
/// Its logarithm.
const LOG_SHORT: f64 = 2.995_732_273_553_991;

/// English bytes for one Chinese byte, in the whole of the documents.
pub(super) fn ratio(zh: &Profile, en: &Profile) -> f64 {
    let total = |profile: &Profile| profile.bytes.last().copied().unwrap_or(0.0).max(1.0);
    total(en) / total(zh)
}

pub(super) struct Length<'a> {
    zh: &'a Profile,
    en: &'a Profile,
    /// English bytes for one Chinese byte.
    ratio: f64,
    /// Where the logarithms begin, and those of the lengths of all groups, by their first segment and their size.
    first: (usize, usize),
    zh_logs: Vec<[f64; MOST_ZH]>,
    en_logs: Vec<[f64; MOST_EN]>,
}

impl<'a> Length<'a> {
    pub(super) fn new(zh: &'a Profile, en: &'a Profile, corridor: &Corridor) -> Self {
        let ratio = ratio(zh, en);
        let ((z0, e0), (z1, e1)) = (corridor.start(), corridor.last());
        let zh_logs = logs(&zh.bytes[z0..=z1], ratio);
        let en_logs = logs(&en.bytes[e0..=e1], 1.0);
        Self { zh, en, ratio, first: (z0, e0), zh_logs, en_logs }
    }
}

/// The logarithms of the lengths of all groups of up to `MOST` segments, at least that of one byte.
fn logs<const MOST: usize>(bytes: &[f64], ratio: f64) -> Vec<[f64; MOST]> {
    let of = |start: usize, size: usize| {
        let end = bytes.get(start + size).copied().unwrap_or(bytes[start]);
        libm::log(((end - bytes[start]) * ratio).max(1.0))
    };
    (0..bytes.len()).map(|start| std::array::from_fn(|size| of(start, size + 1))).collect()
}

impl Evidence for Length<'_> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "length: log ratio",
            "length: squared difference",
            "length: very short side",
            "length: log ratio in 1-n",
            "length: log ratio in n-1",
            "length: left out",
            "length: added",
        ]
    }

    #[expect(clippy::cast_possible_truncation, reason = "evidence is kept in single precision")]
    fn measure(&self, candidate: Candidate, out: &mut [f32]) {
        let zh = (self.zh.bytes[candidate.z1] - self.zh.bytes[candidate.z0]) * self.ratio;
        let en = self.en.bytes[candidate.e1] - self.en.bytes[candidate.e0];
        if candidate.is_null() {
            let place = if candidate.en() == 0 { 5 } else { 6 };
            out[place] = libm::log1p((zh + en) / 30.0) as f32;
            return;
        }
        let (zh, en) = (zh.max(1.0), en.max(1.0));
        let zh_log = self.zh_logs[candidate.z0 - self.first.0][candidate.zh() - 1];
        let en_log = self.en_logs[candidate.e0 - self.first.1][candidate.en() - 1];
        out[0] = -(zh_log - en_log).abs() as f32;
        out[1] = (-(en - zh) * (en - zh) / (en + zh) / 20.0).max(-20.0) as f32;
        if zh.min(en) < SHORT {
            out[2] = (LOG_SHORT - zh_log.min(en_log)) as f32;
        }
        if let Some(shape @ (0 | 1)) = candidate.shape() {
            out[3 + shape] = (en_log - zh_log) as f32;
        }
    }
}
