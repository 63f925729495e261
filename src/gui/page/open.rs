//! The page that brings in a text and its translation: a path each, or pasted text.

use std::path::PathBuf;

use eframe::egui::{Button, Context, Frame, Id, Modal, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::worker::{Side, Source};

/// What was typed so far; kept while the page is closed and after an error.
#[derive(Debug, Default)]
pub(super) struct OpenPage {
    sides: [Typed; 2],
    pub(super) problem: Option<String>,
}

#[derive(Debug, Default)]
struct Typed {
    path: String,
    pasted: String,
}

/// What the person decided.
pub(super) enum Decision {
    Open(Source),
    Close,
}

impl OpenPage {
    /// Files were dropped on the window or chosen: they fill the paths.
    pub(super) fn fill(&mut self, files: &[PathBuf]) {
        let empty = self.sides.iter_mut().filter(|side| side.path.is_empty() || files.len() > 1);
        for (side, file) in empty.zip(files) {
            side.path = file.display().to_string();
        }
    }

    /// Draws the page; `None` while nothing is decided.
    pub(super) fn show(&mut self, ctx: &Context) -> Option<Decision> {
        let mut decision = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
        let modal = Modal::new(Id::unique("open page")).frame(frame).show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 80.0).clamp(320.0, 760.0));
            ui.heading("Open a text and its translation");
            ui.weak("Chinese and English, either way round. Type a path, drop files on the window, or paste the text.");
            ui.add_space(8.0);
            let [first, second] = &mut self.sides;
            ui.columns(2, |columns| {
                first.show(&mut columns[0], "Text");
                second.show(&mut columns[1], "Translation");
            });
            if let Some(problem) = &self.problem {
                ui.add_space(4.0);
                ui.colored_label(ui.visuals().error_fg_color, problem);
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let open = Button::new("Open").fill(ui.visuals().selection.bg_fill);
                if ui.add(open).clicked() {
                    match self.source() {
                        Ok(source) => decision = Some(Decision::Open(source)),
                        Err(problem) => self.problem = Some(problem),
                    }
                }
                if ui.button("Cancel").clicked() {
                    decision = Some(Decision::Close);
                }
            });
        });
        if modal.should_close() {
            decision = Some(Decision::Close);
        }
        decision
    }

    fn source(&self) -> Result<Source, String> {
        let [first, second] = &self.sides;
        Ok(Source::Mixed(first.side("text")?, second.side("translation")?))
    }
}

impl Typed {
    fn show(&mut self, ui: &mut Ui, name: &str) {
        ui.strong(name);
        let path_name = format!("Path of the {}", name.to_lowercase());
        let path = TextEdit::singleline(&mut self.path).hint_text(&path_name).desired_width(f32::INFINITY);
        ui.add(path).widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &path_name));
        let paste_name = format!("or paste the {} here", name.to_lowercase());
        ScrollArea::vertical().id_salt(name).max_height(180.0).show(ui, |ui| {
            let pasted = TextEdit::multiline(&mut self.pasted)
                .hint_text(&paste_name)
                .desired_width(f32::INFINITY)
                .desired_rows(8);
            ui.add(pasted).widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, &paste_name));
        });
    }

    fn side(&self, name: &str) -> Result<Side, String> {
        let path = self.path.trim();
        match (path.is_empty(), self.pasted.trim().is_empty()) {
            (true, true) => Err(format!("the {name} is missing: type its path or paste it")),
            (false, false) => Err(format!("the {name} has both a path and pasted text: keep one of them")),
            (false, true) => Ok(Side::File(PathBuf::from(path))),
            (true, false) => Ok(Side::Pasted(format!("pasted {name}"), self.pasted.clone())),
        }
    }
}
