//! Rows of a kind, listed: those to be looked at by how doubtful they are, hits, bookmarks, notes and others.

use eframe::egui::{Align2, ComboBox, FontId, Id, Role, ScrollArea, Sense, Slider, Ui, WidgetInfo, pos2, vec2};

use crate::gui::fonts;
use crate::gui::page::level;
use crate::gui::session::{SIDES, Session};
use crate::gui::theme::{self, palette};
use crate::gui::words::{Words, words};

const ROW: f32 = 46.0;
/// So many rows are listed: what scrolls the list counts in numbers that are exact up to there.
const MOST: usize = 100_000;

/// Which rows are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Show {
    #[default]
    Doubtful,
    Flagged,
    Bookmarked,
    Noted,
    Confirmed,
    Unconfirmed,
    Uneven,
    OneSided,
    Hits,
    Term,
    All,
}

const SHOWN: [Show; 11] = [
    Show::Doubtful,
    Show::Flagged,
    Show::Bookmarked,
    Show::Noted,
    Show::Confirmed,
    Show::Unconfirmed,
    Show::Uneven,
    Show::OneSided,
    Show::Hits,
    Show::Term,
    Show::All,
];

impl Show {
    fn name(self, words: Words) -> &'static str {
        match self {
            Self::Doubtful => words.t("Doubtful"),
            Self::Flagged => words.t("Flagged"),
            Self::Bookmarked => words.t("Bookmarks"),
            Self::Noted => words.t("With a note"),
            Self::Confirmed => words.t("Confirmed"),
            Self::Unconfirmed => words.t("Not confirmed"),
            Self::Uneven => words.t("Of several segments"),
            Self::OneSided => words.t("On one side only"),
            Self::Hits => words.t("With hits of the search"),
            Self::Term => words.t("With the chosen term"),
            Self::All => words.t("All rows"),
        }
    }
}

/// What the list was made for: edits, rows looked at, searches, the term, what is shown, below which score, in which order.
type Made = (u64, u64, u64, Option<usize>, Show, u32, bool);

/// The state of the panel.
#[derive(Debug)]
pub(in crate::gui) struct Rows {
    show: Show,
    /// Only rows of a lower score.
    below: f32,
    by_doubt: bool,
    listed: Vec<usize>,
    /// How many there would be.
    count: usize,
    made_for: Option<Made>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { show: Show::default(), below: 1.0, by_doubt: true, listed: Vec::new(), count: 0, made_for: None }
    }
}

impl Rows {
    fn refresh(&mut self, session: &Session) {
        let below = self.below.to_bits();
        let (hits, term) = (session.search.revision, session.terms.chosen);
        let wanted = (session.stamp.revision, session.doubts.revision, hits, term, self.show, below, self.by_doubt);
        if self.made_for == Some(wanted) {
            return;
        }
        self.made_for = Some(wanted);
        let low = |row: &usize| self.below >= 1.0 || session.score(*row) < self.below;
        let of_kind = |row: &usize| {
            let Some(at) = session.at(*row) else { return false };
            let (source, target) = (at.bead.source.len(), at.bead.target.len());
            match self.show {
                Show::Doubtful => session.is_doubtful(*row),
                Show::Flagged => at.mark.flagged,
                Show::Bookmarked => at.mark.bookmarked,
                Show::Noted => !at.mark.notes.is_empty(),
                Show::Confirmed => at.mark.confirmed,
                Show::Unconfirmed => !at.mark.confirmed,
                Show::Uneven => source > 1 || target > 1,
                Show::OneSided => source == 0 || target == 0,
                Show::Hits | Show::Term | Show::All => true,
            }
        };
        let mut rows: Vec<usize> = match self.show {
            Show::Hits => {
                let hits = SIDES.into_iter().flat_map(|side| {
                    session.search.hits[side as usize].iter().map(move |hit| session.row_at(side, hit.start))
                });
                hits.filter(low).collect()
            }
            Show::Term => session.term_rows().into_iter().filter(low).collect(),
            _ => (0..session.rows()).filter(of_kind).filter(low).collect(),
        };
        if matches!(self.show, Show::Hits | Show::Term) {
            rows.sort_unstable();
            rows.dedup();
        }
        if self.by_doubt {
            rows.sort_by(|&a, &b| session.doubt(b).total_cmp(&session.doubt(a)).then(a.cmp(&b)));
        }
        self.count = rows.len();
        rows.truncate(MOST);
        self.listed = rows;
    }

