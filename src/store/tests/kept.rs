//! What is kept whatever the language, the author and the number of edits.

use super::*;

#[test]
fn any_language_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    let texts = [
        ("zh-TW", "今天下雨。"),
        ("zh-CN", "今天下雨。"),
        ("vi", "Hôm nay trời mưa."),
        ("uk", "Сьогодні йшов дощ."),
        ("es-419", "Hoy llovió."),
        ("yue-Hant-HK", "今日落雨。"),
        ("haw", "Ua ua."),
    ];
    let mut work = Work::default();
    let ids = texts.map(|(tag, content)| {
        let document = document(tag, content);
        let id = DocumentId::of_content(&document, 0);
        work.add_document(id, document).unwrap();
        id
    });
    let bead = Bead { source: 0..1, target: 0..1, score: 0.5 };
    for id in &ids[1..] {
        work.add_alignment([ids[0], *id], vec![Row { bead: bead.clone(), mark: Mark::default() }]).unwrap();
    }
    let section = |(tag, text): (&str, &str)| Section {
        terms: vec![Term { id: tag.to_owned(), text: text.to_owned(), ..Term::default() }],
        ..Section::new(Lang::parse(tag).unwrap())
    };
    let concept =
        Concept { id: "c".to_owned(), sections: texts.into_iter().map(section).collect(), ..Concept::default() };
    let terms = TermBase { concepts: vec![concept], ..TermBase::default() };
    let first = work.first().unwrap().id();
    let open = OpenAlignment::new(work.with_terms(terms, BTreeMap::new()), first).unwrap();
    drop(Store::create(&path, &open).unwrap());
    let kept = Store::open(&path).unwrap().1.open;
    assert_eq!(kept, open);
    let tags: Vec<&str> = kept.work().documents().map(|(_, document)| document.lang.tag()).collect();
    assert_eq!(tags, texts.map(|(tag, _)| tag));
    // A name and a language that are changed are kept as well, and can be taken back.
    let (mut store, mut model) = Store::open(&path).unwrap();
    let edit =
        model.open.aligned().rename([("甲", Lang::parse("cdo").unwrap()), ("b", Lang::parse("sr-Latn").unwrap())]);
    let edit = edit.unwrap();
    model.history.do_edit(model.open.work_mut(), edit.clone()).unwrap();
    store.keep(&[Change::Done(edit)]).unwrap();
    drop(store);
    assert_eq!(Store::open(&path).unwrap().1, model);
}

#[test]
fn after_a_thousand_edits_the_tables_hold_what_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    let (mut store, mut model) = Store::create(&path, &versions()).unwrap();
    let mut changes = Vec::new();
    for number in 0..=SNAPSHOT {
        let aligned = model.open.aligned();
        let edit = match number % 3 {
            0 => aligned.rewrite(Side::Target, 1, &format!("Satz {number}.")),
            1 => aligned.mark(0..1, Action::Flag, |mark| mark.flagged = !mark.flagged),
            _ => model.open.work().decide("key", Some(&number.to_string())),
        };
        let edit = signed(edit.unwrap(), number);
        model.history.do_edit(model.open.work_mut(), edit.clone()).unwrap();
        changes.push(Change::Done(edit));
    }
    store.keep(&changes).unwrap();
    drop(store);
    let (store, opened) = Store::open(&path).unwrap();
    assert_eq!(opened, model);
    // Only the third document was changed, and it is written anew.
    let kept = |sql: &str| store.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(kept("SELECT value FROM state WHERE name = 'snapshot'"), int(SNAPSHOT + 1));
    assert_eq!(kept("SELECT number FROM document WHERE content LIKE '%Satz 999.%'"), 3);
    drop(store);
    assert_eq!(Store::open(&path).unwrap().1, model);
    assert_eq!(contents(&path).unwrap(), model);
}

#[test]
fn an_author_without_a_name_that_a_file_may_hold_is_kept_otherwise() {
    let (_folder, path) = created();
    let (mut store, model) = Store::open(&path).unwrap();
    let origin = Origin { author: "a\0b".into(), at: Timestamp::UNIX_EPOCH };
    let edit = model.open.aligned().merge(0..2).unwrap().by(origin);
    store.keep(&[Change::Done(edit), Change::Undone]).unwrap();
    let other = model.open.aligned().unlink(1).unwrap();
    store.keep(&[Change::Done(signed(other, 1))]).unwrap();
    let entries = |sql: &str| -> Vec<(Option<String>, Option<String>, Option<i64>)> {
        let mut select = store.connection.prepare(sql).unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    let of =
        |action: Option<&str>, author: &str, at: i64| (action.map(str::to_owned), Some(author.to_owned()), Some(at));
    let wanted = [
        of(Some("merge"), "a b", 0),
        // What was undone is taken back for good by whoever goes on with something else.
        of(None, "李译", 1_795_305_600_123),
        of(Some("unlink"), "李译", 1_795_305_600_123),
    ];
    assert_eq!(entries("SELECT action, author, at FROM log ORDER BY id"), wanted);
    drop(store);
    assert!(Store::open(&path).is_ok());
}
