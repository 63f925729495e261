//! Frame times of the window while it scrolls, while rows are edited and while the worker is busy, at 1 000, 100 000 and
//! 1 000 000 rows, in one run; besides, how long opening takes and how much memory is held. At 20 000 rows, with their
//! glossary, also while terms are decided on.
//!
//! The rows are those of a table of pairs (`DUIZHAO_BENCH=FILE.tsv`), again and again; without one those of the joint
//! statement. A frame is what the program does to draw it, with the shapes made into triangles, without the screen; on a
//! machine that does nothing else.
//!
//!     cargo bench --bench window
//!     DUIZHAO_BENCH=PAIRS.tsv cargo bench --bench window
#![expect(clippy::print_stdout, reason = "the figures are what this is for")]

use std::path::Path;
use std::time::{Duration, Instant};

use duizhao::gui::{App, Places, Source};
use duizhao::project;
use eframe::egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, Vec2};
use egui_kittest::Harness;

const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
const FRAMES: usize = 300;

fn main() {
    // `cargo test --benches` runs this as well: there is time for it only where `cargo bench` asks.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let pairs = pairs();
    let folder = tempfile::tempdir().expect("a folder");
    println!("rows | first rows shown, s | again as project, s | held, MB");
    println!("     | frame, ms: median, 95 % | kind");
    decisions(&folder.path().join("decisions.tsv"), &pairs, folder.path());
    for rows in SIZES {
        let table = folder.path().join(format!("{rows}.tsv"));
        std::fs::write(&table, written(&pairs, rows)).expect("a table");
        measure(&table, rows, folder.path());
        std::fs::remove_file(&table).expect("the table");
    }
}

/// Lines of a table of pairs.
fn pairs() -> Vec<String> {
    if let Ok(path) = std::env::var("DUIZHAO_BENCH") {
        let content = std::fs::read_to_string(path).expect("a table of pairs");
        return content.lines().skip(1).map(str::to_owned).collect();
    }
    let (source, target) = project::bundled();
    let count = source.segments.len().min(target.segments.len());
    (0..count).map(|at| format!("{}\t{}", source.display(at), target.display(at))).collect()
}

fn written(pairs: &[String], rows: usize) -> String {
    let mut out = String::from("zh\ten\n");
    for line in pairs.iter().cycle().take(rows) {
        out += line;
        out.push('\n');
    }
    out
}

/// How many rows have a glossary that is decided on.
const DECIDED: usize = 20_000;

/// Accepts and rejects terms, and tells.
fn decisions(table: &Path, pairs: &[String], folder: &Path) {
    std::fs::write(table, written(pairs, DECIDED)).expect("a table");
    let places = Places { projects: Some(folder.join("decisions")), settings: None };
    let (mut harness, _) = opened(Source::Aligned(vec![table.to_owned()]), places);
    let start = Instant::now();
    while harness.state().snapshot().terms.is_empty() || !harness.state().is_idle() {
        assert!(start.elapsed() < Duration::from_mins(10), "the glossary never comes");
        std::thread::sleep(Duration::from_millis(50));
        harness.step();
    }
    println!("{DECIDED} | {} terms", harness.state().snapshot().terms.len());
    harness.key_press(Key::F6);
    harness.step();
    let mut number = 0_usize;
    frames(&mut harness, "deciding on terms", |harness| {
        number += 1;
        harness.key_press(if number % 2 == 1 { Key::A } else { Key::X });
    });
}

/// Opens, scrolls, edits, and tells.
fn measure(table: &Path, rows: usize, folder: &Path) {
    let places = Places { projects: Some(folder.join(rows.to_string())), settings: None };
    let before = held();
    let (harness, first) = opened(Source::Aligned(vec![table.to_owned()]), places.clone());
    // What was kept is closed before it is opened again.
    drop(harness);
    let project = std::fs::read_dir(places.projects.as_ref().expect("a folder")).expect("the folder");
    let project = project.map(|entry| entry.expect("an entry").path()).find(|path| project::is_project(path));
    let (mut harness, again) = opened(Source::Project(project.expect("a project")), places);
    // The glossary takes memory of its own, for as long as it is built.
    harness.state_mut().stop();
    println!("{rows} | {first:.2} | {again:.2} | {:.0}", held().saturating_sub(before) as f64 / 1e6);
    until_idle(&mut harness);
    harness.key_press(Key::Home);
    harness.step();
    let wheel = |harness: &mut Harness<'static, App>| {
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, -137.0),
            phase: eframe::egui::TouchPhase::Move,
            source: eframe::egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        harness.event(wheel);
    };
    harness.event(Event::PointerMoved(Pos2::new(400.0, 400.0)));
    harness.step();
    frames(&mut harness, "scrolling", wheel);
    // In the middle, where positions are large.
    harness.event(Event::PointerMoved(Pos2::new(400.0, 400.0)));
    frames(&mut harness, "scrolling, glossary being built beside it", |harness| {
        if harness.state().is_idle() {
            harness.state_mut().build_glossary();
        }
        wheel(harness);
    });
    let mut number = 0_usize;
    frames(&mut harness, "merging and splitting", |harness| {
        number += 1;
        harness.key_press(if number % 2 == 1 { Key::M } else { Key::S });
    });
    frames(&mut harness, "from end to end", |harness| {
        number += 1;
        harness.key_press(if number % 2 == 1 { Key::End } else { Key::Home });
    });
}

/// A window that shows rows, and how many seconds that took.
fn opened(source: Source, places: Places) -> (Harness<'static, App>, f64) {
    let start = Instant::now();
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_max_steps(1)
        .allow_missing_glyphs()
        .build_eframe(move |cc| App::new(&cc.egui_ctx, source, places));
    loop {
        assert!(start.elapsed() < Duration::from_mins(10), "the rows never come");
        std::thread::sleep(Duration::from_millis(1));
        harness.step();
        // What the window shows takes long to list; nobody waits for that.
        let shown = start.elapsed().as_secs_f64();
        if !harness.state().snapshot().rows.is_empty() {
            return (harness, shown);
        }
    }
}

fn until_idle(harness: &mut Harness<'static, App>) {
    harness.step();
    let start = Instant::now();
    while !harness.state().is_idle() {
        // A million rows have more terms than anybody waits for.
        if start.elapsed() > Duration::from_secs(20) {
            harness.state_mut().stop();
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
}

/// Median and 95th percentile of frames that each begin with something done.
fn frames(harness: &mut Harness<'static, App>, kind: &str, mut act: impl FnMut(&mut Harness<'static, App>)) {
    let mut times: Vec<f64> = (0..FRAMES)
        .map(|_| {
            act(harness);
            let start = Instant::now();
            harness.step();
            let output = harness.output();
            let triangles = harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
            std::hint::black_box(triangles);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("     | {:.2}, {:.2} | {kind}", times[FRAMES / 2], times[FRAMES * 95 / 100]);
    harness.state_mut().stop();
    harness.step();
}

/// Bytes of memory the process holds, where the system tells.
fn held() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = status.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}
