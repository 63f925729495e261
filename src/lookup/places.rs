//! Places in aligned texts: rows whose source or target holds what was asked for.

use std::sync::Arc;

use super::Fit;
use super::phrases::is_of_word;
use super::query::{Query, QueryWord, marks_between};
use crate::bitext::{SIDES, Side};
use crate::find::{Index, Sieve};
use crate::lang::Language;
use crate::task::{Cancelled, Ctl};
use crate::text::Span;
use crate::token::english::irregular_forms;
use crate::token::{english_key, fold};
use crate::work::{Aligned, OpenAlignment};

/// So many bytes around a hit are cut into words.
const NEAR: usize = 256;

/// Aligned texts made ready to be asked.
#[derive(Clone, Debug)]
pub struct Places {
    open: OpenAlignment,
    indexes: [Arc<Index>; 2],
    sieves: [Sieve; 2],
}

/// A row in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub row: usize,
    /// The side.
    pub side: Side,
    /// The first place of it in that side's text, in bytes.
    pub span: Span,
    /// How it fits: as typed, in another form, or with the last word begun only.
    pub fit: Fit,
}

impl Places {
    /// Makes the texts of an alignment ready. An index that is there already is taken where it is of the text.
    pub fn new(open: OpenAlignment, indexes: Option<&[Arc<Index>; 2]>) -> Self {
        let indexes = SIDES.map(|side| {
            let document = open.aligned().document(side);
            let known = indexes.map(|indexes| &indexes[side as usize]);
            let known = known.filter(|index| index.fits(document.text.as_str()));
            known.map_or_else(|| Arc::new(Index::of(document)), Arc::clone)
        });
        let sieves = SIDES.map(|side| Sieve::new(&indexes[side as usize]));
        Self { open, indexes, sieves }
    }

    /// The alignment whose texts are asked.
    pub fn aligned(&self) -> Aligned<'_> {
        self.open.aligned()
    }

    /// The first rows that hold what is asked for, each once: first those where it stands as typed, then those with
    /// other forms of its words, then those where the last word is only begun.
    ///
    /// In a language with blanks between words a hit begins with a word, and English words fit in any inflection;
    /// elsewhere it may stand anywhere. Where less than `most` rows hold it as typed, all of both texts is looked through
    /// for more; that ends early only when it is cancelled.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn find(&self, ctl: &Ctl, query: &Query, most: usize) -> Result<Vec<Place>, Cancelled> {
        let mut out = Vec::new();
        for side in SIDES {
            let language = self.aligned().document(side).lang.language();
            if language.has_blanks() && !query.words.is_empty() {
                for stems in beginnings(&query.words, language) {
                    out.extend(self.by_words(ctl, side, language, query, &stems, most)?);
                }
            } else {
                out.extend(self.by_text(ctl, side, query, most)?);
            }
        }
        out.sort_by_key(|place: &Place| (place.row, place.fit, place.side as usize));
        out.dedup_by_key(|place| place.row);
        out.sort_by_key(|place| (place.fit, place.row));
        out.truncate(most);
        Ok(out)
    }

    fn by_text(&self, ctl: &Ctl, side: Side, query: &Query, most: usize) -> Result<Vec<Place>, Cancelled> {
        let mut gather = Gather::new(most);
        self.visit(ctl, side, &[&query.text], |span| {
            gather.take(Place { row: self.aligned().row_at(side, span.start), side, span, fit: Fit::Whole })
        })?;
        Ok(gather.places)
    }

    fn by_words(
        &self,
        ctl: &Ctl,
        side: Side,
        language: Language,
        query: &Query,
        stems: &[String],
        most: usize,
    ) -> Result<Vec<Place>, Cancelled> {
        let sieve = &self.sieves[side as usize];
        // What stands in the fewest parts of the text is looked for.
        let rarest = (0..stems.len()).min_by_key(|&at| sieve.count(&stems[at])).unwrap_or(0);
        let mut wanted: Vec<&str> = stems.iter().map(String::as_str).collect();
        wanted.swap(0, rarest);
        let words = Sought { words: &query.words, stems, begun: query.begun, language };
        let text = self.aligned().document(side).text.as_str();
        let mut gather = Gather::new(most);
        self.visit(ctl, side, &wanted, |hit| {
            let Some((span, fit)) = words.at(text, hit.start, rarest, gather.worst()) else { return true };
            match self.row_of(side, &span) {
                Some(row) => gather.take(Place { row, side, span, fit }),
                None => true,
            }
        })?;
        Ok(gather.places)
    }

    /// The row that words lie in as a whole. A line may end between them only where the sentence goes on: what follows a
    /// heading has no mark before it.
    fn row_of(&self, side: Side, span: &Span) -> Option<usize> {
        let document = self.aligned().document(side);
        let row = self.aligned().row_at(side, span.start);
        let segment = |byte: usize| document.segments.partition_point(|segment| segment.span.end <= byte);
        let (first, last) = (segment(span.start), segment(span.end.saturating_sub(1)));
        let goes_on = || !document.text.as_str()[span.clone()].contains(['\n', '\r']);
        (first == last || row == self.aligned().row_at(side, span.end - 1) && goes_on()).then_some(row)
    }

    fn visit(&self, ctl: &Ctl, side: Side, wanted: &[&str], take: impl FnMut(Span) -> bool) -> Result<(), Cancelled> {
        self.indexes[side as usize].visit(ctl, &self.sieves[side as usize], wanted, take)
    }

    /// The memory it takes besides the texts and what they are searched by, in bytes.
    pub fn memory(&self) -> usize {
        self.sieves.iter().map(Sieve::memory).sum()
    }
}

