//! Everything the window can do: a name, its keys, which a person may change.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Context, Event, Id, Key, Modifiers};

mod table;

pub(super) use table::{COMMANDS, Command, Entry, Stroke, entry_of};
use table::{CTRL, PLAIN, SHIFT};

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
    fn command(&self, modifiers: Modifiers, key: Key, in_terms: bool) -> Option<&'static Entry> {
        let of = |fits: &dyn Fn(Modifiers) -> bool| {
            let has = |entry: &&Entry| {
                let fits = |stroke: &&Stroke| stroke.1 == key && fits(stroke.0) && entry.hears(in_terms, **stroke);
                self.of_command(entry.command).iter().any(|stroke| fits(&stroke))
            };
            COMMANDS.iter().find(has)
        };
        of(&|wanted| modifiers.matches_exact(wanted))
            .or_else(|| of(&|wanted| modifiers.matches_logically(wanted) && !key.name().is_ascii_letter()))
    }

    /// Another command that a stroke calls already, where it would call this one.
    pub(super) fn taken(&self, command: Command, stroke: Stroke) -> Option<&'static Entry> {
        let places = [false, true].into_iter().filter(|in_terms| entry_of(command).hears(*in_terms, stroke));
        let mut called = places.filter_map(|in_terms| self.command(stroke.0, stroke.1, in_terms));
        called.find(|entry| entry.command != command)
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

/// The commands whose keys were pressed since the last frame, in the order of the keys; `in_terms` where the glossary has
/// the keys.
pub(super) fn pressed(ctx: &Context, modal: bool, in_terms: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    // Enter and Space press the button that has the focus.
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let keys = keys(ctx);
    let mut out = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let found = keys.command(*modifiers, *key, in_terms);
            // No text field has a use for F1 to F3.
            let free = |entry: &&Entry| {
                let function = matches!(key, Key::F1 | Key::F2 | Key::F3 | Key::F6);
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
            }
            for stroke in entry.keys {
                assert_eq!(parsed(&written(*stroke)), Some(*stroke));
                assert!(Keys::default().taken(entry.command, *stroke).is_none(), "{}", written(*stroke));
                for in_terms in [false, true].into_iter().filter(|in_terms| entry.hears(*in_terms, *stroke)) {
                    let found = Keys::default().command(stroke.0, stroke.1, in_terms).map(|found| found.command);
                    assert_eq!(found, Some(entry.command), "{}", written(*stroke));
                }
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
        let called = |modifiers, key| keys.command(modifiers, key, false).map(|entry| entry.command);
        assert_eq!(called(Modifiers::ALT, Key::J), Some(Command::Merge));
        assert_eq!(called(PLAIN, Key::M), Some(Command::Split));
        assert_eq!(called(PLAIN, Key::S), None);
        // Where the glossary has the keys they mean what they meant.
        let in_terms = |key| keys.command(PLAIN, key, true).map(|entry| entry.command);
        assert_eq!((in_terms(Key::M), in_terms(Key::S)), (Some(Command::JoinTerms), Some(Command::RejectShorter)));
        assert_eq!((in_terms(Key::T), in_terms(Key::F1)), (None, Some(Command::Help)));
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
