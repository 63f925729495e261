//! The text of a segment: to be mended, or cut where the caret stands.

use eframe::egui::{Context, Id, Key, Modifiers, TextEdit};

use super::{Answer, buttons, enter, focus_first, long_field, over};
use crate::gui::session::{Session, Side};
use crate::gui::words::words;

/// A segment and what was typed.
#[derive(Debug)]
pub(in crate::gui) struct TextPage {
    side: Side,
    segment: usize,
    text: String,
    /// Nothing was drawn yet: the field takes the focus.
    fresh: bool,
}

impl TextPage {
    /// For the chosen segment, or the one that is meant.
    pub(in crate::gui) fn new(session: &Session) -> Option<Self> {
        let (side, segment) = session.meant()?;
        let text = session.document(side).display(segment).to_owned();
        Some(Self { side, segment, text, fresh: true })
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let ctrl = ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let enter = enter(ctx, &["segment text"]);
        let id = Id::unique("segment text");
        let ([save, cut, cancel], closed) = over(ctx, "text page", 720.0, |ui| {
            let number = self.segment + 1;
            let side = match self.side {
                Side::Source => words.fill("Source segment {0}", &[&number]),
                Side::Target => words.fill("Target segment {0}", &[&number]),
            };
            ui.heading(side);
            ui.weak(&session.document(self.side).name);
            ui.add_space(6.0);
            let edit = TextEdit::multiline(&mut self.text).desired_width(f32::INFINITY).desired_rows(4).id(id);
            focus_first(&long_field(ui, edit, words.t("Text of the segment")), &mut self.fresh);
            ui.add_space(4.0);
            ui.weak(words.t("Enter saves; Ctrl Enter cuts the segment where the caret stands"));
            ui.add_space(6.0);
            buttons(ui, [words.t("Save"), words.t("Cut at the caret"), words.t("Cancel")])
        });
        if cut || ctrl {
            let state = eframe::egui::text_edit::TextEditState::load(ctx, id);
            let caret = state.and_then(|state| state.cursor.char_range()).map_or(0, |range| range.primary.index.0);
            let byte = self.text.char_indices().nth(caret).map_or(self.text.len(), |(at, _)| at);
            return Some(self.answer(Some(byte)));
        }
        if save || enter {
            return Some(self.answer(None));
        }
        (cancel || closed).then_some(Answer::Close)
    }

    fn answer(&mut self, cut: Option<usize>) -> Answer {
        Answer::Text(self.side, self.segment, std::mem::take(&mut self.text), cut)
    }
}
