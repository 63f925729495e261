//! Texts aligned by hand: reading them, and measuring alignments against them.

use std::path::{Path, PathBuf};

use super::Error;
use super::aligned::located_error;
use super::files::{listed, read};
use crate::align::eval::{Counts, Link, Measure};
use crate::bitext::{Bitext, Document, Segment};
use crate::exchange::rows;
use crate::import;
use crate::lang::{Lang, Language};
use crate::notice::notice;
use crate::segment;
use crate::text::Text;

/// Compares beads with gold: two files, or two folders of `NAME.gold` and `NAME.links`. A missing `NAME.links` counts as
/// nothing found.
///
/// # Errors
/// When a file cannot be read or is not of its form, or a folder holds no gold.
pub fn compare(gold: &Path, found: &Path) -> Result<Vec<(String, Counts)>, Error> {
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !gold.is_dir() {
        return Ok(vec![(name(gold), Counts::of(&links(gold)?, &links(found)?))]);
    }
    let files: Vec<PathBuf> = listed(gold)?.into_iter().filter(|path| has_ending(path, "gold")).collect();
    if files.is_empty() {
        let reason = notice!("there is no NAME.gold in this folder");
        return Err(Error::Read { path: gold.to_owned(), reason });
    }
    let compared = files.iter().map(|path| {
        let other = found.join(path.with_extension("links").file_name().unwrap_or_default());
        let beads = if other.exists() { links(&other)? } else { Vec::new() };
        Ok((name(path), Counts::of(&links(path)?, &beads)))
    });
    compared.collect()
}

pub(super) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
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

/// A side cut by hand.
pub(super) fn cut_side(stem: &Path, language: Language) -> Result<Document, Error> {
    let path = stem.with_extension(language.code());
    let cut = cut(path.display().to_string(), language, &read(&path)?);
    cut.map_err(|problem| Error::Import { path, problem })
}

/// A side cut by hand, with the blocks of its raw text where that is at hand.
pub(super) fn side(stem: &Path, language: Language) -> Result<Document, Error> {
    let mut document = cut_side(stem, language)?;
    let raw_path = stem.with_extension(format!("{}.txt", language.code()));
    if raw_path.exists() {
        let raw = import::read(&read(&raw_path)?, import::Format::Plain);
        let raw = raw.map_err(|problem| Error::Import { path: raw_path, problem })?.output;
        if let Some(segments) = transfer(&document, &raw) {
            document.text = raw;
            document.segments = segments;
        }
    }
    Ok(document)
}

/// A side whose lines are its segments.
pub(super) fn cut(name: String, language: Language, lines: &[u8]) -> Result<Document, import::Error> {
    let text = import::read_lines(lines)?.output;
    let segments = segment::one_per_block(&text);
    Ok(Document::new(name, Lang::of(language), text, segments))
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
        segments.push(Segment { id: segments.len() as u64, span: start..end, block });
    }
    chars.next().is_none().then_some(segments)
}

/// Reads beads, one a line: `[0, 1]:[0]`, anything after a further colon ignored.
pub(super) fn links(path: &Path) -> Result<Vec<Link>, Error> {
    let bytes = read(path)?;
    let content = import::decode(&bytes).map_err(|problem| Error::Import { path: path.to_owned(), problem })?.content;
    let links = rows::links::read(&mut content.as_bytes()).map_err(|problem| located_error(path, problem))?;
    Ok(links.into_iter().map(|link| (link.source, link.target)).collect())
}
