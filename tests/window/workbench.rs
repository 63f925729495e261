//! What a person does at the workbench, page by page.

use eframe::egui::accesskit::Role;
use eframe::egui::{ImeEvent, PointerButton, Pos2, Vec2};

use super::*;
use duizhao::bitext::Side;

const ZH: &str = "主权\n国际法适用于网络空间。各国应合作。\n武装冲突法呢？\n";
const EN: &str =
    "Sovereignty\nInternational law applies to cyberspace. States should cooperate.\nAnd armed conflict?\n";

fn kinds(harness: &Harness<'static, App>) -> String {
    let kinds: Vec<String> = harness.state().snapshot().rows.iter().map(|row| row.bead.kind().to_string()).collect();
    kinds.join(" ")
}

#[test]
fn a_segment_is_reworded_and_cut_at_the_caret() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Modifiers::NONE, Key::E);
    fill(&mut harness, "Text of the segment", "国际法适用于网络空间，也适用于太空。");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "Change the text of row 2"), "{:?}", harness.state().snapshot());
    assert_eq!(
        harness.state().snapshot().texts[0],
        "主权\n国际法适用于网络空间，也适用于太空。各国应合作。\n武装冲突法呢？\n"
    );
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_by_label("Text of the segment").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::COMMAND, Key::Home);
    for _ in 0..11 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(kinds(&harness), "1-1 2-1 1-1 1-1");
    let cell = "国际法适用于网络空间，也适用于太空。";
    assert!(harness.query_all_by_label(cell).next().is_some());
    // The second half is chosen by key and joined with what follows it.
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Modifiers::SHIFT, Key::M);
    assert_eq!(kinds(&harness), "1-1 2-2 1-1");
    for _ in 0..3 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!((kinds(&harness).as_str(), harness.state().snapshot().texts[0].as_str()), ("1-1 1-1 1-1 1-1", ZH));
}

#[test]
fn a_note_is_written_through_an_input_method_and_shown_below_its_row() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::NONE, Key::I);
    harness.event(Event::Ime(ImeEvent::Preedit { text: "shù yǔ".to_owned(), active_range_chars: None }));
    harness.run_steps(2);
    harness.event(Event::Ime(ImeEvent::Commit("术语待查".to_owned())));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(&*harness.state().snapshot().rows[0].mark.note(), "术语待查");
    assert!(harness.query_all_by_label_contains("with a note").next().is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.state().snapshot().rows[0].mark.notes.is_empty());
}

#[test]
fn what_is_found_is_replaced_in_one_text_or_both() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::COMMAND, Key::H);
    fill(&mut harness, "Search for", "(law|states)");
    assert!(harness.query_all_by_label("0 hits").next().is_some());
    click(&mut harness, "Expression");
    assert!(harness.query_all_by_label("2 hits").next().is_some());
    assert!(harness.query_all_by_label_contains("Hit in row 3: ").next().is_some());
    fill(&mut harness, "Replace by", "<$1>");
    click(&mut harness, "Replace all");
    let replaced = EN.replace("law", "<law>").replace("States", "<States>");
    assert_eq!(harness.state().snapshot().texts[1], replaced);
    fill(&mut harness, "Search for", "(");
    assert!(harness.query_all_by_label_contains("unclosed group").next().is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().snapshot().texts[1], EN);
}

#[test]
fn rows_are_gone_to_by_number_and_listed_by_kind() {
    let mut harness = window(Source::Bundled);
    press(&mut harness, Modifiers::NONE, Key::G);
    harness.event(Event::Text("４2".to_owned()));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().snapshot().row, 41);
    press(&mut harness, Modifiers::NONE, Key::F);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::COMMAND, Key::R);
    harness.get_by_label_contains("Listed row 42, ").click();
    harness.run_steps(3);
    assert_eq!(harness.state().snapshot().row, 41);
    // What is doubted for its score stands there as well.
    assert!(harness.query_all_by_label_contains("Listed row ").count() > 1);
}

#[test]
fn names_and_languages_are_changed_and_undone() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::NONE, Key::F2);
    fill(&mut harness, "Name of the source", "声明");
    click(&mut harness, "Save");
    assert!(says(&harness, "Change the name or language"));
    press(&mut harness, Modifiers::NONE, Key::F2);
    assert!(harness.query_all_by_value("声明").next().is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(says(&harness, "Undone: change the name or language"));
}

#[test]
fn a_segment_is_dragged_to_another_row() {
    let mut harness = window(pasted(ZH, EN));
    let grip = harness.query_all_by_label("Drag this segment to another row").last().expect("a grip").rect().center();
    // The row under the eye is the first; its grips are the only ones, the target's the last.
    let below = harness.get_by_label("And armed conflict?").rect().center();
    let to = Pos2::new(grip.x, below.y);
    harness.event(Event::PointerMoved(grip));
    harness.step();
    let button = |pressed, pos| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(button(true, grip));
    harness.step();
    for share in [0.3, 0.6, 1.0] {
        harness.event(Event::PointerMoved(grip + (to - grip) * share));
        harness.step();
    }
    harness.event(button(false, to));
    harness.run_steps(3);
    assert_eq!(kinds(&harness), "1-0 1-0 1-0 1-4");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(kinds(&harness), "1-1 1-1 1-1 1-1");
}

