//! Everything the window can do: a name, a key, a word for screen readers.

use eframe::egui::{Context, Event, Key, Modifiers};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Open,
    OpenBundled,
    Search,
    NextHit,
    PreviousHit,
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
    NextDoubtful,
    PreviousDoubtful,
    Merge,
    Split,
    SourceDown,
    SourceUp,
    TargetDown,
    TargetUp,
    Unlink,
    Swap,
    Confirm,
    ConfirmAbove,
    Flag,
    Export,
    Realign,
    Undo,
    Redo,
    Terms,
    NextTerm,
    PreviousTerm,
    Theme,
    Face,
    Larger,
    Smaller,
    UsualSize,
    Help,
    Escape,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// A command, its name, its key as shown, and the keys that call it.
pub(super) struct Entry {
    pub(super) command: Command,
    pub(super) name: &'static str,
    pub(super) shown: &'static str,
    keys: &'static [(Modifiers, Key)],
    /// Whether the key works while a text field has the focus.
    in_fields: bool,
}

const fn entry(
    command: Command,
    name: &'static str,
    shown: &'static str,
    keys: &'static [(Modifiers, Key)],
    in_fields: bool,
) -> Entry {
    Entry { command, name, shown, keys, in_fields }
}

/// All commands in the order in which they are listed. Keys with modifiers come before the same key without.
pub(super) const COMMANDS: &[Entry] = &[
    entry(Command::OpenBundled, "Open the joint statement", "Ctrl Shift O", &[(CTRL.plus(SHIFT), Key::O)], true),
    entry(Command::Open, "Open two texts…", "Ctrl O", &[(CTRL, Key::O)], true),
    entry(Command::Search, "Search in both languages", "Ctrl F", &[(CTRL, Key::F)], true),
    entry(Command::PreviousHit, "Previous hit", "Shift F3", &[(SHIFT, Key::F3)], false),
    entry(Command::NextHit, "Next hit", "F3", &[(PLAIN, Key::F3)], false),
    entry(Command::PreviousDoubtful, "Previous doubtful row", "Shift N", &[(SHIFT, Key::N)], false),
    entry(Command::NextDoubtful, "Next doubtful row", "N", &[(PLAIN, Key::N)], false),
    entry(Command::ConfirmAbove, "Confirm this row and all above", "Shift C", &[(SHIFT, Key::C)], false),
    entry(Command::Confirm, "Confirm, and go on", "C or Enter", &[(PLAIN, Key::C), (PLAIN, Key::Enter)], false),
    entry(Command::Merge, "Merge with the next row", "M", &[(PLAIN, Key::M)], false),
    entry(Command::Split, "Split where both sides fit", "S", &[(PLAIN, Key::S)], false),
    entry(Command::SourceDown, "Last source segment down", "Shift D", &[(SHIFT, Key::D)], false),
    entry(Command::SourceUp, "First source segment up", "Shift U", &[(SHIFT, Key::U)], false),
    entry(Command::TargetDown, "Last target segment down", "D", &[(PLAIN, Key::D)], false),
    entry(Command::TargetUp, "First target segment up", "U", &[(PLAIN, Key::U)], false),
    entry(Command::Unlink, "Unlink: a row for each segment", "X", &[(PLAIN, Key::X)], false),
    entry(Command::Swap, "Swap with the next row", "T", &[(PLAIN, Key::T)], false),
    entry(Command::Flag, "Flag", "F", &[(PLAIN, Key::F)], false),
    entry(Command::Realign, "Align again between confirmed rows", "R", &[(PLAIN, Key::R)], false),
    entry(Command::Export, "Export rows…", "Ctrl S", &[(CTRL, Key::S)], true),
    entry(Command::Redo, "Redo", "Ctrl Shift Z or Ctrl Y", &[(CTRL.plus(SHIFT), Key::Z), (CTRL, Key::Y)], false),
    entry(Command::Undo, "Undo", "Ctrl Z", &[(CTRL, Key::Z)], false),
    entry(Command::ExtendDown, "Select the next row too", "Shift ↓", &[(SHIFT, Key::ArrowDown)], false),
    entry(Command::ExtendUp, "Select the previous row too", "Shift ↑", &[(SHIFT, Key::ArrowUp)], false),
    entry(Command::NextRow, "Next row", "↓ or J", &[(PLAIN, Key::ArrowDown), (PLAIN, Key::J)], false),
    entry(Command::PreviousRow, "Previous row", "↑ or K", &[(PLAIN, Key::ArrowUp), (PLAIN, Key::K)], false),
    entry(Command::PageDown, "One page down", "Page down", &[(PLAIN, Key::PageDown)], false),
    entry(Command::PageUp, "One page up", "Page up", &[(PLAIN, Key::PageUp)], false),
    entry(Command::FirstRow, "First row", "Home", &[(PLAIN, Key::Home), (CTRL, Key::Home)], false),
    entry(Command::LastRow, "Last row", "End", &[(PLAIN, Key::End), (CTRL, Key::End)], false),
    entry(Command::SelectAll, "Select all rows", "Ctrl A", &[(CTRL, Key::A)], false),
    entry(Command::Copy, "Copy the selected rows", "Ctrl C", &[], false),
    entry(Command::Terms, "Show or hide the glossary", "Ctrl G", &[(CTRL, Key::G)], true),
    entry(Command::NextTerm, "Next term", "]", &[(PLAIN, Key::CloseBracket)], false),
    entry(Command::PreviousTerm, "Previous term", "[", &[(PLAIN, Key::OpenBracket)], false),
    entry(Command::Theme, "Light or dark", "Ctrl D", &[(CTRL, Key::D)], true),
    entry(Command::Face, "Serif or sans", "Ctrl E", &[(CTRL, Key::E)], true),
    entry(Command::Larger, "Larger text", "Ctrl +", &[(CTRL, Key::Plus), (CTRL, Key::Equals)], true),
    entry(Command::Smaller, "Smaller text", "Ctrl -", &[(CTRL, Key::Minus)], true),
    entry(Command::UsualSize, "Usual text size", "Ctrl 0", &[(CTRL, Key::Num0)], true),
    entry(
        Command::Help,
        "Keys",
        "F1 or ?",
        &[(PLAIN, Key::F1), (SHIFT, Key::Questionmark), (PLAIN, Key::Questionmark)],
        false,
    ),
    entry(Command::Escape, "Close, or drop the search, the term, the selection", "Esc", &[(PLAIN, Key::Escape)], true),
];

