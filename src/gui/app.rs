//! The state of the window. [`App::logic`] takes in answers and runs commands, [`App::ui`] only draws.

mod bars;
mod check;
mod leaving;
mod lookup;
mod message;
mod route;
mod snapshot;
mod terms;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{CentralPanel, Context, Event as Input, Frame, Margin, Panel as Sides, Theme, Ui};

use super::command::{Command, Keys, pressed};
use super::lines::CopyAsWritten;
use super::lookup_sources::LookupSources;
use super::page::open::OpenPage;
use super::page::{Answer, Around, Page};
use super::panel::check as consistency;
use super::panel::terms as glossary;
use super::panel::{Panel, path, rows};
use super::reader::{Reader, Setup};
use super::session::Session;
use super::theme::palette;
use super::words::{Said, Words, word, words};
use super::worker::{Event, Job, Lane, Source, Worker};
use super::{fonts, theme};
use crate::lang::Language;
use crate::notice::Tell as _;
use crate::project::{self, Settings};
use message::Message;
pub use snapshot::Snapshot;

/// Where the window keeps things; without a place only what is opened from a project file is kept.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The folder of project files.
    pub projects: Option<PathBuf>,
    /// The file of settings.
    pub settings: Option<PathBuf>,
}

/// The window.
pub struct App {
    worker: Worker,
    session: Option<Box<Session>>,
    reader: Reader,
    terms: glossary::Terms,
    rows: rows::Rows,
    path: path::Path,
    query: String,
    /// Put the focus into the search field at the next chance.
    focus_search: bool,
    /// What went wrong or is worth knowing, until it is dismissed.
    message: Message,
    open_page: OpenPage,
    page: Option<Page>,
    /// What words were looked up in last, as long as it holds what is open.
    sources: Option<Arc<LookupSources>>,
    /// Answers that came while something was being typed, or while work was not kept that they would put away.
    waiting: Vec<Event>,
    /// What was typed for the export under way, should it have to be done otherwise.
    exporting: Option<Page>,
    /// Whether the window was to be closed while something was not kept.
    leaving: bool,
    /// What the last command did, or why it did nothing.
    said: Option<Said>,
    settings: Settings,
    /// The settings as the file holds them, and where it lies.
    kept_settings: Settings,
    settings_file: Option<PathBuf>,
    /// The settings that the window shows.
    applied: Option<Settings>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("session", &self.session).finish_non_exhaustive()
    }
}

impl App {
    /// A window that opens `source` in the background.
    pub fn new(ctx: &Context, source: Source, places: Places) -> Self {
        fonts::install(ctx);
        ctx.add_plugin(CopyAsWritten);
        let (settings, problem) = places.settings.as_deref().map_or_else(Default::default, Settings::load);
        let waking = ctx.clone();
        let mut worker = Worker::start(places.projects, move || waking.request_repaint());
        worker.start_job(Job::Open(source, None), word("opening"));
        let mut app = Self {
            worker,
            session: None,
            reader: Reader::default(),
            terms: glossary::Terms::default(),
            rows: rows::Rows::default(),
            path: path::Path::default(),
            query: String::new(),
            focus_search: false,
            message: Message::alarm(problem),
            open_page: OpenPage::default(),
            page: None,
            sources: None,
            waiting: Vec::new(),
            exporting: None,
            leaving: false,
            said: None,
            kept_settings: settings.clone(),
            settings,
            settings_file: places.settings,
            applied: None,
        };
        app.apply(ctx);
        app
    }

    /// The size the window had when it was closed, in points, by the file of settings.
    pub fn kept_size(file: Option<&std::path::Path>) -> Option<[f32; 2]> {
        file.and_then(|file| Settings::load(file).0.window)
    }

    /// Whether everything asked for is done: for tests, which wait for it.
    pub fn is_idle(&self) -> bool {
        self.worker.progress().is_none()
    }

    /// Builds the glossary of the open texts, in languages in which terms can be found; benchmarks ask for it as well.
    pub fn build_glossary(&mut self) {
        if let Some(session) = self.session.as_ref().filter(|session| session.has_terms()) {
            self.worker.start_job(Job::Glossary(session.open.clone(), session.stamp), word("starting"));
        }
    }

    /// Stops everything that is being done: for benchmarks.
    pub fn stop(&mut self) {
        while let Some((lane, ..)) = self.worker.progress() {
            self.worker.cancel(lane);
        }
    }

    /// The panel at the right.
    fn shown_panel(&self) -> Option<Panel> {
        self.settings.panel.as_deref().and_then(Panel::of)
    }

