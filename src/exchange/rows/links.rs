//! Links between two files of segments, and rows from links.
//!
//! One link a line, `[0, 1]:[0]`: segment numbers from 0, source first. Our own export adds `:0.93`, the score with two
//! decimals; other programs of this form (Bertalign, Vecalign) add nothing or a cost with more decimals, which is not a
//! score. The numbers of newer numpy, `np.int64(3)`, are read too.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::io::BufRead;
use std::ops::Range;

use super::{Detail, Error, Reading, Row, RowsForm, Selection, score};
use crate::exchange::form::About;
use crate::exchange::lines::lines;
use crate::exchange::output::Output;
use crate::notice::{Notice, notice};
use crate::task::work;

/// The form.
pub static FORM: RowsForm = RowsForm {
    about: About {
        code: "links",
        endings: &["links", "align", "alignment", "gold"],
        name: ["Segment numbers, [0, 1]:[0]:0.93 (links)", "句段编号，如 [0, 1]:[0]:0.93（links）"],
        hint: "",
        programs: &["Bertalign", "Vecalign"],
    },
    holds: &[Detail::Score],
    write: Some(write),
    read: Some(Reading::BesideTexts),
};

fn write(rows: &Selection<'_>, out: &mut Output<'_>) {
    let side = |range: &Range<usize>| {
        let numbers: Vec<String> = range.clone().map(|at| at.to_string()).collect();
        format!("[{}]", numbers.join(", "))
    };
    for row in &rows.rows {
        let _ = writeln!(out, "{}:{}:{:.2}", side(&row.bead.source), side(&row.bead.target), row.bead.score);
    }
}

/// Segments that somebody says translate each other; one side may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Source segments, from 0.
    pub source: Vec<usize>,
    /// Target segments.
    pub target: Vec<usize>,
    /// Our score.
    pub score: Option<f32>,
    /// Whether a person has confirmed it.
    pub confirmed: bool,
    /// Its line, from 1.
    pub line: usize,
}

/// Rows that tile both sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arranged {
    /// The rows.
    pub rows: Vec<Row>,
    /// Lines of links that are part of a larger row.
    pub joined: Vec<usize>,
}

/// Reads links; blank lines are passed over.
///
/// # Errors
/// [`Error::Line`] where a line is no link, [`Error::Stopped`].
pub fn read(input: &mut dyn BufRead) -> Result<Vec<Link>, Error> {
    let lines = lines(input).filter(|line| line.as_ref().map_or(true, |(_, line)| !line.trim().is_empty()));
    let link = |(line, text): (usize, String)| {
        let mut parts = text.split(':');
        let mut side = || numbers(parts.next()?);
        let Some((source, target)) = side().zip(side()) else {
            return Err(Error::Line { line, problem: notice!("expected a bead such as [0, 1]:[0]") });
        };
        let ours = parts.next().map(str::trim).filter(|part| part.rsplit('.').next().is_some_and(|d| d.len() == 2));
        let score = ours.and_then(|part| score(part.parse().ok()?));
        Ok(Link { source, target, score, confirmed: false, line })
    };
    lines.map(|line| link(line?)).collect()
}

fn numbers(side: &str) -> Option<Vec<usize>> {
    let inner = side.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.is_empty() {
        return Some(Vec::new());
    }
    let bare = |number: &str| -> Option<usize> {
        let number = number.trim();
        let wrapped = number.strip_prefix("np.int64(").and_then(|rest| rest.strip_suffix(')'));
        wrapped.unwrap_or(number).parse().ok()
    };
    inner.split(',').map(bare).collect()
}

/// A row in the making.
#[derive(Clone, Debug)]
struct Group {
    source: Range<usize>,
    target: Range<usize>,
    score: Option<f32>,
    confirmed: bool,
    lines: Vec<usize>,
    /// Whether it is more than one link says.
    grown: bool,
}

impl Group {
    /// From the first to the last segment on both sides, of which none may be empty.
    fn of(link: &Link) -> Option<Self> {
        let hull = |numbers: &[usize]| Some(*numbers.iter().min()?..*numbers.iter().max()? + 1);
        let (source, target) = (hull(&link.source)?, hull(&link.target)?);
        let distinct = |numbers: &[usize]| numbers.iter().collect::<BTreeSet<_>>().len();
        let grown = source.len() > distinct(&link.source) || target.len() > distinct(&link.target);
        let confirmed = link.confirmed && !grown;
        Some(Self { source, target, score: link.score, confirmed, lines: vec![link.line], grown })
    }

    fn conflicts(&self, later: &Self) -> bool {
        self.source.end > later.source.start || self.target.end > later.target.start
    }

    fn absorb(&mut self, mut other: Self) {
        let hull = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        self.source = hull(&self.source, &other.source);
        self.target = hull(&self.target, &other.target);
        self.score = self.score.zip(other.score).map(|(a, b)| a.min(b));
        self.confirmed = false;
        // The fewer go to the more, so that a long chain takes no longer than its links.
        if other.lines.len() > self.lines.len() {
            std::mem::swap(&mut self.lines, &mut other.lines);
        }
        work::step(other.lines.len());
        self.lines.extend(other.lines);
        self.grown = true;
    }
}

