//! Blocks of plain text: a line is a paragraph, unless the text is evidently hard-wrapped.

use super::wrapped;
use crate::lang::is_han;
use crate::text::{Block, BlockKind, Span};

/// The blocks of `content`.
pub(super) fn blocks(content: &str) -> Vec<Block> {
    let lines = lines_of(content);
    let spans = wrapped::paragraphs(content, &lines).unwrap_or_else(|| {
        let holds_text = |line: &&Span| !content[(*line).clone()].trim().is_empty();
        lines.iter().filter(holds_text).cloned().collect()
    });
    let mut blocks: Vec<Block> = tile(content, &spans);
    mark_headings(content, &mut blocks);
    blocks
}

/// One block a line, blank lines too; the line end belongs to its line.
pub(super) fn lines(content: &str) -> Vec<Block> {
    // Only a line feed ends a line here, so that the numbers agree with those of other tools.
    let mut at = 0;
    content
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .map(|span| {
            let line = &content[span.clone()];
            let bare = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
            Block { content: span.start..span.start + bare.len(), span, kind: BlockKind::Paragraph }
        })
        .collect()
}

/// Signs that part lines or paragraphs where no line ends: LINE SEPARATOR, PARAGRAPH SEPARATOR, NEXT LINE, form feed.
pub(super) const PARTING: [char; 4] = ['\u{2028}', '\u{2029}', '\u{85}', '\u{c}'];

/// Lines with their ends (LF, CRLF, CR alone as old systems wrote, or a sign that parts).
fn lines_of(content: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in content.char_indices() {
        let end = at + c.len_utf8();
        let ends = c == '\n' || PARTING.contains(&c) || (c == '\r' && !content[end..].starts_with('\n'));
        if ends {
            out.push(start..end);
            start = end;
        }
    }
    if start < content.len() {
        out.push(start..content.len());
    }
    out
}

/// Makes spans tile the content: what lies between two belongs to the former, what comes first to the first.
pub(super) fn tile(content: &str, spans: &[Span]) -> Vec<Block> {
    let starts: Vec<usize> =
        spans.iter().enumerate().map(|(index, span)| if index == 0 { 0 } else { span.start }).collect();
    spans
        .iter()
        .enumerate()
        .map(|(index, inner)| {
            let end = starts.get(index + 1).copied().unwrap_or(content.len());
            let content_span = trimmed(content, inner);
            let kind = if item_marker(&content[content_span.clone()]) { BlockKind::Item } else { BlockKind::Paragraph };
            Block { span: starts[index]..end, content: content_span, kind }
        })
        .collect()
}

fn trimmed(content: &str, span: &Span) -> Span {
    let inner = &content[span.clone()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..(span.start + inner.trim_end().len()).max(start)
}

/// Whether the end of a sentence, or what leads to a list, ends `line`; note marks behind it set aside.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closer = ['”', '’', '"', '\'', '」', '』', '）', ')', '》', ']', '»', '*'];
    let bare = without_notes(line).trim_end_matches(closer);
    bare.ends_with(['.', '!', '?', '。', '！', '？', '…', ':', '：', ';', '；', '．', '｡', '؟', '۔', '؛'])
}

/// `[4]`, `〔注1〕`, `⁴` at the end of a line.
fn without_notes(line: &str) -> &str {
    let mut bare = line;
    loop {
        let signs = bare.trim_end_matches(['¹', '²', '³', '⁰', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '†', '‡']);
        let opens = signs.ends_with([']', '］', '〕', '】']).then(|| signs.rfind(['[', '［', '〔', '【'])).flatten();
        match opens {
            Some(open) if signs.len() - open <= 16 => bare = &signs[..open],
            _ => return signs,
        }
    }
}

