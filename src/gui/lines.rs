//! Chinese lines do not end with an opening mark: egui knows which marks may not begin a line, not which may not end
//! one. Where a line would, a break is put in before the mark, and taken out again of what is copied.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{Context, FullOutput, Galley, OutputCommand, Painter, Plugin};

use super::session::Mark;

/// A blank and a line break: cells never hold this by themselves, for their lines are trimmed.
const BREAK: &str = " \n";
/// A paragraph of this many such lines is left as it is.
const MOST: usize = 40;

/// Lays out a text by `job`, which makes a layout job of a text and its marks; with the bytes of the text before which
/// breaks were put in, in order.
pub(super) fn layout(
    painter: &Painter,
    text: &str,
    marks: Vec<Mark>,
    job: impl Fn(&str, &[Mark]) -> LayoutJob,
) -> (Arc<Galley>, Vec<usize>) {
    let (mut text, mut marks) = (text.to_owned(), marks);
    let mut breaks = Vec::new();
    let mut galley = painter.layout_job(job(&text, &marks));
    for _ in 0..MOST {
        let Some(at) = first_open_end(&galley, &text) else { break };
        text.insert_str(at, BREAK);
        breaks.push(at - breaks.len() * BREAK.len());
        for mark in &mut marks {
            let moved = |place: usize, is_end: bool| {
                place + if place > at || (place == at && !is_end) { BREAK.len() } else { 0 }
            };
            mark.span = moved(mark.span.start, false)..moved(mark.span.end, true);
        }
        galley = painter.layout_job(job(&text, &marks));
    }
    (galley, breaks)
}

/// The character of the galley at which a byte of the text stands.
pub(super) fn character(galley: &Galley, breaks: &[usize], byte: usize) -> usize {
    let added = breaks.iter().filter(|at| **at <= byte).count() * BREAK.len();
    galley.job.text.get(..byte + added).map_or(0, |before| before.chars().count())
}

/// The byte of the text at which a character of the galley stands.
pub(super) fn byte(galley: &Galley, breaks: &[usize], character: usize) -> usize {
    let laid = galley.job.text.char_indices().nth(character).map_or(galley.job.text.len(), |(at, _)| at);
    let added = (0..breaks.len()).take_while(|number| breaks[*number] + (number + 1) * BREAK.len() <= laid).count();
    laid.saturating_sub(added * BREAK.len())
}

/// The byte of the first opening mark that ends a line which goes on in the next.
fn first_open_end(galley: &Galley, text: &str) -> Option<usize> {
    let mut chars = 0;
    let last = galley.rows.len().checked_sub(1)?;
    for (number, row) in galley.rows.iter().enumerate() {
        chars += row.row.glyphs.len();
        let opens = row.row.glyphs.last().is_some_and(|glyph| "“‘（《〈「『【〔［([".contains(glyph.chr));
        // A line of nothing but the mark has nowhere to go.
        if opens && number < last && !row.ends_with_newline && row.row.glyphs.len() > 1 {
            return text.char_indices().nth(chars - 1).map(|(at, _)| at);
        }
        chars += usize::from(row.ends_with_newline);
    }
    None
}

/// Takes the breaks out of text that is copied from a cell.
#[derive(Debug, Default)]
pub(super) struct CopyAsWritten;

impl Plugin for CopyAsWritten {
    fn debug_name(&self) -> &'static str {
        "copy as written"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        if ctx.text_edit_focused() {
            return;
        }
        for command in &mut output.platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                *text = text.replace(BREAK, "");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{FontId, RawInput};

    use super::*;

    #[test]
    fn no_line_ends_with_an_opening_mark() {
        let ctx = Context::default();
        crate::gui::fonts::install(&ctx);
        let text = "中国现代国际关系研究院（以下简称“现代院”）与美国战略与国际问题研究中心（CSIS）举行会晤，统称“中美网络安全对话”。";
        let mut lines = Vec::new();
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            for width in (60..400).step_by(7) {
                let font = FontId::proportional(16.0);
                let job = |text: &str, _: &[Mark]| {
                    LayoutJob::simple(text.to_owned(), font.clone(), eframe::egui::Color32::BLACK, width as f32)
                };
                let (galley, breaks) = layout(ui.painter(), text, Vec::new(), job);
                assert_eq!(galley.job.text.replace(BREAK, ""), text);
                for (at, _) in text.char_indices() {
                    assert_eq!(byte(&galley, &breaks, character(&galley, &breaks, at)), at);
                }
                lines.extend(
                    galley.rows.iter().map(|row| row.row.glyphs.iter().map(|glyph| glyph.chr).collect::<String>()),
                );
            }
        });
        output.textures_delta.clear();
        assert!(lines.len() > 100 && lines.iter().all(|line| !line.ends_with(['（', '“'])), "{lines:?}");
    }
}
