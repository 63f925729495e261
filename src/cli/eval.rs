use std::fmt::Write as _;

use super::args::EvalArgs;
use super::output::emit;
use crate::project::{Counts, compare};

/// Compares alignments with gold.
pub(super) fn run(args: &EvalArgs) -> anyhow::Result<()> {
    let compared = compare(&args.gold, &args.hyp)?;
    let mut out = String::new();
    let mut all = Counts::default();
    for (name, counts) in &compared {
        all.add(*counts);
        if args.verbose {
            let _ = writeln!(out, "{name:16} {}", figures(counts));
        }
    }
    emit(None, &format!("{out}{}\n", figures(&all)))
}

fn figures(counts: &Counts) -> String {
    let (strict, lax) = (counts.strict(), counts.lax());
    format!(
        "strict P {:.4} R {:.4} F1 {:.4} | lax P {:.4} R {:.4} F1 {:.4}",
        strict.precision, strict.recall, strict.f1, lax.precision, lax.recall, lax.f1
    )
}
