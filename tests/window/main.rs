//! The window without a display: driven by label and key through the tree that screen readers see.
#![cfg(feature = "gui")]

mod chinese;
mod commands;
mod glossary;
mod lookup;
mod opening;
mod pages;
mod pictures;
mod workbench;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use duizhao::gui::{App, Input, Places, Source};
use eframe::egui::{Event, Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// A window of a size that has finished opening `source`. A glyph missing in our fonts fails the test, and so does an
/// input without a name.
fn window(source: Source) -> Harness<'static, App> {
    kept_window(source, None)
}

/// The same, with a folder for project files.
fn kept_window(source: Source, folder: Option<PathBuf>) -> Harness<'static, App> {
    placed_window(source, Places { projects: folder, settings: None })
}

/// The same, with a place for settings as well.
fn placed_window(source: Source, places: Places) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1100.0, 700.0])
        .with_max_steps(16)
        .build_eframe(move |cc| App::new(&cc.egui_ctx, source, places));
    until_idle(&mut harness);
    harness
}

/// Waits until everything asked for is done.
fn until_idle(harness: &mut Harness<'static, App>) {
    let start = Instant::now();
    // What is asked for is begun in the next frame.
    harness.run_steps(2);
    while !harness.state().is_idle() {
        assert!(start.elapsed() < Duration::from_mins(2), "the work is never done");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    harness.run_steps(3);
}

fn press(harness: &mut Harness<'static, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

/// Types over what stands in a field.
fn fill(harness: &mut Harness<'static, App>, label: &str, text: &str) {
    harness.get_by_label(label).focus();
    harness.run_steps(2);
    press(harness, Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(text.to_owned()));
    harness.run_steps(2);
}

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

fn pasted(chinese: &str, english: &str) -> Source {
    let side = |name: &str, text: &str| Input::Pasted(name.to_owned(), text.to_owned());
    Source::Mixed(side("zh", chinese), side("en", english))
}

#[test]
fn the_statement_opens_with_its_glossary_and_says_whose_version_it_is() {
    let harness = window(Source::Bundled);
    assert!(harness.query_all_by_label("网络安全合作双边讨论").next().is_some());
    assert!(harness.query_all_by_label("Bilateral Discussions on Cooperation in Cybersecurity").next().is_some());
    assert!(harness.query_all_by_label_contains("own version").next().is_some());
    assert!(harness.query_all_by_label_contains("Row 1 of 6").next().is_some());
    assert!(harness.query_all_by_label_contains("网络空间, cyberspace").next().is_some());
}

#[test]
fn keys_move_through_the_rows() {
    let mut harness = window(Source::Bundled);
    let rows = harness.state().snapshot().rows.len();
    assert!(rows > 60);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::J);
    assert_eq!(harness.state().snapshot().row, 2);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(harness.state().snapshot().row, 1);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(harness.state().snapshot().row, rows - 1);
    assert!(harness.query_all_by_label_contains("Print article |").next().is_some(), "the last row is in view");
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(harness.state().snapshot().row, 0);
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    assert!(harness.state().snapshot().row > 3);
}

#[test]
fn a_search_finds_in_both_languages_and_walks() {
    let mut harness = window(Source::Bundled);
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.event(Event::Text("BUDAPEST".to_owned()));
    harness.run_steps(3);
    let (first, english) = (harness.state().snapshot().row, harness.state().snapshot().hits);
    assert_eq!(english, 5);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().snapshot().row > first);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().snapshot().hits, 0);
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.event(Event::Text("佈達佩斯".to_owned()));
    harness.run_steps(3);
    assert!(harness.state().snapshot().hits >= 5, "traditional characters find simplified ones");
}

