//! A work: any number of texts, alignments between two of them, terms, and what a person has made of it all.
//!
//! Everything is named by an id that stays: a document, an alignment, a note; a segment by its document and its own
//! number. Two sides there are only within one alignment, which [`Aligned`] shows with its documents and
//! [`OpenAlignment`] keeps open.

mod mark;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub use mark::{Mark, Note};

use crate::bitext::{Bead, Bitext, Document, SIDES, Side, is_tiling};
use crate::notice::{Notice, Tell, notice};
use crate::origin::{Author, Uuid, content_id};
use crate::termbase::TermBase;

/// Names a document of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub Uuid);

/// Names an alignment of a work. It comes from the ids of its two documents, which have no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlignmentId(pub Uuid);

impl DocumentId {
    /// An id for a document that a person brings in.
    pub fn by(author: &Author) -> Self {
        Self(author.id())
    }

    /// The id of a document where nobody brings it in, by its language, its content and a number that tells it from
    /// others of the same work.
    pub fn of_content(document: &Document, number: usize) -> Self {
        Self(content_id("document", &[document.lang.tag(), document.text.as_str(), &number.to_string()]))
    }
}

impl AlignmentId {
    /// The id of the alignment between two documents.
    pub fn between(source: DocumentId, target: DocumentId) -> Self {
        Self(content_id("alignment", &[source, target].map(|id| id.to_string()).each_ref().map(String::as_str)))
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for AlignmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A bead and what a person has made of it: a row of the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The bead. One that a person made has the score 1.
    pub bead: Bead,
    /// What a person has made of it.
    pub mark: Mark,
}

/// The rows between two documents, which tile the segments of both.
#[derive(Clone, Debug, PartialEq)]
struct Alignment {
    id: AlignmentId,
    /// The numbers of its documents in the work.
    documents: [usize; 2],
    rows: Arc<Vec<Row>>,
}

/// A document of a work.
#[derive(Clone, Debug, PartialEq)]
struct Held {
    id: DocumentId,
    document: Arc<Document>,
    /// The next number for a new segment; a number is never given twice.
    next: u64,
}

/// Documents, the alignments between them, and what was decided on terms. A copy costs nothing until one of the two
/// changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    documents: Vec<Held>,
    alignments: Vec<Alignment>,
    /// Where each stands in its list; no two have one id.
    numbers: BTreeMap<Uuid, usize>,
    terms: Arc<TermBase>,
    /// What was decided on inconsistencies, by the keys of the findings.
    verdicts: Arc<BTreeMap<String, String>>,
}

/// Why documents cannot be put side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.tell())]
pub struct Unfit;

impl Tell for Unfit {
    fn tell(&self) -> Notice {
        notice!("the rows do not fit the documents of the work")
    }
}

impl Work {
    /// Takes a document in.
    ///
    /// # Errors
    /// [`Unfit`] where the work has something else of this id.
    pub fn add_document(&mut self, id: DocumentId, document: impl Into<Arc<Document>>) -> Result<(), Unfit> {
        if self.numbers.contains_key(&id.0) {
            return Err(Unfit);
        }
        self.hold(id, document.into());
        Ok(())
    }

    fn hold(&mut self, id: DocumentId, document: Arc<Document>) {
        let next = document.segments.iter().map(|one| one.id + 1).max().unwrap_or(0);
        self.numbers.insert(id.0, self.documents.len());
        self.documents.push(Held { id, document, next });
    }

    fn side_by_side(&mut self, id: AlignmentId, documents: [usize; 2], rows: Vec<Row>) {
        self.numbers.insert(id.0, self.alignments.len());
        self.alignments.push(Alignment { id, documents, rows: Arc::new(rows) });
    }

    /// Puts two documents of the work side by side.
    ///
    /// # Errors
    /// [`Unfit`] where they are not two of the work, are side by side already, or are not tiled by the rows.
    pub fn add_alignment(&mut self, documents: [DocumentId; 2], rows: Vec<Row>) -> Result<AlignmentId, Unfit> {
        let id = AlignmentId::between(documents[0], documents[1]);
        let [Some(source), Some(target)] = documents.map(|id| self.number_of(id)) else { return Err(Unfit) };
        let length = |number: usize| self.documents[number].document.segments.len();
        let tiled = is_tiling(rows.iter().map(|row| &row.bead), length(source), length(target));
        if !tiled || source == target || self.numbers.contains_key(&id.0) {
            return Err(Unfit);
        }
        self.side_by_side(id, [source, target], rows);
        Ok(id)
    }

