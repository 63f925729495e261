//! What can be seen of a pair that tells a term from other words, as figures of about the same size.
//!
//! Ranking weighs them (`model`); the names stand beside the weights.

use super::candidates::{SUFFIXES, Stretch, english_span, is_hyphen};
use super::evidence::{ChineseWord, EnglishWord, Evidence, folded, is_acronym};
use super::general::{is_head_en, is_head_zh, is_modifier_en, is_modifier_zh};
use super::names::is_dot;
use super::pairing::{Found, goes_on};
use super::{Cut, Token};
use crate::token::{WordKind, fold};

/// Figures with their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Row(pub(super) Vec<(&'static str, f32)>);

impl Row {
    pub(super) fn add(&mut self, name: &'static str, value: f32) {
        self.0.push((name, value));
    }

    /// Takes part of some figures away.
    fn scale(&mut self, names: &[&str], by: f32) {
        for (_, value) in self.0.iter_mut().filter(|(name, _)| names.contains(name)) {
            *value *= by;
        }
    }

    pub(super) fn when(&mut self, name: &'static str, holds: bool) {
        self.add(name, f32::from(u8::from(holds)));
    }
}

/// A pair of terms over the whole document.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The match keys of both sides.
    pub(super) key: (String, String),
    /// Every place.
    pub(super) found: Vec<Found>,
    /// In how many units it stands, and in how many each side stands.
    pub(super) units: usize,
    pub(super) chinese_units: usize,
    pub(super) english_units: usize,
}

impl Group {
    fn mean(&self, value: impl Fn(&Found) -> f32) -> f32 {
        self.found.iter().map(value).sum::<f32>() / self.found.len().max(1) as f32
    }

    fn share(&self, holds: impl Fn(&Found) -> bool) -> f32 {
        self.mean(|pair| f32::from(u8::from(holds(pair))))
    }
}

/// What is wrong with a phrase is usual in a name: Center for Strategic and International Studies.
const USUAL_IN_NAMES: &[&str] = &[
    "zh 和",
    "zh of five words",
    "zh of seven words",
    "en of four words",
    "en of six words",
    "en the",
    "en other links",
];

/// What stands beside a whole foreign name says nothing against it: Secretary of State John Kerry.
const USUAL_BESIDE_NAMES: &[&str] = &[
    "zh begins with a place",
    "zh dot",
    "zh noun after",
    "zh noun before",
    "en name goes on",
    "en noun after",
    "en noun before",
    "en part of a name",
];

/// Room for the figures of a pair.
const FIGURES: usize = 160;

