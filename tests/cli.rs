//! The command line end to end: the binary, its output, its messages, its status.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use expect_test::expect;

/// A fresh folder and the program in it.
struct Dir(tempfile::TempDir);

struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Dir {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).expect("a file in the temporary folder");
        self
    }

    fn run(&self, args: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = self.command(args).output().expect("the program starts");
        Ran {
            status: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).expect("output is UTF-8"),
            err: String::from_utf8(stderr).expect("messages are UTF-8"),
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder is readable");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Ran {
    /// Fine, and nothing on standard error.
    #[track_caller]
    fn ok(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        self.out
    }

    /// An error in one line that says each of `parts`, and nothing on standard output.
    #[track_caller]
    fn fails_with(self, parts: &[&str]) {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{}", self.err);
        assert_eq!(self.err.trim_end().lines().count(), 1, "{}", self.err);
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is not said: {}", self.err);
            let long = part.contains(' ');
            assert!(!long || self.err.matches(part).count() == 1, "{part:?} is said twice: {}", self.err);
        }
    }
}

const ZH: &str = "网络空间\n国际法适用于网络空间。主权是基本原则，两国讨论了这一问题。\n";
const EN: &str = "Cyberspace\nInternational law applies to cyberspace. Sovereignty is the basic principle. The two countries discussed this.\n";

fn sample() -> Dir {
    let dir = Dir::new();
    dir.file("a.zh.txt", ZH).file("a.en.txt", EN);
    dir
}

#[test]
fn read_prints_the_statement_from_any_folder() {
    let out = Dir::new().run(&["read"]).ok();
    for part in
        ["网络安全合作双边讨论", "Areas of General Agreement", "the project's own version", "二、尚未解决的问题"]
    {
        assert!(out.contains(part), "{part}");
    }
}

