//! Every edit keeps the tiling and is undone by its inverse; examples of each.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::import::{Format, read_str};
use crate::lang::Language;
use crate::segment::segment;

fn bead(source: Range<usize>, target: Range<usize>) -> Bead {
    Bead { source, target, score: 0.5 }
}

/// A document of so many segments, three to a paragraph, the first of them a heading.
fn document(tag: &str, count: usize) -> Document {
    let mut content = String::from(if count > 0 { "## " } else { "" });
    for at in 0..count {
        content += "Sentence ";
        content += &at.to_string();
        content += ".";
        content += if at % 3 == 0 { "\n\n" } else { " " };
    }
    let text = read_str(&content, Format::Markdown).unwrap_or_default();
    let segments = segment(&text, Language::English);
    assert_eq!(segments.len(), count, "{content:?}");
    Document::new(tag, Lang::parse(tag).unwrap(), text, segments)
}

/// An alignment by the sizes of its rows.
pub(super) fn rows(sizes: &[(usize, usize)]) -> Alignment {
    let mut at = (0, 0);
    let beads = sizes.iter().map(|&(source, target)| {
        let from = at;
        at = (at.0 + source, at.1 + target);
        bead(from.0..at.0, from.1..at.1)
    });
    let beads = beads.collect();
    let [source, target] = [document("de", at.0), document("en", at.1)].map(Arc::new);
    Alignment::new(Bitext { source, target, beads })
}

fn sizes(alignment: &Alignment) -> Vec<(usize, usize)> {
    alignment.rows().iter().map(|row| (row.bead.source.len(), row.bead.target.len())).collect()
}

/// What becomes of rows by an edit.
fn after(
    before: &[(usize, usize)],
    make: impl Fn(&Alignment) -> Result<Edit, Refused>,
) -> Result<Vec<(usize, usize)>, Refused> {
    let mut alignment = rows(before);
    let edit = make(&alignment)?;
    alignment.apply(&edit).unwrap();
    Ok(sizes(&alignment))
}

#[test]
fn rows_are_merged_and_split() {
    assert_eq!(after(&[(1, 1), (1, 2), (2, 0)], |a| a.merge(0..2)), Ok(vec![(2, 3), (2, 0)]));
    assert_eq!(after(&[(1, 1)], |a| a.merge(0..2)), Err(Refused::NoRow));
    assert_eq!(after(&[(2, 3)], |a| a.split(0, a.middle(0).unwrap())), Ok(vec![(1, 1), (1, 2)]));
    assert_eq!(after(&[(1, 2)], |a| a.split(0, a.middle(0).unwrap())), Ok(vec![(1, 1), (0, 1)]));
    assert_eq!(after(&[(1, 1)], |a| a.split(0, Place { source: 1, target: 0 })), Ok(vec![(1, 0), (0, 1)]));
    assert_eq!(after(&[(1, 1)], |a| a.split(0, Place { source: 0, target: 0 })), Err(Refused::EmptyPart));
}

#[test]
fn a_merged_row_keeps_every_mark_but_the_confirmation() {
    let mut alignment = rows(&[(1, 1), (1, 1), (1, 1)]);
    let mut mark = |row: usize, action: Action, set: fn(&mut Mark)| {
        let edit = alignment.mark(row..row + 1, action, set).unwrap();
        alignment.apply(&edit).unwrap();
    };
    mark(0, Action::Confirm, |mark| mark.confirmed = true);
    mark(0, Action::Note, |mark| mark.note = "one".into());
    mark(1, Action::Flag, |mark| mark.flagged = true);
    mark(2, Action::Bookmark, |mark| mark.bookmarked = true);
    mark(2, Action::Note, |mark| mark.note = "two".into());
    let edit = alignment.merge(0..3).unwrap();
    alignment.apply(&edit).unwrap();
    let wanted = Mark { confirmed: false, flagged: true, bookmarked: true, note: "one\ntwo".into() };
    assert_eq!(alignment.rows()[0].mark, wanted);
}

