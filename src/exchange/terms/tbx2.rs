//! TBX 2 (ISO 30042:2008), a `martif` document: what OmegaT, Weblate and the Translate Toolkit read.
//!
//! OmegaT pairs every source term of an entry with every target term and shows a status only as a comment.

use super::tbx::{self, Names};
use super::tree::Elements;
use super::{Detail, Reading, TermsForm, Write, tbx_in};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::termbase::TermBase;

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "tbx2",
        endings: &["tbx"],
        name: ["TBX 2, for OmegaT, Weblate and older programs", "TBX 2，供 OmegaT、Weblate 及较旧的程序使用"],
        hint: "ISO 30042:2008",
        programs: &["OmegaT", "Translate Toolkit", "Weblate"],
    },
    holds: Detail::SHOWN,
    write: Some(Write::Whole(write)),
    read: Some(Reading::Xml(Elements {
        roots: &["martif"],
        entry: ("termEntry", tbx_in::concept),
        header: Some(("martifHeader", tbx_in::header)),
    })),
};

const NAMES: Names = Names {
    // Nobody fetches it; tools look at the name.
    doctype: "martif SYSTEM \"TBXcoreStructV02.dtd\"",
    root: ("martif", &[("type", "TBX"), ("xml:lang", "en")]),
    header: "martifHeader",
    entry: "termEntry",
    language: "langSet",
    term: "tig",
    transaction: "terminologyManagementTransactions",
    encoding: Some(("XCSURI", "TBXXCSV02.xcs")),
};

fn write(base: &TermBase, out: &mut Output<'_>) {
    tbx::write(base, &NAMES, out);
}