/// The commands whose keys were pressed since the last frame, in the order of the keys.
pub(super) fn pressed(ctx: &Context, modal: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    // Enter presses the button that has the focus.
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let mut out = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let meant = |&&(wanted, other): &&(Modifiers, Key)| key == &other && modifiers.matches_logically(wanted);
            let found = COMMANDS.iter().find(|entry| entry.keys.iter().any(|pair| meant(&pair)));
            // No text field has a use for F1 and F3.
            let free = |entry: &&Entry| {
                (entry.in_fields || !typing || matches!(key, Key::F1 | Key::F3)) && !(*key == Key::Enter && focused)
            };
            let allowed = |entry: &&Entry| free(entry) && (!modal || entry.command == Command::Escape);
            found.filter(allowed).is_none_or(|entry| {
                out.push(entry.command);
                false
            })
        });
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_listed_once_and_no_key_twice() {
        for (at, entry) in COMMANDS.iter().enumerate() {
            for other in &COMMANDS[at + 1..] {
                assert_ne!(entry.command, other.command);
                // A key with more modifiers must be asked for first: egui lets an extra Shift pass.
                let hidden = other.keys.iter().any(|(more, key)| {
                    entry.keys.iter().any(|(less, other)| key == other && *less != *more && less.plus(SHIFT) == *more)
                });
                assert!(!hidden, "{} hides {}", entry.name, other.name);
                assert!(!entry.keys.iter().any(|key| other.keys.contains(key)), "{} and {}", entry.name, other.name);
            }
        }
    }
}
