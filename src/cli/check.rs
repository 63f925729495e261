//! Checks how consistent two texts are and prints what was found.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{CheckArgs, CheckFormat};
use super::output::{emit, emit_exported, keep_inputs, warn_all};
use super::terms::merged;
use super::{progress, report as report_error};
use crate::consistency::Decisions;
use crate::project::{check, check_term_base, open_checked, read_decisions, read_jobs, report};
use crate::termbase::TermBase;

/// What the texts are held to.
struct Rules {
    base: TermBase,
    accepted: Decisions,
}

/// Checks two files, or several pairs; 0 where nothing was found, 1 where something was.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let rules =
        Rules { base: merged(&args.terms, &args.langs)?.unwrap_or_default(), accepted: accepted(&args.accepted)? };
    let found = match &args.pairs {
        Some(pairs) => several(args, &rules, pairs)?,
        None => one(args, &rules, &args.files, args.output.as_deref())?,
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

/// Whether anything was found in one pair.
fn one(args: &CheckArgs, rules: &Rules, files: &[PathBuf], output: Option<&Path>) -> anyhow::Result<bool> {
    for inputs in [files, &args.terms, &args.accepted] {
        keep_inputs(output, inputs)?;
    }
    let (ctl, line) = progress::line();
    let opened = open_checked(&ctl, files, &args.langs.options(args.segmented))?;
    let bitext = opened.output;
    if let Some(first) = args.terms.first() {
        check_term_base(first, &rules.base, &bitext)?;
    }
    let findings = check(&ctl, &bitext, &rules.base, &rules.accepted)?;
    drop(line);
    warn_all(&opened.warnings);
    let report = report(&bitext, &findings);
    match args.format {
        CheckFormat::Text => emit(output, &report.to_text())?,
        CheckFormat::Json => emit(output, &report.to_json())?,
        CheckFormat::Tsv => emit_exported(output, &report.to_tsv())?,
    }
    Ok(!findings.is_empty())
}
