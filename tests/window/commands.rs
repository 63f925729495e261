//! Every command, by its key and by its name in the list of all commands, checked against what it should do.

use duizhao::bitext::Side;
use duizhao::gui::{Snapshot, command_names};
use duizhao::termbase::Status;

use super::*;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const BOTH: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

type Stroke = (Modifiers, Key);

/// A command, its key, what is pressed before, and what holds after.
type Case = (&'static str, Stroke, &'static [Stroke], fn(&Seen) -> bool);

/// What is shown, and whether a field takes what is typed.
#[derive(Debug)]
struct Seen {
    shown: Snapshot,
    typing: bool,
}

impl std::ops::Deref for Seen {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.shown
    }
}

impl Seen {
    fn of(harness: &Harness<'static, App>) -> Self {
        Self { shown: harness.state().snapshot(), typing: harness.ctx.text_edit_focused() }
    }

    /// Whether the rows begin with these: their types with c for confirmed, f for flagged and b for bookmarked.
    fn rows(&self, wanted: &str) -> bool {
        let row = |row: &duizhao::work::Row| {
            let mark = &row.mark;
            let marks = [(mark.confirmed, "c"), (mark.flagged, "f"), (mark.bookmarked, "b")];
            let marks: String = marks.into_iter().filter(|(set, _)| *set).map(|(_, letter)| letter).collect();
            format!("{}{marks}", row.bead.kind())
        };
        self.shown.rows.iter().map(row).collect::<Vec<_>>().join(" ").starts_with(wanted)
    }

    /// How many terms are preferred, admitted, deprecated and rejected.
    fn decided(&self) -> [usize; 4] {
        let count = |status: Status| self.terms.iter().filter(|(_, own)| *own == status).count();
        [Status::Preferred, Status::Admitted, Status::Deprecated, Status::Rejected].map(count)
    }

    fn said(&self, part: &str) -> bool {
        self.shown.said.as_deref().is_some_and(|said| said.contains(part))
    }
}

/// The first line is 国际法, at rows 2 and 4.
const TERMS: &[Stroke] = &[(NONE, Key::F6)];
const SECOND: &[Stroke] = &[(NONE, Key::J)];

