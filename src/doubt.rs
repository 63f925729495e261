//! Why a person should look at a row, beyond the aligner's score: numbers and names that one side lacks, and a length
//! far from the usual.
//!
//! Comes in: the text of a row on both sides, and how long the rows of the document usually are. Goes out: reasons with
//! the bytes they are about. Few false alarms matter more than finding everything: a reader who is warned for nothing
//! stops looking. So only what one side says beyond mistake is asked of the other, and any form of it there will do.
//!
//! ```
//! use duizhao::doubt::{self, Reason, Usual};
//! use duizhao::lang::Lang;
//!
//! let (zh, en) = (Lang::parse("zh")?, Lang::parse("en")?);
//! let usual = Usual::of([]);
//! let fine = doubt::reasons(&usual, ("二〇一二年有1.3亿人", &zh), ("In 2012 there were 130 million", &en));
//! assert!(fine.is_empty());
//! let found = doubt::reasons(&usual, ("百分之三十", &zh), ("thirteen per cent", &en));
//! let [Reason::Numbers { source, target }] = found.as_slice() else { panic!("{found:?}") };
//! assert_eq!((source[0].value.to_string(), &source[0].span), ("30".to_owned(), &(9..15)));
//! assert_eq!((target[0].value.to_string(), &target[0].span), ("13".to_owned(), &(0..8)));
//! # Ok::<(), duizhao::lang::Error>(())
//! ```

mod chinese;
mod compound;
mod english;
mod figures;
mod length;
mod names;
mod numbers;
mod rate;
mod roman;
mod rows;
mod terms;

use crate::lang::{Lang, Language};
use crate::text::Span;
use crate::text::targets::without_targets;

pub use length::Usual;
pub use numbers::{Figure, Value};
pub use rows::{Doubts, Kind, Kinds, has_low_score};
pub use terms::Terms;

/// Why a person should look at a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Numbers that the other side has in no form; at least one side has some.
    Numbers {
        /// Those of the source that the target lacks, in reading order.
        source: Vec<Figure>,
        /// Those of the target that the source lacks, in reading order.
        target: Vec<Figure>,
    },
    /// Names, abbreviations, addresses and codes in Latin letters on the Chinese side that the English side lacks.
    /// The other side is empty.
    Names {
        /// Their bytes in the source.
        source: Vec<Span>,
        /// Their bytes in the target.
        target: Vec<Span>,
    },
    /// One side is far longer than usual for the other.
    Length {
        /// How many times longer than usual the target is for this source; below 1 where it is shorter.
        times: f64,
    },
}

/// Why a person should look at a row, most telling first; empty where nothing is wrong or a side has no text.
/// Targets of links are no text.
pub fn reasons(usual: &Usual, source: (&str, &Lang), target: (&str, &Lang)) -> Vec<Reason> {
    if source.0.trim().is_empty() || target.0.trim().is_empty() {
        return Vec::new();
    }
    let (here, there) = (without_targets(source.0), without_targets(target.0));
    let (source, target) = ((&*here, source.1), (&*there, target.1));
    let mut out = Vec::new();
    let (here, there) = numbers::differing(source, target);
    if !here.is_empty() || !there.is_empty() {
        out.push(Reason::Numbers { source: here, target: there });
    }
    match (source.1.language(), target.1.language()) {
        (Language::Chinese, Language::English) => {
            let missing = names::missing(source.0, target.0);
            out.extend((!missing.is_empty()).then_some(Reason::Names { source: missing, target: Vec::new() }));
        }
        (Language::English, Language::Chinese) => {
            let missing = names::missing(target.0, source.0);
            out.extend((!missing.is_empty()).then_some(Reason::Names { source: Vec::new(), target: missing }));
        }
        _ => {}
    }
    out.extend(usual.strange(source.0.len(), target.0.len()).map(|times| Reason::Length { times }));
    out
}

#[cfg(test)]
mod tests;