#[test]
fn what_is_aligned_otherwise_is_confirmed_no_more() {
    let mut alignment = rows(&[(1, 1), (1, 1), (1, 1)]);
    let confirm = alignment.mark(0..3, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    alignment.apply(&confirm).unwrap();
    let again = alignment.replaced(&[bead(0..1, 0..1), bead(1..3, 1..3)]).unwrap();
    alignment.apply(&again).unwrap();
    let confirmed: Vec<bool> = alignment.rows().iter().map(|row| row.mark.confirmed).collect();
    assert_eq!(confirmed, [true, false]);
}

#[test]
fn segments_move_to_neighbours_and_rows_left_empty_vanish() {
    assert_eq!(after(&[(1, 2), (1, 1)], |a| a.move_down(0, Side::Target)), Ok(vec![(1, 1), (1, 2)]));
    assert_eq!(after(&[(1, 2), (1, 1)], |a| a.move_up(1, Side::Source)), Ok(vec![(2, 2), (0, 1)]));
    assert_eq!(after(&[(1, 0), (1, 1)], |a| a.move_down(0, Side::Source)), Ok(vec![(2, 1)]));
    assert_eq!(after(&[(1, 1)], |a| a.move_down(0, Side::Target)), Ok(vec![(1, 0), (0, 1)]));
    assert_eq!(after(&[(1, 1)], |a| a.move_up(0, Side::Target)), Ok(vec![(0, 1), (1, 0)]));
    assert_eq!(after(&[(1, 0)], |a| a.move_down(0, Side::Source)), Err(Refused::Alone));
    assert_eq!(after(&[(1, 0)], |a| a.move_down(0, Side::Target)), Err(Refused::NothingThere));
}

#[test]
fn a_segment_is_carried_to_another_row_with_what_lies_between() {
    assert_eq!(after(&[(3, 1), (1, 1), (1, 1)], |a| a.carry(Side::Source, 1, 2)), Ok(vec![(1, 1), (0, 1), (4, 1)]));
    assert_eq!(after(&[(1, 1), (1, 0), (3, 1)], |a| a.carry(Side::Source, 3, 0)), Ok(vec![(4, 1), (1, 1)]));
    assert_eq!(after(&[(2, 2), (1, 1)], |a| a.carry(Side::Target, 1, 1)), Ok(vec![(2, 1), (1, 2)]));
    assert_eq!(after(&[(2, 2)], |a| a.carry(Side::Target, 1, 0)), Err(Refused::NoChange));
    assert_eq!(after(&[(2, 2)], |a| a.carry(Side::Target, 1, 1)), Err(Refused::NoRow));
}

#[test]
fn links_are_made_and_undone() {
    assert_eq!(after(&[(1, 2)], |a| a.unlink(0)), Ok(vec![(1, 0), (0, 1), (0, 1)]));
    assert_eq!(after(&[(1, 0)], |a| a.unlink(0)), Err(Refused::Alone));
    assert_eq!(after(&[(2, 2)], |a| a.link(1, 1)), Ok(vec![(1, 1), (1, 1)]));
    assert_eq!(after(&[(2, 2)], |a| a.link(0, 1)), Ok(vec![(0, 1), (1, 1), (1, 0)]));
    // What lies between comes with it.
    assert_eq!(after(&[(1, 0), (0, 1)], |a| a.link(0, 0)), Ok(vec![(1, 1)]));
    assert_eq!(after(&[(1, 1), (1, 1), (1, 2)], |a| a.link(0, 2)), Ok(vec![(3, 3), (0, 1)]));
    assert_eq!(after(&[(1, 1)], |a| a.link(0, 0)), Err(Refused::NoChange));
}

#[test]
fn other_beads_take_the_place_of_rows_that_differ() {
    let mut alignment = rows(&[(1, 1), (2, 1), (1, 2), (1, 1)]);
    for (row, note) in [(0, "first"), (1, "second"), (2, "third")] {
        let edit = alignment.mark(row..row + 1, Action::Note, |mark| mark.note = note.into()).unwrap();
        alignment.apply(&edit).unwrap();
    }
    let found = rows(&[(1, 1), (1, 1), (1, 1), (1, 1), (1, 1)]);
    let beads: Vec<Bead> = found.rows().iter().map(|row| row.bead.clone()).collect();
    let edit = alignment.replaced(&beads).unwrap();
    assert_eq!(edit.name(), "align again rows 2–3");
    assert!(matches!(&edit.steps[..], [Step::Rows { at: 1, old, new }] if (old.len(), new.len()) == (2, 3)));
    alignment.apply(&edit).unwrap();
    assert_eq!(sizes(&alignment), sizes(&found));
    let notes: Vec<&str> = alignment.rows().iter().map(|row| &*row.mark.note).collect();
    assert_eq!(notes, ["first", "second", "", "third", ""]);
    assert_eq!(alignment.replaced(&beads), Err(Refused::NoChange));
}

#[test]
fn only_rows_that_hold_no_order_change_places() {
    assert_eq!(after(&[(1, 0), (0, 1)], |a| a.swap(0)), Ok(vec![(0, 1), (1, 0)]));
    assert_eq!(after(&[(1, 1), (1, 1)], |a| a.swap(0)), Err(Refused::Crossing));
    assert_eq!(after(&[(1, 1)], |a| a.swap(0)), Err(Refused::NoRow));
}

#[test]
fn marks_follow_their_rows() {
    let mut alignment = rows(&[(1, 1), (1, 1)]);
    let mut history = History::default();
    let noted = alignment.mark(1..2, Action::Note, |mark| mark.note = "sic".into()).unwrap();
    history.do_edit(&mut alignment, noted).unwrap();
    let confirmed = alignment.mark(0..2, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    assert_eq!(confirmed.name(), "confirm rows 1–2");
    history.do_edit(&mut alignment, confirmed).unwrap();
    assert_eq!(alignment.mark(0..2, Action::Confirm, |mark| mark.confirmed = true), Err(Refused::NoChange));
    let merged = alignment.merge(0..2).unwrap();
    history.do_edit(&mut alignment, merged).unwrap();
    // A row made anew has not been confirmed; what was noted is still there.
    assert_eq!(alignment.rows()[0].mark, Mark { note: "sic".into(), ..Mark::default() });
    assert_eq!(history.to_undo().unwrap().name(), "merge rows 1–2");
    history.undo(&mut alignment).unwrap();
    assert!(alignment.rows().iter().all(|row| row.mark.confirmed));
}

#[test]
fn segments_are_cut_joined_and_reworded() {
    let mut alignment = rows(&[(2, 1), (2, 2)]);
    let mut history = History::default();
    let mut act = |make: &dyn Fn(&Alignment) -> Result<Edit, Refused>| {
        let edit = make(&alignment).unwrap();
        history.do_edit(&mut alignment, edit).unwrap();
        let source = alignment.document(Side::Source);
        let shown: Vec<String> = (0..source.segments.len()).map(|at| source.display(at).to_owned()).collect();
        let ids: Vec<u64> = source.segments.iter().map(|segment| segment.id).collect();
        (shown.join("|"), ids, sizes(&alignment), source.text.as_str().to_owned())
    };
    let (shown, ids, sizes, text) = act(&|a| a.rewrite(Side::Source, 0, " A title "));
    assert_eq!(shown, "A title|Sentence 1.|Sentence 2.|Sentence 3.");
    assert!(text.starts_with("## A title\n\nSentence 1. "), "{text}");
    assert_eq!((ids, sizes), (vec![0, 1, 2, 3], vec![(2, 1), (2, 2)]));
    // White space at the place of the cut goes with the first part.
    let place = text.find("Sentence 1.").unwrap() + "Sentence".len();
    let (shown, ids, sizes, after) = act(&|a| a.cut(Side::Source, 1, place));
    assert_eq!(shown, "A title|Sentence|1.|Sentence 2.|Sentence 3.");
    assert_eq!((ids, sizes, after), (vec![0, 1, 4, 2, 3], vec![(3, 1), (2, 2)], text.clone()));
    // A heading and the sentence after it, in one row; then over the end of the row.
    let (shown, ids, sizes, _) = act(&|a| a.join(Side::Source, 0));
    assert_eq!(shown, "A title\n\nSentence|1.|Sentence 2.|Sentence 3.");
    assert_eq!((ids, sizes), (vec![0, 4, 2, 3], vec![(2, 1), (2, 2)]));
    let (shown, ids, sizes, _) = act(&|a| a.join(Side::Source, 1));
    assert_eq!(shown, "A title\n\nSentence|1. Sentence 2.|Sentence 3.");
    assert_eq!((ids, sizes), (vec![0, 4, 3], vec![(3, 3)]));
    assert_eq!(alignment.rewrite(Side::Source, 0, "  "), Err(Refused::NoText));
    assert_eq!(alignment.cut(Side::Source, 1, 0), Err(Refused::NoText));
    assert_eq!(alignment.join(Side::Source, 2), Err(Refused::NoRow));
    assert_eq!(alignment.document(Side::Source).shown(0..1).text, "A title Sentence");
    let start = rows(&[(2, 1), (2, 2)]);
    while history.undo(&mut alignment).unwrap().is_some() {}
    assert_eq!((alignment.rows(), alignment.document(Side::Source)), (start.rows(), start.document(Side::Source)));
    // What was taken back keeps its name.
    assert_eq!(alignment.next, [5, 3]);
}

#[test]
fn what_reaches_over_a_segment_or_into_its_marks_is_not_replaced() {
    let mut alignment = rows(&[(2, 2)]);
    let text = alignment.document(Side::Source).text.as_str().to_owned();
    let place = |part: &str| text.find(part).map(|at| at..at + part.len()).unwrap();
    let all = |with: &str, parts: &[&str]| {
        let changes = parts.iter().map(|part| (place(part), with.to_owned())).collect();
        alignment.replace(&[(Side::Source, changes), (Side::Target, Vec::new())])
    };
    assert_eq!(all("x", &["## S", "0.\n\nSen"]), Err(Refused::NoChange));
    assert_eq!(all("", &["Sentence 0.", "Sentence 1."]), Err(Refused::NoChange));
    let edit = all("Satz", &["Sentence", "Sentence 1"]).unwrap();
    alignment.apply(&edit).unwrap();
    assert_eq!(alignment.document(Side::Source).text.as_str(), "## Satz 0.\n\nSatz. ");
}

#[test]
fn a_new_edit_forgets_what_was_undone() {
    let mut alignment = rows(&[(1, 1), (1, 1), (1, 1)]);
    let mut history = History::default();
    let edit = alignment.merge(0..2).unwrap();
    history.do_edit(&mut alignment, edit.clone()).unwrap();
    history.undo(&mut alignment).unwrap();
    assert_eq!(history.to_redo(), Some(&edit));
    let other = alignment.merge(1..3).unwrap();
    history.do_edit(&mut alignment, other).unwrap();
    assert_eq!(history.redo(&mut alignment), Ok(None));
    assert_eq!(alignment.apply(&edit), Err(Misfit));
}

/// One of all edits, at an arbitrary place.
fn any_edit(alignment: &Alignment, which: u8, row: usize, place: usize, side: Side) -> Result<Edit, Refused> {
    let row = row % alignment.rows().len();
    let bead = &alignment.rows()[row].bead;
    let within = |range: &Range<usize>| range.start + place % (range.len() + 1);
    let segment = within(side.of(bead));
    let document = alignment.document(side);
    match which % 15 {
        0 => alignment.merge(row..row + 2 + place % 2),
        1 => alignment.split(row, Place { source: within(&bead.source), target: within(&bead.target) }),
        2 => alignment.move_down(row, side),
        3 => alignment.move_up(row, side),
        4 => alignment.unlink(row),
        5 => alignment.link(bead.source.start, (bead.target.start + place).saturating_sub(2)),
        6 => alignment.swap(row),
        7 => alignment.mark(row..row + 1, Action::Confirm, |mark| mark.confirmed = !mark.confirmed),
        8 => alignment.mark(row..row + 1, Action::Note, |mark| mark.note = place.to_string().into()),
        9 => alignment.rewrite(side, segment, &format!("Other words, {place}.")),
        10 => alignment.cut(side, segment, document.display_span(segment).start + place),
        11 => alignment.join(side, segment),
        13 => alignment.carry(side, segment, (row + place).saturating_sub(2)),
        12 => {
            let first = document.display_span(0);
            let last = document.display_span(segment);
            alignment.replace(&[(side, vec![(first, "First".to_owned()), (last, place.to_string())])])
        }
        _ => alignment.rename([("a", Lang::parse("de").unwrap()), (&place.to_string(), Lang::parse("fr").unwrap())]),
    }
}

proptest! {
    #[test]
    fn edits_keep_the_tiling_and_are_undone_to_the_start(
        sizes in prop::collection::vec((0_usize..4, 0_usize..4), 1..12),
        walk in prop::collection::vec((any::<u8>(), 0_usize..40, 0_usize..6, any::<bool>(), any::<u8>()), 1..60),
    ) {
        let sizes: Vec<(usize, usize)> = sizes.into_iter().filter(|size| *size != (0, 0)).collect();
        prop_assume!(!sizes.is_empty());
        let start = rows(&sizes);
        let (mut alignment, mut history) = (start.clone(), History::default());
        for (which, row, place, side, undo) in walk {
            if undo < 40 {
                history.undo(&mut alignment).unwrap();
            } else if undo < 60 {
                history.redo(&mut alignment).unwrap();
            }
            let side = if side { Side::Source } else { Side::Target };
            if let Ok(edit) = any_edit(&alignment, which, row, place, side) {
                let before = alignment.clone();
                history.do_edit(&mut alignment, edit.clone()).unwrap();
                let mut back = alignment.clone();
                back.apply(&edit.clone().inverse()).unwrap();
                // A name for a segment is never given twice, so that is not taken back.
                back.next = before.next;
                prop_assert_eq!(&back, &before);
                prop_assert_ne!(&alignment, &before);
            }
            prop_assert!(alignment.is_tiled());
            for side in SIDES {
                let document = alignment.document(side);
                let names: BTreeSet<u64> = document.segments.iter().map(|segment| segment.id).collect();
                prop_assert_eq!(names.len(), document.segments.len());
                prop_assert!(names.last().is_none_or(|last| *last < alignment.next[side as usize]));
                for (at, segment) in document.segments.iter().enumerate() {
                    let block = &document.text.blocks()[segment.block];
                    prop_assert!(block.span.start <= segment.span.start && segment.span.end <= block.span.end);
                    prop_assert!(!document.display(at).is_empty());
                }
            }
        }
        let kept = History::from_edits(history.edits().to_vec(), history.done());
        prop_assert_eq!(&kept, &history);
        while history.undo(&mut alignment).unwrap().is_some() {}
        alignment.next = start.next;
        prop_assert_eq!(alignment, start);
    }
}
