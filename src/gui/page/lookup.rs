//! Looking words up: one field, answers while typing from the glossary, the dictionary and the texts.

use std::sync::Arc;

use eframe::egui::{
    Align2, Context, FontFamily, FontId, Id, Key, Modifiers, Painter, Pos2, Rect, Role, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::{Answer, over, scrolled};
use crate::gui::fonts;
use crate::gui::lookup_sources::{Line, LookupSources, LookupState};
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::{Words, words};
use crate::gui::worker::Asked;
use crate::lang::is_han;
use crate::termbase::Status;

const ROW: f32 = 46.0;
const HEADING: f32 = 24.0;

/// What was typed, what was found, and the line that Enter would take.
#[derive(Debug)]
pub(in crate::gui) struct LookupPage {
    query: String,
    sources: Arc<LookupSources>,
    /// What was asked for last, and the number of that question.
    asked: Option<String>,
    number: u64,
    lines: Vec<Line>,
    /// Whether the lines are the answer to what was asked for last.
    answered: bool,
    at: usize,
    fresh: bool,
}

fn state(session: Option<&Session>) -> Option<LookupState> {
    session.map(Session::lookup_state)
}

fn made(session: Option<&Session>) -> Arc<LookupSources> {
    Arc::new(session.map(Session::lookup_sources).unwrap_or_default())
}

impl LookupPage {
    /// Begins with the chosen term, or with what is searched for; sources that are ready already are taken where they fit.
    pub(in crate::gui) fn new(session: Option<&Session>, sources: Option<Arc<LookupSources>>) -> Self {
        let term = session
            .and_then(|session| session.terms.chosen_term())
            .map(|term| term.texts[0].split(" · ").next().unwrap_or_default().to_owned());
        let query = term.or_else(|| session.map(|session| session.search.query.clone())).unwrap_or_default();
        let sources = sources.filter(|sources| sources.is_of(state(session))).unwrap_or_else(|| made(session));
        Self { query, sources, asked: None, number: 0, lines: Vec::new(), answered: true, at: 0, fresh: true }
    }

    /// What it looks in.
    pub(in crate::gui) fn sources(&self) -> Arc<LookupSources> {
        Arc::clone(&self.sources)
    }

    /// Takes in what was found for a question.
    pub(in crate::gui) fn take(&mut self, lines: Vec<Line>, number: u64) {
        if number == self.number {
            (self.lines, self.at, self.answered) = (lines, 0, true);
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: Option<&Session>) -> Option<Answer> {
        let words = words(ctx);
        if !self.sources.is_of(state(session)) {
            // Something was edited, or there is a glossary now.
            (self.sources, self.asked) = (made(session), None);
        }
        let (mut down, mut up, mut enter) = (false, false, false);
        ctx.input_mut(|input| {
            down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
            up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
            enter = input.key_pressed(Key::Enter);
        });
        let last = self.lines.len().saturating_sub(1);
        self.at = if down { self.at + 1 } else { self.at.saturating_sub(usize::from(up)) }.min(last);
        let moved = down || up;
        let (clicked, closed) = over(ctx, "look up", 720.0, |ui| {
            self.field(ui, words);
            ui.weak(self.note(words));
            ui.add_space(4.0);
            let room = (ctx.content_rect().height() - 200.0).clamp(80.0, 520.0);
            // Always of one height: the field stays where it is while answers come and go.
            let list = scrolled(room).auto_shrink(false);
            ui.spacing_mut().item_spacing.y = 0.0;
            list.id_salt("found").show(ui, |ui| self.list(ui, words, moved)).inner
        });
        // What Enter takes is what was asked for, not what was found before that.
        let chosen = clicked.or(Some(self.at).filter(|_| enter && self.answered && self.is_asked()));
        if let Some(answer) = chosen.and_then(|at| self.chosen(at)) {
            return Some(answer);
        }
        if closed {
            return Some(Answer::Close);
        }
        if self.is_asked() {
            return None;
        }
        (self.asked, self.answered) = (Some(self.query.clone()), false);
        self.number += 1;
        Some(Answer::LookUp(Asked { sources: self.sources(), typed: self.query.clone(), number: self.number }))
    }

    fn is_asked(&self) -> bool {
        self.asked.as_ref() == Some(&self.query)
    }

    fn field(&mut self, ui: &mut Ui, words: Words) {
        let name = words.t("Chinese, pinyin or English");
        let edit = TextEdit::singleline(&mut self.query)
            .hint_text(name)
            .desired_width(f32::INFINITY)
            .id(Id::unique("looked up"));
        let mut output = edit.show(ui);
        output.response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
        output.response.request_focus();
        if std::mem::take(&mut self.fresh) {
            // What is typed takes the place of what it begins with.
            let end = eframe::egui::text::CCursor::new(self.query.chars().count());
            let all = eframe::egui::text::CCursorRange::two(eframe::egui::text::CCursor::default(), end);
            output.state.cursor.set_char_range(Some(all));
            output.state.store(ui.ctx(), output.response.response.id);
        }
    }

    fn note(&self, words: Words) -> &'static str {
        let asked = self.asked.as_deref().unwrap_or_default().trim();
        if self.lines.is_empty() && self.answered && !asked.is_empty() {
            words.t("Nothing was found")
        } else {
            words.t("↑ ↓ choose; Enter goes there, or looks the word up")
        }
    }

    /// What is done with a line: going to its row, choosing its term, looking its word up in turn.
    fn chosen(&mut self, at: usize) -> Option<Answer> {
        match self.lines.get(at)? {
            Line::Term { source, pair, .. } => Some(Answer::Term(*pair, source.clone())),
            Line::Row { row, .. } => Some(Answer::GoTo(*row)),
            Line::Word { simplified, .. } => {
                (self.query, self.fresh) = ((*simplified).to_owned(), true);
                None
            }
        }
    }

    /// The lines below their headings; the one that was clicked.
    fn list(&self, ui: &mut Ui, words: Words, moved: bool) -> Option<usize> {
        let mut clicked = None;
        let mut before = None;
        for (at, line) in self.lines.iter().enumerate() {
            let heading = match line {
                Line::Term { .. } => words.t("Glossary"),
                Line::Word { .. } => words.t("Dictionary"),
                Line::Row { .. } => words.t("In the texts"),
            };
            if before.replace(heading) != Some(heading) {
                ui.allocate_ui(vec2(ui.available_width(), HEADING), |ui| ui.weak(heading));
            }
            if self.line(ui, words, line, at, moved) {
                clicked = Some(at);
            }
        }
        clicked
    }

    fn line(&self, ui: &mut Ui, words: Words, line: &Line, at: usize, moved: bool) -> bool {
        let colours = palette(ui.ctx());
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let response = ui.interact(rect, Id::unique(("found", at)), Sense::CLICK);
        let chosen = at == self.at;
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, said(line, words)));
        if chosen && moved {
            ui.scroll_to_rect(rect, None);
        }
        if ui.is_rect_visible(rect) {
            if chosen || response.hovered() {
                ui.painter().rect_filled(rect, 3.0, if chosen { colours.selected } else { colours.row });
            }
            let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(6.0, 0.0)).intersect(ui.clip_rect()));
            Drawing { painter, rect, colours }.line(line, words);
        }
        response.clicked()
    }
}

