//! Evidence from the structure of the texts: paragraphs begin together, headings match headings.

use super::evidence::{Candidate, Evidence};
use super::profile::Profile;

pub(super) struct Structure<'a> {
    zh: &'a Profile,
    en: &'a Profile,
    /// Whether both sides have blocks that say something.
    both: bool,
}

impl<'a> Structure<'a> {
    pub(super) fn new(zh: &'a Profile, en: &'a Profile) -> Self {
        Self { zh, en, both: zh.structured && en.structured }
    }
}

impl Evidence for Structure<'_> {
    fn names(&self) -> &'static [&'static str] {
        &[
            "structure: begin blocks together",
            "structure: block bounds inside",
            "structure: heading against text",
            "structure: whole block left out or added",
        ]
    }

    fn measure(&self, candidate: Candidate, out: &mut [f32]) {
        if !self.both {
            return;
        }
        let starts = |profile: &Profile, at: usize| profile.starts.get(at).copied().unwrap_or(true);
        let Candidate { z0, z1, e0, e1 } = candidate;
        if candidate.is_null() {
            let whole = |profile: &Profile, from: usize, to: usize| starts(profile, from) && starts(profile, to);
            let is_whole = if candidate.en() == 0 { whole(self.zh, z0, z1) } else { whole(self.en, e0, e1) };
            out[3] = f32::from(u8::from(is_whole));
            return;
        }
        let (zh_starts, en_starts) = (starts(self.zh, z0), starts(self.en, e0));
        out[0] = match (zh_starts, en_starts) {
            (true, true) => 1.0,
            (false, false) => 0.0,
            _ => -1.0,
        };
        let inside = (z0 + 1..z1).filter(|&at| starts(self.zh, at)).count()
            + (e0 + 1..e1).filter(|&at| starts(self.en, at)).count();
        out[1] = -(inside.min(3) as f32);
        let heading = |profile: &Profile, from: usize, to: usize| profile.headings[from..to].iter().any(|&h| h);
        out[2] = -f32::from(u8::from(heading(self.zh, z0, z1) != heading(self.en, e0, e1)));
    }
}
