//! A one-way glossary of Google Cloud Translation: comma-separated values, source and target, and no header, which would
//! be a term. The service settles the languages, not the file.

use super::{Reading, TermsForm, Write, deepl};
use crate::exchange::form::About;

/// The service asks for the same as DeepL does: each source once, terms of at most 1024 bytes, 10 MiB in all.
pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "google",
        endings: &["csv"],
        name: ["Glossary of Google Cloud Translation (CSV)", "谷歌云翻译术语表（CSV）"],
        hint: "",
        programs: &["Google Cloud Translation"],
    },
    holds: &[],
    write: Some(Write::Pairs(deepl::write)),
    read: Some(Reading::Table),
};
