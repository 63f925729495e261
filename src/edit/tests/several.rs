//! Edits where a text is in several alignments, and where the places of a text move.

use super::*;

fn sizes_of(work: &Work, alignment: AlignmentId) -> Vec<(usize, usize)> {
    let rows = work.aligned(alignment).unwrap().rows();
    rows.iter().map(|row| (row.bead.source.len(), row.bead.target.len())).collect()
}

#[test]
fn an_edit_of_a_text_reaches_every_alignment_of_it() {
    let (mut work, ids, [german, french]) = crate::work::tests::versions();
    let mut history = History::default();
    let start = work.clone();
    let place = work.document(ids[0]).unwrap().text.as_str().find("not").unwrap();
    let cut = work.aligned(german).unwrap().cut(Side::Source, 1, place).unwrap();
    assert_eq!(cut.alignment, Some(german));
    history.do_edit(&mut work, cut).unwrap();
    assert_eq!(sizes_of(&work, german), [(1, 1), (2, 1), (1, 1)]);
    assert_eq!(sizes_of(&work, french), [(1, 1), (1, 2), (1, 1)]);
    // The rows of the first and the second sentence become one in both.
    let join = work.aligned(french).unwrap().join(Side::Target, 0).unwrap();
    history.do_edit(&mut work, join).unwrap();
    assert_eq!(sizes_of(&work, german), [(2, 2), (1, 1)]);
    assert_eq!(sizes_of(&work, french), [(2, 2), (1, 1)]);
    // What is done to rows concerns one alignment only.
    let merge = work.aligned(french).unwrap().merge(0..2).unwrap();
    history.do_edit(&mut work, merge).unwrap();
    assert_eq!(sizes_of(&work, german).len(), 2);
    assert_eq!(sizes_of(&work, french), [(3, 3)]);
    assert!(work.is_tiled());
    while history.undo(&mut work).unwrap().is_some() {}
    assert_eq!(all_of(&work).1, all_of(&start).1);
    assert_eq!(work.document(ids[0]), start.document(ids[0]));
    assert_eq!(work.aligned(german).unwrap().merge(2..4), Err(Refused::NoRow));
}

#[test]
fn places_follow_patches_that_change_how_many_segments_there_are() {
    let mut work = rows(&[(4, 1)]);
    let document = only(&work).document_id(Side::Source);
    let old = Document::clone(work.document(document).unwrap());
    let piece = |at: usize| crate::edit::cuts::piece(&old, at).unwrap();
    let part = |id: u64, text: &str, of: &Piece| Piece { id, text: text.to_owned(), ..of.clone() };
    let (second, fourth) = (piece(1), piece(3));
    let half = |of: &Piece, ids: [u64; 2]| {
        let first = Piece { closes: None, ..part(ids[0], "Half ", of) };
        vec![first, Piece { opens: None, ..part(ids[1], "a sentence. ", of) }]
    };
    let patches = vec![
        Patch { at: 1, new: half(&second, [second.id, 8]), old: vec![second] },
        Patch { at: 3, new: half(&fourth, [fourth.id, 9]), old: vec![fourth] },
    ];
    let step = Step::Segments { document, patches };
    let edit = Edit {
        action: Action::Replace,
        alignment: Some(only(&work).id()),
        rows: 0..1,
        steps: vec![step],
        origin: None,
    };
    let touched = work.apply(&edit).unwrap();
    let [Reworded { segments, moves, .. }] = &touched.texts[..] else { panic!("one text") };
    // The second place stands one further on, for the first has one segment more.
    assert_eq!(segments, &[1, 4]);
    let third = old.display_span(2);
    let now = moves.place(&third).unwrap();
    assert_eq!(&work.document(document).unwrap().text.as_str()[now], old.display(2));
    assert_eq!(moves.place(&old.display_span(1)), None);
    // Where a segment is only cut, no byte moves.
    let place = work.document(document).unwrap().display_span(0).start + 4;
    let cut = only(&work).cut(Side::Source, 0, place).unwrap();
    let shown = work.document(document).unwrap().display_span(0);
    let touched = work.apply(&cut).unwrap();
    assert_eq!(touched.texts[0].moves.place(&shown), Some(shown));
    // Patches out of order fit nowhere, and nothing is made of them.
    let Step::Segments { patches, .. } = &edit.steps[0] else { panic!("segments") };
    let turned = Step::Segments { document, patches: patches.iter().rev().cloned().collect() };
    let before = work.clone();
    assert_eq!(work.apply(&Edit { steps: vec![turned.clone().inverse()], ..edit.clone() }), Err(Misfit));
    assert_eq!(work.apply(&Edit { steps: vec![turned], ..edit }), Err(Misfit));
    assert_eq!(work, before);
}

#[test]
fn only_what_was_done_in_an_alignment_itself_is_held_to_be_right_there() {
    let (mut work, _, [german, french]) = crate::work::tests::versions();
    let merge = work.aligned(german).unwrap().merge(0..2).unwrap();
    work.apply(&merge).unwrap();
    let settled = |id: AlignmentId| {
        work.aligned(id).unwrap().unsettled_around(0, Some(&merge)).map(|(rows, settled)| (rows, settled.beads))
    };
    assert_eq!(settled(german), Some((0..2, vec![(0..2, 0..2)])));
    assert_eq!(settled(french), Some((0..3, Vec::new())));
}

#[test]
fn pieces_that_hold_nothing_or_leave_a_paragraph_open_fit_nowhere() {
    let work = rows(&[(4, 1)]);
    let id = only(&work).document_id(Side::Source);
    let old = crate::edit::cuts::piece(work.document(id).unwrap(), 1).unwrap();
    let tries = [
        Piece { text: String::new(), ..old.clone() },
        Piece { opens: None, ..old.clone() },
        Piece { closes: Some(0), ..old.clone() },
    ];
    // A heading whose content would end before it begins.
    let heading = crate::edit::cuts::piece(work.document(id).unwrap(), 0).unwrap();
    let reversed = Piece { closes: Some(heading.text.len() - 1), ..heading.clone() };
    let tries = tries.map(|new| (1, old.clone(), new)).into_iter().chain([(0, heading, reversed)]);
    for (at, old, new) in tries {
        let patches = vec![Patch { at, old: vec![old], new: vec![new.clone()] }];
        let steps = vec![Step::Segments { document: id, patches }];
        let (action, alignment) = (Action::Rewrite, Some(only(&work).id()));
        let edit = Edit { action, alignment, rows: 0..1, steps, origin: None };
        assert_eq!(work.clone().apply(&edit), Err(Misfit), "{new:?}");
    }
}

#[test]
fn a_heading_that_a_paragraph_is_joined_to_becomes_one() {
    let text = read_str("# One.\n\nTwo. Three.\n", Format::Markdown).unwrap();
    let segments = segment(&text, Language::English);
    let source = Document::new("en", Lang::parse("en").unwrap(), text, segments);
    let target = document("de", 3);
    let beads = (0..3).map(|at| bead(at..at + 1, at..at + 1)).collect();
    let mut work = OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads }).work().clone();
    let join = only(&work).join(Side::Source, 0).unwrap();
    work.apply(&join).unwrap();
    let document = only(&work).document(Side::Source);
    assert_eq!((document.segments.len(), document.kind(0)), (2, crate::text::BlockKind::Paragraph));
}