/// Presses and releases a button of the mouse.
fn mouse(harness: &mut Harness<'static, App>, button: PointerButton, pos: Pos2) {
    harness.event(Event::PointerMoved(pos));
    harness.step();
    for pressed in [true, false] {
        harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        harness.step();
    }
    harness.run_steps(2);
}

/// The chosen segment.
fn chosen(harness: &Harness<'static, App>) -> Option<(Side, usize)> {
    harness.state().snapshot().chosen
}

#[test]
fn the_other_mouse_button_chooses_the_segment_under_the_pointer() {
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::M);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(chosen(&harness), Some((Side::Source, 1)));
    let cell = |harness: &Harness<'static, App>, label: &str| harness.get_by_label_contains(label).rect();
    // The sentence that ends the cell, by the last line of it.
    let target = cell(&harness, "States should cooperate.");
    mouse(&mut harness, PointerButton::Secondary, target.left_bottom() + Vec2::new(40.0, -8.0));
    assert_eq!(chosen(&harness), Some((Side::Target, 2)));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    // Of several selected rows only the one a command is for is gone to, with the segment that was meant.
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let source = cell(&harness, "各国应合作。");
    mouse(&mut harness, PointerButton::Secondary, source.left_top() + Vec2::new(10.0, 8.0));
    assert_eq!(harness.state().snapshot().selected, Some(0..=2));
    let edit = harness.query_all_by_label_contains("Edit or cut the chosen segment…").next().expect("the menu");
    edit.click();
    harness.run_steps(3);
    assert!(harness.query_all_by_label("Source segment 2").next().is_some(), "{:?}", harness.state().snapshot());
}

#[test]
fn rows_that_were_written_are_there_when_nothing_is_done_any_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rows.tsv");
    let mut harness = window(pasted(ZH, EN));
    press(&mut harness, Modifiers::COMMAND, Key::S);
    fill(&mut harness, "Where to", &path.display().to_string());
    harness.get_by_label("Export").click();
    until_idle(&mut harness);
    assert!(path.exists() && says(&harness, "Written: "), "{:?}", harness.state().snapshot());
}

#[test]
fn the_project_goes_on_in_another_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = kept_window(pasted(ZH, EN), Some(folder.path().to_owned()));
    press(&mut harness, Modifiers::NONE, Key::M);
    press(&mut harness, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    let other = folder.path().join("other");
    fill(&mut harness, "Path of the project", &other.display().to_string());
    click(&mut harness, "Save");
    let begun = Instant::now();
    while !says(&harness, "Goes on in ") {
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing is said");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    press(&mut harness, Modifiers::NONE, Key::F);
    drop(harness);
    let harness = window(Source::Project(other.with_extension("duizhao")));
    assert!(harness.state().snapshot().rows[0].mark.flagged && kinds(&harness) == "2-2 1-1 1-1");
}

#[test]
fn a_table_of_pairs_opens_as_it_is_aligned() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pairs.tsv");
    std::fs::write(&path, "zh\ten\n今天下雨。\tIt rained today.\n我没去。\t\n\tAnd you?\n").expect("a table");
    let mut harness = kept_window(Source::Aligned(vec![path.clone()]), Some(folder.path().to_owned()));
    assert_eq!(kinds(&harness), "1-1 1-0 0-1");
    press(&mut harness, Modifiers::NONE, Key::C);
    drop(harness);
    let harness = kept_window(Source::Aligned(vec![path]), Some(folder.path().to_owned()));
    assert!(harness.state().snapshot().rows[0].mark.confirmed);
}

/// Asks for another key for merging, wherever the list is scrolled to.
fn another_key(harness: &mut Harness<'static, App>) {
    harness.get_by_label("Another key for: Merge with the next row").click_accesskit();
    harness.run_steps(3);
}

/// Whether light or dark was chosen.
fn darkness(harness: &Harness<'static, App>) -> Option<bool> {
    harness.state().snapshot().settings.dark
}

#[test]
fn what_a_person_likes_is_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.json");
    let open = || placed_window(pasted(ZH, EN), Places { projects: None, settings: Some(file.clone()) });
    let mut harness = open();
    let usual = darkness(&harness);
    press(&mut harness, Modifiers::COMMAND, Key::D);
    let liked = darkness(&harness);
    assert_ne!(liked, usual);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    // Another key for merging; one that is taken is refused.
    another_key(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::S);
    assert!(harness.query_all_by_label_contains("S is taken: Split").next().is_some());
    another_key(&mut harness);
    press(&mut harness, Modifiers::ALT, Key::J);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::M);
    assert_eq!(kinds(&harness), "1-1 1-1 1-1 1-1");
    press(&mut harness, Modifiers::ALT, Key::J);
    assert_eq!(kinds(&harness), "2-2 1-1 1-1");
    drop(harness);
    let mut harness = open();
    assert_eq!(darkness(&harness), liked);
    press(&mut harness, Modifiers::ALT, Key::J);
    assert_eq!(kinds(&harness), "2-2 1-1 1-1");
}

