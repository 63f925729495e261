//! A text as it was brought in: immutable content and the blocks it consists of.
//!
//! Offsets are UTF-8 bytes into the decoded content as it stands; nothing is folded or trimmed.

use std::ops::Range;

/// A half-open range of bytes of a [`Text`], on character boundaries.
pub type Span = Range<usize>;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 (the title) to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Code, a row of a table, mark-up, metadata: one segment as it stands.
    Verbatim,
}

/// A paragraph, heading or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The bytes of the block, mark-up of the source format included. Blocks tile the text: white space
    /// between two of them belongs to the former, white space before the first to the first.
    pub span: Span,
    /// The bytes a reader sees: without line ends around it and without a Markdown heading's marks.
    pub content: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A decoded text with its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    content: Box<str>,
    blocks: Vec<Block>,
}

impl Text {
    /// Joins content and blocks.
    ///
    /// # Panics
    /// When the blocks do not tile the content: that is an error of the importer.
    pub fn new(content: impl Into<Box<str>>, blocks: Vec<Block>) -> Self {
        let content = content.into();
        let mut at = 0;
        for block in &blocks {
            assert!(block.span.start == at && content.is_char_boundary(block.span.end), "blocks tile the text");
            assert!(
                block.span.start <= block.content.start
                    && block.content.start <= block.content.end
                    && block.content.end <= block.span.end,
                "content lies within its block"
            );
            at = block.span.end;
        }
        assert!(at == content.len(), "blocks cover the text");
        Self { content, blocks }
    }

    /// The decoded content.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}
