//! What the window shows, as plain values: for tests.

use std::ops::RangeInclusive;

use super::super::page::Page;
use super::super::session::{SIDES, Session, Side};
use super::super::words::Words;
use super::App;
use crate::project::Settings;
use crate::termbase::Status;
use crate::work::Row;

/// What the window shows at some moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The rows as they are.
    pub rows: Vec<Row>,
    /// The texts of both sides as they are.
    pub texts: [String; 2],
    /// The tags of their languages.
    pub langs: [String; 2],
    /// The number of the row under the eye.
    pub row: usize,
    /// The numbers of the selected rows; that under the eye at least.
    pub selected: Option<RangeInclusive<usize>>,
    /// The chosen segment of the row.
    pub chosen: Option<(Side, usize)>,
    /// The segment that waits to be linked with another, by its id.
    pub picked: Option<(Side, u64)>,
    /// How many places the search has found.
    pub hits: usize,
    /// The lines of the glossary, each with what was decided on it.
    pub terms: Vec<(String, Status)>,
    /// The number of the chosen line.
    pub term: Option<usize>,
    /// Whether keys decide on terms.
    pub in_terms: bool,
    /// Whether the list of what is not consistent is of the rows as they are.
    pub checked: bool,
    /// Who works here.
    pub author: String,
    /// The name of the page that is open.
    pub page: Option<&'static str>,
    /// The name of the panel at the right.
    pub panel: Option<&'static str>,
    /// What was said last, in English.
    pub said: Option<String>,
    /// What a person likes.
    pub settings: Settings,
    /// Whether the rows tile both texts, and all that is counted with every edit is what counting anew gives.
    pub sound: bool,
}

impl App {
    /// What the window shows.
    pub fn snapshot(&self) -> Snapshot {
        let shown = Snapshot {
            page: self.page.as_ref().map(Page::name),
            panel: self.shown_panel().map(super::Panel::name),
            said: self.said.as_ref().map(|said| Words { chinese: false }.said(said)),
            settings: self.settings.clone(),
            in_terms: self.in_terms(),
            sound: true,
            ..Snapshot::default()
        };
        let Some(session) = &self.session else { return shown };
        Snapshot {
            rows: session.aligned().rows().to_vec(),
            texts: SIDES.map(|side| session.document(side).text.as_str().to_owned()),
            langs: session.langs().map(|lang| lang.tag().to_owned()),
            row: session.cursor.row,
            selected: Some(session.cursor.selection()),
            chosen: session.cursor.chosen,
            picked: session.cursor.picked,
            hits: session.search.count(),
            terms: session.terms.entries.iter().map(|entry| (entry.texts.join(" = "), entry.status)).collect(),
            term: session.terms.chosen,
            checked: session.is_checked(),
            author: session.author.name().to_owned(),
            sound: is_sound(session),
            ..shown
        }
    }
}

fn is_sound(session: &Session) -> bool {
    let rows = session.aligned().rows().len();
    let counted = (0..rows).filter(|&row| session.is_doubtful(row)).count();
    session.open.work().is_tiled() && session.cursor.row < rows && session.doubtful == counted
}
