//! Note marks: `[4]`, `[4, 5]`, `[^4]`, `[note 1]`, `（见注4）`, `⁴`, `†`, a plain `4` behind a stop. A mark belongs to
//! the sentence that it stands behind, in every language.
//!
//! What looks like a mark is none where it begins something: the entries of a list of references (`[1] Smith. [2] Jones.`),
//! the items `①甲。②乙。`, the stars that open an emphasis in Markdown.

use crate::text::targets::link_target;

/// How far a mark in brackets reaches at most, in bytes.
const REACH: usize = 96;

/// Words that call something a note, in the languages we know; in small letters, the longer before what they begin with.
#[rustfmt::skip]
const NOTE_WORDS: &[&str] = &[
    "footnotes", "footnote", "endnotes", "endnote", "notes", "note", "nb", "n", "fn", "refs", "ref", "译者注",
    "譯者註", "譯者注", "编者注", "編者註", "編者按", "编者按", "作者注", "作者註", "参考文献", "參考文獻", "注释",
    "注釋", "註釋", "註释", "注解", "註解", "附注", "附註", "脚注", "腳註", "脚註", "尾注", "尾註", "原注", "原註",
    "译注", "譯註", "校注", "校註", "注", "註", "文献", "文獻", "注釈", "註釈", "訳注", "訳註", "注記", "出典",
    "각주", "주석", "미주", "역주", "주", "anmerkungen", "anmerkung", "anm", "fußnote", "fussnote", "réf", "notas",
    "nota", "noot", "voetnoot", "eindnoot", "przypisy", "przypis", "przyp", "uwaga", "примечание", "примечания",
    "прим", "сноска", "комментарий", "комм", "dipnot", "not", "ملاحظة", "حاشية", "هامش", "หมายเหตุ", "เชิงอรรถ",
];
/// What may lead to such a word.
#[rustfmt::skip]
const SEE: &[&str] = &[
    "参见", "參見", "详见", "詳見", "另见", "另見", "见", "見", "参看", "參看", "参照", "see also ", "see ", "cf. ",
    "cf ", "siehe ", "vgl. ", "voir ", "véase ", "vea ", "ver ", "vedi ", "zie ", "zob. ", "см. ", "bkz. ", "انظر ",
    "ดู",
];
/// Marks that say by words what is missing.
const REMARKS: &[&str] = &["citation needed", "who?", "when?", "which?", "来源请求", "來源請求", "原文如此"];

/// A mark behind a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where the closing marks begin that stand between the stop and the mark.
    pub(super) closers: usize,
    /// Where the sentence ends but for its mark.
    pub(super) sentence: usize,
    /// Where the mark ends, closing marks behind it included.
    pub(super) end: usize,
}

/// What a block must be known for before its marks can be told.
pub(super) struct Notes<'a> {
    block: &'a str,
    /// It begins with a mark in brackets: a list of references or of notes.
    listed: bool,
    /// `①` and `②` both stand in it: a list.
    circled: bool,
    /// Runs of `*`, `_` or `~` that open an emphasis, by where they begin.
    opening: Vec<usize>,
    /// Those that close one.
    closing: Vec<usize>,
}

impl<'a> Notes<'a> {
    pub(super) fn of(block: &'a str) -> Self {
        let lead = block.trim_start();
        let listed = bracketed(lead).is_some_and(|length| !lead[length..].starts_with([':', '：']));
        let circled = block.contains('①') && block.contains('②');
        let (opening, closing) = emphasis(block);
        Self { block, listed, circled, opening, closing }
    }

    /// Whether the block is a list whose entries begin with a mark.
    pub(super) fn is_list(&self) -> bool {
        self.listed
    }