#[test]
fn read_shows_two_files_in_two_columns() {
    expect![[r"
        a.zh.txt ⇄ a.en.txt

        1-1 100 %   网络空间                                     Cyberspace

        1-1 100 %   国际法适用于网络空间。                       International law applies to cyberspace.

        1-2 100 %   主权是基本原则，两国讨论了这一问题。         Sovereignty is the basic principle. The two
                                                                 countries discussed this.
    "]]
    .assert_eq(&sample().run(&["read", "a.zh.txt", "a.en.txt"]).ok());
}

#[test]
fn segment_prints_one_segment_a_line() {
    let dir = Dir::new();
    dir.file("t.txt", "The meetings of the two sides went\non until 5 p.m. on Friday. Nobody\nleft before the end of them.\n\nThen they went home, all of them,\nand came back on Monday at nine in\nthe morning. It rained.\n");
    expect![[r"
        The meetings of the two sides went on until 5 p.m. on Friday.
        Nobody left before the end of them.
        Then they went home, all of them, and came back on Monday at nine in the morning.
        It rained.
    "]]
    .assert_eq(&dir.run(&["segment", "t.txt", "--lang", "en"]).ok());
}

#[test]
fn align_gives_every_form() {
    let dir = sample();
    let links = dir.run(&["align", "a.zh.txt", "a.en.txt"]).ok();
    let bare: Vec<&str> = links.lines().map(|line| line.rsplit_once(':').expect("a score").0).collect();
    assert_eq!(bare, ["[0]:[0]", "[1]:[1]", "[2]:[2, 3]"]);
    let json = dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", "jsonl"]).ok();
    let beads: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let joined = |side: &str| beads.iter().map(|bead| bead[side].as_str().expect("text")).collect::<String>();
    assert_eq!((joined("source").as_str(), joined("target").as_str()), (ZH, EN));
    assert_eq!((beads[2]["type"].as_str(), beads[2]["version"].as_u64()), (Some("1-2"), Some(1)));
    let tsv = dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", "tsv"]).ok();
    assert!(tsv.starts_with("zh\ten\ttype\tscore\n网络空间\tCyberspace\t1-1\t"), "{tsv}");
    let html = dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", "html"]).ok();
    assert!(html.contains("<td lang=\"zh\">国际法适用于网络空间。</td>"));
}

#[test]
fn either_language_may_come_first_and_be_named() {
    let dir = sample();
    let links = dir.run(&["align", "a.en.txt", "a.zh.txt", "--source-lang", "en-GB", "--target-lang", "zh-Hans"]).ok();
    assert!(links.contains("[2, 3]:[2]:"), "{links}");
}

#[test]
fn segmented_input_keeps_its_lines_blank_ones_too() {
    let dir = Dir::new();
    dir.file("s.zh", "国际法适用于网络空间。\n\n主权是基本原则。\n");
    dir.file("s.en", "International law applies to cyberspace.\nSovereignty is the basic principle.\n");
    let links = dir.run(&["align", "s.zh", "s.en", "--segmented"]).ok();
    let numbers = |side: usize| -> Vec<String> {
        let sides = links.lines().map(|line| line.split(':').nth(side).expect("two sides").trim_matches(['[', ']']));
        sides.flat_map(|side| side.split(", ")).filter(|number| !number.is_empty()).map(str::to_owned).collect()
    };
    assert_eq!((numbers(0).join(" "), numbers(1).join(" ")), ("0 1 2".to_owned(), "0 1".to_owned()));
    dir.file("blanks.zh", "  今天\t下雨。  \n");
    dir.file("blanks.en", "It rained today.\r\n");
    let tsv = dir.run(&["align", "blanks.zh", "blanks.en", "--segmented", "--format", "tsv"]);
    assert!(tsv.out.contains("\n  今天 下雨。  \tIt rained today.\t1-1\t"), "{}", tsv.out);
    assert!(tsv.err.contains("1 tab or line break"), "{}", tsv.err);
    let json = dir.run(&["align", "s.zh", "s.en", "--segmented", "--format", "jsonl"]).ok();
    let source: String = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|bead| bead["source"].as_str().expect("text").to_owned())
        .collect();
    assert_eq!(source, "国际法适用于网络空间。\n\n主权是基本原则。\n");
}

#[test]
fn terms_from_texts_and_from_pairs() {
    let dir = sample();
    let tsv = dir.run(&["terms", "a.en.txt", "a.zh.txt"]).ok();
    assert!(tsv.starts_with("zh\ten\tscore\tcount\t"), "{tsv}");
    assert!(tsv.lines().any(|line| line.starts_with("网络空间\tcyberspace\t")), "{tsv}");
    dir.file("pairs.tsv", "en\tzh\nInternational law applies.\t国际法适用。\nno second cell\n");
    let ran = dir.run(&["terms", "pairs.tsv", "--format", "json"]);
    assert!(
        ran.status == 0 && ran.err.contains("1 lines without two filled cells") && ran.err.contains("line 3"),
        "{}",
        ran.err
    );
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["format"], "duizhao-glossary");
    assert!(json["terms"].as_array().expect("terms").iter().any(|term| term["zh"] == "国际法"));
}

#[test]
fn links_of_words_one_line_a_pair() {
    let dir = Dir::new();
    dir.file("w.zh", "国际法 适用 于 网络空间 。\n\n主权 是 基本 原则\n");
    dir.file(
        "w.en",
        "International law applies to cyberspace .\nNothing there .\nSovereignty is the basic principle\n",
    );
    let lines = |args: &[&str]| -> Vec<String> { dir.run(args).ok().lines().map(str::to_owned).collect() };
    for extra in [&[][..], &["--fast"]] {
        let links = lines(&[&["links", "--tokenized", "w.zh", "w.en"], extra].concat());
        assert_eq!((links.len(), links[1].as_str()), (3, ""), "{links:?}");
        for (line, wanted) in [(0, ["0-0", "1-2", "3-4", "4-5"]), (2, ["0-0", "1-1", "2-3", "3-4"])] {
            for link in wanted {
                assert!(links[line].split(' ').any(|found| found == link), "{extra:?}: {link} in {links:?}");
            }
        }
        // The numbers follow the order of the files.
        let mut turned: Vec<String> = Vec::new();
        for line in lines(&[&["links", "--tokenized", "w.en", "w.zh"], extra].concat()) {
            let mut ends: Vec<(usize, usize)> = line
                .split_whitespace()
                .map(|link| link.split_once('-').expect("a link"))
                .map(|(en, zh)| (zh.parse().expect("a number"), en.parse().expect("a number")))
                .collect();
            ends.sort_unstable();
            turned.push(ends.iter().map(|(zh, en)| format!("{zh}-{en}")).collect::<Vec<_>>().join(" "));
        }
        assert_eq!(turned, links);
    }
    dir.run(&["links", "--tokenized", "w.zh", "w.en", "-o", "w.links"]).ok();
    assert_eq!(fs::read_to_string(dir.path("w.links")).expect("the output").lines().count(), 3);
}

#[test]
fn links_need_two_files_of_as_many_lines() {
    let dir = Dir::new();
    dir.file("w.zh", "主权\n网络\n").file("w.en", "sovereignty\n").file("empty", "");
    dir.run(&["links", "--tokenized", "w.zh", "w.en"]).fails_with(&["w.zh, line 2", "w.en has only 1 line;"]);
    dir.run(&["links", "--tokenized", "w.zh", "none"]).fails_with(&["cannot read none"]);
    assert_eq!(dir.run(&["links", "--tokenized", "empty", "empty"]).ok(), "");
    let untold = dir.run(&["links", "w.zh", "w.en"]);
    assert!(untold.status == 2 && untold.err.contains("--tokenized"), "{}", untold.err);
}

#[test]
fn what_the_json_glossary_holds_is_what_its_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../assets/schemas/glossary-1.schema.json")).expect("JSON");
    let json: serde_json::Value =
        serde_json::from_str(&sample().run(&["terms", "a.zh.txt", "a.en.txt", "--format", "json"]).ok()).expect("JSON");
    assert_eq!(keys(&json), keys(&schema["properties"]));
    let term = &schema["properties"]["terms"]["items"]["properties"];
    assert_eq!(keys(&json["terms"][0]), keys(term));
    assert_eq!(keys(&json["terms"][0]["contexts"][0]), keys(&term["contexts"]["items"]["properties"]));
}

/// Pairs of which one has another rendering of 网络空间, and one another number.
/// The names of the fields of an object, in order.
fn keys(value: &serde_json::Value) -> Vec<String> {
    let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
    keys.sort();
    keys
}

const CHECKED: &str = "zh\ten\n国际法适用于网络空间。\tInternational law applies to cyberspace.\n\
    主权是网络空间的基础。\tSovereignty is the basis of cyberspace.\n\
    各国讨论了网络空间的主权。\tStates discussed sovereignty in the network space.\n\
    网络空间需要国际法。\tCyberspace needs international law.\n\
    共有35个国家同意。\t53 states agreed.\n";

#[test]
fn check_prints_what_is_not_consistent_in_three_forms_and_its_status_says_so() {
    let dir = Dir::new();
    dir.file("p.tsv", CHECKED);
    let ran = dir.run(&["check", "p.tsv", "--format", "tsv"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    expect![[r"
        kind	term	variants	places
        renderings	网络空间	cyberspace|network space	3
        numbers	35	35|53	5
    "]]
    .assert_eq(&ran.out);
    let text = dir.run(&["check", "p.tsv"]);
    assert_eq!(text.status, 1);
    assert!(text.out.contains("网络空间: cyberspace (3); also network space (1)"), "{}", text.out);
    assert!(text.out.contains("   3  各国讨论了网络空间的主权。\n"), "{}", text.out);
    let json = dir.run(&["check", "p.tsv", "--format", "json", "-o", "out.json"]);
    assert_eq!((json.status, json.out.as_str()), (1, ""));
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path("out.json")).expect("the output")).expect("JSON");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../assets/schemas/consistency-1.schema.json")).expect("JSON");
    let item = &schema["properties"]["findings"]["items"]["properties"];
    assert_eq!(keys(&report), keys(&schema["properties"]));
    assert_eq!(keys(&report["findings"][0]), keys(item));
    assert_eq!(keys(&report["findings"][0]["variants"][0]), keys(&item["variants"]["items"]["properties"]));
    assert_eq!(keys(&report["findings"][0]["places"][0]), keys(&item["places"]["items"]["properties"]));
    assert_eq!(report["findings"][0]["variants"][0]["rows"], serde_json::json!([1, 2, 4]));
}

#[test]
fn doubtful_rows_are_told_by_how_likely_they_are_wrong() {
    let dir = Dir::new();
    let content = format!("{CHECKED}网络空间很大。\tIt is large.\n");
    dir.file("p.tsv", &content);
    let ran = dir.run(&["doubts", "p.tsv"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    // One row has other numbers, one has no translation of a term; both are as doubtful, and the first stands first.
    let told = |row: usize, why: &str| format!("   {row}  0.40  1-1, score 1.00; {why}\n");
    let places = [told(5, "numbers differ; 35 ⇄ 53"), told(6, "a term is missing; 网络空间 ⇄ –")]
        .map(|line| ran.out.find(&line));
    assert!(places[0].is_some() && places[0] < places[1], "{}", ran.out);
    let all = dir.run(&["doubts", "p.tsv", "--all", "--format", "tsv"]).out;
    let lines: Vec<&str> = all.lines().collect();
    assert_eq!(lines.len(), content.lines().count());
    assert_eq!(lines[0].split('\t').next(), Some("row"));
    assert!(lines[1].starts_with("5\t0.40\t1.00\t1-1\tnumbers\t35\t53\t"), "{}", lines[1]);
    let json = dir.run(&["doubts", "p.tsv", "--format", "json", "-o", "out.json"]);
    assert_eq!((json.status, json.out.as_str()), (0, ""));
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path("out.json")).expect("the output")).expect("JSON");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../assets/schemas/doubts-1.schema.json")).expect("JSON");
    assert_eq!(keys(&report), keys(&schema["properties"]));
    assert_eq!(keys(&report["rows"][0]), keys(&schema["properties"]["rows"]["items"]["properties"]));
    dir.file("fine.tsv", "今天下雨。\tIt rained today.\n");
    assert_eq!(dir.run(&["doubts", "fine.tsv", "--source-lang", "zh"]).out, "no row is doubtful\n");
    dir.run(&["doubts", "p.tsv", "-o", "p.tsv"]).fails_with(&["p.tsv"]);
    dir.run(&["doubts", "none.tsv"]).fails_with(&["none.tsv", "there is no such file"]);
}

#[test]
fn what_was_accepted_is_not_told_again() {
    let dir = Dir::new();
    dir.file("p.tsv", CHECKED);
    let all = dir.run(&["check", "p.tsv", "--format", "tsv"]).out;
    dir.file("right.tsv", &all);
    let none = dir.run(&["check", "p.tsv", "--format", "tsv", "--accepted", "right.tsv"]);
    assert_eq!((none.status, none.out.as_str(), none.err.as_str()), (0, "kind\tterm\tvariants\tplaces\n", ""));
    dir.file("right.tsv", all.lines().filter(|line| !line.starts_with("numbers")).collect::<Vec<_>>().join("\n"));
    assert!(dir.run(&["check", "p.tsv", "--accepted", "right.tsv"]).out.starts_with("Numbers that differ (1)\n"));
    dir.file("right.tsv", "kind\tterm\tvariants\tplaces\nnumbers 35\n");
    dir.run(&["check", "p.tsv", "--accepted", "right.tsv"]).fails_with(&["right.tsv, line 2", "kind, term, variants"]);
    dir.run(&["check", "p.tsv", "--accepted", "p.tsv", "-o", "p.tsv"]).fails_with(&["p.tsv"]);
}

#[test]
fn check_holds_texts_to_a_term_base() {
    let dir = Dir::new();
    dir.file("a.zh", ZH_LINES).file("a.en", EN_LINES);
    dir.file("base.csv", "zh,en,en status\n网络空间,cyber domain,preferred\n网络空间,cyberspace,deprecated\n主权,sovereignty,preferred\n");
    let found = "kind\tterm\tvariants\tplaces\ndeprecated\t网络空间\tcyber domain|cyberspace\t1\n";
    let ran = dir.run(&["check", "a.zh", "a.en", "--terms", "base.csv", "--format", "tsv"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, found), "{}", ran.err);
    dir.file("more.csv", "zh,en\n对话,talks\n");
    let ran = dir.run(&["check", "a.zh", "a.en", "--terms", "more.csv", "--format", "tsv", "--segmented"]);
    assert_eq!(ran.out.lines().nth(1), Some("missing\t对话\ttalks\t3"));
    let back = dir.run(&["check", "a.en", "a.zh", "--terms", "base.csv", "--format", "tsv"]);
    assert_eq!((back.status, back.err.as_str()), (0, ""));
    dir.file("de.csv", "de,fr\nHoheit,puissance\n").file("none.csv", "");
    dir.run(&["check", "a.zh", "a.en", "--terms", "de.csv"]).fails_with(&["de.csv: no concept has a term in Chinese"]);
    dir.run(&["check", "a.zh", "a.en", "--terms", "none.csv"]).fails_with(&["none.csv"]);
    dir.run(&["check", "a.zh", "a.zh"]).fails_with(&["both a.zh and a.zh look Chinese"]);
    dir.run(&["check", "a.zh"]).fails_with(&["a.zh"]);
}

#[test]
fn check_takes_several_pairs_and_other_languages() {
    let dir = Dir::new();
    dir.file("a.zh", ZH_LINES)
        .file("a.en", EN_LINES)
        .file("b.zh", "共有35个国家同意。\n")
        .file("b.en", "53 states agreed.\n");
    dir.file("pairs.tsv", "a.zh\ta.en\tone.tsv\nb.zh\tb.en\ttwo.tsv\n");
    let ran = dir.run(&["check", "--pairs", "pairs.tsv", "--format", "tsv"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    let written = |name: &str| fs::read_to_string(dir.path(name)).expect("the output");
    assert_eq!(written("one.tsv"), "kind\tterm\tvariants\tplaces\n");
    assert_eq!(written("two.tsv"), "kind\tterm\tvariants\tplaces\nnumbers\t35\t35|53\t1\n");
    dir.file("p.tsv", "de\ten\nDie 35 Staaten stimmten zu.\tThe 53 states agreed.\n");
    let german = dir.run(&["check", "p.tsv", "--format", "tsv"]);
    assert_eq!(german.status, 1);
    assert!(german.err.contains("for German with English only the term base"), "{}", german.err);
    assert_eq!(german.out.lines().nth(1), Some("numbers\t35\t35|53\t1"));
}

#[test]
fn terms_go_out_in_every_form_and_come_back() {
    let dir = sample();
    let base = dir.run(&["terms", "a.zh.txt", "a.en.txt", "--format", "termbase", "-o", "base.json"]);
    assert_eq!((base.status, base.err.as_str()), (0, ""));
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dir.path("base.json")).expect("written")).expect("JSON");
    assert_eq!((json["format"].as_str(), json["version"].as_u64()), (Some("duizhao-termbase"), Some(1)));
    let terms = |concept: &serde_json::Value| concept["languages"][0]["terms"][0].clone();
    let found = json["concepts"].as_array().expect("concepts").iter().map(terms).find(|term| term["term"] == "国际法");
    let context = &found.expect("the term is found")["contexts"][0];
    assert_eq!((context["document"].as_str(), context["segment"].as_u64()), (Some("a.zh.txt"), Some(1)));
    for format in ["tbx", "tbx2", "omegat", "multiterm", "memoq", "deepl", "google", "utx"] {
        let out = dir.run(&["terms", "--from", "base.json", "--format", format, "-o", "out"]);
        assert_eq!(out.status, 0, "{format}: {}", out.err);
        let back = dir.run(&["terms", "--from", "out", "--format", "google"]);
        assert!(back.out.contains("国际法,international law\n"), "{format}: {} {}", back.out, back.err);
    }
    for format in ["markdown", "html"] {
        assert!(dir.run(&["terms", "--from", "base.json", "--format", format]).ok().contains("国际法"), "{format}");
    }
    let english = ["terms", "--from", "base.json", "--format", "deepl", "--source-lang", "en"];
    assert!(dir.run(&english).out.contains("international law,国际法\n"));
    dir.file("pairs.tsv", "en\tzh\nInternational law applies.\t国际法适用。\n");
    assert!(dir.run(&["terms", "pairs.tsv", "--format", "tbx"]).ok().contains("pairs.tsv#1"));
}

#[test]
fn term_bases_are_merged_and_misuse_is_named() {
    let dir = Dir::new();
    dir.file("a.csv", "zh,en\n主权,sovereignty\n").file("b.csv", "en,zh\nsovereignty,主权\nsupremacy,主权\n");
    let ran = dir.run(&["terms", "--from", "a.csv", "--from", "b.csv"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.out.matches("\"term\": ").count(), 4, "{}", ran.out);
    expect![[r"
        duizhao: b.csv: 1 concept added, 0 joined with concepts that were there (0 terms added), 1 conflict, 1 there already, 0 skipped
        duizhao: b.csv: `主权` came with another translation, added as concept cc313885ba3c9a759
    "]]
    .assert_eq(&ran.err);
    dir.file("x.tbx", "<tbx><body>").file("one.csv", "zh,fr\n主权,souveraineté\n");
    dir.run(&["terms", "--from", "x.tbx"]).fails_with(&["x.tbx: line 1", "it is cut short"]);
    dir.run(&["terms", "--from", "a.csv", "--format", "tsv"]).fails_with(&["choose termbase"]);
    dir.run(&["terms", "--from", "none.csv"]).fails_with(&["none.csv", "there is no such file"]);
    dir.run(&["terms", "--from", "a.csv", "-o", "a.csv"]).fails_with(&["is also an input"]);
    let english = ["terms", "--from", "one.csv", "--format", "deepl", "--target-lang", "en"];
    dir.run(&english).fails_with(&["the terms are in zh and fr"]);
}

/// Two texts; the term of the first is rendered in another way in the second.
fn two_texts() -> Dir {
    let dir = Dir::new();
    dir.file("a.zh", "网络空间属于各国。\n各国都利用网络空间。\n网络空间没有边界。\n主权是原则。\n");
    dir.file("a.en", "Cyberspace belongs to all states.\nAll states use cyberspace.\nCyberspace has no borders.\nSovereignty is a principle.\n");
    dir.file("b.zh", "我们在北京讨论了网络空间。\n国际法也十分重要。\n");
    dir.file("b.en", "In Beijing we discussed the network space.\nInternational law is very important, too.\n");
    dir
}

#[test]
fn terms_of_several_texts_are_found_together_and_what_was_decided_holds() {
    let dir = two_texts();
    let all = dir.run(&["terms", "a.zh", "a.en", "b.zh", "b.en"]).ok();
    let term = all.lines().find(|line| line.starts_with("网络空间\tcyberspace\t")).expect("the term");
    assert_eq!(term.split('\t').nth(3), Some("3"), "{term}");
    assert!(all.contains("主权\tsovereignty\t") && all.contains("国际法\tinternational law\t"), "{all}");
    // One is rejected, one accepted with another that nobody would find.
    let json = r#"{"format": "duizhao-termbase", "version": 1, "concepts": [
        {"id": "x", "languages": [{"lang": "zh", "terms": [{"id": "x1", "term": "主权", "status": "rejected"}]},
            {"lang": "en", "terms": [{"id": "x2", "term": "sovereignty", "status": "rejected"}]}]},
        {"id": "y", "languages": [{"lang": "zh", "terms": [{"id": "y1", "term": "网络空间", "status": "preferred"}]},
            {"lang": "en", "terms": [{"id": "y2", "term": "cyberspace", "status": "preferred"},
                {"id": "y3", "term": "cyber domain", "status": "admitted"}]}]}]}"#;
    dir.file("base.json", json);
    let ranked = dir.run(&["terms", "a.zh", "a.en", "--from", "base.json"]).ok();
    assert!(!ranked.contains("主权\tsovereignty\t") && ranked.contains("网络空间\tcyberspace\t"), "{ranked}");
    let base = dir.run(&["terms", "a.zh", "a.en", "--from", "base.json", "--format", "termbase"]).ok();
    let base: serde_json::Value = serde_json::from_str(&base).expect("JSON");
    let concepts = base["concepts"].as_array().expect("concepts");
    assert_eq!((concepts[0]["id"].as_str(), concepts[1]["id"].as_str()), (Some("x"), Some("y")));
    let with = |text: &str| {
        let has =
            |concept: &&serde_json::Value| concept["languages"].to_string().contains(&format!("\"term\":\"{text}\""));
        concepts.iter().filter(has).count()
    };
    assert_eq!((with("主权"), with("cyber domain")), (1, 1));
    assert!(concepts.len() > 2, "what nobody has decided on goes out too");
    dir.run(&["terms", "a.zh", "a.en", "--from", "base.json", "-o", "base.json"]).fails_with(&["base.json"]);
}

#[test]
fn texts_are_checked_together() {
    let dir = two_texts();
    let apart = dir.run(&["check", "b.zh", "b.en", "--format", "tsv"]);
    assert!(!apart.out.contains("renderings\t网络空间"), "{}", apart.out);
    let together = dir.run(&["check", "a.zh", "a.en", "b.zh", "b.en", "--format", "tsv"]);
    assert_eq!(together.status, 1);
    assert!(together.out.contains("renderings\t网络空间\tcyberspace|network space\t5\n"), "{}", together.out);
    assert!(together.err.contains("b.zh ⇄ b.en begins at row 5"), "{}", together.err);
    dir.run(&["check", "a.zh", "a.en", "b.en", "b.zh"]).fails_with(&["b.en and b.zh", "by themselves"]);
}

#[test]
fn an_aligner_knows_the_terms_it_is_given() {
    let dir = two_texts();
    dir.file("base.csv", "zh,en\n网络空间,network space\n");
    let plain = dir.run(&["align", "a.zh", "a.en", "--fast"]).ok();
    let knowing = dir.run(&["align", "a.zh", "a.en", "--fast", "--terms", "base.csv"]).ok();
    let beads =
        |out: &str| out.lines().map(|line| line.rsplit_once(':').map(|(bead, _)| bead.to_owned())).collect::<Vec<_>>();
    assert_eq!(beads(&plain), beads(&knowing));
    dir.run(&["align", "a.zh", "a.en", "--terms", "none.csv"]).fails_with(&["none.csv", "no such file"]);
}

#[test]
fn words_are_looked_up_in_the_dictionary_alone() {
    let dir = Dir::new();
    for typed in ["网络空间", "網絡空間", "wangluo kongjian", "wǎng luò kōng jiān", "cyberspace"] {
        let out = dir.run(&["lookup", typed, "--limit", "1"]).ok();
        let wanted = "Dictionary (CC-CEDICT)\n  网络空间 (網絡空間)  wǎng luò kōng jiān\n      cyberspace\n";
        assert_eq!(out, wanted, "{typed}");
    }
    let none = dir.run(&["lookup", "zzyzx"]);
    assert_eq!((none.status, none.out.as_str(), none.err.as_str()), (1, "", ""));
    dir.run(&["lookup", " "]).fails_with(&["there is nothing to look up"]);
    dir.run(&["lookup", "网络", "missing.tsv"]).fails_with(&["missing.tsv", "there is no such file"]);
}

#[test]
fn words_are_looked_up_in_texts_and_term_bases() {
    let dir = Dir::new();
    dir.file(
        "pairs.tsv",
        "zh\ten\n國際法適用於網絡空間。\tInternational law applies.\n主权。\tSovereignty over Cyberspace.\n",
    )
    .file("a.csv", "zh,en\n网络空间,cyberspace\n主权,sovereignty\n");
    expect![[r"
        Terms
          网络空间 = cyberspace  [proposed]

        Dictionary (CC-CEDICT)
          网络空间 (網絡空間)  wǎng luò kōng jiān
              cyberspace
          电子空间 (電子空間)  diàn zǐ kōng jiān
              cyberspace

        Rows
          2  主权。
             Sovereignty over Cyberspace.
    "]]
    .assert_eq(&dir.run(&["lookup", "cyberspace", "pairs.tsv", "--terms", "a.csv", "--limit", "2"]).ok());
    let json =
        dir.run(&["lookup", "网络空间", "pairs.tsv", "--terms", "a.csv", "--format", "json", "--limit", "1"]).ok();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((json["version"].as_u64(), json["query"].as_str()), (Some(1), Some("网络空间")));
    assert_eq!(json["terms"][0]["terms"][1]["term"], "cyberspace");
    assert_eq!(json["words"][0]["glosses"][0], "cyberspace");
    let place = &json["places"][0];
    assert_eq!((place["row"].as_u64(), place["side"].as_str()), (Some(1), Some("source")));
    assert_eq!(place["target"], "International law applies.");
    // Two texts are aligned first; both their rows and what the dictionary says are there.
    let texts = sample();
    let out = texts.run(&["lookup", "主權", "a.zh.txt", "a.en.txt"]).ok();
    assert!(out.contains("zhǔ quán") && out.contains("  3  主权是基本原则"), "{out}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let dir = sample();
    for format in ["links", "jsonl", "tsv", "html"] {
        let once = dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", format]).ok();
        assert_eq!(once, dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", format]).ok());
    }
    let terms = || dir.run(&["terms", "a.zh.txt", "a.en.txt", "--format", "json"]).ok();
    assert_eq!(terms(), terms());
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let dir = sample();
    assert_eq!(dir.run(&["align", "a.zh.txt", "a.en.txt", "-o", "out.links"]).ok(), "");
    assert_eq!(dir.names(), ["a.en.txt", "a.zh.txt", "out.links"]);
    dir.run(&["align", "a.zh.txt", "missing.txt", "-o", "out.links"]).fails_with(&["missing.txt", "no such file"]);
    assert!(fs::read_to_string(dir.path("out.links")).expect("still there").starts_with("[0]:[0]:"));
    dir.run(&["align", "a.zh.txt", "a.en.txt", "-o", "a.zh.txt"]).fails_with(&["a.zh.txt", "also an input"]);
    assert_eq!(fs::read_to_string(dir.path("a.zh.txt")).expect("untouched"), ZH);
    dir.run(&["align", "a.zh.txt", "a.en.txt", "-o", "no/such/folder/x"]).fails_with(&["folder does not exist"]);
}

#[test]
fn bad_input_is_refused_with_what_where_and_what_to_do() {
    let dir = sample();
    fs::create_dir(dir.path("folder")).expect("a folder");
    dir.file("empty.txt", "").file("blank.txt", " \n\n").file("binary.txt", b"\x7fELF\x02\0\0\0");
    dir.file("half.txt", b"\xff\xfea\0b\0\n\0c");
    dir.file("uk.txt", "Всі люди народжуються вільними і рівними у своїй гідності та правах.")
        .file("digits.txt", "1 2 3");
    let against = |name: &str| dir.run(&["align", name, "a.en.txt"]);
    against("missing.txt").fails_with(&["missing.txt", "no such file", "check the name"]);
    against("folder").fails_with(&["folder", "give a file in it"]);
    against("empty.txt").fails_with(&["empty.txt", "no text in it"]);
    against("blank.txt").fails_with(&["blank.txt", "no text in it"]);
    against("binary.txt").fails_with(&["binary.txt", "binary data", "offset"]);
    let half = dir.run(&["segment", "half.txt", "--lang", "en"]);
    assert_eq!((half.status, half.out.as_str()), (0, "ab\n\u{fffd}\n"), "{}", half.err);
    for part in ["warning", "half.txt", "UTF-16LE", "byte 8", "line 2"] {
        assert!(half.err.contains(part), "{part:?} is not said: {}", half.err);
    }
    let strange = against("uk.txt");
    assert!(
        strange.status == 0 && strange.err.contains("uk.txt: the sentence encoder was not made for Ukrainian (uk)")
    );
    against("digits.txt").fails_with(&["digits.txt", "no letters"]);
    against("a.en.txt").fails_with(&["both", "English", "--source-lang"]);
    dir.file("fr.txt", "Il pleut aujourd'hui et nous restons tous à la maison avec les enfants.\n");
    against("fr.txt").ok();
    dir.run(&["align", "fr.txt", "a.en.txt", "--fast"]).fails_with(&["French with English", "leave out --fast"]);
    dir.run(&["terms", "fr.txt", "a.en.txt"]).fails_with(&["terms are found only for Chinese with English"]);
    assert_eq!(dir.run(&["segment", "uk.txt", "--lang", "sw"]).ok().lines().count(), 1);
    let ran = dir.run(&["segment", "a.zh.txt", "--lang", "中文"]);
    assert!(ran.status == 2 && ran.err.contains("not a BCP 47 language tag"), "{}", ran.err);
}

#[test]
fn a_translation_memory_says_what_it_could_not_take_over() {
    let dir = Dir::new();
    dir.file("a.zh.txt", "今天下雨。\n\n我没去\u{b}。\n").file("a.en.txt", "It rained.\n\nI did not go.\n");
    let ran = dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", "tmx", "-o", "out.tmx"]);
    assert!(ran.status == 0 && ran.err.contains("1 control character is dropped"), "{}", ran.err);
    let content = fs::read_to_string(dir.path("out.tmx")).expect("a file");
    assert!(content.contains("<tuv xml:lang=\"zh\"><seg>我没去。</seg></tuv>"), "{content}");
    dir.run(&["export", "a.zh.txt"]).fails_with(&["a.zh.txt", "not a Duizhao project"]);
    dir.run(&["export", "none.duizhao"]).fails_with(&["no file none.duizhao"]);
}

#[test]
fn a_file_of_pairs_needs_its_header() {
    let dir = Dir::new();
    dir.file("p.tsv", "国际法\tinternational law\n").file("one.tsv", "zh\tzh\n国\t国\n");
    dir.run(&["terms", "p.tsv"]).fails_with(&["p.tsv, line 1", "not a BCP 47 language tag"]);
    dir.run(&["terms", "one.tsv"]).fails_with(&["one.tsv, line 1", "one language is named twice"]);
}

#[test]
fn lines_of_any_length_and_texts_of_any_shape_pass() {
    let dir = Dir::new();
    dir.file("long.txt", "网络安全".repeat(50_000)).file("short.txt", "Cybersecurity.");
    let links = dir.run(&["align", "long.txt", "short.txt"]).ok();
    assert!(links.starts_with("[0]:[0]:"), "{links}");
    dir.file("marks.txt", "。。。！？“”（（（《》\n\n……——").file("odd.txt", "a\u{b}b ...\u{1}c. .. !? ((( \"\"\"");
    assert_eq!(dir.run(&["align", "marks.txt", "odd.txt", "--source-lang", "zh"]).status, 0);
}

#[cfg(feature = "gui")]
#[test]
fn without_a_display_the_terminal_is_named() {
    Dir::new().run(&[]).fails_with(&["display", "duizhao read"]);
    sample().run(&["a.zh.txt", "a.en.txt"]).fails_with(&["display", "duizhao read"]);
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let mut child =
        Dir::new().command(&["read"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn regions_are_languages_of_their_own() {
    let dir = Dir::new();
    let section = |lang: &str, terms: &str| format!("<langSet xml:lang=\"{lang}\">{terms}</langSet>");
    let term = |text: &str, status: &str| {
        format!(
            "<tig><term>{text}</term><termNote type=\"administrativeStatus\">{status}Term-admn-sts</termNote></tig>"
        )
    };
    let tbx = [
        section("en", &term("port", "preferred")),
        section("zh-CN", &term("端口", "preferred")),
        section("zh-TW", &(term("連接埠", "preferred") + &term("端口", "deprecated"))),
    ];
    dir.file(
        "b.tbx",
        format!("<martif type=\"TBX\"><text><body><termEntry>{}</termEntry></body></text></martif>", tbx.concat()),
    );
    dir.file("p.en", "The port is open.\n").file("p.zh", "端口是打开的。\n");
    let check = |target: &str| {
        let langs = ["--source-lang", "en", "--target-lang", target, "--format", "tsv"];
        dir.run(&[&["check", "p.en", "p.zh", "--segmented", "--terms", "b.tbx"][..], &langs].concat()).out
    };
    assert_eq!(check("zh-CN").lines().count(), 1);
    assert_eq!(check("zh-TW").lines().nth(1), Some("deprecated\tport\t連接埠|端口\t1"));
    let utx = |target: &str| dir.run(&["terms", "--from", "b.tbx", "--format", "utx", "--target-lang", target]);
    assert!(utx("zh-TW").out.contains("連接埠\t"), "{}", utx("zh-TW").out);
    assert!(utx("zh-TW").err.contains("1 term in another language"), "{}", utx("zh-TW").err);
}

#[test]
fn texts_in_any_language_are_aligned_and_keep_their_tags() {
    let dir = Dir::new();
    dir.file("a.vi", "Tất cả mọi người sinh ra đều được tự do. Họ có lý trí và lương tâm năm 1948.\n");
    dir.file("a.uk", "Всі люди народжуються вільними. Вони наділені розумом і совістю 1948 року.\n");
    let langs = ["--source-lang", "vi-VN", "--target-lang", "uk"];
    let ran = dir.run(&[&["align", "a.vi", "a.uk", "--format", "tmx", "-o", "a.tmx"][..], &langs].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("not made for Vietnamese (vi-VN)") && ran.err.contains("Ukrainian"), "{}", ran.err);
    let tmx = fs::read_to_string(dir.path("a.tmx")).expect("the memory");
    assert_eq!((tmx.matches("xml:lang=\"vi-VN\"").count(), tmx.matches("xml:lang=\"uk\"").count()), (2, 2), "{tmx}");
    let tsv = dir.run(&[&["align", "a.vi", "a.uk", "--format", "tsv"][..], &langs].concat());
    assert!(tsv.out.starts_with("vi-VN\tuk\ttype"), "{}", tsv.out);
    let again = dir.run(&["check", "a.tmx"]);
    assert!(again.err.contains("Vietnamese with Ukrainian"), "{} {}", again.out, again.err);
    dir.file("p.tsv", "zh\tvi\n主权有2个。\tchủ quyền 3\n");
    let ran = dir.run(&["check", "p.tsv", "--format", "tsv"]);
    assert_eq!(ran.out.lines().count(), 2, "the header is no row: {} {}", ran.out, ran.err);
}

/// The program under a shell that does something with its output first.
#[cfg(unix)]
fn in_shell(dir: &Dir, before: &str, args: &str, after: &str) -> Ran {
    let script = format!("{before} \"$0\" {args} {after}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_duizhao")]).current_dir(dir.0.path()).stdin(Stdio::null());
    let Output { status, stdout, stderr } = command.output().expect("there is a shell");
    Ran {
        status: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).expect("output is UTF-8"),
        err: String::from_utf8(stderr).expect("messages are UTF-8"),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_goes_nowhere_is_an_error() {
    let dir = sample();
    for args in ["segment a.zh.txt", "read a.zh.txt a.en.txt", "lookup 网络", "--version", "align --help"] {
        in_shell(&dir, "", args, ">&-").fails_with(&["cannot write to standard output", "it is closed"]);
        in_shell(&dir, "", args, ">/dev/full").fails_with(&["cannot write to standard output", "the disk is full"]);
        in_shell(&dir, "", args, ">/dev/null").ok();
    }
    in_shell(&dir, "", "segment a.zh.txt -o /dev/full", "").fails_with(&["/dev/full", "the disk is full"]);
    // What goes elsewhere needs no standard output.
    in_shell(&dir, "", "segment a.zh.txt -o out", ">&-").ok();
    assert!(dir.path("out").exists());
}

#[cfg(unix)]
#[test]
fn new_files_have_the_permissions_that_are_wanted() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = sample();
    for (mask, mode) in [("077", 0o600), ("027", 0o640), ("002", 0o664)] {
        in_shell(&dir, &format!("umask {mask};"), &format!("segment a.zh.txt -o out{mask}"), "").ok();
        let found = dir.path(&format!("out{mask}")).metadata().expect("a file").permissions().mode() & 0o777;
        assert_eq!(found, mode, "{mask}");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let dir = sample();
    dir.file("a.links", "[0]:[0]\n").file("zh.tok", "今天 下雨\n").file("en.tok", "it rained\n");
    let project = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/projects/version-1.duizhao");
    for args in [
        &["segment", "a.zh.txt"][..],
        &["align", "a.zh.txt", "a.en.txt", "--fast"],
        &["terms", "a.zh.txt", "a.en.txt"],
        &["check", "a.zh.txt", "a.en.txt"],
        &["export", project],
        &["links", "zh.tok", "en.tok", "--tokenized", "--fast"],
    ] {
        let (plain, dash) = (dir.run(args), dir.run(&[args, &["-o", "-"]].concat()));
        assert_eq!((plain.status, plain.out, plain.err), (dash.status, dash.out, dash.err), "{args:?}");
    }
    assert!(!dir.path("-").exists());
}

#[test]
fn no_control_character_of_a_text_or_a_name_reaches_the_terminal() {
    let dir = Dir::new();
    let zh = "今天\u{1b}]52;c;cHduZWQ=\u{7}\u{1b}[2J下雨。\n我没\u{9b}31m去。\n";
    dir.file("c.zh", zh).file("c.en", "It rained \u{1b}[31mtoday.\nI did not go\u{1}.\n");
    let clean =
        |text: &str| text.chars().all(|c| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)));
    let ran = dir.run(&["read", "c.zh", "c.en"]);
    assert!(ran.status == 0 && clean(&ran.out) && clean(&ran.err), "{:?} {:?}", ran.out, ran.err);
    for shown in ["今天␛]52;c;cHduZWQ=␇␛[2J下雨。", "␛[31mtoday.", "\\u{9b}31m", "go␁."] {
        assert!(ran.out.contains(shown), "{shown}: {}", ran.out);
    }
    // Into a file or another program everything goes as it is.
    let ran = dir.run(&["segment", "c.zh"]);
    assert_eq!((ran.status, ran.out.as_str(), clean(&ran.err)), (0, zh, true));
    for args in [
        &["read", "a\u{1b}[31m\u{202e}.zh", "b"][..],
        &["read", "\u{1b}]0;x\u{7}.duizhao"],
        &["segment", "x\ny"],
        &["\u{1b}[2Jcommand", "x", "y"],
        &["align", "a", "b", "--threads", "\u{1b}[31m"],
        &["segment", "a", "--lang", "\u{1b}[31m"],
    ] {
        let ran = dir.run(args);
        assert!(ran.status == 2 && clean(&ran.out) && clean(&ran.err), "{args:?}: {:?} {:?}", ran.out, ran.err);
    }
    dir.run(&["segment", "x\ny"]).fails_with(&["x␊y"]);
}

#[test]
fn a_project_is_only_read_and_an_empty_one_is_left_empty() {
    let dir = Dir::new();
    for version in 1..=3 {
        let name = format!("version-{version}.duizhao");
        let sample = format!("{}/tests/golden/projects/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = fs::read(&sample).expect("a sample");
        dir.file(&name, &bytes);
        let path = dir.path(&name);
        let before = path.metadata().expect("a file").modified().expect("a time");
        for command in ["read", "export", "terms"] {
            assert_eq!(dir.run(&[command, &name]).status, 0, "{command} {name}");
        }
        let after = path.metadata().expect("a file").modified().expect("a time");
        assert_eq!((fs::read(&path).expect("a file"), after), (bytes, before));
    }
    dir.file("empty.duizhao", "");
    dir.run(&["read", "empty.duizhao"]).fails_with(&["empty.duizhao is empty", "remove it"]);
    assert_eq!(fs::read(dir.path("empty.duizhao")).expect("a file"), b"");
    assert_eq!(dir.names(), ["empty.duizhao", "version-1.duizhao", "version-2.duizhao", "version-3.duizhao"]);
}

#[test]
fn metadata_beside_a_text_goes_out_with_it() {
    let dir = sample();
    dir.file("a.duizhao.json", r#"{"version":1,"documents":{"a.zh.txt":{"note":"a draft"}}}"#);
    assert!(
        dir.run(&["align", "a.zh.txt", "a.en.txt", "--format", "jsonl"]).ok().contains("\"source_note\":\"a draft\"")
    );
    assert!(dir.run(&["terms", "a.zh.txt", "a.en.txt"]).ok().contains("\ta draft\n"));
    assert!(dir.run(&["read", "a.zh.txt", "a.en.txt"]).ok().contains("a draft"));
    assert!(dir.run(&["align", "a.zh.txt", "a.en.txt"]).err.contains("note: a draft"));
    dir.file("a.duizhao.json", "{");
    let ran = dir.run(&["align", "a.zh.txt", "a.en.txt"]);
    assert!(ran.status == 0 && ran.err.contains("opened without it"), "{}", ran.err);
}

const ZH_LINES: &str = "国际法适用于网络空间。\n主权是基本原则。\n双方同意继续对话。\n";
const EN_LINES: &str = "International law applies to cyberspace.\nSovereignty is the basic principle.\nBoth sides agreed to continue the dialogue.\n";

#[test]
fn several_pairs_are_aligned_in_one_call_and_a_bad_one_does_not_stop_the_rest() {
    let dir = Dir::new();
    dir.file("a.zh", ZH_LINES).file("a.en", EN_LINES);
    dir.file("pairs.tsv", "a.zh\ta.en\tone.links\n\nmissing.zh\ta.en\ttwo.links\na.en\ta.zh\tthree.links\n");
    let ran = dir.run(&["align", "--pairs", "pairs.tsv", "--segmented"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("pairs.tsv, line 3: cannot read missing.zh"), "{}", ran.err);
    assert!(ran.err.contains("1 of 3 pairs were not aligned"), "{}", ran.err);
    assert_eq!(dir.names(), ["a.en", "a.zh", "one.links", "pairs.tsv", "three.links"]);
    let alone = dir.run(&["align", "a.zh", "a.en", "--segmented"]);
    assert_eq!(fs::read_to_string(dir.path("one.links")).expect("the beads"), alone.out);
    dir.file("bad.tsv", "a.zh\ta.en\n");
    let ran = dir.run(&["align", "--pairs", "bad.tsv"]);
    assert!(ran.err.contains("bad.tsv") && ran.err.contains("line 1") && ran.err.contains("tabs"), "{}", ran.err);
}

#[test]
fn beads_are_the_same_whatever_the_number_of_threads_and_fast_needs_no_encoder() {
    let dir = Dir::new();
    dir.file("a.zh", ZH_LINES).file("a.en", EN_LINES);
    let one = dir.run(&["align", "a.zh", "a.en", "--segmented", "--threads", "1"]);
    let two = dir.run(&["align", "a.zh", "a.en", "--segmented", "--threads", "2"]);
    for threads in ["0", "257", "65535", "70000", "-1", "x"] {
        let ran = dir.run(&["align", "a.zh", "a.en", &format!("--threads={threads}")]);
        assert!(ran.status == 2 && ran.err.contains("give a number from 1 to 256"), "{}", ran.err);
    }
    assert_eq!(one.out, two.out);
    let fast = dir.run(&["align", "a.zh", "a.en", "--segmented", "--fast"]);
    let beads =
        |out: &str| out.lines().map(|line| line.rsplit_once(':').map(|cut| cut.0.to_owned())).collect::<Vec<_>>();
    assert_eq!(beads(&fast.out), beads(&one.out));
    assert_eq!(fast.out.lines().count(), 3);
}

#[test]
fn alignments_are_compared_with_gold() {
    let dir = Dir::new();
    fs::create_dir(dir.path("gold")).expect("a folder");
    fs::create_dir(dir.path("hyp")).expect("a folder");
    dir.file("gold/a.gold", "[0]:[0]\n[1, 2]:[1]\n[]:[2]\n[3]:[3]\n").file("gold/b.gold", "[0]:[0]\n");
    dir.file("hyp/a.links", "[0]:[0]:0.99\n[1]:[1]:0.50\n[2]:[]:0.4\n[]:[2]:0.9\n[3]:[3]:1.00\n");
    expect![[r"
        strict P 0.6000 R 0.5000 F1 0.5455 | lax P 0.8000 R 0.7500 F1 0.7742
    "]]
    .assert_eq(&dir.run(&["eval", "gold", "hyp"]).out);
    expect![[r"
        strict P 0.6000 R 0.6667 F1 0.6316 | lax P 0.8000 R 1.0000 F1 0.8889
    "]]
    .assert_eq(&dir.run(&["eval", "gold/a.gold", "hyp/a.links"]).out);
    let ran = dir.run(&["eval", "hyp", "hyp"]);
    assert!(ran.status == 2 && ran.err.contains("no NAME.gold"), "{}", ran.err);
}

#[test]
fn tables_are_read_by_their_headers_or_by_the_columns_that_are_named() {
    let dir = Dir::new();
    dir.file("base.csv", "序号,原文,译文,备注\n1,内力,inner force,武侠\n")
        .file("st.csv", "Source,Target\n他有12本书,He has 13 books\n");
    let utx = dir.run(&["terms", "--from", "base.csv", "--format", "omegat"]).ok();
    assert_eq!(utx, "内力\tinner force\t武侠\n");
    let found = |args: &[&str]| {
        let ran = dir.run(&[&["check", "--format", "tsv"], args].concat());
        (ran.status, ran.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(found(&["st.csv"]), (1, vec!["numbers\t12\t12|13\t1".to_owned()]));
    dir.file("semi.csv", "sep=;\r书;x;He has 13 books;他有12本书\r");
    assert_eq!(found(&["semi.csv", "--columns", "4,3"]), (1, vec!["numbers\t12\t12|13\t1".to_owned()]));
    dir.file("own.tsv", "Vorlage\tAblage\tAnmerkung\n网络空间\tcyberspace\tx\n");
    let named = dir.run(&["terms", "--from", "own.tsv", "--columns", "Vorlage,Ablage", "--format", "omegat"]);
    assert_eq!((named.status, named.out.as_str()), (0, "网络空间\tcyberspace\t\n"));
    assert!(named.err.contains("column Anmerkung (1)"), "{}", named.err);
    // Of both kinds of tables that are there, the pairs.
    let both = dir.run(&["lookup", "他有", "semi.csv", "--columns", "4,3", "--terms", "base.csv"]);
    assert!(both.out.contains("He has 13 books"), "{} {}", both.out, both.err);
    dir.run(&["terms", "--from", "own.tsv", "--columns", "Vorlage,Ziel"])
        .fails_with(&["own.tsv: line 1: no column is called `Ziel`; the first line has Vorlage, Ablage, Anmerkung"]);
    dir.file("a.zh", "甲。\n").file("a.en", "A.\n");
    dir.run(&["check", "a.zh", "a.en", "--columns", "1,2"]).fails_with(&["--columns is for tables"]);
}
