//! The glossary panel: what was found and decided on terms, by rank; a filter; the chosen term with its places below.

mod details;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align2, Color32, ComboBox, FontId, Id, Key, Panel as Sides, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::find::Index;
use crate::gui::command::{Command, keys};
use crate::gui::fonts;
use crate::gui::page::as_tall_as_buttons;
use crate::gui::session::{Session, Side};
use crate::gui::theme::{self, Palette, palette};
use crate::gui::words::{Said, Words, words};
use crate::termbase::{Entry, Status};

const ROW: f32 = 46.0;

/// Which lines are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Show {
    /// All but what was rejected.
    #[default]
    Open,
    Undecided,
    Accepted,
    Deprecated,
    Rejected,
    All,
}

const SHOWN: [Show; 6] = [Show::Open, Show::Undecided, Show::Accepted, Show::Deprecated, Show::Rejected, Show::All];

impl Show {
    fn name(self, words: Words) -> &'static str {
        match self {
            Self::Open => words.t("All but rejected"),
            Self::Undecided => words.t("Undecided"),
            Self::Accepted => words.t("Accepted"),
            Self::Deprecated => words.t("Deprecated"),
            Self::Rejected => words.t("Rejected"),
            Self::All => words.t("All terms"),
        }
    }

    fn holds(self, status: Status) -> bool {
        match self {
            Self::Open => status != Status::Rejected,
            Self::Undecided => status == Status::Proposed,
            Self::Accepted => matches!(status, Status::Preferred | Status::Admitted),
            Self::Deprecated => status == Status::Deprecated,
            Self::Rejected => status == Status::Rejected,
            Self::All => true,
        }
    }
}

/// The state of the panel.
#[derive(Debug, Default)]
pub(in crate::gui) struct Terms {
    filter: String,
    show: Show,
    /// The numbers of the lines that are listed, and what they were found for.
    shown: Vec<usize>,
    shown_for: Option<(String, Show, u64)>,
    /// Scroll the list to the chosen term at the next chance.
    reveal: bool,
    /// Scroll the list to its first line at the next chance: others are listed.
    to_top: bool,
    /// Whether keys decide on terms, and not on rows.
    pub(in crate::gui) has_keys: bool,
}

impl Terms {
    /// Chooses the next or previous of the lines listed.
    pub(in crate::gui) fn step(&mut self, session: &mut Session, forward: bool) {
        self.refresh(session);
        let next = match self.place(session) {
            Some(at) if forward => at + 1,
            Some(at) => at.saturating_sub(1),
            None => 0,
        };
        self.choose(session, next);
    }

    /// Gives the keys to the glossary, or back to the texts; a term is chosen then.
    pub(in crate::gui) fn take_keys(&mut self, session: &mut Session, take: bool) {
        self.has_keys = take;
        self.refresh(session);
        if take && self.place(session).is_none() {
            self.choose(session, 0);
        }
    }

    /// Runs a command that decides on the chosen term and goes on where that is what it says.
    pub(in crate::gui) fn decide(&mut self, session: &mut Session, command: Command) -> Option<Said> {
        self.refresh(session);
        let place = self.place(session);
        let said = session.decide(command);
        self.refresh(session);
        let on = matches!(command, Command::AcceptTerm | Command::RejectTerm);
        match (self.place(session), place) {
            (Some(at), _) if on => self.choose(session, at + 1),
            // A line that is listed no more has left its place to the next.
            (None, Some(at)) => self.choose(session, at.min(self.shown.len().saturating_sub(1))),
            _ => {}
        }
        self.reveal = true;
        said
    }

    /// Goes to the next line nobody has decided on, round the end.
    pub(in crate::gui) fn next_undecided(&mut self, session: &mut Session) -> Option<Said> {
        self.refresh(session);
        let from = self.place(session).map_or(0, |at| at + 1);
        let undecided = |at: &usize| session.terms.entries[self.shown[*at]].status == Status::Proposed;
        match (from..self.shown.len()).chain(0..from.min(self.shown.len())).find(undecided) {
            Some(at) => {
                self.choose(session, at);
                None
            }
            None => Some(Said::Words("No listed term is undecided")),
        }
    }

    fn place(&self, session: &Session) -> Option<usize> {
        session.terms.chosen.and_then(|term| self.shown.iter().position(|&shown| shown == term))
    }

    fn choose(&mut self, session: &mut Session, at: usize) {
        if let Some(&line) = self.shown.get(at) {
            session.choose(Some(line));
            self.reveal = true;
        }
    }

    /// Scrolls the list to the chosen term.
    pub(in crate::gui) fn reveal(&mut self) {
        self.reveal = true;
    }

