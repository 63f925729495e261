//! Every command by its name: a few letters, Enter.

use eframe::egui::{Align2, Context, FontId, Id, Key, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{Answer, over, scrolled};
use crate::gui::command::{COMMANDS, Command, Entry, keys};
use crate::gui::theme::{self, palette};
use crate::gui::words::{Words, words};

const ROW: f32 = 26.0;

/// What was typed, and the line that Enter would run.
#[derive(Debug, Default)]
pub(in crate::gui) struct PalettePage {
    query: String,
    at: usize,
}

impl PalettePage {
    pub(super) fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let words = words(ctx);
        let found = self.found(words);
        let (mut down, mut up, mut enter) = (false, false, false);
        ctx.input_mut(|input| {
            down = input.consume_key(eframe::egui::Modifiers::NONE, Key::ArrowDown);
            up = input.consume_key(eframe::egui::Modifiers::NONE, Key::ArrowUp);
            enter = input.key_pressed(Key::Enter);
        });
        let last = found.len().saturating_sub(1);
        self.at = if down { self.at + 1 } else { self.at.saturating_sub(usize::from(up)) }.min(last);
        let moved = down || up;
        let (clicked, closed) = over(ctx, "palette", 560.0, |ui| {
            let field = TextEdit::singleline(&mut self.query)
                .hint_text(words.t("A few letters of a command"))
                .desired_width(f32::INFINITY)
                .id(Id::unique("letters"));
            let response = ui.add(field);
            response
                .widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, words.t("A few letters of a command")));
            response.request_focus();
            if response.changed() {
                self.at = 0;
            }
            ui.add_space(6.0);
            let room = (ctx.content_rect().height() - 180.0).clamp(80.0, 420.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            let list = scrolled(room).auto_shrink([false, true]);
            list.show(ui, |ui| {
                let line =
                    |(at, entry): (usize, &&Entry)| self.line(ui, words, entry, at, moved).then_some(entry.command);
                found.iter().enumerate().filter_map(line).last()
            })
            .inner
        });
        let chosen = clicked.or_else(|| found.get(self.at).filter(|_| enter).map(|entry| entry.command));
        if let Some(command) = chosen {
            return Some(Answer::Run(command));
        }
        closed.then_some(Answer::Close)
    }

    /// The commands that fit, in the language of the interface or in English.
    fn found(&self, words: Words) -> Vec<&'static Entry> {
        let best = |entry: &Entry| {
            let names = [words.t(entry.name), entry.name];
            names.iter().filter_map(|name| rank(&self.query, name)).min()
        };
        let others = COMMANDS.iter().filter(|entry| entry.command != Command::Palette);
        let mut found: Vec<(u8, &Entry)> = others.filter_map(|entry| Some((best(entry)?, entry))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    fn line(&self, ui: &mut Ui, words: Words, entry: &Entry, at: usize, moved: bool) -> bool {
        let colours = palette(ui.ctx());
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let response = ui.interact(rect, Id::unique(("command", at)), Sense::CLICK);
        let keys = keys(ui.ctx()).shown(entry.command);
        let name = words.t(entry.name);
        let chosen = at == self.at;
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
        if chosen || response.hovered() {
            ui.painter().rect_filled(rect, 3.0, if chosen { colours.selected } else { colours.row });
        }
        if chosen && moved {
            ui.scroll_to_rect(rect, None);
        }
        let font = FontId::proportional(theme::INTERFACE);
        let middle = rect.center().y;
        ui.painter().text(pos2(rect.left() + 8.0, middle), Align2::LEFT_CENTER, name, font.clone(), colours.ink);
        ui.painter().text(pos2(rect.right() - 8.0, middle), Align2::RIGHT_CENTER, keys, font, colours.muted);
        response.clicked()
    }
}

/// How well letters fit a name, case and blanks apart: the whole, its beginning, a part, or in this order with others
/// between, which comes last; nothing where they do not.
fn rank(letters: &str, name: &str) -> Option<u8> {
    let plain = |text: &str| -> String { text.to_lowercase().split_whitespace().collect() };
    let (letters, name) = (plain(letters), plain(name));
    let mut rest = name.chars();
    if name == letters {
        Some(0)
    } else if name.starts_with(&letters) {
        Some(1)
    } else if name.contains(&letters) {
        Some(2)
    } else {
        letters.chars().all(|c| rest.any(|other| other == c)).then_some(3)
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn letters_in_order_are_enough_and_whole_names_come_first() {
        assert_eq!((rank("mrg", "Merge with the next row"), rank("", "Undo")), (Some(3), Some(1)));
        assert_eq!((rank("合并", "与下一行合并"), rank("gem", "Merge")), (Some(2), None));
        assert!(rank("Bookmark", "Bookmark") < rank("Bookmark", "Next bookmark"));
    }
}
