//! Where a person's work on an alignment is kept: a project file, made when two texts are first aligned and found again
//! when the same two are opened.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use crate::align::{self, Aligner, Model, Set, Settled};
use crate::bitext::{Bead, Bitext, Document};
use crate::edit::{Alignment, History, Mark, Row, SIDES};
use crate::exchange::Exported;
use crate::exchange::beads::{Format, export};
use crate::exchange::tmx::to_tmx;
use crate::gloss::Accepted;
use crate::store::{Change, Contents, Store};
use crate::task::Ctl;
use crate::termbase::TermBase;

/// The ending of project files.
const ENDING: &str = "duizhao";

/// Whether a path names a project file.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// Where the system wants programs to keep what people make with them; nothing where there is no home.
pub fn data_folder() -> Option<PathBuf> {
    dirs::data_dir().map(|folder| folder.join("duizhao"))
}

/// The project file of two documents in a folder: the same for the same texts in the same languages, whatever their
/// names are.
pub fn kept_path(folder: &Path, source: &Document, target: &Document) -> PathBuf {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in [source.lang.tag(), source.text.as_str(), target.lang.tag(), target.text.as_str()] {
        // FNV-1a (Fowler, Noll and Vo), with a byte that no text holds between the parts.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    folder.join(format!("{hash:016x}.{ENDING}"))
}

/// Opens a project file.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn open_kept(path: &Path) -> Result<(Store, Contents), Error> {
    Ok(Store::open(path)?)
}

/// Begins to keep what is done to a bitext.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn keep(path: &Path, bitext: &Bitext) -> Result<(Store, Contents), Error> {
    keep_alignment(path, &Alignment::new(bitext.clone()))
}

/// Begins to keep what is done to an alignment.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn keep_alignment(path: &Path, alignment: &Alignment) -> Result<(Store, Contents), Error> {
    if let Some(folder) = path.parent() {
        let fail = |error: std::io::Error| Error::Write { path: folder.to_owned(), reason: error.to_string() };
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    Ok(Store::create(path, alignment)?)
}

/// Keeps an alignment with all that was done to it in a new file.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn keep_all(path: &Path, alignment: &Alignment, history: &History) -> Result<Store, Error> {
    let (mut first, mut back) = (alignment.clone(), history.clone());
    while let Ok(Some(_)) = back.undo(&mut first) {}
    let (mut store, _) = keep_alignment(path, &first)?;
    let done = history.edits().iter().cloned().map(Change::Done);
    let undone = (history.done()..history.edits().len()).map(|_| Change::Undone);
    if let Err(problem) = store.keep(&done.chain(undone).collect::<Vec<_>>()) {
        // Half of it is worse than nothing: the name is free for another try.
        drop(store);
        let _ = std::fs::remove_file(path);
        return Err(problem.into());
    }
    Ok(store)
}

/// Aligns some rows of a bitext anew: all beads, with other ones over the same segments in the place of these, but for
/// those that are settled. Accepted terms are known besides the dictionary.
///
/// # Errors
/// As [`Aligner::realign`].
pub fn realign(
    ctl: &Ctl,
    bitext: &Bitext,
    rows: &Range<usize>,
    settled: &Settled,
    terms: &TermBase,
) -> Result<Vec<Bead>, align::Error> {
    let accepted = Accepted::new(terms.accepted());
    let aligner = Aligner::knowing(ctl, &bitext.source, &bitext.target, Model::embedded(), Set::Full, &accepted)?;
    let others = bitext.beads.iter().enumerate().filter(|(row, _)| !rows.contains(row)).map(|(_, bead)| bead.clone());
    aligner.realign(ctl, &others.collect::<Vec<_>>(), settled)
}

/// Which rows go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that were confirmed.
    Confirmed,
    /// A stretch of them.
    Range(Range<usize>),
}

