//! The window: a thin face over [`crate::project`], drawn by egui.
//!
//! `app` holds the state and routes what happens; `reader` draws the two texts, `panel` what stands at their right,
//! `page` what lies over them. `session` is what is open, `lookup_sources` what of it words are looked up in, `editing` what a person does to it, `saver` keeps that. Work
//! goes to `worker`; its answers come back as events. Every action is a `command` with a name and keys; `words` says
//! everything in English and Chinese.

mod app;
mod command;
mod display;
mod editing;
mod fonts;
mod lines;
mod list;
mod lookup_sources;
mod page;
mod panel;
mod reader;
mod saver;
mod session;
mod theme;
mod words;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
pub use app::{App, Places, Snapshot};
use eframe::egui;
pub use worker::{Input, Source};

use crate::project::{data_folder, is_aligned_form, is_project, settings_path};

/// The title of the window.
pub const TITLE: &str = "Duizhao 对照";

/// The names of all commands: for tests.
pub fn command_names() -> Vec<&'static str> {
    command::COMMANDS.iter().map(|entry| entry.name).collect()
}

/// Opens the window on the given text and translation, or on the bundled statement, and runs until it is closed.
pub fn run(files: &[PathBuf]) -> ExitCode {
    let source = match files {
        [] => Source::Bundled,
        [source, target] => Source::Files(source.clone(), target.clone()),
        files if is_aligned_form(files) => Source::Aligned(files.to_vec()),
        [only] if is_project(only) => Source::Project(std::path::absolute(only).unwrap_or_else(|_| only.clone())),
        [only, ..] => {
            let hint = format!("{} needs a second file, its translation", only.display());
            return crate::cli::report(&anyhow!(hint));
        }
    };
    if let Err(problem) = display::ready() {
        return crate::cli::report(&anyhow!(problem));
    }
    let places = Places { projects: data_folder(), settings: settings_path() };
    let size = App::kept_size(places.settings.as_deref()).unwrap_or([1280.0, 800.0]);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(TITLE)
            .with_app_id("duizhao")
            .with_inner_size(size)
            .with_min_inner_size([640.0, 400.0]),
        ..Default::default()
    };
    let created =
        eframe::run_native(TITLE, options, Box::new(|cc| Ok(Box::new(App::new(&cc.egui_ctx, source, places)))));
    match created {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What comes before the last colon are places in the window library's source.
            let message = error.to_string();
            let reason = message.rsplit(": ").next().unwrap_or(&message);
            crate::cli::report(&anyhow!(
                "cannot open a window on this display ({reason}); `duizhao read` shows the same in the terminal"
            ))
        }
    }
}
