//! Foreign names in Chinese are made one word on each side of the dot: 蒂莫西·法恩斯沃思.
//!
//! They are spelt by sound with a few hundred characters; where no dictionary has the name, it comes in pieces. What
//! stands beside a dot shows the whole name, which then holds wherever the pieces stand without the dot.

use std::collections::HashSet;

use super::{Cut, Token};
use crate::token::WordKind;

/// Characters that spell foreign names, without those that mostly do something else.
const SPELLING: &str = "\
    阿埃艾爱安昂奥巴芭白拜班邦鲍贝本比彼毕别宾波伯博勃布查昌茨达戴黛丹道德登邓迪蒂丁东杜敦多厄恩耳尔法凡范菲费芬丰冯佛弗福夫盖甘冈戈哥\
    格葛根贡古瓜圭郭果哈海汉豪赫亨洪胡华怀霍基吉季加嘉贾简姜杰金津居喀卡凯坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳勒雷蕾黎礼李里利丽莉连林琳\
    龙隆娄卢鲁路露伦罗洛马玛迈麦曼芒毛茅梅门蒙孟米密缅明莫默姆穆拿纳娜南内嫩尼妮涅宁纽农努诺欧帕派潘庞培佩彭皮匹平珀普奇齐恰乔切钦琴丘屈\
    热仁荣茹儒瑞若撒萨塞赛桑瑟森沙莎珊尚绍舍申圣施石史舒顺朔丝斯思松苏索塔泰坦汤唐陶特滕田廷图土托脱瓦万旺威韦维魏温翁沃乌武西希锡席夏香\
    肖谢辛欣兴休修旭雪雅亚延扬尧耶叶伊依易英尤约泽曾詹珍芝兹卓佐";

/// Whether a mark stands between the parts of a foreign name.
pub(super) fn is_dot(token: &Token) -> bool {
    matches!(token.key.as_str(), "·" | "•" | "・" | "‧")
}

fn spells(token: &Token) -> bool {
    token.word.kind == WordKind::Han && token.key.chars().all(|c| SPELLING.contains(c))
}

/// Joins the pieces of foreign names in all units.
pub(super) fn join(cuts: &mut [Cut<'_>]) {
    let mut parts = HashSet::new();
    for cut in cuts.iter_mut() {
        join_at_dots(&mut cut.chinese, &mut parts);
    }
    if !parts.is_empty() {
        for cut in cuts {
            join_known(&mut cut.chinese, &parts);
        }
    }
}

/// Joins what spells a name beside each dot, and keeps the parts of two characters and more.
fn join_at_dots(tokens: &mut Vec<Token>, parts: &mut HashSet<String>) {
    let mut dot = 0;
    while let Some(found) = (dot..tokens.len()).find(|&at| is_dot(&tokens[at])) {
        let from = (0..found).rev().take_while(|&at| spells(&tokens[at])).last().unwrap_or(found);
        merge(tokens, from, found);
        let found = if from < found { from + 1 } else { found };
        let to = (found + 1..tokens.len()).take_while(|&at| spells(&tokens[at])).last().map_or(found + 1, |at| at + 1);
        merge(tokens, found + 1, to);
        let beside = [found.checked_sub(1), Some(found + 1)].into_iter().flatten().filter_map(|at| tokens.get(at));
        parts.extend(beside.filter(|token| spells(token) && token.key.chars().nth(1).is_some()).map(|t| t.key.clone()));
        dot = found + 1;
    }
}

/// Most pieces of a part of a name.
const MOST_PIECES: usize = 6;

fn join_known(tokens: &mut Vec<Token>, parts: &HashSet<String>) {
    let mut from = 0;
    while from < tokens.len() {
        let mut text = String::new();
        let mut whole = None;
        for (count, token) in tokens[from..].iter().take(MOST_PIECES).enumerate() {
            text.push_str(&token.key);
            if count > 0 && parts.contains(&text) {
                whole = Some(from + count + 1);
            }
        }
        if let Some(to) = whole {
            merge(tokens, from, to);
        }
        from += 1;
    }
}

/// Makes one word of the words `from..to`.
fn merge(tokens: &mut Vec<Token>, from: usize, to: usize) {
    if to < from + 2 {
        return;
    }
    let end = tokens[to - 1].word.span.end;
    let key: String = tokens[from..to].iter().map(|token| token.key.as_str()).collect();
    tokens.drain(from + 1..to);
    let name = &mut tokens[from];
    name.word.span.end = end;
    name.key = key;
    name.function = false;
    name.tag = "nr";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{Unit, cut};
    use crate::token::Tokenizer;

    #[test]
    fn names_are_whole_beside_the_dot_and_wherever_they_stand() {
        for (texts, wanted) in [
            (["据蒂莫西·法恩斯沃思说。", "法恩斯沃思同意。"], "法恩斯沃思"),
            (["據蒂莫西·法恩斯沃思說。", "法恩斯沃思同意。"], "法恩斯沃思"),
            (["伊娃·林德奎斯特来了。", "记者问林德奎斯特。"], "林德奎斯特"),
        ] {
            let mut cuts: Vec<Cut<'_>> =
                texts.iter().map(|&chinese| cut(Unit { chinese, english: "" }, Tokenizer::shared())).collect();
            join(&mut cuts);
            for cut in &cuts {
                let keys: Vec<&str> =
                    cut.chinese.iter().map(|token| &cut.unit.chinese[token.word.span.clone()]).collect();
                assert!(keys.contains(&wanted), "{keys:?}");
            }
        }
        let mut cuts = [cut(Unit { chinese: "总统巴拉克·奥巴马在华盛顿发表讲话。", english: "" }, Tokenizer::shared())];
        join(&mut cuts);
        let keys: Vec<&str> = cuts[0].chinese.iter().map(|token| token.key.as_str()).collect();
        assert!(keys.starts_with(&["总统", "巴拉克", "·", "奥巴马"]), "{keys:?}");
    }
}
