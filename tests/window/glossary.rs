//! What a person decides on terms, by key and on the pages for it.

use duizhao::termbase::Status;

use super::*;

const ZH: &str = "网络空间的主权\n国际法适用于网络空间。知识产权应受保护。\n各国讨论了知识产权和主权问题。\n";
const EN: &str = "Sovereignty in cyberspace\nInternational law applies to cyberspace. Intellectual property should be \
     protected.\nThe states discussed intellectual property and sovereignty issues.\n";

/// A window with the glossary in front, which has the keys.
fn glossary_of(source: Source, folder: Option<PathBuf>) -> Harness<'static, App> {
    let mut harness = kept_window(source, folder);
    until_idle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::F6);
    assert!(harness.state().snapshot().in_terms, "{:?}", harness.state().snapshot());
    harness
}

fn status(harness: &Harness<'static, App>, line: &str) -> Status {
    let terms = harness.state().snapshot().terms;
    let found = terms.iter().find(|(text, _)| text == line);
    found.unwrap_or_else(|| panic!("{line}: {terms:?}")).1
}

/// Chooses a line by walking to it.
fn choose(harness: &mut Harness<'static, App>, line: &str) {
    let at = harness.state().snapshot().terms.iter().position(|(text, _)| text == line).expect("the line is there");
    // A click on the chosen one would drop it.
    if harness.state().snapshot().term != Some(at) {
        harness.get_by_label_contains(&(line.replace(" = ", ", ") + ", ")).click();
        harness.run_steps(4);
    }
    assert_eq!(harness.state().snapshot().term, Some(at));
}

#[test]
fn terms_are_decided_by_key_kept_and_never_proposed_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Some(folder.path().to_owned());
    let rows = {
        let mut harness = glossary_of(pasted(ZH, EN), path.clone());
        let terms = harness.state().snapshot().terms;
        assert!(terms.len() > 3 && terms.iter().all(|(_, status)| *status == Status::Proposed), "{terms:?}");
        choose(&mut harness, "网络空间 = cyberspace");
        press(&mut harness, Modifiers::NONE, Key::A);
        assert_eq!(status(&harness, "网络空间 = cyberspace"), Status::Preferred);
        assert!(says(&harness, "Accept terms"));
        choose(&mut harness, "主权 = sovereignty");
        press(&mut harness, Modifiers::NONE, Key::X);
        assert_eq!(status(&harness, "主权 = sovereignty"), Status::Rejected);
        choose(&mut harness, "知识产权 = intellectual property");
        press(&mut harness, Modifiers::NONE, Key::D);
        assert_eq!(status(&harness, "知识产权 = intellectual property"), Status::Deprecated);
        // One history for terms and rows.
        press(&mut harness, Modifiers::COMMAND, Key::Z);
        assert_eq!(status(&harness, "知识产权 = intellectual property"), Status::Proposed);
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        assert_eq!(status(&harness, "知识产权 = intellectual property"), Status::Deprecated);
        // Keys of rows do nothing here, and everything again after Esc.
        press(&mut harness, Modifiers::NONE, Key::F);
        assert!(harness.state().snapshot().rows.iter().all(|row| !row.mark.flagged));
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::NONE, Key::F);
        assert!(harness.state().snapshot().rows.iter().any(|row| row.mark.flagged));
        harness.state().snapshot().rows
    };
    let mut harness = glossary_of(pasted(ZH, EN), path);
    assert_eq!(harness.state().snapshot().rows, rows);
    for (line, wanted) in [
        ("网络空间 = cyberspace", Status::Preferred),
        ("主权 = sovereignty", Status::Rejected),
        ("知识产权 = intellectual property", Status::Deprecated),
    ] {
        assert_eq!(status(&harness, line), wanted, "{line}");
    }
    // What was rejected is not listed, however often the glossary is built.
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    until_idle(&mut harness);
    assert!(harness.query_all_by_label_contains("主权, sovereignty, ").next().is_none());
    assert_eq!(harness.state().snapshot().terms.iter().filter(|(text, _)| text == "主权 = sovereignty").count(), 1);
}

