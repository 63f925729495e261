//! The joint statement that comes with the program.

use std::sync::LazyLock;

use super::files::document;
use super::metadata::Metadata;
use crate::bitext::Document;
use crate::import::{self, Format};
use crate::lang::{Lang, Language};

const CHINESE: (&str, &str) = ("statement.zh.txt", include_str!("../../texts/statement.zh.txt"));
const ENGLISH: (&str, &str) = ("statement.en.txt", include_str!("../../texts/statement.en.txt"));
const METADATA: &str = include_str!("../../texts/statement.duizhao.json");

fn metadata() -> &'static Metadata {
    static READ: LazyLock<Metadata> =
        LazyLock::new(|| Metadata::read(METADATA).expect("the embedded metadata is checked by a test"));
    &READ
}

/// The statement in Chinese and English, cut into segments.
pub fn bundled() -> (Document, Document) {
    let about = metadata();
    let side = |(name, content): (&str, &str), language| {
        let text = import::read_str(content, Format::Plain).expect("the embedded text is not empty");
        let note = about.about(name).and_then(|about| about.note.clone());
        document(name.to_owned(), Lang::of(language), note, text)
    };
    (side(CHINESE, Language::Chinese), side(ENGLISH, Language::English))
}

/// The title of the statement in the language of the interface.
pub fn bundled_title(language: Language) -> String {
    metadata().title.get(language.code()).cloned().unwrap_or_default()
}

/// A note on a text in the language of the interface; as it stands where it is not one on the statement.
pub fn note_in(note: &str, language: Language) -> String {
    metadata().note_in(note, language).unwrap_or(note).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chinese_text_says_whose_version_it_is() {
        let (chinese, english) = bundled();
        let note = chinese.note.unwrap();
        assert!(note.contains("own version") && note_in(&note, Language::Chinese).contains("自行翻译"));
        assert_eq!([note_in(&note, Language::English), note_in("a", Language::Chinese)], [note, "a".to_owned()]);
        assert!(english.note.is_none() && english.segments.len() > 60);
        assert!(bundled_title(Language::Chinese).contains("联合声明"));
    }
}
