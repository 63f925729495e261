//! What a person is told, as a value: which words, and what is filled in. Nobody parses the words again.
//!
//! Where something is counted, `assets/words/notices.tsv` holds for each key the English of one, the English of several,
//! and the Chinese, with `{0}`, `{1}` … for what is filled in; the first number says which English is meant. Everything
//! else has its English for a key and its Chinese in `assets/words/errors.zh.tsv`, or, where the window says it too, in
//! `assets/words/zh.tsv`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notice {
    key: &'static str,
    filled: Vec<Filled>,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filled {
    /// A number that says whether one is meant or several.
    Number(usize),
    /// A text that is the same in every language.
    Text(String),
    /// Something that is told itself.
    Notice(Notice),
    /// Several of them.
    List(Vec<Notice>),
}

/// What has something to tell, such as an error.
pub trait Tell {
    /// What it tells.
    fn tell(&self) -> Notice;
}

/// What is said in English with `{0}`, `{1}` … filled in.
macro_rules! notice {
    ($english:expr $(, $filled:expr)* $(,)?) => { $crate::notice::Notice::said($english)$(.with($filled))* };
}
pub(crate) use notice;

/// The words of a key.
#[derive(Debug)]
struct Entry {
    one: &'static str,
    several: &'static str,
    chinese: &'static str,
}

static TABLE: LazyLock<BTreeMap<&str, Entry>> = LazyLock::new(|| {
    let lines = include_str!("../assets/words/notices.tsv").lines();
    let entry = |line: &'static str| {
        let [key, one, several, chinese] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
        Some((key, Entry { one, several, chinese }))
    };
    lines.filter_map(entry).collect()
});

/// The Chinese of what has its English for a key.
static CHINESE: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let errors = include_str!("../assets/words/errors.zh.tsv").lines();
    let lines = errors.chain(include_str!("../assets/words/zh.tsv").lines());
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// What is the same in every language.
const PLAIN: &str = "{0}";

/// The Chinese of words of the interface.
pub fn chinese(english: &str) -> Option<&'static str> {
    CHINESE.get(english).copied()
}

impl Notice {
    /// What is said so in English, with places for what is filled in.
    pub fn said(english: &'static str) -> Self {
        Self { key: english, filled: Vec::new() }
    }

    /// What is the same in every language, such as words of the system.
    pub fn plain(text: impl fmt::Display) -> Self {
        Self::said(PLAIN).with(text.to_string())
    }

    /// With something further filled in. A number stands as it is: only that of [`Notice::counted`] chooses words.
    #[must_use]
    pub fn with(mut self, filled: impl Into<Filled>) -> Self {
        self.filled.push(filled.into());
        self
    }

    /// A key of the table with a number, which says whether one is meant or several.
    pub fn counted(key: &'static str, number: usize) -> Self {
        debug_assert!(TABLE.contains_key(key), "no words for {key}");
        Self::said(key).with(Filled::Number(number))
    }

    /// The same where there is any.
    pub fn of_any(key: &'static str, number: usize) -> Option<Self> {
        (number > 0).then(|| Self::counted(key, number))
    }

    /// In words.
    pub fn say(&self, tongue: Tongue) -> String {
        let one = self.filled.iter().find_map(|filled| match filled {
            Filled::Number(number) => Some(*number == 1),
            _ => None,
        });
        let template = match (TABLE.get(self.key), tongue) {
            (Some(entry), Tongue::Chinese) => entry.chinese,
            (Some(entry), Tongue::English) if one == Some(true) => entry.one,
            (Some(entry), Tongue::English) => entry.several,
            (None, Tongue::Chinese) => chinese(self.key).unwrap_or(self.key),
            (None, Tongue::English) => self.key,
        };
        let parts: Vec<String> = self.filled.iter().map(|filled| filled.say(tongue)).collect();
        fill(template, &parts.iter().map(|part| part as &dyn fmt::Display).collect::<Vec<_>>())
    }
}

/// A template with parts in the places of `{0}`, `{1}` ….
pub fn fill(template: &str, parts: &[&dyn fmt::Display]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        let (number, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some(part) = number.parse::<usize>().ok().and_then(|number| parts.get(number)) {
            out += &part.to_string();
        }
        rest = after;
    }
    out + rest
}

