//! JSON Lines as [`crate::exchange::beads`] writes them: one object a line with `source` and `target`.
//!
//! In version 1 the texts are the segments of a bead as they stand, so that joined they give back both texts with their
//! paragraphs; which segments a bead had is not written, and each side of a row is one segment. Objects without a
//! version are pairs from elsewhere: each side is a paragraph of its own.

use serde::Deserialize;

use super::{Aligned, Error, Row, numbered, score};

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
///
/// # Errors
/// [`Error::Line`] where a line is no such object or of a later version, [`Error::Nothing`].
pub fn json_lines(content: &str) -> Result<Aligned, Error> {
    let mut out = Aligned::default();
    for (number, text) in numbered(content).filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(text).map_err(|error| {
            let problem = format!(
                "expected a JSON object with the texts `source` and `target`; {} at column {}",
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
                let problem = format!("this is version {other} of the form, and only 1 is known here; update duizhao");
                return Err(Error::Line { line: number, problem });
            }
        }
        out.source.note = out.source.note.or(line.source_note);
        out.target.note = out.target.note.or(line.target_note);
    }
    out.checked("one JSON object a line with `source` and `target`")
}
