//! A project file gives back what was put in, whatever was done and undone; files that cannot be used are refused.

use proptest::prelude::*;

mod kept;
mod of_version_3;

use super::*;
use std::sync::Arc;

use crate::bitext::{Bead, Bitext, Document, Side};
use crate::date::Date;
use crate::edit::{Action, Place};
use crate::import::{Format, read_str};
use crate::lang::Lang;
use crate::origin::{Author, Timestamp};
use crate::segment::segment;
use crate::termbase::{Concept, Section, Term, TermBase};
use crate::work::{Aligned, Mark, Note, Row, Work};

fn document(tag: &str, content: &str) -> Document {
    let text = read_str(content, Format::Markdown).unwrap();
    let lang = Lang::parse(tag).unwrap();
    let segments = segment(&text, lang.language());
    Document { note: Some("a note".to_owned()), ..Document::new(format!("{tag}.md"), lang, text, segments) }
}

fn documents() -> [Document; 2] {
    [
        document("zh-Hans", "# 题目\n\n今天下雨。我没去。\n\n- 一\n- 二\n"),
        document("en-GB", "# Title\n\nIt rained. I did not go.\n\n- One\n- Two\n"),
    ]
}

pub(super) fn alignment() -> OpenAlignment {
    let [source, target] = documents().map(Arc::new);
    let one = |at| Bead { source: at..at + 1, target: at..at + 1, score: 0.25 };
    let beads = (0..source.segments.len()).map(one).collect();
    OpenAlignment::from(Bitext { source, target, beads })
}

fn pair(number: usize) -> Concept {
    let section = |tag: &str, text: String| Section {
        terms: vec![Term { text, note: "“注”\u{1}".to_owned(), ..Term::default() }],
        ..Section::new(Lang::parse(tag).unwrap())
    };
    let sections = vec![section("zh", format!("词{number}")), section("en", format!("word {number}"))];
    Concept { created: Date::new(2026, 11, 22), sections, ..Concept::default() }
}

/// The same with a third document, aligned with the target.
fn versions() -> OpenAlignment {
    let mut work = alignment().work().clone();
    let aligned = work.first().unwrap();
    let (target, count) = (aligned.document_id(Side::Target), aligned.rows().len());
    let third = document("de", "# Titel\n\nEs regnete. Ich ging nicht.\n\n- Eins\n- Zwei\n");
    let id = DocumentId::of_content(&third, 2);
    work.add_document(id, third).unwrap();
    let bead = |at: usize| Bead { source: at..at + 1, target: at..at + 1, score: 0.5 };
    let rows = (0..count).map(|at| Row { bead: bead(at), mark: Mark::default() }).collect();
    let other = work.add_alignment([target, id], rows).unwrap();
    OpenAlignment::new(work, other).unwrap()
}

/// What one person did or the other, or what nobody knows who did.
fn signed(edit: Edit, who: usize) -> Edit {
    let now = || Timestamp::from_millisecond(1_795_305_600_123).unwrap();
    match who % 3 {
        0 => edit,
        1 => edit.by(Author::new("李译", now, || [1; 10]).origin()),
        _ => edit.by(Author::new("B", || Timestamp::from_millisecond(-5).unwrap(), || [2; 10]).origin()),
    }
}

pub(super) fn created() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    drop(Store::create(&path, &alignment()).unwrap());
    (folder, path)
}

#[test]
fn what_goes_in_comes_out() {
    let (_folder, path) = created();
    let (store, contents) = Store::open(&path).unwrap();
    assert_eq!(store.path(), path);
    assert_eq!((contents.open, contents.row), (alignment(), 0));
    let open = alignment();
    let target = open.aligned().document_id(Side::Target);
    let text = open.aligned().document(Side::Target).text.as_str();
    assert_eq!(store.original(target).unwrap().unwrap(), text.as_bytes());
    let again = Store::create(&path, &alignment());
    assert!(matches!(again, Err(Error::Exists(_))));
}

#[test]
fn nobody_else_opens_an_open_file() {
    let (_folder, path) = created();
    let held = Store::open(&path).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Held(_))));
    drop(held);
    assert!(Store::open(&path).is_ok());
}

