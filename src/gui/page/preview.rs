//! What aligning again would change, to be taken over or left.

use eframe::egui::{Color32, Context, FontId, RichText, Ui};

use super::{Answer, buttons, enter, over, scrolled};
use crate::edit::{Edit, Step};
use crate::gui::session::{SIDES, Session};
use crate::gui::theme::{self, palette};
use crate::gui::words::{Words, words};
use crate::work::Row;

/// So many rows of either kind are shown.
const MOST: usize = 60;
/// So many characters of a text.
const LONG: usize = 60;

/// The edit that would be made.
#[derive(Debug)]
pub(in crate::gui) struct PreviewPage {
    edit: Option<Edit>,
    revision: u64,
}

impl PreviewPage {
    pub(in crate::gui) fn new(edit: Edit, session: &Session) -> Self {
        Self { edit: Some(edit), revision: session.stamp.revision }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let steps =
            self.edit.as_ref().filter(|_| self.revision == session.stamp.revision).map(|edit| edit.steps.as_slice());
        let Some([Step::Rows { at, old, new, .. }]) = steps else { return Some(Answer::Close) };
        let enter = enter(ctx, &[]);
        let ([take, leave], closed) = over(ctx, "preview page", 1000.0, |ui| {
            ui.heading(words.t("Align again"));
            ui.label(words.fill("{0} rows from row {1} on would become {2}:", &[&old.len(), &(at + 1), &new.len()]));
            ui.add_space(6.0);
            let room = (ctx.content_rect().height() - 190.0).max(80.0);
            scrolled(room).auto_shrink([false, true]).show(ui, |ui| {
                ui.columns(2, |columns| {
                    list(&mut columns[0], session, words.t("Now"), old, new, words);
                    list(&mut columns[1], session, words.t("Then"), new, old, words);
                });
            });
            ui.add_space(8.0);
            buttons(ui, [words.t("Take over"), words.t("Leave as it is")])
        });
        if take || enter {
            return self.edit.take().map(|edit| Answer::Edit(Ok(edit)));
        }
        (leave || closed).then_some(Answer::Close)
    }
}

/// Rows with the beginnings of their texts; those that are not among the others stand out.
fn list(ui: &mut Ui, session: &Session, title: &str, rows: &[Row], others: &[Row], words: Words) {
    let colours = palette(ui.ctx());
    ui.strong(title);
    for row in rows.iter().take(MOST) {
        // Rows are in the order of their beginnings.
        let start = |row: &Row| (row.bead.source.start, row.bead.target.start);
        let place = others.partition_point(|other| start(other) < start(row));
        let same = |other: &Row| (&other.bead.source, &other.bead.target) == (&row.bead.source, &row.bead.target);
        let stays = others.get(place).is_some_and(same);
        let ink = if stays { colours.muted } else { colours.ink };
        ui.add_space(5.0);
        let sign = if stays { " " } else { "•" };
        ui.label(text(&format!("{sign} {}", row.bead.kind()), ink));
        for side in SIDES {
            let document = session.document(side);
            let whole = document.shown(side.of(&row.bead).clone()).text.replace('\n', " ");
            let mut shown: String = whole.chars().take(LONG).collect();
            if whole.chars().nth(LONG).is_some() {
                shown.push('…');
            }
            let shown = if shown.is_empty() { "—".to_owned() } else { shown };
            ui.label(text(&shown, ink));
        }
    }
    if rows.len() > MOST {
        ui.weak(words.fill("and {0} more", &[&(rows.len() - MOST)]));
    }
}

fn text(text: &str, ink: Color32) -> RichText {
    RichText::new(text).font(FontId::proportional(theme::INTERFACE)).color(ink)
}
