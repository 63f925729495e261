//! What words are looked up in: made of what is open, ready when it is first asked, by the worker.

use std::sync::{Arc, OnceLock};

use super::worker::Stamp;
use crate::bitext::{SIDES, Side};
use crate::find::{Index, snippet};
use crate::lookup::{
    Answers, Dictionary, Fit, Place, Places, Query, Sources, TermAnswer, Terms, WordAnswer, look_up, read_glosses,
    read_pinyin, term_lines,
};
use crate::project::{Glossary, GlossaryTerm};
use crate::task::{Cancelled, Ctl};
use crate::termbase::Status;
use crate::work::{Aligned, OpenAlignment};

/// The most answers of each kind, and of those that stand before the rows, which are not to be far below.
const LIMIT: usize = 30;
const TERMS: usize = 8;
const WORDS: usize = 12;
/// The most characters that are shown of a row on either side.
const MOST: usize = 160;

/// A state of what is open: which session at which edit, and which of its glossaries.
pub(super) type LookupState = (Stamp, u64);

/// The open texts and terms.
#[derive(Debug, Default)]
pub(super) struct LookupSources {
    open: Option<(OpenAlignment, [Arc<Index>; 2])>,
    pairs: Vec<[String; 2]>,
    /// The state they are of.
    made_for: Option<LookupState>,
    ready: OnceLock<(Terms, Option<Places>)>,
}

/// Something that was found, as it is shown and said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Terms of either language, what was decided on them, the number of a pair of the glossary.
    Term { source: String, target: String, status: Status, pair: Option<usize> },
    /// The word in both scripts if they differ, how it is read, what it means.
    Word { simplified: &'static str, traditional: Option<&'static str>, pinyin: String, glosses: String },
    /// A row and what stands there on either side.
    Row { row: usize, source: String, target: String },
}

impl LookupSources {
    /// Of an alignment, what its sides are searched by, and the terms found in it; nothing of that is made ready yet.
    pub(super) fn new(
        open: OpenAlignment,
        index: [Arc<Index>; 2],
        found: Option<&Glossary>,
        made_for: LookupState,
    ) -> Self {
        let turned = open.aligned().document(Side::Source).lang.language() != crate::lang::Language::Chinese;
        let pair = |term: &GlossaryTerm| {
            let [zh, en] = [term.pair.chinese.clone(), term.pair.english.clone()];
            if turned { [en, zh] } else { [zh, en] }
        };
        let terms = found.map_or(&[][..], |glossary| &glossary.terms);
        let pairs = terms.iter().map(pair).collect();
        Self { open: Some((open, index)), pairs, made_for: Some(made_for), ready: OnceLock::new() }
    }

    /// Whether they are of this state; nothing for no text.
    pub(super) fn is_of(&self, state: Option<LookupState>) -> bool {
        self.made_for == state
    }

    /// Looks up what was typed.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn look_up(&self, ctl: &Ctl, typed: &str) -> Result<Vec<Line>, Cancelled> {
        let query = Query::new(typed);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        // Whoever is the second waits for the first: nothing is made ready twice.
        let (terms, places) = self.ready.get_or_init(|| self.made_ready());
        ctl.check()?;
        let sources = Sources { dictionary: Some(Dictionary::shared()), terms: Some(terms), places: places.as_ref() };
        let Answers { terms: found, words, places: rows } = look_up(ctl, &query, sources, LIMIT)?;
        let mut out: Vec<Line> = found.into_iter().take(TERMS).map(|answer| self.term(terms, answer)).collect();
        // The words that a longer text consists of are all shown.
        let shown = |(at, answer): &(usize, WordAnswer)| *at < WORDS || answer.fit == Fit::Part;
        out.extend(words.into_iter().enumerate().filter(shown).map(|(_, answer)| word(answer)));
        if let Some(places) = places {
            out.extend(rows.into_iter().map(|place| row(places.aligned(), &place)));
        }
        Ok(out)
    }

    fn made_ready(&self) -> (Terms, Option<Places>) {
        let Some((open, indexes)) = &self.open else { return Default::default() };
        let langs = SIDES.map(|side| &open.aligned().document(side).lang);
        let pairs = self.pairs.iter().map(|[source, target]| [source.as_str(), target.as_str()]);
        let terms = Terms::new(term_lines(open.work().terms(), langs, pairs));
        (terms, Some(Places::new(open.clone(), Some(indexes))))
    }

    fn term(&self, terms: &Terms, answer: TermAnswer) -> Line {
        let line = &terms.lines()[answer.line];
        let source = self.open.as_ref().map(|(open, _)| open.aligned().document(Side::Source).lang.language());
        let texts = |first: bool| {
            let of_side = line.terms.iter().filter(|term| (Some(term.lang.language()) == source) == first);
            of_side.map(|term| term.text.as_str()).collect::<Vec<_>>().join(" · ")
        };
        Line::Term { source: texts(true), target: texts(false), status: line.status(), pair: line.pair }
    }
}

fn word(answer: WordAnswer) -> Line {
    let entry = answer.entry;
    Line::Word {
        simplified: entry.simplified,
        traditional: (entry.traditional != entry.simplified).then_some(entry.traditional),
        pinyin: read_pinyin(entry.pinyin),
        glosses: read_glosses(entry.glosses),
    }
}

fn row(aligned: Aligned, place: &Place) -> Line {
    let text = |side: Side| {
        let segments = aligned.rows().get(place.row).map_or(0..0, |row| side.of(&row.bead).clone());
        let cell = aligned.document(side).shown(segments);
        let hit = cell.place(&place.span).into_iter().next().filter(|_| side == place.side);
        match hit {
            // A hit that lies far behind in a long row is shown as well.
            Some(hit) if hit.end > MOST => snippet(&cell.text, &hit, MOST / 6).0,
            _ => cell.text.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect(),
        }
    };
    Line::Row { row: place.row, source: text(Side::Source), target: text(Side::Target) }
}
