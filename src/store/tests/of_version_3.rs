//! Files of version 3 with something in every table.

use super::*;

/// A file of version 3 with something in every table; what follows is done to it besides.
fn of_version_3(path: &Path, besides: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(include_str!("../schema-3.sql")).unwrap();
    let log = [
        (r#"[{"verdict":{"key":"missing\tterm\ta|b\ts1","old":null,"new":"right"}}]"#, "decide", (0, 0)),
        (r#"[{"name":{"side":0,"old":["a","zh"],"new":["甲","zh"]}}]"#, "rename", (0, 0)),
        (
            r#"[{"rows":{"at":1,"old":[[1,2,1,2,0.5,false,true,"",false]],"new":[[1,2,1,2,0.5,false,true,"查",true]]}}]"#,
            "note",
            (1, 2),
        ),
        (r#"[{"segments":{"side":1,"patches":[[1,[[1,"B.",null,0]],[[1,"C.",null,0]]]]}}]"#, "rewrite", (1, 2)),
    ];
    connection
        .execute_batch(
            "INSERT INTO document VALUES (0, 'a', 'zh', 'draft', '一。二。', NULL), (1, 'b', 'en', NULL, 'A. B.', NULL);
             INSERT INTO block VALUES (0, 0, 0, 12, 0, 12, 'paragraph'), (1, 0, 0, 5, 0, 5, 'paragraph');
             INSERT INTO segment VALUES (0, 0, 0, 0, 6, 0), (0, 1, 1, 6, 12, 0), (1, 0, 0, 0, 3, 0), (1, 1, 1, 3, 5, 0);
             INSERT INTO bead VALUES (0, 0, 1, 0, 1, 0.25, 1, 0, '待', 0), (1, 1, 2, 1, 2, 0.5, 0, 1, '', 0);
             INSERT INTO verdict VALUES ('missing' || char(9) || 'x' || char(9) || 'y' || char(9) || 's0,s1', 'right'),
                 ('renderings' || char(9) || 'x' || char(9) || 'y' || char(9), 'both');
             INSERT INTO state VALUES ('snapshot', 0), ('undone', 1), ('row', 1);",
        )
        .unwrap();
    let concept = crate::exchange::terms::concept_to_json(&Concept { id: "c".to_owned(), ..pair(1) }).to_string();
    connection.execute("INSERT INTO concept VALUES (0, ?1)", [concept]).unwrap();
    for (steps, action, rows) in log {
        let insert = "INSERT INTO log (action, first, last, steps) VALUES (?1, ?2, ?3, ?4)";
        connection.execute(insert, params![action, rows.0, rows.1, steps]).unwrap();
    }
    connection
        .execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 3; {besides}"))
        .unwrap();
}

#[test]
fn all_that_version_3_kept_is_there_in_version_4() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.duizhao");
    of_version_3(&path, "");
    let read = contents(&path).unwrap();
    let (_store, kept) = Store::open(&path).unwrap();
    assert_eq!(kept, read);
    let (aligned, work) = (kept.open.aligned(), kept.open.work());
    let [source, target] = [Side::Source, Side::Target].map(|side| aligned.document(side));
    assert_eq!((source.name.as_str(), source.note.as_deref(), target.text.as_str()), ("甲", Some("draft"), "A. B."));
    let rows: Vec<_> =
        aligned.rows().iter().map(|row| (row.mark.note(), row.mark.bookmarked, row.mark.confirmed)).collect();
    assert_eq!(rows, [("待".into(), false, true), ("查".into(), true, false)]);
    assert_eq!(aligned.rows()[0].mark.notes[0], Note::of_content("待"));
    assert_eq!((work.terms().concepts.len(), kept.row, kept.history.done()), (1, 1, 3));
    let id = aligned.id();
    let keys: Vec<&str> = work.verdicts().keys().map(String::as_str).collect();
    let wanted = [
        format!("missing\tterm\ta|b\t{id}#s1"),
        format!("missing\tx\ty\t{id}#s0,{id}#s1"),
        "renderings\tx\ty\t".to_owned(),
    ];
    assert_eq!(keys, wanted);
    let of: Vec<_> = kept.history.edits().iter().map(|edit| (edit.action.code(), edit.alignment)).collect();
    assert_eq!(of, [("decide", None), ("rename", Some(id)), ("note", Some(id)), ("rewrite", Some(id))]);
    // What was undone can be done again.
    let mut again = kept.clone();
    again.history.redo(again.open.work_mut()).unwrap().unwrap();
    assert_eq!(again.open.aligned().document(Side::Target).text.as_str(), "A. C.");
    while again.history.undo(again.open.work_mut()).unwrap().is_some() {}
    assert_eq!(again.open.aligned().document(Side::Source).name, "a");
}

#[test]
fn a_damaged_file_of_version_3_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (number, (besides, what)) in [
        ("DELETE FROM state WHERE name = 'undone'", "table state: there is no undone"),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO segment VALUES (7, 0, 0, 0, 1, 0)",
            "table segment: rows that belong to no document",
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM document WHERE side = 1",
            "table block: rows that belong to no document",
        ),
        (
            "UPDATE log SET steps = '[{\"segments\":{\"side\":2,\"patches\":[]}}]' WHERE id = 4",
            "table log, row 4: an entry of the history cannot be read",
        ),
        (
            "UPDATE log SET steps = '[{\"rows\":{\"at\":0,\"old\":[[0]],\"new\":[]}}]' WHERE id = 4",
            "table log, row 4: an entry of the history cannot be read",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{number}.duizhao"));
        of_version_3(&path, besides);
        for error in [Store::open(&path).unwrap_err(), contents(&path).unwrap_err()] {
            assert!(error.to_string().contains(what), "{besides}: {error}");
        }
    }
}
