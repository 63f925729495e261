//! Commands to be seen: the page of keys, buttons with a symbol, hints.

use eframe::egui::{Context, Frame, Grid, Id, Modal, Role, ScrollArea, Ui, WidgetInfo};

use super::command::{COMMANDS, Command};

/// Shows every command with its key; says whether the page is to be closed.
pub(super) fn closed(ctx: &Context) -> bool {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(20);
    let modal = Modal::new(Id::unique("keys")).frame(frame).show(ctx, |ui| {
        ui.heading("Keys");
        ui.add_space(6.0);
        let room = (ctx.content_rect().height() - 140.0).max(80.0);
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
                for entry in COMMANDS {
                    ui.strong(entry.shown);
                    ui.label(entry.name);
                    ui.end_row();
                }
            });
        });
        ui.button("Close").clicked()
    });
    modal.should_close() || modal.inner
}

/// A button for a command: a symbol to see, the command's name to hear.
pub(super) fn tool(ui: &mut Ui, symbol: &str, command: Command, commands: &mut Vec<Command>) {
    let response = ui.button(symbol).on_hover_text(hint(command));
    let name = COMMANDS.iter().find(|entry| entry.command == command).map_or(symbol, |entry| entry.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.clicked() {
        commands.push(command);
    }
}

/// Name and key of a command.
pub(super) fn hint(command: Command) -> String {
    COMMANDS
        .iter()
        .find(|entry| entry.command == command)
        .map_or_else(String::new, |entry| format!("{} ({})", entry.name, entry.shown))
}
