//! What holds of the source itself: which module may use which, what the core keeps away from, how long files are.

use std::fs;
use std::path::{Path, PathBuf};

/// In the order of the crate documentation: a module uses only those before it.
const ORDER: &[&str] = &[
    "notice",
    "lang",
    "text",
    "bitext",
    "date",
    "origin",
    "task",
    "import",
    "segment",
    "lexicon",
    "token",
    "gloss",
    "encode",
    "align",
    "term",
    "termbase",
    "work",
    "edit",
    "doubt",
    "consistency",
    "find",
    "lookup",
    "exchange",
    "store",
    "project",
    "cli",
    "gui",
];
/// Modules from here on may touch files, threads and the terminal.
const RIM: &str = "store";

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inner = path.strip_prefix(&root).expect("below src");
                let module = inner.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned();
                out.push((module, path.clone(), fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    // What the program carries is no part of its work.
    out.retain(|(module, ..)| !["lib", "main", "assets"].contains(&module.as_str()));
    out
}

/// The code before the tests of a file.
fn code(source: &str) -> &str {
    source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source)
}

#[test]
fn modules_use_only_those_above_them() {
    for (module, path, source) in sources() {
        let place = ORDER.iter().position(|known| *known == module);
        let place = place.unwrap_or_else(|| panic!("{} belongs to no module of the list", path.display()));
        for (start, _) in code(&source).match_indices("crate::") {
            let rest = &source[start + "crate::".len()..];
            // `crate::{align, import}` names several at once.
            let names = rest.strip_prefix('{').map_or_else(|| rest, |list| list.split('}').next().unwrap_or(list));
            let listed = if rest.starts_with('{') { names.split(", ").collect() } else { vec![names] };
            for name in listed {
                let used: String = name.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                let allowed = ORDER.iter().position(|known| *known == used).is_none_or(|other| other <= place);
                assert!(allowed, "{} uses crate::{used}, which stands below {module}", path.display());
            }
        }
    }
}

#[test]
fn the_list_of_modules_is_that_of_the_crate_documentation() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the crate root");
    let listed: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.split_once("| [`").map(|(_, rest)| rest))
        .filter_map(|rest| rest.split_once("`] |").map(|(name, _)| name))
        .collect();
    assert_eq!(listed, ORDER);
}

/// What reads, cuts, aligns and writes: the faces reach it through the façade alone.
const INNER: &[&str] =
    &["import", "segment", "lexicon", "token", "gloss", "encode", "align", "term", "exchange", "store"];

#[test]
fn the_faces_know_the_facade_and_plain_values_only() {
    for (module, path, source) in sources().into_iter().filter(|(module, ..)| module == "cli" || module == "gui") {
        for (start, _) in code(&source).match_indices("crate::") {
            let rest = &source[start + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            assert!(!INNER.contains(&used.as_str()), "{}, of {module}, uses crate::{used}", path.display());
        }
    }
}

#[test]
fn the_core_touches_no_file_clock_thread_or_terminal() {
    let rim = ORDER.iter().position(|known| *known == RIM).expect("the rim is a module");
    for (module, path, source) in sources() {
        if ORDER.iter().position(|known| *known == module).is_some_and(|place| place < rim) {
            let words =
                ["std::fs", "std::io::std", "std::time", "std::thread", "println!", "egui", "std::env", "std::process"];
            // Clock and randomness come in from the rim.
            let others = ["Timestamp::now", "getrandom", "whoami", "RandomState", "new_v4", "now_v7", "Zoned::now"];
            for word in words.into_iter().chain(others) {
                assert!(!code(&source).contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn files_stay_short_and_say_what_they_are() {
    for (_, path, source) in sources() {
        let lines = code(&source).lines().count();
        assert!(lines <= 450, "{} has {lines} lines", path.display());
        let first = source.lines().next().unwrap_or_default();
        let small = lines < 80;
        assert!(first.starts_with("//!") || small, "{} begins without a word about itself", path.display());
        assert!(!source.contains("TODO"), "{} has something left to do", path.display());
    }
}

#[test]
fn every_subcommand_is_documented() {
    use clap::CommandFactory as _;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/command-line.md")).expect("the page on the command line");
    let args = duizhao::cli::args::Args::command();
    let commands: Vec<&str> =
        args.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).collect();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        assert!(page.contains(&format!("duizhao {command}")), "{command}");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = ["README.md", "CONTRIBUTING.md", "docs/command-line.md", "docs/window.md", "docs/figures.md"];
    for page in pages.map(|page| root.join(page)) {
        let text = fs::read_to_string(&page).expect("a page");
        for (_, rest) in text.match_indices("](").map(|(at, _)| (at, &text[at + 2..])) {
            let target = rest.split(')').next().unwrap_or_default();
            let there = page.parent().expect("a folder").join(target).exists();
            assert!(there || target.contains("://"), "{}: {target}", page.display());
        }
    }
}
