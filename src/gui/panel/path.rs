//! The path of the alignment: how far the source is against how far the target is. A slip is a jump beside the line.

use eframe::egui::{Color32, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::gui::session::{SIDES, Session, Side};
use crate::gui::theme::palette;
use crate::gui::words::words;

/// How many points are drawn at most: a point each for more than the panel is high says nothing more.
const POINTS: usize = 600;

/// A point of the path: shares of both texts, and what is there.
#[derive(Clone, Copy, Debug)]
struct Point {
    source: f32,
    target: f32,
    doubtful: bool,
    confirmed: bool,
}

/// The points, kept until something changes.
#[derive(Debug, Default)]
pub(in crate::gui) struct Path {
    points: Vec<Point>,
    made_for: Option<(u64, u64)>,
}

impl Path {
    /// Draws the panel; a row that was asked for.
    pub(in crate::gui) fn show(&mut self, ui: &mut Ui, session: &Session) -> Option<usize> {
        let words = words(ui.ctx());
        let colours = palette(ui.ctx());
        self.refresh(session);
        ui.add_space(8.0);
        ui.strong(words.t("Path"));
        ui.colored_label(colours.muted, words.t("Source from left to right, target from top to bottom"));
        ui.add_space(4.0);
        let side = ui.available_width().min(ui.available_height() * 0.6).max(60.0);
        let square = plot(ui, vec2(side, side), "path", words.t("Path of the alignment"));
        let painter = ui.painter().with_clip_rect(square.rect.expand(3.0));
        let place = |point: &Point| square.rect.min + vec2(point.source, point.target) * square.rect.size();
        painter.line_segment([square.rect.min, square.rect.max], Stroke::new(1.0, colours.hairline));
        let line: Vec<Pos2> = self.points.iter().map(place).collect();
        painter.line(line, Stroke::new(1.2, colours.muted));
        for point in &self.points {
            painter.circle_filled(
                place(point),
                1.6,
                colour(point, colours.doubtful, colours.confirmed, colours.accent),
            );
        }
        let eye = share(session, session.cursor.row);
        let at = square.rect.min + eye * square.rect.size();
        painter.circle_stroke(at, 5.0, Stroke::new(2.0, colours.ink));
        ui.add_space(10.0);
        ui.colored_label(colours.muted, words.t("How far the target is ahead of the source"));
        let strip = plot(ui, vec2(side, (side * 0.45).max(40.0)), "lead", words.t("Lead of the target"));
        let most = self.points.iter().map(|point| (point.target - point.source).abs()).fold(0.02, f32::max);
        let lead = |point: &Point| {
            let rect = strip.rect;
            let high = (point.target - point.source) / most;
            pos2(rect.left() + rect.width() * point.source, rect.center().y - high * rect.height() * 0.48)
        };
        let painter = ui.painter().with_clip_rect(strip.rect);
        painter.hline(strip.rect.x_range(), strip.rect.center().y, Stroke::new(1.0, colours.hairline));
        painter.line(self.points.iter().map(lead).collect(), Stroke::new(1.2, colours.muted));
        for point in self.points.iter().filter(|point| point.doubtful) {
            painter.circle_filled(lead(point), 1.8, colours.doubtful);
        }
        painter.vline(
            strip.rect.left() + strip.rect.width() * eye.x,
            strip.rect.y_range(),
            Stroke::new(1.0, colours.accent),
        );
        let asked = square.asked.or(strip.asked)?;
        let byte = f64::from(asked) * session.document(Side::Source).text.as_str().len() as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the bytes of a text")]
        Some(session.row_at(Side::Source, byte as usize))
    }

    fn refresh(&mut self, session: &Session) {
        let wanted = (session.stamp.revision, session.doubts.revision);
        if self.made_for == Some(wanted) {
            return;
        }
        self.made_for = Some(wanted);
        let rows = session.rows();
        let each = rows.div_ceil(POINTS).max(1);
        // Of the rows that share a point one that is doubtful stands for them.
        let point = |start: usize| {
            let mut rows = start..(start + each).min(rows);
            let row = rows.find(|&row| session.is_doubtful(row)).unwrap_or(start);
            let at = share(session, row);
            let (doubtful, confirmed) = (session.is_doubtful(row), session.is_confirmed(row));
            Point { source: at.x, target: at.y, doubtful, confirmed }
        };
        self.points = (0..rows).step_by(each).map(point).collect();
    }
}

/// Where a row begins, as shares of both texts.
fn share(session: &Session, row: usize) -> eframe::egui::Vec2 {
    #[expect(clippy::cast_possible_truncation, reason = "a share of a text, for a point on a screen")]
    let [x, y] = SIDES.map(|side| {
        let document = session.document(side);
        let byte = document.segments.get(session.segments(row, side).start);
        let end = document.text.as_str().len();
        (byte.map_or(end, |segment| segment.span.start) as f64 / end.max(1) as f64) as f32
    });
    vec2(x, y)
}

fn colour(point: &Point, doubtful: Color32, confirmed: Color32, other: Color32) -> Color32 {
    match (point.doubtful, point.confirmed) {
        (true, _) => doubtful,
        (_, true) => confirmed,
        _ => other,
    }
}

/// A field for drawing, and how far across it was clicked.
struct Plot {
    rect: Rect,
    asked: Option<f32>,
}

fn plot(ui: &mut Ui, size: eframe::egui::Vec2, id: &'static str, name: &str) -> Plot {
    let colours = palette(ui.ctx());
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, Id::unique(id), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    ui.painter().rect(rect, 0.0, colours.paper, Stroke::new(1.0, colours.hairline), StrokeKind::Inside);
    let response = response.on_hover_text(name);
    let asked = response.interact_pointer_pos().map(|at| ((at.x - rect.left()) / rect.width()).clamp(0.0, 0.999_99));
    Plot { rect, asked }
}
