//! Words of general language that place, count and judge what others name: they make phrases rather than terms.
//!
//! Such stop lists are usual in the extraction of terms. These are closed sets of general language, not of a field:
//! what a thing is like in the eyes of a speaker (重要, `main`), when and in what order (近, `former`), and the nouns
//! that only hold a phrase together (问题, `issue`).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Token;

const MODIFIERS_ZH: &str = "\
    新 旧 好 大 小 多 少 高 低 早 晚 近 更 最 很 较 全 各 首 本 该 此 某 另 同 前 后 上 下 其他 其它 其余 \
    另外 各种 各类 各自 各方 有关 相关 上述 以上 以下 如下 所有 全部 一切 整个 部分 主要 首要 次要 重要 重大 \
    严重 严峻 巨大 显著 突出 关键 根本 一般 普遍 特殊 具体 实际 真正 有效 积极 消极 良好 优秀 美好 顺利 必要 \
    必需 适当 合理 合适 充分 足够 不足 可能 潜在 目前 当前 现有 现行 现在 最近 近期 近来 过去 以往 以前 此前 \
    未来 今后 后期 最后 最终 最初 最新 最大 最小 进一步 新的 更多 更好 更大 许多 不少 大量 少数 多数 大多数 \
    大部分 若干 一些 有些 几个 多个 数个 众多 广泛 广阔 深入 深刻 密切 紧密 迅速 快速 逐步 逐渐 不断 持续 \
    继续 同样 类似 相似 相同 不同 共同 额外 单个 个别 双方 彼此 相互 互相 极大 极其 非常 十分 完全 相当 比较 \
    日益 越来越 尤其 明确 清楚 复杂 简单 困难 容易 艰难 迫切 紧迫 紧急 即将 正在 已经 曾经 上届 下届 本届 \
    本次 首次 此次 今年 明年 去年 全年 年内 上年 同期 期内 年底 年初";
const HEADS_ZH: &str = "\
    问题 方面 情况 事情 事项 内容 部分 方式 办法 做法 过程 时候 时间 时期 期间 地方 范围 程度 数目 数字 作用 \
    效果 结果 后果 成果 意义 重要性 必要性 可能性 特点 特征 性质 原因 理由 目的 需要 努力 机遇 挑战 困难 难题 \
    进展 变化 经验 教训 例子 看法 观点 立场 态度 想法 印象 讨论 区别 一致 增加 减少 下降 上升 提高 改善 加强 \
    开始 结束 首位 之一 一方 方向 角度 角色 人士 人数 次数 总数 月份 季度 当时 同时 今天 昨天 明天 上午 下午 \
    周 月 年 日";
const MODIFIERS_EN: &str = "\
    new old good great large big small early late recent current present former previous past future next \
    last first second third initial main major minor chief principal crucial important significant serious \
    severe essential fundamental usual normal ordinary particular specific certain various different similar \
    same other another such own whole entire full total overall complete partial sufficient enough adequate \
    ample necessary possible likely actual true clear obvious apparent strong broad wide extensive \
    comprehensive close near further additional extra more most less least better best worse worst higher \
    highest lower lowest larger largest greater greatest stronger older newer longer latest earliest many few \
    several some any all both each relevant related respective corresponding concerned existing prevailing \
    existed successful effective active positive negative constructive useful helpful practical concrete \
    meaningful substantive difficult easy hard simple complex urgent pressing rapid quick slow growing rising \
    increasing continuous continued sustained steady frequent individual separate proper appropriate \
    reasonable suitable considerable substantial enormous huge tremendous remarkable notable prominent \
    outstanding wonderful sincere weekly daily yearly subsequent simultaneous upcoming forthcoming ongoing \
    so-called";
const HEADS_EN: &str = "\
    issue problem question matter thing way manner means aspect part case situation circumstance condition \
    example instance kind type sort form degree extent scope scale range amount figure opinion idea thought \
    attitude effect impact influence result outcome consequence reason cause purpose goal objective aim \
    effort step task job opportunity chance challenge difficulty progress change increase decrease decline \
    rise fall improvement experience lesson suggestion comment help relationship difference \
    foundation importance significance possibility beginning start end time period year month week day \
    quarter decade century today tomorrow yesterday morning afternoon people man woman side place world \
    success failure fact content detail hand respect";

static SETS: LazyLock<[HashSet<&'static str>; 4]> =
    LazyLock::new(|| [MODIFIERS_ZH, HEADS_ZH, MODIFIERS_EN, HEADS_EN].map(|words| words.split_whitespace().collect()));

fn is_in(set: usize, word: &str) -> bool {
    SETS[set].contains(word)
}

/// Whether a Chinese word only places or judges the word after it.
pub(super) fn is_modifier_zh(token: &Token) -> bool {
    is_in(0, &token.key)
}

/// Whether a Chinese word is a noun that says little by itself.
pub(super) fn is_head_zh(token: &Token) -> bool {
    is_in(1, &token.key)
}

/// Whether an English word only places or judges the word after it.
pub(super) fn is_modifier_en(token: &Token) -> bool {
    is_in(2, &token.form)
}

/// Whether an English word is a noun that says little by itself.
pub(super) fn is_head_en(token: &Token) -> bool {
    is_in(3, &token.form)
}
