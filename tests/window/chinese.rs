//! The interface in Chinese: nothing of it is left in English.

use egui_kittest::kittest::{NodeT as _, by};

use super::*;

/// What may stand in Latin letters: names of formats, keys and programs, and what comes from elsewhere.
const LATIN: &[&str] = &[
    "Ctrl", "Shift", "Alt", "Esc", "Enter", "Space", "Home", "End", "Page", "down", "up", "TMX", "TSV", "CSV", "JSON",
    "Lines", "HTML", // What egui says of the edge of a panel.
    "Resize", "panel", "links", "English", "Hei", "Duizhao", "A+", "A", "tmx", "duizhao", "zh", "en", "pasted",
];

/// The labels and values that a screen reader would say, but for the texts themselves.
fn said(harness: &Harness<'static, App>) -> Vec<String> {
    let mut out = Vec::new();
    for node in harness.query_all(by().predicate(|_| true)) {
        let node = node.accesskit_node();
        out.extend(node.label());
        out.extend(node.placeholder().map(str::to_owned));
    }
    out
}

/// Words in Latin letters that are not allowed.
fn english(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    words.filter(|word| !LATIN.contains(word)).filter(|word| !word.starts_with('F')).map(str::to_owned).collect()
}

#[test]
fn nothing_is_left_in_english() {
    // Texts without a Latin letter on either side of the window.
    let mut harness = window(pasted("主权。\n国际法。今天下雨。\n你呢？\n", "Да.\nНет. Идёт дождь.\nА ты?\n"));
    let chords = [
        (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L),
        (Modifiers::NONE, Key::J),
        (Modifiers::NONE, Key::B),
        (Modifiers::NONE, Key::F),
        (Modifiers::NONE, Key::M),
        (Modifiers::NONE, Key::ArrowRight),
        (Modifiers::NONE, Key::Space),
        (Modifiers::NONE, Key::X),
        (Modifiers::COMMAND, Key::Z),
        (Modifiers::COMMAND, Key::R),
        (Modifiers::COMMAND, Key::M),
        (Modifiers::COMMAND, Key::G),
        (Modifiers::NONE, Key::T),
        (Modifiers::NONE, Key::C),
        (Modifiers::NONE, Key::R),
        (Modifiers::COMMAND, Key::O),
        (Modifiers::COMMAND, Key::S),
        (Modifiers::COMMAND, Key::H),
        (Modifiers::COMMAND, Key::P),
        (Modifiers::COMMAND, Key::K),
        (Modifiers::COMMAND, Key::Comma),
        (Modifiers::NONE, Key::G),
        (Modifiers::NONE, Key::E),
        (Modifiers::NONE, Key::I),
        (Modifiers::NONE, Key::F1),
        (Modifiers::NONE, Key::F2),
        (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S),
    ];
    let mut seen = 0;
    for (modifiers, key) in chords {
        press(&mut harness, modifiers, key);
        until_idle(&mut harness);
        for text in said(&harness) {
            let left = english(&text);
            // Paths come from the system.
            assert!(left.is_empty() || text.contains(std::path::MAIN_SEPARATOR), "{key:?}: {left:?} in {text:?}");
            seen += 1;
        }
        if harness.state().snapshot().page.is_none() {
            continue;
        }
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
    assert!(seen > 500, "{seen}");
}
