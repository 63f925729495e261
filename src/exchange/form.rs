//! What every form says of itself.

use crate::notice::Tongue;

/// A form of exchange: what the command line, the pages of the window and the guide say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What `--format` calls it.
    pub code: &'static str,
    /// The endings of its files without the point, first that of the files that are written.
    pub endings: &'static [&'static str],
    /// Its name in English and in Chinese.
    pub name: [&'static str; 2],
    /// What is to be known of it besides, in English; mostly nothing.
    pub hint: &'static str,
    /// Programs that take it or write it; none where that is everybody.
    pub programs: &'static [&'static str],
}

impl About {
    /// Its name.
    pub fn name(&self, tongue: Tongue) -> &'static str {
        let [english, chinese] = self.name;
        if tongue == Tongue::Chinese { chinese } else { english }
    }

    /// Its name in English, with what is to be known of it besides.
    pub fn help(&self) -> String {
        let [name, _] = self.name;
        if self.hint.is_empty() { name.to_owned() } else { format!("{name}; {}", self.hint) }
    }

    /// The ending of the files that are written.
    pub fn ending(&self) -> &'static str {
        self.endings.first().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    use expect_test::expect_file;

    use super::*;
    use crate::exchange::rows::{self, RowsForm};
    use crate::exchange::terms::{self, TermsForm};

    /// A table of forms: what each says of itself, and what it has a place for.
    fn table(forms: impl Iterator<Item = (About, [bool; 2], String)>) -> String {
        let mut out =
            "| `--format` | form | endings | out, in | programs | holds when written, besides the texts |\n".to_owned();
        out += "| --- | --- | --- | --- | --- | --- |\n";
        for (about, [is_written, is_read], holds) in forms {
            let way = match (is_written, is_read) {
                (true, true) => "both",
                (true, false) => "out",
                (false, _) => "in",
            };
            // What is read of a form that is never written is not said.
            let (code, holds) =
                if is_written { (format!("`{}`", about.code), holds) } else { (String::new(), "—".to_owned()) };
            let endings: Vec<String> = about.endings.iter().map(|ending| format!("`.{ending}`")).collect();
            let name = about.help();
            let (endings, programs) = (endings.join(" "), about.programs.join(", "));
            let _ = writeln!(out, "| {code} | {name} | {endings} | {way} | {programs} | {holds} |");
        }
        out
    }

    /// Details as the guide calls them: `TextNote` is a text note.
    fn details(all: &[impl std::fmt::Debug], most: usize) -> String {
        if all.len() == most {
            return "everything".to_owned();
        }
        let plain = |detail: &dyn std::fmt::Debug| {
            let name = format!("{detail:?}");
            name.chars().fold(String::new(), |mut out, c| {
                if c.is_uppercase() && !out.is_empty() {
                    out.push(' ');
                }
                out.extend(c.to_lowercase());
                out
            })
        };
        all.iter().map(|detail| plain(detail)).collect::<Vec<_>>().join(", ")
    }

    fn all() -> impl Iterator<Item = About> {
        rows::FORMS.into_iter().map(|form| form.about).chain(terms::FORMS.into_iter().map(|form| form.about))
    }

    /// `UPDATE_EXPECT=1` writes the guide anew.
    #[test]
    fn the_guide_lists_every_form() {
        let rows = rows::FORMS
            .into_iter()
            .map(|form| (form.about, [form.is_written(), form.is_read()], details(form.holds, 5)));
        let terms = terms::FORMS.into_iter().map(|form| {
            (form.about, [form.is_written(), form.is_read()], details(form.holds, terms::Detail::ALL.len()))
        });
        let guide = format!(
            "# Forms\n\nThe forms that texts and terms go out and come in. This page is made by a test from the \
             descriptions of the forms; `UPDATE_EXPECT=1 cargo test --all-features --lib the_guide` writes it anew.\n\n\
             ## Aligned texts\n\n`duizhao export`, `duizhao align`, and opening.\n\n{}\n\
             ## Terms\n\n`duizhao terms`, and the glossary of the window.\n\n{}",
            table(rows),
            table(terms)
        );
        expect_file!["../../docs/forms.md"].assert_eq(&guide);
    }

    #[test]
    fn the_command_line_page_names_every_form_that_goes_out() {
        let page = include_str!("../../docs/command-line.md");
        let rows: Vec<&str> = RowsForm::written().map(|form| form.about.code).collect();
        let terms: Vec<&str> = TermsForm::written().map(|form| form.about.code).collect();
        for codes in [rows.join("|"), terms.join("|")] {
            assert!(page.contains(&format!("--format {codes}")), "{codes}");
        }
    }

    #[test]
    fn codes_differ_and_everything_has_a_name_in_both_languages() {
        for forms in [rows::FORMS.map(|form| form.about).to_vec(), terms::FORMS.map(|form| form.about).to_vec()] {
            let codes: BTreeSet<&str> = forms.iter().map(|about| about.code).collect();
            assert_eq!(codes.len(), forms.len());
        }
        for about in all() {
            assert!(about.name.iter().all(|name| !name.is_empty()), "{}", about.code);
            assert_ne!(about.name(Tongue::English), "");
        }
    }

    #[test]
    fn what_is_written_is_read_where_a_form_says_so_and_only_there() {
        for about in RowsForm::written().map(|form| form.about).chain(TermsForm::written().map(|form| form.about)) {
            assert!(!about.ending().is_empty(), "{}", about.code);
        }
        let sample = terms::sample();
        for form in terms::FORMS {
            let mut written = Vec::new();
            let outgoing = terms::Outgoing::new(&sample, form, [None, None]).unwrap();
            outgoing.write(&mut written).unwrap();
            assert_eq!(form.is_written(), !written.is_empty(), "{}", form.about.code);
            let [zh, en] = ["zh", "en"].map(|tag| crate::lang::Lang::parse(tag).unwrap());
            let read = terms::read(&mut written.as_slice(), [Some(&zh), Some(&en)], None);
            let is_whole = read.is_ok_and(|read| {
                read.base.concepts.iter().any(|concept| concept.all_terms().any(|(_, term)| term.text == "主权"))
            });
            assert_eq!(form.is_written() && form.is_read(), is_whole, "{}", form.about.code);
        }
    }
}