/// Everything seen of a pair by itself.
pub(super) fn of(group: &Group, cuts: &[Cut<'_>], evidence: &Evidence) -> Row {
    let mut row = Row(Vec::with_capacity(FIGURES));
    row.add("one", 1.0);
    pairing(&mut row, group);
    let Some(first) = group.found.first() else { return row };
    let cut = &cuts[first.unit];
    let zh = &cut.chinese[first.chinese.from..first.chinese.to];
    let en = &cut.english[first.english.from..first.english.to];
    let words: Vec<&Token> = en.iter().filter(|token| token.word.kind != WordKind::Mark).collect();
    chinese(&mut row, zh, &group.key.0, evidence);
    english(&mut row, cut, &words, evidence);
    let sure = name(&mut row, group, cuts, &words);
    context_zh(&mut row, group, cuts);
    context_en(&mut row, group, cuts, evidence);
    both(&mut row, cut, *first, zh, &words, &group.key.0);
    if sure > 0.0 {
        row.scale(USUAL_IN_NAMES, 1.0 - sure);
    }
    if is_foreign_name(cut, *first) {
        row.scale(USUAL_BESIDE_NAMES, 0.0);
    }
    row
}

/// How sure it is that the two translate each other.
fn pairing(row: &mut Row, group: &Group) {
    let fit = group.mean(|pair| pair.fit);
    let best = group.found.iter().map(|pair| pair.fit).fold(0.0, f32::max);
    row.add("fit", fit);
    row.add("fit below .6", (0.6 - fit).max(0.0));
    row.add("best fit", best);
    row.add("of the Chinese mass", group.mean(|pair| pair.chinese_kept.min(1.2)));
    row.add("of the English mass", group.mean(|pair| pair.english_kept.min(1.2)));
    edges(row, group);
    row.add("gloss", group.share(|pair| pair.known));
    row.add("first of the Chinese", group.share(|pair| pair.chinese_rank == 0));
    row.add("first of the English", group.share(|pair| pair.english_rank == 0));
    row.add("each other's first", group.share(|pair| pair.chinese_rank == 0 && pair.english_rank == 0));
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count")]
    let often = libm::log(group.units as f64) as f32;
    row.add("often", often);
    row.when("once", group.units == 1);
    row.add("of the Chinese", group.units as f32 / group.chinese_units.max(1) as f32);
    row.add("of the English", group.units as f32 / group.english_units.max(1) as f32);
    row.add(
        "often and always",
        often * group.units as f32 / group.chinese_units.max(group.english_units).max(1) as f32,
    );
}

/// Whether it stops short of a word that belongs to it.
fn edges(row: &mut Row, group: &Group) {
    row.add("en beside is linked", group.mean(|pair| pair.edges.english_beside()));
    row.add("en beside is free", group.mean(|pair| pair.edges.english_free()));
    row.add("zh beside is linked", group.mean(|pair| pair.edges.chinese_beside()));
    row.add("zh beside is free", group.mean(|pair| pair.edges.chinese_free()));
    row.add("zh weakest link", group.mean(|pair| pair.edges.weakest_chinese()));
    row.add("en weakest link", group.mean(|pair| pair.edges.weakest_english()));
    let lacks = |free: f32, weakest: f32| free.min(1.0) * (1.0 - weakest);
    let english = |pair: &Found| lacks(pair.edges.english_free(), pair.edges.weakest_chinese());
    let chinese = |pair: &Found| lacks(pair.edges.chinese_free(), pair.edges.weakest_english());
    row.add("en lacks the word beside", group.mean(english));
    row.add("zh lacks the word beside", group.mean(chinese));
}

fn chinese(row: &mut Row, zh: &[Token], key: &str, evidence: &Evidence) {
    let (Some(first), Some(last)) = (zh.first(), zh.last()) else { return };
    let whole = ChineseWord::of(key);
    let one = zh.len() == 1;
    row.when("zh of one word", one);
    row.when("zh of two words", zh.len() == 2);
    row.when("zh of five words", zh.len() >= 5);
    row.when("zh of seven words", zh.len() >= 7);
    let characters = key.chars().count();
    row.when("zh of one character", characters == 1);
    row.when("zh of three characters", characters >= 3);
    row.when("zh of four characters", characters >= 4);
    let scale = 0.1;
    row.add("zh common, one word", if one { whole.common * scale } else { 0.0 });
    row.when("zh no known word", one && whole.common == 0.0);
    let words = || zh.iter().filter(|token| !token.function).map(|token| evidence.chinese(token).common);
    row.add("zh rarest word", if one { 0.0 } else { words().fold(20.0, f32::min) * scale });
    row.add("zh commonest word", if one { 0.0 } else { words().fold(0.0, f32::max) * scale });
    row.add("zh last common", if one { 0.0 } else { evidence.chinese(last).common * scale });
    row.add("zh first common", if one { 0.0 } else { evidence.chinese(first).common * scale });
    row.when("zh in the dictionary", whole.senses > 0.0);
    row.when("zh several words, in the dictionary", !one && whole.senses > 0.0);
    row.add("zh senses", whole.senses.min(10.0) * scale);
    row.add("zh senses are verbs", whole.verb);
    row.when("zh name", whole.proper);
    row.when("zh field", whole.labelled);
    let noun = |tag: &str| tag.starts_with(['n', 'j']) || matches!(tag, "l" | "i" | "eng" | "x");
    // 吹风会
    let suffix = !one && SUFFIXES.contains(&last.key.as_str());
    row.when("zh ends in a noun", suffix || noun(last.tag));
    row.when("zh ends in vn", matches!(last.tag, "vn" | "an"));
    row.when("zh ends in a verb", !suffix && last.tag == "v");
    row.when("zh ends otherwise", matches!(last.tag, "a" | "ad" | "d" | "b" | "f" | "t" | "m" | "q" | "z"));
    row.when("zh place or person", matches!(last.tag, "ns" | "nr" | "nt" | "nz" | "nrt"));
    row.add("zh last senses are verbs", if one || suffix { 0.0 } else { evidence.chinese(last).verb });
    row.when("zh begins with a verb", !one && first.tag == "v");
    row.add("zh first senses are verbs", if one { 0.0 } else { evidence.chinese(first).verb });
    row.when("zh begins with an adverb", !one && matches!(first.tag, "d" | "ad" | "f" | "t" | "m"));
    row.when("zh begins with a place", !one && matches!(first.tag, "ns" | "nr" | "nt"));
    row.when("zh one character first", !one && first.key.chars().count() == 1 && !first.function);
    row.when("zh one character last", !one && last.key.chars().count() == 1 && last.word.kind == WordKind::Han);
    row.when("zh begins with a general modifier", !one && is_modifier_zh(first));
    row.when("zh ends in a general noun", !one && is_head_zh(last));
    row.when("zh general, one word", one && (is_head_zh(first) || is_modifier_zh(first)));
    let has = |keys: &[&str]| zh.iter().any(|token| keys.contains(&token.key.as_str()));
    row.when("zh 的", has(&["的"]));
    row.when("zh 和", has(&["和", "与", "及"]));
    row.when("zh 于", has(&["对", "于", "中"]));
    row.when("zh begins with a pronoun", first.tag == "r");
    row.when("zh 可", first.key == "可");
    row.when("zh prefix", has(&["不", "非", "反", "未", "无"]));
    row.when("zh letters", zh.iter().any(|token| token.word.kind == WordKind::Letters));
    row.when("zh number", zh.iter().any(|token| token.word.kind == WordKind::Number || token.tag == "m"));
    row.when("zh dot", has(&["·", "•", "・", "‧"]));
}

fn english(row: &mut Row, cut: &Cut<'_>, words: &[&Token], evidence: &Evidence) {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let content: Vec<EnglishWord> =
        words.iter().filter(|word| !word.function).map(|word| evidence.english(word)).collect();
    let one = content.len() == 1;
    row.when("en of one word", one);
    row.when("en of two words", content.len() == 2);
    row.when("en of four words", content.len() >= 4);
    row.when("en of six words", content.len() >= 6);
    // From 0 for words that are no piece to about 1 for `the`.
    let common = |word: &EnglishWord| (word.common + 17.0) * 0.08;
    let glossed = |word: &EnglishWord| {
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count")]
        let log = libm::log1p(f64::from(word.uses.glosses)) as f32;
        log * 0.15
    };
    let low = |value: &dyn Fn(&EnglishWord) -> f32| content.iter().map(value).fold(9.0, f32::min);
    row.add("en common, one word", if one { low(&common) } else { 0.0 });
    row.add("en in glosses, one word", if one { low(&glossed) } else { 0.0 });
    row.add("en rarest word", if one { 0.0 } else { low(&common) });
    row.add("en rarest in glosses", if one { 0.0 } else { low(&glossed) });
    row.add("en commonest word", if one { 0.0 } else { content.iter().map(common).fold(0.0, f32::max) });
    let (head, tail) = (evidence.english(first), evidence.english(last));
    row.add("en last common", if one { 0.0 } else { common(&tail) });
    row.add("en first common", if one { 0.0 } else { common(&head) });
    row.add("en ends in a head", tail.head());
    row.add("en begins with a modifier", if one { 0.0 } else { 1.0 - head.head() });
    row.add("en verb, one word", if one { tail.verb() } else { 0.0 });
    row.add("en begins with a verb", if one { 0.0 } else { head.verb() });
    row.add("en ends in a verb", if one { 0.0 } else { tail.verb() });
    let ending = |word: &Token, ending: &str| !word.capital && folded(cut, word).ends_with(ending);
    row.when("en ends in -ed", ending(last, "ed"));
    row.when("en ends in -ing", ending(last, "ing"));
    row.when("en ends in -ly", ending(last, "ly") || ending(first, "ly"));
    let adjectives = ["ive", "ous", "ful", "less", "able", "ible", "ic", "al", "ary", "ed", "ant", "ent"];
    row.when("en adjective, one word", one && adjectives.iter().any(|end| ending(last, end)));
    row.when("en ends in an adjective", !one && adjectives.iter().any(|end| ending(last, end)));
    let nouns = ["tion", "ment", "ity", "ness", "ship", "sm", "ance", "ence", "sion", "sis", "itis", "cy"];
    row.when("en noun by its ending", nouns.iter().any(|end| ending(last, end)));
    row.when("en begins with -ing", !one && ending(first, "ing"));
    row.when("en begins with -ed", !one && ending(first, "ed"));
    row.when("en begins with a general modifier", !one && is_modifier_en(first));
    row.when("en ends in a general noun", !one && is_head_en(last));
    row.when("en general, one word", one && words.iter().any(|word| is_head_en(word) || is_modifier_en(word)));
    let among = |keys: &[&str]| words.iter().any(|word| keys.contains(&word.key.as_str()));
    row.when("en of", among(&["of"]));
    row.when("en the", among(&["the"]));
    let links = words.iter().filter(|word| word.function && !matches!(word.key.as_str(), "of" | "the"));
    row.add("en other links", links.count() as f32);
    row.when("en number", words.iter().any(|word| word.word.kind == WordKind::Number));
    row.when(
        "en hyphen",
        words.windows(2).any(|two| two[0].word.span.end + 1 == two[1].word.span.start && is_tied(cut, two[0])),
    );
    row.when("en rare word", content.iter().any(|word| word.uses.glosses == 0));
}

fn is_tied(cut: &Cut<'_>, token: &Token) -> bool {
    cut.english.iter().any(|mark| is_hyphen(mark) && mark.word.span.start == token.word.span.end)
}

/// Capitals; gives how surely it is a name.
fn name(row: &mut Row, group: &Group, cuts: &[Cut<'_>], words: &[&Token]) -> f32 {
    let surface = |token: &Token, cut: &Cut<'_>| cut.unit.english[token.word.span.clone()].to_owned();
    let first = &group.found[0];
    let acronym = words.len() == 1 && is_acronym(&surface(words[0], &cuts[first.unit]));
    row.when("abbreviation", acronym);
    let opens = |pair: &Found| {
        cuts[pair.unit].english[..pair.english.from].iter().all(|token| token.word.kind == WordKind::Mark)
    };
    let content = |pair: &Found| {
        let tokens = &cuts[pair.unit].english[pair.english.from..pair.english.to];
        let words = tokens.iter().filter(|token| !token.function && token.word.kind == WordKind::Letters);
        let (all, capital) =
            words.fold((0, 0), |(all, capital), token| (all + 1, capital + usize::from(token.capital)));
        (all, capital)
    };
    let all = |pair: &Found| content(pair).0 == content(pair).1;
    let sure = group.share(|pair| all(pair) && !(opens(pair) && content(pair).0 == 1));
    row.add("name", sure);
    row.add("name of one word", if words.len() == 1 && !acronym { sure } else { 0.0 });
    row.when("foreign name", is_foreign_name(&cuts[first.unit], *first));
    row.add("some capitals", group.share(|pair| !all(pair) && content(pair).1 > usize::from(opens(pair))));
    sure
}

/// A whole foreign name, with as many parts on both sides: 约翰·克里 and `John Kerry`, whatever stands before it.
fn is_foreign_name(cut: &Cut<'_>, pair: Found) -> bool {
    let zh = &cut.chinese[pair.chinese.from..pair.chinese.to];
    let en = &cut.english[pair.english.from..pair.english.to];
    let dots = zh.iter().filter(|token| is_dot(token)).count();
    let beside = [pair.chinese.from.checked_sub(1), Some(pair.chinese.to)].into_iter().flatten();
    let whole = beside.filter_map(|at| cut.chinese.get(at)).all(|token| !is_dot(token));
    let parts = |tokens: &[Token]| tokens.iter().filter(|token| token.word.kind != WordKind::Mark).count();
    let capital = en.iter().all(|token| token.capital || token.word.kind == WordKind::Mark);
    dots > 0 && whole && capital && parts(zh) == parts(en)
}

/// Whether the Chinese is whole where it stands, or could be longer.
fn context_zh(row: &mut Row, group: &Group, cuts: &[Cut<'_>]) {
    let open_zh = |token: Option<&Token>| {
        token.is_some_and(|token| {
            !token.function && matches!(token.tag.chars().next(), Some('n' | 'v' | 'a' | 'b' | 'j' | 'l' | 'e'))
        })
    };
    let zh = |pair: &Found, at: Option<usize>| at.and_then(|at| cuts[pair.unit].chinese.get(at));
    let before = |stretch: Stretch| stretch.from.checked_sub(1);
    row.add("zh goes on before", group.share(|pair| open_zh(zh(pair, before(pair.chinese)))));
    row.add("zh goes on after", group.share(|pair| open_zh(zh(pair, Some(pair.chinese.to)))));
    row.add(
        "zh noun after",
        group.share(|pair| zh(pair, Some(pair.chinese.to)).is_some_and(|token| token.tag.starts_with('n'))),
    );
    row.add(
        "zh noun before",
        group.share(|pair| zh(pair, before(pair.chinese)).is_some_and(|token| token.tag.starts_with('n'))),
    );
    row.add("zh verb before", group.share(|pair| zh(pair, before(pair.chinese)).is_some_and(|token| token.tag == "v")));
    let whole = |pair: &Found| {
        let tokens = &cuts[pair.unit].chinese;
        let mark = |token: &Token| token.word.kind == WordKind::Mark;
        tokens[..pair.chinese.from].iter().all(mark) && tokens[pair.chinese.to..].iter().all(mark)
    };
    row.add("zh whole unit", group.share(whole));
    // Rare words come in single characters: what stops between them is a fragment.
    let single = |token: Option<&Token>| {
        token.is_some_and(|token| token.word.kind == WordKind::Han && !token.function && token.key.chars().count() == 1)
    };
    row.add("zh one character before", group.share(|pair| single(zh(pair, before(pair.chinese)))));
    row.add("zh one character after", group.share(|pair| single(zh(pair, Some(pair.chinese.to)))));
    let breaks = |pair: &Found| {
        let left = single(zh(pair, Some(pair.chinese.from))) && single(zh(pair, before(pair.chinese)));
        left || single(zh(pair, Some(pair.chinese.to - 1))) && single(zh(pair, Some(pair.chinese.to)))
    };
    row.add("zh breaks single characters", group.share(breaks));
    let quoted = |token: Option<&Token>, marks: &[&str]| token.is_some_and(|token| marks.contains(&token.key.as_str()));
    let opened = |pair: &Found| quoted(zh(pair, before(pair.chinese)), &["《", "“", "「", "("]);
    let closed = |pair: &Found| quoted(zh(pair, Some(pair.chinese.to)), &["》", "”", "」", ")"]);
    row.add("zh in quotes", group.share(|pair| opened(pair) && closed(pair)));
    row.add("zh at one quote", group.share(|pair| opened(pair) != closed(pair)));
}

/// Whether the English is whole where it stands, or could be longer.
fn context_en(row: &mut Row, group: &Group, cuts: &[Cut<'_>], evidence: &Evidence) {
    let before = |stretch: Stretch| stretch.from.checked_sub(1);
    let en = |pair: &Found, at: Option<usize>| {
        at.and_then(|at| cuts[pair.unit].english.get(at))
            .filter(|token| token.word.kind == WordKind::Letters && !token.function)
    };
    let noun = |token: Option<&Token>| token.map_or(0.0, |token| 1.0 - (2.0 * evidence.english(token).verb()).min(1.0));
    row.add("en noun before", group.mean(|pair| noun(en(pair, before(pair.english)))));
    row.add("en noun after", group.mean(|pair| noun(en(pair, Some(pair.english.to)))));
    row.add("en word before", group.share(|pair| en(pair, before(pair.english)).is_some()));
    row.add("en word after", group.share(|pair| en(pair, Some(pair.english.to)).is_some()));
    let hyphen =
        |pair: &Found, at: Option<usize>| at.and_then(|at| cuts[pair.unit].english.get(at)).is_some_and(is_hyphen);
    row.add(
        "en at a hyphen",
        group.share(|pair| hyphen(pair, before(pair.english)) || hyphen(pair, Some(pair.english.to))),
    );
    let capital = |token: Option<&Token>| token.is_some_and(|token| token.capital);
    let cut_name = |pair: &Found| {
        let tokens = &cuts[pair.unit].english;
        let (first, last) = (&tokens[pair.english.from], &tokens[pair.english.to - 1]);
        let opens = |at: usize| tokens[..at].iter().all(|token| token.word.kind == WordKind::Mark);
        let left = before(pair.english).filter(|&at| !opens(at));
        first.capital && capital(en(pair, left)) || last.capital && capital(en(pair, Some(pair.english.to)))
    };
    row.add("en part of a name", group.share(cut_name));
    row.add("en name goes on", group.share(|pair| goes_on(&cuts[pair.unit], pair.english)));
    let determined = |pair: &Found| {
        before(pair.english).and_then(|at| cuts[pair.unit].english.get(at)).is_some_and(|token| {
            matches!(token.key.as_str(), "the" | "a" | "an" | "of" | "its" | "their" | "and" | "on" | "in")
        })
    };
    row.add("en after an article", group.share(determined));
    let object = |pair: &Found| {
        cuts[pair.unit].english.get(pair.english.to).is_some_and(|token| {
            matches!(token.key.as_str(), "the" | "a" | "an" | "that" | "it" | "their" | "this" | "these" | "no" | "any")
        })
    };
    row.add("en before an article", group.share(object));
    row.add(
        "en before of",
        group.share(|pair| cuts[pair.unit].english.get(pair.english.to).is_some_and(|token| token.key == "of")),
    );
}

/// What both sides tell together.
fn both(row: &mut Row, cut: &Cut<'_>, pair: Found, zh: &[Token], words: &[&Token], key: &str) {
    let content = words.iter().filter(|word| !word.function).count();
    let zh_content = zh.iter().filter(|token| !token.function && token.word.kind != WordKind::Mark).count();
    row.when("several words on both sides", content > 1 && zh_content > 1);
    row.when("en has two more words", content > zh_content + 1);
    row.when("zh has two more words", zh_content > content + 1);
    // The same letters on both sides need no translation.
    row.when("same letters", key == fold(&cut.unit.english[english_span(cut, pair.english)]));
    let number = |token: &Token| token.word.kind == WordKind::Number || token.tag == "m";
    row.when("number on one side", zh.iter().any(number) != words.iter().any(|word| number(word)));
    let and = words.iter().any(|word| word.key == "and");
    row.when("joined on one side", zh.iter().any(|token| matches!(token.key.as_str(), "和" | "与" | "及")) != and);
}
