//! Prints the rows that a person should look at, those first that are most likely wrong.

use super::args::{DoubtsArgs, ReportFormat};
use super::output::{emit_as_written, keep_inputs, warn_all};
use super::progress;
use crate::project::{doubts, doubts_report, open_alignment};

/// Looks at the rows of a text and its translation.
pub(super) fn run(args: &DoubtsArgs) -> anyhow::Result<()> {
    let output = args.report.output.as_deref();
    keep_inputs(output, &args.files)?;
    let (ctl, line) = progress::line();
    let options = args.report.langs.options(args.report.segmented, args.report.table.of(&args.files, &[])?[0]);
    let opened = open_alignment(&ctl, &args.files, &options)?;
    let aligned = opened.output.aligned();
    let found = doubts(&ctl, aligned)?;
    drop(line);
    warn_all(&opened.warnings);
    let report = doubts_report(aligned, &found, args.all);
    emit_as_written(output, |to| match args.report.format {
        ReportFormat::Text => report.write_text(to),
        ReportFormat::Json => report.write_json(to),
        ReportFormat::Tsv => report.write_tsv(to),
    })
}
