//! JSON Lines: one object a line with `source` and `target`, and no header.
//!
//! Out go `version`, `id` (unique in the file), `type`, `score`, `source` and `target` with the text of the row's segments
//! in order, nothing lost but line ends inside paragraphs, an empty side `""`; `source_note` or `target_note` where a text
//! carries a note that readers must see.
//!
//! In version 1 the texts are the segments of a bead as they stand, so that joined they give back both texts with their
//! paragraphs; which segments a bead had is not written, and each side of a row is one segment. Objects without a
//! version are pairs from elsewhere: each side is a paragraph of its own.

use std::borrow::Cow;
use std::io::BufRead;

use serde::{Deserialize, Serialize};

use super::{Aligned, Detail, Error, Reading, Row, RowsForm, Selection, Wishes, score, two_places};
use crate::exchange::form::About;
use crate::exchange::lines::lines;
use crate::exchange::output::Output;
use crate::notice::notice;

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "jsonl",
        endings: &["jsonl", "ndjson"],
        name: ["One JSON object a line (JSON Lines)", "每行一个 JSON 对象（JSON Lines）"],
        hint: "",
        programs: &[],
    },
    holds: &[Detail::Kind, Detail::Score, Detail::TextNote],
    write: Some(write),
    read: Some(Reading::Texts { looks, read }),
};

/// Whether an object begins the content.
pub(super) fn looks(content: &str) -> bool {
    content.trim_start().starts_with('{')
}

/// A line as it is written, version 1.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    id: String,
    #[serde(rename = "type")]
    kind: String,
    score: f64,
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_note: Option<&'a str>,
}

fn write(rows: &Selection<'_>, out: &mut Output<'_>) {
    for (at, row) in rows.rows.iter().enumerate() {
        let line = Written {
            version: 1,
            id: format!("b{}", at + 1),
            kind: row.bead.kind().to_string(),
            score: two_places(row.bead.score),
            source: rows.source.flowing(row.bead.source.clone()).text,
            target: rows.target.flowing(row.bead.target.clone()).text,
            source_note: rows.source.note.as_deref(),
            target_note: rows.target.note.as_deref(),
        };
        out.raw(&serde_json::to_string(&line).expect("strings and numbers have a JSON form"));
        out.raw("\n");
    }
}

/// What is read of a line.
#[derive(Deserialize)]
struct Line {
    version: Option<u32>,
    score: Option<f64>,
    source: Option<String>,
    target: Option<String>,
    source_note: Option<String>,
    target_note: Option<String>,
}

/// Reads JSON Lines; blank lines are passed over.
fn read(input: &mut dyn BufRead, _: &Wishes<'_>) -> Result<Aligned, Error> {
    let mut out = Aligned::default();
    for line in lines(input) {
        let (number, text) = line?;
        if text.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&text).map_err(|error| {
            let problem = notice!(
                "expected a JSON object with the texts `source` and `target`; {0} at column {1}",
                error.to_string().split(" at line ").next().unwrap_or_default(),
                error.column()
            );
            Error::Line { line: number, problem }
        })?;
        let (source, target) = (line.source.unwrap_or_default(), line.target.unwrap_or_default());
        let own_score = line.score.and_then(score);
        match line.version {
            Some(1) => {
                let (source, target) = (out.source.push(source), out.target.push(target));
                out.push_row(number, Row { source, target, score: own_score, confirmed: false });
            }
            None => out.push_pair(number, &source, &target, own_score, false),
            Some(other) => {
                let problem =
                    notice!("this is version {0} of the form, and only 1 is known here; update duizhao", other);
                return Err(Error::Line { line: number, problem });
            }
        }
        out.source.note = out.source.note.or(line.source_note);
        out.target.note = out.target.note.or(line.target_note);
    }
    out.checked("one JSON object a line with `source` and `target`")
}