#[test]
fn a_click_on_a_term_goes_to_its_first_place() {
    let mut harness = window(Source::Bundled);
    harness.get_by_label("Filter terms").focus();
    harness.run_steps(2);
    harness.event(Event::Text("itu".to_owned()));
    harness.run_steps(3);
    harness.get_by_label_contains("国际电信联盟, ITU").click();
    harness.run_steps(4);
    let row = harness.state().snapshot().row;
    assert!(row > 30, "{row}");
    assert!(harness.query_all_by_label_contains("国际电信联盟主管").next().is_some(), "its row is in view");
    assert!(harness.query_all_by_label_contains("places, 1 here").next().is_some());
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    assert_ne!(harness.state().snapshot().row, row);
}

#[test]
fn rows_are_copied_in_both_languages() {
    let mut harness =
        window(pasted("主权\n国际法适用于网络空间。\n", "Sovereignty\nInternational law applies to cyberspace.\n"));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    harness.event(Event::Copy);
    harness.step();
    let copied: Vec<String> = harness
        .output()
        .platform_output
        .commands
        .iter()
        .filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(
        copied,
        [
            "[row 1: zh 1 ⇄ en 1]\n主权\nSovereignty\n\n[row 2: zh 2 ⇄ en 2]\n国际法适用于网络空间。\nInternational law applies to cyberspace.\n"
        ]
    );
}

#[test]
fn texts_are_pasted_and_a_problem_is_told() {
    let mut harness = window(Source::Bundled);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    harness.get_by_label("Open").click();
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("the text is missing").next().is_some());
    harness.get_by_label("or paste the text here").focus();
    harness.run_steps(2);
    harness.event(Event::Text("国际法适用于网络空间。".to_owned()));
    harness.run_steps(2);
    harness.get_by_label("or paste the translation here").focus();
    harness.run_steps(2);
    harness.event(Event::Text("International law applies to cyberspace.".to_owned()));
    harness.run_steps(2);
    harness.get_by_label("Open").click();
    let start = Instant::now();
    while harness.state().snapshot().rows.len() != 1 {
        assert!(start.elapsed() < Duration::from_mins(1), "the pasted texts are never opened");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    assert!(harness.query_all_by_label("国际法适用于网络空间。").next().is_some());
}

/// The keys of the walk: all that change rows or move about, some that open pages.
const KEYS: &[Key] = &[
    Key::ArrowDown,
    Key::ArrowUp,
    Key::PageDown,
    Key::PageUp,
    Key::Home,
    Key::End,
    Key::N,
    Key::CloseBracket,
    Key::OpenBracket,
    Key::Escape,
    Key::F1,
    Key::Tab,
    Key::Enter,
    Key::Space,
    Key::D,
    Key::E,
    Key::G,
    Key::F,
    Key::Plus,
    Key::Minus,
    Key::Num0,
    Key::A,
    Key::M,
    Key::S,
    Key::D,
    Key::U,
    Key::X,
    Key::T,
    Key::C,
    Key::Z,
    Key::Y,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::B,
    Key::Q,
    Key::I,
    Key::H,
    Key::L,
];

#[test]
fn two_thousand_keys_in_any_order_are_undone_to_the_start() {
    let mut harness = window(pasted(
        "主权\n国际法适用于网络空间。各国应合作。\n武装冲突法呢？\n",
        "Sovereignty\nInternational law applies to cyberspace. States should cooperate.\nAnd armed conflict?\n",
    ));
    let start = harness.state().snapshot().rows;
    let mut state = 7_u32;
    for _ in 0..2000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let key = KEYS[(state >> 16) as usize % KEYS.len()];
        let modifiers = [Modifiers::NONE, Modifiers::COMMAND, Modifiers::SHIFT][(state >> 8) as usize % 3];
        harness.key_press_modifiers(modifiers, key);
        harness.step();
        assert!(harness.state().snapshot().sound);
    }
    assert_ne!(harness.state().snapshot().rows, start, "the walk came to something");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let mut steps = 0;
    while !says(&harness, "There is nothing to undo") {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        steps += 1;
        assert!(steps < 3000, "undoing never ends");
    }
    assert_eq!(harness.state().snapshot().rows, start);
}

