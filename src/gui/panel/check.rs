//! What is not consistent, in a list whose rows lead to the places.

use eframe::egui::{Align2, Color32, FontId, Id, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::consistency::{Finding, Kind};
use crate::gui::command::Command;
use crate::gui::fonts;
use crate::gui::page::keys::tool;
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::{Words, words};
use crate::lang::is_han;

const ROW: f32 = 62.0;

/// What each kind is called.
fn name(kind: Kind, words: Words) -> &'static str {
    match kind {
        Kind::Deprecated => words.t("a term that must not be used"),
        Kind::Missing => words.t("a required term is missing"),
        Kind::Renderings => words.t("rendered in several ways"),
        Kind::Sources => words.t("several terms rendered the same"),
        Kind::Numbers => words.t("numbers differ"),
        Kind::Names => words.t("a name is missing"),
    }
}

/// Draws the panel; true when the place under the eye has changed.
pub(in crate::gui) fn show(ui: &mut Ui, session: &mut Session, busy: bool, commands: &mut Vec<Command>) -> bool {
    let words = words(ui.ctx());
    let colours = palette(ui.ctx());
    let before = (session.cursor.row, session.checked.chosen);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.strong(words.t("Consistency"));
        if busy {
            ui.spinner();
            ui.weak(words.t("being checked…"));
        } else {
            ui.weak(words.fill("{0} findings", &[&session.checked.findings.len()]));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if !busy {
            tool(ui, words.t("Check again"), Command::CheckAgain, commands);
        }
        if session.checked.chosen_finding().is_some() {
            tool(ui, words.t("It is right"), Command::Approve, commands);
        }
        let settled = session.open.work().verdicts().len();
        if settled > 0 {
            tool(ui, &words.fill("Tell the {0} settled again", &[&settled]), Command::Reopen, commands);
        }
    });
    if !busy && !session.is_checked() {
        ui.colored_label(colours.doubtful, words.t("Something was changed since"));
    }
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut chosen = None;
    let area = ScrollArea::vertical().auto_shrink(false).id_salt("findings");
    area.show_rows(ui, ROW, session.checked.findings.len(), |ui, rows| {
        for at in rows {
            let Some(finding) = session.checked.findings.get(at) else { continue };
            let own = session.checked.chosen.filter(|(number, _)| *number == at).map(|(_, place)| place);
            if draw(ui, at, finding, own, colours) {
                chosen = Some(at);
            }
        }
    });
    if let Some(at) = chosen {
        // Clicked once more, it leads to its next place.
        match session.checked.chosen {
            Some((own, _)) if own == at => drop(session.walk_findings(true)),
            _ => session.choose_finding(Some(at)),
        }
    }
    before != (session.cursor.row, session.checked.chosen)
}

/// One finding: its kind and places above, its term and the words there are for it below; whether it was clicked.
fn draw(ui: &mut Ui, at: usize, finding: &Finding, place: Option<usize>, colours: Palette) -> bool {
    let words = words(ui.ctx());
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, Id::unique(("finding", at)), Sense::click());
    let kind = name(finding.kind, words);
    let rows: Vec<String> = finding.rows.iter().take(6).map(|row| (row + 1).to_string()).collect();
    let mut rows = rows.join(", ");
    if finding.rows.len() > 6 {
        rows += ", …";
    }
    let variants: Vec<String> = finding
        .variants
        .iter()
        .map(|variant| {
            if variant.rows.is_empty() {
                variant.text.clone()
            } else {
                format!("{} {}", variant.text, variant.rows.len())
            }
        })
        .collect();
    let variants = variants.join(" · ");
    response.widget_info(|| {
        let parts: [&dyn std::fmt::Display; 4] = [&kind, &finding.term, &variants, &rows];
        let name = words.fill("{0}: {1}: {2}, rows {3}", &parts);
        WidgetInfo::selected(Role::Button, true, place.is_some(), name)
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if place.is_some() || response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, if place.is_some() { colours.term } else { colours.row });
    }
    let small = FontId::proportional(theme::SMALL);
    let (left, right) = (rect.left() + 8.0, rect.right() - 8.0);
    painter.text(pos2(left, rect.top() + 4.0), Align2::LEFT_TOP, kind, small.clone(), colours.muted);
    let note = place.map_or(rows, |place| format!("{} / {}", place + 1, finding.rows.len()));
    painter.text(pos2(right, rect.top() + 4.0), Align2::RIGHT_TOP, note, small, colours.muted);
    for (line, text, ink) in [(0, &finding.term, colours.ink), (1, &variants, colours.muted)] {
        let chinese = text.chars().any(is_han);
        let family = if chinese { fonts::chinese(true) } else { fonts::english(true) };
        let font = FontId::new(if chinese { 14.5 } else { 13.5 }, family);
        painter.text(pos2(left, rect.top() + 19.0 + line as f32 * 18.0), Align2::LEFT_TOP, text, font, ink);
    }
    bar(
        &painter,
        Rect::from_min_max(pos2(left, rect.bottom() - 5.0), pos2(right, rect.bottom() - 3.0)),
        finding,
        colours,
    );
    response.clicked()
}

/// The share of each word that stands for the term.
fn bar(painter: &eframe::egui::Painter, rect: Rect, finding: &Finding, colours: Palette) {
    let total: usize = finding.variants.iter().map(|variant| variant.rows.len()).sum();
    if finding.variants.len() < 2 || total == 0 {
        return;
    }
    let mut left = rect.left();
    for variant in &finding.variants {
        let width = rect.width() * variant.rows.len() as f32 / total as f32;
        let share = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
        let fill: Color32 = if variant.usual { colours.accent } else { colours.doubtful };
        painter.rect_filled(share.shrink2(vec2(0.5, 0.0)), 1.0, fill);
        left += width;
    }
}
