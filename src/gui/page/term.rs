//! A concept to be written: its terms in either language with what was decided on each, what it is; and many proposals
//! accepted at once.

use eframe::egui::{ComboBox, Context, Id, Role, Slider, TextEdit, Ui};

use super::{Answer, buttons, enter, field, focus_first, level, long_field, named, over, scrolled};
use crate::gui::session::Session;
use crate::gui::words::{Words, word, words};
use crate::termbase::{Concept, PartOfSpeech, Section, Status, Term, TermType};

/// A concept under the pen.
#[derive(Debug)]
pub(in crate::gui) struct TermPage {
    /// Its number in the term base, where it is there already.
    concept: Option<usize>,
    /// What is not proposed any more when something else was typed over it.
    replaced: Vec<Concept>,
    /// Why it cannot be saved.
    problem: Option<&'static str>,
    draft: Concept,
    fresh: bool,
}

/// The room for what is chosen behind a term.
const CHOICES: f32 = 410.0;

/// What is asked of one term, by its section and its number there.
enum Asked {
    Drop(usize, usize),
    Part(String),
}

impl TermPage {
    /// For the chosen line, or for a new concept.
    pub(in crate::gui) fn new(session: &Session, add: bool) -> Option<Self> {
        let entry = session.terms.chosen_term().filter(|_| !add);
        if entry.is_none() && !add {
            return None;
        }
        let mut draft = session.concept_of(entry);
        for lang in session.term_langs() {
            if !draft.sections.iter().any(|section| section.lang.language() == lang.language()) {
                draft.sections.push(Section { terms: vec![fresh_term()], ..Section::new(lang) });
            }
        }
        let replaced = entry.map(|entry| session.proposals(&[entry])).unwrap_or_default();
        Some(Self { concept: entry.and_then(|entry| entry.concept), replaced, problem: None, draft, fresh: true })
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &["first term"]);
        let mut asked = None;
        let ([save, cancel], closed) = over(ctx, "term page", 760.0, |ui| {
            let title = if self.concept.is_some() { words.t("Edit the term") } else { words.t("A new term") };
            ui.heading(title);
            ui.add_space(6.0);
            let room = (ctx.content_rect().height() - 170.0).max(80.0);
            scrolled(room).auto_shrink([false, true]).show(ui, |ui| {
                for number in 0..self.draft.sections.len() {
                    self.section(ui, number, &mut asked);
                }
                self.about(ui);
            });
            ui.add_space(4.0);
            ui.colored_label(ui.visuals().warn_fg_color, self.problem.map_or(" ", |problem| words.t(problem)));
            buttons(ui, [words.t("Save"), words.t("Cancel")])
        });
        match asked {
            Some(Asked::Drop(section, term)) => drop(self.draft.sections[section].terms.remove(term)),
            Some(Asked::Part(id)) => {
                let (at, typed) = (self.concept?, self.finished()?);
                return Some(Answer::Edit(session.parted(at, typed, &id)));
            }
            None => {}
        }
        if save || enter {
            let typed = self.finished()?;
            return Some(Answer::Edit(session.written(self.concept, &self.replaced, typed)));
        }
        (cancel || closed).then_some(Answer::Close)
    }

    /// The concept without what was left empty; nothing where no term is left, which is said.
    fn finished(&mut self) -> Option<Concept> {
        let mut concept = self.draft.clone();
        for section in &mut concept.sections {
            section.terms.iter_mut().for_each(|term| term.text = term.text.trim().to_owned());
            section.terms.retain(|term| !term.text.is_empty());
        }
        concept.sections.retain(|section| !section.terms.is_empty() || !section.definition.is_empty());
        let has_term = concept.all_terms().next().is_some();
        self.problem = (!has_term).then_some(word("write at least one term"));
        has_term.then_some(concept)
    }

    /// The terms of one language, each in a row of the grid.
    fn section(&mut self, ui: &mut Ui, number: usize, asked: &mut Option<Asked>) {
        let words = words(ui.ctx());
        let section = &mut self.draft.sections[number];
        let language = words.language(section.lang.language());
        ui.strong(language);
        let several = section.terms.len() > 1;
        for (at, term) in section.terms.iter_mut().enumerate() {
            level(ui, |ui| {
                let place = (number, at);
                let id = if place == (0, 0) { Id::unique("first term") } else { Id::unique(("term", place)) };
                // What is chosen stands behind the term, whatever room there is.
                let width = (ui.available_width() - CHOICES).max(120.0);
                let edit = TextEdit::singleline(&mut term.text).desired_width(width).id(id);
                let response = field(ui, edit, &words.fill("Term {0} in {1}", &[&(at + 1), &language]));
                if place == (0, 0) {
                    focus_first(&response, &mut self.fresh);
                }
                choice(ui, ("status", place), words.t("Status"), &mut term.status, Status::ALL, Status::name);
                let part = &mut term.part_of_speech;
                optional(ui, ("part", place), words.t("Part of speech"), part, PartOfSpeech::ALL, PartOfSpeech::name);
                optional(ui, ("type", place), words.t("Type of term"), &mut term.kind, TermType::ALL, TermType::name);
                let drop = ui.small_button("×").on_hover_text(words.t("Take this term out"));
                if named(drop, Role::Button, words.t("Take this term out")).clicked() {
                    *asked = Some(Asked::Drop(number, at));
                }
            });
            level(ui, |ui| {
                let width = (ui.available_width() - CHOICES).max(120.0);
                let note = TextEdit::singleline(&mut term.note).desired_width(width).hint_text(words.t("Note"));
                field(ui, note, &words.fill("Note on term {0} in {1}", &[&(at + 1), &language]));
                if several && self.concept.is_some() && !term.id.is_empty() {
                    let part = ui.small_button(words.t("Own concept"));
                    let name = words.t("Make a concept of its own of this term");
                    if named(part.on_hover_text(name), Role::Button, name).clicked() {
                        *asked = Some(Asked::Part(term.id.clone()));
                    }
                }
            });
        }
        if ui.small_button(words.fill("One more in {0}", &[&language])).clicked() {
            section.terms.push(Term { status: Status::Admitted, ..Term::default() });
        }
        ui.add_space(8.0);
    }

    /// What is to be said of the concept.
    fn about(&mut self, ui: &mut Ui) {
        let words = words(ui.ctx());
        let Concept { subject, definition, note, .. } = &mut self.draft;
        for (text, name, rows) in [
            (subject, words.t("Subject field"), 1),
            (definition, words.t("Definition"), 2),
            (note, words.t("Note on the concept"), 2),
        ] {
            ui.label(name);
            if rows == 1 {
                field(ui, TextEdit::singleline(text).desired_width(f32::INFINITY), name);
            } else {
                long_field(ui, TextEdit::multiline(text).desired_width(f32::INFINITY).desired_rows(rows), name);
            }
        }
    }
}