/// Whether the status line says this.
fn says(harness: &Harness<'static, App>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn rows_are_corrected_by_key_undone_and_there_again_after_the_window_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = || pasted("今天下雨。我没去。\n你呢？\n", "It rained. I did not go.\nAnd you?\n");
    let open = || kept_window(texts(), Some(folder.path().to_owned()));
    let mut harness = open();
    assert_eq!(harness.state().snapshot().rows.len(), 3);
    let steps = [
        (Modifiers::NONE, Key::M, 2, "Merge rows 1–2"),
        (Modifiers::NONE, Key::S, 3, "Split row 1"),
        (Modifiers::NONE, Key::D, 3, "Move a target segment down from row 1"),
        (Modifiers::COMMAND, Key::Z, 3, "Undone: move a target segment down from row 1"),
        (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z, 3, "Done again: move a target segment down from row 1"),
        (Modifiers::NONE, Key::T, 3, "only a row without a source and one without a target can change places"),
        (Modifiers::NONE, Key::F, 3, "Flag row 1"),
        (Modifiers::NONE, Key::C, 3, "Confirm row 1"),
    ];
    for (modifiers, key, rows, said) in steps {
        press(&mut harness, modifiers, key);
        assert_eq!(harness.state().snapshot().rows.len(), rows, "{said}");
        assert!(harness.query_all_by_label(said).next().is_some(), "{said}");
    }
    assert!(says(&harness, " · 1 confirmed · 1 doubtful"));
    assert_eq!(harness.state().snapshot().row, 1, "confirming goes on to the next row");
    assert!(harness.query_all_by_label_contains("confirmed, flagged").next().is_some());
    drop(harness);

    let mut harness = open();
    assert_eq!(harness.state().snapshot().row, 1, "the row under the eye");
    assert!(says(&harness, " · 1 confirmed · "));
    // Undo reaches back into what was done before.
    for _ in 0..5 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert!(harness.query_all_by_label("Undone: merge rows 1–2").next().is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.query_all_by_label("There is nothing to undo").next().is_some());
    press(&mut harness, Modifiers::NONE, Key::N);
    assert!(says(&harness, " · 0 confirmed · "));
}

#[test]
fn a_project_in_another_window_is_said_to_be_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = || pasted("今天下雨。\n我没去。\n", "It rained.\nI did not go.\n");
    let first = kept_window(texts(), Some(folder.path().to_owned()));
    let second = kept_window(texts(), Some(folder.path().to_owned()));
    assert!(second.query_all_by_label_contains("open in another window").next().is_some());
    drop((first, second));
    let project = std::fs::read_dir(folder.path()).expect("the folder").next().expect("a project").expect("its name");
    let third = window(Source::Project(project.path()));
    assert_eq!(third.state().snapshot().rows.len(), 2);
}

#[test]
fn what_lies_between_confirmed_rows_is_aligned_again() {
    let mut harness = window(Source::Bundled);
    let start = harness.state().snapshot().rows;
    // The fifth row is confirmed, those after it are joined and parted wrongly.
    for _ in 0..4 {
        press(&mut harness, Modifiers::NONE, Key::J);
    }
    for key in [Key::C, Key::J, Key::M, Key::J, Key::M, Key::J, Key::D, Key::End, Key::C] {
        press(&mut harness, Modifiers::NONE, key);
    }
    let mistaken = harness.state().snapshot().rows;
    let mistaken_rows = mistaken.clone();
    press(&mut harness, Modifiers::NONE, Key::Home);
    for _ in 0..5 {
        press(&mut harness, Modifiers::NONE, Key::J);
    }
    press(&mut harness, Modifiers::NONE, Key::R);
    until_idle(&mut harness);
    // Nothing is changed before it is looked at.
    assert!(says(&harness, " would become ") && harness.state().snapshot().rows == mistaken_rows);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().snapshot().rows, mistaken_rows);
    press(&mut harness, Modifiers::NONE, Key::R);
    until_idle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "Align again rows "));
    let beads = |rows: &[duizhao::work::Row]| -> Vec<_> {
        rows.iter().map(|row| (row.bead.source.clone(), row.bead.target.clone())).collect()
    };
    assert_eq!(beads(&harness.state().snapshot().rows), beads(&start));
    assert!(harness.state().snapshot().rows[4].mark.confirmed && harness.state().snapshot().sound);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().snapshot().rows, mistaken);
}

