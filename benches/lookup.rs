//! Looking words up: making ready, and asking, beside the plain scan that knows nothing beforehand. On the whole
//! dictionary, and on 100 000 rows: those of a table of pairs (`DUIZHAO_BENCH=PAIRS.tsv`), again and again; without one those
//! of the joint statement. `max alloc` is the peak of memory above what was there.
//!
//!     cargo bench --bench lookup
//!     DUIZHAO_BENCH=PAIRS.tsv cargo bench --bench lookup -- places

use std::sync::{Arc, LazyLock};

use divan::{AllocProfiler, Bencher};
use duizhao::bitext::{Bead, Bitext, SIDES};
use duizhao::find::{Haystack, Index, Options, Pattern};
use duizhao::lang::Lang;
use duizhao::lexicon::Lexicon;
use duizhao::lookup::{Dictionary, Places, Query, TermLine, Terms, term_lines};
use duizhao::project;
use duizhao::task::Ctl;
use duizhao::termbase::TermBase;
use duizhao::token::Tokenizer;
use duizhao::work::OpenAlignment;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const ROWS: usize = 100_000;
/// So many answers are asked for.
const LIMIT: usize = 20;

fn main() {
    // What is loaded once is no part of the work.
    Tokenizer::shared().frequency("网络");
    divan::main();
}

static ALIGNMENT: LazyLock<OpenAlignment> = LazyLock::new(alignment);

/// Many rows, each of a sentence of either language.
fn alignment() -> OpenAlignment {
    let pairs = pairs();
    let text = |side: usize| -> String {
        let cells = pairs.iter().map(|pair| pair[side].as_str()).cycle().take(ROWS);
        cells.flat_map(|cell| [cell, "\n"]).collect()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let open = |side: usize, code: &str| {
        let path = folder.path().join(code);
        std::fs::write(&path, text(side)).expect("a text");
        let lang = Lang::parse(code).expect("a language");
        project::load_segmented(&path, Some(&lang)).expect("a text").output
    };
    let (source, target) = (open(0, "zh"), open(1, "en"));
    let beads = (0..ROWS).map(|at| Bead { source: at..at + 1, target: at..at + 1, score: 1.0 }).collect();
    OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads })
}

fn pairs() -> Vec<[String; 2]> {
    if let Ok(path) = std::env::var("DUIZHAO_BENCH") {
        let content = std::fs::read_to_string(path).expect("a table of pairs");
        let rows = content.lines().skip(1).filter_map(|line| line.split_once('\t'));
        return rows.map(|(zh, en)| [zh, en.split('\t').next().unwrap_or(en)].map(str::to_owned)).collect();
    }
    let (source, target) = project::bundled();
    let count = source.segments.len().min(target.segments.len());
    (0..count).map(|at| [source.display(at), target.display(at)].map(str::to_owned)).collect()
}

/// What is typed: common and rare words, words only begun, and what stands nowhere.
const CHINESE: &[&str] = &["的", "网络", "網絡空間", "国际法适用于网络空间的问题", "鹳鹤"];
const LETTERS: &[&str] =
    &["s", "sh", "shi", "wangluo kongj", "of", "pers", "international l", "sovereignties", "zzyzx"];

fn typed() -> Vec<&'static str> {
    [CHINESE, LETTERS].concat()
}

#[divan::bench]
fn dictionary_made_ready() -> Dictionary {
    Dictionary::new(Lexicon::embedded())
}

#[divan::bench(args = typed())]
fn dictionary(bencher: Bencher, typed: &str) {
    let dictionary = Dictionary::shared();
    bencher.bench_local(|| dictionary.find(&Query::new(typed), LIMIT));
}

/// All entries looked at for the letters as they stand, in the order of the dictionary.
#[divan::bench(args = typed())]
fn dictionary_scanned(bencher: Bencher, typed: &str) {
    let lexicon = Lexicon::embedded();
    bencher.bench_local(|| {
        let finder = memchr::memmem::Finder::new(typed);
        let entries = (0..lexicon.len()).filter_map(|number| lexicon.entry(number));
        let holds = |text: &str| finder.find(text.as_bytes()).is_some();
        entries.filter(|entry| holds(entry.simplified) || holds(entry.pinyin) || holds(entry.glosses)).count()
    });
}

static TERMS: LazyLock<Vec<TermLine>> = LazyLock::new(|| {
    let langs = ["zh", "en"].map(|code| Lang::parse(code).expect("a language"));
    let lexicon = Lexicon::embedded();
    let entries = (0..20_000).filter_map(|number| lexicon.entry(number * 6));
    let pairs = entries.map(|entry| [entry.simplified, entry.glosses.split('/').next().unwrap_or_default()]);
    term_lines(&TermBase::default(), [&langs[0], &langs[1]], pairs)
});

/// Twenty thousand lines.
#[divan::bench]
fn terms_made_ready(bencher: Bencher) {
    bencher.with_inputs(|| TERMS.clone()).bench_local_values(Terms::new);
}

#[divan::bench(args = typed())]
fn terms(bencher: Bencher, typed: &str) {
    let terms = Terms::new(TERMS.clone());
    bencher.bench_local(|| terms.find(&Query::new(typed), LIMIT));
}

fn indexes() -> [Arc<Index>; 2] {
    static INDEXES: LazyLock<[Arc<Index>; 2]> =
        LazyLock::new(|| SIDES.map(|side| Arc::new(Index::new(ALIGNMENT.aligned().document(side).text.as_str()))));
    INDEXES.clone()
}

/// With the index of the search there already, as in the window.
#[divan::bench]
fn places_made_ready(bencher: Bencher) {
    let indexes = indexes();
    bencher.bench_local(|| Places::new(ALIGNMENT.clone(), Some(&indexes)));
}

#[divan::bench(args = typed())]
fn places(bencher: Bencher, typed: &str) {
    let places = Places::new(ALIGNMENT.clone(), Some(&indexes()));
    bencher.bench_local(|| places.find(&Ctl::quiet(), &Query::new(typed), LIMIT));
}

/// All of both texts looked at for the letters as they stand.
#[divan::bench(args = typed())]
fn places_scanned(bencher: Bencher, typed: &str) {
    let indexes = indexes();
    bencher.bench_local(|| {
        let pattern = Pattern::new(typed, Options::default()).expect("plain text");
        SIDES.map(|side| {
            let haystack = Haystack::from(&**ALIGNMENT.aligned().document(side));
            indexes[side as usize].find_all(&Ctl::quiet(), &pattern, &haystack, LIMIT).expect("nobody cancels")
        })
    });
}
