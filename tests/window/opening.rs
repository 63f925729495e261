//! What is opened how, and found again.

use super::*;

#[test]
fn a_project_is_opened_by_keys_alone_and_old_errors_are_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let places = Places { projects: Some(folder.path().to_owned()), settings: None };
    drop(placed_window(pasted("国际法适用于网络空间。", "International law applies to cyberspace."), places));
    let project =
        std::fs::read_dir(folder.path()).expect("the folder").next().expect("a project").expect("an entry").path();
    let mut harness = window(Source::Bundled);
    let told =
        |harness: &Harness<'static, App>| harness.query_all_by_label_contains("the translation is missing").count();
    press(&mut harness, Modifiers::COMMAND, Key::O);
    harness.event(Event::Text("nothing.txt".to_owned()));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(told(&harness), 1);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    assert_eq!(told(&harness), 0);
    // What was typed and could not be opened is there to be mended.
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(project.display().to_string()));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until_idle(&mut harness);
    assert_eq!((harness.state().snapshot().rows.len(), harness.state().snapshot().page), (1, None));
}

#[test]
fn pasted_texts_are_found_again_by_their_first_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let places =
        Places { projects: Some(folder.path().to_owned()), settings: Some(folder.path().join("settings.json")) };
    let mut harness = placed_window(Source::Bundled, places);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    fill(&mut harness, "or paste the text here", "国际法适用于网络空间。");
    fill(&mut harness, "or paste the translation here", "International law applies to cyberspace.");
    click(&mut harness, "Open");
    until_idle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::C);
    let name = "国际法适用于网络空间 ⇄ International law";
    let recent = |harness: &Harness<'static, App>| harness.state().snapshot().settings.recent;
    assert_eq!(recent(&harness).iter().map(|recent| recent.title.as_str()).collect::<Vec<_>>(), [name]);
    // Another text, and back: the work is there, and the name too.
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    until_idle(&mut harness);
    assert!(harness.state().snapshot().rows.len() > 60);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    click(&mut harness, name);
    until_idle(&mut harness);
    let rows = harness.state().snapshot().rows;
    assert!(rows.len() == 1 && rows[0].mark.confirmed, "{rows:?}");
    assert_eq!(recent(&harness)[0].title, name);
}