#[test]
fn rows_are_exported_and_a_file_is_not_written_over_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.tmx");
    let mut harness = window(pasted("今天下雨。\n我没去。\n", "It rained.\nI did not go.\n"));
    press(&mut harness, Modifiers::NONE, Key::C);
    for again in [false, true] {
        press(&mut harness, Modifiers::COMMAND, Key::S);
        harness.get_by_label("The 1 confirmed").click();
        harness.run_steps(2);
        fill(&mut harness, "Where to", &path.display().to_string());
        harness.get_by_label("Export").click();
        harness.run_steps(6);
        assert_eq!(says(&harness, "There is a file of this name already"), again);
        if again {
            harness.get_by_label("Write over a file that is there").click();
            harness.run_steps(2);
            harness.get_by_label("Export").click();
            harness.run_steps(6);
        }
        let begun = Instant::now();
        while !says(&harness, "Written: ") || !harness.state().is_idle() {
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing is written");
            std::thread::sleep(Duration::from_millis(10));
            harness.step();
        }
        let content = std::fs::read_to_string(&path).expect("a file");
        assert!(content.contains("<seg>It rained.</seg>") && !content.contains("I did not go."), "{content}");
        press(&mut harness, Modifiers::NONE, Key::ArrowUp);
        press(&mut harness, Modifiers::NONE, Key::F);
    }
}

#[test]
fn what_a_form_cannot_take_over_is_said_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.tmx");
    let mut harness = window(pasted("今天下雨。\n我没去。\n", "It rained.\nI did not go.\n"));
    press(&mut harness, Modifiers::NONE, Key::U);
    for regardless in [false, true] {
        press(&mut harness, Modifiers::COMMAND, Key::S);
        fill(&mut harness, "Where to", &path.display().to_string());
        harness.get_by_label("Export").click();
        let begun = Instant::now();
        while !says(&harness, "Not everything fits into out.tmx") {
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing is asked");
            std::thread::sleep(Duration::from_millis(10));
            harness.step();
        }
        assert!(says(&harness, "2 rows with an empty side are left out") && !path.exists());
        // An Enter meant for something else answers nothing.
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(says(&harness, "Nothing is written yet.") && !path.exists());
        if regardless {
            harness.get_by_label("Write without it").click();
            harness.run_steps(2);
        } else {
            // Back to what was typed, and away.
            press(&mut harness, Modifiers::NONE, Key::Escape);
            let typed = harness.get_by_label("Where to").value();
            assert_eq!(typed.as_deref(), path.to_str());
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
        while !harness.state().is_idle() || regardless && !says(&harness, "Written: ") {
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing is written");
            std::thread::sleep(Duration::from_millis(10));
            harness.step();
        }
        assert_eq!(path.exists(), regardless);
    }
    let content = std::fs::read_to_string(&path).expect("a file");
    assert!(content.contains("<seg>I did not go.</seg>") && !content.contains("It rained."), "{content}");
}

#[test]
fn keys_of_one_frame_are_taken_in_their_order() {
    let mut harness = window(pasted("今天下雨。\n我没去。\n你呢？\n", "It rained.\nI did not go.\nAnd you?\n"));
    // Merging and confirming: the other way round the second row would have been merged.
    harness.key_press_modifiers(Modifiers::NONE, Key::M);
    harness.key_press_modifiers(Modifiers::NONE, Key::C);
    harness.run_steps(3);
    let rows = harness.state().snapshot().rows;
    assert!(rows.len() == 2 && rows[0].mark.confirmed && rows[0].bead.source == (0..2), "{rows:?}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(harness.state().snapshot().rows.len(), 3);
}