/// Of four rows: 1-1, 2-2 (made by merging), 1-1, 1-1.
const CASES: &[Case] = &[
    ("Open…", (CTRL, Key::O), &[], |s| s.page == Some("Open")),
    ("Open the joint statement", (BOTH, Key::O), &[], |s| s.texts[1].contains("Budapest")),
    ("Save the project as…", (BOTH, Key::S), &[], |s| s.page == Some("SaveAs")),
    ("Export rows…", (CTRL, Key::S), &[], |s| s.page == Some("Export")),
    ("Names and languages of the texts…", (NONE, Key::F2), &[], |s| s.page == Some("Names")),
    ("Search in both languages", (CTRL, Key::F), &[], |s| s.typing),
    ("Search and replace…", (CTRL, Key::H), &[], |s| s.page == Some("Find")),
    ("Look up…", (CTRL, Key::K), &[], |s| s.page == Some("Lookup")),
    ("Next hit", (NONE, Key::F3), &[], |s| s.row == 1),
    ("Previous hit", (SHIFT, Key::F3), &[], |s| s.row == 3),
    ("Go to row…", (NONE, Key::G), &[], |s| s.page == Some("GoTo")),
    ("Next doubtful row", (NONE, Key::N), &[(NONE, Key::End), (NONE, Key::F), (NONE, Key::Home)], |s| s.row == 3),
    ("Previous doubtful row", (SHIFT, Key::N), &[(NONE, Key::End), (NONE, Key::F), (NONE, Key::Home)], |s| s.row == 3),
    ("Most doubtful row", (NONE, Key::Q), &[(NONE, Key::J), (NONE, Key::F), (NONE, Key::Home)], |s| s.row == 1),
    ("Next bookmark", (SHIFT, Key::B), &[(NONE, Key::End), (NONE, Key::B), (NONE, Key::Home)], |s| s.row == 3),
    ("Previous bookmark", (BOTH, Key::B), &[(NONE, Key::J), (NONE, Key::B), (NONE, Key::Home)], |s| s.row == 1),
    ("Merge with the next row", (NONE, Key::M), &[], |s| s.rows("3-3 1-1 1-1")),
    ("Split before the chosen segment, or where both sides fit", (NONE, Key::S), SECOND, |s| {
        s.rows("1-1 1-1 1-1 1-1 1-1")
    }),
    ("Source segments down, from the chosen or the last", (SHIFT, Key::D), SECOND, |s| s.rows("1-1 1-2 2-1 1-1")),
    ("Source segments up, to the chosen or the first", (SHIFT, Key::U), SECOND, |s| s.rows("2-1 1-2 1-1 1-1")),
    ("Target segments down, from the chosen or the last", (NONE, Key::D), SECOND, |s| s.rows("1-1 2-1 1-2 1-1")),
    ("Target segments up, to the chosen or the first", (NONE, Key::U), SECOND, |s| s.rows("1-2 2-1 1-1 1-1")),
    ("Unlink: a row for each segment", (NONE, Key::X), SECOND, |s| s.rows("1-1 1-0 1-0 0-1 0-1 1-1 1-1")),
    ("Swap with the next row", (NONE, Key::T), &[(NONE, Key::X)], |s| s.rows("0-1 1-0 2-2 1-1 1-1")),
    ("Choose the next segment of the row", (NONE, Key::ArrowRight), SECOND, |s| s.chosen == Some((Side::Source, 1))),
    ("Choose the previous segment of the row", (NONE, Key::ArrowLeft), SECOND, |s| s.chosen == Some((Side::Target, 2))),
    (
        "Pick a segment, then one on the other side: link them",
        (NONE, Key::Space),
        &[(NONE, Key::J), (NONE, Key::ArrowRight), (NONE, Key::Space), (NONE, Key::ArrowLeft)],
        |s| s.rows("1-1 0-1 1-1 1-0 1-1 1-1"),
    ),
    ("Edit or cut the chosen segment…", (NONE, Key::E), &[], |s| s.page == Some("Text")),
    ("Join the chosen segment and the next", (SHIFT, Key::M), SECOND, |s| s.rows("1-1 2-1 1-1 1-1")),
    ("Confirm, and go on", (NONE, Key::C), &[], |s| s.rows("1-1c 2-2 1-1 1-1") && s.row == 1),
    ("Confirm this row and all above", (SHIFT, Key::C), SECOND, |s| s.rows("1-1c 2-2c 1-1 1-1")),
    ("Flag", (NONE, Key::F), &[], |s| s.rows("1-1f 2-2")),
    ("Bookmark", (NONE, Key::B), &[], |s| s.rows("1-1b 2-2")),
    ("Note…", (NONE, Key::I), &[], |s| s.page == Some("Note")),
    ("Align again between confirmed rows", (NONE, Key::R), &[], |s| s.page == Some("Preview")),
    ("Undo", (CTRL, Key::Z), &[], |s| s.rows("1-1 1-1 1-1 1-1 1-1")),
    ("Redo", (BOTH, Key::Z), &[(CTRL, Key::Z)], |s| s.rows("1-1 2-2 1-1 1-1")),
    ("Next row", (NONE, Key::ArrowDown), &[], |s| s.row == 1),
    ("Previous row", (NONE, Key::ArrowUp), &[(NONE, Key::End)], |s| s.row == 2),
    ("Select the next row too", (SHIFT, Key::ArrowDown), &[], |s| s.selected == Some(0..=1)),
    ("Select the previous row too", (SHIFT, Key::ArrowUp), &[(NONE, Key::End)], |s| s.selected == Some(2..=3)),
    ("One page down", (NONE, Key::PageDown), &[], |s| s.row == 3),
    ("One page up", (NONE, Key::PageUp), &[(NONE, Key::End)], |s| s.row == 0),
    ("First row", (NONE, Key::Home), SECOND, |s| s.row == 0),
    ("Last row", (NONE, Key::End), &[], |s| s.row == 3),
    ("Select all rows", (CTRL, Key::A), &[], |s| s.selected == Some(0..=3)),
    ("Show or hide the glossary", (CTRL, Key::G), &[], |s| s.panel.is_none()),
    ("Show or hide the list of rows", (CTRL, Key::R), &[], |s| s.panel == Some("rows")),
    ("Show or hide the path", (CTRL, Key::M), &[], |s| s.panel == Some("path")),
    ("Show or hide what is not consistent", (CTRL, Key::I), &[], |s| s.panel == Some("check")),
    ("Check the consistency again", (BOTH, Key::I), &[], |s| s.checked),
    ("Next inconsistency", (NONE, Key::Period), &[], |s| s.said("Nothing inconsistent is listed")),
    ("Previous inconsistency", (NONE, Key::Comma), &[], |s| s.said("Nothing inconsistent is listed")),
    ("The inconsistency is right as it is, for good", (NONE, Key::Equals), &[], |s| {
        s.said("Choose an inconsistency first")
    }),
    ("Tell again what was said to be right", (SHIFT, Key::Equals), &[], |s| s.said("it is so already")),
    ("Next term", (NONE, Key::CloseBracket), &[], |s| s.term == Some(0)),
    ("Previous term", (NONE, Key::OpenBracket), &[(NONE, Key::CloseBracket), (NONE, Key::CloseBracket)], |s| {
        s.term == Some(0)
    }),
    ("To the glossary, where keys decide on terms, and back", (NONE, Key::F6), &[], |s| s.in_terms),
    ("Glossary: next term", (NONE, Key::ArrowDown), TERMS, |s| s.term == Some(1)),
    ("Glossary: previous term", (NONE, Key::ArrowUp), &[(NONE, Key::F6), (NONE, Key::J)], |s| s.term == Some(0)),
    ("Glossary: next place of the term", (NONE, Key::ArrowRight), TERMS, |s| s.row == 3),
    ("Glossary: previous place of the term", (NONE, Key::ArrowLeft), TERMS, |s| s.row == 3),
    ("Glossary: next term nobody has decided on", (NONE, Key::N), TERMS, |s| s.term == Some(1)),
    ("Glossary: accept the term, and go on", (NONE, Key::A), TERMS, |s| matches!(s.decided(), [1, 0, 0, 0])),
    ("Glossary: reject the term, and go on", (NONE, Key::X), TERMS, |s| matches!(s.decided(), [0, 0, 0, 1])),
    ("Glossary: reject the shorter terms inside this one", (NONE, Key::S), TERMS, |s| s.said("horter")),
    ("Glossary: edit the term…", (NONE, Key::E), TERMS, |s| s.page == Some("Term")),
    ("Glossary: add a term…", (NONE, Key::I), TERMS, |s| s.page == Some("Term")),
    ("Glossary: pick a term to join another with", (NONE, Key::Space), TERMS, |s| {
        s.said("Now choose another term and join them")
    }),
    (
        "Glossary: join the picked term and this one",
        (NONE, Key::M),
        &[(NONE, Key::F6), (NONE, Key::Space), (NONE, Key::J)],
        |s| matches!(s.decided(), [1, 0, 0, 0]),
    ),
    ("Glossary: this translation may be used, too", (NONE, Key::V), TERMS, |s| matches!(s.decided(), [0, 1, 0, _])),
    ("Glossary: this translation must not be used", (NONE, Key::D), TERMS, |s| matches!(s.decided(), [0, 0, 1, _])),
    ("Glossary: forget what was decided", (NONE, Key::U), &[(NONE, Key::F6), (NONE, Key::D)], |s| {
        matches!(s.decided(), [0, 0, 0, 0])
    }),
    ("Glossary: accept all above a score…", (NONE, Key::B), TERMS, |s| s.page == Some("Accept")),
    ("Build the glossary again, by what was accepted", (BOTH, Key::G), &[], |s| matches!(s.decided(), [0, _, _, _])),
    ("Take in a term base…", (CTRL, Key::T), &[], |s| s.page == Some("ImportTerms")),
    ("Write the glossary…", (BOTH, Key::T), &[], |s| s.page == Some("ExportTerms")),
    ("Light or dark", (CTRL, Key::D), &[], |s| s.settings.dark.is_some()),
    ("High contrast", (BOTH, Key::D), &[], |s| s.settings.contrast),
    ("Serif or sans", (CTRL, Key::E), &[], |s| s.settings.other.sans),
    ("Larger text", (CTRL, Key::Plus), &[], |s| (s.settings.zoom - 1.10).abs() < 0.006),
    ("Smaller text", (CTRL, Key::Minus), &[], |s| (s.settings.zoom - 0.91).abs() < 0.006),
    ("Usual text size", (CTRL, Key::Num0), &[(CTRL, Key::Plus)], |s| (s.settings.zoom - 1.00).abs() < 0.006),
    ("Interface in English or Chinese (中文)", (BOTH, Key::L), &[], |s| s.settings.language.as_deref() == Some("zh")),
    ("Options…", (CTRL, Key::Comma), &[], |s| s.page == Some("Options")),
    ("All commands…", (CTRL, Key::P), &[], |s| s.page == Some("Palette")),
    ("Keys", (NONE, Key::F1), &[], |s| s.page == Some("Keys")),
    ("Close, or drop the search, the term, the selection", (NONE, Key::Escape), &[(NONE, Key::ArrowRight)], |s| {
        s.chosen.is_none()
    }),
];

