//! Paragraphs of hard-wrapped text: told by indentation, by the width that lines reach, by what ends a line.
//!
//! A line of wrapped text ends where the next word had no room, so most lines are nearly as wide as the widest, and few of
//! them end a sentence. Where paragraphs are lines, a line as wide as that ends one.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::plain::{PARTING, ends_sentence, is_numbered, item_marker};
use crate::lang::is_han;
use crate::text::Span;

/// What lines are wrapped to, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=140;

/// A line of the text.
struct Line<'a> {
    span: Span,
    /// Without the white space around it.
    text: &'a str,
    /// The columns before the text.
    indent: usize,
    /// The columns up to the end of the text.
    width: usize,
    /// Whether it ends a sentence.
    stops: bool,
    /// Whether a sign that parts paragraphs ends it.
    parted: bool,
}

impl<'a> Line<'a> {
    fn of(content: &'a str, span: &Span) -> Self {
        let line = &content[span.clone()];
        let text = line.trim();
        let lead = &line[..line.len() - line.trim_start().len()];
        let indent = if text.is_empty() { 0 } else { lead.chars().map(columns).sum() };
        Self {
            span: span.clone(),
            text,
            indent,
            width: indent + text.width(),
            stops: ends_sentence(text),
            parted: line.ends_with(PARTING),
        }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The columns that the first word takes, with the blank before it.
    fn first_word(&self) -> usize {
        match self.text.chars().next() {
            // A mark that must not begin a line takes the character before it along.
            Some(c) if c.width() == Some(2) => 4,
            _ => 1 + self.text.split([' ', '\t', '\u{3000}']).next().unwrap_or_default().width(),
        }
    }

    /// Whether the marker of an item or the number of a heading comes first.
    fn begins_item(&self) -> bool {
        item_marker(self.text) || is_numbered(self.text)
    }

    /// Whether it begins as a sentence cannot in a script with capitals.
    fn begins_small(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }

    fn begins_capital(&self) -> bool {
        let first = self.text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
        first.is_some_and(char::is_uppercase)
    }

    /// Whether a sentence ends in it.
    fn holds_stop(&self) -> bool {
        self.stops
            || self.text.contains(['。', '！', '？', '؟'])
            || [". ", "? ", "! "].iter().any(|stop| self.text.contains(stop))
    }
}

fn columns(c: char) -> usize {
    if c == '\t' { 4 } else { c.width().unwrap_or(0) }
}

/// What a first look at the text tells.
#[derive(Clone, Copy)]
struct Shape {
    /// What lines are wrapped to.
    width: usize,
    /// How indents are used.
    indents: Indents,
    /// Whether blank lines part paragraphs.
    blanks: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Indents {
    /// They tell nothing.
    Nothing,
    /// A paragraph begins with one of more columns than these.
    First(usize),
    /// Every line of a paragraph but the first has one of more columns than these.
    Hanging(usize),
}

/// The paragraphs of a text that is evidently hard-wrapped; nothing where a line is a paragraph.
pub(super) fn paragraphs(content: &str, lines: &[Span]) -> Option<Vec<Span>> {
    let lines: Vec<Line<'_>> = lines.iter().map(|span| Line::of(content, span)).collect();
    let shape = Shape::of(&lines)?;
    if !shape.is_wrapped(&lines) {
        return None;
    }
    let mut out: Vec<Span> = Vec::new();
    let mut first: Option<&Line<'_>> = None;
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        let begins = match (first, before) {
            (Some(first), Some(before)) => before.parted || shape.parts(first, before, line),
            _ => true,
        };
        before = Some(line).filter(|line| !line.is_blank());
        if line.is_blank() {
            continue;
        }
        match out.last_mut() {
            Some(paragraph) if !begins => paragraph.end = line.span.end,
            _ => {
                out.push(line.span.clone());
                first = Some(line);
            }
        }
    }
    Some(out)
}

/// Lines that follow each other with nothing between.
fn breaks<'a, 'b>(lines: &'a [Line<'b>]) -> impl Iterator<Item = (&'a Line<'b>, &'a Line<'b>)> {
    let pairs = lines.windows(2).map(|pair| (&pair[0], &pair[1]));
    pairs.filter(|(line, next)| !line.is_blank() && !next.is_blank() && !line.parted)
}