#[test]
fn files_that_cannot_be_used_are_refused_and_left_as_they_are() {
    let (folder, path) = created();
    let refused = |bytes: &[u8]| {
        let other = folder.path().join("other.duizhao");
        std::fs::write(&other, bytes).unwrap();
        let error = Store::open(&other).unwrap_err();
        assert_eq!(std::fs::read(&other).unwrap(), bytes);
        error.to_string()
    };
    assert!(
        refused(b"This is a text, and a text it remains, however long it goes on.").contains("not a Duizhao project")
    );
    let good = std::fs::read(&path).unwrap();
    let mut cut = good.clone();
    cut.truncate(good.len() / 2);
    assert!(refused(&cut).contains("damaged"), "{}", refused(&cut));
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&9_u32.to_be_bytes());
    assert!(refused(&newer).contains("newer version"), "{}", refused(&newer));
    let mut foreign = good;
    foreign[68..72].copy_from_slice(&7_u32.to_be_bytes());
    assert!(refused(&foreign).contains("not a Duizhao project"));
    let missing = folder.path().join("missing.duizhao");
    assert!(matches!(Store::open(&missing), Err(Error::Missing(_))) && !missing.exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_done_is_there_again(
        steps in prop::collection::vec((0_u8..19, 0_usize..8, any::<bool>()), 1..40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.duizhao");
        let (mut store, mut model) = Store::create(&path, &versions()).unwrap();
        prop_assert_eq!(&model.open, &versions());
        for (what, row, source) in steps {
            let side = if source { Side::Source } else { Side::Target };
            let work = model.open.work();
            let ids: Vec<AlignmentId> = work.alignments().map(Aligned::id).collect();
            let alignment = work.aligned(ids[(row + usize::from(what)) % 2]).unwrap();
            let row = row % alignment.rows().len();
            let made = match what {
                0 | 1 => alignment.merge(row..row + 2),
                2 | 3 => alignment.split(row, alignment.middle(row).unwrap_or(Place { source: 0, target: 0 })),
                4 => alignment.move_down(row, side),
                5 => alignment.move_up(row, side),
                6 => alignment.unlink(row),
                7 => alignment.mark(row..row + 1, Action::Note, |mark| {
                    mark.notes = ["“注”\u{1}\n", "b"].map(Note::of_content).into();
                }),
                12 => alignment.rewrite(side, row, &format!("另一句 {row}")),
                13 => alignment.cut(side, row, alignment.document(side).display_span(row).start + 3),
                14 => alignment.join(side, row),
                15 => alignment.rename([("甲", Lang::parse("zh").unwrap()), (&row.to_string(), Lang::parse("en").unwrap())]),
                16 | 17 => {
                    let mut terms = work.terms().clone();
                    if terms.concepts.len() > 2 { terms.join(row, 1, None) } else { terms.accept(vec![pair(row)], None) }
                    work.change_terms(Action::EditTerm, &terms)
                }
                18 => work.decide(&format!("key {}", row % 2), source.then_some("both")),
                8 | 9 => {
                    if model.history.undo(model.open.work_mut()).unwrap().is_some() {
                        store.keep(&[Change::Undone]).unwrap();
                    }
                    continue;
                }
                10 => {
                    if model.history.redo(model.open.work_mut()).unwrap().is_some() {
                        store.keep(&[Change::Redone]).unwrap();
                    }
                    continue;
                }
                _ => {
                    let seen = alignment.id();
                    model.open = OpenAlignment::new(model.open.work().clone(), seen).unwrap();
                    model.row = row;
                    store.keep(&[Change::Seen(seen, row)]).unwrap();
                    store.snapshot(&model, &BTreeSet::from([0, 1, 2])).unwrap();
                    // As after a kill: nothing is said before the file is opened again.
                    drop(store);
                    let (again, contents) = Store::open(&path).unwrap();
                    prop_assert_eq!(&contents, &model);
                    store = again;
                    continue;
                }
            };
            if let Ok(edit) = made {
                let edit = signed(edit, row + usize::from(source));
                model.history.do_edit(model.open.work_mut(), edit.clone()).unwrap();
                store.keep(&[Change::Done(edit)]).unwrap();
            }
        }
        drop(store);
        prop_assert_eq!(Store::open(&path).unwrap().1, model);
    }
}

#[test]
fn what_a_deleted_project_left_behind_does_no_harm() {
    let (folder, path) = created();
    // A journal as a kill leaves it, of a project that is no more.
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = PERSIST; BEGIN; DELETE FROM bead;").unwrap();
    let journal = folder.path().join("a.duizhao-journal");
    let left = std::fs::read(&journal).unwrap();
    assert!(!left.is_empty());
    drop(connection);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&journal, left).unwrap();
    drop(Store::create(&path, &alignment()).unwrap());
    assert_eq!(Store::open(&path).unwrap().1.open, alignment());
}

#[test]
fn another_file_takes_over_and_the_first_stays() {
    let (folder, path) = created();
    let (mut store, mut model) = Store::open(&path).unwrap();
    let other = folder.path().join("b.duizhao");
    assert!(matches!(store.save_as(&path), Err(Error::Exists(_))));
    assert!(matches!(store.save_as(&folder.path().join("no/b.duizhao")), Err(Error::Write { .. })));
    store.save_as(&other).unwrap();
    let edit = model.open.aligned().merge(0..2).unwrap();
    model.history.do_edit(model.open.work_mut(), edit.clone()).unwrap();
    store.keep(&[Change::Done(edit)]).unwrap();
    assert_eq!(store.path(), other);
    drop(store);
    assert_eq!(Store::open(&other).unwrap().1, model);
    assert_eq!(Store::open(&path).unwrap().1.open, alignment());
}

