//! Trees over the figures of both stages: what the weights, which can only add up, do not see, such as that a doubtful
//! pair is worth less where another one is likelier.
//!
//! Gradient boosting with second-order steps (Friedman 2001; Chen and Guestrin 2016) on top of what the weights say.

use std::collections::HashMap;
#[cfg(any(feature = "fit", test))]
use std::fmt::Write as _;

use super::feature::Row;

/// A tree asks so many questions one after the other.
pub(super) const DEPTH: usize = 3;
/// The places of a tree in the order of a heap: below place `n` lie `2 n + 1` and `2 n + 2`.
pub(super) const PLACES: usize = (1 << (DEPTH + 1)) - 1;

/// A question: whether a figure is above a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Question<F> {
    pub(super) figure: F,
    pub(super) above: f32,
}

/// What stands at a place of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place<F> {
    /// Where the answer is yes it goes on at the second of the places below, else at the first.
    Asks(Question<F>),
    /// What the tree adds to the logit.
    Adds(f32),
}

/// A tree; `None` where no way leads.
pub(super) type Tree<F> = [Option<Place<F>>; PLACES];

/// What a tree adds; `figure` gives the value of a figure.
pub(super) fn added<F: Copy>(tree: &Tree<F>, figure: impl Fn(F) -> f32) -> f32 {
    let mut place = 0;
    loop {
        match tree.get(place) {
            Some(Some(Place::Asks(asked))) => place = 2 * place + 1 + usize::from(figure(asked.figure) > asked.above),
            Some(Some(Place::Adds(value))) => return *value,
            _ => return 0.0,
        }
    }
}

/// Trees by the names of the figures, each with its stage (0 or 1): both have `one`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Trees(pub(super) Vec<Tree<(usize, String)>>);

impl Trees {
    /// Lines of tree, place, and either a value or stage, figure and bound; other lines say nothing.
    pub(super) fn read(table: &str) -> Self {
        let mut out = Self::default();
        for line in table.lines() {
            let _ = out.read_line(line);
        }
        out
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let mut cells = line.split('\t');
        let tree: usize = cells.next()?.parse().ok()?;
        let place: usize = cells.next()?.parse().ok()?;
        let value: f32 = cells.next()?.parse().ok()?;
        let stands = match cells.next() {
            Some(stage) => {
                let figure = (stage.parse::<usize>().ok()?.checked_sub(1)?, cells.next()?.to_owned());
                Place::Asks(Question { figure, above: value })
            }
            None => Place::Adds(value),
        };
        if tree == self.0.len() {
            self.0.push([const { None }; PLACES]);
        }
        *self.0.get_mut(tree)?.get_mut(place)? = Some(stands);
        Some(())
    }

    #[cfg(any(feature = "fit", test))]
    /// The table that [`Self::read`] reads.
    pub(super) fn table(&self) -> String {
        let mut out = String::from("tree\tplace\tadds or above\tstage\tfigure\n");
        for (number, tree) in self.0.iter().enumerate() {
            for (place, stands) in tree.iter().enumerate() {
                let _ = match stands {
                    Some(Place::Asks(Question { figure: (stage, name), above })) => {
                        writeln!(out, "{number}\t{place}\t{above}\t{}\t{name}", stage + 1)
                    }
                    Some(Place::Adds(value)) => writeln!(out, "{number}\t{place}\t{value}"),
                    None => Ok(()),
                };
            }
        }
        out
    }

    /// The trees with figures by their numbers, those of the second stage after those of the first: every row of a
    /// stage has the same figures.
    pub(super) fn for_rows(&self, first: &Row, second: &Row) -> Vec<Tree<usize>> {
        let names = first.0.iter().map(|(name, _)| (0, *name)).chain(second.0.iter().map(|(name, _)| (1, *name)));
        let numbers: HashMap<(usize, &str), usize> = names.zip(0..).collect();
        let resolve = |tree: &Tree<(usize, String)>| {
            tree.each_ref().map(|stands| match stands.as_ref()? {
                Place::Asks(Question { figure: (stage, name), above }) => {
                    numbers.get(&(*stage, name.as_str())).map(|&figure| Place::Asks(Question { figure, above: *above }))
                }
                Place::Adds(value) => Some(Place::Adds(*value)),
            })
        };
        self.0.iter().map(resolve).collect()
    }
}

/// What all trees add to the logit of a pair, from the figures of both its stages.
pub(super) fn all_added(trees: &[Tree<usize>], first: &Row, second: &Row) -> f32 {
    let figure = |at: usize| {
        let value = first.0.get(at).or_else(|| second.0.get(at - first.0.len()));
        value.map_or(0.0, |(_, value)| *value)
    };
    trees.iter().map(|tree| added(tree, figure)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(figures: &[(&'static str, f32)]) -> Row {
        Row(figures.to_vec())
    }

    #[test]
    fn trees_are_read_as_they_were_written_and_ask_figures_of_both_stages() {
        let table = "tree\tplace\tadds or above\tstage\tfigure\n\
            0\t0\t0.5\t1\tfit\n0\t1\t-1.25\n0\t2\t2\t2\tfit\n0\t5\t0.25\n0\t6\t4\n";
        let trees = Trees::read(table);
        assert_eq!(trees.table(), table);
        let sum = |first: f32, second: f32| {
            let (first, second) = (row(&[("one", 1.0), ("fit", first)]), row(&[("one", 1.0), ("fit", second)]));
            all_added(&trees.for_rows(&first, &second), &first, &second)
        };
        assert_eq!((sum(0.5, 3.0), sum(0.6, 2.0), sum(0.6, 2.5)), (-1.25, 0.25, 4.0));
    }

    #[test]
    fn broken_tables_add_nothing() {
        for table in ["", "0", "0\t99\t1", "5\t0\t1", "0\t0\tx", "0\t0\t1\t0\tfit\n", "0\t0\t1\t1\n"] {
            let trees = Trees::read(table);
            let sum = all_added(&trees.for_rows(&Row::default(), &Row::default()), &Row::default(), &Row::default());
            assert!(sum.abs() < f32::EPSILON, "{table:?}");
        }
    }
}
