//! Every command, by its key and by its name in the list of all commands, checked against what it should do.

use duizhao::gui::command_names;
use duizhao::termbase::Status;

use super::*;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const BOTH: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

type Stroke = (Modifiers, Key);

/// A command, its key, what is pressed before, and a part of what is there after.
type Case = (&'static str, Stroke, &'static [Stroke], &'static str);

/// The first line is 国际法, at rows 2 and 4.
const TERMS: &[Stroke] = &[(NONE, Key::F6)];
const SECOND: &[Stroke] = &[(NONE, Key::J)];

/// Of four rows: 1-1, 2-2 (made by merging), 1-1, 1-1.
const CASES: &[Case] = &[
    ("Open…", (CTRL, Key::O), &[], "page Open"),
    ("Open the joint statement", (BOTH, Key::O), &[], "Joint"),
    ("Save the project as…", (BOTH, Key::S), &[], "page SaveAs"),
    ("Export rows…", (CTRL, Key::S), &[], "page Export"),
    ("Names and languages of the texts…", (NONE, Key::F2), &[], "page Names"),
    ("Search in both languages", (CTRL, Key::F), &[], "typing"),
    ("Search and replace…", (CTRL, Key::H), &[], "page Find"),
    ("Look up…", (CTRL, Key::K), &[], "page Lookup"),
    ("Next hit", (NONE, Key::F3), &[], "at 1"),
    ("Previous hit", (SHIFT, Key::F3), &[], "at 3"),
    ("Go to row…", (NONE, Key::G), &[], "page GoTo"),
    ("Next doubtful row", (NONE, Key::N), &[(NONE, Key::End), (NONE, Key::F), (NONE, Key::Home)], "at 3"),
    ("Previous doubtful row", (SHIFT, Key::N), &[(NONE, Key::End), (NONE, Key::F), (NONE, Key::Home)], "at 3"),
    ("Most doubtful row", (NONE, Key::Q), &[(NONE, Key::J), (NONE, Key::F), (NONE, Key::Home)], "at 1"),
    ("Next bookmark", (SHIFT, Key::B), &[(NONE, Key::End), (NONE, Key::B), (NONE, Key::Home)], "at 3"),
    ("Previous bookmark", (BOTH, Key::B), &[(NONE, Key::J), (NONE, Key::B), (NONE, Key::Home)], "at 1"),
    ("Merge with the next row", (NONE, Key::M), &[], "3-3 1-1 1-1"),
    ("Split before the chosen segment, or where both sides fit", (NONE, Key::S), SECOND, "1-1 1-1 1-1 1-1 1-1"),
    ("Source segments down, from the chosen or the last", (SHIFT, Key::D), SECOND, "1-1 1-2 2-1 1-1"),
    ("Source segments up, to the chosen or the first", (SHIFT, Key::U), SECOND, "2-1 1-2 1-1 1-1"),
    ("Target segments down, from the chosen or the last", (NONE, Key::D), SECOND, "1-1 2-1 1-2 1-1"),
    ("Target segments up, to the chosen or the first", (NONE, Key::U), SECOND, "1-2 2-1 1-1 1-1"),
    ("Unlink: a row for each segment", (NONE, Key::X), SECOND, "1-1 1-0 1-0 0-1 0-1 1-1 1-1"),
    ("Swap with the next row", (NONE, Key::T), &[(NONE, Key::X)], "0-1 1-0 2-2 1-1 1-1"),
    ("Choose the next segment of the row", (NONE, Key::ArrowRight), SECOND, "chosen Some((Source, 1))"),
    ("Choose the previous segment of the row", (NONE, Key::ArrowLeft), SECOND, "chosen Some((Target, 2))"),
    (
        "Pick a segment, then one on the other side: link them",
        (NONE, Key::Space),
        &[(NONE, Key::J), (NONE, Key::ArrowRight), (NONE, Key::Space), (NONE, Key::ArrowLeft)],
        "1-1 0-1 1-1 1-0 1-1 1-1",
    ),
    ("Edit or cut the chosen segment…", (NONE, Key::E), &[], "page Text"),
    ("Join the chosen segment and the next", (SHIFT, Key::M), SECOND, "1-1 2-1 1-1 1-1"),
    ("Confirm, and go on", (NONE, Key::C), &[], "1-1c 2-2 1-1 1-1 at 1"),
    ("Confirm this row and all above", (SHIFT, Key::C), SECOND, "1-1c 2-2c 1-1 1-1"),
    ("Flag", (NONE, Key::F), &[], "1-1f 2-2"),
    ("Bookmark", (NONE, Key::B), &[], "1-1b 2-2"),
    ("Note…", (NONE, Key::I), &[], "page Note"),
    ("Align again between confirmed rows", (NONE, Key::R), &[], "page Preview"),
    ("Undo", (CTRL, Key::Z), &[], "1-1 1-1 1-1 1-1 1-1"),
    ("Redo", (BOTH, Key::Z), &[(CTRL, Key::Z)], "1-1 2-2 1-1 1-1"),
    ("Next row", (NONE, Key::ArrowDown), &[], "at 1"),
    ("Previous row", (NONE, Key::ArrowUp), &[(NONE, Key::End)], "at 2"),
    ("Select the next row too", (SHIFT, Key::ArrowDown), &[], "selected 0..=1"),
    ("Select the previous row too", (SHIFT, Key::ArrowUp), &[(NONE, Key::End)], "selected 2..=3"),
    ("One page down", (NONE, Key::PageDown), &[], "at 3"),
    ("One page up", (NONE, Key::PageUp), &[(NONE, Key::End)], "at 0"),
    ("First row", (NONE, Key::Home), SECOND, "at 0"),
    ("Last row", (NONE, Key::End), &[], "at 3"),
    ("Select all rows", (CTRL, Key::A), &[], "selected 0..=3"),
    ("Show or hide the glossary", (CTRL, Key::G), &[], "panel None"),
    ("Show or hide the list of rows", (CTRL, Key::R), &[], "panel Some(Rows)"),
    ("Show or hide the path", (CTRL, Key::M), &[], "panel Some(Path)"),
    ("Show or hide what is not consistent", (CTRL, Key::I), &[], "panel Some(Check)"),
    ("Check the consistency again", (BOTH, Key::I), &[], "checked true"),
    ("Next inconsistency", (NONE, Key::Period), &[], "Nothing inconsistent is listed"),
    ("Previous inconsistency", (NONE, Key::Comma), &[], "Nothing inconsistent is listed"),
    ("The inconsistency is right as it is, for good", (NONE, Key::Equals), &[], "Choose an inconsistency first"),
    ("Tell again what was said to be right", (SHIFT, Key::Equals), &[], "it is so already"),
    ("Next term", (NONE, Key::CloseBracket), &[], "term Some(0)"),
    (
        "Previous term",
        (NONE, Key::OpenBracket),
        &[(NONE, Key::CloseBracket), (NONE, Key::CloseBracket)],
        "term Some(0)",
    ),
    ("To the glossary, where keys decide on terms, and back", (NONE, Key::F6), &[], "in terms true"),
    ("Glossary: next term", (NONE, Key::ArrowDown), TERMS, "term Some(1)"),
    ("Glossary: previous term", (NONE, Key::ArrowUp), &[(NONE, Key::F6), (NONE, Key::J)], "term Some(0)"),
    ("Glossary: next place of the term", (NONE, Key::ArrowRight), TERMS, "at 3"),
    ("Glossary: previous place of the term", (NONE, Key::ArrowLeft), TERMS, "at 3"),
    ("Glossary: next term nobody has decided on", (NONE, Key::N), TERMS, "term Some(1)"),
    ("Glossary: accept the term, and go on", (NONE, Key::A), TERMS, "1 preferred 0 admitted 0 deprecated 0 rejected"),
    ("Glossary: reject the term, and go on", (NONE, Key::X), TERMS, "0 preferred 0 admitted 0 deprecated 1 rejected"),
    ("Glossary: reject the shorter terms inside this one", (NONE, Key::S), TERMS, "horter"),
    ("Glossary: edit the term…", (NONE, Key::E), TERMS, "page Term"),
    ("Glossary: add a term…", (NONE, Key::I), TERMS, "page Term"),
    ("Glossary: pick a term to join another with", (NONE, Key::Space), TERMS, "Now choose another term and join them"),
    (
        "Glossary: join the picked term and this one",
        (NONE, Key::M),
        &[(NONE, Key::F6), (NONE, Key::Space), (NONE, Key::J)],
        "1 preferred 0 admitted 0 deprecated 0 rejected",
    ),
    ("Glossary: this translation may be used, too", (NONE, Key::V), TERMS, "0 preferred 1 admitted 0 deprecated"),
    ("Glossary: this translation must not be used", (NONE, Key::D), TERMS, "0 preferred 0 admitted 1 deprecated"),
    (
        "Glossary: forget what was decided",
        (NONE, Key::U),
        &[(NONE, Key::F6), (NONE, Key::D)],
        "0 preferred 0 admitted 0 deprecated 0 rejected",
    ),
    ("Glossary: accept all above a score…", (NONE, Key::B), TERMS, "page Accept"),
    ("Build the glossary again, by what was accepted", (BOTH, Key::G), &[], "0 preferred"),
    ("Take in a term base…", (CTRL, Key::T), &[], "page Take"),
    ("Write the glossary…", (BOTH, Key::T), &[], "page Give"),
    ("Light or dark", (CTRL, Key::D), &[], "dark Some("),
    ("High contrast", (BOTH, Key::D), &[], "contrast true"),
    ("Serif or sans", (CTRL, Key::E), &[], "sans true"),
    ("Larger text", (CTRL, Key::Plus), &[], "zoom 1.10"),
    ("Smaller text", (CTRL, Key::Minus), &[], "zoom 0.91"),
    ("Usual text size", (CTRL, Key::Num0), &[(CTRL, Key::Plus)], "zoom 1.00"),
    ("Interface in English or Chinese (中文)", (BOTH, Key::L), &[], "language Some(\"zh\")"),
    ("Options…", (CTRL, Key::Comma), &[], "page Options"),
    ("All commands…", (CTRL, Key::P), &[], "page Palette"),
    ("Keys", (NONE, Key::F1), &[], "page Keys"),
    (
        "Close, or drop the search, the term, the selection",
        (NONE, Key::Escape),
        &[(NONE, Key::ArrowRight)],
        "chosen None",
    ),
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

/// Rows with their marks, the row under the eye, and what else is shown.
fn state(harness: &Harness<'static, App>) -> String {
    let app = harness.state();
    let row = |row: &duizhao::work::Row| {
        let mark = &row.mark;
        let flag = |set: bool, letter: &'static str| if set { letter } else { "" };
        let marks = [(mark.confirmed, "c"), (mark.flagged, "f"), (mark.bookmarked, "b")];
        let marks: String = marks.into_iter().map(|(set, letter)| flag(set, letter)).collect();
        format!("{}{marks}", row.bead.kind())
    };
    let rows: Vec<String> = app.rows().iter().take(9).map(row).collect();
    let typing = if harness.ctx.text_edit_focused() { "typing" } else { "" };
    let joint = if app.texts()[1].contains("Budapest") { "Joint" } else { "" };
    let terms = app.terms();
    let count = |status: Status| terms.iter().filter(|(_, own)| *own == status).count();
    let decided = Status::ALL[1..].iter().map(|status| format!("{} {}", count(*status), status.name()));
    let decided = decided.collect::<Vec<_>>().join(" ");
    format!("{} at {} {typing} {joint} {} {decided}", rows.join(" "), app.position().0, app.summary())
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
        let by_key = state(&harness);
        assert!(by_key.contains(wanted), "{name} by its key: {by_key}");
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
        let by_name = state(&harness);
        assert!(by_name.contains(wanted), "{name} by its name: {by_name}");
        assert!(harness.state().is_sound());
    }
}