/// So many ways in which the words of a query begin in their forms are looked for.
const WAYS: usize = 8;

/// What the words of a query begin with: once for the regular forms of each, and once more for each form that begins
/// otherwise, as `mice` and `mouse` do.
fn beginnings(words: &[QueryWord], language: Language) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        let stems = stems(word, language);
        let longer = |way: &Vec<String>| {
            let way = way.clone();
            stems.clone().into_iter().map(move |stem| way.iter().cloned().chain([stem]).collect())
        };
        let mut next: Vec<Vec<String>> = out.iter().flat_map(longer).collect();
        if next.len() > WAYS {
            for way in &mut out {
                way.extend(stems.first().cloned());
            }
        } else {
            std::mem::swap(&mut out, &mut next);
        }
    }
    out
}

/// What the forms of a word begin with, none of them the beginning of another.
fn stems(word: &QueryWord, language: Language) -> Vec<String> {
    if language != Language::English {
        return vec![word.folded.clone()];
    }
    let mut out = vec![stem(&word.folded, &word.key).to_owned()];
    for form in irregular_forms(&word.folded) {
        let stem = stem(&form, &word.key);
        if !out.iter().any(|known| stem.starts_with(known.as_str())) {
            out.retain(|known| !known.starts_with(stem));
            out.push(stem.to_owned());
        }
    }
    out
}

/// What a word and its regular forms begin with. Stemming turns `study` and `studies` into `studi`, `make` and `making` into
/// `make`.
fn stem<'a>(folded: &'a str, key: &str) -> &'a str {
    let same = folded.char_indices().zip(key.chars()).find(|((_, a), b)| a != b);
    let length = same.map_or(folded.len().min(key.len()), |((at, _), _)| at);
    let stem = folded[..length].trim_end_matches(['i', 'e', 'y']);
    if stem.chars().nth(1).is_some() { stem } else { folded }
}

/// Keeps so many rows of each fit.
struct Gather {
    places: Vec<Place>,
    most: usize,
    /// How many there are of each fit.
    counts: [usize; Fit::ALL.len()],
}

impl Gather {
    fn new(most: usize) -> Self {
        Self { places: Vec::new(), most, counts: [0; Fit::ALL.len()] }
    }

    /// The worst fit of which another row is wanted: of words that are begun everywhere, only whole ones soon.
    fn worst(&self) -> Fit {
        let wanted = [Fit::Completes, Fit::Inflects].into_iter().find(|fit| self.counts[*fit as usize] < self.most);
        wanted.unwrap_or(Fit::Whole)
    }

    /// Takes the first place of a row, and a better one of the same. Whether to go on.
    fn take(&mut self, place: Place) -> bool {
        let fit = place.fit as usize;
        match self.places.last_mut().filter(|last| last.row == place.row) {
            Some(last) if place.fit < last.fit => {
                self.counts[last.fit as usize] -= 1;
                self.counts[fit] += 1;
                *last = place;
            }
            None if self.counts[fit] < self.most => {
                self.counts[fit] += 1;
                self.places.push(place);
            }
            _ => {}
        }
        self.counts[Fit::Whole as usize] < self.most
    }
}

/// The words that are looked for one after another.
struct Sought<'a> {
    words: &'a [QueryWord],
    stems: &'a [String],
    begun: bool,
    language: Language,
}

