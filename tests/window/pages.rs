//! Pages over the texts, lists, and what shows on hovering.

use eframe::egui::Pos2;

use super::*;

#[test]
fn pages_keep_still_while_the_pointer_moves() {
    let mut harness = window(Source::Bundled);
    let pages = [
        (Modifiers::NONE, Key::F1, "Close"),
        (Modifiers::COMMAND, Key::Comma, "Close"),
        (Modifiers::COMMAND, Key::O, "Cancel"),
        (Modifiers::COMMAND, Key::H, "Replace all"),
    ];
    for (modifiers, key, button) in pages {
        press(&mut harness, modifiers, key);
        let place = |harness: &Harness<'static, App>| harness.get_by_label(button).rect();
        let before = place(&harness);
        for step in 0..8_u8 {
            harness.event(Event::PointerMoved(Pos2::new(500.0 + f32::from(step) * 7.0, 400.0)));
            harness.run_steps(2);
        }
        assert_eq!(place(&harness), before, "{key:?}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_list_of_terms_follows_its_filter() {
    let mut harness = window(Source::Bundled);
    let terms = |harness: &Harness<'static, App>| harness.query_all_by_label_contains(" places, score ").count();
    let first =
        |harness: &Harness<'static, App>, label: &str| harness.query_all_by_label_contains(label).next().is_some();
    assert!(terms(&harness) > 3 && first(&harness, "现代院, CICIR"));
    // Far down, then filtered: the first line is in view.
    press(&mut harness, Modifiers::NONE, Key::F6);
    for _ in 0..60 {
        harness.key_press(Key::ArrowDown);
        harness.step();
    }
    harness.run_steps(2);
    assert!(!first(&harness, "现代院, CICIR"));
    fill(&mut harness, "Filter terms", "c");
    assert!(first(&harness, "现代院, CICIR"));
    // Enter gives the keys to the list.
    fill(&mut harness, "Filter terms", "Budapest");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().snapshot().in_terms);
    let chosen = harness.state().snapshot().term;
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(chosen.is_some() && harness.state().snapshot().term != chosen);
}

#[test]
fn what_is_drawn_explains_itself_on_hovering() {
    let mut harness = window(pasted("今天下雨。\n我没去。\n", "It rained today.\nI stayed.\n"));
    let told = |harness: &Harness<'static, App>, text: &str| harness.query_all_by_label_contains(text).count();
    let hovered = |harness: &mut Harness<'static, App>, at: Pos2| {
        harness.event(Event::PointerMoved(at));
        harness.run_steps(90);
    };
    let grip = harness.query_all_by_label("Drag this segment to another row").next().expect("a grip").rect();
    let before = told(&harness, "Drag this segment");
    hovered(&mut harness, grip.center());
    assert_eq!(told(&harness, "Drag this segment"), before + 1);
    // The signs of the same row stand at the left.
    let before = told(&harness, "Row 1 of 2, 1-1");
    hovered(&mut harness, Pos2::new(28.0, grip.center().y));
    assert_eq!(told(&harness, "Row 1 of 2, 1-1"), before + 1);
}
