//! Segments taken to other rows by the mouse: a grip at the beginning of each, dropped on the row where it belongs.

use eframe::egui::{
    Align2, CursorIcon, FontId, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::Reader;
use super::cell::Set;
use crate::gui::page::Answer;
use crate::gui::session::{Session, Side};
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::words;

/// A segment under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drag {
    side: Side,
    segment: usize,
    from: usize,
    /// For which rows it was begun.
    revision: u64,
}

impl Reader {
    /// Grips for the segments of a cell, quiet until the pointer is near.
    #[expect(clippy::too_many_arguments, reason = "the cell, and where it is drawn")]
    pub(super) fn grips(
        &mut self,
        ui: &Ui,
        session: &Session,
        row: usize,
        side: Side,
        set: &Set,
        at: Pos2,
        colours: Palette,
    ) {
        for (number, segment) in session.segments(row, side).enumerate() {
            let Some(begin) = set.begin(number) else { continue };
            let line = begin.translate(at.to_vec2());
            // Before the column, where the segment begins a line.
            let left = if begin.left() < 1.0 { at.x - 5.0 } else { line.left() - 1.0 };
            let rect = Rect::from_min_max(pos2(left - 4.0, line.top()), pos2(left + 5.0, line.bottom()));
            let response = ui.interact(rect, Id::unique(("grip", side as usize, segment)), Sense::DRAG);
            let name = words(ui.ctx()).t("Drag this segment to another row");
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
            let near = response.hovered() || response.dragged();
            let response = if response.dragged() { response } else { response.on_hover_text(name) };
            if near {
                ui.ctx().set_cursor_icon(CursorIcon::Grab);
            }
            let colour = if near { colours.accent } else { colours.muted.gamma_multiply(0.55) };
            let middle = pos2(left, line.center().y);
            for (x, y) in [(-1.5, -4.0), (-1.5, 0.0), (-1.5, 4.0), (2.0, -4.0), (2.0, 0.0), (2.0, 4.0)] {
                ui.painter().circle_filled(middle + vec2(x, y), 1.0, colour);
            }
            if response.drag_started() {
                self.drag = Some(Drag { side, segment, from: row, revision: session.stamp.revision });
            }
        }
    }

    /// Shows where a segment under way would go, and takes it there when the button is released.
    pub(super) fn drop_where_released(&mut self, ui: &Ui, session: &Session, answers: &mut Vec<Answer>) {
        self.drag = self.drag.filter(|drag| drag.revision == session.stamp.revision);
        let Some(drag) = self.drag else { return };
        let (pointer, down) = ui.input(|input| (input.pointer.latest_pos(), input.pointer.any_down()));
        let over = pointer.and_then(|at| self.seen.iter().find(|(_, top, bottom)| (*top..*bottom).contains(&at.y)));
        let colours = palette(ui.ctx());
        if let (Some(&(row, top, bottom)), Some(at)) = (over, pointer) {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            let rect = Rect::from_x_y_ranges(ui.clip_rect().x_range(), top..=bottom).shrink(2.0);
            let stroke = Stroke::new(2.0, if row == drag.from { colours.hairline } else { colours.accent });
            ui.painter().rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
            let text = words(ui.ctx()).fill("to row {0}", &[&(row + 1)]);
            let font = FontId::proportional(theme::INTERFACE);
            let galley = ui.painter().layout_no_wrap(text.clone(), font.clone(), colours.ink);
            let label = Rect::from_min_size(at + vec2(14.0, 10.0), galley.size()).expand(4.0);
            ui.painter().rect_filled(label, 3.0, colours.panel);
            ui.painter().text(label.left_center() + vec2(4.0, 0.0), Align2::LEFT_CENTER, text, font, colours.ink);
            if !down && row != drag.from {
                answers.push(Answer::Edit(session.aligned().carry(drag.side, drag.segment, row)));
            }
        }
        if down {
            ui.ctx().request_repaint();
        } else {
            self.drag = None;
        }
    }
}
