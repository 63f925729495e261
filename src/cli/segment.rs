use super::args::SegmentArgs;
use super::output::{emit, keep_inputs, warn_all};
use crate::project::load;

/// Prints one segment a line.
pub(super) fn run(args: &SegmentArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), std::slice::from_ref(&args.file))?;
    let document = load(&args.file, args.lang.as_ref())?;
    warn_all(&document.warnings);
    let mut content = String::new();
    for at in 0..document.output.segments.len() {
        let line: Vec<&str> = document.output.raw(at).trim().lines().map(str::trim).collect();
        content.push_str(&line.join(" "));
        content.push('\n');
    }
    emit(args.output.as_deref(), &content)
}
