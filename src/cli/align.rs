use super::args::{AlignArgs, AlignFormat};
use super::output::{emit_exported, keep_inputs, warn, warn_all};
use super::progress;
use crate::exchange::beads::{Format, export, notes};
use crate::project::{align, open_pair};

/// Aligns two files.
pub(super) fn run(args: &AlignArgs) -> anyhow::Result<()> {
    keep_inputs(args.output.as_deref(), &[args.source.clone(), args.target.clone()])?;
    let options = args.langs.options(args.segmented);
    let opened = open_pair(&args.source, &args.target, &options)?;
    warn_all(&opened.warnings);
    let (source, target) = opened.output;
    let (ctl, line) = progress::line();
    let bitext = align(&ctl, source, target)?;
    drop(line);
    let format = match args.format {
        AlignFormat::Links => Format::Links,
        AlignFormat::Jsonl => Format::Jsonl,
        AlignFormat::Tsv => Format::Tsv,
        AlignFormat::Html => Format::Html,
    };
    if format == Format::Links {
        // The other forms carry the notes themselves.
        for note in notes(&bitext) {
            warn(&format!("duizhao: note: {note}"));
        }
    }
    emit_exported(args.output.as_deref(), &export(&bitext, format))
}
