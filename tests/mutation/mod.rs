//! A seeded generator of files that are almost right: small valid samples with a few changes, the same on every machine.

/// How many changed files are tried: some hundreds, or as many as `DUIZHAO_MUTATIONS` says.
pub(crate) fn count() -> usize {
    std::env::var("DUIZHAO_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

/// What breaks careless readers, whatever they read.
const PIECES: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{1b}[31m",
    "\r",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{3000}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{200f}",
    "😀",
    "甲",
    "é",
    "\"",
    "'",
    "\"\"",
    ",",
    ";",
    "|",
    "#",
    "=",
    "sep=;\n",
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "&#13;",
    "&#x110000;",
    "&nope;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "<?",
    "<a>",
    "</a>",
    "<a/>",
    "<tu>",
    "</tu>",
    "<seg>",
    "</seg>",
    "<tuv xml:lang='fr'>",
    "<s id='1:1'>",
    "<term>",
    "</term>",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "true",
    "-1",
    "0",
    "9e999",
    "1e-999",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "4294967296",
    "\\u0000",
    "\\ud800",
    "\\",
    "zh",
    "en",
    "zh-Hant-TW",
    "xx",
    "zh-",
    "2026-02-30",
    "0000-00-00",
    "_x0000_",
    "heading-7",
];

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub(crate) struct Mutator {
    state: u64,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is none where there is nothing below it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("a small number")).expect("a small number")
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A stretch of a text, mostly a short one.
    fn range(&mut self, text: &str) -> std::ops::Range<usize> {
        let start = self.place(text);
        let longest = if self.below(4) == 0 { text.len() } else { 12 };
        let mut end = (start + self.below(longest)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// A text with one to four changes; `other` lends parts of itself.
    pub(crate) fn changed(&mut self, text: &str, other: &str) -> String {
        let mut out = text.to_owned();
        for _ in 0..=self.below(4) {
            let range = self.range(&out);
            match self.below(7) {
                0 => out.replace_range(range, ""),
                1 => {
                    let again = out[range.clone()].repeat(1 + self.below(3));
                    out.insert_str(range.end, &again);
                }
                2 => {
                    let (part, at) = (out[range].to_owned(), self.place(&out));
                    out.insert_str(at, &part);
                }
                3 => out.truncate(range.start),
                4 => {
                    let lent = self.range(other);
                    out.replace_range(range, &other[lent]);
                }
                5 => {
                    let piece = PIECES[self.below(PIECES.len())];
                    out.replace_range(range, piece);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    out.insert_str(range.start, piece);
                }
            }
        }
        out
    }
}
