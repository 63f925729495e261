//! What the first line of a table calls its columns: languages by tags and by names in English and Chinese, the two sides
//! of a translation, and what is said of them besides.
//!
//! A heading is read as words of a fixed vocabulary, one behind the other, whatever stands between them: `Chinese
//! (Simplified)`, `英文译名`, `Source term (en-GB)`, `zh_context`. One with any other word in it names nothing we know.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::{Lang, Language};

/// A side of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum Which {
    Source,
    Target,
}

/// What is said of a text or of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum Detail {
    Status,
    Part,
    Kind,
    Note,
    Context,
    Definition,
    Subject,
    Created,
    Modified,
}

/// What a heading says of its column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::exchange) enum Heading {
    /// Texts: of a side, in a language, or both.
    Text { side: Option<Which>, lang: Option<Lang> },
    /// The tags of the languages of a side; perhaps its texts, which the cells tell.
    Tags(Which),
    /// Numbers or names of the rows.
    Id,
    /// Details of the texts in a language, of the text before it (`of_text`), or of the row.
    Detail { detail: Detail, lang: Option<Lang>, of_text: bool },
    /// Something else.
    Other,
}

/// A word of the vocabulary.
#[derive(Clone, Copy)]
enum Word {
    Lang(Language),
    /// A script or country, as a subtag of the language.
    Kind(&'static str),
    Side(Which),
    Text,
    Tags,
    Id,
    Detail(Detail),
    /// The whole row.
    Row,
}

/// Headings longer than this are texts.
const LONGEST: usize = 60;

/// The words, each as [`bare`] gives it.
const WORDS: &[(Word, &str)] = &[
    (Word::Lang(Language::Arabic), "arabic العربية 阿拉伯文 阿拉伯语 阿拉伯語 阿文"),
    (Word::Lang(Language::Chinese), "chinese mandarin 中文 汉语 漢語 汉文 漢文 华文 華文 中国话 中"),
    (Word::Lang(Language::Dutch), "dutch nederlands 荷兰文 荷兰语 荷蘭文 荷蘭語"),
    (Word::Lang(Language::English), "english 英文 英语 英語 英"),
    (Word::Lang(Language::French), "french français francais 法文 法语 法語"),
    (Word::Lang(Language::German), "german deutsch 德文 德语 德語"),
    (Word::Lang(Language::Italian), "italian italiano 意大利文 意大利语 義大利文 義大利語 意文 意语"),
    (Word::Lang(Language::Japanese), "japanese 日本語 日本语 日文 日语 日語"),
    (Word::Lang(Language::Korean), "korean 한국어 韩文 韩语 韓文 韓語 朝鲜语 朝鮮語 朝鲜文"),
    (Word::Lang(Language::Polish), "polish polski 波兰文 波兰语 波蘭文 波蘭語"),
    (Word::Lang(Language::Portuguese), "portuguese português portugues 葡萄牙文 葡萄牙语 葡萄牙語 葡文 葡语"),
    (Word::Lang(Language::Russian), "russian русский 俄文 俄语 俄語"),
    (Word::Lang(Language::Spanish), "spanish español espanol 西班牙文 西班牙语 西班牙語 西文 西语"),
    (Word::Lang(Language::Thai), "thai ไทย 泰文 泰语 泰語"),
    (Word::Lang(Language::Turkish), "turkish türkçe 土耳其文 土耳其语 土耳其語"),
    (Word::Lang(Language::Other("cs")), "čeština 捷克文 捷克语 捷克語"),
    (Word::Lang(Language::Other("el")), "ελληνικά 希腊文 希腊语 希臘文 希臘語"),
    (Word::Lang(Language::Other("fa")), "فارسی 波斯文 波斯语 波斯語"),
    (Word::Lang(Language::Other("he")), "עברית 希伯来文 希伯来语 希伯來文 希伯來語"),
    (Word::Lang(Language::Other("hi")), "हिन्दी 印地文 印地语 印地語"),
    (Word::Lang(Language::Other("hu")), "magyar 匈牙利文 匈牙利语 匈牙利語"),
    (Word::Lang(Language::Other("id")), "印尼文 印尼语 印尼語 印度尼西亚语"),
    (Word::Lang(Language::Other("ms")), "马来文 马来语 馬來文 馬來語"),
    (Word::Lang(Language::Other("mn")), "蒙古文 蒙古语 蒙古語 蒙文"),
    (Word::Lang(Language::Other("sv")), "svenska 瑞典文 瑞典语 瑞典語"),
    (Word::Lang(Language::Other("uk")), "українська 乌克兰文 乌克兰语 烏克蘭文 烏克蘭語"),
    (Word::Lang(Language::Other("vi")), "tiếngviệt 越南文 越南语 越南語 越文"),
    (Word::Kind("Hans"), "simplified hans 简体 简体字 简化字 簡體 簡體字 简"),
    (Word::Kind("Hant"), "traditional hant 繁体 繁体字 繁體 繁體字 正體 正体 繁"),
    (Word::Kind("CN"), "prc china mainland cn 中国 中國 中国大陆 中國大陸 大陆 大陸"),
    (Word::Kind("TW"), "taiwan tw 台湾 臺灣 台灣"),
    (Word::Kind("HK"), "hongkong hongkongsar hk 香港"),
    (Word::Kind("MO"), "macao macau macaosar 澳门 澳門"),
    (Word::Kind("SG"), "singapore sg 新加坡"),
    (Word::Kind("US"), "unitedstates unitedstatesofamerica american usa us 美国 美國 美式"),
    (Word::Kind("GB"), "unitedkingdom british uk gb 英国 英國 英式"),
    (
        Word::Side(Which::Source),
        "source src original 原文 源文 源语 源語 源语言 原语 原語 原語言 原语言 源 原 原词 源文本 来源语言",
    ),
    (
        Word::Side(Which::Target),
        "target tgt translation translations translated translate 译文 譯文 译语 譯語 译入语 目标语 目標語 目标语言 目標語言 \
         目标 目標 目标文 译名 譯名 译法 譯法 译词 譯詞 翻译 翻譯 对应译文 参考译文",
    ),
    (
        Word::Text,
        "term terms text texts string strings segment segments sentence sentences phrase phrases word words \
         术语 術語 词条 詞條 词汇 詞彙 词语 詞語 单词 词 文本 句子 句段 句 名称 名稱 字符串 内容 內容 条目",
    ),
    (Word::Tags, "lang language languages languagecode langcode 语言 語言 语种 語種 语言代码 語言代碼"),
    (
        Word::Id,
        "id ids no nr num number numbers index idx key row line 序号 序號 编号 編號 号 行号 序 标识 标识符 代码",
    ),
    (Word::Detail(Detail::Status), "status 状态 狀態"),
    (Word::Detail(Detail::Part), "pos speech partofspeech 词性 詞性 词类"),
    (Word::Detail(Detail::Kind), "type termtype 类型 類型"),
    (
        Word::Detail(Detail::Note),
        "note notes comment comments remark remarks annotation 备注 備註 备考 注释 註釋 注 附注 附註 说明 說明 评论 批注",
    ),
    (Word::Detail(Detail::Context), "context contexts example examples 语境 語境 上下文 例句 例子 示例 用例"),
    (
        Word::Detail(Detail::Definition),
        "def definition definitions description 定义 定義 释义 釋義 解释 解釋 描述 含义",
    ),
    (
        Word::Detail(Detail::Subject),
        "subject subjectfield domain field category topic 领域 領域 主题 主題 学科 學科 专业 分类 分類 类别 類別 主题领域",
    ),
    (Word::Detail(Detail::Created), "created creationdate createdat 创建日期 创建时间 創建日期"),
    (Word::Detail(Detail::Modified), "modified lastmodified changed updated 修改日期 修改时间 更新日期 更新时间"),
    (Word::Row, "concept entry 概念 的"),
];

static VOCABULARY: LazyLock<HashMap<Cow<'static, str>, Word>> = LazyLock::new(|| {
    let words = WORDS.iter().flat_map(|(word, names)| names.split_whitespace().map(move |name| (name, *word)));
    let further = Language::named().filter(|language| !language.is_known());
    // Short names are words, too: Ewe, Ido, Manx.
    let further = further.map(|language| (bare(language.name()), Word::Lang(language)));
    let further = further.filter(|(name, _)| name.len() > 4).map(|(name, word)| (Cow::Owned(name), word));
    words.map(|(name, word)| (Cow::Borrowed(name), word)).chain(further).collect()
});