impl Sought<'_> {
    /// Whether they stand where word `number` of them begins at a byte of a text, in a form that is no worse than `worst`.
    ///
    /// Words that are common each by itself are seldom together: nothing is read beyond the first that is another.
    fn at(&self, text: &str, byte: usize, number: usize, worst: Fit) -> Option<(Span, Fit)> {
        if text[..byte].chars().next_back().is_some_and(is_of_word) {
            return None;
        }
        let after = &text[byte..text.floor_char_boundary(byte + NEAR)];
        let mut behind = word_spans(after, byte);
        let first = behind.next().filter(|span| span.start == byte)?;
        let mut out = self.fit(number, &text[first.clone()], worst)?;
        let mut last = first.clone();
        for at in number + 1..self.words.len() {
            let span = behind.next()?;
            out = out.max(self.fit(at, &text[span.clone()], worst)?);
            last = Some(span).filter(|span| self.follows(at, text, &last, span))?;
        }
        let before = text.floor_char_boundary(byte.saturating_sub(NEAR));
        let mut before = word_spans(&text[before..byte], before);
        let mut first = first;
        for at in (0..number).rev() {
            let span = before.next_back()?;
            out = out.max(self.fit(at, &text[span.clone()], worst)?);
            first = Some(span).filter(|span| self.follows(at + 1, text, span, &first))?;
        }
        Some((first.start..last.end, out))
    }

    /// Whether what stands between two words of a text is what was typed before word `at`.
    fn follows(&self, at: usize, text: &str, before: &Span, span: &Span) -> bool {
        marks_between(&text[before.clone()], &text[before.end..span.start]) == self.words[at].marks
    }

    fn fit(&self, at: usize, written: &str, worst: Fit) -> Option<Fit> {
        let (word, folded) = (&self.words[at], fold(written));
        let inflected = || {
            self.language == Language::English
                && folded.starts_with(&self.stems[at])
                && english_key(&folded) == word.key
        };
        if folded == word.folded {
            return Some(Fit::Whole);
        }
        if worst >= Fit::Inflects && inflected() {
            return Some(Fit::Inflects);
        }
        let is_last = at + 1 == self.words.len();
        (is_last && self.begun && worst >= Fit::Completes && folded.starts_with(&word.folded)).then_some(Fit::Completes)
    }
}

