//! The page that brings texts in: a text and its translation by path, by a dialog or pasted; one project or aligned
//! text; what was opened lately.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use eframe::egui::{Context, Id, Response, TextEdit, Ui};

use super::{Answer, buttons, enter, field, focus_first, level, long_field, over, scrolled};
use crate::gui::words::{Words, word, words};
use crate::gui::worker::{Input, Source};
use crate::notice::Notice;
use crate::project::{Recent, first_words, is_aligned_form, is_project, typed_path};

/// The fields of the two paths.
const PATHS: [&str; 2] = ["text path", "translation path"];

/// What was typed so far; kept until what it names is open.
#[derive(Debug, Default)]
pub(in crate::gui) struct OpenPage {
    sides: [Typed; 2],
    /// Whether the first field has had the focus.
    drawn: bool,
    /// Whether what was typed is being opened.
    asked: bool,
    /// What went wrong.
    problem: Option<Notice>,
}

#[derive(Debug, Default)]
struct Typed {
    path: String,
    pasted: String,
    /// Where a dialog that is open will say what was chosen.
    dialog: Option<Receiver<Option<PathBuf>>>,
}

impl OpenPage {
    /// Files were dropped on the window or chosen: they fill the paths.
    pub(in crate::gui) fn fill(&mut self, files: &[PathBuf]) {
        let empty = self.sides.iter_mut().filter(|side| side.path.is_empty() || files.len() > 1);
        for (side, file) in empty.zip(files) {
            side.path = file.display().to_string();
        }
    }

    /// Turns to the page: what was typed is there still, what went wrong then is not told again.
    pub(in crate::gui) fn turn_to(&mut self) {
        (self.problem, self.drawn) = (None, false);
    }

    /// What was asked for cannot be opened; what was typed can be mended.
    pub(in crate::gui) fn failed(&mut self, problem: Notice) {
        (self.problem, self.drawn, self.asked) = (Some(problem), false, false);
    }

    /// Something was opened: what was typed is needed no longer where it was that.
    pub(in crate::gui) fn opened(&mut self) {
        if self.asked {
            *self = Self::default();
        }
    }

    /// Whether something is typed.
    pub(in crate::gui) fn is_empty(&self) -> bool {
        self.sides.iter().all(Typed::is_empty)
    }

    /// Draws the page; `None` while nothing is decided.
    pub(in crate::gui) fn show(&mut self, ctx: &Context, recent: &[Recent]) -> Option<Answer> {
        let words = words(ctx);
        let mut answer = None;
        let enter = enter(ctx, &PATHS);
        let ((), closed) = over(ctx, "open page", 760.0, |ui| {
            ui.heading(words.t("Open a text and its translation"));
            ui.weak(words.t(
                "Either way round. Type a path, drop files on the window, or paste the text. A project or a table of \
                 pairs (TSV, CSV, TMX, JSON Lines) is opened by itself.",
            ));
            ui.add_space(8.0);
            let [first, second] = &mut self.sides;
            let names = [
                (words.t("Text"), words.t("Path of the text"), words.t("or paste the text here")),
                (words.t("Translation"), words.t("Path of the translation"), words.t("or paste the translation here")),
            ];
            let mut fresh = !std::mem::replace(&mut self.drawn, true);
            ui.columns(2, |columns| {
                let path = first.show(&mut columns[0], PATHS[0], names[0], words);
                focus_first(&path, &mut fresh);
                second.show(&mut columns[1], PATHS[1], names[1], words);
            });
            if let Some(problem) = &self.problem {
                ui.add_space(4.0);
                ui.colored_label(ui.visuals().error_fg_color, words.notice(problem));
            }
            ui.add_space(8.0);
            let [open, cancel] = buttons(ui, [words.t("Open"), words.t("Cancel")]);
            if open || enter {
                match self.source() {
                    Ok(source) => (answer, self.asked) = (Some(Answer::Open(source)), true),
                    Err(problem) => self.problem = Some(problem),
                }
            }
            if cancel {
                answer = Some(Answer::Close);
            }
            if let Some(source) = lately(ui, recent, words) {
                (answer, self.asked) = (Some(Answer::Open(source)), false);
            }
        });
        answer.or_else(|| closed.then_some(Answer::Close))
    }

