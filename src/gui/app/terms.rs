//! What is done at the glossary.

use super::super::command::Command;
use super::super::page::Page;
use super::super::page::term::{AcceptPage, TermPage};
use super::super::page::termbase::{ExportTermsPage, ImportTermsPage};
use super::super::panel::Panel;
use super::super::words::word;
use super::super::worker::Stamp;
use super::App;
use super::message::Message;
use crate::notice::Notice;
use crate::project::Glossary;
use crate::termbase::TermBase;

impl App {
    /// Runs a command about the glossary; whether it is one.
    pub(super) fn on_terms(&mut self, command: Command) -> bool {
        let Some(session) = &mut self.session else { return false };
        match command {
            Command::LineDown => self.terms.step(session, true),
            Command::LineUp => self.terms.step(session, false),
            Command::NextPlace => session.walk_term(true),
            Command::PreviousPlace => session.walk_term(false),
            Command::NextUndecided => self.said = self.terms.next_undecided(session),
            Command::ToTerms => {
                let shown = self.settings.panel.as_deref() == Some(Panel::Glossary.name());
                self.settings.panel = Some(Panel::Glossary.name().to_owned());
                let take = !(self.terms.has_keys && shown);
                self.terms.take_keys(session, take);
            }
            // Of several translations nobody knows which is meant.
            Command::AdmitTerm | Command::DeprecateTerm if session.translations() > 1 => {
                self.page = TermPage::new(session, false).map(|page| Page::Term(Box::new(page)));
            }
            Command::EditTerm => self.page = TermPage::new(session, false).map(|page| Page::Term(Box::new(page))),
            Command::AddTerm => self.page = TermPage::new(session, true).map(|page| Page::Term(Box::new(page))),
            Command::AcceptAbove => self.page = Some(Page::Accept(AcceptPage::new())),
            Command::BuildTerms => self.build_glossary(),
            Command::ImportTerms => self.page = Some(Page::ImportTerms(ImportTermsPage::new())),
            Command::ExportTerms => self.page = Some(Page::ExportTerms(ExportTermsPage::new(session))),
            Command::AcceptTerm
            | Command::RejectTerm
            | Command::RejectShorter
            | Command::AdmitTerm
            | Command::DeprecateTerm
            | Command::ForgetTerm
            | Command::PickTerm
            | Command::JoinTerms => {
                self.sources = None;
                self.said = self.terms.decide(session, command);
            }
            _ => return false,
        }
        true
    }

    /// Takes in what an extraction found.
    pub(super) fn take_glossary(&mut self, glossary: Glossary, stamp: Stamp) {
        let Some(session) = self.of_this(stamp) else { return };
        if session.stamp.texts == stamp.texts {
            session.take_glossary(glossary);
            // Now there are terms that may be missing.
            let job = session.doubts_job();
            self.worker.start_job(job, word("starting"));
        } else {
            // Its places are those of a text that has changed since.
            self.build_glossary();
        }
    }

    /// Takes in a term base that was read, and tells what became of it.
    pub(super) fn take_terms(&mut self, read: Result<(TermBase, Vec<Notice>), Notice>, stamp: Stamp) {
        let Some(session) = self.of_this(stamp) else { return };
        match read {
            Ok((incoming, problems)) => {
                let (made, lines) = session.taken(&incoming);
                let said = session.carry_out(made);
                self.said = Some(said);
                self.message = Message::report(lines).and_alarm(problems);
            }
            Err(problem) => self.message = Message::alarm([problem]),
        }
    }
}
