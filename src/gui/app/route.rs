//! Where everything goes that happens: what the worker says, commands, what was decided on pages, files dropped.

use std::path::PathBuf;
use std::time::Duration;

use eframe::egui::{Context, Theme, ViewportCommand};

use super::super::TITLE;
use super::super::command::Command;
use super::super::page::export::{ExportPage, LossyPage};
use super::super::page::find::FindPage;
use super::super::page::go_to::GoToPage;
use super::super::page::names::NamesPage;
use super::super::page::note::NotePage;
use super::super::page::open::by_name;
use super::super::page::options::OptionsPage;
use super::super::page::palette::PalettePage;
use super::super::page::preview::PreviewPage;
use super::super::page::save_as::SaveAsPage;
use super::super::page::text::TextPage;
use super::super::page::{Answer, Page};
use super::super::panel::{Panel, path, rows, terms};
use super::super::saver::Saver;
use super::super::session::{SIDES, Session, Side};
use super::super::words::{Said, word, words};
use super::super::worker::{Event, Job, Lane, Opened, Source, Stamp, Written};
use super::App;
use super::leaving::UNKEPT;
use super::message::Message;
use crate::lang::Language;
use crate::notice::{Notice, Tell as _};
use crate::project;

/// A word is looked up for so long before anything is said of it.
const PATIENCE: Duration = Duration::from_millis(300);

impl App {
    pub(super) fn take_in(&mut self, ctx: &Context, event: Event) {
        match event {
            Event::Progress(_) | Event::Ended => {}
            Event::Opened(opened) => self.show(ctx, *opened),
            Event::Glossary(glossary, stamp) => self.take_glossary(glossary, stamp),
            Event::Doubts(doubts, stamp) => {
                if let Some(session) = self.of_this(stamp) {
                    session.take_doubts(doubts);
                }
            }
            Event::Indexed(indexes, stamp) => {
                let Some(session) = self.of_this(stamp) else { return };
                let fresh = session.stamp.texts == stamp.texts;
                for (side, index) in indexes {
                    if fresh {
                        session.index[side as usize] = index.into();
                    } else {
                        session.to_index[side as usize] = true;
                    }
                }
                session.find_again();
                session.find_places();
            }
            Event::Found(found, stamp, number) => {
                let Some(session) = self.of_this(stamp) else { return };
                if session.stamp.texts == stamp.texts && session.take_hits(found, number) {
                    let row = session.cursor.row;
                    self.reader.reveal(row);
                }
            }
            Event::Checked(findings, stamp, decided) => {
                if let Some(session) = self.of_this(stamp) {
                    session.take_checked(findings, stamp, decided);
                }
            }
            Event::Terms(read, stamp) => self.take_terms(read, stamp),
            Event::LookedUp(lines, number) => {
                if let Some(Page::Lookup(page)) = &mut self.page {
                    page.take(lines, number);
                }
            }
            Event::Realigned(found, stamp) => {
                let Some(session) = self.of_this(stamp) else { return };
                match session.take_realigned(stamp, found) {
                    Ok(edit) => self.page = Some(Page::Preview(Box::new(PreviewPage::new(edit, session)))),
                    Err(said) => self.said = Some(said),
                }
            }
            Event::Exported(written) => self.take_written(written),
            Event::Already => {
                self.open_page.opened();
                self.said = Some(Said::Words("It is open already"));
            }
            Event::Failed(problem) => {
                // The page keeps what was typed, so that it can be mended.
                self.open_page.failed(problem);
                self.page = Some(Page::Open);
            }
        }
    }

    fn take_written(&mut self, written: Written) {
        match written {
            Written::Done(path, remarks) => {
                self.exporting = None;
                self.said = Some(Said::Filled("Written: {0}", vec![path.display().to_string()]));
                self.message = Message::report(remarks);
            }
            Written::Taken => {
                self.said = None;
                self.message = Message::alarm([Notice::said(word("There is a file of this name already"))]);
            }
            Written::Asks(lossy) => {
                self.said = None;
                self.page = Some(Page::Lossy(LossyPage::new(*lossy)));
            }
            Written::Failed(problem) => self.message = Message::alarm([problem]),
        }
    }

