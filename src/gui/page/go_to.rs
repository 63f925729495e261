//! The page that asks for a row to go to.

use eframe::egui::{Context, Id, TextEdit};

use super::{Answer, buttons, enter, field, focus_first, over};
use crate::gui::session::Session;
use crate::gui::words::words;

/// A row to go to, by its number.
#[derive(Debug)]
pub(in crate::gui) struct GoToPage {
    number: String,
    fresh: bool,
}

impl GoToPage {
    pub(in crate::gui) fn new() -> Self {
        Self { number: String::new(), fresh: true }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["row number"]);
        let ([go, cancel], closed) = over(ctx, "go to page", 320.0, |ui| {
            let name = words.fill("Row, 1 to {0}", &[&session.rows()]);
            ui.heading(words.t("Go to row"));
            ui.add_space(6.0);
            let edit = TextEdit::singleline(&mut self.number).hint_text(&name).id(Id::unique("row number"));
            focus_first(&field(ui, edit, &name), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Go"), words.t("Cancel")])
        });
        if go || enter {
            // Full-width figures come from Chinese keyboards.
            let plain = |c: char| c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|n| *n < 10));
            let digits = self
                .number
                .chars()
                .filter_map(plain)
                .fold(0_usize, |sum, digit| sum.saturating_mul(10).saturating_add(digit as usize));
            return Some(if digits == 0 { Answer::Close } else { Answer::GoTo(digits - 1) });
        }
        (cancel || closed).then_some(Answer::Close)
    }
}
