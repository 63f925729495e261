//! The page with the note on a row.

use eframe::egui::{Context, Id, TextEdit};

use super::{Answer, buttons, enter, focus_first, long_field, over};
use crate::edit::Action;
use crate::gui::session::Session;
use crate::gui::words::words;
use crate::work::Mark;

/// What is said about the rows that are selected.
#[derive(Debug)]
pub(in crate::gui) struct NotePage {
    row: usize,
    text: String,
    fresh: bool,
}

impl NotePage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let text = session.at(session.cursor.row).map(|row| row.mark.note().into_owned()).unwrap_or_default();
        Self { row: session.cursor.row, text, fresh: true }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["note text"]);
        let ([save, cancel], closed) = over(ctx, "note page", 560.0, |ui| {
            ui.heading(words.fill("Note on row {0}", &[&(self.row + 1)]));
            ui.add_space(6.0);
            let edit = TextEdit::multiline(&mut self.text)
                .desired_width(f32::INFINITY)
                .desired_rows(3)
                .id(Id::unique("note text"));
            focus_first(&long_field(ui, edit, words.t("Note")), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        if save || enter {
            let note = self.text.trim().to_owned();
            let rows = self.row..self.row + 1;
            let say = |mark: &mut Mark| mark.say(&session.author, &note);
            return Some(Answer::Edit(session.aligned().mark(rows, Action::Note, say)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}