    /// The same with a term base and what was decided on inconsistencies.
    #[must_use]
    pub fn with_terms(self, terms: TermBase, verdicts: BTreeMap<String, String>) -> Self {
        Self { terms: Arc::new(terms), verdicts: Arc::new(verdicts), ..self }
    }

    /// The documents in the order in which they came.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentId, &Arc<Document>)> {
        self.documents.iter().map(|held| (held.id, &held.document))
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.held(id).map(|held| &held.document)
    }

    /// The number of a document in their order, from 0.
    pub fn number_of(&self, id: DocumentId) -> Option<usize> {
        let number = self.numbers.get(&id.0).copied();
        number.filter(|at| self.documents.get(*at).is_some_and(|held| held.id == id))
    }

    fn held(&self, id: DocumentId) -> Option<&Held> {
        self.documents.get(self.number_of(id)?)
    }

    /// The alignments in the order in which they came.
    pub fn alignments(&self) -> impl ExactSizeIterator<Item = Aligned<'_>> {
        (0..self.alignments.len()).map(|number| self.show(number))
    }

    /// An alignment with its documents.
    pub fn aligned(&self, id: AlignmentId) -> Option<Aligned<'_>> {
        self.number_of_alignment(id).map(|number| self.show(number))
    }

    /// The first alignment, which is what a reader sees where nothing else is asked for.
    pub fn first(&self) -> Option<Aligned<'_>> {
        self.alignments().next()
    }

    fn number_of_alignment(&self, id: AlignmentId) -> Option<usize> {
        let number = self.numbers.get(&id.0).copied();
        number.filter(|at| self.alignments.get(*at).is_some_and(|alignment| alignment.id == id))
    }

    fn show(&self, number: usize) -> Aligned<'_> {
        let alignment = &self.alignments[number];
        Aligned { work: self, alignment, documents: alignment.documents.map(|number| &self.documents[number]) }
    }

    /// Whether the rows of every alignment tile the segments of its documents: what always holds, checked in tests.
    pub fn is_tiled(&self) -> bool {
        self.alignments().all(|aligned| {
            let [source, target] = SIDES.map(|side| aligned.document(side).segments.len());
            is_tiling(aligned.rows().iter().map(|row| &row.bead), source, target)
        })
    }

    /// What was decided on terms.
    pub fn terms(&self) -> &TermBase {
        &self.terms
    }

    /// What was decided on inconsistencies, by the keys of the findings.
    pub fn verdicts(&self) -> &BTreeMap<String, String> {
        &self.verdicts
    }
}

/// What edits change; they keep what always holds.
impl Work {
    fn held_mut(&mut self, id: DocumentId) -> Option<&mut Held> {
        let at = self.number_of(id)?;
        self.documents.get_mut(at)
    }

    pub(crate) fn document_mut(&mut self, id: DocumentId) -> Option<&mut Arc<Document>> {
        self.held_mut(id).map(|held| &mut held.document)
    }

    /// The number for the next new segment of a document.
    pub(crate) fn next_segment(&self, id: DocumentId) -> u64 {
        self.held(id).map_or(0, |held| held.next)
    }

    /// Never gives a number to a new segment that one has or had.
    pub(crate) fn remember_segment(&mut self, id: DocumentId, number: u64) {
        if let Some(held) = self.held_mut(id) {
            held.next = held.next.max(number + 1);
        }
    }

    pub(crate) fn rows_mut(&mut self, id: AlignmentId) -> Option<&mut Arc<Vec<Row>>> {
        let number = self.number_of_alignment(id)?;
        Some(&mut self.alignments[number].rows)
    }

    /// The rows of every alignment that a document has a part in, with its side there.
    pub(crate) fn rows_of_mut(&mut self, id: DocumentId) -> impl Iterator<Item = (Side, &mut Arc<Vec<Row>>)> {
        let number = self.number_of(id);
        self.alignments.iter_mut().filter_map(move |alignment| {
            let side = SIDES.into_iter().find(|&side| Some(alignment.documents[side as usize]) == number)?;
            Some((side, &mut alignment.rows))
        })
    }

