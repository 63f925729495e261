//! The façade: every use case as one function over plain data, the only thing the command line and the window call.
//!
//! Files are opened and written here and nowhere below.

mod aligned;
mod author;
mod bundled;
mod check;
mod disturbed;
mod error;
mod files;
mod fitting;
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

pub use aligned::{AlignedTexts, is_aligned_form, open_aligned};
pub use author::author;
pub use bundled::{bundled, bundled_title};
pub use check::{check, check_alignment, check_term_base, check_warning, read_decisions, report, verdict_of, verdicts};
pub use error::Error;
pub use files::{load, load_segmented, paste, write_atomically};
pub use fitting::{Report, train};
pub use fitting_terms::{Ranked, train_terms};
pub use glossary::{
    Glossary, GlossaryTerm, check_glossary, glossary, glossary_knowing, glossary_of_pairs, read_pairs,
    term_base_of_pairs,
};
pub use gold::{Scored, compare, evaluate, evaluate_text};
pub use links::{WordLink, links};
pub use opened::open_alignment;
pub use pair::{Job, Options, align, align_by, align_knowing, check_fast, check_pair, open_pair, read_jobs};
pub use settings::{Recent, Setting, Settings, settings_path};
pub use terms::{read_term_base, today};
pub use together::{Together, glossary_of_all};
pub use workbench::{
    Rescued, Which, data_folder, export_rows, is_project, keep, keep_all, kept, kept_path, open_kept, realign, rescue,
};
