//! The two texts side by side, a row a bead: gutter, source, target, and at the right a map and a scroll bar.

mod cell;
mod drag;
mod gutter;
mod map;

use std::sync::Arc;

use eframe::egui::{
    FontId, Galley, Id, Rect, Response, Role, Sense, Stroke, TextFormat, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::command::Command;
use super::list::List;
use super::page::Answer;
use super::session::{SIDES, Session, Side};
use super::theme::{self, Palette, palette};
use super::words::words;
use crate::project::Setting;
use cell::Set;
use drag::Drag;
use map::Map;

const GUTTER: f32 = 58.0;
const GAP: f32 = 36.0;
const BAR: f32 = 12.0;
/// Room above and below the text of a row, and above the first row of a paragraph.
const PAD: f32 = 9.0;
const PARAGRAPH: f32 = 12.0;
/// The widest column.
const WIDEST: f32 = 600.0;

/// How the texts of Chinese (and Japanese) and of other languages are set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Setup {
    pub(super) chinese: Setting,
    pub(super) other: Setting,
}

/// The view of the texts: where it is and how it looks.
#[derive(Default)]
pub(super) struct Reader {
    list: List,
    pub(super) setup: Setup,
    /// The row to bring into view at the next chance.
    reveal: Option<usize>,
    /// What the heights were estimated for: the column width, and how the texts are set.
    estimated: Option<(f32, Setup)>,
    /// The height of the view in the last frame.
    height: f32,
    /// The rows in view, each with its top and bottom, as they were drawn last.
    seen: Vec<(usize, f32, f32)>,
    drag: Option<Drag>,
    map: Map,
}

/// Where things stand across the view.
#[derive(Clone, Copy)]
struct Columns {
    gutter: f32,
    source: f32,
    target: f32,
    width: f32,
    right: f32,
}

impl Reader {
    /// Another text is open.
    pub(super) fn reset(&mut self) {
        let setup = self.setup;
        *self = Self { setup, ..Self::default() };
    }

    /// Brings a row into view.
    pub(super) fn reveal(&mut self, row: usize) {
        self.reveal = Some(row);
    }

    /// Moves the view by most of its height.
    pub(super) fn page(&mut self, session: &mut Session, down: bool) {
        let by = f64::from(self.height * 0.85);
        let before = self.list.position();
        self.list.scroll(if down { by } else { -by }, self.height);
        let (first, above) = self.list.first();
        let seen = if above > 0.0 { first + 1 } else { first };
        // At either end there is nothing to scroll: go to the last or first row.
        let stuck = (self.list.position() - before).abs() < 1.0;
        session.go(match (stuck, down) {
            (true, true) => session.rows(),
            (true, false) => 0,
            (false, true) => seen.max(session.cursor.row),
            (false, false) => seen.min(session.cursor.row),
        });
    }