    pub(crate) fn terms_mut(&mut self) -> &mut TermBase {
        Arc::make_mut(&mut self.terms)
    }

    pub(crate) fn verdicts_mut(&mut self) -> &mut BTreeMap<String, String> {
        Arc::make_mut(&mut self.verdicts)
    }
}

/// One alignment of a work with its two documents.
#[derive(Clone, Copy, Debug)]
pub struct Aligned<'a> {
    work: &'a Work,
    alignment: &'a Alignment,
    documents: [&'a Held; 2],
}

impl<'a> Aligned<'a> {
    /// Its id.
    pub fn id(self) -> AlignmentId {
        self.alignment.id
    }

    /// The work it belongs to.
    pub fn work(self) -> &'a Work {
        self.work
    }

    /// The rows in order.
    pub fn rows(self) -> &'a [Row] {
        &self.alignment.rows
    }

    /// The document of one side.
    pub fn document(self, side: Side) -> &'a Arc<Document> {
        &self.documents[side as usize].document
    }

    /// The id of that document.
    pub fn document_id(self, side: Side) -> DocumentId {
        self.documents[side as usize].id
    }

    /// The side on which a document stands here.
    pub fn side_of(self, document: DocumentId) -> Option<Side> {
        SIDES.into_iter().find(|&side| self.document_id(side) == document)
    }

    /// Both documents and the beads without what a person has made of them.
    pub fn bitext(self) -> Bitext {
        let [source, target] = self.documents.map(|held| Arc::clone(&held.document));
        Bitext { source, target, beads: self.rows().iter().map(|row| row.bead.clone()).collect() }
    }

    /// The number of the row that holds a segment.
    pub fn row_of(self, side: Side, segment: usize) -> Option<usize> {
        let row = self.rows().partition_point(|row| side.of(&row.bead).end <= segment);
        self.rows().get(row).filter(|row| side.of(&row.bead).contains(&segment)).map(|_| row)
    }

    /// The number of the row in which a byte of a document stands; 0 where there is none.
    pub fn row_at(self, side: Side, byte: usize) -> usize {
        let segment = self.document(side).segments.partition_point(|segment| segment.span.end <= byte);
        self.row_of(side, segment).unwrap_or(0)
    }
}

/// A work of which one alignment is open: what a reader or a program that looks at two texts holds. A copy costs as
/// little as one of the work.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenAlignment {
    work: Work,
    /// The number of the alignment, which no edit takes away.
    number: usize,
}

impl OpenAlignment {
    /// An alignment of a work; nothing where it has none of this id.
    pub fn new(work: Work, alignment: AlignmentId) -> Option<Self> {
        let number = work.number_of_alignment(alignment)?;
        Some(Self { work, number })
    }

    /// Two documents as an aligner found them, for a person who begins to work on them.
    pub fn begun(bitext: Bitext, author: &Author) -> Self {
        Self::of_two(bitext, SIDES.map(|_| DocumentId::by(author)))
    }

    fn of_two(bitext: Bitext, ids: [DocumentId; 2]) -> Self {
        let mut work = Work::default();
        for (id, document) in ids.into_iter().zip([bitext.source, bitext.target]) {
            work.hold(id, document);
        }
        let rows = bitext.beads.into_iter().map(|bead| Row { bead, mark: Mark::default() }).collect();
        work.side_by_side(AlignmentId::between(ids[0], ids[1]), [0, 1], rows);
        Self { work, number: 0 }
    }

    /// The alignment with its documents.
    pub fn aligned(&self) -> Aligned<'_> {
        self.work.show(self.number)
    }

    /// The work.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// The work, to be edited.
    pub fn work_mut(&mut self) -> &mut Work {
        &mut self.work
    }
}

impl From<Bitext> for OpenAlignment {
    /// Two documents as an aligner found them, nothing confirmed; the ids of the documents come from their content.
    fn from(bitext: Bitext) -> Self {
        let ids = [DocumentId::of_content(&bitext.source, 0), DocumentId::of_content(&bitext.target, 1)];
        Self::of_two(bitext, ids)
    }
}

#[cfg(test)]
pub(crate) mod tests;
