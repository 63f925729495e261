//! The words of the interface, in English and Chinese.
//!
//! The code says everything in English; `assets/words/zh.tsv` holds the Chinese beside it, `{0}`, `{1}` … standing for
//! what is filled in. A test finds words that are missing there, and words that nothing says.

use std::collections::HashMap;
use std::fmt::Display;
use std::ops::Range;
use std::sync::LazyLock;

use eframe::egui::{Context, Id};

use crate::edit::{Action, Refused};
use crate::lang::Language;
use crate::notice::{Notice, Tongue, fill};
use crate::project::About;

/// What the core says of errors: templates that fill in `{0}`, `{1}` …, the most telling first.
static ERRORS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/words/errors.zh.tsv").lines();
    let mut out: Vec<_> = lines.filter_map(|line| line.split_once('\t')).collect();
    out.sort_by_key(|(english, _)| std::cmp::Reverse(english.split('{').map(str::len).sum::<usize>()));
    out
});

static CHINESE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/words/zh.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

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
        let found = CHINESE.get(english).copied();
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

    fn tongue(self) -> Tongue {
        if self.chinese { Tongue::Chinese } else { Tongue::English }
    }

    /// The same, with something filled in.
    pub(super) fn fill(self, english: &'static str, parts: &[&dyn Display]) -> String {
        fill(self.t(english), parts)
    }

    /// What the core said of an error, as its own words, which come in English.
    pub(super) fn foreign(self, text: &str) -> String {
        if !self.chinese {
            return text.to_owned();
        }
        // Counts of several things.
        let things: Vec<&str> = text.split(", ").collect();
        if things.len() > 1 && things.iter().all(|thing| thing.starts_with(|c: char| c.is_ascii_digit())) {
            return things
                .into_iter()
                .map(|thing| self.foreign(thing).trim().to_owned())
                .collect::<Vec<_>>()
                .join("、");
        }
        let found = ERRORS.iter().find_map(|(english, chinese)| Some((parts(english, text)?, chinese)));
        let Some((parts, chinese)) = found else {
            // The name of a language, or what came from the system.
            return CHINESE.get(text).map_or_else(|| text.to_owned(), |&word| word.to_owned());
        };
        let parts: Vec<String> = parts.into_iter().map(|part| self.foreign(part)).collect();
        fill(chinese, &parts.iter().map(|part| part as &dyn Display).collect::<Vec<_>>())
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
            Said::Plain(text) => self.foreign(text),
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
    /// Text from elsewhere, such as the system.
    Plain(String),
}

impl From<Refused> for Said {
    fn from(refused: Refused) -> Self {
        Self::Words(refused.text())
    }
}

