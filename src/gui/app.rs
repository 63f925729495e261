//! The state of the window. [`App::logic`] takes in answers and runs commands, [`App::ui`] only draws.

mod bars;

use std::path::{Path, PathBuf};

use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{CentralPanel, Context, Event as Input, Frame, Margin, Panel, Theme, Ui, ViewportCommand};

use super::command::{Command, pressed};
use super::export::{Decision, ExportPage};
use super::keys::{self};
use super::lines::CopyAsWritten;
use super::open::{self, OpenPage};
use super::reader::Reader;
use super::session::Session;
use super::terms::Terms;
use super::theme::palette;
use super::worker::{Event, Job, Source, Worker};
use super::{TITLE, fonts, theme};
use crate::edit::Row;
use crate::project::is_project;
use crate::task::Progress;

/// The window.
pub struct App {
    worker: Worker,
    session: Option<Box<Session>>,
    reader: Reader,
    terms: Terms,
    show_terms: bool,
    query: String,
    /// Put the focus into the search field at the next chance.
    focus_search: bool,
    progress: Option<Progress>,
    /// What went wrong or is worth knowing, until it is dismissed.
    message: Option<String>,
    open_page: OpenPage,
    export_page: Option<ExportPage>,
    page: Page,
    /// Whether the window was to be closed while something was not kept.
    leaving: bool,
    /// What the last command did, or why it did nothing.
    said: Option<String>,
}

/// Said before work is left that the disk does not take.
const UNKEPT: &str = "What you did last is not kept yet: the project file cannot be written. Free some space and wait, or \
    close the window once more to leave without it";

/// What lies over the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    None,
    Open,
    Export,
    Keys,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("session", &self.session).finish_non_exhaustive()
    }
}

