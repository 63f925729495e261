use super::args::SegmentArgs;
use super::output::{emit, keep_inputs, warn_all};
use crate::project::load;
use crate::text::unwrapped;

/// Prints one segment a line.
pub(super) fn run(args: &SegmentArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), std::slice::from_ref(&args.file))?;
    let document = load(&args.file, args.lang.as_ref())?;
    warn_all(&document.warnings);
    let language = document.output.lang.language();
    let mut content = String::new();
    for at in 0..document.output.segments.len() {
        content.push_str(&unwrapped(document.output.raw(at), language));
        content.push('\n');
    }
    emit(args.output.as_deref(), &content)
}