/// A line as those hear it who do not see it.
fn said(line: &Line, words: Words) -> String {
    match line {
        Line::Term { source, target, status, .. } => {
            words.fill("Term: {0}, {1}, {2}", &[source, target, &status_name(*status, words)])
        }
        Line::Word { simplified, pinyin, glosses, .. } => {
            words.fill("Word: {0}, {1}, {2}", &[simplified, pinyin, glosses])
        }
        Line::Row { row, source, target } => words.fill("Found in row {0}: {1}, {2}", &[&(row + 1), source, target]),
    }
}

fn status_name(status: Status, words: Words) -> &'static str {
    match status {
        Status::Preferred => words.t("preferred"),
        Status::Admitted => words.t("admitted"),
        Status::Proposed => words.t("proposed"),
        Status::Deprecated | Status::Rejected => words.t("deprecated"),
    }
}

/// The family of a text by what stands in it, whichever side that is.
fn family(text: &str) -> FontFamily {
    if text.chars().any(is_han) { fonts::chinese(true) } else { fonts::english(true) }
}

/// A line on its ground.
struct Drawing {
    painter: Painter,
    rect: Rect,
    colours: Palette,
}

impl Drawing {
    fn line(&self, line: &Line, words: Words) {
        let rect = self.rect;
        let (left, top, bottom) = (rect.left() + 8.0, rect.top() + 4.0, rect.bottom() - 5.0);
        let right = pos2(rect.right() - 8.0, top + 2.0);
        let small = FontFamily::Proportional;
        match line {
            Line::Term { source, target, status, .. } => {
                self.text(pos2(left, top), Align2::LEFT_TOP, source, (15.5, family(source)), true);
                self.text(pos2(left, bottom), Align2::LEFT_BOTTOM, target, (13.5, family(target)), false);
                self.text(right, Align2::RIGHT_TOP, status_name(*status, words), (theme::SMALL, small), false);
            }
            Line::Word { simplified, traditional, pinyin, glosses } => {
                let head =
                    traditional.map_or_else(|| (*simplified).to_owned(), |other| format!("{simplified} {other}"));
                let end = self.text(pos2(left, top), Align2::LEFT_TOP, &head, (15.5, fonts::chinese(true)), true);
                let beside = pos2(end + 10.0, top + 2.0);
                self.text(beside, Align2::LEFT_TOP, pinyin, (13.5, fonts::english(true)), false);
                self.text(pos2(left, bottom), Align2::LEFT_BOTTOM, glosses, (13.5, fonts::english(true)), true);
            }
            Line::Row { row, source, target } => {
                let number = (row + 1).to_string();
                self.text(pos2(left + 34.0, top + 2.0), Align2::RIGHT_TOP, &number, (theme::SMALL, small), false);
                let beside = left + 44.0;
                self.text(pos2(beside, top), Align2::LEFT_TOP, source, (14.0, family(source)), true);
                self.text(pos2(beside, bottom), Align2::LEFT_BOTTOM, target, (14.0, family(target)), true);
            }
        }
    }

    /// Writes a text; where it ends at the right.
    fn text(&self, at: Pos2, align: Align2, text: &str, font: (f32, FontFamily), strong: bool) -> f32 {
        let colour = if strong { self.colours.ink } else { self.colours.muted };
        self.painter.text(at, align, text, FontId::new(font.0, font.1), colour).right()
    }
}
