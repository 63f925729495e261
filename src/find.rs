//! Finding and replacing text in a document, forgiving case, width and traditional or simplified script.
//!
//! Comes in: a document's text, folded once into an [`Index`], and a [`Pattern`]. Goes out: hits as bytes of the text as
//! it stands ([`Index::find_all`]), what is to stand there instead ([`replacement`]), a line to list a hit by
//! ([`snippet`]).
//!
//! ```
//! use duizhao::find::{Haystack, Index, Options, Pattern, replacement};
//! use duizhao::lang::Language;
//! use duizhao::task::Ctl;
//!
//! let text = "網絡主權與网络空间";
//! let pattern = Pattern::new("网络", Options::default())?;
//! let found = Index::new(text).find_all(&Ctl::quiet(), &pattern, &Haystack::new(text, Language::Chinese, &[]), 100)?;
//! assert_eq!(found.hits, [0..6, 15..21]);
//! assert_eq!(replacement(text, &found.hits, &pattern, "信息")?[1], (15..21, "信息".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod expression;
mod fold;
mod index;
mod pattern;
mod replace;
mod search;
mod sieve;
mod words;

pub use index::Index;
pub use pattern::{BadPattern, Options, Pattern};
pub use replace::{Template, replacement, snippet};
pub use search::{Found, Haystack};
pub use sieve::Sieve;