/// Whether a block begins as a list item: `- `, `• `, `1.`, `1)`, `(a)`, `（一）`, `①`.
pub(super) fn item_marker(block: &str) -> bool {
    let mut chars = block.chars();
    let Some(first) = chars.next() else { return false };
    if "-*•‣◦▪–·●".contains(first) {
        return chars.next().is_some_and(char::is_whitespace) || first == '•' || first == '●';
    }
    if ('①'..='⑳').contains(&first) {
        return true;
    }
    let open = first == '(' || first == '（';
    let body = if open { &block[first.len_utf8()..] } else { block };
    let label = body.find(|c: char| !(c.is_ascii_alphanumeric() || "一二三四五六七八九十百".contains(c)));
    let Some(end) = label else { return false };
    let (label, rest) = body.split_at(end);
    let short = match label.chars().next() {
        Some(c) if c.is_ascii_digit() => label.chars().all(|c| c.is_ascii_digit()) && label.len() <= 3,
        Some(c) if c.is_ascii_alphabetic() => label.len() == 1 || label.chars().all(|c| "ivxIVX".contains(c)),
        Some(_) => label.chars().all(|c| !c.is_ascii()),
        None => false,
    };
    let mut rest = rest.chars();
    let (mark, after) = (rest.next(), rest.next());
    if open {
        return short && matches!(mark, Some(')' | '）'));
    }
    short
        && match mark {
            Some(')' | '）') => true,
            Some('.' | '．') => after.is_none_or(|c| c.is_whitespace() || c == ')' || is_han(c)),
            _ => false,
        }
}

/// Headings of plain text are guessed: a short block without a full stop that a longer one follows.
/// Of several such lines in a row (title, authors, date) only the first and numbered ones count.
fn mark_headings(content: &str, blocks: &mut [Block]) {
    let short: Vec<bool> = blocks
        .iter()
        .map(|block| block.kind == BlockKind::Paragraph && is_short(&content[block.content.clone()]))
        .collect();
    let mut title_seen = false;
    let mut index = 0;
    while index < blocks.len() {
        let run = short.iter().skip(index).take_while(|&&short| short).count();
        let followed = index + run < blocks.len();
        for (offset, block) in blocks.iter_mut().skip(index).take(run).enumerate() {
            let text = &content[block.content.clone()];
            if followed && ((offset == 0 && looks_like_heading(text)) || is_numbered(text)) {
                block.kind = BlockKind::Heading(if title_seen { 2 } else { 1 });
                title_seen = true;
            }
        }
        title_seen |= index == 0;
        index += run.max(1);
    }
}

/// Too short for a paragraph, and without the end of a sentence.
fn is_short(block: &str) -> bool {
    if block.contains('\n') || ends_sentence(block) {
        return false;
    }
    if block.contains(is_han) {
        return block.chars().count() <= 30 && !block.contains(['，', '。']);
    }
    (1..=14).contains(&block.split_whitespace().count())
}

fn looks_like_heading(block: &str) -> bool {
    if block.ends_with([',', '，', '、', '|', '–', '—', '”', '"']) {
        return false;
    }
    if block.contains(is_han) {
        return true;
    }
    let words: Vec<&str> = block.split_whitespace().collect();
    let long: Vec<&&str> = words.iter().filter(|word| word.len() >= 4).collect();
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let capitals = long.iter().filter(|word| capital(word)).count();
    words.first().is_some_and(|word| capital(word))
        && capitals * 3 >= long.len() * 2
        && block.chars().any(char::is_alphabetic)
}