impl App {
    /// A window that opens `source` in the background and keeps what is done in project files in a folder; without one
    /// only what is opened from a project file is kept.
    pub fn new(ctx: &Context, source: Source, folder: Option<PathBuf>) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        ctx.add_plugin(CopyAsWritten);
        let waking = ctx.clone();
        let mut worker = Worker::start(folder, move || waking.request_repaint());
        worker.start_job(Job::Open(source, None));
        Self {
            worker,
            session: None,
            reader: Reader::default(),
            terms: Terms::default(),
            show_terms: true,
            query: String::new(),
            focus_search: false,
            progress: Some(Progress { stage: "opening", done: 0, total: 1 }),
            message: None,
            open_page: OpenPage::default(),
            export_page: None,
            page: Page::None,
            leaving: false,
            said: None,
        }
    }

    /// Whether everything asked for is done: for tests, which wait for it.
    pub fn is_idle(&self) -> bool {
        self.progress.is_none()
    }

    /// The row under the eye, the number of rows, and the number of search hits: for tests.
    pub fn position(&self) -> (usize, usize, usize) {
        self.session.as_ref().map_or((0, 0, 0), |session| (session.row, session.rows(), session.search.count()))
    }

    /// The rows as they are: for tests.
    pub fn rows(&self) -> Vec<Row> {
        self.session.as_ref().map_or_else(Vec::new, |session| session.alignment.rows().to_vec())
    }

    /// Whether what is shown tiles both texts and is what the edits made: for tests.
    pub fn is_sound(&self) -> bool {
        self.session.as_ref().is_none_or(|session| {
            let rows = session.alignment.rows().len();
            let counted = (0..rows).filter(|&row| session.is_doubtful(row)).count();
            session.alignment.is_tiled() && session.row < rows && session.doubtful == counted
        })
    }

    fn take_in(&mut self, ctx: &Context, event: Event) {
        match event {
            Event::Progress(progress) => self.progress = Some(progress),
            Event::Opened(session, warnings) => {
                ctx.send_viewport_cmd(ViewportCommand::Title(format!("{TITLE} – {}", session.title)));
                self.reader.reset();
                // Where the reader was when the project was closed.
                self.reader.reveal(session.row);
                self.session = Some(session);
                self.terms = Terms::default();
                self.query.clear();
                self.said = None;
                if self.page == Page::Export {
                    self.page = Page::None;
                }
                self.message = (!warnings.is_empty()).then(|| warnings.join("\n"));
            }
            Event::Glossary(glossary) => {
                if let Some(session) = &mut self.session {
                    session.glossary = Some(glossary);
                }
            }
            Event::Realigned(revision, found) => {
                let Some(session) = &mut self.session else { return };
                self.said = Some(session.take_realigned(revision, found));
                self.reader.reveal(session.row);
            }
            Event::Exported(Ok((path, problems))) => {
                self.said = Some(format!("Written: {}", path.display()));
                self.message = (!problems.is_empty()).then(|| problems.join("\n"));
            }
            Event::Exported(Err(problem)) => self.message = Some(problem),
            Event::Already => self.said = Some("It is open already".to_owned()),
            Event::Ended => self.progress = None,
            Event::Failed(problem) => {
                // The page keeps what was typed, so that it can be mended.
                self.open_page.problem = Some(problem);
                self.page = Page::Open;
            }
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Open => self.page = Page::Open,
            Command::OpenBundled => self.start(Source::Bundled),
            Command::Search => self.focus_search = true,
            Command::Terms => self.show_terms = !self.show_terms,
            Command::Theme => {
                let other = if ctx.theme() == Theme::Dark { Theme::Light } else { Theme::Dark };
                ctx.set_theme(other);
            }
            Command::Face => {
                self.reader.face = match self.reader.face {
                    fonts::Face::Serif => fonts::Face::Sans,
                    fonts::Face::Sans => fonts::Face::Serif,
                };
            }
            Command::Larger => ctx.set_zoom_factor((ctx.zoom_factor() * 1.1).min(3.0)),
            Command::Smaller => ctx.set_zoom_factor((ctx.zoom_factor() / 1.1).max(0.5)),
            Command::UsualSize => ctx.set_zoom_factor(1.0),
            Command::Help => self.page = Page::Keys,
            Command::Escape => self.escape(ctx),
            _ => self.move_about(ctx, command),
        }
    }

    /// Commands that need an open text.
    fn move_about(&mut self, ctx: &Context, command: Command) {
        let Some(session) = &mut self.session else { return };
        let last = session.rows().saturating_sub(1);
        match command {
            Command::NextHit => session.walk_hits(true),
            Command::PreviousHit => session.walk_hits(false),
            Command::NextRow => session.go(session.row + 1),
            Command::PreviousRow => session.go(session.row.saturating_sub(1)),
            Command::ExtendDown => session.extend(session.row + 1),
            Command::ExtendUp => session.extend(session.row.saturating_sub(1)),
            Command::PageDown => self.reader.page(session, true),
            Command::PageUp => self.reader.page(session, false),
            Command::FirstRow => session.go(0),
            Command::LastRow => session.go(last),
            Command::SelectAll => {
                session.go(0);
                session.extend(last);
                return;
            }
            Command::Copy => {
                ctx.copy_text(session.copied());
                return;
            }
            Command::NextTerm => self.terms.step(session, true),
            Command::PreviousTerm => self.terms.step(session, false),
            Command::NextDoubtful => self.said = session.walk_doubtful(true),
            Command::PreviousDoubtful => self.said = session.walk_doubtful(false),
            Command::Export => {
                self.export_page = Some(ExportPage::new(session));
                self.page = Page::Export;
                return;
            }
            Command::Realign => {
                if self.progress.is_some() && session.glossary.is_some() {
                    self.said = Some("Something else is being done; wait for it or cancel it".to_owned());
                    return;
                }
                let Some(job) = session.realign() else {
                    self.said = Some("There is nothing to align again here".to_owned());
                    return;
                };
                self.worker.start_job(job);
                self.progress = Some(Progress { stage: "aligning again", done: 0, total: 1 });
                return;
            }
            other => self.said = session.change(other),
        }
        self.reader.reveal(session.row);
    }

    /// Closes the topmost thing, one at a time.
    fn escape(&mut self, ctx: &Context) {
        if self.page != Page::None {
            self.page = Page::None;
        } else if let Some(session) = &mut self.session {
            ctx.memory_mut(eframe::egui::Memory::stop_text_input);
            if !session.search.query.is_empty() {
                self.query.clear();
                session.find("");
            } else if session.term.is_some() {
                session.choose(None);
            } else {
                session.go(session.row);
                self.message = None;
            }
        }
    }

    fn start(&mut self, source: Source) {
        if self.session.as_ref().is_some_and(|session| session.kept_badly().is_some()) {
            self.message = Some(UNKEPT.to_owned());
            return;
        }
        self.progress = Some(Progress { stage: "opening", done: 0, total: 1 });
        self.message = None;
        self.page = Page::None;
        self.open_page.problem = None;
        let held = self.session.as_ref().and_then(|session| session.project().map(Path::to_owned));
        self.worker.start_job(Job::Open(source, held));
    }

    fn take_files(&mut self, ctx: &Context) {
        let dropped: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        match dropped.as_slice() {
            [] => {}
            [only] if is_project(only) => self.start(Source::Project(only.clone())),
            [source, target] => self.start(Source::Files(source.clone(), target.clone())),
            files => {
                self.open_page.fill(files);
                self.page = Page::Open;
            }
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        for event in self.worker.drain() {
            self.take_in(ctx, event);
        }
        if let Some(session) = &mut self.session {
            session.keep_place();
            let unkept = session.kept_badly().is_some();
            if unkept && !self.leaving && ctx.input(|input| input.viewport().close_requested()) {
                self.leaving = true;
                self.message = Some(UNKEPT.to_owned());
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            }
            self.leaving &= unkept;
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.take_files(&ctx);
        let mut commands = pressed(&ctx, self.page != Page::None);
        if wants_rows_copied(&ctx) {
            commands.push(Command::Copy);
        }
        commands.extend(self.draw(ui));
        for command in commands {
            self.run(&ctx, command);
        }
    }
}

/// Ctrl C copies rows where no text field has the focus and no text is selected.
fn wants_rows_copied(ctx: &Context) -> bool {
    let asked = ctx.input(|input| input.events.iter().any(|event| matches!(event, Input::Copy)));
    asked && !ctx.text_edit_focused() && !ctx.plugin::<LabelSelectionState>().lock().has_selection()
}

// Drawing.
impl App {
    fn draw(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        let colours = palette(ui.ctx());
        let slim = |fill| Frame::new().fill(fill).inner_margin(Margin::symmetric(10, 5));
        Panel::top("bar").frame(slim(colours.panel)).show(ui, |ui| self.bar(ui, &mut commands));
        Panel::bottom("status").frame(slim(colours.panel)).show(ui, |ui| self.status(ui));
        if self.show_terms && self.session.is_some() {
            let frame = Frame::new().fill(colours.panel).inner_margin(Margin::symmetric(10, 0));
            let busy = self.progress.is_some();
            // With large text the panel leaves the texts their room.
            let most = (ui.available_width() * 0.32).clamp(160.0, 480.0);
            let panel = Panel::right("glossary").frame(frame).default_size(most.min(290.0)).size_range(160.0..=most);
            panel.show(ui, |ui| {
                let Some(session) = &mut self.session else { return };
                if session.glossary.is_none() && !busy {
                    // Stopped, or another text could not be opened meanwhile.
                    ui.add_space(8.0);
                    if ui.button("Build the glossary").clicked() {
                        self.worker.start_job(Job::Glossary(session.bitext()));
                        self.progress = Some(Progress { stage: "starting", done: 0, total: 1 });
                    }
                } else if self.terms.show(ui, session) {
                    self.reader.reveal(session.row);
                }
            });
        }
        CentralPanel::default().frame(Frame::new().fill(colours.paper)).show(ui, |ui| self.centre(ui, &mut commands));
        self.pages(ui.ctx());
        commands
    }

    fn centre(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if let Some(message) = self.message.clone() {
            Frame::new().inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.colored_label(ui.visuals().warn_fg_color, message);
                    if ui.small_button("Dismiss").clicked() {
                        self.message = None;
                    }
                });
            });
        }
        match &mut self.session {
            Some(session) => self.reader.show(ui, session),
            None => {
                ui.centered_and_justified(|ui| {
                    if self.progress.is_some() {
                        ui.label("Opening and aligning the texts…");
                    } else if ui.button("Open two texts…").clicked() {
                        commands.push(Command::Open);
                    }
                });
            }
        }
    }

    fn pages(&mut self, ctx: &Context) {
        if self.page == Page::Open {
            match self.open_page.show(ctx) {
                Some(open::Decision::Open(source)) => self.start(source),
                Some(open::Decision::Close) => self.page = Page::None,
                None => {}
            }
        }
        if let (Page::Export, Some(page), Some(session)) = (self.page, &mut self.export_page, &self.session) {
            match page.show(ctx, session) {
                Some(Decision::Export(export)) => {
                    self.page = Page::None;
                    self.said = Some("Writing…".to_owned());
                    self.worker.export(export);
                }
                Some(Decision::Close) => self.page = Page::None,
                None => {}
            }
        }
        if self.page == Page::Keys && keys::closed(ctx) {
            self.page = Page::None;
        }
    }
}