/// The most characters a word of the vocabulary has.
const MOST_CHARS: usize = 24;

/// A name as it is compared: letters and digits only, in lower case.
pub(in crate::exchange) fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads a heading.
pub(in crate::exchange) fn heading(name: &str) -> Heading {
    let name = name.trim().trim_matches('"').trim();
    if name.chars().nth(LONGEST).is_some() {
        return Heading::Other;
    }
    if matches!(name, "#" | "№") {
        return Heading::Id;
    }
    if let Some(lang) = tag(name) {
        return Heading::Text { side: None, lang: Some(lang) };
    }
    understood(name).or_else(|| memoq(name)).unwrap_or(Heading::Other)
}

/// What the cells of a first line say of their columns. A code of three letters that no vocabulary has, such as `haw`, is a
/// language where it stands alone beside the tag of another.
pub(in crate::exchange) fn headings(cells: &[String]) -> Vec<Heading> {
    let mut out: Vec<Heading> = cells.iter().map(|cell| heading(cell)).collect();
    let [one, other] = cells else { return out };
    for (at, (cell, beside)) in [(one, other), (other, one)].into_iter().enumerate() {
        if out[at] == Heading::Other && tag(beside.trim()).is_some() {
            out[at] =
                rare_tag(cell.trim()).map_or(Heading::Other, |lang| Heading::Text { side: None, lang: Some(lang) });
        }
    }
    out
}

