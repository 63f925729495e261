//! The page with the names and languages of the texts.

use eframe::egui::{ComboBox, Context, Role, TextEdit, Ui};

use super::{Answer, buttons, field, level, named, over};
use crate::gui::session::{SIDES, Session};
use crate::gui::words::{Words, words};
use crate::lang::{Lang, Language};
use crate::notice::Tell as _;

/// How the two texts are called, and their languages.
#[derive(Debug)]
pub(in crate::gui) struct NamesPage {
    names: [String; 2],
    /// BCP 47 tags as they are typed.
    tags: [String; 2],
}

impl NamesPage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let names = SIDES.map(|side| session.document(side).name.clone());
        Self { names, tags: SIDES.map(|side| session.document(side).lang.tag().to_owned()) }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let ([save, cancel], closed) = over(ctx, "names page", 480.0, |ui| {
            ui.heading(words.t("Names and languages of the texts"));
            let titles = [words.t("Name of the source"), words.t("Name of the target")];
            let combos = [words.t("Language of the source"), words.t("Language of the target")];
            let tags = [words.t("Language tag of the source"), words.t("Language tag of the target")];
            for (at, (name, tag)) in self.names.iter_mut().zip(&mut self.tags).enumerate() {
                ui.add_space(8.0);
                let edit = TextEdit::singleline(name).hint_text(titles[at]).desired_width(f32::INFINITY);
                field(ui, edit, titles[at]);
                level(ui, |ui| {
                    language(ui, tag, combos[at], words);
                    let tip = words.t("A tag such as zh, en-GB or yue-Hant-HK (BCP 47)");
                    field(ui, TextEdit::singleline(tag).desired_width(120.0), tags[at]).on_hover_text(tip);
                });
                if let Err(problem) = Lang::parse(tag) {
                    ui.colored_label(ui.visuals().error_fg_color, words.notice(&problem.tell()));
                }
            }
            ui.add_space(10.0);
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        if save && let [Ok(source), Ok(target)] = self.tags.each_ref().map(|tag| Lang::parse(tag)) {
            let named = [(self.names[0].as_str(), source), (self.names[1].as_str(), target)];
            return Some(Answer::Edit(session.aligned().rename(named)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}

/// The languages that the aligner knows best, to choose from in the place of a tag.
fn language(ui: &mut Ui, tag: &mut String, name: &'static str, words: Words) {
    let lang = Lang::parse(tag).ok();
    let shown = lang.as_ref().map_or("–", |lang| words.language(lang.language()));
    let combo = ComboBox::from_id_salt(name).selected_text(shown).show_ui(ui, |ui| {
        for language in Language::KNOWN {
            let chosen = lang.as_ref().is_some_and(|lang| lang.language() == language);
            if ui.selectable_label(chosen, words.language(language)).clicked() && !chosen {
                Lang::of(language).tag().clone_into(tag);
            }
        }
    });
    named(combo.response, Role::ComboBox, name);
}
