//! Chinese sentences: a scanner over characters.
//!
//! A sentence ends after 。！？ and …… with the closing quotes and brackets that follow. There is no cut inside
//! （） 《》 or a short quotation; a long speech is cut sentence by sentence. A reporting clause after a quotation
//! stays with it, and so does a quotation in the middle of a sentence.

use super::notes::Notes;
use super::quotes::{self, STRAIGHT};
use super::{dots, saying};
use crate::lang::is_han;
use crate::task::work;

/// A quotation longer than this many characters is cut inside: it is a speech, not a phrase.
const SPEECH: usize = 60;
/// How many open marks are looked through for the partner of a closing one.
const DEPTH: usize = 32;
/// A reporting clause (他说, 那位官员回答道) is at most this long.
const REPORT: usize = 14;

/// Where sentences end within `block`, in bytes; the end of the block may or may not be among them.
pub(super) fn ends(block: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = block.char_indices().collect();
    let scan = Scan {
        block,
        notes: Notes::of(block),
        close_of: matched(&chars),
        stops: block.contains(['。', '｡']),
        chars: &chars,
    };
    let nesting = nesting(&chars, &scan.close_of);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        let Some(after) = scan.terminator(at) else {
            at += 1;
            continue;
        };
        let (end, closed) = scan.swallow_closers(after);
        let inside = nesting[at];
        let own_bracket = inside.bracket.is_some_and(|open| open == first_visible(&chars, start));
        let finished = match (inside.bracket, inside.quote) {
            (Some(open), _) => {
                // A sentence in brackets of its own; a title or a note that opens a sentence is part of it.
                let closes = own_bracket && closed > 0 && nesting_after(&nesting, end).bracket.is_none();
                closes && !matches!(chars[open].1, '《' | '〈') && !continues(&chars, end)
            }
            (None, Some(open)) if nesting_after(&nesting, end).quote.is_none() => {
                speech_before(&chars, start, open) && !continues(&chars, end)
            }
            (None, Some(open)) => is_speech(&chars, &nesting, open),
            (None, None) => !continues_plain(&chars, after, end),
        };
        if finished {
            let end = scan.swallow_blanks(end);
            out.push(scan.byte_at(end));
            start = end;
            at = end;
        } else {
            at = end.max(after);
        }
    }
    out
}

/// A block and what is known of it before it is cut.
struct Scan<'a> {
    block: &'a str,
    chars: &'a [(usize, char)],
    notes: Notes<'a>,
    /// For every opening mark the index of its closing one; 0 elsewhere.
    close_of: Vec<usize>,
    /// Whether 。 stands in it.
    stops: bool,
}

impl Scan<'_> {
    fn byte_at(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.block.len(), |&(at, _)| at)
    }

    /// The index after note marks that begin at `index`.
    fn after_notes(&self, index: usize) -> usize {
        self.index_from(index, self.notes.end_at(self.byte_at(index)))
    }

    /// The index of a byte, looked for from `index` on.
    fn index_from(&self, index: usize, byte: usize) -> usize {
        self.chars[index.min(self.chars.len())..].iter().take_while(|&&(at, _)| at < byte).count() + index
    }

    /// Closing quotes and brackets after the terminator, and the note marks among them; a straight quote only where it
    /// closes. Gives where they end, and how many close something.
    fn swallow_closers(&self, from: usize) -> (usize, usize) {
        let (mut end, mut closed) = (from, 0);
        loop {
            let closers = self.chars[end..]
                .iter()
                .enumerate()
                .take_while(|&(ahead, &(_, c))| is_closer(c) && self.close_of[end + ahead] <= end + ahead)
                .count();
            let listed = self.notes.is_list() && closers == 0 && closed == 0;
            let noted = if listed { end } else { self.after_notes(end + closers) };
            closed += closers;
            if noted <= end + closers {
                return (end + closers, closed);
            }
            end = noted;
        }
    }

    /// Blanks, and note marks that stand by themselves between blanks.
    fn swallow_blanks(&self, from: usize) -> usize {
        let blanks = |from: usize| {
            (from..self.chars.len()).find(|&i| !self.chars[i].1.is_whitespace()).unwrap_or(self.chars.len())
        };
        let end = blanks(from);
        match self.notes.end_behind_blank(self.byte_at(end)).filter(|_| end > from) {
            Some(byte) => blanks(self.index_from(end, byte)),
            None => end,
        }
    }

    /// The index after a run of sentence-ending marks that begins at `at`.
    fn terminator(&self, at: usize) -> Option<usize> {
        let chars = self.chars;
        let c = char_at(chars, at)?;
        let run = |from: usize, set: &str| {
            let end = (from..chars.len()).find(|&i| !set.contains(chars[i].1)).unwrap_or(chars.len());
            work::step(end - from);
            end
        };
        match c {
            '．' if dots::goes_on(chars, at, self.stops) => None,
            '。' | '！' | '？' | '!' | '?' | '｡' | '．' => {
                // Within an address: c?d=e
                let inside = char_at(chars, at + 1).is_some_and(|c| c.is_ascii_alphanumeric() || c == '=');
                (!matches!(c, '!' | '?') || !inside).then(|| run(at, "。！？!?｡．…"))
            }
            '…' => {
                let end = run(at, "…");
                let end = run(end, "。！？!?");
                (end >= at + 2).then_some(end)
            }
            // A full stop of the Latin keyboard ends a sentence only between Chinese characters.
            '.' => {
                let before = at.checked_sub(1).and_then(|before| char_at(chars, before));
                // Of many dots only the first has such a character before it, and only it looks at those that follow.
                before.filter(|&c| is_han(c) || is_closer(c) && !c.is_ascii())?;
                let end = run(at, ".");
                let next = (end..chars.len()).map(|i| chars[i].1).find(|&c| !c.is_whitespace() && !is_closer(c));
                let ends = next.is_none_or(|c| is_han(c) || !c.is_ascii());
                (ends && (end > at + 1 || !dots::goes_on(chars, at, self.stops))).then_some(end)
            }
            _ => None,
        }
    }
}

