//! What is not consistent in two texts, out: text for people, tab-separated values, JSON. Decisions about it, in: the same
//! tab-separated values.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::Losses;
use super::output::Output;
use super::report::{self, Head};
use crate::bitext::{Document, Side};
use crate::consistency::{Decision, Decisions, Finding, Kind};

/// The version of the JSON form; `assets/schemas/consistency-1.schema.json` describes it.
pub const VERSION: u32 = 1;
/// So many sentences of a finding are shown to people.
const SHOWN: usize = 3;

/// The columns of the table.
const COLUMNS: [&str; 4] = ["kind", "term", "variants", "places"];

/// What was found in a text and its translation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Its form, texts and notes.
    #[serde(flatten)]
    pub head: Head,
    /// What is not consistent, most important first.
    pub findings: Vec<Item>,
}

/// A row of the two texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// Its number, from 1.
    pub row: usize,
    /// The ids of its segments on both sides, which stay when the texts are cut otherwise.
    pub source_segments: Vec<u64>,
    /// The same on the other side.
    pub target_segments: Vec<u64>,
    /// Its text.
    pub source: String,
    /// The same on the other side.
    pub target: String,
}

/// A finding as it goes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// What it is: one of the names of [`Kind`].
    pub kind: &'static str,
    /// The term it is about.
    pub term: String,
    /// The side the term is of: `source` or `target`.
    pub side: &'static str,
    /// The words there are for it, the usual one first.
    pub variants: Vec<Word>,
    /// The rows to look at.
    pub places: Vec<Place>,
}

/// A word of a finding as it goes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Word {
    /// The word or words.
    pub text: String,
    /// The side it is of: `source` or `target`.
    pub side: &'static str,
    /// Whether it is what most rows have, or what the term base wants.
    pub usual: bool,
    /// In how many rows it was found.
    pub count: usize,
    /// Which they are, from 1.
    pub rows: Vec<usize>,
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Source => "source",
        Side::Target => "target",
    }
}

impl Report {
    /// A report of this version on two texts; `place` gives a row by its number from 0.
    pub fn new(documents: [&Document; 2], findings: &[Finding], place: impl Fn(usize) -> Place) -> Self {
        let item = |finding: &Finding| Item {
            kind: finding.kind.name(),
            term: finding.term.clone(),
            side: side(finding.side),
            variants: finding.variants.iter().map(Word::of).collect(),
            places: finding.rows.iter().map(|&row| place(row)).collect(),
        };
        let findings = findings.iter().map(item).collect();
        Self { head: Head::new("duizhao-consistency", VERSION, documents), findings }
    }

    /// A header, then one finding a line: `kind`, `term`, `variants` with `|` between them and the usual one first, and
    /// `places`, the numbers of rows from 1 with commas between them. A `|` within a variant becomes `/`.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_tsv(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        out.row(COLUMNS);
        for item in &self.findings {
            let bare: Vec<String> = item.variants.iter().map(|word| word.text.replace('|', "/")).collect();
            out.lost.replaced += item.variants.iter().filter(|word| word.text.contains('|')).count();
            let places: Vec<String> = item.places.iter().map(|place| place.row.to_string()).collect();
            out.row([item.kind, &item.term, &bare.join("|"), &places.join(",")]);
        }
        out.finish()
    }

    /// The JSON form.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_json(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        Output::complete(to, |out| report::write_json(self, out))
    }

    /// The form for people: by kind, each finding with its counts and the sentences to look at.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_text(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        for kind in Kind::ALL {
            let items: Vec<&Item> = self.findings.iter().filter(|item| item.kind == kind.name()).collect();
            if items.is_empty() {
                continue;
            }
            let _ = writeln!(out, "{}{} ({})", if out.len() == 0 { "" } else { "\n" }, heading(kind), items.len());
            for item in items {
                item.write(kind, &mut out);
            }
        }
        if out.len() == 0 {
            out.raw("nothing found\n");
        }
        out.finish()
    }
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Deprecated => "Terms that the term base rules out",
        Kind::Missing => "Required terms that are missing",
        Kind::Renderings => "Terms rendered in several ways",
        Kind::Sources => "Several terms rendered the same",
        Kind::Numbers => "Numbers that differ",
        Kind::Names => "Names that the other side lacks",
    }
}

impl Word {
    fn of(variant: &crate::consistency::Variant) -> Self {
        Self {
            text: variant.text.clone(),
            side: side(variant.side),
            usual: variant.usual,
            count: variant.rows.len(),
            rows: variant.rows.iter().map(|row| row + 1).collect(),
        }
    }
}