    fn refresh(&mut self, session: &Session) {
        let wanted = (self.filter.clone(), self.show, session.terms.glossaries);
        if self.shown_for.as_ref() == Some(&wanted) {
            return;
        }
        let fits = |entry: &Entry| {
            self.filter.trim().is_empty() || !Index::new(&entry.texts.join(" ")).find(&self.filter).is_empty()
        };
        let listed = |entry: &Entry| self.show.holds(entry.status) && fits(entry);
        self.shown =
            session.terms.entries.iter().enumerate().filter(|(_, entry)| listed(entry)).map(|(at, _)| at).collect();
        let others = |(filter, show, _): &(String, Show, u64)| (filter, *show) != (&wanted.0, wanted.1);
        self.to_top |= self.shown_for.as_ref().is_some_and(others);
        self.shown_for = Some(wanted);
    }

    /// Draws the panel; true when the place under the eye has changed.
    pub(in crate::gui) fn show(&mut self, ui: &mut Ui, session: &mut Session, commands: &mut Vec<Command>) -> bool {
        self.refresh(session);
        let colours = palette(ui.ctx());
        let words = words(ui.ctx());
        let before = (session.cursor.row, session.terms.chosen);
        ui.add_space(8.0);
        let head = |ui: &mut Ui| {
            as_tall_as_buttons(ui);
            ui.horizontal_wrapped(|ui| self.head(ui, session, words));
        };
        ui.scope(head);
        let field =
            TextEdit::singleline(&mut self.filter).hint_text(words.t("Filter terms")).desired_width(f32::INFINITY);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, words.t("Filter terms")));
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !self.shown.is_empty() {
            self.take_keys(session, true);
        }
        if self.has_keys {
            Self::hint(ui, colours);
        }
        ui.add_space(4.0);
        if session.terms.chosen_term().is_some() {
            let most = (ui.available_height() * 0.6).max(120.0);
            let frame = eframe::egui::Frame::new();
            let below = Sides::bottom("term details").frame(frame).resizable(true);
            below.default_size(most.min(240.0)).size_range(90.0..=most).show(ui, |ui| {
                details::show(ui, session, colours, commands);
            });
        }
        self.list(ui, session, colours);
        before != (session.cursor.row, session.terms.chosen)
    }

    /// Which lines are listed, and how many.
    fn head(&mut self, ui: &mut Ui, session: &Session, words: Words) {
        ui.strong(words.t("Glossary"));
        let combo = ComboBox::from_id_salt("terms shown").selected_text(self.show.name(words)).show_ui(ui, |ui| {
            for show in SHOWN {
                ui.selectable_value(&mut self.show, show, show.name(words));
            }
        });
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, words.t("Which terms are listed")));
        if session.terms.glossary.is_some() || !session.has_terms() {
            let count = ui.weak(self.shown.len().to_string());
            let name = words.fill("{0} terms", &[&self.shown.len()]);
            count.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        } else {
            ui.spinner();
            ui.weak(words.t("being built…"));
        }
    }

    /// What keys do here, while they do it.
    fn hint(ui: &mut Ui, colours: Palette) {
        let (words, keys) = (words(ui.ctx()), keys(ui.ctx()));
        let key = |command| keys.shown(command).split(' ').next().unwrap_or_default().to_owned();
        let text = words.fill(
            "{0} accepts, {1} rejects, {2} edits, {3} goes back to the texts",
            &[&key(Command::AcceptTerm), &key(Command::RejectTerm), &key(Command::EditTerm), &key(Command::ToTerms)],
        );
        let response = ui.colored_label(colours.accent, text);
        let left = response.rect.left() - 7.0;
        let stroke = Stroke::new(3.0, colours.accent);
        ui.painter().vline(left, response.rect.y_range(), stroke);
    }

    fn list(&mut self, ui: &mut Ui, session: &mut Session, colours: Palette) {
        let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("terms");
        let to_top = std::mem::take(&mut self.to_top);
        if std::mem::take(&mut self.reveal)
            && let Some(at) = self.place(session)
        {
            let top = at as f32 * ROW - ui.available_height() / 3.0;
            area = area.vertical_scroll_offset(top.max(0.0));
        } else if to_top {
            area = area.vertical_scroll_offset(0.0);
        }
        let picked = session.picked_line();
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.shown.len(), |ui, rows| {
            for at in rows {
                let Some(&number) = self.shown.get(at) else { continue };
                let Some(entry) = session.terms.entries.get(number) else { continue };
                let line = Line { number, count: session.terms.count_of(entry), first: session.term_sides()[0], entry };
                let chosen = session.terms.chosen == Some(number);
                if line.draw(ui, session, (chosen, picked == Some(number)), colours) {
                    session.choose((!chosen).then_some(number));
                    self.has_keys = true;
                }
            }
        });
    }
}

