//! Several bitexts, one after the other, as one.

use std::sync::Arc;

use super::{Bead, Bitext, Document, Segment};
use crate::text::{Block, Text};

impl Bitext {
    /// Puts bitexts of the same two languages one after the other; segments get new ids. Nothing where there is none.
    pub fn joined(bitexts: &[Self]) -> Option<Self> {
        let first = bitexts.first()?;
        if bitexts.len() == 1 {
            return Some(first.clone());
        }
        let source = joined(bitexts.iter().map(|bitext| &*bitext.source))?;
        let target = joined(bitexts.iter().map(|bitext| &*bitext.target))?;
        let mut beads = Vec::new();
        let (mut sources, mut targets) = (0, 0);
        for bitext in bitexts {
            beads.extend(bitext.beads.iter().map(|bead| Bead {
                source: bead.source.start + sources..bead.source.end + sources,
                target: bead.target.start + targets..bead.target.end + targets,
                score: bead.score,
            }));
            sources += bitext.source.segments.len();
            targets += bitext.target.segments.len();
        }
        Some(Self { source: Arc::new(source), target: Arc::new(target), beads })
    }
}

fn joined<'a>(documents: impl Iterator<Item = &'a Document>) -> Option<Document> {
    let (mut content, mut names, mut notes) = (String::new(), Vec::new(), Vec::<&str>::new());
    let (mut blocks, mut segments): (Vec<Block>, Vec<Segment>) = (Vec::new(), Vec::new());
    let mut lang = None;
    for document in documents {
        let (at, block) = (content.len(), blocks.len());
        content += document.text.as_str();
        let moved = |span: &std::ops::Range<usize>| span.start + at..span.end + at;
        let own = document.text.blocks().iter();
        blocks.extend(own.map(|block| Block {
            span: moved(&block.span),
            content: moved(&block.content),
            kind: block.kind,
        }));
        for segment in &document.segments {
            let id = segments.len() as u64;
            segments.push(Segment { id, span: moved(&segment.span), block: segment.block + block });
        }
        names.push(document.name.as_str());
        notes.extend(document.note.as_deref().filter(|note| !notes.contains(note)));
        lang = lang.or_else(|| Some(document.lang.clone()));
    }
    let note = (!notes.is_empty()).then(|| notes.join("; "));
    let out = Document::new(names.join(" + "), lang?, Text::new(content, blocks), segments);
    Some(Document { note, ..out })
}

#[cfg(test)]
mod tests {
    use super::super::is_tiling;
    use super::*;
    use crate::import::{Format, read_str};
    use crate::lang::Lang;
    use crate::segment::segment;

    fn bitext(chinese: &str, english: &str) -> Bitext {
        let document = |tag: &str, content: &str| {
            let text = read_str(content, Format::Markdown).unwrap();
            let lang = Lang::parse(tag).unwrap();
            let segments = segment(&text, lang.language());
            Arc::new(Document { note: Some("note".to_owned()), ..Document::new(tag, lang, text, segments) })
        };
        let (source, target) = (document("zh", chinese), document("en", english));
        let beads = (0..source.segments.len()).map(|at| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 });
        Bitext { beads: beads.collect(), source, target }
    }

    #[test]
    fn bitexts_follow_each_other_and_read_as_before() {
        let parts = [bitext("# 一\n\n甲。乙。", "# One\n\nIt rained. We stayed."), bitext("丙。\n", "They went.\n")];
        let all = Bitext::joined(&parts).unwrap();
        assert!(is_tiling(all.beads.iter(), all.source.segments.len(), all.target.segments.len()));
        let shown = |bitext: &Bitext| {
            let pair = |bead: &Bead| {
                (bitext.source.shown(bead.source.clone()).text, bitext.target.shown(bead.target.clone()).text)
            };
            bitext.beads.iter().map(pair).collect::<Vec<_>>()
        };
        assert_eq!(shown(&all), parts.iter().flat_map(shown).collect::<Vec<_>>());
        assert_eq!((all.source.name.as_str(), all.source.note.as_deref()), ("zh + zh", Some("note")));
        assert_eq!(all.source.segments.iter().map(|segment| segment.id).collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert!(Bitext::joined(&[]).is_none());
    }
}
