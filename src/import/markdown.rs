//! Blocks of Markdown, found by `pulldown-cmark`; the content stays as it is written.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use crate::text::{Block, BlockKind, Span};

struct Leaf {
    start: usize,
    kind: BlockKind,
    /// What lies inside the mark-up, for headings.
    inner: Option<Span>,
}

/// The blocks of `content`.
pub(super) fn blocks(content: &str) -> Vec<Block> {
    let leaves = leaves(content);
    let spans: Vec<Span> = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| leaf.start..leaves.get(index + 1).map_or(content.len(), |next| next.start))
        .collect();
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
    for (event, range) in Parser::new_ext(content, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                in_heading = true;
                push(content, &mut leaves, range.start, BlockKind::Heading(level_number(level)));
            }
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Item) => push(content, &mut leaves, range.start, BlockKind::Item),
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::TableHead | Tag::TableRow) => {
                push(content, &mut leaves, range.start, BlockKind::Paragraph);
            }
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
fn push(content: &str, leaves: &mut Vec<Leaf>, start: usize, kind: BlockKind) {
    let line = content[..start].rfind('\n').map_or(0, |at| at + 1);
    if leaves.last().is_some_and(|before| before.start >= line) && line > 0 || (line == 0 && !leaves.is_empty()) {
        return;
    }
    leaves.push(Leaf { start: line, kind, inner: None });
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
    fn a_text_of_comments_only_is_still_a_text() {
        assert_eq!(blocks("[a]: http://example.com\n").len(), 1);
    }
}
