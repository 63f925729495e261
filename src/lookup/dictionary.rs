//! CC-CEDICT by Chinese word, by pinyin and by English gloss.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::phrases::{Builder, Phrases};
use super::pinyin::{Spelling, Syllable, push_letters};
use super::query::{Query, headword};
use super::{By, Fit, Rank};
use crate::gloss::{is_note, without_brackets};
use crate::lexicon::{Entry, Lexicon};
use crate::token::{Tokenizer, fold};

/// The dictionary made ready to be asked while somebody types.
#[derive(Debug)]
pub struct Dictionary {
    lexicon: &'static Lexicon,
    /// How common the word of each entry is.
    frequency: Vec<u32>,
    /// All words on lines of their own, and where each begins.
    headwords: String,
    starts: Vec<u32>,
    /// Entries whose word is written in a way that folds to another one.
    written: HashMap<&'static str, Vec<u32>>,
    readings: Readings,
    glosses: Phrases,
    /// The entry of each gloss.
    entry_of: Vec<u32>,
}

/// An entry that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordAnswer {
    /// The entry.
    pub entry: Entry<'static>,
    /// How it fits.
    pub fit: Fit,
    /// By what it was found.
    pub by: By,
}

/// An entry by number, how it fits, by what it was found.
type Hit = (u32, Rank, By);

/// So many entries of a part of a longer text are given.
const OF_PART: usize = 3;

