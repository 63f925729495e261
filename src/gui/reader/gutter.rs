//! The gutter: type, score and status of a row, in shapes as well as colours.

use eframe::egui::{Align2, FontId, Id, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::gui::session::Session;
use crate::gui::theme::{self, Palette};
use crate::gui::words::{Words, words};

/// What a screen reader says of a row, before the text of both sides.
pub(super) fn row_name(session: &Session, row: usize, words: Words) -> String {
    let score = format!("{:.0}", session.score(row) * 100.0);
    let mut out =
        words.fill("Row {0} of {1}, {2}, score {3}%", &[&(row + 1), &session.rows(), &session.kind(row), &score]);
    let mark = session.at(row).map(|row| row.mark.clone()).unwrap_or_default();
    for (is, word) in [
        (mark.confirmed, words.t("confirmed")),
        (mark.flagged, words.t("flagged")),
        (mark.bookmarked, words.t("bookmarked")),
        (!mark.notes.is_empty(), words.t("with a note")),
        (session.is_doubtful(row), words.t("doubtful")),
    ] {
        if is {
            out += ", ";
            out += word;
        }
    }
    for reason in session.why_doubtful(row) {
        out += ", ";
        out += words.t(reason);
    }
    out
}

/// How wide the gutter is, and how much of a row's height its signs take.
const SIGNS: Vec2 = vec2(56.0, 34.0);

/// Type and score, quiet but for the row under the eye; a doubtful row has an exclamation mark.
pub(super) fn draw(ui: &Ui, session: &Session, row: usize, at: Pos2, baseline: f32, colours: Palette) {
    let signs = Rect::from_min_size(pos2(at.x, at.y + baseline - 16.0), SIGNS);
    let told = ui.interact(signs, Id::unique(("gutter", row)), Sense::hover());
    told.on_hover_ui(|ui| drop(ui.label(row_name(session, row, words(ui.ctx())))));
    let under_eye = session.cursor.row == row;
    let kind = session.kind(row);
    let plain = kind == crate::bitext::BeadKind(1, 1) && !under_eye;
    let ink = if plain { colours.muted } else { colours.ink };
    let font = FontId::proportional(theme::SMALL);
    let painter = ui.painter();
    let text = painter.text(pos2(at.x + 10.0, at.y + baseline + 3.5), Align2::LEFT_BOTTOM, kind.to_string(), font, ink);
    let score = session.score(row);
    let doubtful = session.is_doubtful(row);
    let mark = session.at(row).map(|row| row.mark.clone()).unwrap_or_default();
    let shapes = pos2(at.x + 37.0, text.center().y);
    if mark.bookmarked {
        ribbon(ui, pos2(at.x + 2.0, text.top()), colours);
    }
    if mark.confirmed {
        let tick = [vec2(0.0, 0.5), vec2(3.0, 4.0), vec2(9.0, -4.5)].map(|by| shapes + by);
        painter.line(tick.to_vec(), Stroke::new(1.8, colours.confirmed));
    }
    if mark.flagged {
        flag(ui, if mark.confirmed { shapes + vec2(0.0, 9.0) } else { shapes + vec2(0.0, -6.0) }, colours);
    }
    if mark.confirmed {
        return;
    }
    let bar = Rect::from_min_size(pos2(at.x + 10.0, text.bottom() + 2.0), vec2(26.0, 2.0));
    painter.rect_filled(bar, 1.0, colours.hairline);
    let filled = bar.with_max_x(bar.left() + bar.width() * score.clamp(0.0, 1.0));
    painter.rect_filled(filled, 1.0, if doubtful { colours.doubtful } else { colours.muted });
    if doubtful && !mark.flagged {
        let font = FontId::proportional(theme::INTERFACE);
        painter.text(shapes, Align2::LEFT_CENTER, "!", font, colours.doubtful);
    }
}

fn flag(ui: &Ui, top: Pos2, colours: Palette) {
    ui.painter().line(vec![top, top + vec2(0.0, 12.0)], Stroke::new(1.8, colours.doubtful));
    let cloth = [vec2(0.0, 0.0), vec2(8.0, 3.0), vec2(0.0, 6.0)].map(|by| top + by);
    ui.painter().add(Shape::convex_polygon(cloth.to_vec(), colours.doubtful, Stroke::NONE));
}

/// A ribbon as in a book.
fn ribbon(ui: &Ui, top: Pos2, colours: Palette) {
    let left = [vec2(0.0, 0.0), vec2(3.0, 0.0), vec2(3.0, 7.0), vec2(0.0, 11.0)].map(|by| top + by);
    let right = [vec2(3.0, 0.0), vec2(6.0, 0.0), vec2(6.0, 11.0), vec2(3.0, 7.0)].map(|by| top + by);
    for half in [left, right] {
        ui.painter().add(Shape::convex_polygon(half.to_vec(), colours.accent, Stroke::NONE));
    }
}