#[path = "../../tests/mutation/mod.rs"]
mod mutation;

#[test]
fn records_that_are_almost_right_are_refused_or_kept_as_they_are() {
    let concept = crate::exchange::terms::concept_to_json(&pair(1));
    let open = alignment();
    let (of, source) = (open.aligned().id(), open.aligned().document_id(Side::Source).to_string());
    let note = Note::of_content("n").id;
    let samples = [
        format!(r#"[{{"rows":{{"alignment":"{of}","at":0,"old":[[0,1,0,1,0.25,false,false,false,[]]],"new":[[0,2,0,1,0.5,true,false,true,[["{note}","n"]]]]}}}}]"#),
        r#"[{"segments":{"document":"SOURCE","patches":[[0,[[1,"甲",["paragraph",0],null]],[[1,"乙",["heading-2",1],2],[2,"丙",null,0]]]]}}]"#
            .replace("SOURCE", &source),
        r#"[{"name":{"document":"SOURCE","old":["a","zh"],"new":["b","zh-Hant"]}},{"verdict":{"key":"k","old":null,"new":"x"}}]"#
            .replace("SOURCE", &source),
        format!(r#"[{{"concepts":{{"at":0,"old":[],"new":[{concept}]}}}}]"#),
    ];
    let mut mutator = mutation::Mutator::new(12);
    for at in 0..mutation::count() {
        let (sample, other) = (&samples[at % samples.len()], &samples[mutator.below(samples.len())]);
        let changed = mutator.changed(sample, other);
        let Ok(steps) = records::steps_of_json(&changed) else { continue };
        let edit = Edit { action: Action::Merge, alignment: Some(of), rows: 0..1, steps, origin: None };
        assert_eq!(records::steps_of_json(&records::to_json(&edit)).as_ref(), Ok(&edit.steps), "{changed}");
        // It fits the texts, or is refused and leaves them as they were.
        let (mut tried, before) = (alignment(), alignment());
        if tried.work_mut().apply(&edit).is_err() {
            assert_eq!(tried.aligned().rows(), before.aligned().rows(), "{changed}");
        }
    }
}

/// The row of the first edit, kept.
fn flagged(store: &mut Store, model: &mut Contents) -> Result<(), Error> {
    let edit = model.open.aligned().mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged).unwrap();
    model.history.do_edit(model.open.work_mut(), edit.clone()).unwrap();
    store.keep(&[Change::Done(edit)])
}

#[test]
fn a_file_that_was_taken_away_or_replaced_takes_no_more_edits() {
    type Harm = fn(&Path);
    /// Another project, with as many edits as one.
    fn other(path: &Path) -> PathBuf {
        let other = path.with_file_name("other.duizhao");
        let (mut store, contents) = Store::create(&other, &alignment()).unwrap();
        store.keep(&[Change::Done(contents.open.aligned().unlink(1).unwrap())]).unwrap();
        other
    }
    let harms: [(&str, Harm); 6] = [
        ("removed", |path| std::fs::remove_file(path).unwrap()),
        ("removed with its journal", |path| {
            std::fs::remove_file(path).unwrap();
            let _ = std::fs::remove_file(beside(path, "-journal"));
        }),
        ("renamed", |path| std::fs::rename(path, path.with_extension("old")).unwrap()),
        ("replaced", |path| std::fs::rename(other(path), path).unwrap()),
        ("written over", |path| std::fs::write(path, std::fs::read(other(path)).unwrap()).unwrap()),
        ("cut short", |path| std::fs::write(path, "").unwrap()),
    ];
    for (name, harm) in harms {
        // Before the first edit, when no journal is open, and after it.
        for edits in 0..3 {
            let (folder, path) = created();
            let (mut store, mut model) = Store::open(&path).unwrap();
            for _ in 0..edits {
                flagged(&mut store, &mut model).unwrap();
            }
            harm(&path);
            let files = || {
                let mut out: Vec<_> =
                    std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
                out.sort();
                out.into_iter()
                    .map(|path| (std::fs::read(&path).unwrap(), path))
                    .filter(|(bytes, _)| bytes.len() != 8720)
                    .collect::<Vec<_>>()
            };
            let left = files();
            let again = flagged(&mut store, &mut model);
            assert!(matches!(again, Err(Error::Lost(_))), "{name} after {edits}: {again:?}");
            let again = flagged(&mut store, &mut model);
            assert!(matches!(again, Err(Error::Lost(_))), "{name} after {edits}: {again:?}");
            drop(store);
            assert!(files() == left, "{name} after {edits}: something was written");
        }
    }
}

#[test]
fn a_journal_that_was_taken_away_is_made_again() {
    let (_folder, path) = created();
    let (mut store, mut model) = Store::open(&path).unwrap();
    flagged(&mut store, &mut model).unwrap();
    for _ in 0..3 {
        let _ = std::fs::remove_file(beside(&path, "-journal"));
        flagged(&mut store, &mut model).unwrap();
        assert!(beside(&path, "-journal").exists());
    }
    drop(store);
    assert_eq!(Store::open(&path).unwrap().1, model);
}

#[test]
fn a_file_that_was_only_touched_goes_on() {
    let (_folder, path) = created();
    let (mut store, mut model) = Store::open(&path).unwrap();
    flagged(&mut store, &mut model).unwrap();
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    drop(file);
    flagged(&mut store, &mut model).unwrap();
    assert!(matches!(Store::open(&path), Err(Error::Held(_))));
    drop(store);
    assert_eq!(Store::open(&path).unwrap().1, model);
}

#[test]
fn what_is_read_from_a_lost_file_is_still_there() {
    let (_folder, path) = created();
    let (mut store, _) = Store::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(store.originals().len(), 2);
}

#[test]
fn readers_do_not_stand_in_each_others_way_and_wait_for_writers() {
    let (_folder, path) = created();
    let (mut store, mut model) = Store::open(&path).unwrap();
    flagged(&mut store, &mut model).unwrap();
    let read = || contents(&path).map_err(|error| error.to_string());
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..8).map(|_| scope.spawn(read)).collect();
        drop(store);
        for reader in readers {
            assert_eq!(reader.join().unwrap(), Ok(model.clone()));
        }
    });
}

