//! Which columns of a table hold what: by its header, by what a person names, or by their place.
//!
//! The first line is a header where two of its cells name texts of different languages or sides ([`super::heading`]). Two
//! words that mean the same, such as `English` and `英文`, are an entry and no header. Without a header the first two
//! columns are the texts; where the first holds only numbers, the two after it.

use std::str::FromStr;

use super::heading::{Heading, Which, bare, headings};
use super::{Record, Sheet};
use crate::exchange::error::Error;
use crate::lang::Lang;
use crate::notice::{Notice, notice};

/// A column by its number from 1 or by its name in the first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Its number.
    Number(usize),
    /// Its name.
    Name(String),
}

/// The columns of the source and of the target, as a person names them: `2,3` or `原文,译文`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub [Pick; 2]);

impl FromStr for Columns {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: &str = "expected two columns with a comma between them, each by its number from 1 or by its name in \
                                the first line, such as 2,3 or 原文,译文";
        let pick = |text: &str| match (text.trim(), text.trim().parse()) {
            ("", _) | (_, Ok(0)) => Err(WANTED),
            (_, Ok(number)) => Ok(Pick::Number(number)),
            (name, Err(_)) => Ok(Pick::Name(name.to_owned())),
        };
        let (source, target) = text.split_once([',', '，']).ok_or(WANTED)?;
        match [pick(source)?, pick(target)?] {
            [source, target] if source == target => Err("the source and the target are one column; name two"),
            columns => Ok(Self(columns)),
        }
    }
}

/// A column and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::exchange) struct Column {
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) heading: Heading,
}

/// What the columns of a table hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::exchange) struct Layout {
    pub(in crate::exchange) columns: Vec<Column>,
    /// Whether the first row names them.
    pub(in crate::exchange) head: bool,
}

/// How many rows are looked at to tell what a column holds.
const SAMPLE: usize = 200;

/// Tells what the columns of a table hold; `langs` are the languages of the two sides, where somebody says them.
///
/// # Errors
/// [`Error::Line`] where a column is named that is not there.
pub(in crate::exchange) fn layout(
    sheet: &Sheet,
    langs: [Option<&Lang>; 2],
    columns: Option<&Columns>,
) -> Result<Layout, Error> {
    let rows = &sheet.rows;
    let Some((_, first)) = rows.first() else { return Ok(Layout::default()) };
    let picks = columns.map(|columns| picked(columns, rows)).transpose()?;
    let headings = headings(first);
    let by_name = columns.is_some_and(|columns| columns.0.iter().any(|pick| matches!(pick, Pick::Name(_))));
    // Where every row says its languages, none names the columns.
    let tags = row_tags(rows);
    let head = sheet.exact || by_name || tags.is_none() && are_header(&headings);
    let mut out = if head { named(first, headings, rows) } else { by_place(first, rows, tags) };
    if let Some(picks) = picks {
        out.pick(picks, first.len());
    }
    for (number, side) in [Which::Source, Which::Target].into_iter().enumerate() {
        let given = langs.get(number).copied().flatten().cloned().or_else(|| tag_of(side, &out, rows));
        out.columns.iter_mut().for_each(|column| match &mut column.heading {
            Heading::Text { side: Some(own), lang } if *own == side && lang.is_none() => lang.clone_from(&given),
            _ => {}
        });
    }
    Ok(out)
}

/// Whether cells name the columns of a table.
pub(in crate::exchange) fn is_header(cells: &[String]) -> bool {
    are_header(&headings(cells))
}

fn are_header(headings: &[Heading]) -> bool {
    let mut texts = headings.iter().filter_map(|heading| match heading {
        Heading::Text { side, lang } => Some((*side, lang.as_ref())),
        Heading::Tags(side) => Some((Some(*side), None)),
        _ => None,
    });
    let Some(first) = texts.next() else { return false };
    texts.any(|other| match (first.1, other.1) {
        (Some(one), Some(two)) => one != two,
        (None, None) => first.0 != other.0,
        _ => true,
    })
}

/// The languages that the third and the fourth cell of every row name.
fn row_tags(rows: &[Record]) -> Option<[Lang; 2]> {
    let same_tag = |at: usize| {
        let tag = rows.first()?.1.get(at)?;
        let everywhere = rows.iter().all(|(_, cells)| cells.len() == 4 && cells.get(at) == Some(tag));
        Lang::named(tag.trim()).filter(|_| everywhere)
    };
    Some([same_tag(2)?, same_tag(3)?])
}

fn cells(rows: &[Record], at: usize) -> impl Iterator<Item = &str> {
    let cells = rows.iter().filter_map(move |(_, cells)| cells.get(at)).map(|cell| cell.trim());
    cells.filter(|cell| !cell.is_empty())
}

/// The columns that a first row names.
fn named(first: &[String], headings: Vec<Heading>, rows: &[Record]) -> Layout {
    let body = rows.get(1..).unwrap_or_default();
    let column = |(at, (name, heading)): (usize, (&String, Heading))| {
        let heading = match heading {
            // Somebody calls a column of texts after its language.
            Heading::Tags(side) if !cells(body, at).take(SAMPLE).all(|cell| Lang::named(cell).is_some()) => {
                Heading::Text { side: Some(side), lang: None }
            }
            heading => heading,
        };
        let name = if name.trim().is_empty() { format!("{}", at + 1) } else { name.trim().to_owned() };
        Column { name, heading }
    };
    Layout { columns: first.iter().zip(headings).enumerate().map(column).collect(), head: true }
}

