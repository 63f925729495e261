//! What Bertalign prints by `print_sents` (github.com/bfsujason/bertalign): the source line, the target line, a blank
//! line, for every pair; an omitted side is an empty line. Its links are read by [`super::links`].

use std::io::BufRead;

use super::{Aligned, Error, Reading, RowsForm, Wishes};
use crate::exchange::form::About;
use crate::exchange::lines::lines;
use crate::notice::notice;

pub(super) static FORM: RowsForm = RowsForm {
    about: About {
        code: "bertalign",
        endings: &[],
        name: ["What Bertalign prints", "Bertalign 的输出"],
        hint: "",
        programs: &["Bertalign"],
    },
    holds: &[],
    write: None,
    read: Some(Reading::Texts { looks: |_| false, read }),
};

/// The last of the lines about its work, which stand before the pairs where the whole output was kept.
const FINISHED: &str = "Finished! Successfully aligning ";

/// Reads pairs of lines, each pair followed by a blank line.
fn read(input: &mut dyn BufRead, _: &Wishes<'_>) -> Result<Aligned, Error> {
    let lines: Vec<(usize, String)> = lines(input).collect::<Result<_, _>>()?;
    let end = lines.iter().rposition(|(_, line)| !line.trim().is_empty()).map_or(0, |last| last + 1);
    // A blank line follows the lines about its work.
    let begin = lines.iter().position(|(_, line)| line.starts_with(FINISHED)).map_or(0, |last| (last + 2).min(end));
    let mut out = Aligned::default();
    for three in lines.get(begin..end).unwrap_or_default().chunks(3) {
        let text = |at: usize| three.get(at).map_or("", |(_, line)| line.as_str());
        if let Some((line, _)) = three.get(2).filter(|(_, line)| !line.trim().is_empty()) {
            let problem = notice!(
                "expected a blank line here: a source line, a target line and a blank line for each pair, as \
                           Bertalign prints them"
            );
            return Err(Error::Line { line: *line, problem });
        }
        out.push_pair(three.first().map_or(1, |(line, _)| *line), text(0), text(1), None, false);
    }
    out.checked("a source line, a target line and a blank line for each pair")
}
