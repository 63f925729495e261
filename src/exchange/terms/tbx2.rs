//! TBX 2 (ISO 30042:2008), a `martif` document: what OmegaT, Weblate and the Translate Toolkit read.
//!
//! OmegaT pairs every source term of an entry with every target term and shows a status only as a comment.

use super::super::Exported;
use super::tbx::{self, Names};
use crate::termbase::TermBase;

const NAMES: Names = Names {
    // Nobody fetches it; tools look at the name.
    doctype: "<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">\n",
    root: ("martif", &[("type", "TBX"), ("xml:lang", "en")]),
    header: "martifHeader",
    entry: "termEntry",
    language: "langSet",
    term: "tig",
    transaction: "terminologyManagementTransactions",
    encoding: Some(("XCSURI", "TBXXCSV02.xcs")),
};

pub(super) fn write(base: &TermBase) -> Exported {
    tbx::write(base, &NAMES)
}
