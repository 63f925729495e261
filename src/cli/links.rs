use super::args::LinksArgs;
use super::output::{emit, keep_inputs};
use super::progress;
use crate::project::{Evidence, links};

/// Prints one line of links for each pair of lines.
pub(super) fn run(args: &LinksArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), &args.files)?;
    let [source, target] = args.files.as_slice() else { anyhow::bail!("give two files, a text and its translation") };
    let (ctl, line) = progress::line();
    let evidence = if args.fast { Evidence::Fast } else { Evidence::Full };
    let found = links(&ctl, source, target, evidence)?;
    drop(line);
    let mut content = String::new();
    for links in found {
        let shown: Vec<String> = links.iter().map(|link| format!("{}-{}", link.source, link.target)).collect();
        content.push_str(&shown.join(" "));
        content.push('\n');
    }
    emit(args.output.as_deref(), &content)
}