    /// Where the marks end that begin at `at`, directly behind a stop or what closes it; `at` where none begins.
    pub(super) fn end_at(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let rest = &self.block[end..];
            let between = if end == at { 0 } else { separator(rest) };
            match self.mark(end + between) {
                0 => return end,
                length => end += between + length,
            }
        }
    }

    /// The length of one mark at `at`.
    fn mark(&self, at: usize) -> usize {
        let rest = &self.block[at..];
        let Some(c) = rest.chars().next() else { return 0 };
        match c {
            '[' | '［' | '〔' | '【' | '\\' => bracketed(rest).unwrap_or(0),
            '(' if self.block[..at].ends_with(']') && link_target(rest).is_some() => link_target(rest).unwrap_or(0),
            '(' | '（' => in_round_brackets(rest).unwrap_or(0),
            '†' | '‡' | '*' | '＊' | '※' => self.sign(at, c),
            '_' | '~' if self.closing.binary_search(&at).is_ok() => run(rest, c),
            '<' => superscript_tag(rest).unwrap_or(0),
            '①'..='⑳' if !self.circled => c.len_utf8(),
            _ if is_superscript(c) => rest.find(|c| !is_superscript(c)).unwrap_or(rest.len()),
            _ => 0,
        }
    }

    /// `†`, `**`, `*1`: but not stars that open an emphasis.
    fn sign(&self, at: usize, c: char) -> usize {
        if self.opening.binary_search(&at).is_ok() {
            return 0;
        }
        let rest = &self.block[at..];
        let signs = run(rest, c);
        let digits = rest[signs..].bytes().take_while(u8::is_ascii_digit).count();
        if c == '※' && digits == 0 { 0 } else { signs + if digits <= 2 { digits } else { 0 } }
    }

    /// The marks in brackets behind a stop and a blank at `at`, with a blank or nothing behind them.
    pub(super) fn end_behind_blank(&self, at: usize) -> Option<usize> {
        let rest = &self.block[at..];
        if self.listed || !rest.starts_with(['[', '［', '〔', '【', '\\', '(', '（']) || holds_letter(rest) {
            return None;
        }
        let end = self.end_at(at);
        let after = &self.block[end..];
        (end > at && (after.is_empty() || after.starts_with(char::is_whitespace))).then_some(end)
    }

    /// The marks behind stops in a text with blanks between its words, in order.
    pub(super) fn behind_stops(&self) -> Vec<Mark> {
        let mut out: Vec<Mark> = Vec::new();
        for (at, c) in self.block.char_indices().filter(|&(_, c)| is_stop(c)) {
            let closers = at + c.len_utf8();
            let sentence = after_closers(self.block, closers);
            if out.last().is_some_and(|last| at < last.end) || self.block[closers..].starts_with(is_stop) {
                continue;
            }
            let mut end = self.end_at(sentence);
            if end == sentence {
                let blank = self.block[sentence..].starts_with([' ', '\u{a0}']);
                let behind = sentence + self.block[sentence..].chars().next().map_or(0, char::len_utf8);
                end = if blank { self.end_behind_blank(behind).unwrap_or(sentence) } else { self.plain(at, sentence) };
            }
            if end > sentence {
                out.push(Mark { closers, sentence, end: after_closers(self.block, end) });
            }
        }
        out
    }

    /// A number that was a superscript: `rebuilt.4 It`, not `No.4 The`, `3.4 It`.
    fn plain(&self, stop: usize, at: usize) -> usize {
        let rest = &self.block[at..];
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-')).count();
        let numbers = rest[..length].split([',', '-']).all(|number| (1..=3).contains(&number.len()));
        let after = &rest[length..];
        let next = after.trim_start().trim_start_matches(['"', '\'', '“', '‘', '„', '«', '(', '¿', '¡']).chars().next();
        let begins = after.starts_with(char::is_whitespace)
            && next.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !crate::lang::is_han(c));
        if length == 0 || !numbers || !begins || !ends_word(&self.block[..stop]) { at } else { at + length }
    }
}

/// Abbreviations before a number, of three letters and more.
#[rustfmt::skip]
const BEFORE_NUMBER: &[&str] = &[
    "nos", "nro", "núm", "num", "art", "arts", "fig", "figs", "abb", "abs", "tab", "taf", "vol", "vols", "chap",
    "cap", "kap", "para", "paras", "sect", "sec", "eqs", "ref", "app", "anm", "bde", "pag", "pág", "págs", "str",
    "rys", "rozdz", "ust", "poz", "рис", "табл", "стр", "гл", "пункт", "tel", "ext", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez", "янв", "фев", "авг", "сент", "окт", "ноя",
    "дек", "ver", "rev",
];

/// Whether a word ends `text` that is no abbreviation before a number.
fn ends_word(text: &str) -> bool {
    let text = text.trim_end_matches(is_closer);
    if text.ends_with(is_stop) {
        return true;
    }
    // Vowels and tones of Thai and Arabic are written as marks.
    let of_word = |c: &char| {
        c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{e31}'..='\u{e4e}')
    };
    let letters = text.chars().rev().take_while(of_word).take(12).count();
    let word: String = text.chars().rev().take(letters).collect::<Vec<_>>().into_iter().rev().collect();
    let word = word.to_lowercase();
    let before = text.chars().rev().nth(letters);
    letters >= 2 + usize::from(word.is_ascii())
        && !BEFORE_NUMBER.contains(&word.as_str())
        && before.is_none_or(|c| !matches!(c, '.' | '/' | '_' | '@'))
}

