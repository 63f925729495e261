//! Terms: extracted from texts or pairs, or read from a term base; out in any form.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::args::{LangArgs, TermsArgs, TermsFormat};
use super::output::{emit_as_written, file, keep_inputs, warn, warn_all};
use super::progress;
use crate::project::{
    Columns, GlossaryFile, Options, OutgoingTerms, TermsForm, Warned, check_glossary, glossary_of_all,
    glossary_of_pairs, is_aligned_form, is_project, open_alignment, read_pairs, read_term_base, term_base_of_pairs,
};
use crate::termbase::{TermBase, merge};

/// What comes out.
enum Terms {
    /// Pairs with scores.
    Ranked(GlossaryFile),
    /// Concepts.
    Base(TermBase),
}

/// Builds or reads a glossary and writes it.
pub(super) fn run(args: &TermsArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), &args.files)?;
    keep_inputs(args.output.as_deref(), &args.from)?;
    let whole = TermsForm::of_code("termbase").map_or(TermsFormat::Json, TermsFormat::Base);
    let format = args.format.unwrap_or(if args.files.is_empty() { whole } else { TermsFormat::Tsv });
    let form = format.of_term_base();
    anyhow::ensure!(
        form.is_some() || !args.files.is_empty(),
        "tsv and json rank what is extracted from texts; for a term base that is read choose termbase, tbx, omegat or another form"
    );
    let [of_files, of_bases] = args.table.of(&args.files, &args.from)?;
    let base = merged(&args.from, &args.langs, of_bases)?;
    let terms = match (args.files.as_slice(), base) {
        ([], base) => Terms::Base(base.context("give a text and its translation, or a file of aligned pairs")?),
        ([pairs], None) if is_table(pairs) => from_pairs(pairs, &args.langs.options(false, of_files), form.is_some())?,
        (files, base) => {
            let options = args.langs.options(false, of_files);
            from_texts(&options, files, base.unwrap_or_default(), form.is_some())?
        }
    };
    let output = args.output.as_deref();
    match (terms, form) {
        (Terms::Base(base), Some(form)) => write_base(args, &base, form),
        (Terms::Ranked(glossary), _) => emit_as_written(output, |to| match format {
            TermsFormat::Json => glossary.write_json(to),
            _ => glossary.write_tsv(to),
        }),
        (Terms::Base(_), None) => anyhow::bail!("this form is for extracted terms only"),
    }
}

fn write_base(args: &TermsArgs, base: &TermBase, form: &'static TermsForm) -> anyhow::Result<()> {
    let langs = [args.langs.source_lang.as_ref(), args.langs.target_lang.as_ref()];
    let outgoing = OutgoingTerms::new(base, form, langs)?;
    let output = args.output.as_deref();
    let ending = file(output).and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    if form.about.code == "omegat" && matches!(ending.as_deref(), Some("txt" | "tab")) {
        warn("duizhao: OmegaT guesses the encoding of .txt and .tab files; name this one .utf8");
    }
    emit_as_written(output, |to| outgoing.write(to))
}

/// The first, with the others merged into it; none without any.
pub(super) fn merged(
    paths: &[PathBuf],
    langs: &LangArgs,
    columns: Option<&Columns>,
) -> anyhow::Result<Option<TermBase>> {
    let langs = [langs.source_lang.as_ref(), langs.target_lang.as_ref()];
    let mut base: Option<TermBase> = None;
    for path in paths {
        let read = read_term_base(path, langs, columns)?;
        warn_all(&read.warnings);
        base = Some(match base {
            None => read.output,
            Some(base) => {
                let report = merge(&base, &read.output);
                for line in report.tell() {
                    warn(&format!("duizhao: {}: {line}", path.display()));
                }
                report.base
            }
        });
    }
    Ok(base)
}

fn from_pairs(path: &Path, options: &Options, as_base: bool) -> anyhow::Result<Terms> {
    let Warned { output: pairs, warnings } = read_pairs(path, options)?;
    warn_all(&warnings);
    if let Some(first) = pairs.skipped.first() {
        warn(&format!(
            "duizhao: warning: {}: {} lines without two filled cells were skipped, the first is line {first}",
            path.display(),
            pairs.skipped.len()
        ));
    }
    let (ctl, _line) = progress::line();
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(if as_base {
        Terms::Base(term_base_of_pairs(&ctl, &name, &pairs)?)
    } else {
        Terms::Ranked(glossary_of_pairs(&ctl, &name, &pairs)?)
    })
}

/// The terms of all texts together; a project brings what was decided in it.
fn from_texts(options: &Options, files: &[PathBuf], mut base: TermBase, as_base: bool) -> anyhow::Result<Terms> {
    let (ctl, _line) = progress::line();
    let mut bitexts = Vec::new();
    for group in groups(files) {
        let Warned { output: alignment, warnings } = open_alignment(&ctl, group, options)?;
        warn_all(&warnings);
        let bitext = alignment.aligned().bitext();
        check_glossary(&bitext.source, &bitext.target)?;
        if !alignment.work().terms().concepts.is_empty() {
            base = merge(&base, alignment.work().terms()).base;
        }
        bitexts.push(bitext);
    }
    let found = glossary_of_all(&ctl, &bitexts, &base)?;
    Ok(if as_base { Terms::Base(found.term_base(&bitexts, &base)) } else { Terms::Ranked(found.export(&bitexts)) })
}

/// Whether a file is read as a table of pairs, whatever its name, unless that says that it is something else.
fn is_table(path: &Path) -> bool {
    let tsv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
    tsv || !(is_project(path) || is_aligned_form(&[path]))
}

/// The files that belong together: a project or a file of aligned pairs by itself, links with the two texts they link,
/// else two texts.
pub(super) fn groups(files: &[PathBuf]) -> Vec<&[PathBuf]> {
    let mut out = Vec::new();
    let mut rest = files;
    while let Some(first) = rest.first() {
        let count = match rest {
            _ if is_project(first) || is_aligned_form(&[first]) => 1,
            [one, two, three, ..] if is_aligned_form(&[one, two, three]) => 3,
            _ => rest.len().min(2),
        };
        let (group, after) = rest.split_at(count);
        out.push(group);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_in_groups() {
        let files: Vec<PathBuf> =
            ["a.zh", "a.en", "b.duizhao", "c.tsv", "d.zh", "d.en", "d.links", "e.zh"].map(PathBuf::from).to_vec();
        let sizes: Vec<usize> = groups(&files).into_iter().map(<[PathBuf]>::len).collect();
        assert_eq!(sizes, [2, 1, 1, 3, 1]);
    }
}
