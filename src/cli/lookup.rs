//! Looking words up: terms, dictionary, places in texts.

use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::args::{LookupArgs, LookupFormat};
use super::output::{emit, warn_all};
use super::progress;
use super::read::columns;
use crate::bitext::{SIDES, Side};
use crate::lang::{Lang, Language};
use crate::lookup::{
    Answers, Dictionary, LineTerm, Place, Places, Query, Sources, TermLine, Terms, WordAnswer, look_up, read_glosses,
    read_pinyin, term_lines,
};
use crate::project::{open_alignment, read_term_base};
use crate::task::Ctl;
use crate::termbase::TermBase;
use crate::work::{Aligned, OpenAlignment};

/// What is looked in.
struct LookupSources {
    terms: Terms,
    places: Option<Places>,
}

/// Looks a text up and prints what was found; whether anything was.
pub(super) fn run(args: &LookupArgs) -> anyhow::Result<bool> {
    let query = Query::new(&args.text);
    anyhow::ensure!(!query.is_empty(), "there is nothing to look up; give a word");
    let own = sources(args)?;
    let sources =
        Sources { dictionary: Some(Dictionary::shared()), terms: Some(&own.terms), places: own.places.as_ref() };
    let answers = look_up(&Ctl::quiet(), &query, sources, usize::from(args.limit))?;
    match args.format {
        LookupFormat::Text => emit(None, &page(&own, &answers, columns()))?,
        LookupFormat::Json => emit(None, &json(&query, &own, &answers)?)?,
    }
    Ok(!answers.is_empty())
}

fn sources(args: &LookupArgs) -> anyhow::Result<LookupSources> {
    let [of_files, of_bases] = args.table.of(&args.files, &args.terms)?;
    let mut alignment: Option<OpenAlignment> = None;
    if !args.files.is_empty() {
        let (ctl, _line) = progress::line();
        let opened = open_alignment(&ctl, &args.files, &args.langs.options(false, of_files))?;
        warn_all(&opened.warnings);
        alignment = Some(opened.output);
    }
    let langs = match &alignment {
        Some(alignment) => SIDES.map(|side| alignment.aligned().document(side).lang.clone()),
        None => [Language::Chinese, Language::English].map(Lang::of),
    };
    let lines = |base: &TermBase| term_lines(base, [&langs[0], &langs[1]], []);
    let mut all: Vec<TermLine> = alignment.as_ref().map_or_else(Vec::new, |alignment| lines(alignment.work().terms()));
    for path in &args.terms {
        let read = read_term_base(path, [args.langs.source_lang.as_ref(), args.langs.target_lang.as_ref()], of_bases)?;
        warn_all(&read.warnings);
        all.extend(lines(&read.output));
    }
    Ok(LookupSources { terms: Terms::new(all), places: alignment.map(|alignment| Places::new(alignment, None)) })
}

/// The page for the terminal, one part for each kind of answer.
fn page(sources: &LookupSources, answers: &Answers, columns: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !answers.terms.is_empty() {
        let lines = answers.terms.iter().map(|answer| term_text(&sources.terms.lines()[answer.line], columns));
        parts.push(format!("Terms\n{}", lines.collect::<String>()));
    }
    if !answers.words.is_empty() {
        let words: String = answers.words.iter().map(|answer| word_text(answer, columns)).collect();
        parts.push(format!("Dictionary (CC-CEDICT)\n{words}"));
    }
    if let Some(places) = sources.places.as_ref().filter(|_| !answers.places.is_empty()) {
        let last = answers.places.iter().map(|place| place.row + 1).max().unwrap_or_default();
        let width = last.to_string().len();
        let rows = answers.places.iter().map(|place| place_text(places.aligned(), place, width, columns));
        parts.push(format!("Rows\n{}", rows.collect::<String>()));
    }
    parts.join("\n")
}