/// The words of a text that begins at a byte of a longer one.
fn word_spans(text: &str, start: usize) -> impl DoubleEndedIterator<Item = Span> {
    let base = text.as_ptr() as usize;
    let words = text.split(|c: char| !is_of_word(c)).map(|word| word.trim_matches(['.', '\'', '’']));
    let span = move |word: &str| {
        let at = start + word.as_ptr() as usize - base;
        at..at + word.len()
    };
    words.filter(|word| !word.is_empty()).map(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bead, Bitext};
    use crate::project::paste;

    fn places(chinese: &str, english: &str) -> Places {
        let (source, target) = (paste("zh", chinese).unwrap(), paste("en", english).unwrap());
        let count = source.segments.len();
        assert_eq!(count, target.segments.len());
        let bead = |at| Bead { source: at..at + 1, target: at..at + 1, score: 1.0 };
        let beads = (0..count).map(bead).collect();
        Places::new(OpenAlignment::from(Bitext { source: source.into(), target: target.into(), beads }), None)
    }

    fn found(places: &Places, typed: &str) -> Vec<String> {
        let found = places.find(&Ctl::quiet(), &Query::new(typed), 3).unwrap();
        let shown = |place: Place| {
            let text = places.aligned().document(place.side).text.as_str();
            format!("{} {} {}", place.row + 1, &text[place.span], place.fit.name())
        };
        found.into_iter().map(shown).collect()
    }

    const ZH: &str = "谈判失败。\n双方正在谈判。\n各国适用国际法。\n网络空间的法律。\n";
    const EN: &str = "The negotiations failed.\nBoth are negotiating outlawed acts.\nStates apply international law.\n\
        Lawyers know, the Law of Cyberspace.\n";

    #[test]
    fn forms_that_begin_otherwise_are_found_from_each_other() {
        let places = places("一。\n二。\n三。\n四。\n", "A mouse.\nTwo mice ran.\nThe matrices.\nA matrix of mice.\n");
        for typed in ["mouse", "mice"] {
            let mut rows: Vec<String> = found(&places, typed).iter().map(|hit| hit[..1].to_owned()).collect();
            rows.sort();
            assert_eq!(rows, ["1", "2", "4"], "{typed}");
        }
        assert_eq!(found(&places, "matrix"), ["4 matrix whole", "3 matrices inflects"]);
        assert_eq!(found(&places, "matrices"), ["3 matrices whole", "4 matrix inflects"]);
        assert_eq!(found(&places, "matrices of mouse"), ["4 matrix of mice inflects"]);
        assert_eq!(found(&places, "mice run"), ["2 mice ran inflects"]);
        assert!(found(&places, "micas").is_empty());
    }

    #[test]
    fn english_words_are_found_inflected_and_whole_ones_first() {
        let places = places(ZH, EN);
        assert_eq!(found(&places, "negotiate"), ["1 negotiations inflects", "2 negotiating inflects"]);
        assert_eq!(found(&places, "negotiating"), ["2 negotiating whole", "1 negotiations inflects"]);
        assert_eq!(found(&places, "LAW"), ["3 law whole", "4 Law whole"]);
        assert_eq!(found(&places, "laws"), ["3 law inflects", "4 Law inflects"]);
        assert_eq!(found(&places, "lawye"), ["4 Lawyers completes"]);
        assert_eq!(found(&places, "state applied internat"), ["3 States apply international completes"]);
        assert_eq!(found(&places, "the law of cyber"), ["4 Law of Cyberspace completes"]);
        for nothing in ["law cyberspace", "outlaws law", "awful", ""] {
            assert!(found(&places, nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn words_are_found_together_in_a_row_with_nothing_between_them_but_what_was_typed() {
        let places = places(ZH, EN);
        for nothing in ["failed both", "acts states", "failed. Both", "know the", "law lawyers"] {
            assert!(found(&places, nothing).is_empty(), "{nothing}");
        }
        assert_eq!(found(&places, "lawyers know, the law"), ["4 Lawyers know, the Law whole"]);
        let english =
            "Contents\nCyber Power\nThe U.S. law, by law. Enforcement of state-owned law.\nNo. 5 is the law.\n";
        let places = super::tests::places("目录\n网络权力\n法律。\n执法。\n五。\n", english);
        for nothing in ["contents cyber", "power the", "law by", "law enforcement"] {
            assert!(found(&places, nothing).is_empty(), "{nothing}");
        }
        assert_eq!(found(&places, "U.S. law"), ["3 U.S. law whole"]);
        assert_eq!(found(&places, "U.S law"), ["3 U.S. law whole"]);
        assert_eq!(found(&places, "of state owned law"), ["4 of state-owned law whole"]);
        assert_eq!(found(&places, "no. 5"), ["5 No. 5 whole"]);
    }

    #[test]
    fn words_are_found_together_over_the_line_ends_of_a_sentence() {
        let english = "The states that took part agreed to apply international\nlaw in cyberspace and to respect the \
            sovereignty\nof others.\n\nThe scholars who met there wrote down many rules that\nsay how this may be done, \
            and most of them were\nwelcomed.\n";
        let places = places("各国适用国际法。\n学者写下规则。\n", english);
        assert_eq!(found(&places, "international law"), ["1 international\nlaw whole"]);
    }

    #[test]
    fn chinese_is_found_in_either_script_wherever_it_stands() {
        let places = places(ZH, EN);
        assert_eq!(found(&places, "談判"), ["1 谈判 whole", "2 谈判 whole"]);
        assert_eq!(found(&places, "法"), ["3 法 whole", "4 法 whole"]);
        assert!(found(&places, "网路").is_empty());
    }

    #[test]
    fn only_as_many_rows_are_looked_for_as_are_wanted_and_whole_words_are_not_missed() {
        let many = |word: &str| format!("{word} x.\n").repeat(50);
        let (chinese, english) = ("词。\n".repeat(102), many("lawyer") + "Law.\n" + &many("laws") + "Law.\n");
        let places = places(&chinese, &english);
        assert_eq!(found(&places, "law"), ["51 Law whole", "102 Law whole", "52 laws inflects"]);
    }

    #[test]
    fn words_common_by_themselves_are_found_where_they_stand_together_at_last() {
        let apart = "The power of a state in the cyber domain.\n".repeat(3000);
        let chinese = "词。\n".repeat(3001);
        let places = places(&chinese, &(apart + "We study cyber power.\n"));
        assert_eq!(found(&places, "cyber power"), ["3001 cyber power whole"]);
        assert_eq!(found(&places, "study cyber pow"), ["3001 study cyber power completes"]);
        assert!(found(&places, "power cyber").is_empty());
    }

    #[test]
    fn behind_many_other_forms_the_word_as_typed_is_found() {
        let english = "States agree.\n".repeat(3000) + "A stateless state.\n";
        let places = places(&"词。\n".repeat(3001), &english);
        let inflected = (1..3).map(|row| format!("{row} States inflects"));
        let wanted: Vec<String> = ["3001 state whole".to_owned()].into_iter().chain(inflected).collect();
        assert_eq!(found(&places, "state"), wanted);
    }
}