    /// Draws the view and takes clicks on rows; gives what is to be done besides.
    pub(super) fn show(&mut self, ui: &mut Ui, session: &mut Session) -> Vec<Answer> {
        let mut answers = Vec::new();
        let full = ui.available_rect_before_wrap();
        let body = full.with_max_x(full.right() - BAR - map::WIDTH);
        self.height = body.height();
        let columns = Columns::of(body);
        self.estimate(session, columns.width);
        self.scroll(ui, body);
        if let Some(row) = self.reveal.take() {
            self.bring_into_view(ui, session, row, columns);
        }
        let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("rows"));
        child.set_clip_rect(body.intersect(ui.clip_rect()));
        self.rows(&mut child, session, body, columns, &mut answers);
        self.drop_where_released(&child, session, &mut answers);
        let strip = Rect::from_min_max(pos2(body.right(), full.top()), pos2(body.right() + map::WIDTH, full.bottom()));
        let seen = self.seen.first().map_or(0, |row| row.0)..self.seen.last().map_or(0, |row| row.0 + 1);
        if let Some(row) = self.map.show(ui, session, strip, &seen) {
            session.go(row);
            self.reveal = Some(row);
        }
        self.bar(ui, full.with_min_x(strip.right()));
        ui.advance_cursor_after_rect(full);
        answers
    }

    /// Moves the view to show a row. The rows between the top of the view and that row are measured first, or they
    /// would push it away when they are drawn; that may move the top, so it is done until nothing changes.
    fn bring_into_view(&mut self, ui: &Ui, session: &Session, row: usize, columns: Columns) {
        for _ in 0..4 {
            self.list.reveal(row, self.height);
            let before = self.list.position();
            let (first, _) = self.list.first();
            for near in first.min(row)..=row {
                let height = self.measure(ui, session, near, columns);
                self.list.measure(near, height);
            }
            self.list.reveal(row, self.height);
            if (self.list.position() - before).abs() < 0.5 {
                break;
            }
        }
    }

    /// Heights by counting characters, when the text or the width is new; after an edit only those of its rows.
    fn estimate(&mut self, session: &mut Session, width: f32) {
        let setup = self.setup;
        let spliced = std::mem::take(&mut session.spliced);
        let wanted = Some((width, self.setup));
        if self.estimated == wanted {
            for (at, old, new) in spliced {
                // Rows may be fewer by now: those that come are estimated when all is told.
                let rows = at..(at + new).min(session.rows());
                let missing = at + new - rows.end.max(at);
                let heights =
                    rows.map(|row| estimated(session, row, width, setup)).chain((0..missing).map(|_| theme::TEXT));
                self.list.splice(at..at + old, heights.collect::<Vec<_>>().into_iter());
            }
        }
        if self.estimated != wanted || self.list.len() != session.rows() {
            self.estimated = wanted;
            self.list.reset((0..session.rows()).map(|row| estimated(session, row, width, setup)));
        }
    }

    fn scroll(&mut self, ui: &Ui, body: Rect) {
        let pointer = ui.input(|input| input.pointer.hover_pos());
        if pointer.is_some_and(|at| body.contains(at)) && ui.rect_contains_pointer(body) {
            let by = ui.input(|input| input.smooth_scroll_delta().y);
            if by != 0.0 {
                self.list.scroll(-f64::from(by), self.height);
            }
        }
    }

    fn rows(&mut self, ui: &mut Ui, session: &mut Session, body: Rect, columns: Columns, answers: &mut Vec<Answer>) {
        // Below the last row nothing is shown: keep the end of the list at the end of the view.
        self.list.scroll(0.0, self.height);
        let (first, above) = self.list.first();
        #[expect(clippy::cast_possible_truncation, reason = "less than the height of a row")]
        let mut top = body.top() - above as f32;
        let mut row = first;
        self.seen.clear();
        while row < session.rows() && top < body.bottom() {
            let height = self.row(ui, session, row, top, columns, answers);
            self.list.measure(row, height);
            self.seen.push((row, top, top + height));
            top += height;
            row += 1;
        }
    }

    fn measure(&self, ui: &Ui, session: &Session, row: usize, columns: Columns) -> f32 {
        let sets = SIDES.map(|side| Set::of(ui, session, row, side, columns.width, self.setup));
        row_height(ui, session, row, &sets, columns)
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        row: usize,
        top: f32,
        columns: Columns,
        answers: &mut Vec<Answer>,
    ) -> f32 {
        let colours = palette(ui.ctx());
        let sets = SIDES.map(|side| Set::of(ui, session, row, side, columns.width, self.setup));
        let height = row_height(ui, session, row, &sets, columns);
        let rect = Rect::from_min_max(pos2(columns.gutter, top), pos2(columns.right, top + height));
        let response = ui.interact(rect, Id::unique(("row", row)), Sense::CLICK);
        let name = gutter::row_name(session, row, words(ui.ctx()));
        response
            .widget_info(|| WidgetInfo::selected(Role::Row, true, session.cursor.selection().contains(&row), &name));
        Self::background(ui, session, row, rect, &response, colours);
        menu(&response, session, row, None, answers);
        let text_top = top + space_above(session, row);
        let baseline = sets.iter().map(|set| set.baseline).fold(0.0, f32::max);
        gutter::draw(ui, session, row, pos2(columns.gutter, text_top), baseline, colours);
        let mut clicked = response.clicked();
        let mut chosen = None;
        for (set, (side, left)) in sets.iter().zip(SIDES.into_iter().zip([columns.source, columns.target])) {
            let at = pos2(left, text_top + baseline - set.baseline);
            if set.cell.text.is_empty() {
                cell::absent(ui, session, row, side, pos2(left, text_top + baseline), colours);
                continue;
            }
            let cell = set.show(ui, row, side, at, columns.width, colours);
            let under = set.segment_at(&cell, at).map(|number| (side, session.segments(row, side).start + number));
            menu(&cell, session, row, under, answers);
            clicked |= cell.clicked();
            if cell.clicked() {
                chosen = under;
            }
            if cell.double_clicked() {
                answers.push(Answer::Run(Command::EditText));
            }
            if session.cursor.row == row || response.contains_pointer() || cell.contains_pointer() {
                self.grips(ui, session, row, side, set, at, colours);
            }
        }
        note_of(ui, session, row, columns).inspect(|note| {
            let at = pos2(columns.source, top + height - PAD - note.size().y);
            ui.painter().galley(at, Arc::clone(note), colours.muted);
        });
        if clicked {
            if ui.input(|input| input.modifiers.shift) {
                session.extend(row);
            } else {
                // A click on the row under the eye chooses one of its segments.
                let here = session.cursor.row == row;
                session.go(row);
                session.cursor.chosen = chosen.filter(|_| here);
            }
            ui.memory_mut(eframe::egui::Memory::stop_text_input);
        }
        height
    }

    fn background(ui: &Ui, session: &Session, row: usize, rect: Rect, response: &Response, colours: Palette) {
        let painter = ui.painter();
        let inner = rect.expand2(vec2(6.0, 0.0));
        let under_eye = session.cursor.row == row;
        if under_eye {
            painter.rect_filled(inner, 4.0, colours.row);
            let mark = Rect::from_min_size(inner.min + vec2(0.0, 4.0), vec2(3.0, inner.height() - 8.0));
            painter.rect_filled(mark, 1.5, colours.accent);
        } else if session.cursor.selection().contains(&row) {
            painter.rect_filled(inner, 0.0, colours.selected);
        } else if response.contains_pointer() {
            painter.rect_filled(inner, 4.0, colours.row.gamma_multiply(0.6));
        }
        if row > 0 {
            let y = rect.top();
            painter.hline(rect.x_range(), y, Stroke::new(1.0, colours.hairline.gamma_multiply(0.7)));
        }
    }

    /// The scroll bar: a thumb for the view, a click or drag goes to the place.
    fn bar(&mut self, ui: &mut Ui, track: Rect) {
        let total = self.list.total();
        let view = f64::from(self.height);
        let response = ui.interact(track, Id::unique("scroll bar"), Sense::CLICK | Sense::DRAG);
        let share = |part: f64| (part / total.max(1.0)).clamp(0.0, 1.0);
        let name = words(ui.ctx()).t("Scroll bar");
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ScrollBar, true, name);
            info.value = Some(share(self.list.position()));
            info
        });
        if total <= view {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "points on a screen")]
        let (length, offset) = {
            let length = (share(view) as f32 * track.height()).max(28.0);
            (length, (self.list.position() / (total - view)) as f32 * (track.height() - length))
        };
        if let Some(at) = response.interact_pointer_pos() {
            let place = (at.y - track.top() - length / 2.0) / (track.height() - length);
            self.list.set_position(f64::from(place.clamp(0.0, 1.0)) * (total - view), self.height);
        }
        let colours = palette(ui.ctx());
        let thumb = Rect::from_min_size(pos2(track.left() + 3.0, track.top() + offset), vec2(BAR - 6.0, length));
        let colour = if response.hovered() || response.dragged() { colours.muted } else { colours.hairline };
        ui.painter().rect_filled(thumb, 3.0, colour);
    }
}

