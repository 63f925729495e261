//! What a person likes: language of the interface, light and contrast, how the texts are set, keys.

use eframe::egui::{Context, Grid, Role, Slider, TextEdit, Ui, WidgetInfo};

use super::{Answer, level, over, scrolled};
use crate::gui::command::{COMMANDS, Command, Keys, entry_of, keys, shown, stroke, written};
use crate::gui::words::{Words, words};
use crate::project::{Setting, Settings};

/// What is open on the page.
#[derive(Debug, Default)]
pub(in crate::gui) struct OptionsPage {
    /// The command that waits for a key.
    waiting: Option<Command>,
    /// What the last key was refused for.
    problem: Option<String>,
    /// The size of everything while its slider is pulled: applied at once it would move the slider.
    zoom: Option<f32>,
}

impl OptionsPage {
    /// Whether the next key is chosen, and calls nothing.
    pub(in crate::gui) fn waits_for_key(&self) -> bool {
        self.waiting.is_some()
    }

    pub(super) fn show(&mut self, ctx: &Context, settings: &Settings) -> Option<Answer> {
        let words = words(ctx);
        let mut new = settings.clone();
        if let Some(command) = self.waiting {
            self.take_key(ctx, command, &mut new, words);
        }
        let (close, closed) = over(ctx, "options page", 640.0, |ui| {
            ui.heading(words.t("Options"));
            ui.add_space(6.0);
            let room = (ctx.content_rect().height() - 150.0).max(80.0);
            scrolled(room).auto_shrink([false, true]).show(ui, |ui| {
                self.look(ui, &mut new, words);
                ui.add_space(8.0);
                setting(ui, &mut new.chinese, words.t("Chinese text"), words.t("Hei instead of Song"), words);
                setting(
                    ui,
                    &mut new.other,
                    words.t("Text of other languages"),
                    words.t("Sans instead of serif"),
                    words,
                );
                ui.add_space(8.0);
                self.own_keys(ui, &mut new, words);
            });
            ui.add_space(8.0);
            ui.button(words.t("Close")).clicked()
        });
        if new != *settings {
            return Some(Answer::Settings(Box::new(new)));
        }
        // A key that is waited for may be Esc.
        (close || (closed && self.waiting.is_none())).then_some(Answer::Close)
    }

    fn look(&mut self, ui: &mut Ui, settings: &mut Settings, words: Words) {
        ui.horizontal_wrapped(|ui| {
            ui.label(words.t("Interface"));
            for (language, name) in [(None, words.t("as the system")), (Some("en"), "English"), (Some("zh"), "中文")]
            {
                if ui.radio(settings.language.as_deref() == language, name).clicked() {
                    settings.language = language.map(str::to_owned);
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.label(words.t("Appearance"));
            for (dark, name) in
                [(None, words.t("as the system likes")), (Some(false), words.t("light")), (Some(true), words.t("dark"))]
            {
                if ui.radio(settings.dark == dark, name).clicked() {
                    settings.dark = dark;
                }
            }
            ui.checkbox(&mut settings.contrast, words.t("High contrast"));
        });
        ui.horizontal_wrapped(|ui| {
            let label = ui.label(words.t("Your name"));
            let mut name = settings.author.clone().unwrap_or_default();
            let field =
                TextEdit::singleline(&mut name).hint_text(words.t("the user of the system")).desired_width(200.0);
            let tip = words.t("It is kept with everything you do");
            if ui.add(field).labelled_by(label.id).on_hover_text(tip).changed() {
                settings.author = Some(name).filter(|name| !name.trim().is_empty());
            }
        });
        let mut zoom = self.zoom.unwrap_or(settings.zoom);
        slider(ui, &mut zoom, 0.5..=3.0, words.t("Size of everything"));
        if ui.input(|input| input.pointer.any_down()) {
            self.zoom = Some(zoom);
        } else {
            settings.zoom = zoom;
            self.zoom = None;
        }
    }

    fn take_key(&mut self, ctx: &Context, command: Command, settings: &mut Settings, words: Words) {
        let Some(stroke) = stroke(ctx) else { return };
        self.waiting = None;
        if stroke.1 == eframe::egui::Key::Escape {
            return;
        }
        if let Some(other) = keys(ctx).taken(command, stroke) {
            self.problem = Some(words.fill("{0} is taken: {1}", &[&shown(stroke), &words.t(other.name)]));
            return;
        }
        self.problem = None;
        settings.keys.insert(Keys::name(command), vec![written(stroke)]);
    }

    fn own_keys(&mut self, ui: &mut Ui, settings: &mut Settings, words: Words) {
        ui.strong(words.t("Keys"));
        ui.weak(words.t("Press a button, then the key that should do this."));
        if let Some(problem) = &self.problem {
            ui.colored_label(ui.visuals().warn_fg_color, problem);
        }
        let keys = keys(ui.ctx());
        Grid::new("own keys").num_columns(3).spacing([16.0, 4.0]).show(ui, |ui| {
            for entry in COMMANDS.iter().filter(|entry| entry.command != Command::Copy) {
                let name = words.t(entry.name);
                ui.label(name);
                let waiting = self.waiting == Some(entry.command);
                let text = if waiting { words.t("press a key…").to_owned() } else { keys.shown(entry.command) };
                let response = ui.button(if text.is_empty() { "–".to_owned() } else { text });
                response.widget_info(|| {
                    WidgetInfo::labeled(Role::Button, true, words.fill("Another key for: {0}", &[&name]))
                });
                if response.clicked() {
                    self.waiting = Some(entry.command);
                    self.problem = None;
                }
                let own = settings.keys.contains_key(&Keys::name(entry.command));
                if own && ui.small_button(words.t("the usual")).clicked() {
                    let usual = entry_of(entry.command).usual();
                    let taken = usual.iter().find_map(|stroke| Some((*stroke, keys.taken(entry.command, *stroke)?)));
                    match taken {
                        Some((stroke, other)) => {
                            let parts: [&dyn std::fmt::Display; 2] = [&shown(stroke), &words.t(other.name)];
                            self.problem = Some(words.fill("{0} is taken: {1}", &parts));
                        }
                        None => drop(settings.keys.remove(&Keys::name(entry.command))),
                    }
                }
                ui.end_row();
            }
        });
    }
}

fn setting(ui: &mut Ui, setting: &mut Setting, title: &'static str, sans: &'static str, words: Words) {
    ui.add_space(6.0);
    ui.strong(title);
    ui.checkbox(&mut setting.sans, sans);
    let named = |name: &str| words.fill("{0}: {1}", &[&title, &name]);
    let (size, leading) = (named(words.t("size")), named(words.t("line spacing")));
    slider(ui, &mut setting.size, 0.6..=2.0, &size);
    slider(ui, &mut setting.leading, 0.8..=1.6, &leading);
}

fn slider(ui: &mut Ui, value: &mut f32, range: std::ops::RangeInclusive<f32>, name: &str) {
    level(ui, |ui| {
        let label = ui.label(name);
        ui.add(Slider::new(value, range).step_by(0.05).fixed_decimals(2)).labelled_by(label.id);
    });
}
