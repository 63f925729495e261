//! What lies over the texts: one page at a time, each with what was typed into it, each giving back an answer.

pub(super) mod export;
pub(super) mod find;
pub(super) mod go_to;
pub(super) mod keys;
pub(super) mod lookup;
pub(super) mod names;
pub(super) mod note;
pub(super) mod open;
pub(super) mod options;
pub(super) mod palette;
pub(super) mod preview;
pub(super) mod save_as;
pub(super) mod term;
pub(super) mod termbase;
pub(super) mod text;

use std::path::PathBuf;

use eframe::egui::{
    Button, Context, Frame, Id, Key, Modal, Modifiers, Response, Role, ScrollArea, TextEdit, TextStyle, Ui, WidgetInfo,
};

use super::command::Command;
use super::session::{Session, Side};
use super::worker::{self, Source};
use crate::edit::{Edit, Refused};
use crate::project::Settings;

/// What a person decided, on a page or in the texts.
#[derive(Debug)]
pub(super) enum Answer {
    Close,
    Open(Source),
    Export(worker::Export),
    /// Back to the page that asked for what cannot be written whole.
    ExportOtherwise,
    /// Take in the term base of a file.
    ImportTerms(PathBuf),
    SaveAs(PathBuf),
    Run(Command),
    Edit(Result<Edit, Refused>),
    /// Another text of a segment, and the byte of that text at which it is cut.
    Text(Side, usize, String, Option<usize>),
    GoTo(usize),
    /// Search for this from now on.
    Find(String, crate::find::Options),
    Settings(Box<Settings>),
    LookUp(worker::Asked),
    /// A pair of the glossary by its number; where there is none, the term itself.
    Term(Option<usize>, String),
}

/// The page that is open.
#[derive(Debug)]
pub(super) enum Page {
    Open,
    Keys,
    Export(export::ExportPage),
    Lossy(export::LossyPage),
    Palette(palette::PalettePage),
    Options(options::OptionsPage),
    Find(Box<find::FindPage>),
    Lookup(Box<lookup::LookupPage>),
    Text(text::TextPage),
    Note(note::NotePage),
    GoTo(go_to::GoToPage),
    Names(names::NamesPage),
    SaveAs(save_as::SaveAsPage),
    Preview(Box<preview::PreviewPage>),
    Term(Box<term::TermPage>),
    Accept(term::AcceptPage),
    ImportTerms(termbase::ImportTermsPage),
    ExportTerms(termbase::ExportTermsPage),
}

impl Page {
    /// The name by which tests know it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Keys => "Keys",
            Self::Export(_) => "Export",
            Self::Lossy(_) => "Lossy",
            Self::Palette(_) => "Palette",
            Self::Options(_) => "Options",
            Self::Find(_) => "Find",
            Self::Lookup(_) => "Lookup",
            Self::Text(_) => "Text",
            Self::Note(_) => "Note",
            Self::GoTo(_) => "GoTo",
            Self::Names(_) => "Names",
            Self::SaveAs(_) => "SaveAs",
            Self::Preview(_) => "Preview",
            Self::Term(_) => "Term",
            Self::Accept(_) => "Accept",
            Self::ImportTerms(_) => "ImportTerms",
            Self::ExportTerms(_) => "ExportTerms",
        }
    }
}

/// What a page needs to know.
pub(super) struct Around<'a> {
    pub(super) session: Option<&'a Session>,
    pub(super) settings: &'a Settings,
}

