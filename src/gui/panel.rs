//! The panels at the right of the texts, one at a time.

pub(super) mod check;
pub(super) mod path;
pub(super) mod rows;
pub(super) mod terms;

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Panel {
    Glossary,
    Rows,
    Path,
    Check,
}

/// Each with its word in the file of settings.
const PANELS: [(Panel, &str); 4] =
    [(Panel::Glossary, "glossary"), (Panel::Rows, "rows"), (Panel::Path, "path"), (Panel::Check, "check")];

impl Panel {
    /// By its word.
    pub(super) fn of(word: &str) -> Option<Self> {
        PANELS.iter().find(|(_, known)| *known == word).map(|(panel, _)| *panel)
    }

    /// Its word.
    pub(super) fn name(self) -> &'static str {
        PANELS.iter().find(|(panel, _)| *panel == self).map_or("glossary", |(_, word)| word)
    }
}
