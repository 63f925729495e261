//! Where a person's work on an alignment is kept: a project file, made when two texts are first aligned and found again
//! when the same two are opened.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Error;
use crate::align::{Aligner, Options, Settled};
use crate::bitext::{Bead, Document, SIDES};
use crate::edit::History;
use crate::exchange::rows::Selection;
use crate::gloss::Accepted;
use crate::notice::Notice;
use crate::store::{self, Change, Contents, Originals, Store};
use crate::task::Ctl;
use crate::work::{Aligned, OpenAlignment, Row};

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

/// Whether the name of a project, without its ending, is one that [`kept_path`] gives or [`rescue`] makes of it.
pub fn is_own_name(stem: &str) -> bool {
    let (name, behind) = stem.split_at_checked(16).unwrap_or((stem, "?"));
    let is_hash = name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    is_hash && (behind.is_empty() || behind.starts_with("-rescued"))
}

/// Opens a project file.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn open_kept(path: &Path) -> Result<(Store, Contents), Error> {
    Ok(Store::open(path)?)
}

/// What a project file holds, which is only read: it may be read-only, and others may read it meanwhile.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn kept(path: &Path) -> Result<Contents, Error> {
    Ok(store::contents(path)?)
}

/// Begins to keep what is done to a work.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn keep(path: &Path, open: &OpenAlignment) -> Result<(Store, Contents), Error> {
    make_folder(path)?;
    Ok(Store::create(path, open)?)
}

fn make_folder(path: &Path) -> Result<(), Error> {
    let Some(folder) = path.parent() else { return Ok(()) };
    let fail = |error: std::io::Error| Error::Write { path: folder.to_owned(), reason: Notice::plain(error) };
    std::fs::create_dir_all(folder).map_err(fail)
}

/// Keeps a work with all that was done to it in a new file.
///
/// # Errors
/// See [`crate::store::Error`].
pub fn keep_all(path: &Path, open: &OpenAlignment, history: &History) -> Result<Store, Error> {
    make_folder(path)?;
    keep_whole(path, open, history, &Originals::default())
}

fn keep_whole(path: &Path, open: &OpenAlignment, history: &History, originals: &Originals) -> Result<Store, Error> {
    let (mut first, mut back) = (open.clone(), history.clone());
    while let Ok(Some(_)) = back.undo(first.work_mut()) {}
    let (mut store, _) = Store::create_with(path, &first, originals)?;
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

/// What the window holds of a project whose file was taken away or cannot be written.
#[derive(Debug)]
pub struct Rescued<'a> {
    /// The work as it is, with the alignment under the eye.
    pub open: &'a OpenAlignment,
    /// What was done to them.
    pub history: &'a History,
    /// The row under the eye.
    pub row: usize,
    /// The bytes the documents were read from, where they are known.
    pub originals: Originals,
}

/// Keeps a project whose file is lost in another: beside it, or in `other` where nothing can be written there. What stands
/// at its path now is left as it is; in `other` itself, where a project is found by its name, it gets that again if
/// nothing has it.
///
/// # Errors
/// Why it cannot be kept beside the lost file, where it cannot be kept in `other` either.
pub fn rescue(lost: &Path, other: Option<&Path>, rescued: &Rescued) -> Result<Store, Error> {
    let name = lost.file_stem().unwrap_or_default().to_string_lossy();
    let names = (1..100).map(|number| match number {
        1 => format!("{name}-rescued.{ENDING}"),
        _ => format!("{name}-rescued-{number}.{ENDING}"),
    });
    let names: Vec<String> = names.collect();
    let own = lost.parent().zip(other).filter(|(folder, other)| folder == other).map(|_| lost.to_owned());
    let within = |folder: &Path| names.iter().map(|name| folder.join(name)).collect::<Vec<_>>();
    let beside = own.into_iter().chain(within(lost.parent().unwrap_or(Path::new("")))).collect();
    let elsewhere = other.map(within).unwrap_or_default();
    if let Some(first) = elsewhere.first() {
        // Where that fails, writing there fails as well and says why.
        let _ = make_folder(first);
    }
    let mut problem = None;
    for folder in [beside, elsewhere] {
        for path in folder {
            match keep_whole(&path, rescued.open, rescued.history, &rescued.originals) {
                Ok(mut store) => {
                    // The row alone is not worth a failure.
                    let _ = store.keep(&[Change::Seen(rescued.open.aligned().id(), rescued.row)]);
                    return Ok(store);
                }
                Err(Error::Store(store::Error::Exists(_))) => {}
                Err(other) => {
                    problem.get_or_insert(other);
                    break;
                }
            }
        }
    }
    Err(problem.unwrap_or_else(|| store::Error::Exists(lost.to_owned()).into()))
}

