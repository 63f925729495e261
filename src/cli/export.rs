use super::args::ExportArgs;
use super::output::{emit_as_written, keep_inputs};
use crate::project::{Which, kept, selected};

/// Writes the rows of a project.
pub(super) fn run(args: &ExportArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), std::slice::from_ref(&args.project))?;
    let contents = kept(&args.project)?;
    let which = if args.confirmed { Which::Confirmed } else { Which::All };
    let rows = selected(contents.open.aligned(), &which);
    emit_as_written(args.output.as_deref(), |to| args.format.write(&rows, to))
}
