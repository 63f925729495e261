//! Terms: those of a term base, and pairs that an extraction proposes.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::phrases::{Builder, Phrases};
use super::pinyin::{Spelling, Syllable, push_letters};
use super::query::Query;
use super::{By, Fit, Rank};
use crate::lang::{Lang, Language, is_han};
use crate::lexicon::Lexicon;
use crate::termbase::{Status, TermBase};
use crate::token::{chinese_key, fold};

/// What belongs together: the terms of a concept, or an extracted pair.
#[derive(Clone, Debug, PartialEq)]
pub struct TermLine {
    /// The terms in the order they are shown in.
    pub terms: Vec<LineTerm>,
    /// The number of the concept in the term base.
    pub concept: Option<usize>,
    /// The number of the first pair of the extraction that belongs to it.
    pub pair: Option<usize>,
}

impl TermLine {
    /// That of the term to use.
    pub fn status(&self) -> Status {
        self.terms.iter().map(|term| term.status).min_by_key(|status| status.rank()).unwrap_or_default()
    }
}

/// A term of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineTerm {
    /// Its language.
    pub lang: Lang,
    /// The term.
    pub text: String,
    /// What was decided on it.
    pub status: Status,
}

/// The lines of a term base, and behind them those of an extraction whose two terms do not stand in one concept. What was
/// rejected is left out.
pub fn term_lines<'a>(
    base: &TermBase,
    langs: [&Lang; 2],
    pairs: impl IntoIterator<Item = [&'a str; 2]>,
) -> Vec<TermLine> {
    let mut out: Vec<TermLine> = Vec::new();
    // Every two terms of a concept and the line of that, so that none of these is proposed again.
    let mut known: HashMap<[String; 2], Option<usize>> = HashMap::new();
    for (number, concept) in base.concepts.iter().enumerate() {
        let [source, target] = langs.map(|lang| concept.terms(lang.language()).map(|term| key(lang, &term.text)));
        let target: Vec<String> = target.collect();
        let line_term = |(lang, term): (&Lang, &crate::termbase::Term)| LineTerm {
            lang: lang.clone(),
            text: term.text.clone(),
            status: term.status,
        };
        let terms: Vec<LineTerm> =
            concept.all_terms().filter(|(_, term)| term.status != Status::Rejected).map(line_term).collect();
        let line = (!terms.is_empty()).then_some(out.len());
        for source in source {
            known.extend(target.iter().map(|target| ([source.clone(), target.clone()], line)));
        }
        if line.is_some() {
            out.push(TermLine { terms, concept: Some(number), pair: None });
        }
    }
    for (number, texts) in pairs.into_iter().enumerate() {
        let keys = [key(langs[0], texts[0]), key(langs[1], texts[1])];
        if let Some(line) = known.get(&keys) {
            if let Some(line) = line.and_then(|line| out.get_mut(line)) {
                line.pair = line.pair.or(Some(number));
            }
            continue;
        }
        let term = |(lang, text): (&Lang, &str)| LineTerm {
            lang: lang.clone(),
            text: text.to_owned(),
            status: Status::Proposed,
        };
        let terms = langs.into_iter().zip(texts).map(term).collect();
        out.push(TermLine { terms, concept: None, pair: Some(number) });
    }
    out
}

/// What a term is compared by.
fn key(lang: &Lang, text: &str) -> String {
    if lang.language().has_blanks() {
        fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        chinese_key(text).split_whitespace().collect()
    }
}

/// Lines made ready to be asked.
#[derive(Debug, Default)]
pub struct Terms {
    lines: Vec<TermLine>,
    /// Terms without blanks between words: their keys, their lines, whether they are Chinese.
    joined: Vec<Joined>,
    /// How each of their Chinese characters can be read.
    readings: BTreeMap<char, Vec<(String, u8)>>,
    /// The others, and the line of each.
    phrases: Phrases,
    line_of: Vec<u32>,
}

#[derive(Debug)]
struct Joined {
    key: String,
    line: u32,
    is_chinese: bool,
}

/// A line that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermAnswer {
    /// Its number among [`Terms::lines`].
    pub line: usize,
    /// How its best term fits.
    pub fit: Fit,
    /// By what it was found.
    pub by: By,
}

