//! What is told above the texts until a person has seen it.

use eframe::egui::Ui;

use super::super::words::words;
use crate::notice::Notice;

/// So many lines are told at once.
const MOST: usize = 12;

/// Lines, each a report of what was done or something to be careful about.
#[derive(Debug, Default)]
pub(super) struct Message {
    lines: Vec<(Tone, Notice)>,
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Report,
    Alarm,
}

impl Message {
    /// What was done.
    pub(super) fn report(lines: impl IntoIterator<Item = Notice>) -> Self {
        Self { lines: lines.into_iter().map(|line| (Tone::Report, line)).collect() }
    }

    /// What went wrong, or may.
    pub(super) fn alarm(lines: impl IntoIterator<Item = Notice>) -> Self {
        Self::default().and_alarm(lines)
    }

    /// The same, with what went wrong.
    pub(super) fn and_alarm(mut self, lines: impl IntoIterator<Item = Notice>) -> Self {
        // It stands first, so that it is not among the lines that are only counted.
        self.lines.splice(0..0, lines.into_iter().map(|line| (Tone::Alarm, line)));
        self.cut()
    }

    fn cut(mut self) -> Self {
        let rest = self.lines.len().saturating_sub(MOST);
        if let Some(&(tone, _)) = self.lines.get(MOST) {
            self.lines.truncate(MOST);
            self.lines.push((tone, Notice::counted("more-lines", rest)));
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
    }

    pub(super) fn show(&self, ui: &mut Ui) {
        let words = words(ui.ctx());
        for (tone, line) in &self.lines {
            match tone {
                Tone::Report => ui.label(words.notice(line)),
                Tone::Alarm => ui.colored_label(ui.visuals().warn_fg_color, words.notice(line)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tones(message: &Message) -> Vec<Tone> {
        message.lines.iter().map(|(tone, _)| *tone).collect()
    }

    #[test]
    fn what_went_wrong_stands_first_and_is_never_only_counted() {
        let lines = |count: usize| (0..count).map(|number| Notice::plain(number.to_string()));
        let message = Message::report(lines(MOST + 3)).and_alarm(lines(1));
        assert_eq!((tones(&message)[0], message.lines.len()), (Tone::Alarm, MOST + 1));
        assert!(tones(&message)[1..].iter().all(|tone| *tone == Tone::Report));
        assert_eq!(message.lines[MOST].1.to_string(), "and 4 lines more");
        assert_eq!(tones(&Message::alarm(lines(MOST + 1))).last(), Some(&Tone::Alarm));
        assert!(Message::alarm(None).is_empty());
    }
}
