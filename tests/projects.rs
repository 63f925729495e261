//! Project files of every version that was ever written are still opened.

use std::path::Path;

use duizhao::edit::{Edit, SIDES, Side};
use duizhao::lang::Lang;
use duizhao::project::open_kept;
use duizhao::store::{Contents, Store};
use duizhao::termbase::{Concept, Date, Term};

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
    (folder, store, contents)
}

/// Confirmed row 1; merged rows 2 and 3, unlinked them, took both back; flagged row 2; moved a segment and undid that.
#[test]
fn version_1() {
    let (_folder, store, contents) = opened(1);
    assert_eq!(store.original(Side::Source).expect("the file"), None);
    let [source, target] = SIDES.map(|side| contents.alignment.document(side));
    assert_eq!((source.name.as_str(), source.lang.tag()), ("sample.zh.txt", "zh"));
    assert_eq!((target.name.as_str(), target.lang.tag()), ("sample.en.txt", "en"));
    assert_eq!(source.display(1), "我没去。");
    assert_eq!(target.display(3), "He went to Beijing.");
    let rows: Vec<_> = contents
        .alignment
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
    let [source, target] = SIDES.map(|side| contents.alignment.document(side));
    assert_eq!(target.display(1), "I stayed at home.\n\nAnd you?");
    let ids: Vec<u64> = target.segments.iter().map(|segment| segment.id).collect();
    assert_eq!((source.segments.len(), ids), (4, vec![0, 1, 3]));
    let original = store.original(Side::Target).expect("the file").expect("its bytes");
    assert_eq!(original, b"It rained today. I did not go.\n\nAnd you? He went to Beijing.\n");
    let row = &contents.alignment.rows()[1];
    assert_eq!((row.bead.kind().to_string(), &*row.mark.note), ("2-1".to_owned(), "待"));
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
    assert!(store.original(Side::Source).expect("the file").is_some());
    let shown = |concept: &Concept| {
        let term = |(_, term): (&Lang, &Term)| format!("{} {}", term.text, term.status.name());
        concept.all_terms().map(term).collect::<Vec<_>>().join(", ")
    };
    let terms = contents.alignment.terms();
    let concepts: Vec<String> = terms.concepts.iter().map(shown).collect();
    assert_eq!(
        concepts,
        ["北京 preferred, Beijing preferred", "今天 deprecated, today deprecated", "下雨 rejected, rain rejected"]
    );
    assert_eq!(terms.concepts[1].sections[0].terms[0].modified, Date::new(2026, 11, 22));
    assert!(contents.alignment.verdicts().is_empty());
    let names: Vec<String> = contents.history.edits().iter().map(Edit::name).collect();
    let last = ["accept terms", "reject terms", "deprecate terms", "decide on an inconsistency"];
    assert_eq!(names[names.len() - 4..], last);
    assert_eq!(contents.history.done(), names.len() - 1);
}
