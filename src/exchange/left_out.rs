//! What of a file was not taken over, in bounded words whatever the file is like: each reason with the lines it holds for,
//! each kind of detail with how many there were of it. A kind of reason is told at most [`MOST`] times and counted from
//! then on, so that a file of thirty thousand mistakes makes ten lines and takes no longer to tell than to read.

use std::collections::{BTreeMap, HashMap};

use crate::notice::{Notice, notice};
use crate::task::work;

/// How many reasons of one kind, and how many kinds of details, are told one by one.
pub const MOST: usize = 10;
/// How many lines are told by number.
const SHOWN: usize = 5;

/// Lines of a file: the first few, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lines {
    first: Vec<usize>,
    count: usize,
}

/// What was not taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Reasons in the order they came up.
    reasons: Vec<(Notice, Lines)>,
    /// Where a reason stands in that list.
    places: HashMap<Notice, usize>,
    /// How many reasons there are of each kind.
    kinds: BTreeMap<&'static str, usize>,
    /// Kinds of details, and how many there were of each.
    details: Vec<(Notice, usize)>,
    detail_places: HashMap<Notice, usize>,
    /// How many details there were of kinds that are not listed.
    other_details: usize,
}

impl LeftOut {
    /// A line that gave nothing.
    pub(in crate::exchange) fn line(&mut self, line: usize, why: &'static str) {
        self.add(line, why.into());
    }

    /// A line that gave nothing, for a reason that holds words of the file. From the eleventh such reason on they are one,
    /// `others`.
    pub(in crate::exchange) fn line_for(&mut self, line: usize, others: &'static str, why: Notice) {
        work::step(1);
        if !self.places.contains_key(&why) {
            let known = self.kinds.entry(others).or_default();
            if *known == MOST {
                return self.add(line, others.into());
            }
            *known += 1;
        }
        self.add(line, why);
    }

    fn add(&mut self, line: usize, why: Notice) {
        work::step(1);
        let at = self.places.get(&why).copied().unwrap_or_else(|| {
            self.places.insert(why.clone(), self.reasons.len());
            self.reasons.push((why, Lines::default()));
            self.reasons.len() - 1
        });
        if let Some((_, lines)) = self.reasons.get_mut(at) {
            lines.count += 1;
            // Files without line ends have many on one line.
            if lines.first.len() < SHOWN && lines.first.last() != Some(&line) {
                lines.first.push(line);
            }
        }
    }

    /// Details of a kind that has no place here.
    pub(in crate::exchange) fn details(&mut self, kind: impl Into<Notice>, count: usize) {
        work::step(1);
        if count == 0 {
            return;
        }
        let kind = kind.into();
        if let Some((_, sum)) = self.detail_places.get(&kind).and_then(|&at| self.details.get_mut(at)) {
            *sum += count;
        } else if self.details.len() < MOST {
            self.detail_places.insert(kind.clone(), self.details.len());
            self.details.push((kind, count));
        } else {
            self.other_details += count;
        }
    }

    /// All of it.
    pub fn problems(&self) -> Vec<Notice> {
        let reasons = self.reasons.iter();
        let mut out: Vec<Notice> = reasons
            .map(|(why, lines)| notice!("left out, {0}: {1}", why.clone(), shown(&lines.first, lines.count)))
            .collect();
        if !self.details.is_empty() {
            let kind = |(kind, count): &(Notice, usize)| notice!("{0} ({1})", kind.clone(), *count);
            let mut kinds: Vec<Notice> = self.details.iter().map(kind).collect();
            if self.other_details > 0 {
                kinds.push(notice!("others ({0})", self.other_details));
            }
            out.push(notice!("details that have no place here were left out: {0}", kinds));
        }
        out
    }
}

/// Lines, the first few by number; nothing where there are none.
pub fn listed(lines: &[usize]) -> Option<Notice> {
    let first = lines.get(..lines.len().min(SHOWN))?;
    (!lines.is_empty()).then(|| shown(first, lines.len()))
}

fn shown(first: &[usize], count: usize) -> Notice {
    let numbers: Vec<String> = first.iter().map(ToString::to_string).collect();
    let numbers = numbers.join(", ");
    match count.saturating_sub(first.len()) {
        0 if count == 1 => notice!("line {0}", numbers),
        0 => notice!("lines {0}", numbers),
        more => notice!("lines {0} and {1} more", numbers, more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_reason_is_told_ten_times_and_then_counted() {
        let mut out = LeftOut::default();
        for line in 1..=30_000 {
            out.line_for(line, "in other languages", notice!("in language {0}", line));
            out.details(notice!("column {0}", line), 2);
            out.line(line, "blank");
        }
        let problems: Vec<String> = out.problems().iter().map(Notice::to_string).collect();
        assert_eq!(problems.len(), MOST + 3);
        assert!(problems.contains(&"left out, in language 10: line 10".to_owned()));
        assert!(problems.contains(&"left out, in other languages: lines 11, 12, 13, 14, 15 and 29985 more".to_owned()));
        assert!(problems.contains(&"left out, blank: lines 1, 2, 3, 4, 5 and 29995 more".to_owned()));
        assert!(problems[MOST + 2].ends_with("column 9 (2), column 10 (2), others (59980)"), "{}", problems[MOST + 2]);
    }
}
