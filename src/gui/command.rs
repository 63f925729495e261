//! Everything the window can do: a name, its keys, which a person may change.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Context, Event, Id, Key, Modifiers};

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Open,
    OpenBundled,
    SaveAs,
    Export,
    Names,
    Search,
    Replace,
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
    NextTerm,
    PreviousTerm,
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
pub(super) type Stroke = (Modifiers, Key);

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const PLAIN: Modifiers = Modifiers::NONE;

/// A command, its name, and the keys that usually call it.
pub(super) struct Entry {
    pub(super) command: Command,
    pub(super) name: &'static str,
    keys: &'static [Stroke],
    /// Whether its keys work while a text field has the focus.
    in_fields: bool,
}

const fn entry(command: Command, name: &'static str, keys: &'static [Stroke], in_fields: bool) -> Entry {
    Entry { command, name, keys, in_fields }
}

/// All commands in the order in which they are listed.
pub(super) const COMMANDS: &[Entry] = &[
    entry(Command::Open, "Open…", &[(CTRL, Key::O)], true),
    entry(Command::OpenBundled, "Open the joint statement", &[(CTRL.plus(SHIFT), Key::O)], true),
    entry(Command::SaveAs, "Save the project as…", &[(CTRL.plus(SHIFT), Key::S)], true),
    entry(Command::Export, "Export rows…", &[(CTRL, Key::S)], true),
    entry(Command::Names, "Names and languages of the texts…", &[(PLAIN, Key::F2)], false),
    entry(Command::Search, "Search in both languages", &[(CTRL, Key::F)], true),
    entry(Command::Replace, "Search and replace…", &[(CTRL, Key::H)], true),
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
    entry(Command::NextTerm, "Next term", &[(PLAIN, Key::CloseBracket)], false),
    entry(Command::PreviousTerm, "Previous term", &[(PLAIN, Key::OpenBracket)], false),
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
    pub(super) fn usual(&self) -> &'static [Stroke] {
        self.keys
    }
}

/// The entry of a command.
pub(super) fn entry_of(command: Command) -> &'static Entry {
    COMMANDS.iter().find(|entry| entry.command == command).unwrap_or(&COMMANDS[0])
}

/// The keys of all commands, as they are now.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    /// In the place of the usual ones, by the name of the command in the file of settings.
    own: BTreeMap<String, Vec<Stroke>>,
}

/// The keys in use.
pub(super) fn keys(ctx: &Context) -> Arc<Keys> {
    ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default()
}

impl Keys {
    /// From what the settings say; a stroke that is none is dropped.
    pub(super) fn of(settings: &BTreeMap<String, Vec<String>>) -> Self {
        let read = |(name, strokes): (&String, &Vec<String>)| {
            (name.clone(), strokes.iter().filter_map(|stroke| parsed(stroke)).collect())
        };
        Self { own: settings.iter().map(read).collect() }
    }

    /// From now on these are in use.
    pub(super) fn install(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::NULL, Arc::new(self)));
    }

    /// The name of a command in the file of settings.
    pub(super) fn name(command: Command) -> String {
        format!("{command:?}")
    }

    /// The keys of a command.
    pub(super) fn of_command(&self, command: Command) -> &[Stroke] {
        self.own.get(&Self::name(command)).map_or(entry_of(command).keys, Vec::as_slice)
    }

    /// The keys of a command as they are shown.
    pub(super) fn shown(&self, command: Command) -> String {
        if command == Command::Copy {
            return "Ctrl C".to_owned();
        }
        let strokes: Vec<String> = self.of_command(command).iter().map(|stroke| shown(*stroke)).collect();
        strokes.join(" · ")
    }

    /// The command that a stroke calls. A stroke with exactly the modifiers held down comes before one that lets an extra
    /// Shift pass, as `?` needs on many keyboards.
    fn command(&self, modifiers: Modifiers, key: Key) -> Option<&'static Entry> {
        let of = |fits: &dyn Fn(Modifiers) -> bool| {
            let has = |entry: &&Entry| {
                self.of_command(entry.command).iter().any(|(wanted, other)| *other == key && fits(*wanted))
            };
            COMMANDS.iter().find(has)
        };
        of(&|wanted| modifiers.matches_exact(wanted))
            .or_else(|| of(&|wanted| modifiers.matches_logically(wanted) && !key.name().is_ascii_letter()))
    }

    /// Another command that a stroke calls already.
    pub(super) fn taken(&self, command: Command, (modifiers, key): Stroke) -> Option<&'static Entry> {
        self.command(modifiers, key).filter(|entry| entry.command != command)
    }
}

trait Letter {
    fn is_ascii_letter(&self) -> bool;
}

impl Letter for str {
    /// Whether it is one letter: there Shift means something else.
    fn is_ascii_letter(&self) -> bool {
        matches!(self.as_bytes(), [letter] if letter.is_ascii_alphabetic())
    }
}

