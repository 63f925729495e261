//! Texts aligned by hand: measuring the aligner against them, and fitting it to them.

use std::path::Path;

use super::Error;
use super::files::read;
use crate::align::eval::{Counts, Link, Measure};
use crate::align::train::{self, Config, Example, Prepared};
use crate::align::{self, Model};
use crate::bitext::{Bead, Bitext, Document, Segment};
use crate::import;
use crate::lang::{Lang, Language};
use crate::segment;
use crate::task::Ctl;
use crate::text::Text;

/// One line of a report.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The example, or `all`.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
    /// Scores of the beads with whether each is strictly right.
    pub judged: Vec<(f32, bool)>,
}

/// Aligns every example of gold folders as cut there and compares with gold.
///
/// # Errors
/// When a folder or file cannot be read or is not of its form.
pub fn evaluate(ctl: &Ctl, folders: &[impl AsRef<Path>], model: &Model) -> Result<Vec<Scored>, Error> {
    let mut out = Vec::new();
    for example in examples(folders)? {
        let beads = align::align(ctl, &example.chinese, &example.english, model)?;
        out.push(judge(&example, &beads));
    }
    Ok(out)
}

/// Cuts and aligns two documents and compares with gold sentences and beads: a bead is right when it covers the same
/// characters, white space aside. Strict precision, recall and F1.
///
/// # Errors
/// When the gold files cannot be read or hold another text.
pub fn evaluate_text(stem: &Path, bitext: &Bitext) -> Result<Measure, Error> {
    let gold = links(&stem.with_extension("gold"))?;
    let (chinese, english) = (side(stem, Language::Chinese)?, side(stem, Language::English)?);
    let raw = |document: &Document, at: usize| visible(document.raw(at));
    let wanted: Vec<(usize, usize)> = gold
        .iter()
        .map(|(zh, en)| (zh.iter().map(|&at| raw(&chinese, at)).sum(), en.iter().map(|&at| raw(&english, at)).sum()))
        .collect();
    let found: Vec<(usize, usize)> = bitext
        .beads
        .iter()
        .map(|bead| {
            let source = visible(bitext.source.raw_range(bead.source.clone()));
            (source, visible(bitext.target.raw_range(bead.target.clone())))
        })
        .collect();
    Ok(Counts::of(&intervals(&wanted), &intervals(&found)).strict())
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Beads as pairs of intervals of characters, in the form of links.
fn intervals(lengths: &[(usize, usize)]) -> Vec<Link> {
    let mut at = (0, 0);
    let interval = |from: usize, length: usize| if length == 0 { Vec::new() } else { vec![from, from + length] };
    lengths
        .iter()
        .map(|&(zh, en)| {
            let link = (interval(at.0, zh), interval(at.1, en));
            at = (at.0 + zh, at.1 + en);
            link
        })
        .collect()
}

fn judge(example: &Example, beads: &[Bead]) -> Scored {
    let found: Vec<Link> = beads.iter().map(|b| (b.source.clone().collect(), b.target.clone().collect())).collect();
    let judged = beads.iter().zip(&found).map(|(bead, link)| (bead.score, example.gold.contains(link))).collect();
    Scored { name: example.name.clone(), counts: Counts::of(&example.gold, &found), judged }
}

/// Fits weights to gold folders; with `cross` also measures each example under weights fitted to the others.
///
/// # Errors
/// As [`evaluate`].
pub fn train(
    ctl: &Ctl,
    folders: &[impl AsRef<Path>],
    config: Config,
    cross: bool,
    made: &str,
) -> Result<(Model, Vec<Scored>), Error> {
    let examples = examples(folders)?;
    let mut model = Model::embedded().clone();
    let mut scored = Vec::new();
    for round in 0..2 {
        let prepared: Vec<Prepared> =
            examples.iter().map(|example| train::prepare(ctl, example, &model)).collect::<Result<_, _>>()?;
        if cross && round == 1 {
            for (left_out, example) in examples.iter().enumerate() {
                let others: Vec<&Prepared> =
                    prepared.iter().enumerate().filter(|&(at, _)| at != left_out).map(|(_, p)| p).collect();
                let fitted = Model::new(String::new(), train::fit(ctl, &others, config)?);
                scored.push(judge(example, &prepared[left_out].best(&fitted)));
            }
        }
        let all: Vec<&Prepared> = prepared.iter().collect();
        model = Model::new(made.to_owned(), train::fit(ctl, &all, config)?);
    }
    Ok((model, scored))
}

/// The examples of folders: `NAME.zh`, `NAME.en`, `NAME.gold`, and `NAME.zh.txt`, `NAME.en.txt` where they exist.
fn examples(folders: &[impl AsRef<Path>]) -> Result<Vec<Example>, Error> {
    let mut out = Vec::new();
    for folder in folders {
        let folder = folder.as_ref();
        let list = std::fs::read_dir(folder)
            .map_err(|error| Error::Read { path: folder.to_owned(), reason: error.to_string() })?;
        let mut stems: Vec<_> = list
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "gold"))
            .map(|path| path.with_extension(""))
            .collect();
        stems.sort();
        let genre = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        for stem in stems {
            let name = stem.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let gold = links(&stem.with_extension("gold"))?;
            let chinese = side(&stem, Language::Chinese)?;
            let english = side(&stem, Language::English)?;
            out.push(Example { name: format!("{genre}/{name}"), chinese, english, gold });
        }
    }
    Ok(out)
}

