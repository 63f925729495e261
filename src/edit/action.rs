//! What edits are called.

use std::ops::Range;

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Rows become one.
    Merge,
    /// A row becomes two.
    Split,
    /// The last source segment goes into the row below.
    SourceDown,
    /// The first source segment goes into the row above.
    SourceUp,
    /// The last target segment goes into the row below.
    TargetDown,
    /// The first target segment goes into the row above.
    TargetUp,
    /// A row for each segment.
    Unlink,
    /// A row of one segment of each side.
    Link,
    /// Two rows change places.
    Swap,
    /// Rows are right.
    Confirm,
    /// They are not said to be any more.
    Unconfirm,
    /// Rows are to be looked at again.
    Flag,
    /// They are not any more.
    Unflag,
    /// Rows are to be found again.
    Bookmark,
    /// They are not any more.
    Unbookmark,
    /// Something is said about a row.
    Note,
    /// The aligner found other rows.
    Realign,
    /// A segment has another text.
    Rewrite,
    /// A segment becomes two.
    Cut,
    /// Two segments become one.
    Join,
    /// Something found is replaced.
    Replace,
    /// A document has another name or language.
    Rename,
    /// Terms are to be used.
    Accept,
    /// What is no term is not to be proposed again.
    Reject,
    /// What lies within a longer term is not to be proposed again.
    RejectShorter,
    /// Terms may be used, too.
    Admit,
    /// Terms must not be used any more.
    Deprecate,
    /// A term is written, or something is said about it.
    EditTerm,
    /// Two concepts become one.
    JoinTerms,
    /// A concept is taken out of the term base.
    RemoveTerm,
    /// A term base is taken in.
    ImportTerms,
    /// An inconsistency is none, or is one again.
    Decide,
}

/// Every action, the word it is kept by, and the words before its rows.
const ACTIONS: [(Action, &str, &str); 32] = [
    (Action::Merge, "merge", "merge"),
    (Action::Split, "split", "split"),
    (Action::SourceDown, "source-down", "move a source segment down from"),
    (Action::SourceUp, "source-up", "move a source segment up from"),
    (Action::TargetDown, "target-down", "move a target segment down from"),
    (Action::TargetUp, "target-up", "move a target segment up from"),
    (Action::Unlink, "unlink", "unlink"),
    (Action::Link, "link", "link two segments in"),
    (Action::Swap, "swap", "swap"),
    (Action::Confirm, "confirm", "confirm"),
    (Action::Unconfirm, "unconfirm", "take back the confirmation of"),
    (Action::Flag, "flag", "flag"),
    (Action::Unflag, "unflag", "unflag"),
    (Action::Bookmark, "bookmark", "bookmark"),
    (Action::Unbookmark, "unbookmark", "remove the bookmark of"),
    (Action::Note, "note", "note on"),
    (Action::Realign, "realign", "align again"),
    (Action::Rewrite, "rewrite", "change the text of"),
    (Action::Cut, "cut", "cut a segment of"),
    (Action::Join, "join", "join segments of"),
    (Action::Replace, "replace", "replace in"),
    (Action::Rename, "rename", "change the name or language"),
    (Action::Accept, "accept", "accept terms"),
    (Action::Reject, "reject", "reject terms"),
    (Action::RejectShorter, "reject-shorter", "reject the shorter terms inside"),
    (Action::Admit, "admit", "admit terms"),
    (Action::Deprecate, "deprecate", "deprecate terms"),
    (Action::EditTerm, "edit-term", "edit a term"),
    (Action::JoinTerms, "join-terms", "join two concepts"),
    (Action::RemoveTerm, "remove-term", "remove a concept"),
    (Action::ImportTerms, "import-terms", "take in terms"),
    (Action::Decide, "decide", "decide on an inconsistency"),
];

impl Action {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        ACTIONS.iter().map(|entry| entry.0)
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        ACTIONS.iter().find(|entry| entry.0 == self).unwrap_or(&ACTIONS[0])
    }

    /// The word it is kept by.
    pub fn code(self) -> &'static str {
        self.entry().1
    }

    /// The action that is kept by a word.
    pub fn of_code(code: &str) -> Option<Self> {
        ACTIONS.iter().find(|entry| entry.1 == code).map(|entry| entry.0)
    }

    /// What it is called before its rows, as an infinitive.
    pub fn phrase(self) -> &'static str {
        self.entry().2
    }

    /// Whether it is done to terms or what was decided on them.
    pub fn is_of_terms(self) -> bool {
        use Action::{Accept, Admit, Decide, Deprecate, EditTerm, ImportTerms, JoinTerms, Reject, RejectShorter};
        let others = [Admit, Deprecate, EditTerm, JoinTerms, Self::RemoveTerm, ImportTerms, Decide];
        matches!(self, Accept | Reject | RejectShorter) || others.contains(&self)
    }

    /// Whether it is done to rows, and not to a whole document or to terms.
    pub fn is_of_rows(self) -> bool {
        self != Self::Rename && !self.is_of_terms()
    }

    /// What was done to some rows, numbered from 0: `merge rows 12–13`.
    pub fn of_rows(self, rows: &Range<usize>) -> String {
        let phrase = self.phrase();
        match rows.len() {
            0 => phrase.to_owned(),
            1 => format!("{phrase} row {}", rows.start + 1),
            _ => format!("{phrase} rows {}–{}", rows.start + 1, rows.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_word_and_words_of_its_own() {
        for action in Action::all() {
            assert_eq!(Action::of_code(action.code()), Some(action));
            assert_eq!(Action::all().filter(|other| other.phrase() == action.phrase()).count(), 1);
        }
        assert_eq!(Action::Merge.of_rows(&(11..13)), "merge rows 12–13");
        assert_eq!(Action::Flag.of_rows(&(1..2)), "flag row 2");
        assert_eq!(Action::Rename.of_rows(&(0..0)), "change the name or language");
    }
}