impl Terms {
    /// Makes lines ready.
    pub fn new(lines: Vec<TermLine>) -> Self {
        let mut out = Self::default();
        let mut phrases = Builder::default();
        for (line, term) in
            lines.iter().enumerate().flat_map(|(at, line)| line.terms.iter().map(move |term| (at, term)))
        {
            let line = u32::try_from(line).expect("far fewer than four thousand million terms");
            let key = key(&term.lang, &term.text);
            if term.lang.language().has_blanks() {
                phrases.add(&key);
                out.line_of.push(line);
            } else {
                let is_chinese = term.lang.language() == Language::Chinese;
                for c in key.chars().filter(|c| is_chinese && is_han(*c)) {
                    out.readings.entry(c).or_insert_with(|| readings(c));
                }
                out.joined.push(Joined { key, line, is_chinese });
            }
        }
        Self { lines, phrases: phrases.finish(), ..out }
    }

    /// The lines.
    pub fn lines(&self) -> &[TermLine] {
        &self.lines
    }

    /// The lines with a term that fits, best first: of those that fit as well the ones to use before the others, short
    /// before long ones that hold more than was asked for.
    pub fn find(&self, query: &Query, limit: usize) -> Vec<TermAnswer> {
        let mut hits: Vec<(u32, Rank, By)> = Vec::new();
        let of_phrase = |(phrase, rank): (u32, Rank)| (self.line_of[phrase as usize], rank, By::Text);
        hits.extend(self.phrases.find(query).into_iter().map(of_phrase));
        hits.extend(self.phrases.parts(query).into_iter().map(of_phrase));
        let asked = query.chinese.clone().unwrap_or_else(|| fold(&query.text).split_whitespace().collect());
        if !asked.is_empty() {
            let ranked = |term: &Joined| Some((term.line, rank(&asked, &term.key)?, By::Text));
            hits.extend(self.joined.iter().filter_map(ranked));
        }
        if let Some(spelling) = &query.spelling {
            let chinese = || self.joined.iter().filter(|term| term.is_chinese);
            let ranked = |way: &Spelling, term: &Joined| Some((term.line, self.read(way, term)?, By::Pinyin));
            hits.extend(spelling.found_by(|way| chinese().filter_map(|term| ranked(way, term)).collect()));
        }
        let place = |(line, rank, _): &(u32, Rank, By)| {
            let (status, length) = self.order(*line);
            // Of what is exactly that the extraction knows best which is likely.
            let length = if *rank <= Rank::Inflects { 0 } else { length };
            (*rank, status, length, *line)
        };
        hits.sort_by_key(place);
        let mut known = HashSet::new();
        hits.retain(|(line, ..)| known.insert(*line));
        hits.truncate(limit);
        hits.into_iter().map(|(line, rank, by)| TermAnswer { line: line as usize, fit: rank.into(), by }).collect()
    }

    fn order(&self, line: u32) -> (Option<usize>, usize) {
        let terms = &self.lines[line as usize].terms;
        let place = |status: Status| {
            let order = [Status::Preferred, Status::Admitted, Status::Proposed, Status::Deprecated, Status::Rejected];
            order.iter().position(|other| *other == status)
        };
        (terms.iter().filter_map(|term| place(term.status)).min(), terms.iter().map(|term| term.text.len()).sum())
    }

    /// How pinyin fits a term.
    fn read(&self, spelling: &Spelling, term: &Joined) -> Option<Rank> {
        let mut chars = term.key.chars();
        let mut syllables = Vec::new();
        self.read_on(spelling, 0, &mut chars, &mut syllables)
    }

    /// Goes on where the first `at` letters were read.
    fn read_on(
        &self,
        spelling: &Spelling,
        at: usize,
        rest: &mut std::str::Chars<'_>,
        syllables: &mut Vec<Syllable>,
    ) -> Option<Rank> {
        let left = &spelling.letters[at..];
        if left.is_empty() {
            let rank = if rest.as_str().is_empty() { Rank::Whole } else { Rank::Begins };
            return spelling.agrees(syllables).then_some(rank);
        }
        let next = rest.next()?;
        let own;
        let readings = match self.readings.get(&next) {
            Some(readings) => readings.as_slice(),
            // Letters are read as they stand.
            None if next.is_ascii_alphanumeric() => {
                own = [(next.to_string(), 0)];
                &own
            }
            None => &[],
        };
        let mut best: Option<Rank> = None;
        for (letters, tone) in readings {
            syllables.push(Syllable { end: at + letters.len(), tone: *tone });
            let found = if left.starts_with(letters.as_str()) {
                self.read_on(spelling, at + letters.len(), &mut rest.clone(), syllables)
            } else {
                (letters.starts_with(left) && spelling.agrees(syllables)).then_some(Rank::Completes)
            };
            best = [best, found].into_iter().flatten().min();
            syllables.pop();
        }
        best
    }
}

