//! The whole text as a narrow strip: types, doubts, what is done, hits and terms, each row at its share of the height.

use std::ops::Range;

use eframe::egui::{Color32, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use crate::gui::session::{SIDES, Session};
use crate::gui::theme::{Palette, palette};
use crate::gui::words::words;

/// Of three lanes: what the rows are, what is done with them, what was looked for.
pub(super) const WIDTH: f32 = 18.0;

/// With more rows than these the strip is made anew only so often, in seconds: one of them is no point of it.
const MANY: usize = 100_000;
const PAUSE: f64 = 0.5;

const UNEVEN: u8 = 1;
const ONE_SIDED: u8 = 2;
const DOUBTFUL: u8 = 4;
const CONFIRMED: u8 = 8;
const MARKED: u8 = 16;
const HIT: u8 = 32;
const TERM: u8 = 64;

/// What stands at each point of the strip, kept until something changes.
#[derive(Debug, Default)]
pub(super) struct Map {
    of: Vec<u8>,
    /// Edits, rows looked at, searches, the chosen term, and the height, for which this is so.
    made_for: Option<(u64, u64, u64, Option<usize>, usize)>,
    /// When, in seconds.
    made_at: f64,
}

impl Map {
    /// Draws the strip; a row that was asked for by a click.
    pub(super) fn show(&mut self, ui: &Ui, session: &Session, strip: Rect, seen: &Range<usize>) -> Option<usize> {
        let response = ui.interact(strip, Id::unique("map"), Sense::CLICK | Sense::DRAG);
        let words = words(ui.ctx());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ScrollBar, true, words.t("Map of the text"));
            info.value = Some(seen.start as f64 / session.rows().max(1) as f64);
            info
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points on a screen")]
        let height = strip.height().max(0.0) as usize;
        self.make(ui, session, height);
        let colours = palette(ui.ctx());
        let painter = ui.painter();
        painter.rect_filled(strip, 0.0, colours.panel);
        for (at, flags) in self.of.iter().enumerate().filter(|(_, flags)| **flags != 0) {
            let y = strip.top() + at as f32;
            for (lane, colour) in lanes(*flags, colours).into_iter().enumerate() {
                let left = strip.left() + 2.0 + lane as f32 * 5.0;
                if let Some(colour) = colour {
                    painter.rect_filled(Rect::from_min_max(pos2(left, y), pos2(left + 4.0, y + 1.0)), 0.0, colour);
                }
            }
        }
        let rows = session.rows().max(1) as f32;
        let place = |row: usize| strip.top() + strip.height() * row as f32 / rows;
        let (top, bottom) = (place(seen.start), place(seen.end));
        let view = Rect::from_x_y_ranges(strip.x_range(), top..=bottom.max(top + 3.0));
        painter.rect_stroke(view, 2.0, Stroke::new(1.0, colours.muted), StrokeKind::Inside);
        painter.hline(strip.x_range(), place(session.cursor.row), Stroke::new(1.5, colours.accent));
        let asked = response.interact_pointer_pos();
        response.on_hover_text(words.t("Types · doubts and what is confirmed · hits, terms and marks"));
        let share = ((asked?.y - strip.top()) / strip.height().max(1.0)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the rows")]
        let row = (f64::from(share) * session.rows() as f64) as usize;
        Some(row.min(session.rows().saturating_sub(1)))
    }

    fn make(&mut self, ui: &Ui, session: &Session, height: usize) {
        let wanted =
            (session.stamp.revision, session.doubts.revision, session.search.revision, session.terms.chosen, height);
        let now = ui.input(|input| input.time);
        if self.made_for == Some(wanted) {
            return;
        }
        if session.rows() > MANY && self.of.len() == height && now - self.made_at < PAUSE {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(PAUSE));
            return;
        }
        (self.made_for, self.made_at) = (Some(wanted), now);
        self.of = vec![0; height];
        let rows = session.rows().max(1);
        // A row of a short text is several points high.
        let mut set = |row: usize, flag: u8| {
            let from = row * height / rows;
            let to = ((row + 1) * height / rows).max(from + 1).min(height);
            self.of.get_mut(from..to).into_iter().flatten().for_each(|flags| *flags |= flag);
        };
        for (row, (at, is_doubtful)) in session.with_doubts().enumerate() {
            let kind = match (at.bead.source.len(), at.bead.target.len()) {
                (1, 1) => 0,
                (0, _) | (_, 0) => ONE_SIDED,
                _ => UNEVEN,
            };
            let doubtful = if is_doubtful { DOUBTFUL } else { 0 };
            let confirmed = if at.mark.confirmed { CONFIRMED } else { 0 };
            let marked = if at.mark.bookmarked || at.mark.flagged { MARKED } else { 0 };
            // Most rows of most texts have nothing to be shown.
            let flags = kind | doubtful | confirmed | marked;
            if flags != 0 {
                set(row, flags);
            }
        }
        for side in SIDES {
            for hit in &session.search.hits[side as usize] {
                set(session.row_at(side, hit.start), HIT);
            }
        }
        for row in session.term_rows() {
            set(row, TERM);
        }
    }
}

/// The colours of the lanes. A doubt shows over what is confirmed around it.
fn lanes(flags: u8, colours: Palette) -> [Option<Color32>; 3] {
    let first = |wanted: &[(u8, Color32)]| wanted.iter().find(|(flag, _)| flags & flag != 0).map(|(_, colour)| *colour);
    [
        first(&[(ONE_SIDED, colours.ink), (UNEVEN, colours.muted)]),
        first(&[(DOUBTFUL, colours.doubtful), (CONFIRMED, colours.confirmed)]),
        first(&[(HIT, colours.accent), (TERM, colours.term_line), (MARKED, colours.doubtful)]),
    ]
}
