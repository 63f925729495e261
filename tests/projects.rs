//! Project files of every version that was ever written are still opened.

use std::path::Path;

use duizhao::bitext::{SIDES, Side};
use duizhao::date::Date;
use duizhao::edit::Edit;
use duizhao::lang::Lang;
use duizhao::project::open_kept;
use duizhao::store::{Contents, Store};
use duizhao::termbase::{Concept, Term};
use duizhao::work::{Aligned, DocumentId};

fn opened(version: u32) -> (tempfile::TempDir, Store, Contents) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("copy.duizhao");
    let sample = format!("tests/golden/projects/version-{version}.duizhao");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(sample), &path).expect("the sample");
    let (store, contents) = open_kept(&path).expect("a project of this version");
    // What was brought to the newest version is opened like any other.
    drop(store);
    let (store, again) = open_kept(&path).expect("the same project");
    assert_eq!(again, contents);
    // Everything that was done can be taken back, and done again.
    let (mut work, mut history) = (contents.open.work().clone(), contents.history.clone());
    let done = history.done();
    while history.undo(&mut work).expect("what was done can be taken back").is_some() {}
    assert!(work.is_tiled() && (done == 0 || &work != contents.open.work()));
    while history.done() < done {
        history.redo(&mut work).expect("what was taken back can be done again");
    }
    assert_eq!(&work, contents.open.work());
    (folder, store, contents)
}

fn id(contents: &Contents, side: Side) -> DocumentId {
    contents.open.aligned().document_id(side)
}

/// Confirmed row 1; merged rows 2 and 3, unlinked them, took both back; flagged row 2; moved a segment and undid that.
#[test]
fn version_1() {
    let (_folder, store, contents) = opened(1);
    assert_eq!(store.original(id(&contents, Side::Source)).expect("the file"), None);
    let [source, target] = SIDES.map(|side| contents.open.aligned().document(side));
    assert_eq!((source.name.as_str(), source.lang.tag()), ("sample.zh.txt", "zh"));
    assert_eq!((target.name.as_str(), target.lang.tag()), ("sample.en.txt", "en"));
    assert_eq!(source.display(1), "我没去。");
    assert_eq!(target.display(3), "He went to Beijing.");
    let rows: Vec<_> = contents
        .open
        .aligned()
        .rows()
        .iter()
        .map(|row| (row.bead.kind().to_string(), row.mark.confirmed, row.mark.flagged))
        .collect();
    let row = |confirmed, flagged| ("1-1".to_owned(), confirmed, flagged);
    assert_eq!(rows, [row(true, false), row(false, true), row(false, false), row(false, false)]);
    let names: Vec<String> = contents.history.edits().iter().map(Edit::name).collect();
    assert_eq!(names, ["confirm row 1", "flag row 2", "move a target segment down from row 4"]);
    assert_eq!((contents.history.done(), contents.row), (2, 3));
}

/// Confirmed row 1; noted and bookmarked row 2, gave its target another text, joined that with the next, flagged the row;
/// unlinked row 3 and took that back.
#[test]
fn version_2() {
    let (_folder, store, contents) = opened(2);
    let [source, target] = SIDES.map(|side| contents.open.aligned().document(side));
    assert_eq!(target.display(1), "I stayed at home.\n\nAnd you?");
    let ids: Vec<u64> = target.segments.iter().map(|segment| segment.id).collect();
    assert_eq!((source.segments.len(), ids), (4, vec![0, 1, 3]));
    let original = store.original(id(&contents, Side::Target)).expect("the file").expect("its bytes");
    assert_eq!(original, b"It rained today. I did not go.\n\nAnd you? He went to Beijing.\n");
    let row = &contents.open.aligned().rows()[1];
    assert_eq!((row.bead.kind().to_string(), &*row.mark.note()), ("2-1".to_owned(), "待"));
    assert!(row.mark.flagged && row.mark.bookmarked && !row.mark.confirmed);
    let names: Vec<String> = contents.history.edits().iter().map(Edit::name).collect();
    let wanted = [
        "confirm row 1",
        "note on row 2",
        "bookmark row 2",
        "change the text of row 2",
        "join segments of rows 2–3",
        "flag row 2",
        "unlink row 3",
    ];
    assert_eq!(names, wanted);
    assert_eq!((contents.history.done(), contents.row), (6, 2));
}