/// Makes rows of links between `source` and `target` segments that lose nothing and stay in order.
///
/// Links that cross, overlap or leap over segments become one row from the first to the last segment, which is not
/// confirmed. A segment that no link names is a row of its own at its place: after the segment before it on its side,
/// and a source segment before target segments of the same place, where the order of links says nothing else.
///
/// # Errors
/// [`Error::Line`] where a link names a segment that is not there.
pub fn arrange(links: &[Link], source: usize, target: usize) -> Result<Arranged, Error> {
    for link in links {
        for (side, numbers, count) in [("source", &link.source, source), ("target", &link.target, target)] {
            if let Some(number) = numbers.iter().find(|&&number| number >= count) {
                let problem = Notice::counted("segment-beyond", count).with(Notice::said(side)).with(*number);
                return Err(Error::Line { line: link.line, problem });
            }
        }
    }
    let mut groups: Vec<Group> = links.iter().filter_map(Group::of).collect();
    groups.sort_by_key(|group| (group.source.start, group.target.start));
    // What is on the stack is in order on both sides.
    let mut ordered: Vec<Group> = Vec::new();
    for mut group in groups {
        work::step(1);
        while let Some(before) = ordered.pop_if(|before| before.conflicts(&group)) {
            group.absorb(before);
        }
        ordered.push(group);
    }
    let mut out = Arranged::default();
    let lone = Lone::of(links, &ordered, source, target, &mut out.joined);
    let mut at = (0, 0);
    for group in ordered {
        lone.fill(links, at.0..group.source.start, at.1..group.target.start, &mut out.rows);
        at = (group.source.end, group.target.end);
        if group.grown {
            out.joined.extend(&group.lines);
        }
        let Group { source, target, score, confirmed, .. } = group;
        out.rows.push(Row { source, target, score, confirmed });
    }
    lone.fill(links, at.0..source, at.1..target, &mut out.rows);
    out.joined.sort_unstable();
    out.joined.dedup();
    Ok(out)
}

/// For each segment the link that says it has no counterpart.
struct Lone {
    source: Vec<Option<usize>>,
    target: Vec<Option<usize>>,
}

impl Lone {
    /// Such links, with the lines of those that others contradict.
    fn of(links: &[Link], groups: &[Group], source: usize, target: usize, joined: &mut Vec<usize>) -> Self {
        let within = |side: fn(&Group) -> &Range<usize>, number: usize| {
            let before = groups.partition_point(|group| side(group).end <= number);
            groups.get(before).is_some_and(|group| side(group).contains(&number))
        };
        let mut out = Self { source: vec![None; source], target: vec![None; target] };
        for (at, link) in links.iter().enumerate().filter(|(_, l)| l.source.is_empty() || l.target.is_empty()) {
            let taken = link.source.iter().any(|&number| within(|group| &group.source, number))
                || link.target.iter().any(|&number| within(|group| &group.target, number));
            if taken {
                joined.push(link.line);
            }
            for (numbers, side) in [(&link.source, &mut out.source), (&link.target, &mut out.target)] {
                for &number in numbers {
                    if let Some(slot) = side.get_mut(number) {
                        *slot = Some(at);
                    }
                }
            }
        }
        out
    }

    /// Rows with one empty side for what lies between two others, in the order of their links.
    fn fill(&self, links: &[Link], source: Range<usize>, target: Range<usize>, rows: &mut Vec<Row>) {
        let (mut at, mut beside) = (source.start, target.start);
        let (mut left, mut right) = (runs(&self.source, source), runs(&self.target, target));
        loop {
            let target_first = match (left.front(), right.front()) {
                (None, None) => return,
                (Some((_, Some(a))), Some((_, Some(b)))) => b < a,
                (left, _) => left.is_none(),
            };
            let Some((run, link)) = (if target_first { right.pop_front() } else { left.pop_front() }) else { return };
            let link = link.and_then(|link| links.get(link));
            let (source, target) = if target_first {
                beside = run.end;
                (at..at, run)
            } else {
                at = run.end;
                (run, beside..beside)
            };
            let (score, confirmed) = link.map_or((None, false), |link| (link.score, link.confirmed));
            rows.push(Row { source, target, score, confirmed });
        }
    }
}

/// Stretches of segments of one link; those of no link stand alone.
fn runs(lone: &[Option<usize>], range: Range<usize>) -> VecDeque<(Range<usize>, Option<usize>)> {
    let mut out: VecDeque<(Range<usize>, Option<usize>)> = VecDeque::new();
    for at in range {
        let link = lone.get(at).copied().flatten();
        match out.back_mut() {
            Some((run, before)) if link.is_some() && *before == link => run.end = at + 1,
            _ => out.push_back((at..at + 1, link)),
        }
    }
    out
}