fn char_at(chars: &[(usize, char)], index: usize) -> Option<char> {
    chars.get(index).map(|&(_, c)| c)
}

fn first_visible(chars: &[(usize, char)], start: usize) -> usize {
    (start..chars.len()).find(|&at| !chars[at].1.is_whitespace()).unwrap_or(start)
}

/// The innermost bracket and quotation a character stands in, by where they were opened.
#[derive(Clone, Copy, Default, Debug)]
struct Nesting {
    bracket: Option<usize>,
    quote: Option<usize>,
}

fn nesting_after(nesting: &[Nesting], index: usize) -> Nesting {
    nesting.get(index).copied().unwrap_or_default()
}

/// For every character what it stands in. An opening mark that is never closed opens nothing.
fn nesting(chars: &[(usize, char)], close_of: &[usize]) -> Vec<Nesting> {
    let mut out = Vec::with_capacity(chars.len() + 1);
    let mut quotes: Vec<(usize, usize)> = Vec::new();
    let mut brackets: Vec<(usize, usize)> = Vec::new();
    for (at, &close) in close_of.iter().enumerate() {
        for open in [&mut quotes, &mut brackets] {
            while open.last().is_some_and(|&(_, close)| close <= at) {
                open.pop();
            }
        }
        let innermost = |open: &[(usize, usize)]| open.last().map(|&(start, _)| start);
        out.push(Nesting { bracket: innermost(&brackets), quote: innermost(&quotes) });
        if close > at {
            let open = if is_quote(chars[at].1) { &mut quotes } else { &mut brackets };
            open.push((at, close));
        }
    }
    out.push(Nesting::default());
    out
}

/// For every opening mark the index of its closing one; 0 elsewhere.
fn matched(chars: &[(usize, char)]) -> Vec<usize> {
    let mut close_of = vec![0; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, &(_, c)) in chars.iter().enumerate() {
        if closing_of(c).is_some() {
            open.push(at);
        } else if is_closer(c) && !STRAIGHT.contains(&c) {
            // Marks left open are passed over, but not without end: time stays linear.
            let within = open.iter().rev().take(DEPTH).position(|&start| closing_of(chars[start].1) == Some(c));
            if let Some(back) = within {
                let depth = open.len() - 1 - back;
                close_of[open[depth]] = at;
                open.truncate(depth);
            }
        }
    }
    for (start, end) in quotes::pairs(chars) {
        close_of[start] = end;
    }
    close_of
}

fn closing_of(open: char) -> Option<char> {
    Some(match open {
        '（' => '）',
        '(' => ')',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '〔' => '〕',
        '［' => '］',
        '[' => ']',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〞',
        _ => return None,
    })
}

fn is_quote(open: char) -> bool {
    matches!(open, '“' | '‘' | '「' | '『' | '〝') || STRAIGHT.contains(&open)
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '〞' | '）' | ')' | '》' | '〉' | '】' | '〕' | '］' | ']')
        || STRAIGHT.contains(&c)
}

/// Direct speech follows a colon or comma, stands at the start, or after the end of a sentence;
/// a quotation anywhere else is part of its sentence.
fn speech_before(chars: &[(usize, char)], start: usize, open: usize) -> bool {
    let before = (start..open).rev().map(|i| chars[i].1).find(|c| !c.is_whitespace());
    before.is_none_or(|c| matches!(c, '：' | ':' | '，' | ',' | '。' | '！' | '？' | '—' | '…' | '；') || is_closer(c))
}

/// A long quotation, or one that never closes in its block, is cut inside.
fn is_speech(chars: &[(usize, char)], nesting: &[Nesting], open: usize) -> bool {
    let reach = (open + 1..chars.len()).take(SPEECH).find(|&i| nesting[i].quote.is_none());
    reach.is_none() && chars.len() - open > SPEECH
}

