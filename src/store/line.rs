//! Rows of tables as they are read: every value is looked at, and what is wrong with one is said with its place.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Row};

use super::fault::Fault;
use super::records::{FURTHEST, check_score, check_text};
use crate::notice::{Notice, notice};

/// A row of a table.
pub(super) struct Line<'a> {
    table: &'static str,
    /// From 0.
    pub(super) number: usize,
    row: &'a Row<'a>,
}

/// Takes what a query finds in a table row by row.
pub(super) fn each(
    connection: &Connection,
    table: &'static str,
    sql: &str,
    parameters: impl Params,
    mut take: impl FnMut(&Line) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query(parameters)?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        take(&Line { table, number, row })?;
        number += 1;
    }
    Ok(())
}

impl Line<'_> {
    /// What is wrong with the row as a whole.
    pub(super) fn broken<T>(&self, what: &'static str) -> Result<T, Fault> {
        Fault::in_row(self.table, self.number, what)
    }

    fn wrong<T>(&self, column: usize, what: &'static str) -> Result<T, Fault> {
        let name = self.row.as_ref().column_name(column).unwrap_or("?").to_owned();
        Fault::broken(notice!(
            "table {0}, row {1}, column {2}: {3}",
            self.table,
            self.number + 1,
            name,
            Notice::said(what)
        ))
    }

    pub(super) fn text(&self, column: usize) -> Result<&str, Fault> {
        match self.optional_text(column)? {
            Some(text) => Ok(text),
            None => self.wrong(column, "there is nothing"),
        }
    }

    pub(super) fn optional_text(&self, column: usize) -> Result<Option<&str>, Fault> {
        match self.row.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Err(_) => self.wrong(column, "the text is not UTF-8"),
                Ok(text) => match check_text(text) {
                    Err(problem) => self.wrong(column, problem),
                    Ok(()) => Ok(Some(text)),
                },
            },
            _ => self.wrong(column, "this is no text"),
        }
    }

    pub(super) fn optional_integer(&self, column: usize) -> Result<Option<i64>, Fault> {
        match self.row.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(value) => Ok(Some(value)),
            _ => self.wrong(column, "this is no whole number"),
        }
    }

    fn integer(&self, column: usize) -> Result<i64, Fault> {
        match self.optional_integer(column)? {
            Some(value) => Ok(value),
            None => self.wrong(column, "this is no whole number"),
        }
    }

    /// A place in a text or a list.
    pub(super) fn place(&self, column: usize) -> Result<usize, Fault> {
        match usize::try_from(self.integer(column)?) {
            Ok(place) if place <= FURTHEST => Ok(place),
            _ => self.wrong(column, "the number is out of range"),
        }
    }

    pub(super) fn flag(&self, column: usize) -> Result<bool, Fault> {
        match self.integer(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => self.wrong(column, "this is neither 0 nor 1"),
        }
    }

    pub(super) fn score(&self, column: usize) -> Result<f32, Fault> {
        let ValueRef::Real(score) = self.row.get_ref(column)? else {
            return self.wrong(column, "this is no number");
        };
        match check_score(score) {
            Ok(score) => Ok(score),
            Err(problem) => self.wrong(column, problem),
        }
    }

    /// Rows are numbered without a gap.
    pub(super) fn numbered(&self, column: usize, first: usize) -> Result<(), Fault> {
        if self.place(column)? == self.number + first {
            return Ok(());
        }
        self.wrong(column, "a row before this one is missing")
    }
}
