//! Commands to be seen: the page of keys, buttons with a symbol, hints.

use eframe::egui::{Button, Context, Grid, Role, Ui, WidgetInfo};

use super::{Answer, over, scrolled};
use crate::gui::command::{COMMANDS, Command, entry_of, keys};
use crate::gui::words::words;

/// Shows every command with its keys.
pub(super) fn show(ctx: &Context) -> Option<Answer> {
    let (words, keys) = (words(ctx), keys(ctx));
    let (asked, closed) = over(ctx, "keys", 560.0, |ui| {
        ui.heading(words.t("Keys"));
        ui.add_space(6.0);
        let room = (ctx.content_rect().height() - 150.0).max(80.0);
        scrolled(room).show(ui, |ui| {
            Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
                for entry in COMMANDS {
                    ui.strong(keys.shown(entry.command));
                    ui.label(words.t(entry.name));
                    ui.end_row();
                }
            });
        });
        ui.horizontal(|ui| {
            let own = ui.button(words.t("Other keys…")).clicked();
            (own, ui.button(words.t("Close")).clicked())
        })
        .inner
    });
    match asked {
        (true, _) => Some(Answer::Run(Command::Options)),
        (_, close) => (close || closed).then_some(Answer::Close),
    }
}

/// A button for a command: a symbol to see, the command's name to hear.
pub(in crate::gui) fn tool(ui: &mut Ui, symbol: &str, command: Command, commands: &mut Vec<Command>) {
    let info = |name: &str| WidgetInfo::labeled(Role::Button, true, name);
    put(ui, Button::new(symbol), info, command, commands);
}

/// The same for a command that shows or hides something, with whether that is shown.
pub(in crate::gui) fn switch(ui: &mut Ui, symbol: &str, (command, on): (Command, bool), commands: &mut Vec<Command>) {
    let info = |name: &str| WidgetInfo::selected(Role::Button, true, on, name);
    put(ui, Button::new(symbol).selected(on), info, command, commands);
}

fn put(
    ui: &mut Ui,
    button: Button<'_>,
    info: impl Fn(&str) -> WidgetInfo,
    command: Command,
    commands: &mut Vec<Command>,
) {
    let response = ui.add(button).on_hover_text(hint(ui.ctx(), command));
    let name = words(ui.ctx()).t(entry_of(command).name);
    response.widget_info(|| info(name));
    if response.clicked() {
        commands.push(command);
    }
}

/// Name and keys of a command.
pub(in crate::gui) fn hint(ctx: &Context, command: Command) -> String {
    let name = words(ctx).t(entry_of(command).name);
    let keys = keys(ctx).shown(command);
    if keys.is_empty() { name.to_owned() } else { format!("{name} ({keys})") }
}
