//! Termhood: how much like a term a pair looks, whatever it means.
//!
//! Names, abbreviations and terms of several words first, general words and pieces of clauses far below.

use std::collections::HashMap;

use super::candidates::english_span;
use super::pairing::Found;
use super::{Cut, Token};
use crate::lexicon::{GlossUse, Lexicon};
use crate::token::{Tokenizer, WordKind, fold};

/// How much like a term a pair looks; about 1 for an ordinary term.
pub(super) fn termhood(cut: &Cut<'_>, pair: Found, units: usize, key: &(String, String), english: &English) -> f32 {
    let zh = &cut.chinese[pair.chinese.from..pair.chinese.to];
    let en = &cut.english[pair.english.from..pair.english.to];
    let words: Vec<&Token> = en.iter().filter(|token| token.word.kind != WordKind::Mark).collect();
    // The same letters on both sides need no translation.
    let same = if key.0 == fold(&cut.unit.english[english_span(cut, pair.english)]) { 0.5 } else { 1.0 };
    let mut hood = same * shape_of_chinese(zh, units) * shape_of_english(cut, &words, pair.english.from, english);
    if zh.len() >= 2 && words.len() >= 2 {
        hood *= 1.25;
    }
    // A number on one side only, or a verb at the end of both: a phrase cut out of a clause.
    let numbered = words.iter().any(|word| word.word.kind == WordKind::Number);
    if zh.first().is_some_and(|token| token.tag == "m") && !numbered {
        hood *= 0.4;
    }
    let ends = words.last().map(|word| folded(cut, word)).unwrap_or_default();
    let verbal = zh.last().is_some_and(|token| token.tag == "v") && zh.len() > 1;
    if verbal && words.len() > 1 && (ends.ends_with("ed") || ends.ends_with("ing") || english.may_be_verb(&ends)) {
        hood *= 0.5;
    }
    // A coordination is a term only as part of a name, and then on both sides.
    let joined = zh.iter().any(|token| matches!(token.key.as_str(), "和" | "与" | "及"));
    if joined && !(words.iter().any(|word| word.key == "and") && words.first().is_some_and(|word| word.capital)) {
        hood *= 0.2;
    }
    if units == 1 {
        hood *= 0.8;
    }
    hood * english.generality(cut, &key.0, &words)
}

/// Ends in something like a noun, is not too long.
fn shape_of_chinese(zh: &[Token], units: usize) -> f32 {
    let (Some(first), Some(last)) = (zh.first(), zh.last()) else { return 0.0 };
    let mut hood = 1.0;
    let noun = last.tag.starts_with(['n', 'j', 'l']) || matches!(last.tag, "vn" | "an" | "eng" | "x" | "i" | "");
    if !noun && zh.len() == 1 {
        hood *= if matches!(last.tag, "v" | "a") { 0.6 } else { 0.4 };
    } else if !noun {
        hood *= 0.75;
    }
    if zh.len() > 1 && matches!(first.tag, "v" | "d" | "ad") && !matches!(first.key.as_str(), "不" | "非" | "反") {
        hood *= if units > 1 { 0.85 } else { 0.65 };
    }
    if zh.iter().any(|token| matches!(token.key.as_str(), "的" | "对" | "于" | "中")) {
        hood *= 0.6;
    }
    if zh.len() > 5 {
        hood *= 0.8;
    }
    hood
}

/// Names and abbreviations rise; participles, adverbs and long phrases sink.
fn shape_of_english(cut: &Cut<'_>, words: &[&Token], from: usize, english: &English) -> f32 {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0.0 };
    let surface = |token: &Token| &cut.unit.english[token.word.span.clone()];
    let mut hood = 1.0;
    if words.len() == 1 && is_acronym(surface(first)) {
        hood *= 1.3;
    } else if from > 0 && words.iter().all(|word| word.capital || word.function) {
        hood *= 1.2;
    }
    let folded_last = fold(surface(last));
    let folded_first = fold(surface(first));
    if folded_last.ends_with("ly")
        || (words.len() == 1 && (folded_last.ends_with("ed") || folded_last.ends_with("ing")))
    {
        hood *= 0.6;
    }
    if words.len() > 1 && !first.capital && (folded_first.ends_with("ing") || folded_first.ends_with("ed")) {
        hood *= 0.75;
    }
    let name = first.capital && from > 0;
    if !name && english.is_verb(&folded_first) && !folded_first.ends_with("ing") {
        hood *= 0.5;
    } else if words.len() > 1 && english.is_verb(&folded_last) && !last.capital {
        hood *= if folded_last.ends_with("ing") { 0.8 } else { 0.5 };
    }
    if words.len() == 1
        && !first.capital
        && ["ive", "ous", "ful", "less", "able", "ible", "ic", "al"].iter().any(|ending| folded_last.ends_with(ending))
    {
        hood *= 0.7;
    }
    if !first.capital && GENERAL.contains(&last.key.as_str()) {
        hood *= if words.len() == 1 { 0.4 } else { 0.7 };
    }
    let links = words.iter().filter(|word| word.function).count();
    if links > 1 && !words.iter().any(|word| word.capital) {
        hood *= 0.6;
    }
    if words.iter().any(|word| word.function && !matches!(word.key.as_str(), "of" | "no" | "and" | "for" | "the")) {
        hood *= if first.capital { 0.9 } else { 0.6 };
    }
    if words.len() > 5 && !first.capital {
        hood *= 0.7;
    }
    hood
}

