//! TBX 3 (ISO 30042:2019), dialect TBX-Basic, style DCA: for programs of today, among them those of RWS.

use super::super::Exported;
use super::tbx::{self, Names};
use crate::termbase::TermBase;

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

pub(super) fn write(base: &TermBase) -> Exported {
    tbx::write(base, &NAMES)
}