impl Columns {
    /// Equal columns, never wider than reads well; what is left over goes to the margins.
    fn of(body: Rect) -> Self {
        let margin = 14.0;
        let width = ((body.width() - GUTTER - GAP - 2.0 * margin) / 2.0).clamp(120.0, WIDEST).floor();
        let used = GUTTER + GAP + 2.0 * width;
        let gutter = (body.left() + ((body.width() - used) / 2.0).max(margin)).round();
        let source = gutter + GUTTER;
        let target = source + width + GAP;
        Self { gutter, source, target, width, right: target + width }
    }
}

/// The height of a row by the length of its text.
fn estimated(session: &Session, row: usize, width: f32, setup: Setup) -> f32 {
    let lines = |side: Side| {
        let bytes = session.bytes(row, side).len() as f32;
        // Three bytes a Chinese character of one em, one byte an English letter of nearly half an em.
        let chinese = session.document(side).lang.language().is_full_width();
        let setting = if chinese { setup.chinese } else { setup.other };
        let advance = if chinese { theme::TEXT * theme::CHINESE / 3.0 } else { theme::TEXT * 0.46 };
        let lines = (bytes * advance * setting.size / width).ceil().max(1.0);
        lines * theme::TEXT * theme::LEADING_EN * setting.size * setting.leading
    };
    let paragraph = if session.starts_block(row) { PARAGRAPH } else { 0.0 };
    lines(Side::Source).max(lines(Side::Target)) + 2.0 * PAD + paragraph
}

