//! Small pages: a note, a row to go to, names and languages, a file to go on in.

use std::path::{Path, PathBuf};

use eframe::egui::{ComboBox, Context, Id, Role, TextEdit, Ui};

use super::{Answer, buttons, enter, field, focus_first, long_field, named, over};
use crate::edit::Action;
use crate::gui::session::{SIDES, Session};
use crate::gui::words::{Words, words};
use crate::lang::{Lang, Language};
use crate::work::Mark;

/// What is said about the rows that are selected.
#[derive(Debug)]
pub(in crate::gui) struct NotePage {
    row: usize,
    text: String,
    fresh: bool,
}

impl NotePage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let text = session.at(session.row).map(|row| row.mark.note().into_owned()).unwrap_or_default();
        Self { row: session.row, text, fresh: true }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["note text"]);
        let ([save, cancel], closed) = over(ctx, "note page", 560.0, |ui| {
            ui.heading(words.fill("Note on row {0}", &[&(self.row + 1)]));
            ui.add_space(6.0);
            let edit = TextEdit::multiline(&mut self.text)
                .desired_width(f32::INFINITY)
                .desired_rows(3)
                .id(Id::unique("note text"));
            focus_first(&long_field(ui, edit, words.t("Note")), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        if save || enter {
            let note = self.text.trim().to_owned();
            let rows = self.row..self.row + 1;
            let say = |mark: &mut Mark| mark.say(&session.author, &note);
            return Some(Answer::Edit(session.aligned().mark(rows, Action::Note, say)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}

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
                ui.horizontal(|ui| {
                    language(ui, tag, combos[at], words);
                    let tip = words.t("A tag such as zh, en-GB or yue-Hant-HK (BCP 47)");
                    field(ui, TextEdit::singleline(tag).desired_width(120.0), tags[at]).on_hover_text(tip);
                });
                if let Err(problem) = Lang::parse(tag) {
                    ui.colored_label(ui.visuals().error_fg_color, words.foreign(&problem.to_string()));
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

/// A file to go on in.
#[derive(Debug)]
pub(in crate::gui) struct SaveAsPage {
    path: String,
    fresh: bool,
}

impl SaveAsPage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let stem =
            Path::new(&session.document(SIDES[0]).name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = std::env::current_dir().unwrap_or_default();
        Self { path: folder.join(format!("{stem}.duizhao")).display().to_string(), fresh: true }
    }

    pub(super) fn show(&mut self, ctx: &Context) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["project path"]);
        let ([save, cancel], closed) = over(ctx, "save as page", 560.0, |ui| {
            ui.heading(words.t("Save the project as"));
            ui.weak(words.t("Everything goes on in the new file; the old one stays as it is."));
            ui.add_space(6.0);
            let edit = TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY).id(Id::unique("project path"));
            focus_first(&field(ui, edit, words.t("Path of the project")), &mut self.fresh);
            ui.add_space(6.0);
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        if (save || enter) && !self.path.trim().is_empty() {
            let mut path = PathBuf::from(self.path.trim());
            if !crate::project::is_project(&path) {
                path.as_mut_os_string().push(".duizhao");
            }
            return Some(Answer::SaveAs(std::path::absolute(&path).unwrap_or(path)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}