    /// Draws the panel; a row that was asked for.
    pub(in crate::gui) fn show(&mut self, ui: &mut Ui, session: &Session) -> Option<usize> {
        let words = words(ui.ctx());
        let colours = palette(ui.ctx());
        ui.add_space(8.0);
        level(ui, |ui| {
            ui.strong(words.t("Rows"));
            let combo = ComboBox::from_id_salt("rows shown").selected_text(self.show.name(words)).show_ui(ui, |ui| {
                for show in SHOWN {
                    ui.selectable_value(&mut self.show, show, show.name(words));
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, words.t("Which rows are listed")));
        });
        ui.checkbox(&mut self.by_doubt, words.t("Most doubtful first"));
        level(ui, |ui| {
            let label = ui.label(words.t("score below"));
            // The figure behind the slider has to fit into a narrow panel.
            ui.spacing_mut().slider_width = (ui.available_width() - 60.0).clamp(24.0, 100.0);
            ui.add(Slider::new(&mut self.below, 0.05..=1.0).fixed_decimals(2)).labelled_by(label.id);
        });
        self.refresh(session);
        let count = if self.count > self.listed.len() {
            words.fill("{0} rows, the first {1} listed", &[&self.count, &self.listed.len()])
        } else {
            words.fill("{0} rows", &[&self.count])
        };
        ui.colored_label(colours.muted, count);
        ui.add_space(4.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut asked = None;
        let area = ScrollArea::vertical().auto_shrink(false).id_salt("listed rows");
        area.show_rows(ui, ROW, self.listed.len(), |ui, lines| {
            for line in lines {
                if let Some(&row) = self.listed.get(line)
                    && draw(ui, session, row)
                {
                    asked = Some(row);
                }
            }
        });
        asked
    }
}

/// One row: its number and type, the beginnings of both texts; whether it was clicked.
fn draw(ui: &mut Ui, session: &Session, row: usize) -> bool {
    let colours = palette(ui.ctx());
    let words = words(ui.ctx());
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, Id::unique(("listed", row)), Sense::click());
    let texts = SIDES.map(|side| {
        let text: String = session.cell(row, side).text.chars().take(48).collect();
        if text.is_empty() { "—".to_owned() } else { text.replace('\n', " ") }
    });
    let kind = session.kind(row);
    let here = session.cursor.row == row;
    response.widget_info(|| {
        let name = words.fill("Listed row {0}, {1}: {2} / {3}", &[&(row + 1), &kind, &texts[0], &texts[1]]);
        WidgetInfo::selected(Role::Button, true, here, name)
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if here || response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4.0, if here { colours.selected } else { colours.row });
    }
    let small = FontId::proportional(theme::SMALL);
    let left = rect.left() + 6.0;
    let ink = if session.is_doubtful(row) { colours.doubtful } else { colours.muted };
    painter.text(pos2(left, rect.top() + 5.0), Align2::LEFT_TOP, (row + 1).to_string(), small.clone(), colours.muted);
    painter.text(pos2(left, rect.bottom() - 6.0), Align2::LEFT_BOTTOM, kind.to_string(), small, ink);
    for (at, (text, side)) in texts.iter().zip(SIDES).enumerate() {
        let chinese = session.document(side).lang.language().is_full_width();
        let family = if chinese { fonts::chinese(true) } else { fonts::english(true) };
        let font = FontId::new(if chinese { 14.5 } else { 13.5 }, family);
        let top = rect.top() + 4.0 + at as f32 * 20.0;
        painter.text(pos2(left + 46.0, top), Align2::LEFT_TOP, text, font, colours.ink);
    }
    response.clicked()
}