fn fresh_term() -> Term {
    Term { status: Status::Preferred, ..Term::default() }
}

/// One of some values, by name.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    value: &mut T,
    all: impl IntoIterator<Item = T>,
    word: fn(T) -> &'static str,
) {
    let words = words(ui.ctx());
    let combo = ComboBox::from_id_salt(id).selected_text(words.t(word(*value))).show_ui(ui, |ui| {
        for one in all {
            ui.selectable_value(value, one, words.t(word(one)));
        }
    });
    named(combo.response, Role::ComboBox, name);
}

/// One of some values, or none.
fn optional<T: Copy + PartialEq>(
    ui: &mut Ui,
    id: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    value: &mut Option<T>,
    all: impl IntoIterator<Item = T>,
    word: fn(T) -> &'static str,
) {
    let words = words(ui.ctx());
    let shown = |value: Option<T>, words: Words| value.map_or("–", |value| words.t(word(value)));
    // A box that nobody has chosen in says what is to be chosen.
    let chosen = value.map_or(name, |value| words.t(word(value)));
    let combo = ComboBox::from_id_salt(id).selected_text(chosen).show_ui(ui, |ui| {
        for one in std::iter::once(None).chain(all.into_iter().map(Some)) {
            ui.selectable_value(value, one, shown(one, words));
        }
    });
    named(combo.response.on_hover_text(name), Role::ComboBox, name);
}

/// From which score on proposals are accepted.
#[derive(Debug)]
pub(in crate::gui) struct AcceptPage {
    above: f32,
}

impl AcceptPage {
    pub(in crate::gui) fn new() -> Self {
        Self { above: 0.8 }
    }

    pub(super) fn show(&mut self, ctx: &Context, session: &Session) -> Option<Answer> {
        let words = words(ctx);
        let enter = enter(ctx, &[]);
        let mut lines = Vec::new();
        let ([accept, cancel], closed) = over(ctx, "accept page", 480.0, |ui| {
            ui.heading(words.t("Accept all above a score"));
            ui.add_space(6.0);
            level(ui, |ui| {
                let label = ui.label(words.t("score from"));
                ui.spacing_mut().slider_width = (ui.available_width() - 60.0).clamp(60.0, 320.0);
                ui.add(Slider::new(&mut self.above, 0.0..=1.0).fixed_decimals(2)).labelled_by(label.id);
            });
            lines = session.terms.undecided_above(self.above);
            ui.add_space(6.0);
            ui.strong(words.fill("{0} terms nobody has decided on", &[&lines.len()]));
            let last = lines.iter().rev().take(3).rev().map(|at| session.terms.entries[*at].texts.join(" = "));
            ui.weak(words.fill("The last of them: {0}", &[&last.collect::<Vec<_>>().join(" · ")]));
            ui.add_space(8.0);
            buttons(ui, [words.t("Accept them"), words.t("Cancel")])
        });
        if accept || enter {
            return Some(Answer::Edit(session.accept(&lines)));
        }
        (cancel || closed).then_some(Answer::Close)
    }
}
