//! The bars above and below the texts: title, search, tools; where the reader is, and what was done.

use eframe::egui::{Align, Id, Key, Label, Layout, ProgressBar, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::super::TITLE;
use super::super::command::Command;
use super::super::page::keys::{hint, switch, tool};
use super::super::panel::Panel;
use super::super::words::{Words, words};
use super::super::worker::Lane;
use super::App;
use crate::project;

impl App {
    pub(super) fn bar(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let words = words(ui.ctx());
        ui.horizontal(|ui| {
            if ui.button(words.t("Open…")).on_hover_text(hint(ui.ctx(), Command::Open)).clicked() {
                commands.push(Command::Open);
            }
            let title = self.session.as_ref().map_or_else(
                || TITLE.to_owned(),
                |session| format!("{} · {}", session.title(words.interface()), Self::tags(session)),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (symbol, command) in [
                    ("?", Command::Help),
                    ("≡", Command::Palette),
                    ("A+", Command::Larger),
                    ("A–", Command::Smaller),
                    ("◐", Command::Theme),
                ] {
                    tool(ui, symbol, command, commands);
                }
                let shown = self.shown_panel();
                for (name, command, panel) in [
                    (words.t("Path"), Command::Path, Panel::Path),
                    (words.t("Consistency"), Command::Check, Panel::Check),
                    (words.t("Rows"), Command::Rows, Panel::Rows),
                    (words.t("Glossary"), Command::Terms, Panel::Glossary),
                ] {
                    switch(ui, name, (command, shown == Some(panel)), commands);
                }
                ui.add_space(6.0);
                self.search(ui, commands);
                ui.add_space(6.0);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(RichText::new(title)).truncate());
                });
            });
        });
    }

    /// The search field, and to the left of it, so that it stays where it is, the hits.
    fn search(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let words = words(ui.ctx());
        let field = TextEdit::singleline(&mut self.query)
            .hint_text(words.t("Search in both"))
            .desired_width(160.0)
            .id(Id::unique("search"));
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, words.t("Search in both languages")));
        if std::mem::take(&mut self.focus_search) {
            response.request_focus();
        }
        self.hits(ui, words, commands);
        let Some(session) = &mut self.session else { return };
        if response.changed() {
            session.find(&self.query);
            self.reader.reveal(session.cursor.row);
        }
        // Enter walks on and keeps the focus, so that it can be pressed again.
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            commands.push(if back { Command::PreviousHit } else { Command::NextHit });
            response.request_focus();
        }
    }

    /// The way through the hits, and their count (right to left).
    fn hits(&self, ui: &mut Ui, words: Words, commands: &mut Vec<Command>) {
        let Some(session) = self.session.as_ref().filter(|session| !session.search.query.is_empty()) else { return };
        tool(ui, "▼", Command::NextHit, commands);
        tool(ui, "▲", Command::PreviousHit, commands);
        let count = session.search.count();
        let note = match (session.place_of_hit(), &session.search.problem) {
            (_, Some(_)) => words.t("not an expression").to_owned(),
            (Some(at), _) => words.fill("{0} of {1}", &[&(at + 1), &count]),
            (None, _) => words.t("no hit").to_owned(),
        };
        let response = ui.weak(note);
        if let Some(problem) = &session.search.problem {
            response.on_hover_text(words.notice(problem));
        }
    }

    pub(super) fn status(&mut self, ui: &mut Ui) {
        let words = words(ui.ctx());
        ui.horizontal(|ui| {
            if let Some((lane, share, text)) = self.doing(ui.ctx()) {
                ui.add(ProgressBar::new(share).desired_width(80.0));
                ui.small(text);
                if ui.small_button(words.t("Cancel")).clicked() {
                    self.worker.cancel(lane);
                    if lane == Lane::Write {
                        // That something is being written is no longer so.
                        self.said = None;
                    }
                }
                // The time left is told anew.
                ui.ctx().request_repaint_after(std::time::Duration::from_secs(1));
            }
            if let Some(session) = &self.session {
                let row = session.cursor.row;
                let score = format!("{:.0}", session.score(row) * 100.0);
                let mut text = words.fill(
                    "Row {0} of {1} · {2} · {3}% · {4} confirmed · {5} doubtful",
                    &[&(row + 1), &session.rows(), &session.kind(row), &score, &session.confirmed, &session.doubtful],
                );
                let selected = session.cursor.selection().count();
                if selected > 1 {
                    text += &words.fill(" · {0} rows selected", &[&selected]);
                }
                ui.small(text);
                for reason in session.why_doubtful(row) {
                    ui.small("·");
                    ui.colored_label(ui.visuals().warn_fg_color, RichText::new(words.t(reason)).small());
                }
                if session.kept.read_only && session.kept.saver.is_none() {
                    ui.colored_label(ui.visuals().warn_fg_color, words.t("Read-only: what you do is not kept"));
                }
                if let Some(problem) = session.kept.kept_badly() {
                    ui.colored_label(ui.visuals().error_fg_color, words.notice(&problem));
                    // It goes away when all is kept.
                    ui.ctx().request_repaint_after(std::time::Duration::from_secs(1));
                }
                if let Some(said) = &self.said {
                    ui.small("·");
                    ui.small(RichText::new(words.said(said)).strong());
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(session) = &self.session {
                    let notes = session.notes().into_iter().map(|note| project::note_in(note, words.interface()));
                    let notes = notes.collect::<Vec<_>>().join(if words.chinese { "；" } else { "; " });
                    ui.add(Label::new(RichText::new(notes).small().weak()).truncate());
                }
            });
        });
    }
}
