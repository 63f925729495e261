//! Terms: extracted from texts or pairs, or read from a term base; out in any form.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::args::{LangArgs, TermsArgs, TermsFormat};
use super::output::{emit, emit_exported, keep_inputs, warn, warn_all};
use super::progress;
use crate::exchange::Exported;
use crate::exchange::glossary::Glossary;
use crate::exchange::pairs::Pairs;
use crate::exchange::terms::{Format, write};
use crate::lang::Lang;
use crate::project::{
    align, check_glossary, glossary, glossary_of_pairs, open_pair, read_pairs, read_term_base, term_base_of_pairs,
};
use crate::termbase::{TermBase, merge};

/// What comes out.
enum Terms {
    /// Pairs with scores.
    Ranked(Glossary),
    /// Concepts.
    Base(TermBase),
}

/// Builds or reads a glossary and writes it.
pub(super) fn run(args: &TermsArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), &args.files)?;
    keep_inputs(args.output.as_deref(), &args.from)?;
    let default = if args.from.is_empty() { TermsFormat::Tsv } else { TermsFormat::Termbase };
    let format = args.format.unwrap_or(default);
    let form = format.of_term_base();
    anyhow::ensure!(
        form.is_some() || args.from.is_empty(),
        "tsv and json rank what is extracted from texts; for a term base that is read choose termbase, tbx, omegat or another form"
    );
    let terms = match args.files.as_slice() {
        _ if !args.from.is_empty() => {
            Terms::Base(merged(&args.from, &args.langs)?.context("give a term base with --from")?)
        }
        [pairs] => from_pairs(pairs, form.is_some())?,
        [source, target, ..] => from_texts(args, source, target, form.is_some())?,
        [] => anyhow::bail!("give a text and its translation, or a file of aligned pairs"),
    };
    let output = args.output.as_deref();
    match (terms, form) {
        (Terms::Base(base), Some(form)) => emit_exported(output, &exported(args, &base, form)?),
        (Terms::Ranked(glossary), _) if format == TermsFormat::Json => emit(output, &glossary.to_json()),
        (Terms::Ranked(glossary), _) => emit_exported(output, &glossary.to_tsv()),
        (Terms::Base(_), None) => anyhow::bail!("this form is for extracted terms only"),
    }
}

fn exported(args: &TermsArgs, base: &TermBase, form: Format) -> anyhow::Result<Exported> {
    let [source, target] =
        [&args.langs.source_lang, &args.langs.target_lang].map(|lang| lang.as_ref().map(Lang::language));
    let exported = write(base, form, [source, target])?;
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    if form == Format::OmegaT && matches!(ending.as_deref(), Some("txt" | "tab")) {
        warn("duizhao: OmegaT guesses the encoding of .txt and .tab files; name this one .utf8");
    }
    Ok(exported)
}

/// The first, with the others merged into it; none without any.
pub(super) fn merged(paths: &[PathBuf], langs: &LangArgs) -> anyhow::Result<Option<TermBase>> {
    let langs = [langs.source_lang.as_ref(), langs.target_lang.as_ref()];
    let mut base: Option<TermBase> = None;
    for path in paths {
        let read = read_term_base(path, langs)?;
        warn_all(&read.warnings);
        base = Some(match base {
            None => read.output,
            Some(base) => {
                let report = merge(&base, &read.output);
                for line in report.lines() {
                    warn(&format!("duizhao: {}: {line}", path.display()));
                }
                report.base
            }
        });
    }
    Ok(base)
}

fn from_pairs(path: &Path, as_base: bool) -> anyhow::Result<Terms> {
    let pairs: Pairs = read_pairs(path)?;
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

fn from_texts(args: &TermsArgs, source: &Path, target: &Path, as_base: bool) -> anyhow::Result<Terms> {
    let options = args.langs.options(false);
    let opened = open_pair(source, target, &options)?;
    warn_all(&opened.warnings);
    let (source, target) = opened.output;
    check_glossary(&source, &target)?;
    let (ctl, _line) = progress::line();
    let bitext = align(&ctl, source, target)?;
    let found = glossary(&ctl, &bitext)?;
    Ok(if as_base { Terms::Base(found.term_base(&bitext)) } else { Terms::Ranked(found.export(&bitext)) })
}
