//! Checks how consistent two texts are and prints what was found.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::{CheckArgs, ReportFormat};
use super::output::{emit_as_written, keep_inputs, warn, warn_all};
use super::terms::{groups, merged};
use super::{progress, report as report_error};
use crate::bitext::Bitext;
use crate::consistency::Decisions;
use crate::lang::Language;
use crate::project::{
    Warned, check, check_term_base, check_warning, open_alignment, read_decisions, read_jobs, report, verdicts,
};
use crate::termbase::{TermBase, merge};

/// What the texts are held to.
struct Rules {
    base: TermBase,
    accepted: Decisions,
}

/// Checks two files, or several pairs; 0 where nothing was found, 1 where something was.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let columns = args.report.table.of(&args.files, &args.terms)?[1];
    let base = merged(&args.terms, &args.report.langs, columns)?.unwrap_or_default();
    let rules = Rules { base, accepted: accepted(&args.accepted)? };
    let found = match &args.pairs {
        Some(pairs) => several(args, &rules, pairs)?,
        None => one(args, &rules, &args.files, args.report.output.as_deref())?,
    };
    Ok(if found { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn accepted(paths: &[PathBuf]) -> anyhow::Result<Decisions> {
    let mut out = Decisions::default();
    for path in paths {
        out.append(read_decisions(path)?);
    }
    Ok(out)
}

/// Goes on after a pair that fails, and says so in the end.
fn several(args: &CheckArgs, rules: &Rules, pairs: &Path) -> anyhow::Result<bool> {
    let jobs = read_jobs(pairs)?;
    let (mut failed, mut found) = (0, false);
    for job in &jobs {
        match one(args, rules, &[job.source.clone(), job.target.clone()], Some(&job.output)) {
            Ok(some) => found |= some,
            Err(error) => {
                report_error(&error.context(format!("{}, line {}", pairs.display(), job.line)));
                failed += 1;
            }
        }
    }
    anyhow::ensure!(failed == 0, "{failed} of {} pairs were not checked", jobs.len());
    Ok(found)
}

/// Whether anything was found in one text and its translation, or in several that are read as one; a project brings what
/// was decided in it.
fn one(args: &CheckArgs, rules: &Rules, files: &[PathBuf], output: Option<&Path>) -> anyhow::Result<bool> {
    for inputs in [files, &args.terms, &args.accepted] {
        keep_inputs(output, inputs)?;
    }
    let (ctl, line) = progress::line();
    let (mut bitexts, mut warnings) = (Vec::new(), Vec::new());
    let (mut base, mut accepted) = (rules.base.clone(), rules.accepted.clone());
    let groups = groups(files);
    let options = args.report.langs.options(args.report.segmented, args.report.table.of(files, &args.terms)?[0]);
    for group in &groups {
        let Warned { output: alignment, warnings: more } = open_alignment(&ctl, group, &options)?;
        if !alignment.work().terms().concepts.is_empty() {
            base = merge(&base, alignment.work().terms()).base;
        }
        if groups.len() == 1 {
            // Of several texts the rows are others.
            accepted.append(verdicts(alignment.aligned()));
        }
        bitexts.push(alignment.aligned().bitext());
        warnings.extend(more);
        warnings.extend(bitexts.last().and_then(check_warning));
    }
    let bitext = together(&bitexts)?;
    if let Some(first) = args.terms.first() {
        check_term_base(first, &rules.base, &bitext)?;
    }
    let findings = check(&ctl, &bitext, &base, &accepted)?;
    drop(line);
    warn_all(&warnings);
    let report = report(&bitext, &findings);
    emit_as_written(output, |to| match args.report.format {
        ReportFormat::Text => report.write_text(to),
        ReportFormat::Json => report.write_json(to),
        ReportFormat::Tsv => report.write_tsv(to),
    })?;
    Ok(!findings.is_empty())
}

/// Several texts as one; where each begins is said.
fn together(bitexts: &[Bitext]) -> anyhow::Result<Bitext> {
    let languages = |bitext: &Bitext| [bitext.source.lang.language(), bitext.target.lang.language()];
    if let Some(other) = bitexts.iter().find(|bitext| languages(bitext) != languages(&bitexts[0])) {
        let [source, target] = languages(&bitexts[0]).map(Language::name);
        anyhow::bail!(
            "{} and {} are in other languages than the first two texts, which are in {source} and {target}; check them by themselves",
            other.source.name,
            other.target.name
        );
    }
    let mut row = 1;
    for bitext in bitexts.iter().filter(|_| bitexts.len() > 1) {
        warn(&format!("duizhao: {} ⇄ {} begins at row {row}", bitext.source.name, bitext.target.name));
        row += bitext.beads.len();
    }
    Bitext::joined(bitexts).context("give a text and its translation, a project, or a file of aligned pairs")
}