/// `网络空间 = cyberspace · cyber domain (deprecated)  [preferred]`
fn term_text(line: &TermLine, columns: usize) -> String {
    let best = line.status();
    let mut text = String::new();
    let mut before: Option<&Lang> = None;
    for term in &line.terms {
        if let Some(lang) = before {
            text += if *lang == term.lang { " · " } else { " = " };
        }
        before = Some(&term.lang);
        text += &term.text;
        if term.status != best {
            let _ = write!(text, " ({})", term.status.name());
        }
    }
    let _ = write!(text, "  [{}]", best.name());
    wrapped(&text, "  ", "      ", columns)
}

fn word_text(answer: &WordAnswer, columns: usize) -> String {
    let entry = &answer.entry;
    let traditional =
        if entry.traditional == entry.simplified { String::new() } else { format!(" ({})", entry.traditional) };
    let head = format!("  {}{traditional}  {}\n", entry.simplified, read_pinyin(entry.pinyin));
    head + &wrapped(&read_glosses(entry.glosses), "      ", "      ", columns)
}

fn place_text(aligned: Aligned, place: &Place, width: usize, columns: usize) -> String {
    let mut out = String::new();
    for side in SIDES {
        let text = cell(aligned, place.row, side);
        let number = if side == Side::Source { (place.row + 1).to_string() } else { String::new() };
        let first = format!("  {number:>width$}  ");
        out += &wrapped(if text.is_empty() { "—" } else { &text }, &first, &" ".repeat(first.width()), columns);
    }
    out
}

fn cell(aligned: Aligned, row: usize, side: Side) -> String {
    let segments = aligned.rows().get(row).map_or(0..0, |row| side.of(&row.bead).clone());
    aligned.document(side).shown(segments).text.replace('\n', " ")
}

fn wrapped(text: &str, first: &str, others: &str, columns: usize) -> String {
    let options = textwrap::Options::new(columns).initial_indent(first).subsequent_indent(others);
    textwrap::fill(text, options) + "\n"
}

/// What goes out as JSON; the version grows when a field changes its meaning.
#[derive(Serialize)]
struct Record<'a> {
    version: u32,
    query: &'a str,
    terms: Vec<LineRecord<'a>>,
    words: Vec<WordRecord<'a>>,
    places: Vec<PlaceRecord>,
}

#[derive(Serialize)]
struct LineRecord<'a> {
    fit: &'static str,
    terms: Vec<TermRecord<'a>>,
}

#[derive(Serialize)]
struct TermRecord<'a> {
    lang: &'a str,
    term: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct WordRecord<'a> {
    fit: &'static str,
    simplified: &'a str,
    traditional: &'a str,
    pinyin: String,
    glosses: Vec<&'a str>,
}

#[derive(Serialize)]
struct PlaceRecord {
    fit: &'static str,
    row: usize,
    side: &'static str,
    source: String,
    target: String,
}

fn json<'a>(query: &'a Query, sources: &'a LookupSources, answers: &'a Answers) -> anyhow::Result<String> {
    let terms = answers.terms.iter().map(|answer| {
        let terms = sources.terms.lines()[answer.line].terms.iter();
        let record =
            |term: &'a LineTerm| TermRecord { lang: term.lang.tag(), term: &term.text, status: term.status.name() };
        LineRecord { fit: answer.fit.name(), terms: terms.map(record).collect() }
    });
    let words = answers.words.iter().map(|answer| WordRecord {
        fit: answer.fit.name(),
        simplified: answer.entry.simplified,
        traditional: answer.entry.traditional,
        pinyin: read_pinyin(answer.entry.pinyin),
        glosses: answer.entry.glosses.split('/').collect(),
    });
    let place = |places: &Places, place: &Place| PlaceRecord {
        fit: place.fit.name(),
        row: place.row + 1,
        side: if place.side == Side::Source { "source" } else { "target" },
        source: cell(places.aligned(), place.row, Side::Source),
        target: cell(places.aligned(), place.row, Side::Target),
    };
    let places = sources.places.iter().flat_map(|places| answers.places.iter().map(move |at| place(places, at)));
    let record = Record {
        version: 1,
        query: query.text(),
        terms: terms.collect(),
        words: words.collect(),
        places: places.collect(),
    };
    Ok(serde_json::to_string_pretty(&record)? + "\n")
}