/// A tag whose language has a code of three letters, as it is written: in lower case.
fn rare_tag(name: &str) -> Option<Lang> {
    let code = name.split('-').next()?;
    let lower = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    Lang::parse(name).ok().filter(|_| lower)
}

/// A language by a tag or a name that programs and people give it, such as `Chinese_PRC` or `中文（简体）`.
pub(in crate::exchange) fn language(name: &str) -> Option<Lang> {
    let name = name.trim();
    let known = Lang::named(name).or_else(|| match understood(name) {
        Some(Heading::Text { lang, .. }) => lang,
        _ => None,
    });
    // `German_Germany` and the like: the country is not known, the language is.
    known.or_else(|| match understood(name.split(['_', '(']).next()?) {
        Some(Heading::Text { side: None, lang }) => lang,
        _ => None,
    })
}

/// A heading of the form `German_Germany` or `English_Fancy`, of which the first word is a language.
fn memoq(name: &str) -> Option<Heading> {
    let (first, _) = name.split_once(['_', '('])?;
    let lang = language(first)?;
    Some(Heading::Text { side: None, lang: Some(lang) })
}

/// A tag that is nothing but one: in `en_note` the second part is a word.
fn tag(name: &str) -> Option<Lang> {
    let detail = name.rsplit(['-', '_']).next().and_then(|last| VOCABULARY.get(bare(last).as_str()).copied());
    let is_detail = matches!(detail, Some(Word::Detail(_) | Word::Text | Word::Id | Word::Tags | Word::Side(_)));
    // Behind a `_` stand a script or a country, or words of whoever named the column: `zh_count`.
    let long = name.contains('_') && name.split(['-', '_']).any(|part| part.len() > 4);
    Lang::named(name).filter(|_| !is_detail && !long)
}

/// What the words of a heading say together; nothing where one of them is not known.
fn understood(name: &str) -> Option<Heading> {
    // Tags stand by themselves: `Source (en-GB)`.
    let pieces = name.split(|c: char| c.is_whitespace() || "()（）[]【】:：/／,，_".contains(c));
    let (mut lang, mut rest) = (None, String::new());
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let own = bare(piece);
        match Lang::named(piece) {
            Some(found) if !VOCABULARY.contains_key(own.as_str()) && lang.is_none() => lang = Some(found),
            _ => rest.push_str(&own),
        }
    }
    let mut found = Found { lang, ..Found::default() };
    for word in words(&rest)? {
        found.take(word)?;
    }
    found.heading()
}