/// `一、`, `第一章`, `1.2 `, `Chapter 3`.
pub(super) fn is_numbered(block: &str) -> bool {
    let han_number = |c: char| "一二三四五六七八九十百零〇".contains(c) || c.is_ascii_digit();
    let after_number = block.trim_start_matches(han_number);
    if after_number.len() < block.len() && after_number.starts_with('、') {
        return true;
    }
    if let Some(rest) = block.strip_prefix('第') {
        let tail = rest.trim_start_matches(han_number);
        return tail.len() < rest.len() && tail.starts_with(['章', '节', '節', '回', '部', '篇', '卷', '条', '條']);
    }
    let first = block.split_whitespace().next().unwrap_or_default();
    let digits = first.trim_end_matches('.');
    let number = !digits.is_empty()
        && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let word =
        ["chapter", "part", "section", "article", "appendix"].iter().any(|known| first.eq_ignore_ascii_case(known));
    (number && digits.len() <= 6 && block.len() > first.len()) || word
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(content: &str, expected: &Expect) {
        let blocks = blocks(content);
        let mut at = 0;
        let mut out = String::new();
        for block in &blocks {
            assert_eq!(block.span.start, at);
            at = block.span.end;
            let mark = match block.kind {
                BlockKind::Heading(level) => "#".repeat(usize::from(level)),
                BlockKind::Item => "-".to_owned(),
                BlockKind::Paragraph | BlockKind::Verbatim => "¶".to_owned(),
            };
            out.push_str(&[mark.as_str(), " ", &content[block.content.clone()].replace('\n', "⏎"), "\n"].concat());
        }
        assert_eq!(at, content.len());
        expected.assert_eq(&out);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check(
            "\n Areas of Agreement\nThe talks were useful.\r\n\r\nBoth sides agreed on\n- more talks\n1. and rules\n",
            &expect![[r"
                # Areas of Agreement
                ¶ The talks were useful.
                ¶ Both sides agreed on
                - - more talks
                - 1. and rules
            "]],
        );
    }

    #[test]
    fn chinese_headings_and_items() {
        check(
            "网络安全合作双边讨论\n中国现代国际关系研究院（CICIR）—\n2012年6月\n双方举行了会晤。\n一、双方的共识\n讨论很有益。\n（一）限制武器化；\n①甲\n",
            &expect![[r"
                # 网络安全合作双边讨论
                ¶ 中国现代国际关系研究院（CICIR）—
                ¶ 2012年6月
                ¶ 双方举行了会晤。
                ## 一、双方的共识
                ¶ 讨论很有益。
                - （一）限制武器化；
                - ①甲
            "]],
        );
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        check(
            "The meetings have been attended by a broad range\nof officials and scholars who are responsible for\nthese issues.\n\nA number of ideas for cooperation have been put on\nthe table by both sides, and some were welcomed by\nall.\n",
            &expect![[r"
                ¶ The meetings have been attended by a broad range⏎of officials and scholars who are responsible for⏎these issues.
                ¶ A number of ideas for cooperation have been put on⏎the table by both sides, and some were welcomed by⏎all.
            "]],
        );
    }

    #[test]
    fn dialogue_between_blank_lines_is_not_hard_wrapped() {
        check(
            "“你来了。”\n“我来了。”\n\n“坐。”\n“好。”\n",
            &expect![[r"
                ¶ “你来了。”
                ¶ “我来了。”
                ¶ “坐。”
                ¶ “好。”
            "]],
        );
    }

    #[test]
    fn signs_that_part_lines_and_paragraphs_part_paragraphs() {
        check(
            "第一段。\u{2029}第二段，没有句号，\u{2028}第三段。\r第四段。\u{85}第五段。\u{c}第六段。\r\n第七段。",
            &expect![[r"
                ¶ 第一段。
                ¶ 第二段，没有句号，
                ¶ 第三段。
                ¶ 第四段。
                ¶ 第五段。
                ¶ 第六段。
                ¶ 第七段。
            "]],
        );
    }

    #[test]
    fn note_marks_do_not_hide_the_end_of_a_sentence() {
        for line in ["It has a port.[4]", "It has a port.[4][5]", "它有港口。⁴", "它有港口。”〔注1〕†", "Hat er?»[12]"]
        {
            assert!(ends_sentence(line), "{line}");
        }
        for line in ["它有港口[4]", "the list [of the whole of it]", "[4]", "⁴"] {
            assert!(!ends_sentence(line), "{line}");
        }
    }
}