/// Tested elsewhere, for it has no key of its own: the system makes an event of Ctrl C.
const ELSEWHERE: [&str; 1] = ["Copy the selected rows"];

const ZH: &str = "主权\n国际法适用于网络空间。各国应合作。\n武装冲突法呢？\n国际法重要。\n";
const EN: &str = "Sovereignty\nInternational law applies to cyberspace. States should cooperate.\nAnd armed conflict?\n\
    International law matters.\n";

/// A window of four rows with a search for what two of them hold.
fn small() -> Harness<'static, App> {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, NONE, Key::J);
    press(&mut harness, NONE, Key::M);
    press(&mut harness, CTRL, Key::F);
    harness.event(Event::Text("law".to_owned()));
    harness.run_steps(2);
    press(&mut harness, NONE, Key::Escape);
    press(&mut harness, CTRL, Key::F);
    harness.event(Event::Text("law".to_owned()));
    harness.run_steps(2);
    // Out of the field, with the search kept.
    harness.ctx.memory_mut(eframe::egui::Memory::stop_text_input);
    press(&mut harness, NONE, Key::Home);
    harness
}

#[test]
fn every_command_does_the_same_by_its_key_and_by_its_name() {
    let tested: Vec<&str> = CASES.iter().map(|case| case.0).chain(ELSEWHERE).collect();
    for name in command_names() {
        assert!(tested.contains(&name), "{name} is not tested");
    }
    for &(name, (modifiers, key), before, wanted) in CASES {
        let mut harness = small();
        for &(modifiers, key) in before {
            press(&mut harness, modifiers, key);
        }
        press(&mut harness, modifiers, key);
        until_idle(&mut harness);
        let by_key = Seen::of(&harness);
        assert!(wanted(&by_key), "{name} by its key: {by_key:?}");
        if ["All commands…"].contains(&name) {
            continue;
        }
        let mut harness = small();
        for &(modifiers, key) in before {
            press(&mut harness, modifiers, key);
        }
        press(&mut harness, CTRL, Key::P);
        harness.event(Event::Text(name.to_owned()));
        harness.run_steps(2);
        press(&mut harness, NONE, Key::Enter);
        until_idle(&mut harness);
        let by_name = Seen::of(&harness);
        assert!(wanted(&by_name), "{name} by its name: {by_name:?}");
        assert!(by_name.sound);
    }
}
