use super::args::SegmentArgs;
use super::output::{emit, keep_inputs, warn_all};
use crate::bitext::Document;
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
        content.push_str(&unwrapped(segment(&document.output, at), language));
        content.push('\n');
    }
    emit(args.output.as_deref(), &content)
}

/// Segment `at` with the marks of its format on its own lines, but without what is no text of it: the definitions of links.
fn segment(document: &Document, at: usize) -> &str {
    let (text, segment) = (document.text.as_str(), &document.segments[at]);
    let content = &document.text.blocks()[segment.block].content;
    let line = text[..content.start].rfind('\n').map_or(0, |end| end + 1);
    &text[segment.span.start.max(line)..segment.span.end.min(content.end)]
}
