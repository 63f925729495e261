//! Term bases in and out: a file to take terms from, a file to write them to.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use eframe::egui::{Context, Id, TextEdit};

use super::open::ask;
use super::{Answer, buttons, enter, field, focus_first, over};
use crate::bitext::Side;
use crate::gui::session::Session;
use crate::gui::words::words;
use crate::gui::worker::{self, What};
use crate::project::TermsForm;

/// A file to take terms from.
#[derive(Debug)]
pub(in crate::gui) struct ImportTermsPage {
    path: String,
    fresh: bool,
    /// What the dialog of the system will say.
    asked: Option<Receiver<Option<PathBuf>>>,
}

impl ImportTermsPage {
    pub(in crate::gui) fn new() -> Self {
        Self { path: String::new(), fresh: true, asked: None }
    }

    pub(super) fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["term base path"]);
        let ([take, choose, cancel], closed) = over(ctx, "import terms page", 560.0, |ui| {
            ui.heading(words.t("Take in a term base"));
            ui.weak(words.t("TBX, CSV, TSV, UTX, MultiTerm XML or our JSON; what was decided here stays."));
            ui.add_space(6.0);
            let edit =
                TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).id(Id::unique("term base path"));
            focus_first(&field(ui, edit, words.t("Path of the term base")), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Take in"), words.t("Choose…"), words.t("Cancel")])
        });
        if choose {
            self.asked = Some(ask(ctx.clone()));
        }
        if let Some(Ok(path)) = self.asked.as_ref().map(Receiver::try_recv) {
            self.asked = None;
            if let Some(path) = path {
                self.path = path.display().to_string();
            }
        }
        if (take || enter) && !self.path.trim().is_empty() {
            return Some(Answer::ImportTerms(crate::project::typed_path(&self.path)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}

/// What is written where.
#[derive(Debug)]
pub(in crate::gui) struct ExportTermsPage {
    path: String,
    form: &'static TermsForm,
    /// Whether proposals go out that nobody has decided on.
    proposals: bool,
    over: bool,
    problem: Option<&'static str>,
}

impl ExportTermsPage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let name = &session.document(Side::Source).name;
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let folder = std::env::current_dir().unwrap_or_default();
        let form = TermsForm::written().next().expect("terms go out in some form");
        let path = folder.join(format!("{stem}.terms.{}", form.about.ending())).display().to_string();
        // Where nothing was decided, everything is meant.
        let proposals = session.open.work().terms().concepts.is_empty();
        Self { path, form, proposals, over: false, problem: None }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["glossary path"]);
        let ([write, cancel], closed) = over(ctx, "export terms page", 560.0, |ui| {
            ui.heading(words.t("Write the glossary"));
            ui.add_space(8.0);
            for form in TermsForm::written() {
                if ui.radio(self.form == form, words.form(&form.about)).clicked() {
                    self.form = form;
                    self.path = Path::new(&self.path).with_extension(form.about.ending()).display().to_string();
                }
            }
            ui.add_space(8.0);
            ui.checkbox(&mut self.proposals, words.t("With proposals nobody has decided on"));
            let edit =
                TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).id(Id::unique("glossary path"));
            field(ui, edit.hint_text(words.t("Where to")), words.t("Where to"));
            ui.add_space(4.0);
            ui.colored_label(ui.visuals().warn_fg_color, self.problem.map_or(" ", |problem| words.t(problem)));
            ui.checkbox(&mut self.over, words.t("Write over a file that is there"));
            ui.add_space(8.0);
            buttons(ui, [words.t("Write"), words.t("Cancel")])
        });
        if (write || enter)
            && let Some(path) = self.checked()
        {
            let what = What::Terms {
                outgoing: Box::new(session.terms_to_write(self.proposals)),
                form: self.form,
                langs: session.langs(),
            };
            return Some(Answer::Export(worker::Export { what, path, over: self.over, regardless: false }));
        }
        (cancel || closed).then_some(Answer::Close)
    }

    /// The path, if it may be written.
    fn checked(&mut self) -> Option<PathBuf> {
        let (path, problem) = worker::checked(&self.path, self.over);
        self.problem = problem;
        path
    }
}