impl Dictionary {
    /// The dictionary that comes with the program, made ready when first asked for: about half a second, 22 MB.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Dictionary> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Lexicon::embedded()))
    }

    /// Makes a dictionary ready.
    pub fn new(lexicon: &'static Lexicon) -> Self {
        let tokenizer = Tokenizer::shared();
        let (mut frequency, mut starts, mut entry_of) = (Vec::new(), Vec::new(), Vec::new());
        let mut headwords = String::new();
        let mut glosses = Builder::default();
        let mut before = ("", 0);
        for number in 0..lexicon.len() {
            let Some(entry) = lexicon.entry(number) else { continue };
            if before.0 != entry.simplified {
                let count = tokenizer.frequency(entry.simplified);
                before = (entry.simplified, u32::try_from(count).unwrap_or(u32::MAX));
            }
            frequency.push(before.1);
            starts.push(small(headwords.len()));
            headwords.push_str(entry.simplified);
            headwords.push('\n');
            for gloss in entry.glosses.split(['/', ';']).map(str::trim).filter(|gloss| !is_note(gloss)) {
                glosses.add(&fold(&without_brackets(gloss)));
                entry_of.push(small(number));
            }
        }
        let readings = Readings::new(lexicon);
        let written = written(lexicon);
        Self { lexicon, frequency, headwords, starts, written, readings, glosses: glosses.finish(), entry_of }
    }

    /// Entries for a query, best first, common words before rare ones: at most `limit`, and besides them those of the words
    /// that a longer Chinese text consists of.
    pub fn find(&self, query: &Query, limit: usize) -> Vec<WordAnswer> {
        let hits = match &query.headword {
            Some(text) => self.by_text(text, &query.written, limit),
            None => self.by_letters(query, limit),
        };
        let answer = |(number, rank, by): Hit| {
            Some(WordAnswer { entry: self.lexicon.entry(number as usize)?, fit: rank.into(), by })
        };
        hits.into_iter().filter_map(answer).collect()
    }

    fn by_text(&self, text: &str, written: &str, limit: usize) -> Vec<Hit> {
        let mut spelt = text.to_owned();
        let mut begun = self.lexicon.beginning_with(text);
        let capital = text.to_uppercase();
        if begun.is_empty() && capital != text {
            // The dictionary writes most letters large: 卡拉OK.
            begun = self.lexicon.beginning_with(&capital);
            spelt = capital;
        }
        let is_whole = |number: &usize| self.lexicon.entry(*number).is_some_and(|entry| entry.simplified == spelt);
        let wholes = begun.clone().take_while(is_whole).count();
        let hit = |rank| move |number: usize| (small(number), rank, By::Text);
        let (whole, begins) = (begun.start..begun.start + wholes, begun.start + wholes..begun.end);
        let known = self.written.get(written).into_iter().flatten().map(|&number| number as usize);
        // What is written just so comes before what it is folded to, and simplified script before traditional.
        let mut all: [Vec<Hit>; 3] = Default::default();
        for number in whole.chain(known) {
            all[self.difference(number, written)].push(hit(Rank::Whole)(number));
        }
        let mut out: Vec<Hit> = Vec::new();
        for hits in all {
            let more = self.best(hits, limit - out.len());
            out.extend(more.into_iter().filter(|hit| !out.contains(hit)).collect::<Vec<_>>());
        }
        out.extend(self.best(begins.map(hit(Rank::Begins)).collect(), limit - out.len()));
        if wholes == 0 && out.is_empty() {
            out.extend(self.parts(&spelt));
        }
        if out.len() < limit {
            let held = self.holding(&spelt).map(hit(Rank::Holds)).collect();
            let known = out.len();
            out.extend(self.best(held, limit - known));
        }
        out
    }

    /// How far the word of an entry is from a text: 0 where it is written so in simplified script, 1 where in traditional,
    /// 2 where one of them is folded to it.
    fn difference(&self, number: usize, text: &str) -> usize {
        match self.lexicon.entry(number) {
            Some(entry) if entry.simplified == text => 0,
            Some(entry) if entry.traditional == text => 1,
            _ => 2,
        }
    }

    /// Entries whose word holds a text behind its beginning.
    fn holding(&self, text: &str) -> impl Iterator<Item = usize> {
        let finder = Finder::new(text).into_owned();
        let mut from = 0;
        let mut last = usize::MAX;
        std::iter::from_fn(move || {
            loop {
                let at = from + finder.find(self.headwords.as_bytes().get(from..)?)?;
                from = at + 1;
                let number = self.starts.partition_point(|start| *start as usize <= at) - 1;
                if self.starts[number] as usize != at && number != last {
                    last = number;
                    return Some(number);
                }
            }
        })
    }

    /// The longest words of the dictionary that a text consists of, from the left, each once.
    fn parts(&self, text: &str) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = self.lexicon.longest(rest);
            if length > 0 && length < text.len() {
                let begun = self.lexicon.beginning_with(&rest[..length]);
                let same = |number: &usize| {
                    self.lexicon.entry(*number).is_some_and(|entry| entry.simplified == &rest[..length])
                };
                let entries = begun.take_while(same).map(|number| (small(number), Rank::Part, By::Text));
                out.extend(self.best(entries.collect(), OF_PART));
            }
            rest = &rest[if length > 0 { length } else { first.len_utf8() }..];
        }
        let mut known = BTreeSet::new();
        out.retain(|(number, ..)| known.insert(*number));
        out
    }

    fn by_letters(&self, query: &Query, limit: usize) -> Vec<Hit> {
        let of_gloss = |(gloss, rank)| (self.entry_of[gloss as usize], rank, By::Gloss);
        let meant = self.best(self.glosses.find(query).into_iter().map(of_gloss).collect(), limit);
        let read = |spelling: &Spelling| spelling.found_by(|way| self.readings.find(self.lexicon, way));
        let spelt = query.spelling.as_ref().map_or_else(Vec::new, read);
        let spelt = self.best(spelt.into_iter().map(|(number, rank)| (number, rank, By::Pinyin)).collect(), limit);
        // By turns where both fit as well.
        let mut all: Vec<(usize, Hit)> = meant.into_iter().enumerate().chain(spelt.into_iter().enumerate()).collect();
        all.sort_by_key(|(place, (_, rank, by))| (*rank, *place, *by == By::Pinyin));
        let mut known = BTreeSet::new();
        all.into_iter().map(|(_, hit)| hit).filter(|hit| known.insert(hit.0)).take(limit).collect()
    }

    /// The best of some hits, each entry once.
    fn best(&self, mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
        let common = |(number, rank, _): &Hit| (*rank, Reverse(self.frequency[*number as usize]), *number);
        // Only the frequencies of some hundred thousand hits are looked at, the entries of a few.
        let some = limit.saturating_mul(8);
        if hits.len() > some && some > 0 {
            hits.select_nth_unstable_by_key(some - 1, common);
            hits.truncate(some);
        }
        hits.sort_unstable_by_key(common);
        let mut known = BTreeSet::new();
        hits.retain(|hit| known.insert(hit.0));
        hits.sort_by_key(|hit| (hit.1, self.is_minor(hit.0), Reverse(self.frequency[hit.0 as usize]), hit.0));
        hits.truncate(limit);
        hits
    }

    /// Whether an entry is a name, or speaks only of another entry.
    fn is_minor(&self, number: u32) -> bool {
        self.lexicon.entry(number as usize).is_some_and(|entry| {
            let notes = ["variant of", "old variant of", "archaic variant of", "see ", "used in ", "surname "];
            notes.iter().any(|note| entry.glosses.starts_with(note))
                || entry.pinyin.starts_with(|c: char| c.is_ascii_uppercase())
        })
    }

    /// The memory it takes besides the dictionary itself, in bytes.
    pub fn memory(&self) -> usize {
        let numbers = self.frequency.capacity() + self.starts.capacity() + self.entry_of.capacity();
        numbers * size_of::<u32>() + self.headwords.capacity() + self.readings.memory() + self.glosses.memory()
    }
}

