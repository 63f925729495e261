//! A term base as translations from one language into another.

use std::collections::BTreeSet;

use super::{Direction, words};
use crate::exchange::output::on_one_line;
use crate::notice::Notice;
use crate::termbase::{Concept, Section, Status, Term, TermBase};

/// A source term and a target term of one concept.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) concept: &'a Concept,
    pub(super) source: &'a Term,
    pub(super) target: &'a Term,
    /// What the concept is: said of it, or in either language.
    pub(super) definition: &'a str,
}

impl Row<'_> {
    /// What is said of the concept and of both terms.
    pub(super) fn remarks(&self) -> impl Iterator<Item = String> {
        let texts = [&self.concept.subject, self.definition, &self.concept.note, &self.source.note, &self.target.note];
        texts.into_iter().filter(|text| !text.is_empty()).map(ToOwned::to_owned)
    }

    /// The examples of both terms, each on one line.
    pub(super) fn examples(&self) -> impl Iterator<Item = String> {
        let examples = self.source.contexts.iter().chain(&self.target.contexts);
        examples.map(|context| on_one_line(&words::context_line(context)))
    }
}

/// Rows, and what they leave out, in words.
pub(super) struct Rows<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) losses: Vec<Notice>,
}

/// Every source term with every target term of its concept.
pub(super) fn all<'a>(base: &'a TermBase, direction: Direction<'_>) -> Rows<'a> {
    let (mut rows, mut lone, mut others) = (Vec::new(), 0, 0);
    let (source, target) = (base.answering(direction.source), base.answering(direction.target));
    for concept in &base.concepts {
        let (sources, targets) = (source.sections(concept), target.sections(concept));
        let definition = std::iter::once(&concept.definition)
            .chain(sources.iter().chain(&targets).map(|section| &section.definition))
            .find(|text| !text.is_empty())
            .map_or("", String::as_str);
        let before = rows.len();
        for source in sources.iter().flat_map(|section| &section.terms) {
            for target in targets.iter().flat_map(|section| &section.terms) {
                rows.push(Row { concept, source, target, definition });
            }
        }
        lone += usize::from(rows.len() == before);
        let terms = |sections: &[&Section]| sections.iter().map(|section| section.terms.len()).sum::<usize>();
        others += concept.all_terms().count() - terms(&sources) - terms(&targets);
    }
    let (source, target) = (direction.source, direction.target);
    let of = |key, count| Some(Notice::of_any(key, count)?.with(source.tag()).with(target.tag()));
    let losses = [of("not-in-both", lone), of("other-languages", others)];
    Rows { rows, losses: losses.into_iter().flatten().collect() }
}

/// The most bytes of a term that DeepL and Google take.
const MOST_BYTES: usize = 1024;

/// Every source term once, with the best target term of its concept, as machine translation takes glossaries.
pub(super) fn best<'a>(base: &'a TermBase, direction: Direction<'_>) -> Rows<'a> {
    let Rows { rows, mut losses } = all(base, direction);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut long, mut second, mut others) = (0, 0, 0);
    let mut out: Vec<Row<'a>> = Vec::new();
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let same = |row: &&Row<'a>| std::ptr::eq(row.source, first.source) && std::ptr::eq(row.concept, first.concept);
        let group: Vec<&Row<'a>> = rows.iter().skip(at).take_while(same).collect();
        at += group.len();
        // Of several that are as good the first.
        let best = group.iter().rev().max_by_key(|row| rank(row.target.status)).copied().unwrap_or(first);
        if best.source.text.len() > MOST_BYTES || best.target.text.len() > MOST_BYTES {
            long += 1;
        } else if seen.insert(best.source.text.trim()) {
            others += group.len() - 1;
            out.push(*best);
        } else {
            second += 1;
        }
    }
    let said = [("too-long", long), ("source-again", second), ("further-translations", others)];
    losses.extend(said.into_iter().filter_map(|(key, count)| Notice::of_any(key, count)));
    Rows { rows: out, losses }
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Preferred => 3,
        Status::Proposed => 2,
        Status::Admitted => 1,
        Status::Deprecated | Status::Rejected => 0,
    }
}
