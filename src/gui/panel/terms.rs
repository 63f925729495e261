//! The glossary panel: terms by rank, a filter, the places of the chosen one.

use eframe::egui::{Align2, Color32, FontId, Id, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::find::Index;
use crate::gui::fonts;
use crate::gui::session::Session;
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::words;
use crate::project::GlossaryTerm;

const ROW: f32 = 46.0;

/// The state of the panel.
#[derive(Debug, Default)]
pub(in crate::gui) struct Terms {
    filter: String,
    /// The numbers of the terms that the filter lets through, and what they were found for.
    shown: Vec<usize>,
    shown_for: Option<(String, u64)>,
    /// Scroll the list to the chosen term at the next chance.
    reveal: bool,
}

impl Terms {
    /// Chooses the next or previous term of those shown.
    pub(in crate::gui) fn step(&mut self, session: &mut Session, forward: bool) {
        self.refresh(session);
        let at = session.term.and_then(|term| self.shown.iter().position(|&shown| shown == term));
        let next = match at {
            Some(at) if forward => at + 1,
            Some(at) => at.saturating_sub(1),
            None => 0,
        };
        if let Some(&term) = self.shown.get(next) {
            session.choose(Some(term));
            self.reveal = true;
        }
    }

    fn refresh(&mut self, session: &Session) {
        let terms = session.glossary.as_ref().map_or(&[][..], |glossary| &glossary.terms);
        let wanted = (self.filter.clone(), session.glossaries);
        if self.shown_for.as_ref() == Some(&wanted) {
            return;
        }
        let fits = |term: &GlossaryTerm| {
            let text = format!("{} {}", term.pair.chinese, term.pair.english);
            self.filter.trim().is_empty() || !Index::new(&text).find(&self.filter).is_empty()
        };
        self.shown = terms.iter().enumerate().filter(|(_, term)| fits(term)).map(|(at, _)| at).collect();
        self.shown_for = Some(wanted);
    }

    /// Draws the panel; true when the place under the eye has changed.
    pub(in crate::gui) fn show(&mut self, ui: &mut Ui, session: &mut Session) -> bool {
        self.refresh(session);
        let colours = palette(ui.ctx());
        let words = words(ui.ctx());
        let before = (session.row, session.term);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.strong(words.t("Glossary"));
            if !session.has_terms() {
                ui.weak(words.t("for Chinese with English only"));
            } else if session.glossary.is_some() {
                ui.weak(words.fill("{0} terms", &[&self.shown.len()]));
            } else {
                ui.spinner();
                ui.weak(words.t("being built…"));
            }
        });
        let field =
            TextEdit::singleline(&mut self.filter).hint_text(words.t("Filter terms")).desired_width(f32::INFINITY);
        ui.add(field).widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.t("Filter terms")));
        Self::chosen(ui, session, colours);
        ui.add_space(4.0);
        self.list(ui, session, colours);
        before != (session.row, session.term)
    }

    /// The chosen term with the way to its places.
    fn chosen(ui: &mut Ui, session: &mut Session, colours: Palette) {
        let words = words(ui.ctx());
        // The line is there with or without a term, so that nothing below it jumps.
        let Some(term) = session.chosen_term() else {
            ui.colored_label(colours.muted, words.t("Choose a term to see all its places"));
            return;
        };
        let places = term.places.len();
        let here = session.term_rows().iter().filter(|&&row| row == session.row).count();
        ui.horizontal(|ui| {
            let note = match (places, here) {
                (1, _) => words.t("1 place").to_owned(),
                (_, 0) => words.fill("{0} places", &[&places]),
                _ => words.fill("{0} places, {1} here", &[&places, &here]),
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

    fn list(&mut self, ui: &mut Ui, session: &mut Session, colours: Palette) {
        let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("terms");
        if std::mem::take(&mut self.reveal)
            && let Some(at) = session.term.and_then(|term| self.shown.iter().position(|&shown| shown == term))
        {
            let top = at as f32 * ROW - ui.available_height() / 3.0;
            area = area.vertical_scroll_offset(top.max(0.0));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.shown.len(), |ui, rows| {
            for at in rows {
                let Some(&number) = self.shown.get(at) else { continue };
                let Some(term) = session.glossary.as_ref().and_then(|glossary| glossary.terms.get(number)) else {
                    continue;
                };
                if row(ui, number, term, session.term == Some(number), colours) {
                    let again = session.term == Some(number);
                    session.choose((!again).then_some(number));
                }
            }
        });
    }
}

/// A small button: a symbol to see, a name to hear.
fn small(ui: &mut Ui, symbol: &str, name: &str) -> bool {
    let response = ui.small_button(symbol).on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// One term: Chinese above English, its count at the right, its score as a thin bar.
fn row(ui: &mut Ui, number: usize, term: &GlossaryTerm, chosen: bool, colours: Palette) -> bool {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, Id::unique(("term", number)), Sense::click());
    let pair = &term.pair;
    let count = term.places.len();
    let words = words(ui.ctx());
    response.widget_info(|| {
        let score = format!("{:.0}", pair.score * 100.0);
        let name = words.fill("{0}, {1}, {2} places, score {3} %", &[&pair.chinese, &pair.english, &count, &score]);
        WidgetInfo::selected(Role::Button, true, chosen, name)
    });
    let ground = if chosen {
        colours.term
    } else if response.hovered() || response.has_focus() {
        colours.row
    } else {
        Color32::TRANSPARENT
    };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, 4.0, ground);
    if response.has_focus() {
        let stroke = ui.visuals().selection.stroke;
        painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, eframe::egui::StrokeKind::Inside);
    }
    let left = rect.left() + 8.0;
    let zh = FontId::new(15.5, fonts::chinese(true));
    painter.text(pos2(left, rect.top() + 4.0), Align2::LEFT_TOP, &pair.chinese, zh, colours.ink);
    let en = FontId::new(13.5, fonts::english(true));
    painter.text(pos2(left, rect.bottom() - 5.0), Align2::LEFT_BOTTOM, &pair.english, en, colours.muted);
    let small = FontId::proportional(theme::SMALL);
    let right = rect.right() - 10.0;
    painter.text(pos2(right, rect.top() + 6.0), Align2::RIGHT_TOP, count.to_string(), small, colours.muted);
    let bar = Rect::from_min_size(pos2(right - 30.0, rect.bottom() - 12.0), vec2(30.0, 2.0));
    painter.rect_filled(bar, 1.0, colours.hairline);
    painter.rect_filled(bar.with_max_x(bar.left() + 30.0 * pair.score), 1.0, colours.muted);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{self, paste};
    use crate::task::Ctl;

    #[test]
    fn the_list_follows_the_glossary_even_where_it_keeps_its_length() {
        let chinese = paste("zh", "国际法适用于网络空间。主权是基本原则。").unwrap();
        let english = paste("en", "International law applies to cyberspace. Sovereignty is the basic principle.");
        let bitext = project::align(&Ctl::quiet(), chinese, english.unwrap()).unwrap();
        let mut session = Session::new("sample".to_owned(), bitext);
        let mut glossary = project::glossary(&Ctl::quiet(), &session.alignment.bitext()).unwrap();
        let count = glossary.terms.len();
        let mut panel = Terms { filter: "cyberspace".to_owned(), ..Terms::default() };
        panel.refresh(&session);
        assert!(panel.shown.is_empty());
        session.take_glossary(glossary.clone());
        panel.refresh(&session);
        let first = panel.shown.clone();
        assert!(!first.is_empty() && first.len() < count, "{first:?} of {count}");
        glossary.terms.reverse();
        session.take_glossary(glossary);
        panel.refresh(&session);
        let turned: Vec<usize> = first.iter().rev().map(|at| count - 1 - at).collect();
        assert_ne!(turned, first);
        assert_eq!(panel.shown, turned);
    }
}