/// A stroke as it is written in the settings: `Ctrl+Shift+O`.
pub(super) fn written((modifiers, key): Stroke) -> String {
    let ctrl = if modifiers.command || modifiers.ctrl { "Ctrl+" } else { "" };
    let alt = if modifiers.alt { "Alt+" } else { "" };
    let shift = if modifiers.shift { "Shift+" } else { "" };
    format!("{ctrl}{alt}{shift}{}", key.name())
}

fn parsed(stroke: &str) -> Option<Stroke> {
    let mut modifiers = PLAIN;
    let mut rest = stroke;
    for (name, held) in [("Ctrl+", CTRL), ("Alt+", Modifiers::ALT), ("Shift+", SHIFT)] {
        if let Some(after) = rest.strip_prefix(name) {
            modifiers = modifiers.plus(held);
            rest = after;
        }
    }
    Key::from_name(rest).filter(|key| !is_held(*key)).map(|key| (modifiers, key))
}

/// A stroke as it is shown: `Ctrl Shift O`, `↓`, `]`.
pub(super) fn shown((modifiers, key): Stroke) -> String {
    let name = match key {
        Key::ArrowDown => "↓",
        Key::ArrowUp => "↑",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::PageDown => "Page down",
        Key::PageUp => "Page up",
        Key::Escape => "Esc",
        Key::Questionmark => "?",
        Key::Minus => "-",
        other => other.symbol_or_name(),
    };
    // A question mark has its Shift in it.
    let modifiers = if key == Key::Questionmark { PLAIN } else { modifiers };
    written((modifiers, Key::A)).trim_end_matches('A').replace('+', " ") + name
}

/// The stroke pressed since the last frame, taken away from everything else: for choosing a key.
pub(super) fn stroke(ctx: &Context) -> Option<Stroke> {
    ctx.input_mut(|input| {
        let mut out = None;
        input.events.retain(|event| {
            if let Event::Key { key, pressed: true, modifiers, .. } = event {
                if is_held(*key) {
                    return false;
                }
                let ctrl = if modifiers.command || modifiers.ctrl { CTRL } else { PLAIN };
                let alt = if modifiers.alt { Modifiers::ALT } else { PLAIN };
                let shift = if modifiers.shift { SHIFT } else { PLAIN };
                out = Some((ctrl.plus(alt).plus(shift), *key));
                return false;
            }
            !matches!(event, Event::Text(_))
        });
        out
    })
}

/// Whether a key is held down with others and is none by itself.
fn is_held(key: Key) -> bool {
    let name = key.name();
    ["Shift", "Control", "Alt", "Super"].iter().any(|held| name.strip_prefix(held).is_some_and(|side| !side.is_empty()))
        || matches!(key, Key::Copy | Key::Cut | Key::Paste)
}

/// The commands whose keys were pressed since the last frame, in the order of the keys.
pub(super) fn pressed(ctx: &Context, modal: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    // Enter and Space press the button that has the focus.
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let keys = keys(ctx);
    let mut out = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = keys.command(*modifiers, *key);
            // No text field has a use for F1 to F3.
            let free = |entry: &&Entry| {
                let function = matches!(key, Key::F1 | Key::F2 | Key::F3);
                // A letter by itself is typed, whatever it was chosen for.
                let held = modifiers.command || modifiers.ctrl || modifiers.alt || *key == Key::Escape;
                ((entry.in_fields && held) || !typing || function)
                    && !(matches!(key, Key::Enter | Key::Space) && focused)
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
                assert!(!entry.keys.iter().any(|key| other.keys.contains(key)), "{} and {}", entry.name, other.name);
            }
            for stroke in entry.keys {
                assert_eq!(parsed(&written(*stroke)), Some(*stroke));
                let found = Keys::default().command(stroke.0, stroke.1).map(|found| found.command);
                assert_eq!(found, Some(entry.command), "{}", written(*stroke));
            }
        }
    }

    #[test]
    fn keys_of_ones_own_take_the_place_of_the_usual() {
        let own = BTreeMap::from([
            ("Merge".to_owned(), vec!["Alt+J".to_owned(), "no key".to_owned()]),
            ("Split".to_owned(), vec!["M".to_owned()]),
        ]);
        let keys = Keys::of(&own);
        let called = |modifiers, key| keys.command(modifiers, key).map(|entry| entry.command);
        assert_eq!(called(Modifiers::ALT, Key::J), Some(Command::Merge));
        assert_eq!(called(PLAIN, Key::M), Some(Command::Split));
        assert_eq!(called(PLAIN, Key::S), None);
        assert_eq!(
            (keys.shown(Command::Merge), keys.shown(Command::Confirm)),
            ("Alt J".to_owned(), "C · Enter".to_owned())
        );
        assert_eq!(keys.taken(Command::Flag, (PLAIN, Key::M)).map(|entry| entry.command), Some(Command::Split));
        assert_eq!(
            (keys.shown(Command::Help), keys.shown(Command::NextRow)),
            ("F1 · ? · ?".to_owned(), "↓ · J".to_owned())
        );
    }
}
