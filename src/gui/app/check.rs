//! What is done about what is not consistent.

use super::super::command::Command;
use super::super::panel::Panel;
use super::super::words::{Said, word};
use super::super::worker::{Job, Lane};
use super::App;

impl App {
    /// Runs a command about what is not consistent; whether it is one.
    pub(super) fn on_check(&mut self, command: Command) -> bool {
        let Some(session) = &mut self.session else { return false };
        match command {
            Command::NextFinding => self.said = session.walk_findings(true),
            Command::PreviousFinding => self.said = session.walk_findings(false),
            Command::Approve if session.checked.chosen_finding().is_none() => {
                self.said = Some(Said::Words("Choose an inconsistency first"));
            }
            Command::Approve if !session.is_checked() => {
                self.said = Some(Said::Words("Something was changed since: check again first"));
            }
            Command::Approve => {
                let made = session.approve();
                self.said = Some(session.carry_out(made));
                session.drop_finding();
                session.still_checked();
            }
            Command::Reopen => {
                let made = session.open.work().forget_verdicts();
                self.said = Some(session.carry_out(made));
                self.check_if_shown();
            }
            Command::CheckAgain => self.check_again(),
            _ => return false,
        }
        true
    }

    /// Checks what is shown, where that was not done yet.
    pub(super) fn check_if_shown(&mut self) {
        let stale = self.session.as_ref().is_some_and(|session| !session.is_checked());
        if self.shown_panel() == Some(Panel::Check) && stale && !self.worker.is_busy(Lane::Check) {
            self.check_again();
        }
    }

    fn check_again(&mut self) {
        if let Some(session) = &self.session {
            let job = Job::Check(session.open.clone(), session.stamp, session.terms.decided);
            self.worker.start_job(job, word("starting"));
        }
    }
}
