//! What was done, in order, and how far it has been taken back.

use super::{Edit, Misfit, Touched};
use crate::work::Work;

/// The edits of a work from its beginning. Undoing moves back along them; a new edit forgets what was undone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    edits: Vec<Edit>,
    /// How many of them are in force.
    done: usize,
}

impl History {
    /// Edits as they were kept, the first `done` of them in force.
    pub fn from_edits(edits: Vec<Edit>, done: usize) -> Self {
        let done = done.min(edits.len());
        Self { edits, done }
    }

    /// All edits, those undone among them.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// How many edits are in force.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Applies an edit and remembers it; gives what it touched.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn do_edit(&mut self, work: &mut Work, edit: Edit) -> Result<Touched, Misfit> {
        let touched = work.apply(&edit)?;
        self.edits.truncate(self.done);
        self.edits.push(edit);
        self.done += 1;
        Ok(touched)
    }

    /// The edit that would be taken back next.
    pub fn to_undo(&self) -> Option<&Edit> {
        self.done.checked_sub(1).and_then(|at| self.edits.get(at))
    }

    /// The edit that would be done again next.
    pub fn to_redo(&self) -> Option<&Edit> {
        self.edits.get(self.done)
    }

    /// Takes the last edit back and gives it, with what that touched; nothing where there is none.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn undo(&mut self, work: &mut Work) -> Result<Option<(Edit, Touched)>, Misfit> {
        let Some(edit) = self.to_undo().cloned() else { return Ok(None) };
        let touched = work.apply(&edit.clone().inverse())?;
        self.done -= 1;
        Ok(Some((edit, touched)))
    }

    /// Does again what was last undone and gives it, with what that touched; nothing where there is none.
    ///
    /// # Errors
    /// [`Misfit`], and nothing is changed.
    pub fn redo(&mut self, work: &mut Work) -> Result<Option<(Edit, Touched)>, Misfit> {
        let Some(edit) = self.to_redo().cloned() else { return Ok(None) };
        let touched = work.apply(&edit)?;
        self.done += 1;
        Ok(Some((edit, touched)))
    }
}
