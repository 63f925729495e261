//! The page that asks for a file to go on in.

use std::path::Path;

use eframe::egui::{Context, Id, TextEdit};

use super::{Answer, buttons, enter, field, focus_first, over};
use crate::gui::session::{SIDES, Session};
use crate::gui::words::words;

/// A file to go on in.
#[derive(Debug)]
pub(in crate::gui) struct SaveAsPage {
    path: String,
    fresh: bool,
}

impl SaveAsPage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let stem =
            Path::new(&session.document(SIDES[0]).name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = std::env::current_dir().unwrap_or_default();
        Self { path: folder.join(format!("{stem}.duizhao")).display().to_string(), fresh: true }
    }

    pub(super) fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["project path"]);
        let ([save, cancel], closed) = over(ctx, "save as page", 560.0, |ui| {
            ui.heading(words.t("Save the project as"));
            ui.weak(words.t("Everything goes on in the new file; the old one stays as it is."));
            ui.add_space(6.0);
            let edit = TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).id(Id::unique("project path"));
            focus_first(&field(ui, edit, words.t("Path of the project")), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        if (save || enter) && !self.path.trim().is_empty() {
            let mut path = crate::project::typed_path(&self.path);
            if !crate::project::is_project(&path) {
                path.as_mut_os_string().push(".duizhao");
            }
            return Some(Answer::SaveAs(std::path::absolute(&path).unwrap_or(path)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}