impl Page {
    /// Draws the page; `None` while nothing is decided. The page that opens texts is drawn by itself: it outlives this.
    pub(super) fn show(&mut self, ctx: &Context, around: &Around) -> Option<Answer> {
        match (self, around.session) {
            (Self::Open, _) => None,
            (Self::Keys, _) => keys::show(ctx),
            (Self::Palette(page), _) => page.show(ctx),
            (Self::Options(page), _) => page.show(ctx, around.settings),
            (Self::Lookup(page), session) => page.show(ctx, session),
            (Self::Export(page), Some(session)) => page.show(ctx, session),
            (Self::Lossy(page), Some(_)) => page.show(ctx),
            (Self::Find(page), Some(session)) => page.show(ctx, session),
            (Self::Text(page), Some(session)) => page.show(ctx, session),
            (Self::Note(page), Some(session)) => page.show(ctx, session),
            (Self::GoTo(page), Some(session)) => page.show(ctx, session),
            (Self::Names(page), Some(session)) => page.show(ctx, session),
            (Self::SaveAs(page), Some(_)) => page.show(ctx),
            (Self::Preview(page), Some(session)) => page.show(ctx, session),
            (Self::Term(page), Some(session)) => page.show(ctx, session),
            (Self::Accept(page), Some(session)) => page.show(ctx, session),
            (Self::ImportTerms(page), Some(_)) => page.show(ctx),
            (Self::ExportTerms(page), Some(session)) => page.show(ctx, session),
            (_, None) => Some(Answer::Close),
        }
    }
}

/// A page over the texts; closed by Esc and by a click beside it.
fn over<R>(ctx: &Context, name: &'static str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
    let modal = Modal::new(Id::unique(name)).frame(frame).show(ctx, |ui| {
        ui.set_width((ctx.content_rect().width() - 80.0).clamp(300.0, width));
        add(ui)
    });
    let closed = modal.should_close();
    (modal.inner, closed)
}

/// A list of at most so much height, whatever room there is below it by now: a page that takes the room it finds is put in
/// the middle again, finds more, and moves with every frame.
fn scrolled(room: f32) -> ScrollArea {
    ScrollArea::vertical().max_height(room).min_scrolled_height(room)
}

/// From now on what stands on one line stands in the middle of the height of a button, so that a label is level with what
/// it names.
pub(in crate::gui) fn as_tall_as_buttons(ui: &mut Ui) {
    let text = ui.text_style_height(&TextStyle::Button);
    let spacing = ui.spacing_mut();
    spacing.interact_size.y = spacing.interact_size.y.max(text + 2.0 * spacing.button_padding.y);
}

/// Widgets on one line, level with each other.
pub(in crate::gui) fn level<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        as_tall_as_buttons(ui);
        ui.horizontal(add).inner
    })
    .inner
}

/// Whether Enter was pressed for the page itself: with the focus on one of its fields, or on nothing. A button that has
/// the focus keeps its Enter, and Shift Enter is a line break.
fn enter(ctx: &Context, fields: &[&'static str]) -> bool {
    let focused = ctx.memory(eframe::egui::Memory::focused);
    let own = focused.is_none_or(|id| fields.iter().any(|field| Id::unique(*field) == id));
    own && ctx.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::Enter))
}

/// A field of one line with a name for those who hear the page.
fn field(ui: &mut Ui, edit: TextEdit<'_>, name: &str) -> Response {
    named(ui.add(edit), Role::TextInput, name)
}

/// A field of several lines.
fn long_field(ui: &mut Ui, edit: TextEdit<'_>, name: &str) -> Response {
    named(ui.add(edit), Role::MultilineTextInput, name)
}

fn named(response: Response, role: Role, name: &str) -> Response {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    response
}

/// Puts the focus into the first field of a page that was not drawn before.
fn focus_first(response: &Response, fresh: &mut bool) {
    if std::mem::take(fresh) {
        response.request_focus();
    }
}

/// What can be done with a page, in a line at its end; the first is what it is for. Which were clicked.
fn buttons<const COUNT: usize>(ui: &mut Ui, names: [&str; COUNT]) -> [bool; COUNT] {
    let fill = ui.visuals().selection.bg_fill;
    let mut first = true;
    let mut button = |ui: &mut Ui, name: &str| {
        let button = Button::new(name);
        ui.add(if std::mem::take(&mut first) { button.fill(fill) } else { button }).clicked()
    };
    ui.horizontal(|ui| names.map(|name| button(ui, name))).inner
}
