//! Aligning, part by part: reading and looking up, encoding, group vectors, searching, and the whole, with and without
//! the encoder. On the joint statement, and on every `NAME.zh` with its `NAME.en` (one sentence a line) in the folder
//! that the variable `DUIZHAO_BENCH` names.
//!
//! Items are sentences of both sides; `max alloc` is the peak of memory above what the text takes.
//!
//!     cargo bench --bench align
//!     DUIZHAO_BENCH=FOLDER RAYON_NUM_THREADS=1 cargo bench --bench align -- encoding

use std::path::PathBuf;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use duizhao::align::train::{Example, Prepared, prepare};
use duizhao::align::{Aligner, Model, Options, Set};
use duizhao::bitext::{Bead, Document};
use duizhao::encode::{Encoder, Sentences};
use duizhao::lang::Lang;
use duizhao::project;
use duizhao::task::Ctl;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    // What is loaded once is no part of the work.
    let (zh, en) = project::bundled();
    drop(align(&(zh, en), Set::Full));
    divan::main();
}

fn options(set: Set) -> Options<'static> {
    Options { set, ..Options::default() }
}

fn align(pair: &(Document, Document), set: Set) -> Vec<Bead> {
    let ctl = Ctl::quiet();
    let aligner = Aligner::new(&ctl, &pair.0, &pair.1, &options(set)).expect("nobody cancels");
    aligner.align(&ctl).expect("nobody cancels")
}

fn texts() -> Vec<String> {
    let folder = std::env::var("DUIZHAO_BENCH").unwrap_or_default();
    let names = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| {
        let path = entry.ok()?.path();
        path.extension().is_some_and(|ending| ending == "zh").then(|| path.with_extension("").display().to_string())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.insert(0, "statement".to_owned());
    names
}

fn open(name: &str) -> (Document, Document) {
    if name == "statement" {
        return project::bundled();
    }
    let side = |code: &str| {
        let path = PathBuf::from(format!("{name}.{code}"));
        let lang = Lang::parse(code).expect("a language");
        project::load_segmented(&path, Some(&lang)).expect("a text to measure on").output
    };
    (side("zh"), side("en"))
}

fn sentences((zh, en): &(Document, Document)) -> ItemsCount {
    ItemsCount::new(zh.segments.len() + en.segments.len())
}

fn shown(document: &Document) -> Vec<&str> {
    (0..document.segments.len()).map(|at| document.display(at)).collect()
}

#[divan::bench(args = texts())]
fn reading(bencher: Bencher, name: &str) {
    let pair = open(name);
    bencher.counter(sentences(&pair)).bench_local(|| {
        drop(Aligner::new(&Ctl::quiet(), &pair.0, &pair.1, &options(Set::Fast)));
    });
}

#[divan::bench(args = texts())]
fn encoding_alone(bencher: Bencher, name: &str) {
    let pair = open(name);
    let texts = [shown(&pair.0), shown(&pair.1)].concat();
    bencher.counter(sentences(&pair)).bench_local(|| Encoder::shared().encode(&Ctl::quiet(), &texts));
}

#[divan::bench(args = texts())]
fn encoding_with_seams(bencher: Bencher, name: &str) {
    let pair = open(name);
    let texts = [shown(&pair.0), shown(&pair.1)].concat();
    bencher.counter(sentences(&pair)).bench_local(|| {
        let mut row = Sentences::joined(Encoder::shared(), 0);
        row.extend(&Ctl::quiet(), &texts).expect("nobody cancels");
        row.end()
    });
}

/// Vectors of all groups of three.
#[divan::bench(args = texts())]
fn group_vectors(bencher: Bencher, name: &str) {
    let pair = open(name);
    let texts = [shown(&pair.0), shown(&pair.1)].concat();
    let mut row = Sentences::joined(Encoder::shared(), 0);
    row.extend(&Ctl::quiet(), &texts).expect("nobody cancels");
    bencher.counter(sentences(&pair)).bench_local(|| row.vectors(0..texts.len() - 2, 3));
}

/// Weighing evidence already measured, the best path and the posteriors.
#[divan::bench(args = texts())]
fn searching(bencher: Bencher, name: &str) {
    let pair = open(name);
    let count = sentences(&pair);
    let prepared = prepared(pair);
    bencher.counter(count).bench_local(|| prepared.best(Model::embedded(), Set::Full));
}

fn prepared((chinese, english): (Document, Document)) -> Prepared {
    let example = Example { name: String::new(), chinese, english, gold: Vec::new(), made: false };
    prepare(&Ctl::quiet(), &example, Model::embedded(), Set::Full, false).expect("nobody cancels")
}

#[divan::bench(args = texts())]
fn whole_fast(bencher: Bencher, name: &str) {
    whole(bencher, name, Set::Fast);
}

#[divan::bench(args = texts())]
fn whole_with_encoder(bencher: Bencher, name: &str) {
    whole(bencher, name, Set::Full);
}

fn whole(bencher: Bencher, name: &str, set: Set) {
    let pair = open(name);
    bencher.counter(sentences(&pair)).bench_local(|| align(&pair, set));
}