/// Writes rows of two documents in a format. What is left out is told by its number among all rows.
pub fn export_rows(alignment: &Alignment, which: &Which, format: Format) -> Exported {
    let [source, target] = SIDES.map(|side| Arc::clone(alignment.document(side)));
    let rows = alignment.rows();
    let wanted = |(at, row): &(usize, &Row)| match which {
        Which::All => true,
        Which::Confirmed => row.mark.confirmed,
        Which::Range(range) => range.contains(at),
    };
    let (numbers, chosen): (Vec<usize>, Vec<&Row>) = rows.iter().enumerate().filter(wanted).unzip();
    let bitext = Bitext { source, target, beads: chosen.iter().map(|row| row.bead.clone()).collect() };
    if format == Format::Tmx {
        let marks: Vec<Mark> = chosen.iter().map(|row| row.mark.clone()).collect();
        let mut exported = to_tmx(&bitext, &marks);
        for row in &mut exported.left_out {
            *row = numbers[*row];
        }
        return exported;
    }
    let mut exported = export(&bitext, format);
    let notes = chosen.iter().filter(|row| !row.mark.note.is_empty()).count();
    if notes > 0 {
        exported.losses.push(format!("{notes} notes on rows are left out: this form has no place for them"));
    }
    exported
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{align, paste};

    #[test]
    fn rows_left_out_are_told_by_their_own_number() {
        let (source, target) =
            (paste("a", "今天下雨。我没去。你呢？").unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let bead = |source, target| Row { bead: Bead { source, target, score: 1.0 }, mark: Mark::default() };
        let rows = [bead(0..1, 0..1), bead(1..2, 1..2), bead(2..3, 2..2)];
        let alignment = Alignment::from_rows(source.into(), target.into(), rows.to_vec()).unwrap();
        let exported = export_rows(&alignment, &Which::Range(1..3), Format::Tmx);
        assert!(
            exported.left_out == [2] && exported.content.contains("I stayed.") && !exported.content.contains("rained")
        );
    }

    #[test]
    fn notes_that_a_form_has_no_place_for_are_told() {
        let (source, target) = (paste("a", "今天下雨。").unwrap(), paste("b", "It rained.").unwrap());
        let mark = Mark { note: "well said".into(), ..Mark::default() };
        let row = Row { bead: Bead { source: 0..1, target: 0..1, score: 1.0 }, mark };
        let alignment = Alignment::from_rows(source.into(), target.into(), vec![row]).unwrap();
        let told = |format| export_rows(&alignment, &Which::All, format).problems();
        for format in [Format::Tsv, Format::Jsonl, Format::Html, Format::Links] {
            assert_eq!(told(format), ["1 notes on rows are left out: this form has no place for them"]);
        }
        assert!(told(Format::Tmx).is_empty());
        assert!(export_rows(&alignment, &Which::All, Format::Tmx).content.contains("well said"));
        assert!(export_rows(&alignment, &Which::Confirmed, Format::Tsv).problems().is_empty());
    }

    #[test]
    fn the_same_texts_find_their_project_again() {
        let folder = tempfile::tempdir().unwrap();
        let texts = |chinese| (paste("a", chinese).unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let (source, target) = texts("今天下雨。我没去。");
        let path = kept_path(&folder.path().join("new"), &source, &target);
        let bitext = align(&Ctl::quiet(), source.clone(), target.clone()).unwrap();
        let (store, contents) = keep(&path, &bitext).unwrap();
        assert_eq!(contents.alignment.bitext().beads, bitext.beads);
        drop(store);
        let named_otherwise = Document { name: "c".to_owned(), ..source };
        assert_eq!(kept_path(&folder.path().join("new"), &named_otherwise, &target), path);
        assert!(is_project(&path) && open_kept(&path).is_ok());
        let (other, _) = texts("今天下雪。我没去。");
        assert_ne!(kept_path(&folder.path().join("new"), &other, &target), path);
    }
}
