//! What speaks for and against a finding, after a logistic regression over odd renderings that a script had put into
//! TICO-19, against what was found in the texts as they are; rounded.

/// How likely the likeliest pair of the term is to be listed, the usual one, and the odd one.
pub(super) const TERM: f32 = 2.0;
pub(super) const USUAL: f32 = 0.6;
pub(super) const ODD: f32 = 2.6;
/// The share of the usual rendering.
pub(super) const SHARE: f32 = 1.7;
/// That the usual rendering or the odd one is of several English words.
pub(super) const WORDS: f32 = 0.3;
/// That the dictionary has the odd rendering, and both are single words: so they are of general language.
pub(super) const GENERAL: f32 = -1.3;
/// That the odd rendering translates another term elsewhere.
pub(super) const OTHER: f32 = -1.7;
/// That the odd rendering is one word of what looks like a name, and the usual one no name.
pub(super) const NAME: f32 = -1.0;
/// That the usual rendering was found but once.
pub(super) const ONCE: f32 = -1.0;
/// Each odd rendering.
pub(super) const MANY: f32 = -0.45;
/// That the term is an English one.
pub(super) const ENGLISH: f32 = -0.7;
/// That nothing else accounts for the odd rendering, which is of several words.
pub(super) const LEFT: f32 = 0.4;
/// What is to be reached.
pub(super) const ENOUGH: f32 = 2.75;