/// `*`, `_` and `~` that pair up as emphasis does: runs of one length, the first of two before something.
fn emphasis(block: &str) -> (Vec<usize>, Vec<usize>) {
    let (mut opening, mut closing) = (Vec::new(), Vec::new());
    // By kind and length: the last run that nothing has closed yet.
    let mut open: [[Option<usize>; 3]; 3] = [[None; 3]; 3];
    let mut at = 0;
    while let Some(found) = block[at..].find(['*', '_', '~']) {
        at += found;
        let c = block[at..].chars().next().unwrap_or('*');
        let length = run(&block[at..], c);
        let (before, after) = (block[..at].chars().next_back(), block[at + length..].chars().next());
        let within_word =
            c == '_' && before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if length <= 3 && !within_word {
            let slot = &mut open[usize::from(c == '_') + 2 * usize::from(c == '~')][length - 1];
            let closes = before.is_some_and(|c| !c.is_whitespace());
            match slot.take().filter(|_| closes) {
                Some(start) => {
                    opening.push(start);
                    closing.push(at);
                }
                None if after.is_some_and(|c| !c.is_whitespace()) => *slot = Some(at),
                None => {}
            }
        }
        at += length;
    }
    opening.sort_unstable();
    (opening, closing)
}

/// How many bytes of `c` `text` begins with.
fn run(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// What parts two marks: nothing, a comma between superscripts, a blank between brackets.
fn separator(rest: &str) -> usize {
    let mut chars = rest.chars();
    let (first, next) = (chars.next(), chars.next());
    match (first, next) {
        (Some(','), Some(c)) if is_superscript(c) || matches!(c, '[' | '†' | '‡') => 1,
        (Some(' '), Some('[')) if !holds_letter(&rest[1..]) => 1,
        _ => 0,
    }
}

/// `[4]`, `[4, 5]`, `[1-3]`, `[a]`, `[note 1]`, `[^4]`, `［4］`, `〔1〕`, `【注1】`, as Markdown escapes them, and with the target
/// of a link.
fn bracketed(text: &str) -> Option<usize> {
    let (inner, length) = within(text)?;
    let after = &text[length..];
    let known = match inner.strip_prefix('^') {
        Some(name) => !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')),
        None if is_letter(&inner) => is_lettered(&inner, after),
        None => {
            let inner = inner.to_lowercase();
            is_labels(&inner, false) || is_note(&inner) || REMARKS.contains(&inner.as_str())
        }
    };
    known.then(|| length + link_target(after).unwrap_or(0))
}

/// Whether `[a]` is a mark and not the changed letter of a quotation, as in `[w]e`, or a choice, as in `[A]甲`.
fn is_lettered(letter: &str, after: &str) -> bool {
    let next = after.chars().next();
    if letter.chars().all(char::is_lowercase) {
        next.is_none_or(|c| !c.is_lowercase())
    } else {
        next.is_none_or(|c| c.is_whitespace() || c == '[')
    }
}

fn is_letter(inner: &str) -> bool {
    inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic)
}

/// Whether brackets around a single letter come first in `text`.
fn holds_letter(text: &str) -> bool {
    within(text).is_some_and(|(inner, _)| is_letter(&inner))
}

/// What stands in the square brackets that `text` begins with, and how far they reach.
fn within(text: &str) -> Option<(String, usize)> {
    let mut depth = 0_usize;
    let mut inner = String::new();
    for (at, c) in text.char_indices().take_while(|&(at, _)| at < REACH) {
        match c {
            '\\' => {}
            '[' | '［' | '〔' | '【' => depth += 1,
            ']' | '］' | '〕' | '】' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((inner.trim().to_owned(), at + c.len_utf8()));
                }
            }
            _ if depth == 0 || matches!(c, '\n' | '\r') => return None,
            _ => inner.push(c),
        }
    }
    None
}

/// `（见注4）`, `(see note 4)`, `（参见第3页）`: never a bare number, which counts items.
fn in_round_brackets(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let (at, close) = text.char_indices().take_while(|&(at, _)| at < REACH).find(|&(_, c)| matches!(c, ')' | '）'))?;
    let inner = text[open.len_utf8()..at].trim().to_lowercase();
    let inner =
        ["を参照", "参照", "參照", "참조"].iter().find_map(|see| inner.strip_suffix(see)).unwrap_or(&inner).trim();
    let place = inner.strip_suffix(['页', '頁', '章', '节', '節']).unwrap_or(inner);
    let seen = SEE.iter().find_map(|see| place.strip_prefix(see));
    let elsewhere = seen.is_some_and(|what| {
        let what = what.trim_start_matches(['图', '圖', '表', '第', '附', '录', '錄', '件', '本', '书', '書']);
        is_labels(what, true) || matches!(what, "上文" | "下文" | "前文" | "后文" | "後文")
    });
    (elsewhere || is_note(inner) && inner.chars().any(is_number)).then_some(at + close.len_utf8())
}

