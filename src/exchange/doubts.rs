//! Rows that a person should look at, out: text for people, tab-separated values, JSON.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use super::Losses;
use super::consistency::one_line;
use super::output::Output;
use super::report::{self, Head};
use crate::bitext::Document;
use crate::doubt::Kind;

/// The version of the JSON form; `assets/schemas/doubts-1.schema.json` describes it.
pub const VERSION: u32 = 1;

/// The columns of the table.
const COLUMNS: [&str; 9] =
    ["row", "doubt", "score", "bead", "reasons", "source_lacking", "target_lacking", "source", "target"];

/// The rows of two texts by how likely they are wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Its form, texts and notes.
    #[serde(flatten)]
    pub head: Head,
    /// The rows, most doubtful first.
    pub rows: Vec<Row>,
}

/// A row as it goes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its number, from 1.
    pub row: usize,
    /// How likely it is wrong: from 0, 1 for certain; 1 more where somebody flagged it.
    pub doubt: f32,
    /// The aligner's probability that it is right.
    pub score: f32,
    /// Its type, such as `2-1`.
    pub bead: String,
    /// Whether somebody flagged it.
    pub flagged: bool,
    /// Whether somebody confirmed it.
    pub confirmed: bool,
    /// Why it is to be doubted besides its score, the most telling first.
    #[serde(serialize_with = "names")]
    pub reasons: Vec<Kind>,
    /// Numbers, names and terms of the source that the target lacks, as they are written.
    pub source_lacking: Vec<String>,
    /// The same of the target.
    pub target_lacking: Vec<String>,
    /// Its text.
    pub source: String,
    /// The same on the other side.
    pub target: String,
}

fn names<S: serde::Serializer>(kinds: &[Kind], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(kinds.iter().map(|kind| kind.name()))
}

impl Report {
    /// A report of this version on two texts.
    pub fn new(documents: [&Document; 2], rows: Vec<Row>) -> Self {
        Self { head: Head::new("duizhao-doubts", VERSION, documents), rows }
    }

    /// A header, then one row a line. Reasons, and what is lacking, have commas between them.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_tsv(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        out.row(COLUMNS);
        for row in &self.rows {
            let reasons: Vec<&str> = row.reasons.iter().map(|kind| kind.name()).collect();
            let (number, doubt, score) = (row.row.to_string(), figure(row.doubt), figure(row.score));
            let lacking = [&row.source_lacking, &row.target_lacking].map(|words| words.join(", "));
            let [here, there] = &lacking;
            let cells =
                [&number, &doubt, &score, &row.bead, &reasons.join(", "), here, there, &row.source, &row.target];
            out.row(cells.map(String::as_str));
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

    /// The form for people: each row with why, and its sentences.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_text(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        for row in &self.rows {
            let _ = writeln!(out, "{:>4}  {}  {}", row.row, figure(row.doubt), row.why());
            let _ = writeln!(out, "      {}\n      {}", one_line(&row.source), one_line(&row.target));
        }
        if out.len() == 0 {
            out.raw("no row is doubtful\n");
        }
        out.finish()
    }
}

impl Row {
    /// Why it is to be doubted, in words.
    fn why(&self) -> String {
        let mut out = vec![format!("{}, score {}", self.bead, figure(self.score))];
        out.extend(self.flagged.then(|| "flagged".to_owned()));
        out.extend(self.reasons.iter().map(|kind| kind.text().to_owned()));
        let lacking = [&self.source_lacking, &self.target_lacking].map(|words| words.join(", "));
        if lacking.iter().any(|words| !words.is_empty()) {
            let [source, target] = lacking.map(|words| if words.is_empty() { "–".to_owned() } else { words });
            out.push(format!("{source} ⇄ {target}"));
        }
        out.join("; ")
    }
}

fn figure(value: f32) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::written;
    use crate::lang::Lang;
    use crate::text::Text;

    fn report() -> Report {
        let (zh, en) = (Lang::parse("zh").unwrap(), Lang::parse("en").unwrap());
        let row = |row: usize, doubt: f32, reasons: &[Kind]| Row {
            row,
            doubt,
            score: 0.5,
            bead: "1-1".to_owned(),
            flagged: doubt > 1.0,
            confirmed: false,
            reasons: reasons.to_vec(),
            source_lacking: vec!["三十".to_owned()],
            target_lacking: Vec::new(),
            source: "百分之三十\n他".to_owned(),
            target: "thirteen\tper cent".to_owned(),
        };
        let rows = vec![row(7, 1.625, &[Kind::Numbers, Kind::Terms]), row(2, 0.5, &[])];
        let document = |name: &str, lang| Document::new(name, lang, Text::default(), Vec::new());
        let draft = Document { note: Some("draft".to_owned()), ..document("b.txt", en) };
        Report::new([&document("a.txt", zh), &draft], rows)
    }

    #[test]
    fn rows_go_out_with_their_reasons() {
        let text = written(|to| report().write_text(to)).content;
        let wanted = "   7  1.62  1-1, score 0.50; flagged; numbers differ; a term is missing; 三十 ⇄ –\n      \
                      百分之三十 他\n      thirteen per cent\n   2  0.50  1-1, score 0.50; 三十 ⇄ –\n";
        assert!(text.starts_with(wanted), "{text}");
        let tsv = written(|to| report().write_tsv(to)).content;
        let lines: Vec<&str> = tsv.lines().collect();
        assert_eq!(lines[0], COLUMNS.join("\t"));
        assert_eq!(lines[1], "7\t1.62\t0.50\t1-1\tnumbers, terms\t三十\t\t百分之三十 他\tthirteen per cent");
        let json: serde_json::Value = serde_json::from_str(&written(|to| report().write_json(to)).content).unwrap();
        assert_eq!(json["rows"][0]["reasons"], serde_json::json!(["numbers", "terms"]));
        assert_eq!((&json["notes"][0], &json["sources"][1]["lang"]), (&"draft".into(), &"en".into()));
        let none = Report { rows: Vec::new(), ..report() };
        assert_eq!(written(|to| none.write_text(to)).content, "no row is doubtful\n");
    }
}
