//! Every edit keeps the tiling and is undone by its inverse; examples of each.

mod moved;
mod several;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::bitext::{Bead, Bitext, Document, SIDES, Side};
use crate::import::{Format, read_str};
use crate::lang::Language;
use crate::segment::segment;
use crate::termbase::TermBase;
use crate::work::{Aligned, Mark, Note, OpenAlignment};

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

/// A work by the sizes of its rows.
pub(super) fn rows(sizes: &[(usize, usize)]) -> Work {
    let mut at = (0, 0);
    let beads = sizes.iter().map(|&(source, target)| {
        let from = at;
        at = (at.0 + source, at.1 + target);
        bead(from.0..at.0, from.1..at.1)
    });
    let beads = beads.collect();
    let [source, target] = [document("de", at.0), document("en", at.1)].map(Arc::new);
    OpenAlignment::from(Bitext { source, target, beads }).work().clone()
}

fn noted(text: &str) -> Box<[Note]> {
    [Note::of_content(text)].into()
}

/// The only alignment there is.
fn only(work: &Work) -> Aligned<'_> {
    work.first().unwrap()
}

fn sizes(work: &Work) -> Vec<(usize, usize)> {
    only(work).rows().iter().map(|row| (row.bead.source.len(), row.bead.target.len())).collect()
}

/// The same with a third document, aligned with the source segment by segment.
fn three(sizes: &[(usize, usize)]) -> Work {
    let mut work = rows(sizes);
    let source = only(&work).document_id(Side::Source);
    let count = only(&work).document(Side::Source).segments.len();
    let third = document("fr", count);
    let id = DocumentId::of_content(&third, 2);
    work.add_document(id, third).unwrap();
    let row = |at: usize| Row { bead: bead(at..at + 1, at..at + 1), mark: Mark::default() };
    work.add_alignment([source, id], (0..count).map(row).collect()).unwrap();
    work
}

/// All but the numbers for new segments, which are never given twice, so that they are not taken back.
fn all_of(work: &Work) -> (Vec<&Document>, Vec<&[Row]>, &TermBase) {
    let documents = work.documents().map(|(_, document)| &**document).collect();
    (documents, work.alignments().map(Aligned::rows).collect(), work.terms())
}

/// What becomes of rows by an edit.
fn after(
    before: &[(usize, usize)],
    make: impl Fn(Aligned) -> Result<Edit, Refused>,
) -> Result<Vec<(usize, usize)>, Refused> {
    let mut work = rows(before);
    let edit = make(only(&work))?;
    work.apply(&edit).unwrap();
    Ok(sizes(&work))
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
    let mut work = rows(&[(1, 1), (1, 1), (1, 1)]);
    let mut mark = |row: usize, action: Action, set: fn(&mut Mark)| {
        let edit = only(&work).mark(row..row + 1, action, set).unwrap();
        work.apply(&edit).unwrap();
    };
    mark(0, Action::Confirm, |mark| mark.confirmed = true);
    mark(0, Action::Note, |mark| mark.notes = noted("one"));
    mark(1, Action::Flag, |mark| mark.flagged = true);
    mark(2, Action::Bookmark, |mark| mark.bookmarked = true);
    mark(2, Action::Note, |mark| mark.notes = noted("two"));
    let edit = only(&work).merge(0..3).unwrap();
    work.apply(&edit).unwrap();
    let wanted =
        Mark { confirmed: false, flagged: true, bookmarked: true, notes: ["one", "two"].map(Note::of_content).into() };
    assert_eq!(only(&work).rows()[0].mark, wanted);
}

