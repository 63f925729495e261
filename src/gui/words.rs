//! The words of the interface, in English and Chinese.
//!
//! The code says everything in English; `assets/words/zh.tsv` holds the Chinese beside it, `{0}`, `{1}` … standing for
//! what is filled in. A test finds words that are missing there, and words that nothing says.

use std::fmt::Display;
use std::ops::Range;

use eframe::egui::{Context, Id};

use crate::edit::{Action, Refused};
use crate::lang::Language;
use crate::notice::{Notice, Tongue, chinese, fill};
use crate::project::About;

/// The interface in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) chinese: bool,
}

/// The words in use.
pub(super) fn words(ctx: &Context) -> Words {
    ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default()
}

impl Words {
    /// From now on these are in use.
    pub(super) fn install(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::NULL, self));
    }

    /// What is said in English.
    pub(super) fn t(self, english: &'static str) -> &'static str {
        if !self.chinese {
            return english;
        }
        let found = chinese(english);
        debug_assert!(found.is_some(), "no Chinese for {english:?}");
        found.unwrap_or(english)
    }

    /// What the core tells.
    pub(super) fn notice(self, notice: &Notice) -> String {
        notice.say(self.tongue())
    }

    /// The name of a form.
    pub(super) fn form(self, about: &About) -> &'static str {
        about.name(self.tongue())
    }

    /// The language of the interface.
    pub(super) fn interface(self) -> Language {
        if self.chinese { Language::Chinese } else { Language::English }
    }

    fn tongue(self) -> Tongue {
        if self.chinese { Tongue::Chinese } else { Tongue::English }
    }

    /// The same, with something filled in.
    pub(super) fn fill(self, english: &'static str, parts: &[&dyn Display]) -> String {
        fill(self.t(english), parts)
    }

    /// A row or rows, numbered from 0.
    pub(super) fn rows(self, rows: &Range<usize>) -> String {
        match rows.len() {
            0 | 1 => self.fill("row {0}", &[&(rows.start + 1)]),
            _ => self.fill("rows {0}–{1}", &[&(rows.start + 1), &rows.end]),
        }
    }

    /// What an edit does.
    pub(super) fn edit(self, action: Action, rows: &Range<usize>) -> String {
        if !self.chinese {
            return action.of_rows(rows);
        }
        self.fill(action.phrase(), &[&self.rows(rows)])
    }

    /// The name of a language, as readers of this one call it.
    pub(super) fn language(self, language: Language) -> &'static str {
        // A code without a name stands for itself.
        if language.name() == language.code() { language.code() } else { self.t(language.name()) }
    }

    /// What a command said.
    pub(super) fn said(self, said: &Said) -> String {
        match said {
            Said::Words(text) => self.t(text).to_owned(),
            Said::Filled(text, parts) => {
                let parts: Vec<&dyn Display> = parts.iter().map(|part| part as &dyn Display).collect();
                self.fill(text, &parts)
            }
            Said::Edit(text, action, rows) => {
                let edit = self.edit(*action, rows);
                if text.is_empty() { capital(&edit) } else { self.fill(text, &[&edit]) }
            }
            Said::Notice(notice) => self.notice(notice),
        }
    }
}

