//! Blocks of Markdown, found by `pulldown-cmark`; the content stays as it is written.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use crate::text::{Block, BlockKind, Span};

struct Leaf {
    span: Span,
    kind: BlockKind,
    /// What lies inside the mark-up, for headings.
    inner: Option<Span>,
}

/// The blocks of `content`. What belongs to none (rules, link definitions) follows the block before it.
pub(super) fn blocks(content: &str) -> Vec<Block> {
    let leaves = leaves(content);
    let next_start = |index: usize| leaves.get(index + 1).map_or(content.len(), |next: &Leaf| next.span.start);
    let spans: Vec<Span> =
        leaves.iter().enumerate().map(|(index, leaf)| leaf.span.start..leaf.span.end.min(next_start(index))).collect();
    let mut blocks = super::plain::tile(content, &spans);
    if blocks.is_empty() {
        // Nothing but definitions or comments: still a text.
        return super::plain::blocks(content);
    }
    for (block, leaf) in blocks.iter_mut().zip(&leaves) {
        block.kind = leaf.kind;
        if let Some(inner) = &leaf.inner {
            block.content = inner.start.max(block.span.start)..inner.end.min(block.span.end);
        }
    }
    blocks
}

fn leaves(content: &str) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut in_heading = false;
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(content, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                in_heading = true;
                push(content, &mut leaves, range, BlockKind::Heading(level_number(level)));
            }
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Item) => push(content, &mut leaves, range, BlockKind::Item),
            Event::Start(Tag::Paragraph) => push(content, &mut leaves, range, BlockKind::Paragraph),
            Event::Start(
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::TableHead | Tag::TableRow | Tag::MetadataBlock(_),
            ) => push(content, &mut leaves, range, BlockKind::Verbatim),
            _ if in_heading => {
                if let Some(leaf) = leaves.last_mut() {
                    let inner = leaf.inner.clone().unwrap_or_else(|| range.clone());
                    leaf.inner = Some(inner.start.min(range.start)..inner.end.max(range.end));
                }
            }
            _ => {}
        }
    }
    leaves
}

/// Starts a block at the beginning of its line, unless an item already began there.
fn push(content: &str, leaves: &mut Vec<Leaf>, range: Span, kind: BlockKind) {
    let line = content[..range.start].rfind('\n').map_or(0, |at| at + 1);
    if leaves.last().is_none_or(|before| before.span.start < line) {
        leaves.push(Leaf { span: line..range.end, kind, inner: None });
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::BlockKind::{Heading, Paragraph, Verbatim};
    use super::*;

    #[test]
    fn headings_items_paragraphs_and_quotes() {
        let content = "# 标题 *强调* #\n\n第一段\n还是第一段。\n\n- 一\n- 二\n\n  二的下一段\n\n> 引文。\n\nNext Steps\n---\n\nEnd.\n";
        let out: Vec<String> = blocks(content)
            .iter()
            .map(|block| format!("{:?} {:?}", block.kind, &content[block.content.clone()]))
            .collect();
        expect![[r#"
            Heading(1) "标题 *强调*"
            Paragraph "第一段\n还是第一段。"
            Item "- 一"
            Item "- 二"
            Paragraph "二的下一段"
            Paragraph "> 引文。"
            Heading(2) "Next Steps"
            Paragraph "End.""#]]
        .assert_eq(&out.join("\n"));
    }

    #[test]
    fn what_is_no_prose_is_kept_apart() {
        let content = "---\ntitle: x\n---\n\n一。二。\n\n---\n\n| One. Two. | B |\n|---|---|\n| C. D. | E |\n\n```\nlet a = 1.\n```\n\n# One. Two. #\n";
        let text = crate::text::Text::new(content, blocks(content));
        let segments = crate::segment::segment(&text, crate::lang::Language::English);
        let kinds: Vec<BlockKind> = segments.iter().map(|s| text.blocks()[s.block].kind).collect();
        let shown: Vec<&str> = segments
            .iter()
            .map(|s| {
                let block = &text.blocks()[s.block];
                content[s.span.start.max(block.content.start)..s.span.end.min(block.content.end)].trim()
            })
            .collect();
        assert_eq!(kinds, [Verbatim, Paragraph, Paragraph, Verbatim, Verbatim, Verbatim, Heading(1), Heading(1)]);
        assert_eq!(
            shown,
            [
                "---\ntitle: x\n---",
                "一。",
                "二。",
                "| One. Two. | B |",
                "| C. D. | E |",
                "```\nlet a = 1.\n```",
                "One.",
                "Two."
            ]
        );
    }

    #[test]
    fn notes_are_blocks_of_their_own_and_definitions_of_links_are_no_text() {
        let content = "[top]: http://a.b/top \"Top. Of it.\"\n\n城市重建了。[^4]它有[港口][map]。见[图](http://a.b/c?d \"图。一。\")。\n\
            [^4]: 见地图。地图很大。\n[^注]: 另见。\n续行。\n\n[map]: http://a.b/map.html \"地图。二。\"\n\n\
            [^n]: 注一。\n\n    注二。还有。\n\n[^9]: 没有人引用。\n\n下一段。\n";
        let text = crate::text::Text::new(content, blocks(content));
        let shown: Vec<&str> = crate::segment::segment(&text, crate::lang::Language::Chinese)
            .iter()
            .map(|s| {
                let block = &text.blocks()[s.block];
                content[s.span.start.max(block.content.start)..s.span.end.min(block.content.end)].trim()
            })
            .collect();
        let wanted = [
            "城市重建了。[^4]",
            "它有[港口][map]。",
            "见[图](http://a.b/c?d \"图。一。\")。",
            "[^4]: 见地图。",
            "地图很大。",
            "[^注]: 另见。",
            "续行。",
            "[^n]: 注一。",
            "注二。",
            "还有。",
            "[^9]: 没有人引用。",
            "下一段。",
        ];
        assert_eq!(shown, wanted);
    }

    #[test]
    fn a_text_of_comments_only_is_still_a_text() {
        assert_eq!(blocks("[a]: http://example.com\n").len(), 1);
    }
}
