//! Dots in Chinese that end no sentence: behind a label (`１．`, `甲．`), in what is written with Latin letters (`Ｕ．Ｓ．`,
//! `J．K．罗琳`), and between the parts of a foreign name (`约翰．史密斯`).

use crate::lang::is_han;

/// The characters that foreign names are written with.
#[rustfmt::skip]
const SOUNDS: &str = "\
    阿埃艾爱愛安昂奥奧巴白拜班邦包保鲍鮑贝貝本比彼毕畢别宾賓波伯柏博布查柴昌策茨达達戴丹当當德邓鄧迪蒂丁东東杜顿頓多\
    厄恩尔爾法凡范菲费費芬丰豐冯馮弗福富盖蓋甘冈岡戈哥格葛根古瓜圭哈海汉漢豪赫黑亨洪胡华華怀懷惠霍基吉加贾賈简簡杰傑\
    金津久卡凯凱坎康考柯科克肯孔库庫夸奎昆拉莱萊赖賴兰蘭朗劳勞雷黎里理丽麗利莉连連廉良列林琳卢盧鲁魯路伦倫罗羅洛吕呂\
    马馬玛瑪迈邁麦麥曼芒毛梅门門蒙孟米密摩莫墨默姆木穆拿纳納娜奈南内內尼涅宁寧牛纽紐农農努诺諾欧歐帕派潘庞龐佩彭皮平\
    珀普齐齊奇契恰乔喬切钦欽琼瓊丘热熱仁荣榮茹儒瑞若撒萨薩塞赛賽桑瑟森沙莎山尚舍申圣聖施史什士舒斯丝絲司思松苏蘇索塔\
    泰坦汤湯唐陶特滕提田铁鐵廷图圖托脱瓦万萬旺威韦韋维維魏温溫翁沃乌烏吴吳伍武西希席夏香肖谢謝辛欣休雪逊遜雅亚亞扬揚\
    耶叶葉伊依易因英尤约約泽澤詹张張哲珍芝治朱兹茲佐吐登勃勒茜婭娅翰霖敦叟薇斐桂朵蕾堡埔湖夫京甫纪紀嘉姬赞讚崔杨楊邱\
    伽祖贡貢雍拓绍紹逸曾谷迦缪繆\
    ";
/// What counts items, besides digits and Latin letters.
const COUNTING: &str = "一二三四五六七八九十百甲乙丙丁戊己庚辛壬癸";

/// Whether the dot at `at`, full-width or of the Latin keyboard, ends nothing. `stops` says whether 。 ends the sentences
/// around it, so that a dot hardly does.
pub(super) fn goes_on(chars: &[(usize, char)], at: usize, stops: bool) -> bool {
    let next = char_at(chars, at + 1);
    let before = at.checked_sub(1).and_then(|before| char_at(chars, before));
    let Some(before) = before else { return true };
    if next.is_some_and(|c| c.is_numeric() || "，、；：,;:".contains(c)) || label_before(chars, at) {
        return true;
    }
    if is_latin(before) && (next.is_some_and(is_latin) || is_initial(chars, at)) {
        return true;
    }
    is_in_name(chars, at, stops)
}

fn char_at(chars: &[(usize, char)], index: usize) -> Option<char> {
    chars.get(index).map(|&(_, c)| c)
}

/// A letter or digit of ASCII or its full-width form.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// A capital by itself, a letter behind another dot, or a title: `J．`, `ｅ．ｇ．`, `Mr．`.
fn is_initial(chars: &[(usize, char)], at: usize) -> bool {
    let word: String =
        chars[..at].iter().rev().map(|&(_, c)| c).take(5).take_while(|&c| is_latin(c)).map(narrow).collect();
    let letters = word.chars().count();
    let dotted = (at - letters).checked_sub(1).is_some_and(|before| matches!(chars[before].1, '．' | '.'));
    let alone = letters == 1 && (dotted || word.starts_with(|c: char| c.is_ascii_uppercase()));
    // The titles from their ends.
    alone || matches!(word.as_str(), "rM" | "srM" | "sM" | "rD" | "tS" | "forP" | "rJ")
}

/// A full-width letter as one of ASCII.
fn narrow(c: char) -> char {
    match u32::from(c) {
        full @ 0xff01..=0xff5e => char::from_u32(full - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The number or letter of an item ends before `at`: nothing but it stands since the last mark. `（一）．` too.
fn label_before(chars: &[(usize, char)], at: usize) -> bool {
    let end = match at.checked_sub(1).and_then(|before| char_at(chars, before)) {
        Some('）' | ')') => at - 1,
        _ => at,
    };
    let counts = |c: char| is_latin(c) || c.is_numeric() || COUNTING.contains(c);
    let length = chars[..end].iter().rev().take(4).take_while(|&&(_, c)| counts(c)).count();
    let mut start = end - length;
    let before = |start: usize| start.checked_sub(1).map(|before| chars[before].1);
    if end < at {
        if !matches!(before(start), Some('（' | '(')) {
            return false;
        }
        start -= 1;
    }
    let stands_alone = before(start).is_none_or(|c| !is_han(c) && !is_latin(c) && !matches!(c, '．' | '.'));
    stands_alone && (1..=3).contains(&length)
}

/// Between the parts of a name: what stands on both sides is written as foreign names are.
fn is_in_name(chars: &[(usize, char)], at: usize, stops: bool) -> bool {
    let sounds = |index: usize| char_at(chars, index).map(|c| SOUNDS.contains(c));
    let (left, right) = (sounds(at - 1) == Some(true), sounds(at + 1) == Some(true));
    // Where dots may end sentences, two characters on either side have to look like a name.
    let further = at.checked_sub(2).and_then(sounds) != Some(false) && sounds(at + 2) == Some(true);
    left && right && (stops || further)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use crate::lang::Language::Chinese;

    #[test]
    fn a_dot_behind_a_label_ends_nothing() {
        check(
            Chinese,
            &[
                "１．总则　２．附则",
                "Ａ．甲　Ｂ．乙　Ｃ．丙",
                "他说：１．不去；２．不想去。",
                "他说：“１．不去。２．不想去。”‖她走了。",
                "甲．总则　乙．附则　一．总则　（二）．附则　十二．附则",
                "一.总则　二.附则",
                "１２．３．４节",
                "①．甲　②．乙",
            ],
        );
    }

    #[test]
    fn a_dot_within_a_name_ends_nothing() {
        check(
            Chinese,
            &[
                "Ｕ．Ｓ．公司。‖好。",
                "J．K．罗琳的书。‖他读J．K．罗琳，也读Ｊ．Ｒ．Ｒ．托尔金。",
                "约翰．史密斯来了。‖约翰.史密斯走了。",
                "约翰．史密斯",
                "Ｄｒ．王和Mr．史密斯，ｅ．ｇ．此类。",
                "乔治．布什、比尔．盖茨和約翰．史密斯。",
                "我和珍．古德谈过。‖列夫.托尔斯泰没来。",
                "弗拉基米尔．弗拉基米罗维奇．普京",
                "Ｍｉｃｒｏｓｏｆｔ Ｃｏ．，Ｌｔｄ．公司。",
            ],
        );
    }

    #[test]
    fn a_dot_that_stands_for_a_full_stop_ends_a_sentence() {
        check(
            Chinese,
            &["他走了．‖她来了．", "今天下雨.‖我没去.", "他走了.‖她来了。", "他走了． ‖她来了．‖没有人知道．"],
        );
    }
}
