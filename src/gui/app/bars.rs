//! The bars above and below the texts: title, search, tools; where the reader is, and what was done.

use eframe::egui::{Align, Id, Key, Layout, ProgressBar, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::super::TITLE;
use super::super::command::Command;
use super::super::keys::{hint, tool};
use super::App;
use crate::edit::Side;

impl App {
    pub(super) fn bar(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        ui.horizontal(|ui| {
            if ui.button("Open…").on_hover_text(hint(Command::Open)).clicked() {
                commands.push(Command::Open);
            }
            let title = self.session.as_ref().map_or_else(
                || TITLE.to_owned(),
                |session| {
                    let tag = |document: &crate::bitext::Document| document.lang.tag().to_owned();
                    format!(
                        "{} · {} ⇄ {}",
                        session.title,
                        tag(session.document(Side::Source)),
                        tag(session.document(Side::Target))
                    )
                },
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                for (symbol, command) in
                    [("?", Command::Help), ("A+", Command::Larger), ("A–", Command::Smaller), ("◐", Command::Theme)]
                {
                    tool(ui, symbol, command, commands);
                }
                tool(ui, "Glossary", Command::Terms, commands);
                ui.add_space(6.0);
                self.search(ui, commands);
                ui.add_space(6.0);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(eframe::egui::Label::new(RichText::new(title)).truncate());
                });
            });
        });
    }

    /// The search field, the count of hits, and the way through them (right to left).
    fn search(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if let Some(session) = &self.session
            && !session.search.query.is_empty()
        {
            tool(ui, "▼", Command::NextHit, commands);
            tool(ui, "▲", Command::PreviousHit, commands);
            let count = session.search.count();
            let note = match session.place_of_hit() {
                Some(at) => format!("{} of {count}", at + 1),
                None => "no hit".to_owned(),
            };
            ui.weak(note);
        }
        let field = TextEdit::singleline(&mut self.query)
            .hint_text("Search in both")
            .desired_width(170.0)
            .id(Id::unique("search"));
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search in both languages"));
        if std::mem::take(&mut self.focus_search) {
            response.request_focus();
        }
        let Some(session) = &mut self.session else { return };
        if response.changed() {
            session.find(&self.query);
            self.reader.reveal(session.row);
        }
        // Enter walks on and keeps the focus, so that it can be pressed again.
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            commands.push(if back { Command::PreviousHit } else { Command::NextHit });
            response.request_focus();
        }
    }

    pub(super) fn status(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            if let Some(progress) = self.progress {
                ui.add(ProgressBar::new(progress.done as f32 / progress.total as f32).desired_width(120.0));
                ui.small(format!("{}…", progress.stage));
                if ui.small_button("Cancel").clicked() {
                    self.worker.cancel();
                    self.progress = None;
                }
            } else if let Some(session) = &self.session {
                let row = session.row;
                let selected = session.selection().count();
                let more = if selected > 1 { format!(" · {selected} rows selected") } else { String::new() };
                ui.small(format!(
                    "Row {} of {} · {} · {:.0} % · {} confirmed · {} doubtful{more}",
                    row + 1,
                    session.rows(),
                    session.kind(row),
                    session.score(row) * 100.0,
                    session.confirmed,
                    session.doubtful,
                ));
                if let Some(problem) = session.kept_badly() {
                    ui.colored_label(ui.visuals().error_fg_color, problem);
                    // It goes away when all is kept.
                    ui.ctx().request_repaint_after(std::time::Duration::from_secs(1));
                }
                if let Some(said) = &self.said {
                    ui.small("·");
                    ui.small(RichText::new(said).strong());
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(session) = &self.session {
                    let note = session.notes().join("; ");
                    ui.add(eframe::egui::Label::new(RichText::new(note).small().weak()).truncate());
                }
            });
        });
    }
}