    /// Whether keys decide on terms.
    fn in_terms(&self) -> bool {
        self.terms.has_keys && self.shown_panel() == Some(Panel::Glossary) && self.session.is_some()
    }

    /// Shows what the settings say, where they have changed.
    fn apply(&mut self, ctx: &Context) {
        if self.applied.as_ref() == Some(&self.settings) {
            return;
        }
        let settings = &self.settings;
        let chinese = match settings.language.as_deref() {
            Some(language) => language == "zh",
            // Without a file of settings nothing depends on the system.
            None => self.settings_file.is_some() && sys_locale::get_locale().is_some_and(|tag| tag.starts_with("zh")),
        };
        Words { chinese }.install(ctx);
        Keys::of(&settings.keys).install(ctx);
        let before = self.applied.as_ref();
        if before.is_none_or(|before| before.contrast != settings.contrast) {
            theme::install(ctx, settings.contrast);
        }
        if before.is_none_or(|before| before.dark != settings.dark) {
            match settings.dark {
                Some(true) => ctx.set_theme(Theme::Dark),
                Some(false) => ctx.set_theme(Theme::Light),
                None => ctx.set_theme(eframe::egui::ThemePreference::System),
            }
        }
        if before.is_some_and(|before| before.language != settings.language) {
            self.name_window(ctx);
        }
        if before.is_none_or(|before| before.zoom.to_bits() != settings.zoom.to_bits()) {
            ctx.set_zoom_factor(settings.zoom);
        }
        self.reader.setup = Setup { chinese: settings.chinese, other: settings.other };
        if let Some(session) = &mut self.session {
            session.author = project::author(settings.author.as_deref());
        }
        self.applied = Some(self.settings.clone());
    }

    /// Keeps the settings where they have changed.
    fn keep_settings(&mut self, ctx: &Context) {
        // Not for every step of a slider that is pulled.
        if self.settings == self.kept_settings || ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        self.kept_settings = self.settings.clone();
        if let Some(file) = &self.settings_file
            && let Err(problem) = self.settings.save(file)
        {
            self.message = Message::alarm([problem.tell()]);
        }
    }

