//! Searching and replacing: an expression or plain text, in one text or both, every hit to be seen before anything is
//! done.

use eframe::egui::{Align2, Context, FontId, Id, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::{Answer, buttons, field, focus_first, over, scrolled};
use crate::edit::Refused;
use crate::find::{Options, Pattern, replacement, snippet};
use crate::gui::session::{SIDES, Session, Side};
use crate::gui::theme::{self, palette};
use crate::gui::words::{Words, words};
use crate::notice::{Notice, Tell as _, notice};
use crate::text::Span;

const ROW: f32 = 24.0;
/// Characters shown before and behind a hit.
const AROUND: usize = 28;

/// What was typed and chosen.
#[derive(Debug)]
pub(in crate::gui) struct FindPage {
    query: String,
    with: String,
    options: Options,
    sides: [bool; 2],
    /// The number of the hit that was chosen, among those listed.
    chosen: Option<usize>,
    /// Where something was just replaced: its side, its first byte, and how many hits there were.
    after: Option<(Side, usize, usize)>,
    problem: Option<Notice>,
    fresh: bool,
}

impl FindPage {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        Self {
            query: session.search.query.clone(),
            with: String::new(),
            options: session.search.options,
            sides: [true, true],
            chosen: None,
            after: None,
            problem: None,
            fresh: true,
        }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let mut answer = None;
        let ((), closed) = over(ctx, "find page", 900.0, |ui| {
            ui.heading(words.t("Search and replace"));
            ui.add_space(6.0);
            let changed = self.fields(ui, words);
            if changed {
                answer = Some(Answer::Find(self.query.clone(), self.options));
                (self.chosen, self.problem) = (None, None);
            }
            let hits = self.hits(session);
            if let Some((side, start, before)) = self.after.filter(|_| answer.is_none()) {
                // Where the hit is gone the next is in its place; where it is there again the next is behind it.
                let place = |hit: &(Side, Span)| (hit.0 as usize, hit.1.start) < (side as usize, start);
                let at = hits.partition_point(place) + usize::from(hits.len() >= before);
                (self.chosen, self.after) = ((at < hits.len()).then_some(at), None);
            }
            let problem = session.search.problem.clone().or_else(|| self.problem.clone());
            let count = match problem {
                Some(problem) => words.notice(&problem),
                None if session.search.more => words.fill("{0} hits and more", &[&hits.len()]),
                None => words.fill("{0} hits", &[&hits.len()]),
            };
            ui.weak(count);
            ui.add_space(4.0);
            if let Some(row) = self.list(ui, session, &hits) {
                answer = Some(Answer::GoTo(row));
            }
            ui.add_space(8.0);
            let names = [words.t("Replace the chosen"), words.t("Replace all"), words.t("Close")];
            let [one, all, close] = buttons(ui, names);
            if all && !hits.is_empty() {
                answer = self.replaced(session, &hits);
            }
            if one && !hits.is_empty() {
                let one: Vec<_> = hits.get(self.chosen.unwrap_or_default()).cloned().into_iter().collect();
                answer = self.replaced(session, &one);
                // What was put in is not replaced once more.
                self.after = one.first().filter(|_| answer.is_some()).map(|(side, hit)| (*side, hit.start, hits.len()));
            }
            if close {
                answer = Some(Answer::Close);
            }
        });
        answer.or_else(|| closed.then_some(Answer::Close))
    }

    /// Whether something else is to be searched for.
    fn fields(&mut self, ui: &mut Ui, words: Words) -> bool {
        let mut changed = false;
        for (text, name) in [(&mut self.query, words.t("Search for")), (&mut self.with, words.t("Replace by"))] {
            let edit = TextEdit::singleline(text).hint_text(name).desired_width(f32::INFINITY);
            let response = field(ui, edit, name);
            focus_first(&response, &mut self.fresh);
            changed |= response.changed();
        }
        ui.horizontal_wrapped(|ui| {
            changed |= ui.checkbox(&mut self.options.regex, words.t("Expression")).changed();
            changed |= ui.checkbox(&mut self.options.whole_word, words.t("Whole words")).changed();
            changed |= ui.checkbox(&mut self.options.exact, words.t("Exactly as typed")).changed();
            ui.add_space(12.0);
            let [source, target] = &mut self.sides;
            changed |= ui.checkbox(source, words.t("In the source")).changed();
            changed |= ui.checkbox(target, words.t("In the target")).changed();
        });
        changed
    }

    /// The hits of the sides that are asked for, in the order of each text.
    fn hits(&self, session: &Session) -> Vec<(Side, Span)> {
        let wanted = SIDES.into_iter().filter(|side| self.sides[*side as usize]);
        wanted.flat_map(|side| session.search.hits[side as usize].iter().map(move |hit| (side, hit.clone()))).collect()
    }

    /// Every hit on a line; a row that was asked for by a click.
    fn list(&mut self, ui: &mut Ui, session: &Session, hits: &[(Side, Span)]) -> Option<usize> {
        let colours = palette(ui.ctx());
        let mut asked = None;
        let room = (ui.ctx().content_rect().height() - 320.0).clamp(72.0, 420.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let list = scrolled(room).auto_shrink([false, false]).id_salt("hits");
        list.show_rows(ui, ROW, hits.len(), |ui, rows| {
            for at in rows {
                let Some((side, hit)) = hits.get(at) else { continue };
                let row = session.row_at(*side, hit.start);
                let (text, place) = snippet(session.document(*side).text.as_str(), hit, AROUND);
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
                let response = ui.interact(rect, Id::unique(("hit", at)), Sense::CLICK);
                let name = words(ui.ctx()).fill("Hit in row {0}: {1}", &[&(row + 1), &text]);
                let chosen = self.chosen == Some(at);
                response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
                if chosen || response.hovered() {
                    ui.painter().rect_filled(rect, 3.0, if chosen { colours.selected } else { colours.row });
                }
                let font = FontId::proportional(theme::INTERFACE);
                let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
                let middle = rect.center().y;
                let number = pos2(rect.left() + 52.0, middle);
                painter.text(number, Align2::RIGHT_CENTER, (row + 1).to_string(), font.clone(), colours.muted);
                // The hits stand below each other, and no context over a number.
                let painter = painter.with_clip_rect(painter.clip_rect().with_min_x(rect.left() + 62.0));
                let (before, hit, after) = (&text[..place.start], &text[place.clone()], &text[place.end..]);
                let centre = pos2(rect.left() + rect.width() * 0.42, middle);
                let hit = painter.layout_no_wrap(hit.to_owned(), font.clone(), colours.ink);
                let ground = Align2::LEFT_CENTER.anchor_size(centre, hit.size());
                painter.rect_filled(ground, 2.0, colours.hit);
                painter.galley(ground.min, hit, colours.ink);
                painter.text(centre, Align2::RIGHT_CENTER, before, font.clone(), colours.muted);
                painter.text(ground.right_center(), Align2::LEFT_CENTER, after, font, colours.muted);
                if response.clicked() {
                    self.chosen = Some(at);
                    asked = Some(row);
                }
            }
        });
        asked
    }

    fn replaced(&mut self, session: &Session, hits: &[(Side, Span)]) -> Option<Answer> {
        self.problem = None;
        let changes = Pattern::new(&self.query, self.options).and_then(|pattern| {
            let of = |side: Side| {
                let spans: Vec<Span> = hits.iter().filter(|hit| hit.0 == side).map(|hit| hit.1.clone()).collect();
                let text = session.document(side).text.as_str();
                replacement(text, &spans, &pattern, &self.with).map(|changes| (side, changes))
            };
            SIDES.into_iter().map(of).collect::<Result<Vec<_>, _>>()
        });
        match changes {
            Ok(changes) => match session.aligned().replace(&changes) {
                Err(Refused::NoChange) => {
                    self.problem = Some(notice!("These hits reach over a segment, or would leave it blank"));
                    None
                }
                made => Some(Answer::Edit(made)),
            },
            Err(problem) => {
                self.problem = Some(problem.tell());
                None
            }
        }
    }
}