/// A word for a note, with or without numbers: `note 1`, `注4`, `译者注`, `见注4`.
fn is_note(inner: &str) -> bool {
    let inner = SEE.iter().find_map(|see| inner.strip_prefix(see)).unwrap_or(inner);
    NOTE_WORDS.iter().filter_map(|word| inner.strip_prefix(word)).any(|rest| {
        let rest = rest.trim_start_matches(['.', ':', '：', ' ', '\u{a0}']);
        rest.is_empty() || is_labels(rest, true)
    })
}

/// Numbers and letters with commas or dashes between: `4`, `4, 5`, `1–3`, `4a`, `iv`; Chinese numerals where `worded`.
fn is_labels(text: &str, worded: bool) -> bool {
    let between =
        |c: char| matches!(c, ',' | '，' | '、' | ';' | '；' | '-' | '–' | '—' | '~' | '～' | '&' | ' ' | '\u{a0}');
    let mut labels = text.split(between).filter(|label| !label.is_empty()).peekable();
    labels.peek().is_some()
        && labels.all(|label| {
            let count = label.chars().count();
            let digits = label.chars().take_while(|c| c.is_numeric()).count();
            let numbered = (1..=3).contains(&digits)
                && (digits == count || digits + 1 == count && label.ends_with(|c: char| c.is_ascii_lowercase()));
            let roman = count <= 4 && label.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
            let lettered = count <= 2 && label.chars().all(|c| c.is_ascii_lowercase() && label.starts_with(c));
            numbered || roman || lettered || worded && count <= 3 && label.chars().all(is_number)
        })
}

fn is_number(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百".contains(c)
}

/// `<sup>4</sup>`, whatever stands in it.
fn superscript_tag(text: &str) -> Option<usize> {
    let mut reach = text.len().min(4 * REACH);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let head = &text[..reach];
    head.starts_with("<sup").then(|| head.find("</sup>"))?.map(|at| at + "</sup>".len())
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹' | '⁻' | '⁽' | '⁾' | 'ᵃ'..='ᵇ' | 'ᶜ')
}

/// What may end a sentence, in any of the languages.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '｡' | '．' | '؟' | '۔')
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | ')'
            | ']'
            | '»'
            | '}'
            | '」'
            | '』'
            | '）'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '］'
            | '“'
            | '‘'
    )
}