/// The columns of a table that does not say them.
fn by_place(first: &[String], rows: &[Record], tags: Option<[Lang; 2]>) -> Layout {
    let tagged = tags.is_some();
    let [source, target] = tags.map_or([None, None], |tags| tags.map(Some));
    let text = |side, lang| Heading::Text { side: Some(side), lang };
    let mut headings = vec![text(Which::Source, source), text(Which::Target, target)];
    let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() > 2 && cells(rows, 0).all(is_number) {
        headings.insert(0, Heading::Id);
    }
    if tagged {
        headings.extend([Heading::Tags(Which::Source), Heading::Tags(Which::Target)]);
    } else {
        headings.push(Heading::Detail { detail: super::heading::Detail::Note, lang: None, of_text: false });
    }
    let columns = (1..).zip(headings).map(|(number, heading)| Column { name: format!("{number}"), heading });
    Layout { columns: columns.collect(), head: false }
}

/// The language of a side by a column of tags.
fn tag_of(side: Which, layout: &Layout, rows: &[Record]) -> Option<Lang> {
    let at = layout.columns.iter().position(|column| column.heading == Heading::Tags(side))?;
    cells(rows, at).skip(usize::from(layout.head)).find_map(Lang::named)
}

/// The places of the columns that a person names.
fn picked(columns: &Columns, rows: &[Record]) -> Result<[usize; 2], Error> {
    let Some((line, first)) = rows.first() else { return Ok([0, 1]) };
    let widest = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let place = |pick: &Pick| match pick {
        Pick::Number(number) if *number <= widest => Ok(number - 1),
        Pick::Number(number) => Err(notice!("column {0} is asked for, and no row has more than {1}", *number, widest)),
        Pick::Name(name) => {
            let exact = first.iter().position(|cell| cell.trim() == name);
            let alike = || first.iter().position(|cell| bare(cell) == bare(name) && !bare(name).is_empty());
            exact.or_else(alike).ok_or_else(|| {
                let names: Vec<&str> = first.iter().take(12).map(|cell| cell.trim()).collect();
                notice!("no column is called `{0}`; the first line has {1}", name, names.join(", "))
            })
        }
    };
    let [source, target] = &columns.0;
    let wrong = |problem: Notice| Error::Line { line: *line, problem };
    let places = [place(source).map_err(wrong)?, place(target).map_err(wrong)?];
    if places[0] == places[1] {
        return Err(wrong(notice!("the source and the target are one column; name two")));
    }
    Ok(places)
}

impl Layout {
    /// Two columns hold the texts and no others do.
    fn pick(&mut self, [source, target]: [usize; 2], width: usize) {
        for number in self.columns.len() + 1..=width.max(source + 1).max(target + 1) {
            self.columns.push(Column { name: format!("{number}"), heading: Heading::Other });
        }
        for (at, column) in self.columns.iter_mut().enumerate() {
            let side = if at == source { Which::Source } else { Which::Target };
            column.heading = match std::mem::replace(&mut column.heading, Heading::Other) {
                Heading::Text { lang, .. } if at == source || at == target => Heading::Text { side: Some(side), lang },
                _ if at == source || at == target => Heading::Text { side: Some(side), lang: None },
                Heading::Text { .. } => Heading::Other,
                // By its place a third column is a note; where places are named it may be anything.
                Heading::Detail { .. } if !self.head => Heading::Other,
                heading => heading,
            };
        }
    }

    /// The columns of texts with their sides and languages.
    pub(in crate::exchange) fn texts(&self) -> impl Iterator<Item = (usize, Option<Which>, Option<&Lang>)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| match &column.heading {
            Heading::Text { side, lang } => Some((at, *side, lang.as_ref())),
            _ => None,
        })
    }

    /// The columns of the source and the target of pairs: those in the languages that are asked for, first of all under
    /// their very tags, else those that are called so, else the first two in different languages.
    pub(in crate::exchange) fn pair(&self, [source_lang, target_lang]: [Option<&Lang>; 2]) -> Option<[usize; 2]> {
        let speaks = |wanted: Option<&Lang>| {
            let best = wanted?.best(self.texts().filter_map(|(.., lang)| lang))?;
            self.texts().find(|(.., lang)| *lang == Some(best)).map(|(at, ..)| at)
        };
        let called = |wanted: Which, not: Option<usize>| {
            self.texts().find(|(at, side, _)| *side == Some(wanted) && Some(*at) != not).map(|(at, ..)| at)
        };
        let target = speaks(target_lang);
        let source = speaks(source_lang).filter(|at| Some(*at) != target);
        let source = source.or_else(|| called(Which::Source, target));
        let source = source.or_else(|| {
            let free = |(at, side, _): &(usize, Option<Which>, Option<&Lang>)| {
                Some(*at) != target && *side != Some(Which::Target)
            };
            self.texts().find(free).or_else(|| self.texts().find(|(at, ..)| Some(*at) != target)).map(|(at, ..)| at)
        })?;
        let language = |lang: Option<&Lang>| lang.map(Lang::language);
        let own = self.texts().find(|(at, ..)| *at == source).and_then(|(.., lang)| language(lang));
        let target = target.or_else(|| called(Which::Target, Some(source)));
        let target = target.or_else(|| {
            let apart = self.texts().find(|(at, _, lang)| *at != source && (lang.is_none() || language(*lang) != own));
            apart.or_else(|| self.texts().find(|(at, ..)| *at != source)).map(|(at, ..)| at)
        })?;
        Some([source, target])
    }

    /// What a column is called, for messages.
    pub(in crate::exchange) fn name(&self, at: usize) -> Notice {
        let name = self.columns.get(at).map_or_else(|| format!("{}", at + 1), |column| column.name.clone());
        notice!("column {0}", name)
    }

    /// Whether what stands in a column goes without saying: numbers of rows, tags of languages.
    pub(in crate::exchange) fn is_known(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|column| matches!(column.heading, Heading::Id | Heading::Tags(_)))
    }
}