/// What stands at the places of a template in a text that it made; nothing where it did not.
fn parts<'a>(template: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = template.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut out = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let at = if pieces.peek().is_none() {
            rest.len().checked_sub(piece.len()).filter(|_| rest.ends_with(piece))?
        } else {
            rest.find(piece)?
        };
        out.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    (rest.is_empty()).then_some(out)
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
    use std::collections::BTreeMap;
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
        let missing: Vec<_> = said.iter().filter(|(text, _)| !CHINESE.contains_key(text.as_str())).collect();
        assert!(missing.is_empty(), "no Chinese for {missing:#?}");
        let lines = || include_str!("../../assets/words/zh.tsv").lines();
        let translated = lines().filter_map(|line| line.split_once('\t')).map(|(english, _)| english);
        let idle: Vec<_> = translated.filter(|text| !said.contains_key(*text)).collect();
        assert!(idle.is_empty(), "nothing says {idle:#?}");
        assert_eq!(
            CHINESE.len(),
            include_str!("../../assets/words/zh.tsv").lines().count(),
            "something is there twice"
        );
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

    /// The templates of errors in the core, their places numbered.
    fn errors(folder: &Path, out: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("gui") && !path.ends_with("cli") {
                errors(&path, out);
            } else if path.is_file() {
                let source = std::fs::read_to_string(&path).unwrap();
                for literal in source.split("#[error(").skip(1).map(str::trim_start) {
                    let Some(literal) = literal.strip_prefix('"') else { continue };
                    let text = literal.split('"').next().unwrap();
                    let lines = text.split("\\\n").enumerate();
                    let text: String = lines.map(|(at, line)| if at > 0 { line.trim_start() } else { line }).collect();
                    let pieces: Vec<&str> = text.split('{').collect();
                    let numbered = pieces.iter().enumerate().map(|(at, piece)| match (at, piece.split_once('}')) {
                        (1.., Some((_, after))) => format!("{{{}}}{after}", at - 1),
                        _ => (*piece).to_owned(),
                    });
                    out.push(numbered.collect());
                }
            }
        }
    }

    #[test]
    fn what_the_core_says_of_errors_is_said_in_chinese() {
        let mut said = Vec::new();
        errors(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
        said.retain(|text| text != "{0}");
        assert!(said.len() > 25, "{said:#?}");
        let missing: Vec<_> = said.iter().filter(|text| !ERRORS.iter().any(|(known, _)| known == text)).collect();
        assert!(missing.is_empty(), "no Chinese for {missing:#?}");
        let words = Words { chinese: true };
        let text = "cannot read /a b/x.txt: there is no such file; check the name and the folder";
        assert_eq!(words.foreign(text), "无法读取 /a b/x.txt：没有这个文件；请检查文件名和文件夹");
        let text = "/a.duizhao is damaged (rows are missing); nothing was changed in it; what you do is not kept";
        assert_eq!(words.foreign(text), "/a.duizhao 已损坏（缺少行）；未对其作任何改动；此后的改动不会保存");
        assert_eq!(words.foreign("something else"), "something else");
        let text = "/a.duizhao is damaged (table bead, row 2, column score: the score is not between 0 and 1); nothing was changed in it";
        assert_eq!(
            words.foreign(text),
            "/a.duizhao 已损坏（表 bead 第 2 行，列 score：评分不在 0 和 1 之间）；未对其作任何改动"
        );
        let text = "/a.duizhao is damaged (the view `state` does not belong into a project); nothing was changed in it";
        assert_eq!(words.foreign(text), "/a.duizhao 已损坏（视图“state”不属于项目文件）；未对其作任何改动");
        let text = "/a.duizhao was removed, renamed or replaced while it was open; your work is kept in /a-rescued.duizhao from now on";
        let said = "/a.duizhao 在打开期间被删除、改名或替换；此后的工作保存在 /a-rescued.duizhao";
        assert_eq!(words.foreign(text), said);
        let text = "/a.duizhao is read-only; change the permissions of the file and its folder, or work on a copy; what you do is not kept";
        assert_eq!(
            words.foreign(text),
            "/a.duizhao 是只读的；请更改文件及其文件夹的权限，或在副本上工作；此后的改动不会保存"
        );
        let text = "not kept yet: /a.duizhao: the disk is full; free some space and try again; trying again";
        assert_eq!(words.foreign(text), "尚未保存：/a.duizhao：磁盘已满；请腾出空间后重试；正在重试");
        assert_eq!(Words { chinese: false }.foreign(text), text);
    }

    /// What stands between quotes in the store's sources, where something is said of a file.
    #[test]
    fn what_is_wrong_with_a_project_file_is_said_in_chinese() {
        let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
        let words = Words { chinese: true };
        let mut said = 0;
        for name in ["fault", "guard", "line", "read", "records", "tables"] {
            let source = std::fs::read_to_string(store.join(name).with_extension("rs")).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap();
            for call in
                ["broken(", "broken(format!(", "wrong(column, ", "Err(", "ok_or(", "damaged(", "cannot(", ": &str = "]
            {
                for (at, _) in code.match_indices(call) {
                    let Some(literal) = code[at + call.len()..].trim_start().strip_prefix('"') else { continue };
                    let text = literal.split('"').next().unwrap();
                    if text.contains(' ') && !text.contains("what}") {
                        // Names of tables and columns stay; what is filled in may be anything.
                        let text = text.replace(['{', '}'], "");
                        assert_ne!(words.foreign(&text), text, "{name}");
                        said += 1;
                    }
                }
            }
        }
        assert!(said > 25, "{said}");
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
