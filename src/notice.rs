//! What a person is told, as a value: a key of the table of words, and what is filled in.
//!
//! `assets/words/notices.tsv` holds for each key the English of one, the English of several, and the Chinese, with `{0}`,
//! `{1}` … for what is filled in; the first number says which English is meant. Nobody parses the words again.

use std::collections::BTreeMap;
use std::fmt;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    key: &'static str,
    filled: Vec<Filled>,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Filled {
    Number(usize),
    Text(String),
    List(Vec<Notice>),
}

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

impl Notice {
    /// What has a key, with nothing filled in.
    pub fn new(key: &'static str) -> Self {
        debug_assert!(TABLE.contains_key(key), "no words for {key}");
        Self { key, filled: Vec::new() }
    }

    /// A key with a number, which says whether one is meant or several.
    pub fn counted(key: &'static str, number: usize) -> Self {
        Self::new(key).number(number)
    }

    /// The same where there is any.
    pub fn of_any(key: &'static str, number: usize) -> Option<Self> {
        (number > 0).then(|| Self::counted(key, number))
    }

    /// With a further number.
    #[must_use]
    pub fn number(mut self, number: usize) -> Self {
        self.filled.push(Filled::Number(number));
        self
    }

    /// With a further text, which is the same in every language.
    #[must_use]
    pub fn text(mut self, text: impl fmt::Display) -> Self {
        self.filled.push(Filled::Text(text.to_string()));
        self
    }

    /// With further notices, one after the other.
    #[must_use]
    pub fn list(mut self, notices: Vec<Self>) -> Self {
        self.filled.push(Filled::List(notices));
        self
    }

    /// In words.
    pub fn say(&self, tongue: Tongue) -> String {
        let Some(entry) = TABLE.get(self.key) else { return self.key.to_owned() };
        let one = self.filled.iter().find_map(|filled| match filled {
            Filled::Number(number) => Some(*number == 1),
            _ => None,
        });
        let template = match tongue {
            Tongue::Chinese => entry.chinese,
            Tongue::English if one == Some(true) => entry.one,
            Tongue::English => entry.several,
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
            Self::List(notices) => {
                let said: Vec<String> = notices.iter().map(|notice| notice.say(tongue)).collect();
                said.join(if tongue == Tongue::Chinese { "、" } else { ", " })
            }
        }
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
    use std::path::Path;

    use super::*;

    #[test]
    fn one_and_several_are_told_apart() {
        let say = |number: usize, tongue| Notice::counted("notes-on-rows", number).say(tongue);
        assert_eq!(say(1, Tongue::English), "1 note on a row is left out: this form has no place for it");
        assert_eq!(say(2, Tongue::English), "2 notes on rows are left out: this form has no place for them");
        assert_eq!(say(1, Tongue::Chinese), "略去 1 条行备注：该格式无法容纳");
        let details = vec![Notice::counted("definitions", 1), Notice::counted("contexts", 2)];
        let notice = Notice::new("no-place").list(details);
        assert_eq!(notice.to_string(), "this form has no place for 1 definition, 2 contexts");
        assert_eq!(notice.say(Tongue::Chinese), "该格式无法容纳 1 条定义、2 条语境");
        assert_eq!(Notice::of_any("contexts", 0), None);
    }

    #[test]
    fn the_same_places_are_filled_in_every_language() {
        assert!(TABLE.len() > 20);
        assert_eq!(TABLE.len(), include_str!("../assets/words/notices.tsv").lines().count());
        for (key, entry) in &*TABLE {
            let places = |text: &str| (0..9).filter(|n| text.contains(&format!("{{{n}}}"))).collect::<Vec<_>>();
            let wanted = places(entry.several);
            assert_eq!((places(entry.one), places(entry.chinese)), (wanted.clone(), wanted), "{key}");
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
        for call in ["Notice::new(", "Notice::counted(", "Notice::of_any("] {
            for (at, _) in source.match_indices(call) {
                if let Some(literal) = source[at + call.len()..].trim_start().strip_prefix('"') {
                    said.insert(literal.split('"').next().unwrap());
                }
            }
        }
        let missing: Vec<_> = said.iter().filter(|key| !TABLE.contains_key(**key)).collect();
        assert!(said.len() > 10 && missing.is_empty(), "no words for {missing:?}");
    }
}
