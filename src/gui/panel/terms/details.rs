//! The chosen term: what can be done with it, how it is rendered, the rows it stands in.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{FontId, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::find::snippet;
use crate::gui::command::Command;
use crate::gui::fonts;
use crate::gui::page::keys::tool;
use crate::gui::session::{Session, Side};
use crate::gui::theme::{self, Palette};
use crate::gui::words::words;

/// So many characters around a term are shown, of Chinese half as many.
const AROUND: usize = 56;
/// So many places are listed.
const MOST: usize = 200;
/// So many renderings have a share of their own.
const MOST_SHARES: usize = 5;

pub(super) fn show(ui: &mut Ui, session: &mut Session, colours: Palette, commands: &mut Vec<Command>) {
    let words = words(ui.ctx());
    let Some(entry) = session.terms.chosen_term() else { return };
    let status = words.t(entry.status.name());
    let decided = entry.concept.is_some();
    let kind = entry.kind.map(|kind| words.t(kind.name()));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.strong(&entry.texts[0]);
        ui.label(&entry.texts[1]);
        ui.colored_label(colours.muted, kind.map_or(status.to_owned(), |kind| format!("{status} · {kind}")));
    });
    ui.horizontal_wrapped(|ui| {
        tool(ui, words.t("Accept"), Command::AcceptTerm, commands);
        tool(ui, words.t("Reject"), Command::RejectTerm, commands);
        tool(ui, words.t("Edit…"), Command::EditTerm, commands);
        if decided {
            tool(ui, words.t("Forget"), Command::ForgetTerm, commands);
        }
    });
    shares(ui, session, colours);
    walk(ui, session, colours);
    let rows = session.term_rows();
    let mut asked = None;
    ScrollArea::vertical().auto_shrink(false).id_salt("places of the term").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (at, &row) in rows.iter().enumerate().take(MOST) {
            if place(ui, session, at, row, colours) {
                asked = Some(row);
            }
        }
    });
    if let Some(row) = asked {
        session.go(row);
    }
}

/// How many places there are, and the way through them.
fn walk(ui: &mut Ui, session: &mut Session, colours: Palette) {
    let words = words(ui.ctx());
    let rows = session.term_rows();
    let here = rows.iter().filter(|&&row| row == session.cursor.row).count();
    ui.horizontal(|ui| {
        let note = match (rows.len(), here) {
            (1, _) => words.t("1 place").to_owned(),
            (places, 0) => words.fill("{0} places", &[&places]),
            (places, _) => words.fill("{0} places, {1} here", &[&places, &here]),
        };
        ui.colored_label(colours.muted, note);
        if small(ui, "▲", words.t("Previous place of this term")) {
            session.walk_term(false);
        }
        if small(ui, "▼", words.t("Next place of this term")) {
            session.walk_term(true);
        }
        if small(ui, "×", words.t("Drop the term (Esc)")) {
            session.choose(None);
        }
    });
}

/// A small button: a symbol to see, a name to hear.
fn small(ui: &mut Ui, symbol: &str, name: &str) -> bool {
    let response = ui.small_button(symbol).on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// How the term is rendered, each rendering with its share of a bar; nothing where there is one only.
fn shares(ui: &mut Ui, session: &Session, colours: Palette) {
    let all = &session.terms.renderings;
    if all.len() < 2 {
        return;
    }
    let words = words(ui.ctx());
    let total: usize = all.iter().map(|(_, count)| count).sum();
    let listed = all.iter().take(MOST_SHARES).map(|(text, count)| format!("{text} {count}")).collect::<Vec<_>>();
    let rest = all.len().saturating_sub(MOST_SHARES);
    let mut legend = listed.join(" · ");
    if rest > 0 {
        legend += &words.fill(" and {0} more", &[&rest]);
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 4.0, 7.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words.fill("Renderings: {0}", &[&legend])));
    let mut left = rect.left();
    for (at, (_, count)) in all.iter().enumerate() {
        let width = rect.width() * *count as f32 / total.max(1) as f32;
        let share = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
        // The commonest stands out; the others take turns, so that their bounds are seen.
        let fill = match at {
            0 => colours.accent,
            _ if at % 2 == 1 => colours.term_line,
            _ => colours.muted,
        };
        ui.painter().rect_filled(share.shrink2(vec2(0.5, 0.0)), 1.0, fill);
        left += width;
    }
    ui.label(RichText::new(legend).size(theme::SMALL).color(colours.muted));
}

/// A row with the term: its number, and what stands around the term on either side; whether it was clicked.
fn place(ui: &mut Ui, session: &Session, at: usize, row: usize, colours: Palette) -> bool {
    let words = words(ui.ctx());
    let sides = session.term_sides();
    let texts = sides.map(|side| around(session, at, row, side));
    let width = ui.available_width() - 6.0;
    let galleys = [0, 1].map(|number| {
        let side = sides[number];
        let chinese = session.document(side).lang.language().is_full_width();
        let family = if chinese { fonts::chinese(true) } else { fonts::english(true) };
        let font = FontId::new(if chinese { 14.0 } else { 12.5 }, family);
        let plain = |ink| TextFormat { color: ink, ..TextFormat::simple(font.clone(), ink) };
        let (text, mark) = &texts[number];
        let ink = if number == 0 { colours.ink } else { colours.muted };
        let mut job =
            LayoutJob { wrap: eframe::egui::text::TextWrapping::wrap_at_width(width - 34.0), ..LayoutJob::default() };
        job.append(&text[..mark.start], 0.0, plain(ink));
        let lit = TextFormat { background: colours.term, ..plain(colours.ink) };
        job.append(&text[mark.clone()], 0.0, lit);
        job.append(&text[mark.end..], 0.0, plain(ink));
        ui.painter().layout_job(job)
    });
    let height = galleys.iter().map(|galley| galley.size().y).sum::<f32>() + 6.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let here = session.cursor.row == row;
    response.widget_info(|| {
        let name = words.fill("Place {0}, row {1}: {2} / {3}", &[&(at + 1), &(row + 1), &texts[0].0, &texts[1].0]);
        WidgetInfo::selected(Role::Button, true, here, name)
    });
    if here || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 3.0, if here { colours.selected } else { colours.row });
    }
    let number = FontId::proportional(theme::SMALL);
    let corner = rect.left_top() + vec2(4.0, 4.0);
    ui.painter().text(corner, eframe::egui::Align2::LEFT_TOP, (row + 1).to_string(), number, colours.muted);
    let mut top = rect.top() + 3.0;
    for galley in galleys {
        let height = galley.size().y;
        ui.painter().galley(pos2(rect.left() + 34.0, top), galley, colours.ink);
        top += height;
    }
    response.clicked()
}

/// What stands around the term in a cell, and where the term is in it.
fn around(session: &Session, at: usize, row: usize, side: Side) -> (String, std::ops::Range<usize>) {
    let cell = session.cell(row, side);
    let span = session.terms.places.get(at).and_then(|place| cell.place(&place[side as usize]).into_iter().next());
    let wide = session.document(side).lang.language().is_full_width();
    snippet(&cell.text, &span.unwrap_or(0..0), if wide { AROUND / 2 } else { AROUND })
}