impl Filled {
    fn say(&self, tongue: Tongue) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Notice(notice) => notice.say(tongue),
            Self::List(notices) => {
                let said: Vec<String> = notices.iter().map(|notice| notice.say(tongue)).collect();
                said.join(if tongue == Tongue::Chinese { "、" } else { ", " })
            }
        }
    }
}

impl From<&'static str> for Notice {
    fn from(english: &'static str) -> Self {
        Self::said(english)
    }
}

impl From<Notice> for Filled {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}

impl From<Vec<Notice>> for Filled {
    fn from(notices: Vec<Notice>) -> Self {
        Self::List(notices)
    }
}

/// Values that are the same in every language.
macro_rules! as_text {
    ($($of:ty),*) => {
        $(impl From<$of> for Filled {
            fn from(value: $of) -> Self {
                Self::Text(value.to_string())
            }
        })*
    };
}
as_text!(&str, &String, String, char, usize, u32, u64, i64);

impl From<&Path> for Filled {
    fn from(path: &Path) -> Self {
        Self::Text(path.display().to_string())
    }
}

impl From<&PathBuf> for Filled {
    fn from(path: &PathBuf) -> Self {
        path.as_path().into()
    }
}

impl fmt::Display for Notice {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Tongue::English))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;

    #[test]
    fn one_and_several_are_told_apart() {
        let say = |number: usize, tongue| Notice::counted("notes-on-rows", number).say(tongue);
        assert_eq!(say(1, Tongue::English), "1 note on a row is left out: this form has no place for it");
        assert_eq!(say(2, Tongue::English), "2 notes on rows are left out: this form has no place for them");
        assert_eq!(say(1, Tongue::Chinese), "略去 1 条行备注：该格式无法容纳");
        let details = vec![Notice::counted("definitions", 1), Notice::counted("contexts", 2)];
        let notice = notice!("this form has no place for {0}", details);
        assert_eq!(notice.to_string(), "this form has no place for 1 definition, 2 contexts");
        assert_eq!(notice.say(Tongue::Chinese), "该格式无法容纳 1 条定义、2 条例句");
        assert_eq!(Notice::of_any("contexts", 0), None);
    }

    #[test]
    fn the_same_places_are_filled_in_every_language() {
        assert!(TABLE.len() > 20);
        assert!(!TABLE.keys().any(|key| CHINESE.contains_key(key)), "a key is a word of the interface, too");
        assert_eq!(TABLE.len(), include_str!("../assets/words/notices.tsv").lines().count());
        for (key, entry) in &*TABLE {
            let places = |text: &str| (0..9).filter(|n| text.contains(&format!("{{{n}}}"))).collect::<Vec<_>>();
            let wanted = places(entry.several);
            assert_eq!(places(entry.chinese), wanted, "{key}");
            // Where one is meant its number may go without saying.
            let one = places(entry.one);
            assert!(wanted.iter().all(|place| *place == 0 || one.contains(place)), "{key}");
            assert!(entry.chinese.chars().any(crate::lang::is_han), "{key}");
        }
    }

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else if !path.ends_with("notice.rs") {
                out.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }

    #[test]
    fn every_key_is_said_and_has_words() {
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        for key in TABLE.keys() {
            assert!(source.contains(&format!("\"{key}\"")), "nothing says {key}");
        }
        let mut said = BTreeSet::new();
        for call in ["Notice::counted(", "Notice::of_any("] {
            for (at, _) in source.match_indices(call) {
                if let Some(literal) = source[at + call.len()..].trim_start().strip_prefix('"') {
                    said.insert(literal.split('"').next().unwrap());
                }
            }
        }
        let missing: Vec<_> = said.iter().filter(|key| !TABLE.contains_key(**key)).collect();
        assert!(said.len() > 10 && missing.is_empty(), "no words for {missing:?}");
    }

    /// What is said in English, with its file: the words at the places where something is told.
    fn said() -> BTreeMap<String, String> {
        let literal = r#""((?:[^"\\]|\\(?s:.))*)""#;
        let calls = [
            r"(?:notice!|Notice::said|broken|damaged|Nothing|leave|details)\(\s*",
            r"(?:wrong|in_table|skip|line|line_for|details)\((?:[^\x22()]|\([^\x22()]*\))*,\s*",
            r"\b(?:problem|what|instead|name|why): ",
            r"const (?:DEFECT|LOOP|EXPECTED|OUT_OF_RANGE|NO_KIND|MISFIT|SHORT|UNKEPT|UNWRITTEN): &str =\s*",
        ];
        let calls = calls.map(|call| Regex::new(&format!("{call}{literal}")).unwrap());
        let turn = Regex::new(r"\\\n\s*").unwrap();
        let mut out = BTreeMap::new();
        let mut files = Vec::new();
        listed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        for path in files {
            let source = std::fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for found in calls.iter().flat_map(|call| call.captures_iter(code)) {
                let text = turn.replace_all(&found[1], "").replace("\\\"", "\"");
                out.insert(text, path.display().to_string());
            }
        }
        out
    }

    fn listed(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.ends_with("tests") || path.ends_with("tests.rs") || path.ends_with("cli");
            match path.is_dir() {
                _ if is_test || path.ends_with("notice.rs") => {}
                true => listed(&path, out),
                false => out.push(path),
            }
        }
    }

    #[test]
    fn what_is_told_is_said_in_chinese_and_nothing_is_translated_in_vain() {
        // Codes, marks and what is only filled in.
        let is_word = |text: &&String| text.contains(' ') && text.chars().any(|c| c.is_ascii_lowercase());
        let said = said();
        assert!(said.len() > 150, "{}", said.len());
        let has_words = |text: &&String| chinese(text).is_some() || TABLE.contains_key(text.as_str());
        let missing: Vec<_> = said.keys().filter(is_word).filter(|text| !has_words(text)).collect();
        assert!(missing.is_empty(), "no Chinese for {missing:#?}");
        let lines = || include_str!("../assets/words/errors.zh.tsv").lines().filter_map(|line| line.split_once('\t'));
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let source = Regex::new(r"\\\n\s*").unwrap().replace_all(&source, "").replace("\\\"", "\"");
        let idle: Vec<_> = lines().filter(|(english, _)| !source.contains(&format!("\"{english}\""))).collect();
        assert!(idle.is_empty(), "nothing says {idle:#?}");
        let keys: BTreeSet<_> = lines().map(|(english, _)| english).collect();
        assert_eq!(keys.len(), lines().count(), "something is there twice");
        for (english, chinese) in lines() {
            let places = |text: &str| (0..9).filter(|n| text.contains(&format!("{{{n}}}"))).collect::<Vec<_>>();
            assert_eq!(places(english), places(chinese), "{english}");
        }
    }

    #[test]
    fn what_is_told_within_something_else_is_said_in_its_language() {
        let say = |notice: Notice| notice.say(Tongue::Chinese);
        let path = Path::new("/a b/x.txt");
        let missing = notice!("there is no such file; check the name and the folder");
        assert_eq!(
            say(notice!("cannot read {0}: {1}", path, missing)),
            "无法读取 /a b/x.txt：没有这个文件；请检查文件名和文件夹"
        );
        let row =
            notice!("table {0}, row {1}, column {2}: {3}", "bead", 2_usize, "score", Notice::said("this is no number"));
        let damaged = notice!("{0} is damaged ({1}); nothing was changed in it", Path::new("/a.duizhao"), row);
        assert_eq!(
            say(notice!("{0}; what you do is not kept", damaged)),
            "/a.duizhao 已损坏（表 bead 第 2 行，列 score：这不是数字）；未对其作任何改动；此后的改动不会保存"
        );
        let full = notice!("the disk is full; free some space and try again");
        let unkept = notice!("not kept yet: {0}; trying again", notice!("{0}: {1}", Path::new("/a"), full));
        assert_eq!(say(unkept.clone()), "尚未保存：/a：磁盘已满；请腾出空间后重试；正在重试");
        assert_eq!(
            unkept.to_string(),
            "not kept yet: /a: the disk is full; free some space and try again; trying again"
        );
        // Words of the system are the same in every language, whatever stands in them.
        assert_eq!(say(Notice::plain("os error {0}")), "os error {0}");
        let details =
            vec![notice!("{0} ({1})", "x", 2_usize), notice!("{0} ({1})", Notice::said("flag on a unit"), 1_usize)];
        assert_eq!(
            say(notice!("details that have no place here were left out: {0}", details)),
            "略去了这里无法容纳的内容：x（2）、单元标记（1）"
        );
    }
}