/// The entries that are not found by what their words fold to, by these words.
fn written(lexicon: &'static Lexicon) -> HashMap<&'static str, Vec<u32>> {
    let mut out: HashMap<&str, Vec<u32>> = HashMap::new();
    for number in 0..lexicon.len() {
        let Some(entry) = lexicon.entry(number) else { continue };
        for word in [entry.simplified, entry.traditional] {
            if headword(word) != entry.simplified {
                let numbers = out.entry(word).or_default();
                if numbers.last() != Some(&small(number)) {
                    numbers.push(small(number));
                }
            }
        }
    }
    out
}

fn small(size: usize) -> u32 {
    u32::try_from(size).expect("the dictionary is far below 4 GiB")
}

/// Entries by the letters of their pinyin.
#[derive(Debug)]
struct Readings {
    letters: String,
    /// Where the letters of each entry begin, and its number, in the order of the letters.
    sorted: Vec<(u32, u32, u32)>,
}

impl Readings {
    fn new(lexicon: &Lexicon) -> Self {
        let mut letters = String::new();
        let mut sorted = Vec::new();
        for number in 0..lexicon.len() {
            let start = small(letters.len());
            if let Some(entry) = lexicon.entry(number) {
                push_letters(entry.pinyin, &mut letters);
            }
            sorted.push((start, small(letters.len()), small(number)));
        }
        sorted.sort_by(|a, b| {
            let of = |line: &(u32, u32, u32)| &letters[line.0 as usize..line.1 as usize];
            of(a).cmp(of(b)).then(a.2.cmp(&b.2))
        });
        Self { letters, sorted }
    }

    fn of(&self, line: &(u32, u32, u32)) -> &str {
        &self.letters[line.0 as usize..line.1 as usize]
    }

    fn find(&self, lexicon: &Lexicon, asked: &Spelling) -> Vec<(u32, Rank)> {
        let start = self.sorted.partition_point(|line| self.of(line) < &*asked.letters);
        let begun = &self.sorted[start..];
        let count = begun.partition_point(|line| self.of(line).starts_with(&asked.letters));
        let mut letters = String::new();
        let hit = |line: &(u32, u32, u32)| {
            let whole = self.of(line).len() == asked.letters.len();
            if whole && asked.is_bare() {
                return Some((line.2, Rank::Whole));
            }
            letters.clear();
            let syllables: Vec<Syllable> = push_letters(lexicon.entry(line.2 as usize)?.pinyin, &mut letters);
            let at_end = syllables.iter().any(|syllable| syllable.end == asked.letters.len());
            let begun = if at_end { Rank::Begins } else { Rank::Completes };
            asked.agrees(&syllables).then_some((line.2, if whole { Rank::Whole } else { begun }))
        };
        begun[..count].iter().filter_map(hit).collect()
    }

    fn memory(&self) -> usize {
        self.letters.capacity() + self.sorted.capacity() * size_of::<(u32, u32, u32)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str, limit: usize) -> Vec<&'static str> {
        let found = Dictionary::shared().find(&Query::new(typed), limit);
        found.into_iter().map(|answer| answer.entry.simplified).collect()
    }

    fn first(typed: &str) -> (&'static str, &'static str, Fit) {
        let first = Dictionary::shared().find(&Query::new(typed), 9)[0];
        (first.entry.simplified, first.entry.pinyin, first.fit)
    }

    #[test]
    fn chinese_in_either_script_exact_before_longer() {
        for typed in ["网络", "網絡", " 網 络 "] {
            let found = found(typed, 12);
            // The common noun before the name.
            assert_eq!(first(typed), ("网络", "wang3 luo4", Fit::Whole));
            assert_eq!(found[..2], ["网络", "网络"]);
            assert!(found[2..].iter().all(|word| word.starts_with("网络") && *word != "网络"), "{found:?}");
        }
        assert_eq!(first("卡拉ok"), ("卡拉OK", "ka3 la1 O K", Fit::Whole));
        assert_eq!(first("网络空"), ("网络空间", "wang3 luo4 kong1 jian1", Fit::Begins));
        assert!(found("空间", 90).contains(&"网络空间"));
    }

    #[test]
    fn every_headword_finds_itself_first_in_both_scripts() {
        let (lexicon, dictionary) = (Lexicon::embedded(), Dictionary::shared());
        let mut wrong = Vec::new();
        for entry in (0..lexicon.len()).filter_map(|number| lexicon.entry(number)) {
            for word in [entry.simplified, entry.traditional] {
                let query = Query::new(word);
                // Words without a Chinese character are looked up as English and pinyin are.
                let first = query.headword.as_ref().and_then(|_| dictionary.find(&query, 1).first().copied());
                let itself = |found: WordAnswer| {
                    found.fit == Fit::Whole && [found.entry.simplified, found.entry.traditional].contains(&word)
                };
                if query.headword.is_some() && !first.is_some_and(itself) {
                    wrong.push(word);
                }
            }
        }
        assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), &wrong[..wrong.len().min(40)]);
    }

    #[test]
    fn what_is_written_alike_is_found_as_a_whole() {
        for (typed, wanted) in [
            ("什么", "什么"),
            ("显著", "显著"),
            ("辽宁", "辽宁"),
            ("遼寧", "辽宁"),
            ("乾隆", "乾隆"),
            ("乾杯", "干杯"),
            ("專著", "专著"),
            ("隨著", "随着"),
            ("雲", "云"),
        ] {
            assert_eq!(first(typed).0, wanted, "{typed}");
        }
        assert!(Dictionary::shared().find(&Query::new("雲"), 1)[0].entry.traditional == "雲");
        // One way of writing, two words.
        let both = found("乾", 9);
        assert!(both.contains(&"乾") && both.contains(&"干"), "{both:?}");
        assert_eq!(found("著", 1), ["著"]);
    }

    #[test]
    fn what_is_no_word_is_cut_into_the_longest_that_are() {
        let answers = Dictionary::shared().find(&Query::new("網絡空間主權與主權國家。"), 20);
        let mut words: Vec<&str> = answers.iter().map(|answer| answer.entry.simplified).collect();
        words.dedup();
        assert_eq!(words, ["网络空间", "主权", "与", "主权国家"]);
        assert!(answers.iter().all(|answer| answer.fit == Fit::Part));
        assert!(found("。", 20).is_empty() && found("", 20).is_empty());
    }

    #[test]
    fn pinyin_with_and_without_tones() {
        for typed in ["wangluo kongjian", "wǎngluò kōngjiān", "wang3luo4 kong1jian1", "wangluokongjia"] {
            assert_eq!(first(typed).0, "网络空间", "{typed}");
        }
        assert_eq!(first("wǎng luò"), ("网络", "wang3 luo4", Fit::Whole));
        assert!(found("xi'an", 50).iter().all(|word| !["先", "线", "县"].contains(word)));
        assert!(found("xian", 200).contains(&"先") && found("xian", 200).contains(&"西安"));
        assert_eq!(first("nǚ").0, "女");
        for (typed, word) in [
            ("lueduo", "掠夺"),
            ("nuedai", "虐待"),
            ("qinlue", "侵略"),
            ("lue", "略"),
            ("lyuse", "绿色"),
            ("funyu", "妇女"),
        ] {
            assert_eq!(first(typed).0, word, "{typed}");
        }
        // What ends in n before yu is rather that.
        assert!(found("yinyu", 50).contains(&"隐喻") && !found("yinyu", 200).contains(&"义女"));
        // Common words first.
        assert_eq!(found("shi4", 3), ["是", "事", "市"]);
    }

    #[test]
    fn english_in_any_inflection_exact_glosses_before_longer() {
        assert_eq!(first("sovereignty").0, "主权");
        assert_eq!(first("sovereignties"), ("主权", "zhu3 quan2", Fit::Inflects));
        assert_eq!(first("cyberspa"), ("网络空间", "wang3 luo4 kong1 jian1", Fit::Completes));
        assert_eq!(first("to negotiate").0, first("negotiating").0);
        assert_eq!(first("international law").0, "国际法");
        let law = Dictionary::shared().find(&Query::new("law"), 40);
        let wholes = law.iter().take_while(|answer| answer.fit == Fit::Whole).count();
        assert!((2..40).contains(&wholes) && law[wholes..].iter().all(|answer| answer.fit > Fit::Whole));
        assert!(law[..wholes].iter().any(|answer| answer.entry.simplified == "法律"));
    }

    #[test]
    fn english_and_pinyin_take_turns() {
        let long = Dictionary::shared().find(&Query::new("long"), 6);
        for by in [By::Gloss, By::Pinyin] {
            assert_eq!(long.iter().filter(|answer| answer.by == by).count(), 3);
        }
        let unique: BTreeSet<_> = long.iter().map(|answer| (answer.entry.simplified, answer.entry.pinyin)).collect();
        assert_eq!(unique.len(), 6);
    }
}
