//! Evidence from lengths, in UTF-8 bytes scaled by the documents' own ratio (after Gale and Church 1993).

use super::evidence::{Candidate, Evidence};
use super::profile::Profile;

/// Sides shorter than this many bytes make length unreliable.
const SHORT: f64 = 20.0;

pub(super) struct Length<'a> {
    zh: &'a Profile,
    en: &'a Profile,
    /// English bytes for one Chinese byte.
    ratio: f64,
}

impl<'a> Length<'a> {
    pub(super) fn new(zh: &'a Profile, en: &'a Profile) -> Self {
        let total = |profile: &Profile| profile.bytes.last().copied().unwrap_or(0.0).max(1.0);
        Self { zh, en, ratio: total(en) / total(zh) }
    }
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
        let (low, high) = if zh < en { (zh, en) } else { (en, zh) };
        out[0] = libm::log(low / high) as f32;
        out[1] = (-(en - zh) * (en - zh) / (en + zh) / 20.0).max(-20.0) as f32;
        if low < SHORT {
            out[2] = -libm::log(low / SHORT) as f32;
        }
        match (candidate.zh(), candidate.en()) {
            (1, 2..) => out[3] = libm::log(en / zh) as f32,
            (2.., 1) => out[4] = libm::log(en / zh) as f32,
            _ => {}
        }
    }
}