    /// Closes the topmost thing, one at a time.
    fn escape(&mut self, ctx: &Context) {
        if let Some(page) = self.page.take() {
            // Back to what was typed.
            self.page = matches!(page, Page::Lossy(_)).then(|| self.exporting.take()).flatten();
        } else if let Some(session) = &mut self.session {
            ctx.memory_mut(eframe::egui::Memory::stop_text_input);
            if std::mem::take(&mut self.terms.has_keys) {
                return;
            }
            if session.cursor.chosen.is_some() || session.cursor.picked.is_some() {
                (session.cursor.chosen, session.cursor.picked) = (None, None);
            } else if !session.search.query.is_empty() {
                self.query.clear();
                session.find("");
            } else if session.terms.chosen.is_some() {
                session.choose(None);
            } else {
                session.go(session.cursor.row);
                self.message.clear();
            }
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        let mut events = std::mem::take(&mut self.waiting);
        events.extend(self.worker.drain());
        for event in events {
            if self.must_wait(&event) { self.put_off(event) } else { self.take_in(ctx, event) }
        }
        if let Some(session) = &mut self.session {
            session.keep_place();
            if !self.worker.is_busy(Lane::Doubts) {
                session.doubts.doubts_at_rest();
            }
            if let Some(job) = session.search_job() {
                self.worker.start_job(job, word("searching"));
            }
            if session.to_index != [false; 2] && !self.worker.is_busy(Lane::Index) {
                let wanted = std::mem::take(&mut session.to_index);
                let sides = super::session::SIDES.into_iter().filter(|side| wanted[*side as usize]);
                let texts = sides.map(|side| (side, session.aligned().document(side).clone())).collect();
                self.worker.start_job(Job::Index(texts, session.stamp), word("searching"));
            }
            if let Some(told) = session.rescue() {
                self.message = Message::alarm([told]);
                if let Some(saver) = &session.kept.saver {
                    saver.wakes(ctx);
                }
                self.settings.opened(&session.title(Language::English), session.paths.clone());
            }
            match session.kept.saver.as_ref().and_then(super::saver::Saver::saved) {
                Some(Ok(path)) => {
                    self.said = Some(Said::Filled("Goes on in {0}", vec![path.display().to_string()]));
                    session.paths = vec![path];
                    self.settings.opened(&session.title(Language::English), session.paths.clone());
                }
                Some(Err(problem)) => self.message = Message::alarm([problem]),
                None => {}
            }
        }
        self.may_close(ctx);
        if self.settings_file.is_some() && ctx.input(|input| input.viewport().close_requested()) {
            let size = ctx.content_rect().size() * ctx.zoom_factor();
            self.settings.window = Some([size.x, size.y]);
        }
        self.keep_sources();
        self.apply(ctx);
        self.keep_settings(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.take_files(&ctx);
        let chooses = matches!(&self.page, Some(Page::Options(page)) if page.waits_for_key());
        let mut commands = if chooses { Vec::new() } else { pressed(&ctx, self.page.is_some(), self.in_terms()) };
        if wants_rows_copied(&ctx) {
            commands.push(Command::Copy);
        }
        let answers = self.draw(ui, &mut commands);
        for command in commands {
            self.run(&ctx, command);
        }
        for answer in answers {
            self.answer(&ctx, answer);
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
    fn draw(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) -> Vec<Answer> {
        let colours = palette(ui.ctx());
        let slim = |fill| Frame::new().fill(fill).inner_margin(Margin::symmetric(10, 5));
        Sides::top("bar").frame(slim(colours.panel)).show(ui, |ui| self.bar(ui, commands));
        Sides::bottom("status").frame(slim(colours.panel)).show(ui, |ui| self.status(ui));
        if let (Some(panel), true) = (self.shown_panel(), self.session.is_some()) {
            let frame = Frame::new().fill(colours.panel).inner_margin(Margin::symmetric(10, 0));
            // With large text the panel leaves the texts their room.
            let most = (ui.available_width() * 0.32).clamp(160.0, 480.0);
            let sides = Sides::right("panel").frame(frame).default_size(most.min(290.0)).size_range(160.0..=most);
            sides.show(ui, |ui| self.panel(ui, panel, commands));
        }
        let centre = CentralPanel::default().frame(Frame::new().fill(colours.paper));
        let centre = centre.show(ui, |ui| self.centre(ui, commands));
        // A click into the texts gives them the keys again.
        let pressed = ui.input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos()).flatten());
        self.terms.has_keys &= !pressed.is_some_and(|at| self.page.is_none() && centre.response.rect.contains(at));
        let mut answers = centre.inner;
        let ctx = ui.ctx().clone();
        let around = Around { session: self.session.as_deref(), settings: &self.settings };
        answers.extend(match &mut self.page {
            Some(Page::Open) => self.open_page.show(&ctx, &self.settings.recent),
            Some(page) => page.show(&ctx, &around),
            None => None,
        });
        answers
    }

    fn panel(&mut self, ui: &mut Ui, panel: Panel, commands: &mut Vec<Command>) {
        let Some(session) = &mut self.session else { return };
        let asked = match panel {
            Panel::Glossary => {
                if session.terms.glossary.is_none() && session.has_terms() && !self.worker.is_busy(Lane::Glossary) {
                    // Stopped, or another text could not be opened meanwhile.
                    ui.add_space(8.0);
                    if ui.button(words(ui.ctx()).t("Build the glossary")).clicked() {
                        commands.push(Command::BuildTerms);
                    }
                }
                if self.terms.show(ui, session, commands) {
                    self.reader.reveal(session.cursor.row);
                }
                return;
            }
            Panel::Check => {
                let busy = self.worker.is_busy(Lane::Check);
                if consistency::show(ui, session, busy, commands) {
                    self.reader.reveal(session.cursor.row);
                }
                return;
            }
            Panel::Rows => self.rows.show(ui, session),
            Panel::Path => self.path.show(ui, session),
        };
        if let Some(row) = asked {
            session.go(row);
            self.reader.reveal(session.cursor.row);
        }
    }

    fn centre(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) -> Vec<Answer> {
        let words = words(ui.ctx());
        if !self.message.is_empty() {
            Frame::new().inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.vertical(|ui| self.message.show(ui));
                    if ui.small_button(words.t("Dismiss")).clicked() {
                        self.message.clear();
                    }
                });
            });
        }
        if let Some(session) = &mut self.session {
            return self.reader.show(ui, session);
        }
        ui.centered_and_justified(|ui| {
            if self.worker.is_busy(Lane::Open) {
                ui.label(words.t("Opening and aligning the texts…"));
            } else if ui.button(words.t("Open…")).clicked() {
                commands.push(Command::Open);
            }
        });
        Vec::new()
    }
}
