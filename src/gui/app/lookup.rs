//! What words are looked up in, kept between two times.
//!
//! Sources share the rows and the texts with the session. An edit made while one is held would copy all of them, so
//! that what edits lets go of it first, and one of a state that has passed is not kept.

use super::super::page::Page;
use super::super::page::lookup::LookupPage;
use super::App;
use crate::gui::lookup_sources::LookupState;
use crate::gui::session::Session;

impl App {
    /// Opens the page that looks words up.
    pub(super) fn open_lookup(&mut self) {
        let page = LookupPage::new(self.session.as_deref(), self.sources.take());
        self.sources = Some(page.sources());
        self.page = Some(Page::Lookup(Box::new(page)));
    }

    fn lookup_state(&self) -> Option<LookupState> {
        self.session.as_deref().map(Session::lookup_state)
    }

    /// Keeps what the page looks in, also when it made that itself; lets go of it once it no longer is what is open.
    pub(super) fn keep_sources(&mut self) {
        if let Some(Page::Lookup(page)) = &self.page {
            self.sources = Some(page.sources());
        }
        let state = self.lookup_state();
        if self.sources.as_ref().is_some_and(|sources| !sources.is_of(state)) {
            self.sources = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use eframe::egui::{Context, RawInput};

    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::gui::app::Places;
    use crate::gui::command::Command;
    use crate::gui::lookup_sources::LookupSources;
    use crate::gui::page::Around;
    use crate::gui::worker::Source;
    use crate::project::paste;

    /// A window with two rows of a sentence each.
    fn window(ctx: &Context) -> App {
        let mut app = App::new(ctx, Source::Project("there is none".into()), Places::default());
        let (source, target) =
            (paste("zh", "今天下雨。我没去。").unwrap(), paste("en", "It rained. I did not go.").unwrap());
        let beads = (0..2).map(|at| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 }).collect();
        let bitext = Bitext { source: source.into(), target: target.into(), beads };
        app.session = Some(Box::new(Session::of("test", bitext)));
        app
    }

    fn opened(app: &mut App, ctx: &Context) -> Arc<LookupSources> {
        app.run(ctx, Command::LookUp);
        let Some(Page::Lookup(page)) = &app.page else { panic!("the page is open") };
        page.sources()
    }

    fn frame(app: &mut App, ctx: &Context) {
        app.keep_sources();
        let around = Around { session: app.session.as_deref(), settings: &app.settings };
        let Some(page) = &mut app.page else { return };
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            page.show(ui.ctx(), &around);
        });
        output.textures_delta.clear();
    }

    #[test]
    fn sources_serve_again_until_something_is_edited() {
        let ctx = Context::default();
        let mut app = window(&ctx);
        let first = opened(&mut app, &ctx);
        frame(&mut app, &ctx);
        app.run(&ctx, Command::Escape);
        app.keep_sources();
        assert!(app.page.is_none() && Arc::ptr_eq(&first, &opened(&mut app, &ctx)));
        app.run(&ctx, Command::Escape);
        // Now only the window holds it, and not while it edits.
        let gone = Arc::downgrade(&first);
        drop(first);
        assert!(gone.upgrade().is_some());
        app.run(&ctx, Command::Merge);
        assert!(gone.upgrade().is_none() && app.snapshot().rows.len() == 1);
    }

    #[test]
    fn what_has_passed_is_not_kept_and_what_the_page_made_itself_is() {
        let ctx = Context::default();
        let mut app = window(&ctx);
        let first = opened(&mut app, &ctx);
        frame(&mut app, &ctx);
        let session = app.session.as_mut().unwrap();
        session.change(Command::Merge);
        assert!(!first.is_of(app.lookup_state()));
        app.keep_sources();
        assert!(app.sources.is_none());
        frame(&mut app, &ctx);
        app.keep_sources();
        let second = app.sources.clone().expect("the page has made one");
        assert!(!Arc::ptr_eq(&first, &second) && second.is_of(app.lookup_state()));
        app.run(&ctx, Command::Escape);
        assert!(Arc::ptr_eq(&second, &opened(&mut app, &ctx)));
    }
}
