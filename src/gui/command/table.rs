//! The table of commands: names and the keys that usually call them.

use eframe::egui::{Key, Modifiers};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::gui) enum Command {
    Open,
    OpenBundled,
    SaveAs,
    Export,
    Names,
    Search,
    Replace,
    LookUp,
    NextHit,
    PreviousHit,
    GoToRow,
    NextDoubtful,
    PreviousDoubtful,
    MostDoubtful,
    NextBookmark,
    PreviousBookmark,
    Merge,
    Split,
    SourceDown,
    SourceUp,
    TargetDown,
    TargetUp,
    Unlink,
    Swap,
    NextSegment,
    PreviousSegment,
    Link,
    EditText,
    JoinSegments,
    Confirm,
    ConfirmAbove,
    Flag,
    Bookmark,
    Note,
    Realign,
    Undo,
    Redo,
    NextRow,
    PreviousRow,
    ExtendDown,
    ExtendUp,
    PageDown,
    PageUp,
    FirstRow,
    LastRow,
    SelectAll,
    Copy,
    Terms,
    Rows,
    Path,
    Check,
    CheckAgain,
    NextFinding,
    PreviousFinding,
    Approve,
    Reopen,
    NextTerm,
    PreviousTerm,
    ToTerms,
    LineDown,
    LineUp,
    NextPlace,
    PreviousPlace,
    NextUndecided,
    AcceptTerm,
    RejectTerm,
    RejectShorter,
    EditTerm,
    AddTerm,
    PickTerm,
    JoinTerms,
    AdmitTerm,
    DeprecateTerm,
    ForgetTerm,
    AcceptAbove,
    BuildTerms,
    ImportTerms,
    ExportTerms,
    Theme,
    Contrast,
    Face,
    Larger,
    Smaller,
    UsualSize,
    Tongue,
    Options,
    Palette,
    Help,
    Escape,
}

/// A key with what is held down with it.
pub(in crate::gui) type Stroke = (Modifiers, Key);

pub(in crate::gui) const CTRL: Modifiers = Modifiers::COMMAND;
pub(in crate::gui) const SHIFT: Modifiers = Modifiers::SHIFT;
pub(in crate::gui) const PLAIN: Modifiers = Modifiers::NONE;

/// A command, its name, and the keys that usually call it.
pub(in crate::gui) struct Entry {
    pub(in crate::gui) command: Command,
    pub(in crate::gui) name: &'static str,
    pub(in crate::gui) keys: &'static [Stroke],
    /// Whether its keys work while a text field has the focus.
    pub(in crate::gui) in_fields: bool,
    /// Whether its keys work where the glossary has the keys, and only there.
    of_terms: bool,
}

const fn entry(command: Command, name: &'static str, keys: &'static [Stroke], in_fields: bool) -> Entry {
    Entry { command, name, keys, in_fields, of_terms: false }
}

const fn of_terms(command: Command, name: &'static str, keys: &'static [Stroke]) -> Entry {
    Entry { command, name, keys, in_fields: false, of_terms: true }
}