    /// The session that an answer is for, where it is still the one that is open.
    pub(super) fn of_this(&mut self, stamp: Stamp) -> Option<&mut Session> {
        self.session.as_deref_mut().filter(|session| session.stamp.session == stamp.session)
    }

    /// Calls the window as what is open is called.
    pub(super) fn name_window(&self, ctx: &Context) {
        if let Some(session) = &self.session {
            let title = session.title(words(ctx).interface());
            ctx.send_viewport_cmd(ViewportCommand::Title(format!("{TITLE} – {title}")));
        }
    }

    /// Shows what was opened.
    fn show(&mut self, ctx: &Context, mut opened: Opened) {
        let warnings = std::mem::take(&mut opened.warnings);
        let author = project::author(self.settings.author.as_deref());
        let mut session = Box::new(Session::of_opened(opened, author));
        self.reader.reset();
        // Where the reader was when the project was closed.
        self.reader.reveal(session.cursor.row);
        if !session.paths.is_empty() {
            self.settings.opened(&session.title(Language::English), session.paths.clone());
        }
        if let Some(saver) = &session.kept.saver {
            saver.wakes(ctx);
        }
        // What was done for the text before is no longer asked for.
        for lane in [Lane::Realign, Lane::Glossary, Lane::Index, Lane::Find, Lane::Terms, Lane::Check] {
            self.worker.cancel(lane);
        }
        let doubts = session.doubts_job();
        self.worker.start_job(doubts, word("starting"));
        // What was decided is there before anything is found.
        session.refresh_terms();
        self.session = Some(session);
        self.open_page.opened();
        self.name_window(ctx);
        self.sources = None;
        self.build_glossary();
        (self.terms, self.rows, self.path) = (terms::Terms::default(), rows::Rows::default(), path::Path::default());
        self.query.clear();
        self.said = None;
        self.check_if_shown();
        if !matches!(self.page, Some(Page::Keys | Page::Options(_))) {
            self.page = None;
        }
        self.message = Message::alarm(warnings);
    }

    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        let settings = &mut self.settings;
        match command {
            Command::Open => self.turn_to_opening(),
            Command::OpenBundled => self.start(Source::Bundled),
            Command::Search => self.focus_search = true,
            Command::Terms => self.toggle(Panel::Glossary),
            Command::Rows => self.toggle(Panel::Rows),
            Command::Path => self.toggle(Panel::Path),
            Command::Check => {
                self.toggle(Panel::Check);
                self.check_if_shown();
            }
            Command::Theme => settings.dark = Some(ctx.theme() != Theme::Dark),
            Command::Contrast => settings.contrast = !settings.contrast,
            Command::Face => {
                let sans = !settings.other.sans;
                (settings.chinese.sans, settings.other.sans) = (sans, sans);
            }
            Command::Larger => settings.zoom = (settings.zoom * 1.1).min(3.0),
            Command::Smaller => settings.zoom = (settings.zoom / 1.1).max(0.5),
            Command::UsualSize => settings.zoom = 1.0,
            Command::Tongue => {
                let other = if words(ctx).chinese { "en" } else { "zh" };
                settings.language = Some(other.to_owned());
            }
            Command::Options => self.page = Some(Page::Options(OptionsPage::default())),
            Command::LookUp => self.open_lookup(),
            Command::Palette => self.page = Some(Page::Palette(PalettePage::default())),
            Command::Help => self.page = Some(Page::Keys),
            Command::Escape => self.escape(ctx),
            _ => self.move_about(ctx, command),
        }
    }

    fn toggle(&mut self, panel: Panel) {
        let shown = Some(panel).filter(|panel| self.shown_panel() != Some(*panel));
        self.settings.panel = shown.map(|panel| panel.name().to_owned());
    }

    /// Commands that need an open text.
    fn move_about(&mut self, ctx: &Context, command: Command) {
        if self.on_terms(command) || self.on_check(command) {
            return self.reveal_row();
        }
        let Some(session) = &mut self.session else { return };
        if let Command::NextDoubtful | Command::PreviousDoubtful | Command::MostDoubtful = command
            && let Some(job) = session.stopped_doubts_job()
        {
            self.worker.start_job(job, word("starting"));
        }
        let last = session.rows().saturating_sub(1);
        match command {
            Command::NextHit => session.walk_hits(true),
            Command::PreviousHit => session.walk_hits(false),
            Command::NextRow => session.go(session.cursor.row + 1),
            Command::PreviousRow => session.go(session.cursor.row.saturating_sub(1)),
            Command::NextSegment => session.step_segment(true),
            Command::PreviousSegment => session.step_segment(false),
            Command::ExtendDown => session.extend(session.cursor.row + 1),
            Command::ExtendUp => session.extend(session.cursor.row.saturating_sub(1)),
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
            Command::MostDoubtful => self.said = session.walk_most_doubtful(),
            Command::NextBookmark => self.said = session.walk_bookmarks(true),
            Command::PreviousBookmark => self.said = session.walk_bookmarks(false),
            Command::Export => self.page = Some(Page::Export(ExportPage::new(session))),
            Command::Replace => self.page = Some(Page::Find(Box::new(FindPage::new(session)))),
            Command::GoToRow => self.page = Some(Page::GoTo(GoToPage::new())),
            Command::EditText => self.page = TextPage::new(session).map(Page::Text),
            Command::Note => self.page = Some(Page::Note(NotePage::new(session))),
            Command::Names => self.page = Some(Page::Names(NamesPage::new(session))),
            Command::SaveAs => self.page = Some(Page::SaveAs(SaveAsPage::new(session))),
            Command::Realign => match session.realign() {
                Some(job) => self.worker.start_job(job, word("aligning again")),
                None => self.said = Some(Said::Words("There is nothing to align again here")),
            },
            other => {
                self.sources = None;
                self.said = session.change(other);
            }
        }
        self.reveal_row();
    }

    /// Brings the row under the eye into view, where no page lies over it.
    fn reveal_row(&mut self) {
        if let (Some(session), None) = (&self.session, &self.page) {
            self.reader.reveal(session.cursor.row);
        }
    }

    pub(super) fn answer(&mut self, ctx: &Context, answer: Answer) {
        match answer {
            Answer::Close => self.page = None,
            Answer::Open(source) => self.start(source),
            Answer::LookUp(asked) => self.worker.start_job(Job::LookUp(asked), word("looking up")),
            Answer::Settings(settings) => self.settings = *settings,
            Answer::Run(command) => {
                self.page = None;
                self.run(ctx, command);
            }
            answer => self.change(ctx, answer),
        }
    }

    /// What was decided about the open text.
    fn change(&mut self, ctx: &Context, answer: Answer) {
        let Some(session) = &mut self.session else { return };
        match answer {
            Answer::Export(export) => {
                if !matches!(self.page, Some(Page::Lossy(_))) {
                    self.exporting = self.page.take();
                }
                self.page = None;
                self.said = Some(Said::Words("Writing…"));
                self.worker.export(export);
            }
            Answer::ExportOtherwise => self.page = self.exporting.take(),
            Answer::SaveAs(path) => {
                self.page = None;
                self.save_as(ctx, path);
                return;
            }
            Answer::Edit(made) => {
                // What is found and replaced goes on.
                if !matches!(self.page, Some(Page::Find(_))) {
                    self.page = None;
                }
                self.sources = None;
                self.said = Some(session.carry_out(made));
            }
            Answer::Text(side, segment, text, cut) => {
                self.page = None;
                self.sources = None;
                self.said = Some(session.retype(side, segment, &text, cut));
            }
            Answer::ImportTerms(path) => {
                self.page = None;
                let job = Job::Terms(path, SIDES.map(|side| session.document(side).lang.clone()), session.stamp);
                self.worker.start_job(job, word("reading"));
            }
            Answer::GoTo(row) => {
                if !matches!(self.page, Some(Page::Find(_))) {
                    self.page = None;
                }
                session.go(row);
            }
            Answer::Term(pair, text) => self.show_term(pair, text),
            Answer::Find(query, options) => {
                session.search.options = options;
                session.find_here(&query);
                self.query = query;
            }
            _ => {}
        }
        if let Some(session) = &self.session {
            self.reader.reveal(session.cursor.row);
        }
    }

    /// Chooses a term in the glossary, or looks for it in the texts where it has no line.
    fn show_term(&mut self, pair: Option<usize>, text: String) {
        let Some(session) = &mut self.session else { return };
        self.page = None;
        if let Some(line) = session.terms.line_with(pair, &text) {
            session.choose(Some(line));
            self.settings.panel = Some(Panel::Glossary.name().to_owned());
            self.terms.reveal();
        } else {
            session.find(&text);
            self.query = text;
        }
    }

    fn save_as(&mut self, ctx: &Context, path: PathBuf) {
        let Some(session) = &mut self.session else { return };
        if let Some(saver) = &session.kept.saver {
            saver.save_as(path);
            return;
        }
        // Nothing was kept so far.
        match project::keep_all(&path, &session.open, &session.history) {
            Ok(store) => {
                let saver = Saver::new(store);
                saver.wakes(ctx);
                session.kept.saver = Some(saver);
                // The file does not know the row yet.
                session.kept.row = usize::MAX;
                session.paths = vec![path.clone()];
                self.said = Some(Said::Filled("Goes on in {0}", vec![path.display().to_string()]));
                self.settings.opened(&session.title(Language::English), session.paths.clone());
            }
            Err(problem) => self.message = Message::alarm([problem.tell()]),
        }
    }

    fn start(&mut self, source: Source) {
        if self.session.as_ref().is_some_and(|session| session.kept.kept_badly().is_some()) {
            self.message = Message::alarm([Notice::said(UNKEPT)]);
            return;
        }
        self.message.clear();
        self.page = None;
        let held = self.session.as_ref().and_then(|session| session.kept.project());
        self.worker.start_job(Job::Open(source, held), word("opening"));
    }

    pub(super) fn take_files(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if dropped.is_empty() {
            return;
        }
        if let Some(source) = by_name(&dropped) {
            self.start(source);
        } else {
            self.turn_to_opening();
            self.open_page.fill(&dropped);
        }
    }

    /// Shows the page for opening.
    fn turn_to_opening(&mut self) {
        if !matches!(self.page, Some(Page::Open)) {
            self.open_page.turn_to();
        }
        self.page = Some(Page::Open);
    }

    /// What is being done, in words, with how long it still takes.
    pub(super) fn doing(&self, ctx: &Context) -> Option<(Lane, f32, String)> {
        let (lane, progress, since) = self.worker.progress()?;
        if lane == Lane::LookUp && since.elapsed() < PATIENCE {
            // An answer to every key typed comes at once, unless all has to be made ready first.
            ctx.request_repaint_after(PATIENCE);
            return None;
        }
        let words = words(ctx);
        let share = progress.done as f32 / progress.total as f32;
        let taken = since.elapsed().as_secs_f32();
        let stage = words.t(progress.stage);
        // A guess from less is worse than none.
        let text = if taken > 2.0 && share > 0.03 {
            let left = format!("{:.0}", (taken * (1.0 - share) / share).max(1.0));
            words.fill("{0}… about {1} s left", &[&stage, &left])
        } else {
            format!("{stage}…")
        };
        Some((lane, share, text))
    }

    /// The language tags of the two texts.
    pub(super) fn tags(session: &Session) -> String {
        let tag = |side: Side| session.document(side).lang.tag().to_owned();
        format!("{} ⇄ {}", tag(Side::Source), tag(Side::Target))
    }
}
