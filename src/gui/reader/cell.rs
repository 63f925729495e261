//! A cell: one side of a row laid out, its marks, its segments.

use std::sync::Arc;

use eframe::egui::text::{CCursor, LayoutJob, TextFormat};
use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{
    Align2, Color32, FontId, Galley, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::Setup;
use crate::bitext::Shown;
use crate::gui::session::{Mark, MarkKind, Session, Side};
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::words;
use crate::gui::{fonts, lines};

/// A cell laid out.
pub(super) struct Set {
    pub(super) cell: Shown,
    pub(super) galley: Arc<Galley>,
    /// Where breaks were put into the text.
    breaks: Vec<usize>,
    /// From the top of the galley to the baseline of its first line.
    pub(super) baseline: f32,
}

impl Set {
    /// Lays out a side of a row with its marks.
    pub(super) fn of(ui: &Ui, session: &Session, row: usize, side: Side, width: f32, setup: Setup) -> Self {
        let colours = palette(ui.ctx());
        let cell = session.cell(row, side);
        let marks = session.marks(row, side, &cell);
        let chinese = session.document(side).lang.language().is_full_width();
        let scale = match session.heading(row, side) {
            Some(1) => theme::TITLE,
            Some(_) => theme::HEADING,
            None => 1.0,
        };
        let setting = if chinese { setup.chinese } else { setup.other };
        let (family, size, leading) = if chinese {
            (fonts::chinese(setting.sans), theme::TEXT * theme::CHINESE, theme::LEADING_ZH)
        } else {
            (fonts::english(setting.sans), theme::TEXT, theme::LEADING_EN)
        };
        let size = size * scale * setting.size;
        let leading = if scale > 1.0 { 1.35 } else { leading } * setting.leading;
        let format = TextFormat {
            font_id: FontId::new(size, family),
            line_height: Some((size * leading).round()),
            color: colours.ink,
            ..TextFormat::default()
        };
        let (galley, breaks) = lines::layout(ui.painter(), &cell.text, marks, |text, marks| {
            let mut job = job(text, marks, &format, colours);
            job.wrap.max_width = width;
            job
        });
        let baseline = galley
            .rows
            .first()
            .map_or(0.0, |first| first.pos.y + first.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y));
        Self { cell, galley, breaks, baseline }
    }

    /// Where segment `number` of the cell begins, as a line from top to bottom, from the corner of the galley.
    pub(super) fn begin(&self, number: usize) -> Option<Rect> {
        let byte = *self.cell.starts.get(number)?;
        let character = lines::character(&self.galley, &self.breaks, byte);
        // At the end of a line the segment begins in the next: the cursor before its second character tells.
        let after = self.galley.pos_from_cursor(CCursor::new(character + 1));
        let at = self.galley.pos_from_cursor(CCursor::new(character));
        Some(if after.top() > at.top() + 1.0 { after.translate(vec2(-after.left(), 0.0)) } else { at })
    }

    /// The number within the cell of the segment under the pointer.
    pub(super) fn segment_at(&self, response: &Response, at: Pos2) -> Option<usize> {
        let cursor = self.galley.cursor_from_pos(response.interact_pointer_pos()? - at);
        let byte = lines::byte(&self.galley, &self.breaks, cursor.index.0);
        self.cell.starts.partition_point(|start| *start <= byte).checked_sub(1)
    }

    /// Draws the cell; its text can be selected.
    pub(super) fn show(&self, ui: &mut Ui, row: usize, side: Side, at: Pos2, width: f32, colours: Palette) -> Response {
        let rect = Rect::from_min_size(at, vec2(width, self.galley.size().y));
        let response = ui.interact(rect, Id::unique(("cell", row, side as usize)), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.cell.text));
        let galley = Arc::clone(&self.galley);
        LabelSelectionState::label_text_selection(ui, &response, at, galley, colours.ink, Stroke::NONE);
        if response.clicked() {
            // A click chooses the row; only a drag selects text.
            ui.ctx().plugin::<LabelSelectionState>().lock().clear_selection();
        }
        response
    }
}

/// A word in place of a side that has no segments, or only a blank one.
pub(super) fn absent(ui: &Ui, session: &Session, row: usize, side: Side, baseline: Pos2, colours: Palette) {
    let words = words(ui.ctx());
    let word = match (session.segments(row, side).is_empty(), side) {
        (true, Side::Target) => words.t("— left out"),
        (true, Side::Source) => words.t("— added"),
        (false, _) => words.t("— blank"),
    };
    let font = FontId::proportional(theme::INTERFACE);
    // The descent of the font below its baseline.
    ui.painter().text(baseline + vec2(0.0, 4.0), Align2::LEFT_BOTTOM, word, font, colours.muted);
}

/// The text cut at the bounds of its marks, each piece in its look.
fn job(text: &str, marks: &[Mark], format: &TextFormat, colours: Palette) -> LayoutJob {
    let mut bounds: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    bounds.extend([0, text.len()]);
    // A mark that is not of this text must not end the program.
    bounds.retain(|bound| text.is_char_boundary(*bound));
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
        MarkKind::Chosen => (colours.selected, Stroke::new(1.0, colours.accent)),
        MarkKind::Picked => (colours.selected, Stroke::new(2.5, colours.confirmed)),
        MarkKind::Lacking => (Color32::TRANSPARENT, Stroke::new(2.0, colours.doubtful)),
    };
    look.background = ground;
    if line.color != Color32::TRANSPARENT && line.width > 0.0 {
        look.underline = line;
    }
}
