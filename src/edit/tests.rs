//! Every edit keeps the tiling and is undone by its inverse; examples of each.

use proptest::prelude::*;

use super::*;

fn bead(source: Range<usize>, target: Range<usize>) -> Bead {
    Bead { source, target, score: 0.5 }
}

/// An alignment by the sizes of its rows.
fn rows(sizes: &[(usize, usize)]) -> Alignment {
    let mut at = (0, 0);
    let beads = sizes.iter().map(|&(source, target)| {
        let from = at;
        at = (at.0 + source, at.1 + target);
        bead(from.0..at.0, from.1..at.1)
    });
    Alignment::new(beads.collect())
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
        let edit = alignment.mark(row..row + 1, "note", |mark| mark.note = note.to_owned()).unwrap();
        alignment.apply(&edit).unwrap();
    }
    let found = rows(&[(1, 1), (1, 1), (1, 1), (1, 1), (1, 1)]);
    let beads: Vec<Bead> = found.rows().iter().map(|row| row.bead.clone()).collect();
    let edit = alignment.replaced(&beads, "align again").unwrap();
    assert_eq!((edit.name.as_str(), edit.at, edit.old.len(), edit.new.len()), ("align again rows 2–3", 1, 2, 3));
    alignment.apply(&edit).unwrap();
    assert_eq!(sizes(&alignment), sizes(&found));
    let notes: Vec<&str> = alignment.rows().iter().map(|row| row.mark.note.as_str()).collect();
    assert_eq!(notes, ["first", "second", "", "third", ""]);
    assert_eq!(alignment.replaced(&beads, "align again"), Err(Refused::NoChange));
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
    let noted = alignment.mark(1..2, "note", |mark| mark.note = "sic".to_owned()).unwrap();
    history.do_edit(&mut alignment, noted).unwrap();
    let confirmed = alignment.mark(0..2, "confirm", |mark| mark.confirmed = true).unwrap();
    assert_eq!(confirmed.name, "confirm rows 1–2");
    history.do_edit(&mut alignment, confirmed).unwrap();
    assert_eq!(alignment.mark(0..2, "confirm", |mark| mark.confirmed = true), Err(Refused::NoChange));
    let merged = alignment.merge(0..2).unwrap();
    history.do_edit(&mut alignment, merged).unwrap();
    // A row made anew has not been confirmed; what was noted is still there.
    assert_eq!(alignment.rows()[0].mark, Mark { confirmed: false, flagged: false, note: "sic".to_owned() });
    assert_eq!(history.to_undo().unwrap().name, "merge rows 1–2");
    history.undo(&mut alignment).unwrap();
    assert!(alignment.rows().iter().all(|row| row.mark.confirmed));
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
    assert_eq!(alignment.apply(&edit), Err(Misfit(0)));
}

/// One of all edits, at an arbitrary place.
fn any_edit(alignment: &Alignment, which: u8, row: usize, place: usize, side: Side) -> Result<Edit, Refused> {
    let row = row % alignment.rows().len();
    let bead = &alignment.rows()[row].bead;
    let within = |range: &Range<usize>| range.start + place % (range.len() + 1);
    match which % 9 {
        0 => alignment.merge(row..row + 2 + place % 2),
        1 => alignment.split(row, Place { source: within(&bead.source), target: within(&bead.target) }),
        2 => alignment.move_down(row, side),
        3 => alignment.move_up(row, side),
        4 => alignment.unlink(row),
        5 => alignment.link(bead.source.start, (bead.target.start + place).saturating_sub(2)),
        6 => alignment.swap(row),
        7 => alignment.mark(row..row + 1, "confirm", |mark| mark.confirmed = !mark.confirmed),
        _ => alignment.mark(row..row + 1, "note", |mark| mark.note = place.to_string()),
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
        let (source, target) = sizes.iter().fold((0, 0), |sum, size| (sum.0 + size.0, sum.1 + size.1));
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
                prop_assert_eq!(&back, &before);
                prop_assert_ne!(&alignment, &before);
            }
            let beads: Vec<Bead> = alignment.rows().iter().map(|row| row.bead.clone()).collect();
            prop_assert!(is_tiling(&beads, source, target));
        }
        let kept = History::from_edits(history.edits().to_vec(), history.done());
        prop_assert_eq!(&kept, &history);
        while history.undo(&mut alignment).unwrap().is_some() {}
        prop_assert_eq!(alignment, start);
    }
}