/// A text cut into words of the vocabulary and numbers, if it consists of nothing else; the longest words first.
fn words(text: &str) -> Option<Vec<Word>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = starts.len() - 1;
    // Where the rest from a character on consists of words, the length of the first of them.
    let mut first: Vec<Option<usize>> = vec![None; count + 1];
    *first.last_mut()? = Some(0);
    for from in (0..count).rev() {
        let longest = MOST_CHARS.min(count - from);
        let piece = |length: usize| text.get(*starts.get(from)?..*starts.get(from + length)?);
        let fits = |length: &usize| {
            let known = piece(*length).is_some_and(|piece| {
                VOCABULARY.contains_key(piece) || (from > 0 && *length == 1 && piece.chars().all(char::is_numeric))
            });
            known && first.get(from + length).copied().flatten().is_some()
        };
        let found = (1..=longest).rev().find(fits);
        if let Some(slot) = first.get_mut(from) {
            *slot = found;
        }
    }
    let (mut out, mut at) = (Vec::new(), 0);
    while at < count {
        let length = (*first.get(at)?)?;
        out.extend(VOCABULARY.get(text.get(*starts.get(at)?..*starts.get(at + length)?)?).copied());
        at += length;
    }
    Some(out)
}

/// What was found in a heading so far.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each kind of word that a heading may have or not")]
struct Found {
    lang: Option<Lang>,
    language: Option<Language>,
    kind: Option<&'static str>,
    side: Option<Which>,
    detail: Option<Detail>,
    text: bool,
    tags: bool,
    id: bool,
    any: bool,
}

impl Found {
    /// Another word; nothing where it contradicts those before.
    fn take(&mut self, word: Word) -> Option<()> {
        self.any = true;
        match word {
            Word::Lang(language) if self.language.is_none_or(|own| own == language) => self.language = Some(language),
            Word::Side(side) if self.side.is_none_or(|own| own == side) => self.side = Some(side),
            Word::Kind(kind) if self.kind.is_none() => self.kind = Some(kind),
            Word::Detail(detail) if self.detail.is_none() => self.detail = Some(detail),
            Word::Lang(_) | Word::Side(_) | Word::Kind(_) | Word::Detail(_) => return None,
            Word::Text => self.text = true,
            Word::Tags => self.tags = true,
            Word::Id => self.id = true,
            Word::Row => {}
        }
        Some(())
    }

    fn heading(self) -> Option<Heading> {
        let lang = self.lang();
        let named = lang.is_some() || self.side.is_some();
        Some(match (self.detail, self.side) {
            // A country by itself names no language.
            _ if self.kind.is_some() && lang.is_none() => return None,
            (Some(detail), _) => Heading::Detail { detail, lang, of_text: self.text || self.side.is_some() },
            _ if self.id => Heading::Id,
            (None, Some(side)) if self.tags && lang.is_none() => Heading::Tags(side),
            (None, side)
                if named && !(self.tags && side.is_none() && self.lang.is_none() && self.language.is_none()) =>
            {
                Heading::Text { side, lang }
            }
            // A term or text by itself is what is translated.
            _ if self.text => Heading::Text { side: Some(Which::Source), lang: None },
            _ => return None,
        })
    }