fn space_above(session: &Session, row: usize) -> f32 {
    let heading = row > 0 && SIDES.iter().any(|&side| session.heading(row, side).is_some());
    PAD + if heading {
        PARAGRAPH * 1.6
    } else if session.starts_block(row) {
        PARAGRAPH
    } else {
        0.0
    }
}

fn row_height(ui: &Ui, session: &Session, row: usize, sets: &[Set; 2], columns: Columns) -> f32 {
    let baseline = sets.iter().map(|set| set.baseline).fold(0.0, f32::max);
    let text = sets.iter().map(|set| baseline - set.baseline + set.galley.size().y).fold(theme::TEXT, f32::max);
    let note = note_of(ui, session, row, columns).map_or(0.0, |note| note.size().y + 4.0);
    (space_above(session, row) + text + note + PAD).round()
}

/// What a person noted on a row, to stand below it.
fn note_of(ui: &Ui, session: &Session, row: usize, columns: Columns) -> Option<Arc<Galley>> {
    let note = session.at(row).map(|row| row.mark.note()).filter(|note| !note.is_empty())?;
    let font = FontId::proportional(theme::INTERFACE);
    let text = words(ui.ctx()).fill("Note: {0}", &[&note]);
    let mut job = eframe::egui::text::LayoutJob::simple_format(
        text,
        TextFormat { font_id: font, color: palette(ui.ctx()).muted, ..TextFormat::default() },
    );
    job.wrap.max_width = columns.right - columns.source;
    Some(ui.painter().layout_job(job))
}

/// What can be done with a row, by the other mouse button.
fn menu(
    response: &Response,
    session: &mut Session,
    row: usize,
    under: Option<(Side, usize)>,
    answers: &mut Vec<Answer>,
) {
    const COMMANDS: [Command; 12] = [
        Command::Confirm,
        Command::Flag,
        Command::Bookmark,
        Command::Note,
        Command::Merge,
        Command::Split,
        Command::Unlink,
        Command::Swap,
        Command::Link,
        Command::EditText,
        Command::JoinSegments,
        Command::Realign,
    ];
    let meant = response.id.with("meant");
    if response.secondary_clicked() {
        if !session.cursor.selection().contains(&row) {
            session.go(row);
        }
        if session.cursor.row == row {
            session.cursor.chosen = under.or(session.cursor.chosen);
        }
        // The pointer is elsewhere when a command is chosen.
        response.ctx.data_mut(|data| data.insert_temp(meant, under));
    }
    response.context_menu(|ui| {
        for command in COMMANDS {
            if ui.button(super::page::keys::hint(ui.ctx(), command)).clicked() {
                // What is done with several rows is done with those that are selected; the rest with this one.
                let several = [Command::Confirm, Command::Flag, Command::Bookmark, Command::Merge].contains(&command);
                if !several && session.cursor.row != row {
                    session.go(row);
                    session.cursor.chosen = response.ctx.data(|data| data.get_temp(meant)).flatten();
                }
                answers.push(Answer::Run(command));
                ui.close();
            }
        }
    });
}