/// What was done in the sample of version 2; then accepted two pairs of terms, rejected one, deprecated the second;
/// decided on an inconsistency and took that back.
#[test]
fn version_3() {
    let (_folder, store, contents) = opened(3);
    assert!(store.original(id(&contents, Side::Source)).expect("the file").is_some());
    let shown = |concept: &Concept| {
        let term = |(_, term): (&Lang, &Term)| format!("{} {}", term.text, term.status.name());
        concept.all_terms().map(term).collect::<Vec<_>>().join(", ")
    };
    let terms = contents.open.work().terms();
    let concepts: Vec<String> = terms.concepts.iter().map(shown).collect();
    assert_eq!(
        concepts,
        ["北京 preferred, Beijing preferred", "今天 deprecated, today deprecated", "下雨 rejected, rain rejected"]
    );
    assert_eq!(terms.concepts[1].sections[0].terms[0].modified, Date::new(2026, 11, 22));
    assert!(contents.open.work().verdicts().is_empty());
    let names: Vec<String> = contents.history.edits().iter().map(Edit::name).collect();
    let last = ["accept terms", "reject terms", "deprecate terms", "decide on an inconsistency"];
    assert_eq!(names[names.len() - 4..], last);
    assert_eq!(contents.history.done(), names.len() - 1);
}

/// An original and two translations, each aligned with it. In the first alignment row 1 was confirmed; in the second row 2
/// noted and a segment of the original cut; an inconsistency decided on; a pair of terms accepted; in the first alignment
/// rows 2 and 3 merged, and that taken back. By two persons in turn.
#[test]
fn version_4() {
    let (_folder, store, contents) = opened(4);
    let work = contents.open.work();
    let names: Vec<(&str, &str)> =
        work.documents().map(|(_, document)| (document.name.as_str(), document.lang.tag())).collect();
    assert_eq!(names, [("original.txt", "en"), ("译本一.txt", "zh-CN"), ("譯本二.txt", "zh-TW")]);
    assert!(work.documents().all(|(id, _)| id.0.get_version_num() == 7));
    let original = store.original(work.documents().next().expect("a document").0).expect("the file");
    assert_eq!(original.expect("its bytes"), "It rained today. I did not go out. He went to Beijing.\n".as_bytes());
    let sizes = |aligned: Aligned| {
        aligned.rows().iter().map(|row| (row.bead.source.len(), row.bead.target.len())).collect::<Vec<_>>()
    };
    let [first, second] = work.alignments().collect::<Vec<_>>()[..] else { panic!("two alignments") };
    assert_eq!((sizes(first), sizes(second)), (vec![(1, 1), (2, 1), (1, 1)], vec![(1, 1), (2, 1), (1, 1)]));
    assert_eq!((contents.open.aligned().id(), contents.row), (second.id(), 2));
    assert!(first.rows()[0].mark.confirmed && !second.rows()[0].mark.confirmed);
    assert_eq!((&*second.rows()[1].mark.note(), second.rows()[1].mark.notes[0].id.get_version_num()), ("出門？", 7));
    assert_eq!((work.terms().concepts.len(), work.verdicts().len()), (1, 1));
    let done: Vec<String> = contents.history.edits().iter().map(Edit::name).collect();
    let wanted = [
        "confirm row 1",
        "note on row 2",
        "cut a segment of row 2",
        "decide on an inconsistency",
        "accept terms",
        "merge rows 2–3",
    ];
    assert_eq!((done.len(), contents.history.done()), (6, 5));
    assert_eq!(done, wanted);
    let authors: Vec<&str> =
        contents.history.edits().iter().filter_map(|edit| edit.origin.as_ref().map(|origin| &*origin.author)).collect();
    assert_eq!(authors, ["李译", "B. Wang", "李译", "B. Wang", "李译", "B. Wang"]);
    let times = contents.history.edits().iter().filter_map(|edit| edit.origin.as_ref().map(|origin| origin.at));
    assert!(times.into_iter().all(|at| at.to_string() == "2026-12-01T04:40:00.123Z"));
}
