//! Numbers and names that differ, row by row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Finding, Kind, Rows, Variant};
use crate::bitext::Side;
use crate::doubt::{self, Figure, Reason, Usual, Value};
use crate::lang::Lang;
use crate::text::Span;
use crate::token::fold;

/// The numbers of a row that the other side lacks.
struct Numbers {
    row: usize,
    source: Vec<Figure>,
    target: Vec<Figure>,
}

/// Findings about numbers by row, and about names by name.
pub(super) fn differing(rows: &(impl Rows + ?Sized), [source, target]: [&Lang; 2]) -> Vec<Finding> {
    let usual = Usual::of([]);
    let mut numbers: Vec<Numbers> = Vec::new();
    let mut names: BTreeMap<(Side, String), (String, Vec<usize>)> = BTreeMap::new();
    let mut note = |side: Side, text: &str, spans: &[Span], row: usize| {
        for name in spans.iter().filter_map(|span| text.get(span.clone())) {
            let known = names.entry((side, fold(name))).or_insert_with(|| (name.to_owned(), Vec::new()));
            if known.1.last() != Some(&row) {
                known.1.push(row);
            }
        }
    };
    for at in 0..rows.count() {
        let (here, there) = rows.texts(at);
        for reason in doubt::reasons(&usual, (&here, source), (&there, target)) {
            match reason {
                Reason::Numbers { source, target } => numbers.push(Numbers { row: at, source, target }),
                Reason::Names { source, target } => {
                    note(Side::Source, &here, &source, at);
                    note(Side::Target, &there, &target, at);
                }
                Reason::Length { .. } => {}
            }
        }
    }
    drop_neighbours(&mut numbers);
    let numbers = numbers.iter().filter_map(|numbers| of_numbers(numbers, rows.texts(numbers.row)));
    let names = names.into_iter().map(|((side, _), (name, rows))| {
        let variant = Variant { text: name.clone(), side, usual: false, rows: rows.clone() };
        Finding::new(Kind::Names, &name, side, vec![variant], rows)
    });
    numbers.chain(names).collect()
}

/// A number that one row lacks and the row beside it has too many of was only moved to another sentence.
fn drop_neighbours(numbers: &mut [Numbers]) {
    for at in 1..numbers.len() {
        let (before, after) = numbers.split_at_mut(at);
        let (Some(one), Some(other)) = (before.last_mut(), after.first_mut()) else { continue };
        if one.row + 1 == other.row {
            cancel(&mut one.source, &mut other.target);
            cancel(&mut one.target, &mut other.source);
        }
    }
}

fn cancel(one: &mut Vec<Figure>, other: &mut Vec<Figure>) {
    let values = |figures: &[Figure]| -> Vec<Value> { figures.iter().map(|figure| figure.value).collect() };
    let (here, there) = (values(one), values(other));
    one.retain(|figure| !there.contains(&figure.value));
    other.retain(|figure| !here.contains(&figure.value));
}

fn of_numbers(numbers: &Numbers, (source, target): (Cow<'_, str>, Cow<'_, str>)) -> Option<Finding> {
    let variants = |figures: &[Figure], text: &str, side: Side| -> Vec<Variant> {
        let texts = figures.iter().filter_map(|figure| text.get(figure.span.clone()));
        texts.map(|text| Variant { text: text.to_owned(), side, usual: false, rows: vec![numbers.row] }).collect()
    };
    let source = variants(&numbers.source, &source, Side::Source);
    let target = variants(&numbers.target, &target, Side::Target);
    let shown = if source.is_empty() { (&target, Side::Target) } else { (&source, Side::Source) };
    let term: Vec<&str> = shown.0.iter().map(|variant| variant.text.as_str()).collect();
    let (term, side) = (term.join(", "), shown.1);
    let variants: Vec<Variant> = source.into_iter().chain(target).collect();
    (!variants.is_empty()).then(|| Finding::new(Kind::Numbers, &term, side, variants, vec![numbers.row]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistency::Row;

    fn found(rows: &[(&str, &str)]) -> Vec<(Kind, String, Vec<usize>)> {
        let rows: Vec<Row<'_>> = rows.iter().map(|&(source, target)| Row { source, target }).collect();
        let (zh, en) = (Lang::parse("zh").unwrap(), Lang::parse("en").unwrap());
        let found = differing(&rows[..], [&zh, &en]);
        found.into_iter().map(|finding| (finding.kind, finding.term, finding.rows)).collect()
    }

    #[test]
    fn a_number_in_the_next_sentence_is_no_difference() {
        let moved =
            [("共有35个国家。", "There are some countries."), ("它们发表了声明。", "All 35 published a statement.")];
        assert!(found(&moved).is_empty());
        let other =
            [("共有35个国家。", "There are some countries."), ("它们发表了声明。", "All 53 published a statement.")];
        assert_eq!(found(&other).len(), 2);
    }

    #[test]
    fn a_name_is_told_once_with_all_its_rows() {
        let rows = [("CSIS发表了报告。", "It published a report."), ("CSIS同意。", "It agreed.")];
        assert_eq!(found(&rows), [(Kind::Names, "CSIS".to_owned(), vec![0, 1])]);
    }
}
