//! A term base on its way out: what of it a form shows, in which languages, and what is lost by that.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use super::holds::without_place;
use super::{Detail, Direction, Error, TermsForm, Write};
use crate::exchange::Losses;
use crate::exchange::left_out::MOST;
use crate::exchange::output::Output;
use crate::exchange::xml::holds;
use crate::lang::Lang;
use crate::notice::{Notice, notice};
use crate::termbase::{Status, Term, TermBase};

/// A term base as a form shows it.
#[derive(Clone, Debug)]
pub struct Outgoing<'a> {
    form: &'static TermsForm,
    base: Cow<'a, TermBase>,
    /// The languages of a form that holds two.
    langs: Option<[Lang; 2]>,
    losses: Vec<Notice>,
    remarks: Vec<Notice>,
}

impl<'a> Outgoing<'a> {
    /// A term base in a form. Forms of two languages take those that answer the given ones best, otherwise those of most
    /// concepts: the first of a concept is the source.
    ///
    /// # Errors
    /// [`Error::NoPair`].
    pub fn new(base: &'a TermBase, form: &'static TermsForm, langs: [Option<&Lang>; 2]) -> Result<Self, Error> {
        let mut out = Self { form, base: Cow::Borrowed(base), langs: None, losses: Vec::new(), remarks: Vec::new() };
        if !form.has(Detail::Rejected) {
            out.show_only_what_fits();
        }
        if matches!(form.write, Some(Write::Pairs(_))) {
            let Direction { source, target } = direction(&out.base, langs)?;
            out.langs = Some([source.clone(), target.clone()]);
        }
        Ok(out)
    }

    /// Writes it. The text goes to `to` in pieces of bounded size.
    ///
    /// # Errors
    /// The first failure of `to`; a form that is not written writes nothing.
    pub fn write(&self, to: &mut dyn io::Write) -> io::Result<Losses> {
        let mut out = Output::new(to);
        match (self.form.write, &self.langs) {
            (Some(Write::Whole(write)), _) => write(&self.base, &mut out),
            (Some(Write::Pairs(write)), Some([source, target])) => {
                write(&self.base, Direction { source, target }, &mut out);
            }
            _ => {}
        }
        let own = std::mem::take(&mut out.lost.losses);
        out.lost.losses = self.losses.iter().cloned().chain(own).chain(without_place(&self.base, self.form)).collect();
        out.lost.remarks.splice(0..0, self.remarks.iter().cloned());
        out.finish()
    }

    /// Leaves out rejected terms and empty ones, and, for programs that would offer a deprecated term as a translation,
    /// those. Concepts that are left without any term go, too.
    fn show_only_what_fits(&mut self) {
        let base = self.base.to_mut();
        let blind = !self.form.has(Detail::Deprecated);
        let (mut rejected, mut deprecated, mut empty) = (0, 0, 0);
        let mut fits = |term: &Term| {
            let count = match term.status {
                _ if is_blank(&term.text) => &mut empty,
                Status::Rejected => &mut rejected,
                Status::Deprecated if blind => &mut deprecated,
                _ => return true,
            };
            *count += 1;
            false
        };
        for concept in &mut base.concepts {
            for section in &mut concept.sections {
                section.terms.retain(&mut fits);
            }
            concept.sections.retain(|section| !section.terms.is_empty());
        }
        let before = base.concepts.len();
        base.concepts.retain(|concept| !concept.sections.is_empty());
        let gone = before - base.concepts.len();
        self.remarks.extend(Notice::of_any("rejected-terms", rejected));
        self.remarks.extend(Notice::of_any("no-term", gone));
        self.losses.extend(Notice::of_any("deprecated-terms", deprecated));
        self.losses.extend(Notice::of_any("no-text", empty));
    }
}

/// Whether a text has nothing that every form can hold.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || !holds(c))
}

/// The two languages of a form: each by the tag that most concepts have it in.
pub(super) fn direction<'a>(base: &'a TermBase, [source, target]: [Option<&Lang>; 2]) -> Result<Direction<'a>, Error> {
    let mut tags: Vec<(&Lang, usize, usize)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for concept in &base.concepts {
        for (place, section) in concept.sections.iter().enumerate().filter(|(_, section)| !section.terms.is_empty()) {
            let at = *known.entry(section.lang.tag()).or_insert_with(|| {
                tags.push((&section.lang, 0, 0));
                tags.len() - 1
            });
            if let Some((_, count, places)) = tags.get_mut(at) {
                (*count, *places) = (*count + 1, *places + place);
            }
        }
    }
    let found = || {
        let tags: Vec<&str> = tags.iter().take(MOST).map(|(lang, ..)| lang.tag()).collect();
        match tags[..] {
            [] => notice!("no language"),
            [one, other] => notice!("{0} and {1}", one, other),
            _ => notice!("{0}", tags.join(", ")),
        }
    };
    // Most concepts first; of two in the same concepts the one that stands first.
    let mut order: Vec<&(&Lang, usize, usize)> = tags.iter().collect();
    order.sort_by_key(|(_, count, places)| (std::cmp::Reverse(*count), *places));
    let tags = || order.iter().map(|(lang, ..)| *lang);
    let of = |wish: Option<&Lang>, other: Option<&Lang>| match wish {
        Some(wish) => wish.best(tags()),
        None => tags().find(|lang| other.is_none_or(|other| other.language() != lang.language())),
    };
    let source = of(source, target);
    let target = of(target, source);
    match source.zip(target) {
        Some((source, target)) if source.language() != target.language() => Ok(Direction { source, target }),
        _ => Err(Error::NoPair { found: found() }),
    }
}
