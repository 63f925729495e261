//! Term pairs out: tab-separated values and JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::Losses;
use super::output::{Output, on_one_line};
use super::report;
use super::rows::two_places;

/// The version of the JSON form; `assets/schemas/glossary-1.schema.json` describes it.
pub const VERSION: u32 = 1;

/// A glossary as it goes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Glossary {
    /// Always `duizhao-glossary`.
    pub format: &'static str,
    /// The version of this form.
    pub version: u32,
    /// Where the terms come from: names of the texts.
    pub sources: Vec<String>,
    /// What readers must be told about the texts.
    pub notes: Vec<String>,
    /// The pairs, best first.
    pub terms: Vec<Term>,
}

/// A pair of terms.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The Chinese term.
    pub zh: String,
    /// The English term.
    pub en: String,
    /// 0 to 1, two places; higher is better.
    pub score: f64,
    /// In how many places it was found.
    pub count: usize,
    /// The sentences it was found in, at most a few.
    pub contexts: Vec<Context>,
}

/// A sentence pair that shows a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Context {
    /// The number of the aligned unit, from 1.
    pub unit: usize,
    /// Its Chinese text.
    pub zh: String,
    /// Its English text.
    pub en: String,
}

impl Glossary {
    /// A glossary of this version.
    pub fn new(sources: Vec<String>, notes: Vec<String>, terms: Vec<Term>) -> Self {
        Self { format: "duizhao-glossary", version: VERSION, sources, notes, terms }
    }

    /// A header, then one pair a line, best first: `zh`, `en`, `score`, `count`, the first context of each, and a note
    /// where the texts carry one.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_tsv(&self, to: &mut dyn Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        let notes = self.notes.join("; ");
        let noted = (!notes.is_empty()).then_some("note");
        out.row(["zh", "en", "score", "count", "zh_context", "en_context"].into_iter().chain(noted));
        for term in &self.terms {
            let (score, count) = (format!("{:.2}", term.score), term.count.to_string());
            let context = term.contexts.first();
            let zh_context = context.map_or_else(String::new, |context| on_one_line(&context.zh));
            let en_context = context.map_or_else(String::new, |context| on_one_line(&context.en));
            let cells = [term.zh.as_str(), &term.en, &score, &count, &zh_context, &en_context];
            out.row(cells.into_iter().chain(noted.map(|_| notes.as_str())));
        }
        out.finish()
    }

    /// The JSON form.
    ///
    /// # Errors
    /// The first failure of `to`.
    pub fn write_json(&self, to: &mut dyn Write) -> io::Result<Losses> {
        Output::complete(to, |out| report::write_json(self, out))
    }
}

impl Term {
    /// Rounds the score to two places.
    pub fn new(zh: String, en: String, score: f32, count: usize, contexts: Vec<Context>) -> Self {
        Self { zh, en, score: two_places(score), count, contexts }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::exchange::written;

    #[test]
    fn both_forms() {
        let context =
            Context { unit: 3, zh: "网络空间\n很大。".to_owned(), en: "Cyberspace is large.".to_owned() };
        let term = Term::new("网络空间".to_owned(), "cyberspace".to_owned(), 0.876, 12, vec![context]);
        let glossary = Glossary::new(vec!["a.txt".to_owned()], vec!["own version".to_owned()], vec![term]);
        expect![[r"
            zh	en	score	count	zh_context	en_context	note
            网络空间	cyberspace	0.88	12	网络空间 很大。	Cyberspace is large.	own version
        "]]
        .assert_eq(&written(|to| glossary.write_tsv(to)).content);
        assert!(written(|to| glossary.write_tsv(to)).problems().is_empty(), "lines of one example are no loss");
        let json: serde_json::Value = serde_json::from_str(&written(|to| glossary.write_json(to)).content).unwrap();
        assert_eq!((json["version"].as_u64(), json["terms"][0]["contexts"][0]["unit"].as_u64()), (Some(1), Some(3)));
    }
}
