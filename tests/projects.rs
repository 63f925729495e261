//! Project files of every version that was ever written are still opened.

use std::path::Path;

use duizhao::edit::{Edit, SIDES};
use duizhao::project::open_kept;

/// Confirmed row 1; merged rows 2 and 3, unlinked them, took both back; flagged row 2; moved a segment and undid that.
#[test]
fn version_1() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("copy.duizhao");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/projects/version-1.duizhao");
    std::fs::copy(sample, &path).expect("the sample");
    let (store, contents) = open_kept(&path).expect("a project of version 1");
    // What was brought to the newest version is opened like any other.
    drop(store);
    let again = open_kept(&path).expect("the same project").1;
    assert_eq!(again, contents);
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
