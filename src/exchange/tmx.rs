//! Translation Memory eXchange 1.4b, level 1: one unit for each pair, plain text.
//!
//! Other tools refuse whole files for one wrong attribute or one control character (some check the DTD, others the
//! characters), and import no unit with an empty side: such rows are listed as left out, such characters are dropped
//! and counted. Line breaks inside a segment become blanks, because tools disagree about them, and are counted too.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Exported;
use super::beads::notes;
use crate::bitext::{Bead, Bitext, Document};
use crate::work::Mark;

/// The system identifier that tools look for; nobody fetches it.
const DOCTYPE: &str = "tmx SYSTEM \"tmx14.dtd\"";

/// Writes the rows of a bitext, each with what a person has made of it, where that is known.
pub fn to_tmx(bitext: &Bitext, marks: &[Mark]) -> Exported {
    let mut out = Tmx { xml: Writer::new(Vec::new()), dropped: 0, replaced: 0, left_out: Vec::new() };
    out.write(bitext, marks).expect("writing to memory cannot fail");
    let content = String::from_utf8(out.xml.into_inner()).expect("only text was written");
    Exported { content, replaced: out.replaced, dropped: out.dropped, left_out: out.left_out, ..Exported::default() }
}

struct Tmx {
    xml: Writer<Vec<u8>>,
    dropped: usize,
    replaced: usize,
    left_out: Vec<usize>,
}

impl Tmx {
    fn write(&mut self, bitext: &Bitext, marks: &[Mark]) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.line()?;
        self.xml.write_event(Event::DocType(BytesText::from_escaped(DOCTYPE)))?;
        self.line()?;
        self.open("tmx", &[("version", "1.4")])?;
        self.line()?;
        self.header(bitext)?;
        self.open("body", &[])?;
        self.line()?;
        for (row, bead) in bitext.beads.iter().enumerate() {
            let texts = [(&bitext.source, &bead.source), (&bitext.target, &bead.target)]
                .map(|(document, segments)| self.side(document, segments.clone()));
            if texts.iter().any(String::is_empty) {
                self.left_out.push(row);
            } else {
                self.unit(bitext, row, bead, marks.get(row), &texts)?;
            }
        }
        self.close("body")?;
        self.line()?;
        self.close("tmx")?;
        self.line()
    }

    fn header(&mut self, bitext: &Bitext) -> io::Result<()> {
        let attributes = [
            ("creationtool", env!("CARGO_PKG_NAME")),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "duizhao"),
            ("adminlang", "en"),
            ("srclang", bitext.source.lang.tag()),
            ("datatype", "plaintext"),
        ];
        self.open("header", &attributes)?;
        for note in notes(bitext) {
            self.element("note", &[], note)?;
        }
        self.close("header")?;
        self.line()
    }

    fn unit(
        &mut self,
        bitext: &Bitext,
        row: usize,
        bead: &Bead,
        mark: Option<&Mark>,
        texts: &[String; 2],
    ) -> io::Result<()> {
        self.open("tu", &[("tuid", &(row + 1).to_string())])?;
        self.line()?;
        if let Some(note) = mark.map(Mark::note).filter(|note| !note.trim().is_empty()) {
            self.element("note", &[], note.trim())?;
        }
        let document = format!("{} ⇄ {}", bitext.source.name, bitext.target.name);
        let score = format!("{:.2}", bead.score);
        let status = mark.map(|mark| match (mark.confirmed, mark.flagged) {
            (_, true) => "flagged",
            (true, false) => "confirmed",
            (false, false) => "draft",
        });
        let kind = bead.kind().to_string();
        let props = [("x-document", document.as_str()), ("x-alignment-type", &kind), ("x-score", &score)];
        for (name, value) in props.into_iter().chain(status.map(|status| ("x-status", status))) {
            self.element("prop", &[("type", name)], value)?;
        }
        for (document, text) in [&bitext.source, &bitext.target].into_iter().zip(texts) {
            self.open("tuv", &[("xml:lang", document.lang.tag())])?;
            self.xml.write_event(Event::Start(BytesStart::new("seg")))?;
            self.xml.write_event(Event::Text(BytesText::new(text)))?;
            self.close("seg")?;
            self.close("tuv")?;
            self.line()?;
        }
        self.close("tu")?;
        self.line()
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        let text = self.clean(text);
        self.xml.write_event(Event::Text(BytesText::new(&text)))?;
        self.close(name)?;
        self.line()
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(start))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn line(&mut self) -> io::Result<()> {
        self.xml.write_event(Event::Text(BytesText::from_escaped("\n")))
    }

    /// The text of one side on one line.
    fn side(&mut self, document: &Document, segments: std::ops::Range<usize>) -> String {
        let breaks = ['\n', '\r', '\t'];
        let blanks = [' ', '\n', '\r', '\t'];
        let text = document.shown(segments).text;
        let text = self.clean(text.trim_matches(blanks));
        let text = text.trim_matches(blanks);
        if text.trim().is_empty() {
            return String::new();
        }
        self.replaced += text.matches(breaks).count();
        text.replace(breaks, " ")
    }

    /// The text without characters that XML 1.0 cannot hold, not even as references.
    fn clean(&mut self, text: &str) -> String {
        let fits = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        self.dropped += text.chars().filter(|&c| !fits(c)).count();
        text.chars().filter(|&c| fits(c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;
    use crate::bitext::Segment;
    use crate::import::{Format, read_str};
    use crate::lang::Lang;
    use crate::work::Note;

    fn document(tag: &str, lines: &[&str]) -> Document {
        let text = read_str(&lines.join("\n\n"), Format::Plain).unwrap();
        let segments: Vec<Segment> = crate::segment::one_per_block(&text);
        let lang = Lang::parse(tag).unwrap();
        Document::new("a & b.txt", lang, text, segments)
    }

    fn bitext() -> Bitext {
        let bead = |at: usize| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 };
        let lone = Bead { source: 2..3, target: 2..2, score: 0.9 };
        Bitext {
            source: document("zh-CN", &["“甲”<乙>&]]>\u{200f}", "一\u{b}二\u{fffe}\t三", "丙"]).into(),
            target: document("en-GB", &["A <b> & \u{1f600} \"C\"", "one\ttwo"]).into(),
            beads: vec![bead(0), bead(1), lone],
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let marks = [Mark { notes: [Note::of_content("a <note>")].into(), flagged: true, ..Mark::default() }];
        let exported = to_tmx(&bitext(), &marks);
        assert_eq!((exported.dropped, exported.left_out.as_slice()), (2, &[2][..]));
        assert!(exported.content.contains("srclang=\"zh-CN\"") && exported.content.contains("x-status\">flagged"));
        let mut reader = Reader::from_str(&exported.content);
        let (mut inside, mut texts) = (String::new(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    inside = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                    if inside == "seg" || inside == "note" {
                        texts.push(String::new());
                    }
                }
                Event::End(_) => inside.clear(),
                Event::Text(text) if inside == "seg" || inside == "note" => {
                    texts.last_mut().unwrap().push_str(&text.decode().unwrap());
                }
                Event::GeneralRef(entity) if !inside.is_empty() => {
                    let name = entity.decode().unwrap().into_owned();
                    let known = quick_xml::escape::unescape(&format!("&{name};")).unwrap().into_owned();
                    if inside == "seg" || inside == "note" {
                        texts.last_mut().unwrap().push_str(&known);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let wanted = ["a <note>", "“甲”<乙>&]]>\u{200f}", "A <b> & \u{1f600} \"C\"", "一二 三", "one two"];
        assert_eq!(texts, wanted);
    }
}