/// One line of the list.
struct Line<'a> {
    number: usize,
    count: usize,
    /// The side whose terms stand above.
    first: Side,
    entry: &'a Entry,
}

impl Line<'_> {
    /// The terms above each other; at the right the number of places, the status and the score as a thin bar.
    fn draw(&self, ui: &mut Ui, session: &Session, (chosen, picked): (bool, bool), colours: Palette) -> bool {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let response = ui.interact(rect, Id::unique(("term", self.number)), Sense::click());
        let Entry { texts, status, score, .. } = self.entry;
        let words = words(ui.ctx());
        response.widget_info(|| {
            let score = format!("{:.0}", score.unwrap_or_default() * 100.0);
            let status = words.t(status.name());
            let parts: [&dyn std::fmt::Display; 5] = [&texts[0], &texts[1], &status, &self.count, &score];
            let name = words.fill("{0}, {1}, {2}, {3} places, score {4}%", &parts);
            WidgetInfo::selected(Role::Button, true, chosen, name)
        });
        let ground = if chosen {
            colours.term
        } else if response.hovered() || response.has_focus() {
            colours.row
        } else {
            Color32::TRANSPARENT
        };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        painter.rect_filled(rect, 4.0, ground);
        if response.has_focus() || picked {
            let stroke = if picked { Stroke::new(2.0, colours.accent) } else { ui.visuals().selection.stroke };
            painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, eframe::egui::StrokeKind::Inside);
        }
        let left = rect.left() + 22.0;
        let faded = *status == Status::Rejected;
        let sides = [self.first, self.first.other()];
        // The number of places and the bar of the score stand at the right.
        let width = rect.right() - 48.0 - left;
        let mut cut = false;
        for (at, (text, side)) in texts.iter().zip(sides).enumerate() {
            let chinese = session.document(side).lang.language().is_full_width();
            let family = if chinese { fonts::chinese(true) } else { fonts::english(true) };
            let font = FontId::new(if chinese { 15.5 } else { 13.5 }, family);
            let ink = if at == 0 && !faded { colours.ink } else { colours.muted };
            let galley = painter.layout_job(on_one_line(text, font, ink, width));
            cut |= galley.elided;
            let top = if at == 0 { rect.top() + 4.0 } else { rect.bottom() - 5.0 - galley.size().y };
            painter.galley(pos2(left, top), galley, ink);
        }
        draw_status(&painter, pos2(rect.left() + 11.0, rect.top() + 15.0), *status, colours);
        let small = FontId::proportional(theme::SMALL);
        let right = rect.right() - 10.0;
        painter.text(pos2(right, rect.top() + 6.0), Align2::RIGHT_TOP, self.count.to_string(), small, colours.muted);
        if let Some(score) = score {
            let bar = Rect::from_min_size(pos2(right - 30.0, rect.bottom() - 12.0), vec2(30.0, 2.0));
            painter.rect_filled(bar, 1.0, colours.hairline);
            painter.rect_filled(bar.with_max_x(bar.left() + 30.0 * score), 1.0, colours.muted);
        }
        let response = if cut { response.on_hover_text(texts.join("\n")) } else { response };
        response.clicked()
    }
}

/// A text on one line, which ends in "…" where it is wider than there is room.
fn on_one_line(text: &str, font: FontId, ink: Color32, width: f32) -> LayoutJob {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = TextWrapping::truncate_at_width(width);
    job
}

/// What was decided, to be seen at a glance: a full dot for what is to be used, a ring for what may be, a barred ring for
/// what must not be used any more, a cross for what is none; nothing where nobody has decided.
fn draw_status(painter: &eframe::egui::Painter, centre: eframe::egui::Pos2, status: Status, colours: Palette) {
    const RADIUS: f32 = 4.0;
    let cross = |ink: Color32, both: bool| {
        let reach = RADIUS * 0.8;
        let stroke = Stroke::new(1.5, ink);
        painter.line_segment([centre - vec2(reach, reach), centre + vec2(reach, reach)], stroke);
        if both {
            painter.line_segment([centre - vec2(reach, -reach), centre + vec2(reach, -reach)], stroke);
        }
    };
    match status {
        Status::Proposed => {}
        Status::Preferred => drop(painter.circle_filled(centre, RADIUS, colours.confirmed)),
        Status::Admitted => drop(painter.circle_stroke(centre, RADIUS - 0.5, Stroke::new(1.5, colours.confirmed))),
        Status::Deprecated => {
            painter.circle_stroke(centre, RADIUS, Stroke::new(1.5, colours.doubtful));
            cross(colours.doubtful, false);
        }
        Status::Rejected => cross(colours.muted, true),
    }
}
