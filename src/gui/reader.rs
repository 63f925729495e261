//! The two texts side by side, a row a bead: gutter, source, target, and a scroll bar.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{
    Align2, Color32, FontId, Galley, Id, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::fonts::{self, Face};
use super::lines;
use super::list::List;
use super::session::{Mark, MarkKind, SIDES, Session, Side};
use super::theme::{self, Palette, palette};
use crate::bitext::Shown;

const GUTTER: f32 = 58.0;
const GAP: f32 = 36.0;
const BAR: f32 = 12.0;
/// Room above and below the text of a row, and above the first row of a paragraph.
const PAD: f32 = 9.0;
const PARAGRAPH: f32 = 12.0;
/// The widest column.
const WIDEST: f32 = 600.0;

/// The view of the texts: where it is and how it looks.
#[derive(Default)]
pub(super) struct Reader {
    list: List,
    pub(super) face: Face,
    /// The row to bring into view at the next chance.
    reveal: Option<usize>,
    /// Column width and face that the heights were estimated for.
    estimated: Option<(f32, Face)>,
    /// The height of the view in the last frame.
    height: f32,
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

/// A cell laid out.
struct Set {
    cell: Shown,
    galley: Arc<Galley>,
    /// From the top of the galley to the baseline of its first line.
    baseline: f32,
}

impl Reader {
    /// Another text is open.
    pub(super) fn reset(&mut self) {
        let face = self.face;
        *self = Self { face, ..Self::default() };
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
            (false, true) => seen.max(session.row),
            (false, false) => seen.min(session.row),
        });
    }

    /// Draws the view and takes clicks on rows.
    pub(super) fn show(&mut self, ui: &mut Ui, session: &mut Session) {
        let full = ui.available_rect_before_wrap();
        let body = full.with_max_x(full.right() - BAR);
        self.height = body.height();
        let columns = Columns::of(body);
        self.estimate(session, columns.width);
        self.scroll(ui, body);
        if let Some(row) = self.reveal.take() {
            self.bring_into_view(ui, session, row, columns);
        }
        let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("rows"));
        child.set_clip_rect(body.intersect(ui.clip_rect()));
        self.rows(&mut child, session, body, columns);
        self.bar(ui, full.with_min_x(body.right()));
        ui.advance_cursor_after_rect(full);
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
        let spliced = std::mem::take(&mut session.spliced);
        let wanted = Some((width, self.face));
        if self.estimated == wanted {
            for (at, old, new) in spliced {
                // Rows may be fewer by now: those that come are estimated when all is told.
                let rows = at..(at + new).min(session.rows());
                let missing = at + new - rows.end.max(at);
                let heights = rows.map(|row| estimated(session, row, width)).chain((0..missing).map(|_| theme::TEXT));
                self.list.splice(at..at + old, heights.collect::<Vec<_>>().into_iter());
            }
        }
        if self.estimated != wanted || self.list.len() != session.rows() {
            self.estimated = wanted;
            self.list.reset((0..session.rows()).map(|row| estimated(session, row, width)));
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

    fn rows(&mut self, ui: &mut Ui, session: &mut Session, body: Rect, columns: Columns) {
        // Below the last row nothing is shown: keep the end of the list at the end of the view.
        self.list.scroll(0.0, self.height);
        let (first, above) = self.list.first();
        #[expect(clippy::cast_possible_truncation, reason = "less than the height of a row")]
        let mut top = body.top() - above as f32;
        let mut row = first;
        while row < session.rows() && top < body.bottom() {
            let height = self.row(ui, session, row, top, columns);
            self.list.measure(row, height);
            top += height;
            row += 1;
        }
    }

    fn measure(&self, ui: &Ui, session: &Session, row: usize, columns: Columns) -> f32 {
        let sets = SIDES.map(|side| self.set(ui, session, row, side, columns.width));
        row_height(session, row, &sets)
    }

    fn row(&self, ui: &mut Ui, session: &mut Session, row: usize, top: f32, columns: Columns) -> f32 {
        let colours = palette(ui.ctx());
        let sets = SIDES.map(|side| self.set(ui, session, row, side, columns.width));
        let height = row_height(session, row, &sets);
        let rect = Rect::from_min_max(pos2(columns.gutter, top), pos2(columns.right, top + height));
        let id = Id::unique(("row", row));
        let response = ui.interact(rect, id, Sense::CLICK);
        let name = row_name(session, row);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, session.selection().contains(&row), &name));
        Self::background(ui, session, row, rect, &response, colours);
        let text_top = top + space_above(session, row);
        gutter(ui, session, row, pos2(columns.gutter, text_top), &sets, colours);
        let baseline = sets.iter().map(|set| set.baseline).fold(0.0, f32::max);
        let mut clicked = response.clicked();
        for (set, (side, left)) in sets.iter().zip(SIDES.into_iter().zip([columns.source, columns.target])) {
            let at = pos2(left, text_top + baseline - set.baseline);
            if set.cell.text.is_empty() {
                absent(ui, session, row, side, pos2(left, text_top + baseline), colours);
                continue;
            }
            clicked |= cell(ui, row, side, set, at, columns.width, colours);
        }
        if clicked {
            if ui.input(|input| input.modifiers.shift) {
                session.extend(row);
            } else {
                session.go(row);
            }
            ui.memory_mut(eframe::egui::Memory::stop_text_input);
        }
        height
    }

    fn background(ui: &Ui, session: &Session, row: usize, rect: Rect, response: &Response, colours: Palette) {
        let painter = ui.painter();
        let inner = rect.expand2(vec2(6.0, 0.0));
        let under_eye = session.row == row;
        if under_eye {
            painter.rect_filled(inner, 4.0, colours.row);
            let mark = Rect::from_min_size(inner.min + vec2(0.0, 4.0), vec2(3.0, inner.height() - 8.0));
            painter.rect_filled(mark, 1.5, colours.accent);
        } else if session.selection().contains(&row) {
            painter.rect_filled(inner, 0.0, colours.selected);
        } else if response.contains_pointer() {
            painter.rect_filled(inner, 4.0, colours.row.gamma_multiply(0.6));
        }
        if row > 0 {
            let y = rect.top();
            painter.hline(rect.x_range(), y, Stroke::new(1.0, colours.hairline.gamma_multiply(0.7)));
        }
    }

    /// Lays out a cell with its marks.
    fn set(&self, ui: &Ui, session: &Session, row: usize, side: Side, width: f32) -> Set {
        let colours = palette(ui.ctx());
        let cell = session.cell(row, side);
        let marks = session.marks(row, side, &cell);
        let chinese = session.document(side).lang.language().is_full_width();
        let scale = match session.heading(row, side) {
            Some(1) => theme::TITLE,
            Some(_) => theme::HEADING,
            None => 1.0,
        };
        let (family, size, leading) = if chinese {
            (fonts::chinese(self.face), theme::TEXT * theme::CHINESE, theme::LEADING_ZH)
        } else {
            (fonts::english(self.face), theme::TEXT, theme::LEADING_EN)
        };
        let size = size * scale;
        let leading = if scale > 1.0 { 1.35 } else { leading };
        let format = TextFormat {
            font_id: FontId::new(size, family),
            line_height: Some((size * leading).round()),
            color: colours.ink,
            ..TextFormat::default()
        };
        let galley = lines::layout(ui.painter(), &cell.text, marks, |text, marks| {
            let mut job = job(text, marks, &format, colours);
            job.wrap.max_width = width;
            job
        });
        let baseline = galley
            .rows
            .first()
            .map_or(0.0, |first| first.pos.y + first.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y));
        Set { cell, galley, baseline }
    }

    /// The scroll bar: a thumb for the view, a click or drag goes to the place.
    fn bar(&mut self, ui: &mut Ui, track: Rect) {
        let total = self.list.total();
        let view = f64::from(self.height);
        let response = ui.interact(track, Id::unique("scroll bar"), Sense::CLICK | Sense::DRAG);
        let share = |part: f64| (part / total.max(1.0)).clamp(0.0, 1.0);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ScrollBar, true, "Scroll bar");
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
fn estimated(session: &Session, row: usize, width: f32) -> f32 {
    let lines = |side: Side| {
        let bytes = session.bytes(row, side).len() as f32;
        // Three bytes a Chinese character of one em, one byte an English letter of nearly half an em.
        let chinese = session.document(side).lang.language().is_full_width();
        let advance = if chinese { theme::TEXT * theme::CHINESE / 3.0 } else { theme::TEXT * 0.46 };
        (bytes * advance / width).ceil().max(1.0)
    };
    let paragraph = if session.starts_block(row) { PARAGRAPH } else { 0.0 };
    lines(Side::Source).max(lines(Side::Target)) * theme::TEXT * theme::LEADING_EN + 2.0 * PAD + paragraph
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

fn row_height(session: &Session, row: usize, sets: &[Set; 2]) -> f32 {
    let baseline = sets.iter().map(|set| set.baseline).fold(0.0, f32::max);
    let text = sets.iter().map(|set| baseline - set.baseline + set.galley.size().y).fold(theme::TEXT, f32::max);
    (space_above(session, row) + text + PAD).round()
}

fn row_name(session: &Session, row: usize) -> String {
    let doubtful = if session.is_doubtful(row) { ", doubtful" } else { "" };
    let confirmed = if session.is_confirmed(row) { ", confirmed" } else { "" };
    let flagged = if session.is_flagged(row) { ", flagged" } else { "" };
    format!(
        "Row {} of {}, {}, score {:.0} %{confirmed}{flagged}{doubtful}",
        row + 1,
        session.rows(),
        session.kind(row),
        session.score(row) * 100.0
    )
}

/// Type and score, quiet but for the row under the eye; a doubtful bead has an exclamation mark.
fn gutter(ui: &Ui, session: &Session, row: usize, at: Pos2, sets: &[Set; 2], colours: Palette) {
    let under_eye = session.row == row;
    let kind = session.kind(row);
    let plain = kind == crate::bitext::BeadKind(1, 1) && !under_eye;
    let ink = if plain { colours.muted } else { colours.ink };
    let baseline = sets.iter().map(|set| set.baseline).fold(0.0, f32::max);
    let font = FontId::proportional(theme::SMALL);
    let painter = ui.painter();
    let text = painter.text(pos2(at.x + 10.0, at.y + baseline + 3.5), Align2::LEFT_BOTTOM, kind.to_string(), font, ink);
    let score = session.score(row);
    let doubtful = session.is_doubtful(row);
    let (confirmed, flagged) = (session.is_confirmed(row), session.is_flagged(row));
    status(ui, pos2(at.x + 42.0, text.center().y), confirmed, flagged, colours);
    if confirmed {
        return;
    }
    let bar = Rect::from_min_size(pos2(at.x + 10.0, text.bottom() + 2.0), vec2(26.0, 2.0));
    painter.rect_filled(bar, 1.0, colours.hairline);
    let filled = bar.with_max_x(bar.left() + bar.width() * score.clamp(0.0, 1.0));
    painter.rect_filled(filled, 1.0, if doubtful { colours.doubtful } else { colours.muted });
    if doubtful && !flagged {
        let font = FontId::proportional(theme::INTERFACE);
        painter.text(pos2(at.x + 42.0, text.center().y), Align2::LEFT_CENTER, "!", font, colours.doubtful);
    }
}

/// A tick for a confirmed row, a small flag for a flagged one.
fn status(ui: &Ui, at: Pos2, confirmed: bool, flagged: bool, colours: Palette) {
    let line = |colour| Stroke::new(1.8, colour);
    if confirmed {
        let tick = [vec2(0.0, 0.5), vec2(3.0, 4.0), vec2(9.0, -4.5)].map(|by| at + by);
        ui.painter().line(tick.to_vec(), line(colours.accent));
    }
    if flagged {
        let top = if confirmed { at + vec2(0.0, 9.0) } else { at + vec2(0.0, -6.0) };
        ui.painter().line(vec![top, top + vec2(0.0, 12.0)], line(colours.doubtful));
        let cloth = [vec2(0.0, 0.0), vec2(8.0, 3.0), vec2(0.0, 6.0)].map(|by| top + by);
        ui.painter().add(Shape::convex_polygon(cloth.to_vec(), colours.doubtful, Stroke::NONE));
    }
}

/// A word in place of a side that has no segments, or only a blank one.
fn absent(ui: &Ui, session: &Session, row: usize, side: Side, baseline: Pos2, colours: Palette) {
    let word = match (session.segments(row, side).is_empty(), side) {
        (true, Side::Target) => "— left out",
        (true, Side::Source) => "— added",
        (false, _) => "— blank",
    };
    let font = FontId::proportional(theme::INTERFACE);
    // The descent of the font below its baseline.
    ui.painter().text(baseline + vec2(0.0, 4.0), Align2::LEFT_BOTTOM, word, font, colours.muted);
}

/// Draws a cell whose text can be selected; says whether it was clicked.
fn cell(ui: &mut Ui, row: usize, side: Side, set: &Set, at: Pos2, width: f32, colours: Palette) -> bool {
    let rect = Rect::from_min_size(at, vec2(width, set.galley.size().y));
    let response = ui.interact(rect, Id::unique(("cell", row, side as usize)), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &set.cell.text));
    LabelSelectionState::label_text_selection(ui, &response, at, Arc::clone(&set.galley), colours.ink, Stroke::NONE);
    if response.clicked() {
        // A click chooses the row; only a drag selects text.
        ui.ctx().plugin::<LabelSelectionState>().lock().clear_selection();
    }
    response.clicked()
}

/// The text cut at the bounds of its marks, each piece in its look.
fn job(text: &str, marks: &[Mark], format: &TextFormat, colours: Palette) -> LayoutJob {
    let mut bounds: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    bounds.extend([0, text.len()]);
    bounds.sort_unstable();
    bounds.dedup();
    let mut job = LayoutJob::default();
    for piece in bounds.windows(2) {
        let mut look = format.clone();
        for mark in marks.iter().filter(|mark| mark.span.start <= piece[0] && piece[1] <= mark.span.end) {
            dress(&mut look, mark.kind, colours);
        }
        job.append(&text[piece[0]..piece[1]], 0.0, look);
    }
    job
}

fn dress(look: &mut TextFormat, kind: MarkKind, colours: Palette) {
    let (ground, line) = match kind {
        MarkKind::Term => (colours.term, Stroke::new(1.5, colours.term_line)),
        MarkKind::Hit => (colours.hit, Stroke::NONE),
        MarkKind::CurrentHit => (colours.hit, Stroke::new(2.0, colours.accent)),
    };
    look.background = ground;
    if line.color != Color32::TRANSPARENT && line.width > 0.0 {
        look.underline = line;
    }
}
