//! Comma-separated values for MultiTerm (its converter) and Trados Team: an entry a row, with a header; synonyms stand
//! in one cell with `|` between them, their statuses likewise.
//!
//! There is no way to write a `|` that parts nothing, so a term with one is left out and said.

use super::lines::Table;
use super::{Detail, Reading, TermsForm, Write, words};
use crate::exchange::form::About;
use crate::exchange::output::Output;
use crate::lang::Lang;
use crate::notice::Notice;
use crate::termbase::{Status, TermBase};

pub(super) static FORM: TermsForm = TermsForm {
    about: About {
        code: "multiterm",
        endings: &["csv"],
        name: ["MultiTerm and Trados (CSV)", "MultiTerm 与 Trados（CSV）"],
        hint: "",
        programs: &["MultiTerm", "Trados Studio", "Trados Team"],
    },
    holds: &[
        Detail::Deprecated,
        Detail::Subject,
        Detail::Definition,
        Detail::ConceptNote,
        Detail::Status,
        Detail::Context,
    ],
    write: Some(Write::Whole(write)),
    read: Some(Reading::Table),
};

/// Parts values in a cell.
pub(super) const PARTS: char = '|';

fn write(base: &TermBase, out: &mut Output<'_>) {
    let mut langs: Vec<&Lang> = Vec::new();
    for lang in base.concepts.iter().flat_map(|concept| concept.sections.iter().map(|section| &section.lang)) {
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    let names: Vec<String> = langs.iter().map(|lang| name(lang)).collect();
    let mut head: Vec<String> = ["Concept ID", "Subject", "Definition", "Note"].map(str::to_owned).to_vec();
    for name in &names {
        head.extend([name.clone(), format!("{name} Status"), format!("{name} Context")]);
    }
    let mut table = Table::quoted(out, ',');
    table.head(head.iter().map(String::as_str));
    let mut barred = 0;
    for concept in &base.concepts {
        let mut cells =
            vec![concept.id.clone(), concept.subject.clone(), concept.definition.clone(), concept.note.clone()];
        let mut any = false;
        for lang in &langs {
            let sections = concept.sections.iter().filter(|section| section.lang == **lang);
            let terms = sections.flat_map(|section| &section.terms);
            let (fine, with_bar): (Vec<_>, Vec<_>) = terms.partition(|term| !term.text.contains(PARTS));
            barred += with_bar.len();
            any |= !fine.is_empty();
            let joined = |values: Vec<&str>| values.join("|");
            cells.push(joined(fine.iter().map(|term| term.text.trim()).collect()));
            let decided = fine.iter().any(|term| term.status != Status::Proposed);
            let statuses = fine.iter().map(|term| term.status.name()).collect();
            cells.push(if decided { joined(statuses) } else { String::new() });
            let contexts = fine.iter().flat_map(|term| &term.contexts).map(|context| {
                // A context is there to be read: a mark that looks alike does no harm.
                words::context_line(context).replace(PARTS, "¦")
            });
            cells.push(contexts.collect::<Vec<_>>().join("|"));
        }
        if any {
            table.row(cells.iter().map(String::as_str));
        }
    }
    table.finish(Notice::of_any("bars", barred).into_iter().collect());
}

/// What a column of a language is called.
fn name(lang: &Lang) -> String {
    if *lang == Lang::of(lang.language()) {
        lang.language().name().to_owned()
    } else {
        format!("{} ({lang})", lang.language().name())
    }
}
