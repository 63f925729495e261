//! What a project file holds, from its tables and its log.

use rusqlite::Connection;

use super::fault::Fault;
use super::line::each;
use super::records::from_json;
use super::{Contents, tables};
use crate::edit::{Alignment, Edit, History, SIDES, Step};

/// What the log holds that the other tables do not.
#[derive(Default)]
pub(super) struct Behind {
    pub(super) entries: usize,
    /// Whether a text or its name has changed.
    pub(super) texts: bool,
}

/// Numbers of the table of state.
struct State {
    snapshot: usize,
    undone: usize,
    row: usize,
}

/// The contents, and what the tables are behind.
pub(super) fn read(connection: &Connection) -> Result<(Contents, Behind), Fault> {
    let [source, target] = SIDES.map(|side| tables::read_document(connection, side));
    let rows = tables::read_beads(connection)?;
    let (terms, verdicts) = tables::read_terms(connection)?;
    let Some(alignment) = Alignment::from_rows(source?.into(), target?.into(), rows) else {
        return Fault::broken("table bead: rows are missing, or do not fit the segments");
    };
    let mut alignment = alignment.with_terms(terms, verdicts);
    let state = read_state(connection)?;
    let (edits, behind) = replay(connection, &mut alignment, state.snapshot)?;
    let done = edits.len();
    if state.undone > done {
        return Fault::broken("table state: more is undone than was done");
    }
    let mut history = History::from_edits(edits, done);
    for _ in 0..state.undone {
        if history.undo(&mut alignment).is_err() {
            return Fault::broken("table log: the history does not fit the rows");
        }
    }
    if alignment.rows().is_empty() || !alignment.is_tiled() {
        return Fault::broken("table log: the history does not fit the texts");
    }
    Ok((Contents { alignment, history, row: state.row }, behind))
}

/// Carries out what was done after the tables were written, and gives all that is in force or was undone last.
fn replay(connection: &Connection, alignment: &mut Alignment, snapshot: usize) -> Result<(Vec<Edit>, Behind), Fault> {
    let mut behind = Behind::default();
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    each(connection, "log", "SELECT action, first, last, steps, id FROM log ORDER BY id", [], |line| {
        line.numbered(4, 1)?;
        count += 1;
        let edit = if let Some(action) = line.optional_text(0)? {
            let (first, last) = (line.place(1)?, line.place(2)?);
            if first > last {
                return line.broken("it ends before it begins");
            }
            let edit = match from_json(&action, first..last, &line.text(3)?) {
                Ok(edit) => edit,
                Err(problem) => return line.broken(problem),
            };
            alignment.remember_names(&edit);
            edits.push(edit.clone());
            edit
        } else {
            let Some(edit) = edits.pop() else { return line.broken("the history takes back what was not done") };
            edit.inverse()
        };
        if count > snapshot {
            behind.entries += 1;
            behind.texts |= edit.steps.iter().any(|step| matches!(step, Step::Segments { .. } | Step::Name { .. }));
            if alignment.apply(&edit).is_err() {
                return line.broken("the history does not fit the rows");
            }
        }
        Ok(())
    })?;
    if count < snapshot {
        return Fault::broken("table log: rows are missing at its end");
    }
    Ok((edits, behind))
}

fn read_state(connection: &Connection) -> Result<State, Fault> {
    let number = |name: &str| {
        let mut found = None;
        each(connection, "state", "SELECT value FROM state WHERE name = ?1", [name], |line| {
            found = Some(line.place(0)?);
            Ok(())
        })?;
        found.map_or_else(|| Fault::broken(format!("table state: there is no {name}")), Ok)
    };
    Ok(State { snapshot: number("snapshot")?, undone: number("undone")?, row: number("row")? })
}
