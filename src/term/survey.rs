//! Everything the extraction sees of a text, not only the pairs worth listing: every stretch of words of either side
//! with the stretches of the other that may stand for it. Checking consistency needs the unlikely ones, too.

use std::ops::Range;

use super::candidates::{Stretch, english_span, span};
use super::links::{Link, Linker};
use super::rank;
use super::{Token, Unit, paired};
use crate::gloss::Accepted;
use crate::task::{Cancelled, Ctl};
use crate::text::Span;
use crate::token::WordKind;

/// The Chinese side of a survey, and the English one.
pub(crate) const CHINESE: usize = 0;
/// See [`CHINESE`].
pub(crate) const ENGLISH: usize = 1;

/// Links weaker than this are not kept.
const FAINT: f32 = 0.02;

/// A word of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// What it is compared by: Chinese in simplified script, the stem of an English word.
    pub(crate) stem: String,
    /// Whether it is punctuation.
    pub(crate) mark: bool,
    /// Whether it says something by itself: no function word, number or punctuation.
    pub(crate) content: bool,
    /// Its bytes.
    pub(crate) span: Span,
}

/// Two stretches of words of one unit that may stand for each other.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    /// Which of [`Survey::pairs`] it is a place of.
    pub(crate) pair: usize,
    /// The words of the Chinese stretch and of the English one.
    pub(crate) words: [Range<usize>; 2],
    /// Their bytes.
    pub(crate) spans: [Span; 2],
    /// How well they fit: up to 1.2, more where the dictionary says so.
    pub(crate) fit: f32,
    /// How many other stretches fit the Chinese one better, and the English one.
    pub(crate) rank: [u8; 2],
}

/// The sights of the same words on both sides.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// What the two sides are compared by.
    pub(crate) keys: [String; 2],
    /// Both sides as they are shown, in their commonest forms.
    pub(crate) texts: [String; 2],
    /// The probability that a terminologist would list the pair.
    pub(crate) score: f32,
}

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// The words of each unit, Chinese and English; none for units that are too long.
    pub(crate) units: Vec<[Vec<Word>; 2]>,
    /// The pairs, in the order of the text.
    pub(crate) pairs: Vec<Seen>,
    /// The places of the pairs in each unit.
    pub(crate) sights: Vec<Vec<Sight>>,
    /// What links the words of each unit, weak links too.
    pub(crate) links: Vec<Vec<Link>>,
}

/// Surveys a text; accepted terms are cut whole, and `linker`, which may have read other texts, links their words.
///
/// # Errors
/// [`Cancelled`].
pub(crate) fn survey(
    ctl: &Ctl,
    units: &[Unit<'_>],
    accepted: &Accepted,
    linker: &mut Linker,
) -> Result<Survey, Cancelled> {
    let mut links = Vec::with_capacity(units.len());
    let (cuts, found) = paired(ctl, units, accepted, linker, |matrices| {
        links.extend(matrices.iter().map(|matrix| matrix.links(FAINT)));
    })?;
    let (groups, scores) = rank::scored(ctl, &cuts, found)?;
    let mut out = Survey { sights: vec![Vec::new(); units.len()], links, ..Survey::default() };
    for (pair, (group, &score)) in groups.iter().zip(&scores).enumerate() {
        let (chinese, english) = group.key.clone();
        out.pairs.push(Seen { keys: [chinese, english], texts: rank::shown(&cuts, group), score });
        for found in &group.found {
            let cut = &cuts[found.unit];
            let words = |stretch: Stretch| stretch.from..stretch.to;
            out.sights[found.unit].push(Sight {
                pair,
                words: [words(found.chinese), words(found.english)],
                spans: [span(&cut.chinese, found.chinese), english_span(cut, found.english)],
                fit: found.fit,
                rank: [found.chinese_rank, found.english_rank],
            });
        }
    }
    let side = |tokens: Vec<Token>| -> Vec<Word> { tokens.into_iter().map(Word::of).collect() };
    out.units = cuts.into_iter().map(|cut| [side(cut.chinese), side(cut.english)]).collect();
    Ok(out)
}

impl Word {
    fn of(token: Token) -> Self {
        let content = !token.function && matches!(token.word.kind, WordKind::Han | WordKind::Letters);
        let mark = token.word.kind == WordKind::Mark;
        Self { stem: token.key, mark, content, span: token.word.span }
    }
}
