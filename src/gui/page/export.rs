//! The page that hands rows to other tools: which rows, in what form, where to.

use std::path::{Path, PathBuf};

use eframe::egui::{Button, Context, Frame, Id, Modal, Role, Stroke, TextEdit, WidgetInfo};

use super::session::Session;
use super::theme::palette;
use super::worker;
use crate::edit::Side;
use crate::exchange::beads::Format;
use crate::project::{Which, is_project};

const FORMATS: [(Format, &str, &str); 5] = [
    (Format::Tmx, "tmx", "Translation memory (TMX 1.4)"),
    (Format::Tsv, "tsv", "Table (TSV)"),
    (Format::Jsonl, "jsonl", "JSON Lines"),
    (Format::Html, "html", "Page to read and print (HTML)"),
    (Format::Links, "links", "Segment numbers (links)"),
];

/// What was chosen so far.
#[derive(Debug)]
pub(super) struct ExportPage {
    path: String,
    format: Format,
    rows: Rows,
    /// Whether a file that is there already may be written over.
    over: bool,
    problem: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    All,
    Selected,
    Confirmed,
}

/// What the person decided.
pub(super) enum Decision {
    Export(worker::Export),
    Close,
}

impl ExportPage {
    /// A page for a session, with a name made of its first text.
    pub(super) fn new(session: &Session) -> Self {
        let name = &session.document(Side::Source).name;
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let folder = std::env::current_dir().unwrap_or_default();
        let path = folder.join(format!("{stem}.tmx")).display().to_string();
        let rows = if session.selection().count() > 1 { Rows::Selected } else { Rows::All };
        Self { path, format: Format::Tmx, rows, over: false, problem: None }
    }

    /// Draws the page; `None` while nothing is decided.
    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Decision> {
        let mut decision = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
        let modal = Modal::new(Id::unique("export page")).frame(frame).show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 80.0).clamp(320.0, 560.0));
            // What is not chosen has to be seen as something to choose.
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.0, palette(ctx).muted);
            ui.heading("Export rows");
            ui.add_space(8.0);
            for (format, ending, name) in FORMATS {
                if ui.radio(self.format == format, name).clicked() {
                    self.format = format;
                    self.path = Path::new(&self.path).with_extension(ending).display().to_string();
                }
            }
            ui.add_space(8.0);
            let selected = session.selection().count();
            for (rows, name) in [
                (Rows::All, format!("All {} rows", session.rows())),
                (Rows::Selected, format!("The {selected} selected")),
                (Rows::Confirmed, format!("The {} confirmed", session.confirmed)),
            ] {
                if ui.radio(self.rows == rows, name).clicked() {
                    self.rows = rows;
                }
            }
            ui.add_space(8.0);
            let field = TextEdit::singleline(&mut self.path).hint_text("Where to").desired_width(f32::INFINITY);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Where to"));
            // The line is there from the start, so that no button moves under the pointer.
            ui.add_space(4.0);
            ui.colored_label(ui.visuals().warn_fg_color, self.problem.as_deref().unwrap_or(" "));
            ui.checkbox(&mut self.over, "Write over a file that is there");
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let export = Button::new("Export").fill(ui.visuals().selection.bg_fill);
                if ui.add(export).clicked() {
                    decision = self.export(session).map(Decision::Export);
                }
                if ui.button("Close").clicked() {
                    decision = Some(Decision::Close);
                }
            });
        });
        decision.or_else(|| modal.should_close().then_some(Decision::Close))
    }

    /// The work to do, if the path is fine; a file that is there must be asked for twice.
    fn export(&mut self, session: &Session) -> Option<worker::Export> {
        let path = PathBuf::from(self.path.trim());
        if path.as_os_str().is_empty() {
            self.problem = Some("Type where to write".to_owned());
            return None;
        }
        if is_project(&path) {
            self.problem = Some("That would be a project; choose another ending".to_owned());
            return None;
        }
        if self.rows == Rows::Confirmed && session.confirmed == 0 {
            self.problem = Some("No row is confirmed".to_owned());
            return None;
        }
        if path.exists() && !self.over {
            self.problem = Some("There is a file of this name already".to_owned());
            return None;
        }
        let which = match self.rows {
            Rows::All => Which::All,
            Rows::Confirmed => Which::Confirmed,
            Rows::Selected => Which::Range(session.selected()),
        };
        Some(worker::Export { alignment: session.alignment.clone(), which, format: self.format, path })
    }
}
