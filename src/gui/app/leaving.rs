//! What must not be lost: answers that would take away what is being typed wait, and a window that is closed asks once
//! while something is not kept or not written.

use eframe::egui::{Context, ViewportCommand};

use super::super::page::Page;
use super::super::words::word;
use super::super::worker::{Event, Lane, Written};
use super::App;
use super::message::Message;
use crate::notice::Notice;

/// Said before work is left that the disk does not take.
pub(super) const UNKEPT: &str = word(
    "What you did last is not kept yet: the project file cannot be written. Free some space and wait, or close the \
     window once more to leave without it",
);

/// Said before a file is left that is not written.
const UNWRITTEN: &str =
    word("A file is not written yet. Wait or answer, or close the window once more to leave without it");

impl App {
    /// Whether an answer would take away what is being typed, or put away work that is not kept.
    pub(super) fn must_wait(&self, event: &Event) -> bool {
        let typing = matches!(
            self.page,
            Some(
                Page::Text(_)
                    | Page::Note(_)
                    | Page::Names(_)
                    | Page::Find(_)
                    | Page::SaveAs(_)
                    | Page::Term(_)
                    | Page::ImportTerms(_)
                    | Page::ExportTerms(_)
                    | Page::Lookup(_)
                    | Page::Lossy(_)
            )
        ) || matches!(self.page, Some(Page::Open)) && !self.open_page.is_empty();
        let unkept = self.session.as_ref().is_some_and(|session| session.kept.kept_badly().is_some());
        match event {
            Event::Opened(..) => typing || unkept,
            Event::Realigned(..) | Event::Exported(Written::Asks(_)) => self.page.is_some(),
            // What is being written would be put over it.
            Event::Terms(..) => matches!(self.page, Some(Page::Term(_))),
            Event::Failed(_) => typing,
            _ => false,
        }
    }

    /// Puts an answer off; what the status line promises meanwhile is still true.
    pub(super) fn put_off(&mut self, event: Event) {
        if matches!(event, Event::Exported(_)) {
            self.said = None;
        }
        self.waiting.push(event);
    }

    /// Keeps the window open once where closing it would lose something.
    pub(super) fn may_close(&mut self, ctx: &Context) {
        let unkept = self.session.as_ref().is_some_and(|session| session.kept.kept_badly().is_some());
        let asks = |event: &Event| matches!(event, Event::Exported(Written::Asks(_)));
        let unwritten = self.worker.is_busy(Lane::Write)
            || matches!(self.page, Some(Page::Lossy(_)))
            || self.waiting.iter().any(asks);
        if (unkept || unwritten) && !self.leaving && ctx.input(|input| input.viewport().close_requested()) {
            self.leaving = true;
            self.message = Message::alarm([Notice::said(if unkept { UNKEPT } else { UNWRITTEN })]);
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        self.leaving &= unkept || unwritten;
    }
}