/// Aligns some rows anew: all beads, with other ones over the same segments in the place of these, but for those that are
/// settled. Accepted terms are known besides the dictionary.
///
/// # Errors
/// [`Error::Cancelled`], or [`Error::Align`] where what is settled cannot stand together.
pub fn realign(ctl: &Ctl, aligned: Aligned, rows: &Range<usize>, settled: &Settled) -> Result<Vec<Bead>, Error> {
    let accepted = Accepted::new(aligned.work().terms().accepted());
    let [source, target] = SIDES.map(|side| &**aligned.document(side));
    let options = Options { accepted: Some(&accepted), ..Options::default() };
    let aligner = Aligner::new(ctl, source, target, &options)?;
    let others = aligned.rows().iter().enumerate().filter(|(row, _)| !rows.contains(row));
    Ok(aligner.realign(ctl, &others.map(|(_, row)| row.bead.clone()).collect::<Vec<_>>(), settled)?)
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

/// Rows of an alignment as they go out; each keeps its number among all rows.
pub fn selected<'w>(aligned: Aligned<'w>, which: &Which) -> Selection<'w> {
    let [source, target] = SIDES.map(|side| &**aligned.document(side));
    let wanted = |(at, row): &(usize, &Row)| match which {
        Which::All => true,
        Which::Confirmed => row.mark.confirmed,
        Which::Range(range) => range.contains(at),
    };
    Selection::of(source, target, aligned.rows().iter().enumerate().filter(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Bitext;
    use crate::edit::Action;
    use crate::exchange::rows::RowsForm;
    use crate::exchange::{Written, written};
    use crate::notice::Notice;
    use crate::project::{AlignOptions, align, paste};
    use crate::work::Note;

    fn exported(aligned: Aligned, which: &Which, code: &str) -> Written {
        written(|to| RowsForm::of_code(code).unwrap().write(&selected(aligned, which), to))
    }

    fn opened(source: Document, target: Document, beads: &[(Range<usize>, Range<usize>)]) -> OpenAlignment {
        let bead = |(source, target): &(Range<usize>, Range<usize>)| Bead {
            source: source.clone(),
            target: target.clone(),
            score: 1.0,
        };
        let beads = beads.iter().map(bead).collect();
        Bitext { source: source.into(), target: target.into(), beads }.into()
    }

    #[test]
    fn rows_left_out_are_told_by_their_own_number() {
        let (source, target) =
            (paste("a", "今天下雨。我没去。你呢？").unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let open = opened(source, target, &[(0..1, 0..1), (1..2, 1..2), (2..3, 2..2)]);
        let out = exported(open.aligned(), &Which::Range(1..3), "tmx");
        assert!(out.left_out == [2] && out.content.contains("I stayed.") && !out.content.contains("rained"));
    }

    #[test]
    fn notes_that_a_form_has_no_place_for_are_told() {
        let (source, target) = (paste("a", "今天下雨。").unwrap(), paste("b", "It rained.").unwrap());
        let mut open = opened(source, target, &[(0..1, 0..1)]);
        // Two rows that became one have two notes.
        let notes = |count: usize| ["well said", "really"].map(Note::of_content)[..count].into();
        let mut noted = |count: usize| {
            let note = open.aligned().mark(0..1, Action::Note, |mark| mark.notes = notes(count)).unwrap();
            open.work_mut().apply(&note).unwrap();
            open.clone()
        };
        let two = exported(noted(2).aligned(), &Which::All, "tsv").problems();
        assert_eq!(two, [Notice::counted("notes-on-rows", 2)]);
        let open = noted(1);
        let told = |format| {
            let problems = exported(open.aligned(), &Which::All, format).problems();
            problems.iter().map(Notice::to_string).collect::<Vec<_>>()
        };
        for format in ["tsv", "jsonl", "html", "links"] {
            assert_eq!(told(format), ["1 note on a row is left out: this form has no place for it"]);
        }
        assert!(told("tmx").is_empty());
        assert!(exported(open.aligned(), &Which::All, "tmx").content.contains("well said"));
        assert!(exported(open.aligned(), &Which::Confirmed, "tsv").problems().is_empty());
    }

    #[test]
    fn the_same_texts_find_their_project_again() {
        let folder = tempfile::tempdir().unwrap();
        let texts = |chinese| (paste("a", chinese).unwrap(), paste("b", "It rained. I stayed.").unwrap());
        let (source, target) = texts("今天下雨。我没去。");
        let path = kept_path(&folder.path().join("new"), &source, &target);
        let bitext = align(&Ctl::quiet(), source.clone(), target.clone(), &AlignOptions::default()).unwrap();
        let (store, contents) = keep(&path, &bitext.clone().into()).unwrap();
        assert_eq!(contents.open.aligned().bitext().beads, bitext.beads);
        drop(store);
        let named_otherwise = Document { name: "c".to_owned(), ..source };
        assert_eq!(kept_path(&folder.path().join("new"), &named_otherwise, &target), path);
        assert!(is_project(&path) && open_kept(&path).is_ok());
        let (other, _) = texts("今天下雪。我没去。");
        assert_ne!(kept_path(&folder.path().join("new"), &other, &target), path);
        // In another language, or another region of it, it is another work.
        for tag in ["zh-TW", "ja"] {
            let lang = crate::lang::Lang::parse(tag).unwrap();
            let elsewhere = Document { lang: lang.clone(), ..named_otherwise.clone() };
            assert_ne!(kept_path(&folder.path().join("new"), &elsewhere, &target), path);
            let elsewhere = Document { lang, ..target.clone() };
            assert_ne!(kept_path(&folder.path().join("new"), &named_otherwise, &elsewhere), path);
        }
    }

    #[test]
    fn only_the_rows_that_are_asked_for_are_aligned_again() {
        let source = paste("a", "今天下雨。我没去。你呢？他们来了。").unwrap();
        let target = paste("b", "It rained today. I did not go. And you? They came.").unwrap();
        // All of it is wrong, and only the second half is to be mended.
        let open = opened(source, target, &[(0..1, 0..2), (1..2, 2..2), (2..4, 2..3), (4..4, 3..4)]);
        let settled = Settled { beads: vec![(0..1, 0..2), (1..2, 2..2)], ..Settled::default() };
        let beads = realign(&Ctl::quiet(), open.aligned(), &(2..4), &settled).unwrap();
        let shape: Vec<_> = beads.into_iter().map(|bead| (bead.source, bead.target)).collect();
        assert_eq!(shape, [(0..1, 0..2), (1..2, 2..2), (2..3, 2..3), (3..4, 3..4)]);
    }

    #[test]
    fn what_a_project_left_behind_is_no_journal_of_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.duizhao");
        let (source, target) = (paste("a", "今天下雨。").unwrap(), paste("b", "It rained.").unwrap());
        let open = opened(source, target, &[(0..1, 0..1)]);
        std::fs::write(folder.path().join("p.duizhao-journal"), "of another").unwrap();
        drop(keep(&path, &open).unwrap());
        assert!(!folder.path().join("p.duizhao-journal").exists());
        std::fs::remove_file(&path).unwrap();
        // What cannot be removed is no reason to begin with it.
        std::fs::create_dir(folder.path().join("p.duizhao-journal")).unwrap();
        assert!(keep(&path, &open).unwrap_err().to_string().contains("cannot write") && !path.exists());
    }

    #[test]
    fn a_lost_project_is_kept_beside_or_in_another_folder() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (source, target) = (paste("a", "今天下雨。").unwrap(), paste("b", "It rained.").unwrap());
        let mut open = opened(source, target, &[(0..1, 0..1)]);
        let mut history = History::default();
        let edit = open.aligned().mark(0..1, Action::Flag, |mark| mark.flagged = true).unwrap();
        history.do_edit(open.work_mut(), edit).unwrap();
        let ids = SIDES.map(|side| open.aligned().document_id(side));
        let originals = Originals::from([(ids[0], b"source".to_vec())]);
        let rescued = Rescued { open: &open, history: &history, row: 0, originals };
        let rescue = |lost: &str, other: &str| {
            rescue(&at(lost), Some(&at(other)), &rescued).map(|store| store.path().to_owned())
        };
        std::fs::write(at("a.duizhao"), "of somebody else").unwrap();
        assert_eq!(rescue("a.duizhao", "data").unwrap(), at("a-rescued.duizhao"));
        assert_eq!(rescue("a.duizhao", "data").unwrap(), at("a-rescued-2.duizhao"));
        // The folder is gone as well.
        assert_eq!(rescue("gone/a.duizhao", "data").unwrap(), at("data/a-rescued.duizhao"));
        // Where a project is found by its name it gets it again, if that is free.
        assert_eq!(rescue("data/b.duizhao", "data").unwrap(), at("data/b.duizhao"));
        assert_eq!(rescue("data/b.duizhao", "data").unwrap(), at("data/b-rescued.duizhao"));
        assert_eq!(std::fs::read_to_string(at("a.duizhao")).unwrap(), "of somebody else");
        let (store, contents) = open_kept(&at("a-rescued.duizhao")).unwrap();
        assert_eq!((contents.open, contents.history), (open.clone(), history.clone()));
        let original = |id| store.original(id).unwrap().unwrap();
        assert_eq!(original(ids[0]), b"source");
        assert_eq!(original(ids[1]), b"It rained.");
        std::fs::write(at("file"), "").unwrap();
        let problem = rescue("file/a.duizhao", "file/data").unwrap_err().to_string();
        assert!(problem.contains("cannot write"), "{problem}");
    }

    #[test]
    fn names_of_ones_own_are_told_from_those_of_the_program() {
        for (name, own) in [
            ("0123456789abcdef", true),
            ("0123456789abcdef-rescued-2", true),
            ("0123456789abcdef again", false),
            ("0123456789ABCDEF", false),
            ("statement", false),
            ("网络安全合作双边讨论", false),
        ] {
            assert_eq!(is_own_name(name), own, "{name}");
        }
    }
}
