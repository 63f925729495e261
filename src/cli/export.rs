use super::args::ExportArgs;
use super::output::{emit_exported, keep_inputs};
use crate::project::{RowsFormat, Which, export_rows, kept};

/// Writes the rows of a project.
pub(super) fn run(args: &ExportArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), std::slice::from_ref(&args.project))?;
    let contents = kept(&args.project)?;
    let which = if args.confirmed { Which::Confirmed } else { Which::All };
    let exported = export_rows(contents.open.aligned(), &which, RowsFormat::from(args.format));
    emit_exported(args.output.as_deref(), &exported)
}
