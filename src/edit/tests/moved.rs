//! Rows that are split, moved, marked and aligned again: which rows an edit is of, and what stays of marks.

use super::*;

#[test]
fn what_moves_is_called_by_its_side() {
    let work = rows(&[(2, 2), (1, 1)]);
    let down = |side| only(&work).move_down(0, side).unwrap().action;
    assert_eq!([down(Side::Source), down(Side::Target)], [Action::SourceDown, Action::TargetDown]);
    let up = |side| only(&work).move_up(1, side).unwrap().action;
    assert_eq!([up(Side::Source), up(Side::Target)], [Action::SourceUp, Action::TargetUp]);
}

#[test]
fn of_marked_rows_only_those_that_change_are_kept() {
    let mut work = rows(&[(1, 1); 5]);
    let confirm = |aligned: Aligned, range| aligned.mark(range, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    let first = confirm(only(&work), 1..3);
    work.apply(&first).unwrap();
    assert_eq!(confirm(only(&work), 1..4).rows, 3..4);
    assert_eq!(confirm(only(&work), 0..3).rows, 0..1);
}

#[test]
fn a_row_is_split_before_the_chosen_segment_or_evenly() {
    let work = rows(&[(1, 1), (3, 3)]);
    let split = |chosen| {
        let mut work = work.clone();
        let edit = only(&work).split_evenly(1, chosen)?;
        work.apply(&edit).unwrap();
        Ok::<_, Refused>(sizes(&work))
    };
    assert_eq!(split(Some((Side::Source, 3))), Ok(vec![(1, 1), (2, 2), (1, 1)]));
    assert_eq!(split(Some((Side::Target, 2))), Ok(vec![(1, 1), (1, 1), (2, 2)]));
    assert_eq!(split(Some((Side::Source, 1))), Err(Refused::EmptyPart));
}

#[test]
fn marks_align_nothing_anew_and_moved_segments_do() {
    let mut work = rows(&[(2, 2), (1, 1), (1, 1)]);
    let mut touch =
        |edit: Edit| work.apply(&edit).unwrap().rows.iter().map(Exchanged::is_aligned_anew).collect::<Vec<_>>();
    let of = rows(&[(2, 2), (1, 1), (1, 1)]);
    assert_eq!(touch(only(&of).mark(0..1, Action::Flag, |mark| mark.flagged = true).unwrap()), [false]);
    let marked = only(&of).merge(1..3).unwrap();
    assert_eq!(touch(marked), [true]);
    // As many rows as before, with other segments.
    let of = rows(&[(2, 2), (2, 2)]);
    let mut work = of.clone();
    let moved = work.apply(&only(&of).move_down(0, Side::Source).unwrap()).unwrap();
    assert_eq!((moved.rows[0].old.len(), moved.rows[0].new.len()), (2, 2));
    assert!(moved.rows[0].is_aligned_anew());
}

#[test]
fn a_row_between_others_that_are_aligned_otherwise_keeps_its_marks() {
    let mut work = rows(&[(1, 1); 5]);
    let confirm = only(&work).mark(2..3, Action::Confirm, |mark| mark.confirmed = true).unwrap();
    work.apply(&confirm).unwrap();
    let edit = only(&work).replaced(&[bead(0..2, 0..2), bead(2..3, 2..3), bead(3..5, 3..5)]).unwrap();
    work.apply(&edit).unwrap();
    assert_eq!(sizes(&work), [(2, 2), (1, 1), (2, 2)]);
    let confirmed: Vec<bool> = only(&work).rows().iter().map(|row| row.mark.confirmed).collect();
    assert_eq!(confirmed, [false, true, false]);
}

#[test]
fn a_row_is_split_within_itself_on_both_sides() {
    let split = |source, target| after(&[(1, 1), (2, 2)], |aligned| aligned.split(1, Place { source, target }));
    assert_eq!(split(2, 2), Ok(vec![(1, 1), (1, 1), (1, 1)]));
    for (source, target) in [(4, 2), (0, 2), (2, 4), (2, 0)] {
        assert_eq!(split(source, target), Err(Refused::NoRow), "{source} {target}");
    }
}
