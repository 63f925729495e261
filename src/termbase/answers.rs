//! What a term base says of a language with its region and script: regions are languages of their own where it has the one
//! that is asked for.

use super::{Concept, Section, TermBase};
use crate::lang::{Fit, Lang};

impl TermBase {
    /// How well the sections answer a wish where they do it best; nothing without one in its language.
    fn best_fit(&self, wish: &Lang) -> Option<Fit> {
        let sections = self.concepts.iter().flat_map(|concept| &concept.sections);
        sections.filter_map(|section| section.lang.fit(wish)).max()
    }

    /// The sections that answer a wish, for one concept after the other. Regions and scripts are languages of their own where
    /// the term base has the one that is wished for: a section of another is none of it, one without region and script is.
    pub fn answering<'a>(&self, wish: &'a Lang) -> Answers<'a> {
        Answers { wish, best: self.best_fit(wish) }
    }

    /// What it says of two languages with their regions and scripts, and of all others.
    #[must_use]
    pub fn narrowed(&self, langs: [&Lang; 2]) -> Self {
        let wishes = langs.map(|wish| self.answering(wish));
        let mut out = self.clone();
        for concept in &mut out.concepts {
            for wish in &wishes {
                let kept: Vec<bool> = {
                    let answers = wish.sections(concept);
                    let is_kept = |section: &Section| {
                        section.lang.language() != wish.wish.language()
                            || answers.iter().any(|answer| std::ptr::eq(*answer, section))
                    };
                    concept.sections.iter().map(is_kept).collect()
                };
                let mut kept = kept.into_iter();
                concept.sections.retain(|_| kept.next().unwrap_or(true));
            }
        }
        out
    }
}

/// What answers a wish for a language in a term base.
#[derive(Debug)]
pub struct Answers<'a> {
    wish: &'a Lang,
    /// How well the term base answers it at best.
    best: Option<Fit>,
}

impl Answers<'_> {
    /// The sections of a concept of that term base.
    pub fn sections<'c>(&self, concept: &'c Concept) -> Vec<&'c Section> {
        let fits = || concept.sections.iter().filter_map(|section| Some((section.lang.fit(self.wish)?, section)));
        if self.wish.is_general() {
            return fits().map(|(_, section)| section).collect();
        }
        let best = fits().map(|(fit, _)| fit).max();
        let answers = |fit: Fit, section: &Section| {
            Some(fit) == best && (Some(fit) == self.best || fit == Fit::Script || section.lang.is_general())
        };
        fits().filter(|(fit, section)| answers(*fit, section)).map(|(_, section)| section).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::Term;

    fn base(concepts: &[&[&str]]) -> TermBase {
        let section = |tag: &&str| Section {
            terms: vec![Term { text: (*tag).to_owned(), ..Term::default() }],
            ..Section::new(Lang::parse(tag).unwrap())
        };
        let concept = |tags: &&[&str]| Concept { sections: tags.iter().map(section).collect(), ..Concept::default() };
        TermBase { concepts: concepts.iter().map(concept).collect(), ..TermBase::default() }
    }

    #[test]
    fn a_region_is_a_language_of_its_own_where_it_is_there() {
        let base = base(&[
            &["en", "zh-CN", "zh-TW"],
            &["en-GB", "zh-CN"],
            &["en", "zh", "zh-CN"],
            &["en", "zh-Hant", "zh-CN"],
        ]);
        let left = |wish: &str| {
            let narrowed = base.narrowed([&Lang::parse("en").unwrap(), &Lang::parse(wish).unwrap()]);
            let tags = |concept: &Concept| {
                let tags: Vec<String> = concept.sections.iter().map(|section| section.lang.to_string()).collect();
                tags.join(" ")
            };
            narrowed.concepts.iter().map(tags).collect::<Vec<_>>()
        };
        assert_eq!(left("zh-TW"), ["en zh-TW", "en-GB", "en zh", "en zh-Hant"]);
        assert_eq!(left("zh-HK"), ["en zh-TW", "en-GB", "en zh", "en zh-Hant"]);
        assert_eq!(left("zh-CN"), ["en zh-CN", "en-GB zh-CN", "en zh-CN", "en zh-CN"]);
        // Without a region all of them.
        assert_eq!(left("zh"), ["en zh-CN zh-TW", "en-GB zh-CN", "en zh zh-CN", "en zh-Hant zh-CN"]);
        assert_eq!(left("vi"), left("zh"));
    }

    #[test]
    fn where_no_region_that_is_asked_for_is_there_another_one_is_better_than_none() {
        let base = base(&[&["en", "zh-CN"]]);
        let narrowed = base.narrowed([&Lang::parse("en-US").unwrap(), &Lang::parse("zh-TW").unwrap()]);
        assert_eq!(narrowed, base);
    }
}
