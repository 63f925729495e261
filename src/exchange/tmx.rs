//! Translation Memory eXchange 1.4b: units, each a text in any number of languages.
//!
//! Read as leniently as translation tools write it and written as strictly as the strictest of them asks, level 1: plain
//! text. Both go unit by unit, so that a memory of any size takes no more room than its largest unit.

mod read;
mod write;

pub(in crate::exchange) use read::Reader;
pub(in crate::exchange) use write::Writer;

/// A unit: texts that translate each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Unit {
    /// The line it begins on, from 1; 0 where it comes from no file.
    pub(in crate::exchange) line: usize,
    /// Its id, `tuid`.
    pub(in crate::exchange) id: Option<String>,
    /// Notes on it.
    pub(in crate::exchange) notes: Vec<String>,
    /// Its properties: the type of each with its value.
    pub(in crate::exchange) properties: Vec<(String, String)>,
    /// Its texts.
    pub(in crate::exchange) variants: Vec<Variant>,
}

/// A text in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Variant {
    /// The language tag as it stands in the file.
    pub(in crate::exchange) tag: String,
    /// The text; none where the file has a variant without a segment.
    pub(in crate::exchange) text: Option<String>,
}

/// What stands before the units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Header {
    /// The language that others are translated from, `srclang`; `*all*` where there is no such.
    pub(in crate::exchange) source_tag: Option<String>,
    /// Notes on the whole.
    pub(in crate::exchange) notes: Vec<String>,
}

impl Unit {
    /// The value of a property, the last of several.
    pub(in crate::exchange) fn property(&self, kind: &str) -> Option<&str> {
        self.properties.iter().rev().find(|(own, _)| own == kind).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::left_out::LeftOut;
    use crate::exchange::output::{Output, Written, written};

    fn write(header: &Header, units: &[Unit]) -> Written {
        written(|to| {
            let mut out = Output::new(to);
            let mut writer = Writer::new(&mut out, header);
            for unit in units {
                writer.unit(unit);
            }
            writer.end();
            out.finish()
        })
    }

    fn read(content: &str) -> (Header, Vec<Unit>, LeftOut) {
        let mut input = content.as_bytes();
        let mut reader = Reader::new(&mut input);
        let units: Vec<Unit> = reader.by_ref().map(|unit| Unit { line: 0, ..unit.unwrap() }).collect();
        let (header, left_out) = reader.finish();
        (header, units, left_out)
    }

    fn text() -> impl Strategy<Value = String> {
        // White space around a text is none of it, and a line break within one is a blank to most programs.
        "[甲A<>&\"' \u{200f}\u{1f600}]{0,6}".prop_map(|text| text.trim().to_owned())
    }

    proptest! {
        #[test]
        fn units_of_any_number_of_languages_come_back(
            notes in prop::collection::vec("[a&é]{1,4}", 0..3),
            units in prop::collection::vec(
                (
                    prop::option::of("[a-z<]{1,3}"),
                    prop::collection::vec("[a-z&]{1,4}", 0..2),
                    prop::collection::vec(("x-[a-z]{1,3}", "[a-z<]{1,3}"), 0..3),
                    prop::collection::vec(("[a-z]{2}(-[A-Z]{2})?", text()), 1..5),
                ),
                0..6,
            ),
        ) {
            let header = Header { source_tag: Some("*all*".to_owned()), notes };
            let variant = |(tag, text)| Variant { tag, text: Some(text) };
            let unit = |(id, notes, properties, texts): (_, _, _, Vec<_>)| {
                Unit { line: 0, id, notes, properties, variants: texts.into_iter().map(variant).collect() }
            };
            let units: Vec<Unit> = units.into_iter().map(unit).collect();
            prop_assert_eq!(read(&write(&header, &units).content), (header, units, LeftOut::default()));
        }
    }

    #[test]
    fn control_characters_are_dropped_and_counted_everywhere() {
        let unit = Unit {
            id: Some("a\u{1}b".to_owned()),
            notes: vec!["\u{2}".to_owned()],
            properties: vec![("x-\u{3}a".to_owned(), "\u{4}".to_owned())],
            variants: vec![Variant { tag: "zh".to_owned(), text: Some("甲\u{5}".to_owned()) }],
            ..Unit::default()
        };
        let out = write(&Header::default(), &[unit]);
        assert_eq!(out.dropped, 5);
        assert!(out.content.contains("tuid=\"ab\"") && out.content.contains("<seg>甲</seg>"), "{}", out.content);
    }

    #[test]
    fn text_in_a_variant_without_a_segment_is_one() {
        let variants = |inside: &str| {
            let (_, units, left_out) = read(&format!("<tmx><tu><tuv lang='zh'>{inside}</tuv></tu></tmx>"));
            (units[0].variants[0].text.clone(), left_out.problems().len())
        };
        assert_eq!(variants(" 甲&amp;<hi>乙</hi>\n"), (Some("甲&乙".to_owned()), 0));
        assert_eq!(variants(" <seg>甲</seg> "), (Some("甲".to_owned()), 0));
        assert_eq!(variants("乙<seg>甲</seg>"), (Some("甲".to_owned()), 1));
        assert_eq!(variants(" "), (None, 0));
    }

    #[test]
    fn a_unit_comes_before_those_within_it() {
        let unit =
            |id: &str, inside: &str| format!("<tu tuid='{id}'><tuv lang='zh'><seg>{id}</seg></tuv>\n{inside}</tu>");
        let content = unit("outer", &(unit("first", "") + "\n" + &unit("second", "")));
        let (_, units, _) = read(&format!("<tmx>{content}</tmx>"));
        let ids: Vec<_> = units.iter().map(|unit| unit.id.as_deref().unwrap()).collect();
        assert_eq!(ids, ["outer", "first", "second"]);
    }

    #[test]
    fn units_come_one_by_one_and_an_error_ends_them() {
        let whole = "<tmx><body><tu><tuv lang='zh'><seg>甲</seg></tuv></tu>";
        let mut input = whole.as_bytes();
        let mut reader = Reader::new(&mut input);
        assert_eq!(reader.next().unwrap().unwrap().variants[0].text.as_deref(), Some("甲"));
        let problem = reader.next().unwrap().unwrap_err().to_string();
        assert!(problem.contains("1 whole unit was read"), "{problem}");
        assert!(reader.next().is_none());
    }
}