    fn source(&self) -> Result<Source, Notice> {
        let [first, second] = &self.sides;
        // A file that holds both sides needs no second one.
        if let (Some(only), true) = (first.alone(), second.is_empty()) {
            return Ok(only);
        }
        let missing = |side: Result<Input, &'static str>| side.map_err(Notice::said);
        let source = first.input("text", word("the text is missing: type its path or paste it"));
        let target = second.input("translation", word("the translation is missing: type its path or paste it"));
        Ok(Source::Mixed(missing(source)?, missing(target)?))
    }
}

/// What one file, or three, may be opened as.
pub(in crate::gui) fn by_name(files: &[PathBuf]) -> Option<Source> {
    match files {
        [only] if is_project(only) => Some(Source::Project(std::path::absolute(only).unwrap_or_else(|_| only.clone()))),
        files if is_aligned_form(files) => Some(Source::Aligned(files.to_vec())),
        [source, target] => Some(Source::Files(source.clone(), target.clone())),
        _ => None,
    }
}

/// What was opened lately, to be opened again.
fn lately(ui: &mut Ui, recent: &[Recent], words: Words) -> Option<Source> {
    if recent.is_empty() {
        return None;
    }
    ui.add_space(10.0);
    ui.strong(words.t("Opened lately"));
    let mut asked = None;
    scrolled(room(ui, 0.42).min(110.0)).id_salt("lately").show(ui, |ui| {
        for entry in recent {
            let folder = entry.paths.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
            let response = ui.link(&entry.title).on_hover_text(folder.display().to_string());
            if response.clicked() {
                asked = by_name(&entry.paths);
            }
        }
    });
    asked
}

/// A part of the height that the page leaves for what is long in it.
fn room(ui: &Ui, part: f32) -> f32 {
    ((ui.ctx().content_rect().height() - 300.0) * part).max(40.0)
}

impl Typed {
    /// Draws one side; the field of its path.
    fn show(
        &mut self,
        ui: &mut Ui,
        id: &'static str,
        (name, path_name, paste_name): (&str, &str, &str),
        words: Words,
    ) -> Response {
        level(ui, |ui| {
            ui.strong(name);
            if ui.button(words.t("Choose…")).clicked() && self.dialog.is_none() {
                self.dialog = Some(ask(ui.ctx().clone()));
            }
        });
        if let Some(chosen) = self.dialog.as_ref().and_then(|dialog| dialog.try_recv().ok()) {
            self.dialog = None;
            if let Some(path) = chosen {
                self.path = path.display().to_string();
            }
        }
        let path = TextEdit::singleline(&mut self.path).hint_text(path_name).desired_width(f32::INFINITY);
        let path = field(ui, path.id(Id::unique(id)), path_name);
        scrolled(room(ui, 0.58).min(150.0)).id_salt(path_name).show(ui, |ui| {
            let pasted = TextEdit::multiline(&mut self.pasted)
                .hint_text(paste_name)
                .desired_width(f32::INFINITY)
                .desired_rows(6);
            long_field(ui, pasted, paste_name);
        });
        path
    }

    fn is_empty(&self) -> bool {
        self.path.trim().is_empty() && self.pasted.trim().is_empty()
    }

    /// A file that holds both sides.
    fn alone(&self) -> Option<Source> {
        if self.path.trim().is_empty() { None } else { by_name(&[typed_path(&self.path)]) }
    }

    fn input(&self, name: &str, missing: &'static str) -> Result<Input, &'static str> {
        match (self.path.trim().is_empty(), self.pasted.trim().is_empty()) {
            (true, true) => Err(missing),
            (false, false) => Err(word("one side has both a path and pasted text: keep one of them")),
            (false, true) => Ok(Input::File(typed_path(&self.path))),
            (true, false) => {
                let name = first_words(&self.pasted).unwrap_or_else(|| format!("pasted {name}"));
                Ok(Input::Pasted(name, self.pasted.clone()))
            }
        }
    }
}

/// Asks for a file by a dialog of the system, which may stay open for long.
pub(super) fn ask(ctx: Context) -> Receiver<Option<PathBuf>> {
    let (answer, chosen) = mpsc::channel();
    let wait = move || {
        let path = rfd::FileDialog::new().pick_file();
        // A page that is gone needs no answer.
        let _ = answer.send(path);
        ctx.request_repaint();
    };
    let thread = std::thread::Builder::new().name("duizhao dialog".to_owned()).spawn(wait);
    drop(thread.expect("the system can start one more thread"));
    chosen
}
