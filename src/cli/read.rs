//! The terminal reader: two columns, one row a bead.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::args::ReadArgs;
use super::output::{emit, warn_all};
use super::{progress, visible};
use crate::bitext::{Bitext, Document};
use crate::lang::Language;
use crate::project::{AlignOptions, align, bundled, bundled_title, is_project, kept, open_pair};

/// Columns where the terminal does not say.
const WIDTH: usize = 100;
/// The gutter with type and score.
const GUTTER: usize = 10;

/// Prints the bundled statement, or two files, side by side.
pub(super) fn run(args: &ReadArgs) -> anyhow::Result<()> {
    let (title, (source, target)) = match args.files.as_slice() {
        [] => (bundled_title(Language::English), bundled()),
        [only] if is_project(only) => {
            return emit(None, &page(&only.display().to_string(), &kept(only)?.open.aligned().bitext(), columns()));
        }
        [source, target] => {
            let options = args.langs.options(false, None);
            let opened = open_pair(source, target, &options)?;
            warn_all(&opened.warnings);
            (format!("{} ⇄ {}", opened.output.0.name, opened.output.1.name), opened.output)
        }
        [only, ..] => anyhow::bail!("{} needs a second file, its translation", only.display()),
    };
    let (ctl, line) = progress::line();
    let bitext = align(&ctl, source, target, &AlignOptions::default())?;
    drop(line);
    emit(None, &page(&title, &bitext, columns()))
}

pub(super) fn columns() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH);
    columns.clamp(40, 160)
}

fn page(title: &str, bitext: &Bitext, columns: usize) -> String {
    let mut out = format!("{}\n", visible::line(title));
    for note in bitext.notes() {
        let _ = writeln!(out, "{}", visible::line(note));
    }
    let width = (columns - GUTTER - 4) / 2;
    for bead in &bitext.beads {
        out.push('\n');
        let head = format!("{} {:>3.0} %", bead.kind(), bead.score * 100.0);
        let source = cell(&bitext.source, bead.source.clone(), width);
        let target = cell(&bitext.target, bead.target.clone(), width);
        for line in 0..source.len().max(target.len()) {
            let gutter = if line == 0 { head.as_str() } else { "" };
            let left = source.get(line).map_or("", String::as_str);
            let right = target.get(line).map_or("", String::as_str);
            let pad = " ".repeat(width.saturating_sub(left.width()) + 2);
            let row = format!("{gutter:GUTTER$}  {left}{pad}{right}");
            let _ = writeln!(out, "{}", row.trim_end());
        }
    }
    out
}

fn cell(document: &Document, range: std::ops::Range<usize>, width: usize) -> Vec<String> {
    if range.is_empty() {
        return vec!["—".to_owned()];
    }
    let joined = document.shown(range).text;
    let joined = visible::content(&joined);
    textwrap::wrap(&joined, width).into_iter().map(std::borrow::Cow::into_owned).collect()
}