/// How a text without blanks fits a term.
fn rank(asked: &str, term: &str) -> Option<Rank> {
    if term.len() < asked.len() {
        // A single character is in too much.
        let is_long = term.chars().nth(1).is_some();
        return (is_long && asked.contains(term)).then_some(Rank::Part);
    }
    if let Some(rest) = term.strip_prefix(asked) {
        return Some(if rest.is_empty() { Rank::Whole } else { Rank::Begins });
    }
    term.contains(asked).then_some(Rank::Holds)
}

/// How a character can be read, with its tones.
fn readings(c: char) -> Vec<(String, u8)> {
    let reading = |pinyin: &str| {
        let mut letters = String::new();
        let syllables = push_letters(pinyin, &mut letters);
        Some((letters, syllables.first().filter(|_| syllables.len() == 1)?.tone))
    };
    let entries = Lexicon::embedded().entries(c.encode_utf8(&mut [0; 4])).filter_map(|entry| reading(entry.pinyin));
    let mut out: Vec<(String, u8)> = entries.collect();
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Concept, Section, Term};

    fn concept(chinese: &[(&str, Status)], english: &[(&str, Status)]) -> Concept {
        let section = |language, terms: &[(&str, Status)]| {
            let term =
                |(text, status): &(&str, Status)| Term { text: (*text).to_owned(), status: *status, ..Term::default() };
            Section { terms: terms.iter().map(term).collect(), ..Section::new(Lang::of(language)) }
        };
        let sections = vec![section(Language::Chinese, chinese), section(Language::English, english)];
        Concept { sections, ..Concept::default() }
    }

    fn terms() -> Terms {
        use Status::{Deprecated, Preferred, Proposed, Rejected};
        let concepts = vec![
            concept(&[("网络空间", Preferred)], &[("cyberspace", Preferred), ("cyber domain", Deprecated)]),
            concept(&[("网络", Proposed)], &[("network", Proposed)]),
            concept(&[("合作", Rejected)], &[("cooperation", Rejected)]),
            concept(&[("互聯網", Preferred)], &[("Internet", Preferred)]),
        ];
        let pairs = [
            ("网络空间", "cyberspace"),
            ("网络空间", "network space"),
            ("不扩散", "non-proliferation"),
            ("合作", "cooperation"),
        ];
        let langs = [Lang::of(Language::Chinese), Lang::of(Language::English)];
        let base = TermBase { concepts, ..TermBase::default() };
        Terms::new(term_lines(&base, [&langs[0], &langs[1]], pairs.map(|(zh, en)| [zh, en])))
    }

    fn found(typed: &str) -> Vec<String> {
        let terms = terms();
        let shown = |answer: TermAnswer| {
            let line = &terms.lines()[answer.line];
            let texts: Vec<&str> = line.terms.iter().map(|term| term.text.as_str()).collect();
            format!("{} {}", texts.join("/"), answer.fit.name())
        };
        terms.find(&Query::new(typed), 9).into_iter().map(shown).collect()
    }

    #[test]
    fn what_was_decided_is_not_proposed_again_and_what_was_rejected_is_gone() {
        let numbers: Vec<_> = terms().lines().iter().map(|line| (line.concept, line.pair)).collect();
        let wanted = [(Some(0), Some(0)), (Some(1), None), (Some(3), None), (None, Some(1)), (None, Some(2))];
        assert_eq!(numbers, wanted);
        assert!(found("合作").is_empty());
    }

    #[test]
    fn terms_of_either_language_are_found_exact_first() {
        let space = "网络空间/cyberspace/cyber domain";
        assert_eq!(
            found("網絡"),
            ["网络/network whole".to_owned(), format!("{space} begins"), "网络空间/network space begins".to_owned(),]
        );
        assert_eq!(found("空间"), [format!("{space} holds"), "网络空间/network space holds".to_owned()]);
        assert_eq!(found("互联网的网络"), ["互聯網/Internet part", "网络/network part"]);
        assert_eq!(found("Networks"), ["网络/network inflects", "网络空间/network space begins"]);
        assert_eq!(found("cyber"), [format!("{space} begins")]);
        assert_eq!(found("cybersp"), [format!("{space} completes")]);
        assert_eq!(found("proliferat"), ["不扩散/non-proliferation holds"]);
    }

    #[test]
    fn terms_are_found_by_how_they_are_read() {
        assert_eq!(
            found("wǎngluò"),
            [
                "网络/network whole".to_owned(),
                "网络空间/cyberspace/cyber domain begins".to_owned(),
                "网络空间/network space begins".to_owned(),
            ]
        );
        assert_eq!(found("bu kuo"), ["不扩散/non-proliferation begins"]);
        assert_eq!(found("hulianw"), ["互聯網/Internet completes"]);
        assert!(found("wang2luo").is_empty() && found("wang luo luo").is_empty());
    }
}
