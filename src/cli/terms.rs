use std::path::Path;

use super::args::{TermsArgs, TermsFormat};
use super::output::{emit, emit_exported, keep_inputs, warn, warn_all};
use super::progress;
use crate::exchange::glossary::Glossary;
use crate::project::{align, check_glossary, glossary, glossary_of_pairs, open_pair, read_pairs};

/// Builds a glossary from two files, or from one of aligned pairs.
pub(super) fn run(args: &TermsArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), &args.files)?;
    let glossary = match args.files.as_slice() {
        [pairs] => from_pairs(pairs)?,
        [source, target, ..] => from_texts(args, source, target)?,
        [] => anyhow::bail!("give a text and its translation, or a file of aligned pairs"),
    };
    match args.format {
        TermsFormat::Tsv => emit_exported(args.output.as_deref(), &glossary.to_tsv()),
        TermsFormat::Json => emit(args.output.as_deref(), &glossary.to_json()),
    }
}

fn from_pairs(path: &Path) -> anyhow::Result<Glossary> {
    let pairs = read_pairs(path)?;
    if let Some(first) = pairs.skipped.first() {
        warn(&format!(
            "duizhao: warning: {}: {} lines without two filled cells were skipped, the first is line {first}",
            path.display(),
            pairs.skipped.len()
        ));
    }
    let (ctl, _line) = progress::line();
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(glossary_of_pairs(&ctl, &name, &pairs)?)
}

fn from_texts(args: &TermsArgs, source: &Path, target: &Path) -> anyhow::Result<Glossary> {
    let options = args.langs.options(false);
    let opened = open_pair(source, target, &options)?;
    warn_all(&opened.warnings);
    let (source, target) = opened.output;
    check_glossary(&source, &target)?;
    let (ctl, _line) = progress::line();
    let bitext = align(&ctl, source, target)?;
    Ok(glossary(&ctl, &bitext)?.export(&bitext))
}
