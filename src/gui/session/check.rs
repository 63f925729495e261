//! What is not consistent: findings, the chosen one, the way through its places.

use super::{MarkKind, Session, Side};
use crate::consistency::Finding;
use crate::edit::{Edit, Refused};
use crate::find::Index;
use crate::gui::session::Mark;
use crate::gui::words::Said;
use crate::gui::worker::Stamp;
use crate::project::verdict_of;

/// What a check found, and of which state of the text.
#[derive(Clone, Debug, Default)]
pub(in crate::gui) struct Checked {
    pub(in crate::gui) findings: Vec<Finding>,
    /// The chosen one, and which of its rows was gone to.
    pub(in crate::gui) chosen: Option<(usize, usize)>,
    stamp: Option<(Stamp, u64)>,
}

impl Session {
    /// Takes in what a check found.
    pub(in crate::gui) fn take_checked(&mut self, findings: Vec<Finding>, stamp: Stamp, decided: u64) {
        self.checked = Checked { findings, chosen: None, stamp: Some((stamp, decided)) };
    }

    /// Whether the rows and terms are those that were checked.
    pub(in crate::gui) fn is_checked(&self) -> bool {
        self.checked.stamp == Some((self.stamp, self.terms.decided))
    }

    /// The last decision took out what it was about: nothing else is to be checked again.
    pub(in crate::gui) fn still_checked(&mut self) {
        self.checked.stamp = Some((self.stamp, self.terms.decided));
    }

    /// Chooses a finding and goes to its first row.
    pub(in crate::gui) fn choose_finding(&mut self, at: Option<usize>) {
        self.checked.chosen = at.filter(|at| *at < self.checked.findings.len()).map(|at| (at, 0));
        self.show_finding();
    }

    /// Goes to the next or previous row of the findings, from one finding to the other.
    pub(in crate::gui) fn walk_findings(&mut self, forward: bool) -> Option<Said> {
        let findings = &self.checked.findings;
        if findings.is_empty() {
            return Some(Said::Words("Nothing inconsistent is listed"));
        }
        let last = |at: usize| (at, findings[at].rows.len().saturating_sub(1));
        self.checked.chosen = Some(match self.checked.chosen {
            None if forward => (0, 0),
            None => last(findings.len() - 1),
            Some((at, place)) if forward && place + 1 < findings[at].rows.len() => (at, place + 1),
            Some((at, _)) if forward => ((at + 1) % findings.len(), 0),
            Some((at, place)) if place > 0 => (at, place - 1),
            Some((at, _)) => last((at + findings.len() - 1) % findings.len()),
        });
        self.show_finding();
        None
    }

    fn show_finding(&mut self) {
        if let Some(&row) = self.checked.chosen_finding().and_then(|(finding, place)| finding.rows.get(place)) {
            self.go(row);
        }
    }

    /// The edit that says that a finding is right as it is, for good.
    pub(in crate::gui) fn approve(&self) -> Result<Edit, Refused> {
        let (finding, _) = self.checked.chosen_finding().ok_or(Refused::NoChange)?;
        let (key, verdict) = verdict_of(self.aligned(), finding);
        self.open.work().decide(&key, Some(verdict))
    }

    /// Takes the chosen finding out of the list, and goes on to the next.
    pub(in crate::gui) fn drop_finding(&mut self) {
        if let Some((at, _)) = self.checked.chosen {
            self.checked.findings.remove(at);
            self.choose_finding(Some(at.min(self.checked.findings.len().saturating_sub(1))));
        }
    }
}

impl Checked {
    /// The chosen finding, and which of its rows was gone to.
    pub(in crate::gui) fn chosen_finding(&self) -> Option<(&Finding, usize)> {
        let (at, place) = self.chosen?;
        Some((self.findings.get(at)?, place))
    }

    /// The words of the chosen finding in a cell of one of its rows.
    pub(super) fn finding_marks(&self, row: usize, side: Side, text: &str) -> Vec<Mark> {
        let Some((finding, _)) = self.chosen_finding().filter(|(finding, _)| {
            finding.rows.contains(&row) || finding.variants.iter().any(|variant| variant.rows.contains(&row))
        }) else {
            return Vec::new();
        };
        let variants = finding
            .variants
            .iter()
            .filter(|variant| variant.side == side)
            .map(|variant| (variant.text.as_str(), variant.usual));
        let term = (finding.side == side).then_some((finding.term.as_str(), true));
        let index = Index::new(text);
        let marks = |(words, usual): (&str, bool)| {
            let kind = if usual { MarkKind::Term } else { MarkKind::Lacking };
            index.find(words).into_iter().map(move |span| Mark { span, kind }).collect::<Vec<_>>()
        };
        variants.chain(term).flat_map(marks).collect()
    }
}