#[test]
fn a_read_only_file_of_any_version_is_read_and_left_as_it_is() {
    for version in 1..=VERSION {
        for in_folder in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.duizhao");
            let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/projects");
            std::fs::copy(samples.join(format!("version-{version}.duizhao")), &path).unwrap();
            let protected = if in_folder { folder.path() } else { &path };
            let usual = protected.metadata().unwrap().permissions();
            let mut permissions = usual.clone();
            permissions.set_readonly(true);
            std::fs::set_permissions(protected, permissions).unwrap();
            let bytes = std::fs::read(&path).unwrap();
            let read = contents(&path).unwrap();
            let refused = Store::open(&path);
            assert!(matches!(refused, Err(Error::ReadOnly(_))), "{version}: {refused:?}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
            std::fs::set_permissions(protected, usual).unwrap();
            // What is read is what a writer brings to this version.
            assert_eq!(Store::open(&path).unwrap().1, read);
            assert_eq!(contents(&path).unwrap(), read);
        }
    }
}

#[test]
fn what_no_file_may_hold_is_kept_otherwise() {
    let (folder, _) = created();
    let path = folder.path().join("b.duizhao");
    let [source, target] = documents();
    let name = |name: &str, document: Document| Document { name: name.to_owned(), ..document };
    let (source, target) = (name("a\0b", source), name("c", target));
    let one = |(at, score): (usize, f32)| Bead { source: at..at + 1, target: at..at + 1, score };
    let scores = [f32::NAN, f32::INFINITY, -1.0, 0.5, 2.0];
    let beads = scores.into_iter().enumerate().map(one).collect();
    let bitext = Bitext { source: source.into(), target: target.into(), beads };
    let (_store, contents) = Store::create(&path, &bitext.into()).unwrap();
    assert_eq!(contents.open.aligned().document(Side::Source).name, "a b");
    let kept: Vec<f32> = contents.open.aligned().rows().iter().map(|row| row.bead.score).collect();
    assert_eq!(kept, [0.0, 1.0, 0.0, 0.5, 1.0]);
}

#[cfg(unix)]
#[test]
fn a_new_file_is_as_readable_as_any_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = created();
    let plain = folder.path().join("plain");
    std::fs::write(&plain, "").unwrap();
    let other = folder.path().join("b.duizhao");
    Store::open(&path).unwrap().0.save_as(&other).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
    assert_eq!((mode(&path), mode(&other)), (mode(&plain), mode(&plain)));
}

#[test]
fn every_kind_of_paragraph_comes_back() {
    use crate::text::BlockKind;
    let headings = (1..=6).map(BlockKind::Heading);
    for kind in headings.chain([BlockKind::Paragraph, BlockKind::Item, BlockKind::Verbatim]) {
        assert_eq!(records::kind_of(&records::kind_name(kind)), Some(kind));
    }
}
