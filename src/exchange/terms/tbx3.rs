//! TBX 3 (ISO 30042:2019), dialect TBX-Basic, style DCA: for programs of today, among them those of RWS.

use super::tbx::{self, Names};
use super::tree::Elements;
use super::{Detail, Reading, TermsForm, Write, tbx_in};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::termbase::TermBase;

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "tbx",
        endings: &["tbx"],
        name: ["TBX 3, for newer programs", "TBX 3，供较新的程序使用"],
        hint: "ISO 30042:2019, dialect TBX-Basic",
        programs: &["Trados Team"],
    },
    holds: Detail::SHOWN,
    write: Some(Write::Whole(write)),
    read: Some(Reading::Xml(Elements {
        roots: &["tbx", "TBX"],
        entry: ("conceptEntry", tbx_in::concept),
        header: Some(("tbxHeader", tbx_in::header)),
    })),
};

const NAMES: Names = Names {
    doctype: "",
    root: (
        "tbx",
        &[("type", "TBX-Basic"), ("style", "dca"), ("xml:lang", "en"), ("xmlns", "urn:iso:std:iso:30042:ed-2")],
    ),
    header: "tbxHeader",
    entry: "conceptEntry",
    language: "langSec",
    term: "termSec",
    transaction: "transactionType",
    encoding: None,
};

fn write(base: &TermBase, out: &mut Output<'_>) {
    tbx::write(base, &NAMES, out);
}
