//! What a text says about itself, in a file beside it: `NAME.duizhao.json` for `NAME.zh.txt`, `NAME.en.txt` and the like.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::lang::Language;
use crate::notice::{Notice, notice};

/// The version of the form.
const VERSION: u32 = 1;

/// The content of such a file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Metadata {
    version: u32,
    /// A title in each language of the interface.
    #[serde(default)]
    pub(super) title: BTreeMap<String, String>,
    /// By file name.
    documents: BTreeMap<String, About>,
}

/// About one text.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct About {
    /// What readers must be told wherever the text is shown or exported.
    pub(super) note: Option<String>,
    /// The same in other languages of the interface, for the window.
    #[serde(default)]
    notes: BTreeMap<String, String>,
}

impl Metadata {
    /// Reads the form; a message where it is not of this form and version.
    pub(super) fn read(json: &str) -> Result<Self, Notice> {
        let read: Self = serde_json::from_str(json).map_err(Notice::plain)?;
        if read.version == VERSION { Ok(read) } else { Err(notice!("version {0} is not known here", read.version)) }
    }

    /// A note of one of the documents in a language of the interface, where it is there.
    pub(super) fn note_in(&self, note: &str, language: Language) -> Option<&str> {
        let about = self.documents.values().find(|about| about.note.as_deref() == Some(note))?;
        about.notes.get(language.code()).map(String::as_str)
    }

    pub(super) fn about(&self, file: &str) -> Option<&About> {
        self.documents.get(file)
    }
}

/// Where the metadata of a text would lie.
pub(super) fn path_for(text: &Path) -> Option<PathBuf> {
    let name = text.file_name()?.to_str()?;
    let stem = name.split('.').next()?;
    Some(text.with_file_name(format!("{stem}.duizhao.json")))
}
