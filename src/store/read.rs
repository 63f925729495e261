//! What a project file holds, from its tables and its log.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::fault::Fault;
use super::line::{Line, each};
use super::records::{id_of, steps_of_json};
use super::{Contents, tables};
use crate::edit::{Action, Edit, History, Step};
use crate::notice::notice;
use crate::origin::{Origin, Timestamp};
use crate::work::{AlignmentId, OpenAlignment, Work};

/// What the log holds that the other tables do not.
#[derive(Default)]
pub(super) struct Behind {
    pub(super) entries: usize,
    /// The documents whose text or name has changed, by their numbers from 0.
    pub(super) documents: BTreeSet<usize>,
}

/// Numbers of the table of state.
struct State {
    snapshot: usize,
    undone: usize,
    alignment: usize,
    row: usize,
}

/// The contents, and what the tables are behind.
pub(super) fn read(connection: &Connection) -> Result<(Contents, Behind), Fault> {
    let mut work = Work::default();
    let documents = tables::read_documents(connection, &mut work)?;
    let alignments = tables::read_alignments(connection, &mut work, &documents)?;
    tables::check_owners(connection, documents.len(), alignments.len())?;
    let (terms, verdicts) = tables::read_terms(connection)?;
    let mut work = work.with_terms(terms, verdicts);
    let state = read_state(connection)?;
    let (edits, behind) = replay(connection, &mut work, state.snapshot)?;
    let done = edits.len();
    if state.undone > done {
        return Fault::in_table("state", "more is undone than was done");
    }
    let mut history = History::from_edits(edits, done);
    for _ in 0..state.undone {
        if history.undo(&mut work).is_err() {
            return Fault::in_table("log", "the history does not fit the rows");
        }
    }
    if work.alignments().any(|aligned| aligned.rows().is_empty()) || !work.is_tiled() {
        return Fault::in_table("log", "the history does not fit the texts");
    }
    let seen = state.alignment.checked_sub(1).and_then(|at| alignments.get(at));
    let Some(open) = seen.and_then(|&id| OpenAlignment::new(work, id)) else {
        return Fault::in_table("state", "there is no such alignment");
    };
    Ok((Contents { open, history, row: state.row }, behind))
}

/// Carries out what was done after the tables were written, and gives all that is in force or was undone last.
fn replay(connection: &Connection, work: &mut Work, snapshot: usize) -> Result<(Vec<Edit>, Behind), Fault> {
    let mut behind = Behind::default();
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    let select = "SELECT action, alignment, first, last, steps, author, at, id FROM log ORDER BY id";
    each(connection, "log", select, [], |line| {
        line.numbered(7, 1)?;
        count += 1;
        let edit = if let Some(edit) = read_edit(line)? {
            if edit.alignment.is_some_and(|id| work.aligned(id).is_none()) {
                return line.broken("there is no such alignment");
            }
            work.remember_segments(&edit);
            edits.push(edit.clone());
            edit
        } else {
            let Some(edit) = edits.pop() else { return line.broken("the history takes back what was not done") };
            edit.inverse()
        };
        if count > snapshot {
            behind.entries += 1;
            let changed = edit.steps.iter().filter_map(|step| match step {
                Step::Segments { document, .. } | Step::Name { document, .. } => Some(document),
                _ => None,
            });
            behind.documents.extend(changed.filter_map(|id| work.number_of(*id)));
            if work.apply(&edit).is_err() {
                return line.broken("the history does not fit the rows");
            }
        }
        Ok(())
    })?;
    if count < snapshot {
        return Fault::in_table("log", "rows are missing at its end");
    }
    Ok((edits, behind))
}

/// An entry of the log; nothing where it takes back what was done before it.
fn read_edit(line: &Line) -> Result<Option<Edit>, Fault> {
    let origin = read_origin(line)?;
    let Some(action) = line.optional_text(0)? else { return Ok(None) };
    let Some(action) = Action::of_code(action) else { return line.broken("the action is none that is known") };
    let alignment = match line.optional_text(1)?.map(id_of) {
        None => None,
        Some(Ok(id)) => Some(AlignmentId(id)),
        Some(Err(problem)) => return line.broken(problem),
    };
    if alignment.is_some() == action.is_of_terms() {
        return line.broken("an edit of rows names no alignment, or an edit of terms names one");
    }
    let rows = line.place(2)?..line.place(3)?;
    if rows.start > rows.end {
        return line.broken("it ends before it begins");
    }
    match steps_of_json(line.text(4)?) {
        Ok(steps) => Ok(Some(Edit { action, alignment, rows, steps, origin })),
        Err(problem) => line.broken(problem),
    }
}

fn read_origin(line: &Line) -> Result<Option<Origin>, Fault> {
    match (line.optional_text(5)?, line.optional_integer(6)?) {
        (Some(author), Some(at)) => match Timestamp::from_millisecond(at) {
            Ok(at) => Ok(Some(Origin { author: author.into(), at })),
            Err(_) => line.broken("the time is none of the calendar"),
        },
        (None, None) => Ok(None),
        _ => line.broken("an author without a time, or a time without an author"),
    }
}

fn read_state(connection: &Connection) -> Result<State, Fault> {
    let number = |name: &str| {
        let mut found = None;
        each(connection, "state", "SELECT value FROM state WHERE name = ?1", [name], |line| {
            found = Some(line.place(0)?);
            Ok(())
        })?;
        found.map_or_else(|| Fault::in_table("state", notice!("there is no {0}", name)), Ok)
    };
    let (snapshot, undone) = (number("snapshot")?, number("undone")?);
    Ok(State { snapshot, undone, alignment: number("alignment")?, row: number("row")? })
}
