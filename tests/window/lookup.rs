//! Looking words up.

use super::*;

const ZH: &str = "主权\n国际法适用于网络空间。\n各国应当合作。\n";
const EN: &str = "Sovereignty\nInternational law applies to cyberspace.\nStates should cooperate.\n";

/// The page with something typed into it.
fn asked(harness: &mut Harness<'static, App>, text: &str) {
    press(harness, Modifiers::COMMAND, Key::K);
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(3);
    until_idle(harness);
}

fn shown(harness: &Harness<'static, App>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn terms_words_and_rows_are_found_while_typing() {
    let mut harness = window(pasted(ZH, EN));
    asked(&mut harness, "wangluok");
    assert!(shown(&harness, "Term: 网络空间, cyberspace, proposed"));
    assert!(shown(&harness, "Word: 网络空间, wǎng luò kōng jiān, cyberspace"));
    assert!(!shown(&harness, "Found in row"));
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("coop".to_owned()));
    harness.run_steps(3);
    until_idle(&mut harness);
    assert!(shown(&harness, "Found in row 3: 各国应当合作。, States should cooperate."));
    assert!(!shown(&harness, "Word: 网络空间"));
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("zzyzx".to_owned()));
    harness.run_steps(3);
    until_idle(&mut harness);
    assert!(shown(&harness, "Nothing was found"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().snapshot().page.is_none());
}

#[test]
fn enter_goes_to_a_row_chooses_a_term_or_looks_a_word_up() {
    let mut harness = window(pasted(ZH, EN));
    // Nothing but a row: no word and no term is written so.
    asked(&mut harness, "states should");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().snapshot().row, 2);
    assert!(harness.state().snapshot().page.is_none());

    asked(&mut harness, "cyberspace");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let after = harness.state().snapshot();
    assert_eq!((after.page, after.panel, after.row), (None, Some("glossary"), 1));
    assert!(after.term.is_some());

    // The chosen term is what the page begins with.
    press(&mut harness, Modifiers::COMMAND, Key::K);
    until_idle(&mut harness);
    assert!(shown(&harness, "Word: 网络空间, "));
    // From English to the word, and from the word to its row.
    harness.event(Event::Text("sovereignty ".to_owned()));
    harness.run_steps(3);
    until_idle(&mut harness);
    harness.get_by_label_contains("Word: 主权, zhǔ quán").click();
    harness.run_steps(3);
    until_idle(&mut harness);
    // The rows stand below everything else.
    for _ in 0..60 {
        harness.key_press(Key::ArrowDown);
        harness.step();
    }
    harness.run_steps(3);
    assert!(shown(&harness, "Found in row 1: 主权, Sovereignty"));
    harness.get_by_label_contains("Found in row 1: ").click();
    harness.run_steps(3);
    assert_eq!(harness.state().snapshot().row, 0);
}

#[test]
fn arrows_choose_among_what_was_found() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::NONE, Key::End);
    asked(&mut harness, "sovereignty");
    // The last line is that of the row, wherever the arrow would lead.
    for _ in 0..90 {
        harness.key_press(Key::ArrowDown);
        harness.step();
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().snapshot().row, 0);
}

#[test]
fn what_is_edited_meanwhile_is_looked_up_as_it_is_now() {
    let mut harness = window(pasted(ZH, EN));
    asked(&mut harness, "cooperate");
    assert!(shown(&harness, "Found in row 3: "));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::M);
    asked(&mut harness, "cooperate");
    assert!(shown(&harness, "Found in row 2: ") && !shown(&harness, "Found in row 3: "));
}