/// Stems of nouns that belong to no field: what academic and official prose says of anything.
const GENERAL: &[&str] = &[
    "import",
    "signific",
    "topic",
    "issu",
    "problem",
    "question",
    "aspect",
    "differ",
    "role",
    "step",
    "start",
    "begin",
    "challeng",
    "intent",
    "purpos",
    "goal",
    "aim",
    "result",
    "effect",
    "way",
    "method",
    "exampl",
    "case",
    "fact",
    "reason",
    "part",
    "number",
    "amount",
    "level",
    "degre",
    "kind",
    "type",
    "form",
    "time",
    "period",
    "place",
    "area",
    "field",
    "situat",
    "condit",
    "posit",
    "view",
    "opinion",
    "idea",
    "attitud",
    "progress",
    "develop",
    "term",
    "respect",
    "matter",
    "thing",
    "point",
    "basi",
    "need",
    "benefit",
    "advantag",
    "interest",
    "concern",
    "discuss",
    "talk",
    "meet",
    "report",
    "paper",
    "statement",
    "member",
    "side",
    "parti",
    "countri",
    "peopl",
    "person",
    "world",
    "year",
    "day",
    "group",
    "chang",
    "increas",
    "reduct",
    "improv",
    "effort",
    "action",
    "activ",
    "work",
    "use",
    "rang",
    "set",
    "seri",
    "line",
    "rule",
    "state",
    "natur",
    "valu",
    "qualiti",
    "quantiti",
    "size",
    "scope",
    "extent",
    "success",
    "failur",
    "risk",
    "opportun",
    "possibl",
    "capac",
    "abil",
    "end",
    "futur",
    "past",
    "present",
    "practic",
    "implement",
    "cooper",
];

/// Two capitals or more, and hardly anything else.
fn is_acronym(surface: &str) -> bool {
    let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
    let small = surface.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && small <= 1
}

fn folded(cut: &Cut<'_>, token: &Token) -> String {
    let folded = fold(&cut.unit.english[token.word.span.clone()]);
    folded.strip_suffix("'s").map(str::to_owned).unwrap_or(folded)
}

/// What the dictionary tells of the English words: how general they are, and which are verbs.
pub(super) struct English {
    uses: HashMap<String, GlossUse>,
}

impl English {
    pub(super) fn of(found: &[Found], cuts: &[Cut<'_>]) -> Self {
        let mut uses: HashMap<String, GlossUse> = HashMap::new();
        for pair in found {
            let cut = &cuts[pair.unit];
            for token in &cut.english[pair.english.from..pair.english.to] {
                uses.extend(base_forms(&folded(cut, token)).into_iter().map(|form| (form, GlossUse::default())));
            }
        }
        Lexicon::embedded().count_gloss_words(&mut uses);
        Self { uses }
    }

    /// The use of the commonest base form of a word.
    fn usage(&self, folded: &str) -> GlossUse {
        let forms = base_forms(folded).into_iter();
        forms.filter_map(|form| self.uses.get(&form).copied()).max_by_key(|usage| usage.glosses).unwrap_or_default()
    }

    /// Mostly explained as "to …": a verb rather than a noun.
    fn is_verb(&self, folded: &str) -> bool {
        let usage = self.usage(folded);
        usage.verbs >= 2 && usage.verbs * 5 >= usage.glosses * 2
    }

    /// Explained as "to …" often enough to be one in a phrase.
    fn may_be_verb(&self, folded: &str) -> bool {
        let usage = self.usage(folded);
        usage.verbs * 5 >= usage.glosses && usage.verbs > 0
    }

    /// Below 1 for general words: in Chinese by jieba's counts, in English by the number of glosses. Terms of several
    /// words suffer only when all of their words are general.
    fn generality(&self, cut: &Cut<'_>, chinese: &str, words: &[&Token]) -> f32 {
        let count = Tokenizer::shared().frequency(chinese);
        let zh = 1.0 / (1.0 + count as f32 / 1500.0);
        let content: Vec<u32> =
            words.iter().filter(|word| !word.function).map(|word| self.usage(&folded(cut, word)).glosses).collect();
        let most_telling = content.iter().copied().min().unwrap_or(0);
        let tolerance = if content.len() > 1 { 600.0 } else { 150.0 };
        let en = 1.0 / (1.0 + most_telling as f32 / tolerance);
        (zh * en).sqrt()
    }
}

/// A word without the endings of plurals and verb forms, in the spellings it may have had.
fn base_forms(folded: &str) -> Vec<String> {
    let mut out = vec![folded.to_owned()];
    for ending in ["s", "es", "ed", "d", "ing"] {
        if let Some(base) = folded.strip_suffix(ending).filter(|base| base.len() >= 3) {
            out.push(base.to_owned());
            if matches!(ending, "ed" | "ing") {
                out.push(format!("{base}e"));
                let mut chars = base.chars().rev();
                if let (Some(last), Some(before)) = (chars.next(), chars.next())
                    && last == before
                {
                    out.push(base[..base.len() - last.len_utf8()].to_owned());
                }
            }
        }
    }
    if let Some(base) = folded.strip_suffix("ies") {
        out.push(format!("{base}y"));
    }
    out
}
