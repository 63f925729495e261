use std::path::Path;

use anyhow::Context as _;

use super::args::AlignArgs;
use super::output::{emit_as_written, keep_inputs, warn, warn_all};
use super::terms::merged;
use super::{progress, report};
use crate::project::{AlignOptions, RowDetail as Detail, Set, align, check_fast, open_pair, read_jobs};
use crate::termbase::TermBase;

/// Aligns two files, or several pairs.
pub(super) fn run(args: &AlignArgs) -> anyhow::Result<()> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
            .with_context(|| format!("cannot start {threads} threads; give fewer with --threads"))?;
    }
    let terms = merged(&args.terms, &args.langs, args.table.of(&[], &args.terms)?[1])?.unwrap_or_default();
    match (args.files.as_slice(), &args.pairs) {
        (_, Some(pairs)) => several(args, &terms, pairs),
        ([source, target, ..], None) => one(args, &terms, source, target, args.output.as_deref()),
        _ => anyhow::bail!("give a text and its translation, or --pairs with a file that lists some"),
    }
}

/// Goes on after a pair that fails, and says so in the end.
fn several(args: &AlignArgs, terms: &TermBase, pairs: &Path) -> anyhow::Result<()> {
    let jobs = read_jobs(pairs)?;
    let mut failed = 0;
    for job in &jobs {
        if let Err(error) = one(args, terms, &job.source, &job.target, Some(&job.output)) {
            report(&error.context(format!("{}, line {}", pairs.display(), job.line)));
            failed += 1;
        }
    }
    anyhow::ensure!(failed == 0, "{failed} of {} pairs were not aligned", jobs.len());
    Ok(())
}

fn one(args: &AlignArgs, terms: &TermBase, source: &Path, target: &Path, output: Option<&Path>) -> anyhow::Result<()> {
    keep_inputs(output, &[source.to_owned(), target.to_owned()])?;
    keep_inputs(output, &args.terms)?;
    let options = args.langs.options(args.segmented, None);
    let opened = open_pair(source, target, &options)?;
    warn_all(&opened.warnings);
    let (source, target) = opened.output;
    let (ctl, line) = progress::line();
    let set = if args.fast { Set::Fast } else { Set::Full };
    if args.fast {
        check_fast(&source, &target)?;
    }
    let bitext = align(&ctl, source, target, &AlignOptions { set, terms: Some(terms) })?;
    drop(line);
    if !args.format.holds.contains(&Detail::TextNote) {
        for note in bitext.notes() {
            warn(&format!("duizhao: note: {note}"));
        }
    }
    emit_as_written(output, |to| args.format.write(&(&bitext).into(), to))
}
