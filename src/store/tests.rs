//! A project file gives back what was put in, whatever was done and undone; files that cannot be used are refused.

use proptest::prelude::*;

use super::*;
use std::sync::Arc;

use crate::bitext::{Bead, Bitext, Document};
use crate::edit::{Action, Place};
use crate::import::{Format, read_str};
use crate::lang::Lang;
use crate::segment::segment;
use crate::termbase::{Concept, Date, Section, Term};

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

fn alignment() -> Alignment {
    let [source, target] = documents().map(Arc::new);
    let one = |at| Bead { source: at..at + 1, target: at..at + 1, score: 0.25 };
    let beads = (0..source.segments.len()).map(one).collect();
    Alignment::new(Bitext { source, target, beads })
}

fn pair(number: usize) -> Concept {
    let section = |tag: &str, text: String| Section {
        terms: vec![Term { text, note: "“注”\u{1}".to_owned(), ..Term::default() }],
        ..Section::new(Lang::parse(tag).unwrap())
    };
    let sections = vec![section("zh", format!("词{number}")), section("en", format!("word {number}"))];
    Concept { created: Date::new(2026, 11, 22), sections, ..Concept::default() }
}

fn created() -> (tempfile::TempDir, PathBuf) {
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
    assert_eq!((contents.alignment, contents.row), (alignment(), 0));
    assert_eq!(
        store.original(Side::Target).unwrap().unwrap(),
        alignment().document(Side::Target).text.as_str().as_bytes()
    );
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
        let (_folder, path) = created();
        let (mut store, mut model) = Store::open(&path).unwrap();
        for (what, row, source) in steps {
            let side = if source { Side::Source } else { Side::Target };
            let row = row % model.alignment.rows().len();
            let alignment = &model.alignment;
            let made = match what {
                0 | 1 => alignment.merge(row..row + 2),
                2 | 3 => alignment.split(row, alignment.middle(row).unwrap_or(Place { source: 0, target: 0 })),
                4 => alignment.move_down(row, side),
                5 => alignment.move_up(row, side),
                6 => alignment.unlink(row),
                7 => alignment.mark(row..row + 1, Action::Note, |mark| mark.note = "“注”\u{1}\n".into()),
                12 => alignment.rewrite(side, row, &format!("另一句 {row}")),
                13 => alignment.cut(side, row, alignment.document(side).display_span(row).start + 3),
                14 => alignment.join(side, row),
                15 => alignment.rename([("甲", Lang::parse("zh").unwrap()), (&row.to_string(), Lang::parse("en").unwrap())]),
                16 | 17 => {
                    let mut terms = alignment.terms().clone();
                    if terms.concepts.len() > 2 { terms.join(row, 1, None) } else { terms.accept(vec![pair(row)], None) }
                    alignment.change_terms(Action::EditTerm, &terms)
                }
                18 => alignment.decide(&format!("key {}", row % 2), source.then_some("both")),
                8 | 9 => {
                    if model.history.undo(&mut model.alignment).unwrap().is_some() {
                        store.keep(&[Change::Undone]).unwrap();
                    }
                    continue;
                }
                10 => {
                    if model.history.redo(&mut model.alignment).unwrap().is_some() {
                        store.keep(&[Change::Redone]).unwrap();
                    }
                    continue;
                }
                _ => {
                    model.row = row;
                    store.keep(&[Change::Seen(row)]).unwrap();
                    store.snapshot(&model, true).unwrap();
                    // As after a kill: nothing is said before the file is opened again.
                    drop(store);
                    let (again, contents) = Store::open(&path).unwrap();
                    prop_assert_eq!(&contents, &model);
                    store = again;
                    continue;
                }
            };
            if let Ok(edit) = made {
                model.history.do_edit(&mut model.alignment, edit.clone()).unwrap();
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
    assert_eq!(Store::open(&path).unwrap().1.alignment, alignment());
}

#[test]
fn another_file_takes_over_and_the_first_stays() {
    let (folder, path) = created();
    let (mut store, mut model) = Store::open(&path).unwrap();
    let other = folder.path().join("b.duizhao");
    assert!(matches!(store.save_as(&path), Err(Error::Exists(_))));
    assert!(matches!(store.save_as(&folder.path().join("no/b.duizhao")), Err(Error::Write { .. })));
    store.save_as(&other).unwrap();
    let edit = model.alignment.merge(0..2).unwrap();
    model.history.do_edit(&mut model.alignment, edit.clone()).unwrap();
    store.keep(&[Change::Done(edit)]).unwrap();
    assert_eq!(store.path(), other);
    drop(store);
    assert_eq!(Store::open(&other).unwrap().1, model);
    assert_eq!(Store::open(&path).unwrap().1.alignment, alignment());
}

#[path = "../../tests/mutation/mod.rs"]
mod mutation;

#[test]
fn records_that_are_almost_right_are_refused_or_kept_as_they_are() {
    let concept = crate::exchange::terms::concept_to_json(&pair(1));
    let samples = [
        r#"[{"rows":{"at":0,"old":[[0,1,0,1,0.25,false,false,""]],"new":[[0,2,0,1,0.5,true,false,"n",true]]}}]"#.to_owned(),
        r#"[{"segments":{"side":0,"patches":[[0,[[1,"甲",["paragraph",0],null]],[[1,"乙",["heading-2",1],2],[2,"丙",null,0]]]]}}]"#
            .to_owned(),
        r#"[{"name":{"side":1,"old":["a","zh"],"new":["b","zh-Hant"]}},{"verdict":{"key":"k","old":null,"new":"x"}}]"#.to_owned(),
        format!(r#"[{{"concepts":{{"at":0,"old":[],"new":[{concept}]}}}}]"#),
    ];
    let mut mutator = mutation::Mutator::new(12);
    for at in 0..mutation::count() {
        let (sample, other) = (&samples[at % samples.len()], &samples[mutator.below(samples.len())]);
        let changed = mutator.changed(sample, other);
        let Some(edit) = records::from_json(Action::Merge.code(), 0..1, &changed) else { continue };
        let again = records::from_json(Action::Merge.code(), 0..1, &records::to_json(&edit));
        assert_eq!(again.as_ref(), Some(&edit), "{changed}");
        // It fits the texts, or is refused and leaves them as they were.
        let (mut tried, before) = (alignment(), alignment());
        if tried.apply(&edit).is_err() {
            assert_eq!(tried.rows(), before.rows(), "{changed}");
        }
    }
}