#[test]
fn a_text_may_be_in_any_language() {
    let mut harness = window(pasted(ZH, EN));
    let typed = |harness: &mut Harness<'static, App>, tag: &str| {
        harness.get_by_role_and_label(Role::TextInput, "Language tag of the source").click();
        harness.run_steps(2);
        press(harness, Modifiers::COMMAND, Key::A);
        harness.event(Event::Text(tag.to_owned()));
        harness.run_steps(2);
    };
    press(&mut harness, Modifiers::NONE, Key::F2);
    typed(&mut harness, "no tag");
    assert!(says(&harness, "`no tag` is not a BCP 47 language tag"));
    harness.get_by_label("Save").click();
    harness.run_steps(2);
    assert_eq!(harness.state().snapshot().page, Some("Names"), "what is no tag is not kept");
    typed(&mut harness, "yue-hant-hk");
    harness.get_by_label("Save").click();
    harness.run_steps(2);
    let shown = harness.state().snapshot();
    assert_eq!((shown.page, shown.langs), (None, ["yue-Hant-HK", "en"].map(str::to_owned)));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().snapshot().langs[0], "zh");
}

#[test]
fn what_is_done_bears_the_name_of_who_does_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let places =
        Places { projects: Some(folder.path().to_owned()), settings: Some(folder.path().join("settings.json")) };
    let mut harness = placed_window(pasted(ZH, EN), places.clone());
    let usual = harness.state().snapshot().author;
    press(&mut harness, Modifiers::NONE, Key::C);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    harness.get_by_role_and_label(Role::TextInput, "Your name").focus();
    harness.run_steps(3);
    harness.event(Event::Text("李译".to_owned()));
    harness.run_steps(2);
    assert_eq!(harness.state().snapshot().settings.author.as_deref(), Some("李译"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::F);
    drop(harness);
    // The window knows the name again.
    let mut harness = placed_window(pasted(ZH, EN), places);
    assert_eq!(harness.state().snapshot().author, "李译");
    press(&mut harness, Modifiers::NONE, Key::B);
    drop(harness);
    let files = std::fs::read_dir(folder.path()).expect("the folder").map(|entry| entry.expect("a file").path());
    let file = files.into_iter().find(|path| duizhao::project::is_project(path)).expect("the project");
    let kept = duizhao::project::kept(&file).expect("the project");
    let by: Vec<(String, String)> = kept
        .history
        .edits()
        .iter()
        .map(|edit| (edit.name(), edit.origin.as_ref().map(|origin| origin.author.to_string()).unwrap_or_default()))
        .collect();
    let wanted = [("confirm row 1", usual.as_str()), ("flag row 2", "李译"), ("bookmark row 2", "李译")];
    assert_eq!(by, wanted.map(|(name, author)| (name.to_owned(), author.to_owned())));
    assert!(kept.open.work().documents().all(|(id, _)| id.0.get_version_num() == 7));
}

#[test]
fn numbers_that_differ_are_told() {
    let mut harness = window(pasted(
        "2009年有35国参加。\n2010年没有会议。\n",
        "In 2009, 53 states took part.\nThere was no meeting in 2010.\n",
    ));
    assert!(says(&harness, "numbers differ"));
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::Q);
    assert_eq!(harness.state().snapshot().row, 0);
}

#[test]
fn rows_are_looked_at_again_for_who_asks_after_that_was_stopped() {
    let texts = pasted("我没去。\n2009年有35国参加。\n", "I did not go.\nIn 2009, 53 states took part.\n");
    let places = Places { projects: None, settings: None };
    let mut harness = Harness::builder()
        .with_size([1100.0, 700.0])
        .with_max_steps(1)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, texts, places));
    let begun = Instant::now();
    while harness.state().snapshot().rows.is_empty() {
        assert!(begun.elapsed() < Duration::from_mins(1), "the texts are never opened");
        std::thread::sleep(Duration::from_millis(1));
        harness.step();
    }
    // Answers are taken in by frames only: what was begun in this one cannot be done.
    assert!(!harness.state().is_idle());
    harness.state_mut().stop();
    press(&mut harness, Modifiers::NONE, Key::J);
    assert!(!says(&harness, "numbers differ"));
    press(&mut harness, Modifiers::NONE, Key::N);
    until_idle(&mut harness);
    assert!(says(&harness, "numbers differ") && harness.state().snapshot().sound, "{:?}", harness.state().snapshot());
}