/// The first place from `at` on that is no closing mark. German closes with what English opens with, but puts no letter
/// behind it.
fn after_closers(block: &str, at: usize) -> usize {
    let rest = &block[at..];
    let closers = rest.len() - rest.trim_start_matches(is_closer).len();
    let opens = |c: char| matches!(c, '“' | '‘');
    let closed = rest[..closers].trim_end_matches(opens);
    let glued = rest[closers..].starts_with(char::is_alphanumeric);
    at + if glued { closed.len() } else { closers }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::Notes;
    use crate::lang::Language::{self, Chinese, English, German, Japanese};

    /// Two sentences, the stop of the first apart.
    const SENTENCES: [(Language, &str, &str); 15] = [
        (Language::Arabic, "أعيد بناء المدينة", "فيها ميناء."),
        (Chinese, "这座城市重建了", "它有港口。"),
        (Language::Dutch, "De stad werd herbouwd", "Er is een haven."),
        (English, "The town was rebuilt", "It has a port."),
        (Language::French, "La ville fut reconstruite", "Elle a un port."),
        (Language::German, "Die Stadt wurde wieder aufgebaut", "Sie hat einen Hafen."),
        (Language::Italian, "La città fu ricostruita", "Ha un porto."),
        (Language::Japanese, "町は再建された", "港がある。"),
        (Language::Korean, "도시는 재건되었다", "항구가 있다."),
        (Language::Polish, "Miasto odbudowano", "Ma port."),
        (Language::Portuguese, "A cidade foi reconstruída", "Tem um porto."),
        (Language::Russian, "Город был восстановлен", "В нём есть порт."),
        (Language::Spanish, "La ciudad fue reconstruida", "Tiene un puerto."),
        (Language::Thai, "เมืองถูกสร้างใหม่", "มีท่าเรือ."),
        (Language::Turkish, "Şehir yeniden kuruldu", "Bir limanı var."),
    ];

    const MARKS: [&str; 24] = [
        "[4]",
        "[4][5]",
        "[4] [5]",
        "[4, 5]",
        "[1-3]",
        "[1–3]",
        "[a]",
        "[note 1]",
        "[Note 1]",
        "[nb 2]",
        "[^4]",
        "[^note-1]",
        "[注4]",
        "【注1】",
        "〔1〕",
        "［4］",
        "⁴",
        "⁴,⁵",
        "†",
        "‡",
        "*",
        "**",
        "<sup>4</sup>",
        "[\\[4\\]](#cite_note-4)",
    ];

    #[test]
    fn a_mark_stays_with_the_sentence_before_it_in_every_language() {
        for (language, first, second) in SENTENCES {
            let blank = if language.has_blanks() || language == Language::Thai { " " } else { "" };
            let stops: &[&str] = match language {
                Chinese | Language::Japanese => &["。", "？", "！", "。”", "！」"],
                Language::Arabic => &[".", "؟", "!", ".”"],
                _ => &[".", "?", "!", ".”", ".\"", "!»", ".)"],
            };
            for stop in stops {
                let open = if stop.ends_with(')') { "(" } else { "" };
                for mark in MARKS {
                    check(language, &[&format!("{open}{first}{stop}{mark}{blank}‖{second}")]);
                }
                check(language, &[&format!("{open}{first}{stop} [4] ‖{second}")]);
            }
        }
    }

    #[test]
    fn a_plain_number_behind_a_stop_before_a_capital_is_a_mark() {
        for (language, first, second) in SENTENCES {
            if !matches!(language, Chinese | Language::Japanese) {
                check(language, &[&format!("{first}.4 ‖{second}"), &format!("{first}.”12 ‖{second}")]);
            }
        }
        check(
            English,
            &[
                "The town was rebuilt.4,5 ‖It has a port?6 ‖“It has.”7 ‖“Yes!” he said.",
                "See No.4 The rest is Fig.5 A map. ‖It rose by 3.4 Points.",
                "The town was rebuilt.4 and the port too. ‖It is version.2012 It is.",
            ],
        );
    }

    #[test]
    fn chinese_marks_in_words() {
        check(
            Chinese,
            &[
                "城市重建了。（见注4）‖它有港口。（参见第3页）‖有学校。（注１）‖完了。",
                "城市重建了。[注一]‖它有港口。①‖有学校。※1‖完了。[译注]‖好。",
                "“城市重建了。”[4]‖它有港口！[5]”‖有学校。",
                "双方发表声明。‖（参见附件。）‖会谈结束。",
                "共有三点。‖（4）其余不变。",
            ],
        );
    }

    #[test]
    fn what_begins_something_is_no_mark() {
        check(
            Chinese,
            &[
                "有三点。‖①重建。‖②开港。",
                "[1]张三。‖[2]李四。",
                "下雨了。‖*今天*没人来。‖**明天**也没有。",
                "**城市重建了。**‖它有港口。",
                "下雨了。‖[甲]来了。‖【新华社】报道。",
            ],
        );
        check(
            English,
            &[
                "[1] Smith wrote it. ‖[2] Jones did not.",
                "“It rained. ‖[W]e stayed,” he said.",
                "It rained. ‖*Nobody* came. ‖**Nobody** stayed.",
                "**It rained.** ‖We stayed. ‖_It rained._ ‖We left.",
            ],
        );
    }

    #[test]
    fn marks_within_a_sentence_and_behind_abbreviations() {
        check(
            English,
            &[
                "It has a port,[5][6] and a school. ‖It grew[7]. ‖It fell.",
                "The U.S.[4] Government agreed with Smith et al.[5] and left. ‖He lives in the U.S.[6] ‖It is big.",
                "It was rebuilt.[4] and it has a port.",
                "It has a port. (see note 4) ‖It has a school.",
            ],
        );
        check(German, &["Sie wurde aufgebaut. (siehe Anm. 4) ‖Sie hat einen Hafen."]);
        check(Japanese, &["町は再建された。（注4参照）‖港がある。"]);
        check(Chinese, &["它有港口，[5][6]也有学校[7]。‖完了。"]);
    }

    #[test]
    fn marks_are_found_in_linear_time() {
        for piece in ["[", "[4", ".[4]", "。*", "(见", "*_", ".4 ", "<sup>"] {
            let block = piece.repeat(40_000);
            let marks = Notes::of(&block).behind_stops();
            assert!(marks.len() <= block.len());
        }
    }
}