#[test]
fn terms_are_joined_written_and_added() {
    let mut harness = glossary_of(pasted(ZH, EN), None);
    choose(&mut harness, "网络空间 = cyberspace");
    press(&mut harness, Modifiers::NONE, Key::Space);
    choose(&mut harness, "主权 = sovereignty");
    press(&mut harness, Modifiers::NONE, Key::M);
    assert_eq!(status(&harness, "网络空间 · 主权 = cyberspace · sovereignty"), Status::Preferred);
    // Of several translations nobody knows which must not be used: the page asks.
    press(&mut harness, Modifiers::NONE, Key::D);
    assert!(harness.state().snapshot().page == Some("Term"), "{:?}", harness.state().snapshot());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    choose(&mut harness, "主权 = sovereignty");
    press(&mut harness, Modifiers::NONE, Key::E);
    fill(&mut harness, "Term 1 in English", "state sovereignty");
    click(&mut harness, "Save");
    assert_eq!(status(&harness, "主权 = state sovereignty"), Status::Preferred);
    // What was typed over is not proposed any more.
    assert_eq!(status(&harness, "主权 = sovereignty"), Status::Rejected);
    press(&mut harness, Modifiers::NONE, Key::I);
    harness.event(Event::Text("保护".to_owned()));
    harness.run_steps(2);
    fill(&mut harness, "Term 1 in English", "protection");
    click(&mut harness, "Save");
    assert_eq!(status(&harness, "保护 = protection"), Status::Preferred);
}

#[test]
fn many_are_accepted_at_once_with_their_number_shown_first() {
    let mut harness = glossary_of(pasted(ZH, EN), None);
    let all = harness.state().snapshot().terms.len();
    press(&mut harness, Modifiers::NONE, Key::B);
    harness.get_by_role_and_label(eframe::egui::accesskit::Role::Slider, "score from").focus();
    harness.run_steps(2);
    for _ in 0..120 {
        harness.key_press(Key::ArrowLeft);
        harness.step();
    }
    let text = format!("{all} terms nobody has decided on");
    assert!(harness.query_by_label(&text).is_some(), "{text}");
    click(&mut harness, "Accept them");
    assert!(harness.state().snapshot().terms.iter().all(|(_, status)| *status != Status::Proposed));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.state().snapshot().terms.iter().all(|(_, status)| *status == Status::Proposed));
}

#[test]
fn term_bases_go_out_and_come_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("terms.tbx");
    {
        let mut harness = glossary_of(pasted(ZH, EN), None);
        choose(&mut harness, "网络空间 = cyberspace");
        press(&mut harness, Modifiers::NONE, Key::A);
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
        harness.get_by_label("TBX 3, for newer programs").click();
        harness.run_steps(2);
        fill(&mut harness, "Where to", &path.display().to_string());
        click(&mut harness, "Write");
        until_idle(&mut harness);
    }
    let written = std::fs::read_to_string(&path).expect("the file");
    assert!(written.contains("cyberspace") && !written.contains("sovereignty"), "{written}");
    let mut harness = glossary_of(pasted("今天下雨。", "It rained today."), None);
    press(&mut harness, Modifiers::COMMAND, Key::T);
    harness.event(Event::Text(path.display().to_string()));
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until_idle(&mut harness);
    assert_eq!(status(&harness, "网络空间 = cyberspace"), Status::Preferred);
    assert!(harness.query_by_label_contains("1 concept added").is_some());
}

/// A text in which one term is rendered in another way once, and a number differs.
const ODD_ZH: &str = "网络空间属于各国。\n各国都利用网络空间。\n网络空间没有边界。\n我们讨论网络空间。\n网络空间十分重要。\n共有52个国家。\n";
const ODD_EN: &str = "Cyberspace belongs to all states.\nAll states use cyberspace.\nCyberspace has no borders.\nWe discuss \
     network space.\nCyberspace is very important.\nThere are 25 countries.\n";

#[test]
fn what_is_not_consistent_leads_to_its_rows_and_is_settled_for_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Some(folder.path().to_owned());
    {
        let mut harness = kept_window(pasted(ODD_ZH, ODD_EN), path.clone());
        press(&mut harness, Modifiers::COMMAND, Key::I);
        until_idle(&mut harness);
        assert!(harness.query_by_label("2 findings").is_some(), "{:?}", harness.state().snapshot());
        let found = "rendered in several ways: 网络空间: cyberspace 4 · network space 1, rows 4";
        harness.get_by_label(found).click();
        harness.run_steps(4);
        assert_eq!(harness.state().snapshot().row, 3);
        press(&mut harness, Modifiers::NONE, Key::Period);
        assert_eq!(harness.state().snapshot().row, 5, "the number that differs");
        press(&mut harness, Modifiers::NONE, Key::Comma);
        press(&mut harness, Modifiers::NONE, Key::Equals);
        assert!(says(&harness, "Decide on an inconsistency"));
        assert!(harness.query_by_label("1 findings").is_some());
    }
    let mut harness = kept_window(pasted(ODD_ZH, ODD_EN), path);
    press(&mut harness, Modifiers::COMMAND, Key::I);
    until_idle(&mut harness);
    assert!(harness.query_by_label("1 findings").is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.query_by_label("Something was changed since").is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    // What was settled is told again where that is asked for.
    press(&mut harness, Modifiers::SHIFT, Key::Equals);
    until_idle(&mut harness);
    assert!(harness.query_by_label("2 findings").is_some());
}
