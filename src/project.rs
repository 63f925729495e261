//! The façade: every use case as one function over plain data, the only thing the command line and the window call.
//!
//! Files are opened and written here and nowhere below. What the faces need of the modules that read, cut, align and
//! write has its name here, so that they know no other of those.

mod aligned;
mod author;
mod bundled;
mod check;
#[cfg(feature = "fit")]
mod disturbed;
mod doubts;
mod error;
#[cfg(feature = "fit")]
mod examples;
mod files;
#[cfg(feature = "fit")]
mod fitting;
#[cfg(feature = "fit")]
mod fitting_terms;
mod glossary;
mod gold;
mod links;
mod metadata;
mod opened;
mod pair;
mod settings;
mod terms;
mod together;
mod workbench;

pub use crate::align::eval::Counts;
#[cfg(feature = "fit")]
pub use crate::align::{Model, train::Config};
pub use crate::align::{Set, Settled};
pub use crate::exchange::Losses;
pub use crate::exchange::form::About;
pub use crate::exchange::glossary::Glossary as GlossaryFile;
pub use crate::exchange::rows::{Detail as RowDetail, RowsForm, Selection};
pub use crate::exchange::table::Columns;
pub use crate::exchange::terms::{Outgoing as OutgoingTerms, TermsForm};
pub use crate::import::Warned;
pub use crate::store::{Change, Contents, Error as StoreError, Originals, Store, discard_unfinished};
pub use crate::term::links::Evidence;
pub use aligned::{AlignedTexts, is_aligned_form, open_aligned};
pub use author::author;
pub use bundled::{bundled, bundled_title, note_in};
pub use check::{check, check_alignment, check_term_base, check_warning, read_decisions, report, verdict_of, verdicts};
pub use doubts::{asked_terms, doubts, doubts_report};
pub use error::Error;
#[cfg(feature = "fit")]
pub use examples::{Scored, evaluate};
pub use files::{first_words, load, load_segmented, paste, typed_path, write_atomically, write_with};
#[cfg(feature = "fit")]
pub use fitting::{Report, train};
#[cfg(feature = "fit")]
pub use fitting_terms::{Ranked, train_terms};
pub use glossary::{
    Glossary, GlossaryTerm, check_glossary, glossary, glossary_of_pairs, proposals, read_pairs, term_base_of_pairs,
};
pub use gold::{compare, evaluate_text};
pub use links::{WordLink, links};
pub use opened::open_alignment;
pub use pair::{AlignOptions, Job, Options, align, check_fast, check_pair, open_pair, read_jobs};
pub use settings::{Recent, Setting, Settings, settings_path};
pub use terms::read_term_base;
pub use together::{Together, glossary_of_all};
pub use workbench::{
    Rescued, Which, data_folder, is_own_name, is_project, keep, keep_all, kept, kept_path, open_kept, realign, rescue,
    selected,
};
