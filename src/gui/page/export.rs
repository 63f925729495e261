//! The page that hands rows to other tools: which rows, in what form, where to; and the one that says what a form
//! cannot take over.

use std::path::Path;

use eframe::egui::{Context, Id, TextEdit};

use super::{Answer, buttons, enter, field, over};
use crate::bitext::Side;
use crate::gui::session::Session;
use crate::gui::words::{word, words};
use crate::gui::worker::{self, Lossy, What};
use crate::project::{RowsForm, Which};

/// What was chosen so far.
#[derive(Debug)]
pub(in crate::gui) struct ExportPage {
    path: String,
    form: &'static RowsForm,
    rows: Rows,
    /// Whether a file that is there already may be written over.
    over: bool,
    problem: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    All,
    Selected,
    Confirmed,
}

impl ExportPage {
    /// A page for a session, with a name made of its first text.
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let name = &session.document(Side::Source).name;
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let folder = std::env::current_dir().unwrap_or_default();
        let form = RowsForm::written().next().expect("rows go out in some form");
        let path = folder.join(format!("{stem}.{}", form.about.ending())).display().to_string();
        let rows = if session.cursor.selection().count() > 1 { Rows::Selected } else { Rows::All };
        Self { path, form, rows, over: false, problem: None }
    }

    /// Draws the page; `None` while nothing is decided.
    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let mut answer = None;
        let enter = enter(ctx, &["where to"]);
        let ((), closed) = over(ctx, "export page", 560.0, |ui| {
            ui.heading(words.t("Export rows"));
            ui.add_space(8.0);
            for form in RowsForm::written() {
                if ui.radio(self.form == form, words.form(&form.about)).clicked() {
                    self.form = form;
                    self.path = Path::new(&self.path).with_extension(form.about.ending()).display().to_string();
                }
            }
            ui.add_space(8.0);
            let selected = session.cursor.selection().count();
            for (rows, name) in [
                (Rows::All, words.fill("All {0} rows", &[&session.rows()])),
                (Rows::Selected, words.fill("The {0} selected", &[&selected])),
                (Rows::Confirmed, words.fill("The {0} confirmed", &[&session.confirmed])),
            ] {
                if ui.radio(self.rows == rows, name).clicked() {
                    self.rows = rows;
                }
            }
            ui.add_space(8.0);
            let edit = TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).id(Id::unique("where to"));
            field(ui, edit.hint_text(words.t("Where to")), words.t("Where to"));
            // The line is there from the start, so that no button moves under the pointer.
            ui.add_space(4.0);
            ui.colored_label(ui.visuals().warn_fg_color, self.problem.map_or(" ", |problem| words.t(problem)));
            ui.checkbox(&mut self.over, words.t("Write over a file that is there"));
            ui.add_space(8.0);
            let [export, close] = buttons(ui, [words.t("Export"), words.t("Close")]);
            if export || enter {
                answer = self.export(session).map(Answer::Export);
            }
            if close {
                answer = Some(Answer::Close);
            }
        });
        answer.or_else(|| closed.then_some(Answer::Close))
    }

    /// The work to do, if the path is fine; a file that is there must be asked for twice.
    fn export(&mut self, session: &Session) -> Option<worker::Export> {
        if self.rows == Rows::Confirmed && session.confirmed == 0 {
            self.problem = Some(word("No row is confirmed"));
            return None;
        }
        let (path, problem) = worker::checked(&self.path, self.over);
        self.problem = problem;
        let which = match self.rows {
            Rows::All => Which::All,
            Rows::Confirmed => Which::Confirmed,
            Rows::Selected => Which::Range(session.cursor.selected()),
        };
        let what = What::Rows { open: session.open.clone(), which, form: self.form };
        path.map(|path| worker::Export { what, path, over: self.over, regardless: false })
    }
}

/// So many lines are shown of what a file would lack.
const LINES: usize = 12;

/// What a form cannot take over, before anything is written.
#[derive(Debug)]
pub(in crate::gui) struct LossyPage(Option<Lossy>);

impl LossyPage {
    pub(in crate::gui) fn new(lossy: Lossy) -> Self {
        Self(Some(lossy))
    }

    pub(super) fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let words = words(ctx);
        // The page comes by itself: an Enter that was meant for something else must not answer it.
        let Some(Lossy { problems, export }) = &self.0 else { return Some(Answer::Close) };
        let name = export.path.file_name().unwrap_or_default().to_string_lossy();
        let ([write, cancel], closed) = over(ctx, "lossy page", 560.0, |ui| {
            ui.heading(words.fill("Not everything fits into {0}", &[&name]));
            ui.add_space(6.0);
            for problem in problems.iter().take(LINES) {
                ui.label(words.notice(problem));
            }
            if problems.len() > LINES {
                ui.weak(words.fill("and {0} more", &[&(problems.len() - LINES)]));
            }
            ui.add_space(4.0);
            ui.weak(words.t("Nothing is written yet."));
            ui.add_space(8.0);
            buttons(ui, [words.t("Write without it"), words.t("Cancel")])
        });
        if write && let Some(Lossy { export, .. }) = self.0.take() {
            return Some(Answer::Export(worker::Export { regardless: true, ..export }));
        }
        (cancel || closed).then_some(Answer::ExportOtherwise)
    }
}