/// After a closed quotation: a particle, a mark, or a reporting clause goes on with the sentence.
fn continues(chars: &[(usize, char)], end: usize) -> bool {
    let Some(next) = char_at(chars, end) else { return false };
    if "的地得是、，；：。,;:".contains(next) || next == '—' {
        return true;
    }
    is_report(chars, end)
}

/// A short clause that ends in a word of saying and then a stop: 他说。 老人慢慢地问道。
fn is_report(chars: &[(usize, char)], from: usize) -> bool {
    let clause: String = chars.iter().skip(from).take(REPORT + 1).map(|&(_, c)| c).collect();
    let Some(stop) = clause.find(['。', '！', '？', '，', '：', '…']) else { return false };
    let (body, rest) = clause.split_at(stop);
    // With a colon the clause introduces what follows, with a comma unless it is a bare 他说，
    let short = rest.starts_with('，') && body.chars().count() <= 4;
    let told = rest.starts_with(['。', '！', '？', '…']) || short;
    told && !body.contains(|c| is_quote(c) || is_closer(c)) && saying::says(body.trim())
}

/// Outside quotations: ellipses go on before a comma or 等; 。 never does.
fn continues_plain(chars: &[(usize, char)], after: usize, end: usize) -> bool {
    let last = after.checked_sub(1).and_then(|last| char_at(chars, last));
    let next = char_at(chars, end);
    let mark = next.is_some_and(|c| "，、；：,;:。".contains(c));
    match last {
        Some('…') => {
            mark || next.is_some_and(|c| matches!(c, '等' | '之' | '的'))
                || next.is_some_and(|c| c.is_ascii_lowercase())
        }
        Some('!' | '?' | '！' | '？') => mark,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::lang::Language::Chinese;
    use crate::task::work;

    #[test]
    fn stops_and_their_closers() {
        check(
            Chinese,
            &[
                "今天下雨。‖我没去。",
                "真的吗？！‖是的！！‖好。",
                "你来吗?‖我来!‖好.‖走吧.",
                "增长了3.5%，达到2.1亿。‖这是U.S.的数据。",
                "他走了．‖她来了．",
                "圆周率是3．14。",
                "（参见《今日军控》2013年6月号。）‖中美工作组继续会谈。",
                "双方发表声明。‖（参见附件。）‖会谈结束。",
                "他（真的！）来了。‖我不信。",
                "他读过《你是谁？》一书。‖我没有。",
                "第一句。　‖第二句。 ‖第三句。",
            ],
        );
    }

    #[test]
    fn markers_titles_addresses_and_notes() {
        check(
            Chinese,
            &[
                "1．加强合作。‖2．深化互信。‖A．甲。",
                "《你是谁？》是一本好书。‖《为什么？》（商务印书馆）出版了。",
                "参见http://a.b/c?d=e。‖好。",
                "今天下雨。[1]‖好的。¹‖走吧。",
                "“他为什么不来？”是一个问题。‖没有人知道。",
                "（一）限制武器化。‖（二）增进互信。",
            ],
        );
    }

    #[test]
    fn quotations() {
        check(
            Chinese,
            &[
                "他说：“今天下雨。我不去。”‖她走了。",
                "“你好。”他说。‖她没有回答。",
                "“为什么？”老人慢慢地问道。‖没有人说话。",
                "“双方都提出了建议。”‖该官员还表示，美国期待对话。",
                "他高喊“前进！”冲了上去。‖大家跟着。",
                "“前进！”的口号响彻云霄。‖天亮了。",
                "「你去哪裡？」‖「我回家。」",
                "他说：\"今天下雨。\"‖她没有听见。",
                "他写道：“一。”‖“二。”‖完了。",
            ],
        );
    }

    #[test]
    fn long_speeches_are_cut_inside() {
        check(
            Chinese,
            &[
                "奥斯汀说：“我们不应抱有幻想，以为两国会很快就网络空间的一系列军事建立信任措施达成一致。‖但从更接近民用领域而非纯军事的问题入手，还是有一定空间打下基础。”‖会议结束。",
                "他开口了：“这件事说来话长。‖那一年我还小。",
            ],
        );
    }

    #[test]
    fn a_run_of_marks_is_looked_through_once() {
        for mark in [".", "。", "…", "．", "甲.", "甲.a"] {
            let text = |size: usize| format!("今天{}a", mark.repeat(size));
            let counted = work::is_linear(1000, |size| drop(super::ends(&text(size))));
            assert_eq!(counted, Ok(()), "{mark}");
        }
    }

    #[test]
    fn ellipses() {
        check(
            Chinese,
            &[
                "我不知道……‖他走了。",
                "甲、乙、丙……等等都来了。‖丁没来。",
                "“我……我不知道。”‖他低下头。",
                "他想说……，但没有说。‖散会。",
                "算了吧……。‖走。",
            ],
        );
    }
}
