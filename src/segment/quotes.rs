//! Straight quotes, which look alike where they open and where they close.

/// Quotes that open and close alike.
pub(super) const STRAIGHT: [char; 3] = ['"', '\'', '＂'];

/// What closes what, where straight quotes close: pairs of indexes into `chars`.
pub(super) fn pairs(chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let mut out = mixed(chars);
    let closing: Vec<usize> = out.iter().map(|&(_, close)| close).collect();
    for quote in STRAIGHT {
        out.extend(alike(chars, quote, &closing));
    }
    out
}

/// Curly quotes that a straight one closes behind a stop: `“好。"`. What a curly one closes, nothing else does.
fn mixed(chars: &[(usize, char)]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut open, mut found, mut straight) = (None, None, 0_usize);
    for (at, &(_, c)) in chars.iter().enumerate() {
        match c {
            '“' => {
                out.extend(found.take());
                (open, straight) = (Some(at), 0);
            }
            '”' => (open, found) = (None, None),
            '"' | '＂' if open.is_some() && found.is_none() => {
                let stopped = "。！？!?…".contains(chars[at.saturating_sub(1)].1);
                if straight.is_multiple_of(2) && stopped {
                    found = open.map(|start| (start, at));
                }
                straight += 1;
            }
            _ => {}
        }
    }
    out.extend(found);
    out
}

/// Where quotes that all look alike pair up.
///
/// Quotes open and close by turns. What stands around each says which turn begins a block, and where one was left out:
/// of all ways to take turns the one that most of this speaks for.
fn alike(chars: &[(usize, char)], quote: char, taken: &[usize]) -> Vec<(usize, usize)> {
    let is_free = |at: &usize| chars[*at].1 == quote && !is_apostrophe(chars, *at) && taken.binary_search(at).is_err();
    let places: Vec<usize> = (0..chars.len()).filter(is_free).collect();
    let opens = turns(&places.iter().map(|&at| evidence(chars, at)).collect::<Vec<_>>());
    let mut out = Vec::new();
    let mut open = None;
    for (&at, opening) in places.iter().zip(opens) {
        if opening {
            open = Some(at);
        } else if let Some(start) = open.take() {
            out.push((start, at));
        }
    }
    out
}

/// A quote that opens while one is open, or closes while none is.
const OUT_OF_TURN: u32 = 3;
/// A block that begins inside a quotation or ends inside one.
const LEFT_OPEN: u32 = 1;

/// Which of the quotes open, at least cost; each comes with what speaks against opening and against closing.
fn turns(against: &[[u32; 2]]) -> Vec<bool> {
    // The state is what the quote before was: 0 opened, 1 closed.
    let mut cost = [LEFT_OPEN, 0];
    let mut from: Vec<[usize; 2]> = Vec::with_capacity(against.len());
    for [opening, closing] in against {
        let reach = |turn: usize, own: u32| {
            let costs = [0, 1].map(|before| cost[before] + own + if before == turn { OUT_OF_TURN } else { 0 });
            if costs[0] < costs[1] { (costs[0], 0) } else { (costs[1], 1) }
        };
        let (opened, closed) = (reach(0, *opening), reach(1, *closing));
        from.push([opened.1, closed.1]);
        cost = [opened.0, closed.0];
    }
    let mut state = usize::from(cost[1] <= cost[0] + LEFT_OPEN);
    let mut out: Vec<bool> = from
        .iter()
        .rev()
        .map(|before| {
            let opened = state == 0;
            state = before[state];
            opened
        })
        .collect();
    out.reverse();
    out
}

/// What speaks against opening and against closing at `at`.
fn evidence(chars: &[(usize, char)], at: usize) -> [u32; 2] {
    let before = at.checked_sub(1).map(|before| chars[before].1);
    let after = chars.get(at + 1).map(|&(_, c)| c);
    let mut against = [0, 0];
    if before.is_none_or(|c| c.is_whitespace() || "：:，,、；（《“「".contains(c)) {
        against[1] += 2;
    }
    if before.is_some_and(|c| "。！？!?…".contains(c)) {
        against[0] += 1;
    }
    if after.is_none_or(|c| c.is_whitespace() || "，。、；：！？,.;:!?）》”」".contains(c)) {
        against[0] += 2;
    }
    against
}

/// `don't`, `'90s`, `5'`: a single quote at a Latin letter on either side of which no quotation begins or ends.
fn is_apostrophe(chars: &[(usize, char)], at: usize) -> bool {
    let alphanumeric = |index: Option<usize>| {
        index.and_then(|index| chars.get(index)).is_some_and(|&(_, c)| c.is_ascii_alphanumeric())
    };
    let (before, after) = (alphanumeric(at.checked_sub(1)), alphanumeric(Some(at + 1)));
    chars[at].1 == '\'' && before && after
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::lang::Language::{Chinese, English};

    #[test]
    fn a_straight_quote_stays_with_what_it_closes() {
        check(
            Chinese,
            &[
                "\"他走了吗？\"‖我不知道。",
                "\"一。\"‖\"二！\"‖三。",
                "他说：\"今天下雨。\"‖她没有听见。",
                "我不去。\"‖她说：\"好。\"‖完了。",
                "'他走了吗？'‖我不知道。",
                "他说：'今天下雨。我不去。'‖她走了。",
                "“他走了吗？\"‖我不知道。‖“她呢？\"‖我也不知道。",
                "＂他走了吗？＂‖我不知道。",
                "他用5\"的管子。‖他说：\"走吧。\"‖她走了。",
                "I'm说的don't不是引号。‖好。",
            ],
        );
        check(English, &["\"Go.\" ‖\"Why?\" ‖He left. ‖'Go.' ‖She left. ‖He said \"Go.\" ‖She left."]);
    }
}