#[test]
fn what_is_aligned_otherwise_is_confirmed_no_more() {
    let mut work = rows(&[(1, 1), (1, 1), (1, 1)]);
    let confirm = only(&work).mark(0..3, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    work.apply(&confirm).unwrap();
    let again = only(&work).replaced(&[bead(0..1, 0..1), bead(1..3, 1..3)]).unwrap();
    work.apply(&again).unwrap();
    let confirmed: Vec<bool> = only(&work).rows().iter().map(|row| row.mark.confirmed).collect();
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
    let mut work = rows(&[(1, 1), (2, 1), (1, 2), (1, 1)]);
    for (row, note) in [(0, "first"), (1, "second"), (2, "third")] {
        let edit = only(&work).mark(row..row + 1, Action::Note, |mark| mark.notes = noted(note)).unwrap();
        work.apply(&edit).unwrap();
    }
    let found = rows(&[(1, 1), (1, 1), (1, 1), (1, 1), (1, 1)]);
    let beads: Vec<Bead> = only(&found).rows().iter().map(|row| row.bead.clone()).collect();
    let edit = only(&work).replaced(&beads).unwrap();
    assert_eq!(edit.name(), "align again rows 2–3");
    assert!(matches!(&edit.steps[..], [Step::Rows { at: 1, old, new, .. }] if (old.len(), new.len()) == (2, 3)));
    work.apply(&edit).unwrap();
    assert_eq!(sizes(&work), sizes(&found));
    let notes: Vec<_> = only(&work).rows().iter().map(|row| row.mark.note()).collect();
    assert_eq!(notes, ["first", "second", "", "third", ""]);
    assert_eq!(only(&work).replaced(&beads), Err(Refused::NoChange));
}

#[test]
fn only_rows_that_hold_no_order_change_places() {
    assert_eq!(after(&[(1, 0), (0, 1)], |a| a.swap(0)), Ok(vec![(0, 1), (1, 0)]));
    assert_eq!(after(&[(1, 1), (1, 1)], |a| a.swap(0)), Err(Refused::Crossing));
    assert_eq!(after(&[(1, 1)], |a| a.swap(0)), Err(Refused::NoRow));
}

#[test]
fn marks_follow_their_rows() {
    let mut work = rows(&[(1, 1), (1, 1)]);
    let mut history = History::default();
    let note = only(&work).mark(1..2, Action::Note, |mark| mark.notes = noted("sic")).unwrap();
    history.do_edit(&mut work, note).unwrap();
    let confirmed = only(&work).mark(0..2, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    assert_eq!(confirmed.name(), "confirm rows 1–2");
    history.do_edit(&mut work, confirmed).unwrap();
    assert_eq!(only(&work).mark(0..2, Action::Confirm, |mark| mark.confirmed = true), Err(Refused::NoChange));
    let merged = only(&work).merge(0..2).unwrap();
    history.do_edit(&mut work, merged).unwrap();
    // A row made anew has not been confirmed; what was noted is still there.
    assert_eq!(only(&work).rows()[0].mark, Mark { notes: noted("sic"), ..Mark::default() });
    assert_eq!(history.to_undo().unwrap().name(), "merge rows 1–2");
    history.undo(&mut work).unwrap();
    assert!(only(&work).rows().iter().all(|row| row.mark.confirmed));
}

#[test]
fn segments_are_cut_joined_and_reworded() {
    let mut work = rows(&[(2, 1), (2, 2)]);
    let mut history = History::default();
    let mut act = |make: &dyn Fn(Aligned) -> Result<Edit, Refused>| {
        let edit = make(only(&work)).unwrap();
        history.do_edit(&mut work, edit).unwrap();
        let source = only(&work).document(Side::Source);
        let shown: Vec<String> = (0..source.segments.len()).map(|at| source.display(at).to_owned()).collect();
        let ids: Vec<u64> = source.segments.iter().map(|segment| segment.id).collect();
        (shown.join("|"), ids, sizes(&work), source.text.as_str().to_owned())
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
    assert_eq!(only(&work).rewrite(Side::Source, 0, "  "), Err(Refused::NoText));
    assert_eq!(only(&work).cut(Side::Source, 1, 0), Err(Refused::NoText));
    assert_eq!(only(&work).join(Side::Source, 2), Err(Refused::NoRow));
    assert_eq!(only(&work).document(Side::Source).shown(0..1).text, "A title Sentence");
    let start = rows(&[(2, 1), (2, 2)]);
    while history.undo(&mut work).unwrap().is_some() {}
    assert_eq!(
        (only(&work).rows(), only(&work).document(Side::Source)),
        (only(&start).rows(), only(&start).document(Side::Source))
    );
    // What was taken back keeps its name.
    assert_eq!(SIDES.map(|side| work.next_segment(only(&work).document_id(side))), [5, 3]);
}

#[test]
fn what_reaches_over_a_segment_or_into_its_marks_is_not_replaced() {
    let mut work = rows(&[(2, 2)]);
    let text = only(&work).document(Side::Source).text.as_str().to_owned();
    let place = |part: &str| text.find(part).map(|at| at..at + part.len()).unwrap();
    let all = |with: &str, parts: &[&str]| {
        let changes = parts.iter().map(|part| (place(part), with.to_owned())).collect();
        only(&work).replace(&[(Side::Source, changes), (Side::Target, Vec::new())])
    };
    assert_eq!(all("x", &["## S", "0.\n\nSen"]), Err(Refused::NoChange));
    assert_eq!(all("", &["Sentence 0.", "Sentence 1."]), Err(Refused::NoChange));
    let edit = all("Satz", &["Sentence", "Sentence 1"]).unwrap();
    work.apply(&edit).unwrap();
    assert_eq!(only(&work).document(Side::Source).text.as_str(), "## Satz 0.\n\nSatz. ");
}

#[test]
fn a_new_edit_forgets_what_was_undone() {
    let mut work = rows(&[(1, 1), (1, 1), (1, 1)]);
    let mut history = History::default();
    let edit = only(&work).merge(0..2).unwrap();
    history.do_edit(&mut work, edit.clone()).unwrap();
    history.undo(&mut work).unwrap();
    assert_eq!(history.to_redo(), Some(&edit));
    let other = only(&work).merge(1..3).unwrap();
    history.do_edit(&mut work, other).unwrap();
    assert_eq!(history.redo(&mut work), Ok(None));
    assert_eq!(work.apply(&edit), Err(Misfit));
}

/// One of all edits, at an arbitrary place.
fn any_edit(aligned: Aligned, which: u8, row: usize, place: usize, side: Side) -> Result<Edit, Refused> {
    let row = row % aligned.rows().len();
    let bead = &aligned.rows()[row].bead;
    let within = |range: &Range<usize>| range.start + place % (range.len() + 1);
    let segment = within(side.of(bead));
    let document = aligned.document(side);
    match which % 15 {
        0 => aligned.merge(row..row + 2 + place % 2),
        1 => aligned.split(row, Place { source: within(&bead.source), target: within(&bead.target) }),
        2 => aligned.move_down(row, side),
        3 => aligned.move_up(row, side),
        4 => aligned.unlink(row),
        5 => aligned.link(bead.source.start, (bead.target.start + place).saturating_sub(2)),
        6 => aligned.swap(row),
        7 => aligned.mark(row..row + 1, Action::Confirm, |mark| mark.confirmed = !mark.confirmed),
        8 => aligned.mark(row..row + 1, Action::Note, |mark| mark.notes = noted(&place.to_string())),
        9 => aligned.rewrite(side, segment, &format!("Other words, {place}.")),
        10 => aligned.cut(side, segment, document.display_span(segment).start + place),
        11 => aligned.join(side, segment),
        13 => aligned.carry(side, segment, (row + place).saturating_sub(2)),
        12 => {
            let first = document.display_span(0);
            let last = document.display_span(segment);
            aligned.replace(&[(side, vec![(first, "First".to_owned()), (last, place.to_string())])])
        }
        _ => aligned.rename([("a", Lang::parse("de").unwrap()), (&place.to_string(), Lang::parse("fr").unwrap())]),
    }
}

/// What an edit says it touched leads from the work before to the one after.
fn follow(before: &Work, after: &Work, touched: &Touched) {
    for (old, new) in before.alignments().zip(after.alignments()) {
        let mut rows = old.rows().to_vec();
        for exchanged in touched.rows.iter().filter(|exchanged| exchanged.alignment == old.id()) {
            let range = exchanged.at..exchanged.at + exchanged.old.len();
            assert_eq!(rows.splice(range, exchanged.new.clone()).collect::<Vec<_>>(), exchanged.old);
        }
        if touched.texts.is_empty() {
            assert_eq!(rows, new.rows());
        } else {
            assert_eq!(rows.len(), new.rows().len());
        }
    }
    for Reworded { document, segments, moves } in &touched.texts {
        let (old, new) = (before.document(*document).unwrap(), after.document(*document).unwrap());
        assert!(segments.is_sorted() && segments.iter().all(|at| *at < new.segments.len()));
        let (mut stayed, ids) = (0, new.segments.iter().map(|segment| segment.id).collect::<Vec<_>>());
        for at in 0..old.segments.len() {
            if let Some(place) = moves.place(&old.display_span(at)) {
                assert_eq!(&new.text.as_str()[place], old.display(at));
                stayed += 1;
            }
        }
        let gone = old.segments.iter().filter(|segment| !ids.contains(&segment.id)).count();
        assert!(stayed + gone + segments.len() >= old.segments.len());
    }
    let others: Vec<_> = before.documents().zip(after.documents()).collect();
    for ((id, old), (_, new)) in others {
        let told = touched.names || touched.texts.iter().any(|text| text.document == id);
        assert!(told || old == new);
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
        let start = three(&sizes);
        let (mut work, mut history) = (start.clone(), History::default());
        for (which, row, place, side, undo) in walk {
            if undo < 40 {
                history.undo(&mut work).unwrap();
            } else if undo < 60 {
                history.redo(&mut work).unwrap();
            }
            let side = if side { Side::Source } else { Side::Target };
            let of = work.alignments().nth(usize::from(undo) % 2).filter(|aligned| !aligned.rows().is_empty());
            if let Ok(edit) = any_edit(of.unwrap_or(only(&work)), which, row, place, side) {
                let before = work.clone();
                let touched = history.do_edit(&mut work, edit.clone()).unwrap();
                follow(&before, &work, &touched);
                let mut back = work.clone();
                back.apply(&edit.clone().inverse()).unwrap();
                prop_assert_eq!(all_of(&back), all_of(&before));
                prop_assert_ne!(all_of(&work), all_of(&before));
            }
            prop_assert!(work.is_tiled());
            for (id, document) in work.documents() {
                let names: BTreeSet<u64> = document.segments.iter().map(|segment| segment.id).collect();
                prop_assert_eq!(names.len(), document.segments.len());
                prop_assert!(names.last().is_none_or(|last| *last < work.next_segment(id)));
                for (at, segment) in document.segments.iter().enumerate() {
                    let block = &document.text.blocks()[segment.block];
                    prop_assert!(block.span.start <= segment.span.start && segment.span.end <= block.span.end);
                    prop_assert!(!document.display(at).is_empty());
                }
            }
        }
        let kept = History::from_edits(history.edits().to_vec(), history.done());
        prop_assert_eq!(&kept, &history);
        while history.undo(&mut work).unwrap().is_some() {}
        prop_assert_eq!(all_of(&work), all_of(&start));
    }
}
