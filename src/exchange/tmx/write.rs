//! Translation Memory eXchange out.
//!
//! Other tools refuse whole files for one wrong attribute or one control character (some check the DTD, others the
//! characters): such characters are dropped and counted.

use super::{Header, Unit};
use crate::exchange::output::Output;
use crate::exchange::xml::{Quotes, Xml};

/// The system identifier that tools look for; nobody fetches it.
const DOCTYPE: &str = "tmx SYSTEM \"tmx14.dtd\"";

/// A memory that grows.
pub(in crate::exchange) struct Writer<'o, 'w> {
    xml: Xml<'o, 'w>,
}

impl<'o, 'w> Writer<'o, 'w> {
    /// A memory begins.
    pub(in crate::exchange) fn new(out: &'o mut Output<'w>, header: &Header) -> Self {
        let mut out = Self { xml: Xml::new(out, Quotes::Escaped, DOCTYPE) };
        out.xml.start("tmx", &[("version", "1.4")]);
        out.xml.line();
        let attributes = [
            ("creationtool", env!("CARGO_PKG_NAME")),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "duizhao"),
            ("adminlang", "en"),
            ("srclang", header.source_tag.as_deref().unwrap_or("*all*")),
            ("datatype", "plaintext"),
        ];
        out.xml.start("header", &attributes);
        for note in &header.notes {
            out.element("note", &[], note);
        }
        out.xml.end("header");
        out.xml.line();
        out.xml.start("body", &[]);
        out.xml.line();
        out
    }

    /// A further unit.
    pub(in crate::exchange) fn unit(&mut self, unit: &Unit) {
        let id = unit.id.as_deref().map(|id| ("tuid", id));
        self.xml.start("tu", id.as_slice());
        self.xml.line();
        for note in &unit.notes {
            self.element("note", &[], note);
        }
        for (kind, value) in &unit.properties {
            self.element("prop", &[("type", kind)], value);
        }
        for variant in &unit.variants {
            self.xml.start("tuv", &[("xml:lang", &variant.tag)]);
            self.xml.start("seg", &[]);
            self.xml.text(variant.text.as_deref().unwrap_or_default());
            self.xml.end("seg");
            self.xml.end("tuv");
            self.xml.line();
        }
        self.xml.end("tu");
        self.xml.line();
    }

    /// The memory ends.
    pub(in crate::exchange) fn end(mut self) {
        for name in ["body", "tmx"] {
            self.xml.end(name);
            self.xml.line();
        }
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.xml.start(name, attributes);
        self.xml.text(text);
        self.xml.end(name);
        self.xml.line();
    }
}