    fn lang(&self) -> Option<Lang> {
        if self.lang.is_some() {
            return self.lang.clone();
        }
        // A script is one of Chinese, whatever else it is called.
        let script = matches!(self.kind, Some("Hans" | "Hant")).then_some(Language::Chinese);
        let language = self.language.or(script)?;
        match self.kind {
            Some(kind) => Lang::parse(&format!("{}-{kind}", language.code())).ok(),
            None => Some(Lang::of(language)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        match heading(name) {
            Heading::Text { side, lang } => {
                let side = side.map_or(String::new(), |side| format!("{side:?} "));
                format!("{side}{}", lang.map_or("text".to_owned(), |lang| lang.to_string()))
            }
            Heading::Tags(side) => format!("tags of {side:?}"),
            Heading::Id => "id".to_owned(),
            Heading::Detail { detail, lang, of_text } => {
                let of = lang.map_or(if of_text { "text" } else { "row" }.to_owned(), |lang| lang.to_string());
                format!("{detail:?} of {of}")
            }
            Heading::Other => "other".to_owned(),
        }
    }

    #[test]
    fn columns_are_known_by_words_in_english_and_chinese() {
        for (says, names) in [
            ("zh", "zh|ZH|Chinese|中文|汉语|中文术语|Chinese term|chinese text|中文名称|汉语词条"),
            ("en", "en|English|英文|英语|英語|英文术语|English terms|英语句子"),
            (
                "zh-Hans",
                "Chinese (Simplified)|Simplified Chinese|简体中文|中文（简体）|简中|Chinese_Simplified|zh-hans|简体",
            ),
            ("zh-Hant", "Chinese (Traditional)|繁體中文|中文(繁体)|繁中|Traditional Chinese"),
            ("zh-CN", "zh_CN|Chinese_PRC|Chinese (China)|Chinese (zh-CN)|ZH-CN"),
            ("zh-TW", "zh-tw|Chinese_Taiwan|Chinese (Taiwan)"),
            ("zh-HK", "Chinese_Hong_Kong_S.A.R."),
            ("en-US", "English (US)|English_United_States|en_us|American English|美式英语"),
            ("en-GB", "English_United_Kingdom|British English|English (UK)"),
            ("ja", "日文|日本語|Japanese"),
            ("de", "German_Germany|Deutsch|德语"),
            (
                "Source text",
                "Source|source term|原文|源语|源文本|Source text|原文术语|术语|Term|词条|Sentence|SourceString",
            ),
            ("Target text", "Target|译文|譯文|译名|翻译|Translation|Target term|目标语|目标语言|译文2|targetString"),
            ("Source en", "Source (en)|原文（英文）|English source|源语（英语）|Source: English|source_en"),
            ("Target zh", "中文译名|Target zh|Chinese translation|译文（中文）|Target (zh)"),
            ("tags of Source", "sourceLang|source_lang|Source language"),
            ("tags of Target", "targetLang"),
            ("id", "id|ID|序号|序號|编号|No.|#|Entry_ID|Concept ID|stringID|术语编号|行号|row"),
            ("Note of row", "备注|備註|Note|comments|说明|注释"),
            ("Note of zh", "zh_note|中文备注|Chinese note"),
            ("Context of zh", "zh_context|中文例句"),
            ("Context of text", "Term_Example|译文例句"),
            ("Definition of en", "English_Def|英文定义|en_definition"),
            ("Definition of en-GB", "English_United_Kingdom_Def"),
            ("Status of zh-CN", "Chinese (zh-CN) Status"),
            ("Subject of row", "领域|Domain|subject field|分类"),
            ("other", "|score|Term_Info|Entry_Creator|no comment whatever|中英|Chinese-English|foo|到|这是一句话"),
        ] {
            for name in names.split('|') {
                assert_eq!(shown(name), says, "{name}");
            }
        }
        assert_eq!(shown(&"中文".repeat(100_000)), "other");
    }

    #[test]
    fn a_rare_language_stands_beside_the_tag_of_another() {
        let langs = |one: &str, other: &str| {
            let of = |heading: &Heading| match heading {
                Heading::Text { side: None, lang: Some(lang) } => lang.tag().to_owned(),
                _ => "-".to_owned(),
            };
            headings(&[one.to_owned(), other.to_owned()]).iter().map(of).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(langs("zh", "haw"), "zh haw");
        assert_eq!(langs("yue-Hant-HK", "en"), "yue-Hant-HK en");
        for (one, other) in [("zh", "Haw"), ("中文", "foo"), ("haw", "foo"), ("zh", "hawa"), ("主权", "law")] {
            assert!(langs(one, other).contains('-'), "{one} {other}: {}", langs(one, other));
        }
        assert_eq!(headings(&["zh", "en", "haw"].map(str::to_owned))[2], Heading::Other);
    }
}