impl Item {
    fn write(&self, kind: Kind, out: &mut Output<'_>) {
        let counted =
            |word: &Word| if word.count > 0 { format!("{} ({})", word.text, word.count) } else { word.text.clone() };
        let of = |usual: bool| -> Vec<String> {
            self.variants.iter().filter(|word| word.usual == usual).map(counted).collect()
        };
        let (usual, odd) = (of(true).join(", "), of(false).join(", "));
        let what = match kind {
            Kind::Deprecated if usual.is_empty() => odd,
            Kind::Deprecated => format!("{odd}, not {usual}"),
            Kind::Missing => usual,
            Kind::Renderings | Kind::Sources => format!("{usual}; also {odd}"),
            Kind::Numbers => {
                let of = |side: &str| -> Vec<&str> {
                    self.variants.iter().filter(|word| word.side == side).map(|word| word.text.as_str()).collect()
                };
                let shown = |texts: Vec<&str>| if texts.is_empty() { "–".to_owned() } else { texts.join(", ") };
                format!("{} ⇄ {}", shown(of("source")), shown(of("target")))
            }
            Kind::Names => String::new(),
        };
        let line = match kind {
            Kind::Numbers => what,
            Kind::Names => self.term.clone(),
            _ => format!("{}: {what}", self.term),
        };
        let _ = writeln!(out, "  {line}");
        for place in self.places.iter().take(SHOWN) {
            let _ = writeln!(
                out,
                "    {:>4}  {}\n          {}",
                place.row,
                one_line(&place.source),
                one_line(&place.target)
            );
        }
        if let Some(rest) = self.places.get(SHOWN..).filter(|rest| !rest.is_empty()) {
            let rows: Vec<String> = rest.iter().map(|place| place.row.to_string()).collect();
            let _ = writeln!(out, "          and in {}", rows.join(", "));
        }
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads decisions from the table that [`Report::write_tsv`] writes, or from some of its rows: what stands there is right.
///
/// # Errors
/// The number of the first line, from 1, that is no such row.
pub fn read_decisions(content: &str) -> Result<Decisions, usize> {
    let lines = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(at, line)| (at + 1, line.split('\t').collect::<Vec<_>>()));
    let decisions = rows.filter(|(_, cells)| !cells.starts_with(&COLUMNS[..3])).map(|(line, cells)| match cells[..] {
        [kind, term, variants] => Decision::of_row(kind, term, variants, "").ok_or(line),
        [kind, term, variants, places, ..] => Decision::of_row(kind, term, variants, places).ok_or(line),
        _ => Err(line),
    });
    decisions.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::consistency::{Row, check};
    use crate::exchange::written;
    use crate::lang::Lang;
    use crate::task::Ctl;
    use crate::termbase::TermBase;
    use crate::text::Text;

    fn report(rows: &[(&str, &str)], decisions: &Decisions) -> Report {
        let texts: Vec<Row<'_>> = rows.iter().map(|&(source, target)| Row { source, target }).collect();
        let (zh, en) = (Lang::parse("zh").unwrap(), Lang::parse("en").unwrap());
        let found = check(&Ctl::quiet(), &texts[..], [&zh, &en], &TermBase::default(), decisions).unwrap();
        let [a, b] = [("a", zh), ("b", en)].map(|(name, lang)| Document::new(name, lang, Text::default(), Vec::new()));
        Report::new([&a, &b], &found, |row| Place {
            row: row + 1,
            source: rows[row].0.to_owned(),
            target: rows[row].1.to_owned(),
            ..Place::default()
        })
    }

    const ROWS: [(&str, &str); 2] =
        [("共有35个国家。", "There are 53 countries."), ("WHO|CSIS同意了。", "It\nagreed.")];

    #[test]
    fn three_forms() {
        let report = report(&ROWS, &Decisions::default());
        expect![[r"
            kind	term	variants	places
            numbers	35	35|53	1
            names	CSIS	CSIS	2
            names	WHO	WHO	2
        "]]
        .assert_eq(&written(|to| report.write_tsv(to)).content);
        expect![[r"
            Numbers that differ (1)
              35 ⇄ 53
                   1  共有35个国家。
                      There are 53 countries.

            Names that the other side lacks (2)
              CSIS
                   2  WHO|CSIS同意了。
                      It agreed.
              WHO
                   2  WHO|CSIS同意了。
                      It agreed.
        "]]
        .assert_eq(&written(|to| report.write_text(to)).content);
        let json: serde_json::Value = serde_json::from_str(&written(|to| report.write_json(to)).content).unwrap();
        assert_eq!((json["version"].as_u64(), json["findings"][0]["places"][0]["row"].as_u64()), (Some(1), Some(1)));
    }

    #[test]
    fn what_was_printed_is_accepted_when_it_comes_back() {
        let first = report(&ROWS, &Decisions::default());
        let decisions = read_decisions(&written(|to| first.write_tsv(to)).content).unwrap();
        assert_eq!(written(|to| report(&ROWS, &decisions).write_text(to)).content, "nothing found\n");
        assert_eq!(read_decisions("kind\tterm\tvariants\tplaces\n\nnames\tWHO\tWHO\nfoo\n"), Err(4));
    }
}