/// A side cut by hand, with the blocks of its raw text where that is at hand.
fn side(stem: &Path, language: Language) -> Result<Document, Error> {
    let path = stem.with_extension(language.code());
    let import = |problem| Error::Import { path: path.clone(), problem };
    let lines = import::read_lines(&read(&path)?).map_err(import)?.output;
    let mut document = Document {
        name: path.display().to_string(),
        lang: Lang::of(language),
        note: None,
        segments: segment::one_per_block(&lines),
        text: lines,
    };
    let raw_path = stem.with_extension(format!("{}.txt", language.code()));
    if raw_path.exists() {
        let raw = import::read(&read(&raw_path)?, import::Format::Plain).map_err(import)?.output;
        if let Some(segments) = transfer(&document, &raw) {
            document.text = raw;
            document.segments = segments;
        }
    }
    Ok(document)
}

/// Cuts the raw text where the lines of `cut` end; `None` where the two differ in more than white space.
fn transfer(cut: &Document, raw: &Text) -> Option<Vec<Segment>> {
    let mut chars = raw.as_str().char_indices().filter(|(_, c)| !c.is_whitespace()).peekable();
    let mut segments: Vec<Segment> = Vec::new();
    for at in 0..cut.segments.len() {
        for want in cut.raw(at).chars().filter(|c| !c.is_whitespace()) {
            if chars.next()?.1 != want {
                return None;
            }
        }
        let start = segments.last().map_or(0, |before| before.span.end);
        let end = chars.peek().map_or(raw.as_str().len(), |&(at, _)| at);
        let block = raw.blocks().iter().position(|block| start < block.span.end)?;
        segments.push(Segment { span: start..end, block });
    }
    chars.next().is_none().then_some(segments)
}

/// Reads beads, one a line: `[0, 1]:[0]`, anything after a further colon ignored.
fn links(path: &Path) -> Result<Vec<Link>, Error> {
    let bytes = read(path)?;
    let content = import::decode(&bytes).map_err(|problem| Error::Import { path: path.to_owned(), problem })?.content;
    let mut out = Vec::new();
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut sides = line.split(':').map(numbers);
        if let (Some(source), Some(target)) = (sides.next().flatten(), sides.next().flatten()) {
            out.push((source, target));
        } else {
            let problem = "expected a bead such as [0, 1]:[0]".to_owned();
            return Err(Error::Line { path: path.to_owned(), line: number + 1, problem });
        }
    }
    Ok(out)
}

fn numbers(side: &str) -> Option<Vec<usize>> {
    let inner = side.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.is_empty() {
        return Some(Vec::new());
    }
    inner.split(',').map(|number| number.trim().parse().ok()).collect()
}