/// All commands in the order in which they are listed.
pub(in crate::gui) const COMMANDS: &[Entry] = &[
    entry(Command::Open, "Open…", &[(CTRL, Key::O)], true),
    entry(Command::OpenBundled, "Open the joint statement", &[(CTRL.plus(SHIFT), Key::O)], true),
    entry(Command::SaveAs, "Save the project as…", &[(CTRL.plus(SHIFT), Key::S)], true),
    entry(Command::Export, "Export rows…", &[(CTRL, Key::S)], true),
    entry(Command::Names, "Names and languages of the texts…", &[(PLAIN, Key::F2)], false),
    entry(Command::Search, "Search in both languages", &[(CTRL, Key::F)], true),
    entry(Command::Replace, "Search and replace…", &[(CTRL, Key::H)], true),
    entry(Command::LookUp, "Look up…", &[(CTRL, Key::K)], true),
    entry(Command::NextHit, "Next hit", &[(PLAIN, Key::F3)], false),
    entry(Command::PreviousHit, "Previous hit", &[(SHIFT, Key::F3)], false),
    entry(Command::GoToRow, "Go to row…", &[(PLAIN, Key::G)], false),
    entry(Command::NextDoubtful, "Next doubtful row", &[(PLAIN, Key::N)], false),
    entry(Command::PreviousDoubtful, "Previous doubtful row", &[(SHIFT, Key::N)], false),
    entry(Command::MostDoubtful, "Most doubtful row", &[(PLAIN, Key::Q)], false),
    entry(Command::NextBookmark, "Next bookmark", &[(SHIFT, Key::B)], false),
    entry(Command::PreviousBookmark, "Previous bookmark", &[(CTRL.plus(SHIFT), Key::B)], false),
    entry(Command::Merge, "Merge with the next row", &[(PLAIN, Key::M)], false),
    entry(Command::Split, "Split before the chosen segment, or where both sides fit", &[(PLAIN, Key::S)], false),
    entry(Command::SourceDown, "Source segments down, from the chosen or the last", &[(SHIFT, Key::D)], false),
    entry(Command::SourceUp, "Source segments up, to the chosen or the first", &[(SHIFT, Key::U)], false),
    entry(Command::TargetDown, "Target segments down, from the chosen or the last", &[(PLAIN, Key::D)], false),
    entry(Command::TargetUp, "Target segments up, to the chosen or the first", &[(PLAIN, Key::U)], false),
    entry(Command::Unlink, "Unlink: a row for each segment", &[(PLAIN, Key::X)], false),
    entry(Command::Swap, "Swap with the next row", &[(PLAIN, Key::T)], false),
    entry(Command::NextSegment, "Choose the next segment of the row", &[(PLAIN, Key::ArrowRight)], false),
    entry(Command::PreviousSegment, "Choose the previous segment of the row", &[(PLAIN, Key::ArrowLeft)], false),
    entry(Command::Link, "Pick a segment, then one on the other side: link them", &[(PLAIN, Key::Space)], false),
    entry(Command::EditText, "Edit or cut the chosen segment…", &[(PLAIN, Key::E)], false),
    entry(Command::JoinSegments, "Join the chosen segment and the next", &[(SHIFT, Key::M)], false),
    entry(Command::Confirm, "Confirm, and go on", &[(PLAIN, Key::C), (PLAIN, Key::Enter)], false),
    entry(Command::ConfirmAbove, "Confirm this row and all above", &[(SHIFT, Key::C)], false),
    entry(Command::Flag, "Flag", &[(PLAIN, Key::F)], false),
    entry(Command::Bookmark, "Bookmark", &[(PLAIN, Key::B)], false),
    entry(Command::Note, "Note…", &[(PLAIN, Key::I)], false),
    entry(Command::Realign, "Align again between confirmed rows", &[(PLAIN, Key::R)], false),
    entry(Command::Undo, "Undo", &[(CTRL, Key::Z)], false),
    entry(Command::Redo, "Redo", &[(CTRL.plus(SHIFT), Key::Z), (CTRL, Key::Y)], false),
    entry(Command::NextRow, "Next row", &[(PLAIN, Key::ArrowDown), (PLAIN, Key::J)], false),
    entry(Command::PreviousRow, "Previous row", &[(PLAIN, Key::ArrowUp), (PLAIN, Key::K)], false),
    entry(Command::ExtendDown, "Select the next row too", &[(SHIFT, Key::ArrowDown)], false),
    entry(Command::ExtendUp, "Select the previous row too", &[(SHIFT, Key::ArrowUp)], false),
    entry(Command::PageDown, "One page down", &[(PLAIN, Key::PageDown)], false),
    entry(Command::PageUp, "One page up", &[(PLAIN, Key::PageUp)], false),
    entry(Command::FirstRow, "First row", &[(PLAIN, Key::Home), (CTRL, Key::Home)], false),
    entry(Command::LastRow, "Last row", &[(PLAIN, Key::End), (CTRL, Key::End)], false),
    entry(Command::SelectAll, "Select all rows", &[(CTRL, Key::A)], false),
    // egui makes an event of its own of Ctrl C; see `App`.
    entry(Command::Copy, "Copy the selected rows", &[], false),
    entry(Command::Terms, "Show or hide the glossary", &[(CTRL, Key::G)], true),
    entry(Command::Rows, "Show or hide the list of rows", &[(CTRL, Key::R)], true),
    entry(Command::Path, "Show or hide the path", &[(CTRL, Key::M)], true),
    entry(Command::Check, "Show or hide what is not consistent", &[(CTRL, Key::I)], true),
    entry(Command::CheckAgain, "Check the consistency again", &[(CTRL.plus(SHIFT), Key::I)], true),
    entry(Command::NextFinding, "Next inconsistency", &[(PLAIN, Key::Period)], false),
    entry(Command::PreviousFinding, "Previous inconsistency", &[(PLAIN, Key::Comma)], false),
    entry(Command::Reopen, "Tell again what was said to be right", &[(SHIFT, Key::Equals)], false),
    entry(Command::Approve, "The inconsistency is right as it is, for good", &[(PLAIN, Key::Equals)], false),
    entry(Command::NextTerm, "Next term", &[(PLAIN, Key::CloseBracket)], false),
    entry(Command::PreviousTerm, "Previous term", &[(PLAIN, Key::OpenBracket)], false),
    entry(Command::ToTerms, "To the glossary, where keys decide on terms, and back", &[(PLAIN, Key::F6)], false),
    of_terms(Command::LineDown, "Glossary: next term", &[(PLAIN, Key::ArrowDown), (PLAIN, Key::J)]),
    of_terms(Command::LineUp, "Glossary: previous term", &[(PLAIN, Key::ArrowUp), (PLAIN, Key::K)]),
    of_terms(Command::NextPlace, "Glossary: next place of the term", &[(PLAIN, Key::ArrowRight)]),
    of_terms(Command::PreviousPlace, "Glossary: previous place of the term", &[(PLAIN, Key::ArrowLeft)]),
    of_terms(Command::NextUndecided, "Glossary: next term nobody has decided on", &[(PLAIN, Key::N)]),
    of_terms(Command::AcceptTerm, "Glossary: accept the term, and go on", &[(PLAIN, Key::A), (PLAIN, Key::Enter)]),
    of_terms(Command::RejectTerm, "Glossary: reject the term, and go on", &[(PLAIN, Key::X), (PLAIN, Key::Delete)]),
    of_terms(Command::RejectShorter, "Glossary: reject the shorter terms inside this one", &[(PLAIN, Key::S)]),
    of_terms(Command::EditTerm, "Glossary: edit the term…", &[(PLAIN, Key::E)]),
    of_terms(Command::AddTerm, "Glossary: add a term…", &[(PLAIN, Key::I), (PLAIN, Key::Insert)]),
    of_terms(Command::PickTerm, "Glossary: pick a term to join another with", &[(PLAIN, Key::Space)]),
    of_terms(Command::JoinTerms, "Glossary: join the picked term and this one", &[(PLAIN, Key::M)]),
    of_terms(Command::AdmitTerm, "Glossary: this translation may be used, too", &[(PLAIN, Key::V)]),
    of_terms(Command::DeprecateTerm, "Glossary: this translation must not be used", &[(PLAIN, Key::D)]),
    of_terms(Command::ForgetTerm, "Glossary: forget what was decided", &[(PLAIN, Key::U)]),
    of_terms(Command::AcceptAbove, "Glossary: accept all above a score…", &[(PLAIN, Key::B)]),
    entry(Command::BuildTerms, "Build the glossary again, by what was accepted", &[(CTRL.plus(SHIFT), Key::G)], true),
    entry(Command::ImportTerms, "Take in a term base…", &[(CTRL, Key::T)], true),
    entry(Command::ExportTerms, "Write the glossary…", &[(CTRL.plus(SHIFT), Key::T)], true),
    entry(Command::Theme, "Light or dark", &[(CTRL, Key::D)], true),
    entry(Command::Contrast, "High contrast", &[(CTRL.plus(SHIFT), Key::D)], true),
    entry(Command::Face, "Serif or sans", &[(CTRL, Key::E)], true),
    entry(Command::Larger, "Larger text", &[(CTRL, Key::Plus), (CTRL, Key::Equals)], true),
    entry(Command::Smaller, "Smaller text", &[(CTRL, Key::Minus)], true),
    entry(Command::UsualSize, "Usual text size", &[(CTRL, Key::Num0)], true),
    entry(Command::Tongue, "Interface in English or Chinese (中文)", &[(CTRL.plus(SHIFT), Key::L)], true),
    entry(Command::Options, "Options…", &[(CTRL, Key::Comma)], true),
    entry(Command::Palette, "All commands…", &[(CTRL, Key::P)], true),
    entry(Command::Help, "Keys", &[(PLAIN, Key::F1), (SHIFT, Key::Questionmark), (PLAIN, Key::Questionmark)], false),
    entry(Command::Escape, "Close, or drop the search, the term, the selection", &[(PLAIN, Key::Escape)], true),
];

impl Entry {
    /// The keys that usually call it.
    pub(in crate::gui) fn usual(&self) -> &'static [Stroke] {
        self.keys
    }

    /// Whether a stroke calls it where the glossary has the keys, or where the texts have them.
    pub(in crate::gui) fn hears(&self, in_terms: bool, (modifiers, key): Stroke) -> bool {
        let held = modifiers.command || modifiers.ctrl || modifiers.alt;
        let function = key.name().len() > 1 && key.name().starts_with('F');
        let everywhere = self.in_fields
            || held
            || function
            || matches!(self.command, Command::Help | Command::NextTerm | Command::PreviousTerm);
        if self.of_terms { in_terms } else { !in_terms || everywhere }
    }
}

/// The entry of a command.
pub(in crate::gui) fn entry_of(command: Command) -> &'static Entry {
    COMMANDS.iter().find(|entry| entry.command == command).unwrap_or(&COMMANDS[0])
}