impl Shape {
    fn of(lines: &[Line<'_>]) -> Option<Self> {
        let mut widths: Vec<usize> = breaks(lines).map(|(line, _)| line.width).collect();
        widths.sort_unstable();
        // One line in twenty may stick out.
        let width = *widths.get(widths.len().checked_sub(1)? * 19 / 20)?;
        let blanks = lines.windows(3).any(|three| !three[0].is_blank() && three[1].is_blank() && !three[2].is_blank());
        let shape = Self { width, indents: Indents::Nothing, blanks };
        Some(Self { indents: shape.indents(lines), ..shape }).filter(|shape| WIDTHS.contains(&shape.width))
    }

    fn indents(self, lines: &[Line<'_>]) -> Indents {
        let base = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min().unwrap_or(0);
        let deep = |line: &Line<'_>| line.indent >= base + 2 && !line.begins_item();
        let share = |of: &dyn Fn(&Line<'_>, &Line<'_>) -> bool| {
            let (mut ended, mut all) = (0, 0);
            for (line, _) in breaks(lines).filter(|(line, next)| of(line, next)) {
                all += 1;
                ended += usize::from(line.stops || line.width * 10 < self.width * 6);
            }
            (ended, all)
        };
        let mostly = |(ended, all): (usize, usize)| all > 0 && ended * 5 >= all * 4;
        let (into_deep, into_flush) =
            (share(&|_, next| deep(next)), share(&|line, next| deep(line) && !deep(next) && !next.begins_item()));
        let alone = into_deep.1 == 0 && lines.iter().any(deep) && breaks(lines).any(|(_, next)| !deep(next));
        if mostly(into_deep) || alone {
            Indents::First(base)
        } else if mostly(into_flush) {
            Indents::Hanging(base)
        } else {
            Indents::Nothing
        }
    }

    /// Whether a line reaches the width, or leaves no room for the first word of the next.
    fn fills(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let percent = match self {
            Self { indents: Indents::First(_) | Indents::Hanging(_), .. } => 60,
            Self { blanks: true, .. } => 70,
            _ => 85,
        };
        let enough = line.width * 100 >= self.width * percent;
        enough || line.width + next.first_word() > self.width
    }

    /// Whether more line ends come from wrapping than from anything else.
    fn is_wrapped(self, lines: &[Line<'_>]) -> bool {
        let (mut wrapped, mut capital, mut ended, mut contrary, mut outside) = (0, 0, 0, 0, 0);
        for (line, next) in breaks(lines) {
            let marked = next.begins_item() || self.begins_by_indent(line, next) == Some(true);
            match (self.fills(line, next), line.stops) {
                _ if line.width > self.width + self.width / 8 => outside += 1,
                (true, true) => ended += usize::from(!marked),
                _ if marked => {}
                // Verse begins every line with a capital, but does not set in its sentences.
                (true, false) if next.begins_capital() && self.indents == Indents::Nothing => capital += 1,
                (true, false) => wrapped += 1,
                // What is short and followed by a capital is a heading or a signature.
                (false, false) => contrary += usize::from(!next.begins_capital() && !line.begins_item()),
                (false, true) => {}
            }
        }
        let text = || lines.iter().filter(|line| !line.is_blank());
        let (stops, all) = (text().filter(|line| line.holds_stop()).count(), text().count());
        let tabs = text().filter(|line| line.text.contains('\t')).count();
        // One line end is enough where indents show where paragraphs begin, two where nothing speaks against them.
        let clear = ended == 0 && contrary == 0 && text().next_back().is_some_and(|line| line.stops);
        let enough = match self.indents {
            Indents::First(_) => 1,
            Indents::Hanging(_) => 2,
            Indents::Nothing => {
                if clear {
                    2
                } else {
                    3
                }
            }
        };
        wrapped >= enough
            && wrapped >= ended
            && wrapped >= contrary * 2
            && wrapped * 3 >= capital
            && outside * 10 <= wrapped
            // Records and verse hold none.
            && stops * 8 >= all
            && tabs * 4 <= all
    }

    /// Whether the indent of `next` says that it begins a paragraph; nothing where it says nothing.
    fn begins_by_indent(self, line: &Line<'_>, next: &Line<'_>) -> Option<bool> {
        match self.indents {
            Indents::First(base) if next.indent >= base + 2 => {
                // Lines that are indented alike and run on are set in as a whole.
                Some(line.indent != next.indent || line.stops || !self.fills(line, next))
            }
            Indents::Hanging(base) => Some(next.indent < base + 2),
            _ => None,
        }
    }

    /// Whether a paragraph ends between two lines that follow each other, `first` being its first line.
    fn parts(self, first: &Line<'_>, line: &Line<'_>, next: &Line<'_>) -> bool {
        if next.is_blank() {
            return true;
        }
        let runs_on = self.fills(line, next) && !line.stops;
        if next.begins_item() && (!runs_on || first.begins_item()) {
            return true;
        }
        if let Some(begins) = self.begins_by_indent(line, next) {
            return begins;
        }
        if self.fills(line, next) || next.begins_small() {
            return false;
        }
        // A short line ends a paragraph, or is a heading.
        line.stops || line.width * 10 < self.width * 6 || next.text.starts_with(is_han) && line.text.ends_with(is_han)
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain;

    fn columns_of(text: &str) -> usize {
        text.chars().map(super::columns).sum()
    }

    /// Wraps prose at `width` columns: between words, or between characters where no mark would begin a line.
    fn wrap(prose: &str, width: usize, indents: [&str; 2]) -> String {
        let han = prose.contains(super::is_han);
        let pieces: Vec<&str> =
            if han { prose.split_inclusive(|_| true).collect() } else { prose.split_inclusive(' ').collect() };
        let (mut out, mut line) = (String::new(), indents[0].to_owned());
        for piece in pieces {
            let over = columns_of(&line) + columns_of(piece.trim_end()) > width;
            if over && !piece.starts_with(['，', '。', '、', '；', '：', '！', '？', '”']) {
                out += line.trim_end();
                out.push('\n');
                line = indents[1].to_owned();
            }
            line += piece;
        }
        out + line.trim_end() + "\n"
    }

    const CHINESE: [&str; 3] = [
        "那天早晨，天还没有亮，母亲就起来了。她轻手轻脚地走到厨房里，点着了灶里的火，开始准备一家人的早饭。外面的风很大，窗户被吹得嘎嘎作响。",
        "父亲也醒了。他坐在床边，慢慢地穿上棉袄，一句话也没有说。弟弟还在睡，小脸红扑扑的。",
        "吃过早饭，我们动身去镇上。路上结了霜，马走得很小心。谁也没有说话，直到我们走到桥边，有一个老人向我们问时间。",
    ];
    const ENGLISH: [&str; 3] = [
        "It was still dark that morning when Mother got up. She walked quietly to the kitchen, lit the fire in the stove and began to make breakfast for the family. The wind outside was strong and the windows rattled.",
        "Father was awake, too. He sat on the edge of the bed and slowly put on his padded coat, without saying a word. My little brother was still asleep, his face small and red.",
        "After breakfast we set out for the town. The road was covered with frost, and the horse went carefully. Nobody spoke until we reached the bridge, where an old man asked us for the time.",
    ];
    const GERMAN: [&str; 3] = [
        "Es war an jenem Morgen noch dunkel, als die Mutter aufstand. Sie ging leise in die Küche, machte im Herd Feuer und begann, das Frühstück für die Familie zu bereiten.",
        "Auch der Vater war wach. Er saß auf der Kante des Bettes und zog langsam den Mantel an, ohne ein Wort zu sagen. Mein kleiner Bruder schlief noch.",
        "Nach dem Frühstück brachen wir zur Stadt auf. Die Straße war mit Reif bedeckt, und das Pferd ging vorsichtig. Niemand sprach, bis wir die Brücke erreichten.",
    ];

    /// The blocks, their white space put as it was before wrapping.
    fn paragraphs(content: &str, blank: &str) -> Vec<String> {
        let blocks = plain::blocks(content);
        let joined = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(blank);
        blocks.iter().map(|block| joined(&content[block.content.clone()])).collect()
    }

    #[test]
    fn paragraphs_are_told_by_blank_lines_and_by_every_indentation() {
        for (prose, blank) in [(CHINESE, ""), (ENGLISH, " "), (GERMAN, " ")] {
            for width in [30, 40, 60, 72, 76, 100] {
                for indents in [["　　", ""], ["    ", ""], ["  ", ""], ["\t", ""], ["", "    "]] {
                    let text = prose.map(|paragraph| wrap(paragraph, width, indents)).concat();
                    assert_eq!(paragraphs(&text, blank), prose, "{width} {indents:?}:\n{text}");
                    assert_eq!(paragraphs(&text.replace('\n', "\r\n"), blank), prose, "{width} {indents:?}");
                }
                // Three lines of a hundred columns are too few.
                for indents in
                    [["", ""], ["   ", "   "], ["　　", ""], ["    ", ""]].into_iter().filter(|_| width < 100)
                {
                    let text = prose.map(|paragraph| wrap(paragraph, width, indents)).join("\n");
                    assert_eq!(paragraphs(&text, blank), prose, "{width} {indents:?}:\n{text}");
                }
            }
        }
    }

    #[test]
    fn nothing_but_the_width_joins_lines_and_a_short_line_ends_a_paragraph() {
        for (prose, blank) in [(CHINESE, ""), (ENGLISH, " "), (GERMAN, " ")] {
            let whole = prose.join(blank);
            for width in 30..=72 {
                let text = prose.map(|paragraph| wrap(paragraph, width, ["", ""])).concat();
                let found = paragraphs(&text, blank);
                assert_eq!(found.join(blank), whole);
                // A last line that reaches the width tells nothing, so two paragraphs may be one, but none is parted.
                for paragraph in &found {
                    assert!(prose.iter().any(|known| paragraph.starts_with(known)), "{width}: {paragraph}\n{text}");
                }
            }
        }
    }

    #[test]
    fn only_lines_as_wide_as_people_wrap_them_are_wrapped() {
        for (prose, blank) in [(CHINESE, ""), (ENGLISH, " ")] {
            let paragraphs_of = |width: usize| {
                // Lines of a hundred columns are few in so short a text.
                let text = [prose; 6]
                    .concat()
                    .iter()
                    .map(|paragraph| wrap(paragraph, width, ["　　", ""]))
                    .collect::<String>();
                (paragraphs(&text, blank), text)
            };
            for width in [22, 30, 136] {
                let (found, text) = paragraphs_of(width);
                assert_eq!(found, [prose; 6].concat(), "{width}:\n{text}");
            }
            for width in [16, 150, 170] {
                let (found, text) = paragraphs_of(width);
                let lines: Vec<&str> = text.lines().map(str::trim).collect();
                assert_eq!(found, lines, "{width}:\n{text}");
            }
        }
    }

    #[test]
    fn a_sign_that_parts_paragraphs_parts_them_where_the_width_would_not() {
        let text = wrap(ENGLISH[0], 60, ["", ""]) + &wrap(ENGLISH[1], 60, ["", ""]);
        let end = text.match_indices('\n').map(|(at, _)| at).nth(1).unwrap();
        let parted = format!("{}\u{2029}{}", &text[..end], &text[end + 1..]);
        let found = paragraphs(&parted, " ");
        assert_eq!(found.len(), paragraphs(&text, " ").len() + 1);
        assert!(ENGLISH[0].starts_with(&found[0]) && found[0].len() < 120, "{found:?}");
    }

    #[test]
    fn items_headings_and_speech_in_wrapped_text() {
        let english = "    \"You have come,\" he said, and looked out of the window at the\nsnow that had begun to fall.\n    \"I have.\"\n    \"Sit down. The others will be here before long, and then we\nshall see what can be done about it.\"\n    She sat down.\n\n                            CHAPTER II\n\n    The next morning it was still snowing, and nobody had come\nalong the road from the town.\n";
        assert_eq!(
            paragraphs(english, " "),
            [
                "\"You have come,\" he said, and looked out of the window at the snow that had begun to fall.",
                "\"I have.\"",
                "\"Sit down. The others will be here before long, and then we shall see what can be done about it.\"",
                "She sat down.",
                "CHAPTER II",
                "The next morning it was still snowing, and nobody had come along the road from the town.",
            ]
        );
        let list = "We offer you, as you asked us in your letter of the third of\nMarch, what follows:\n- two machines of the older kind, which are still in good\n  condition, and\n- one of the newer kind.\n1. Price: 100 dollars for each of the machines that you see in\n   the list below.\n2. Delivery: two weeks.\n";
        assert_eq!(
            paragraphs(list, " "),
            [
                "We offer you, as you asked us in your letter of the third of March, what follows:",
                "- two machines of the older kind, which are still in good condition, and",
                "- one of the newer kind.",
                "1. Price: 100 dollars for each of the machines that you see in the list below.",
                "2. Delivery: two weeks.",
            ]
        );
        let law = "一、总则\n第一条　为了规范网络安全管理，保护公民、法人和其\n他组织的合法权益，制定本办法。\n第二条　本办法适用于在中华人民共和国境内从事网络\n安全活动的单位和个人。\n二、附则\n第三条　本办法自公布之日起施行。\n";
        assert_eq!(
            paragraphs(law, ""),
            [
                "一、总则",
                "第一条　为了规范网络安全管理，保护公民、法人和其他组织的合法权益，制定本办法。",
                "第二条　本办法适用于在中华人民共和国境内从事网络安全活动的单位和个人。",
                "二、附则",
                "第三条　本办法自公布之日起施行。",
            ]
        );
    }

    #[test]
    fn where_a_line_is_a_paragraph_it_stays_one() {
        let verse = "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\nAnd summer's lease hath all too short a date;\nSometime too hot the eye of heaven shines,\nAnd often is his gold complexion dimm'd;\n";
        let records = "张三，男，一九八〇年生，北京人，大学毕业\n李四，女，一九八二年生，上海人，大学毕业\n王五，男，一九七九年生，广州人，中学毕业\n赵六，女，一九八五年生，重庆人，小学毕业\n";
        let poem = "从明天起，做一个幸福的人\n喂马，劈柴，周游世界\n从明天起，关心粮食和蔬菜\n我有一所房子，面朝大海\n\n从明天起，和每一个亲人通信\n告诉他们我的幸福\n那幸福的闪电告诉我的\n我将告诉每一个人\n";
        let list = "The committee considered the following items during the session:\nadoption of the agenda and other organizational matters\nconsideration of reports submitted by States parties\nimplementation of the optional protocol in the region\n";
        let titled = "关于进一步加强网络安全工作的若干意见和具体实施办法\n国务院办公厅二〇一二年六月二十八日发布施行\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n近年来，网络安全形势日益严峻。各地要高度重视。\n";
        let table = "name\tof the first of the columns\tand the second\nname\tof the other of the columns\tand the second\nname\tof the third of the columns\tand the third.\n";
        for text in [verse, records, poem, list, titled, table, &CHINESE.join("\n"), &ENGLISH.join("\n")] {
            let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(paragraphs(text, "⏎"), lines);
        }
    }
}
