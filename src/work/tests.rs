//! Any number of documents side by side, two at a time.

use super::*;
use crate::import::{Format, read_str};
use crate::lang::{Lang, Language};
use crate::segment::segment;

fn document(tag: &str, content: &str) -> Document {
    let text = read_str(content, Format::Plain).unwrap();
    let segments = segment(&text, Language::English);
    Document::new(tag, Lang::parse(tag).unwrap(), text, segments)
}

fn row(source: usize, target: usize) -> Row {
    let bead = Bead { source: source..source + 1, target: target..target + 1, score: 1.0 };
    Row { bead, mark: Mark::default() }
}

/// An original with two translations; the original is the target of the second alignment.
pub(crate) fn versions() -> (Work, [DocumentId; 3], [AlignmentId; 2]) {
    let texts = [
        document("en", "It rained. I did not go out. He did."),
        document("de", "Es regnete. Ich ging nicht aus. Er schon."),
        document("fr", "Il pleuvait. Je ne suis pas sorti. Lui, oui."),
    ];
    let mut work = Work::default();
    let ids = [0, 1, 2].map(|at| {
        let id = DocumentId::of_content(&texts[at], at);
        work.add_document(id, texts[at].clone()).unwrap();
        id
    });
    let rows = || (0..3).map(|at| row(at, at)).collect::<Vec<_>>();
    let german = work.add_alignment([ids[0], ids[1]], rows()).unwrap();
    let french = work.add_alignment([ids[2], ids[0]], rows()).unwrap();
    (work, ids, [german, french])
}

#[test]
fn what_does_not_fit_is_not_taken_in() {
    let (mut work, ids, [german, _]) = versions();
    let before = work.clone();
    let rows = || (0..3).map(|at| row(at, at)).collect::<Vec<_>>();
    let unknown = DocumentId::of_content(&document("en", "Other."), 0);
    for (documents, rows) in [
        ([ids[0], ids[1]], rows()),
        ([ids[1], ids[2]], rows()[..2].to_vec()),
        ([ids[1], ids[1]], rows()),
        ([ids[1], unknown], rows()),
    ] {
        assert_eq!(work.add_alignment(documents, rows), Err(Unfit));
    }
    assert_eq!(work.add_document(ids[0], document("en", "Other.")), Err(Unfit));
    // Nor under an id that something of the work has, or would have.
    assert_eq!(work.add_document(DocumentId(german.0), document("en", "Other.")), Err(Unfit));
    assert_eq!(work, before);
    let taken = DocumentId(AlignmentId::between(ids[1], ids[2]).0);
    work.add_document(taken, document("en", "One. Two. Three.")).unwrap();
    assert_eq!(work.add_alignment([ids[1], ids[2]], rows()), Err(Unfit));
    assert_eq!(work.alignments().count(), 2);
    // The other way round it is another alignment.
    assert!(work.add_alignment([ids[1], ids[0]], rows()).is_ok_and(|id| id != german));
}

#[test]
fn the_same_documents_have_the_same_ids() {
    let (work, ids, alignments) = versions();
    let (again, same, also) = versions();
    assert_eq!((&work, ids, alignments), (&again, same, also));
    let twice = [0, 1].map(|number| DocumentId::of_content(work.document(ids[0]).unwrap(), number));
    assert_ne!(twice[0], twice[1]);
}

#[test]
fn one_alignment_is_open() {
    let (work, ids, [german, french]) = versions();
    let open = OpenAlignment::new(work.clone(), french).unwrap();
    assert_eq!((open.aligned().id(), open.aligned().document_id(Side::Target)), (french, ids[0]));
    assert_eq!((open.aligned().side_of(ids[2]), open.aligned().side_of(ids[1])), (Some(Side::Source), None));
    assert_eq!(work.first().map(Aligned::id), Some(german));
    assert!(OpenAlignment::new(work, AlignmentId::between(ids[1], ids[2])).is_none());
    assert!(Work::default().first().is_none());
}