/// What a command did, or why it did nothing: kept without its language, which may change while it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// As it is.
    Words(&'static str),
    /// With something filled in.
    Filled(&'static str, Vec<String>),
    /// An edit, filled into some words or by itself.
    Edit(&'static str, Action, Range<usize>),
    /// What the core tells.
    Notice(Notice),
}

impl From<Refused> for Said {
    fn from(refused: Refused) -> Self {
        Self::Words(refused.text())
    }
}

/// A word that is said elsewhere, in the language of the interface.
pub(super) const fn word(word: &'static str) -> &'static str {
    word
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::super::command::COMMANDS;
    use super::*;
    use crate::exchange::terms::{Outgoing, TermsForm, sample};

    /// The string literals behind some beginnings, over all sources of the window.
    fn literals(folder: &Path, out: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                literals(&path, out);
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
            for call in [
                ".t(",
                ".fill(",
                "Said::Words(",
                "Said::Filled(",
                "Said::Edit(",
                "say(",
                "stage: ",
                "word(",
                "WORD: &str = ",
            ] {
                for (at, _) in code.match_indices(call) {
                    let rest = code[at + call.len()..].trim_start();
                    if let Some(literal) = rest.strip_prefix('"') {
                        // A line that goes on drops the white space it begins with.
                        let lines = literal.split('"').next().unwrap().split("\\\n").enumerate();
                        let text = lines.map(|(at, line)| if at > 0 { line.trim_start() } else { line });
                        let text = text.collect::<String>();
                        out.insert(text, path.display().to_string());
                    }
                }
            }
        }
    }

    fn said() -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gui"), &mut out);
        let mut add = |text: &str, from: &str| out.insert(text.to_owned(), from.to_owned());
        for entry in COMMANDS {
            add(entry.name, "a command");
        }
        for action in Action::all() {
            add(action.phrase(), "an action");
        }
        for refused in Refused::ALL {
            add(refused.text(), "a refusal");
        }
        for stage in crate::task::STAGES {
            add(stage, "a stage of the work");
        }
        for kind in crate::doubt::Kind::ALL {
            add(kind.text(), "a reason to doubt");
        }
        for status in crate::termbase::Status::ALL {
            add(status.name(), "a status");
        }
        for part in crate::termbase::PartOfSpeech::ALL {
            add(part.name(), "a part of speech");
        }
        for kind in crate::termbase::TermType::ALL {
            add(kind.name(), "a type of term");
        }
        for language in Language::named() {
            add(language.name(), "a language");
        }
        out.remove("");
        out
    }

    #[test]
    fn nothing_is_left_untranslated_and_nothing_is_translated_in_vain() {
        let said = said();
        let missing: Vec<_> = said.iter().filter(|(text, _)| chinese(text).is_none()).collect();
        assert!(missing.is_empty(), "no Chinese for {missing:#?}");
        let lines = || include_str!("../../assets/words/zh.tsv").lines();
        let translated = lines().filter_map(|line| line.split_once('\t')).map(|(english, _)| english);
        let idle: Vec<_> = translated.filter(|text| !said.contains_key(*text)).collect();
        assert!(idle.is_empty(), "nothing says {idle:#?}");
        let keys: BTreeSet<_> = lines().map(|line| line.split('\t').next()).collect();
        assert_eq!(keys.len(), lines().count(), "something is there twice");
    }

    #[test]
    fn the_same_places_are_filled_in_both_languages() {
        for (english, chinese) in
            include_str!("../../assets/words/zh.tsv").lines().filter_map(|line| line.split_once('\t'))
        {
            let places = |text: &str| (0..9).filter(|n| text.contains(&format!("{{{n}}}"))).collect::<Vec<_>>();
            let rows = Action::all().any(|action| action.phrase() == english && action.is_of_rows());
            let wanted = if rows { vec![0] } else { places(english) };
            assert_eq!(wanted, places(chinese), "{english}");
        }
    }

    #[test]
    fn what_a_form_loses_is_said_in_chinese() {
        let words = Words { chinese: true };
        let mut said = 0;
        for form in TermsForm::written() {
            let sample = sample();
            let lost = Outgoing::new(&sample, form, [None, None]).unwrap().write(&mut std::io::sink()).unwrap();
            for line in lost.problems().iter().chain(&lost.remarks) {
                let chinese = words.notice(line);
                let names = ["OmegaT", "MultiTerm", "memoQ"];
                let rest = names.iter().fold(chinese.clone(), |rest, name| rest.replace(name, ""));
                assert!(!rest.contains(|c: char| c.is_ascii_alphabetic()), "{line}: {chinese}");
                said += 1;
            }
        }
        assert!(said > 20);
    }

    #[test]
    fn edits_are_called_in_both_languages() {
        let said = Said::Edit("Undone: {0}", Action::Merge, 11..13);
        assert_eq!(Words { chinese: false }.said(&said), "Undone: merge rows 12–13");
        assert_eq!(Words { chinese: true }.said(&said), "已撤销：合并第 12–13 行");
        assert_eq!(Words { chinese: false }.said(&Said::Edit("", Action::Flag, 0..1)), "Flag row 1");
    }
}
